//! What the field sees of each word: itself and its neighbours, its line and the lines around, its part of the line between
//! commas and dashes, the section it stands in, and what the rules took it for.

use super::super::headings::Block;
use super::super::row::Page;
use super::super::{dates, employers, words};
use super::Kind;
use crate::lexicon::tagger::{hash, head, shape, tail};
use crate::resume::{Resume, Section, Source};
use std::ops::Range;

/// The words of a text in order, with their hashed features.
#[derive(Debug, Default)]
pub struct Sequence {
    /// Byte ranges in `Document::text`.
    pub words: Vec<Range<usize>>,
    /// Row of each word, by index in the page.
    pub rows: Vec<usize>,
    /// Section of each word.
    pub sections: Vec<Option<Section>>,
    /// Hashes of the features of each word.
    pub features: Vec<Vec<u32>>,
}

/// Words (letters and digits) and signs, each by itself.
pub fn split(text: &str, from: usize, out: &mut Vec<Range<usize>>) {
    let mut open: Option<usize> = None;
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() {
            open.get_or_insert(at);
            continue;
        }
        if let Some(start) = open.take() {
            out.push(from + start..from + at);
        }
        if !c.is_whitespace() {
            out.push(from + at..from + at + c.len_utf8());
        }
    }
    if let Some(start) = open {
        out.push(from + start..from + text.len());
    }
}

/// What the rules read, as byte ranges with their kinds.
pub fn of_rules(resume: &Resume) -> Vec<(Kind, Range<usize>)> {
    let mut out = Vec::new();
    let mut add = |kind: Kind, source: Option<&Source>| {
        if let Some(source) = source {
            out.push((kind, source.start..source.end));
        }
    };
    for job in resume.work.iter().chain(&resume.volunteer) {
        add(Kind::Company, job.company.as_ref().and_then(|f| f.source.as_ref()));
        add(Kind::Position, job.position.as_ref().and_then(|f| f.source.as_ref()));
    }
    add(
        Kind::Position,
        resume.contact.label.as_ref().and_then(|f| f.source.as_ref()),
    );
    for study in &resume.education {
        add(Kind::School, study.institution.as_ref().and_then(|f| f.source.as_ref()));
        add(Kind::Degree, study.study_type.as_ref().and_then(|f| f.source.as_ref()));
        add(Kind::Degree, study.area.as_ref().and_then(|f| f.source.as_ref()));
    }
    out
}

/// A score in five steps.
fn step(value: f32) -> &'static str {
    match value {
        v if v < 0.15 => "0",
        v if v < 0.45 => "1",
        v if v < 0.75 => "2",
        v if v < 1.05 => "3",
        _ => "4",
    }
}

/// What the lists of words say of a stretch of text: title, organisation, school, degree, place.
fn looks(text: &str) -> [&'static str; 5] {
    [
        step(words::title(text)),
        step(words::organisation(text)),
        step(words::school(text)),
        step(words::degree(text)),
        step(words::place(text)),
    ]
}

const LISTS: [&str; 5] = ["title", "organisation", "school", "degree", "place"];

/// What a line is, in a word of letters.
fn line_kind(text: &str, bullet: bool) -> String {
    let count = text.split_whitespace().count();
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    let length = match count {
        0..=2 => 'a',
        3..=5 => 'b',
        6..=9 => 'c',
        _ => 'd',
    };
    let mut out = String::from(length);
    if bullet {
        out.push('*');
    }
    match text.trim_end().chars().next_back() {
        Some('.') => out.push('.'),
        Some(':') => out.push(':'),
        _ => {}
    }
    if letters().count() > 2 && letters().all(|c| !c.is_lowercase()) {
        out.push('C');
    } else {
        let big = text
            .split_whitespace()
            .filter(|w| w.starts_with(char::is_uppercase))
            .count();
        if big * 10 >= count * 7 {
            out.push('T');
        }
    }
    out
}

