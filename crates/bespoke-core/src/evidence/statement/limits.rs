//! What the evidence limits stays limited: "helped to", "not", "familiar with", "expected".

use super::super::pool::{Limited, Place, limited};
use super::compare::same_word;
use super::{Kind, Reading};
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
                if present.is_empty() || present.len() < limit.bound.len().min(2) {
                    continue;
                }
                let stays = kept.iter().any(|k| {
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
        for words in faults {
            let message = format!("The original says \"{words}\" of this; without it the text claims more.");
            self.say(Kind::Claim, &words, message);
        }
    }
}
