//! Cuts a block into entries, and an entry into its heading and its body.

use super::contact::symbol;
use super::dates::{self, Span, alone};
use super::row::{Look, Page, Row, begins_bold};
use super::words;
use crate::document::{Flow, LineKind};
use std::collections::HashMap;
use std::ops::Range;

/// One job, degree, project … before its fields are told apart.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// Pieces of the heading: parts of rows without the dates, in order.
    pub pieces: Vec<Piece>,
    /// When.
    pub span: Option<(Span, usize)>,
    /// List items of the body: each the ranges of its rows, and its nesting.
    pub items: Vec<Item>,
    /// Running text under the heading.
    pub prose: Vec<Range<usize>>,
}

/// A part of the heading of an entry.
#[derive(Debug, Clone)]
pub struct Piece {
    pub range: Range<usize>,
    pub look: Look,
    /// Row in the heading, from 0.
    pub row: usize,
    /// Page, from 0.
    pub page: usize,
}

/// A list item.
#[derive(Debug, Clone)]
pub struct Item {
    pub ranges: Vec<Range<usize>>,
    pub level: u8,
}

/// A date span moved to document offsets, in a row that is no sentence.
pub fn dated(page: &Page<'_>, row: &Row) -> Option<Span> {
    if row.bullet() {
        return None;
    }
    let text = page.of(row);
    // Two rows that were joined: what they say together.
    let joined;
    let mut spans = dates::find(text);
    let text = if text.contains('\n') && text.len() < 48 && !spans.iter().any(|s| s.stretch) {
        // Cut anywhere in a narrow column, "March 2018 to / Present"; else the line end stands for the dash.
        let spaced = text.replace('\n', " ");
        spans = dates::find(&spaced);
        joined = if spans.iter().any(|s| s.stretch) {
            spaced
        } else {
            text.replace('\n', "-")
        };
        spans = dates::find(&joined);
        joined.as_str()
    } else {
        text
    };
    // "2019" inside a long sentence is no date of the entry.
    let span = spans.iter().find(|s| s.stretch).or_else(|| spans.last())?.clone();
    // A date in a cell of its own says nothing about how long the text beside it may be.
    let apart = |cell: &super::row::Cell| {
        let found = span.range.start + row.range.start..span.range.end + row.range.start;
        cell.range.start <= found.start && found.end <= cell.range.end && cell.range.len() <= found.len() + 2
    };
    let most = if row.x0 > 0.0 { 160 } else { 600 };
    let margin = row.cells.len() == 2 && text.len() < most && row.cells.iter().any(apart);
    let outside = if margin {
        0
    } else {
        text.len() - (span.range.end - span.range.start)
    };
    // "Espanola High School – O.S.S.D., 2001": at the end of a row of fields.
    let last = span.range.end + 2 >= text.len() && !text.trim_end().ends_with('.');
    if !span.stretch
        && (outside > if last { 120 } else { 90 }
            || (span.bare && outside > 40 && span.range.end + 2 < text.len() && span.range.start > 2))
    {
        return None;
    }
    if !margin && (tells(text, &span) || aside(text, &span)) {
        return None;
    }
    // "Working as Lead Consultant in Zenora Technologies from Nov 2021 to till date."
    let told = ["Working as ", "Worked as ", "Employed as "]
        .iter()
        .any(|f| text.trim_start().starts_with(f));
    let most = if told { 120 } else { 70 };
    if !margin && text.split_whitespace().count() > 22 || (text.trim_end().ends_with('.') && outside > most) {
        return None;
    }
    let at = row.range.start;
    let shift = |r: Range<usize>| r.start + at..r.end + at;
    Some(Span {
        range: shift(span.range),
        start: span.start.map(|(d, r)| (d, shift(r))),
        end: span.end.map(|(d, r)| (d, shift(r))),
        ..span
    })
}

/// True where the date stands in brackets and tells of the employer, not of the job: "Quillbyte, Bengaluru (remote since 2021)".
fn aside(text: &str, span: &Span) -> bool {
    const TELLING: [&str; 10] = [
        "remote", "hybrid", "home", "formerly", "acquired", "merged", "renamed", "listed", "founded", "part",
    ];
    let front = &text[..span.range.start];
    let open = front.rfind('(').filter(|open| !front[*open..].contains(')'));
    let said = open.map_or("", |open| &front[open + 1..]).to_lowercase();
    said.split(|c: char| !c.is_alphabetic()).any(|w| TELLING.contains(&w))
}

/// True where the date is a part of a sentence: "Résultat positif chaque année depuis 2016", "Cession du fonds en 2008".
fn tells(text: &str, span: &Span) -> bool {
    let since = span.stretch
        && span
            .start
            .as_ref()
            .zip(span.end.as_ref())
            .is_some_and(|(s, e)| e.1.end == s.1.end);
    // "Secured a grant of 1.9 million euros (2022–2027)"
    let bracket = text[span.range.clone()].ends_with(')') && text.trim_end().len() == span.range.end;
    let front = &text[..span.range.start];
    let small = starting(front, char::is_lowercase);
    let told = bracket && front.split_whitespace().count() >= 6 && small >= starting(front, char::is_uppercase);
    if span.stretch && !since && !told {
        return false;
    }
    let rest = format!("{} {}", &text[..span.range.start], &text[span.range.end..]);
    let inside = text[..span.range.start]
        .trim_end()
        .rsplit(' ')
        .next()
        .unwrap_or_default();
    let within = ["en", "in", "im", "nel", "em", "of", "de"].contains(&inside);
    let names = words::position(&rest) >= 0.6 || words::degree(&rest) >= 0.5 || words::school(&rest) >= 0.5;
    (reads_on(&rest) || told) && !names || within && starting(&rest, char::is_lowercase) >= 2 && !names
}

/// How many words of a text start so.
pub fn starting(text: &str, so: fn(char) -> bool) -> usize {
    text.split_whitespace().filter(|w| w.starts_with(so)).count()
}

