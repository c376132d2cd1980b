//! HTML: headings, lists, tables, links, looks from style sheets and style attributes; scripts and hidden parts left out.
//!
//! Works on the tokens as they come with a short stack of open elements, so that a page nested a million deep costs no
//! more than a flat one. Nothing is ever fetched.

mod css;
mod element;

use super::paragraphs::{Paragraphs, Role};
use crate::document::{Document, Format};
use css::Sheet;
use element::{Display, Element, is_block, is_void, kept_raw};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};
use std::cell::RefCell;

/// Elements beyond this depth are read as if they were not there; their text is kept.
const MAX_DEPTH: usize = 200;
/// Most bytes of one style sheet that are read.
const MAX_CSS: usize = 1 << 20;

/// Reads HTML.
pub fn read(bytes: &[u8]) -> Document {
    let source = decode(bytes);
    let page = Page {
        flow: Paragraphs::new(Format::Html, bytes.len()),
        open: vec![Element::root()],
        sheet: Sheet::default(),
        raw: None,
        css: String::new(),
        flushes: 0,
        boxed: false,
        title: String::new(),
    };
    let tokenizer = Tokenizer::new(Sink(RefCell::new(page)), Default::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(source.as_str()));
    while !queue.is_empty() {
        // A sink that never names a script makes the tokenizer stop only at the end.
        let _ = tokenizer.feed(&queue);
    }
    tokenizer.end();
    let mut page = tokenizer.sink.0.into_inner();
    while page.open.len() > 1 {
        page.pop();
    }
    page.flush();
    let title = page.title.split_whitespace().collect::<Vec<_>>().join(" ");
    page.flow.features().title = Some(title).filter(|t| !t.is_empty());
    page.flow.finish()
}

/// Decodes by mark, by being UTF-8, by what the page says, else by guess.
fn decode(bytes: &[u8]) -> String {
    let marked = encoding_rs::Encoding::for_bom(bytes).is_some() || bytes.contains(&0);
    if !marked && std::str::from_utf8(bytes).is_err() {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_lowercase();
        let label = head.split_once("charset=").map(|(_, rest)| {
            let rest = rest.trim_start_matches(['"', '\'', ' ']);
            rest.split(['"', '\'', ' ', '>', ';', '/']).next().unwrap_or_default()
        });
        if let Some(encoding) = label.and_then(|l| encoding_rs::Encoding::for_label(l.as_bytes())) {
            return encoding.decode(bytes).0.into_owned();
        }
    }
    super::txt::decode(bytes)
}

