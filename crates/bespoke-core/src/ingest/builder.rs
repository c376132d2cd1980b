//! Puts a [`Document`] together line by line and keeps every range right.

use super::clean::{clean, strip_bullet};
use crate::document::{Document, Features, Flow, Format, Line, LineKind, Page, Rect, Span, Visibility};

/// Look of a piece of text, before it is placed.
#[derive(Debug, Clone, Default)]
pub struct Piece {
    pub text: String,
    pub font: String,
    pub size: f32,
    pub bold: bool,
    pub italic: bool,
    pub colour: u32,
    pub bbox: Option<Rect>,
    pub link: Option<String>,
}

impl Piece {
    /// Text without any look.
    pub fn plain(text: impl Into<String>) -> Piece {
        Piece {
            text: text.into(),
            ..Piece::default()
        }
    }
}

/// Builds a document.
pub struct Builder {
    text: String,
    pages: Vec<Page>,
    features: Features,
    format: Format,
    gap: bool,
    flow: Flow,
}

impl Builder {
    /// An empty document with one page that has no size.
    pub fn new(format: Format, bytes: usize) -> Builder {
        let features = Features {
            bytes: bytes as u64,
            ..Features::default()
        };
        Builder {
            text: String::new(),
            pages: vec![Page::default()],
            features,
            format,
            gap: false,
            flow: Flow::Unknown,
        }
    }

    /// Begins a page of this size in points; the first call sizes the first page.
    pub fn page(&mut self, width: f32, height: f32) {
        let fresh = matches!(&self.pages[..], [page] if page.width == 0.0 && page.lines.is_empty());
        if !fresh {
            self.pages.push(Page::default());
        }
        let page = self.last();
        (page.width, page.height) = (width, height);
    }

    /// The page that lines go to.
    pub fn last(&mut self) -> &mut Page {
        self.pages.last_mut().expect("a document has a page from the start")
    }

    /// Facts about the file.
    pub fn features(&mut self) -> &mut Features {
        &mut self.features
    }

    /// An empty line before the next one.
    pub fn gap(&mut self) {
        self.gap = !self.text.is_empty();
    }

    /// Whether the next line begins a paragraph, for formats that know.
    pub fn flow(&mut self, flow: Flow) {
        self.flow = flow;
    }

    /// Adds a line made of pieces; a bullet in front makes it a list item. Lines without text are gaps. Endless lines are
    /// cut, and what is beyond the limits of a document is dropped, for the caller refuses such a document.
    pub fn line(&mut self, pieces: Vec<Piece>, kind: LineKind, region: u16, furniture: bool) {
        if self.text.len() > super::MAX_TEXT || self.last().lines.len() > super::MAX_LINES {
            return;
        }
        if pieces.iter().map(|p| p.text.len()).sum::<usize>() <= MAX_LINE {
            return self.short_line(pieces, kind, region, furniture);
        }
        for pieces in cut(pieces) {
            self.short_line(pieces, kind, region, furniture);
        }
    }

    fn short_line(&mut self, pieces: Vec<Piece>, kind: LineKind, region: u16, furniture: bool) {
        let whole: String = pieces.iter().map(|p| p.text.as_str()).collect();
        let mut cleaned = clean(&whole);
        let mut kind = kind;
        let mut dropped = 0;
        if !matches!(kind, LineKind::Heading { .. })
            && let Some(rest) = strip_bullet(&cleaned)
        {
            dropped = letters(&cleaned) - letters(rest);
            cleaned = rest.to_owned();
            if !matches!(kind, LineKind::ListItem { .. }) {
                kind = LineKind::ListItem { level: 0 };
            }
        }
        let flow = std::mem::take(&mut self.flow);
        if cleaned.is_empty() {
            self.gap();
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
            if std::mem::take(&mut self.gap) {
                self.text.push('\n');
            }
        }
        let start = self.text.len();
        self.text.push_str(&cleaned);
        let spans = place(&cleaned, start, pieces, dropped);
        let boxes = spans.iter().filter_map(|s| s.bbox);
        let bbox = boxes.reduce(|a, b| a.union(&b));
        let range = start..self.text.len();
        self.last().lines.push(Line {
            spans,
            range,
            kind,
            bbox,
            region,
            furniture,
            flow,
        });
    }

    /// The document.
    pub fn finish(self) -> Document {
        Document {
            format: self.format,
            pages: self.pages,
            text: self.text,
            features: self.features,
            structured: None,
            recognised: Vec::new(),
        }
    }
}

/// Longest line in bytes. No page has such lines, and all that follows takes time in proportion to them.
const MAX_LINE: usize = 2_000;

/// Cuts a line that is too long, where there is white space if there is some.
fn cut(pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let (mut out, mut line, mut length) = (Vec::new(), Vec::new(), 0);
    for piece in pieces {
        let mut rest = piece.text.as_str();
        while length + rest.len() > MAX_LINE {
            let room = rest.floor_char_boundary(MAX_LINE - length);
            let end = match rest[..room].rfind(char::is_whitespace) {
                Some(space) => space,
                None if length > 0 => 0,
                None => room,
            };
            if end > 0 {
                line.push(Piece {
                    text: rest[..end].to_owned(),
                    ..piece.clone()
                });
            }
            rest = rest[end..].trim_start();
            out.push(std::mem::take(&mut line));
            length = 0;
        }
        length += rest.len();
        line.push(Piece {
            text: rest.to_owned(),
            ..piece.clone()
        });
    }
    out.push(line);
    out
}

/// How many characters are no white space.
fn letters(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// Gives every piece its part of the cleaned line. Cleaning only drops or replaces characters, so walking both texts
/// letter by letter finds where each piece ends.
fn place(cleaned: &str, start: usize, pieces: Vec<Piece>, mut dropped: usize) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::with_capacity(pieces.len());
    let mut at = 0;
    let count = pieces.len();
    for (index, piece) in pieces.into_iter().enumerate() {
        let letters = letters(&clean(&piece.text));
        let skip = dropped.min(letters);
        dropped -= skip;
        let mut left = letters - skip;
        let mut end = at;
        for (offset, c) in cleaned[at..].char_indices() {
            if left == 0 {
                break;
            }
            if !c.is_whitespace() {
                left -= 1;
            }
            end = at + offset + c.len_utf8();
        }
        if index + 1 == count {
            end = cleaned.len();
        }
        let from = at + (cleaned[at..end].len() - cleaned[at..end].trim_start().len());
        at = end;
        if from >= end {
            continue;
        }
        spans.push(Span {
            text: cleaned[from..end].to_owned(),
            range: start + from..start + end,
            font: piece.font,
            // Files may claim any size, even one that is no number.
            size: if piece.size.is_finite() {
                piece.size.clamp(0.0, 1000.0)
            } else {
                0.0
            },
            bold: piece.bold,
            italic: piece.italic,
            colour: piece.colour,
            bbox: piece.bbox,
            link: piece.link,
            visibility: Visibility::Visible,
        });
    }
    spans
}
