//! Lists behind labels that name a section of their own: "Languages known | Hindi, Marathi" among personal details, "Scheine:
//! Staplerschein" among skills, a plain "Certificates" over two rows under "Other".

use super::super::row::{Page, Row, hull, squash};
use super::super::words;
use super::skills::{outside_brackets, push};
use super::{credentials, languages};
use crate::document::LineKind;
use crate::resume::{Credential, Id, Interest, Resume, Section, SkillGroup};
use std::ops::Range;

/// A label, the section that it names, and what stands behind it in the row.
struct Told {
    section: Section,
    label: Range<usize>,
    value: Range<usize>,
}

/// What a row tells by a label; the value of a label alone is empty.
fn told(page: &Page<'_>, row: &Row) -> Option<Told> {
    let text = page.of(row);
    let (label, value) = match row.cells.as_slice() {
        [label, rest @ ..] if !rest.is_empty() => {
            let parts: Vec<Range<usize>> = rest.iter().map(|c| c.range.clone()).collect();
            (label.range.clone(), hull(&parts)?)
        }
        _ => {
            let colon = text.find(':').filter(|at| !text[*at..].starts_with("://"));
            let end = row.range.start + colon.unwrap_or(text.len());
            (
                row.range.start..end,
                colon.map_or(end, |at| row.range.start + at + 1)..row.range.end,
            )
        }
    };
    let (label, value) = (page.trim(&label), page.trim(&value));
    let name = squash(page.text(&label)).replace("(s)", "s");
    let section = words::heading(&name).filter(|_| name.split(' ').count() <= 6)?;
    let read = matches!(
        section,
        Section::Languages | Section::Skills | Section::Interests | Section::Certificates | Section::Awards
    );
    read.then_some(Told { section, label, value })
}

/// True for a row that tells something of another section behind its label, "Languages: English, Māori".
pub fn run_in(page: &Page<'_>, row: &Row) -> Option<Section> {
    let told = told(page, row).filter(|t| !t.value.is_empty() && !row.bullet())?;
    Some(told.section)
}

/// Reads what rows tell behind labels into its sections; returns the rows that told nothing so. Where `alone` is set, a label
/// may stand in a row of its own over what it names.
pub fn read<'r>(page: &Page<'_>, rows: Vec<&'r Row>, alone: bool, resume: &mut Resume) -> Vec<&'r Row> {
    let mut left = Vec::new();
    // The list that goes on, and the row of its label.
    let mut open: Option<(Told, &Row, Vec<Range<usize>>)> = None;
    for row in rows {
        let fresh = told(page, row).filter(|t| alone && !row.bullet() || !t.value.is_empty());
        if let Some(told) = fresh {
            if let Some((before, label, list)) = open.take() {
                give(page, &before, label, &list, resume);
            }
            let list = if told.value.is_empty() {
                Vec::new()
            } else {
                vec![told.value.clone()]
            };
            open = Some((told, row, list));
            continue;
        }
        let goes_on = |(told, label, _): &(Told, &Row, Vec<Range<usize>>)| {
            let beside = label.cells.len() > 1 && matches!(row.kind, LineKind::TableCell { column: 1.., .. });
            let below = label.x0 > 0.0 && row.x0 > label.x0 + 6.0 && !row.gap;
            let set_in = page.of(row).starts_with('\t') || beside || below;
            told.value.is_empty() && !row.look.bold || set_in
        };
        match &mut open {
            Some(found) if goes_on(found) => add(page, row, &mut found.2),
            _ => left.push(row),
        }
    }
    if let Some((before, label, list)) = open {
        give(page, &before, label, &list, resume);
    }
    left
}

/// Reads the lists of other sections that stand, over several lines, in a column beside their labels among the skills:
/// "Sprachen | Deutsch (Muttersprache)" above "Polnisch". Returns the other rows.
pub fn read_columns<'r>(page: &Page<'_>, rows: Vec<&'r Row>, resume: &mut Resume) -> Vec<&'r Row> {
    // A form: "Madrelingua | Italiano", "Competenze | …", "Attestati | …".
    let mut kinds: Vec<Section> = rows
        .iter()
        .filter(|r| r.cells.len() == 2 && !r.bullet())
        .filter_map(|r| told(page, r))
        .map(|t| t.section)
        .filter(|s| *s != Section::Skills)
        .collect();
    kinds.dedup();
    if kinds.len() >= 2 && rows.iter().filter(|r| r.cells.len() == 2).count() * 2 >= rows.len() {
        return read(page, rows, false, resume);
    }
    let mut left = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        let row = rows[at];
        let column = row.cells.get(1).map_or(0.0, |c| c.x0);
        let below = |r: &&&Row| {
            r.cells.len() == 1 && (r.x0 - column).abs() < 3.0 && r.page == row.page && !r.bullet() && column > 0.0
        };
        let more = rows[at + 1..].iter().take_while(below).count();
        let named = told(page, row).filter(|t| more > 0 && t.section != Section::Skills && row.cells.len() == 2);
        if let Some(told) = named {
            let mut list = vec![told.value.clone()];
            rows[at + 1..=at + more]
                .iter()
                .for_each(|next| add(page, next, &mut list));
            give(page, &told, row, &list, resume);
            at += more + 1;
            continue;
        }
        left.push(row);
        at += 1;
    }
    left
}

