//! Prints a résumé file as JSON Resume, or with `--outline` which part of its text was read as what, or with `--fields`
//! every field with its confidence (`--raw`: before calibration), or with `--time` how long files take in process:
//! `cargo run -p bespoke-core --example parse -- [--outline | --fields | --raw | --time] FILE…`.
#![allow(clippy::expect_used)]

use bespoke_core::document::Document;
use bespoke_core::parse::Parsed;

fn main() {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let flag = |name: &str| std::env::args().any(|a| a == name);
    arguments.retain(|a| !a.starts_with("--"));
    if flag("--time") {
        return time(&arguments);
    }
    let path = arguments.first().expect("a file");
    let bytes = std::fs::read(path).expect("the file can be read");
    match bespoke_core::ingest::ingest(&bytes, Some(path)) {
        Ok(document) => {
            let parsed = bespoke_core::parse::parse(&document);
            if flag("--outline") {
                outline(&document, &parsed);
            } else if flag("--fields") {
                println!("{}", serde_json::to_string(&parsed.resume).expect("a résumé is data"));
            } else if flag("--raw") {
                let raw = bespoke_core::parse::mentions::parse_with(&document, None);
                println!("{}", serde_json::to_string(&raw).expect("a résumé is data"));
            } else {
                println!("{:#}", bespoke_core::json_resume::to_json_resume(&parsed.resume));
            }
        }
        Err(error) => {
            eprintln!("{path}: {error}");
            std::process::exit(1);
        }
    }
}

fn outline(document: &Document, parsed: &Parsed) {
    let resume = &parsed.resume;
    let text = |field: &Option<bespoke_core::resume::Text>| field.as_ref().map_or("-", |f| f.value.as_str()).to_owned();
    println!(
        "name {} | label {}",
        text(&resume.contact.name),
        text(&resume.contact.label)
    );
    for part in &parsed.sections {
        let body = document.text.get(part.start..part.end).unwrap_or_default();
        println!(
            "[{:?}] {:?}: {} lines",
            part.section,
            part.heading,
            body.lines().count()
        );
    }
    for work in &resume.work {
        let start = work.start.as_ref().map_or(String::new(), |d| d.value.to_string());
        let end = work.end.as_ref().map_or(String::new(), |d| d.value.to_string());
        let bullets = work.highlights.len();
        println!(
            "job {} @ {} [{start}..{end}] {bullets} bullets",
            text(&work.position),
            text(&work.company)
        );
    }
    for school in &resume.education {
        println!(
            "study {} / {} @ {}",
            text(&school.study_type),
            text(&school.area),
            text(&school.institution)
        );
    }
    for issue in &parsed.issues {
        println!("issue {}: {}", issue.code, issue.message);
    }
}

/// Reads every file 20 times and prints milliseconds of all readings; the first reading, which builds the word lists, is left out.
fn time(paths: &[String]) {
    let mut times: Vec<f64> = Vec::new();
    for path in paths {
        let bytes = std::fs::read(path).expect("the file can be read");
        for _ in 0..20 {
            let start = std::time::Instant::now();
            if let Ok(document) = bespoke_core::ingest::ingest(&bytes, Some(path)) {
                std::hint::black_box(bespoke_core::parse::parse(&document));
            }
            times.push(start.elapsed().as_secs_f64() * 1000.0);
        }
    }
    if times.is_empty() {
        return;
    }
    let first = times.remove(0);
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!(
        "first {first:.1} ms; p50 {:.1} ms, p95 {:.1} ms, most {:.1} ms",
        at(0.5),
        at(0.95),
        at(1.0)
    );
}