/// Five words or more, most of them in small letters, and nothing that parts fields.
fn reads_on(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.len() >= 5 && starting(text, char::is_lowercase) * 2 > words.len() && !text.contains(['|', '•', '·', '\t'])
}

fn sentence(page: &Page<'_>, row: &Row) -> bool {
    let text = page.of(row);
    let words = text.split_whitespace().count();
    // A short line that ends like a sentence, and is no title and no "Acme Inc.".
    let last = text
        .trim_end()
        .trim_end_matches('.')
        .rsplit(' ')
        .next()
        .unwrap_or_default();
    let stop = text.trim_end().ends_with('.') && words >= 4 && last.len() > 4 && words::position(text) < 0.8;
    // "Raised GCSE grade 5+ from 48% to 61%."
    let told = || {
        text.trim_end().ends_with('.')
            && words >= 5
            && starting(text, char::is_lowercase) > starting(text, char::is_uppercase)
            && words::position(text) < 0.8
    };
    text.len() > 95
        || stop
        || told()
        || (words > 9 && text.trim_end().ends_with(['.', ';']))
        || (words > 3 && text.starts_with(char::is_lowercase))
        || words > 16
}

/// Cuts rows into entries. Every entry is anchored by a row with a date, or by the look of the first row.
pub fn entries(page: &Page<'_>, rows: &[&Row]) -> Vec<Entry> {
    if rows.is_empty() {
        return Vec::new();
    }
    let whole = wrapped_items(page, rows);
    let opened = open_bullets(page, &whole.iter().collect::<Vec<_>>());
    let mut opened = wrapped_headings(page, join_dates(page, whole_dates(page, opened)));
    let stacked = stacked_dates(page, &mut opened);
    let rows: &[&Row] = &opened.iter().collect::<Vec<_>>();
    let mut spans: Vec<Option<Span>> = rows.iter().map(|r| dated(page, r)).collect();
    for (at, span) in stacked {
        spans[at] = Some(span);
    }
    let left = rows
        .iter()
        .filter(|r| !r.bullet())
        .map(|r| r.x0)
        .fold(f32::MAX, f32::min);
    // Where entries begin with their dates at the left, a date inside a text further in is told by that text.
    let leads = |span: &Option<Span>, row: &Row| span.as_ref().is_some_and(|s| s.range.start == row.range.start);
    let first = spans
        .iter()
        .zip(rows)
        .filter(|(s, r)| leads(s, r) && r.x0 < left + 3.0)
        .count();
    let told: Vec<bool> = spans
        .iter()
        .zip(rows)
        .map(|(span, row)| {
            let further = row.x0 > left + 20.0 && page.of(row).split_whitespace().count() >= 5;
            first >= 2 && row.x0 > 0.0 && further && span.is_some() && !leads(span, row)
        })
        .collect();
    for (span, _) in spans.iter_mut().zip(&told).filter(|(_, told)| **told) {
        *span = None;
    }
    let body: Vec<bool> = rows
        .iter()
        .enumerate()
        .map(|(i, r)| {
            let continues = i > 0 && continuation(page, rows, i);
            // "… back / to 2009" behind a bullet: no date of an entry.
            let within = || {
                // "… at every conference / since 2020"
                let lower =
                    page.of(r).starts_with(char::is_lowercase) && r.x0 > 0.0 && r.x0 > rows[i.max(1) - 1].x0 - 1.5;
                continues && rows[i - 1].bullet() && spans[i].as_ref().is_some_and(|s| !s.stretch || lower)
            };
            r.bullet() || told[i] || (spans[i].is_none() && (sentence(page, r) || continues)) || within()
        })
        .collect();
    let anchors: Vec<usize> = (0..rows.len()).filter(|i| spans[*i].is_some() && !body[*i]).collect();
    let starts = starts(page, rows, &anchors, &body, left);
    let mut out = Vec::new();
    for (n, start) in starts.iter().enumerate() {
        let end = starts.get(n + 1).copied().unwrap_or(rows.len());
        out.push(entry(page, &rows[*start..end], &spans[*start..end], &body[*start..end]));
    }
    out
}

/// List items whose stretch of time goes on in the next line: "• Working as Consultant in Zenora from Nov 2021 to / till date."
fn wrapped_items(page: &Page<'_>, rows: &[&Row]) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::with_capacity(rows.len());
    for row in rows.iter().copied() {
        if let Some(before) = out.last_mut()
            && before.bullet()
            && !row.bullet()
            && before.page == row.page
            && before.range.end <= row.range.start
            && let ([item], [rest]) = (before.cells.as_mut_slice(), row.cells.as_slice())
            && cut_in_time(page.text(&item.range), page.text(&rest.range))
        {
            item.range.end = rest.range.end;
            before.range.end = row.range.end;
            continue;
        }
        out.push(row.clone());
    }
    out
}

/// True where the first text opens a stretch of time that the second, of a few words, ends.
fn cut_in_time(first: &str, second: &str) -> bool {
    let cut = |s: &Span| s.stretch && s.range.start < first.len() && s.range.end > first.len();
    second.split_whitespace().count() <= 4
        && dates::find(&format!("{first} {second}")).iter().any(cut)
        && !dates::find(first).iter().any(|s| s.stretch)
}

