//! Words that no other rule judges: each is in the evidence in some form, stands for a word of it, or adds nothing.

use super::super::pool::{Names, Piece};
use super::actions::begins_action;
use super::compare::clause_starts;
use super::{Kind, Reading, compound, compounds, foreign, is_smaller, is_symbol, negates};
use crate::wording::Token;
use crate::wording::dictionary::knows;
use crate::wording::kin::{is_person, kin};
use crate::wording::quantity::{Quantity, Unit};
use crate::wording::stands::is_light;
use crate::wording::vocabulary::{is_claim, is_neutral, is_occupation, is_preposition, titles, verb, wider};
use std::collections::HashSet;

impl Reading<'_> {
    pub(super) fn other_words(&mut self) {
        let stems = self.stems();
        let words: HashSet<&str> = self
            .scope()
            .iter()
            .flat_map(|p| p.tokens.iter().map(|t| t.word.as_str()))
            .collect();
        let own: HashSet<&str> = self
            .scope()
            .iter()
            .filter(|p| p.names != Names::Organisation)
            .flat_map(|p| p.tokens.iter().map(|t| t.word.as_str()))
            .collect();
        let roots = foreign::is_foreign(&words).then(|| foreign::roots(&own));
        let joined: HashSet<String> = self.scope().iter().flat_map(|p| compounds(&p.tokens)).collect();
        let parts: HashSet<String> = words.iter().flat_map(|w| halves(w)).collect();
        let mut missing = Vec::new();
        for (i, token) in self.tokens.iter().enumerate() {
            let fine = !self.is_only_of_title(i)
                && (!token.is_word()
                    || self.backed[i]
                    || is_neutral(&token.word) && !self.is_in_a_name(i)
                    || self.tells_how_long(i)
                    || negates(&token.word)
                    || is_smaller(&token.word)
                    || is_light(&token.stem)
                        && (!token.capital || clause_starts(&self.tokens, i))
                        && !self.is_measured(i)
                    || stems.contains(token.stem.as_str())
                    || stems.iter().any(|narrow| wider(&token.stem, narrow))
                    || joined.contains(&token.stem)
                    || parts.contains(token.stem.as_str())
                    || self.is_made_of(&token.word, &stems)
                    || is_form_of(&token.word, &words)
                    || spelled(&token.stem)
                        .is_some_and(|s| stems.iter().any(|t| spelled(t).as_deref().unwrap_or(t) == s))
                    || self.is_kin_of(i, &stems)
                    || roots.as_ref().is_some_and(|all| foreign::is_rooted(&token.word, all))
                    || self.is_compound_tail(i)
                    || self.is_doer(i, &stems)
                    || roots.is_some() && self.is_separated(i, &words)
                    || self.is_whole_of(i, &stems)
                    || self.names_the_field(i, &stems)
                    || self.adds_nothing(i, &stems));
            if !fine {
                missing.push(i);
            }
        }
        // "Stock-outs" for "stockouts".
        missing.retain(|i| {
            let pair = |a: usize| compound(&self.tokens, a).is_some_and(|w| stems.contains(w.as_str()));
            !pair(*i) && !i.checked_sub(2).is_some_and(pair)
        });
        for i in missing {
            let token = &self.tokens[i];
            let word = self.shown(i, i + 1);
            let name = token.capital && !clause_starts(&self.tokens, i);
            let kind = if titles().occupation.contains(token.word.as_str()) {
                Kind::Title
            } else if name {
                Kind::Name
            } else {
                Kind::Claim
            };
            self.say(
                kind,
                &word,
                format!("Nothing in the original backs \"{word}\" here; confirm it or take it out."),
            );
        }
        let signs: Vec<char> = self
            .tokens
            .iter()
            .filter_map(|t| match t.kind {
                crate::wording::Kind::Sign(c) if c.is_alphanumeric() || c as u32 > 0x1f000 || is_symbol(c) => Some(c),
                _ => None,
            })
            .collect();
        for c in signs {
            if !self.scope().iter().any(|p| p.text.contains(c)) {
                self.say(
                    Kind::Name,
                    &c.to_string(),
                    format!("The original does not show the sign {c}."),
                );
            }
        }
    }

    /// "The High Court" for "the county court": a general word in capitals before another such word is a part of a name.
    fn is_in_a_name(&self, i: usize) -> bool {
        let capital = |k: usize| {
            self.tokens
                .get(k)
                .is_some_and(|t| t.is_word() && t.word.len() > 2 && t.capital)
        };
        let here = self.tokens[i].word.as_str();
        let known = || self.scope().iter().any(|p| p.tokens.iter().any(|t| t.word == here));
        capital(i) && capital(i + 1) && !clause_starts(&self.tokens, i) && !known()
    }

    /// "Build time", where the evidence gives it in minutes.
    fn tells_how_long(&self, i: usize) -> bool {
        let timed = |q: &Quantity| {
            matches!(
                q.unit,
                Unit::Named("second" | "minute" | "hour" | "day" | "week" | "month" | "year")
            )
        };
        matches!(self.tokens[i].word.as_str(), "time" | "times" | "duration")
            && self.quantities.iter().any(timed)
            && self.scope().iter().any(|p| p.quantities.iter().any(timed))
    }

    /// "Driver of the ladder" for "drove the ladder": who does something, of what was done.
    fn is_doer(&self, i: usize, stems: &HashSet<&str>) -> bool {
        let token = &self.tokens[i];
        let of = self.tokens[i + 1..]
            .iter()
            .find(|t| t.word != "and" && !DOERS.contains(&t.stem.as_str()))
            .is_some_and(|t| matches!(t.word.as_str(), "of" | "for" | "at" | "in" | "to"));
        let did = |stem: &str| {
            let base = stem.trim_end_matches("er").trim_end_matches("or");
            stems.contains(base) || stems.contains(crate::wording::stem(&format!("{base}e")).as_str())
        };
        // "Shift leader for five inspectors".
        let begins = begins_action(&self.tokens, i) || i == 1 && stems.contains(self.tokens[0].stem.as_str());
        DOERS.contains(&token.stem.as_str()) && of && begins && did(&token.stem)
    }

    /// "Leitete Auszubildende an" for "Anleitung": a German verb whose first part stands behind it.
    fn is_separated(&self, i: usize, words: &HashSet<&str>) -> bool {
        const FIRST: [&str; 12] = [
            "ab", "an", "auf", "aus", "bei", "durch", "ein", "mit", "nach", "um", "vor", "zu",
        ];
        let token = &self.tokens[i];
        let last = |k: usize| self.tokens.get(k + 1).is_none_or(|t| !t.is_word() || t.word == "und");
        let joined = |first: &str, rest: &str| {
            let whole = format!("{first}{rest}");
            words
                .iter()
                .any(|w| foreign::stemmed(w) == foreign::stemmed(&whole) && foreign::stemmed(w).len() > 5)
        };
        let behind = (i + 1..self.tokens.len()).filter(|k| last(*k));
        let mut firsts = behind.filter(|k| FIRST.contains(&self.tokens[*k].word.as_str()));
        firsts.any(|k| joined(&self.tokens[k].word, &token.word))
            || FIRST.contains(&token.word.as_str())
                && last(i)
                && self.tokens[..i]
                    .iter()
                    .any(|t| t.is_word() && joined(&token.word, &t.word))
    }

    /// "Firefighting" for "fought fires": two words of the evidence in one.
    pub(super) fn is_made_of(&self, word: &str, stems: &HashSet<&str>) -> bool {
        word.len() > 7
            && word.is_ascii()
            && (3..=word.len() - 4).any(|at| {
                let known = |part: &str| {
                    let stem = crate::wording::stem(part);
                    !is_preposition(part) && (stems.contains(stem.as_str()) || is_light(&stem))
                };
                let tail = matches!(&word[at..], "ship" | "keeping" | "making" | "work" | "time" | "day");
                known(&word[..at]) && (known(&word[at..]) || tail)
            })
    }

    /// A synonym, a wider noun or another form of a word of the evidence that it stands in for: "maths and science" is more
    /// than maths. Names are none.
    fn is_kin_of(&self, i: usize, stems: &HashSet<&str>) -> bool {
        let token = &self.tokens[i];
        let name = token.capital && !clause_starts(&self.tokens, i);
        let member = matches!(token.word.as_str(), "member" | "members")
            && !stems.is_disjoint(&["team", "group", "crew", "staff"].into());
        // "Staff cost" is of staff, "for colleagues" of anybody at work.
        let before_noun = self
            .tokens
            .get(i + 1)
            .is_some_and(|t| t.is_word() && !is_neutral(&t.word) && !is_preposition(&t.word));
        let colleague = matches!(token.word.as_str(), "colleague" | "colleagues" | "staff" | "employees")
            && !before_noun
            && stems.iter().any(|s| is_occupation(s) || AT_WORK.contains(s));
        // What stands in for a word of the evidence does not stand beside it.
        let beside = |k: &str| self.tokens.iter().any(|t| t.stem == k);
        let person = matches!(token.word.as_str(), "people" | "person" | "persons" | "individuals")
            && stems
                .iter()
                .any(|s| is_person(s) || is_occupation(s) || AT_WORK.contains(s));
        !name
            && !self.is_measured(i)
            && (member || colleague || person || kin(&token.stem).any(|k| stems.contains(k) && !beside(k)))
    }

    /// "Cut staff by 25 %": what a number is said of stands for nothing else.
    fn is_measured(&self, i: usize) -> bool {
        let next = self.tokens.get(i + 1);
        next.is_some_and(|t| matches!(t.word.as_str(), "by" | "from" | "to" | "down" | "up"))
            && self
                .tokens
                .iter()
                .skip(i + 2)
                .take(3)
                .any(|t| t.word.starts_with(|c: char| c.is_ascii_digit()))
    }

    /// "Snowflake-backed", "data-driven": the word before the hyphen is what is said.
    pub(super) fn is_compound_tail(&self, i: usize) -> bool {
        i > 1
            && self.tokens[i - 1].is_sign('-')
            && self.tokens[i - 2].is_word()
            && TAILS.contains(&self.tokens[i].word.as_str())
    }

    /// "Customer calls", "a warehouse site": a plain noun before a word of the evidence, where the title held names it. It says whose calls they were, not that something was done.
    fn names_the_field(&self, i: usize, stems: &HashSet<&str>) -> bool {
        let token = &self.tokens[i];
        let plain = |t: &Token| {
            t.is_word()
                && !t.capital
                && !is_claim(&t.word)
                && verb(&t.stem).is_none()
                && !titles().occupation.contains(t.word.as_str())
                && !t.word.ends_with("ed")
                && !t.word.ends_with("ing")
        };
        let known = |t: &Token| plain(t) && !is_neutral(&t.word) && stems.contains(t.stem.as_str());
        // "Show patients exercises": to whom it was shown.
        let receives = i > 0 && token.word.ends_with('s') && begins_action(&self.tokens, i - 1);
        if receives || !plain(token) || !self.tokens.get(i + 1).is_some_and(known) {
            return false;
        }
        let before = i.checked_sub(1).map(|b| &self.tokens[b]);
        let counted = before.is_some_and(|t| matches!(t.kind, crate::wording::Kind::Number(_)));
        let listed = before.is_some_and(|t| matches!(t.word.as_str(), "and" | "or" | "," | "&" | "/"));
        let entry = self.scope().iter().find_map(|p| p.entry.as_ref());
        let told = |p: &&Piece| {
            let title = p.names == Names::Title && p.entry.is_none();
            let here = p.entry.is_some() && p.entry.as_ref() == entry && p.names != Names::Organisation;
            (title || here) && p.tokens.iter().any(|t| t.stem == token.stem)
        };
        !counted && !listed && self.statement.pool.pieces.iter().any(|p| told(&p))
    }

    /// "The finance team", where the evidence tells of finance.
    fn is_whole_of(&self, i: usize, stems: &HashSet<&str>) -> bool {
        let whole = matches!(
            self.tokens[i].word.as_str(),
            "team" | "teams" | "department" | "departments"
        );
        let of = i.checked_sub(1).map(|b| &self.tokens[b]);
        whole && of.is_some_and(|t| t.is_word() && !is_neutral(&t.word) && stems.contains(t.stem.as_str()))
    }
}

