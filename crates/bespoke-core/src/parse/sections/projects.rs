//! Projects.

use super::super::entries::{self, Entry};
use super::super::row::Page;
use super::super::words;
use super::education::{listed, notes_as_items};
use super::{bullets, end, start};
use crate::date::End;
use crate::resume::{Bullet, Field, Id, Project, Text};
use std::ops::Range;

/// Projects.
pub fn projects(page: &Page<'_>, range: &Range<usize>) -> Vec<Project> {
    let marked = notes_as_items(page, range);
    let entries = entries::entries(page, &marked.iter().collect::<Vec<_>>());
    let mut out: Vec<Project> = Vec::new();
    for entry in &entries {
        let mut highlights = bullets(page, entry);
        let mut pieces: Vec<Range<usize>> = entry.pieces.iter().map(|p| p.range.clone()).collect();
        if pieces.is_empty() {
            if highlights.is_empty() {
                continue;
            }
            // A list of projects, one a bullet.
            for bullet in highlights {
                out.push(project(page, bullet.text, None, Vec::new(), entry));
            }
            continue;
        }
        let mut keywords = Vec::new();
        highlights.retain(|bullet| match words::labelled(&bullet.text.value) {
            Some(("technologies", from)) => {
                keywords.extend(listed(bullet, from));
                false
            }
            _ => true,
        });
        let first = pieces.remove(0);
        let text = page.text(&first);
        let cut = [" – ", " — ", " - ", ": ", " | "]
            .iter()
            .filter_map(|s| text.find(s).map(|i| (i, s.len())))
            .min();
        let (name, rest) = match cut {
            Some((i, len)) if i > 1 => (first.start..first.start + i, Some(first.start + i + len..first.end)),
            _ => (first.clone(), None),
        };
        let mut description: Vec<Range<usize>> = rest.into_iter().collect();
        description.extend(pieces);
        description.extend(entry.prose.iter().cloned());
        let Some(mut name) = page.field(&name, 0.8) else {
            continue;
        };
        // "Project #1" over "Project | Phoenix", or "Project: Phoenix" in its list: the number names nothing.
        if numbered(&name.value) {
            let cells = |pair: &[Range<usize>]| names_it(page.text(&pair[0])) && !pair[1].is_empty();
            let row = |range: &Range<usize>| {
                let text = page.text(range);
                let value = named_in(text)?;
                let start = range.start + (value.as_ptr() as usize - text.as_ptr() as usize);
                Some(start..start + value.len())
            };
            let item = |bullet: &Bullet| named_in(&bullet.text.value).map(str::to_owned);
            if let Some(at) = description.windows(2).position(cells) {
                name = page.field(&description[at + 1], 0.8).unwrap_or(name);
                description.drain(at..at + 2);
            } else if let Some((at, value)) = description.iter().enumerate().find_map(|(n, r)| Some((n, row(r)?))) {
                name = page.field(&value, 0.8).unwrap_or(name);
                description.remove(at);
            } else if let Some((at, value)) = highlights.iter().enumerate().find_map(|(n, b)| Some((n, item(b)?))) {
                let own = highlights.remove(at).text;
                name = Field { value, ..own };
            }
        }
        let description = page.joined(&description, 0.7);
        let mut project = project(page, name, description, highlights, entry);
        project.keywords = keywords;
        out.push(project);
    }
    out
}

/// "Project #1", "Projekt 2:".
fn numbered(name: &str) -> bool {
    let folded = crate::text::fold(name);
    let rest = ["project", "projekt", "projet", "proyecto", "projeto", "progetto"]
        .iter()
        .find_map(|word| folded.strip_prefix(word));
    rest.is_some_and(|r| {
        let number = r.trim_matches(|c: char| !c.is_alphanumeric());
        !number.is_empty() && number.len() <= 2 && number.bytes().all(|b| b.is_ascii_digit())
    })
}

/// "Project", "Project Name": what the name of a project stands behind.
fn names_it(label: &str) -> bool {
    const LABELS: [&str; 8] = [
        "project",
        "project name",
        "project title",
        "name",
        "title",
        "projekt",
        "projet",
        "proyecto",
    ];
    LABELS.contains(&crate::text::fold(label).trim_end_matches(':').trim())
}

/// The value of "Project: Phoenix", "Project Name | Phoenix".
fn named_in(text: &str) -> Option<&str> {
    let (label, value) = text.split_once([':', '\t'])?;
    let value = value.trim_start_matches([':', ' ', '\t']).trim_end();
    (names_it(label) && !value.is_empty()).then_some(value)
}

fn project(page: &Page<'_>, name: Text, description: Option<Text>, highlights: Vec<Bullet>, entry: &Entry) -> Project {
    let (mut start, mut end) = (start(page, entry), end(page, entry));
    // One date alone says when it was made; nobody writes down only the end of a project.
    if start.is_none()
        && let Some(Field {
            value: End::Date(date),
            source,
            confidence,
        }) = end.clone()
    {
        start = Some(Field {
            value: date,
            source,
            confidence,
        });
        end = None;
    }
    Project {
        id: Id::default(),
        name,
        description,
        role: None,
        entity: None,
        start,
        end,
        url: None,
        highlights,
        keywords: Vec::new(),
    }
}
