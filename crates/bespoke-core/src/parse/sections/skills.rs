//! Skills and their groups.

use super::super::row::{Page, Row, spans_in};
use super::super::words;
use super::rows;
use crate::resume::{Id, SkillGroup, Text};
use std::ops::Range;

pub(super) fn outside_brackets(text: &str, separators: &[char]) -> Vec<Range<usize>> {
    let mut depth = 0;
    let mut from = 0;
    let mut out = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            c if depth <= 0 && separators.contains(&c) => {
                // "CI/CD", "A/B", "1,000" stay whole.
                let next = text[at + c.len_utf8()..].chars().next();
                let digits = c == ','
                    && next.is_some_and(|n| n.is_ascii_digit())
                    && text[..at].ends_with(|p: char| p.is_ascii_digit());
                if !digits {
                    out.push(from..at);
                    from = at + c.len_utf8();
                }
            }
            _ => {}
        }
    }
    out.push(from..text.len());
    out
}

/// Skills in their groups.
pub fn skills(page: &Page<'_>, range: &Range<usize>) -> Vec<SkillGroup> {
    let rows = rows(page, range);
    let mut groups: Vec<SkillGroup> = Vec::new();
    let fresh = |name: Option<Text>| SkillGroup {
        id: Id::default(),
        name,
        keywords: Vec::new(),
        level: None,
    };
    let plain = rows.iter().filter(|r| !r.look.bold && !r.look.caps).count();
    let mut open: Option<Range<usize>> = None;
    for (n, row) in rows.iter().enumerate() {
        let mut row_range = row.range.clone();
        // A list goes on: the line before ended with a comma or this one begins in lower case after a full line.
        if let Some(before) = open.take() {
            row_range = before.start..row.range.end;
        }
        let text = page.text(&row_range);
        let trailing =
            text.trim_end().ends_with([',', '·', '|', '•', '/']) || (text.trim_end().ends_with('-') && text.len() > 3);
        let next_same = rows
            .get(n + 1)
            .is_some_and(|r| !r.bullet() && !r.look.bold && r.region == row.region);
        let wrapped = text.contains(',')
            && rows.get(n + 1).is_some_and(|r| {
                page.of(r).starts_with(char::is_lowercase) && (r.x0 - row.x0).abs() < 3.0 && r.x0 > 0.0 && !r.gap
            });
        if (trailing || wrapped) && next_same && text.len() < 2000 {
            open = Some(row_range);
            continue;
        }
        let cells: Vec<Range<usize>> = if row_range == row.range {
            row.cells.iter().map(|c| c.range.clone()).collect()
        } else {
            vec![row_range.clone()]
        };
        // A label cell with its list beside it.
        if let [label, list] = cells.as_slice()
            && !page.text(label).contains(',')
            && page.text(label).split_whitespace().count() <= 4
            && (page.text(list).contains(',') || row.cells[0].look != row.cells[1].look)
            && words::subheading(page.text(label)) | (page.text(list).matches([',', '·', '|']).count() >= 1)
        {
            groups.push(fresh(page.field(label, 0.85)));
            push(page, list, &mut groups);
            continue;
        }
        for cell in cells {
            let text = page.text(&cell);
            let label = text
                .find(':')
                .filter(|at| *at > 1 && *at < 45 && !text[*at..].starts_with("://"));
            let look = row.cells.iter().find(|c| c.range == cell).map_or(row.look, |c| c.look);
            let heading = !row.bullet()
                && !text.contains([',', '•', '·', '|'])
                && text.split_whitespace().count() <= 6
                && plain > 0
                && (look.bold
                    || look.caps
                        && look.size > 0
                        && row.cells.len() == 1
                        && text.chars().filter(|c| c.is_alphabetic()).count() > 4
                        && !rows.iter().all(|r| r.look.caps)
                    || look.size > page.body + 8
                    || row.heading().is_some());
            let list_follows = !row.bullet()
                && row.cells.len() == 1
                && !text.contains([',', '•', '·', '|', ':'])
                && rows.get(n + 1).is_some_and(|r| r.bullet())
                && rows.iter().any(|r| r.bullet());
            if let Some(end) = label.is_none().then(|| bold_front(page, row, &cell)).flatten() {
                groups.push(fresh(page.field(&(cell.start..end), 0.8)));
                push(page, &(end..cell.end), &mut groups);
            } else if let Some(at) = label {
                let (name, list) = (cell.start..cell.start + at, cell.start + at + 1..cell.end);
                let name = page.trim(&name);
                let name_end = page.text(&name).find(" (").map_or(name.end, |i| name.start + i);
                groups.push(fresh(page.field(&(name.start..name_end), 0.85)));
                push(page, &list, &mut groups);
            } else if heading || list_follows || text.trim_end().ends_with(':') {
                groups.push(fresh(page.field(&cell, 0.7)));
            } else {
                if groups.is_empty() {
                    groups.push(fresh(None));
                }
                push(page, &cell, &mut groups);
            }
        }
    }
    if let Some(rest) = open {
        if groups.is_empty() {
            groups.push(fresh(None));
        }
        push(page, &rest, &mut groups);
    }
    // A group without members is a skill of its own.
    let mut out: Vec<SkillGroup> = Vec::new();
    let mut loose = fresh(None);
    for group in groups {
        if group.keywords.is_empty() {
            loose.keywords.extend(group.name);
        } else {
            out.push(group);
        }
    }
    if !loose.keywords.is_empty() {
        match out.iter_mut().find(|g| g.name.is_none()) {
            Some(group) => group.keywords.extend(loose.keywords),
            None => out.push(loose),
        }
    }
    out
}

