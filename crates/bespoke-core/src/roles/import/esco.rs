//! The CSV tables of an ESCO release (esco.ec.europa.eu) in one language.
//!
//! Needed: `occupations_xx.csv`. Taken where they are there: `skills_xx.csv` with `occupationSkillRelations_xx.csv`
//! (essential skills are required, optional ones nice to have), `ISCOGroups_xx.csv` (families).

use super::table::{Table, key};
use super::{Found, ImportError, NAMES, SKILLS, TaxonomyFile, capital, empty_role, rank_of, skill};
use crate::roles::{Role, RoleSkill};
use std::collections::HashMap;

const ESSENTIAL: f32 = 0.8;
const OPTIONAL: f32 = 0.4;

const TABLES: [&str; 4] = ["occupations", "skills", "occupationskillrelations", "iscogroups"];

/// The name of a table without its language: `occupations_en.csv` → occupations.
fn stem(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    key(stem.split_once('_').map_or(stem, |(name, _)| name))
}

/// True for the tables that are read.
pub(super) fn is_table(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".csv") && TABLES.contains(&stem(name).as_str())
}

/// The table whose name starts so, whatever its language: `occupations_en.csv`, `occupations.csv`.
fn table<'f>(files: &'f [TaxonomyFile], wanted: &str) -> Option<&'f TaxonomyFile> {
    files.iter().find(|f| stem(&f.name) == wanted)
}

/// The table of occupations: known by its columns too, since a company's own file may be called `occupations.csv`.
pub(super) fn occupations(files: &[TaxonomyFile]) -> Option<&TaxonomyFile> {
    table(files, "occupations").filter(|f| Table::of(f).is_ok_and(|t| t.has("conceptUri") && t.has("preferredLabel")))
}

/// Reads the roles of a release and the name of the table that lists them.
pub(super) fn read(files: &[TaxonomyFile]) -> Result<(String, Vec<Found>), ImportError> {
    let file = table(files, "occupations").ok_or(ImportError::Missing {
        table: "occupations_en.csv",
        release: "ESCO",
    })?;
    let list = Table::of(file)?;
    list.need(&["conceptUri", "preferredLabel", "description"])?;
    let groups = names(files, "iscogroups", "code")?;
    let labels = names(files, "skills", "conceptUri")?;
    let mut needs = skills(files, &labels)?;
    let mut out = Vec::new();
    for row in list.rows() {
        let uri = row.need("conceptUri")?;
        let code = row.get("code");
        let isco = row.get("iscoGroup");
        let title = capital(row.need("preferredLabel")?);
        let description = match row.get("description") {
            "" => row.get("definition"),
            text => text,
        };
        if description.is_empty() {
            return Err(row.fault("description", "is empty"));
        }
        let (mut required, mut nice) = needs.remove(uri).unwrap_or_default();
        required.truncate(SKILLS);
        nice.truncate(SKILLS);
        let short = if code.is_empty() {
            uri.rsplit('/').next().unwrap_or(uri)
        } else {
            code
        };
        let mut role = Role {
            id: format!("esco-{}", short.replace('.', "-")),
            seniority: rank_of(&title),
            title,
            description: description.split_whitespace().collect::<Vec<_>>().join(" "),
            family: groups.get(isco).cloned().unwrap_or_default(),
            esco: [code]
                .into_iter()
                .filter(|c| !c.is_empty())
                .map(str::to_owned)
                .collect(),
            aliases: row.get("altLabels").lines().map(capital).collect(),
            required,
            nice,
            ..empty_role()
        };
        super::tidy(&mut role);
        role.aliases.truncate(NAMES);
        out.push(Found { role, row: row.number });
    }
    Ok((list.file().to_owned(), out))
}

/// Preferred labels of a table by one of its columns; none where the release lacks the table.
fn names(files: &[TaxonomyFile], wanted: &str, by: &str) -> Result<HashMap<String, String>, ImportError> {
    let Some(file) = table(files, wanted) else {
        return Ok(HashMap::new());
    };
    let table = Table::of(file)?;
    table.need(&[by, "preferredLabel"])?;
    let pairs = table
        .rows()
        .map(|r| (r.get(by).to_owned(), r.get("preferredLabel").to_owned()));
    Ok(pairs.collect())
}

type Needs = HashMap<String, (Vec<RoleSkill>, Vec<RoleSkill>)>;

/// Essential and optional skills of each occupation.
fn skills(files: &[TaxonomyFile], labels: &HashMap<String, String>) -> Result<Needs, ImportError> {
    let mut out = Needs::new();
    let Some(file) = table(files, "occupationskillrelations") else {
        return Ok(out);
    };
    let table = Table::of(file)?;
    table.need(&["occupationUri", "relationType", "skillUri"])?;
    for row in table.rows() {
        let uri = row.need("skillUri")?;
        let label = match row.get("skillLabel") {
            "" => labels.get(uri).map_or("", String::as_str),
            label => label,
        };
        if label.is_empty() {
            return Err(row.fault("skillUri", format!("{uri} is not in the table `skills`")));
        }
        let (essential, optional) = out.entry(row.need("occupationUri")?.to_owned()).or_default();
        match row.get("relationType") {
            "essential" => essential.push(skill(label, ESSENTIAL)),
            "optional" => optional.push(skill(label, OPTIONAL)),
            other => return Err(row.fault("relationType", format!("“{other}” is neither essential nor optional"))),
        }
    }
    Ok(out)
}
