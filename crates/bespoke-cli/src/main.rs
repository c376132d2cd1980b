//! `bespoke`: the only binary. Results go to stdout, messages to stderr; the exit code is 0 only on success.

mod commands;
mod config;
mod engines;
mod failure;
mod input;
mod model_endpoint;
mod telemetry;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use std::process::ExitCode;

const EXIT_CODES: &str = "Exit codes:
  0  success
  1  something failed that is not the input's fault (disk, network, a bug)
  2  the command line is wrong
  3  a file could not be read, or its format is not supported
  4  a model is missing or damaged (run `make models`)
  5  the evidence gate refused: the output would say what the résumé does not";

/// Reads a résumé, says which roles fit, tailors it to a job without inventing anything, and renders it.
#[derive(Debug, Parser)]
#[command(name = "bespoke", version, after_help = EXIT_CODES)]
struct Cli {
    /// Print JSON instead of text
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read a résumé and show what was understood
    Parse(commands::parse::Args),
    /// Show which roles fit, and why
    Roles(commands::roles::Args),
    /// Show what a job description asks for
    Job(commands::job::Args),
    /// Read the openings of job boards and rank them for a résumé
    Jobs(commands::jobs::Args),
    /// Judge a résumé: ATS safety, layout, content
    Audit(commands::audit::Args),
    /// Show how well a résumé matches a job, and why
    Match(commands::matching::Args),
    /// Tailor a résumé to a job; says what changed and why
    Tailor(commands::tailor::Args),
    /// Write a cover letter out of a résumé's own evidence
    Letter(commands::letter::Args),
    /// Prepare an interview: likely questions, and your own stories as answers
    Interview(commands::interview::Args),
    /// Render a JSON Resume (or our own JSON) through a template
    Render(commands::render::Args),
    /// Export a résumé, read the file again and say what survived
    Certify(commands::certify::Args),
    /// Start the server and the web page
    Serve(commands::serve::Args),
    /// Replace the master key that the data are sealed with
    Keys(commands::keys::Args),
    /// List people, export or delete one
    User(commands::user::Args),
    /// List teams and their members, or delete a team
    Team(commands::team::Args),
    /// Show or check the configuration of the server
    Config(commands::config::Args),
    /// Read everything in the data and say what is not as it should be
    Doctor(commands::doctor::Args),
    /// Copy the data while the server runs
    Backup(commands::backup::BackupArgs),
    /// Check a backup in full and put it in place
    Restore(commands::backup::RestoreArgs),
    /// Ask a running server whether it is ready
    Health(commands::health::Args),
    /// List files whose reading was given up, or read them again
    Queue(commands::queue::Args),
    /// Serve the engines as tools to a person's assistant (Model Context Protocol on standard input and output)
    Mcp(commands::mcp::Args),
    /// Show what people do here, as numbers, and trials of templates
    Stats(commands::stats::Args),
    /// Learn from the feedback of those who agreed how roles are ranked, or go back to an earlier version
    Learn(commands::learn::Args),
    /// Show the roles that résumés are compared with
    Taxonomy(commands::taxonomy::Args),
    /// Measure milliseconds per stage on this machine
    Bench(commands::bench::Args),
    /// Read one file from standard input in a locked-in process (other commands start it)
    Worker(commands::worker::Args),
    /// Print a completion script for a shell
    Completions {
        /// bash, zsh, fish, elvish or powershell
        shell: clap_complete::Shell,
    },
}

/// A variable that is set to nothing is not set: so a container takes back what its image sets.
fn without_empty_variables(command: clap::Command) -> clap::Command {
    let is_empty = |name: &std::ffi::OsStr| std::env::var_os(name).is_some_and(|value| value.is_empty());
    command
        .mut_args(|arg| match arg.get_env().is_some_and(is_empty) {
            true => arg.env(None::<&str>),
            false => arg,
        })
        .mut_subcommands(without_empty_variables)
}

fn main() -> ExitCode {
    let matches = without_empty_variables(Cli::command()).get_matches();
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let result = match cli.command {
        Command::Parse(args) => commands::parse::run(&args, cli.json),
        Command::Roles(args) => commands::roles::run(&args, cli.json),
        Command::Job(args) => commands::job::run(&args, cli.json),
        Command::Jobs(args) => commands::jobs::run(&args, cli.json),
        Command::Audit(args) => commands::audit::run(&args, cli.json),
        Command::Match(args) => commands::matching::run(&args, cli.json),
        Command::Tailor(args) => commands::tailor::run(&args, cli.json),
        Command::Letter(args) => commands::letter::run(&args, cli.json),
        Command::Interview(args) => commands::interview::run(&args, cli.json),
        Command::Render(args) => commands::render::run(&args, cli.json),
        Command::Certify(args) => commands::certify::run(&args, cli.json),
        Command::Serve(args) => commands::serve::run(&args),
        Command::Keys(args) => commands::keys::run(&args, cli.json),
        Command::User(args) => commands::user::run(&args, cli.json),
        Command::Team(args) => commands::team::run(&args, cli.json),
        Command::Config(args) => commands::config::run(&args),
        Command::Doctor(args) => commands::doctor::run(&args, cli.json),
        Command::Backup(args) => commands::backup::backup(&args),
        Command::Restore(args) => commands::backup::restore(&args),
        Command::Health(args) => commands::health::run(&args),
        Command::Queue(args) => commands::queue::run(&args, cli.json),
        Command::Mcp(args) => commands::mcp::run(&args),
        Command::Stats(args) => commands::stats::run(&args, cli.json),
        Command::Learn(args) => commands::learn::run(&args, cli.json),
        Command::Taxonomy(args) => commands::taxonomy::run(&args, cli.json),
        Command::Bench(args) => commands::bench::run(&args, cli.json),
        Command::Worker(args) => commands::worker::run(&args),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Cli::command(), "bespoke", &mut std::io::stdout());
            Ok(())
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) if failure.is_closed_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            failure.exit_code()
        }
    }
}
