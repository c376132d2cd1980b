//! Glyphs → words → segments → rows → regions in reading order.
//!
//! A segment is text on one baseline without a wide gap. Segments are cut into columns where a vertical gutter runs
//! through many rows. Two kinds of neighbours look alike and read differently: an independent column (read whole, one
//! after the other) and a rail of dates or labels beside their rows (read row by row).

mod order;
mod segments;

use self::order::Order;
use self::segments::{hidden_spans, segments};
use super::device::{FontLook, RawPage};
use super::tagged;
use super::tags::{Leaf, Role};
use crate::document::{Flow, LineKind, Rect, Span, Visibility};
use crate::ingest::builder::Piece;
use regex::Regex;
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::LazyLock;

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
    y: f32,
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
    /// What its text says, once it was asked: many gutters are weighed over the same segments.
    said: OnceCell<Said>,
}

/// What the text of a segment says.
#[derive(Debug, Clone, Copy)]
struct Said {
    words: usize,
    dated: bool,
    digits: bool,
    section: bool,
}

impl Segment {
    pub fn text(&self) -> String {
        self.runs.iter().map(|r| r.text.as_str()).collect()
    }
    fn top(&self) -> f32 {
        self.y - self.size * 0.8
    }

    fn said(&self) -> Said {
        *self.said.get_or_init(|| {
            let text = self.text();
            Said {
                words: text.split_whitespace().count(),
                dated: DATE.is_match(&text),
                digits: text.contains(|c: char| c.is_ascii_digit()),
                section: crate::parse::names_section(&text),
            }
        })
    }

    /// How many words it has.
    fn words(&self) -> usize {
        self.said().words
    }

    /// Whether it holds a date.
    fn dated(&self) -> bool {
        self.said().dated
    }

    /// Whether it has digits.
    fn counts(&self) -> bool {
        self.said().digits
    }

    /// Whether it is nothing but one date or stretch of time.
    fn is_one_date(&self) -> bool {
        (self.counts() || self.dated()) && self.words() <= 8 && crate::parse::is_one_date(&self.text())
    }

    /// Whether it names a section.
    fn names_section(&self) -> bool {
        self.said().section
    }

    /// Goes on with a text that stands below it.
    fn go_on(&mut self, below: Segment) {
        if let Some(run) = self.runs.last_mut() {
            run.text.push(' ');
        }
        self.join(below);
    }

    fn join(&mut self, below: Segment) {
        self.x0 = self.x0.min(below.x0);
        self.x1 = self.x1.max(below.x1);
        self.runs.extend(below.runs);
        self.said.take();
    }

    /// Takes off a bullet that is written before the text.
    fn without_bullet(&mut self) {
        let text = self.text();
        let Some(rest) = crate::ingest::clean::strip_bullet(&text) else {
            return;
        };
        let mut off = text.len() - rest.trim_start().len();
        for run in &mut self.runs {
            let cut = off.min(run.text.len());
            run.text.drain(..cut);
            off -= cut;
        }
        self.runs.retain(|r| !r.text.is_empty());
        self.said.take();
        if let Some(first) = self.runs.first() {
            self.x0 = self.x0.max(first.x0);
        }
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
    // The same words at the very edge, or at the same height a little further in.
    let mut seen: HashMap<String, Vec<(usize, f32, bool)>> = HashMap::new();
    for (index, page) in pages.iter().enumerate().filter(|_| pages.len() > 1) {
        for line in page.lines.iter().filter(|l| within(l, page.height, MARGIN)) {
            let y = bounds(line).map_or(0.0, |b| b.y0);
            let at = (index, y, within(line, page.height, EDGE));
            let all = seen.entry(key(line)).or_default();
            // Nobody's footer stands a hundred times on a page.
            if all.len() < 100 + index {
                all.push(at);
            }
        }
    }
    let repeats = |line: &LaidLine, index: usize, height: f32| {
        let (text, y) = (key(line), bounds(line).map_or(0.0, |b| b.y0));
        let edge = within(line, height, EDGE);
        // "2021" above "2023" at the left of two entries is no footer.
        let words = text.chars().filter(|c| c.is_alphabetic()).count() >= 6;
        let again = |at: &(usize, f32, bool)| at.0 != index && (edge && at.2 || words && (at.1 - y).abs() < 3.0);
        !text.is_empty() && within(line, height, MARGIN) && seen.get(&text).is_some_and(|all| all.iter().any(again))
    };
    for (index, page) in pages.iter_mut().enumerate().skip(1) {
        let height = page.height;
        for line in &mut page.lines {
            line.furniture |= repeats(line, index, height);
        }
    }
    if let Some(page) = pages.first_mut() {
        let height = page.height;
        foot_first(page, |line| repeats(line, 0, height));
    }
    for page in &mut pages {
        let height = page.height;
        for line in &mut page.lines {
            let text = key(line);
            // "1/2" says what it is wherever at the edge it stands.
            let share = if text.contains(|c: char| c == '/' || c.is_alphabetic()) {
                0.12
            } else {
                EDGE
            };
            line.furniture |= within(line, height, share) && PAGE_NUMBER.is_match(&text);
        }
    }
    pages
}

/// Puts what repeats at the foot of the first page before everything else: it may be the only place that tells how to reach the
/// person, and where it stands it would cut a job in two that goes on overleaf.
fn foot_first(page: &mut LaidPage, repeats: impl Fn(&LaidLine) -> bool) {
    let height = page.height;
    let low = |line: &LaidLine| bounds(line).is_some_and(|b| b.y0 > height / 2.0);
    let (mut foot, body): (Vec<LaidLine>, Vec<LaidLine>) = std::mem::take(&mut page.lines)
        .into_iter()
        .partition(|line| low(line) && repeats(line));
    let region = body.first().map_or(0, |line| line.region);
    for line in &mut foot {
        (line.furniture, line.gap, line.region) = (true, false, region);
    }
    page.lines = foot;
    page.lines.extend(body);
}

static PAGE_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(page|seite|página|pagina|p\.)?\s*0{1,2}(\s*(/|of|von|de|di|sur|van|-)\s*0{1,2})?$")
        .expect("a pattern")
});
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(19|20)\d\d\b|\b\d{1,2}[./]\d{2,4}\b|present|current|heute|actuel|actual|atual|oggi|heden")
        .expect("a pattern")
});

