//! Interests and references.

use super::super::contact::split;
use super::super::row::Page;
use super::rows;
use crate::resume::{Id, Interest, Reference, Text};
use std::ops::Range;

/// Interests: a list, or a line each of a name and its particulars: "Trail running: ultramarathons, fell races".
pub fn interests(page: &Page<'_>, range: &Range<usize>) -> Vec<Interest> {
    let mut out: Vec<Interest> = Vec::new();
    // A name with a colon, whose particulars stand in the next cell or row.
    let mut open = false;
    let particulars = |range: &Range<usize>| -> Vec<Text> {
        let parts = split(page, range, &[',', ';', '•', '·', '|']);
        parts.iter().filter_map(|k| page.field(k, 0.8)).collect()
    };
    for row in rows(page, range) {
        for cell in &row.cells {
            let text = page.text(&cell.range).trim_end();
            let short = |i: &usize| !text[..*i].contains([',', ';', '|']) && text[..*i].split(' ').count() <= 4;
            let colon = text.find(": ").or(text.strip_suffix(':').map(str::len)).filter(short);
            if let Some(i) = colon
                && let Some(name) = page.field(&(cell.range.start..cell.range.start + i), 0.8)
            {
                let more = cell.range.start + i + 1..cell.range.end;
                open = page.text(&more).trim().is_empty();
                out.push(Interest {
                    id: Id::default(),
                    name,
                    keywords: particulars(&more),
                });
                continue;
            }
            if open && let Some(last) = out.last_mut() {
                last.keywords.extend(particulars(&cell.range));
                continue;
            }
            for part in split(page, &cell.range, &[',', ';', '•', '·', '|']) {
                if let Some(name) = page.field(&part, 0.8) {
                    out.push(Interest {
                        id: Id::default(),
                        name,
                        keywords: Vec::new(),
                    });
                }
            }
        }
    }
    out
}

/// References: a row of a name, then how to reach them.
pub fn references(page: &Page<'_>, range: &Range<usize>) -> Vec<Reference> {
    let mut out: Vec<Reference> = Vec::new();
    for row in rows(page, range) {
        let fresh = row.gap || out.is_empty() || row.look.bold || row.bullet();
        if fresh {
            if let Some(name) = page.field(&row.range, 0.6) {
                out.push(Reference {
                    id: Id::default(),
                    name,
                    reference: None,
                });
            }
        } else if let Some(last) = out.last_mut() {
            let more = page.field(&row.range, 0.6);
            match (&mut last.reference, more) {
                (Some(old), Some(new)) => {
                    old.value.push(' ');
                    old.value.push_str(&new.value);
                }
                (slot, more) => *slot = more,
            }
        }
    }
    out
}
