//! Typst markup in, pages out. The world that Typst sees holds the markup and the embedded fonts, no
//! files, no network, no clock.

use crate::fonts::FONTS;
use crate::outline::Outline;
use crate::{RenderError, Style, Template, markup};
use bespoke_core::resume::Resume;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::{LazyHash, Scalar};
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;
use typst_render::RenderOptions;
use typst_svg::SvgOptions;

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// Renders after which an unused intermediate result is dropped from memory.
const KEEP: usize = 8;

struct OnePage {
    main: Source,
}

impl World for OnePage {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }
    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.0
    }
    fn main(&self) -> FileId {
        self.main.id()
    }
    fn source(&self, id: FileId) -> FileResult<Source> {
        match id == self.main.id() {
            true => Ok(self.main.clone()),
            false => Err(FileError::AccessDenied),
        }
    }
    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }
    fn font(&self, index: usize) -> Option<Font> {
        FONTS.1.get(index).cloned()
    }
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Lays out a résumé.
pub(crate) fn pages(resume: &Resume, template: &Template, style: &Style) -> Result<PagedDocument, RenderError> {
    let outline = Outline::of(resume, style);
    let markup = markup::expand(&outline, template, style)?;
    let world = OnePage {
        main: Source::detached(markup),
    };
    let result = typst::compile::<PagedDocument>(&world).output;
    typst::comemo::evict(KEEP);
    result.map_err(|errors| fault(template, errors.first().map_or("", |e| &e.message)))
}

fn fault(template: &Template, detail: &str) -> RenderError {
    RenderError::Template {
        template: template.name().to_owned(),
        detail: detail.to_owned(),
    }
}

/// Writes a tagged PDF without a date: the same résumé gives the same bytes.
pub(crate) fn pdf(document: &PagedDocument, template: &Template) -> Result<Vec<u8>, RenderError> {
    let options = PdfOptions {
        creator: Smart::Custom(Some("Bespoke".to_owned())),
        ..PdfOptions::default()
    };
    typst_pdf::pdf(document, &options).map_err(|e| fault(template, e.first().map_or("", |e| &e.message)))
}

/// One SVG a page.
pub(crate) fn svg(document: &PagedDocument) -> Vec<String> {
    let options = SvgOptions::default();
    document
        .pages()
        .iter()
        .map(|page| typst_svg::svg(page, &options))
        .collect()
}

/// One PNG a page, at `dpi` dots per inch.
pub(crate) fn png(document: &PagedDocument, dpi: f32) -> Result<Vec<Vec<u8>>, String> {
    let options = RenderOptions {
        pixel_per_pt: Scalar::new(f64::from(dpi) / 72.0),
        ..RenderOptions::default()
    };
    let encode = |page| {
        typst_render::render(page, &options)
            .encode_png()
            .map_err(|e| e.to_string())
    };
    document.pages().iter().map(encode).collect()
}
