//! Reads lines of JSON strings, writes for each line the byte ranges of its skills: for `bench/eval_skills.py`.
//!
//! `skill_spans dictionary|context|all|soft`

use bespoke_core::lexicon::key::Tokens;
use bespoke_core::lexicon::mentions::{is_plain, mentions};
use bespoke_core::lexicon::skills::Skills;
use bespoke_core::lexicon::tagger::Tagger;
use std::io::BufRead;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mode = std::env::args().nth(1).unwrap_or_default();
    let boldness: f32 = std::env::args().nth(2).and_then(|b| b.parse().ok()).unwrap_or(0.0);
    let skills = Skills::builtin();
    let tagger = match mode.as_str() {
        "soft" => Tagger::soft(),
        "context" => Tagger::knowledge(),
        _ => None,
    };
    for line in std::io::stdin().lock().lines() {
        let text: String = serde_json::from_str(&line?)?;
        let ranges: Vec<(usize, usize)> = match (mode.as_str(), &tagger) {
            ("dictionary", _) => skills
                .find(&text)
                .into_iter()
                .map(|m| (m.range.start, m.range.end))
                .collect(),
            (_, Some(tagger)) => {
                let tokens = Tokens::of(&text);
                let spans = tagger.spans(skills, &text, &tokens, boldness);
                spans.into_iter().map(|s| (s.range.start, s.range.end)).collect()
            }
            ("plain", _) => mentions(&text)
                .into_iter()
                .filter(|m| m.in_context || m.skill.is_some_and(is_plain))
                .map(|m| (m.range.start, m.range.end))
                .collect(),
            ("in-context", _) => mentions(&text)
                .into_iter()
                .filter(|m| m.in_context)
                .map(|m| (m.range.start, m.range.end))
                .collect(),
            _ => mentions(&text)
                .into_iter()
                .map(|m| (m.range.start, m.range.end))
                .collect(),
        };
        println!("{}", serde_json::to_string(&ranges)?);
    }
    Ok(())
}
