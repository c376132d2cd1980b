//! The fixture people as résumés, and helpers that the tests share.
#![allow(dead_code)]

use bespoke_core::date::{End, PartialDate};
use bespoke_core::resume::*;
use serde_json::Value;
use std::path::PathBuf;

/// A path under `fixtures/`.
pub fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures")
        .join(name)
}

/// (short name, résumé) of every fixture person, by name.
pub fn people() -> Vec<(String, Resume)> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(fixture("people"))
        .unwrap()
        .map(|f| f.unwrap().path())
        .collect();
    files.sort();
    files
        .iter()
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap();
            let value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
            (name[..3].to_owned(), load(&value))
        })
        .collect()
}

fn text(v: &Value, key: &str) -> Option<Text> {
    v[key].as_str().map(|s| Field::typed(s.to_owned()))
}
fn need(v: &Value, key: &str) -> Text {
    text(v, key).unwrap_or_else(|| Field::typed(String::new()))
}
fn date(v: &Value, key: &str) -> Option<Field<PartialDate>> {
    v[key].as_str().map(|s| Field::typed(s.parse().unwrap()))
}
fn end(v: &Value) -> Option<Field<End>> {
    Some(Field::typed(match date(v, "endDate") {
        Some(date) => End::Date(date.value),
        None => End::Present,
    }))
}
fn items(v: &Value) -> impl Iterator<Item = &Value> {
    v.as_array().into_iter().flatten()
}
fn texts(v: &Value) -> Vec<Text> {
    items(v)
        .filter_map(|s| s.as_str())
        .map(|s| Field::typed(s.to_owned()))
        .collect()
}
fn bullets(v: &Value) -> Vec<Bullet> {
    let bullet = |text| Bullet {
        id: Id::default(),
        text,
        level: 0,
    };
    texts(v).into_iter().map(bullet).collect()
}
fn work(v: &Value) -> Work {
    Work {
        id: Id::default(),
        company: text(v, "name").or_else(|| text(v, "organization")),
        position: text(v, "position"),
        location: text(v, "location"),
        url: text(v, "url"),
        start: date(v, "startDate"),
        end: end(v),
        summary: text(v, "summary"),
        highlights: bullets(&v["highlights"]),
    }
}
fn credential(v: &Value) -> Credential {
    Credential {
        id: Id::default(),
        name: text(v, "name").unwrap_or_else(|| need(v, "title")),
        issuer: text(v, "issuer")
            .or_else(|| text(v, "awarder"))
            .or_else(|| text(v, "publisher")),
        date: date(v, "date").or_else(|| date(v, "releaseDate")),
        url: text(v, "url"),
        summary: text(v, "summary"),
    }
}

/// Reads a fixture person.
pub fn load(v: &Value) -> Resume {
    let b = &v["basics"];
    let mut resume = Resume {
        contact: Contact {
            name: text(b, "name"),
            label: text(b, "label"),
            email: text(b, "email"),
            phone: text(b, "phone"),
            url: text(b, "url"),
            ..Contact::default()
        },
        summary: text(b, "summary"),
        work: items(&v["work"]).map(work).collect(),
        volunteer: items(&v["volunteer"]).map(work).collect(),
        education: items(&v["education"])
            .map(|e| Education {
                id: Id::default(),
                institution: text(e, "institution"),
                study_type: text(e, "studyType"),
                area: text(e, "area"),
                location: text(e, "location"),
                start: date(e, "startDate"),
                end: end(e),
                score: text(e, "score"),
                courses: texts(&e["courses"]),
                highlights: bullets(&e["highlights"]),
            })
            .collect(),
        skills: items(&v["skills"])
            .map(|s| SkillGroup {
                id: Id::default(),
                name: text(s, "name"),
                keywords: texts(&s["keywords"]),
                level: text(s, "level"),
            })
            .collect(),
        certificates: items(&v["certificates"]).map(credential).collect(),
        awards: items(&v["awards"]).map(credential).collect(),
        publications: items(&v["publications"]).map(credential).collect(),
        projects: items(&v["projects"])
            .map(|p| Project {
                id: Id::default(),
                name: need(p, "name"),
                description: text(p, "description"),
                role: None,
                entity: text(p, "entity"),
                start: date(p, "startDate"),
                end: end(p),
                url: text(p, "url"),
                highlights: bullets(&p["highlights"]),
                keywords: texts(&p["keywords"]),
            })
            .collect(),
        languages: items(&v["languages"])
            .map(|l| Language {
                id: Id::default(),
                language: need(l, "language"),
                fluency: text(l, "fluency"),
            })
            .collect(),
        interests: items(&v["interests"])
            .map(|i| Interest {
                id: Id::default(),
                name: need(i, "name"),
                keywords: texts(&i["keywords"]),
            })
            .collect(),
        ..Resume::default()
    };
    resume.assign_ids();
    resume
}

