//! Segments → rows in the order of the structure tree, where the file has a sound one.

use super::device::PlacedGlyph;
use super::layout::{Region, Row, Segment};
use super::tags::{Leaf, Role};
use crate::document::Flow;
use std::collections::{HashMap, HashSet};

/// Fills in the leaf of glyphs that have none from their neighbours; false where the tree covers too little of the page.
pub fn cover(glyphs: &mut [PlacedGlyph], letters: usize) -> bool {
    let known = glyphs
        .iter()
        .filter(|g| g.leaf.is_some() && g.text.chars().any(char::is_alphanumeric))
        .count();
    if known == 0 || known * 100 < letters * 90 {
        return false;
    }
    let tagged: Vec<(u32, f32, f32, f32)> = glyphs
        .iter()
        .filter_map(|g| g.leaf.map(|l| (l, g.x0, g.x1, g.y)))
        .collect();
    for i in 0..glyphs.len() {
        if glyphs[i].leaf.is_some() {
            continue;
        }
        let glyph = &glyphs[i];
        let follows = i > 0 && glyphs[i - 1].guessed && {
            let before = &glyphs[i - 1];
            (before.y - glyph.y).abs() < 0.3 * glyph.size && (glyph.x0 - before.x1).abs() < glyph.size
        };
        let leaf = if follows {
            glyphs[i - 1].leaf
        } else {
            // The text behind it on the baseline (a bullet), else what stands closest above.
            let cost = |(_, x0, x1, y): &(u32, f32, f32, f32)| {
                let beside = (0.0f32).max(x0 - glyph.x1).max(glyph.x0 - x1);
                if (y - glyph.y).abs() < 0.3 * glyph.size {
                    if *x0 >= glyph.x0 {
                        beside * 0.2
                    } else {
                        beside * 0.5 + 2.0
                    }
                } else if *y < glyph.y {
                    (glyph.y - y) + beside * 0.7
                } else {
                    2.0 * (y - glyph.y) + beside + 40.0
                }
            };
            tagged.iter().min_by(|a, b| cost(a).total_cmp(&cost(b))).map(|t| t.0)
        };
        glyphs[i].leaf = leaf;
        glyphs[i].guessed = true;
    }
    true
}

/// True where two neighbours on a baseline can be one run of text.
pub fn together(before: Option<u32>, after: Option<u32>, leaves: &[Leaf]) -> bool {
    let (Some(a), Some(b)) = (before, after) else {
        return true;
    };
    if a == b {
        return true;
    }
    let (Some(left), Some(right)) = (leaves.get(a as usize), leaves.get(b as usize)) else {
        return true;
    };
    let same = left.block == right.block;
    if left.block != 0 && right.block != 0 && !same {
        return false;
    }
    // Inline neighbours follow each other in the tree; a column beside does not.
    a.abs_diff(b) <= if same && left.block != 0 { 6 } else { 2 }
}

