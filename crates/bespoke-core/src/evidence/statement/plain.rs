//! Plain nouns that make a statement no larger in the place where they stand: "a fleet of 34 trucks", "passengers" of a bus,
//! "rejected shirts" where the job tells of shirts.

use super::super::pool::{Names, Place, is_past};
use super::actions::begins_action;
use super::compare::clause_starts;
use super::{Reading, Use};
use crate::wording::kin::is_person;
use crate::wording::stands::serves;
use crate::wording::vocabulary::{is_claim, is_neutral, is_occupation, is_preposition, verb};
use crate::wording::{Token, stem};
use std::collections::HashSet;
use std::sync::LazyLock;

/// Words that gather several of a kind and say nothing of the kind.
const GATHERS: [&str; 20] = [
    "fleet",
    "herd",
    "flock",
    "series",
    "network",
    "range",
    "set",
    "selection",
    "batch",
    "portfolio",
    "collection",
    "string",
    "row",
    "group",
    "mix",
    "array",
    "variety",
    "bundle",
    "brigade",
    "pattern",
];

/// Nouns so general that a word of the evidence before them says what they are.
const GENERAL: [&str; 12] = [
    "session",
    "sessions",
    "material",
    "materials",
    "goods",
    "programme",
    "programmes",
    "entry",
    "entries",
    "product",
    "products",
    "class",
];

/// True for the stem of a word that gathers several of a kind.
pub(super) fn gathers(stemmed: &str) -> bool {
    static SET: LazyLock<HashSet<String>> = LazyLock::new(|| GATHERS.iter().map(|w| stem(w)).collect());
    SET.contains(stemmed)
}

/// True where the word at `i` stands in a row with a word of this stem: "shops and branches", "the shop and its branches".
pub(super) fn is_in_a_row(tokens: &[Token], i: usize, stem: &str) -> bool {
    let between = |from: usize, to: usize| {
        let words = tokens[from + 1..to].iter();
        let small = |t: &Token| joins(t) || is_article(t);
        words.clone().any(joins) && words.clone().all(small)
    };
    let near = i.saturating_sub(5)..(i + 6).min(tokens.len());
    near.into_iter()
        .any(|k| tokens[k].stem == stem && (k < i && between(k, i) || i < k && between(i, k)))
}

fn joins(t: &Token) -> bool {
    matches!(t.word.as_str(), "and" | "or" | "," | "&" | "/" | "plus")
}

fn is_article(t: &Token) -> bool {
    matches!(
        t.word.as_str(),
        "a" | "an" | "the" | "its" | "their" | "his" | "her" | "all" | "other" | "some" | "as" | "well" | "both"
    )
}