/// True for text that holds a date.
pub fn dated(text: &str) -> bool {
    DATE.is_match(text)
}

/// Shares of a page at its top and bottom: where nothing but furniture stands, and where it may stand.
const EDGE: f32 = 0.07;
const MARGIN: f32 = 0.2;

fn bounds(line: &LaidLine) -> Option<Rect> {
    line.pieces.iter().filter_map(|p| p.bbox).reduce(|a, b| a.union(&b))
}

/// True for a line in this share of the page at its top or bottom.
fn within(line: &LaidLine, height: f32, share: f32) -> bool {
    bounds(line).is_some_and(|b| b.y1 < height * share || b.y0 > height * (1.0 - share))
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
    for region in &mut regions {
        region.rows = split_items(std::mem::take(&mut region.rows), &dots);
    }
    super::rtl::read_order(
        regions
            .iter_mut()
            .flat_map(|r| &mut r.rows)
            .map(|row| &mut row.segments),
    );
    for segment in regions
        .iter_mut()
        .flat_map(|r| &mut r.rows)
        .flat_map(|r| &mut r.segments)
    {
        segment.said.take();
    }
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
            segments: mut row,
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
            // The dot of a timeline stands before a title with its date, not before an item.
            let headed = row.len() > 1 && row.last().is_some_and(Segment::is_one_date);
            if headed {
                row[0].without_bullet();
            }
            let text = row[0].text();
            let bullet = crate::ingest::clean::strip_bullet(&text).is_some()
                || flow != Flow::Continues && !headed && drawn_bullet(&row[0], &dots)
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

/// Rows in which the item of a list follows something else, a town in the margin or the item of another column, are cut before it,
/// where other items of the list begin at the same place.
fn split_items(rows: Vec<Row>, dots: &[Rect]) -> Vec<Row> {
    let begins = |segment: &Segment| {
        let text = segment.text();
        // Dashes and icons stand before fields of a heading as well.
        let mark = text
            .trim_start()
            .starts_with(['•', '●', '▪', '■', '◦', '○', '‣', '▸', '►', '➢']);
        let written = mark && crate::ingest::clean::strip_bullet(&text).is_some_and(|rest| !rest.trim().is_empty());
        written || drawn_bullet(segment, dots)
    };
    // How many begin at each point of the line, counted in pieces of a point and a half.
    let place = |x: f32| (x / 1.5).round() as i32;
    let mut starts: HashMap<i32, usize> = HashMap::new();
    for segment in rows.iter().flat_map(|r| &r.segments).filter(|s| begins(s)) {
        *starts.entry(place(segment.x0)).or_default() += 1;
    }
    let shared = |x: f32| {
        (place(x) - 1..=place(x) + 1)
            .filter_map(|at| starts.get(&at))
            .sum::<usize>()
            >= 2
    };
    // Where each item follows a date or a label, its bullet is an ornament of the entry: "2019–present • Localization Lead, ...".
    let alone: HashSet<i32> = rows
        .iter()
        .filter(|r| begins(&r.segments[0]))
        .map(|r| place(r.segments[0].x0))
        .collect();
    let mut behind: HashMap<i32, usize> = HashMap::new();
    for row in &rows {
        if let [label, item] = row.segments.as_slice()
            && label.x0 < item.x0 - 30.0
            && begins(item)
        {
            *behind.entry(place(item.x0)).or_default() += 1;
        }
    }
    let led = |x: f32| {
        let near = || place(x) - 1..=place(x) + 1;
        !near().any(|at| alone.contains(&at)) && near().filter_map(|at| behind.get(&at)).sum::<usize>() >= 2
    };
    let ornaments: Vec<Vec<usize>> = rows
        .iter()
        .map(|r| {
            (1..r.segments.len())
                .filter(|i| begins(&r.segments[*i]) && led(r.segments[*i].x0))
                .collect()
        })
        .collect();
    let mut out = Vec::with_capacity(rows.len());
    for (mut row, ornaments) in rows.into_iter().zip(ornaments) {
        if !ornaments.is_empty() {
            ornaments.into_iter().for_each(|at| row.segments[at].without_bullet());
            out.push(row);
            continue;
        }
        while let Some(at) = (1..row.segments.len()).find(|i| begins(&row.segments[*i]) && shared(row.segments[*i].x0))
        {
            let rest = row.segments.split_off(at);
            let role = row.role;
            out.push(Row {
                segments: std::mem::replace(&mut row.segments, rest),
                role,
                flow: row.flow,
            });
            row.flow = Flow::Unknown;
        }
        out.push(row);
    }
    out
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
                    y0: run.y - run.size * 0.8,
                    x1: run.x1,
                    y1: run.y + run.size * 0.22,
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
