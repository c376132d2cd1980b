//! `bespoke jobs SOURCE…` and `bespoke jobs apply`.

use super::{print_json, print_text};
use crate::engines::ModelArgs;
use crate::failure::Failure;
use crate::input;
use bespoke_server::Secret;
use bespoke_server::boards::{Asker, BoardKey, Keys, Opening, Ranked, Source, merge, rank};
use std::fmt::Write;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Args {
    #[command(subcommand)]
    then: Option<Then>,
    /// Where to look: greenhouse:NAME, lever:NAME, ashby:NAME, workable:NAME, recruitee:NAME, smartrecruiters:NAME, feed:ADDRESS,
    /// page:ADDRESS; with a key of your own adzuna:COUNTRY?what=WORDS&where=PLACE (BESPOKE_ADZUNA_ID, BESPOKE_ADZUNA_KEY) and
    /// usajobs:us?what=WORDS&where=PLACE (BESPOKE_USAJOBS_EMAIL, BESPOKE_USAJOBS_KEY)
    #[arg(required = true)]
    sources: Vec<String>,
    /// Rank the openings for this résumé
    #[arg(long, value_name = "FILE")]
    resume: Option<PathBuf>,
    /// How many to show
    #[arg(long, default_value_t = 20)]
    top: usize,
    #[command(flatten)]
    models: ModelArgs,
}

#[derive(Debug, clap::Subcommand)]
enum Then {
    /// Shows what an application by the API of a board would send; sends it only with --confirm
    Apply(super::apply::Args),
}

/// Reads the lists, joins what is listed twice, ranks, prints.
pub fn run(args: &Args, json: bool) -> Result<(), Failure> {
    if let Some(Then::Apply(args)) = &args.then {
        return super::apply::run(args, json);
    }
    let sources = args
        .sources
        .iter()
        .map(|s| Source::parse(s))
        .collect::<Result<Vec<_>, _>>();
    let sources = sources.map_err(|e| Failure::Usage(e.to_string()))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let asker = Asker::default();
    let keys = keys();
    let mut openings = Vec::new();
    let mut failed = Vec::new();
    for source in sources {
        match runtime.block_on(asker.openings(source, &keys)) {
            Ok(found) => {
                if let Some(cut) = found.cut {
                    eprintln!("{cut}");
                }
                openings.extend(found.openings);
            }
            Err(error) => failed.push(error.to_string()),
        }
    }
    for error in &failed {
        eprintln!("{error}");
    }
    if failed.len() == args.sources.len() {
        return Err(Failure::Input {
            path: args.sources.join(", "),
            reason: "nothing could be read".into(),
        });
    }
    let mut openings = merge(openings);
    let Some(resume) = &args.resume else {
        openings.truncate(args.top);
        return if json {
            print_json(&openings)
        } else {
            print_text(&openings.iter().map(one).collect::<String>())
        };
    };
    let resume = input::resume(resume)?.parsed.resume;
    let ranked = rank(&resume, openings, &args.models.embedder()?, args.top);
    if json {
        print_json(&ranked)
    } else {
        print_text(&ranked.iter().map(fit).collect::<String>())
    }
}

/// The person's own keys, from the environment.
fn keys() -> Keys {
    let all = [
        ("adzuna", "BESPOKE_ADZUNA_ID", "BESPOKE_ADZUNA_KEY"),
        ("usajobs", "BESPOKE_USAJOBS_EMAIL", "BESPOKE_USAJOBS_KEY"),
    ];
    let key = |(board, name, secret): (&str, &str, &str)| {
        Some(BoardKey {
            board: board.into(),
            account: String::new(),
            name: std::env::var(name).ok()?,
            secret: Secret::new(std::env::var(secret).ok()?),
        })
    };
    Keys::new(all.into_iter().filter_map(key).collect())
}

fn one(opening: &Opening) -> String {
    let parts = [
        Some(opening.title.as_str()),
        opening.company.as_deref(),
        opening.location.as_deref(),
    ];
    let closes = opening
        .closes
        .as_ref()
        .map_or_else(String::new, |c| format!("  closes {c}"));
    format!(
        "{}{closes}\n    {}\n",
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        opening.url
    )
}

fn fit(ranked: &Ranked) -> String {
    let mut out = format!("{:>6.2}  {}", ranked.score.total, one(&ranked.opening));
    for (what, list) in [("has", &ranked.have), ("lacks", &ranked.lack)] {
        if !list.is_empty() {
            let _ = writeln!(out, "    {what}: {}", list.join(", "));
        }
    }
    out
}
