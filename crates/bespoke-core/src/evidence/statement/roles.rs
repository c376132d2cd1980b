//! Titles: what the person says to be or to have been.

use super::super::pool::{Names, Place};
use super::{Kind, Reading, Use, compounds};
use crate::wording::Token;
use crate::wording::vocabulary::{is_preposition, titles};

impl Reading<'_> {
    /// "As a licensed pharmacist": what the person was is the title of the entry, or what the text said.
    pub(super) fn roles(&mut self) {
        let mut faults = Vec::new();
        for (i, _) in self.tokens.iter().enumerate().filter(|(_, t)| t.word == "as") {
            let rest: Vec<&Token> = self.tokens[i + 1..]
                .iter()
                .filter(|t| !matches!(t.word.as_str(), "a" | "an" | "the"))
                .take(4)
                .take_while(|t| t.is_word() && !is_preposition(&t.word))
                .collect();
            let Some(end) = rest.iter().position(|t| titles().occupation.contains(t.word.as_str())) else {
                continue;
            };
            let role = &rest[..=end];
            let told = self.scope().iter().any(|p| {
                let all = |from: usize| {
                    let joined: Vec<String> = compounds(&p.tokens[from..]).collect();
                    role.iter()
                        .all(|r| p.tokens[from..].iter().any(|t| t.stem == r.stem) || joined.contains(&r.stem))
                };
                match p.names {
                    Names::Title => all(0),
                    _ => p.tokens.iter().position(|t| t.word == "as").is_some_and(all),
                }
            });
            if !told {
                faults.push(role.iter().map(|t| t.word.as_str()).collect::<Vec<_>>().join(" "));
            }
        }
        for role in faults {
            let message = format!("The original does not say that you did this as \"{role}\".");
            self.say(Kind::Title, &role, message);
        }
    }

    /// A title that the person names as theirs is one that they held, whole: ranks are not mixed and not dropped.
    pub(super) fn titles(&mut self) {
        let words = titles();
        let is_title = |t: &Token| {
            let word = t
                .word
                .strip_suffix('s')
                .filter(|w| words.occupation.contains(w))
                .unwrap_or(&t.word);
            words.occupation.contains(word) || words.rank.contains(word)
        };
        let held: Vec<Vec<&str>> = self
            .scope()
            .iter()
            .filter(|p| {
                p.names == Names::Title
                    || p.place == Place::Confirmed
                    || p.place == Place::Statement && p.entry.is_none()
            })
            .map(|p| p.tokens.iter().map(|t| t.word.as_str()).collect())
            .collect();
        let parts: Vec<Vec<Token>> = self
            .tokens
            .split(|t| {
                t.ends_clause()
                    || matches!(
                        t.word.as_str(),
                        "," | "/" | "·" | "and" | "&" | "with" | "for" | "of" | "at" | "who" | "by" | "to"
                    )
            })
            .map(<[Token]>::to_vec)
            .collect();
        for (n, part) in parts.iter().enumerate() {
            let titled: Vec<&Token> = part.iter().filter(|t| is_title(t)).collect();
            // Only the headline and the opening of a summary name the person's own title.
            if titled.is_empty() || (self.statement.used == Use::Summary && n > 0) {
                continue;
            }
            let asked: Vec<&str> = titled.iter().map(|t| t.word.as_str()).collect();
            let holders: Vec<&Vec<&str>> = held.iter().filter(|h| asked.iter().all(|w| h.contains(w))).collect();
            let smaller = |h: &[&str]| {
                h.iter().any(|w| {
                    words.smaller.contains(w) && !words.rank.contains(w) || matches!(*w, "junior" | "jr" | "associate")
                })
            };
            let shown = asked.join(" ");
            if holders.is_empty() {
                self.say(
                    Kind::Title,
                    &shown,
                    format!("The original does not show the title \"{shown}\"."),
                );
            } else if holders.iter().all(|h| smaller(h))
                && !smaller(&asked)
                && !part.iter().any(|t| words.smaller.contains(t.word.as_str()))
            {
                self.say(
                    Kind::Title,
                    &shown,
                    format!("\"{shown}\" leaves out what makes the title smaller in the original."),
                );
            }
        }
    }
}
