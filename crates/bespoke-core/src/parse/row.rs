//! Lines as the parser sees them: cells with a look each, and a way back to the source.

use super::{dates, words};
use crate::document::{Document, Flow, LineKind, Rect, Span};
use crate::resume::{Field, Section, Source, Text};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// What a stretch of text looks like.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Look {
    /// Size in tenths of a point; 0 where unknown.
    pub size: i32,
    pub bold: bool,
    pub italic: bool,
    pub colour: u32,
    pub caps: bool,
}

impl Look {
    /// Looks that a reader takes for the same.
    pub fn like(&self, other: &Look) -> bool {
        (self.size - other.size).abs() <= 4 && self.bold == other.bold && self.caps == other.caps
    }
}

/// A part of a line between wide gaps.
#[derive(Debug, Clone)]
pub struct Cell {
    pub range: Range<usize>,
    pub look: Look,
    /// Left and right edge in points; 0 where unknown.
    pub x0: f32,
    pub x1: f32,
}

/// A visible line that holds text.
#[derive(Debug, Clone)]
pub struct Row {
    pub range: Range<usize>,
    pub cells: Vec<Cell>,
    pub look: Look,
    pub kind: LineKind,
    pub page: usize,
    pub region: u16,
    /// Left and right edge in points; 0 where unknown.
    pub x0: f32,
    pub x1: f32,
    /// Upper and lower edge in points; 0 where unknown.
    pub y0: f32,
    pub y1: f32,
    /// A clear gap before it.
    pub gap: bool,
    /// What the file says about where its paragraph begins.
    pub flow: Flow,
    /// Position in the document, counted in rows.
    pub index: usize,
}

impl Row {
    pub fn bullet(&self) -> bool {
        matches!(self.kind, LineKind::ListItem { .. })
    }
    pub fn level(&self) -> u8 {
        match self.kind {
            LineKind::ListItem { level } => level,
            _ => 0,
        }
    }
    pub fn heading(&self) -> Option<u8> {
        match self.kind {
            LineKind::Heading { level } => Some(level),
            _ => None,
        }
    }
}

/// A document taken apart into rows.
pub struct Page<'d> {
    pub doc: &'d Document,
    pub rows: Vec<Row>,
    /// Size of most letters, in tenths of a point.
    pub body: i32,
    /// Letters and signs of the longest row.
    pub widest: usize,
}

/// A page number on a line of its own.
static PAGE_OF: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\W*(?:page|seite|página|pagina)\s*\d{1,2}(?:\s*(?:/|of|von|de|di|sur|van)\s*\d{1,2})?\W*$")
        .expect("a pattern")
});

/// What parts the cells of a line: a wide gap, a leader of dots or underscores, the marks of a rating.
static BREAK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\t|\.{4,}|(?:\. ){3,}\.|…{2,}|_{4,}|(?:[●○◯⬤⚫⚪★☆⭐■□◼◻▪▫◆◇\u{e000}-\u{f8ff}] ?){3,}")
        .expect("a pattern")
});

/// The stretches of a line between its breaks.
fn parts(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let breaks = BREAK.find_iter(text).map(|m| m.range());
    let mut from = 0;
    breaks.chain(std::iter::once(text.len()..text.len())).map(move |found| {
        let part = from..found.start;
        from = found.end;
        part
    })
}

