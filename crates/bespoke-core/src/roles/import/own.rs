//! A company's own roles: a CSV table with a row for each, or JSON.
//!
//! Fields: `title` and `description` are needed; `id`, `family`, `seniority`, `required`, `nice`, `aliases`, `ladder`,
//! `education`, `onet`, `esco` and `neighbours` are taken where they are there. In CSV a list stands in one cell, its
//! members apart by semicolons, bars or line breaks, and a skill may carry its weight: `SQL=0.8; Excel`.

use super::table::{Table, text};
use super::{Found, ImportError, TaxonomyFile, rank_of};
use crate::roles::{Role, RoleSkill, Seniority};
use serde_json::Value;

/// Weight of a skill that comes without one.
const REQUIRED: f32 = 0.8;
const NICE: f32 = 0.4;

/// Other names of fields, as other taxonomies call them.
const SYNONYMS: [(&str, &[&str]); 8] = [
    ("title", &["name", "preferredLabel"]),
    ("id", &["code", "uri"]),
    ("required", &["required_skills", "essential", "skills_required"]),
    ("nice", &["nice_to_have", "preferred_skills", "optional", "tech_skills"]),
    ("aliases", &["other_names", "alt_titles", "alternate_titles"]),
    ("seniority", &["level"]),
    ("family", &["group", "department"]),
    ("esco", &["esco_codes"]),
];

/// A field and the names it may have, its own first.
fn names(field: &'static str) -> impl Iterator<Item = &'static str> {
    let others = SYNONYMS.iter().find(|(name, _)| *name == field);
    std::iter::once(field).chain(others.into_iter().flat_map(|(_, o)| o.iter().copied()))
}

fn seniority(text: &str, title: &str) -> Result<Seniority, String> {
    if text.is_empty() {
        return Ok(rank_of(title));
    }
    serde_json::from_value(Value::String(text.trim().to_lowercase()))
        .map_err(|_| format!("“{text}” is none of intern, junior, mid, senior, lead, manager, director, executive"))
}

fn weighted(name: &str, weight: f32) -> Result<RoleSkill, String> {
    if weight > 0.0 && weight <= 1.0 {
        Ok(RoleSkill {
            name: name.trim().to_owned(),
            weight,
        })
    } else {
        Err(format!("the weight {weight} of “{name}” is not above 0 and at most 1"))
    }
}

/// Reads a table of roles, and gives the name of the file with them.
pub(super) fn read_csv(file: &TaxonomyFile) -> Result<(String, Vec<Found>), ImportError> {
    let table = Table::of(file)?;
    let column = |field: &'static str| names(field).find(|n| table.has(n)).unwrap_or(field);
    table.need(&[column("title"), column("description")])?;
    let mut out = Vec::new();
    for row in table.rows() {
        let get = |field| row.get(column(field));
        let list = |field| {
            let members = get(field).split([';', '|', '\n']).map(str::trim);
            members.filter(|m| !m.is_empty()).map(str::to_owned).collect::<Vec<_>>()
        };
        let skills = |field, usual| {
            let members = list(field).into_iter().map(|member| match member.rsplit_once('=') {
                None => weighted(&member, usual),
                Some((name, weight)) => match weight.trim().replace(',', ".").parse() {
                    Ok(weight) => weighted(name, weight),
                    Err(_) => Err(format!("“{}” after = is not a number", weight.trim())),
                },
            });
            members
                .collect::<Result<Vec<_>, String>>()
                .map_err(|fault| row.fault(column(field), fault))
        };
        let title = row.need(column("title"))?;
        let role = Role {
            id: get("id").to_owned(),
            title: title.to_owned(),
            description: row.need(column("description"))?.to_owned(),
            family: get("family").to_owned(),
            seniority: seniority(get("seniority"), title).map_err(|f| row.fault(column("seniority"), f))?,
            required: skills("required", REQUIRED)?,
            nice: skills("nice", NICE)?,
            aliases: list("aliases"),
            ladder: list("ladder"),
            education: get("education").to_owned(),
            onet: get("onet").to_owned(),
            esco: list("esco"),
            neighbours: list("neighbours"),
        };
        out.push(Found { role, row: row.number });
    }
    Ok((file.name.clone(), out))
}

/// Reads roles from JSON or from lines of JSON, and gives the name of the file with them.
pub(super) fn read_json(file: &TaxonomyFile) -> Result<(String, Vec<Found>), ImportError> {
    let text = text(file)?;
    let syntax = |fault: String| ImportError::Syntax {
        file: file.name.clone(),
        fault,
    };
    let rows: Vec<Value> = match serde_json::from_str::<Value>(text) {
        Ok(Value::Array(rows)) => rows,
        Ok(Value::Object(mut whole)) => match whole.remove("roles") {
            Some(Value::Array(rows)) => rows,
            Some(_) => return Err(syntax("`roles` is not a list".into())),
            None => vec![Value::Object(whole)],
        },
        Ok(_) => return Err(syntax("it is neither a list of roles nor an object with one".into())),
        Err(whole) => {
            let lines = text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty());
            // One object in each line; where the first is none, the file is one piece with a fault.
            let mut rows = Vec::new();
            for (n, line) in lines {
                match serde_json::from_str(line) {
                    Ok(row) => rows.push(row),
                    Err(_) if rows.is_empty() => return Err(syntax(whole.to_string())),
                    Err(e) => return Err(syntax(format!("row {}: {e}", n + 1))),
                }
            }
            rows
        }
    };
    let mut out = Vec::new();
    for (n, value) in rows.iter().enumerate() {
        let entry = Entry {
            file: &file.name,
            row: n + 1,
            value,
        };
        out.push(Found {
            role: entry.role()?,
            row: n + 1,
        });
    }
    Ok((file.name.clone(), out))
}

