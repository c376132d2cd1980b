//! Judges one changed text word by word against the evidence that counts for it.
//!
//! A word passes where it states nothing, where the evidence has it (in any form, or a declared equivalent), and, for
//! numbers, verbs and praise, where the evidence says it *of the same thing*. Limits of the evidence must stay.

use super::ViolationKind as Kind;
use super::pool::{Limited, Names, Piece, Place, Pool, is_past, limited};
use crate::lexicon::skills::{SkillKind, Skills};
use crate::wording::quantity::{Bound, Quantity, Unit, quantities};
use crate::wording::vocabulary::{
    Strength, alike, direction, equivalents, is_claim, is_neutral, is_preposition, titles, verb,
};
use crate::wording::{Token, is_hidden, tokens};
use std::collections::HashSet;

/// What a text is for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Use {
    /// About one entry.
    Entry,
    /// About the whole person.
    Summary,
    /// The headline: a title.
    Label,
}

/// A changed text and its evidence.
pub(super) struct Statement<'a> {
    text: &'a str,
    used: Use,
    scope: Vec<&'a Piece>,
    pool: &'a Pool,
}

/// Words that say nothing about the kind of experience.
const PLAIN: [&str; 9] = [
    "experienc",
    "professional",
    "work",
    "industry",
    "combin",
    "total",
    "career",
    "practic",
    "hand",
];

type Fault = (Kind, String, String);

impl<'a> Statement<'a> {
    pub fn new(text: &'a str, used: Use, scope: Vec<&'a Piece>, pool: &'a Pool) -> Self {
        Statement {
            text,
            used,
            scope,
            pool,
        }
    }

    /// All faults, as the text stands and as it reads without mark-up.
    pub fn faults(&self) -> Vec<Fault> {
        let mut out = self.disguises();
        out.extend(Reading::new(self, self.text).faults());
        let plain = without_markup(self.text);
        if plain != self.text {
            for fault in Reading::new(self, &plain).faults() {
                if !out.contains(&fault) {
                    out.push(fault);
                }
            }
        }
        out
    }

    /// Faults of a sentence of the summary that takes a number from some entries and the rest from others, or names an
    /// employer and tells of another.
    pub fn mixed(&self, sentence: &str) -> Vec<Fault> {
        let words = tokens(sentence);
        let here = quantities(&words);
        let stands = |p: &Piece| {
            let n = p.tokens.len();
            n > 0
                && words
                    .windows(n)
                    .any(|w| w.iter().zip(&p.tokens).all(|(a, b)| a.word == b.word))
        };
        let anchored = |p: &Piece| here.iter().any(|q| p.quantities.iter().any(|b| backs(b, q)));
        let of = |p: &&&Piece| p.entry.is_some();
        let named: Vec<&&Piece> = self
            .scope
            .iter()
            .filter(of)
            .filter(|p| p.names == Names::Organisation && stands(p))
            .collect();
        let anchors: Vec<&&Piece> = self
            .scope
            .iter()
            .filter(of)
            .filter(|p| p.place == Place::Statement && anchored(p))
            .filter(|p| named.is_empty() || named.iter().any(|n| n.entry == p.entry))
            .collect();
        if anchors.is_empty() && named.is_empty() {
            return Vec::new();
        }
        let scope = self.scope.iter().copied().filter(|p| {
            let whole = p.entry.is_none() || p.place == Place::Confirmed;
            let own = named.iter().any(|n| n.entry == p.entry);
            whole
                || own && (p.place == Place::Heading || anchors.is_empty())
                || anchors
                    .iter()
                    .any(|a| std::ptr::eq(**a, *p) || p.place == Place::Heading && p.entry == a.entry)
        });
        Statement::new(sentence, self.used, scope.collect(), self.pool).faults()
    }