impl<'d> Page<'d> {
    pub fn new(doc: &'d Document) -> Self {
        let mut rows = Vec::new();
        let mut letters: std::collections::BTreeMap<i32, usize> = Default::default();
        for (page, line) in doc.lines() {
            let text = line.text(doc);
            let says = |c: char| c.is_alphanumeric() || c == '%' && matches!(line.kind, LineKind::TableCell { .. });
            // The number of the page says nothing wherever it stands.
            let number = || text.len() <= 7 && !text.contains(char::is_alphabetic);
            if line.furniture && (page > 0 || number()) || !text.contains(says) || PAGE_OF.is_match(text) {
                continue;
            }
            let look = |range: &Range<usize>| {
                let mut look = Look::default();
                let (mut bold, mut italic, mut any) = (true, true, false);
                for span in &line.spans {
                    let hit = span.range.start < range.end && span.range.end > range.start;
                    if !hit || !span.text.chars().any(char::is_alphanumeric) {
                        continue;
                    }
                    if !any {
                        look.colour = span.colour;
                    }
                    any = true;
                    look.size = look.size.max((span.size * 10.0).round() as i32);
                    bold &= span.bold;
                    italic &= span.italic;
                }
                // "WORK EXPERIENCE (6+ Years)".
                let said = &doc.text[range.clone()];
                let heads = |f: &&str| f.chars().filter(|c| c.is_alphabetic()).count() >= 8;
                let front = said.split(" (").next().filter(heads).unwrap_or(said);
                let letters = || front.chars().filter(|c| c.is_alphabetic());
                look.bold = any && bold;
                look.italic = any && italic;
                let (upper, lower) = (
                    letters().filter(|c| c.is_uppercase()).count(),
                    letters().filter(|c| c.is_lowercase()).count(),
                );
                // Recognition takes a capital for a small letter of the same shape: "WORK ExPERIENCE".
                let misread = || lower == 1 && upper >= 7 && letters().any(|c| "ckopsuvwxz".contains(c));
                look.caps = upper > 2 && (lower == 0 || misread());
                look
            };
            let mut cells = Vec::new();
            for part in parts(text) {
                let trimmed = text[part.clone()].trim();
                if !trimmed.is_empty() {
                    let start = line.range.start + (trimmed.as_ptr() as usize - text.as_ptr() as usize);
                    let range = start..start + trimmed.len();
                    let boxes = || {
                        let inside =
                            |s: &&crate::document::Span| s.range.start < range.end && s.range.end > range.start;
                        line.spans.iter().filter(inside).filter_map(|s| s.bbox)
                    };
                    cells.push(Cell {
                        look: look(&range),
                        x0: boxes().map(|b| b.x0).reduce(f32::min).unwrap_or(0.0),
                        x1: boxes().map(|b| b.x1).reduce(f32::max).unwrap_or(0.0),
                        range,
                    });
                }
            }
            for span in &line.spans {
                *letters.entry((span.size * 10.0).round() as i32).or_default() += span.text.len();
            }
            let bbox = line.bbox.unwrap_or_default();
            let before = doc.text[..line.range.start].trim_end_matches([' ', '\t']);
            rows.push(Row {
                look: look(&line.range),
                range: line.range.clone(),
                cells,
                kind: line.kind,
                page,
                region: line.region,
                x0: bbox.x0,
                x1: bbox.x1,
                y0: bbox.y0,
                y1: bbox.y1,
                gap: before.is_empty() || before.ends_with("\n\n"),
                flow: line.flow,
                index: rows.len(),
            });
        }
        let body = letters.into_iter().max_by_key(|(_, n)| *n).map_or(0, |(size, _)| size);
        super::rails::unlist(doc, &mut rows);
        let mut rows = super::rails::straighten(doc, unwrap(doc, merge_cells(doc, rows), body));
        rows.iter_mut().for_each(|row| join_colon(doc, row));
        let mut rows = column_flow(doc, detach_dates(doc, split_labels(doc, split_first_items(doc, rows))));
        for (index, row) in rows.iter_mut().enumerate() {
            row.index = index;
        }
        let letters = |row: &Row| doc.text[row.range.clone()].chars().count();
        let widest = rows.iter().map(letters).max().unwrap_or(0);
        Page {
            doc,
            rows,
            body,
            widest,
        }
    }

    /// The text of a range; empty for one that is none, as rows of a form put in order may give.
    pub fn text(&self, range: &Range<usize>) -> &'d str {
        self.doc.text.get(range.clone()).unwrap_or_default()
    }

    pub fn of(&self, row: &Row) -> &'d str {
        self.text(&row.range)
    }

    pub fn source(&self, range: &Range<usize>) -> Source {
        let boxes = self.doc.boxes(range.clone());
        let page = boxes.first().map_or_else(
            || self.doc.lines_after(range.start).next().map_or(0, |(p, _)| p),
            |(p, _)| *p,
        );
        let bbox: Option<Rect> = boxes
            .iter()
            .filter(|(p, _)| *p == page)
            .map(|(_, b)| *b)
            .reduce(|a, b| a.union(&b));
        Source {
            start: range.start,
            end: range.end,
            page,
            bbox,
        }
    }

    /// A field with the text of a range, trimmed.
    pub fn field(&self, range: &Range<usize>, confidence: f32) -> Option<Text> {
        let range = self.trim(range);
        let value = self.join(std::slice::from_ref(&range));
        (!value.is_empty()).then(|| Field::read(value, self.source(&range), confidence))
    }

    /// A field with a value of its own for a range.
    pub fn value<T>(&self, value: T, range: &Range<usize>, confidence: f32) -> Field<T> {
        Field::read(value, self.source(range), confidence)
    }

    /// Without spaces and separators at the ends, and without brackets that have no partner.
    pub fn trim(&self, range: &Range<usize>) -> Range<usize> {
        const EDGE: &[char] = &[
            ',', ';', '|', '·', '•', '–', '—', '-', ':', '\u{fffd}', '/', '~', '‣', '●', '@', '*',
        ];
        let text = self.text(range);
        let mut inner = text;
        loop {
            let before = inner.len();
            inner = inner.trim_matches(|c: char| c.is_whitespace() || EDGE.contains(&c) || super::contact::symbol(c));
            for (open, close) in [('(', ')'), ('[', ']')] {
                let opened = inner.matches(open).count();
                let closed = inner.matches(close).count();
                if opened > closed && inner.starts_with(open)
                    || opened == closed && inner.starts_with(open) && inner.ends_with(close) && opened == 1
                {
                    inner = &inner[1..];
                    if opened == closed {
                        inner = inner.strip_suffix(close).unwrap_or(inner);
                    }
                } else if opened > closed && inner.ends_with(open) || closed > opened && inner.ends_with(close) {
                    inner = &inner[..inner.len() - 1];
                }
            }
            if inner.len() == before {
                break;
            }
        }
        let start = range.start + (inner.as_ptr() as usize - text.as_ptr() as usize);
        start..start + inner.len()
    }

    /// Several rows as one text: line ends become spaces, words cut by a hyphen are joined.
    pub fn join(&self, ranges: &[Range<usize>]) -> String {
        let mut out = String::new();
        for part in ranges.iter().flat_map(|r| self.text(r).split('\n')) {
            let part = squash(part);
            if part.is_empty() {
                continue;
            }
            if out.is_empty() {
                out = part;
                continue;
            }
            let lower = part.chars().next().is_some_and(char::is_lowercase);
            let letter = out.chars().rev().nth(1).is_some_and(char::is_alphabetic);
            if out.ends_with('-') && letter && (lower || part.starts_with(char::is_alphabetic)) {
                if lower && fragment(&out, &part) {
                    out.pop();
                }
                out.push_str(&part);
            } else if out.ends_with('/') || out.ends_with("://") {
                out.push_str(&part);
            } else {
                out.push(' ');
                out.push_str(&part);
            }
        }
        out
    }

    /// A field that spans rows.
    pub fn joined(&self, ranges: &[Range<usize>], confidence: f32) -> Option<Text> {
        let whole = hull(ranges)?;
        let value = self.join(ranges);
        (!value.is_empty()).then(|| Field::read(value, self.source(&whole), confidence))
    }
}

