//! Typst markup in, pages out. The world that Typst sees holds the markup and the embedded fonts, no
//! files, no network, no clock.

use crate::error::Diagnostic;
use crate::fonts::FONTS;
use crate::outline::Outline;
use crate::{ExportFormat, Options, PdfStandard, RenderError, Style, Template, markup};
use bespoke_core::resume::Resume;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, LazyLock, mpsc};
use std::time::Duration;
use typst::diag::{FileError, FileResult, SourceDiagnostic, SourceResult};
use typst::foundations::{Bytes, Datetime, Duration as TypstDuration, Smart};
use typst::layout::{Frame, FrameItem};
use typst::model::Destination;
use typst::syntax::{DiagSpan, FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::{LazyHash, Scalar, hash128};
use typst::{Library, LibraryExt, World, WorldExt};
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandards};
use typst_render::RenderOptions;
use typst_svg::SvgOptions;

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// The path that templates read a photograph from.
static PHOTO: LazyLock<Option<FileId>> = LazyLock::new(|| {
    let path = VirtualPath::new("photo").ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
});

/// Renders after which an unused intermediate result is dropped from memory.
const KEEP: usize = 8;

/// The longest that a template of somebody's own may take to lay out.
const LIMIT: Duration = Duration::from_secs(10);

/// What Typst sees: the markup and, where there is one, the photograph.
struct OnePage {
    main: Source,
    photo: Option<Bytes>,
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
    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match &self.photo {
            Some(photo) if Some(id) == *PHOTO => Ok(photo.clone()),
            _ => Err(FileError::AccessDenied),
        }
    }
    fn font(&self, index: usize) -> Option<Font> {
        FONTS.1.get(index).cloned()
    }
    fn today(&self, _: Option<TypstDuration>) -> Option<Datetime> {
        None
    }
}

/// Lays out a résumé.
pub(crate) fn pages(
    resume: &Resume,
    template: &Template,
    style: &Style,
    options: &Options,
) -> Result<PagedDocument, RenderError> {
    lay_out(&Outline::of(resume, style), template, style, options)
}

/// Lays out what an outline says.
pub(crate) fn lay_out(
    outline: &Outline,
    template: &Template,
    style: &Style,
    options: &Options,
) -> Result<PagedDocument, RenderError> {
    let markup = markup::expand(outline, template, style, options)?;
    let world = Arc::new(OnePage {
        main: Source::detached(markup),
        photo: options.photo.as_ref().map(|p| p.bytes.clone()),
    });
    // Our own templates end; those of other people are given a time.
    let result = match template.is_built_in() {
        true => Some(typst::compile::<PagedDocument>(&*world).output),
        false => within(LIMIT, world.clone()),
    };
    typst::comemo::evict(KEEP);
    match result {
        Some(Ok(document)) => Ok(document),
        Some(Err(errors)) => {
            let place = |at| markup::place(outline, template, style, options, at);
            let diagnostic = errors.first().map(|error| complaint(error, &world, place));
            Err(RenderError::template(template.name(), diagnostic.unwrap_or_default()))
        }
        None => Err(RenderError::template(
            template.name(),
            Diagnostic {
                hint: Some("look for loops over long ranges".to_owned()),
                ..Diagnostic::new(format!("it takes longer than {} s", LIMIT.as_secs()))
            },
        )),
    }
}

/// Lays out in a thread of its own; `None` where it takes longer. Such a thread cannot be stopped: who renders for
/// strangers does it in a process that can. A process that may have no further thread lays out in this one: its own
/// limits end it.
fn within(limit: Duration, world: Arc<OnePage>) -> Option<SourceResult<PagedDocument>> {
    let (send, receive) = mpsc::channel();
    let there = world.clone();
    let thread = std::thread::Builder::new().spawn(move || {
        let _ = send.send(typst::compile::<PagedDocument>(&*there).output);
    });
    match thread {
        Ok(_) => receive.recv_timeout(limit).ok(),
        Err(_) => Some(typst::compile::<PagedDocument>(&*world).output),
    }
}

/// A complaint of Typst with the place in the template that gave the markup.
fn complaint(error: &SourceDiagnostic, world: &OnePage, place: impl Fn(usize) -> Option<(usize, usize)>) -> Diagnostic {
    let trace = error.trace.iter().map(|t| DiagSpan::from(t.span));
    let ranges = std::iter::once(error.span)
        .chain(trace)
        .filter_map(|span| world.range(span));
    let place = ranges.map(|range| range.start).find_map(place);
    Diagnostic {
        line: place.map(|p| p.0),
        column: place.map(|p| p.1),
        message: error.message.to_string(),
        hint: error.hints.first().map(|h| h.v.to_string()),
    }
}

