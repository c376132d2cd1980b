//! `bespoke roles FILE`.

use super::{print_json, print_text};
use crate::config::DataArgs;
use crate::engines::{ModelArgs, cache_dir};
use crate::failure::Failure;
use crate::input;
use bespoke_core::roles::Fit;
use bespoke_models::{Recommender, taxonomies};
use std::borrow::Cow;
use std::fmt::Write;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The résumé; - reads standard input
    file: PathBuf,
    /// How many roles
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=100))]
    top: u16,
    /// Share of semantic closeness in the score, 0 to 1; the rest is skill overlap
    #[arg(long, default_value_t = 0.7, value_parser = blend)]
    blend: f64,
    #[command(flatten)]
    data: DataArgs,
    #[command(flatten)]
    models: ModelArgs,
}

fn blend(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(value) if (0.0..=1.0).contains(&value) => Ok(value),
        _ => Err("a number from 0 to 1".into()),
    }
}

/// Ranks the roles of the taxonomy.
pub fn run(args: &Args, json: bool) -> Result<(), Failure> {
    let resume = input::resume(&args.file)?.parsed.resume;
    let embedder = args.models.embedder()?;
    let taxonomy = taxonomies::all(&args.data.folder()?).map_err(anyhow::Error::new)?;
    let roles = Recommender::open(&embedder, Cow::Owned(taxonomy), &cache_dir());
    let fits = roles.rank(&embedder, &resume, args.blend, usize::from(args.top));
    if json {
        print_json(&fits)
    } else {
        print_text(&readable(&fits))
    }
}

fn readable(fits: &[Fit]) -> String {
    let mut out = String::new();
    for (rank, fit) in fits.iter().enumerate() {
        let _ = writeln!(
            out,
            "{:>2}. {:<40} {:>6.2}   {}",
            rank + 1,
            fit.title,
            fit.score.total,
            fit.distance
        );
        for part in &fit.score.parts {
            let _ = writeln!(
                out,
                "      {:<12} {:>6.2} of {:>5.2}  {}",
                part.name, part.points, part.weight, part.why
            );
        }
        if !fit.shared.is_empty() {
            let shared: Vec<&str> = fit.shared.iter().map(|s| s.skill.as_str()).collect();
            let _ = writeln!(out, "      you have: {}", shared.join(", "));
        }
        if !fit.missing.is_empty() {
            let _ = writeln!(out, "      missing:  {}", fit.missing.join(", "));
        }
        for sentence in &fit.sentences {
            let _ = writeln!(out, "      “{}”", sentence.text);
        }
    }
    out
}