/// From where the first of several ranges begins to where the last ends; rows of a form stand in another order than in the text.
pub fn hull(ranges: &[Range<usize>]) -> Option<Range<usize>> {
    let start = ranges.iter().map(|r| r.start).min()?;
    let end = ranges.iter().map(|r| r.end).max()?;
    Some(start..end)
}

/// Lines of one paragraph become one row, where the file says that they belong together and the line was full.
fn unwrap(doc: &Document, rows: Vec<Row>, body: i32) -> Vec<Row> {
    // How wide lines get that are set like this one: flush left, flush right or centred.
    let widths: Vec<f32> = rows
        .iter()
        .enumerate()
        .map(|(i, row)| {
            let near = &rows[i.saturating_sub(10)..(i + 11).min(rows.len())];
            let alike = |o: &&Row| {
                let flush = (o.x0 - row.x0).abs() < 40.0
                    || (o.x1 - row.x1).abs() < 3.0
                    || ((o.x0 + o.x1) - (row.x0 + row.x1)).abs() < 6.0;
                o.page == row.page && o.region == row.region && flush
            };
            let most = near.iter().filter(alike).map(|o| o.x1 - o.x0).fold(0.0, f32::max);
            most.min(narrow(near, row) - row.x0)
        })
        .collect();
    let listed = line_by_line(doc, &rows, &widths);
    let mut out: Vec<Row> = Vec::with_capacity(rows.len());
    // Width of the last line of the row that is being put together, and how wide it could be.
    let mut last = (0.0f32, 0.0f32);
    for ((row, most), listed) in rows.into_iter().zip(widths).zip(listed) {
        let text = &doc.text[row.range.clone()];
        let full = last.0 + first_word(doc, &row) > last.1.max(most) - 1.0;
        let width = row.x1 - row.x0;
        let own = row.flow == Flow::Continues
            && out.last().is_some_and(|before| {
                let capital = text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
                capital && (listed || ends_dated(doc, before)) || labelled(doc, before) && labelled(doc, &row)
            });
        match out.last_mut() {
            Some(before) if name_ends(doc, before, &row) => {
                before.range.end = row.range.end;
                if let (Some(cell), Some(more)) = (before.cells.last_mut(), row.cells.last()) {
                    cell.range.end = more.range.end;
                }
                last = (width, most);
            }
            Some(before)
                if (row.flow == Flow::Continues && !own && !reaches(doc, before) && !reaches(doc, &row)
                    || heading_goes_on(doc, before, &row, body) && full
                    || address_goes_on(doc, before, &row) && last.0 > 0.8 * last.1)
                    && row.page == before.page
                    && (full
                        || text.starts_with(char::is_lowercase)
                        || row.heading().is_some()
                        || address_goes_on(doc, before, &row))
                    && row.cells.len() == 1
                    && before.cells.len() == 1
                    && (row.look.size - before.look.size).abs() <= 4 =>
            {
                before.range.end = row.range.end;
                before.x1 = before.x1.max(row.x1);
                before.look.bold &= row.look.bold;
                if let (Some(cell), Some(more)) = (before.cells.last_mut(), row.cells.last()) {
                    cell.range.end = more.range.end;
                    cell.x1 = cell.x1.max(more.x1);
                }
                last = (width, most);
            }
            _ => {
                last = (width, most);
                out.push(row);
            }
        }
    }
    out
}