/// A stretch of time that a narrow column cut anywhere, "September / 2014 to / February 2018", becomes one row.
fn whole_dates(page: &Page<'_>, rows: Vec<Row>) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::with_capacity(rows.len());
    let mut at = 0;
    while at < rows.len() {
        let first = &rows[at];
        let alike = |row: &&Row| {
            let text = page.of(row);
            !row.bullet()
                && row.page == first.page
                && (row.x0 - first.x0).abs() < 4.0
                && row.look.bold == first.look.bold
                && (row.look.size - first.look.size).abs() <= 2
                && text.len() < 28
                && text.split_whitespace().count() <= 4
        };
        let near: Vec<&Row> = rows[at..].iter().take(4).take_while(alike).collect();
        let ascending = near.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start);
        let whole = (2..=near.len()).find(|count| {
            let text = near[..*count].iter().map(|r| page.of(r)).collect::<Vec<_>>().join(" ");
            dates::whole(&text)
                && !near[..*count]
                    .iter()
                    .any(|r| dates::find(page.of(r)).iter().any(|s| s.stretch))
        });
        let mut row = first.clone();
        if let Some(count) = whole.filter(|_| first.x0 > 0.0 && ascending) {
            row.range.end = near[count - 1].range.end;
            let mut cell = row.cells[0].clone();
            cell.range = row.range.clone();
            row.cells = vec![cell];
            at += count - 1;
        }
        out.push(row);
        at += 1;
    }
    out
}

/// A stretch of time on two rows, "2013" above "2015", becomes one row.
fn join_dates(page: &Page<'_>, rows: Vec<Row>) -> Vec<Row> {
    let bare = |row: &Row| {
        let text = page.of(row);
        let found = dates::find(text);
        let covered: usize = found.iter().map(|s| s.range.len()).sum();
        let alone = !row.bullet() && found.len() == 1 && !found[0].stretch && covered + 6 >= text.trim().len();
        let now = found.is_empty() && !row.bullet() && dates::present(text);
        if now {
            return Some((Some((crate::date::End::Present, row.range.clone())), String::new()));
        }
        alone.then(|| (found[0].end.clone(), text.trim_end().to_owned()))
    };
    let mut out: Vec<Row> = Vec::with_capacity(rows.len());
    let mut before: Option<(Edge, String)> = None;
    for row in rows {
        let this = bare(&row);
        if let (Some((a, text)), Some((b, _)), Some(last)) = (&before, &this, out.last_mut())
            && row.page == last.page
            && row.range.start >= last.range.end
            && (row.look.size - last.look.size).abs() <= 2
            && ((row.x0 - last.x0).abs() < 4.0 || (row.x1 - last.x1).abs() < 4.0)
            && (ordered(a, b) || text.ends_with(['-', '–', '—']))
        {
            last.range.end = row.range.end;
            if let (Some(cell), Some(more)) = (last.cells.last_mut(), row.cells.last()) {
                cell.range.end = more.range.end;
            }
            before = None;
            continue;
        }
        before = this;
        out.push(row);
    }
    out
}

/// A heading that goes over two lines, with its date in the second or cut between them: "Associate, May 2019 to / present".
fn wrapped_headings(page: &Page<'_>, rows: Vec<Row>) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::with_capacity(rows.len());
    for row in rows {
        if let Some(before) = out.last_mut()
            && before.cells.len() == 1
            && row.cells.len() == 1
            && !before.bullet()
            && !row.bullet()
            && row.range.start >= before.range.end
            && wraps(page, before, &row)
            && goes_on_dated(page, before, &row)
        {
            before.range.end = row.range.end;
            before.x1 = before.x1.max(row.x1);
            before.cells[0].range.end = row.range.end;
            continue;
        }
        out.push(row);
    }
    out
}

/// True where the first row opens a stretch of time that the second ends, or has the parts of a heading and no date, which
/// the second, a short one, ends with.
fn goes_on_dated(page: &Page<'_>, before: &Row, row: &Row) -> bool {
    let (first, second) = (page.of(before).trim_end(), page.of(row));
    let opened = dates::find(first);
    let both = format!("{first} {second}");
    if let Some(whole) = dates::find(&both).iter().find(|s| s.stretch) {
        let cut = whole.range.start < first.len() && whole.range.end > first.len();
        // "2014 – 2018 to": nothing may be open but one date, "Aug 2019 –".
        let dash = first.ends_with(['-', '–', '—']);
        if cut
            && !opened
                .iter()
                .any(|s| s.stretch && !(dash && s.range.end >= first.len()))
        {
            return true;
        }
    }
    let parted = first.contains([',', '|', '·', '–', '—']) && before.x0 > 0.0;
    parted
        && opened.is_empty()
        && second.split_whitespace().count() <= 8
        && dates::find(second)
            .iter()
            .any(|s| s.range.end + 1 >= second.trim_end().len())
        && !sentence(page, before)
}

/// Dates in a column of their own, the end below the beginning: "01.2023 | Head of Growth" above "Present". Takes the rows of the ends
/// away, and says from when to when the rows above them go.
fn stacked_dates(page: &Page<'_>, rows: &mut Vec<Row>) -> Vec<(usize, Span)> {
    let mut out = Vec::new();
    let mut at = 0;
    while at + 1 < rows.len() {
        let span = stacked(page, &rows[at], &rows[at + 1]);
        at += 1;
        if let Some(span) = span {
            rows.remove(at);
            out.push((at - 1, span));
        }
    }
    out
}