/// Where the bold words end that begin a cell whose other words are a list and not bold: "**Tools** Git, Docker".
fn bold_front(page: &Page<'_>, row: &Row, cell: &Range<usize>) -> Option<usize> {
    let spans = || spans_in(page.doc, row.page, cell);
    let front = spans().take_while(|s| s.bold).last()?;
    let rest = spans().find(|s| s.range.start >= front.range.end)?;
    let name = page.text(&(cell.start..front.range.end));
    let list = page.text(&(rest.range.start..cell.end));
    let short = name.split_whitespace().count() <= 4 && !name.contains([',', ';', '/', '|', '•', '·']);
    (short && list.contains([',', ';', '/', '|', '•', '·'])).then_some(front.range.end)
}

pub(super) fn push(page: &Page<'_>, range: &Range<usize>, groups: &mut [SkillGroup]) {
    let Some(group) = groups.last_mut() else { return };
    let text = page.text(range);
    let slashes = !text.contains([',', ';', '•', '·', '|']) && text.replace('\n', " ").contains(" / ");
    let separators: &[char] = if slashes {
        &['/', '\t']
    } else {
        &[',', ';', '•', '·', '|', '\t', '●', '▪', '◦']
    };
    for part in outside_brackets(text, separators) {
        let mut part = page.trim(&(range.start + part.start..range.start + part.end));
        let mut raw = page.text(&part);
        for front in ["and ", "und ", "et ", "y ", "e "] {
            if raw.starts_with(front) && raw.len() > front.len() + 2 {
                part.start += front.len();
                raw = page.text(&part);
            }
        }
        // "Excel (expert)": the level is no part of the name; "." ends a list.
        let mut end = part.end;
        if let Some(open) = raw.find(" (")
            && raw.ends_with(')')
        {
            let inner = crate::text::fold(&raw[open + 2..raw.len() - 1]);
            let level = [
                "expert",
                "advanced",
                "intermediate",
                "beginner",
                "basic",
                "proficient",
                "fluent",
                "year",
                "yrs",
                "native",
                "master",
                "good",
                "excellent",
            ];
            if inner.is_empty() || level.iter().any(|l| inner.contains(l)) {
                end = part.start + open;
            }
        }
        let whole = page.text(&(part.start..end));
        if whole.ends_with('.') && whole.matches('.').count() == 1 {
            end -= 1;
        }
        let words = page.text(&(part.start..end)).split_whitespace().count();
        if words == 0 || !page.text(&(part.start..end)).chars().any(char::is_alphanumeric) {
            continue;
        }
        if let Some(field) = page.field(&(part.start..end), if words <= 5 { 0.9 } else { 0.55 }) {
            group.keywords.push(field);
        }
    }
}