/// American spelling of a stem with Greek vowels, where it has one: "haematologist", "hematologist".
fn spelled(stem: &str) -> Option<String> {
    (stem.len() > 5).then(|| stem.replace("ae", "e").replace("oe", "e"))
}

/// "LEDs" for "LED", "clearly" for "clear", "joint" for "jointly".
fn is_form_of(word: &str, words: &HashSet<&str>) -> bool {
    let has = |w: Option<&str>| w.is_some_and(|w| w.len() > 2 && words.contains(w));
    has(word.strip_suffix('s'))
        || has(word.strip_suffix("es"))
        || has(word.strip_suffix("ly"))
        || words.contains(format!("{word}ly").as_str())
}

/// Who does something that is no rank and no profession by itself.
const DOERS: [&str; 20] = [
    "driver",
    "coordinator",
    "trainer",
    "author",
    "presenter",
    "organiser",
    "tutor",
    "mentor",
    "instructor",
    "operator",
    "holder",
    "winner",
    "keeper",
    "reviewer",
    "tester",
    "speaker",
    "writer",
    "leader",
    "planner",
    "supporter",
];

/// Stems of words for people at work.
const AT_WORK: [&str; 11] = [
    "assistant",
    "apprentic",
    "traine",
    "agent",
    "colleagu",
    "employe",
    "newcom",
    "operative",
    "picker",
    "staff",
    "worker",
];

/// Second parts of compounds that say nothing by themselves.
const TAILS: [&str; 11] = [
    "backed", "based", "driven", "related", "focused", "oriented", "facing", "centric", "style", "powered", "speaking",
];

/// Stem of the first of the two words that an English word is made of: "roadside" is on the road. What the second names is
/// another thing: a dashboard is no board.
fn halves(word: &str) -> Vec<String> {
    if word.len() < 8 || !word.is_ascii() {
        return Vec::new();
    }
    let cut = (4..=word.len() - 4).find(|at| knows(&word[..*at]) && knows(&word[*at..]));
    cut.map(|at| crate::wording::stem(&word[..at])).into_iter().collect()
}
