//! ODT and OTT, read from their parts: styles, paragraphs, lists, tables, text boxes, links, headers and footers.
//!
//! Deleted text, comments and hidden text are left out of the text; hidden text is kept apart for the audit.

mod styles;

use super::IngestError;
use super::archive::Archive;
use super::paragraphs::{Paragraphs, Role};
use super::xml::{self, attribute};
use crate::document::{Document, Format};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use styles::{Style, Styles};

/// Deepest nesting of elements that is followed.
const MAX_DEPTH: usize = 400;

/// Reads an OpenDocument text or its template.
pub fn read(bytes: &[u8]) -> Result<Document, IngestError> {
    let mut archive = Archive::open(bytes, "ODT")?;
    if let Ok(manifest) = archive.text("META-INF/manifest.xml")
        && manifest.contains("encryption-data")
    {
        return Err(IngestError::Encrypted);
    }
    let content = archive.text("content.xml")?;
    let shared = archive.text("styles.xml").unwrap_or_default();
    let mut flow = Paragraphs::new(Format::Odt, bytes.len());
    if let Ok(meta) = archive.text("meta.xml") {
        flow.features().title = xml::text_of(&meta, "dc:title");
        flow.features().author = xml::text_of(&meta, "meta:initial-creator").or(xml::text_of(&meta, "dc:creator"));
        flow.features().language = xml::text_of(&meta, "dc:language");
    }
    let names = archive.names();
    flow.features().macros = names
        .iter()
        .any(|n| n.starts_with("Basic/") || n.starts_with("Scripts/"));
    let mut styles = Styles::default();
    styles.read(&shared);
    let mut furniture = styles.clone();
    furniture.read(&content);
    // Headers come first and footers last, whatever their place in the file.
    flow.furniture = true;
    Body::new(&mut flow, &styles).read(&shared, &["style:header", "style:header-first", "style:header-left"])?;
    flow.furniture = false;
    flow.gap();
    Body::new(&mut flow, &furniture).read(&content, &["office:body"])?;
    flow.furniture = true;
    flow.gap();
    Body::new(&mut flow, &styles).read(&shared, &["style:footer", "style:footer-first", "style:footer-left"])?;
    flow.furniture = false;
    Ok(flow.finish())
}

/// A list that is open: whether the item at hand has had its first paragraph.
struct List {
    begun: bool,
}

struct Body<'a> {
    flow: &'a mut Paragraphs,
    styles: &'a Styles,
    /// The look at each open element, from the outside in.
    looks: Vec<Style>,
    lists: Vec<List>,
    links: Vec<String>,
    /// Paragraphs that are open, each with what it is.
    paragraphs: Vec<Role>,
    /// Tables that were really opened, so that closing matches.
    rows: usize,
}

