//! The tables of an O*NET release (onetcenter.org/database.html), as text with tabs or as CSV.
//!
//! Needed: `Occupation Data`. Taken where they are there: `Alternate Titles` and `Sample of Reported Titles` (other
//! names), `Knowledge` and `Skills` (required, by importance), `Technology Skills` (nice to have, hot ones first),
//! `Job Zones` (education), `Related Occupations` (neighbours).

use super::table::{Row, Table, key};
use super::{Found, ImportError, NAMES, SKILLS, TaxonomyFile, empty_role, rank_of, skill};
use crate::roles::{Role, Seniority};
use std::collections::HashMap;

const CODE: &str = "O*NET-SOC Code";
/// Importance runs from 1 to 5; from here on a skill is counted as one that the work needs.
const IMPORTANT: f32 = 3.5;
/// Knowledge and general skills that a role takes at most: the rest says little about it.
const GENERAL: usize = 8;

/// Names of the tables without blanks and endings.
const TABLES: [&str; 8] = [
    "occupationdata",
    "alternatetitles",
    "sampleofreportedtitles",
    "knowledge",
    "skills",
    "technologyskills",
    "jobzones",
    "relatedoccupations",
];

/// Major groups of the Standard Occupational Classification 2018, by their first two digits.
const GROUPS: [(&str, &str); 23] = [
    ("11", "Management"),
    ("13", "Business and Financial Operations"),
    ("15", "Computer and Mathematical"),
    ("17", "Architecture and Engineering"),
    ("19", "Life, Physical, and Social Science"),
    ("21", "Community and Social Service"),
    ("23", "Legal"),
    ("25", "Educational Instruction and Library"),
    ("27", "Arts, Design, Entertainment, Sports, and Media"),
    ("29", "Healthcare Practitioners and Technical"),
    ("31", "Healthcare Support"),
    ("33", "Protective Service"),
    ("35", "Food Preparation and Serving Related"),
    ("37", "Building and Grounds Cleaning and Maintenance"),
    ("39", "Personal Care and Service"),
    ("41", "Sales and Related"),
    ("43", "Office and Administrative Support"),
    ("45", "Farming, Fishing, and Forestry"),
    ("47", "Construction and Extraction"),
    ("49", "Installation, Maintenance, and Repair"),
    ("51", "Production"),
    ("53", "Transportation and Material Moving"),
    ("55", "Military Specific"),
];

/// The table whose name, without its ending, case and signs, is this.
pub(super) fn table<'f>(files: &'f [TaxonomyFile], wanted: &str) -> Option<&'f TaxonomyFile> {
    files.iter().find(|f| {
        let stem = f.name.rsplit_once('.').map_or(f.name.as_str(), |(stem, _)| stem);
        key(stem) == wanted
    })
}

/// True for the tables that are read.
pub(super) fn is_table(name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    TABLES.contains(&key(stem).as_str())
}

/// Rows of a table by occupation; none where the release lacks it.
struct ByCode<'t>(HashMap<&'t str, Vec<Row<'t>>>);

impl<'t> ByCode<'t> {
    fn of(table: &'t Option<Table<'t>>) -> ByCode<'t> {
        let mut by_code: HashMap<&str, Vec<Row<'_>>> = HashMap::new();
        for row in table.iter().flat_map(Table::rows) {
            by_code.entry(row.get(CODE)).or_default().push(row);
        }
        ByCode(by_code)
    }

    fn get(&self, code: &str) -> &[Row<'t>] {
        self.0.get(code).map_or(&[], Vec::as_slice)
    }
}

fn open<'f>(files: &'f [TaxonomyFile], name: &str, columns: &[&str]) -> Result<Option<Table<'f>>, ImportError> {
    let Some(file) = table(files, name) else {
        return Ok(None);
    };
    let table = Table::of(file)?;
    table.need(&[CODE])?;
    table.need(columns)?;
    Ok(Some(table))
}

