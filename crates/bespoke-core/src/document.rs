//! What was read from a file, before anybody interprets it: pages of lines of spans, and one text.
//!
//! Every ingester produces a [`Document`]. Its `text` is the visible text in reading order, one
//! line per [`Line`], joined with `\n` (and an empty line where the source shows a clear gap). Every
//! line and span knows its byte range in that text, so a [`crate::resume::Source`] is a byte range.

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// The formats that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Format {
    /// Portable Document Format.
    Pdf,
    /// Office Open XML text (Word).
    Docx,
    /// OpenDocument text.
    Odt,
    /// Rich Text Format.
    Rtf,
    /// Plain text in any encoding.
    Txt,
    /// Markdown (CommonMark).
    Markdown,
    /// HTML page.
    Html,
    /// JSON Resume 1.0.
    JsonResume,
    /// A picture of pages: PNG, JPEG, TIFF or WebP.
    Image,
    /// Word before 2007.
    Doc,
    /// Europass CV as XML.
    Europass,
    /// A member's data as LinkedIn exports it (ZIP).
    LinkedIn,
}

impl Format {
    /// The name shown to people, as in "unsupported format X; supported: PDF, DOCX, …".
    pub const fn name(self) -> &'static str {
        match self {
            Format::Pdf => "PDF",
            Format::Docx => "DOCX",
            Format::Odt => "ODT",
            Format::Rtf => "RTF",
            Format::Txt => "TXT",
            Format::Markdown => "MD",
            Format::Html => "HTML",
            Format::JsonResume => "JSON Resume",
            Format::Image => "image (PNG, JPEG, TIFF, WebP)",
            Format::Doc => "DOC",
            Format::Europass => "Europass XML",
            Format::LinkedIn => "LinkedIn export (ZIP)",
        }
    }
}

/// A rectangle in points (1/72 inch), origin at the top left of the page, y growing downwards.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Rect {
    /// Left edge.
    pub x0: f32,
    /// Top edge.
    pub y0: f32,
    /// Right edge.
    pub x1: f32,
    /// Bottom edge.
    pub y1: f32,
}

impl Rect {
    /// Width in points.
    pub fn width(&self) -> f32 {
        self.x1 - self.x0
    }
    /// Height in points.
    pub fn height(&self) -> f32 {
        self.y1 - self.y0
    }
    /// The smallest rectangle that holds both.
    pub fn union(&self, other: &Rect) -> Rect {
        Rect {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }
}

/// Whether a reader of the page can see a span, and if not, why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Visibility {
    /// Seen by a reader.
    #[default]
    Visible,
    /// Text render mode 3, or marked hidden by the file format.
    Invisible,
    /// The colour of the page behind it.
    BackgroundColour,
    /// Smaller than anybody reads (under 2 pt).
    Tiny,
    /// Outside the page or its clip.
    OffPage,
}

/// A run of text with one look.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Span {
    /// Cleaned text: NFKC ligatures, no zero-width characters, single spaces.
    pub text: String,
    /// Byte range of this span in [`Document::text`]; empty for hidden spans.
    pub range: Range<usize>,
    /// Font family as the file names it, without a subset prefix; empty where the format has none.
    pub font: String,
    /// Size in points; 0 where the format has none.
    pub size: f32,
    /// Bold face.
    pub bold: bool,
    /// Italic or oblique face.
    pub italic: bool,
    /// Fill colour 0xRRGGBB.
    pub colour: u32,
    /// Box on the page, where the format has geometry.
    pub bbox: Option<Rect>,
    /// Target of a hyperlink on this span.
    pub link: Option<String>,
    /// Whether it can be seen. Hidden spans are kept for the audit and never parsed.
    pub visibility: Visibility,
}

/// What the file itself says about a line's role; PDF and TXT mostly say `Paragraph`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum LineKind {
    /// Running text, or unknown.
    #[default]
    Paragraph,
    /// A heading by style or mark-up; level from 1.
    Heading {
        /// 1 is the highest.
        level: u8,
    },
    /// A list item by mark-up or by its bullet glyph (which is not in the text); level from 0.
    ListItem {
        /// Nesting, 0 is the outermost.
        level: u8,
    },
    /// A line of a table cell; cells of one row share `row`.
    TableCell {
        /// Table number in the document.
        table: u16,
        /// Row in the table.
        row: u16,
        /// Column in the table.
        column: u16,
    },
}

/// Whether a line begins a paragraph, as far as the file says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flow {
    /// The file does not say.
    #[default]
    Unknown,
    /// It begins a paragraph, heading or list item.
    Begins,
    /// It goes on with the line before.
    Continues,
}