impl<'a> Body<'a> {
    fn new(flow: &'a mut Paragraphs, styles: &'a Styles) -> Body<'a> {
        Body {
            flow,
            styles,
            looks: Vec::new(),
            lists: Vec::new(),
            links: Vec::new(),
            paragraphs: Vec::new(),
            rows: 0,
        }
    }

    /// Reads what stands inside the elements with these names.
    fn read(&mut self, source: &str, roots: &[&str]) -> Result<(), IngestError> {
        let mut reader = Reader::from_str(source);
        let mut skip = 0usize;
        let mut inside = 0usize;
        loop {
            let event = reader.read_event().map_err(|e| IngestError::Corrupt {
                format: "ODT",
                detail: format!("its XML is broken: {e}"),
            })?;
            match event {
                Event::Start(e) => {
                    let name = e.name();
                    let name = name.as_ref();
                    if skip > 0 {
                        skip += 1;
                    } else if inside > 0 {
                        if left_out(name, &e) {
                            skip = 1;
                            continue;
                        }
                        inside += 1;
                        if inside > MAX_DEPTH {
                            return Err(IngestError::Corrupt {
                                format: "ODT",
                                detail: "its elements are nested too deep".into(),
                            });
                        }
                        self.open(name, &e);
                    } else if roots.contains(&name) && attribute(&e, "style:display").as_deref() != Some("false") {
                        inside = 1;
                        self.looks.push(self.styles.plain());
                    }
                }
                Event::Empty(e) if skip == 0 && inside > 0 => {
                    let name = e.name();
                    let name = name.as_ref();
                    if !left_out(name, &e) {
                        self.open(name, &e);
                        self.close(name);
                    }
                }
                Event::End(e) => {
                    if skip > 0 {
                        skip -= 1;
                    } else if inside > 1 {
                        self.close(e.name().as_ref());
                        inside -= 1;
                    } else if inside == 1 {
                        inside = 0;
                        self.looks.clear();
                    }
                }
                Event::Text(t) if skip == 0 && inside > 0 => self.text(&collapse(&t.xml10_content())),
                Event::CData(t) if skip == 0 && inside > 0 => self.text(&collapse(&t.xml10_content())),
                Event::GeneralRef(r) if skip == 0 && inside > 0 => {
                    if let Some(c) = xml::character(&r) {
                        self.text(c.encode_utf8(&mut [0; 4]));
                    }
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn text(&mut self, text: &str) {
        if self.paragraphs.is_empty() {
            return;
        }
        // White space at the start of a paragraph or after white space is layout of the file, not of the page.
        let text = match self.flow.last_char() {
            None | Some(' ' | '\t') if text.starts_with(' ') => &text[1..],
            _ => text,
        };
        self.exact(text);
    }

    fn exact(&mut self, text: &str) {
        let look = self.looks.last().map(Style::look).unwrap_or_default();
        self.flow.push(text, &look, self.links.last().map(String::as_str));
    }

    fn open(&mut self, name: &str, e: &BytesStart<'_>) {
        let mut style = self.looks.last().cloned().unwrap_or_default();
        let named = |attr: &str, family: &str| attribute(e, attr).map(|n| self.styles.get(family, &n));
        match name {
            "text:p" | "text:h" => {
                let own = named("text:style-name", "paragraph").unwrap_or_default();
                let level = attribute(e, "text:outline-level").and_then(|v| v.parse().ok());
                let heading = match name {
                    "text:h" => Some(level.or(own.outline).unwrap_or(1)),
                    _ => own.outline,
                };
                let item = match self.lists.last() {
                    Some(list) if !list.begun => Some((self.lists.len() - 1).min(8) as u8),
                    _ => None,
                };
                if let Some(list) = self.lists.last_mut() {
                    list.begun = true;
                }
                self.paragraphs.push(Role {
                    heading: heading.map(|l: u8| l.clamp(1, 9)),
                    item,
                });
                style = own.over(&style.inherited());
            }
            "text:span" => {
                if let Some(own) = named("text:style-name", "text") {
                    style = own.over(&style);
                }
            }
            "text:a" | "draw:a" => self.links.push(attribute(e, "xlink:href").unwrap_or_default()),
            "text:list" => self.lists.push(List { begun: true }),
            "text:list-item" => {
                if let Some(list) = self.lists.last_mut() {
                    list.begun = false;
                }
            }
            "table:table" => {
                self.flow.open_table();
                self.rows += 1;
            }
            "table:table-cell" | "draw:text-box" | "draw:custom-shape" | "draw:rect" => {
                let family = if name.starts_with("table") {
                    "table-cell"
                } else {
                    "graphic"
                };
                let attr = if family == "graphic" {
                    "draw:style-name"
                } else {
                    "table:style-name"
                };
                if let Some(own) = named(attr, family) {
                    style.background = own.background.or(style.background);
                }
                if family == "graphic" {
                    self.flow.open_box();
                }
            }
            "draw:frame" => {
                if let Some(own) = named("draw:style-name", "graphic") {
                    style.background = own.background.or(style.background);
                }
            }
            "draw:image" => self.flow.features().images += 1,
            "text:tab" => self.exact("\t"),
            "text:line-break" => self.flow.line_break(),
            "text:s" => {
                let count = attribute(e, "text:c")
                    .and_then(|v| v.parse::<usize>().ok())
                    .unwrap_or(1);
                self.exact(&" ".repeat(count.clamp(1, 200)));
            }
            "text:section" if attribute(e, "text:display").as_deref() == Some("none") => style.hidden = Some(true),
            "text:hidden-paragraph" | "text:hidden-text" => style.hidden = Some(true),
            _ => {}
        }
        self.looks.push(style);
    }

    fn close(&mut self, name: &str) {
        match name {
            "text:p" | "text:h" => {
                if let Some(role) = self.paragraphs.pop() {
                    self.flow.paragraph(role);
                }
            }
            "text:a" | "draw:a" => {
                self.links.pop();
            }
            "text:list" => {
                self.lists.pop();
            }
            "table:table-cell" | "table:covered-table-cell" => self.flow.next_cell(),
            "table:table-row" => self.flow.next_row(),
            "table:table" if self.rows > 0 => {
                self.rows -= 1;
                self.flow.close_table();
            }
            "draw:text-box" | "draw:custom-shape" | "draw:rect" => self.flow.close_box(),
            _ => {}
        }
        self.looks.pop();
    }
}

/// Elements whose text no reader of the page sees as text of the page.
fn left_out(name: &str, e: &BytesStart<'_>) -> bool {
    match name {
        "office:annotation"
        | "text:tracked-changes"
        | "text:note-citation"
        | "text:ruby-text"
        | "svg:title"
        | "svg:desc"
        | "office:forms"
        | "text:sequence-decls"
        | "office:binary-data"
        | "draw:object"
        | "text:variable-decls"
        | "text:user-field-decls"
        | "office:event-listeners" => true,
        "text:variable-set" => attribute(e, "text:display").as_deref() == Some("none"),
        _ => false,
    }
}

/// White space as ODF reads it: any run is one space.
fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' | '\t' | '\n' | '\r' => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out
}
