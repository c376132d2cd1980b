//! Résumé, template and style in; PDF, DOCX, ODT, HTML, Markdown, text or JSON Resume out, and page images for a
//! live preview. Reads no file, no clock and no network: the same input gives the same bytes.
//!
//! For wasm32 there is only what a page can do without a server: styles, and [`markdown`] and [`txt`].

#[cfg(not(target_arch = "wasm32"))]
mod certify;
#[cfg(not(target_arch = "wasm32"))]
mod docx_template;
mod error;
mod fonts;
mod format;
#[cfg(not(target_arch = "wasm32"))]
mod html;
mod letter;
mod markdown;
#[cfg(not(target_arch = "wasm32"))]
mod markup;
#[cfg(not(target_arch = "wasm32"))]
mod office;
mod outline;
#[cfg(not(target_arch = "wasm32"))]
mod photo;
#[cfg(not(target_arch = "wasm32"))]
mod preview;
pub mod sample;
pub mod style;
mod template;
mod txt;
#[cfg(not(target_arch = "wasm32"))]
mod typeset;
mod words;
mod zipped;

#[cfg(not(target_arch = "wasm32"))]
pub use certify::{Certificate, FieldReport, certify, certify_file};
pub use error::{Diagnostic, RenderError};
pub use fonts::families;
pub use format::{ExportFormat, PdfStandard};
#[cfg(not(target_arch = "wasm32"))]
pub use html::Frame;
pub use letter::Letter;
#[cfg(not(target_arch = "wasm32"))]
pub use photo::Photo;
#[cfg(not(target_arch = "wasm32"))]
pub use preview::{Preview, Update};
pub use style::Style;
pub use template::{Template, Version, Versions};

#[cfg(not(target_arch = "wasm32"))]
use bespoke_core::date::PartialDate;
#[cfg(not(target_arch = "wasm32"))]
use bespoke_core::json_resume::to_json_resume;
use bespoke_core::resume::Resume;
use outline::Outline;

/// Resolutions that [`Renderer::pages_png`] accepts; others are brought into this range.
pub const DPI: std::ops::RangeInclusive<f32> = 20.0..=400.0;

/// What a render may take beside résumé, template, style and format.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Standards that a PDF must keep; it is tagged in any case.
    pub pdf_standards: Vec<PdfStandard>,
    /// A portrait, shown where the style says so.
    pub photo: Option<Photo>,
    /// The day that a PDF says it was made; PDF/A cannot do without.
    pub date: Option<PartialDate>,
}

/// Renders résumés. Cheap to make and to share: fonts and templates are parsed once for the process.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Debug, Clone, Copy, Default)]
pub struct Renderer;

#[cfg(not(target_arch = "wasm32"))]
impl Renderer {
    /// A renderer.
    pub fn new() -> Self {
        Renderer
    }

    /// Writes a résumé in a format. Markdown, text and JSON Resume heed only what a style says about sections and dates.
    ///
    /// # Errors
    /// [`RenderError::Style`], [`RenderError::Template`] or [`RenderError::Write`]; no content of a résumé causes them.
    pub fn render(
        &self,
        resume: &Resume,
        template: &Template,
        style: &Style,
        format: ExportFormat,
    ) -> Result<Vec<u8>, RenderError> {
        self.render_with(resume, template, style, format, &Options::default())
    }

    /// As [`Renderer::render`], with standards and a portrait.
    ///
    /// # Errors
    /// As [`Renderer::render`]; a PDF that cannot keep a standard is a [`RenderError::Write`].
    pub fn render_with(
        &self,
        resume: &Resume,
        template: &Template,
        style: &Style,
        format: ExportFormat,
        options: &Options,
    ) -> Result<Vec<u8>, RenderError> {
        style.check()?;
        match (format, template.docx()) {
            (ExportFormat::JsonResume, _) => {
                serde_json::to_vec_pretty(&to_json_resume(resume)).map_err(|e| RenderError::Write {
                    format,
                    detail: e.to_string(),
                })
            }
            (ExportFormat::Docx, Some(file)) => docx_template::fill(file, resume, style, template.name()),
            _ => write(&Outline::of(resume, style), template, style, format, options),
        }
    }

    /// Writes a letter in a format, with the head and the look of the résumé.
    ///
    /// # Errors
    /// As [`Renderer::render_with`]; JSON Resume has no letters.
    pub fn render_letter(
        &self,
        letter: &Letter,
        template: &Template,
        style: &Style,
        format: ExportFormat,
        options: &Options,
    ) -> Result<Vec<u8>, RenderError> {
        style.check()?;
        write(&Outline::letter(letter, style), template, style, format, options)
    }

