//! Styles of OpenDocument files: what a name means once its parents and the defaults are counted in.

use crate::ingest::paragraphs::Look;
use crate::ingest::xml::{self, attribute};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::collections::HashMap;

/// A size, as written.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Size {
    Points(f32),
    /// Of the parent's size.
    Share(f32),
}

/// A style, or what is known of the look at one place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Style {
    parent: Option<String>,
    font: Option<String>,
    size: Option<Size>,
    bold: Option<bool>,
    italic: Option<bool>,
    colour: Option<u32>,
    pub background: Option<u32>,
    pub hidden: Option<bool>,
    /// Heading level that the style stands for.
    pub outline: Option<u8>,
}

impl Style {
    /// This style where it says something, else the other.
    pub fn over(&self, base: &Style) -> Style {
        let size = match (self.size, base.size) {
            (Some(Size::Share(share)), Some(Size::Points(points))) => Some(Size::Points(points * share)),
            (Some(Size::Share(a)), Some(Size::Share(b))) => Some(Size::Share(a * b)),
            (own, other) => own.or(other),
        };
        Style {
            parent: None,
            font: self.font.clone().or_else(|| base.font.clone()),
            size,
            bold: self.bold.or(base.bold),
            italic: self.italic.or(base.italic),
            colour: self.colour.or(base.colour),
            background: self.background.or(base.background),
            hidden: self.hidden.or(base.hidden),
            outline: self.outline.or(base.outline),
        }
    }

    /// What a paragraph inside a cell or box takes from it: not the role of the paragraph around.
    pub fn inherited(&self) -> Style {
        Style {
            outline: None,
            ..self.clone()
        }
    }

    /// The look.
    pub fn look(&self) -> Look {
        Look {
            font: self.font.clone().unwrap_or_default(),
            size: match self.size {
                Some(Size::Points(points)) => points,
                Some(Size::Share(share)) => 12.0 * share,
                None => 12.0,
            },
            bold: self.bold.unwrap_or(false),
            italic: self.italic.unwrap_or(false),
            colour: self.colour.unwrap_or(0),
            background: self.background,
            hidden: self.hidden.unwrap_or(false),
        }
    }
}

/// All styles by family and name.
#[derive(Debug, Clone, Default)]
pub struct Styles {
    named: HashMap<(String, String), Style>,
    default: Style,
}

impl Styles {
    /// The look of text without a style.
    pub fn plain(&self) -> Style {
        self.default.clone()
    }

    /// A style with all that it is based on.
    pub fn get(&self, family: &str, name: &str) -> Style {
        let mut key = (family.to_owned(), name.to_owned());
        let mut style = Style::default();
        for _ in 0..16 {
            let Some(found) = self.named.get(&key) else { break };
            style = style.over(found);
            match &found.parent {
                Some(parent) => key.1 = parent.clone(),
                None => break,
            }
        }
        style
    }

    /// Adds the styles of a part; broken XML ends the list, for the content is what matters.
    pub fn read(&mut self, source: &str) {
        let mut reader = Reader::from_str(source);
        // (family, name), `None` in a default style.
        let mut current: Option<(Option<(String, String)>, Style)> = None;
        while let Ok(event) = reader.read_event() {
            match event {
                Event::Start(e) => match e.name().as_ref() {
                    "style:style" => current = Some(begin(&e)),
                    "style:default-style" if attribute(&e, "style:family").as_deref() == Some("paragraph") => {
                        current = Some((None, Style::default()));
                    }
                    _ => properties(&mut current, &e),
                },
                Event::Empty(e) => match e.name().as_ref() {
                    "style:style" => {
                        let (key, style) = begin(&e);
                        self.add(key, style);
                    }
                    _ => properties(&mut current, &e),
                },
                Event::End(e) if matches!(e.name().as_ref(), "style:style" | "style:default-style") => {
                    if let Some((key, style)) = current.take() {
                        self.add(key, style);
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
    }

    fn add(&mut self, key: Option<(String, String)>, style: Style) {
        match key {
            Some(key) => {
                self.named.insert(key, style);
            }
            None => self.default = style,
        }
    }
}

fn begin(e: &BytesStart<'_>) -> (Option<(String, String)>, Style) {
    let name = attribute(e, "style:name").unwrap_or_default();
    let shown = attribute(e, "style:display-name").unwrap_or_else(|| name.replace("_20_", " "));
    let outline = attribute(e, "style:default-outline-level").and_then(|v| v.parse::<u8>().ok());
    let outline = outline
        .filter(|l| *l > 0)
        .or_else(|| match shown.to_lowercase().as_str() {
            "title" => Some(1),
            other => other.strip_prefix("heading ").and_then(|l| l.trim().parse().ok()),
        });
    let style = Style {
        parent: attribute(e, "style:parent-style-name"),
        outline: outline.filter(|l| *l < 10),
        ..Style::default()
    };
    (attribute(e, "style:family").map(|family| (family, name)), style)
}

fn properties(current: &mut Option<(Option<(String, String)>, Style)>, e: &BytesStart<'_>) {
    let Some((_, style)) = current else { return };
    let text = e.name().as_ref() == "style:text-properties";
    let fill = e.name().as_ref() == "style:graphic-properties";
    let solid = !fill || attribute(e, "draw:fill").as_deref() == Some("solid");
    for attr in e.attributes().flatten() {
        let value = xml::unescape(&attr.value);
        let value = value.trim();
        match attr.key.as_ref() {
            "fo:background-color" => style.background = colour(value).or(style.background),
            "draw:fill-color" if solid => style.background = colour(value).or(style.background),
            _ if !text => {}
            "fo:font-size" => style.size = size(value).or(style.size),
            "fo:font-weight" => style.bold = Some(value == "bold" || value.parse::<u32>().is_ok_and(|w| w >= 600)),
            "fo:font-style" => style.italic = Some(value == "italic" || value == "oblique"),
            "fo:color" => style.colour = colour(value).or(style.colour),
            "style:font-name" => style.font = Some(value.to_owned()),
            "fo:font-family" => {
                let family = value.trim_matches(['\'', '"']).to_owned();
                style.font = style.font.take().or(Some(family));
            }
            "text:display" => style.hidden = Some(value == "none"),
            _ => {}
        }
    }
}

/// `#1a2b3c`.
fn colour(value: &str) -> Option<u32> {
    let hex = value.strip_prefix('#').filter(|h| h.len() == 6)?;
    u32::from_str_radix(hex, 16).ok()
}

/// `12pt`, `0.4cm`, `80%`.
fn size(value: &str) -> Option<Size> {
    let split = value.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let number: f32 = value[..split].parse().ok()?;
    let points = match value[split..].trim() {
        "%" => return Some(Size::Share(number / 100.0)),
        "pt" => number,
        "px" => number * 0.75,
        "in" => number * 72.0,
        "cm" => number * 28.35,
        "mm" => number * 2.835,
        _ => return None,
    };
    Some(Size::Points(points))
}
