//! `bespoke team list | delete`.

use super::{print_json, print_text};
use crate::config::Where;
use crate::failure::Failure;
use anyhow::Context;
use bespoke_store::TeamSummary;
use serde_json::json;
use std::fmt::Write;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// List every team with its members
    List {
        #[command(flatten)]
        place: Where,
    },
    /// Delete a team with everything; it cannot be taken back
    Delete {
        /// Id of the team
        id: String,
        /// Really delete
        #[arg(long)]
        yes: bool,
        #[command(flatten)]
        place: Where,
    },
}

fn line(team: &TeamSummary) -> String {
    format!(
        "{}  {}  {:>3} résumés  {:>3} members  {}\n",
        team.team.id, team.team.created_at, team.resumes, team.members, team.team.name
    )
}

/// Works on teams.
pub fn run(args: &Args, json: bool) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match &args.command {
            Command::List { place } => {
                let store = super::open_store(place).await?;
                let mut out = String::new();
                let mut each = Vec::new();
                for team in store.teams().await.context("the store failed")? {
                    let members = store.members(&team.team.id).await.context("the store failed")?;
                    out.push_str(&line(&team));
                    for member in &members {
                        let _ = writeln!(out, "    {:<9}  {}", member.role, member.email);
                    }
                    let members = members
                        .iter()
                        .map(|m| json!({ "workspace_id": m.member_id, "email": m.email, "role": m.role }));
                    each.push(json!({
                        "id": team.team.id, "name": team.team.name, "created_at": team.team.created_at,
                        "resumes": team.resumes, "members": members.collect::<Vec<_>>(),
                    }));
                }
                store.close().await;
                if json { print_json(&each) } else { print_text(&out) }
            }
            Command::Delete { id, yes, place } => {
                let store = super::open_store(place).await?;
                let teams = store.teams().await.context("the store failed")?;
                let Some(team) = teams.into_iter().find(|team| team.team.id == *id) else {
                    return Err(Failure::Input {
                        path: id.clone(),
                        reason: "there is no such team; `bespoke team list` shows all".into(),
                    });
                };
                if !yes {
                    return Err(Failure::Usage(format!(
                        "this deletes the team “{}” with everything and cannot be taken back: add --yes",
                        team.team.name
                    )));
                }
                let receipt = store.delete_person(id).await.context("the store failed")?;
                store.close().await;
                print_text(&format!("deleted at {} (receipt {})\n", receipt.deleted_at, receipt.id))
            }
        }
    })
}
