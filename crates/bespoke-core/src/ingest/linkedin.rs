//! The data that LinkedIn gives its members: a ZIP of tables (CSV). Only the tables that make a résumé are opened;
//! messages, contacts and the like are never read.

use super::archive::Archive;
use super::{IngestError, json_resume, txt};
use crate::document::{Document, Format};
use serde_json::{Value, json};
use std::collections::HashMap;

/// Most rows of a table that are read.
const MAX_ROWS: usize = 2_000;

/// True where the container holds the tables of an export.
pub fn is_export(archive: &Archive<'_>) -> bool {
    let names = archive.names();
    let has = |file: &str| names.iter().any(|n| n == file || n.ends_with(&format!("/{file}")));
    has("Profile.csv") || (has("Positions.csv") && has("Education.csv"))
}

/// Reads an export.
pub fn read(bytes: &[u8]) -> Result<Document, IngestError> {
    let mut archive = Archive::open(bytes, "LinkedIn export")?;
    let mut tables = Tables {
        names: archive.names(),
        archive: &mut archive,
    };
    let mut basics = tables.basics()?;
    if let Some(email) = tables
        .rows("Email Addresses.csv")?
        .iter()
        .max_by_key(|r| r.get("primary") == "Yes")
    {
        basics["email"] = email.get("email address").into();
    }
    if let Some(phone) = tables.rows("PhoneNumbers.csv")?.first() {
        basics["phone"] = phone.get("number").into();
    }
    let value = json!({
        "basics": basics,
        "work": tables.each("Positions.csv", |r| {
            let (summary, highlights) = r.prose("description");
            json!({
                "position": r.get("title"), "name": r.get("company name"), "location": r.get("location"),
                "startDate": date(r.get("started on")), "endDate": end(r), "summary": summary, "highlights": highlights,
            })
        })?,
        "education": tables.each("Education.csv", |r| {
            let (summary, mut courses) = r.prose("notes");
            courses.extend(summary);
            json!({
                "institution": r.get("school name"), "studyType": r.get("degree name"),
                "startDate": date(r.get("start date")), "endDate": date(r.get("end date")), "courses": courses,
            })
        })?,
        "skills": skills(tables.rows("Skills.csv")?),
        "certificates": tables.each("Certifications.csv", |r| json!({
            "name": r.get("name"), "issuer": r.get("authority"), "url": r.get("url"),
            "date": date(r.get("started on")),
        }))?,
        "languages": tables.each("Languages.csv", |r| json!({
            "language": r.get("name"), "fluency": r.get("proficiency"),
        }))?,
        "projects": tables.each("Projects.csv", |r| {
            let (summary, highlights) = r.prose("description");
            json!({
                "name": r.get("title"), "description": summary, "highlights": highlights, "url": r.get("url"),
                "startDate": date(r.get("started on")), "endDate": date(r.get("finished on")),
            })
        })?,
        "awards": tables.each("Honors.csv", |r| json!({
            "title": r.get("title"), "summary": r.get("description"), "date": date(r.get("issued on")),
        }))?,
        "publications": tables.each("Publications.csv", |r| json!({
            "name": r.get("name"), "publisher": r.get("publisher"), "url": r.get("url"),
            "summary": r.get("description"), "releaseDate": date(r.get("published on")),
        }))?,
        "volunteer": tables.each("Volunteering.csv", |r| {
            let (summary, highlights) = r.prose("description");
            json!({
                "position": r.get("role"), "organization": r.get("company name"), "summary": summary,
                "highlights": highlights, "startDate": date(r.get("started on")), "endDate": end(r),
            })
        })?,
    });
    Ok(json_resume::document(
        &without_empty(value),
        Format::LinkedIn,
        bytes.len(),
    ))
}

/// A row by the names of its columns, in small letters.
struct Row(HashMap<String, String>);

impl Row {
    fn get(&self, column: &str) -> &str {
        self.0.get(column).map_or("", |v| v.trim())
    }

    /// Lines with a bullet are highlights, the others a summary.
    fn prose(&self, column: &str) -> (Option<String>, Vec<String>) {
        json_resume::prose(&txt::read(self.get(column).as_bytes()))
    }
}

struct Tables<'a, 'b> {
    archive: &'a mut Archive<'b>,
    names: Vec<String>,
}

