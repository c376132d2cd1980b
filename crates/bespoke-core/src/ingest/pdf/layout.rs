//! Glyphs → words → segments → rows → regions in reading order.
//!
//! A segment is text on one baseline without a wide gap. Segments are cut into columns where a vertical gutter runs
//! through many rows. Two kinds of neighbours look alike and read differently: an independent column (read whole, one
//! after the other) and a rail of dates or labels beside their rows (read row by row).

use super::Link;
use super::device::{FontLook, PlacedGlyph, RawPage};
use super::tagged;
use super::tags::{Leaf, Role};
use crate::document::{Flow, LineKind, Rect, Span, Visibility};
use crate::ingest::builder::Piece;
use regex::Regex;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::LazyLock;

/// Gap that separates words, in em. Smaller merges words of justified lines, larger splits kerned ones.
const WORD_GAP: f32 = 0.14;
/// The same on pages that never write a space, so that nothing but gaps tells words apart.
const BARE_WORD_GAP: f32 = 0.1;
/// Gap that separates segments on a baseline, in em.
const SEGMENT_GAP: f32 = 1.1;

/// A page in reading order.
#[derive(Default)]
pub struct LaidPage {
    pub width: f32,
    pub height: f32,
    pub lines: Vec<LaidLine>,
    pub hidden: Vec<Span>,
    pub images: Vec<Rect>,
    pub columns: u32,
    pub letters: usize,
}

/// A line in reading order.
pub struct LaidLine {
    pub pieces: Vec<Piece>,
    pub kind: LineKind,
    pub region: u16,
    pub furniture: bool,
    pub gap: bool,
    pub flow: Flow,
}

/// A run of one look.
#[derive(Debug, Clone)]
pub struct Run {
    pub text: String,
    font: Rc<FontLook>,
    pub size: f32,
    colour: u32,
    x0: f32,
    x1: f32,
    link: Option<String>,
}

/// Text on one baseline without a wide gap.
#[derive(Debug, Clone)]
pub struct Segment {
    pub runs: Vec<Run>,
    pub x0: f32,
    pub x1: f32,
    pub y: f32,
    pub size: f32,
    /// First and last leaf of the structure tree that it shows.
    pub leaf: Option<(u32, u32)>,
    /// All of it is outside the structure tree.
    pub guessed: bool,
}

impl Segment {
    pub fn text(&self) -> String {
        self.runs.iter().map(|r| r.text.as_str()).collect()
    }
    fn top(&self) -> f32 {
        self.y - self.size * 0.8
    }
}

/// Lays out all pages; lines that repeat at the edges of pages are furniture.
pub fn pages(raw: Vec<RawPage>, leaves: &[Leaf]) -> Vec<LaidPage> {
    let mut pages: Vec<LaidPage> = raw.into_iter().map(|p| page(p, leaves)).collect();
    let key = |line: &LaidLine| {
        let text: String = line.pieces.iter().map(|p| p.text.as_str()).collect();
        text.chars()
            .map(|c| if c.is_ascii_digit() { '0' } else { c })
            .collect::<String>()
            .trim()
            .to_owned()
    };
    if pages.len() > 1 {
        let mut seen: HashMap<String, usize> = HashMap::new();
        for page in &pages {
            for line in page.lines.iter().filter(|l| at_edge(l, page.height)) {
                *seen.entry(key(line)).or_default() += 1;
            }
        }
        for (index, page) in pages.iter_mut().enumerate() {
            let height = page.height;
            for line in &mut page.lines {
                let repeated = index > 0 && at_edge(line, height) && seen.get(&key(line)).is_some_and(|n| *n > 1);
                line.furniture |= repeated;
            }
        }
    }
    // A browser that cuts a page through a line prints it on both.
    let letters = |line: &LaidLine| -> String {
        let text = line.pieces.iter().flat_map(|p| p.text.chars());
        text.filter(|c| c.is_alphanumeric()).collect()
    };
    for index in 1..pages.len() {
        let Some(first) = pages[index].lines.first().map(letters) else {
            continue;
        };
        let before = &mut pages[index - 1].lines;
        if before.last().is_some_and(|l| first.len() > 7 && letters(l) == first) {
            before.pop();
        }
    }
    for page in &mut pages {
        let height = page.height;
        for line in &mut page.lines {
            line.furniture |= at_edge(line, height) && PAGE_NUMBER.is_match(key(line).as_str());
        }
    }
    pages
}

