//! RTF: code pages, fonts, sizes, styles, lists, tables, links, headers and footers, hidden and deleted text.
//!
//! [`lex`] cuts the bytes into groups, control words and text; [`tables`] reads the font, colour, style and list tables;
//! this file follows the state that groups open and close.

mod lex;
mod tables;

use super::IngestError;
use super::paragraphs::{Look, Paragraphs, Role};
use crate::document::{Document, Format};
use encoding_rs::Encoding;
use lex::{Lexer, Token};
use tables::Tables;

/// Deepest nesting of groups that is followed.
const MAX_DEPTH: usize = 500;

/// Where the text of a group goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Destination {
    /// The page.
    Text,
    /// A header or footer.
    Furniture,
    /// The instruction of a field, such as `HYPERLINK "…"`.
    Instruction,
    /// The bullet or number that a list item was given.
    ListText,
    /// Facts about the file.
    Info,
    Title,
    Author,
    Fonts,
    Colours,
    Styles,
    /// Nowhere.
    Ignored,
}

/// State that a group inherits and gives back.
#[derive(Debug, Clone)]
struct State {
    destination: Destination,
    look: Look,
    deleted: bool,
    style: Option<i32>,
    font: Option<i32>,
    /// Number of characters that stand in for one `\u`.
    fallback: usize,
    list: Option<i32>,
    level: u8,
    outline: Option<u8>,
    in_table: bool,
    nested: bool,
    highlight: Option<u32>,
    shading: Option<u32>,
}

impl State {
    fn new() -> State {
        State {
            destination: Destination::Text,
            look: plain(),
            deleted: false,
            style: None,
            font: None,
            fallback: 1,
            list: None,
            level: 0,
            outline: None,
            in_table: false,
            nested: false,
            highlight: None,
            shading: None,
        }
    }
}

/// The look that `\plain` gives back.
fn plain() -> Look {
    Look {
        size: 12.0,
        ..Look::default()
    }
}

struct Rtf<'a> {
    flow: Paragraphs,
    lexer: Lexer<'a>,
    tables: Tables,
    state: State,
    stack: Vec<State>,
    page: &'static Encoding,
    /// Bytes of a code page that wait to be decoded together.
    bytes: Vec<u8>,
    /// First half of a surrogate pair.
    high: Option<u16>,
    /// Characters still to skip after `\u`.
    skip: usize,
    /// Fields that are open: depth of the group, target.
    fields: Vec<(usize, Option<String>)>,
    instruction: String,
    bullet: String,
    title: String,
    author: String,
    tables_open: usize,
    ignore_next: bool,
}

/// Reads RTF.
pub fn read(bytes: &[u8]) -> Result<Document, IngestError> {
    let mut rtf = Rtf {
        flow: Paragraphs::new(Format::Rtf, bytes.len()),
        lexer: Lexer::new(bytes),
        tables: Tables::default(),
        state: State::new(),
        stack: Vec::new(),
        page: encoding_rs::WINDOWS_1252,
        bytes: Vec::new(),
        high: None,
        skip: 0,
        fields: Vec::new(),
        instruction: String::new(),
        bullet: String::new(),
        title: String::new(),
        author: String::new(),
        tables_open: 0,
        ignore_next: false,
    };
    while let Some(token) = rtf.lexer.next() {
        match token {
            Token::Open => {
                rtf.flush();
                if rtf.stack.len() >= MAX_DEPTH {
                    return Err(IngestError::Corrupt {
                        format: "RTF",
                        detail: "its groups are nested too deep".into(),
                    });
                }
                rtf.stack.push(rtf.state.clone());
                rtf.skip = 0;
            }
            Token::Close => rtf.close(),
            Token::Word(word, value) => rtf.word(word, value),
            Token::Byte(byte) => rtf.byte(byte),
            Token::Ignorable => rtf.ignore_next = true,
        }
    }
    rtf.flush();
    rtf.end_paragraph();
    let kept = |text: &str| Some(text.trim().to_owned()).filter(|t| !t.is_empty());
    rtf.flow.features().title = kept(&rtf.title);
    rtf.flow.features().author = kept(&rtf.author);
    Ok(rtf.flow.finish())
}