/// How wide the first word of a row is with the blank before it.
fn first_word(doc: &Document, row: &Row) -> f32 {
    let text = &doc.text[row.range.clone()];
    let word = text.split_whitespace().next().map_or(0, |w| w.chars().count()) as f32;
    (word + 0.5) * (row.x1 - row.x0) / text.chars().count().max(1) as f32
}

/// A row that ends with its date: what comes next is told by itself.
fn ends_dated(doc: &Document, row: &Row) -> bool {
    let text = doc.text[row.range.clone()].trim_end();
    dates::find(text)
        .last()
        .is_some_and(|s| s.range.end == text.len() && s.range.len() < text.len())
}

/// A row that begins with a label and its colon: "Tools: …".
fn labelled(doc: &Document, row: &Row) -> bool {
    let text = &doc.text[row.range.clone()];
    text.split_whitespace().take(3).any(|w| w.ends_with(':'))
}

/// Which rows stand in a paragraph that is a list, a short line each: one of its lines ended although the next word had room.
fn line_by_line(doc: &Document, rows: &[Row], widths: &[f32]) -> Vec<bool> {
    let mut out = vec![false; rows.len()];
    let mut from = 0;
    while from < rows.len() {
        let goes_on = |row: &&Row| row.flow == Flow::Continues;
        let to = from + 1 + rows[from + 1..].iter().take_while(goes_on).count();
        let short = |row: &Row| {
            let words = doc.text[row.range.clone()].split_whitespace().count();
            words <= 6 && row.heading().is_none() && !row.look.bold
        };
        let ended = |i: usize| {
            let room = widths[i - 1].max(widths[i]) - (rows[i - 1].x1 - rows[i - 1].x0);
            rows[i].page == rows[i - 1].page
                && doc.text[rows[i].range.clone()].starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
                && first_word(doc, &rows[i]) < room
        };
        if to - from >= 3 && rows[from..to].iter().all(short) && (from + 1..to).any(ended) {
            out[from..to].fill(true);
        }
        from = to;
    }
    out
}

/// A line of contact data: an address, a link or a number, and hardly a word beside it.
fn reaches(doc: &Document, row: &Row) -> bool {
    let text = &doc.text[row.range.clone()];
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let words = text
        .split_whitespace()
        .filter(|w| w.chars().all(char::is_alphabetic))
        .count();
    words <= 1
        && (text.contains('@') || text.contains("://") || text.starts_with("www.") || digits >= 7)
        && dates::find(text).is_empty()
}

/// A row that is only the legal form of the name above it: "Albwerk Ventile" above "GmbH".
fn name_ends(doc: &Document, before: &Row, row: &Row) -> bool {
    row.x0 > 0.0
        && !row.gap
        && row.cells.len() == 1
        && before.cells.len() == 1
        && row.look.like(&before.look)
        && (row.x0 - before.x0).abs() < 2.0
        && super::fields::tail_of_name(&doc.text[row.range.clone()])
}

/// Where the text beside the column of a row begins, less the least gutter; without bound where none stands beside it.
fn narrow(near: &[Row], row: &Row) -> f32 {
    if row.x0 <= 0.0 {
        return f32::MAX;
    }
    let column = near
        .iter()
        .filter(|o| o.page == row.page && (o.x0 - row.x0).abs() < 3.0);
    let beside = |o: &Row| {
        let level = |p: &&Row| p.page == o.page && p.x0 > o.x1 + 3.0 && p.y0 < o.y1 - 2.0 && p.y1 > o.y0 + 2.0;
        let starts = near.iter().filter(level).map(|p| p.x0);
        let within = o.cells.get(1).map(|c| c.x0);
        starts.chain(within).fold(f32::MAX, f32::min)
    };
    let edge = column.map(beside).fold(f32::MAX, f32::min);
    if row.x0 > 0.0 && edge > row.x1 {
        edge - 6.0
    } else {
        f32::MAX
    }
}

/// A heading of an entry that fills its line and goes on in the same look right below.
fn heading_goes_on(doc: &Document, before: &Row, row: &Row, body: i32) -> bool {
    let loud = row.look.bold || row.look.italic || row.look.size > body + 4;
    let words = doc.text[before.range.clone()].split_whitespace().count();
    let sections = words::heading(&doc.text[row.range.clone()]).is_some()
        || words::heading(&doc.text[before.range.clone()]).is_some();
    row.flow == Flow::Unknown
        && row.x0 > 0.0
        && !labelled(doc, row) // "Tools: …" below "Languages: …"
        && (loud || words >= 6)
        && words >= 3
        && !sections
        && !row.gap
        && !row.bullet()
        && row.region == before.region
        && row.look.like(&before.look)
        && row.look.italic == before.look.italic
        && row.look.colour == before.look.colour
        && (row.x0 - before.x0).abs() < 2.0
        && dates::find(&doc.text[before.range.clone()]).is_empty()
        && (row.look.bold || !begins_bold(doc, row))
}

