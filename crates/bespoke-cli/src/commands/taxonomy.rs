//! `bespoke taxonomy list`, `import`, `remove`, `warm`, `check`.

use super::{print_json, print_text};
use crate::config::DataArgs;
use crate::engines::{ModelArgs, cache_dir};
use crate::failure::Failure;
use bespoke_core::json_resume::from_json_resume;
use bespoke_core::roles::{self, Role, Taxonomy, TaxonomyFile, TaxonomyFormat};
use bespoke_models::{Recommender, taxonomies};
use serde_json::json;
use std::borrow::Cow;
use std::fmt::Write;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// List the roles, those that were imported too
    List {
        #[command(flatten)]
        data: DataArgs,
    },
    /// Add the roles of an O*NET or ESCO release, or your own as CSV or JSON
    Import(Import),
    /// Remove roles that were imported
    Remove {
        /// The name that they were imported under
        name: String,
        #[command(flatten)]
        data: DataArgs,
    },
    /// Look whether every role is found by its own description and its other names
    Check {
        /// Look at every n-th role only
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
        step: u16,
        #[command(flatten)]
        models: ModelArgs,
    },
    /// Compute the vectors of all roles now, so that the first start is quick
    Warm {
        #[command(flatten)]
        data: DataArgs,
        #[command(flatten)]
        models: ModelArgs,
    },
}

