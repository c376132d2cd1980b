//! Paragraphs, lists and tables → lines of a [`Document`]: what the readers of flowing formats (ODT, RTF, HTML) share.
//!
//! A reader pushes text with its look and says where lines, paragraphs, cells and tables end; this keeps hidden text
//! apart, numbers the cells and leaves out headers and footers that repeat.

use super::builder::{Builder, Piece};
use super::clean;
use crate::document::{Document, Features, Format, LineKind, Span, Visibility};
use std::collections::HashSet;

/// Text boxes and cells may hold each other; beyond this depth the text goes to the outermost that is left.
const MAX_DEPTH: usize = 64;
/// Size under which nobody reads, in points.
const TINY: f32 = 2.0;

/// What a run of text looks like.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Look {
    pub font: String,
    /// Points; 0 where unknown.
    pub size: f32,
    pub bold: bool,
    pub italic: bool,
    /// 0xRRGGBB.
    pub colour: u32,
    /// Colour behind the text; white where unknown.
    pub background: Option<u32>,
    pub hidden: bool,
}

impl Look {
    fn visibility(&self) -> Visibility {
        if self.hidden {
            Visibility::Invisible
        } else if self.size > 0.0 && self.size < TINY {
            Visibility::Tiny
        } else if close(self.colour, self.background.unwrap_or(0xFF_FFFF)) {
            Visibility::BackgroundColour
        } else {
            Visibility::Visible
        }
    }
}

/// Colours that no eye tells apart.
fn close(a: u32, b: u32) -> bool {
    let part = |c: u32, shift: u32| ((c >> shift) & 0xFF) as i32;
    [16, 8, 0].iter().all(|s| (part(a, *s) - part(b, *s)).abs() <= 10)
}

/// What the file says a paragraph is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Role {
    /// Heading level, from 1.
    pub heading: Option<u8>,
    /// Nesting of a list item, from 0.
    pub item: Option<u8>,
}

struct Table {
    number: u16,
    row: u16,
    column: u16,
}

/// Puts paragraphs into a document.
pub struct Paragraphs {
    builder: Builder,
    /// Lines of the paragraph at hand; paragraphs that a text box interrupts wait below it.
    open: Vec<Vec<Vec<Piece>>>,
    hidden: Vec<Span>,
    tables: Vec<Table>,
    count: u16,
    /// True while a header or footer is read.
    pub furniture: bool,
    seen: HashSet<String>,
}

impl Paragraphs {
    /// An empty document.
    pub fn new(format: Format, bytes: usize) -> Paragraphs {
        Paragraphs {
            builder: Builder::new(format, bytes),
            open: vec![Vec::new()],
            hidden: Vec::new(),
            tables: Vec::new(),
            count: 0,
            furniture: false,
            seen: HashSet::new(),
        }
    }

    /// Facts about the file.
    pub fn features(&mut self) -> &mut Features {
        self.builder.features()
    }

    /// Adds text to the paragraph at hand.
    pub fn push(&mut self, text: &str, look: &Look, link: Option<&str>) {
        if text.is_empty() {
            return;
        }
        let text = &clean::in_font(text, &look.font);
        let visibility = look.visibility();
        if visibility != Visibility::Visible {
            self.hide(text, look, visibility);
            return;
        }
        let Some(lines) = self.open.last_mut() else { return };
        if lines.is_empty() {
            lines.push(Vec::new());
        }
        let Some(line) = lines.last_mut() else { return };
        if let Some(last) = line.last_mut()
            && last.link.as_deref() == link
            && (last.bold, last.italic, last.colour) == (look.bold, look.italic, look.colour)
            && last.size == look.size
            && last.font == look.font
        {
            last.text.push_str(text);
            return;
        }
        line.push(Piece {
            text: text.to_owned(),
            font: look.font.clone(),
            size: look.size,
            bold: look.bold,
            italic: look.italic,
            colour: look.colour,
            bbox: None,
            link: link.map(str::to_owned),
        });
    }

