//! `bespoke user list | export | delete`.

use super::{print_json, print_text};
use crate::config::Where;
use crate::failure::Failure;
use anyhow::Context;
use bespoke_store::{Person, Store, normal_email};
use serde_json::json;
use std::fmt::Write;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// List everybody, with their e-mail address where they have an account
    List {
        #[command(flatten)]
        place: Where,
    },
    /// Write everything that is kept of somebody into a ZIP
    Export {
        /// Id of the workspace, or e-mail address
        who: String,
        /// The ZIP to write
        #[arg(long, short, value_name = "FILE")]
        out: PathBuf,
        #[command(flatten)]
        place: Where,
    },
    /// Delete somebody with everything; it cannot be taken back
    Delete {
        /// Id of the workspace, or e-mail address
        who: String,
        /// Really delete
        #[arg(long)]
        yes: bool,
        #[command(flatten)]
        place: Where,
    },
}

async fn find(store: &Store, who: &str) -> Result<String, Failure> {
    if who.contains('@')
        && let Some(account) = store.account_by_email(who).await.context("the store failed")?
    {
        return Ok(account.workspace_id);
    }
    let found = store.workspace_by_id(who).await.context("the store failed")?;
    found.map(|w| w.id).ok_or_else(|| Failure::Input {
        path: normal_email(who),
        reason: "there is nobody with this id or e-mail address; `bespoke user list` shows all".into(),
    })
}

fn listed(people: &[Person]) -> String {
    let mut out = String::new();
    for person in people {
        let email = person.email.as_deref().unwrap_or("(guest)");
        let count = person.resumes;
        let _ = writeln!(
            out,
            "{}  {}  {count:>3} résumés  {email}",
            person.workspace_id, person.created_at
        );
    }
    out
}

/// Works on people.
pub fn run(args: &Args, json: bool) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match &args.command {
            Command::List { place } => {
                let store = super::open_store(place).await?;
                let people = store.people().await.context("the store failed")?;
                store.close().await;
                if !json {
                    return print_text(&listed(&people));
                }
                let each = |p: &Person| json!({ "workspace_id": p.workspace_id, "email": p.email, "resumes": p.resumes, "created_at": p.created_at });
                print_json(&people.iter().map(each).collect::<Vec<_>>())
            }
            Command::Export { who, out, place } => {
                let store = super::open_store(place).await?;
                let id = find(&store, who).await?;
                let bytes = bespoke_server::takeout::pack(&store, &id).await.map_err(|e| Failure::Other(e.into()))?;
                store.close().await;
                std::fs::write(out, &bytes).map_err(|error| Failure::Input {
                    path: out.display().to_string(),
                    reason: error.to_string(),
                })?;
                print_text(&format!("{} bytes are in {}", bytes.len(), out.display()))
            }
            Command::Delete { who, yes, place } => {
                let store = super::open_store(place).await?;
                let id = find(&store, who).await?;
                if !yes {
                    return Err(Failure::Usage(format!(
                        "this deletes {id} with everything and cannot be taken back: add --yes"
                    )));
                }
                let receipt = store.delete_person(&id).await.context("the store failed")?;
                store.close().await;
                if json {
                    return print_json(&json!({ "id": receipt.id, "deleted_at": receipt.deleted_at, "removed": receipt.removed }));
                }
                let mut out = format!("deleted at {} (receipt {}):\n", receipt.deleted_at, receipt.id);
                for (what, count) in &receipt.removed {
                    let _ = writeln!(out, "  {count:>5}  {what}");
                }
                print_text(&out)
            }
        }
    })
}
