//! `bespoke worker`: reads one file from standard input, or draws one through a template that somebody made, in a
//! process that can do nothing else. Started by the other commands and by the server; `--check` says what this kernel
//! lacks.

use super::print_text;
use crate::failure::Failure;
use anyhow::Context;
use bespoke_models::reader::{Reader, sandbox, worker};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Say whether this system can lock the reading process in
    #[arg(long)]
    check: bool,
    /// Draw one résumé through a template that somebody made
    #[arg(long, conflicts_with = "check")]
    draw: bool,
}

/// One task, one answer.
pub fn run(args: &Args) -> Result<(), Failure> {
    if args.draw {
        // Typst wants a pool of threads, and none can be started from here on: this one is all of it.
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread();
        pool.build_global().context("the pool of threads")?;
        sandbox::lock_in();
        return Ok(bespoke_server::drawing::run()?);
    }
    if !args.check {
        return Ok(worker::run()?);
    }
    let program = std::env::current_exe()?;
    let lacks = Reader::sandboxed(program).lacks().map_err(anyhow::Error::from)?;
    print_text(&match lacks[..] {
        [] => "files are read in a locked-in process: limits, Landlock and seccomp hold".to_owned(),
        _ => format!(
            "files are read in a process of their own, without: {}",
            lacks.join("; ")
        ),
    })
}
