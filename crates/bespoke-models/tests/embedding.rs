//! The embedding engine against reference vectors and hard texts. Needs the model: `make models`.

use bespoke_models::{DIMENSIONS, Embedder, ModelError};
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    let home = || PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(".cache/bespoke/models");
    std::env::var_os("BESPOKE_MODELS").map_or_else(home, PathBuf::from)
}

fn open(threads: usize) -> Embedder {
    Embedder::open(&folder(), threads).unwrap_or_else(|e| panic!("{e}"))
}

fn cosine(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

#[test]
fn vectors_are_those_of_the_reference() {
    let reference: Vec<(String, Vec<f32>)> =
        serde_json::from_str(include_str!("data/reference.json")).expect("the reference can be read");
    let embedder = open(2);
    assert!(reference.len() >= 20);
    for (text, want) in &reference {
        let got = embedder.embed(text);
        assert!(cosine(&got, want) > 0.9999, "{text}: {}", cosine(&got, want));
    }
}

#[test]
fn threads_change_no_byte() {
    let texts = [
        "Led a team of 9.",
        "Registered nurse, ICU",
        "",
        "日本語の履歴書",
        "Резюме инженера",
        "naïve café 🚀",
    ];
    let (one, two) = (open(1), open(2));
    let batch = two.embed_batch(&texts);
    for (text, from_batch) in texts.iter().zip(batch) {
        let single = one.embed(text);
        assert_eq!(single, from_batch, "{text}");
        two.forget();
        assert_eq!(single, two.embed(text), "{text}");
        assert_eq!(single.len(), DIMENSIONS);
        assert!((cosine(&single, &single) - 1.0).abs() < 1e-4);
    }
}

#[test]
fn company_changes_no_byte() {
    let job = include_str!("../../../fixtures/jobs/backend-engineer.txt");
    let lines = job.lines().filter(|line| !line.trim().is_empty());
    let mut texts: Vec<&str> = lines.flat_map(|line| [line, &line[..line.len().min(12)]]).collect();
    let long = "Built payment services in Rust and Go. ".repeat(70);
    texts.extend(["", &long, texts[0]]);
    let (one, two) = (open(1), open(2));
    let (together, by_two) = (one.embed_batch(&texts), two.embed_batch(&texts));
    one.forget();
    for ((text, vector), other) in texts.iter().zip(&together).zip(&by_two) {
        assert_eq!(vector, other, "{text}");
        assert_eq!(vector, &one.embed(text), "{text}");
    }
}

#[test]
fn long_and_strange_texts_are_safe() {
    let embedder = open(2);
    let long = "Built payment services in Rust and Go. ".repeat(200);
    let end = format!("{long} Trained horses and taught dressage to children at a riding school. ").repeat(2);
    assert!(
        cosine(&embedder.embed(&long), &embedder.embed(&end)) < 0.9999,
        "the end of a long text counts"
    );
    let plain = embedder.embed("before after");
    let special = embedder.embed("before [CLS] after");
    assert!(cosine(&plain, &special) < 0.9999, "a special token in the text is text");
}

#[test]
fn a_missing_model_says_what_to_do() {
    let Err(error) = Embedder::open(Path::new("/nonexistent"), 1) else {
        panic!("it cannot open")
    };
    assert!(matches!(error, ModelError::Missing(_)));
    assert!(error.to_string().contains("make models"), "{error}");
}