fn stacked(page: &Page<'_>, row: &Row, below: &Row) -> Option<Span> {
    let ([first, ..], [only]) = (row.cells.as_slice(), below.cells.as_slice()) else {
        return None;
    };
    let near = row.page == below.page && below.y0 > row.y0 && below.y0 - row.y0 < 0.25 * row.look.size as f32;
    if row.bullet() || below.bullet() || row.x0 <= 0.0 || !near {
        return None;
    }
    // "04/2020 – Schichtführer" above "heute": the dash leads to what stands below.
    let text = page.text(&first.range);
    let single = row.cells.len() == 1;
    if single && (only.x1 - row.x0 > 90.0 || only.x0 < row.x0 - 3.0) {
        return None;
    }
    let led = single.then(|| dates::find(text)).and_then(|found| {
        let span = found.into_iter().next().filter(|s| s.range.start == 0 && !s.stretch)?;
        let dash = text[span.range.end..].trim_start().strip_prefix(['–', '-', '—'])?;
        Some((span, text.len() - dash.len()))
    });
    if single && led.is_none() {
        return None;
    }
    let middle = |cell: &super::row::Cell| cell.x0 + cell.x1;
    let under = led.is_some() || (middle(first) - middle(only)).abs() < 16.0 || (first.x0 - only.x0).abs() < 3.0;
    if !under {
        return None;
    }
    let lone = |cell: &super::row::Cell| {
        let text = page.text(&cell.range);
        match dates::find(text).as_slice() {
            [span] if !span.stretch && alone(text, span) => span.end.clone().map(|(end, _)| end),
            _ => None,
        }
    };
    let (begins, range) = match led {
        Some((span, end)) => (
            span.end.map(|(end, _)| end)?,
            first.range.start..first.range.start + end,
        ),
        None => (lone(first)?, first.range.clone()),
    };
    let crate::date::End::Date(start) = begins else {
        return None;
    };
    let now = || dates::present(page.text(&only.range)).then_some(crate::date::End::Present);
    let end = lone(only).or_else(now)?;
    let (start, end) = (Some((start, range.clone())), Some((end, only.range.clone())));
    ordered(&start.clone().map(|(d, r)| (crate::date::End::Date(d), r)), &end).then_some(Span {
        range,
        start,
        end,
        stretch: true,
        bare: false,
    })
}

type Edge = Option<(crate::date::End, Range<usize>)>;

fn ordered(first: &Edge, second: &Edge) -> bool {
    match (first, second) {
        (Some((crate::date::End::Date(a), _)), Some((crate::date::End::Date(b), _))) => a.months() <= b.months(),
        (Some((crate::date::End::Date(_), _)), Some((crate::date::End::Present, _))) => true,
        _ => false,
    }
}

/// Outer list items that are entries of their own become plain rows: most of them hold a date or stand above one.
fn open_bullets(page: &Page<'_>, rows: &[&Row]) -> Vec<Row> {
    let mut out: Vec<Row> = rows.iter().map(|r| (*r).clone()).collect();
    // A bullet before nothing but a stretch of time, and those between it and the row above: fields of a heading.
    for i in 0..rows.len() {
        // "◷ 2019 – 2021 ⚑ Leeds": what stands behind another sign or a wide gap is a field of its own.
        let text = page
            .of(rows[i])
            .split(|c: char| c == '\t' || symbol(c))
            .find(|t| !t.trim().is_empty());
        let text = text.unwrap_or_default();
        let below = i > 0 && !rows[i - 1].bullet();
        let date = |only: &Span| (only.stretch || below) && alone(text, only);
        if rows[i].bullet() && matches!(dates::find(text).as_slice(), [only] if date(only)) {
            let first = (i.saturating_sub(2)..i)
                .rev()
                .take_while(|n| rows[*n].bullet())
                .last()
                .unwrap_or(i);
            let headed = first > 0 && !rows[first - 1].bullet();
            let from = if headed { first } else { i };
            for row in &mut out[from..=i] {
                row.kind = LineKind::Paragraph;
            }
        }
    }
    if !rows[0].bullet() {
        return out;
    }
    let plain = |i: usize| {
        let mut row = rows[i].clone();
        row.kind = LineKind::Paragraph;
        dated(page, &row).is_some()
    };
    let outer: Vec<usize> = (0..rows.len())
        .filter(|i| rows[*i].bullet() && (rows[*i].x0 - rows[0].x0).abs() < 3.0 && rows[*i].level() == rows[0].level())
        .collect();
    let heads = outer
        .iter()
        .filter(|i| plain(**i) || (**i + 1 < rows.len() && !rows[**i + 1].bullet() && plain(**i + 1)))
        .count();
    if heads * 10 >= outer.len() * 6 {
        for i in outer {
            out[i].kind = LineKind::Paragraph;
            out[i].gap = true;
        }
    }
    out
}

/// True where a row goes on with the list item or paragraph before it.
fn continuation(page: &Page<'_>, rows: &[&Row], i: usize) -> bool {
    let (row, before) = (rows[i], rows[i - 1]);
    if row.bullet() || row.heading().is_some() || row.look.bold != before.look.bold {
        return false;
    }
    let text = page.of(row);
    let lower = text.starts_with(|c: char| c.is_lowercase() || c == '(' || c == '&');
    let geometry = row.x0 > 0.0 && before.x0 > 0.0;
    if before.bullet() {
        return lower && !row.gap
            || (geometry
                && row.region == before.region
                && row.x0 > before.x0 - 1.5
                && row.x0 <= before.x0 + 30.0
                && !row.gap
                && row.x0
                    > rows
                        .iter()
                        .filter(|r| !r.bullet())
                        .map(|r| r.x0)
                        .fold(f32::MAX, f32::min)
                        + 3.0)
            || (!geometry
                && !row.gap
                && before.x0 == 0.0
                && page.of(before).len() > 55
                && page.doc.pages.len() == 1
                && matches!(page.doc.format, crate::document::Format::Txt)
                && lower);
    }
    lower && (row.x0 - before.x0).abs() < 2.0
}

