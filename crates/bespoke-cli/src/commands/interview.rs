//! `bespoke interview RESUME JOB`.

use super::{print_json, print_text};
use crate::engines::ModelArgs;
use crate::failure::Failure;
use crate::input;
use anyhow::Context;
use bespoke_core::interview::{prepare, to_markdown};
use bespoke_core::job::read_job;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The résumé, in any supported format
    file: PathBuf,
    /// The job description, in any supported format
    job: PathBuf,
    /// Where to write the Markdown [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    models: ModelArgs,
}

/// Prints the questions that are likely, with the person's own stories laid out beside them.
pub fn run(args: &Args, json: bool) -> Result<(), Failure> {
    let resume = input::resume(&args.file)?.parsed.resume;
    let job = read_job(&input::text(&args.job)?);
    let embedder = args.models.embedder()?;
    let preparation = prepare(&resume, &job, &bespoke_models::JobCloseness::new(&embedder, &job));
    if json {
        return print_json(&preparation);
    }
    let page = to_markdown(&preparation, &job);
    match &args.out {
        Some(path) => Ok(std::fs::write(path, page).with_context(|| format!("{}: cannot write", path.display()))?),
        None => print_text(&page),
    }
}