/// True where the first words of a row are bold.
pub fn begins_bold(doc: &Document, row: &Row) -> bool {
    let mut spans = spans_in(doc, row.page, &row.range);
    spans.next().is_some_and(|s| s.bold && s.range.end > row.range.start)
}

/// The spans of a page that touch a stretch of the text.
pub fn spans_in<'d>(doc: &'d Document, page: usize, range: &Range<usize>) -> impl Iterator<Item = &'d Span> + use<'d> {
    let lines = doc.pages.get(page).map_or(&[][..], |p| &p.lines);
    let (start, end) = (range.start, range.end);
    let from = lines.partition_point(|l| l.range.end <= start);
    let lines = lines[from..].iter().take_while(move |l| l.range.start < end);
    lines
        .flat_map(|l| &l.spans)
        .filter(move |s| s.range.start < end && s.range.end > start)
}

/// An e-mail address or a link that was broken where its column ends.
fn address_goes_on(doc: &Document, before: &Row, row: &Row) -> bool {
    let (first, second) = (&doc.text[before.range.clone()], &doc.text[row.range.clone()]);
    let address = first.contains('@') || first.contains("://") || first.starts_with("www.");
    // A whole address is followed by the next line of the contact data.
    let ended = [".com", ".org", ".net", ".edu"].iter().any(|end| first.ends_with(end));
    let host = second.split('/').next().unwrap_or_default();
    let linked = second.contains('/') && host.split('.').count() >= 2 && !host.starts_with('.');
    let whole = first.contains('@') && ended && linked
        || first.contains('@') && (second.starts_with(char::is_uppercase) || !second.contains('.') && ended);
    let part = |t: &str| !t.contains(char::is_whitespace) || t.contains('\n');
    let plain = second
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '/' | '~' | '=' | '?' | '%'));
    row.x0 > 0.0
        && address
        && !whole
        && part(first)
        && plain
        && !second.contains("www.")
        && second.chars().filter(char::is_ascii_digit).count() < 7
        && !row.gap
        && row.region == before.region
        && row.look.like(&before.look)
        && (row.x0 - before.x0).abs() < 2.0
        && words::heading(second).is_none()
}

/// The cells of a table, which formats without geometry give a line each, become one row as they stand on a page: where each
/// column but the last has one line. Tables that lay out a page have more.
fn merge_cells(doc: &Document, rows: Vec<Row>) -> Vec<Row> {
    let place = |row: &Row| match row.kind {
        LineKind::TableCell { table, row, column } => Some((table, row, column)),
        _ => None,
    };
    // Where most names at the left are those of sections, with more than a line beside them, the table lays out the page.
    let mut names: std::collections::HashMap<_, (usize, usize, usize)> = Default::default();
    for row in &rows {
        match place(row) {
            Some((table, _, 0)) => {
                let (sections, all, _) = names.entry(table).or_default();
                *sections += usize::from(words::heading(&doc.text[row.range.clone()]).is_some());
                *all += 1;
            }
            Some((table, _, 1)) => names.entry(table).or_default().2 += 1,
            _ => {}
        }
    }
    // Right below a heading of its own, "Kenntnisse und Interessen", it is one of labels and values.
    let below: std::collections::HashSet<u16> = rows
        .windows(2)
        .filter(|pair| place(&pair[0]).is_none() && words::heading(&doc.text[pair[0].range.clone()]).is_some())
        .filter_map(|pair| place(&pair[1]).filter(|_| pair[0].look.bold && !pair[1].look.bold))
        .map(|(table, _, _)| table)
        .collect();
    let lays_out = |table| {
        let many = names
            .get(&table)
            .is_some_and(|(sections, all, beside)| sections * 5 >= all * 3 && beside > all);
        many && !below.contains(&table)
    };
    let mut out: Vec<Row> = Vec::with_capacity(rows.len());
    let mut rows = rows.into_iter().peekable();
    while let Some(first) = rows.next() {
        let Some((table, line, column)) = place(&first).filter(|_| first.x0 == 0.0) else {
            out.push(first);
            continue;
        };
        let mut group = vec![first];
        let mut columns = vec![column];
        while let Some(next) = rows.next_if(|r| place(r).is_some_and(|(t, l, _)| (t, l) == (table, line))) {
            columns.extend(place(&next).map(|(_, _, c)| c));
            group.push(next);
        }
        // "May 2020 –" above "present": a stretch of time in the first cell is one line.
        let front = columns.iter().take_while(|c| **c == column).count();
        if (2..=4).contains(&front) && front < group.len() {
            let lines: Vec<&str> = group[..front]
                .iter()
                .map(|r| doc.text[r.range.clone()].trim())
                .collect();
            if dates::whole(&lines.join(" ")) {
                let end = group[front - 1].range.end;
                group[0].range.end = end;
                group[0].cells.truncate(1);
                group[0].cells.iter_mut().for_each(|c| c.range.end = end);
                group.drain(1..front);
                columns.drain(1..front);
            }
        }
        let last = *columns.last().unwrap_or(&column);
        let head = columns.iter().take_while(|c| **c != last).count();
        let single = columns[..head].windows(2).all(|pair| pair[0] != pair[1]);
        if head == 0 || !single || lays_out(table) || group.iter().any(Row::bullet) {
            out.extend(group);
            continue;
        }
        let mut rest = group.split_off(head + 1).into_iter();
        let mut cells = group.into_iter();
        if let Some(mut row) = cells.next() {
            for cell in cells {
                row.range.end = cell.range.end;
                row.look.bold &= cell.look.bold;
                row.cells.extend(cell.cells);
            }
            row.kind = LineKind::Paragraph;
            out.push(row);
        }
        out.extend(rest.by_ref());
    }
    out
}

