//! Further taxonomies: the files of an O*NET or ESCO release, or a company's own CSV or JSON, become roles.
//!
//! Files come as bytes with their names, roles leave; what is wrong is told with file, row and field.

mod esco;
mod onet;
mod own;
mod table;

use super::{Role, RoleSkill, Seniority, Taxonomy};
use crate::ingest::IngestError;
use crate::ingest::archive::Archive;
use crate::text::fold;
use std::collections::HashMap;

/// Other names taken from a release for each role: more cost time at every ranking and say the same again.
const NAMES: usize = 12;
/// Skills taken from a release for each role, in each of the two groups.
const SKILLS: usize = 20;

/// How roles are written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaxonomyFormat {
    /// The text or CSV tables of an O*NET release; `Occupation Data` is needed.
    Onet,
    /// The CSV tables of an ESCO release in one language; `occupations_xx.csv` is needed.
    Esco,
    /// One table with a row for each role.
    Csv,
    /// A list of objects, or an object with the list `roles`, or an object in each line.
    Json,
}

/// A file to read roles from.
#[derive(Debug, Clone)]
pub struct TaxonomyFile {
    /// Its name, by which the tables of a release are told apart.
    pub name: String,
    /// What it holds: UTF-8 text.
    pub bytes: Vec<u8>,
}

/// Why files do not become a taxonomy.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It is not clear what the files are.
    #[error("{0} is neither a table of O*NET or ESCO nor roles as CSV or JSON: say which with --format")]
    Unknown(String),
    /// A release lacks a table.
    #[error("the table `{table}` of the {release} release is missing")]
    Missing {
        /// Its usual file name.
        table: &'static str,
        /// O*NET or ESCO.
        release: &'static str,
    },
    /// A table lacks a column.
    #[error("{file}: the column `{field}` is missing; the first row names the columns")]
    Column {
        /// The file.
        file: String,
        /// The column.
        field: String,
    },
    /// A file is not what its name says.
    #[error("{file}: {fault}")]
    Syntax {
        /// The file.
        file: String,
        /// What is wrong and where.
        fault: String,
    },
    /// A value cannot be used.
    #[error("{file}, row {row}, field `{field}`: {fault}")]
    Field {
        /// The file.
        file: String,
        /// Its row; the first is 1, which in a table names the columns.
        row: usize,
        /// The field.
        field: String,
        /// What is wrong with it.
        fault: String,
    },
}

/// A role and where it was written.
struct Found {
    role: Role,
    row: usize,
}

/// Reads roles; `name` becomes the family of those that have none. With `format` absent the names and columns decide.
///
/// # Errors
/// The first fault that is met, with file, row and field.
pub fn import(files: &[TaxonomyFile], format: Option<TaxonomyFormat>, name: &str) -> Result<Vec<Role>, ImportError> {
    let first = files
        .first()
        .ok_or_else(|| ImportError::Unknown("an empty folder".into()))?;
    let format = format
        .or_else(|| guess(files))
        .ok_or_else(|| ImportError::Unknown(first.name.clone()))?;
    let (file, found) = match format {
        TaxonomyFormat::Onet => onet::read(files)?,
        TaxonomyFormat::Esco => esco::read(files)?,
        TaxonomyFormat::Csv => own::read_csv(first)?,
        TaxonomyFormat::Json => own::read_json(first)?,
    };
    sound(&file, found, name)
}

/// The tables inside a ZIP: those that are read of a release, or all that it holds where it is none.
///
/// # Errors
/// A ZIP that is damaged, locked, or unpacks to more than 120 MB of such tables.
pub fn unpack(bytes: &[u8]) -> Result<Vec<TaxonomyFile>, IngestError> {
    let mut archive = Archive::open(bytes, "ZIP")?;
    let mut names = archive.names();
    names.retain(|n| {
        let ending = n.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        matches!(ending.as_str(), "txt" | "csv" | "tsv" | "json" | "jsonl") && !n.starts_with("__MACOSX/")
    });
    names.sort();
    let base = |name: &str| name.rsplit('/').next().unwrap_or(name).to_owned();
    let known = |name: &String| onet::is_table(&base(name)) || esco::is_table(&base(name));
    if names.iter().any(known) {
        names.retain(known);
    }
    names
        .iter()
        .map(|name| {
            Ok(TaxonomyFile {
                name: base(name),
                bytes: archive.bytes(name)?,
            })
        })
        .collect()
}