#[derive(Debug, clap::Args)]
struct Import {
    /// A file, a ZIP or a folder with the tables of a release
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// What they are [default: as names and columns show]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Name to keep them under; what it held before is replaced [default: the name of the file]
    #[arg(long)]
    name: Option<String>,
    #[command(flatten)]
    data: DataArgs,
    #[command(flatten)]
    models: ModelArgs,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Format {
    Onet,
    Esco,
    Csv,
    Json,
}

/// Shows and changes the taxonomies.
pub fn run(args: &Args, json: bool) -> Result<(), Failure> {
    match &args.command {
        Command::List { data } => list(&data.folder()?, json),
        Command::Import(args) => import(args, json),
        Command::Remove { name, data } => {
            if taxonomies::remove(&data.folder()?, name).map_err(failure)? {
                print_text(&format!("removed {name}"))
            } else {
                Err(Failure::Usage(format!("no taxonomy was imported as {name}")))
            }
        }
        Command::Check { step, models } => check(usize::from(*step), models, json),
        Command::Warm { data, models } => {
            let all = taxonomies::all(&data.folder()?).map_err(failure)?;
            Recommender::open(&models.embedder()?, Cow::Owned(all), &cache_dir());
            Ok(())
        }
    }
}

fn failure(error: taxonomies::TaxonomiesError) -> Failure {
    match error {
        taxonomies::TaxonomiesError::Name(_) => Failure::Usage(error.to_string()),
        error => Failure::Other(anyhow::Error::new(error)),
    }
}

fn list(data: &Path, json: bool) -> Result<(), Failure> {
    let all = taxonomies::all(data).map_err(failure)?;
    if json {
        return print_json(&all.roles());
    }
    let mut out = String::new();
    for role in all.roles() {
        let _ = writeln!(out, "{:<36} {:<40} {}", role.id, role.title, role.family);
    }
    print_text(&out)
}

/// Ranks a person who says nothing but a role's description, then one who has nothing but one of its other names as
/// headline, and counts where the role comes.
fn check(step: usize, models: &ModelArgs, json: bool) -> Result<(), Failure> {
    let embedder = models.embedder()?;
    let recommender = Recommender::open(&embedder, Cow::Borrowed(Taxonomy::builtin()), &cache_dir());
    let place = |basics: serde_json::Value, id: &str| {
        let resume = from_json_resume(&json!({ "basics": basics }));
        let fits = recommender.rank(&embedder, &resume, 0.7, 5);
        fits.iter().position(|f| f.role == id)
    };
    let (mut first, mut roles, mut five, mut names) = (0, 0, 0, 0);
    let mut lost = Vec::new();
    for role in Taxonomy::builtin().roles().iter().step_by(step) {
        roles += 1;
        match place(json!({ "summary": role.description }), &role.id) {
            Some(0) => first += 1,
            _ => lost.push(format!("{}: by its description", role.id)),
        }
        for name in &role.aliases {
            names += 1;
            match place(json!({ "label": name }), &role.id) {
                Some(_) => five += 1,
                None => lost.push(format!("{}: by “{name}”", role.id)),
            }
        }
    }
    let share = |part: usize, all: usize| part as f64 / all.max(1) as f64;
    if json {
        return print_json(&json!({
            "roles": roles, "first_by_description": share(first, roles),
            "other_names": names, "top_five_by_name": share(five, names), "lost": lost,
        }));
    }
    print_text(&format!(
        "{roles} roles: {:.3} are first by their own description\n{names} other names: {:.3} bring their role among the first five\n{}",
        share(first, roles),
        share(five, names),
        lost.join("\n")
    ))
}

fn import(args: &Import, json: bool) -> Result<(), Failure> {
    let files = read(&args.files)?;
    let name = args.name.clone().unwrap_or_else(|| usual_name(&args.files[0]));
    let format = args.format.map(|f| match f {
        Format::Onet => TaxonomyFormat::Onet,
        Format::Esco => TaxonomyFormat::Esco,
        Format::Csv => TaxonomyFormat::Csv,
        Format::Json => TaxonomyFormat::Json,
    });
    let roles = roles::import(&files, format, &name).map_err(|e| Failure::Input {
        path: args.files[0].display().to_string(),
        reason: e.to_string(),
    })?;
    // Opened before anything is written: a lacking model must not leave half an import behind.
    let embedder = args.models.embedder()?;
    let data = args.data.folder()?;
    let imported = taxonomies::save(&data, &name, roles).map_err(failure)?;
    eprintln!("computing the vectors of {} roles, once", imported.roles.len());
    let all = taxonomies::all(&data).map_err(failure)?;
    Recommender::open(&embedder, Cow::Owned(all), &cache_dir());
    let count = |of: fn(&Role) -> usize| imported.roles.iter().map(of).sum::<usize>();
    let (names, skills) = (count(|r| r.aliases.len()), count(|r| r.required.len() + r.nice.len()));
    let roles = imported.roles.len();
    if json {
        return print_json(&json!({ "name": name, "roles": roles, "other_names": names, "skills": skills }));
    }
    print_text(&format!(
        "imported {roles} roles as {name}, with {names} other names and {skills} links to skills; {} roles are built in",
        Taxonomy::builtin().roles().len()
    ))
}

/// "db_29_2_text.zip" → "db_29_2_text".
fn usual_name(path: &Path) -> String {
    let stem = path
        .file_stem()
        .map(|s| s.to_string_lossy().to_string())
        .unwrap_or_default();
    let plain = stem.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' });
    plain.collect::<String>().trim_matches('-').to_lowercase()
}

/// The files named, those of the folders named, and those inside a ZIP.
fn read(paths: &[PathBuf]) -> Result<Vec<TaxonomyFile>, Failure> {
    let failure = |path: &Path, reason: String| Failure::Input {
        path: path.display().to_string(),
        reason,
    };
    let mut files = Vec::new();
    let mut open: Vec<PathBuf> = paths.iter().rev().cloned().collect();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let entries = std::fs::read_dir(&path).map_err(|e| failure(&path, e.to_string()))?;
            let mut inside: Vec<PathBuf> = entries.filter_map(Result::ok).map(|e| e.path()).collect();
            inside.sort();
            open.extend(inside.into_iter().rev().filter(|p| p.is_file()));
            continue;
        }
        let bytes = std::fs::read(&path).map_err(|e| failure(&path, e.to_string()))?;
        let name = path
            .file_name()
            .map(|n| n.to_string_lossy().to_string())
            .unwrap_or_default();
        if bytes.starts_with(b"PK\x03\x04") {
            files.extend(roles::unpack(&bytes).map_err(|e| failure(&path, e.to_string()))?);
        } else {
            files.push(TaxonomyFile { name, bytes });
        }
    }
    Ok(files)
}
