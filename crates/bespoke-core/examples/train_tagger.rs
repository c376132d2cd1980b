//! Learns the weights of the tagger: an averaged perceptron, the same seed and the same data give the same bytes.
//!
//! ```text
//! cargo run --release -p bespoke-core --example train_tagger -- knowledge skillspan_train.jsonl data/skills/knowledge.tagger
//! cargo run --release -p bespoke-core --example train_tagger -- soft sayfullina_train.jsonl data/skills/soft.tagger
//! ```
//!
//! `knowledge` reads documents `{"sentences": [{"tokens": […], "knowledge": [[from, to, text]]}]}`, `soft` reads sentences
//! `{"tokens": […], "skill": [[from, to, text]]}`.

use bespoke_core::lexicon::key::Tokens;
use bespoke_core::lexicon::skills::Skills;
use bespoke_core::lexicon::tagger::{LABELS, decode, gold, lines};
use serde_json::Value;
use std::ops::Range;

const EPOCHS: usize = 10;

/// Made-up names in place of the placeholders of the data, so that names of employers are not taken for skills.
const NAMES: [&str; 12] = [
    "Orchard Freight",
    "Northwind",
    "Halden Labs",
    "BRIGHTWELL",
    "Kestrel & Sons",
    "Lumora",
    "Tarn Valley",
    "Ostrava Group",
    "Quillon",
    "Maple Street",
    "Velden",
    "Port Ellery",
];

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

/// A text and what in it is a skill.
fn texts(kind: &str, data: &str, random: &mut Random) -> Vec<(String, Vec<Range<usize>>)> {
    let mut out = Vec::new();
    for row in data.lines().filter_map(|l| serde_json::from_str::<Value>(l).ok()) {
        let empty = Vec::new();
        let sentences = match kind {
            "soft" => vec![row.clone()],
            _ => row["sentences"].as_array().unwrap_or(&empty).clone(),
        };
        let field = if kind == "soft" { "skill" } else { "knowledge" };
        let (mut text, mut spans) = (String::new(), Vec::new());
        for sentence in &sentences {
            let mut ranges = Vec::new();
            for token in sentence["tokens"]
                .as_array()
                .unwrap_or(&empty)
                .iter()
                .filter_map(Value::as_str)
            {
                let shown = if token.starts_with('<') && random.next(2) == 0 {
                    NAMES[random.next(NAMES.len())]
                } else {
                    token
                };
                if !ranges.is_empty() {
                    text.push(' ');
                }
                ranges.push(text.len()..text.len() + shown.len());
                text.push_str(shown);
            }
            for span in sentence[field].as_array().unwrap_or(&empty) {
                let at = |n: usize| span[n].as_u64().unwrap_or_default() as usize;
                if let (Some(first), Some(last)) = (ranges.get(at(0)), ranges.get(at(1).saturating_sub(1))) {
                    spans.push(first.start..last.end);
                }
            }
            text.push('\n');
        }
        out.push((text, spans));
    }
    out
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [kind, data, target] = args.as_slice() else {
        return Err("usage: train_tagger knowledge|soft DATA.jsonl TARGET".into());
    };
    let bits: u32 = if kind == "soft" { 15 } else { 17 };
    let mask = (1u32 << bits) - 1;
    let mut random = Random(20);
    let skills = Skills::builtin();
    let mut examples = Vec::new();
    for (text, spans) in texts(kind, &std::fs::read_to_string(data)?, &mut random) {
        let tokens = Tokens::of(&text);
        for line in lines(skills, &text, &tokens) {
            let labels = gold(&line, &tokens, &spans);
            let features: Vec<Vec<usize>> = line
                .features
                .iter()
                .map(|f| f.iter().map(|h| (h & mask) as usize * LABELS).collect())
                .collect();
            examples.push((features, labels));
        }
    }
    let size = (1usize << bits) * LABELS;
    // Weights, and their sums over time for the average.
    let (mut weights, mut sums) = (vec![0f32; size], vec![0f64; size]);
    let (mut steps, mut step_sums) = ([[0f32; LABELS]; LABELS], [[0f64; LABELS]; LABELS]);
    let mut time = 1f64;
    for epoch in 0..EPOCHS {
        for n in (1..examples.len()).rev() {
            examples.swap(n, random.next(n + 1));
        }
        let mut wrong = 0;
        for (features, labels) in &examples {
            let scores: Vec<[f32; LABELS]> = features
                .iter()
                .map(|f| std::array::from_fn(|label| f.iter().map(|at| weights[at + label]).sum()))
                .collect();
            let guess = decode(&scores, &steps);
            for n in 0..labels.len() {
                if guess[n] != labels[n] {
                    wrong += 1;
                    for at in &features[n] {
                        for (label, by) in [(labels[n], 1.0), (guess[n], -1.0)] {
                            weights[at + label] += by;
                            sums[at + label] += time * f64::from(by);
                        }
                    }
                }
                if n > 0 && (guess[n - 1], guess[n]) != (labels[n - 1], labels[n]) {
                    for (from, to, by) in [(labels[n - 1], labels[n], 1.0), (guess[n - 1], guess[n], -1.0)] {
                        steps[from][to] += by;
                        step_sums[from][to] += time * f64::from(by);
                    }
                }
            }
            time += 1.0;
        }
        eprintln!("epoch {epoch}: {wrong} words wrong");
    }
    let average: Vec<f32> = weights.iter().zip(&sums).map(|(w, s)| w - (s / time) as f32).collect();
    // One byte a weight; the few beyond the largest thousandth are cut.
    let mut sizes: Vec<f32> = average.iter().map(|w| w.abs()).filter(|w| *w > 0.0).collect();
    sizes.sort_by(f32::total_cmp);
    let top = sizes.get(sizes.len() * 999 / 1000).copied().unwrap_or(1.0);
    let scale = top / 127.0;
    let mut out = b"tagger1".to_vec();
    out.push(bits as u8);
    out.extend(scale.to_le_bytes());
    for from in 0..LABELS {
        for to in 0..LABELS {
            out.extend((steps[from][to] - (step_sums[from][to] / time) as f32).to_le_bytes());
        }
    }
    out.extend(
        average
            .iter()
            .map(|w| (w / scale).round().clamp(-127.0, 127.0) as i8 as u8),
    );
    std::fs::write(target, out)?;
    eprintln!("{} lines, {} weights, scale {scale}", examples.len(), sizes.len());
    Ok(())
}