fn guess(files: &[TaxonomyFile]) -> Option<TaxonomyFormat> {
    if onet::table(files, "occupationdata").is_some() {
        return Some(TaxonomyFormat::Onet);
    }
    if esco::occupations(files).is_some() {
        return Some(TaxonomyFormat::Esco);
    }
    let [file] = files else { return None };
    match file.name.rsplit('.').next()?.to_ascii_lowercase().as_str() {
        "json" | "jsonl" | "ndjson" => Some(TaxonomyFormat::Json),
        "csv" | "tsv" | "txt" => Some(TaxonomyFormat::Csv),
        _ => None,
    }
}

/// Gives every role its id and family, and holds them against what a taxonomy must be.
fn sound(file: &str, found: Vec<Found>, name: &str) -> Result<Vec<Role>, ImportError> {
    let mut rows: HashMap<String, usize> = HashMap::new();
    let mut out = Vec::with_capacity(found.len());
    for Found { mut role, row } in found {
        let fault = |field: &str, fault: String| ImportError::Field {
            file: file.to_owned(),
            row,
            field: field.to_owned(),
            fault,
        };
        for (field, value) in [("title", &role.title), ("description", &role.description)] {
            if value.trim().is_empty() {
                return Err(fault(field, "is empty".into()));
            }
        }
        let given = !role.id.trim().is_empty();
        if !given {
            role.id = slug(&role.title);
        }
        if role.family.is_empty() {
            role.family = name.to_owned();
        }
        if let Some(before) = rows.insert(role.id.clone(), row) {
            let field = if given { "id" } else { "title" };
            return Err(fault(field, format!("“{}” stands in row {before} too", role.id)));
        }
        tidy(&mut role);
        out.push(role);
    }
    if out.is_empty() {
        return Err(ImportError::Syntax {
            file: file.to_owned(),
            fault: "it holds no roles".into(),
        });
    }
    // What is checked here is already told with its row; this is for what a later rule adds.
    Taxonomy::of(out.clone()).map_err(|e| ImportError::Syntax {
        file: file.to_owned(),
        fault: e.to_string(),
    })?;
    Ok(out)
}

/// Takes out what is said twice: names equal to the title or to one another, skills named before.
fn tidy(role: &mut Role) {
    let mut seen = std::collections::HashSet::from([fold(&role.title)]);
    role.aliases.retain(|a| !a.trim().is_empty() && seen.insert(fold(a)));
    let mut seen = std::collections::HashSet::new();
    for list in [&mut role.required, &mut role.nice] {
        list.retain(|s| !s.name.trim().is_empty() && seen.insert(fold(&s.name)));
        list.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.name.cmp(&b.name)));
    }
}

/// "C++ Developer (Berlin)" → `c-developer-berlin`.
fn slug(title: &str) -> String {
    let folded = fold(title);
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    words.join("-")
}

/// "air traffic controller" → "Air traffic controller".
fn capital(text: &str) -> String {
    let mut chars = text.trim().chars();
    chars
        .next()
        .map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

fn skill(name: &str, weight: f32) -> RoleSkill {
    RoleSkill {
        name: capital(name),
        weight,
    }
}

fn empty_role() -> Role {
    Role {
        id: String::new(),
        title: String::new(),
        family: String::new(),
        seniority: Seniority::Mid,
        ladder: Vec::new(),
        description: String::new(),
        required: Vec::new(),
        nice: Vec::new(),
        aliases: Vec::new(),
        onet: String::new(),
        esco: Vec::new(),
        education: String::new(),
        neighbours: Vec::new(),
    }
}

/// The rank that a title names; else the middle one.
fn rank_of(title: &str) -> Seniority {
    crate::job::seniority(title, None).unwrap_or(Seniority::Mid)
}
