//! What the tagger sees of a word: itself, its neighbours, its shape, and what the lexicon says about it.

use super::hash::hash;
use crate::lexicon::key::Tokens;
use crate::lexicon::scan;
use crate::lexicon::skills::{SkillKind, Skills};

/// Hashes of the features of one word.
pub type Features = Vec<u32>;

/// The words of one line. Commas and semicolons are no words: lists are written with and without.
#[derive(Debug, Default)]
pub struct Line {
    /// Which tokens of the text.
    pub tokens: Vec<usize>,
    /// The features of each.
    pub features: Vec<Features>,
    /// A comma or a semicolon stood before the word.
    pub breaks: Vec<bool>,
    /// It is a word, not a sign.
    pub words: Vec<bool>,
}

/// "Node" → "Xx", "AWS" → "X", "iOS" → "xX", "802.11" → "d": what kinds of characters, runs as one.
pub(crate) fn shape(shown: &str) -> String {
    let mut out = String::new();
    for c in shown.chars() {
        let kind = if c.is_uppercase() {
            'X'
        } else if c.is_alphabetic() {
            'x'
        } else if c.is_numeric() {
            'd'
        } else {
            c
        };
        if !out.ends_with(kind) {
            out.push(kind);
        }
    }
    out
}

pub(crate) fn tail(key: &str, count: usize) -> &str {
    key.char_indices()
        .rev()
        .nth(count - 1)
        .map_or(key, |(at, _)| &key[at..])
}

pub(crate) fn head(key: &str, count: usize) -> &str {
    key.char_indices().nth(count).map_or(key, |(at, _)| &key[..at])
}

/// The lines of a text with the features of their words.
pub fn lines(skills: &Skills, text: &str, tokens: &Tokens) -> Vec<Line> {
    let mut known = vec![String::from("-"); tokens.list.len()];
    for hit in scan::find(skills, text, tokens) {
        let kind = match skills.get(hit.name.skill()).kind {
            SkillKind::Tool => 'T',
            SkillKind::Knowledge => 'K',
            SkillKind::Method => 'M',
            SkillKind::Soft => 'S',
            SkillKind::Language => 'L',
            SkillKind::Certificate => 'C',
        };
        let long = (hit.end - hit.first).min(3);
        for (n, mark) in known[hit.first..hit.end].iter_mut().enumerate() {
            let place = if n == 0 { 'B' } else { 'I' };
            let kept = if hit.kept { 'y' } else { 'n' };
            *mark = format!("{place}{kind}{}{kept}{long}", hit.name.care());
        }
    }
    let mut out: Vec<Line> = Vec::new();
    let mut pending_break = false;
    for (n, token) in tokens.list.iter().enumerate() {
        if token.fresh_line || out.is_empty() {
            out.push(Line::default());
            pending_break = false;
        }
        if matches!(tokens.key(n), "," | ";" | "<" | ">") {
            pending_break = true;
            continue;
        }
        if let Some(line) = out.last_mut() {
            line.tokens.push(n);
            line.breaks.push(pending_break);
            line.words.push(token.word || tokens.key(n) == ".");
            pending_break = false;
        }
    }
    out.retain(|line| !line.tokens.is_empty());
    let mut heading = String::new();
    for line in &mut out {
        line.features = features(text, tokens, line, &known, &heading);
        heading = if line.tokens.len() <= 5 {
            let last = line.tokens.iter().rev().find(|n| tokens.list[**n].word);
            last.map_or(String::new(), |n| tokens.key(*n).to_owned())
        } else {
            String::from("~")
        };
    }
    out
}

fn features(text: &str, tokens: &Tokens, line: &Line, known: &[String], heading: &str) -> Vec<Features> {
    let count = line.tokens.len();
    let shapes: Vec<String> = line
        .tokens
        .iter()
        .map(|n| shape(&text[tokens.list[*n].range.clone()]))
        .collect();
    let at = |n: isize| usize::try_from(n).ok().filter(|n| *n < count);
    let key = |n: isize| at(n).map_or("^", |n| tokens.key(line.tokens[n]));
    let shape = |n: isize| at(n).map_or("^", |n| shapes[n].as_str());
    let dict = |n: isize| at(n).map_or("^", |n| known[line.tokens[n]].as_str());
    let length = match count {
        1 => "1",
        2..=3 => "3",
        4..=8 => "8",
        _ => "more",
    };
    let mut open = false;
    (0..count as isize)
        .map(|n| {
            let (k, s, d) = (key(n), shape(n), dict(n));
            open = match k {
                "(" => true,
                ")" => false,
                _ => open,
            };
            let mut f = vec![
                hash(&["bias"]),
                hash(&["w", k]),
                hash(&["w-1", key(n - 1)]),
                hash(&["w+1", key(n + 1)]),
                hash(&["w-2", key(n - 2)]),
                hash(&["w+2", key(n + 2)]),
                hash(&["w-1w", key(n - 1), k]),
                hash(&["ww+1", k, key(n + 1)]),
                hash(&["w-2w-1", key(n - 2), key(n - 1)]),
                hash(&["w-3w-2w-1", key(n - 3), key(n - 2), key(n - 1)]),
                hash(&["tail3", tail(k, 3)]),
                hash(&["tail4", tail(k, 4)]),
                hash(&["tail2", tail(k, 2)]),
                hash(&["head4", head(k, 4)]),
                hash(&["s", s]),
                hash(&["s-1s", shape(n - 1), s]),
                hash(&["ss+1", s, shape(n + 1)]),
                hash(&["s-1ss+1", shape(n - 1), s, shape(n + 1)]),
                hash(&["d", d]),
                hash(&["d-1d", dict(n - 1), d]),
                hash(&["dd+1", d, dict(n + 1)]),
                hash(&["d-1", dict(n - 1)]),
                hash(&["d+1", dict(n + 1)]),
                hash(&["ds", d, s]),
                hash(&["dw-1", d, key(n - 1)]),
                hash(&["dw+1", d, key(n + 1)]),
                hash(&["sw-1", s, key(n - 1)]),
                hash(&["length", length, s]),
                hash(&["lengthd", length, d]),
                hash(&["heading", heading, head(d, 2)]),
                hash(&["headings", heading, s]),
                hash(&["t-1", tail(key(n - 1), 3), d]),
                hash(&["t+1", tail(key(n + 1), 3), d]),
            ];
            if n == 0 {
                f.push(hash(&["first", s, d]));
            }
            if open {
                f.push(hash(&["open", d]));
            }
            f
        })
        .collect()
}
