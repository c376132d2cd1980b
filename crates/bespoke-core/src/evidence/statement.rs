//! Judges one changed text word by word against the evidence that counts for it.
//!
//! A word passes where it states nothing, where the evidence has it (in any form, or a declared equivalent), and, for
//! numbers, verbs and praise, where the evidence says it *of the same thing*. Limits of the evidence must stay.

use super::ViolationKind as Kind;
use super::pool::{Piece, Place, Pool, limited};
use crate::lexicon::skills::{SkillKind, Skills};
use crate::wording::quantity::{Bound, Quantity, Unit, quantities};
use crate::wording::vocabulary::{Strength, equivalences, is_claim, is_neutral, titles, verb};
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
        for q in self.quantities.clone() {
            let known = self.scope().iter().any(|p| p.quantities.iter().any(|b| backs(b, &q)));
            if !known && !self.is_tenure(&q) {
                let shown = self.shown(q.tokens.start, q.tokens.end);
                let kind = if q.unit == Unit::Year { Kind::Date } else { Kind::Number };
                let message =
                    format!("The original does not say \"{shown}\" of this; confirm the number or take it out.");
                self.say(kind, &shown, message);
            }
            self.backed[q.tokens.clone()].fill(true);
        }
    }

    /// "9 years of experience", where the dates of the jobs add up to that or more.
    fn is_tenure(&self, q: &Quantity) -> bool {
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
        for group in equivalences() {
            let here: Vec<(usize, &Vec<String>)> = group
                .iter()
                .flat_map(|phrase| places(&self.tokens, phrase).into_iter().map(move |i| (i, phrase)))
                .collect();
            if here.is_empty() {
                continue;
            }
            let known = self
                .scope()
                .iter()
                .any(|p| group.iter().any(|phrase| !places(&p.tokens, phrase).is_empty()));
            if known {
                for (i, phrase) in here {
                    self.backed[i..i + phrase.len()].fill(true);
                }
            }
        }
    }

    fn verbs(&mut self) {
        for i in 0..self.tokens.len() {
            let token = &self.tokens[i];
            let Some(known) = verb(&token.stem).filter(|_| !self.backed[i] && token.is_word()) else {
                continue;
            };
            if known.strength == Strength::Support
                && matches!(token.stem.as_str(), "assist" | "help" | "aid" | "support" | "contribut")
            {
                self.backed[i] = true;
                continue;
            }
            let mut named = false;
            let mut of_this = false;
            let starts = clause_starts(&self.tokens, i);
            for piece in self.scope() {
                for (j, other) in piece.tokens.iter().enumerate().filter(|(_, t)| t.is_word()) {
                    let same = other.stem == token.stem || verb(&other.stem).is_some_and(|v| v.group == known.group);
                    if same && piece.place != Place::Heading {
                        named = true;
                        of_this |= same_thing(&self.tokens, i, &piece.tokens, j, starts);
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
            let of_this = self.scope().iter().any(|p| {
                p.tokens.iter().enumerate().any(|(j, other)| {
                    (other.word == token.word || other.stem == token.stem || all_of(&other.word, &token.word))
                        && (same_thing(&self.tokens, i, &p.tokens, j, false) || p.tokens.len() <= 2)
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

    fn other_words(&mut self) {
        let stems: HashSet<&str> = self
            .scope()
            .iter()
            .flat_map(|p| p.tokens.iter().filter(|t| t.is_word()).map(|t| t.stem.as_str()))
            .collect();
        let mut missing = Vec::new();
        for (i, token) in self.tokens.iter().enumerate() {
            let fine =
                !token.is_word() || self.backed[i] || is_neutral(&token.word) || stems.contains(token.stem.as_str());
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
                crate::wording::Kind::Sign(c) if c.is_alphanumeric() || c as u32 > 0x1f000 => Some(c),
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
            .filter(|p| p.place != Place::Statement || p.entry.is_none())
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

/// True where a base number says what the tailored one says: value, unit, bound, and what it is about.
fn backs(base: &Quantity, q: &Quantity) -> bool {
    let close = |a: f64, b: f64| (a - b).abs() <= 1e-6 * a.abs().max(b.abs()).max(1.0);
    let same = close(base.value, q.value);
    let rough = (base.value - q.value).abs() <= 0.06 * base.value.abs();
    let unit = base.unit == q.unit;
    let bound = match (base.bound, q.bound) {
        (Bound::Exact, Bound::About) => same || rough,
        (Bound::Exact | Bound::Over, Bound::Over) => {
            same && base.bound == Bound::Over || base.value > q.value && q.value >= 0.8 * base.value
        }
        (Bound::Exact, Bound::Under) => base.value < q.value && q.value <= 1.15 * base.value,
        (Bound::Under, Bound::Under) | (Bound::About, Bound::About) => same,
        (Bound::About | Bound::Over, Bound::Exact) => same,
        (Bound::Over, Bound::About) => same,
        (a, b) => a == b && same,
    };
    let direction = !matches!(
        (base.preposition, q.preposition),
        (Some("from"), Some("to")) | (Some("to"), Some("from"))
    );
    unit && bound && direction && about_the_same(base, q)
}

fn about_the_same(base: &Quantity, q: &Quantity) -> bool {
    if matches!(q.unit, Unit::Year) {
        return true;
    }
    let mean = |a: &String, b: &String| same_word(a, b);
    let any = |xs: &[String], ys: &[String]| xs.iter().any(|x| ys.iter().any(|y| mean(x, y)));
    if q.unit == Unit::Count
        && let (Some(first), Some(was)) = (q.after.first(), base.after.first())
    {
        return base.after.iter().take(3).any(|w| mean(first, w)) || q.after.iter().take(3).any(|w| mean(w, was));
    }
    let here: Vec<String> = q.before.iter().chain(&q.after).cloned().collect();
    let there: Vec<String> = base.before.iter().chain(&base.after).cloned().collect();
    here.is_empty() || there.is_empty() || any(&here, &there)
}

/// Same stem, verbs of one group, or a declared equivalence of single words.
fn same_word(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    if let (Some(x), Some(y)) = (verb(a), verb(b))
        && x.group == y.group
    {
        return true;
    }
    equivalences().iter().any(|g| {
        let has = |w: &str| g.iter().any(|p| p.len() == 1 && p[0] == w);
        has(a) && has(b)
    })
}

/// Starts of a phrase in a text.
fn places(tokens: &[Token], phrase: &[String]) -> Vec<usize> {
    if phrase.is_empty() || phrase.len() > tokens.len() {
        return Vec::new();
    }
    (0..=tokens.len() - phrase.len())
        .filter(|i| tokens[*i..].iter().zip(phrase).all(|(t, w)| t.stem == *w))
        .collect()
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
