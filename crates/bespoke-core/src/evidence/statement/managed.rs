//! What is managed, what is summed up and what is visited: verbs that say less than they seem to.

use super::super::pool::{Place, is_past};
use super::Reading;
use super::actions::begins_action;
use super::compare::same_word;
use super::objects::{At, object};
use super::plain::gathers;
use crate::wording::Token;
use crate::wording::kin::is_person;
use crate::wording::stands::{same_kind, stands_for};
use crate::wording::vocabulary::{is_neutral, is_occupation, is_preposition, verb};

/// True where what is done to a thing that is kept in order (a list, the stock) is done to the same in the evidence: people,
/// places of business and undertakings are led, and a log of the runway is no runway.
pub(super) fn keeps_the_same((a, in_a, i): At<'_>, b: &[Token]) -> bool {
    const LED: [&str; 43] = [
        "team",
        "group",
        "crew",
        "staff",
        "department",
        "unit",
        "branch",
        "shop",
        "stor",
        "bar",
        "kitchen",
        "warehous",
        "hotel",
        "offic",
        "clinic",
        "site",
        "division",
        "region",
        "busines",
        "company",
        "firm",
        "school",
        "ward",
        "project",
        "programm",
        "program",
        "budget",
        "account",
        "campaign",
        "chang",
        "relationship",
        "oper",
        "section",
        "territory",
        "factory",
        "plant",
        "laboratory",
        "function",
        "people",
        "shift",
        "library",
        "restaurant",
        "desk",
    ];
    let all = object(a, in_a, i, true);
    let led = |w: &String| LED.contains(&w.as_str()) || gathers(w) || is_person(w) || is_occupation(w);
    let name = a[i + 1..].iter().take(4).any(|t| t.capital);
    if all.is_empty() || name || all.iter().any(led) {
        return false;
    }
    let content = |t: &Token| t.is_word() && !is_neutral(&t.word) && !is_preposition(&t.word);
    let heads = |t: &[Token], from: usize| -> Vec<String> {
        let ends = |k: &usize| content(&t[*k]) && !t.get(k + 1).is_some_and(|n| content(n) || n.is_sign('-'));
        (from..t.len()).filter(ends).map(|k| t[k].stem.clone()).collect()
    };
    let theirs = heads(b, 0);
    let clause = a[i + 1..]
        .iter()
        .position(|t| t.ends_clause() || is_preposition(&t.word) || acts(t));
    let end = clause.map_or(a.len(), |n| i + 1 + n);
    let mine = heads(&a[..end], i + 1);
    !mine.is_empty() && mine.iter().all(|m| theirs.iter().any(|t| same_word(m, t)))
}

/// True where what is done is done to people.
pub(super) fn is_done_to_people((a, in_a, i): At<'_>) -> bool {
    let people = |w: &String| is_person(w) || is_occupation(w);
    let end = a[i + 1..].iter().position(|t| is_preposition(&t.word));
    // "A caseload of children" is a caseload.
    let whole = end.is_some_and(|n| a[i + 1 + n].word == "of");
    !whole && object(a, in_a, i, false).iter().any(people)
}

/// The past of a verb, or its form in -ing.
fn acts(t: &Token) -> bool {
    verb(&t.stem).is_some() && (is_past(&t.word) || t.word.ends_with("ing"))
}

/// Verbs that sum up what is told behind them.
const SUMMING: [&str; 10] = [
    "serv", "attend", "look", "car", "handl", "see", "help", "deal", "tend", "welcom",
];

impl Reading<'_> {
    /// "Care for the wheels by turning and tasting them": what was done stands behind the verb, in words of the evidence.
    pub(super) fn sums_up(&self, i: usize) -> bool {
        // "Took care of".
        let took = i == 1 && matches!(self.tokens[0].word.as_str(), "took" | "take" | "taking");
        if i > 0 && !took || !SUMMING.contains(&self.tokens[i].stem.as_str()) {
            return false;
        }
        let mine = |k: usize| {
            let before = &self.tokens[k - 1];
            self.tokens[k].word.ends_with("ing") && (before.is_sign(',') || before.word == "by")
        };
        (i + 2..self.tokens.len()).filter(|k| mine(*k)).any(|k| {
            let done = &self.tokens[k].stem;
            let about = object(&self.tokens[..k], &self.quantities, i, true);
            self.scope().iter().filter(|p| p.place == Place::Statement).any(|p| {
                let does = |(j, t): (usize, &Token)| {
                    begins_action(&p.tokens, j)
                        && (t.stem == *done || stands_for(done, &t.stem) || same_kind(done, &t.stem))
                };
                p.tokens.iter().enumerate().any(does)
                    && about.iter().any(|w| p.tokens.iter().any(|t| same_word(w, &t.stem)))
            })
        })
    }

    /// "Visit three trade fairs to choose frames" for "choose frames at three trade fairs".
    pub(super) fn was_there(&self, i: usize) -> bool {
        let places = object(&self.tokens, &self.quantities, i, false);
        let Some(place) = places
            .last()
            .filter(|_| matches!(self.tokens[i].stem.as_str(), "visit" | "attend"))
        else {
            return false;
        };
        self.scope().iter().filter(|p| p.place == Place::Statement).any(|p| {
            let behind_at = |j: usize| {
                let phrase = p.tokens[j + 1..].iter().take(5);
                p.tokens[j].word == "at"
                    && phrase
                        .take_while(|t| !is_preposition(&t.word) && !t.ends_clause())
                        .any(|t| t.stem == *place)
            };
            (0..p.tokens.len()).any(behind_at)
        })
    }
}
