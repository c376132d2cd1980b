//! `bespoke stats`: the numbers of those who agreed, and trials of template variants.

use super::{print_json, print_text};
use crate::config::Where;
use crate::failure::Failure;
use anyhow::Context;
use bespoke_core::experiment::{Rule, Variant, Verdict, report};
use bespoke_render::Template;
use bespoke_server::counting::{Trial, days_ago};
use bespoke_server::numbers::{Numbers, numbers};
use bespoke_store::Store;
use std::fmt::Write;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    place: Where,
    /// How many days back
    #[arg(long, default_value_t = 90)]
    days: u32,
    /// Print CSV: day, event, label, n
    #[arg(long)]
    csv: bool,
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Start a trial of template variants
    Start {
        /// Its name
        name: String,
        /// A variant as TEMPLATE=SHARE; the first is what the others are compared with
        #[arg(long = "variant", value_name = "TEMPLATE=SHARE", required = true)]
        variants: Vec<String>,
        /// The event that counts as a success
        #[arg(long, default_value = "export", value_parser = ["export", "suggestion-accepted", "outcome", "download"])]
        metric: String,
        /// People that every variant needs before anything is said of it
        #[arg(long, default_value_t = 100)]
        least: u64,
        /// People of every variant at which the trial ends
        #[arg(long, default_value_t = 5_000)]
        most: u64,
    },
    /// End a trial; its numbers stay
    Stop {
        /// Its name
        name: String,
    },
}

/// Prints numbers and trials, or starts or ends a trial.
pub fn run(args: &Args, json: bool) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let store = super::open_store(&args.place).await?;
        match &args.action {
            Some(Action::Start {
                name,
                variants,
                metric,
                least,
                most,
            }) => {
                let variants = variants.iter().map(|v| variant(v)).collect::<Result<Vec<_>, _>>()?;
                if variants.len() < 2 || least > most {
                    return Err(Failure::Usage(
                        "a trial needs two variants, and --least not above --most".into(),
                    ));
                }
                let trial = Trial {
                    variants,
                    metric: metric.clone(),
                    rule: Rule {
                        least: *least,
                        most: *most,
                        ..Rule::default()
                    },
                };
                let started = store
                    .start_experiment(name, &serde_json::to_string(&trial)?)
                    .await
                    .context("the trial cannot be kept")?;
                if !started {
                    return Err(Failure::Usage(format!("there is a trial {name} already")));
                }
                print_text(&format!(
                    "{name} runs: {}\n",
                    report(&trial.variants, &[], trial.rule).rule
                ))
            }
            Some(Action::Stop { name }) => {
                store
                    .stop_experiment(name)
                    .await
                    .map_err(|_| Failure::Usage(format!("there is no trial {name}")))?;
                print_text(&format!("{name} has ended\n"))
            }
            None => show(&store, args, json).await,
        }
    })
}

fn variant(text: &str) -> Result<Variant, Failure> {
    let wrong = || Failure::Usage(format!("{text}: write TEMPLATE=SHARE, as in classic=50"));
    let (template, share) = text.split_once('=').ok_or_else(wrong)?;
    let share = share.parse().ok().filter(|s| *s > 0).ok_or_else(wrong)?;
    let known = Template::by_name(template).map_err(|e| Failure::Usage(e.to_string()))?;
    Ok(Variant {
        name: known.name().to_owned(),
        template: known.name().to_owned(),
        share,
    })
}

async fn show(store: &Store, args: &Args, json: bool) -> Result<(), Failure> {
    if args.csv {
        let (rows, _) = store
            .shared_counts(&days_ago(args.days.saturating_sub(1)))
            .await
            .context("the counts cannot be read")?;
        return print_text(&bespoke_server::counts_csv(&rows));
    }
    let shown = numbers(store, args.days).await.context("the counts cannot be read")?;
    if json {
        print_json(&shown)
    } else {
        print_text(&readable(&shown))
    }
}

fn readable(shown: &Numbers) -> String {
    let mut out = format!("Since {}, of {} workspaces that agreed\n", shown.since, shown.agreed);
    for (event, labels) in &shown.counts {
        let _ = writeln!(out, "\n{event:<22}{:>8}", labels.values().sum::<i64>());
        let mut sorted: Vec<_> = labels.iter().filter(|(l, _)| !l.is_empty()).collect();
        sorted.sort_by_key(|(_, n)| -**n);
        let most = sorted.first().map_or(1, |(_, n)| (**n).max(1));
        for (label, n) in sorted {
            let _ = writeln!(
                out,
                "  {label:<20}{n:>8}  {}",
                "█".repeat(usize::try_from(n * 30 / most).unwrap_or(0))
            );
        }
    }
    for trial in &shown.trials {
        let _ = writeln!(
            out,
            "\nTrial {} ({}), measured by {}",
            trial.name,
            if trial.running { "running" } else { "ended" },
            trial.metric
        );
        for v in &trial.report.variants {
            let rate = match (v.rate, v.interval) {
                (Some(rate), Some((low, high))) => {
                    format!("{:.1} % ({:.1} to {:.1} %)", rate * 100.0, low * 100.0, high * 100.0)
                }
                _ => "not enough people yet".to_owned(),
            };
            let better = v
                .better
                .map_or_else(String::new, |p| format!(", better with {:.0} %", p * 100.0));
            let _ = writeln!(
                out,
                "  {:<16}{:>6} of {:>6}  {rate}{better}",
                v.name, v.count.successes, v.count.people
            );
        }
        let verdict = match &trial.report.verdict {
            Verdict::NotEnoughData { missing } => format!("Not enough data yet: {missing} people are missing."),
            Verdict::Mismatch { p } => format!(
                "Something is wrong with this trial: people are not spread as its shares say (p = {p:.1e}). Its numbers say nothing."
            ),
            Verdict::GoOn => "No verdict yet: go on.".to_owned(),
            Verdict::Better { name } => format!("{name} is better."),
            Verdict::KeepFirst => "The first is better: keep it.".to_owned(),
            Verdict::NoDifference => "The trial is at its end: no difference was found.".to_owned(),
        };
        let _ = writeln!(out, "  {verdict}\n  {}", trial.report.rule);
    }
    out
}
