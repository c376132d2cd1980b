//! `bespoke learn`: what the feedback of those who agreed teaches about ranking.

use super::{print_json, print_text};
use crate::config::Where;
use crate::engines::{ModelArgs, cache_dir};
use crate::failure::Failure;
use anyhow::Context;
use bespoke_core::learning::proposals::{Counter, Proposal, Proposals};
use bespoke_core::learning::{Feedback, Report, Rule, learn};
use bespoke_core::resume::Resume;
use bespoke_core::roles::{Learned, Taxonomy};
use bespoke_models::Recommender;
use bespoke_server::counting::days_ago;
use bespoke_server::learning::weights;
use bespoke_store::{Store, StoreError};
use serde::Serialize;
use std::borrow::Cow;
use std::fmt::Write;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    place: Where,
    /// Only say what would change
    #[arg(long, conflicts_with_all = ["revert", "proposals"])]
    dry_run: bool,
    /// Rank with this earlier version again; 0 is the product as shipped
    #[arg(long, value_name = "VERSION", conflicts_with = "proposals")]
    revert: Option<i64>,
    /// Show titles and skills that many people have and the taxonomy does not know; nothing is added
    #[arg(long)]
    proposals: bool,
    /// How many different people must have a title or skill before it is proposed, 5 and more
    #[arg(long, value_name = "PEOPLE", default_value_t = 10, value_parser = clap::value_parser!(u32).range(5..))]
    least: u32,
    /// The same seed and the same feedback give the same weights
    #[arg(long, default_value_t = 1)]
    seed: u32,
    /// How many days back feedback counts
    #[arg(long, default_value_t = 400)]
    days: u32,
    #[command(flatten)]
    models: ModelArgs,
}

/// What learning, or going back, came to.
#[derive(Serialize)]
struct Outcome {
    /// Version that ranked before.
    before: i64,
    /// Version that ranks now.
    now: i64,
    dry_run: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<Report>,
    /// Weights before and after, where there are new ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    weights: Option<[Weights; 2]>,
    versions: Vec<Version>,
}

#[derive(Serialize)]
struct Weights {
    blend: f64,
    title_lift: f64,
    rung: f64,
    skills: usize,
    adapter: bool,
}

#[derive(Serialize)]
struct Version {
    version: i64,
    created_at: String,
    seed: i64,
    verdict: String,
}

impl From<&Learned> for Weights {
    fn from(learned: &Learned) -> Self {
        Weights {
            blend: learned.blend,
            title_lift: learned.title_lift,
            rung: learned.rung,
            skills: learned.skills.len(),
            adapter: learned.adapter.is_some(),
        }
    }
}

/// Learns, goes back to an earlier version, or proposes.
pub fn run(args: &Args, json: bool) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let store = super::open_store(&args.place).await?;
        if args.proposals {
            let found = proposals(&store, args.least as usize).await?;
            return if json {
                print_json(&found)
            } else {
                print_text(&proposed(&found, args.least))
            };
        }
        let outcome = match args.revert {
            Some(version) => revert(&store, version).await?,
            None => learn_now(&store, args).await?,
        };
        if json {
            print_json(&outcome)
        } else {
            print_text(&readable(&outcome))
        }
    })
}

async fn revert(store: &Store, version: i64) -> Result<Outcome, Failure> {
    let before = store.learned_in_use().await.context("the versions cannot be read")?;
    store.use_learned(version).await.map_err(|error| match error {
        StoreError::NotFound => Failure::Usage(format!("there is no version {version}")),
        other => Failure::from(anyhow::Error::from(other)),
    })?;
    Ok(Outcome {
        before,
        now: version,
        dry_run: false,
        report: None,
        weights: None,
        versions: versions(store).await?,
    })
}

async fn learn_now(store: &Store, args: &Args) -> Result<Outcome, Failure> {
    let before = store.learned_in_use().await.context("the versions cannot be read")?;
    let present = weights(store, before).await.context("the weights cannot be read")?;
    let people = feedback(store, &days_ago(args.days)).await?;
    let embedder = args.models.embedder()?;
    let roles = Recommender::open(&embedder, Cow::Borrowed(Taxonomy::builtin()), &cache_dir());
    let (new, report) = learn(
        &people,
        roles.ground(),
        &present,
        &Rule::default(),
        u64::from(args.seed),
    );
    let mut now = before;
    if let Some(new) = new.as_ref().filter(|_| !args.dry_run) {
        let (weights, report) = (serde_json::to_string(new)?, serde_json::to_string(&report)?);
        now = store
            .keep_learned(&weights, &report, i64::from(args.seed))
            .await
            .context("the new version cannot be kept")?;
    }
    Ok(Outcome {
        before,
        now,
        dry_run: args.dry_run,
        report: Some(report),
        weights: new.as_ref().map(|new| [Weights::from(&present), Weights::from(new)]),
        versions: versions(store).await?,
    })
}