    /// Hidden signs and words that mix alphabets.
    fn disguises(&self) -> Vec<Fault> {
        let mut out = Vec::new();
        let known = |c: char| self.scope.iter().any(|p| p.text.contains(c));
        if let Some(c) = self.text.chars().find(|c| is_hidden(*c) && !known(*c)) {
            let message = format!(
                "The text holds a sign that nobody sees (U+{:04X}); take it out.",
                c as u32
            );
            out.push((Kind::Name, format!("U+{:04X}", c as u32), message));
        }
        for word in self.text.split(|c: char| !c.is_alphanumeric() && !is_hidden(c)) {
            let latin = word.chars().any(|c| c.is_ascii_alphabetic());
            let other = word
                .chars()
                .any(|c| matches!(c, '\u{370}'..='\u{58f}' | '\u{13a0}'..='\u{13ff}'));
            if latin && other && !self.scope.iter().any(|p| p.text.contains(word)) {
                let message = format!("\"{word}\" mixes letters of two alphabets that look alike.");
                out.push((Kind::Name, word.to_owned(), message));
            }
        }
        out
    }
}

/// The text as it reads when tags, emphasis and escapes are rendered.
fn without_markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let tag = c == '<' && rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        if tag && let Some(end) = rest.find('>') {
            rest = &rest[end + 1..];
            continue;
        }
        if !matches!(c, '*' | '_' | '`' | '~' | '\\' | '{' | '}' | '^') && !is_hidden(c) {
            out.push(c);
        }
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// One reading of a text: its tokens and which of them are backed so far.
struct Reading<'s> {
    statement: &'s Statement<'s>,
    text: String,
    tokens: Vec<Token>,
    quantities: Vec<Quantity>,
    backed: Vec<bool>,
    out: Vec<Fault>,
}

impl<'s> Reading<'s> {
    fn new(statement: &'s Statement<'s>, text: &str) -> Self {
        let tokens = tokens(text);
        Reading {
            statement,
            text: text.to_owned(),
            quantities: quantities(&tokens),
            backed: vec![false; tokens.len()],
            tokens,
            out: Vec::new(),
        }
    }

    fn faults(mut self) -> Vec<Fault> {
        self.numbers();
        self.skills();
        self.equivalents();
        self.verbs();
        self.claims();
        self.other_words();
        self.limits();
        if self.statement.used != Use::Entry {
            self.titles();
        }
        self.out
    }

