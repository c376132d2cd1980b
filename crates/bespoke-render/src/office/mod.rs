//! Outline and style in, the paragraphs of a word processor out: what DOCX and ODT have in common.
//!
//! One column in reading order, whatever the style says of columns: a second column in Word is a table or a text
//! box, and parsers read neither in order. Dates at the right stand behind a tab, dates at the left before one.

mod docx;
mod odt;

pub(crate) use docx::write as docx;
pub(crate) use odt::write as odt;

use crate::outline::{Block, Entry, Group, Item, Linked, Outline};
use crate::style::{Case, DatesAt};
use crate::{Photo, Style};

/// Width of the column of dates at the left, gap included, in millimetres.
const DATES: f32 = 37.0;

/// A document.
struct Text<'a> {
    outline: &'a Outline,
    style: &'a Style,
    photo: Option<&'a Photo>,
    paragraphs: Vec<Paragraph>,
}

/// What a paragraph is; the writers have a style for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Title,
    Subtitle,
    Contact,
    Section,
    /// First line of an entry.
    Entry(Above),
    /// Second line of an entry.
    Line,
    Body,
    /// A bullet and its nesting from 0.
    Bullet(u8),
}

/// The space above an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Above {
    Heading,
    Entry,
    Compact,
}

/// A paragraph.
struct Paragraph {
    kind: Kind,
    keep_next: bool,
    /// Beside a column of dates.
    indented: bool,
    /// First of a part without a heading.
    apart: bool,
    pieces: Vec<Piece>,
}

/// A part of a paragraph.
enum Piece {
    Text {
        text: String,
        look: Look,
        url: Option<String>,
    },
    Tab,
}

/// How a piece differs from its paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Plain,
    Bold,
    /// Not bold where the paragraph is.
    Light,
    Italic,
    Muted,
}

impl<'a> Text<'a> {
    fn of(outline: &'a Outline, style: &'a Style, photo: Option<&'a Photo>) -> Text<'a> {
        let mut text = Text {
            outline,
            style,
            photo: photo.filter(|_| style.photo.show),
            paragraphs: Vec::new(),
        };
        text.header();
        let (side, main): (Vec<&Block>, Vec<&Block>) = outline.blocks.iter().partition(|b| b.side);
        main.into_iter().chain(side).for_each(|block| text.block(block));
        text
    }

    fn push(&mut self, kind: Kind, pieces: Vec<Piece>) -> &mut Paragraph {
        let at = self.paragraphs.len();
        self.paragraphs.push(Paragraph {
            kind,
            keep_next: kind == Kind::Section,
            indented: false,
            apart: false,
            pieces,
        });
        &mut self.paragraphs[at]
    }

    fn header(&mut self) {
        let outline = self.outline;
        if !outline.name.is_empty() {
            let name = cased(&outline.name, self.style.name.case);
            self.push(Kind::Title, vec![plain(&name, Look::Plain)]);
        }
        if let Some(label) = &outline.label {
            self.push(Kind::Subtitle, vec![plain(label, Look::Plain)]);
        }
        for line in [&outline.contact, &outline.links] {
            let mut pieces = Vec::new();
            for (n, item) in line.iter().enumerate() {
                if n > 0 {
                    pieces.push(plain(&format!(" {} ", self.style.header.separator.trim()), Look::Muted));
                }
                pieces.push(linked(item, Look::Plain));
            }
            if !pieces.is_empty() {
                self.push(Kind::Contact, pieces);
            }
        }
    }

    fn block(&mut self, block: &Block) {
        if !block.title.is_empty() {
            let title = cased(&block.title, self.style.heading.case);
            self.push(Kind::Section, vec![plain(&title, Look::Plain)]);
        }
        let start = self.paragraphs.len();
        self.paragraphs(&block.paragraphs, false);
        for (n, entry) in block.entries.iter().enumerate() {
            self.entry(entry, n == 0);
        }
        self.groups(&block.groups, false);
        self.bullets(&block.bullets, false);
        if let Some(first) = self.paragraphs.get_mut(start) {
            first.apart = block.title.is_empty();
        }
    }

    fn entry(&mut self, entry: &Entry, first: bool) {
        let left = self.style.entry.dates == DatesAt::Left;
        let has_body = !entry.paragraphs.is_empty() || !entry.bullets.is_empty() || !entry.notes.is_empty();
        let inline = self.style.entry.inline || entry.compact;
        let mut head = Vec::new();
        if left {
            head.extend(entry.dates.as_ref().map(|d| plain(d, Look::Muted)));
            head.push(Piece::Tab);
        }
        head.extend(entry.title.as_ref().map(|t| linked(t, Look::Plain)));
        if inline {
            for (text, look) in [
                (&entry.subtitle, Look::Light),
                (&entry.place.clone().map(unlinked), Look::Muted),
            ] {
                if let Some(text) = text {
                    if head.iter().any(|p| {
                        matches!(
                            p,
                            Piece::Text {
                                look: Look::Plain | Look::Light,
                                ..
                            }
                        )
                    }) {
                        head.push(plain(" | ", Look::Muted));
                    }
                    head.push(linked(text, look));
                }
            }
        }
        if let Some(dates) = entry.dates.as_ref().filter(|_| !left) {
            head.push(Piece::Tab);
            head.push(plain(dates, Look::Muted));
        }
        let has_line = !inline && (entry.subtitle.is_some() || entry.place.is_some());
        let above = match (first, entry.compact) {
            (true, _) => Above::Heading,
            (false, true) => Above::Compact,
            (false, false) => Above::Entry,
        };
        self.push(Kind::Entry(above), head).keep_next = has_line || has_body;
        if has_line {
            let mut line: Vec<Piece> = entry.subtitle.iter().map(|s| linked(s, Look::Italic)).collect();
            if let Some(place) = &entry.place {
                line.push(Piece::Tab);
                line.push(plain(place, Look::Muted));
            }
            let line = self.push(Kind::Line, line);
            line.keep_next = has_body;
            line.indented = left;
        }
        self.paragraphs(&entry.paragraphs, left);
        self.bullets(&entry.bullets, left);
        self.groups(&entry.notes, left);
    }

    fn paragraphs(&mut self, texts: &[String], indented: bool) {
        for text in texts {
            self.push(Kind::Body, vec![plain(text, Look::Plain)]).indented = indented;
        }
    }

    fn groups(&mut self, groups: &[Group], indented: bool) {
        for Group { label, text } in groups {
            let label = label.iter().map(|l| plain(&format!("{l}: "), Look::Bold));
            let pieces = label.chain([plain(text, Look::Plain)]).collect();
            self.push(Kind::Body, pieces).indented = indented;
        }
    }

    fn bullets(&mut self, items: &[Item], indented: bool) {
        for Item { text, level } in items {
            self.push(Kind::Bullet(*level), vec![plain(text, Look::Plain)]).indented = indented;
        }
    }
}

fn plain(text: &str, look: Look) -> Piece {
    Piece::Text {
        text: text.to_owned(),
        look,
        url: None,
    }
}

fn unlinked(text: String) -> Linked {
    Linked { text, url: None }
}

fn linked(item: &Linked, look: Look) -> Piece {
    Piece::Text {
        text: item.text.clone(),
        look,
        url: item.url.clone(),
    }
}

fn cased(text: &str, case: Case) -> String {
    match case {
        // The capital of ß is ẞ here, so that a name comes back as it was.
        Case::Upper => text.replace('ß', "ẞ").to_uppercase(),
        Case::Normal => text.to_owned(),
    }
}

/// Text as XML content or attribute. Characters that XML does not have were taken out by the outline.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::{ExportFormat, Renderer, Template};
    use std::io::Read;

