//! Glyphs → segments: text on one baseline without a wide gap.

use super::super::Link;
use super::super::device::PlacedGlyph;
use super::super::tagged;
use super::super::tags::Leaf;
use super::{Run, Segment};
use crate::document::{Rect, Span};

/// Gap that separates words, in em. Smaller merges words of justified lines, larger splits kerned ones.
pub(super) const WORD_GAP: f32 = 0.14;

/// The same on pages that never write a space, so that nothing but gaps tells words apart.
pub(super) const BARE_WORD_GAP: f32 = 0.1;

/// Gap that separates segments on a baseline, in em.
pub(super) const SEGMENT_GAP: f32 = 1.1;

pub(super) fn hidden_spans(glyphs: &[PlacedGlyph]) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for g in glyphs {
        let bbox = Rect {
            x0: g.x0,
            y0: g.y - g.size * 0.8,
            x1: g.x1,
            y1: g.y + g.size * 0.2,
        };
        if let Some(last) = out.last_mut()
            && last.visibility == g.visibility
            && last.bbox.is_some_and(|b| (b.y1 - bbox.y1).abs() < 1.0)
        {
            let wide = last.bbox.is_some_and(|b| bbox.x0 - b.x1 > g.size * WORD_GAP);
            if wide && !last.text.ends_with(' ') {
                last.text.push(' ');
            }
            last.text.push_str(&g.text);
            last.bbox = last.bbox.map(|b| b.union(&bbox));
            continue;
        }
        out.push(Span {
            text: g.text.clone(),
            range: 0..0,
            font: g.font.name.clone(),
            size: g.size,
            bold: g.font.bold,
            italic: g.font.italic,
            colour: g.colour,
            bbox: Some(bbox),
            link: None,
            visibility: g.visibility,
        });
    }
    out.retain(|s| !s.text.trim().is_empty());
    out
}

/// Glyphs → segments: chunks that follow each other in the content, then chunks that meet on a baseline.
pub(super) fn segments(glyphs: &[PlacedGlyph], links: &[Link], leaves: &[Leaf]) -> Vec<Segment> {
    let written = glyphs.iter().filter(|g| g.spaced).count();
    let word_gap = if written * 40 < glyphs.len() {
        BARE_WORD_GAP
    } else {
        WORD_GAP
    };
    let mut chunks: Vec<Vec<&PlacedGlyph>> = Vec::new();
    for glyph in glyphs {
        if glyph.text.trim().is_empty() {
            continue;
        }
        if let Some(chunk) = chunks.last_mut()
            && let Some(last) = chunk.last()
            && (last.y - glyph.y).abs() < 0.25 * last.size.max(glyph.size)
            && glyph.x0 - last.x1 < 0.6 * glyph.size.max(last.size)
            && glyph.x0 - last.x1 > -0.5 * glyph.size
            && tagged::together(last.leaf, glyph.leaf, leaves)
        {
            chunk.push(glyph);
            continue;
        }
        chunks.push(vec![glyph]);
    }
    // Rows of chunks by baseline; a superscript joins the row that it stands in.
    chunks.sort_by(|a, b| a[0].y.total_cmp(&b[0].y).then(a[0].x0.total_cmp(&b[0].x0)));
    let mut rows: Vec<(f32, f32, Vec<Vec<&PlacedGlyph>>)> = Vec::new();
    for chunk in chunks {
        let size = chunk.iter().map(|g| g.size).fold(0.0, f32::max);
        let y = chunk[0].y;
        match rows
            .iter_mut()
            .rev()
            .take(4)
            .find(|(row_y, row_size, _)| (row_y - y).abs() < 0.28 * size.min(*row_size))
        {
            Some(row) => row.2.push(chunk),
            None => rows.push((y, size, vec![chunk])),
        }
    }
    for (.., chunks) in &mut rows {
        chunks.sort_by(|a, b| a[0].x0.total_cmp(&b[0].x0));
    }
    let rails = rails(rows.iter().map(|(.., chunks)| chunks.as_slice()));
    let mut out = Vec::new();
    for (y, _, chunks) in rows {
        let mut current: Option<Segment> = None;
        let labels = evenly_apart(&chunks);
        for chunk in chunks {
            let size = chunk.iter().map(|g| g.size).fold(0.0, f32::max);
            let start = chunk[0].x0;
            match &mut current {
                Some(segment)
                    if !labels
                        && !rails.iter().any(|(end, next)| {
                            (segment.x1 - end).abs() < 1.0 && (start - next).abs() < 1.0 && segment.x0 < *end - 3.0
                        })
                        && start - segment.x1 < wide(&chunk) * size.min(segment.size.max(size * 0.7))
                        && tagged::together(segment.leaf.map(|l| l.1), chunk[0].leaf, leaves) =>
                {
                    let spaced = start - segment.x1 > word_gap * size;
                    append(segment, &chunk, spaced, word_gap, links);
                }
                _ => {
                    out.extend(current.take());
                    let mut segment = Segment {
                        runs: Vec::new(),
                        x0: start,
                        x1: start,
                        y,
                        size,
                        leaf: None,
                        guessed: true,
                        said: std::cell::OnceCell::new(),
                    };
                    append(&mut segment, &chunk, false, word_gap, links);
                    current = Some(segment);
                }
            }
        }
        out.extend(current);
    }
    out.iter_mut().for_each(|s| part_runs(&mut s.runs));
    out
}