struct Line {
    kind: String,
    dated: bool,
    looks: [&'static str; 5],
    first: String,
}

/// The words of a page with their features.
pub fn sequence(page: &Page<'_>, blocks: &[Block], resume: &Resume) -> Sequence {
    let mut out = Sequence::default();
    let mut sections = vec![(None, 0usize); page.rows.len()];
    for block in blocks {
        for n in block.rows.clone() {
            sections[n] = (Some(block.section), n - block.rows.start);
        }
    }
    let rules = of_rules(resume);
    let lines: Vec<Line> = page
        .rows
        .iter()
        .map(|row| {
            let text = page.of(row);
            let spans = dates::find(text);
            Line {
                kind: line_kind(text, row.bullet()),
                dated: spans.iter().any(|s| !s.bare || s.stretch),
                looks: looks(text),
                first: words::tokens(text).into_iter().next().unwrap_or_default(),
            }
        })
        .collect();
    let mut keys: Vec<String> = Vec::new();
    for row in &page.rows {
        let before = out.words.len();
        split(page.of(row), row.range.start, &mut out.words);
        let (section, _) = sections[row.index];
        out.rows.resize(out.words.len(), row.index);
        out.sections.resize(out.words.len(), section);
        keys.extend(out.words[before..].iter().map(|r| page.text(r).to_lowercase()));
    }
    let known = employers::named(&keys);
    let shapes: Vec<String> = out.words.iter().map(|r| shape(page.text(r))).collect();
    let ruled: Vec<String> = out
        .words
        .iter()
        .map(|word| {
            let hit = rules.iter().find(|(_, r)| r.start <= word.start && word.end <= r.end);
            hit.map_or(String::from("-"), |(kind, range)| {
                format!("{}{}", if range.start == word.start { 'B' } else { 'I' }, kind.letter())
            })
        })
        .collect();
    let mut at = 0;
    while at < out.words.len() {
        let row = out.rows[at];
        let end = (at..out.words.len())
            .find(|n| out.rows[*n] != row)
            .unwrap_or(out.words.len());
        let parts = parts(page, &out.words[at..end], &keys[at..end]);
        let blank = page.rows[row].gap;
        let (section, depth) = sections[row];
        let section = section.map_or(String::from("none"), |s| format!("{s:?}"));
        let section = section.as_str();
        let depth = step(depth as f32 * 0.2);
        let line = &lines[row];
        let beside = |n: Option<usize>| n.and_then(|n| lines.get(n));
        let (above, below) = (beside(row.checked_sub(1)), beside(Some(row + 1)));
        let dated = |l: Option<&Line>| if l.is_some_and(|l| l.dated) { "y" } else { "n" };
        for n in at..end {
            let place = n - at;
            let near = |by: isize| -> &str {
                let m = n as isize + by;
                match usize::try_from(m).ok().filter(|m| *m < keys.len()) {
                    Some(m) if (at..end).contains(&m) => &keys[m],
                    Some(m) if m + 1 == at || m == end => "\n",
                    _ => "^",
                }
            };
            let look = |by: isize| -> &str {
                let m = n as isize + by;
                usize::try_from(m)
                    .ok()
                    .filter(|m| (at..end).contains(m))
                    .map_or("^", |m| shapes[m].as_str())
            };
            let rule = |by: isize| -> &str {
                let m = n as isize + by;
                usize::try_from(m)
                    .ok()
                    .and_then(|m| ruled.get(m))
                    .map_or("^", String::as_str)
            };
            let (w, s) = (keys[n].as_str(), shapes[n].as_str());
            let (part, part_looks, part_first, part_last) = &parts[place];
            let spot = match (place, end - n - 1) {
                (0, _) => "first",
                (1, _) => "second",
                (_, 0) => "last",
                _ => "mid",
            };
            let mut f = vec![
                hash(&["bias"]),
                hash(&["w", w]),
                hash(&["w-1", near(-1)]),
                hash(&["w+1", near(1)]),
                hash(&["w-2", near(-2)]),
                hash(&["w+2", near(2)]),
                hash(&["w-1w", near(-1), w]),
                hash(&["ww+1", w, near(1)]),
                hash(&["head4", head(w, 4)]),
                hash(&["tail3", tail(w, 3)]),
                hash(&["tail4", tail(w, 4)]),
                hash(&["s", s]),
                hash(&["s-1ss+1", look(-1), s, look(1)]),
                hash(&["rule", rule(0)]),
                hash(&["rule-1", rule(-1), rule(0)]),
                hash(&["rule+1", rule(0), rule(1)]),
                hash(&["rule-section", rule(0), section]),
                hash(&["rule-dated", rule(0), dated(Some(line)), dated(above), dated(below)]),
                hash(&["section", section]),
                hash(&["section-depth", section, depth]),
                hash(&["section-spot", section, spot, s]),
                hash(&["section-w", section, w]),
                hash(&["kind", &line.kind, spot]),
                hash(&["kind-section", &line.kind, section]),
                hash(&["kind-dated", &line.kind, dated(Some(line)), section]),
                hash(&["dated", dated(Some(line)), dated(above), dated(below), section]),
                hash(&["blank", if blank { "y" } else { "n" }, spot]),
                hash(&["above", above.map_or("^", |l| &l.kind), &line.kind]),
                hash(&["below", below.map_or("^", |l| &l.kind), &line.kind]),
                hash(&["first", &line.first, section]),
                hash(&["above-first", above.map_or("^", |l| &l.first)]),
                hash(&["part", part, section]),
                hash(&["part-ends", part_first, part_last]),
                hash(&["part-last", part_last, section]),
                hash(&["part-all", &part_looks.concat()]),
                hash(&["part-all-section", &part_looks.concat(), section]),
                hash(&["part-dated", &part_looks.concat(), dated(Some(line))]),
                hash(&["known", known[n]]),
                hash(&["known-part", known[n], part, section]),
                hash(&["known-near", near(-1), known[n]]),
            ];
            for (list, name) in LISTS.iter().enumerate() {
                let (here, whole) = (part_looks[list], line.looks[list]);
                f.push(hash(&["part", name, here, part]));
                f.push(hash(&["line", name, whole, spot]));
                f.push(hash(&["both", name, here, whole, rule(0)]));
                f.push(hash(&["above", name, above.map_or("^", |l| l.looks[list])]));
                f.push(hash(&["below", name, below.map_or("^", |l| l.looks[list])]));
            }
            out.features.push(f);
        }
        at = end;
    }
    let mut features = std::mem::take(&mut out.features);
    super::around::add(&page.doc.text, &out, &keys, &mut features);
    out.features = features;
    out
}

/// For each word of a line: which part of the line between separators it stands in, what that part looks like, its first
/// and last word.
fn parts(
    page: &Page<'_>,
    line: &[Range<usize>],
    keys: &[String],
) -> Vec<(&'static str, [&'static str; 5], String, String)> {
    let mut out = Vec::with_capacity(line.len());
    let mut from = 0;
    let mut number = 0;
    for n in 0..=line.len() {
        let ends = n == line.len()
            || matches!(
                keys[n].as_str(),
                "," | ";" | "|" | "•" | "·" | "–" | "—" | "(" | ")" | ":" | "/" | "\""
            )
            || keys[n] == "-" && (n == 0 || line[n - 1].end < line[n].start)
            || n > from
                && page
                    .text(&(line[n - 1].end..line[n].start))
                    .chars()
                    .filter(|c| *c == ' ')
                    .count()
                    > 2
            || n > from && page.text(&(line[n - 1].end..line[n].start)).contains('\t');
        if !ends {
            continue;
        }
        let separator = n < line.len() && !keys[n].starts_with(char::is_alphanumeric);
        if n > from {
            let range = line[from].start..line[n - 1].end;
            let seen = looks(page.text(&range));
            let which = match number {
                0 => "0",
                1 => "1",
                2 => "2",
                _ => "3",
            };
            for _ in from..n {
                out.push((which, seen, keys[from].clone(), keys[n - 1].clone()));
            }
            number += 1;
        }
        from = n;
        if separator {
            out.push(("sign", ["0"; 5], String::new(), String::new()));
            from = n + 1;
        }
    }
    out
}
