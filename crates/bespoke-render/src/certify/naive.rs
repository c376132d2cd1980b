//! A file as the simplest extractors read it: text in the order in which the file draws or writes it, with no
//! notion of columns, tables or headings. What is whole here is whole for nearly every parser.

use bespoke_core::text::as_placed;
use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, BezPath, Rect};
use hayro_interpret::util::TransformExt;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The text of a file; empty where there is none to be had.
pub(super) fn text(bytes: &[u8]) -> String {
    match bytes {
        [b'%', b'P', b'D', b'F', ..] => catch_unwind(AssertUnwindSafe(|| pdf(bytes))).unwrap_or_default(),
        [b'P', b'K', ..] => zipped(bytes).unwrap_or_default(),
        _ => {
            let text = String::from_utf8_lossy(bytes);
            match text.trim_start().starts_with('<') {
                true => unmarked(&text),
                false => text.into_owned(),
            }
        }
    }
}

fn zipped(bytes: &[u8]) -> Option<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let part = ["word/document.xml", "content.xml"]
        .into_iter()
        .find(|p| archive.index_for_name(p).is_some())?;
    let mut xml = String::new();
    archive
        .by_name(part)
        .ok()?
        .take(64 << 20)
        .read_to_string(&mut xml)
        .ok()?;
    Some(unmarked(&xml))
}

/// Mark-up without its tags: a line for each paragraph, a gap for each tab.
fn unmarked(text: &str) -> String {
    let body = text.find("<body").or_else(|| text.find("<w:body")).unwrap_or(0);
    let mut out = String::with_capacity(text.len() / 4);
    let mut rest = &text[body..];
    while let Some(open) = rest.find('<') {
        out.push_str(&entities(&rest[..open]));
        let Some(close) = rest[open..].find('>') else { break };
        let tag = &rest[open + 1..open + close];
        let name = tag
            .trim_start_matches('/')
            .split([' ', '/', '>'])
            .next()
            .unwrap_or_default();
        match (tag.starts_with('/'), name) {
            (true, "w:p" | "text:p" | "text:h" | "p" | "h1" | "h2" | "h3" | "li" | "div") => out.push('\n'),
            (_, "w:tab" | "text:tab" | "text:s" | "span") => out.push(' '),
            (_, "br" | "w:br" | "text:line-break") => out.push('\n'),
            _ => {}
        }
        rest = &rest[open + close + 1..];
    }
    out
}

fn entities(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&#x27;", "'")
        .replace("&#x2f;", "/")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

fn pdf(bytes: &[u8]) -> String {
    let Ok(file) = Pdf::new(bytes.to_vec()) else {
        return String::new();
    };
    let cache = InterpreterCache::new();
    let mut stream = Stream::default();
    for page in file.pages().iter() {
        stream.page(page, &file, &cache);
        stream.text.push('\n');
        stream.last = None;
    }
    stream.text
}

/// Glyphs as they are drawn.
#[derive(Default)]
struct Stream {
    text: String,
    /// End, baseline and size of the last glyph.
    last: Option<(f64, f64, f64)>,
}

impl Stream {
    fn page<'a>(&mut self, page: &Page<'a>, file: &'a Pdf, cache: &InterpreterCache<'a>) {
        let (width, height) = page.render_dimensions();
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let initial = page.initial_transform(true).to_kurbo();
        let mut context = Context::new(initial, bounds, cache, file.xref(), InterpreterSettings::default());
        interpret_page(page, &mut context, self);
    }
}

impl<'a> Device<'a> for Stream {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        for glyph in run.glyphs() {
            let transform: Affine = props.transform * glyph.transform();
            let [a, b, c, d, x, y] = transform.as_coeffs();
            let size = c.hypot(d) * 1000.0;
            let advance = match &**glyph {
                Glyph::Outline(outline) => outline.advance_width(),
                Glyph::Type3(type3) => type3.advance_width(),
            };
            let end = x + f64::from(advance.unwrap_or(500.0)) * a.hypot(b);
            if let Some((before, baseline, _)) = self.last {
                if (y - baseline).abs() > size * 0.4 {
                    self.text.push('\n');
                } else if x - before > size * 0.15 || x < before - size {
                    self.text.push(' ');
                }
            }
            match glyph.as_unicode() {
                Some(BfString::Char(c)) => self.text.push(c),
                Some(BfString::String(s)) => self.text.push_str(&as_placed(s)),
                None => {}
            }
            self.last = Some((end, y, size));
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_leaves_its_text_in_order() {
        assert_eq!(
            unmarked("<w:body><w:p><w:t>A &amp; B</w:t><w:tab/><w:t>C</w:t></w:p></w:body>"),
            "A & B C\n"
        );
        assert_eq!(text(b"plain\ntext"), "plain\ntext");
        assert_eq!(text(b"%PDF-1.7 broken"), "");
    }
}
