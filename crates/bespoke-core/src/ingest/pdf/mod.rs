//! PDF with a text layer: glyphs with positions, our own words, lines and columns.

mod device;
mod layout;
mod rtl;
mod tagged;
mod tags;
mod words;

use super::IngestError;
use super::builder::Builder;
use super::recognised::PageWords;
use crate::document::{Document, Format, Rect};
use device::{Glyphs, RawPage};
use hayro_interpret::hayro_syntax::object::{Array, Dict, Rect as PdfRect, String as PdfString};
use hayro_interpret::hayro_syntax::page::Page as PdfPage;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::util::TransformExt;
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, interpret_page, kurbo};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Most pages that are read.
const MAX_PAGES: usize = 50;

/// A link annotation.
struct Link {
    bbox: Rect,
    target: String,
}

/// A whole CFF font with one empty glyph (Adobe technical note 5176): header, name, top dictionary with the places of the glyphs
/// and of an empty private dictionary, no strings, no subroutines, and the glyph `endchar`.
const BLANK_FONT: [u8; 30] = [
    1, 0, 4, 1, // header
    0, 1, 1, 1, 2, b'B', // name
    0, 1, 1, 1, 6, 0xa3, 0x11, 0x8b, 0xa9, 0x12, // CharStrings at 24; Private of 0 bytes at 30
    0, 0, 0, 0, // strings, subroutines
    0, 1, 1, 1, 2, 0x0e, // endchar
];

/// How pages are interpreted. For text only the widths of the standard fonts count, which the interpreter knows by heart; nothing
/// is drawn, so their glyphs stay out of the program.
fn settings() -> InterpreterSettings {
    InterpreterSettings {
        font_resolver: Arc::new(|_| Some((Arc::new(BLANK_FONT), 0))),
        ..InterpreterSettings::default()
    }
}

/// Reads a PDF. The interpreter is other people's code, so a panic in it is caught and is a damaged file to us.
/// `recognised` holds the words of pages that are pictures.
pub fn read(bytes: &[u8], recognised: &[PageWords]) -> Result<Document, IngestError> {
    match catch_unwind(AssertUnwindSafe(|| read_pages(bytes, recognised))) {
        Ok(result) => result,
        Err(_) => Err(damaged("its pages cannot be interpreted")),
    }
}

/// A document of recognised pages alone; without any, one page that waits for recognition.
pub fn read_picture(bytes: usize, recognised: &[PageWords]) -> Document {
    let mut builder = Builder::new(Format::Image, bytes);
    builder.features().images = recognised.len().max(1) as u32;
    if recognised.is_empty() {
        builder.features().pages_without_text.push(0);
    }
    assemble(builder, recognised.iter().map(words::page).collect(), &[])
}

fn damaged(detail: &str) -> IngestError {
    IngestError::Corrupt {
        format: "PDF",
        detail: detail.to_owned(),
    }
}

fn read_pages(bytes: &[u8], recognised: &[PageWords]) -> Result<Document, IngestError> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|e| match e {
        // Locked by a certificate or by a scheme that is not understood: the way out is the same.
        LoadPdfError::Decryption(_) => IngestError::Encrypted,
        LoadPdfError::Invalid => damaged("it has no readable structure"),
    })?;
    let pages = pdf.pages();
    if pages.is_empty() {
        return Err(damaged("it has no pages"));
    }
    if pages.len() > MAX_PAGES {
        return Err(IngestError::TooManyPages {
            pages: pages.len(),
            limit: MAX_PAGES,
        });
    }
    let mut builder = Builder::new(Format::Pdf, bytes.len());
    let metadata = pdf.metadata();
    let text = |bytes: &Option<Box<[u8]>>| bytes.as_deref().map(pdf_text).filter(|t| !t.trim().is_empty());
    builder.features().title = text(&metadata.title);
    builder.features().author = text(&metadata.author);
    if let Some(catalog) = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()) {
        builder.features().language = catalog.get::<PdfString<'_>>("Lang").map(|s| pdf_text(s.as_bytes()));
        builder.features().macros = catalog.contains_key("AA")
            || catalog
                .get::<Dict<'_>>("OpenAction")
                .is_some_and(|a| a.contains_key("JS"))
            || catalog
                .get::<Dict<'_>>("Names")
                .is_some_and(|n| n.contains_key("JavaScript"));
    }

    let tags = tags::Tags::read(&pdf);
    let cache = InterpreterCache::new();
    let mut read = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        let (width, height) = page.render_dimensions();
        let initial = page.initial_transform(true).to_kurbo();
        let bbox = kurbo::Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let mut context = Context::new(initial, bbox, &cache, pdf.xref(), settings());
        let mut device = Glyphs::new(width, height, page);
        interpret_page(page, &mut context, &mut device);
        let links = links(page, initial);
        let mut raw = device.finish(links, page, &tags);
        if let Some(words) = recognised.iter().find(|w| w.page == index) {
            raw.glyphs.extend(words::page(words).glyphs);
        }
        read.push(raw);
    }
    for font in read.iter().flat_map(|p| &p.unembedded) {
        if !builder.features().unembedded_fonts.contains(font) {
            builder.features().unembedded_fonts.push(font.clone());
        }
    }
    builder.features().images = read.iter().map(|p| p.images.len() as u32).sum();
    Ok(assemble(builder, read, &tags.leaves))
}

/// Lays out the pages and writes their lines.
fn assemble(mut builder: Builder, read: Vec<RawPage>, leaves: &[tags::Leaf]) -> Document {
    let laid_out = layout::pages(read, leaves);
    for (index, page) in laid_out.into_iter().enumerate() {
        builder.page(page.width, page.height);
        builder.gap();
        if page.letters < 20 {
            builder.features().pages_without_text.push(index);
        }
        let columns = builder.features().columns.max(page.columns);
        builder.features().columns = columns;
        for line in page.lines {
            if line.gap {
                builder.gap();
            }
            builder.flow(line.flow);
            builder.line(line.pieces, line.kind, line.region, line.furniture);
        }
        builder.last().hidden = page.hidden;
        builder.last().images = page.images;
    }
    builder.finish()
}

/// PDF text strings are UTF-16 with a mark, or close to Latin-1.
fn pdf_text(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xFF, 0xFE, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding_rs::WINDOWS_1252
                .decode_without_bom_handling(bytes)
                .0
                .into_owned(),
        },
    }
}

/// Link annotations with an address, in page coordinates.
fn links(page: &PdfPage<'_>, initial: kurbo::Affine) -> Vec<Link> {
    let Some(annotations) = page.raw().get::<Array<'_>>("Annots") else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for annotation in annotations.iter::<Dict<'_>>().take(500) {
        let target = annotation
            .get::<Dict<'_>>("A")
            .and_then(|a| a.get::<PdfString<'_>>("URI"));
        let (Some(target), Some(rect)) = (target, annotation.get::<PdfRect>("Rect")) else {
            continue;
        };
        let a = initial * kurbo::Point::new(rect.x0, rect.y0);
        let b = initial * kurbo::Point::new(rect.x1, rect.y1);
        let bbox = Rect {
            x0: a.x.min(b.x) as f32,
            y0: a.y.min(b.y) as f32,
            x1: a.x.max(b.x) as f32,
            y1: a.y.max(b.y) as f32,
        };
        out.push(Link {
            bbox,
            target: pdf_text(target.as_bytes()),
        });
    }
    out
}