    fn hide(&mut self, text: &str, look: &Look, visibility: Visibility) {
        if let Some(last) = self.hidden.last_mut()
            && last.visibility == visibility
            && last.text.len() < 10_000
        {
            last.text.push_str(text);
            return;
        }
        if text.trim().is_empty() {
            return;
        }
        self.hidden.push(Span {
            text: text.to_owned(),
            range: 0..0,
            font: look.font.clone(),
            size: look.size,
            bold: look.bold,
            italic: look.italic,
            colour: look.colour,
            bbox: None,
            link: None,
            visibility,
        });
    }

    /// Ends a line inside the paragraph.
    pub fn line_break(&mut self) {
        if let Some(lines) = self.open.last_mut() {
            lines.push(Vec::new());
        }
    }

    /// True where the paragraph at hand has no text yet.
    pub fn is_empty(&self) -> bool {
        self.open
            .last()
            .is_none_or(|lines| lines.iter().flatten().all(|p| p.text.trim().is_empty()))
    }

    /// The last character of the line at hand.
    pub fn last_char(&self) -> Option<char> {
        self.open.last()?.last()?.last()?.text.chars().next_back()
    }

    /// Forgets white space that has gathered where no paragraph was.
    pub fn drop_blank(&mut self) {
        if self.is_empty()
            && let Some(lines) = self.open.last_mut()
        {
            lines.clear();
        }
    }

    /// A clear gap before what follows.
    pub fn gap(&mut self) {
        self.builder.gap();
    }

    /// Ends the paragraph at hand; an empty one is a gap. True where it had text.
    pub fn paragraph(&mut self, role: Role) -> bool {
        let lines = self.open.last_mut().map(std::mem::take).unwrap_or_default();
        self.builder.last().hidden.append(&mut self.hidden);
        let text: String = lines.iter().flatten().map(|p| p.text.as_str()).collect();
        if text.trim().is_empty() {
            self.builder.gap();
            return false;
        }
        if self.furniture && !self.seen.insert(text) {
            return true;
        }
        let cell = self.tables.last().map(|t| LineKind::TableCell {
            table: t.number,
            row: t.row,
            column: t.column,
        });
        let mut first = true;
        for pieces in lines {
            let kind = match role {
                Role {
                    heading: Some(level), ..
                } => LineKind::Heading {
                    level: level.clamp(1, 9),
                },
                Role { item: Some(level), .. } if first => LineKind::ListItem { level },
                _ => cell.unwrap_or_default(),
            };
            first &= pieces.iter().all(|p| p.text.trim().is_empty());
            self.builder.line(pieces, kind, 0, self.furniture);
        }
        true
    }

    /// A text box opens inside a paragraph, whose text comes after the box.
    pub fn open_box(&mut self) {
        self.features().text_boxes += 1;
        if self.open.len() < MAX_DEPTH {
            self.open.push(Vec::new());
        }
    }

    /// The text box closes.
    pub fn close_box(&mut self) {
        self.paragraph(Role::default());
        if self.open.len() > 1 {
            self.open.pop();
        }
        self.builder.gap();
    }

    /// A table opens.
    pub fn open_table(&mut self) {
        if self.tables.len() >= MAX_DEPTH {
            return;
        }
        self.count = self.count.saturating_add(1);
        self.features().tables += 1;
        self.tables.push(Table {
            number: self.count,
            row: 0,
            column: 0,
        });
        self.builder.gap();
    }

    /// A cell ends; the next one of the row follows.
    pub fn next_cell(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.column = table.column.saturating_add(1);
        }
    }

    /// A row ends.
    pub fn next_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.row = table.row.saturating_add(1);
            table.column = 0;
        }
    }

    /// The table closes.
    pub fn close_table(&mut self) {
        self.tables.pop();
        self.builder.gap();
    }

    /// The document.
    pub fn finish(mut self) -> Document {
        while self.open.len() > 1 {
            self.close_box();
        }
        self.paragraph(Role::default());
        self.builder.finish()
    }
}