/// One role as it stands in JSON.
struct Entry<'v> {
    file: &'v str,
    row: usize,
    value: &'v Value,
}

impl Entry<'_> {
    fn fault(&self, field: &str, fault: String) -> ImportError {
        ImportError::Field {
            file: self.file.to_owned(),
            row: self.row,
            field: field.to_owned(),
            fault,
        }
    }

    /// The value of a field and the name it has there.
    fn get(&self, field: &'static str) -> Option<(&'static str, &Value)> {
        names(field)
            .find_map(|n| Some((n, self.value.get(n)?)))
            .filter(|(_, v)| !v.is_null())
    }

    fn text(&self, field: &'static str) -> Result<String, ImportError> {
        match self.get(field) {
            None => Ok(String::new()),
            Some((_, Value::String(text))) => Ok(text.trim().to_owned()),
            Some((_, Value::Number(number))) => Ok(number.to_string()),
            Some((name, _)) => Err(self.fault(name, "is not a text".into())),
        }
    }

    fn list(&self, field: &'static str) -> Result<Vec<String>, ImportError> {
        let Some((name, value)) = self.get(field) else {
            return Ok(Vec::new());
        };
        let wrong = || self.fault(name, "is not a list of texts".into());
        let members = value.as_array().ok_or_else(wrong)?;
        let text = |m: &Value| m.as_str().map(|t| t.trim().to_owned()).ok_or_else(wrong);
        members.iter().map(text).collect()
    }

    /// `["SQL"]`, `[{"name": "SQL", "weight": 0.8}]` or `{"SQL": 0.8}`.
    fn skills(&self, field: &'static str, usual: f32) -> Result<Vec<RoleSkill>, ImportError> {
        let Some((name, value)) = self.get(field) else {
            return Ok(Vec::new());
        };
        let one = |skill: &str, weight: Option<&Value>| match weight {
            None | Some(Value::Null) => weighted(skill, usual),
            Some(weight) => match weight.as_f64() {
                Some(weight) => weighted(skill, weight as f32),
                None => Err(format!("the weight {weight} of “{skill}” is not a number")),
            },
        };
        let found: Result<Vec<RoleSkill>, String> = match value {
            Value::Object(table) => table.iter().map(|(skill, weight)| one(skill, Some(weight))).collect(),
            Value::Array(members) => members
                .iter()
                .map(
                    |member| match (member.as_str(), member.get("name").and_then(Value::as_str)) {
                        (Some(skill), _) => one(skill, None),
                        (None, Some(skill)) => one(skill, member.get("weight")),
                        (None, None) => Err(format!("{member} is neither a text nor an object with a `name`")),
                    },
                )
                .collect(),
            _ => Err("is neither a list of skills nor an object of weights".into()),
        };
        found.map_err(|fault| self.fault(name, fault))
    }

    fn role(&self) -> Result<Role, ImportError> {
        if !self.value.is_object() {
            return Err(self.fault("title", format!("the entry is {}, not an object", self.value)));
        }
        let title = self.text("title")?;
        if title.is_empty() {
            return Err(self.fault("title", "is missing".into()));
        }
        let description = self.text("description")?;
        if description.is_empty() {
            return Err(self.fault("description", "is missing".into()));
        }
        Ok(Role {
            id: self.text("id")?,
            seniority: seniority(&self.text("seniority")?, &title).map_err(|f| self.fault("seniority", f))?,
            title,
            description,
            family: self.text("family")?,
            required: self.skills("required", REQUIRED)?,
            nice: self.skills("nice", NICE)?,
            aliases: self.list("aliases")?,
            ladder: self.list("ladder")?,
            education: self.text("education")?,
            onet: self.text("onet")?,
            esco: self.list("esco")?,
            neighbours: self.list("neighbours")?,
        })
    }
}
