//! The part of a Europass curriculum vitae that tells of languages: "Mother tongue | Italian", "Other languages", a head over two
//! or three rows ("Understanding | Speaking | Writing"), and for each language a row of levels beside or below its name.

use super::super::row::{Page, Row, squash};
use super::super::words;
use super::languages::{mark, spoken};
use crate::resume::Language;
use crate::text::fold;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// What a row of such a part is.
#[derive(Clone, Copy)]
enum Told {
    Mother,
    Other,
}

/// Labels of mother tongues, of other languages, and the words of the heads and feet of the grid, folded.
static LISTS: LazyLock<[HashSet<String>; 3]> = LazyLock::new(|| {
    let mut lists: [HashSet<String>; 3] = Default::default();
    for line in words::lines(include_str!("../../../../../data/parse/language-grid.txt")) {
        match line.split_once(':') {
            Some(("mother", list)) => lists[0].extend(list.split('|').map(|p| fold(p.trim()))),
            Some(("other", list)) => lists[1].extend(list.split('|').map(|p| fold(p.trim()))),
            Some(("words", list)) => lists[2].extend(list.split_whitespace().map(str::to_owned)),
            _ => {}
        }
    }
    lists
});

fn told(text: &str) -> Option<Told> {
    let name = fold(squash(text).trim_end_matches(':').trim());
    let [mother, other, _] = &*LISTS;
    if mother.contains(&name) {
        return Some(Told::Mother);
    }
    other.contains(&name).then_some(Told::Other)
}

/// True for a row of nothing but levels and the words that name the columns.
fn scaffold(text: &str) -> bool {
    let folded = fold(text);
    let mut all = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .peekable();
    all.peek().is_some() && all.all(|w| mark(w) || w.len() == 1 || LISTS[2].contains(w))
}

/// What may be the label of a row: its first cell, or what a colon ends in it.
fn label_of(page: &Page<'_>, row: &Row) -> Range<usize> {
    let first = row.cells.first().map(|c| c.range.clone()).unwrap_or_default();
    let colon = page.text(&first).find(':').filter(|at| *at > 0);
    first.start..colon.map_or(first.end, |at| first.start + at + 1)
}

/// Reads such a part out of rows; returns the rows that are none of it.
pub fn read<'r>(page: &Page<'_>, rows: Vec<&'r Row>, out: &mut Vec<Language>) -> Vec<&'r Row> {
    if !rows.iter().any(|r| told(page.text(&label_of(page, r))).is_some()) {
        return rows;
    }
    let mut left = Vec::new();
    let mut open: Option<Told> = None;
    for row in rows {
        let first = label_of(page, row);
        let label = told(page.text(&first));
        let mut values = row.range.clone();
        if label.is_some() {
            open = label;
            values = page.trim(&(first.end..row.range.end));
            if values.is_empty() {
                continue;
            }
        }
        let Some(kind) = open else {
            left.push(row);
            continue;
        };
        let text = page.text(&values);
        if scaffold(text) {
            // Levels below their language.
            let level = text.split(|c: char| !c.is_alphanumeric()).find(|w| mark(&fold(w)));
            if let (Some(level), Some(last)) = (level, out.last_mut())
                && last.fluency.is_none()
            {
                let start = values.start + (level.as_ptr() as usize - text.as_ptr() as usize);
                last.fluency = page.field(&(start..start + level.len()), 0.8);
            }
            continue;
        }
        // The name of a language, with its levels in the cells beside it.
        let name = if label.is_some() { values } else { first.clone() };
        let mut found = spoken(page, &name);
        if found.is_empty() || label.is_none() && page.text(&name).split_whitespace().count() > 6 {
            open = None;
            left.push(row);
            continue;
        }
        if let (Told::Mother, [only]) = (kind, found.as_mut_slice())
            && only.fluency.is_none()
        {
            only.fluency = label.is_some().then(|| page.field(&first, 0.8)).flatten();
        }
        if let (Told::Other, [only], None) = (kind, found.as_mut_slice(), &label)
            && let Some(level) = row.cells.iter().skip(1).find(|c| scaffold(page.text(&c.range)))
            && only.fluency.is_none()
        {
            only.fluency = page.field(&level.range, 0.8);
        }
        out.extend(found);
    }
    left
}
