//! DOCX, read from its parts: paragraphs, styles, lists, tables, text boxes, links, headers and footers.
//!
//! Deleted text (`w:del`), hidden text (`w:vanish`) and fallbacks (`mc:Fallback`) are left out; insertions are kept.

use super::IngestError;
use super::archive::Archive;
use super::builder::{Builder, Piece};
use super::clean;
use crate::document::{Document, Format, LineKind, Span, Visibility};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::collections::HashMap;

#[derive(Debug, Clone, Default, PartialEq)]
struct Look {
    bold: Option<bool>,
    italic: Option<bool>,
    size: Option<f32>,
    font: Option<String>,
    colour: Option<u32>,
    /// Colour behind the text: shading or highlight.
    shade: Option<u32>,
    hidden: bool,
}

impl Look {
    fn over(&self, base: &Look) -> Look {
        Look {
            bold: self.bold.or(base.bold),
            italic: self.italic.or(base.italic),
            size: self.size.or(base.size),
            font: self.font.clone().or_else(|| base.font.clone()),
            colour: self.colour.or(base.colour),
            shade: self.shade.or(base.shade),
            hidden: self.hidden || base.hidden,
        }
    }
}

#[derive(Debug, Clone, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    look: Look,
    outline: Option<u8>,
    list: bool,
}

type Styles = HashMap<String, Style>;

/// Reads a DOCX.
pub fn read(bytes: &[u8]) -> Result<Document, IngestError> {
    let mut archive = Archive::open(bytes, "DOCX")?;
    let mut builder = Builder::new(Format::Docx, bytes.len());
    let (styles, default) = match archive.text("word/styles.xml") {
        Ok(xml) => styles(&xml),
        Err(_) => (Styles::new(), Look::default()),
    };
    if let Ok(core) = archive.text("docProps/core.xml") {
        builder.features().title = element(&core, "dc:title");
        builder.features().author = element(&core, "dc:creator");
    }
    builder.features().macros = archive.has("word/vbaProject.bin");
    let names = archive.names();
    builder.features().images = names.iter().filter(|n| n.starts_with("word/media/")).count() as u32;
    let mut parts: Vec<(String, bool)> = Vec::new();
    let named = |prefix: &str| {
        let mut list: Vec<String> = names
            .iter()
            .filter(|n| n.starts_with(prefix) && n.ends_with(".xml") && !n.contains("_rels"))
            .cloned()
            .collect();
        list.sort();
        list
    };
    parts.extend(named("word/header").into_iter().map(|n| (n, true)));
    parts.push(("word/document.xml".into(), false));
    parts.extend(named("word/footer").into_iter().map(|n| (n, true)));
    let mut seen = Vec::new();
    for (part, furniture) in parts {
        let xml = match archive.text(&part) {
            Ok(xml) => xml,
            Err(error) if !furniture => return Err(error),
            Err(_) => continue,
        };
        let file = part.trim_start_matches("word/");
        let links = archive
            .text(&format!("word/_rels/{file}.rels"))
            .map(|x| relations(&x))
            .unwrap_or_default();
        let mut body = Body {
            builder: &mut builder,
            styles: &styles,
            default: &default,
            links,
            furniture,
            paragraphs: Vec::new(),
            runs: Vec::new(),
            tables: Vec::new(),
            region: 0,
            hidden: Vec::new(),
            boxes: Vec::new(),
            fills: Vec::new(),
            seen: &mut seen,
        };
        body.read(&xml)?;
    }
    Ok(builder.finish())
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let value = element.attributes().flatten().find(|a| a.key.as_ref() == name)?;
    Some(value.value.replace("&amp;", "&"))
}

fn on(element: &BytesStart<'_>) -> bool {
    !matches!(
        attribute(element, "w:val").as_deref(),
        Some("0" | "false" | "off" | "none")
    )
}