impl Rtf<'_> {
    fn close(&mut self) {
        self.flush();
        let Some(outer) = self.stack.pop() else { return };
        let inner = std::mem::replace(&mut self.state, outer);
        self.skip = 0;
        if inner.destination == Destination::Instruction && self.state.destination != Destination::Instruction {
            let target = link(&std::mem::take(&mut self.instruction));
            if let Some((_, slot)) = self.fields.last_mut() {
                *slot = target;
            }
        }
        if inner.destination == Destination::Furniture && self.state.destination != Destination::Furniture {
            self.end_paragraph();
            self.flow.furniture = false;
        }
        while self.fields.last().is_some_and(|(depth, _)| *depth > self.stack.len()) {
            self.fields.pop();
        }
    }

    /// A byte of text in the code page at hand.
    fn byte(&mut self, byte: u8) {
        self.ignore_next = false;
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        match self.state.destination {
            Destination::Ignored => {}
            Destination::Fonts => self.tables.font_byte(byte),
            Destination::Colours => self.tables.colour_byte(byte),
            Destination::Styles => self.tables.style_byte(byte),
            _ => self.bytes.push(byte),
        }
    }

    /// Decodes the bytes that wait.
    fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let font = self.state.font.and_then(|f| self.tables.fonts.get(&f));
        let symbol = font.is_some_and(|f| f.symbol);
        let encoding = font.and_then(|f| f.encoding).unwrap_or(self.page);
        if symbol {
            // Symbol fonts draw pictures in the place of letters; the private area says so without guessing.
            let text: String = bytes
                .iter()
                .filter_map(|b| {
                    if b.is_ascii_whitespace() {
                        Some(' ')
                    } else {
                        char::from_u32(0xF000 + u32::from(*b))
                    }
                })
                .collect();
            self.text(&text);
            return;
        }
        let (text, _) = encoding.decode_without_bom_handling(&bytes);
        self.text(&text);
    }

    fn text(&mut self, text: &str) {
        match self.state.destination {
            Destination::Text | Destination::Furniture => {
                if self.state.deleted {
                    return;
                }
                let mut look = self.state.look.clone();
                look.background = self.state.highlight.or(self.state.shading);
                if let Some(font) = self.state.font.and_then(|f| self.tables.fonts.get(&f)) {
                    look.font.clone_from(&font.name);
                }
                let link = self.fields.iter().rev().find_map(|(_, target)| target.as_deref());
                self.flow.push(text, &look, link);
            }
            Destination::Instruction => self.instruction.push_str(text),
            Destination::ListText => self.bullet.push_str(text),
            Destination::Title => self.title.push_str(text),
            Destination::Author => self.author.push_str(text),
            Destination::Fonts
            | Destination::Colours
            | Destination::Styles
            | Destination::Info
            | Destination::Ignored => {}
        }
    }

    fn end_paragraph(&mut self) {
        self.flush();
        let style = self.state.style.and_then(|s| self.tables.styles.get(&s));
        let outline = self.state.outline.or(style.and_then(|s| s.outline));
        let bullet = std::mem::take(&mut self.bullet);
        // A number in front is part of what a reader sees; a heading with one is still a heading.
        let item = (self.state.list.is_some_and(|l| l != 0) || !bullet.trim().is_empty()).then_some(self.state.level);
        let role = Role {
            heading: outline.map(|l| l.saturating_add(1)),
            item,
        };
        let depth = usize::from(self.state.in_table) + usize::from(self.state.in_table && self.state.nested);
        while self.tables_open < depth {
            self.flow.open_table();
            self.tables_open += 1;
        }
        // Empty paragraphs between the rows do not end a table.
        while self.tables_open > depth && (depth > 0 || !self.flow.is_empty()) {
            self.flow.close_table();
            self.tables_open -= 1;
        }
        self.flow.paragraph(role);
    }

    fn end_cell(&mut self) {
        self.state.in_table = true;
        self.end_paragraph();
        self.flow.next_cell();
    }

    fn word(&mut self, word: &str, value: Option<i32>) {
        let ignorable = std::mem::take(&mut self.ignore_next);
        if word == "u" {
            return self.unicode(value.unwrap_or(0));
        }
        if word == "bin" {
            self.lexer.skip(value.unwrap_or(0).max(0) as usize);
            return;
        }
        if self.skip > 0 && !matches!(word, "par" | "cell" | "row" | "sect" | "page") {
            self.skip -= 1;
            return;
        }
        self.skip = 0;
        self.flush();
        if self.state.destination == Destination::Ignored {
            return;
        }
        if let Some(destination) = destination(word) {
            self.enter(word, destination);
            return;
        }
        match self.state.destination {
            Destination::Fonts => return self.tables.font_word(word, value),
            Destination::Colours => return self.tables.colour_word(word, value),
            Destination::Styles => return self.tables.style_word(word, value),
            _ => {}
        }
        if self.state.destination == Destination::Info {
            return;
        }
        if ignorable && word != "cs" {
            self.state.destination = Destination::Ignored;
            return;
        }
        if !self.character(word) {
            self.format(word, value);
        }
    }

    fn enter(&mut self, word: &str, destination: Destination) {
        if destination == Destination::Furniture {
            // What stands open when a header begins belongs to the page.
            if !self.flow.is_empty() {
                self.end_paragraph();
            }
            self.flow.furniture = true;
            self.state.in_table = false;
        }
        if destination == Destination::ListText {
            self.bullet.clear();
        }
        if word == "shptxt" {
            self.flow.features().text_boxes += 1;
        }
        self.state.destination = destination;
    }

    /// Control words that are characters or ends; true where it was one.
    fn character(&mut self, word: &str) -> bool {
        let text = match word {
            "par" | "sect" | "page" | "column" => {
                match self.state.destination {
                    Destination::Text | Destination::Furniture => self.end_paragraph(),
                    _ => self.text(" "),
                }
                if word != "par" {
                    self.flow.gap();
                }
                return true;
            }
            "line" | "lbr" | "softline" => {
                if matches!(self.state.destination, Destination::Text | Destination::Furniture) {
                    self.flow.line_break();
                }
                return true;
            }
            "cell" | "nestcell" => {
                self.state.nested = word == "nestcell";
                self.end_cell();
                return true;
            }
            "row" | "nestrow" => {
                self.flow.next_row();
                return true;
            }
            "tab" => "\t",
            "emdash" => "—",
            "endash" => "–",
            "lquote" => "‘",
            "rquote" => "’",
            "ldblquote" => "“",
            "rdblquote" => "”",
            "bullet" => "•",
            "emspace" | "enspace" | "qmspace" | "~" => " ",
            "_" => "-",
            "-" | "zwj" | "zwnj" | "zwbo" | "zwnbo" => "",
            _ => return false,
        };
        self.text(text);
        true
    }

    /// Control words that change how text looks or what a paragraph is.
    fn format(&mut self, word: &str, value: Option<i32>) {
        let on = value != Some(0);
        let number = value.unwrap_or(0);
        let state = &mut self.state;
        match word {
            "ansi" => self.page = encoding_rs::WINDOWS_1252,
            "mac" => self.page = encoding_rs::MACINTOSH,
            "ansicpg" => self.page = lex::code_page(number).unwrap_or(self.page),
            "uc" => state.fallback = number.clamp(0, 16) as usize,
            "b" => state.look.bold = on,
            "i" => state.look.italic = on,
            "v" | "webhidden" => state.look.hidden = on,
            "deleted" => state.deleted = on,
            "fs" => state.look.size = (number as f32 / 2.0).clamp(0.0, 1000.0),
            "f" => state.font = value,
            "cf" => state.look.colour = self.tables.colour(number).unwrap_or(0),
            "highlight" | "chcbpat" | "cb" => state.highlight = self.tables.colour(number),
            "cbpat" | "clcbpat" => state.shading = self.tables.colour(number),
            "plain" => {
                state.look = plain();
                state.deleted = false;
                state.highlight = None;
                state.font = self.tables.default_font;
            }
            "deff" => {
                self.tables.default_font = value;
                state.font = value;
            }
            "pard" => {
                (state.style, state.list, state.level, state.outline) = (None, None, 0, None);
                (state.in_table, state.nested, state.shading) = (false, false, None);
            }
            "s" | "cs" => {
                if word == "s" {
                    state.style = value;
                }
                if let Some(style) = self.tables.styles.get(&number) {
                    style.apply(&mut state.look, &mut state.font, &self.tables);
                    state.list = style.list.or(state.list);
                }
            }
            "ls" => state.list = value,
            "ilvl" => state.level = number.clamp(0, 8) as u8,
            "pnlvlblt" | "pnlvlbody" | "pnlvl" => state.list = Some(1),
            "outlinelevel" => state.outline = u8::try_from(number).ok().filter(|l| *l < 9),
            "intbl" => state.in_table = true,
            "itap" => {
                state.in_table = number > 0 || value.is_none();
                state.nested = number > 1;
            }
            "trowd" => state.shading = None,
            "field" => self.fields.push((self.stack.len(), None)),
            "cols" => {
                let columns = self.flow.features().columns.max(number.clamp(1, 20) as u32);
                self.flow.features().columns = columns;
            }
            _ => {}
        }
    }

    fn unicode(&mut self, value: i32) {
        self.flush();
        self.skip = self.state.fallback;
        if matches!(
            self.state.destination,
            Destination::Ignored | Destination::Fonts | Destination::Colours
        ) {
            return;
        }
        let unit = (value & 0xFFFF) as u16;
        let decoded = match (self.high.take(), unit) {
            (Some(high), 0xDC00..=0xDFFF) => char::decode_utf16([high, unit]).next().and_then(Result::ok),
            (_, 0xD800..=0xDBFF) => {
                self.high = Some(unit);
                return;
            }
            _ => char::from_u32(u32::from(unit)),
        };
        if let Some(c) = decoded {
            if self.state.destination == Destination::Styles {
                return;
            }
            self.text(c.encode_utf8(&mut [0; 4]));
        }
    }
}

