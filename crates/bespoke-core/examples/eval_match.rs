//! How well the match score tells fitting pairs from others, and how often tailoring raises it, on data not shipped.
//!
//! `eval_match texts PAIRS RESUMES COUNT` prints, one JSON string a line, every text whose vector is needed;
//! `eval_match judge PAIRS RESUMES COUNT VECTORS TEXTS` reads their vectors (384 little-endian f32 each, in that order),
//! prints on standard error what it found no vector for, and
//! prints ROC-AUC by part and the distribution of what tailoring adds.

use bespoke_core::job::{JobPosting, read_job};
use bespoke_core::matching::match_score;
use bespoke_core::resume::Resume;
use bespoke_core::tailor::{self, Closeness, windows};
use bespoke_core::vectors::numbers;
use bespoke_core::{ingest, parse};
use serde_json::Value;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::time::Instant;

const DIMENSIONS: usize = 384;

struct Collect(RefCell<(HashSet<String>, Vec<String>)>);

impl Closeness for Collect {
    fn closeness(&self, text: &str) -> f32 {
        let mut all = self.0.borrow_mut();
        if all.0.insert(text.to_owned()) {
            all.1.push(text.to_owned());
        }
        0.5
    }
}

struct Vectors<'v> {
    known: &'v HashMap<String, Vec<f32>>,
    job: Vec<&'v [f32]>,
    whole: bool,
    missing: &'v RefCell<BTreeSet<String>>,
}

impl Closeness for Vectors<'_> {
    fn closeness(&self, text: &str) -> f32 {
        let Some(vector) = self.known.get(text) else {
            self.missing.borrow_mut().insert(text.to_owned());
            return 0.0;
        };
        let mut cosines = self.job.iter().map(|j| j.iter().zip(vector).map(|(a, b)| a * b).sum());
        if self.whole {
            return cosines.next_back().unwrap_or(0.0);
        }
        tailor::closest(&cosines.take(self.job.len() - 1).collect::<Vec<f32>>())
    }
}

fn lines(path: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(path).expect("a file of lines");
    text.lines()
        .map(|l| serde_json::from_str(l).expect("a line of JSON"))
        .collect()
}

fn string<'v>(row: &'v Value, key: &str) -> &'v str {
    row[key].as_str().unwrap_or_default()
}

fn auc(scored: &[(f64, bool)]) -> f64 {
    let (mut wins, mut all) = (0.0, 0.0);
    for (a, _) in scored.iter().filter(|s| s.1) {
        for (b, _) in scored.iter().filter(|s| !s.1) {
            all += 1.0;
            wins += if a > b {
                1.0
            } else if a == b {
                0.5
            } else {
                0.0
            };
        }
    }
    wins / f64::max(all, 1.0)
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let mode = args[1].as_str();
    let count: usize = args[4].parse().expect("a count");
    let rows = lines(&args[2]);
    let wanted: HashSet<&str> = rows.iter().map(|r| string(r, "resume_id")).collect();
    let texts: HashMap<String, String> = lines(&args[3])
        .iter()
        .filter(|r| wanted.contains(string(r, "id")))
        .map(|r| {
            let text = string(r, "text");
            let body = text.split_once('\n').map_or("", |(_, b)| b);
            (string(r, "id").to_owned(), body.to_owned())
        })
        .collect();
    let step = (rows.len() / count).max(2) - 1;
    let mut pairs: Vec<(Resume, JobPosting, bool)> = Vec::new();
    for row in rows.iter().step_by(step).take(count) {
        let Some(text) = texts.get(string(row, "resume_id")) else {
            continue;
        };
        let Ok(document) = ingest::ingest(text.as_bytes(), Some("resume.txt")) else {
            continue;
        };
        let fits = row["label"].as_i64() == Some(1) || row["label"].as_str() == Some("1");
        pairs.push((parse::parse(&document).resume, read_job(string(row, "jd")), fits));
    }
    if mode == "texts" {
        let all = Collect(RefCell::default());
        for (resume, job, _) in &pairs {
            for window in windows(job) {
                all.closeness(&window);
            }
            all.closeness(&job.text);
            let found = tailor::tailor(resume, job, &all);
            drop(found);
        }
        for text in all.0.borrow().1.iter() {
            println!("{}", serde_json::to_string(text).expect("a string"));
        }
        return;
    }
    let known_texts = std::fs::read_to_string(&args[6]).expect("the texts");
    let bytes = std::fs::read(&args[5]).expect("the vectors");
    let known: HashMap<String, Vec<f32>> = known_texts
        .lines()
        .map(|l| serde_json::from_str(l).expect("a string"))
        .zip(bytes.chunks_exact(DIMENSIONS * 4).map(numbers))
        .collect();
    let missing = RefCell::default();
    for whole in [true, false] {
        let mut total = Vec::new();
        let mut parts: BTreeMap<String, Vec<(f64, bool)>> = BTreeMap::new();
        let mut deltas = Vec::new();
        let mut times = Vec::new();
        for (resume, job, fits) in &pairs {
            let mut own: Vec<&[f32]> = windows(job)
                .iter()
                .filter_map(|w| known.get(w))
                .map(Vec::as_slice)
                .collect();
            own.extend(known.get(&job.text).map(Vec::as_slice));
            let close = Vectors {
                known: &known,
                job: own,
                whole,
                missing: &missing,
            };
            let score = match_score(resume, job, &close);
            for part in score.parts.iter().filter(|p| p.weight > 0.0) {
                parts.entry(part.name.clone()).or_default().push((part.value, *fits));
            }
            total.push((score.total, *fits));
            if *fits && !whole {
                let start = Instant::now();
                let found = tailor::tailor(resume, job, &close);
                times.push(start.elapsed().as_secs_f64() * 1000.0);
                deltas.push(found.after.total - found.before.total);
                if std::env::var_os("SHOW").is_some() && found.after.total <= found.before.total {
                    let kinds: Vec<&str> = found.suggestions.iter().map(|s| s.kind.as_str()).collect();
                    let bullets: usize = resume.work.iter().map(|w| w.highlights.len()).sum();
                    println!("not raised: {} skills, {bullets} bullets, {kinds:?}", job.skills.len());
                }
            }
        }
        println!(
            "{} pairs, {}: ROC-AUC {:.3}",
            pairs.len(),
            if whole { "whole job" } else { "windows" },
            auc(&total)
        );
        for (name, scored) in &parts {
            println!("  {name:<18} {:.3} of {}", auc(scored), scored.len());
        }
        if deltas.is_empty() {
            continue;
        }
        deltas.sort_by(f64::total_cmp);
        times.sort_by(f64::total_cmp);
        let raised = deltas.iter().filter(|d| **d > 0.0).count();
        let at = |list: &[f64], q: f64| list[((list.len() - 1) as f64 * q) as usize];
        println!("tailoring raises {raised} of {}; what it adds at", deltas.len());
        for q in [0.0, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0] {
            println!("  {:>3.0} %  {:+.2}", q * 100.0, at(&deltas, q));
        }
        println!(
            "tailor without embedding: p50 {:.1} ms, p95 {:.1} ms",
            at(&times, 0.5),
            at(&times, 0.95)
        );
    }
    // Texts that tailoring made: append them to the texts, embed again, and run again.
    for text in missing.borrow().iter() {
        eprintln!("{}", serde_json::to_string(text).expect("a string"));
    }
}
