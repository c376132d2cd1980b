//! Markdown (CommonMark with tables).

use super::builder::{Builder, Piece};
use crate::document::{Document, Format, LineKind};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

struct Reader {
    builder: Builder,
    pieces: Vec<Piece>,
    bold: u32,
    italic: u32,
    link: Option<String>,
    lists: u8,
    item: Option<u8>,
    heading: Option<u8>,
    table: u16,
    row: u16,
    column: Option<u16>,
    /// Inline code has just ended.
    boxed: bool,
}

impl Reader {
    fn text(&mut self, text: &str) {
        self.pieces.push(Piece {
            text: text.to_owned(),
            bold: self.bold > 0 || self.heading.is_some(),
            italic: self.italic > 0,
            link: self.link.clone(),
            ..Piece::default()
        });
    }

    fn flush(&mut self) {
        let kind = match (self.heading, self.item.take(), self.column) {
            (Some(level), _, _) => LineKind::Heading { level },
            (_, Some(level), _) => LineKind::ListItem { level },
            (_, _, Some(column)) => LineKind::TableCell {
                table: self.table,
                row: self.row,
                column,
            },
            _ => LineKind::Paragraph,
        };
        self.boxed = false;
        let pieces = std::mem::take(&mut self.pieces);
        if !pieces.is_empty() {
            self.builder.line(pieces, kind, 0, false);
        }
    }
}

/// Reads Markdown: headings, nested lists, emphasis, links, tables; a soft break is a line break.
pub fn read(bytes: &[u8]) -> Document {
    let source = super::txt::decode(bytes);
    let builder = Builder::new(Format::Markdown, bytes.len());
    let mut r = Reader {
        builder,
        pieces: Vec::new(),
        bold: 0,
        italic: 0,
        link: None,
        lists: 0,
        item: None,
        heading: None,
        table: 0,
        row: 0,
        column: None,
        boxed: false,
    };
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_DEFINITION_LIST;
    for event in Parser::new_ext(&source, options) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                r.flush();
                r.builder.gap();
                r.heading = Some(level as u8);
            }
            Event::End(TagEnd::Heading(_)) => {
                r.flush();
                r.heading = None;
            }
            Event::Start(Tag::List(_)) => {
                r.flush();
                r.lists += 1;
            }
            Event::End(TagEnd::List(_)) => {
                r.flush();
                r.lists = r.lists.saturating_sub(1);
            }
            Event::Start(Tag::Item) => {
                r.flush();
                r.item = Some(r.lists.saturating_sub(1));
            }
            Event::End(TagEnd::Item | TagEnd::TableRow) => r.flush(),
            Event::Start(Tag::Paragraph) if r.lists == 0 => {
                r.flush();
                r.builder.gap();
            }
            Event::End(TagEnd::Paragraph | TagEnd::DefinitionListDefinition) => r.flush(),
            Event::Start(Tag::DefinitionListTitle) => r.flush(),
            // "Teaching" over ": ATAR Methods": the label of its line.
            Event::Start(Tag::DefinitionListDefinition) if !r.pieces.is_empty() => r.text(": "),
            Event::Start(Tag::Strong) => r.bold += 1,
            Event::End(TagEnd::Strong) => r.bold -= 1,
            Event::Start(Tag::Emphasis) => r.italic += 1,
            Event::End(TagEnd::Emphasis) => r.italic -= 1,
            Event::Start(Tag::Link { dest_url, .. }) => r.link = Some(dest_url.into_string()),
            Event::End(TagEnd::Link) => r.link = None,
            Event::Start(Tag::Table(_)) => {
                r.flush();
                r.table += 1;
                r.row = 0;
                r.builder.features().tables += 1;
            }
            Event::Start(Tag::TableRow | Tag::TableHead) => {
                r.row += 1;
                r.column = None;
            }
            Event::Start(Tag::TableCell) => r.column = Some(r.column.map_or(0, |c| c + 1)),
            Event::End(TagEnd::TableCell) => r.flush(),
            Event::End(TagEnd::Table) => r.column = None,
            // `Git` `Docker`: each in a box of its own.
            Event::Code(text) => {
                if std::mem::take(&mut r.boxed) {
                    r.text("\t");
                }
                r.text(&text);
                r.boxed = true;
            }
            Event::Text(text) => {
                r.boxed &= text.trim().is_empty();
                r.text(&text);
            }
            Event::SoftBreak | Event::HardBreak => {
                let item = r.item;
                r.flush();
                // A wrapped list item goes on; the parser joins it by its missing bullet.
                r.item = None;
                let _ = item;
            }
            Event::Html(html) | Event::InlineHtml(html) if html.trim_start().starts_with("<br") => r.flush(),
            _ => {}
        }
    }
    r.flush();
    r.builder.finish()
}