/// The feedback of all who agreed, what is older than a day left out.
async fn feedback(store: &Store, since: &str) -> Result<Vec<Feedback>, Failure> {
    let mut people = Vec::new();
    for workspace in store.teachers().await.context("consents cannot be read")? {
        let kept = store.feedback(&workspace).await.context("feedback cannot be read")?;
        let mut feedback: Feedback = kept.and_then(|k| serde_json::from_str(&k).ok()).unwrap_or_default();
        feedback.forget_before(since);
        people.push(feedback);
    }
    Ok(people)
}

/// Counts people by the titles and skills of their résumés, which are opened one person at a time and not kept.
async fn proposals(store: &Store, least: usize) -> Result<Proposals, Failure> {
    let mut counter = Counter::default();
    for workspace in store.teachers().await.context("consents cannot be read")? {
        let rows = store.resumes(&workspace).await.context("résumés cannot be read")?;
        let contents = rows.into_iter().filter_map(|row| row.content);
        let resumes: Vec<Resume> = contents.filter_map(|c| serde_json::from_str(&c).ok()).collect();
        if !resumes.is_empty() {
            counter.add(&resumes, Taxonomy::builtin());
        }
    }
    Ok(counter.proposals(least, 50))
}

async fn versions(store: &Store) -> Result<Vec<Version>, Failure> {
    let rows = store.learned_versions().await.context("the versions cannot be read")?;
    let verdict = |report: &str| {
        let report: Option<serde_json::Value> = serde_json::from_str(report).ok();
        report
            .and_then(|r| r["verdict"].as_str().map(str::to_owned))
            .unwrap_or_default()
    };
    Ok(rows
        .into_iter()
        .map(|row| Version {
            verdict: verdict(&row.report),
            version: row.version,
            created_at: row.created_at,
            seed: row.seed,
        })
        .collect())
}

fn readable(outcome: &Outcome) -> String {
    let mut out = String::new();
    if let Some(report) = &outcome.report {
        let _ = writeln!(
            out,
            "People who agreed and said something: {}. Roles: {}. Suggested skills: {}. People kept apart to judge by: {}.\n",
            report.people, report.deeds, report.skill_deeds, report.held_people
        );
        if !report.changes.is_empty() {
            let _ = writeln!(
                out,
                "{:<34}{:>18}{:>20}   used",
                "on people kept apart", "log-loss", "in right order"
            );
        }
        for c in &report.changes {
            let _ = writeln!(
                out,
                "{:<34}{:>8.4} → {:.4}{:>9.1} → {:.1} %   {}  {}",
                c.name,
                c.loss_before,
                c.loss_after,
                100.0 * c.order_before,
                100.0 * c.order_after,
                if c.used { "yes " } else { "no  " },
                c.why
            );
        }
        if let Some([before, after]) = &outcome.weights {
            let _ = writeln!(
                out,
                "\nshare of meaning {:.3} → {:.3}, lift of a title held {:.3} → {:.3}, points a rung {:.2} → {:.2}",
                before.blend, after.blend, before.title_lift, after.title_lift, before.rung, after.rung
            );
        }
        for skill in report.skills.iter().take(20) {
            let _ = writeln!(
                out,
                "  {:<40} × {:.2} → × {:.2}",
                skill.skill, skill.before, skill.after
            );
        }
        let _ = writeln!(out, "\n{}", report.verdict);
    }
    let says = match (outcome.dry_run, outcome.before == outcome.now) {
        (true, _) => "Nothing was changed: this was a dry run.".to_owned(),
        (false, true) => format!("Version {} ranks on.", outcome.now),
        (false, false) => format!(
            "Version {} ranks now; --revert {} goes back.",
            outcome.now, outcome.before
        ),
    };
    let _ = writeln!(out, "{says}\n\nversions\n{} 0  as shipped", mark(outcome.now == 0));
    for v in &outcome.versions {
        let day = v.created_at.get(..10).unwrap_or_default();
        let _ = writeln!(
            out,
            "{} {}  {day}, seed {}: {}",
            mark(outcome.now == v.version),
            v.version,
            v.seed,
            v.verdict
        );
    }
    out
}

fn mark(used: bool) -> &'static str {
    if used { "*" } else { " " }
}

fn proposed(found: &Proposals, least: u32) -> String {
    let mut out = format!(
        "Titles and skills that at least {least} people have and the taxonomy does not know; people who agreed: {}. Nothing was added.\n",
        found.people
    );
    let mut list = |name: &str, all: &[Proposal]| {
        let _ = writeln!(out, "\n{name}");
        if all.is_empty() {
            let _ = writeln!(out, "  none");
        }
        for proposal in all {
            let _ = writeln!(out, "  {:<44}{:>6} people", proposal.text, proposal.people);
        }
    };
    list("titles", &found.titles);
    list("skills", &found.skills);
    out
}