/// A row of two cells or more as two: its first cell, and right below that the others.
fn split_first_cell(row: Row) -> (Row, Row) {
    let (mut first, mut rest) = (row.clone(), row);
    first.cells.truncate(1);
    first.range = first.cells[0].range.clone();
    first.x1 = first.cells[0].x1;
    first.look = first.cells[0].look;
    rest.cells.remove(0);
    rest.range.start = rest.cells[0].range.start;
    rest.x0 = rest.cells[0].x0;
    rest.look = rest.cells[0].look;
    rest.look.bold = rest.cells.iter().all(|c| c.look.bold);
    rest.gap = false;
    (first, rest)
}

/// "Duties: | • Stockpile surveys": the first item of a list beside its label is a row of its own.
fn split_first_items(doc: &Document, rows: Vec<Row>) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::with_capacity(rows.len());
    for row in rows {
        let text = |cell: &Cell| &doc.text[cell.range.clone()];
        if let [label, item] = row.cells.as_slice()
            && text(label).ends_with(':')
            && let Some(rest) = crate::ingest::strip_bullet(text(item)).filter(|rest| !rest.is_empty())
        {
            let start = item.range.end - rest.len();
            let (label, mut item) = split_first_cell(row);
            item.cells[0].range.start = start;
            item.range.start = start;
            item.kind = LineKind::ListItem { level: 0 };
            out.push(label);
            out.push(item);
            continue;
        }
        out.push(row);
    }
    out
}

/// "Designation | : Site Engineer", where the colon stands in a column of its own, is one cell.
fn join_colon(doc: &Document, row: &mut Row) {
    let colon = |cell: &Cell| doc.text[cell.range.clone()].starts_with(':');
    if let [label, value] | [label, _, value] = row.cells.as_mut_slice()
        && (label.range.end..value.range.start).len() < 8
    {
        let end = value.range.end;
        if row.cells.get(1).is_some_and(colon) {
            row.cells[0].range.end = end;
            row.cells.truncate(1);
        }
    }
}

/// A label that is so long that no wide gap parts it from its row, in a column of labels, becomes a cell of its own.
fn rail_cells(doc: &Document, mut rows: Vec<Row>, label: &impl Fn(&Row) -> Option<Section>) -> Vec<Row> {
    let columns: Vec<(usize, f32, f32)> = rows
        .iter()
        .filter(|r| r.x0 > 0.0 && label(r).is_some())
        .filter_map(|r| Some((r.page, r.x0, r.cells.get(1)?.x0)))
        .collect();
    if columns.len() < 2 {
        return rows;
    }
    for row in rows.iter_mut().filter(|r| r.cells.len() == 1 && !r.bullet()) {
        let same = columns
            .iter()
            .find(|(page, left, _)| *page == row.page && (row.x0 - left).abs() < 2.0);
        let Some((_, _, beside)) = same else { continue };
        let at = spans_in(doc, row.page, &row.range)
            .find(|s| s.bbox.is_some_and(|b| (b.x0 - beside).abs() < 2.0))
            .map(|s| s.range.start);
        let Some(at) = at.filter(|at| *at > row.range.start + 2) else {
            continue;
        };
        let front = row.range.start..row.range.start + doc.text[row.range.start..at].trim_end().len();
        let whole = row.cells[0].clone();
        if words::heading(&doc.text[front.clone()]).is_none() {
            continue;
        }
        let styled = |range: &Range<usize>| {
            let mut look = whole.look;
            look.bold = spans_in(doc, row.page, range).all(|s| s.bold);
            look
        };
        let (label, rest) = (front, at..row.range.end);
        row.cells = vec![
            Cell {
                look: styled(&label),
                x0: whole.x0,
                x1: *beside - 6.0,
                range: label,
            },
            Cell {
                look: styled(&rest),
                x0: *beside,
                x1: whole.x1,
                range: rest,
            },
        ];
    }
    rows
}

