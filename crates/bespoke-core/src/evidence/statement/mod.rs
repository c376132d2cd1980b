//! Judges one changed text word by word against the evidence that counts for it.
//!
//! A word passes where it states nothing, where the evidence has it (in any form, or a declared equivalent), and, for
//! numbers, verbs and praise, where the evidence says it *of the same thing*. Limits of the evidence must stay.

mod actions;
mod claims;
mod compare;
mod course;
mod figures;
mod foreign;
mod limits;
mod managed;
mod names;
mod numbers;
mod objects;
mod plain;
mod roles;
mod words;

use super::ViolationKind as Kind;
use super::pool::{Names, Piece, Place, Pool};
use crate::wording::quantity::{Quantity, quantities};
use crate::wording::vocabulary::{is_particle, limits};
use crate::wording::{Token, is_hidden, tokens};
use figures::backs;
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
    /// Acronyms and the words that they stand for, where the evidence has one of the two.
    spelled: Vec<bool>,
    /// Declared equivalents of words of the evidence.
    declared: Vec<bool>,
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
            spelled: vec![false; tokens.len()],
            declared: vec![false; tokens.len()],
            tokens,
            out: Vec::new(),
        }
    }

    fn faults(mut self) -> Vec<Fault> {
        self.phrases();
        self.acronyms();
        self.equivalents();
        self.numbers();
        self.skills();
        self.verbs();
        self.claims();
        self.roles();
        self.shares();
        self.comparisons();
        self.oftener();
        self.for_others();
        self.whole_places();
        self.plurals();
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

    /// The stems of all words of the evidence.
    fn stems(&self) -> HashSet<&'s str> {
        let words = self
            .scope()
            .iter()
            .flat_map(|p| p.tokens.iter().filter(|t| t.is_word()));
        words.map(|t| t.stem.as_str()).collect()
    }

    fn say(&mut self, kind: Kind, text: &str, message: String) {
        self.out.push((kind, text.to_owned(), message));
    }

    fn shown(&self, from: usize, to: usize) -> String {
        self.text[self.tokens[from].range.start..self.tokens[to - 1].range.end].to_owned()
    }
}

/// Two words with a hyphen or a space between them, written as one.
fn compound(tokens: &[Token], i: usize) -> Option<String> {
    let first = tokens.get(i).filter(|t| t.is_word())?;
    let hyphen = usize::from(tokens.get(i + 1).is_some_and(|t| t.is_sign('-')));
    let second = tokens.get(i + 1 + hyphen).filter(|t| t.is_word())?;
    let long = first.word.len() > 1 && second.word.len() > 1;
    long.then(|| crate::wording::stem(&format!("{}{}", first.word, second.word)))
}

/// All neighbours of a text, written as one word; "rolled out" gives "rollout" too.
fn compounds(tokens: &[Token]) -> impl Iterator<Item = String> + '_ {
    let phrasal = |i: usize| {
        let particle = tokens.get(i + 1).filter(|t| is_particle(&t.word))?;
        let verb = tokens.get(i).filter(|t| t.is_word())?;
        Some(crate::wording::stem(&format!("{}{}", verb.stem, particle.word)))
    };
    (0..tokens.len()).flat_map(move |i| compound(tokens, i).into_iter().chain(phrasal(i)))
}

/// Stars, ticks, medals: signs that say something.
fn is_symbol(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{24ff}' | '\u{25a0}'..='\u{27bf}' | '\u{2900}'..='\u{2bff}' | '™' | '®' | '©')
        && !matches!(
            c,
            '●' | '○' | '■' | '▪' | '◦' | '→' | '▸' | '►' | '✓' | '✔' | '≈' | '≥' | '≤' | '−' | '∙'
        )
}

/// Words that only make less of what is said: "alongside", "helped", "partly".
fn is_smaller(word: &str) -> bool {
    limits()
        .iter()
        .any(|l| matches!(l.family, "help" | "shared" | "part") && l.words.len() == 1 && l.words[0] == word)
}

fn negates(word: &str) -> bool {
    matches!(
        word,
        "no" | "not" | "without" | "never" | "none" | "neither" | "nor" | "zero" | "don't" | "doesn't" | "didn't"
    )
}