/// Writes a tagged PDF, without a date unless one is given: the same résumé gives the same bytes.
pub(crate) fn pdf(document: &PagedDocument, template: &Template, options: &Options) -> Result<Vec<u8>, RenderError> {
    if options.pdf_standards.contains(&PdfStandard::A2a) && options.date.is_none() {
        return Err(RenderError::Write {
            format: ExportFormat::Pdf,
            detail: "PDF/A wants a date: give one".to_owned(),
        });
    }
    let failed = |detail: String| RenderError::Write {
        format: ExportFormat::Pdf,
        detail,
    };
    let list: Vec<typst_pdf::PdfStandard> = options
        .pdf_standards
        .iter()
        .map(|s| match s {
            PdfStandard::Ua1 => typst_pdf::PdfStandard::Ua_1,
            PdfStandard::A2a => typst_pdf::PdfStandard::A_2a,
        })
        .collect();
    let options = PdfOptions {
        creator: Smart::Custom(Some("Bespoke".to_owned())),
        standards: PdfStandards::new(&list).map_err(|e| failed(e.message().to_string()))?,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(document, &options).map_err(|e| match e.first() {
        Some(error) => failed(format!("{} ({})", error.message, template.name())),
        None => failed(String::new()),
    })
}

/// One SVG a page.
pub(crate) fn svg(document: &PagedDocument) -> Vec<String> {
    (0..document.pages().len())
        .map(|page| page_svg(document, page))
        .collect()
}

/// A page as SVG; empty where there is no such page.
pub(crate) fn page_svg(document: &PagedDocument, page: usize) -> String {
    let options = SvgOptions::default();
    document
        .pages()
        .get(page)
        .map(|page| typst_svg::svg(page, &options))
        .unwrap_or_default()
}

/// One PNG a page, at `dpi` dots per inch.
pub(crate) fn png(document: &PagedDocument, dpi: f32) -> Result<Vec<Vec<u8>>, String> {
    (0..document.pages().len())
        .map(|page| page_png(document, page, dpi))
        .collect()
}

/// A page as PNG; empty where there is no such page.
pub(crate) fn page_png(document: &PagedDocument, page: usize, dpi: f32) -> Result<Vec<u8>, String> {
    let options = RenderOptions {
        pixel_per_pt: Scalar::new(f64::from(dpi) / 72.0),
        ..RenderOptions::default()
    };
    match document.pages().get(page) {
        Some(page) => typst_render::render(page, &options)
            .encode_png()
            .map_err(|e| e.to_string()),
        None => Ok(Vec::new()),
    }
}

/// A number for what can be seen of a page: two pages that look alike have the same. Where in the markup a letter
/// comes from does not count.
pub(crate) fn look(page: &Page) -> u128 {
    hash128(&Look(&page.frame))
}

struct Look<'a>(&'a Frame);

impl Hash for Look<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.size().hash(state);
        for (place, item) in self.0.items() {
            place.hash(state);
            match item {
                FrameItem::Group(group) => {
                    (group.transform, &group.clip).hash(state);
                    Look(&group.frame).hash(state);
                }
                FrameItem::Text(text) => {
                    (&text.font, text.size, &text.fill, &text.text).hash(state);
                    for glyph in &text.glyphs {
                        (glyph.id, glyph.x_advance, glyph.x_offset, glyph.y_offset).hash(state);
                    }
                }
                FrameItem::Shape(shape, _) => shape.hash(state),
                FrameItem::Image(image, size, _) => (image, size).hash(state),
                FrameItem::Link(Destination::Url(url), size) => (url, size).hash(state),
                FrameItem::Link(_, size) => size.hash(state),
                FrameItem::Tag(_) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_that_does_not_end_is_given_up() {
        let world = |markup: &str| {
            Arc::new(OnePage {
                main: Source::detached(markup),
                photo: None,
            })
        };
        let endless = "#for a in range(9999) { for b in range(9999) { let c = a * b } }";
        assert!(within(Duration::from_millis(30), world(endless)).is_none());
        assert!(within(LIMIT, world("Hello")).is_some_and(|r| r.is_ok()));
    }

    #[test]
    fn templates_read_no_files() {
        let template = Template::all()[0].copied("mine", "Mine");
        for source in [
            "#read(\"/etc/passwd\")",
            "#image(\"/photo\")",
            "#include \"main.typ\"",
            "#import \"@preview/x:1.0.0\"",
        ] {
            let found = template.clone().with_source(source).check();
            assert!(!found.is_empty(), "{source}");
        }
    }
}