impl Tables<'_, '_> {
    /// The rows of a table; none where it is missing.
    fn rows(&mut self, file: &str) -> Result<Vec<Row>, IngestError> {
        let path = self
            .names
            .iter()
            .find(|n| *n == file || n.ends_with(&format!("/{file}")));
        let Some(path) = path.cloned() else {
            return Ok(Vec::new());
        };
        let bytes = self.archive.bytes(&path)?;
        let text = txt::decode(&bytes);
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let corrupt = |e: csv::Error| IngestError::Corrupt {
            format: "LinkedIn export",
            detail: format!("{file}: {e}"),
        };
        let columns: Vec<String> = reader
            .headers()
            .map_err(corrupt)?
            .iter()
            .map(|h| h.trim().to_lowercase())
            .collect();
        let mut out = Vec::new();
        for record in reader.records().take(MAX_ROWS) {
            let record = record.map_err(corrupt)?;
            out.push(Row(columns
                .iter()
                .cloned()
                .zip(record.iter().map(str::to_owned))
                .collect()));
        }
        Ok(out)
    }

    fn each(&mut self, file: &str, entry: impl Fn(&Row) -> Value) -> Result<Value, IngestError> {
        Ok(self.rows(file)?.iter().map(entry).collect::<Vec<_>>().into())
    }

    fn basics(&mut self) -> Result<Value, IngestError> {
        let rows = self.rows("Profile.csv")?;
        let Some(row) = rows.first() else { return Ok(json!({})) };
        let name = format!("{} {}", row.get("first name"), row.get("last name"));
        let (summary, lines) = row.prose("summary");
        let summary: Vec<String> = summary.into_iter().chain(lines).collect();
        let place = [row.get("geo location"), row.get("address")]
            .into_iter()
            .find(|p| !p.is_empty());
        // `[COMPANY:https://a.example,PORTFOLIO:https://b.example]`
        let sites = row
            .get("websites")
            .trim_matches(['[', ']'])
            .split(',')
            .filter_map(|site| {
                let start = site.find("http")?;
                Some(json!({ "url": site[start..].trim() }))
            });
        let handles = row
            .get("twitter handles")
            .trim_matches(['[', ']'])
            .split(',')
            .map(str::trim);
        let handles = handles.filter(|h| !h.is_empty()).map(|handle| {
            json!({ "network": "Twitter", "username": handle, "url": format!("https://twitter.com/{handle}") })
        });
        Ok(json!({
            "name": name.trim(), "label": row.get("headline"), "summary": summary.join(" "),
            "location": { "city": place.map(|p| p.split(',').next().unwrap_or(p)), "address": place },
            "profiles": sites.chain(handles).collect::<Vec<_>>(),
        }))
    }
}

fn skills(rows: Vec<Row>) -> Value {
    let words: Vec<&str> = rows.iter().map(|r| r.get("name")).filter(|n| !n.is_empty()).collect();
    if words.is_empty() {
        json!([])
    } else {
        json!([{ "keywords": words }])
    }
}

/// A job without an end goes on.
fn end(row: &Row) -> String {
    match (date(row.get("finished on")), row.get("started on")) {
        (end, "") => end,
        (end, _) if end.is_empty() => "Present".into(),
        (end, _) => end,
    }
}

/// `Mar 2019`, `14 Mar 2019` or `2019` → ISO 8601 at the same precision; empty where it is no date.
fn date(text: &str) -> String {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let words: Vec<String> = text
        .split([' ', ','])
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect();
    let year = words.iter().find(|w| w.len() == 4 && w.parse::<u16>().is_ok());
    let month = words.iter().find_map(|w| MONTHS.iter().position(|m| w.starts_with(m)));
    let day = words
        .iter()
        .find_map(|w| w.parse::<u8>().ok().filter(|d| (1..=31).contains(d)));
    match (year, month, day) {
        (Some(year), Some(month), Some(day)) => format!("{year}-{:02}-{day:02}", month + 1),
        (Some(year), Some(month), None) => format!("{year}-{:02}", month + 1),
        (Some(year), None, _) => year.clone(),
        _ => String::new(),
    }
}

/// Leaves out members without a value, which a table has for every cell that is empty.
fn without_empty(value: Value) -> Value {
    match value {
        Value::Object(map) => map
            .into_iter()
            .map(|(k, v)| (k, without_empty(v)))
            .filter(|(_, v)| !v.is_null() && v != "")
            .collect::<serde_json::Map<_, _>>()
            .into(),
        Value::Array(list) => list.into_iter().map(without_empty).collect::<Vec<_>>().into(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn dates_keep_their_precision() {
        for (raw, want) in [
            ("Mar 2019", "2019-03"),
            ("14 Mar 2019", "2019-03-14"),
            ("2019", "2019"),
            ("soon", ""),
            ("", ""),
        ] {
            assert_eq!(super::date(raw), want, "{raw:?}");
        }
    }
}
