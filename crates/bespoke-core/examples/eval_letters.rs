//! Letters and interview answers of every person to every job, through the gate: `eval_letters PEOPLE_DIR… -- JOB…`.
//!
//! Each letter is written in three tones, three lengths and two languages. Prints how many were written and what the gate
//! found; fails where it found anything.

#[path = "../tests/people/mod.rs"]
mod people;

use bespoke_core::interview::prepare;
use bespoke_core::job::{JobPosting, read_job};
use bespoke_core::letter::{Length, LetterLanguage, Tone, Wish, check, write};
use bespoke_core::resume::Resume;
use bespoke_core::tailor::Closeness;
use std::path::PathBuf;

struct Unmeasured;
impl Closeness for Unmeasured {
    fn closeness(&self, _: &str) -> f32 {
        0.0
    }
}

#[derive(Default)]
struct Counts {
    letters: usize,
    claims: usize,
    letter_faults: usize,
    preparations: usize,
    stories: usize,
    story_faults: usize,
}

fn main() -> std::process::ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let mut sides = args.split(|a| a == "--");
    let (folders, ads) = (sides.next().unwrap_or_default(), sides.next().unwrap_or_default());
    let mut files: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).expect("a folder"))
        .map(|file| file.expect("a file").path())
        .collect();
    files.sort();
    let jobs: Vec<JobPosting> = ads
        .iter()
        .map(|path| read_job(&std::fs::read_to_string(path).expect("a text")))
        .collect();
    let mut counts = Counts::default();
    for path in &files {
        let json = serde_json::from_str(&std::fs::read_to_string(path).expect("a text")).expect("JSON");
        let resume = people::load(&json);
        for job in &jobs {
            letters(&resume, job, &path.display().to_string(), &mut counts);
            stories(&resume, job, &path.display().to_string(), &mut counts);
        }
    }
    println!(
        "letters     {} people × {} jobs: {} letters, {} claims with evidence, {} violations",
        files.len(),
        jobs.len(),
        counts.letters,
        counts.claims,
        counts.letter_faults
    );
    println!(
        "interviews  {} preparations, {} stories, {} words that the résumé does not have",
        counts.preparations, counts.stories, counts.story_faults
    );
    match counts.letter_faults + counts.story_faults {
        0 => std::process::ExitCode::SUCCESS,
        _ => std::process::ExitCode::FAILURE,
    }
}

fn letters(resume: &Resume, job: &JobPosting, name: &str, counts: &mut Counts) {
    for language in [LetterLanguage::English, LetterLanguage::German] {
        for tone in [Tone::Plain, Tone::Warm, Tone::Confident] {
            for length in [Length::Short, Length::Medium, Length::Full] {
                let wish = Wish {
                    tone,
                    length,
                    language: Some(language),
                    ..Wish::default()
                };
                let letter = write(resume, &[], job, &wish, &Unmeasured);
                counts.letters += 1;
                counts.claims += letter.sentences().filter(|s| !s.evidence.is_empty()).count();
                for fault in check(resume, &[], job, &letter) {
                    counts.letter_faults += 1;
                    println!("!! {name}: {:?} {}: {}", fault.kind, fault.text, fault.message);
                }
            }
        }
    }
}

/// An answer is the person's own words, cut from a text that stands in the résumé.
fn stories(resume: &Resume, job: &JobPosting, name: &str, counts: &mut Counts) {
    let all = serde_json::to_string(resume).expect("JSON");
    let stands = |text: &str| all.contains(serde_json::to_string(text).expect("JSON").trim_matches('"'));
    counts.preparations += 1;
    for outline in prepare(resume, job, &Unmeasured).outlines() {
        counts.stories += 1;
        let quoted = [&outline.task, &outline.action, &outline.result]
            .into_iter()
            .filter_map(|s| s.text.as_ref());
        let foreign = quoted
            .filter(|text| !outline.proof.quote.contains(text.as_str()))
            .count();
        let faults = foreign + usize::from(!stands(&outline.proof.quote));
        if faults > 0 {
            counts.story_faults += faults;
            println!("!! {name}: {}", outline.proof.quote);
        }
    }
}
