//! Prints a résumé file as JSON Resume, or with `--outline` which part of its text was read as what:
//! `cargo run -p bespoke-core --example parse -- [--outline] FILE`.
#![allow(clippy::expect_used)]

use bespoke_core::document::Document;
use bespoke_core::parse::Parsed;

fn main() {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let wanted = arguments.iter().any(|a| a == "--outline");
    arguments.retain(|a| a != "--outline");
    let path = arguments.first().expect("a file");
    let bytes = std::fs::read(path).expect("the file can be read");
    match bespoke_core::ingest::ingest(&bytes, Some(path)) {
        Ok(document) => {
            let parsed = bespoke_core::parse::parse(&document);
            if wanted {
                outline(&document, &parsed);
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