static PAGE_NUMBER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)^(page|seite|p\.)?\s*0{1,2}(\s*(/|of|von|de|-)\s*0{1,2})?$").expect("a pattern"));
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(19|20)\d\d\b|\b\d{1,2}[./]\d{2,4}\b|present|current|heute|actuel|actual|atual|oggi|heden")
        .expect("a pattern")
});

/// True for text that holds a date.
pub fn dated(text: &str) -> bool {
    DATE.is_match(text)
}

fn at_edge(line: &LaidLine, height: f32) -> bool {
    let boxes = line.pieces.iter().filter_map(|p| p.bbox);
    boxes
        .reduce(|a, b| a.union(&b))
        .is_some_and(|b| b.y1 < height * 0.07 || b.y0 > height * 0.93)
}

fn page(raw: RawPage, leaves: &[Leaf]) -> LaidPage {
    let RawPage {
        width,
        height,
        glyphs,
        images,
        links,
        dots,
        ..
    } = raw;
    let (mut seen, hidden): (Vec<_>, Vec<_>) = glyphs.into_iter().partition(|g| g.visibility == Visibility::Visible);
    let letters = seen
        .iter()
        .filter(|g| g.text.chars().any(char::is_alphanumeric))
        .count();
    let mut out = LaidPage {
        width,
        height,
        images,
        letters,
        columns: 1,
        ..LaidPage::default()
    };
    out.hidden = hidden_spans(&hidden);
    let tagged = tagged::cover(&mut seen, letters)
        .then(|| tagged::arrange(segments(&seen, &links, leaves), leaves))
        .flatten();
    let mut regions: Vec<Region> = match tagged {
        Some(regions) => {
            out.columns = regions.iter().map(|r| r.columns).max().unwrap_or(1);
            regions
        }
        None => {
            seen.iter_mut().for_each(|g| g.leaf = None);
            let mut order = Order {
                regions: Vec::new(),
                columns: 1,
            };
            order.cut(segments(&seen, &links, &[]), 0);
            out.columns = order.columns;
            let plain = |row: Vec<Segment>| Row {
                role: Role::Text,
                flow: Flow::Unknown,
                segments: row,
            };
            let region = |rows: Vec<Vec<Segment>>| Region {
                rows: rows.into_iter().map(plain).collect(),
                columns: 1,
            };
            order.regions.into_iter().map(region).collect()
        }
    };
    super::rtl::read_order(
        regions
            .iter_mut()
            .flat_map(|r| &mut r.rows)
            .map(|row| &mut row.segments),
    );
    let mut last_bottom: Option<(u16, f32)> = None;
    for (region, rows) in regions.into_iter().map(|r| r.rows).enumerate() {
        let left = rows.iter().map(|r| r.segments[0].x0).fold(f32::MAX, f32::min);
        let leading = leading(&rows);
        let mut bullets: Vec<f32> = Vec::new();
        // Items of the tree beside items whose bullet is seen are bullets as well.
        let marked: Vec<f32> = rows
            .iter()
            .filter(|r| matches!(r.role, Role::Item(_)) && drawn_bullet(&r.segments[0], &dots))
            .map(|r| r.segments[0].x0)
            .collect();
        for Row {
            segments: row,
            role,
            flow,
        } in rows
        {
            let y = row[0].y;
            let gap = match last_bottom {
                Some((r, before)) => r != region as u16 || y - before > leading * 1.45 + 1.0 || y < before - 1.0,
                None => false,
            };
            last_bottom = Some((region as u16, y));
            let text = row[0].text();
            let bullet = crate::ingest::clean::strip_bullet(&text).is_some()
                || flow != Flow::Continues && drawn_bullet(&row[0], &dots)
                || flow == Flow::Begins
                    && matches!(role, Role::Item(_))
                    && marked.iter().any(|x| (x - row[0].x0).abs() < 1.0);
            let kind = if let Role::Heading(level) = role {
                LineKind::Heading { level }
            } else if bullet {
                let x = row[0].x0;
                bullets.retain(|b| *b < x - 3.0 || (*b - x).abs() <= 3.0);
                if !bullets.iter().any(|b| (*b - x).abs() <= 3.0) {
                    bullets.push(x);
                }
                LineKind::ListItem {
                    level: (bullets.len() - 1).min(4) as u8,
                }
            } else {
                if row[0].x0 <= left + 2.0 {
                    bullets.clear();
                }
                LineKind::Paragraph
            };
            out.lines.push(LaidLine {
                pieces: pieces(&row),
                kind,
                region: region as u16,
                furniture: false,
                gap,
                flow,
            });
        }
    }
    out
}

/// A row of a region, with what the structure tree says about it.
pub struct Row {
    pub segments: Vec<Segment>,
    pub role: Role,
    pub flow: Flow,
}