fn starts(page: &Page<'_>, rows: &[&Row], anchors: &[usize], body: &[bool], left: f32) -> Vec<usize> {
    let geometry = rows.iter().any(|r| r.x0 > 0.0);
    // Without dates: rows in the look of the first one, after something else, begin an entry.
    let look = rows[0].look;
    let loud = look.bold || look.size > page.body + 4 || look.caps || rows[0].heading().is_some() || look.italic;
    // Where a column of its own holds the name, its first cell shows the look.
    let name = rows[0].cells.first().map(|c| c.look);
    let cell_like = |i: usize| {
        let cells = &rows[i].cells;
        cells.len().max(rows[0].cells.len()) > 1 && cells.first().zip(name).is_some_and(|(c, n)| c.look.like(&n))
    };
    // A name of few letters is in capitals anyhow: "DEAS".
    let acronym = |r: &Row| page.of(r).trim().len() <= 6;
    let like = |i: usize| {
        let either = acronym(rows[i]) || acronym(rows[0]);
        let own = Look {
            caps: if either { look.caps } else { rows[i].look.caps },
            ..rows[i].look
        };
        own.like(&look)
    };
    // Where an entry stands beside the first in a column of its own, what counts is how far in it stands there.
    let mut edges: HashMap<(usize, u16), f32> = HashMap::new();
    for row in rows.iter().filter(|r| !r.bullet()) {
        let edge = edges.entry((row.page, row.region)).or_insert(row.x0);
        *edge = edge.min(row.x0);
    }
    let set_in = |i: usize| rows[i].x0 - edges.get(&(rows[i].page, rows[i].region)).unwrap_or(&rows[i].x0);
    let beside = |i: usize| rows[i].region != rows[0].region && (set_in(i) - set_in(0)).abs() < 3.0;
    let like_first = |i: usize| {
        let level = !geometry || aligned(rows[i], rows[0]) || beside(i);
        (like(i) || cell_like(i)) && rows[i].heading() == rows[0].heading() && level
    };
    // A column of titles may stand a hair beside that of employers in the same look.
    let flush = |i: usize| like_first(i) && (rows[i].x0 - rows[0].x0).abs() < 1.0;
    let heads = || heads_by_look(page, rows, anchors, &like_first);
    if loud && let Some(out) = heads().or_else(|| heads_by_look(page, rows, anchors, &flush)) {
        return out;
    }
    let Some(first) = anchors.first().copied() else {
        let mut out = vec![0];
        for i in 1..rows.len() {
            let fresh = body[i - 1] || !rows[i - 1].look.like(&rows[i].look) || rows[i].gap;
            let ahead = loud && like_first(i) && !rows[i - 1].look.like(&look);
            let plain = !loud && !body[i] && rows[i].gap && fresh && (!geometry || rows[i].x0 <= left + 3.0);
            if !body[i] && fresh && (ahead || plain || (!geometry && body[i - 1] && !body[i] && rows[i - 1].bullet())) {
                out.push(i);
            }
        }
        return out;
    };
    // How many rows of heading stand above the date of the first entry: the others are laid out alike.
    let above = (0..first).filter(|i| !body[*i]).count().min(4);
    let mut out: Vec<usize> = vec![0];
    for (n, anchor) in anchors.iter().enumerate().skip(1) {
        let previous = anchors[n - 1];
        let mut start = *anchor;
        let mut taken = 0;
        while taken < above && start > previous + 1 {
            let i = start - 1;
            if body[i] || rows[i].bullet() || words::subheading(page.of(rows[i])) {
                break;
            }
            // Stop at rows that belong to the entry before: the heading below its date.
            start = i;
            taken += 1;
        }
        // "Lakeshore Credit Union" in the look of the first employer above its only role, where the first has its dates itself.
        if taken == 0
            && start > previous + 1
            && loud
            && !like_first(*anchor)
            && like_first(start - 1)
            && !body[start - 1]
        {
            start -= 1;
            out.push(start);
            continue;
        }
        // Without any look, only rows that read like a heading are taken.
        if !geometry && page.rows.iter().all(|r| r.look.size == 0) {
            let limit = above.max(usize::from(above > 0));
            start = *anchor;
            let mut titled = words::position(page.of(rows[*anchor])) >= 0.6;
            // A paragraph that begins a few short lines above is the heading.
            let opens = |up: &usize| {
                *anchor > *up + previous
                    && rows[*anchor - up].gap
                    && (*anchor - up..*anchor).all(|i| !body[i] && !rows[i].bullet())
                    && (*anchor - up + 1..=*anchor).all(|i| !rows[i].gap)
            };
            if let Some(up) = (1..=above.min(3)).find(opens) {
                out.push(*anchor - up);
                continue;
            }
            while *anchor - start < 3 && start > previous + 1 {
                let row = rows[start - 1];
                let text = page.of(row);
                let reads = words::position(text) >= 0.5
                    || words::organisation(text) >= 0.5
                    || words::place(text) >= 0.6
                    || words::degree(text) >= 0.7
                    || words::school(text) >= 0.7
                    || (rows[start].gap && !row.gap && start == *anchor);
                // More rows than the first entry has only for a title that is still missing.
                let title = words::position(text) >= 0.6;
                let beyond = *anchor - start >= limit && (titled || !title);
                if beyond || body[start - 1] || row.bullet() || words::subheading(text) || !reads && !row.gap {
                    break;
                }
                titled |= title;
                start -= 1;
            }
            if start > *out.last().unwrap_or(&0) {
                out.push(start);
            }
            continue;
        }
        // Rows taken must begin like the first entry begins; else fewer are taken.
        if taken > 0 && taken <= above {
            // "**BA Economics**, Second Class Honours" begins in bold.
            let bold = |i: usize| look.bold && geometry && aligned(rows[i], rows[0]) && begins_bold(page.doc, rows[i]);
            let near = (start..=*anchor).find(|i| like_first(*i) || bold(*i));
            // A name that wraps makes the heading taller than the first one was.
            let further = || {
                let quiet = |i: &usize| !body[*i] && !rows[*i].bullet() && *i > previous;
                let back = (start.saturating_sub(2)..start).rev().take_while(quiet);
                back.filter(|i| loud && like_first(*i)).last()
            };
            // "Night Dispatcher" below the list of "Lead Dispatcher" at the same employer: it begins like the second row did.
            let second = || {
                let named = |r: &Row| r.heading().is_some() || words::position(page.of(r)) >= 0.6;
                let like = |i: &usize| {
                    !body[*i]
                        && named(rows[*i])
                        && (1..first + 1).any(|f| named(rows[f]) && same_heading(rows[f], rows[*i]))
                };
                (start..=*anchor).find(like)
            };
            start = near
                .or_else(further)
                .or_else(second)
                .unwrap_or(if loud { *anchor } else { start });
        } else if above == 0 {
            start = *anchor;
        }
        // Two dates in one heading: "Company 2015 – 2020" with roles below are entries of their own.
        if start > *out.last().unwrap_or(&0) {
            out.push(start);
        }
    }
    // Entries without dates between dated ones.
    if anchors.len() >= 2 {
        for i in 1..rows.len() {
            if body[i] || !body[i - 1] || !like_first(i) || out.contains(&i) {
                continue;
            }
            let next = anchors.iter().find(|a| **a >= i);
            let far = next.is_none_or(|a| a - i > above + 1);
            let begins = if loud {
                let free = far || next.is_some_and(|a| !out.iter().any(|s| *s > i && *s <= *a));
                free && (rows[i].look.bold || rows[i].heading().is_some() || look.size > page.body + 4)
            } else {
                far && geometry && rows[i].gap && plain_heading(page, rows, i)
            };
            if begins {
                out.push(i);
            }
        }
        out.sort_unstable();
    }
    // "Before that: Labourer, Various sawmills"
    let earlier = |i: &usize| {
        !rows[*i].bullet()
            && !anchors.contains(i)
            && page.of(rows[*i]).len() < 120
            && led_back(page.of(rows[*i])).is_some()
    };
    let more: Vec<usize> = (1..rows.len()).filter(earlier).filter(|i| !out.contains(i)).collect();
    out.extend(more);
    out.sort_unstable();
    out
}

