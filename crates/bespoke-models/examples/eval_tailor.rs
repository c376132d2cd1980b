//! How often tailoring raises the match score of a fitting résumé, by how much, and how long it takes.
//!
//! `eval_tailor FIXTURES` takes every person of `FIXTURES/people` with every job of `FIXTURES/jobs`;
//! `eval_tailor PAIRS RESUMES COUNT` takes so many of the fitting pairs of two files that are not shipped: `PAIRS` has
//! `jd`, `resume_id`, `label` a line, `RESUMES` has `id` and `text`, whose first line is left out, for it is the label.
//! `SHOW=1` lists the pairs that are not raised, `READ=5` shows five pairs before and after.

use bespoke_core::job::{JobPosting, read_job};
use bespoke_core::resume::Resume;
use bespoke_core::{evidence, ingest, parse, tailor};
use bespoke_models::{Embedder, JobCloseness};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::time::Instant;

struct Pair {
    what: String,
    resume: Resume,
    job: JobPosting,
}

fn read(bytes: &[u8], name: &str) -> Option<Resume> {
    Some(parse::parse(&ingest::ingest(bytes, Some(name)).ok()?).resume)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|e| e.expect("an entry").path()).collect();
    paths.sort();
    paths
}

fn shipped(fixtures: &Path) -> Vec<Pair> {
    let mut out = Vec::new();
    for person in files(&fixtures.join("people")) {
        let name = person.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let resume = read(&std::fs::read(&person).expect("a person"), &name).expect("JSON Resume");
        for job in files(&fixtures.join("jobs")) {
            out.push(Pair {
                what: format!("{name} for {}", job.file_name().unwrap_or_default().to_string_lossy()),
                resume: resume.clone(),
                job: read_job(&std::fs::read_to_string(&job).expect("a job")),
            });
        }
    }
    out
}

fn lines(path: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{path}: {e}"));
    text.lines()
        .map(|l| serde_json::from_str(l).expect("a line of JSON"))
        .collect()
}

fn labelled(pairs: &str, resumes: &str, count: usize) -> Vec<Pair> {
    let string = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let rows: Vec<Value> = lines(pairs)
        .into_iter()
        .filter(|r| r["label"].as_i64() == Some(1) || r["label"].as_str() == Some("1"))
        .collect();
    let texts: HashMap<String, String> = lines(resumes)
        .iter()
        .map(|r| (string(r, "id"), string(r, "text")))
        .collect();
    let step = (rows.len() / count.max(1)).max(1);
    rows.iter()
        .step_by(step)
        .take(count)
        .filter_map(|row| {
            let id = string(row, "resume_id");
            let body = texts.get(&id)?.split_once('\n').map_or("", |(_, b)| b);
            Some(Pair {
                resume: read(body.as_bytes(), "resume.txt")?,
                job: read_job(&string(row, "jd")),
                what: id,
            })
        })
        .collect()
}

fn at(sorted: &[f64], q: f64) -> f64 {
    sorted[((sorted.len() - 1) as f64 * q) as usize]
}