    fn scope(&self) -> &'s [&'s Piece] {
        &self.statement.scope
    }

    fn say(&mut self, kind: Kind, text: &str, message: String) {
        self.out.push((kind, text.to_owned(), message));
    }

    fn shown(&self, from: usize, to: usize) -> String {
        self.text[self.tokens[from].range.start..self.tokens[to - 1].range.end].to_owned()
    }

    fn numbers(&mut self) {
        for (n, q) in self.quantities.clone().iter().enumerate() {
            let known = self
                .scope()
                .iter()
                .any(|p| p.quantities.iter().any(|b| backs(b, q) && !others(&p.quantities, b, q)))
                && !self.overstates(q)
                && !self.narrows(q)
                && !self.repeats(n)
                || self.says_again(n);
            if !known && !self.is_tenure(q) {
                let shown = self.shown(q.tokens.start, q.tokens.end);
                let kind = if q.unit == Unit::Year { Kind::Date } else { Kind::Number };
                let message =
                    format!("The original does not say \"{shown}\" of this; confirm the number or take it out.");
                self.say(kind, &shown, message);
            }
            self.backed[q.tokens.clone()].fill(true);
            // "A team of 6 engineers": the number says how many, the word adds nothing.
            if let Some(of) = q
                .tokens
                .start
                .checked_sub(2)
                .filter(|of| self.tokens[of + 1].word == "of")
                && matches!(self.tokens[of].word.as_str(), "team" | "group" | "total" | "set")
            {
                self.backed[of] = true;
            }
        }
        self.periods();
    }

    /// "11 years of Rust experience", where the original says "11 years of experience".
    fn narrows(&self, q: &Quantity) -> bool {
        let rest = self.tokens[q.tokens.end..].iter().take(5);
        let kind: Vec<&Token> = rest
            .take_while(|t| t.word != "experience" && !t.ends_clause())
            .collect();
        let named = self
            .tokens
            .get(q.tokens.end + kind.len())
            .is_some_and(|t| t.word == "experience");
        let said = |w: &str| {
            self.scope()
                .iter()
                .flat_map(|p| &p.quantities)
                .any(|b| b.unit == q.unit && b.value == q.value && b.head.iter().any(|h| h == w))
        };
        q.unit == Unit::Named("year")
            && named
            && kind
                .iter()
                .any(|t| t.is_word() && !is_neutral(&t.word) && !PLAIN.contains(&t.stem.as_str()) && !said(&t.stem))
    }

    /// True where a number stands more often than the evidence has it.
    fn repeats(&self, n: usize) -> bool {
        let q = &self.quantities[n];
        let same = |o: &&Quantity| o.value == q.value && o.unit == q.unit;
        let here = self.quantities[..=n].iter().filter(same).count();
        let there: usize = self
            .scope()
            .iter()
            .map(|p| p.quantities.iter().filter(same).count())
            .sum();
        here > 1 && here > there && q.unit != Unit::Year
    }

    /// "16 of the 17 passed", after "17 nurses".
    fn says_again(&self, n: usize) -> bool {
        let q = &self.quantities[n];
        let the = q
            .tokens
            .start
            .checked_sub(1)
            .is_some_and(|b| self.tokens[b].word == "the")
            || self.tokens[q.tokens.start].word == "the";
        the && self.quantities[..n]
            .iter()
            .any(|o| o.value == q.value && o.unit == q.unit)
    }

    /// "138 % in FY22": the period belongs to the number before it.
    fn periods(&mut self) {
        let period = |t: &Token| {
            let digits = t.word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
            let name = &t.word[..t.word.len() - digits.len()];
            matches!(name, "fy" | "q" | "h" | "cy") && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
        };
        let number_before = |all: &[Quantity], i: usize| {
            let before = all.iter().rev().find(|q| q.tokens.end <= i)?;
            Some((before.value, before.unit.clone()))
        };
        let mut faults = Vec::new();
        for (i, token) in self.tokens.iter().enumerate().filter(|(_, t)| period(t)) {
            let mine = number_before(&self.quantities, i);
            let told: Vec<_> = self
                .scope()
                .iter()
                .flat_map(|p| {
                    let at = p.tokens.iter().enumerate().filter(|(_, t)| t.word == token.word);
                    at.map(|(j, _)| number_before(&p.quantities, j)).collect::<Vec<_>>()
                })
                .collect();
            if mine.is_some() && !told.is_empty() && !told.contains(&mine) {
                faults.push(token.word.to_uppercase());
            }
        }
        for word in faults {
            let message = format!("The original gives another number for {word}.");
            self.say(Kind::Number, &word, message);
        }
    }

    /// "More than 121 %", where a number is said to be 121 % exactly.
    fn overstates(&self, q: &Quantity) -> bool {
        let said = |bound: Bound| {
            self.scope().iter().any(|p| {
                p.quantities
                    .iter()
                    .any(|b| b.bound == bound && b.unit == q.unit && b.value == q.value)
            })
        };
        q.bound == Bound::Over && !q.spans && said(Bound::Exact) && !said(Bound::Over)
    }

    /// "9 years of experience", where the dates of the jobs add up to that or more.
    fn is_tenure(&self, q: &Quantity) -> bool {
        let rest = &self.tokens[q.tokens.end..];
        let named = rest.iter().take(4).any(|t| t.word == "experience");
        let after_it = rest.iter().skip_while(|t| t.word != "experience").nth(1);
        let open =
            after_it.is_some_and(|t| matches!(t.word.as_str(), "in" | "with" | "as" | "of" | "leading" | "using"));
        let specific = rest
            .iter()
            .take_while(|t| t.word != "experience")
            .any(|t| t.is_word() && !is_neutral(&t.word) && !PLAIN.contains(&t.stem.as_str()));
        self.statement.used == Use::Summary
            && q.unit == Unit::Named("year")
            && named
            && !specific
            && !open
            && q.value >= 1.0
            && q.value <= f64::from(self.statement.pool.years)
            && !matches!(q.bound, Bound::Under)
    }

    fn skills(&mut self) {
        let lexicon = Skills::builtin();
        for found in lexicon.find(&self.text) {
            let skill = lexicon.get(found.skill);
            let inside: Vec<usize> = (0..self.tokens.len())
                .filter(|i| {
                    let r = &self.tokens[*i].range;
                    r.start < found.range.end && r.end > found.range.start
                })
                .collect();
            let named = self.scope().iter().any(|p| p.skills.contains(&found.skill));
            let soft = !matches!(
                skill.kind,
                SkillKind::Tool | SkillKind::Language | SkillKind::Certificate
            );
            let in_words = soft && {
                let stems: Vec<&str> = inside.iter().map(|i| self.tokens[*i].stem.as_str()).collect();
                self.scope().iter().any(|p| {
                    let all: Vec<&str> = p.tokens.iter().map(|t| t.stem.as_str()).collect();
                    all.windows(stems.len().max(1)).any(|w| w == stems)
                })
            };
            if named || in_words {
                // A claim inside the name ("Lead Generation") is backed with it.
                for i in inside {
                    self.backed[i] = true;
                }
            } else if !soft || inside.iter().any(|i| !self.backed[*i] && self.tokens[*i].capital) {
                let shown = self.text[found.range.clone()].to_owned();
                let message = format!("Nothing here shows \"{shown}\"; confirm it or take it out.");
                self.say(Kind::Skill, &shown, message);
                for i in inside {
                    self.backed[i] = true;
                }
            }
        }
    }

    fn equivalents(&mut self) {
        let stems: Vec<&str> = self.tokens.iter().map(|t| t.stem.as_str()).collect();
        for (group, at, length) in equivalents(&stems) {
            if self.scope().iter().any(|p| p.groups.contains(&group)) {
                // Praise and rank are judged by what they stand beside.
                for i in at..at + length {
                    self.backed[i] |= !is_claim(&self.tokens[i].word);
                }
            }
        }
    }

    fn verbs(&mut self) {
        for i in 0..self.tokens.len() {
            let token = &self.tokens[i];
            let starts = begins_action(&self.tokens, i);
            let owns = starts && token.stem == "own";
            if self.backed[i] || !token.is_word() || is_neutral(&token.word) && !owns {
                continue;
            }
            let known = verb(&token.stem);
            // A verb that the list does not know still says that somebody did something.
            let acts = starts && (token.word.ends_with("ed") || i == 0 && token.word.ends_with("ing"));
            if known.is_none() && !acts {
                continue;
            }
            if known.is_some_and(|k| k.strength == Strength::Support)
                && matches!(token.stem.as_str(), "assist" | "help" | "aid" | "support" | "contribut")
            {
                self.backed[i] = true;
                continue;
            }
            let went = direction(&token.stem);
            let own = self.statement.used == Use::Entry;
            let mut named = false;
            // "Brought churn from 14 % down to 6 %": the numbers say it.
            let moves = matches!(token.stem.as_str(), "bring" | "tak" | "push" | "driv");
            let mut of_this = self.goes(i).is_some_and(|way| moves || went == way);
            for piece in self.scope() {
                for (j, other) in piece.tokens.iter().enumerate().filter(|(_, t)| t.is_word()) {
                    let means = known.is_some_and(|k| verb(&other.stem).is_some_and(|o| o.means(k)));
                    let same = other.stem == token.stem || means;
                    // "Were promoted" does not say that the person promoted them.
                    let suffered = starts && passive(&piece.tokens, j) && !passive(&self.tokens, i);
                    if same && piece.place != Place::Heading && !suffered {
                        named = true;
                        let of_object = || {
                            same_object(
                                (&self.tokens, &self.quantities, i),
                                (&piece.tokens, &piece.quantities, j),
                            )
                        };
                        of_this |= starts && of_object()
                            || (!starts || went != 0) && same_thing(&self.tokens, i, &piece.tokens, j, false)
                            || !starts && own && other.stem == token.stem;
                    }
                    if other.stem == token.stem && piece.place == Place::Heading && !starts {
                        named = true;
                        of_this = true;
                    }
                }
            }
            self.backed[i] = true;
            if !of_this {
                let word = self.shown(i, i + 1);
                let message = if named {
                    format!("The original says \"{word}\" of something else.")
                } else {
                    format!("The original does not say \"{word}\"; say what it says, or confirm it.")
                };
                self.say(Kind::Claim, &word, message);
            }
        }
        self.finished();
        self.turned();
    }

    /// "From Rust to Ruby", where the original goes from Ruby to Rust.
    fn turned(&mut self) {
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
    fn goes(&self, i: usize) -> Option<i8> {
        let to = self.quantities.windows(2).find(|w| {
            w[0].tokens.start > i
                && (w[0].preposition, w[1].preposition) == (Some("from"), Some("to"))
                && !self.tokens[i..w[0].tokens.start].iter().any(Token::ends_clause)
        })?;
        // The numbers themselves are judged by `numbers`.
        Some(if to[1].value > to[0].value { 1 } else { -1 })
    }

    /// What goes on in the original is not finished here: "completing", "to be published".
    fn finished(&mut self) {
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

    fn claims(&mut self) {
        for i in 0..self.tokens.len() {
            let token = &self.tokens[i];
            let hyphened = self
                .tokens
                .get(i + 1)
                .filter(|t| t.is_sign('-'))
                .and_then(|_| self.tokens.get(i + 2));
            let compound = hyphened.map(|next| format!("{}-{}", token.word, next.word));
            let claims = is_claim(&token.word) || compound.is_some_and(|c| is_claim(&c));
            if !claims || self.backed[i] || !token.is_word() {
                continue;
            }
            let times = ["hour", "day", "week", "month", "quarter", "year", "shift", "night"];
            let per = matches!(token.word.as_str(), "every" | "each")
                && self.tokens.get(i + 1).is_some_and(|t| times.contains(&t.word.as_str()));
            if per {
                self.backed[i] = true;
                continue;
            }
            let tongue = matches!(
                token.word.as_str(),
                "native" | "fluent" | "bilingual" | "proficient" | "proficiency"
            );
            let of_this = self.scope().iter().any(|p| {
                p.tokens.iter().enumerate().any(|(j, other)| {
                    (other.word == token.word || other.stem == token.stem || all_of(&other.word, &token.word))
                        && praises_same(&self.tokens, i, &p.tokens, j, p.place == Place::Heading)
                        && (!tongue
                            || self
                                .names_of_clause(i)
                                .all(|name| p.tokens.iter().any(|t| t.word == name)))
                })
            });
            self.backed[i] = true;
            if !of_this {
                let word = self.shown(i, i + 1);
                let kind = kind_of_claim(&token.word);
                self.say(
                    kind,
                    &word,
                    format!("The original does not say \"{word}\" of this; confirm it or take it out."),
                );
            }
        }
    }

    /// Names in the clause around a token, folded: the languages that "fluent" is said of.
    fn names_of_clause(&self, i: usize) -> impl Iterator<Item = &str> {
        let start = self.tokens[..i]
            .iter()
            .rposition(|t| t.ends_clause() || t.is_sign(','))
            .map_or(0, |k| k + 1);
        let names = self.tokens[start..]
            .iter()
            .enumerate()
            .take_while(|(_, t)| !t.ends_clause());
        names
            .filter(move |(k, t)| t.capital && *k > 0 && start + k != i && !is_neutral(&t.word))
            .map(|(_, t)| t.word.as_str())
    }

    fn other_words(&mut self) {
        let stems: HashSet<&str> = self
            .scope()
            .iter()
            .flat_map(|p| p.tokens.iter().filter(|t| t.is_word()).map(|t| t.stem.as_str()))
            .collect();
        let mut missing = Vec::new();
        for (i, token) in self.tokens.iter().enumerate() {
            let fine = !token.is_word()
                || self.backed[i]
                || is_neutral(&token.word)
                || negates(&token.word)
                || stems.contains(token.stem.as_str());
            if !fine {
                missing.push(i);
            }
        }
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

    /// What the evidence limits stays limited: "helped to", "not", "familiar with", "expected".
    fn limits(&mut self) {
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

    /// A title that the person names as theirs is one that they held, whole: ranks are not mixed and not dropped.
    fn titles(&mut self) {
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

/// Stars, ticks, medals: signs that say something.
fn is_symbol(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{24ff}' | '\u{25a0}'..='\u{27bf}' | '\u{2900}'..='\u{2bff}' | '™' | '®' | '©')
        && !matches!(
            c,
            '●' | '○' | '■' | '▪' | '◦' | '→' | '▸' | '►' | '✓' | '✔' | '≈' | '≥' | '≤' | '−' | '∙'
        )
}

/// All, every, entire: one word for another.
fn all_of(a: &str, b: &str) -> bool {
    const ALL: [&str; 5] = ["all", "every", "entire", "whole", "each"];
    ALL.contains(&a) && ALL.contains(&b)
}

fn kind_of_claim(word: &str) -> Kind {
    let t = titles();
    match word {
        "bachelor" | "bachelors" | "master" | "masters" | "phd" | "doctorate" | "doctoral" | "mba" | "msc" | "bsc" => {
            Kind::Degree
        }
        "certified" | "licensed" | "accredited" | "chartered" | "registered" | "award" | "awards" => Kind::Credential,
        "native" | "bilingual" | "trilingual" | "multilingual" | "fluent" => Kind::Language,
        w if t.rank.contains(w) => Kind::Title,
        _ => Kind::Claim,
    }
}

/// True where a base number says what the tailored one says: value, unit, bound, and what it is about. Numbers may be
/// said more roughly, never rounded up.
fn backs(base: &Quantity, q: &Quantity) -> bool {
    let close = |a: f64, b: f64| (a - b).abs() <= 1e-6 * a.abs().max(b.abs()).max(1.0);
    let same = close(base.value, q.value);
    let off = (q.value - base.value) / base.value.abs().max(1e-9);
    let bound = match (base.bound, q.bound) {
        // "About a third" for 32 % is as far up as it goes.
        (Bound::Exact | Bound::About, Bound::About) => same || (-0.06..=0.042).contains(&off),
        (Bound::Exact, Bound::Over) if !same => {
            q.unit != Unit::Year && base.value > q.value && q.value >= 0.8 * base.value
        }
        // "Over four years" is as long as "in four years".
        (Bound::Exact, Bound::Over) if same && q.spans && base.spans => true,
        (Bound::Over, Bound::Over) => same || base.value > q.value && q.value >= 0.8 * base.value,
        (Bound::About | Bound::Over, Bound::Exact) => same,
        (Bound::Over, Bound::About) => same,
        (a, b) => a == b && same,
    };
    let towards = !matches!(
        (base.preposition, q.preposition),
        (Some("from"), Some("to" | "by")) | (Some("to"), Some("from" | "by")) | (Some("by"), Some("from" | "to"))
    );
    let rate = q.rate.is_none() || q.rate == base.rate;
    let label = q.label.is_none() || q.label == base.label;
    base.unit == q.unit && bound && towards && rate && label && about_the_same(base, q)
}

/// True where the number's noun phrase has a word that the original says of another number of the same text: "85 black
/// belts", where it says "12 black belts and 85 green belts".
fn others(all: &[Quantity], base: &Quantity, q: &Quantity) -> bool {
    let has = |h: &[String], w: &String| h.iter().any(|x| same_word(x, w));
    q.head.iter().any(|w| {
        !has(&base.head, w)
            && all
                .iter()
                .any(|o| o.tokens != base.tokens && has(&o.head, w) && !(o.value - q.value).abs().le(&1e-9))
            && !base.head.is_empty()
    })
}

fn about_the_same(base: &Quantity, q: &Quantity) -> bool {
    if matches!(q.unit, Unit::Year) {
        return true;
    }
    let any = |xs: &[String], ys: &[String]| xs.iter().any(|x| ys.iter().any(|y| same_word(x, y)));
    let here: Vec<String> = q.before.iter().chain(&q.after).cloned().collect();
    let there: Vec<String> = base.before.iter().chain(&base.after).cloned().collect();
    if let Some(noun) = q.head.last() {
        let counts = |h: &[String]| h.iter().any(|w| same_word(noun, w));
        let beside = &base.before[..base.before.len().min(2)];
        let named = !base.head.is_empty();
        let tied = matches!(q.unit, Unit::Count | Unit::Percent | Unit::Times | Unit::PercentPoint);
        if named
            && tied
            && !counts(&base.head)
            && !counts(beside)
            && !base.head.last().is_some_and(|n| q.head.iter().any(|w| same_word(n, w)))
        {
            return false;
        }
        if !named && tied && !counts(&there) && !there.is_empty() {
            return false;
        }
    }
    here.is_empty() || there.is_empty() || any(&here, &there)
}

/// Same stem, verbs of one group, or a declared equivalence of single words.
fn same_word(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    if let (Some(x), Some(y)) = (verb(a), verb(b))
        && x.means(y)
    {
        return true;
    }
    alike(a).iter().any(|g| alike(b).contains(g))
}

fn negates(word: &str) -> bool {
    matches!(
        word,
        "no" | "not" | "without" | "never" | "none" | "neither" | "nor" | "zero"
    )
}

fn passive(tokens: &[Token], i: usize) -> bool {
    i > 0
        && matches!(
            tokens[i - 1].word.as_str(),
            "was" | "were" | "been" | "being" | "be" | "is" | "are"
        )
}

/// True where somebody begins to do something: at the start of a clause, or after a word that leads into one.
fn begins_action(tokens: &[Token], i: usize) -> bool {
    clause_starts(tokens, i)
        || matches!(
            tokens[i - 1].word.as_str(),
            "by" | "while" | "that" | "which" | "through" | "after" | "before" | "when" | "thereby" | "also" | "or"
        )
}

/// What an action is done to: content words up to a preposition; measures ("a team of", "40 % of") go on, and with
/// `listed` so do later members of a list ("food cost at 27 % and labour at 31 %").
fn object(tokens: &[Token], numbers: &[Quantity], i: usize, listed: bool) -> Vec<String> {
    const MEASURES: [&str; 14] = [
        "team",
        "group",
        "portfolio",
        "rang",
        "number",
        "network",
        "set",
        "seri",
        "total",
        "budget",
        "staff",
        "crew",
        "brigad",
        "average",
    ];
    let mut out: Vec<String> = Vec::new();
    let (mut depth, mut open) = (0, true);
    for (n, t) in tokens.iter().enumerate().skip(i + 1) {
        match t.kind {
            crate::wording::Kind::Sign('(') => depth += 1,
            crate::wording::Kind::Sign(')') => depth -= 1,
            _ => {}
        }
        if depth > 0 || t.is_sign(')') || numbers.iter().any(|q| q.tokens.contains(&n)) {
            continue;
        }
        let counted = numbers.iter().any(|q| q.tokens.end == n);
        let measured = t.word == "of" && (counted || out.last().is_some_and(|l| MEASURES.contains(&l.as_str())));
        let joined = tokens[n - 1].is_sign('-') || tokens.get(n + 1).is_some_and(|t| t.is_sign('-'));
        let acts = !out.is_empty() && clause_starts(tokens, n) && verb(&t.stem).is_some() && is_past(&t.word);
        if t.ends_clause() || acts || out.len() == 12 {
            break;
        }
        if matches!(t.word.as_str(), "and" | "," | "&") {
            open |= listed;
        } else if is_preposition(&t.word) && !measured && !joined {
            open = false;
            if !listed {
                break;
            }
        } else if open && t.is_word() && !is_neutral(&t.word) && !is_preposition(&t.word) {
            out.push(t.stem.clone());
        }
    }
    out
}

/// A text, its numbers, and a token of it.
type At<'t> = (&'t [Token], &'t [Quantity], usize);

/// True where two verbs are said of the same object; what only follows a preposition is not it.
fn same_object((a, in_a, i): At<'_>, (b, in_b, j): At<'_>) -> bool {
    let any = |xs: &[String], ys: &[String]| xs.iter().any(|x| ys.iter().any(|y| same_word(x, y)));
    let mine = object(a, in_a, i, false);
    let theirs = object(b, in_b, j, true);
    // "The rewrite of the engine", "was rewritten": the object is not behind the word.
    if mine.is_empty() || theirs.is_empty() || !begins_action(b, j) {
        return same_thing(a, i, b, j, true);
    }
    if any(&mine, &theirs) {
        return true;
    }
    // "Introduced Pact for contract testing", "introduced contract testing with Pact": each has the other's object.
    let rest = |t: &[Token], k: usize, on: bool| -> Vec<String> {
        let words = t[k + 1..]
            .iter()
            .take_while(|t| !t.ends_clause() && (on || !t.is_sign(',') && t.word != "and"));
        words
            .filter(|t| t.is_word() && !is_neutral(&t.word))
            .map(|t| t.stem.clone())
            .collect()
    };
    let all = |xs: &[String], ys: &[String]| xs.iter().all(|x| ys.iter().any(|y| same_word(x, y)));
    all(&mine, &rest(b, j, true)) && any(&object(b, in_b, j, false), &rest(a, i, false))
}

/// True where praise or rank stands beside the same thing in both texts.
fn praises_same(a: &[Token], i: usize, b: &[Token], j: usize, heading: bool) -> bool {
    let content = |t: &&Token| t.is_word() && !is_neutral(&t.word);
    let next = |t: &[Token], k: usize| -> Option<String> {
        let rest = t[k + 1..].iter().take_while(|t| !t.ends_clause() && !t.is_sign(','));
        rest.filter(content).map(|t| t.stem.clone()).next()
    };
    let previous = |t: &[Token], k: usize| -> Option<String> {
        let rest = t[..k].iter().rev().take_while(|t| !t.ends_clause() && !t.is_sign(','));
        rest.filter(content).map(|t| t.stem.clone()).next()
    };
    let (mine, theirs) = (next(a, i), next(b, j));
    let alike = |x: &Option<String>, y: &Option<String>| matches!((x, y), (Some(x), Some(y)) if same_word(x, y));
    if heading {
        // A rank of a title belongs to that very title.
        return alike(&mine, &theirs)
            || alike(&previous(a, i), &previous(b, j)) && theirs.is_none()
            || mine.is_none() && previous(a, i).is_none();
    }
    alike(&mine, &theirs)
        || alike(&previous(a, i), &previous(b, j))
        || same_thing(a, i, b, j, false) && (mine.is_none() || theirs.is_none())
        || near(a, i, b, j)
}

/// True where two words of the three around it are the same in both texts.
fn near(a: &[Token], i: usize, b: &[Token], j: usize) -> bool {
    let around = |t: &[Token], k: usize| -> Vec<String> {
        let content = |t: &&Token| t.is_word() && !is_neutral(&t.word);
        let before = t[..k]
            .iter()
            .rev()
            .take_while(|t| !t.ends_clause())
            .filter(content)
            .take(3);
        let after = t[k + 1..]
            .iter()
            .take_while(|t| !t.ends_clause())
            .filter(content)
            .take(3);
        before.chain(after).map(|t| t.stem.clone()).collect()
    };
    let theirs = around(b, j);
    around(a, i)
        .iter()
        .filter(|x| theirs.iter().any(|y| same_word(x, y)))
        .count()
        >= 2
}

fn clause_starts(tokens: &[Token], i: usize) -> bool {
    i == 0
        || tokens[i - 1].ends_clause()
        || matches!(
            tokens[i - 1].word.as_str(),
            "and" | "," | "then" | "-" | "who" | "i" | "(" | "&"
        )
}

/// True where the words around token `i` of one text and token `j` of the other share what they are about.
fn same_thing(a: &[Token], i: usize, b: &[Token], j: usize, objects_only: bool) -> bool {
    const REACH: usize = 4;
    let content =
        |t: &&Token| (t.is_word() && !is_neutral(&t.word)) || matches!(t.kind, crate::wording::Kind::Number(_));
    let after = |t: &[Token], k: usize| -> Vec<String> {
        let rest = t[k + 1..].iter().take_while(|t| !t.ends_clause()).filter(content);
        rest.take(REACH).map(|t| t.stem.clone()).collect()
    };
    let before = |t: &[Token], k: usize| -> Vec<String> {
        let rest = t[..k].iter().rev().take_while(|t| !t.ends_clause()).filter(content);
        rest.take(REACH).map(|t| t.stem.clone()).collect()
    };
    let any = |xs: &[String], ys: &[String]| xs.iter().any(|x| ys.iter().any(|y| same_word(x, y)));
    let (mine, theirs) = (after(a, i), after(b, j));
    if objects_only {
        return mine.is_empty() || any(&mine, &theirs) || any(&mine, &before(b, j));
    }
    let (mut all_mine, mut all_theirs) = (mine, theirs);
    all_mine.extend(before(a, i));
    all_theirs.extend(before(b, j));
    all_mine.is_empty() || any(&all_mine, &all_theirs)
}