/// "Vakkenvuller (bijbaan) bij Albert Hoek Supermarkt": a few words, one that leads to an employer, and a name.
fn leads_to_employer(text: &str) -> bool {
    let at = [" bij ", " bei ", " at ", " chez ", " presso "]
        .iter()
        .find_map(|w| text.find(w).map(|at| at + w.len()));
    at.is_some_and(|at| text[at..].starts_with(char::is_uppercase))
        && text.len() < 80
        && !text.trim_end().ends_with('.')
}

/// What stands behind the words that lead to an earlier job: "Before that: Labourer, Various sawmills".
pub fn led_back(text: &str) -> Option<&str> {
    const LEADS: [&str; 7] = [
        "before that",
        "prior to that",
        "previously",
        "earlier",
        "davor",
        "auparavant",
        "anteriormente",
    ];
    let (front, rest) = text.split_once([':', ','])?;
    LEADS
        .contains(&crate::text::fold(front).trim())
        .then(|| rest.trim_start())
}

/// True for a row without a look of its own that heads a job: it names a title, "Enumerator (casual), various survey firms", or the row
/// below it looks like the one below the first heading does, "Thika and Nyeri" in italics.
fn plain_heading(page: &Page<'_>, rows: &[&Row], i: usize) -> bool {
    let text = page.of(rows[i]);
    let title = |part: &str| words::position(part.split(" (").next().unwrap_or(part)) >= 0.6;
    let second = |n: usize| rows.get(n + 1).filter(|r| !r.bullet() && !r.look.like(&rows[0].look));
    let alike = || second(0).zip(second(i)).is_some_and(|(a, b)| a.look.like(&b.look));
    !text.trim_end().ends_with(':') && (alike() || text.split([',', '|', '–']).any(title))
}

fn same_heading(a: &Row, b: &Row) -> bool {
    a.heading() == b.heading() && a.look.like(&b.look) && aligned(a, b)
}

/// True for rows that begin at the same place, or share their middle.
fn aligned(a: &Row, b: &Row) -> bool {
    (a.x0 - b.x0).abs() < 3.0 || a.x0 > 0.0 && (a.x0 + a.x1 - b.x0 - b.x1).abs() < 4.0
}

/// The rows in the look of the first one, where each has exactly one date below it before the next: they head the entries.
fn heads_by_look(
    page: &Page<'_>,
    rows: &[&Row],
    anchors: &[usize],
    like_first: &dyn Fn(usize) -> bool,
) -> Option<Vec<usize>> {
    let mut heads: Vec<usize> = Vec::new();
    for i in (0..rows.len()).filter(|i| like_first(*i) && !rows[*i].bullet()) {
        // A heading of two rows.
        let goes_on = i > 0 && like_first(i - 1) && !rows[i].gap && !anchors.contains(&(i - 1)) && rows[i].x0 > 0.0;
        if words::subheading(page.of(rows[i])) {
            return None;
        }
        if !goes_on {
            heads.push(i);
        }
    }
    let ends = heads.iter().skip(1).copied().chain(std::iter::once(rows.len()));
    let one = |(start, end): (usize, usize)| anchors.iter().filter(|a| (start..end).contains(a)).count() == 1;
    let all = heads.iter().copied().zip(ends).all(one);
    (heads.len() >= 2 && heads[0] == 0 && all).then_some(heads)
}

