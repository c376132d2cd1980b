//! An element that is open: what its text looks like, and how it stands on the page.

use super::css::{Declarations, Length};
use crate::ingest::paragraphs::Look;
use html5ever::tokenizer::Tag;
use html5ever::tokenizer::states::RawKind;

/// How an element stands among its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Display {
    Inline,
    InlineBlock,
    Block,
    /// A block whose children stand side by side.
    Row,
}

impl Display {
    pub fn is_block(self) -> bool {
        matches!(self, Display::Block | Display::Row)
    }
}

/// An element that is open.
#[derive(Debug, Clone)]
pub struct Element {
    pub name: String,
    pub id: String,
    pub classes: Vec<String>,
    pub display: Display,
    pub link: Option<String>,
    pub preformatted: bool,
    pub heading: Option<u8>,
    /// Lists that are open, this one included.
    pub lists: u8,
    /// A list item whose first paragraph is over.
    pub begun: bool,
    pub float_right: bool,
    /// Paragraphs of the page when the element opened.
    pub flushes: usize,
    size: f32,
    inherited_size: f32,
    bold: bool,
    italic: bool,
    colour: u32,
    background: Option<u32>,
    font: String,
    hidden: bool,
}

impl Element {
    /// What stands around everything.
    pub fn root() -> Element {
        Element {
            name: String::new(),
            id: String::new(),
            classes: Vec::new(),
            display: Display::Block,
            link: None,
            preformatted: false,
            heading: None,
            lists: 0,
            begun: false,
            float_right: false,
            flushes: 0,
            size: 12.0,
            inherited_size: 12.0,
            bold: false,
            italic: false,
            colour: 0,
            background: None,
            font: String::new(),
            hidden: false,
        }
    }

    /// An element before any style sheet.
    pub fn new(tag: &Tag, parent: &Element) -> Element {
        let name = tag.name.to_string();
        let attribute = |key: &str| {
            let found = tag.attrs.iter().find(|a| &*a.name.local == key);
            found.map(|a| a.value.to_string())
        };
        let mut element = Element {
            display: if is_block(&name) {
                Display::Block
            } else {
                Display::Inline
            },
            id: attribute("id").unwrap_or_default(),
            classes: attribute("class")
                .unwrap_or_default()
                .split_whitespace()
                .take(40)
                .map(str::to_owned)
                .collect(),
            heading: None,
            begun: false,
            float_right: false,
            inherited_size: parent.size,
            name,
            ..parent.clone()
        };
        let share = match element.name.as_str() {
            "h1" => 2.0,
            "h2" => 1.5,
            "h3" => 1.17,
            "small" | "sub" | "sup" => 0.83,
            "h5" => 0.83,
            "h6" => 0.67,
            _ => 1.0,
        };
        element.size = (parent.size * share).clamp(0.0, 1000.0);
        match element.name.as_str() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                element.heading = element.name[1..].parse().ok();
                element.bold = true;
            }
            "b" | "strong" | "th" => element.bold = true,
            "i" | "em" | "cite" | "dfn" | "address" => element.italic = true,
            "pre" | "textarea" => element.preformatted = true,
            "a" => {
                let target = attribute("href").map(|h| h.trim().to_owned());
                element.link = target.filter(|h| !h.is_empty() && !h.starts_with('#') && !h.starts_with("javascript:"));
            }
            _ => {}
        }
        if attribute("role").as_deref() == Some("heading") {
            element.heading = attribute("aria-level").and_then(|l| l.parse().ok()).or(Some(2));
        }
        element.hidden |= attribute("hidden").is_some() || matches!(element.name.as_str(), "template" | "dialog");
        if let Some(colour) = attribute("bgcolor").and_then(|c| super::css::colour(&c)) {
            element.background = Some(colour);
        }
        if let Some(colour) = attribute("color").and_then(|c| super::css::colour(&c)) {
            element.colour = colour;
        }
        element
    }

    /// Lays the `style` attribute over all else.
    pub fn style_attribute(&mut self, tag: &Tag) {
        if let Some(style) = tag.attrs.iter().find(|a| &*a.name.local == "style") {
            let declarations = Declarations::read(&style.value);
            self.apply(&declarations);
        }
    }

    /// Lays declarations over the element.
    pub fn apply(&mut self, d: &Declarations) {
        if let Some(length) = d.size {
            self.size = match length {
                Length::Points(points) => points,
                Length::Parent(share) => self.inherited_size * share,
                Length::Root(share) => 12.0 * share,
            }
            .clamp(0.0, 1000.0);
        }
        self.bold = d.bold.unwrap_or(self.bold);
        self.italic = d.italic.unwrap_or(self.italic);
        self.colour = d.colour.unwrap_or(self.colour);
        self.background = d.background.or(self.background);
        self.hidden |= d.hidden;
        self.display = d.display.unwrap_or(self.display);
        self.float_right |= d.float_right;
        self.preformatted = d.preformatted.unwrap_or(self.preformatted);
        if let Some(font) = &d.font {
            self.font.clone_from(font);
        }
    }

    /// The look of text inside.
    pub fn look(&self) -> Look {
        Look {
            font: self.font.clone(),
            size: self.size,
            bold: self.bold,
            italic: self.italic,
            colour: self.colour,
            background: self.background,
            hidden: self.hidden,
        }
    }
}

/// Elements that begin a new line by themselves.
pub fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "caption"
    )
}

/// Elements without content.
pub fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// How the tokenizer must read the content of elements that hold no mark-up.
pub fn kept_raw(name: &str) -> Option<RawKind> {
    match name {
        "title" => Some(RawKind::Rcdata),
        "script" => Some(RawKind::ScriptData),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" | "noscript" => Some(RawKind::Rawtext),
        _ => None,
    }
}