/// Where labels end, flush right, and their contents begin, though the gap is hardly wider than one between words: ends and starts
/// that four rows or more share, with first words of different lengths before them.
fn rails<'a, 'g: 'a>(rows: impl Iterator<Item = &'a [Vec<&'g PlacedGlyph>]>) -> Vec<(f32, f32)> {
    const LEAST: f32 = 0.5;
    // End, start, and where the words before the end begin, for each gap that is wide for one between words.
    let mut gaps: Vec<(f32, f32, f32)> = Vec::new();
    for row in rows {
        for pair in row.windows(2) {
            let (Some(last), Some(next)) = (pair[0].last(), pair[1].first()) else {
                continue;
            };
            let gap = (next.x0 - last.x1) / next.size.max(1.0);
            if (LEAST..SEGMENT_GAP + 0.1).contains(&gap) && gaps.len() < 2_000 && tracking(&pair[0]) == 0.0 {
                gaps.push((last.x1, next.x0, row[0][0].x0));
            }
        }
    }
    let mut out: Vec<(f32, f32)> = Vec::new();
    for (end, start, _) in &gaps {
        let same = |g: &&(f32, f32, f32)| (g.0 - end).abs() < 0.8 && (g.1 - start).abs() < 0.8;
        if out
            .iter()
            .any(|(e, s)| (e - end).abs() < 0.8 && (s - start).abs() < 0.8)
        {
            continue;
        }
        let shared: Vec<f32> = gaps.iter().filter(same).map(|g| g.2).collect();
        let lengths = shared.iter().filter(|x| (*x - shared[0]).abs() > 2.0).count();
        if shared.len() >= 4 && lengths > 0 {
            out.push((*end, *start));
        }
    }
    out
}

/// The gap that separates segments before a chunk, in em: wider where its letters stand apart.
fn wide(chunk: &[&PlacedGlyph]) -> f32 {
    let spread = tracking(chunk);
    SEGMENT_GAP + if spread > 0.15 { 2.5 * spread } else { 0.0 }
}

/// A blank between a name and the date or name in another style that touches it: "College of Technology" and "January 2015".
fn part_runs(runs: &mut [Run]) {
    for at in 1..runs.len() {
        let (before, run) = (&runs[at - 1], &runs[at]);
        let changes = (before.size - run.size).abs() > 0.8 || before.font.bold != run.font.bold;
        let mut signs = run.text.chars();
        let (first, second) = (signs.next().unwrap_or(' '), signs.next().unwrap_or(' '));
        let begins = first.is_uppercase() && second.is_lowercase()
            || run.text.len() >= 4 && run.text.bytes().take(4).all(|b| b.is_ascii_digit());
        if changes && begins && before.text.ends_with(|c: char| c.is_lowercase() || c == ')') {
            runs[at].text.insert(0, ' ');
        }
    }
}