/// One visual line (PDF) or one paragraph (formats without geometry).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Visible spans left to right (hidden ones are in [`Page::hidden`]).
    pub spans: Vec<Span>,
    /// Byte range in [`Document::text`], without the line break.
    pub range: Range<usize>,
    /// What the file says it is.
    pub kind: LineKind,
    /// Box on the page, where the format has geometry.
    pub bbox: Option<Rect>,
    /// Layout region in reading order (0 for the first); lines of one column or sidebar share it.
    pub region: u16,
    /// Repeated at the top or bottom of the page, or in a header or footer part.
    pub furniture: bool,
    /// Whether it begins a paragraph or goes on with the line before.
    #[serde(default)]
    pub flow: Flow,
}

impl Line {
    /// The text of the line, as it stands in [`Document::text`].
    pub fn text<'a>(&self, document: &'a Document) -> &'a str {
        &document.text[self.range.clone()]
    }
    /// Largest span size on the line in points, 0 where unknown.
    pub fn size(&self) -> f32 {
        self.spans.iter().map(|s| s.size).fold(0.0, f32::max)
    }
    /// True where every span with letters is bold.
    pub fn bold(&self) -> bool {
        let mut any = false;
        for span in self.spans.iter().filter(|s| s.text.chars().any(char::is_alphanumeric)) {
            if !span.bold {
                return false;
            }
            any = true;
        }
        any
    }
}

/// One page; formats without pages have one with zero width and height.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Page {
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// Lines in reading order.
    pub lines: Vec<Line>,
    /// Spans that a reader cannot see.
    pub hidden: Vec<Span>,
    /// Boxes of raster images.
    pub images: Vec<Rect>,
}

/// Facts about the file that the audit wants and the parser does not need.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Features {
    /// Text boxes or drawing shapes with text.
    pub text_boxes: u32,
    /// Tables.
    pub tables: u32,
    /// Most columns of text side by side on a page.
    pub columns: u32,
    /// Raster images.
    pub images: u32,
    /// Fonts that are used and not embedded.
    pub unembedded_fonts: Vec<String>,
    /// Contains macros or scripts.
    pub macros: bool,
    /// Title in the file's metadata.
    pub title: Option<String>,
    /// Author in the file's metadata.
    pub author: Option<String>,
    /// Natural language of the file, as its metadata says.
    pub language: Option<String>,
    /// Size of the file in bytes.
    pub bytes: u64,
    /// Pages without usable text, by index from 0; they need OCR.
    pub pages_without_text: Vec<usize>,
}

/// A word that was recognised in a picture of a page, with its place in the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecognisedWord {
    /// Byte range in [`Document::text`].
    pub range: Range<usize>,
    /// Page, from 0.
    pub page: usize,
    /// Box on the page.
    pub bbox: Rect,
    /// How sure the recognition is, 0 to 1.
    pub confidence: f32,
}

/// What was read from one file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The format, by content and not by file name.
    pub format: Format,
    /// Pages in order.
    pub pages: Vec<Page>,
    /// All visible text in reading order; spans and lines point into it.
    pub text: String,
    /// What else the file shows.
    pub features: Features,
    /// Set by formats that already hold a structured résumé (JSON Resume); its sources point into `text`.
    pub structured: Option<Box<crate::resume::Resume>>,
    /// Words that were recognised in pictures of pages; empty where the file itself holds the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recognised: Vec<RecognisedWord>,
}

impl Document {
    /// All lines with their page index, in reading order.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &Line)> {
        self.pages
            .iter()
            .enumerate()
            .flat_map(|(p, page)| page.lines.iter().map(move |l| (p, l)))
    }

    /// The lines that end after a byte of the text, with their page index, in reading order: found by bisection, for lines
    /// stand in the order of the text.
    pub fn lines_after(&self, byte: usize) -> impl Iterator<Item = (usize, &Line)> {
        self.pages.iter().enumerate().flat_map(move |(p, page)| {
            let from = page.lines.partition_point(|l| l.range.end <= byte);
            page.lines[from..].iter().map(move |l| (p, l))
        })
    }

    /// Page index and box of a byte range, for highlights: one box per line that it touches.
    pub fn boxes(&self, range: Range<usize>) -> Vec<(usize, Rect)> {
        let mut out = Vec::new();
        for (page, line) in self.lines_after(range.start) {
            if line.range.start >= range.end {
                break;
            }
            let mut hit: Option<Rect> = None;
            for span in &line.spans {
                if span.range.end <= range.start || span.range.start >= range.end {
                    continue;
                }
                let Some(full) = span.bbox else { continue };
                let length = (span.range.end - span.range.start).max(1) as f32;
                let from = range.start.max(span.range.start) - span.range.start;
                let to = range.end.min(span.range.end) - span.range.start;
                let part = Rect {
                    x0: full.x0 + full.width() * from as f32 / length,
                    x1: full.x0 + full.width() * to as f32 / length,
                    ..full
                };
                hit = Some(hit.map_or(part, |h| h.union(&part)));
            }
            if let Some(rect) = hit {
                out.push((page, rect));
            }
        }
        out
    }
}
