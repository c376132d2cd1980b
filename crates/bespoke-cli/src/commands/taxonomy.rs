//! `bespoke taxonomy list`.

use super::{print_json, print_text};
use crate::failure::Failure;
use bespoke_core::roles::Taxonomy;
use std::fmt::Write;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// List the roles
    List,
}

/// Shows the taxonomy.
pub fn run(args: &Args, json: bool) -> Result<(), Failure> {
    match args.command {
        Command::List if json => print_json(&Taxonomy::builtin().roles()),
        Command::List => {
            let mut out = String::new();
            for role in Taxonomy::builtin().roles() {
                let _ = writeln!(out, "{:<36} {:<40} {}", role.id, role.title, role.family);
            }
            print_text(&out)
        }
    }
}
