//! What the evidence limits stays limited: "helped to", "not", "familiar with", "expected".

use super::super::pool::{Limited, Place, is_past, limited};
use super::compare::{clause_starts, same_word};
use super::{Kind, Reading};
use crate::wording::stem;
use crate::wording::vocabulary::is_neutral;
use std::collections::HashSet;

impl Reading<'_> {
    /// What the evidence limits stays limited: "helped to", "not", "familiar with", "expected".
    pub(super) fn limits(&mut self) {
        let here: HashSet<&str> = self.tokens.iter().map(|t| t.stem.as_str()).collect();
        let kept = limited(&self.tokens);
        let mut faults = Vec::new();
        for piece in self.scope().iter().filter(|p| p.place == Place::Statement) {
            for limit in &piece.limits {
                let present: Vec<&String> = limit.bound.iter().filter(|b| here.contains(b.as_str())).collect();
                // "Helped the manager introduce Clio": whoever says "introduced" says it of themselves.
                let helped = limit.verb.as_ref().is_some_and(|v| self.does(v));
                if present.is_empty() || !helped && present.len() < limit.bound.len().min(2) {
                    continue;
                }
                // "Planning the move" for "planned the move": the limit in another form.
                let word = stem(&limit.words);
                let said = !limit.words.contains(' ') && self.tokens.iter().any(|t| t.is_word() && t.stem == word);
                let member = limit.words == "part of" && self.is_inside(&present);
                let tried = matches!(limit.words.as_str(), "trial" | "pilot")
                    && self
                        .tokens
                        .iter()
                        .any(|t| matches!(t.stem.as_str(), "test" | "trial" | "pilot" | "try"));
                let stays = said
                    || tried
                    || member
                    || limit.family == "shared" && self.is_with(&present)
                    || limit.family == "help" && !helped && self.tokens[0].stem == "work" && self.is_with(&present)
                    || limit.family == "status" && self.tokens.iter().any(|t| OPEN.contains(&t.word.as_str()))
                    || kept.iter().any(|k| {
                        k.family == limit.family && (k.bound.iter().any(|b| present.contains(&b)) || k.bound.is_empty())
                    });
                let elsewhere = self.scope().iter().any(|p| {
                    let stems: HashSet<&str> = p.tokens.iter().map(|t| t.stem.as_str()).collect();
                    present.iter().all(|b| stems.contains(b.as_str()))
                        && !p
                            .limits
                            .iter()
                            .any(|l| l.family == limit.family && l.bound.iter().any(|b| present.contains(&b)))
                });
                if !stays && !elsewhere {
                    faults.push(limit.words.clone());
                }
            }
        }
        for limit in kept.iter().filter(|l| l.family == "negation") {
            let all_said = |b: &Limited| {
                b.family == "negation"
                    && b.phrase
                        .iter()
                        .all(|w| limit.phrase.iter().any(|x| same_word(x, w)) || limit.bound.contains(w))
                    && (limit.phrase.is_empty() || b.bound.iter().any(|w| limit.bound.iter().any(|x| same_word(x, w))))
            };
            if !self.scope().iter().any(|p| p.limits.iter().any(all_said)) {
                let message = format!(
                    "The original does not say \"{} {}\".",
                    limit.words,
                    limit.phrase.join(" ")
                );
                self.out.push((Kind::Claim, limit.words.clone(), message));
            }
        }
        self.parts();
        for words in faults {
            let message = format!("The original says \"{words}\" of this; without it the text claims more.");
            self.say(Kind::Claim, &words, message);
        }
    }

    /// "In a six-person crew", where the original says "as part of a six-person crew".
    fn is_inside(&self, bound: &[&String]) -> bool {
        const REACH: usize = 5;
        self.tokens.iter().enumerate().any(|(i, t)| {
            matches!(t.word.as_str(), "in" | "on" | "within" | "among")
                && self.tokens[i + 1..]
                    .iter()
                    .take(REACH)
                    .take_while(|t| !t.ends_clause())
                    .any(|t| bound.iter().any(|b| **b == t.stem))
        })
    }

    /// "With a crew of seven", where the original says "together with": whom it was done with is still told.
    fn is_with(&self, bound: &[&String]) -> bool {
        const REACH: usize = 4;
        self.tokens.iter().enumerate().any(|(i, t)| {
            matches!(t.word.as_str(), "with" | "jointly" | "among")
                && self.tokens[i + 1..]
                    .iter()
                    .take(REACH)
                    .any(|t| bound.iter().any(|b| **b == t.stem))
        })
    }

    /// True where the text says that somebody did this.
    fn does(&self, verb: &str) -> bool {
        (0..self.tokens.len()).any(|i| self.tokens[i].stem == verb && clause_starts(&self.tokens, i))
    }

    /// "2 applications, one of which was granted": what is said of one stays said of one.
    fn parts(&mut self) {
        const REACH: usize = 5;
        let mut faults = Vec::new();
        for piece in self.scope() {
            for (j, of) in piece.tokens.windows(2).enumerate() {
                let part = of[0].word == "of" && matches!(of[1].word.as_str(), "which" | "whom" | "them");
                let share = j.checked_sub(1).filter(|_| part).map(|b| &piece.tokens[b]);
                let Some(share) = share.filter(|s| SHARES.iter().any(|all| all.contains(&s.word.as_str()))) else {
                    continue;
                };
                let mut behind = piece.tokens[j + 2..]
                    .iter()
                    .take_while(|t| !t.ends_clause() && !t.is_sign(','));
                let said = behind.find(|t| t.is_word() && !is_neutral(&t.word));
                if let Some(word) = said.filter(|t| is_past(&t.word)) {
                    let wholly = self
                        .tokens
                        .iter()
                        .enumerate()
                        .filter(|(_, t)| t.stem == word.stem)
                        .any(|(i, _)| {
                            let around = &self.tokens[i.saturating_sub(REACH)..(i + REACH).min(self.tokens.len())];
                            !around.iter().any(|t| same_share(&t.word, &share.word))
                        });
                    if wholly {
                        faults.push((word.word.clone(), share.word.clone()));
                    }
                }
            }
        }
        for (word, share) in faults {
            let message = format!("The original says \"{word}\" of {share} of them only.");
            self.say(Kind::Claim, &word, message);
        }
    }
}

/// Words that leave open whether something came about.
const OPEN: [&str; 11] = [
    "advise",
    "advising",
    "advice",
    "could",
    "might",
    "may",
    "whether",
    "option",
    "options",
    "alternatives",
    "replaceable",
];

/// Words for shares that are counted, those of one line for the same.
const SHARES: [&[&str]; 3] = [&["one", "1", "single"], &["two", "2"], &["three", "3"]];

/// True where two words name the same share: "one", "1", "a single".
fn same_share(a: &str, b: &str) -> bool {
    a == b || SHARES.iter().any(|s| s.contains(&a) && s.contains(&b))
}