    fn part(file: &[u8], name: &str) -> String {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(file)).unwrap();
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    fn render(style: &str, format: ExportFormat) -> Vec<u8> {
        let template = &Template::all()[0];
        let style = template.style().overlaid(style).unwrap();
        Renderer::new()
            .render(&crate::sample::resume(), template, &style, format)
            .unwrap()
    }

    #[test]
    fn word_gets_styles_lists_and_properties() {
        let file = render(
            r##"{"accent-color": "#123456", "bullet": {"marker": "–"}}"##,
            ExportFormat::Docx,
        );
        let document = part(&file, "word/document.xml");
        assert!(document.contains(r#"<w:pStyle w:val="Heading1"/>"#) && document.contains("<w:numPr>"));
        assert!(document.contains("EXPERIENCE") && document.contains("w:hyperlink"));
        let styles = part(&file, "word/styles.xml");
        assert!(styles.contains("123456") && styles.contains(r#"w:default="1" w:styleId="Normal""#));
        assert!(part(&file, "word/numbering.xml").contains("w:val=\"–\""));
        let core = part(&file, "docProps/core.xml");
        assert!(core.contains("<dc:creator>Mara Lindqvist</dc:creator>") && core.contains("<dc:language>en"));
        assert_eq!(
            file,
            render(
                r##"{"accent-color": "#123456", "bullet": {"marker": "–"}}"##,
                ExportFormat::Docx
            )
        );
    }

    #[test]
    fn open_document_gets_the_same() {
        let file = render(r##"{"accent-color": "#123456"}"##, ExportFormat::Odt);
        assert_eq!(&file[30..38], b"mimetype", "the type must come first and plain");
        let content = part(&file, "content.xml");
        assert!(content.contains(r#"text:outline-level="1""#) && content.contains("<text:list "));
        assert!(content.contains("xlink:href=\"mailto:mara.lindqvist@example.com\""));
        assert!(part(&file, "styles.xml").contains("#123456"));
        assert!(part(&file, "meta.xml").contains("<dc:creator>Mara Lindqvist</dc:creator>"));
    }
}