/// A further row of a list. "Fachkundige Person für …" above "(Stufe 2S)" is one.
fn add(page: &Page<'_>, row: &Row, list: &mut Vec<Range<usize>>) {
    match list.last_mut() {
        Some(last) if page.of(row).trim_start().starts_with(['(', '&']) => last.end = row.range.end,
        _ => list.push(page.trim(&row.range)),
    }
}

/// Puts a list where it belongs.
fn give(page: &Page<'_>, told: &Told, label: &Row, list: &[Range<usize>], resume: &mut Resume) {
    match told.section {
        Section::Languages => {
            for range in list {
                let found = languages::spoken(page, range);
                resume.languages.extend(found);
            }
        }
        Section::Certificates => resume
            .certificates
            .extend(list.iter().flat_map(|r| listed(page, label, r))),
        Section::Awards => resume.awards.extend(list.iter().flat_map(|r| listed(page, label, r))),
        Section::Interests => {
            for range in list {
                let parts = super::super::contact::split(page, range, &[',', ';', '•', '·', '|']);
                let names = parts.iter().filter_map(|p| page.field(p, 0.8));
                resume.interests.extend(names.map(|name| Interest {
                    id: Id::default(),
                    name,
                    keywords: Vec::new(),
                }));
            }
        }
        _ => {
            let mut group = [SkillGroup {
                id: Id::default(),
                name: page.field(&told.label, 0.85),
                keywords: Vec::new(),
                level: None,
            }];
            list.iter().for_each(|r| push(page, r, &mut group));
            resume
                .skills
                .extend(group.into_iter().filter(|g| !g.keywords.is_empty()));
        }
    }
}

/// Certificates in a list of one stretch of text: "Forklift; First aid (2023)", "Führerschein B, C, CE".
pub fn listed(page: &Page<'_>, row: &Row, range: &Range<usize>) -> Vec<Credential> {
    let text = page.text(range);
    let separators: &[char] = if text.contains([';', '•', '|']) {
        &[';', '•', '·', '|']
    } else {
        &[',']
    };
    let mut parts: Vec<Range<usize>> = Vec::new();
    for part in outside_brackets(text, separators) {
        let part = page.trim(&(range.start + part.start..range.start + part.end));
        let own = page.text(&part);
        // A class of a licence or a year is no certificate of its own.
        let letters = own.chars().filter(|c| c.is_alphabetic()).count();
        match parts.last_mut() {
            Some(last) if letters <= 2 => last.end = part.end,
            _ if letters > 0 => parts.push(part),
            _ => {}
        }
    }
    parts
        .into_iter()
        .filter_map(|part| credentials::of_part(page, row, &part))
        .collect()
}

/// Groups of skills that are named after certificates, taken out of the skills.
pub fn credential_groups(page: &Page<'_>, rows: &[&Row], groups: &mut Vec<SkillGroup>) -> Vec<Credential> {
    let named = |g: &mut SkillGroup| {
        let name = g.name.as_ref().map_or("", |n| n.value.as_str());
        words::heading(name) == Some(Section::Certificates)
    };
    let found: Vec<SkillGroup> = groups.extract_if(.., named).collect();
    let mut out = Vec::new();
    for keyword in found.into_iter().flat_map(|g| g.keywords) {
        let Some(source) = keyword.source else { continue };
        let row = rows
            .iter()
            .find(|r| r.range.start <= source.start && source.start < r.range.end);
        let letters = keyword.value.chars().filter(|c| c.is_alphabetic()).count();
        let last: Option<&mut Credential> = out.last_mut().filter(|_| letters <= 2);
        match (last, row) {
            (Some(last), _) => {
                last.name.value.push_str(", ");
                last.name.value.push_str(&keyword.value);
                if let Some(whole) = &mut last.name.source {
                    whole.end = source.end;
                }
            }
            (None, Some(row)) => out.extend(credentials::of_part(page, row, &(source.start..source.end))),
            (None, None) => {}
        }
    }
    out
}