/// What a résumé says of itself and of its jobs.
fn told(resume: &Resume) -> String {
    let mut out = String::new();
    for text in resume.summary.iter() {
        out += &format!("   summary: {}\n", text.value);
    }
    let skills = resume.skills.iter().flat_map(|s| &s.keywords).map(|k| k.value.as_str());
    out += &format!("   skills: {}\n", skills.collect::<Vec<_>>().join(", "));
    for work in &resume.work {
        let title = work.position.as_ref().map_or("", |p| p.value.as_str());
        out += &format!("   {title}\n");
        for bullet in &work.highlights {
            out += &format!("     - {}\n", bullet.text.value);
        }
    }
    out
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let pairs = match &args[..] {
        [fixtures] => shipped(Path::new(fixtures)),
        [pairs, resumes, count] => labelled(pairs, resumes, count.parse().expect("a count")),
        _ => panic!("FIXTURES, or PAIRS RESUMES COUNT"),
    };
    let models = std::env::var_os("BESPOKE_MODELS").expect("BESPOKE_MODELS names the folder of the model");
    let embedder = Embedder::open(Path::new(&models), 2).expect("the model");
    let show = std::env::var_os("SHOW").is_some();
    let read: usize = std::env::var("READ").ok().and_then(|n| n.parse().ok()).unwrap_or(0);
    let (mut deltas, mut times, mut refused) = (Vec::new(), Vec::new(), 0);
    let mut judging = Vec::new();
    let mut kinds: BTreeMap<String, (usize, f64)> = BTreeMap::new();
    for Pair { what, resume, job } in &pairs {
        embedder.forget();
        let start = Instant::now();
        let closeness = JobCloseness::new(&embedder, job);
        let found = tailor::tailor(resume, job, &closeness);
        times.push(start.elapsed().as_secs_f64() * 1000.0);
        let delta = found.after.total - found.before.total;
        deltas.push(delta);
        let mut tailored = resume.clone();
        for suggestion in &found.suggestions {
            let kind = kinds.entry(suggestion.kind.clone()).or_default();
            kind.0 += 1;
            kind.1 += suggestion.delta;
            if let Some(edit) = &suggestion.edit {
                let _ = tailor::accept(&mut tailored, edit);
            }
        }
        let gate = evidence::Gate::new(resume, &[]);
        let start = Instant::now();
        refused += usize::from(!gate.check(&tailored).is_empty());
        judging.push(start.elapsed().as_secs_f64() * 1000.0);
        if deltas.len() <= read {
            println!("== {what} for {:?}: {delta:+.2}", job.title.as_ref().map(|t| &t.text));
            for suggestion in &found.suggestions {
                println!(
                    "   {} ({:+.2}): {}",
                    suggestion.kind, suggestion.delta, suggestion.reason
                );
            }
            println!("   -- before\n{}   -- after\n{}", told(resume), told(&tailored));
        }
        if show && delta <= 0.0 {
            let bullets: usize = resume.work.iter().map(|w| w.highlights.len()).sum();
            let kinds: Vec<&str> = found.suggestions.iter().map(|s| s.kind.as_str()).collect();
            let has = found
                .keywords
                .iter()
                .filter(|k| k.standing != tailor::Standing::Lack)
                .count();
            println!(
                "not raised: {what}: {:?}, {has} of {} skills shown, {} jobs, {bullets} bullets, summary {}, {delta:+.2}, {kinds:?}",
                job.title.as_ref().map(|t| &t.text),
                job.skills.len(),
                resume.work.len(),
                resume.summary.is_some(),
            );
        }
    }
    deltas.sort_by(f64::total_cmp);
    times.sort_by(f64::total_cmp);
    judging.sort_by(f64::total_cmp);
    let raised = deltas.iter().filter(|d| **d > 0.0).count();
    println!(
        "tailoring raises {raised} of {} pairs ({:.1} %); what it adds, in points:",
        pairs.len(),
        100.0 * raised as f64 / pairs.len() as f64
    );
    for q in [0.0, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0] {
        println!("  {:>3.0} %  {:+6.2}", q * 100.0, at(&deltas, q));
    }
    println!("suggestions by kind: how many, and what each adds alone on average");
    for (kind, (count, sum)) in &kinds {
        println!("  {kind:<18} {count:>5}  {:+.2}", sum / *count as f64);
    }
    println!("refused by the evidence gate: {refused}");
    println!(
        "milliseconds, all texts embedded anew: p50 {:.1}, p95 {:.1}",
        at(&times, 0.5),
        at(&times, 0.95)
    );
    println!(
        "one judgement of the gate afterwards: p50 {:.2}, p95 {:.2}",
        at(&judging, 0.5),
        at(&judging, 0.95)
    );
    assert_eq!(refused, 0, "a tailored résumé did not pass the gate");
}