/// Where a control word sends the text of its group.
fn destination(word: &str) -> Option<Destination> {
    Some(match word {
        "fonttbl" => Destination::Fonts,
        "colortbl" => Destination::Colours,
        "stylesheet" => Destination::Styles,
        "header" | "headerl" | "headerr" | "headerf" | "footer" | "footerl" | "footerr" | "footerf" => {
            Destination::Furniture
        }
        "fldinst" => Destination::Instruction,
        "listtext" | "pntext" => Destination::ListText,
        "title" => Destination::Title,
        "author" => Destination::Author,
        // Groups that older readers skip and whose text is text all the same.
        "fldrslt" | "shp" | "shpinst" | "shptxt" | "pn" | "nesttableprops" | "ud" => Destination::Text,
        "info" => Destination::Info,
        "shprslt" | "nonesttables" | "pict" | "object" | "objdata" | "themedata" | "colorschememapping"
        | "datastore" | "latentstyles" | "listtable" | "listoverridetable" | "rsidtbl" | "generator" | "xmlnstbl"
        | "annotation" | "atnid" | "atnauthor" | "atrfstart" | "atrfend" | "footnote" | "ftnsep" | "ftnsepc"
        | "aftnsep" | "aftnsepc" | "falt" | "panose" | "fontemb" | "fontfile" | "bkmkstart" | "bkmkend" | "fldtype"
        | "datafield" | "private" | "xe" | "tc" | "revtbl" | "filetbl" | "sp" | "pntxta" | "pntxtb" | "formfield"
        | "userprops" | "docvar" | "mmathPr" => Destination::Ignored,
        _ => return None,
    })
}

/// The target of `HYPERLINK "https://…" \o "…"`; links inside the file have none.
fn link(instruction: &str) -> Option<String> {
    let rest = instruction.trim().strip_prefix("HYPERLINK")?.trim_start();
    if rest.starts_with("\\l") {
        return None;
    }
    let target = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => rest.split_whitespace().next()?,
    };
    Some(target.to_owned()).filter(|t| !t.is_empty())
}