/// Reads the roles of a release and the name of the table that lists them.
pub(super) fn read(files: &[TaxonomyFile]) -> Result<(String, Vec<Found>), ImportError> {
    let list = open(files, "occupationdata", &["Title", "Description"])?.ok_or(ImportError::Missing {
        table: "Occupation Data.txt",
        release: "O*NET",
    })?;
    let names = open(files, "alternatetitles", &["Alternate Title"])?;
    let reported = open(files, "sampleofreportedtitles", &["Reported Job Title"])?;
    let knowledge = open(files, "knowledge", &["Element Name", "Scale ID", "Data Value"])?;
    let skills = open(files, "skills", &["Element Name", "Scale ID", "Data Value"])?;
    let tools = open(files, "technologyskills", &["Example"])?;
    let zones = open(files, "jobzones", &["Job Zone"])?;
    let related = open(files, "relatedoccupations", &["Related O*NET-SOC Code"])?;
    let [names, reported] = [&names, &reported].map(ByCode::of);
    let [knowledge, skills, tools, zones, related] = [&knowledge, &skills, &tools, &zones, &related].map(ByCode::of);
    let mut out = Vec::new();
    for row in list.rows() {
        let code = row.need(CODE)?;
        if !is_code(code) {
            return Err(row.fault(CODE, format!("“{code}” is not a code such as 15-1252.00")));
        }
        let mut role = Role {
            id: format!("onet-{}", code.replace('.', "-")),
            title: row.need("Title")?.to_owned(),
            description: row.need("Description")?.to_owned(),
            onet: code.to_owned(),
            family: GROUPS
                .iter()
                .find(|(group, _)| code.starts_with(group))
                .map_or_else(String::new, |(_, name)| (*name).to_owned()),
            ..empty_role()
        };
        let cells = |rows: &[Row<'_>], column: &str| rows.iter().map(|r| r.get(column).to_owned()).collect::<Vec<_>>();
        role.aliases = cells(reported.get(code), "Reported Job Title");
        role.aliases.extend(cells(names.get(code), "Alternate Title"));
        // Those that people report come first; what stands twice is taken out before the rest is cut.
        super::tidy(&mut role);
        role.aliases.truncate(NAMES);
        role.required = important(knowledge.get(code))?;
        role.required.extend(important(skills.get(code))?);
        role.required.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        role.required.truncate(GENERAL);
        role.nice = tools.get(code).iter().map(tool).collect();
        role.nice.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        role.nice.truncate(SKILLS);
        let zone = zones.get(code).first().map_or("", |r| r.get("Job Zone"));
        role.education = education(zone).to_owned();
        role.seniority = match rank_of(&role.title) {
            Seniority::Mid if matches!(zone, "1" | "2") => Seniority::Junior,
            Seniority::Mid if code.starts_with("11-") => Seniority::Manager,
            rank => rank,
        };
        let next = related.get(code).iter().take(8);
        role.neighbours = next
            .map(|r| format!("onet-{}", r.get("Related O*NET-SOC Code").replace('.', "-")))
            .collect();
        out.push(Found { role, row: row.number });
    }
    let known: std::collections::HashSet<String> = out.iter().map(|f| f.role.id.clone()).collect();
    for found in &mut out {
        found.role.neighbours.retain(|n| known.contains(n));
    }
    Ok((list.file().to_owned(), out))
}

/// "15-1252.00".
fn is_code(text: &str) -> bool {
    let shape = "dd-dddd.dd";
    text.len() == shape.len()
        && text.chars().zip(shape.chars()).all(|(c, s)| match s {
            'd' => c.is_ascii_digit(),
            sign => c == sign,
        })
}

/// What a table of importance (scale `IM`) rates high enough.
fn important(rows: &[Row<'_>]) -> Result<Vec<crate::roles::RoleSkill>, ImportError> {
    let mut out = Vec::new();
    for row in rows.iter().filter(|r| r.get("Scale ID") == "IM") {
        let text = row.get("Data Value");
        let value: f32 = text
            .parse()
            .map_err(|_| row.fault("Data Value", format!("“{text}” is not a number")))?;
        if !(0.0..=5.0).contains(&value) {
            return Err(row.fault("Data Value", format!("{value} is not an importance from 1 to 5")));
        }
        if value >= IMPORTANT {
            out.push(skill(row.get("Element Name"), value / 5.0));
        }
    }
    Ok(out)
}

fn tool(row: &Row<'_>) -> crate::roles::RoleSkill {
    let yes = |column: &str| row.get(column).eq_ignore_ascii_case("y");
    let weight = 0.3 + 0.2 * f32::from(u8::from(yes("Hot Technology"))) + 0.2 * f32::from(u8::from(yes("In Demand")));
    skill(row.get("Example"), weight)
}

/// Typical education by job zone.
fn education(zone: &str) -> &'static str {
    match zone {
        "1" => "No formal education",
        "2" => "High school diploma",
        "3" => "Vocational training or associate's degree",
        "4" => "Bachelor's degree",
        "5" => "Graduate degree",
        _ => "",
    }
}
