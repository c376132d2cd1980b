//! Learns the weights that find employers, titles, schools and degrees in running text; the same data and seed give the
//! same bytes.
//!
//! ```text
//! cargo run --release -p bespoke-core --example train_mentions -- resumes.jsonl data/parse/mentions.crf
//! cargo run --release -p bespoke-core --example train_mentions -- resumes.jsonl --folds 5 > read.jsonl
//! ```
//!
//! The second form learns on four fifths, reads the fifth that it has not seen and prints one `{"id", "resume"}` a text, for
//! `bench/entities.py --found`. Texts are rows `{"id", "text", "spans": [[start, end, label, text]]}` with offsets in code points.

use bespoke_core::document::Document;
use bespoke_core::ingest;
use bespoke_core::json_resume;
use bespoke_core::parse::mentions::{self, Kind, LABELS, Model, Scores, Steps, forward_backward, split, write};
use serde_json::{Value, json};
use std::ops::Range;

const BITS: u8 = 17;
/// Features of fewer texts than this teach nothing that holds for others.
const TEXTS: usize = 2;
const EPOCHS: usize = 12;
/// The weights are the mean over this many last epochs, which evens out the order of the texts.
const AVERAGED: usize = 4;
const RATE: f32 = 0.03;
/// Pull of every weight towards zero at each text that has its feature.
const DECAY: f32 = 0.03;
/// A word that nobody marked but that the field takes for a mention with this probability, once [`SETTLED`] epochs are over,
/// teaches nothing: people overlook many.
const OVERLOOKED: f32 = 0.7;
const SETTLED: usize = 3;

struct Text {
    id: String,
    document: Document,
    words: Vec<Vec<usize>>,
    labels: Vec<usize>,
}

impl Text {
    /// Probabilities of a word's labels. Where nobody marked a kind in the whole text, nothing is known about it: its share is
    /// that of "outside".
    fn as_marked(&self, found: &Scores) -> Scores {
        let mut out = *found;
        for label in Kind::ALL
            .map(Kind::label)
            .into_iter()
            .filter(|l| !self.labels.contains(l))
        {
            out[0] += out[label] + out[label + 1];
            (out[label], out[label + 1]) = (0.0, 0.0);
        }
        out
    }
}

fn kind(label: &str) -> Option<Kind> {
    Some(match label {
        "Companies worked at" => Kind::Company,
        "Designation" => Kind::Position,
        "College Name" => Kind::School,
        "Degree" => Kind::Degree,
        _ => return None,
    })
}

/// Word by word, the labels that people gave. The text of the document is cleaned, so words are found again by what they
/// are and by how often they came before.
fn labels(row: &Value, raw: &str, text: &str, words: &[Range<usize>]) -> Vec<usize> {
    let offsets: Vec<usize> = raw.char_indices().map(|(at, _)| at).chain([raw.len()]).collect();
    let mut raw_words = Vec::new();
    split(raw, 0, &mut raw_words);
    let lower = |text: &str, words: &[Range<usize>]| -> Vec<String> {
        words.iter().map(|w| text[w.clone()].to_lowercase()).collect()
    };
    let (raw_keys, keys) = (lower(raw, &raw_words), lower(text, words));
    let mut out = vec![0; words.len()];
    for span in row["spans"].as_array().into_iter().flatten() {
        let Some(kind) = span[2].as_str().and_then(kind) else {
            continue;
        };
        let at = |n: usize| span[n].as_u64().and_then(|n| offsets.get(n as usize)).copied();
        let (Some(start), Some(end)) = (at(0), at(1)) else {
            continue;
        };
        let first = raw_words.partition_point(|w| w.end <= start);
        let last = raw_words.partition_point(|w| w.start < end);
        let Some(want) = raw_keys.get(first..last).filter(|w| !w.is_empty()) else {
            continue;
        };
        let nth = raw_keys[..first].windows(want.len()).filter(|w| *w == want).count();
        if let Some((at, _)) = keys
            .windows(want.len())
            .enumerate()
            .filter(|(_, w)| *w == want)
            .nth(nth)
            && out[at..at + want.len()].iter().all(|l| *l == 0)
        {
            out[at..at + want.len()].fill(kind.label() + 1);
            out[at] = kind.label();
        }
    }
    out
}

fn texts(path: &str) -> Result<Vec<Text>, Box<dyn std::error::Error>> {
    let mask = (1u32 << BITS) - 1;
    let mut out = Vec::new();
    for line in std::fs::read_to_string(path)?.lines() {
        let row: Value = serde_json::from_str(line)?;
        let raw = row["text"].as_str().unwrap_or_default();
        let document = ingest::ingest(raw.as_bytes(), Some("resume.txt"))?;
        let sequence = mentions::sequence(&document);
        let labels = labels(&row, raw, &document.text, &sequence.words);
        let words = sequence
            .features
            .iter()
            .map(|f| f.iter().map(|h| (h & mask) as usize * LABELS).collect())
            .collect();
        let id = row["id"].as_str().map_or(row["id"].to_string(), str::to_owned);
        out.push(Text {
            id,
            document,
            words,
            labels,
        });
    }
    Ok(out)
}

struct Random(u64);