/// The place of the bullet that begins with these words: (job, bullet).
pub fn bullet(resume: &Resume, beginning: &str) -> (usize, usize) {
    resume
        .work
        .iter()
        .enumerate()
        .find_map(|(w, work)| {
            let b = work
                .highlights
                .iter()
                .position(|b| b.text.value.starts_with(beginning))?;
            Some((w, b))
        })
        .unwrap_or_else(|| panic!("no bullet begins with {beginning:?}"))
}

/// The résumé with one bullet reworded.
pub fn with_bullet(resume: &Resume, beginning: &str, text: &str) -> Resume {
    let (w, b) = bullet(resume, beginning);
    let mut out = resume.clone();
    out.work[w].highlights[b].text.value = text.to_owned();
    out
}

/// The lines of a table `a | b | c`, comments left out.
pub fn table(name: &str) -> Vec<[String; 3]> {
    std::fs::read_to_string(fixture(name))
        .unwrap()
        .lines()
        .filter(|l| !l.trim().is_empty() && !l.starts_with('#'))
        .map(|l| {
            let mut cells = l.splitn(3, '|').map(|c| c.trim().to_owned());
            [(); 3].map(|()| cells.next().unwrap_or_else(|| panic!("three cells: {l}")))
        })
        .collect()
}

/// The résumé with one place changed. The place is the beginning of a bullet, `first & second` where the second bullet is
/// merged into the first, `summary`, or a JSON pointer into the person (`/-` at the end adds). ` // ` splits a bullet.
pub fn changed(base: &Resume, person: &Value, place: &str, text: &str) -> Resume {
    if place == "summary" {
        return Resume {
            summary: Some(Field::typed(text.to_owned())),
            ..base.clone()
        };
    }
    if let Some(pointer) = place.strip_prefix('/') {
        let mut person = person.clone();
        let value = serde_json::from_str(text).unwrap_or_else(|_| Value::from(text));
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        match person.pointer_mut(&format!("/{parent}")).unwrap() {
            Value::Array(list) if key == "-" => list.push(value),
            parent => parent[key] = value,
        }
        return load(&person);
    }
    let (kept, merged) = place.split_once(" & ").unwrap_or((place, ""));
    let (w, b) = bullet(base, kept);
    let mut out = base.clone();
    if !merged.is_empty() {
        let (w, b) = bullet(base, merged);
        out.work[w].highlights.remove(b);
    }
    for (n, part) in text.split(" // ").enumerate() {
        if n > 0 {
            let new = Bullet {
                id: Id(format!("new-{n}")),
                text: Field::typed(part.to_owned()),
                level: 0,
            };
            out.work[w].highlights.insert(b + n, new);
        } else {
            let at = out.work[w]
                .highlights
                .iter()
                .position(|x| x.id == base.work[w].highlights[b].id);
            out.work[w].highlights[at.unwrap()].text.value = part.to_owned();
        }
    }
    out
}
