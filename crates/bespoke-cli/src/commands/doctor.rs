//! `bespoke doctor`: reads everything in the data and says what is not as it should be.

use super::{print_json, print_text};
use crate::config::Where;
use crate::failure::Failure;
use anyhow::{Context, anyhow};
use bespoke_store::{Examination, Fault};
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    place: Where,
}

/// One line a fault.
pub fn readable(fault: &Fault) -> String {
    match &fault.row {
        Some(row) => format!("{} {row}: {}", fault.table, fault.what),
        None => format!("{}: {}", fault.table, fault.what),
    }
}

/// Examines the data; fails where anything is wrong.
pub fn run(args: &Args, json: bool) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let found: Examination = runtime.block_on(async {
        let store = super::open_store(&args.place).await?;
        let found = store.examine().await.context("the database cannot be read")?;
        let swept = store.sweep_originals().await.context("the files cannot be listed")?;
        if swept > 0 {
            eprintln!("bespoke: {swept} files that belonged to nothing were deleted");
        }
        store.close().await;
        Ok::<_, Failure>(found)
    })?;
    if json {
        let fault = |f: &Fault| json!({ "table": f.table, "row": f.row, "what": f.what });
        let faults: Vec<_> = found.faults.iter().map(fault).collect();
        print_json(&json!({ "rows": found.rows, "opened": found.opened, "faults": faults }))?;
    } else if found.faults.is_empty() {
        let (rows, opened) = (found.rows, found.opened);
        print_text(&format!(
            "{rows} rows and {opened} sealed values were read: all is well."
        ))?;
    } else {
        print_text(&found.faults.iter().map(readable).collect::<Vec<_>>().join("\n"))?;
    }
    match found.faults.len() {
        0 => Ok(()),
        1 => Err(Failure::Other(anyhow!("there is a fault: restore a backup"))),
        n => Err(Failure::Other(anyhow!("there are {n} faults: restore a backup"))),
    }
}