/// Rows that are read one after the other, top to bottom.
pub struct Region {
    pub rows: Vec<Row>,
    pub columns: u32,
}

/// A bullet that is drawn: a small mark just before the text, in the middle of its height.
fn drawn_bullet(segment: &Segment, dots: &[Rect]) -> bool {
    dots.iter().any(|dot| {
        let middle = (dot.y0 + dot.y1) / 2.0;
        dot.x1 <= segment.x0 - 0.5
            && dot.x1 > segment.x0 - segment.size * 2.2
            && middle < segment.y + segment.size * 0.15
            && middle > segment.y - segment.size * 0.75
            && dot.height() < segment.size * 0.6
    })
}

/// The usual distance of baselines.
fn leading(rows: &[Row]) -> f32 {
    let mut gaps: Vec<f32> = rows
        .windows(2)
        .map(|w| w[1].segments[0].y - w[0].segments[0].y)
        .filter(|g| *g > 2.0 && *g < 60.0)
        .collect();
    gaps.sort_by(f32::total_cmp);
    gaps.get(gaps.len() / 3).copied().unwrap_or(14.0)
}

fn pieces(row: &[Segment]) -> Vec<Piece> {
    let mut out = Vec::new();
    for (index, segment) in row.iter().enumerate() {
        for (n, run) in segment.runs.iter().enumerate() {
            let tab = if index > 0 && n == 0 && !is_bullet(&row[index - 1]) {
                "\t"
            } else if index > 0 && n == 0 {
                " "
            } else {
                ""
            };
            out.push(Piece {
                text: format!("{tab}{}", run.text),
                font: run.font.name.clone(),
                size: (run.size * 100.0).round() / 100.0,
                bold: run.font.bold,
                italic: run.font.italic,
                colour: run.colour,
                bbox: Some(Rect {
                    x0: run.x0,
                    y0: segment.y - run.size * 0.8,
                    x1: run.x1,
                    y1: segment.y + run.size * 0.22,
                }),
                link: run.link.clone(),
            });
        }
    }
    out
}

/// A segment that is nothing but a bullet glyph.
fn is_bullet(segment: &Segment) -> bool {
    let text = segment.text();
    let text = text.trim();
    text.chars().count() == 1 && (crate::ingest::clean::strip_bullet(&format!("{text} x")).is_some())
}

fn hidden_spans(glyphs: &[PlacedGlyph]) -> Vec<Span> {
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
fn segments(glyphs: &[PlacedGlyph], links: &[Link], leaves: &[Leaf]) -> Vec<Segment> {
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
    let mut out = Vec::new();
    for (y, _, mut chunks) in rows {
        chunks.sort_by(|a, b| a[0].x0.total_cmp(&b[0].x0));
        let mut current: Option<Segment> = None;
        for chunk in chunks {
            let size = chunk.iter().map(|g| g.size).fold(0.0, f32::max);
            let start = chunk[0].x0;
            match &mut current {
                Some(segment)
                    if start - segment.x1 < SEGMENT_GAP * size.min(segment.size.max(size * 0.7))
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
                    };
                    append(&mut segment, &chunk, false, word_gap, links);
                    current = Some(segment);
                }
            }
        }
        out.extend(current);
    }
    out
}