struct Sink(RefCell<Page>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut page = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return page.start(&tag),
            Token::TagToken(tag) => page.end(&tag.name),
            Token::CharacterTokens(text) => page.text(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

struct Page {
    flow: Paragraphs,
    /// Elements that are open, the root first; never empty.
    open: Vec<Element>,
    sheet: Sheet,
    /// Name of the element whose text is raw: `script`, `style`, `title` …
    raw: Option<String>,
    /// The style sheet at hand, until its element ends.
    css: String,
    /// Paragraphs so far, to know whether one ended since an element opened.
    flushes: usize,
    title: String,
    /// A box in the line has just ended, and no text of the line since.
    boxed: bool,
}

impl Page {
    fn top(&mut self) -> &mut Element {
        let last = self.open.len() - 1;
        &mut self.open[last]
    }

    fn text(&mut self, text: &str) {
        match self.raw.as_deref() {
            Some("style") => {
                if self.css.len() + text.len() <= MAX_CSS {
                    self.css.push_str(text);
                }
                return;
            }
            Some("title") => return self.title.push_str(text),
            Some(_) => return,
            None => {}
        }
        self.boxed &= text.trim().is_empty();
        let (look, link, kept) = {
            let top = self.top();
            (top.look(), top.link.clone(), top.preformatted)
        };
        for (index, part) in text.split('\n').enumerate() {
            if index > 0 && kept {
                self.flow.line_break();
            }
            let mut out = String::with_capacity(part.len() + 1);
            if index > 0 && !kept {
                out.push(' ');
            }
            for c in part.chars() {
                match c {
                    ' ' | '\r' | '\t' | '\u{c}' if !kept => {
                        if !out.ends_with(' ') {
                            out.push(' ');
                        }
                    }
                    c => out.push(c),
                }
            }
            let spaced = !kept && matches!(self.flow.last_char(), None | Some(' ' | '\t'));
            let part = if spaced { out.trim_start_matches(' ') } else { &out };
            self.flow.push(part, &look, link.as_deref());
        }
    }

    fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        if self.raw.is_some() {
            return TokenSinkResult::Continue;
        }
        if let Some(kind) = kept_raw(name) {
            if !tag.self_closing {
                self.raw = Some(name.to_owned());
                return TokenSinkResult::RawData(kind);
            }
            return TokenSinkResult::Continue;
        }
        match name {
            "br" => self.flow.line_break(),
            "hr" => {
                self.flush();
                self.flow.gap();
            }
            "img" => self.flow.features().images += 1,
            _ => {}
        }
        if is_void(name) {
            return TokenSinkResult::Continue;
        }
        self.close_implied(name);
        if self.open.len() >= MAX_DEPTH {
            return TokenSinkResult::Continue;
        }
        let mut element = Element::new(tag, self.top());
        self.sheet.apply(&self.open, &mut element);
        element.style_attribute(tag);
        // The next line of a list of terms, set as a grid of two columns.
        if name == "dt" && !self.flow.is_empty() {
            self.flush();
            let flushes = self.flushes;
            self.top().flushes = flushes;
        }
        let parent_row = self.joins_cells();
        if parent_row {
            if !self.flow.is_empty() {
                self.push_exact("\t");
            }
        } else if element.display.is_block() {
            self.flush();
        } else if element.float_right && !self.flow.is_empty() {
            self.push_exact("\t");
        } else if element.display == Display::InlineBlock {
            match self.flow.last_char() {
                None | Some('\t') => {}
                // One chip after the other.
                _ if self.boxed => self.push_exact("\t"),
                Some(' ') => {}
                _ => self.push_exact(" "),
            }
        }
        if matches!(
            name,
            "p" | "section" | "article" | "header" | "footer" | "ul" | "ol" | "dl" | "h1" | "h2" | "h3"
        ) && self.flow.is_empty()
        {
            self.flow.gap();
        }
        match name {
            "table" => self.flow.open_table(),
            "ul" | "ol" | "menu" => element.lists += 1,
            "svg" => return self.skip(tag),
            _ => {}
        }
        element.flushes = self.flushes;
        self.open.push(element);
        TokenSinkResult::Continue
    }

    /// Drawings hold text that is no text of the page.
    fn skip(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        if tag.self_closing {
            return TokenSinkResult::Continue;
        }
        self.raw = Some("svg".into());
        TokenSinkResult::Continue
    }

    fn push_exact(&mut self, text: &str) {
        let look = self.top().look();
        self.flow.push(text, &look, None);
    }

    /// True where the children of the element at hand stand side by side and no paragraph ended in it yet.
    fn joins_cells(&self) -> bool {
        self.open
            .last()
            .is_some_and(|top| top.display == Display::Row && top.flushes == self.flushes)
    }

    /// Ends what an opening tag ends without saying so.
    fn close_implied(&mut self, name: &str) {
        let (ends, until): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tr" => (&["tr"], &["table"]),
            "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot"], &["table"]),
            "option" => (&["option"], &["select"]),
            name if is_block(name) => (&["p"], &["div", "td", "th", "li", "section", "table", "body", "button"]),
            _ => return,
        };
        let found = self
            .open
            .iter()
            .rposition(|e| ends.contains(&&*e.name) || until.contains(&&*e.name));
        if let Some(index) = found
            && index > 0
            && ends.contains(&&*self.open[index].name)
        {
            self.pop_to(index);
        }
    }

    fn end(&mut self, name: &str) {
        if let Some(raw) = &self.raw {
            if raw == name {
                self.raw = None;
                self.sheet.read(&std::mem::take(&mut self.css));
            }
            return;
        }
        let Some(index) = self.open.iter().rposition(|e| &*e.name == name) else {
            return;
        };
        let inline = !is_block(name);
        if index == 0 || (inline && self.open[index + 1..].iter().any(|e| is_block(&e.name))) {
            return;
        }
        self.pop_to(index);
    }

    fn pop_to(&mut self, index: usize) {
        while self.open.len() > index.max(1) {
            self.pop();
        }
    }

    fn pop(&mut self) {
        let Some(top) = self.open.last() else { return };
        let (name, block) = (top.name.clone(), top.display.is_block());
        let cell = matches!(&*name, "td" | "th");
        let parent = self.open.len().checked_sub(2).map(|i| &self.open[i]);
        let in_row = parent.is_some_and(|p| p.display == Display::Row && p.flushes == self.flushes);
        let floats = top.float_right && !block;
        if cell || (block && !in_row) {
            self.flush();
        } else if floats && !self.flow.is_empty() {
            self.push_exact("\t");
        }
        let own = self.open.pop();
        self.boxed = own.is_some_and(|e| e.display == Display::InlineBlock);
        match &*name {
            "td" | "th" => self.flow.next_cell(),
            "tr" => self.flow.next_row(),
            "table" => self.flow.close_table(),
            "p" | "ul" | "ol" | "dl" | "section" | "article" if self.flow.is_empty() => self.flow.gap(),
            _ => {}
        }
    }

    /// Ends the paragraph at hand.
    fn flush(&mut self) {
        if self.flow.is_empty() {
            self.flow.drop_blank();
            return;
        }
        let heading = self.open.iter().rev().find_map(|e| e.heading);
        let item = self.open.iter().rposition(|e| &*e.name == "li");
        let mut level = None;
        if let Some(index) = item
            && !self.open[index].begun
        {
            self.open[index].begun = true;
            level = Some(self.open[index].lists.saturating_sub(1).min(8));
        }
        if self.flow.paragraph(Role { heading, item: level }) {
            self.flushes += 1;
        }
    }
}