impl Random {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % below.max(1)
    }
}

/// Gradient ascent on the likelihood of the labels, a step a text, each weight with a rate of its own (AdaGrad: Duchi,
/// Hazan and Singer 2011).
fn learn(texts: &[&Text]) -> Vec<u8> {
    let size = (1usize << BITS) * LABELS;
    let (mut weights, mut squares) = (vec![0f32; size], vec![1e-6f32; size]);
    let (mut steps, mut step_squares): (Steps, Steps) = ([[0.0; LABELS]; LABELS], [[1e-6; LABELS]; LABELS]);
    let mut random = Random(7);
    let mut order: Vec<usize> = (0..texts.len()).collect();
    let mut gradient = vec![0f32; size];
    let common = common(texts);
    let (mut mean, mut mean_steps) = (vec![0f32; size], [[0f32; LABELS]; LABELS]);
    for epoch in 0..EPOCHS {
        for n in (1..order.len()).rev() {
            order.swap(n, random.next(n + 1));
        }
        for text in order.iter().map(|n| texts[*n]) {
            let scores: Vec<Scores> = text
                .words
                .iter()
                .map(|f| {
                    let mut sum = [0.0; LABELS];
                    for at in f {
                        sum.iter_mut()
                            .zip(&weights[*at..at + LABELS])
                            .for_each(|(s, w)| *s += w);
                    }
                    sum
                })
                .collect();
            let (found, taken) = forward_backward(&scores, &steps);
            let mut touched = Vec::new();
            for ((features, found), label) in text.words.iter().zip(&found).zip(&text.labels) {
                if found[*label] > 0.999 {
                    continue;
                }
                let found = text.as_marked(found);
                if *label == 0 && epoch >= SETTLED && 1.0 - found[0] > OVERLOOKED {
                    continue;
                }
                for at in features.iter().filter(|at| common[**at / LABELS]) {
                    touched.push(*at);
                    for l in 0..LABELS {
                        gradient[at + l] += f32::from(l == *label) - found[l];
                    }
                }
            }
            touched.sort_unstable();
            touched.dedup();
            for at in touched.into_iter().flat_map(|at| at..at + LABELS) {
                let g = gradient[at] - DECAY * weights[at];
                squares[at] += g * g;
                weights[at] += RATE * g / squares[at].sqrt();
                gradient[at] = 0.0;
            }
            let mut real = [[0.0f32; LABELS]; LABELS];
            text.labels.windows(2).for_each(|w| real[w[0]][w[1]] += 1.0);
            for (from, row) in steps.iter_mut().enumerate() {
                for (to, step) in row.iter_mut().enumerate() {
                    let g = real[from][to] - taken[from][to] - DECAY * *step;
                    step_squares[from][to] += g * g;
                    *step += RATE * g / step_squares[from][to].sqrt();
                }
            }
        }
        if epoch + AVERAGED >= EPOCHS {
            let part = 1.0 / AVERAGED as f32;
            mean.iter_mut().zip(&weights).for_each(|(m, w)| *m += part * w);
            let cells = mean_steps.iter_mut().flatten().zip(steps.iter().flatten());
            cells.for_each(|(m, s)| *m += part * s);
        }
    }
    write(BITS, &mean, &mean_steps)
}

/// For each row of the table, whether its features stand in enough texts.
fn common(texts: &[&Text]) -> Vec<bool> {
    let (mut counts, mut last) = (vec![0usize; 1 << BITS], vec![usize::MAX; 1 << BITS]);
    for (n, text) in texts.iter().enumerate() {
        for row in text.words.iter().flatten().map(|at| at / LABELS) {
            if last[row] != n {
                (last[row], counts[row]) = (n, counts[row] + 1);
            }
        }
    }
    counts.into_iter().map(|c| c >= TEXTS).collect()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.as_slice() {
        [data, flag, folds] if flag == "--folds" => {
            let (texts, folds) = (texts(data)?, folds.parse::<usize>()?);
            let read: Vec<Vec<Value>> = std::thread::scope(|scope| {
                let texts = &texts;
                let runs: Vec<_> = (0..folds)
                    .map(|fold| {
                        scope.spawn(move || {
                            let seen: Vec<&Text> = texts
                                .iter()
                                .enumerate()
                                .filter(|(n, _)| n % folds != fold)
                                .map(|(_, t)| t)
                                .collect();
                            let bytes = learn(&seen);
                            let model = Model::read(&bytes);
                            let unseen = texts.iter().skip(fold).step_by(folds);
                            unseen
                                .map(|t| {
                                    let resume = mentions::parse_with(&t.document, model.as_ref());
                                    json!({ "id": t.id, "resume": json_resume::to_json_resume(&resume) })
                                })
                                .collect()
                        })
                    })
                    .collect();
                runs.into_iter().filter_map(|r| r.join().ok()).collect()
            });
            for row in read.iter().flatten() {
                println!("{row}");
            }
        }
        [data, target] => {
            let texts = texts(data)?;
            std::fs::write(target, learn(&texts.iter().collect::<Vec<_>>()))?;
        }
        _ => return Err("usage: train_mentions DATA.jsonl TARGET | DATA.jsonl --folds N".into()),
    }
    Ok(())
}