impl Reading<'_> {
    /// True for a noun that the evidence does not have and that adds nothing where it stands.
    pub(super) fn adds_nothing(&self, i: usize, stems: &HashSet<&str>) -> bool {
        let token = &self.tokens[i];
        if token.capital && !clause_starts(&self.tokens, i) || is_claim(&token.word) || is_occupation(&token.stem) {
            return false;
        }
        if self.gathers_known(i, stems) || self.is_spelled_out(i, stems) {
            return true;
        }
        if self.is_counted(i) || self.is_listed(i) || self.statement.used != Use::Entry {
            return false;
        }
        self.is_served(i, stems) || self.is_behind_known(i, stems)
    }

    /// "A herd of 90 cows", "a series of false invoices".
    fn gathers_known(&self, i: usize, stems: &HashSet<&str>) -> bool {
        let of = self.tokens.get(i + 1).is_some_and(|t| t.word == "of");
        let behind = self.tokens.iter().skip(i + 2).take(3);
        // "A fleet of buses" is more than a bus.
        let several = |t: &Token| {
            self.scope()
                .iter()
                .any(|p| p.tokens.iter().any(|o| o.word == t.word && o.word != o.stem))
        };
        let known = |t: &Token| {
            matches!(t.kind, crate::wording::Kind::Number(n) if n > 1.0)
                || t.word.ends_with('s') && stems.contains(t.stem.as_str()) && several(t)
        };
        of && gathers(&self.tokens[i].stem)
            && !self.is_counted(i)
            && behind.take_while(|t| !joins(t) && !t.is_sign('-')).any(known)
    }

    /// "Equipment such as crutches": what it was follows.
    fn is_spelled_out(&self, i: usize, stems: &HashSet<&str>) -> bool {
        let word = |k: usize| self.tokens.get(k).map_or("", |t| t.word.as_str());
        let known = |t: &Token| t.is_word() && !is_neutral(&t.word) && stems.contains(t.stem.as_str());
        verb(&self.tokens[i].stem).is_none()
            && (word(i + 1), word(i + 2)) == ("such", "as")
            && self.tokens.get(i + 3).is_some_and(known)
    }

    /// "90 patients", "twelve more patients".
    fn is_counted(&self, i: usize) -> bool {
        let near = |q: &crate::wording::quantity::Quantity| q.tokens.end <= i && i <= q.tokens.end + 2;
        self.quantities.iter().any(|q| {
            let between = &self.tokens[q.tokens.end.min(i)..i];
            near(q) && !between.iter().any(|t| is_preposition(&t.word) || t.ends_clause())
        })
    }

    /// A member of a list, the words of its own phrase skipped.
    fn is_listed(&self, i: usize) -> bool {
        let content = |t: &Token| t.is_word() && !is_neutral(&t.word) && !is_preposition(&t.word);
        let before = self.tokens[..i].iter().rev();
        let mut before = before.skip_while(|t| content(t) || is_article(t));
        let mut after = self.tokens[i + 1..].iter().skip_while(|t| content(t));
        let joined = |t: Option<&Token>| t.is_some_and(joins);
        // "Counted the shirts and reported the number": another action follows.
        joined(before.next())
            || joined(after.next())
                && !after.next().is_some_and(|t| {
                    (is_past(&t.word) || t.word.ends_with("ing")) && verb(&t.stem).is_some() || is_preposition(&t.word)
                })
    }

    /// "Passengers", where the job is to drive a bus: those for whom such work is done, where the evidence tells of nobody
    /// else in their place.
    fn is_served(&self, i: usize, stems: &HashSet<&str>) -> bool {
        let token = &self.tokens[i];
        let told = || {
            let mut tokens = self.of_this_work().flat_map(|p| &p.tokens);
            tokens.any(|t| serves(&token.stem, &t.stem))
        };
        let next = self.tokens.get(i + 1);
        let modifies = next.is_some_and(|t| t.is_word() && !is_neutral(&t.word) && !is_preposition(&t.word));
        let plural = token.word.ends_with('s');
        !stems.contains(token.stem.as_str()) && (!modifies || plural) && told() && !self.takes_a_place()
    }

    /// What the evidence tells of the job in question, and the titles that belong to no job.
    fn of_this_work(&self) -> impl Iterator<Item = &super::Piece> {
        let entry = self.scope().iter().find_map(|p| p.entry.as_ref());
        let own = move |p: &&super::Piece| p.entry.is_none() && p.names == Names::Title || p.entry.as_ref() == entry;
        self.statement.pool.pieces.iter().filter(own)
    }

    /// "Rejected shirts", where another bullet of the job tells of shirts; "packaging materials": a word of the evidence
    /// before it says which.
    fn is_behind_known(&self, i: usize, stems: &HashSet<&str>) -> bool {
        if i == 0 {
            return false;
        }
        let token = &self.tokens[i];
        if self.is_general(i, stems) {
            return true;
        }
        let plain = verb(&token.stem).is_none() && !token.word.ends_with("ed") && !token.word.ends_with("ing");
        let known = self.is_known(i - 1, stems);
        let of_the_job = || {
            let mut own = self.of_this_work().filter(|p| p.names != Names::Organisation);
            own.any(|p| p.tokens.iter().any(|t| t.stem == token.stem))
        };
        plain && known && of_the_job()
    }

    /// "A sport programme", "contact entries": a general noun behind a word of the evidence.
    pub(super) fn is_general(&self, i: usize, stems: &HashSet<&str>) -> bool {
        GENERAL.contains(&self.tokens[i].word.as_str())
            && i > 0
            && self.is_known(i - 1, stems)
            && !self.is_counted(i)
            && !self.is_listed(i)
    }

    /// A content word of the evidence that begins no action.
    fn is_known(&self, i: usize, stems: &HashSet<&str>) -> bool {
        let token = &self.tokens[i];
        token.is_word()
            && !is_neutral(&token.word)
            && !is_preposition(&token.word)
            && stems.contains(token.stem.as_str())
            && !begins_action(&self.tokens, i)
    }

    /// True where the evidence tells of people whom the text leaves out: others may stand in their place.
    fn takes_a_place(&self) -> bool {
        let here: HashSet<&str> = self.tokens.iter().map(|t| t.stem.as_str()).collect();
        let speaking = self.scope().iter().filter(|p| p.place == Place::Statement);
        speaking
            .flat_map(|p| &p.tokens)
            .any(|t| (is_person(&t.stem) || is_occupation(&t.stem)) && !here.contains(t.stem.as_str()))
    }

    /// "Lessons to teachers" for "lessons to children", where the title is teacher.
    pub(super) fn is_only_of_title(&self, i: usize) -> bool {
        let token = &self.tokens[i];
        let several = token.is_word() && token.word.ends_with('s') && token.word != token.stem;
        let told = |p: &&&super::Piece| p.tokens.iter().any(|t| t.stem == token.stem);
        let colleagues = i > 0 && matches!(self.tokens[i - 1].word.as_str(), "other" | "fellow");
        several
            && !colleagues
            && self.statement.used == Use::Entry
            && is_occupation(&token.stem)
            && self.scope().iter().filter(told).count() > 0
            && self.scope().iter().filter(told).all(|p| p.names == Names::Title)
            && self.takes_a_place()
    }

    /// "Exhibit organisation for a trial": the first word of a compound that names what was done to it.
    pub(super) fn names_a_thing(&self, i: usize, stems: &HashSet<&str>) -> bool {
        let token = &self.tokens[i];
        let (next, behind) = (self.tokens.get(i + 1), self.tokens.get(i + 2));
        i == 0
            && token.word == token.stem
            && next.is_some_and(|t| t.word.ends_with("ion") || t.word.ends_with("ment"))
            && behind.is_none_or(|t| !t.is_word() || is_preposition(&t.word))
            && stems.contains(token.stem.as_str())
    }
}
