//! `bespoke keys rotate | check`.

use super::{print_json, print_text};
use crate::config::Where;
use crate::failure::Failure;
use anyhow::Context;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Replace the master key and wrap every person's key anew; goes on where it was interrupted
    Rotate {
        #[command(flatten)]
        place: Where,
    },
    /// Open every sealed value; name those that do not open
    Check {
        #[command(flatten)]
        place: Where,
    },
}

/// Works on the keys.
pub fn run(args: &Args, json: bool) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        match &args.command {
            Command::Rotate { place } => rotate(place, json).await,
            Command::Check { place } => check(place, json).await,
        }
    })
}

async fn rotate(place: &Where, json: bool) -> Result<(), Failure> {
    let store = super::open_store(place).await?;
    let done = store.rotate_keys().await.context("the keys cannot be wrapped anew")?;
    store.close().await;
    if json {
        return print_json(&json!({ "master_id": done.master_id, "rewrapped": done.rewrapped }));
    }
    print_text(&format!(
        "{} keys are wrapped anew; the master key is now {}. Keep a new copy of it, and destroy the old ones.",
        done.rewrapped, done.master_id
    ))
}

async fn check(place: &Where, json: bool) -> Result<(), Failure> {
    let store = super::open_store(place).await?;
    let faults = store.unreadable().await.context("the values cannot be read")?;
    store.close().await;
    if json {
        print_json(&json!({ "unreadable": faults }))?;
    } else if faults.is_empty() {
        print_text("every sealed value opens")?;
    } else {
        print_text(&faults.join("\n"))?;
    }
    match faults.len() {
        0 => Ok(()),
        n => Err(Failure::Other(anyhow::anyhow!(
            "{n} values do not open: bring them back from a backup"
        ))),
    }
}
