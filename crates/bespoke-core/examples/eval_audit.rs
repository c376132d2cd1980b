//! False alarms of spelling and grammar on people who made no slips, by format, and how fast the audit is.
//!
//! `cargo run --release -p bespoke-core --example eval_audit -- FOLDER` reads every file of `FOLDER/files` that has text
//! of its own, judges it strictly, and prints a table; with `SHOW=1` also every alarm.

use bespoke_core::audit::{Strictness, Subject, audit, audit_with};
use bespoke_core::date::PartialDate;
use bespoke_core::{ingest, parse};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

/// What a proof-reader would say; on clean people each of it is a false alarm.
const LANGUAGE: [&str; 5] = [
    "spelling",
    "grammar",
    "loose-punctuation",
    "punctuation",
    "repeated-word",
];

#[derive(Default)]
struct Row {
    files: usize,
    pages: usize,
    alarms: [usize; LANGUAGE.len()],
    /// Most alarms a page in one file.
    worst: f64,
    times: Vec<(f64, f64)>,
}

fn main() {
    let folder = PathBuf::from(std::env::args().nth(1).expect("the folder of the corpus"));
    let show = std::env::var_os("SHOW").is_some();
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder.join("files"))
        .expect("the files")
        .map(|e| e.expect("an entry").path())
        .collect();
    paths.sort();
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).expect("the file");
        let Ok(document) = ingest::ingest(&bytes, Some(&name)) else {
            continue;
        };
        let resume = parse::parse(&document).resume;
        if document.text.trim().is_empty() {
            continue;
        }
        let subject = Subject {
            document: Some(&document),
            resume: &resume,
            file_name: Some(&name),
            today: Some(PartialDate::month(2026, 6)),
        };
        let pages = document.pages.len().max(1);
        let start = Instant::now();
        let found = audit(&subject, Strictness::Strict);
        let all = start.elapsed().as_secs_f64() * 1000.0;
        let start = Instant::now();
        audit_with(&subject, Strictness::Strict, |check| {
            !matches!(check.id, "spelling" | "grammar")
        });
        let plain = start.elapsed().as_secs_f64() * 1000.0;
        let ending = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        for row in [ending.as_str(), "all"].map(|key| key.to_owned()) {
            let row = rows.entry(row).or_default();
            row.files += 1;
            row.pages += pages;
            let mut own = 0;
            for finding in &found.findings {
                if let Some(n) = LANGUAGE.iter().position(|c| *c == finding.check) {
                    row.alarms[n] += 1;
                    own += 1;
                }
            }
            row.worst = row.worst.max(f64::from(own) / pages as f64);
            row.times.push((all / pages as f64, plain / pages as f64));
        }
        if show {
            for finding in found.findings.iter().filter(|f| LANGUAGE.contains(&f.check.as_str())) {
                println!("{name}: {}: {}", finding.check, finding.message);
            }
        }
    }
    println!("false alarms of spelling and grammar on clean people, judged strictly");
    print!("{:<6} {:>5} {:>5}", "format", "files", "pages");
    for check in LANGUAGE {
        print!(" {check:>18}");
    }
    println!("  a page  worst file  ms a page p50  p95  without spelling and grammar p50  p95");
    for (format, mut row) in rows {
        print!("{format:<6} {:>5} {:>5}", row.files, row.pages);
        for n in row.alarms {
            print!(" {n:>18}");
        }
        let sum: usize = row.alarms.iter().sum();
        print!("  {:>6.2}  {:>10.2}", sum as f64 / row.pages as f64, row.worst);
        let at = |list: &[f64], q: f64| list[((list.len() - 1) as f64 * q) as usize];
        row.times.sort_by(|a, b| a.0.total_cmp(&b.0));
        let all: Vec<f64> = row.times.iter().map(|t| t.0).collect();
        row.times.sort_by(|a, b| a.1.total_cmp(&b.1));
        let plain: Vec<f64> = row.times.iter().map(|t| t.1).collect();
        println!(
            "  {:>13.1} {:>4.1}  {:>32.1} {:>4.1}",
            at(&all, 0.5),
            at(&all, 0.95),
            at(&plain, 0.5),
            at(&plain, 0.95)
        );
    }
}
