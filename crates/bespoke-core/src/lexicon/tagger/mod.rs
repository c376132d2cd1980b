//! Finds skills that no list knows, by the words around them: an averaged perceptron over the words of a line.
//!
//! The weights in `data/skills/*.tagger` are learned by `examples/train_tagger.rs` from public data (see `data/skills/README.md`)
//! with the features that this module computes. They are read as they lie in the binary; nothing is loaded.

mod features;
mod hash;

pub use features::{Features, Line, lines};
pub(crate) use features::{head, shape, tail};
pub(crate) use hash::hash;

use super::key::Tokens;
use super::skills::Skills;
use std::ops::Range;

/// Number of labels: outside, begins, goes on.
pub const LABELS: usize = 3;
const OUT: usize = 0;
const BEGIN: usize = 1;
const INSIDE: usize = 2;
/// Bytes before the table: magic and bits of the table's size, the scale of its weights, the weights of transitions.
pub const HEADER: usize = 8 + 4 * (1 + LABELS * LABELS);

/// A model and its weights.
pub struct Tagger {
    scale: f32,
    transitions: [[f32; LABELS]; LABELS],
    mask: u32,
    table: &'static [u8],
}

/// A run of words that the model takes for a skill.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    /// Byte range in the text.
    pub range: Range<usize>,
    /// How much better the best reading of the line is than the same without this span; 0 and more.
    pub margin: f32,
}

impl Tagger {
    /// Skills and fields of knowledge in job descriptions.
    pub fn knowledge() -> Option<Tagger> {
        Tagger::read(include_bytes!("../../../../../data/skills/knowledge.tagger"))
    }

    /// Soft skills: "strong communication skills", "works well under pressure".
    pub fn soft() -> Option<Tagger> {
        Tagger::read(include_bytes!("../../../../../data/skills/soft.tagger"))
    }

    /// Weights as `examples/train_tagger.rs` writes them; `None` where they are not.
    pub fn read(bytes: &'static [u8]) -> Option<Tagger> {
        let number = |at: usize| bytes.get(at..at + 4)?.first_chunk().map(|b| f32::from_le_bytes(*b));
        if !bytes.starts_with(b"tagger1") {
            return None;
        }
        let size = 1usize << bytes.get(7)?.min(&24);
        let table = bytes.get(HEADER..)?;
        if table.len() != size * LABELS {
            return None;
        }
        let mut transitions = [[0.0; LABELS]; LABELS];
        for (n, cell) in transitions.iter_mut().flatten().enumerate() {
            *cell = number(12 + 4 * n)?;
        }
        Some(Tagger {
            scale: number(8)?,
            transitions,
            mask: size as u32 - 1,
            table,
        })
    }

    /// The runs of words that look like skills, left to right. `boldness` is added to the score of every word of a span:
    /// above 0 finds more, below fewer.
    pub fn spans(&self, skills: &Skills, text: &str, tokens: &Tokens, boldness: f32) -> Vec<Span> {
        let mut out = Vec::new();
        for line in lines(skills, text, tokens) {
            let scores: Vec<[f32; LABELS]> = line
                .features
                .iter()
                .map(|features| {
                    let mut sum = [0.0f32, boldness, boldness];
                    for hash in features.iter() {
                        let at = (hash & self.mask) as usize * LABELS;
                        for (label, sum) in sum.iter_mut().enumerate() {
                            *sum += self.scale * f32::from(self.table[at + label] as i8);
                        }
                    }
                    sum
                })
                .collect();
            let labels = decode(&scores, &self.transitions);
            for (first, end) in runs(&labels, &line) {
                let margin =
                    (first..end).map(|n| scores[n][labels[n]] - scores[n][OUT]).sum::<f32>() / (end - first) as f32;
                let (from, to) = (line.tokens[first], line.tokens[end - 1]);
                out.push(Span {
                    range: tokens.list[from].range.start..tokens.list[to].range.end,
                    margin,
                });
            }
        }
        out
    }
}

/// Runs of labels as ranges of the line's words; a comma ends a run, and signs at its ends are no part of it.
pub fn runs(labels: &[usize], line: &Line) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < labels.len() {
        if labels[at] == OUT {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < labels.len() && labels[end] == INSIDE && !line.breaks[end] {
            end += 1;
        }
        let next = end;
        while end > at && !line.words[end - 1] {
            end -= 1;
        }
        while at < end && !line.words[at] {
            at += 1;
        }
        if at < end {
            out.push((at, end));
        }
        at = next;
    }
    out
}

/// The best sequence of labels (Viterbi).
pub fn decode(scores: &[[f32; LABELS]], transitions: &[[f32; LABELS]; LABELS]) -> Vec<usize> {
    let Some(first) = scores.first() else {
        return Vec::new();
    };
    let mut best = *first;
    best[INSIDE] = f32::NEG_INFINITY;
    let mut back: Vec<[usize; LABELS]> = Vec::with_capacity(scores.len());
    for score in &scores[1..] {
        let mut next = [f32::NEG_INFINITY; LABELS];
        let mut from = [OUT; LABELS];
        for label in 0..LABELS {
            for before in 0..LABELS {
                if label == INSIDE && before == OUT {
                    continue;
                }
                let value = best[before] + transitions[before][label] + score[label];
                if value > next[label] {
                    (next[label], from[label]) = (value, before);
                }
            }
        }
        best = next;
        back.push(from);
    }
    let mut label = (0..LABELS).fold(OUT, |a, b| if best[b] > best[a] { b } else { a });
    let mut out = vec![label];
    for from in back.iter().rev() {
        label = from[label];
        out.push(label);
    }
    out.reverse();
    out
}

/// The labels of a line from the byte ranges that are skills.
pub fn gold(line: &Line, tokens: &Tokens, spans: &[Range<usize>]) -> Vec<usize> {
    let mut last: Option<usize> = None;
    line.tokens
        .iter()
        .map(|n| {
            let range = &tokens.list[*n].range;
            let span = spans.iter().position(|s| s.start <= range.start && range.end <= s.end);
            let label = match span {
                None => OUT,
                Some(s) if last == Some(s) => INSIDE,
                Some(_) => BEGIN,
            };
            last = span;
            label
        })
        .collect()
}