fn entry(page: &Page<'_>, rows: &[&Row], spans: &[Option<Span>], body: &[bool]) -> Entry {
    let mut out = Entry::default();
    let anchor = spans.iter().position(Option::is_some);
    let first_body = body.iter().position(|b| *b);
    // A date in a row of its own above the heading.
    let bare = spans[0].as_ref().is_some_and(|s| alone(page.of(rows[0]), s));
    // The heading reaches from the first row to the last short row before the body.
    let indent = inset(page, rows[0]);
    let mut end = 0;
    for (i, row) in rows.iter().enumerate() {
        if first_body.is_some_and(|b| i >= b) && anchor.is_none_or(|a| i > a) {
            break;
        }
        if body[i] && anchor.is_none_or(|a| i > a) {
            break;
        }
        let after_anchor = anchor.is_some_and(|a| i > a);
        // Set in, and neither flush right nor centred with the first row.
        let (first, centre) = (rows[0], |r: &Row| r.x0 + r.x1);
        let aligned = (row.x1 - first.x1).abs() < 3.0 || (centre(row) - centre(first)).abs() < 6.0;
        let deep = row.x0 > indent + 14.0 && row.x0 > 0.0 && indent > 0.0 && (row.x0 - indent) < 120.0 && !aligned;
        if i > 0 && words::subheading(page.of(row)) {
            break;
        }
        if i > 0 && anchor.is_none() && (i > 2 || deep || (row.gap && !rows[0].gap)) {
            break;
        }
        if after_anchor {
            let a = anchor.unwrap_or(0);
            // The heading has its title: what reads like a sentence is the first line of the body.
            let titled = rows[..i].iter().any(|r| words::position(page.of(r)) >= 0.6);
            let words = page.of(row).split_whitespace().count();
            let whole = titled && a >= 2 && words >= 5 && words::place(page.of(row)) < 0.6 && row.cells.len() == 1;
            let plain = !row.look.bold && !row.look.italic;
            if titled && reads_on(page.of(row)) || whole && plain {
                break;
            }
            let useful = words::title(page.of(row)) > 0.5
                || words::place(page.of(row)) > 0.6
                || words::organisation(page.of(row)) > 0.5
                || words::degree(page.of(row)) > 0.5
                || words::school(page.of(row)) > 0.5
                || leads_to_employer(page.of(row))
                || row.look.bold
                || row.look.italic;
            let indented_list = deep && inset(page, rows[a]) < row.x0 - 14.0 && !useful;
            let a = a + usize::from(bare && page.of(row).split_whitespace().count() <= 8);
            if i > a + 3
                || indented_list
                || (i > a + 1 && !useful)
                || (page.of(row).len() > 60 && !useful)
                || (i > a && row.gap && i > 2 && !useful)
            {
                break;
            }
            if page.of(row).ends_with('.') && row.cells.len() == 1 && page.of(row).len() > 45 {
                break;
            }
        }
        end = i + 1;
    }
    let end = end.max(1);
    for (i, row) in rows[..end].iter().enumerate() {
        for cell in &row.cells {
            // A paragraph beside the date tells of the entry and does not name it.
            let text = page.text(&cell.range);
            if row.x0 == 0.0
                && row.cells.len() > 1
                && !row.look.bold
                && text.split_whitespace().count() >= 12
                && starting(text, char::is_lowercase) > starting(text, char::is_uppercase)
            {
                out.prose.push(cell.range.clone());
                continue;
            }
            let mut parts = vec![cell.range.clone()];
            if let Some(span) = &spans[i] {
                let (s, e) = (
                    span.range.start.max(cell.range.start),
                    span.range.end.min(cell.range.end),
                );
                if s < e {
                    parts = vec![cell.range.start..s, e..cell.range.end];
                }
            }
            for part in parts {
                let range = page.trim(&part);
                if !range.is_empty() && page.text(&range).chars().any(char::is_alphanumeric) {
                    out.pieces.push(Piece {
                        range,
                        look: cell.look,
                        row: i,
                        page: row.page,
                    });
                }
            }
        }
        if let Some(span) = &spans[i] {
            let better = out.span.as_ref().is_none_or(|(old, _)| !old.stretch && span.stretch);
            if better {
                out.span = Some((span.clone(), i));
            }
        }
    }
    body_of(page, rows, &rows[end..], &mut out);
    out
}

/// Where the words of a row begin: behind the date where a date stands in a column of its own at the left.
pub fn inset(page: &Page<'_>, row: &Row) -> f32 {
    if let [rail, words, ..] = row.cells.as_slice() {
        let text = page.text(&rail.range);
        let dates: usize = dates::find(text).iter().map(|s| s.range.len()).sum();
        if dates > 0 && dates + 2 >= text.trim().len() {
            return words.x0;
        }
    } else if let Some(date) = dates::find(page.of(row))
        .first()
        .filter(|s| s.range.start == 0 && row.x0 > 0.0)
    {
        // The column is so near that both make one piece of text.
        let behind = row.range.start + date.range.end;
        let lines = page.doc.pages.get(row.page).map_or(&[][..], |p| &p.lines);
        let spans = lines
            .iter()
            .flat_map(|l| &l.spans)
            .filter(|s| row.range.contains(&s.range.start));
        let mut words = spans.filter(|s| s.range.start >= behind && !s.text.trim().is_empty());
        if let Some(place) = words.find_map(|s| s.bbox.as_ref()) {
            return place.x0;
        }
    }
    row.x0
}

/// True where a row goes on with the words of the one before: that was full up to the edge of its column, or to the
/// date at its right. Only where the format has geometry.
pub fn wraps(page: &Page<'_>, before: &Row, row: &Row) -> bool {
    let beside = |r: &Row| r.page == row.page && r.region == row.region;
    if row.x0 <= 0.0 || row.gap || row.bullet() || !beside(before) || (row.x0 - inset(page, before)).abs() > 3.0 {
        return false;
    }
    // The name of an entry is often a little larger than what follows it on its line.
    if row.look.bold != before.look.bold || (row.look.size - before.look.size).abs() * 20 > row.look.size * 3 {
        return false;
    }
    let dated = |cell: &&super::row::Cell| !dates::find(page.text(&cell.range)).is_empty();
    let words = before.cells.iter().rev().find(|c| !dated(c));
    let Some(words) = words.or(before.cells.last()) else {
        return false;
    };
    let right_date = [before, row]
        .into_iter()
        .find_map(|r| r.cells.last().filter(|c| c.x0 > words.x1 && dated(c)));
    let edge = page.rows.iter().filter(|r| beside(r)).map(|r| r.x1).fold(0.0, f32::max);
    let limit = right_date.map_or(edge, |date| date.x0 - row.look.size as f32 / 10.0);
    let text = page.of(row);
    let letter = (words.x1 - words.x0) / page.text(&words.range).chars().count().max(1) as f32;
    let first = text.split_whitespace().next().map_or(0, |w| w.chars().count()) as f32;
    const OPEN: [&str; 20] = [
        "of", "and", "&", "for", "the", "in", "at", "de", "du", "des", "del", "della", "di", "und", "der", "für", "et",
        "y", "e", "van",
    ];
    let last = page
        .text(&words.range)
        .split_whitespace()
        .next_back()
        .unwrap_or_default();
    OPEN.contains(&last) || limit - words.x1 < (first + 2.0) * letter.clamp(3.0, 9.0)
}

