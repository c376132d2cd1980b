//! Tells the pieces of an entry's heading apart: title, employer, place; degree, school.

use super::contact::split;
use super::entries::{Entry, Piece};
use super::row::Page;
use super::words;
use crate::resume::Text;
use std::ops::Range;

/// What a heading says.
#[derive(Debug, Clone, Default)]
pub struct Heading {
    /// Job title, or degree with its subject.
    pub what: Option<Range<usize>>,
    /// Employer or school.
    pub who: Option<Range<usize>>,
    pub place: Option<Range<usize>>,
    /// What is left.
    pub rest: Vec<Range<usize>>,
    /// How sure, 0 to 1.
    pub confidence: f32,
}

/// What to look for in a heading.
#[derive(Clone, Copy)]
pub struct Kinds {
    pub what: fn(&str) -> f32,
    pub who: fn(&str) -> f32,
}

/// For jobs.
pub const JOB: Kinds = Kinds {
    what: words::title,
    who: words::organisation,
};
/// For studies.
pub const STUDY: Kinds = Kinds {
    what: words::degree,
    who: words::school,
};

const STRONG: [&str; 9] = [" | ", " – ", " — ", " • ", " · ", " - ", " @ ", " ‒ ", " // "];
const WEAK: [&str; 6] = [", ", " at ", " bei ", " chez ", ": ", " en "];

fn cut(page: &Page<'_>, range: &Range<usize>, separators: &[&str]) -> Vec<Range<usize>> {
    let text = page.text(range);
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    let mut depth = 0i32;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ => {}
        }
        if depth <= 0
            && let Some(s) = separators.iter().find(|s| text[at..].starts_with(**s))
            && cuts.last().is_none_or(|(_, end)| at >= *end)
        {
            cuts.push((at, at + s.len()));
        }
    }
    let mut out = Vec::new();
    let mut from = 0;
    for (start, end) in cuts.into_iter().chain(std::iter::once((text.len(), text.len()))) {
        let part = page.trim(&(range.start + from..range.start + start.max(from)));
        if !part.is_empty() {
            out.push(part);
        }
        from = end;
    }
    out
}

/// "Name (Place)" and "Name, City, ST": the place comes off the end.
fn without_place(page: &Page<'_>, range: &Range<usize>) -> (Range<usize>, Option<Range<usize>>) {
    let text = page.text(range);
    if text.ends_with(')')
        && let Some(open) = text.rfind(" (")
    {
        let inner = range.start + open + 2..range.end - 1;
        if words::place(page.text(&inner)) > 0.25 && words::title(page.text(&inner)) < 0.5 {
            return (page.trim(&(range.start..range.start + open)), Some(inner));
        }
    }
    let commas: Vec<usize> = text.match_indices(", ").map(|(i, _)| i).collect();
    for take in [3, 2, 1] {
        if commas.len() < take {
            continue;
        }
        let at = commas[commas.len() - take];
        let tail = range.start + at + 2..range.end;
        let sure = words::place(page.text(&tail));
        if sure >= if take == 1 { 0.85 } else { 1.0 } && words::title(page.text(&tail)) < 0.5 {
            return (page.trim(&(range.start..range.start + at)), Some(tail));
        }
    }
    (range.clone(), None)
}

fn score(kinds: &Kinds, what: &str, who: &str) -> f32 {
    let cross = (kinds.who)(what).max(0.0) * 0.5 + (kinds.what)(who).max(0.0) * 0.5;
    (kinds.what)(what) + (kinds.who)(who) - cross
}

/// All headings of a block together: what stays open in one follows the order of the others.
pub fn read(page: &Page<'_>, entries: &[Entry], kinds: &Kinds) -> Vec<Heading> {
    let parts: Vec<(Vec<Piece>, Option<Range<usize>>)> = entries.iter().map(|e| prepare(page, e)).collect();
    // Which comes first in this résumé? Sure pairs vote.
    let mut vote = 0.0;
    for (pieces, _) in &parts {
        let texts: Vec<&str> = pieces.iter().map(|p| page.text(&p.range)).collect();
        if let [first, second, ..] = texts.as_slice() {
            vote += score(kinds, first, second) - score(kinds, second, first);
        }
    }
    let lean = (vote * 0.5).clamp(-0.35, 0.35);
    entries
        .iter()
        .zip(parts)
        .map(|(_, (pieces, place))| choose(page, &pieces, place, kinds, lean))
        .collect()
}