fn append(segment: &mut Segment, chunk: &[&PlacedGlyph], mut spaced: bool, word_gap: f32, links: &[Link]) {
    let word_gap = word_gap + tracking(chunk);
    for glyph in chunk {
        let gap = glyph.x0 - segment.x1;
        let space = spaced
            || (!segment.runs.is_empty()
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

/// Regions in reading order, each a list of rows.
struct Order {
    regions: Vec<Vec<Vec<Segment>>>,
    columns: u32,
}

/// A gutter: no segment of the band crosses it.
struct Gutter {
    x: f32,
    top: f32,
    bottom: f32,
    score: f32,
    /// The left side is a rail: labels and dates that each stand beside their content.
    rail: bool,
}

impl Order {
    /// Cuts a block at its best gutter: what is above, left, right, below; without one, it is a region.
    fn cut(&mut self, segments: Vec<Segment>, depth: u32) {
        if segments.is_empty() {
            return;
        }
        let gutter = if depth < 5 { best_gutter(&segments) } else { None };
        let Some(gutter) = gutter else {
            self.region(segments);
            return;
        };
        let (mut above, mut left, mut right, mut below) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for segment in segments {
            if segment.y < gutter.top {
                above.push(segment);
            } else if segment.y > gutter.bottom {
                below.push(segment);
            } else if segment.x0 < gutter.x {
                left.push(segment);
            } else {
                right.push(segment);
            }
        }
        if gutter.rail {
            self.cut(above, depth + 1);
            self.rail(left, right);
            self.cut(below, depth + 1);
            return;
        }
        self.columns = self.columns.max(depth.min(1) + 2);
        self.cut(above, depth + 1);
        self.cut(left, depth + 1);
        self.cut(right, depth + 1);
        self.cut(below, depth + 1);
    }

    /// Every block of the rail goes before the first row that it stands beside.
    fn rail(&mut self, rail: Vec<Segment>, content: Vec<Segment>) {
        let rows = rows_of(content);
        let labels = rows_of(rail);
        let mut blocks: Vec<Vec<Vec<Segment>>> = Vec::new();
        for row in labels {
            let near = blocks
                .last()
                .and_then(|b| b.last())
                .is_some_and(|last| row[0].y - last[0].y < 1.9 * last[0].size.max(row[0].size));
            match blocks.last_mut() {
                Some(block) if near => block.push(row),
                _ => blocks.push(vec![row]),
            }
        }
        let mut out: Vec<Vec<Segment>> = Vec::new();
        let mut blocks = blocks.into_iter().peekable();
        for mut row in rows {
            while let Some(block) = blocks.next_if(|b| b[0][0].top() < row[0].y - 0.2 * row[0].size) {
                let mut block = block;
                let level = block.len() == 1 && (block[0][0].y - row[0].y).abs() < 0.3 * row[0].size;
                if level {
                    let mut first = block.remove(0);
                    first.append(&mut row);
                    row = first;
                } else {
                    out.append(&mut block);
                }
            }
            out.push(row);
        }
        out.extend(blocks.flatten());
        self.regions.push(out);
    }

    fn region(&mut self, segments: Vec<Segment>) {
        self.regions.push(rows_of(segments));
    }
}

/// Segments → rows by baseline, top to bottom and left to right.
fn rows_of(mut segments: Vec<Segment>) -> Vec<Vec<Segment>> {
    {
        segments.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x0.total_cmp(&b.x0)));
        let mut rows: Vec<Vec<Segment>> = Vec::new();
        for segment in segments {
            match rows.last_mut() {
                Some(row) if (row[0].y - segment.y).abs() < 0.3 * row[0].size.min(segment.size).max(4.0) => {
                    row.push(segment)
                }
                _ => rows.push(vec![segment]),
            }
        }
        for row in &mut rows {
            row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        }
        rows
    }
}

/// The gutter that separates most text: candidates are left edges that several segments share.
fn best_gutter(segments: &[Segment]) -> Option<Gutter> {
    if segments.len() < 6 {
        return None;
    }
    let left_edge = segments.iter().map(|s| s.x0).fold(f32::MAX, f32::min);
    let mut edges: Vec<(f32, usize)> = Vec::new();
    for segment in segments.iter().filter(|s| s.x0 > left_edge + 40.0) {
        match edges.iter_mut().find(|(x, _)| (x - segment.x0).abs() < 3.0) {
            Some((x, n)) => {
                *x = x.min(segment.x0);
                *n += 1;
            }
            None => edges.push((segment.x0, 1)),
        }
    }
    let right_edge = segments.iter().map(|s| s.x1).fold(0.0, f32::max);
    let centred = |s: &Segment| {
        let alone = !segments.iter().any(|o| (o.y - s.y).abs() < 2.0 && o.x0 != s.x0);
        alone && ((s.x0 + s.x1) - (left_edge + right_edge)).abs() < 24.0 && crate::parse::names_section(&s.text())
    };
    let wide: Vec<bool> = segments.iter().map(centred).collect();
    let mut best: Option<Gutter> = None;
    for (edge, _) in edges.into_iter().filter(|(_, n)| *n >= 3) {
        for gutter in bands(segments, &wide, edge - 1.0) {
            if best.as_ref().is_none_or(|b| gutter.score > b.score) {
                best = Some(gutter);
            }
        }
    }
    best
}

/// The stretches of the page in which nothing crosses `x`, with real text on both sides that reads by column.
fn bands(segments: &[Segment], wide: &[bool], x: f32) -> Vec<Gutter> {
    let mut rows: Vec<(&Segment, bool)> = segments.iter().zip(wide.iter().copied()).collect();
    rows.sort_by(|a, b| a.0.y.total_cmp(&b.0.y));
    // A heading in the middle of the page goes over all columns.
    let crosses = |s: &Segment, wide: bool| wide || s.x0 < x - 2.0 && s.x1 > x + 1.0;
    let mut out = Vec::new();
    let mut band: Vec<&Segment> = Vec::new();
    for segment in rows.iter().copied().map(Some).chain(std::iter::once(None)) {
        match segment {
            Some((s, wide)) if !crosses(s, wide) => band.push(s),
            _ => {
                if let Some(gutter) = judge(&band, x) {
                    out.push(gutter);
                }
                band.clear();
            }
        }
    }
    out
}

/// True columns: both sides have lines of their own, and they are not a rail of labels or dates beside their rows.
fn judge(band: &[&Segment], x: f32) -> Option<Gutter> {
    let (left, right): (Vec<&Segment>, Vec<&Segment>) = band.iter().copied().partition(|s| s.x0 < x);
    let rows = |side: &[&Segment]| {
        let mut ys: Vec<f32> = side.iter().map(|s| s.y).collect();
        ys.sort_by(f32::total_cmp);
        ys.dedup_by(|a, b| (*a - *b).abs() < 2.0);
        ys
    };
    let (left_rows, right_rows) = (rows(&left), rows(&right));
    // Prose on both sides is set in columns however few its lines are; short texts must show it by their number.
    let wordy = |side: &[&Segment]| {
        let words: usize = side.iter().map(|s| s.text().split_whitespace().count()).sum();
        !side.is_empty() && words as f32 / side.len() as f32 >= 4.5
    };
    let prose = wordy(&left) && wordy(&right) && left.len() + right.len() >= 3;
    if !prose && (left_rows.len() < 3 || right_rows.len() < 3) {
        return None;
    }
    // The gutter must be empty: the left side ends well before the right one begins.
    let reach = left.iter().map(|s| s.x1).fold(0.0, f32::max);
    let start = right.iter().map(|s| s.x0).fold(f32::MAX, f32::min);
    if start - reach < 6.0 {
        return None;
    }
    let (narrow, narrow_rows, wide_rows) = if left_rows.len() <= right_rows.len() {
        (&left, &left_rows, &right_rows)
    } else {
        (&right, &right_rows, &left_rows)
    };
    let aligned = narrow_rows
        .iter()
        .filter(|y| wide_rows.iter().any(|w| (**y - w).abs() < 1.5))
        .count();
    let aligned = aligned as f32 / narrow_rows.len() as f32;
    let sparse = narrow_rows.len() as f32 / wide_rows.len() as f32;
    let dates = narrow.iter().filter(|s| DATE.is_match(&s.text())).count() as f32 / narrow.len() as f32;
    let places = narrow
        .iter()
        .filter(|s| s.text().contains(',') && s.text().split_whitespace().count() <= 5)
        .count() as f32;
    let dates = dates + 0.7 * places / narrow.len() as f32;
    let labels = narrow
        .iter()
        .filter(|s| DATE.is_match(&s.text()) || crate::parse::names_section(&s.text()))
        .count() as f32
        / narrow.len() as f32;
    let rail = (aligned >= 0.6 && dates >= 0.4) || (aligned >= 0.85 && sparse < 0.45 && !prose);
    let labelled = aligned >= 0.25 && labels >= 0.6 && left_rows.len() < right_rows.len();
    if rail && !labelled {
        return None;
    }
    let mut top = band.iter().map(|s| s.y).fold(f32::MAX, f32::min);
    let mut bottom = band.iter().map(|s| s.y).fold(0.0, f32::max);
    // A list set in two columns ends where its shorter column ends; what follows on the left is the next section.
    let short = |side: &[&Segment]| {
        let words: usize = side.iter().map(|s| s.text().split_whitespace().count()).sum();
        words as f32 <= 4.5 * side.len().max(1) as f32
    };
    let (from, to) = (right_rows[0], right_rows[right_rows.len() - 1]);
    let within: Vec<&Segment> = left
        .iter()
        .copied()
        .filter(|s| s.y > from - 2.0 && s.y < to + 2.0)
        .collect();
    let headed = right.iter().any(|s| crate::parse::names_section(&s.text()));
    let level = within
        .iter()
        .filter(|s| right_rows.iter().any(|y| (y - s.y).abs() < 1.5))
        .count();
    let list = level * 10 >= within.len() * 8
        && !headed
        && !within.is_empty()
        && short(&right)
        && short(&within)
        && dates == 0.0;
    if list {
        (top, bottom) = (top.max(from), bottom.min(to));
    }
    let score = (bottom - top).max(8.0) * (1.0 - 0.5 * aligned) * (narrow_rows.len() as f32).sqrt();
    Some(Gutter {
        x,
        top: top - 0.5,
        bottom: bottom + 0.5,
        score,
        rail: labelled,
    })
}