/// Which rows hold a label of a table among skills, "Languages | Java, SQL" above "Frameworks | Spring": the cell above or below
/// it names no section; or the label is plain and the heading that it stands under, of skills or personal details, is bold.
fn table_labels(doc: &Document, rows: &[Row], label: &impl Fn(&Row) -> Option<Section>) -> Vec<bool> {
    let mut under: Option<(Section, bool)> = None;
    let sections: Vec<Option<(Section, bool)>> = rows
        .iter()
        .map(|row| {
            let named = match row.cells.as_slice() {
                [one] => words::heading(&doc.text[one.range.clone()]).filter(|_| !row.bullet()),
                _ => None,
            };
            under = named.map(|section| (section, row.look.bold)).or(under);
            under
        })
        .collect();
    (0..rows.len())
        .map(|i| {
            let Some((section, bold)) = sections[i] else {
                return false;
            };
            let plain = bold && rows[i].cells.len() == 2 && !rows[i].cells[0].look.bold && label(&rows[i]).is_some();
            match section {
                Section::Skills if plain => return true,
                Section::Skills => {}
                Section::Contact | Section::Extras if plain => {}
                _ => return false,
            }
            let names = |n: usize| {
                let row = rows.get(n)?;
                let [first, _, ..] = row.cells.as_slice() else {
                    return None;
                };
                let text = &doc.text[first.range.clone()];
                let short = text.split_whitespace().count() <= 4 && !row.bullet() && dates::find(text).is_empty();
                let right = rows[i].cells.first().map_or(0.0, |c| c.x1);
                let flush = (first.x0 - rows[i].x0).abs() < 3.0 || (first.x1 - right).abs() < 3.0;
                let level = row.page == rows[i].page && flush && row.cells.len() == 2;
                (short && level && label(row).is_none()).then_some(())
            };
            i.checked_sub(1).and_then(names).is_some() || names(i + 1).is_some()
        })
        .collect()
}

/// Section headings that stand beside their first row become rows of their own.
fn split_labels(doc: &Document, rows: Vec<Row>) -> Vec<Row> {
    let label = |row: &Row| {
        let [first, _, ..] = row.cells.as_slice() else {
            return None;
        };
        let text = &doc.text[first.range.clone()];
        let short = text.split_whitespace().count() <= 4 && !text.contains([':', ',']) && !row.bullet();
        words::heading(text).filter(|_| short)
    };
    let rows = rail_cells(doc, rows, &label);
    let table = table_labels(doc, &rows, &label);
    let mut sections: Vec<_> = (0..rows.len())
        .filter(|i| !table[*i])
        .filter_map(|i| label(&rows[i]))
        .collect();
    sections.sort_by_key(|s| *s as u8);
    sections.dedup();
    if sections.len() < 2 {
        return rows;
    }
    let mut out: Vec<Row> = Vec::with_capacity(rows.len() + sections.len());
    let mut rows = rows.into_iter().peekable();
    let mut table = table.into_iter();
    while let Some(row) = rows.next() {
        if table.next().unwrap_or(false) || label(&row).is_none() {
            out.push(row);
            continue;
        }
        let (mut heading, mut row) = split_first_cell(row);
        let first = &heading.cells[0];
        // A label that goes on in the next row: "PROFESSIONAL SKILLS" above "SUMMARY".
        if let Some(next) = rows.peek_mut()
            && next.cells.len() >= 2
            && next.cells[0].look == first.look
            && (next.cells[0].x0 - first.x0).abs() < 3.0
            && !next.gap
            && words::heading(&format!(
                "{} {}",
                &doc.text[first.range.clone()],
                &doc.text[next.cells[0].range.clone()]
            ))
            .is_some()
        {
            next.cells.remove(0);
            next.range.start = next.cells[0].range.start;
            next.x0 = next.cells[0].x0;
            next.look = next.cells[0].look;
        }
        heading.gap = true;
        out.push(heading);
        row.flow = Flow::Begins;
        out.push(row);
    }
    out
}

/// The main column goes on over the page break before the side column of the first page is read: what stands at the
/// top of a page belongs to what stands above the break in the same column.
fn column_flow(doc: &Document, rows: Vec<Row>) -> Vec<Row> {
    let heads = |row: &Row| super::words::heading(&doc.text[row.range.clone()]).is_some();
    let mut out: Vec<Row> = Vec::with_capacity(rows.len());
    let mut rest = rows.into_iter().peekable();
    while let Some(row) = rest.next() {
        let turned = out.last().is_some_and(|last| last.page < row.page);
        let from = (turned && !heads(&row)).then(|| above_break(&out, &row)).flatten();
        let Some((mut at, side)) = from else {
            out.push(row);
            continue;
        };
        let page = row.page;
        out.insert(at, row);
        // Up to the next heading, or to where the side column goes on.
        while let Some(next) = rest.next_if(|r| r.page == page && !heads(r) && (r.x0 - side).abs() > 12.0) {
            at += 1;
            out.insert(at, next);
        }
    }
    out
}