/// Sorts the body into list items and prose.
fn body_of(page: &Page<'_>, heading: &[&Row], rows: &[&Row], out: &mut Entry) {
    let rows: Vec<&Row> = rows
        .iter()
        .copied()
        .filter(|r| !words::subheading(page.of(r)))
        .collect();
    let (items, prose) = items(page, heading.first().map_or(0.0, |r| inset(page, r)), &rows);
    out.items = items;
    out.prose.extend(prose);
}

/// List items by bullet, by indent, or by lines that end early; and the prose before them.
pub fn items(page: &Page<'_>, indent: f32, rows: &[&Row]) -> (Vec<Item>, Vec<Range<usize>>) {
    let mut items: Vec<Item> = Vec::new();
    let mut prose: Vec<Range<usize>> = Vec::new();
    let bulleted = rows.iter().any(|r| r.bullet());
    let mut edge = rows.iter().map(|r| r.x1).fold(0.0, f32::max);
    // Not one line goes on in small letters: a list without marks, whose longest line need not be full.
    if !bulleted && rows.len() >= 3 && !rows.iter().any(|r| page.of(r).starts_with(char::is_lowercase)) {
        let text = |r: &&Row| r.cells.len() == 1 && page.of(r).split_whitespace().count() >= 6;
        let beside =
            |r: &&Row| r.page == rows[0].page && r.region == rows[0].region && (r.x0 - rows[0].x0).abs() < 60.0;
        let column = page.rows.iter().filter(text).filter(beside).map(|r| r.x1);
        edge = column.fold(edge, f32::max);
    }
    let mut item_x = f32::MAX;
    let mut before: Option<&Row> = None;
    let below = |pair: &[&Row]| pair[1].y0 - pair[0].y0;
    let beside = |pair: &&[&Row]| pair[0].page == pair[1].page && pair[0].region == pair[1].region;
    let pitches = rows.windows(2).filter(beside).map(below).filter(|down| *down > 4.0);
    let pitch = pitches.reduce(f32::min).unwrap_or(0.0);
    for row in rows {
        let text = page.of(row);
        let range = row.range.clone();
        let ends = before.is_some_and(|b| page.of(b).trim_end().ends_with(['.', ';', ':', '!']));
        if row.bullet() {
            items.push(Item {
                ranges: vec![range],
                level: row.level(),
            });
            item_x = row.x0;
        } else if !items.is_empty() && matches!(words::labelled(text), Some(("technologies", _))) && row.x0 > 0.0 {
            // "Technologies: Rust, Kafka" below a list.
            items.push(Item {
                ranges: vec![range],
                level: 0,
            });
        } else if let Some(b) = before {
            let lower = text.starts_with(|c: char| c.is_lowercase());
            let room = edge - b.x1;
            let word = text.split_whitespace().next().map_or(0, |w| w.chars().count()) as f32;
            let letter = if row.range.len() > 10 {
                (row.x1 - row.x0) / row.range.len() as f32
            } else {
                5.0
            };
            // The first word would have fitted on the line before: the line was ended on purpose.
            let fits = row.x0 > 0.0 && room > (word + 1.0) * letter + 4.0;
            let same = (row.x0 - b.x0).abs() < 3.0 || (bulleted && row.x0 >= item_x - 2.0);
            let paragraphs = row.x0 == 0.0 && !matches!(page.doc.format, crate::document::Format::Txt);
            // A paragraph ends, and the next stands a little lower than its own lines do.
            let lower_down = row.y0 > 0.0 && row.page == b.page && row.y0 - b.y0 > 1.18 * pitch && pitch > 0.0;
            let fresh =
                if row.flow == Flow::Begins && !lower && !(bulleted && row.x0 > item_x - 2.0 && row.x0 < item_x + 40.0)
                {
                    true
                } else if bulleted && !items.is_empty() {
                    row.gap && !lower && row.x0 < item_x - 4.0 && row.x0 > 0.0 || (paragraphs && !lower)
                } else if paragraphs {
                    true
                } else if row.x0 > 0.0 {
                    !lower && (fits || !same || (row.gap || lower_down) && ends)
                } else {
                    // Plain text: the line before had room for the first word, so it was ended on purpose.
                    let chars = |r: &Row| page.of(r).chars().count();
                    row.gap || (ends && b.range.len() < 60) || !lower && chars(b) + word as usize + 3 <= page.widest
                };
            if !items.is_empty() {
                if fresh {
                    items.push(Item {
                        ranges: vec![range],
                        level: 0,
                    });
                } else if let Some(item) = items.last_mut() {
                    item.ranges.push(range);
                }
            } else if fresh && !bulleted {
                // What stood first as prose becomes the first item when more follow.
                let deeper = row.x0 > indent + 6.0;
                let first = std::mem::take(&mut prose);
                if !deeper || b.x0 > indent + 6.0 || row.x0 == 0.0 {
                    items.push(Item {
                        ranges: first,
                        level: 0,
                    });
                } else {
                    prose = first;
                }
                items.push(Item {
                    ranges: vec![range],
                    level: 0,
                });
            } else {
                prose.push(range);
            }
        } else {
            prose.push(range);
        }
        before = Some(row);
    }
    // A single deeper item without a bullet is a list of one.
    if items.is_empty() && !prose.is_empty() && rows.first().is_some_and(|r| indent > 0.0 && r.x0 > indent + 6.0) {
        items.push(Item {
            ranges: std::mem::take(&mut prose),
            level: 0,
        });
    }
    (items, prose)
}