/// Rows in logical order; `None` where the order of the tree jumps about on the page and cannot be trusted.
pub fn arrange(mut segments: Vec<Segment>, leaves: &[Leaf]) -> Option<Vec<Region>> {
    // What the tree does not name and stands under everything that it names is the foot of the page.
    let foot = segments
        .iter()
        .filter(|s| !s.guessed)
        .map(|s| s.y)
        .fold(f32::MIN, f32::max);
    let key = |s: &Segment| match s.leaf {
        Some(leaf) if !s.guessed || s.y <= foot + s.size => leaf.0,
        _ => u32::MAX,
    };
    segments.sort_by(|a, b| {
        key(a)
            .cmp(&key(b))
            .then(a.y.total_cmp(&b.y))
            .then(a.x0.total_cmp(&b.x0))
    });
    let leaf = |s: &Segment| s.leaf.and_then(|l| leaves.get(l.0 as usize)).copied();
    let lines_of = |s: &Segment, all: &[Segment]| {
        let block = leaf(s).map_or(0, |l| l.block);
        block != 0
            && all
                .iter()
                .any(|o| leaf(o).is_some_and(|l| l.block == block) && (o.y - s.y).abs() > 0.5 * s.size)
    };
    let several: Vec<bool> = segments
        .iter()
        .map(|s| {
            lines_of(s, &segments)
                || segments
                    .iter()
                    .any(|o| o.leaf == s.leaf && !o.guessed && (o.y - s.y).abs() > 0.5 * s.size)
        })
        .collect();
    let mut rows: Vec<Vec<Segment>> = Vec::new();
    let mut long: Vec<bool> = Vec::new();
    for (segment, several) in segments.into_iter().zip(several) {
        let item = |s: &Segment| leaf(s).is_some_and(|l| matches!(l.role, Role::Item(_)));
        let block = |s: &Segment| leaf(s).map_or(0, |l| l.block);
        let fits = |row: &[Segment], last: bool, long: bool| {
            let level = row
                .iter()
                .any(|s| (s.y - segment.y).abs() < 0.3 * s.size.min(segment.size).max(4.0));
            let apart = row.iter().all(|s| s.x1 <= segment.x0 + 1.0 || segment.x1 <= s.x0 + 1.0);
            let items = row
                .iter()
                .any(|s| item(s) && item(&segment) && block(s) != block(&segment));
            let into_item = !last && row.first().is_some_and(item) && block(&row[0]) != block(&segment);
            let heading = |s: &Segment| leaf(s).is_some_and(|l| matches!(l.role, Role::Heading(_)));
            // Further back only what the tree names close by: a date that floats, not the entry beside.
            let near = last
                || row.iter().any(|s| {
                    let (a, b) = (s.leaf.map_or(0, |l| l.1), segment.leaf.map_or(0, |l| l.0));
                    a.abs_diff(b) <= 4
                });
            let headings = heading(&segment) && row.iter().any(|s| heading(s) && block(s) != block(&segment));
            near && !headings && level && apart && !items && !into_item && (last || (!several && !long))
        };
        let count = rows.len();
        let at = (count.saturating_sub(3)..count)
            .rev()
            .find(|i| fits(&rows[*i], i + 1 == count, long[*i]));
        match at {
            Some(i) => rows[i].push(segment),
            None => {
                rows.push(vec![segment]);
                long.push(several);
            }
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    }
    beside(&mut rows, &|s| leaf(s).is_some_and(|l| matches!(l.role, Role::Item(_))));
    if !sound(&rows) {
        return None;
    }
    let mut regions: Vec<Region> = Vec::new();
    let (mut bottom, mut before) = (f32::MIN, None);
    let odd = entries(&rows, &leaf);
    for row in rows {
        let y = row[0].y;
        let this = leaf(&row[0]);
        let block = this.map_or(0, |l| l.block);
        let guessed = row.iter().all(|s| s.guessed);
        let flow = match (block, before) {
            _ if guessed => Flow::Unknown,
            (0, _) => Flow::Unknown,
            (b, Some(p)) if b == p => Flow::Continues,
            _ => Flow::Begins,
        };
        let mut role = this.map_or(Role::Text, |l| l.role);
        let mut flow = flow;
        if odd.contains(&block) {
            (role, flow) = (Role::Text, Flow::Unknown);
        }
        before = Some(block);
        let jump = y < bottom - 1.0;
        bottom = y;
        if jump || regions.is_empty() {
            let columns = if regions.is_empty() { 1 } else { 2 };
            regions.push(Region {
                rows: Vec::new(),
                columns,
            });
        }
        if let Some(region) = regions.last_mut() {
            region.rows.push(Row {
                segments: row,
                role,
                flow,
            });
        }
    }
    Some(regions)
}

/// Dates and places that stand at the side of an entry, and that the tree names after it, go to its first row.
fn beside(rows: &mut Vec<Vec<Segment>>, is_item: &dyn Fn(&Segment) -> bool) {
    let mut at = 1;
    while at < rows.len() {
        let (y, left) = (rows[at][0].y, rows[at][0].x0);
        if y >= rows[at - 1][0].y - 1.0 {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < rows.len() && rows[end][0].y > rows[end - 1][0].y && rows[end][0].x0 > left - 60.0 && end - at < 5 {
            let short = |row: &[Segment]| {
                row.iter()
                    .map(Segment::text)
                    .collect::<String>()
                    .split_whitespace()
                    .count()
                    <= 6
            };
            if !short(&rows[end]) {
                break;
            }
            end += 1;
        }
        let text = |row: &[Segment]| row.iter().map(Segment::text).collect::<Vec<_>>().join(" ");
        let side = rows[at..end].iter().all(|r| text(r).split_whitespace().count() <= 6);
        let dated = rows[at..end].iter().any(|r| super::layout::dated(&text(r)));
        // Where lines of its own follow below, or it names a section, it is a column and no date beside an entry.
        let goes_on = |r: &Vec<Segment>| r[0].y > rows[end - 1][0].y && r[0].x0 > left - 12.0;
        let column = rows.get(end).is_some_and(goes_on)
            || rows[at..end]
                .iter()
                .flatten()
                .any(|s| crate::parse::names_section(&s.text()));
        let side = side && !column;
        let first = rows[..at].iter().rposition(|r| (r[0].y - y).abs() < 0.3 * r[0].size);
        match first {
            Some(target) if side && dated && rows[target].iter().all(|s| s.x1 < left) => {
                let mut moved: Vec<Vec<Segment>> = rows.drain(at..end).collect();
                let item = is_item(&rows[target][0]);
                if !item {
                    rows[target].append(&mut moved.remove(0));
                }
                let from = if item { target } else { target + 1 };
                let count = moved.len();
                for (n, row) in moved.into_iter().enumerate() {
                    rows.insert(from + n, row);
                }
                at = from + count + 1;
            }
            _ => at = end,
        }
    }
}

/// Blocks of list items whose lines differ in size or indent: entries with a heading and a body, not bullets.
fn entries(rows: &[Vec<Segment>], leaf: &dyn Fn(&Segment) -> Option<Leaf>) -> HashSet<u32> {
    let mut first: HashMap<u32, (f32, f32)> = HashMap::new();
    let mut odd = HashSet::new();
    for row in rows {
        let Some(item) = leaf(&row[0]).filter(|l| matches!(l.role, Role::Item(_))) else {
            continue;
        };
        let (x, size) = *first.entry(item.block).or_insert((row[0].x0, row[0].size));
        if (row[0].size - size).abs() > 0.6 || (row[0].x0 - x).abs() > 14.0 {
            odd.insert(item.block);
        }
    }
    odd
}

/// A reader goes down the page and jumps up only to another column.
fn sound(rows: &[Vec<Segment>]) -> bool {
    let edges = |row: &[Segment]| (row[0].x0, row.iter().map(|s| s.x1).fold(0.0, f32::max));
    let back = rows
        .windows(2)
        .filter(|pair| {
            let ((a0, a1), (b0, b1)) = (edges(&pair[0]), edges(&pair[1]));
            pair[1][0].y < pair[0][0].y - 1.0 && a0 < b1 - 2.0 && b0 < a1 - 2.0
        })
        .count();
    back <= 2 + rows.len() / 12
}
