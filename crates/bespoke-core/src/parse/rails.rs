//! Forms such as the Europass curriculum vitae: a label at the left, its value beside or below it. The rows of each entry are
//! put into the order of an entry, without the labels.

use super::row::Row;
use super::words;
use crate::document::{Document, LineKind};
use crate::text::fold;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a label announces, in the order in which an entry tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Label {
    Dates,
    Position,
    Degree,
    Employer,
    School,
    Sector,
    Duties,
    Subjects,
    Level,
}

static LABELS: LazyLock<BTreeMap<String, Label>> = LazyLock::new(|| {
    let kind = |name: &str| match name {
        "dates" => Some(Label::Dates),
        "position" => Some(Label::Position),
        "degree" => Some(Label::Degree),
        "employer" => Some(Label::Employer),
        "school" => Some(Label::School),
        "sector" => Some(Label::Sector),
        "duties" => Some(Label::Duties),
        "subjects" => Some(Label::Subjects),
        "level" => Some(Label::Level),
        _ => None,
    };
    let lines = words::lines(include_str!("../../../../data/parse/rails.txt"));
    let pairs = lines.filter_map(|line| line.split_once(':'));
    pairs
        .filter_map(|(name, phrases)| Some((kind(name)?, phrases)))
        .flat_map(|(label, phrases)| phrases.split('|').map(move |p| (plain(p), label)))
        .collect()
});

/// Folded words with single blanks.
fn plain(text: &str) -> String {
    let folded = fold(text);
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|w| !w.is_empty())
        .collect();
    words.join(" ")
}

/// A label and the rows of its value.
struct Told {
    label: Label,
    rows: Vec<Row>,
}

/// Most rows over which a label goes.
const TALLEST: usize = 4;

/// The label that begins at a row, and how many rows hold nothing but it; 0 where its value stands beside all of it. The words
/// that a label still lacks may stand a few rows below, where the value was read in between.
fn label_at(doc: &Document, rows: &[Row], at: usize, taken: &mut [bool]) -> Option<(Label, usize)> {
    let first = |row: &Row| {
        row.cells
            .first()
            .map_or(String::new(), |c| plain(&doc.text[c.range.clone()]))
    };
    // A row that already has its value beside it holds the whole label, or the words that begin it.
    let beside = rows[at].cells.len() > 1;
    let tallest = if beside { 1 } else { TALLEST };
    let mut whole = String::new();
    for count in 1..=tallest.min(rows.len() - at) {
        let row = &rows[at + count - 1];
        // A form may put a bullet before its labels.
        let listed = row.bullet() && (count > 1 || !LABELS.contains_key(&first(row)));
        if listed || taken[at + count - 1] || (count > 1 && row.cells.len() > 1) {
            break;
        }
        if !whole.is_empty() {
            whole.push(' ');
        }
        whole.push_str(&first(row));
        if let Some(label) = LABELS.get(&whole) {
            return Some((*label, if beside { 0 } else { count }));
        }
    }
    // "Type of business or | Public administration", and two rows below it "sector".
    let begun = first(&rows[at]);
    if !beside || begun.split(' ').count() < 2 {
        return None;
    }
    let below = |rest: &str| {
        (at + 1..rows.len().min(at + 4)).find(|i| !taken[*i] && rows[*i].cells.len() == 1 && first(&rows[*i]) == rest)
    };
    let (label, found) = LABELS.iter().find_map(|(phrase, label)| {
        let rest = phrase.strip_prefix(&begun)?.strip_prefix(' ')?;
        Some((*label, below(rest)?))
    })?;
    taken[found] = true;
    Some((label, 0))
}

/// Labels with a bullet before them, "• Date (da – a)", stand in a cell like their values do.
pub fn unlist(doc: &Document, rows: &mut [Row]) {
    for at in 1..rows.len() {
        if let LineKind::TableCell { table, row, column } = rows[at].kind
            && column > 0
            && rows[at - 1].bullet()
            && LABELS.contains_key(&plain(&doc.text[rows[at - 1].range.clone()]))
        {
            rows[at - 1].kind = LineKind::TableCell {
                table,
                row,
                column: column - 1,
            };
        }
    }
}

/// Puts the rows of a form in order; all other documents stay as they are.
pub fn straighten(doc: &Document, rows: Vec<Row>) -> Vec<Row> {
    let mut taken = vec![false; rows.len()];
    let mut found: Vec<Option<(Label, usize)>> = vec![None; rows.len()];
    for at in 0..rows.len() {
        if !taken[at]
            && let Some((label, count)) = label_at(doc, &rows, at, &mut taken)
        {
            found[at] = Some((label, count));
            for row in taken.iter_mut().skip(at).take(count) {
                *row = true;
            }
        }
    }
    let mut kinds: Vec<Label> = found.iter().flatten().map(|(l, _)| *l).collect();
    kinds.sort();
    kinds.dedup();
    let form = kinds.len() >= 3
        && kinds.contains(&Label::Dates)
        && kinds.iter().any(|k| matches!(k, Label::Employer | Label::School));
    if !form {
        return rows;
    }
    let mut out: Vec<Row> = Vec::with_capacity(rows.len());
    let mut entry: Vec<Told> = Vec::new();
    for (at, mut row) in rows.into_iter().enumerate() {
        let heading = words::heading(&doc.text[row.range.clone()]).is_some()
            && row.cells.len() == 1
            && (row.look.bold || row.look.caps);
        if heading && found[at].is_none() {
            flush(&mut entry, &mut out);
            out.push(row);
            continue;
        }
        match found[at] {
            Some((label, count)) => {
                if label == Label::Dates {
                    flush(&mut entry, &mut out);
                }
                let mut told = Told {
                    label,
                    rows: Vec::new(),
                };
                if count == 0 {
                    row.cells.remove(0);
                    row.range.start = row.cells[0].range.start;
                    row.x0 = row.cells[0].x0;
                    row.look = row.cells[0].look;
                    told.rows.push(row);
                }
                entry.push(told);
            }
            None if taken[at] => {}
            None => match entry.last_mut() {
                Some(told) => told.rows.push(row),
                None => out.push(row),
            },
        }
    }
    flush(&mut entry, &mut out);
    out
}

/// Writes an entry: its date, what was done, for whom, and then the particulars as a list.
fn flush(entry: &mut Vec<Told>, out: &mut Vec<Row>) {
    entry.sort_by_key(|t| t.label);
    let left = entry
        .iter()
        .flat_map(|t| &t.rows)
        .map(|r| r.x0)
        .fold(f32::MAX, f32::min);
    for told in entry.drain(..) {
        let named = matches!(
            told.label,
            Label::Position | Label::Degree | Label::Employer | Label::School
        );
        for (n, mut row) in told.rows.into_iter().enumerate() {
            row.gap = told.label == Label::Dates && n == 0;
            if n == 0 && left.is_finite() && left > 0.0 {
                row.x0 = left;
            }
            if named {
                row.look.bold = true;
                row.cells.iter_mut().for_each(|c| c.look.bold = true);
            } else if told.label != Label::Dates && n == 0 {
                row.kind = LineKind::ListItem { level: 0 };
            }
            out.push(row);
        }
    }
}