/// Where the column that a row at the top of a page goes on with ended, and the left edge of the column that was read
/// after it; `None` where nothing was.
fn above_break(before: &[Row], row: &Row) -> Option<(usize, f32)> {
    let page = before.iter().map(|r| r.page).max()?;
    let left = |region: u16| {
        let xs = before
            .iter()
            .filter(|r| r.page == page && r.region == region)
            .map(|r| r.x0);
        xs.reduce(f32::min).unwrap_or(0.0)
    };
    let last = before.iter().rev().find(|r| r.page == page)?;
    if row.x0 <= 0.0 || last.x0 <= 0.0 || row.page != page + 1 || (left(last.region) - row.x0).abs() < 40.0 {
        return None;
    }
    let same = |r: &&Row| r.page == page && r.region != last.region && (left(r.region) - row.x0).abs() < 3.0;
    // Only the main column, not one of several short ones.
    let main = before.iter().filter(same).count() * 2 > before.iter().filter(|r| r.page == page).count();
    let end = before.iter().rposition(|r| same(&r)).filter(|_| main)?;
    Some((end + 1, left(last.region)))
}

/// A date that stands in the margin of a list item belongs to the entry above the list, and becomes a row there.
fn detach_dates(doc: &Document, rows: Vec<Row>) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::with_capacity(rows.len());
    for mut row in rows {
        let text = |cell: &Cell| &doc.text[cell.range.clone()];
        // A heading of an entry in one long line keeps its date.
        let heading = |t: &str| {
            t.contains(" | ") || words::position(t) >= 0.8 || words::degree(t) >= 1.0 || words::school(t) >= 1.0
        };
        let long = row
            .cells
            .first()
            .is_some_and(|c| text(c).len() > 45 && !heading(text(c)));
        let margin = row.cells.len() >= 2
            && (row.bullet() || long)
            && row.cells.last().is_some_and(|c| {
                let whole = text(c);
                let dated: usize = dates::find(whole)
                    .iter()
                    .filter(|s| s.stretch)
                    .map(|s| s.range.len())
                    .sum();
                dated + 2 >= whole.trim().len() || dates::duration(whole)
            });
        let before_lists = row.bullet() || out.last().is_some_and(Row::bullet);
        if !margin || !before_lists {
            out.push(row);
            continue;
        }
        if let Some(cell) = row.cells.pop() {
            row.range.end = row.cells.last().map_or(row.range.end, |c| c.range.end);
            row.x1 = row.cells.last().map_or(row.x1, |c| c.x1);
            if !dates::duration(text(&cell)) {
                let at = out.iter().rposition(|r| !r.bullet()).map_or(0, |i| i + 1);
                let mut date = row.clone();
                date.kind = LineKind::Paragraph;
                date.range = cell.range.clone();
                (date.x0, date.x1, date.look) = (cell.x0, cell.x1, cell.look);
                date.gap = false;
                date.cells = vec![cell];
                let at = if row.bullet() { at } else { out.len() };
                out.insert(at, date);
            }
        }
        out.push(row);
    }
    out
}

/// Ends of words that a hyphen at the end of a line cuts off: "informa-tion". Whole words stay hyphenated: "first-year".
fn fragment(before: &str, after: &str) -> bool {
    const TAILS: &[&str] = &[
        "tion", "tions", "sion", "sions", "ment", "ments", "ing", "ings", "ed", "er", "ers", "ly", "ness", "able",
        "ible", "ity", "ities", "ive", "ance", "ence", "ant", "ent", "al", "ally", "ous", "ized", "ised", "izing",
        "ising", "ation", "ations", "cation", "mation", "ture", "tures", "tor", "tors", "gy", "gies", "ology", "ware",
        "nology", "nies", "ny", "ties", "ty", "ship", "ships", "tive", "tional", "neering", "neer", "ysis", "lysis",
        "ical", "ically", "ate", "ated", "ating", "gram", "grams", "ular", "lar", "ery", "ory", "ress", "ulate",
        "ment,", "ung", "ungen", "keit", "heit", "lich", "ment.",
    ];
    const FRONTS: &[&str] = &[
        "co", "pre", "post", "re", "multi", "non", "self", "cross", "end", "e", "x", "anti", "sub", "long", "high",
        "low",
    ];
    let front = before
        .trim_end_matches('-')
        .rsplit(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default();
    let tail = after.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    !FRONTS.contains(&front.to_lowercase().as_str())
        && TAILS
            .iter()
            .any(|t| tail == *t || (tail.len() <= t.len() + 2 && tail.ends_with(t)))
}

/// One line: tabs and line ends become single spaces.
pub fn squash(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
