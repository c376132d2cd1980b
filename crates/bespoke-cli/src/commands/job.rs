//! `bespoke job FILE`.

use super::{print_json, print_text};
use crate::failure::Failure;
use crate::input;
use bespoke_core::job::{JobPosting, read_job};
use std::fmt::Write;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The job description in any supported format; - reads standard input
    file: PathBuf,
}

/// Shows what a job description asks for.
pub fn run(args: &Args, json: bool) -> Result<(), Failure> {
    let job = read_job(&input::text(&args.file)?);
    if json {
        print_json(&job)
    } else {
        print_text(&readable(&job))
    }
}

fn readable(job: &JobPosting) -> String {
    let mut out = String::new();
    let title = job.title.as_ref().map_or("(no title found)", |t| &t.text);
    let _ = writeln!(
        out,
        "{title}{}",
        job.company
            .as_ref()
            .map(|c| format!(" at {}", c.text))
            .unwrap_or_default()
    );
    let mut line = |name: &str, list: Vec<&str>| {
        if !list.is_empty() {
            let _ = writeln!(out, "{name:<18} {}", list.join(", "));
        }
    };
    let skills = |required| {
        job.skills
            .iter()
            .filter(|s| s.required == required)
            .map(|s| s.name.as_str())
            .collect()
    };
    line("required skills", skills(true));
    line("preferred skills", skills(false));
    line("education", job.education.iter().map(|p| p.text.as_str()).collect());
    line("verbs", job.verbs.iter().map(|p| p.text.as_str()).collect());
    line("terms", job.terms.iter().map(|p| p.text.as_str()).collect());
    if let Some(years) = job.years {
        let _ = writeln!(out, "{:<18} {years}", "years at least");
    }
    out
}