/// True for three chunks or more at one and the same wide distance, some of several words: a row of labels, each a text of
/// its own. Justified text has one distance between all its words.
fn evenly_apart(chunks: &[Vec<&PlacedGlyph>]) -> bool {
    let gap = |pair: &[Vec<&PlacedGlyph>]| {
        let (last, next) = (pair[0].last()?, pair[1].first()?);
        Some((next.x0 - last.x1) / next.size.max(1.0))
    };
    let Some(gaps) = chunks.windows(2).map(gap).collect::<Option<Vec<f32>>>() else {
        return false;
    };
    let (least, most) = gaps.iter().fold((f32::MAX, 0.0f32), |(l, m), g| (l.min(*g), m.max(*g)));
    let words = |chunk: &&Vec<&PlacedGlyph>| chunk.windows(2).any(|w| w[1].x0 - w[0].x1 > WORD_GAP * w[1].size);
    // Words of letters that stand apart stand further apart themselves.
    let spread = chunks.iter().map(|c| tracking(c)).fold(0.0, f32::max);
    gaps.len() >= 2
        && least >= 0.75 + 2.0 * spread
        && most - least <= 0.12
        && most < 2.0
        && chunks.iter().any(|c| words(&c))
}

pub(super) fn append(segment: &mut Segment, chunk: &[&PlacedGlyph], mut spaced: bool, word_gap: f32, links: &[Link]) {
    let word_gap = word_gap + tracking(chunk);
    // A full stop on its own belongs to the letters before it: "D." with letters that stand apart.
    spaced &= !matches!(chunk, [only] if matches!(only.text.as_str(), "." | ","));
    let dotted = |glyph: &PlacedGlyph| matches!(glyph.text.as_str(), "." | ",");
    for glyph in chunk {
        let gap = glyph.x0 - segment.x1;
        let space = spaced
            || (!segment.runs.is_empty()
                && !dotted(glyph)
                && (gap > word_gap * glyph.size || (glyph.spaced && gap > 0.04 * glyph.size && word_gap <= WORD_GAP)));
        spaced = false;
        let middle = (glyph.x0 + glyph.x1) / 2.0;
        let over = |l: &&Link| {
            l.bbox.x0 <= middle && middle <= l.bbox.x1 && l.bbox.y0 - 2.0 <= glyph.y && glyph.y <= l.bbox.y1 + 2.0
        };
        let link = links.iter().find(over).map(|l| l.target.as_str());
        match segment.runs.last_mut() {
            Some(run)
                if *run.font == *glyph.font
                    && (run.size - glyph.size).abs() < 0.2
                    && run.colour == glyph.colour
                    && run.link.as_deref() == link =>
            {
                if space {
                    run.text.push(' ');
                }
                run.text.push_str(&glyph.text);
                run.x1 = glyph.x1;
            }
            _ => segment.runs.push(Run {
                text: format!("{}{}", if space { " " } else { "" }, glyph.text),
                font: glyph.font.clone(),
                size: glyph.size,
                colour: glyph.colour,
                x0: glyph.x0,
                x1: glyph.x1,
                y: segment.y,
                link: link.map(str::to_owned),
            }),
        }
        segment.guessed &= glyph.guessed;
        if let Some(leaf) = glyph.leaf {
            let (first, last) = segment.leaf.unwrap_or((leaf, leaf));
            segment.leaf = Some((first.min(leaf), last.max(leaf)));
        }
        segment.x1 = segment.x1.max(glyph.x1);
        segment.size = segment.size.max(glyph.size);
    }
}

/// The distance that a designer put between all letters, in em; 0 for most text.
fn tracking(chunk: &[&PlacedGlyph]) -> f32 {
    let mut gaps: Vec<f32> = chunk
        .windows(2)
        .map(|w| (w[1].x0 - w[0].x1) / w[1].size.max(1.0))
        .collect();
    if gaps.len() < 3 {
        return 0.0;
    }
    gaps.sort_by(f32::total_cmp);
    let middle = gaps[gaps.len() / 2];
    // Most gaps alike and wide: tracking. Short words have few inner gaps, so the lower third must be wide as well.
    if middle > 0.06 && gaps[gaps.len() / 4] > 0.04 {
        middle
    } else {
        0.0
    }
}
