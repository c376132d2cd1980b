//! `bespoke tailor FILE --job FILE`.

use super::render::{self, Formats};
use super::{print_json, print_text};
use crate::engines::ModelArgs;
use crate::failure::Failure;
use crate::input;
use crate::model_endpoint::Endpoint;
use anyhow::Context;
use bespoke_core::evidence;
use bespoke_core::job::read_job;
use bespoke_core::matching::match_score;
use bespoke_core::tailor::{self, Author, Standing, Tailoring, model};
use serde::Serialize;
use std::fmt::Write;
use std::path::PathBuf;
use std::time::Duration;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The résumé; - reads standard input
    file: PathBuf,
    /// The job description, in any supported format
    #[arg(long, value_name = "FILE")]
    job: PathBuf,
    /// Folder for the tailored résumé, made if missing; without it nothing is written
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Formats to write, separated by commas
    #[arg(long, default_value = "pdf,docx,md,txt")]
    format: Formats,
    /// Let a language model word bullets: address of an OpenAI-compatible API, as in http://127.0.0.1:11434/v1 or an https
    /// address. Off by default; the evidence gate judges every word. A key is read from BESPOKE_MODEL_KEY
    #[arg(long, value_name = "URL", requires = "model_name")]
    model_url: Option<String>,
    /// Name of that model
    #[arg(long, value_name = "NAME")]
    model_name: Option<String>,
    /// Certificates (PEM) to trust at that address besides the system's
    #[arg(long, value_name = "FILE", requires = "model_url")]
    model_ca: Option<PathBuf>,
    /// Seconds to wait for it
    #[arg(long, default_value_t = 20, value_name = "SECONDS")]
    model_timeout: u64,
    #[command(flatten)]
    look: render::Look,
    #[command(flatten)]
    models: ModelArgs,
}

#[derive(Serialize)]
struct Report<'a> {
    tailoring: &'a Tailoring,
    applied: &'a [String],
    files: &'a [PathBuf],
}

/// Tailors, lets the evidence gate judge, writes the files.
pub fn run(args: &Args, json: bool) -> Result<(), Failure> {
    let base = input::resume(&args.file)?.parsed.resume;
    let job = read_job(&input::text(&args.job)?);
    let embedder = args.models.embedder()?;
    let closeness = bespoke_models::JobCloseness::new(&embedder, &job);
    let mut tailoring = tailor::tailor(&base, &job, &closeness);
    if let (Some(url), Some(name)) = (&args.model_url, &args.model_name) {
        let request = model::request(name, &base, &job, &closeness).to_string();
        let key = std::env::var("BESPOKE_MODEL_KEY").ok();
        let authority = args.model_ca.as_ref().map(|path| {
            std::fs::read(path).map_err(|e| Failure::Input {
                path: path.display().to_string(),
                reason: e.to_string(),
            })
        });
        let answer = Endpoint::new(url, authority.transpose()?.as_deref())
            .and_then(|e| e.post(key.as_deref(), &request, Duration::from_secs(args.model_timeout)));
        let read = answer
            .map_err(|e| e.to_string())
            .and_then(|a| model::read_answer(&a).map_err(|e| e.to_string()));
        match read {
            Ok(wordings) => {
                let worded = model::suggestions(&base, &job, &closeness, &wordings);
                if worded.refused > 0 {
                    eprintln!(
                        "{} wordings of the model were refused: your résumé does not show them",
                        worded.refused
                    );
                }
                tailoring.suggestions.extend(worded.suggestions);
            }
            Err(reason) => eprintln!("{reason}; the built-in wording is used"),
        }
    }

    let mut tailored = base.clone();
    let mut applied = Vec::new();
    for suggestion in &tailoring.suggestions {
        if let Some(edit) = &suggestion.edit
            && tailor::accept(&mut tailored, edit).is_ok()
        {
            applied.push(suggestion.id.clone());
        }
    }
    tailoring.after = match_score(&tailored, &job, &closeness);
    let violations = evidence::check(&base, &[], &tailored);
    if !violations.is_empty() {
        return Err(Failure::Evidence(violations));
    }

    let mut files = Vec::new();
    if let Some(dir) = &args.out {
        std::fs::create_dir_all(dir).with_context(|| format!("{}: cannot make the folder", dir.display()))?;
        let renderer = render::Output::open(&args.look)?;
        for format in &args.format.0 {
            let path = dir.join(format!("resume.{}", format.extension()));
            let bytes = renderer.render(&tailored, *format)?;
            std::fs::write(&path, bytes).with_context(|| format!("{}: cannot write", path.display()))?;
            files.push(path);
        }
    }
    if json {
        return print_json(&Report {
            tailoring: &tailoring,
            applied: &applied,
            files: &files,
        });
    }
    print_text(&readable(&tailoring, &applied, &files))
}

fn readable(tailoring: &Tailoring, applied: &[String], files: &[PathBuf]) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "Match {:.2} → {:.2}",
        tailoring.before.total, tailoring.after.total
    );
    for (before, after) in tailoring.before.parts.iter().zip(&tailoring.after.parts) {
        let _ = writeln!(
            out,
            "  {:<18} {:>6.2} → {:>6.2} of {:>5.2}  {}",
            after.name, before.points, after.points, after.weight, after.why
        );
    }
    for (standing, title) in [
        (Standing::Have, "You have"),
        (Standing::Buried, "Buried or in other words"),
        (Standing::Lack, "You lack"),
    ] {
        let list: Vec<&str> = tailoring
            .keywords
            .iter()
            .filter(|k| k.standing == standing)
            .map(|k| k.keyword.as_str())
            .collect();
        if !list.is_empty() {
            let _ = writeln!(out, "{title}: {}", list.join(", "));
        }
    }
    let (done, asked): (Vec<_>, Vec<_>) = tailoring.suggestions.iter().partition(|s| applied.contains(&s.id));
    for (title, list) in [("Changed", done), ("For you to decide", asked)] {
        if !list.is_empty() {
            let _ = writeln!(out, "\n{title}");
        }
        for suggestion in list {
            let _ = writeln!(
                out,
                "  {:+.2}  {}{}\n         {}",
                suggestion.delta,
                suggestion.title,
                if suggestion.author == Author::Model {
                    " (language model)"
                } else {
                    ""
                },
                suggestion.reason
            );
            for evidence in &suggestion.evidence {
                let _ = writeln!(out, "         “{}”", evidence.quote);
            }
        }
    }
    for file in files {
        let _ = writeln!(out, "wrote {}", file.display());
    }
    out
}
