//! `bespoke match FILE --job FILE`.

use super::{print_json, print_text};
use crate::engines::ModelArgs;
use crate::failure::Failure;
use crate::input;
use bespoke_core::job::read_job;
use bespoke_core::tailor::{self, Assessment, Standing};
use std::fmt::Write;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The résumé; - reads standard input
    file: PathBuf,
    /// The job description, in any supported format
    #[arg(long, value_name = "FILE")]
    job: PathBuf,
    #[command(flatten)]
    models: ModelArgs,
}

/// Shows how well a résumé matches a job, part by part, and which keywords it has.
pub fn run(args: &Args, json: bool) -> Result<(), Failure> {
    let resume = input::resume(&args.file)?.parsed.resume;
    let job = read_job(&input::text(&args.job)?);
    let embedder = args.models.embedder()?;
    let closeness = bespoke_models::JobCloseness::new(&embedder, &job);
    let found = tailor::assess(&resume, &job, &closeness);
    if json {
        print_json(&found)
    } else {
        print_text(&readable(&found))
    }
}

fn readable(found: &Assessment) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "Match {:.2} of 100", found.score.total);
    for part in &found.score.parts {
        let _ = writeln!(
            out,
            "  {:<18} {:>6.2} of {:>5.2}  {}",
            part.name, part.points, part.weight, part.why
        );
    }
    for (standing, title) in [
        (Standing::Have, "You have"),
        (Standing::Buried, "Buried or in other words"),
        (Standing::Lack, "You lack"),
    ] {
        let list: Vec<_> = found.keywords.iter().filter(|k| k.standing == standing).collect();
        if list.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n{title}");
        for keyword in list {
            let kind = if keyword.required { "required" } else { "preferred" };
            let _ = writeln!(out, "  {} ({kind})", keyword.keyword);
            if standing != Standing::Lack {
                for evidence in keyword.evidence.iter().take(1) {
                    let _ = writeln!(out, "     “{}”", evidence.quote);
                }
            }
        }
    }
    out
}
