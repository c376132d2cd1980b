//! One reader per section.

mod credentials;
mod education;
pub mod grid;
pub mod labelled;
mod languages;
mod others;
mod projects;
mod skills;
mod table;
mod work;

pub use self::credentials::{credentials, publications};
pub use self::education::{as_certificate, degree, education};
pub use self::languages::{languages, spoken};
pub use self::others::{interests, references};
pub use self::projects::projects;
pub use self::skills::{interest_groups, skills, skills_in, spoken_groups};
pub use self::table::names_column;
pub use self::work::work;
use super::entries::Entry;
use super::row::{Page, Row};
use crate::date::{End, PartialDate};
use crate::resume::{Bullet, Field, Id, Text};
use std::ops::Range;

fn start(page: &Page<'_>, entry: &Entry) -> Option<Field<PartialDate>> {
    let (span, _) = entry.span.as_ref()?;
    let (date, range) = span.start.as_ref()?;
    Some(page.value(*date, range, 0.93))
}

fn end(page: &Page<'_>, entry: &Entry) -> Option<Field<End>> {
    let (span, _) = entry.span.as_ref()?;
    let (end, range) = span.end.as_ref()?;
    Some(page.value(*end, range, if span.stretch { 0.93 } else { 0.7 }))
}

/// A text as a line of a list.
pub fn line(text: Text) -> Bullet {
    Bullet {
        id: Id::default(),
        text,
        level: 0,
    }
}

fn bullets(page: &Page<'_>, entry: &Entry) -> Vec<Bullet> {
    let levels: Vec<u8> = entry.items.iter().map(|i| i.level).collect();
    let lowest = levels.iter().copied().min().unwrap_or(0);
    entry
        .items
        .iter()
        .filter_map(|i| {
            page.joined(&i.ranges, 0.9).map(|text| Bullet {
                id: Id::default(),
                text,
                level: i.level - lowest,
            })
        })
        .collect()
}

fn rows<'p>(page: &'p Page<'_>, range: &Range<usize>) -> Vec<&'p Row> {
    page.rows[range.clone()].iter().collect()
}

/// Running text of a block, paragraphs joined.
pub fn prose(page: &Page<'_>, range: &Range<usize>, used: &[Range<usize>]) -> Option<Text> {
    let ranges: Vec<Range<usize>> = rows(page, range)
        .into_iter()
        .filter(|r| !used.iter().any(|u| u.start <= r.range.start && u.end >= r.range.end))
        .map(|r| r.range.clone())
        .collect();
    page.joined(&ranges, 0.85)
}
