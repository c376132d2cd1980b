//! `bespoke taxonomy list`.

use super::{print_json, print_text};
use crate::failure::Failure;
use bespoke_core::roles::taxonomy;
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
        Command::List if json => print_json(&taxonomy()),
        Command::List => {
            let mut out = String::new();
            for role in taxonomy() {
                let _ = writeln!(out, "{:<36} {:<40} {}", role.id, role.title, role.family);
            }
            print_text(&out)
        }
    }
}