fn relations(xml: &str) -> HashMap<String, String> {
    let mut out = HashMap::new();
    let mut reader = Reader::from_str(xml);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(e) | Event::Empty(e) if e.name().as_ref() == "Relationship" => {
                if let (Some(id), Some(target)) = (attribute(&e, "Id"), attribute(&e, "Target")) {
                    out.insert(id, target);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    out
}

fn element(xml: &str, name: &str) -> Option<String> {
    let start = xml.find(&format!("<{name}"))?;
    let open = start + xml[start..].find('>')? + 1;
    if xml[..open].ends_with("/>") {
        return None;
    }
    let end = open + xml[open..].find("</")?;
    Some(xml[open..end].trim().to_owned()).filter(|t| !t.is_empty())
}

/// Stands for a highlight of any colour but white.
const HIGHLIGHT: u32 = 0x80_8080;

/// The colour that fills a shape, where the element names one; a colour of the theme but its white counts as grey.
fn filled(e: &BytesStart<'_>) -> Option<u32> {
    let value = attribute(e, "val");
    match e.name().as_ref() {
        "a:srgbClr" => value.and_then(|v| u32::from_str_radix(&v, 16).ok()),
        "a:schemeClr" | "a:prstClr" | "a:sysClr" => match value.as_deref() {
            Some("bg1" | "lt1" | "white" | "window") => Some(0xFF_FFFF),
            _ => Some(HIGHLIGHT),
        },
        "v:shape" | "v:rect" | "v:roundrect" => {
            let colour = attribute(e, "fillcolor")?;
            let hex = colour.split(' ').next().unwrap_or_default().trim_start_matches('#');
            Some(u32::from_str_radix(hex, 16).unwrap_or(if hex == "white" { 0xFF_FFFF } else { HIGHLIGHT }))
        }
        _ => None,
    }
}

/// Reads one run property into a look.
fn property(look: &mut Look, e: &BytesStart<'_>) {
    match e.name().as_ref() {
        "w:b" => look.bold = Some(on(e)),
        "w:i" => look.italic = Some(on(e)),
        "w:sz" => {
            look.size = attribute(e, "w:val")
                .and_then(|v| v.parse::<f32>().ok())
                .map(|v| v / 2.0)
        }
        "w:rFonts" => {
            look.font = attribute(e, "w:ascii")
                .or_else(|| attribute(e, "w:hAnsi"))
                .or(look.font.take())
        }
        "w:color" => look.colour = attribute(e, "w:val").and_then(|v| u32::from_str_radix(&v, 16).ok()),
        "w:shd" => look.shade = attribute(e, "w:fill").and_then(|v| u32::from_str_radix(&v, 16).ok()),
        "w:highlight" if on(e) => look.shade = Some(HIGHLIGHT),
        "w:vanish" => look.hidden = on(e),
        _ => {}
    }
}

fn styles(xml: &str) -> (Styles, Look) {
    let mut out = Styles::new();
    let mut default = Look::default();
    let mut current: Option<(String, Style)> = None;
    let mut in_default = false;
    let mut reader = Reader::from_str(xml);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(e) | Event::Empty(e) => match e.name().as_ref() {
                "w:docDefaults" => in_default = true,
                "w:style" => current = attribute(&e, "w:styleId").map(|id| (id, Style::default())),
                "w:name" => {
                    if let (Some((_, style)), Some(name)) = (&mut current, attribute(&e, "w:val")) {
                        style.name = name.to_lowercase();
                    }
                }
                "w:basedOn" => {
                    if let Some((_, style)) = &mut current {
                        style.based_on = attribute(&e, "w:val");
                    }
                }
                "w:outlineLvl" => {
                    if let Some((_, style)) = &mut current {
                        style.outline = attribute(&e, "w:val")
                            .and_then(|v| v.parse().ok())
                            .filter(|l: &u8| *l < 9);
                    }
                }
                "w:numPr" => {
                    if let Some((_, style)) = &mut current {
                        style.list = true;
                    }
                }
                _ => match &mut current {
                    Some((_, style)) => property(&mut style.look, &e),
                    None if in_default => property(&mut default, &e),
                    None => {}
                },
            },
            Event::End(e) => match e.name().as_ref() {
                "w:docDefaults" => in_default = false,
                "w:style" => {
                    if let Some((id, style)) = current.take() {
                        out.insert(id, style);
                    }
                }
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    (out, default)
}

/// A style with all that it is based on.
fn resolve(styles: &Styles, id: &str) -> Style {
    let mut style = styles.get(id).cloned().unwrap_or_default();
    let mut base = style.based_on.clone();
    for _ in 0..12 {
        let Some(parent) = base.as_ref().and_then(|b| styles.get(b)) else {
            break;
        };
        style.look = style.look.over(&parent.look);
        style.outline = style.outline.or(parent.outline);
        style.list |= parent.list;
        base = parent.based_on.clone();
    }
    style
}

#[derive(Debug, Default)]
struct Paragraph {
    lines: Vec<Vec<Piece>>,
    style: Style,
    list: Option<u8>,
    outline: Option<u8>,
}

struct Table {
    number: u16,
    row: u16,
    column: u16,
}

struct Body<'a, 'b> {
    builder: &'a mut Builder,
    styles: &'b Styles,
    default: &'b Look,
    links: HashMap<String, String>,
    furniture: bool,
    paragraphs: Vec<Paragraph>,
    runs: Vec<Look>,
    tables: Vec<Table>,
    region: u16,
    hidden: Vec<Span>,
    /// Paragraphs of text boxes, written after the paragraph that anchors them.
    boxes: Vec<Vec<Paragraph>>,
    /// Colours that fill the text boxes around, the innermost last.
    fills: Vec<Option<u32>>,
    seen: &'a mut Vec<String>,
}

impl Body<'_, '_> {
    fn read(&mut self, xml: &str) -> Result<(), IngestError> {
        let mut reader = Reader::from_str(xml);
        let mut skip = 0usize;
        let mut in_run_properties = false;
        let mut in_text = false;
        let mut link: Vec<Option<String>> = Vec::new();
        let mut instruction = String::new();
        let mut in_instruction = false;
        let mut table_count = 0u16;
        // What fills the shape that is being read, and whether its outline is.
        let mut fill: Option<u32> = None;
        let mut in_outline = false;
        loop {
            let event = reader.read_event().map_err(|e| IngestError::Corrupt {
                format: "DOCX",
                detail: format!("its XML is broken: {e}"),
            })?;
            let (e, empty) = match &event {
                Event::Start(e) => (Some(e), false),
                Event::Empty(e) => (Some(e), true),
                _ => (None, false),
            };
            if let Some(e) = e {
                let name = e.name();
                let name = name.as_ref();
                if skip > 0 {
                    skip += usize::from(!empty);
                    continue;
                }
                match name {
                    "mc:Fallback" | "w:del" | "w:moveFrom" | "w:pict" | "w:object" if !empty && name != "w:pict" => {
                        skip = 1
                    }
                    "w:p" if !empty => self.paragraphs.push(Paragraph::default()),
                    "w:pStyle" => {
                        if let (Some(p), Some(id)) = (self.paragraphs.last_mut(), attribute(e, "w:val")) {
                            p.style = resolve(self.styles, &id);
                        }
                    }
                    "w:outlineLvl" => {
                        if let Some(p) = self.paragraphs.last_mut() {
                            p.outline = attribute(e, "w:val")
                                .and_then(|v| v.parse().ok())
                                .filter(|l: &u8| *l < 9);
                        }
                    }
                    "w:ilvl" => {
                        if let Some(p) = self.paragraphs.last_mut() {
                            p.list = attribute(e, "w:val").and_then(|v| v.parse().ok());
                        }
                    }
                    "w:numId" => {
                        if let Some(p) = self.paragraphs.last_mut() {
                            let none = attribute(e, "w:val").as_deref() == Some("0");
                            p.list = if none { None } else { p.list.or(Some(0)) };
                        }
                    }
                    "w:r" if !empty => self.runs.push(Look::default()),
                    "w:rPr" if !empty => in_run_properties = true,
                    "w:t" if !empty => in_text = true,
                    "w:instrText" if !empty => in_instruction = true,
                    "w:tab" if !in_run_properties && !self.runs.is_empty() => self.push("\t", &link),
                    "w:br" | "w:cr" => {
                        if let Some(p) = self.paragraphs.last_mut() {
                            p.lines.push(Vec::new());
                        }
                    }
                    "w:noBreakHyphen" => self.push("-", &link),
                    "w:sym" => {
                        let code = attribute(e, "w:char")
                            .and_then(|v| u32::from_str_radix(&v, 16).ok())
                            .and_then(char::from_u32);
                        if let Some(c) = code {
                            self.push(&c.to_string(), &link);
                        }
                    }
                    "w:hyperlink" if !empty => {
                        link.push(attribute(e, "r:id").and_then(|id| self.links.get(&id).cloned()));
                    }
                    "w:fldChar" => match attribute(e, "w:fldCharType").as_deref() {
                        Some("begin") => {
                            instruction.clear();
                            link.push(None);
                        }
                        Some("separate") => {
                            if let (Some(l), Some(rest)) =
                                (link.last_mut(), instruction.trim().strip_prefix("HYPERLINK"))
                            {
                                *l = rest.split('"').nth(1).map(str::to_owned);
                            }
                        }
                        Some("end") => {
                            link.pop();
                        }
                        _ => {}
                    },
                    "w:tbl" if !empty => {
                        table_count += 1;
                        self.builder.features().tables += 1;
                        self.tables.push(Table {
                            number: table_count,
                            row: 0,
                            column: 0,
                        });
                        self.builder.gap();
                    }
                    "w:tr" if !empty => {
                        if let Some(t) = self.tables.last_mut() {
                            t.column = 0;
                        }
                    }
                    "w:cols" => {
                        let n = attribute(e, "w:num").and_then(|v| v.parse().ok()).unwrap_or(1);
                        let columns = self.builder.features().columns.max(n);
                        self.builder.features().columns = columns;
                    }
                    "w:txbxContent" if !empty => {
                        self.builder.features().text_boxes += 1;
                        let outer = std::mem::take(&mut self.paragraphs);
                        self.boxes.push(outer);
                        self.fills.push(fill.take());
                    }
                    "wps:wsp" => fill = None,
                    "a:ln" if !empty => in_outline = true,
                    "a:srgbClr" | "a:schemeClr" | "a:prstClr" | "a:sysClr" | "v:shape" | "v:rect" | "v:roundrect"
                        if !in_outline =>
                    {
                        fill = filled(e).or(fill);
                    }
                    "w:shd" if !in_run_properties => {
                        if let Some(p) = self.paragraphs.last_mut() {
                            property(&mut p.style.look, e);
                        }
                    }
                    _ if in_run_properties => {
                        if let Some(run) = self.runs.last_mut() {
                            property(run, e);
                        }
                    }
                    _ => {}
                }
                continue;
            }
            match event {
                Event::End(e) => {
                    if skip > 0 {
                        skip -= 1;
                        continue;
                    }
                    match e.name().as_ref() {
                        "w:p" => self.paragraph(),
                        "w:r" => {
                            self.runs.pop();
                        }
                        "w:rPr" => in_run_properties = false,
                        "w:t" => in_text = false,
                        "w:instrText" => in_instruction = false,
                        "w:hyperlink" => {
                            link.pop();
                        }
                        "w:tc" => {
                            if let Some(t) = self.tables.last_mut() {
                                t.column += 1;
                            }
                        }
                        "w:tr" => {
                            if let Some(t) = self.tables.last_mut() {
                                t.row += 1;
                            }
                        }
                        "w:tbl" => {
                            self.tables.pop();
                            self.builder.gap();
                        }
                        "a:ln" => in_outline = false,
                        "w:txbxContent" => {
                            self.fills.pop();
                            if let Some(outer) = self.boxes.pop() {
                                self.paragraphs = outer;
                            }
                            self.builder.gap();
                        }
                        _ => {}
                    }
                }
                Event::Text(t) if skip == 0 && in_text => {
                    let text = t.xml10_content().into_owned();
                    self.push(&text, &link);
                }
                Event::GeneralRef(r) if skip == 0 && in_text => {
                    let name = r.xml10_content().into_owned();
                    let resolved = match name.as_str() {
                        "amp" => Some('&'),
                        "lt" => Some('<'),
                        "gt" => Some('>'),
                        "quot" => Some('"'),
                        "apos" => Some('\''),
                        _ => r.resolve_char_ref().ok().flatten(),
                    };
                    if let Some(c) = resolved {
                        self.push(&c.to_string(), &link);
                    }
                }
                Event::Text(t) if in_instruction => instruction.push_str(&t.xml10_content()),
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn push(&mut self, text: &str, link: &[Option<String>]) {
        let Some(paragraph) = self.paragraphs.last_mut() else {
            return;
        };
        let run = self.runs.last().cloned().unwrap_or_default();
        let look = run.over(&paragraph.style.look).over(self.default);
        let font = look.font.unwrap_or_default();
        let piece = Piece {
            text: clean::in_font(text, &font),
            font,
            size: look.size.unwrap_or(0.0),
            bold: look.bold.unwrap_or(false),
            italic: look.italic.unwrap_or(false),
            colour: look.colour.unwrap_or(0),
            bbox: None,
            link: link.iter().rev().flatten().next().cloned(),
        };
        let behind = look.shade.or_else(|| self.fills.last().copied().flatten());
        let unseen = is_white(piece.colour) && self.tables.is_empty() && behind.is_none_or(is_white);
        if look.hidden || (piece.size > 0.0 && piece.size < 2.0) || unseen {
            let visibility = if look.hidden {
                Visibility::Invisible
            } else if piece.size < 2.0 {
                Visibility::Tiny
            } else {
                Visibility::BackgroundColour
            };
            self.hidden.push(Span {
                text: piece.text,
                range: 0..0,
                font: piece.font,
                size: piece.size,
                bold: piece.bold,
                italic: piece.italic,
                colour: piece.colour,
                bbox: None,
                link: None,
                visibility,
            });
            return;
        }
        if paragraph.lines.is_empty() {
            paragraph.lines.push(Vec::new());
        }
        if let Some(line) = paragraph.lines.last_mut() {
            line.push(piece);
        }
    }

    fn paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        let hidden = std::mem::take(&mut self.hidden);
        self.builder.last().hidden.extend(hidden);
        let text: String = paragraph.lines.iter().flatten().map(|p| p.text.as_str()).collect();
        if text.trim().is_empty() {
            self.builder.gap();
            return;
        }
        if self.furniture {
            if self.seen.contains(&text) {
                return;
            }
            self.seen.push(text);
        }
        let style = &paragraph.style;
        let named = style
            .name
            .strip_prefix("heading ")
            .and_then(|l| l.trim().parse::<u8>().ok());
        let outline = paragraph.outline.or(style.outline).map(|l| l + 1).or(named);
        let title = style.name == "title";
        let list = paragraph
            .list
            .or((style.list || style.name.contains("list bullet")).then_some(0));
        let cell = self.tables.last().map(|t| (t.number, t.row, t.column));
        let region = self.region;
        for (index, pieces) in paragraph.lines.into_iter().enumerate() {
            let kind = match (outline, list, cell) {
                (Some(level), _, _) => LineKind::Heading { level },
                _ if title => LineKind::Heading { level: 1 },
                (_, Some(level), _) if index == 0 => LineKind::ListItem { level },
                (_, _, Some((table, row, column))) => LineKind::TableCell { table, row, column },
                _ => LineKind::Paragraph,
            };
            self.builder.line(pieces, kind, region, self.furniture);
        }
    }
}

/// True for white and what nobody tells from it.
fn is_white(colour: u32) -> bool {
    [16, 8, 0].iter().all(|shift| (colour >> shift) & 0xFF >= 0xF5)
}
