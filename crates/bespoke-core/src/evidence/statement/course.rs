//! How things went: which way, by what means, and whether they are finished.

use super::super::pool::{Place, is_past};
use super::{Kind, Reading};
use crate::wording::Token;
use crate::wording::quantity::{Quantity, Unit, in_base_unit};
use crate::wording::vocabulary::{is_neutral, is_preposition};

impl Reading<'_> {
    /// True where what follows is, in the evidence, that with which something was done.
    pub(super) fn is_means(&self, i: usize) -> bool {
        let content = |t: &&Token| t.is_word() && !is_neutral(&t.word) && !is_preposition(&t.word);
        let object: Vec<&str> = self.tokens[i + 1..]
            .iter()
            .take_while(|t| t.is_word() && !is_preposition(&t.word))
            .filter(content)
            .map(|t| t.stem.as_str())
            .collect();
        let means = |tokens: &[Token]| {
            tokens.iter().enumerate().any(|(j, t)| {
                let with = matches!(t.word.as_str(), "with" | "through" | "via" | "using" | "by");
                let behind = tokens[j + 1..]
                    .iter()
                    .take_while(|t| t.is_word() && !is_preposition(&t.word));
                let behind: Vec<&str> = behind.filter(content).map(|t| t.stem.as_str()).collect();
                with && object.last().is_some_and(|last| behind.contains(last))
            })
        };
        self.scope()
            .iter()
            .any(|p| p.place == Place::Statement && means(&p.tokens))
    }

    /// "…, achieving 72 %", "brought the task down to 3 hours": the number says it, and is judged by itself.
    pub(super) fn leads_to_number(&self, i: usize, moves: bool) -> bool {
        let token = &self.tokens[i];
        let reaches = token.word.ends_with("ing")
            && i.checked_sub(1).is_some_and(|b| self.tokens[b].is_sign(','))
            && matches!(token.stem.as_str(), "achiev" | "yield" | "attain" | "reach" | "result");
        let open = |q: &&Quantity| {
            q.tokens.start > i
                && !self.tokens[i..q.tokens.start]
                    .iter()
                    .any(|t| t.ends_clause() || t.is_sign(','))
        };
        let next = self.quantities.iter().find(open);
        next.is_some_and(|q| reaches || moves && q.preposition == Some("to"))
            || moves && self.quantities.iter().filter(open).any(|q| q.preposition == Some("to"))
    }

    /// "From Rust to Ruby", where the original goes from Ruby to Rust.
    pub(super) fn turned(&mut self) {
        let way = |tokens: &[Token], i: usize| match i.checked_sub(1).map(|b| tokens[b].word.as_str()) {
            Some("from") => Some(true),
            Some("to" | "into") => Some(false),
            _ => None,
        };
        let mut faults = Vec::new();
        for (i, token) in self.tokens.iter().enumerate().filter(|(_, t)| t.is_word()) {
            let Some(here) = way(&self.tokens, i) else { continue };
            let there: Vec<bool> = self
                .scope()
                .iter()
                .flat_map(|p| {
                    let same = p.tokens.iter().enumerate().filter(|(_, t)| t.stem == token.stem);
                    same.filter_map(|(j, _)| way(&p.tokens, j)).collect::<Vec<_>>()
                })
                .collect();
            if !there.is_empty() && !there.contains(&here) {
                faults.push(token.word.clone());
            }
        }
        for word in faults {
            let message = format!("The original goes the other way with \"{word}\".");
            self.say(Kind::Claim, &word, message);
        }
    }

    /// Which way the numbers behind a verb go: "from 21 % to 33 %" goes up.
    pub(super) fn goes(&self, i: usize) -> Option<i8> {
        let numbers: Vec<&Quantity> = self.quantities.iter().filter(|q| q.unit != Unit::Year).collect();
        let way = (Some("from"), Some("to"));
        let pair = numbers.windows(2).find(|w| {
            let (first, second) = (w[0].preposition, w[1].preposition);
            w[0].tokens.start > i
                && ((first, second) == way || (second, first) == way)
                && !self.tokens[i..w[0].tokens.start].iter().any(Token::ends_clause)
        })?;
        let (from, to) = if pair[0].preposition == Some("from") {
            (pair[0], pair[1])
        } else {
            (pair[1], pair[0])
        };
        let size = |q: &Quantity| in_base_unit(q.value, &q.unit).map_or(q.value, |(_, value)| value);
        // The numbers themselves are judged by `numbers`.
        Some(if size(to) > size(from) { 1 } else { -1 })
    }

    /// What goes on in the original is not finished here: "completing", "to be published".
    pub(super) fn finished(&mut self) {
        const ENDS: [&str; 13] = [
            "complet", "finish", "graduat", "earn", "obtain", "pass", "award", "publish", "certif", "defend", "releas",
            "launch", "grant",
        ];
        let mut faults = Vec::new();
        for token in self
            .tokens
            .iter()
            .filter(|t| ENDS.contains(&t.stem.as_str()) && is_past(&t.word))
        {
            let mut forms = self
                .scope()
                .iter()
                .filter(|p| !p.past)
                .flat_map(|p| p.tokens.iter().filter(|t| t.stem == token.stem))
                .peekable();
            let open = forms.peek().is_some() && forms.all(|t| !is_past(&t.word));
            let told = self
                .scope()
                .iter()
                .any(|p| p.past && p.tokens.iter().any(|t| t.stem == token.stem));
            if open && !told {
                faults.push(token.word.clone());
            }
        }
        for word in faults {
            let message = format!("The original does not say that this is \"{word}\" yet.");
            self.say(Kind::Claim, &word, message);
        }
    }
}
