//! One résumé in seven formats says the same.
#![allow(clippy::expect_used)]

use bespoke_core::json_resume::to_json_resume;
use bespoke_core::{ingest, parse};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// Least share of fields that must agree with the DOCX.
const LEAST: f64 = 0.97;

/// All fields by their path.
fn fields(value: &Value, path: &str, out: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(k, v)| fields(v, &format!("{path}.{k}"), out)),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .for_each(|(i, v)| fields(v, &format!("{path}[{i}]"), out)),
        Value::String(text) => {
            out.insert(
                path.to_owned(),
                text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase(),
            );
        }
        other => {
            out.insert(path.to_owned(), other.to_string());
        }
    }
}

fn read(ending: &str) -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/agreement");
    let bytes = std::fs::read(folder.join(format!("resume.{ending}"))).expect("the fixture can be read");
    // Without the name: content alone must decide.
    let document = ingest::ingest(&bytes, None).expect("the format is read");
    let mut out = BTreeMap::new();
    fields(&to_json_resume(&parse::parse(&document).resume), "", &mut out);
    out
}

#[test]
fn seven_formats_agree() {
    let docx = read("docx");
    assert!(docx.len() > 60, "{} fields", docx.len());
    for ending in ["pdf", "odt", "rtf", "html", "txt", "md"] {
        let other = read(ending);
        let paths: std::collections::BTreeSet<&String> = docx.keys().chain(other.keys()).collect();
        let differ: Vec<_> = paths.iter().filter(|p| docx.get(**p) != other.get(**p)).collect();
        let share = 1.0 - differ.len() as f64 / paths.len() as f64;
        assert!(share >= LEAST, "{ending}: {share:.3} agree; these differ: {differ:?}");
    }
}
