//! `bespoke keys rotate`.

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
}

/// Works on the keys.
pub fn run(args: &Args, json: bool) -> Result<(), Failure> {
    let Command::Rotate { place } = &args.command;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let done = runtime.block_on(async {
        let store = super::open_store(place).await?;
        let done = store.rotate_keys().await.context("the store failed")?;
        store.close().await;
        Ok::<_, Failure>(done)
    })?;
    if json {
        print_json(&json!({ "master_id": done.master_id, "rewrapped": done.rewrapped }))
    } else {
        print_text(&format!(
            "{} keys are wrapped anew; the master key is now {}. Keep a new copy of it, and destroy the old ones.",
            done.rewrapped, done.master_id
        ))
    }
}