    /// The pages of a letter as one SVG document each.
    ///
    /// # Errors
    /// [`RenderError::Style`] or [`RenderError::Template`] where one of them is faulty.
    pub fn letter_svg(&self, letter: &Letter, template: &Template, style: &Style) -> Result<Vec<String>, RenderError> {
        style.check()?;
        let outline = Outline::letter(letter, style);
        Ok(typeset::svg(&typeset::lay_out(
            &outline,
            template,
            style,
            &Options::default(),
        )?))
    }

    /// As [`Renderer::render_with`], but where the template is at fault the default one takes its place, and the
    /// fault is given beside the document: a broken template never loses a résumé.
    ///
    /// # Errors
    /// As [`Renderer::render_with`], except for faults of the template.
    pub fn render_or_default(
        &self,
        resume: &Resume,
        template: &Template,
        style: &Style,
        format: ExportFormat,
        options: &Options,
    ) -> Result<(Vec<u8>, Option<Diagnostic>), RenderError> {
        match self.render_with(resume, template, style, format, options) {
            Err(RenderError::Template { diagnostic, .. }) if !template.is_built_in() => {
                let default = Template::by_name(Template::DEFAULT)?;
                let bytes = self.render_with(resume, &default, style, format, options)?;
                Ok((bytes, Some(*diagnostic)))
            }
            result => result.map(|bytes| (bytes, None)),
        }
    }

    /// The résumé as a page of a site, with `frame` around it.
    ///
    /// # Errors
    /// [`RenderError::Style`] where the style is faulty.
    pub fn page(&self, resume: &Resume, style: &Style, frame: &Frame) -> Result<String, RenderError> {
        style.check()?;
        html::write(&Outline::of(resume, style), style, None, Some(frame))
    }

    /// The pages of the PDF as one SVG document each.
    ///
    /// # Errors
    /// [`RenderError::Style`] or [`RenderError::Template`] where one of them is faulty.
    pub fn pages_svg(&self, resume: &Resume, template: &Template, style: &Style) -> Result<Vec<String>, RenderError> {
        style.check()?;
        Ok(typeset::svg(&typeset::pages(
            resume,
            template,
            style,
            &Options::default(),
        )?))
    }

    /// The pages of the PDF as one PNG image each, at `dpi` dots per inch (see [`DPI`]).
    ///
    /// # Errors
    /// [`RenderError::Style`] or [`RenderError::Template`] where one of them is faulty.
    pub fn pages_png(
        &self,
        resume: &Resume,
        template: &Template,
        style: &Style,
        dpi: f32,
    ) -> Result<Vec<Vec<u8>>, RenderError> {
        self.pages_png_with(resume, template, style, dpi, &Options::default())
    }

    /// As [`Renderer::pages_png`], with a portrait.
    ///
    /// # Errors
    /// As [`Renderer::pages_png`].
    pub fn pages_png_with(
        &self,
        resume: &Resume,
        template: &Template,
        style: &Style,
        dpi: f32,
        options: &Options,
    ) -> Result<Vec<Vec<u8>>, RenderError> {
        style.check()?;
        let dpi = match dpi.is_nan() {
            true => 96.0,
            false => dpi.clamp(*DPI.start(), *DPI.end()),
        };
        let pages = typeset::pages(resume, template, style, options)?;
        typeset::png(&pages, dpi).map_err(|detail| RenderError::Write {
            format: ExportFormat::Pdf,
            detail,
        })
    }
}

/// The résumé as Markdown (CommonMark), as [`ExportFormat::Markdown`] writes it; heeds what a style says about sections and
/// dates. A style of a [`Template`] is sound.
pub fn markdown(resume: &Resume, style: &Style) -> String {
    markdown::write(&Outline::of(resume, style))
}

/// The résumé as plain text, as [`ExportFormat::Txt`] writes it; heeds what a style says about sections and dates.
pub fn txt(resume: &Resume, style: &Style) -> String {
    txt::write(&Outline::of(resume, style))
}

/// Writes what an outline says.
#[cfg(not(target_arch = "wasm32"))]
fn write(
    outline: &Outline,
    template: &Template,
    style: &Style,
    format: ExportFormat,
    options: &Options,
) -> Result<Vec<u8>, RenderError> {
    let photo = options.photo.as_ref();
    match format {
        ExportFormat::Pdf => typeset::pdf(&typeset::lay_out(outline, template, style, options)?, template, options),
        ExportFormat::Docx => office::docx(outline, style, photo),
        ExportFormat::Odt => office::odt(outline, style, photo),
        ExportFormat::Html => html::write(outline, style, photo, None).map(String::into_bytes),
        ExportFormat::Markdown => Ok(markdown::write(outline).into_bytes()),
        ExportFormat::Txt => Ok(txt::write(outline).into_bytes()),
        ExportFormat::JsonResume => Err(RenderError::Write {
            format,
            detail: "JSON Resume has no letters".to_owned(),
        }),
    }
}