fn prepare(page: &Page<'_>, entry: &Entry) -> (Vec<Piece>, Option<Range<usize>>) {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut place: Option<Range<usize>> = None;
    for piece in &entry.pieces {
        for range in cut(page, &piece.range, &STRONG) {
            // A place whole?
            let text = page.text(&range);
            if words::place(text) >= 0.85 && words::title(text) < 0.5 && words::organisation(text) < 0.6 {
                place.get_or_insert(range);
                continue;
            }
            let (name, tail) = without_place(page, &range);
            if let Some(tail) = tail {
                place.get_or_insert(tail);
            }
            if name.is_empty() {
                continue;
            }
            pieces.push(Piece {
                range: name,
                row: piece.row,
            });
        }
    }
    // A row that goes on the one before: "… at Institute of Chartered" / "Accountants of India".
    (pieces, place)
}

fn choose(page: &Page<'_>, pieces: &[Piece], place: Option<Range<usize>>, kinds: &Kinds, lean: f32) -> Heading {
    let text = |r: &Range<usize>| page.text(r);
    let mut best: Option<(f32, Heading)> = None;
    let mut offer = |value: f32, heading: Heading| {
        if best.as_ref().is_none_or(|(v, _)| value > *v + 1e-6) {
            best = Some((value, heading));
        }
    };
    let whole: Vec<Range<usize>> = pieces.iter().map(|p| p.range.clone()).collect();
    let rest = |used: &[usize]| -> Vec<Range<usize>> {
        whole
            .iter()
            .enumerate()
            .filter(|(i, _)| !used.contains(i))
            .map(|(_, r)| r.clone())
            .collect()
    };
    for (i, a) in whole.iter().enumerate().take(5) {
        // One piece alone.
        let (w, o) = ((kinds.what)(text(a)), (kinds.who)(text(a)));
        offer(
            w - 0.2 - 0.1 * i as f32,
            Heading {
                what: Some(a.clone()),
                rest: rest(&[i]),
                place: place.clone(),
                ..Heading::default()
            },
        );
        offer(
            o - 0.3 - 0.1 * i as f32,
            Heading {
                who: Some(a.clone()),
                rest: rest(&[i]),
                place: place.clone(),
                ..Heading::default()
            },
        );
        // Two pieces.
        for (j, b) in whole.iter().enumerate().take(5).skip(i + 1) {
            let far = 0.12 * (i + j - 1) as f32;
            offer(
                score(kinds, text(a), text(b)) + lean + 0.7 - far,
                Heading {
                    what: Some(a.clone()),
                    who: Some(b.clone()),
                    rest: rest(&[i, j]),
                    place: place.clone(),
                    ..Heading::default()
                },
            );
            offer(
                score(kinds, text(b), text(a)) - lean + 0.7 - far,
                Heading {
                    what: Some(b.clone()),
                    who: Some(a.clone()),
                    rest: rest(&[i, j]),
                    place: place.clone(),
                    ..Heading::default()
                },
            );
        }
        // One piece cut at a comma, "at" and the like.
        let parts = cut(page, a, &WEAK);
        for at in 1..parts.len() {
            let (left, right) = (
                parts[0].start..parts[at - 1].end,
                parts[at].start..parts[parts.len() - 1].end,
            );
            let keyword = text(&(left.end..right.start)).trim();
            let bonus = if matches!(keyword, "at" | "bei" | "chez") {
                0.6
            } else {
                0.0
            };
            let cost = 0.15 + 0.1 * i as f32 + if whole.len() > 1 { 0.35 } else { 0.0 } - bonus;
            offer(
                score(kinds, text(&left), text(&right)) + 0.7 - cost,
                Heading {
                    what: Some(left.clone()),
                    who: Some(right.clone()),
                    rest: rest(&[i]),
                    place: place.clone(),
                    ..Heading::default()
                },
            );
            if bonus == 0.0 {
                offer(
                    score(kinds, text(&right), text(&left)) + 0.7 - cost - 0.05,
                    Heading {
                        what: Some(right),
                        who: Some(left),
                        rest: rest(&[i]),
                        place: place.clone(),
                        ..Heading::default()
                    },
                );
            }
        }
    }
    let Some((value, mut heading)) = best else {
        return Heading {
            place,
            ..Heading::default()
        };
    };
    heading.confidence = (0.45 + 0.22 * value).clamp(0.3, 0.97);
    if heading.place.is_none() {
        let at = heading.rest.iter().position(|r| {
            words::place(text(r)) > 0.25
                || (page.trim(r).len() < 25
                    && split(page, r, &[',']).len() == 2
                    && text(r).split_whitespace().count() <= 3)
        });
        if let Some(at) = at {
            heading.place = Some(heading.rest.remove(at));
        }
    }
    heading
}

/// A field of a heading.
pub fn field(page: &Page<'_>, range: &Option<Range<usize>>, confidence: f32) -> Option<Text> {
    page.field(range.as_ref()?, confidence)
}
