//! Whole résumés in layouts and languages that people use, read and told in a few lines each. The snapshots hold what a
//! person reads on the page: look at the difference before blessing one.

use bespoke_core::ingest::ingest;
use bespoke_core::json_resume::to_json_resume;
use bespoke_core::parse::parse;
use serde_json::Value;
use std::fmt::Write;
use std::path::Path;

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or("-")
}

fn list<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value[key].as_array().into_iter().flatten()
}

fn names(value: &Value, key: &str) -> String {
    let names: Vec<&str> = list(value, key).filter_map(Value::as_str).collect();
    names.join("; ")
}

/// What was read, a line for each entry.
fn told(resume: &Value) -> String {
    let mut out = String::new();
    let basics = &resume["basics"];
    let place: Vec<&str> = ["address", "postalCode", "city", "region"]
        .iter()
        .filter_map(|k| basics["location"][k].as_str())
        .collect();
    let _ = writeln!(
        out,
        "{} | {} | {}",
        text(basics, "name"),
        text(basics, "label"),
        place.join(", ")
    );
    let _ = writeln!(out, "{} | {}", text(basics, "email"), text(basics, "phone"));
    for job in list(resume, "work").chain(list(resume, "volunteer")) {
        let employer = job["name"].as_str().or(job["organization"].as_str()).unwrap_or("-");
        let _ = writeln!(
            out,
            "job {} | {employer} | {} | {} to {} | {} lines",
            text(job, "position"),
            text(job, "location"),
            text(job, "startDate"),
            text(job, "endDate"),
            list(job, "highlights").count()
        );
    }
    for study in list(resume, "education") {
        let _ = writeln!(
            out,
            "study {} | {} | {} | {} to {} | {}",
            text(study, "studyType"),
            text(study, "area"),
            text(study, "institution"),
            text(study, "startDate"),
            text(study, "endDate"),
            text(study, "score")
        );
    }
    for group in list(resume, "skills") {
        let _ = writeln!(out, "skills {}: {}", text(group, "name"), names(group, "keywords"));
    }
    for (section, kind, keys) in [
        ("languages", "language", ["language", "fluency"].as_slice()),
        ("certificates", "certificate", &["name", "issuer", "date"]),
        ("publications", "publication", &["name", "publisher", "releaseDate"]),
        ("interests", "interest", &["name"]),
    ] {
        for entry in list(resume, section) {
            let values: Vec<&str> = keys.iter().map(|key| text(entry, key)).collect();
            let _ = writeln!(out, "{kind} {}", values.join(" | "));
        }
    }
    out
}

#[test]
fn layouts_of_many_kinds_are_read() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/layouts"));
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 20, "{}", files.len());
    for path in files {
        let name = path.file_name().unwrap().to_str().unwrap();
        let document = ingest(&std::fs::read(&path).unwrap(), Some(name)).unwrap();
        insta::assert_snapshot!(name, told(&to_json_resume(&parse(&document).resume)));
    }
}
