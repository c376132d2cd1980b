//! Outline and style in, a Word document out: real styles and numbering, a right tab stop for dates, links.

use crate::fonts::word_family;
use crate::outline::{Block, Entry, Group, Item, Linked, Outline};
use crate::style::{Align, Case, ColorRole};
use crate::{ExportFormat, RenderError, Style};
use docx_rs::{
    AbstractNumbering, AlignmentType, BorderType, Docx, Hyperlink, HyperlinkData, IndentLevel, Level, LevelJc,
    LevelText, LineSpacing, NumberFormat, Numbering, NumberingId, PageMargin, Paragraph, ParagraphBorder,
    ParagraphBorderPosition, ParagraphBorders, Run, RunFonts, SpecialIndentType, Start, Style as WordStyle, StyleType,
    Tab, TabValueType,
};
use std::io::Cursor;

const BULLETS: usize = 2;
const NORMAL: &str = r#"w:type="paragraph" w:styleId="Normal""#;

/// Writes the DOCX.
pub(crate) fn write(outline: &Outline, style: &Style) -> Result<Vec<u8>, RenderError> {
    let mut body = Body {
        style,
        docx: frame(style),
        links: 0,
    };
    body.header(outline);
    for block in &outline.blocks {
        body.block(block);
    }
    let mut parts = body.docx.build();
    // The writer cannot mark a style as the default, and readers expect "Normal" to be it.
    let styles = String::from_utf8_lossy(&parts.styles).replacen(NORMAL, &format!(r#"{NORMAL} w:default="1""#), 1);
    parts.styles = styles.into_bytes();
    let mut file = Cursor::new(Vec::new());
    parts.pack(&mut file).map_err(|e| RenderError::Write {
        format: ExportFormat::Docx,
        detail: e.to_string(),
    })?;
    Ok(file.into_inner())
}

/// Millimetres as twentieths of a point.
fn twips(mm: f32) -> i32 {
    (mm * 1440.0 / 25.4).round() as i32
}

/// Points as twentieths of a point.
fn twentieths(pt: f32) -> u32 {
    (pt * 20.0).round().max(0.0) as u32
}

/// Points as half points.
fn half(pt: f32) -> usize {
    (pt * 2.0).round().max(2.0) as usize
}

fn colour(style: &Style, role: ColorRole) -> String {
    style.color_of(role).trim_start_matches('#').to_owned()
}

fn fonts(family: &str) -> RunFonts {
    let family = word_family(family);
    RunFonts::new()
        .ascii(family)
        .hi_ansi(family)
        .cs(family)
        .east_asia(family)
}

/// The document without content: page, styles, numbering.
fn frame(style: &Style) -> Docx {
    let (width, height) = style.paper.size();
    let m = &style.margin;
    let margin = PageMargin::new()
        .top(twips(m.top))
        .right(twips(m.right))
        .bottom(twips(m.bottom))
        .left(twips(m.left));
    let spacing = |before: f32, after: f32| LineSpacing::new().before(twentieths(before)).after(twentieths(after));
    let paragraph = |id: &str, name: &str| WordStyle::new(id, StyleType::Paragraph).name(name).q_format(true);
    let line = (style.line_height / 1.2 * 240.0).round() as i32;
    let heading_fonts = || fonts(&style.heading_font_family);
    let align = match style.name.align {
        Align::Left => AlignmentType::Left,
        Align::Center => AlignmentType::Center,
    };
    let styles = [
        paragraph("Normal", "Normal")
            .fonts(fonts(&style.font_family))
            .size(half(style.font_size))
            .color(colour(style, ColorRole::Text))
            .line_spacing(spacing(0.0, 2.0).line(line)),
        paragraph("Title", "Title")
            .based_on("Normal")
            .size(half(style.name.size))
            .bold()
            .color(colour(style, style.name.color))
            .align(align)
            .line_spacing(spacing(0.0, 2.0).line(240)),
        paragraph("Subtitle", "Subtitle")
            .based_on("Normal")
            .fonts(heading_fonts())
            .size(half(style.font_size * 1.12))
            .color(colour(style, ColorRole::Muted))
            .align(align),
        paragraph("Contact", "Contact")
            .based_on("Normal")
            .fonts(heading_fonts())
            .size(half(style.font_size * 0.94))
            .align(align),
        paragraph("Heading1", "heading 1")
            .based_on("Normal")
            .next("Normal")
            .fonts(heading_fonts())
            .size(half(style.heading.size))
            .bold()
            .color(colour(style, style.heading.color))
            .outline_lvl(0)
            .line_spacing(spacing(style.section_spacing, 4.0).line(240)),
        paragraph("Heading2", "heading 2")
            .based_on("Normal")
            .next("Normal")
            .bold()
            .outline_lvl(1)
            .line_spacing(spacing(style.entry_spacing, 1.0)),
        paragraph("ListBullet", "List Bullet")
            .based_on("Normal")
            .line_spacing(spacing(0.0, 1.0 + style.bullet_spacing)),
        WordStyle::new("Hyperlink", StyleType::Character).name("Hyperlink"),
    ];
    let levels = (0..4).fold(AbstractNumbering::new(BULLETS), |numbering, n| {
        let bullet = LevelText::new(if n % 2 == 0 { "•" } else { "–" });
        let level = Level::new(
            n,
            Start::new(1),
            NumberFormat::new("bullet"),
            bullet,
            LevelJc::new("left"),
        );
        let left = 260 * (n as i32 + 1);
        numbering.add_level(level.indent(Some(left), Some(SpecialIndentType::Hanging(220)), None, None))
    });
    let docx = Docx::new()
        .page_size(twips(width).unsigned_abs(), twips(height).unsigned_abs())
        .page_margin(margin)
        .default_fonts(fonts(&style.font_family))
        .default_size(half(style.font_size))
        .add_abstract_numbering(levels)
        .add_numbering(Numbering::new(BULLETS, BULLETS));
    styles.into_iter().fold(docx, Docx::add_style)
}

struct Body<'a> {
    style: &'a Style,
    docx: Docx,
    links: usize,
}

impl Body<'_> {
    fn push(&mut self, paragraph: Paragraph) {
        self.docx = std::mem::take(&mut self.docx).add_paragraph(paragraph);
    }

    fn header(&mut self, outline: &Outline) {
        if !outline.name.is_empty() {
            self.push(
                Paragraph::new()
                    .style("Title")
                    .add_run(Run::new().add_text(&outline.name)),
            );
        }
        if let Some(label) = &outline.label {
            self.push(Paragraph::new().style("Subtitle").add_run(Run::new().add_text(label)));
        }
        for line in [&outline.contact, &outline.links] {
            let mut paragraph = Paragraph::new().style("Contact");
            for (n, item) in line.iter().enumerate() {
                if n > 0 {
                    paragraph = paragraph.add_run(self.muted(" | "));
                }
                paragraph = self.linked(paragraph, item, Run::new());
            }
            if !line.is_empty() {
                self.push(paragraph);
            }
        }
    }

    fn block(&mut self, block: &Block) {
        if !block.title.is_empty() {
            let title = match self.style.heading.case {
                Case::Upper => block.title.to_uppercase(),
                Case::Normal => block.title.clone(),
            };
            let mut heading = Paragraph::new()
                .style("Heading1")
                .keep_next(true)
                .add_run(Run::new().add_text(title));
            if self.style.heading.rule {
                let rule = ParagraphBorder::new(ParagraphBorderPosition::Bottom)
                    .val(BorderType::Single)
                    .size(4)
                    .space(2)
                    .color(colour(self.style, self.style.heading.color));
                heading.property = heading.property.set_borders(ParagraphBorders::with_empty().set(rule));
            }
            self.push(heading);
        }
        self.paragraphs(&block.paragraphs);
        for entry in &block.entries {
            self.entry(entry);
        }
        self.groups(&block.groups);
        self.bullets(&block.bullets);
    }

    fn entry(&mut self, entry: &Entry) {
        let has_more = entry.subtitle.is_some() || entry.place.is_some();
        let has_body = !entry.paragraphs.is_empty() || !entry.bullets.is_empty() || !entry.notes.is_empty();
        let heading = Paragraph::new().style("Heading2").keep_next(has_more || has_body);
        let heading = self.two_sided(heading, entry.title.as_ref(), Run::new(), entry.dates.as_deref());
        self.push(heading);
        if has_more {
            let line = Paragraph::new().keep_next(has_body);
            let line = self.two_sided(
                line,
                entry.subtitle.as_ref(),
                Run::new().italic(),
                entry.place.as_deref(),
            );
            self.push(line);
        }
        self.paragraphs(&entry.paragraphs);
        self.bullets(&entry.bullets);
        self.groups(&entry.notes);
    }

    fn two_sided(&mut self, paragraph: Paragraph, left: Option<&Linked>, run: Run, right: Option<&str>) -> Paragraph {
        let edge = twips(self.style.text_width()).unsigned_abs() as usize;
        let mut paragraph = paragraph.add_tab(Tab::new().val(TabValueType::Right).pos(edge));
        if let Some(left) = left {
            paragraph = self.linked(paragraph, left, run);
        }
        match right {
            Some(right) => paragraph
                .add_run(Run::new().add_tab())
                .add_run(self.muted(right).disable_bold()),
            None => paragraph,
        }
    }

    fn muted(&self, text: &str) -> Run {
        Run::new().add_text(text).color(colour(self.style, ColorRole::Muted))
    }

    /// Link ids are counted here: the writer counts them for the whole process, so bytes would differ.
    fn linked(&mut self, paragraph: Paragraph, item: &Linked, run: Run) -> Paragraph {
        let run = run.add_text(&item.text);
        let Some(url) = &item.url else {
            return paragraph.add_run(run);
        };
        let mut link = Hyperlink::new(url, docx_rs::HyperlinkType::External).add_run(run);
        self.links += 1;
        if let HyperlinkData::External { rid, .. } = &mut link.link {
            *rid = format!("rIdHyperlink{}", self.links);
        }
        paragraph.add_hyperlink(link)
    }

    fn paragraphs(&mut self, texts: &[String]) {
        for text in texts {
            self.push(Paragraph::new().add_run(Run::new().add_text(text)));
        }
    }

    fn groups(&mut self, groups: &[Group]) {
        for Group { label, text } in groups {
            let mut paragraph = Paragraph::new();
            if let Some(label) = label {
                paragraph = paragraph.add_run(Run::new().add_text(format!("{label}: ")).bold());
            }
            self.push(paragraph.add_run(Run::new().add_text(text)));
        }
    }

    fn bullets(&mut self, items: &[Item]) {
        for Item { text, level } in items {
            let bullet = Paragraph::new()
                .style("ListBullet")
                .numbering(NumberingId::new(BULLETS), IndentLevel::new(usize::from(*level)))
                .add_run(Run::new().add_text(text));
            self.push(bullet);
        }
    }
}
