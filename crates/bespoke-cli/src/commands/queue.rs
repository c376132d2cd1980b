//! `bespoke queue list|retry`: the files whose reading was given up.

use super::{print_json, print_text};
use crate::config::Where;
use crate::failure::Failure;
use anyhow::Context;
use bespoke_store::Store;
use serde::Serialize;
use std::fmt::Write;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Say how long the queue is, and whose files were given up after three attempts
    List(Where),
    /// Read files again that were given up; a running server takes them up within half a minute
    Retry {
        /// Id of the résumé; all where it is left out
        resume: Option<String>,
        #[command(flatten)]
        place: Where,
    },
}

#[derive(Serialize)]
struct Report {
    waiting: i64,
    held: i64,
    given_up: Vec<GivenUp>,
}

#[derive(Serialize)]
struct GivenUp {
    workspace: String,
    resume: String,
}

/// Lists or retries.
pub fn run(args: &Args, json: bool) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        match &args.what {
            What::List(place) => list(&super::open_store(place).await?, json).await,
            What::Retry { resume, place } => retry(&super::open_store(place).await?, resume.as_deref()).await,
        }
    })
}

async fn list(store: &Store, json: bool) -> Result<(), Failure> {
    let queue = store.queue().await.context("the queue cannot be read")?;
    let dead = store.given_up().await.context("the queue cannot be read")?;
    let report = Report {
        waiting: queue.open - queue.held,
        held: queue.held,
        given_up: dead
            .into_iter()
            .map(|(workspace, resume)| GivenUp { workspace, resume })
            .collect(),
    };
    if json {
        return print_json(&report);
    }
    let mut out = format!(
        "{} waiting, {} being read, {} given up",
        report.waiting,
        report.held,
        report.given_up.len()
    );
    for job in &report.given_up {
        let _ = write!(out, "\n  {} of workspace {}", job.resume, job.workspace);
    }
    print_text(&out)
}

async fn retry(store: &Store, wanted: Option<&str>) -> Result<(), Failure> {
    let dead = store.given_up().await.context("the queue cannot be read")?;
    let chosen: Vec<_> = dead
        .into_iter()
        .filter(|(_, resume)| wanted.is_none_or(|w| w == resume))
        .collect();
    if let (Some(wanted), true) = (wanted, chosen.is_empty()) {
        return Err(Failure::Usage(format!("the reading of {wanted} was not given up")));
    }
    for (workspace, resume) in &chosen {
        store
            .retry_job(workspace, resume)
            .await
            .with_context(|| format!("{resume} cannot be tried again"))?;
    }
    print_text(&format!("{} will be read again", chosen.len()))
}
