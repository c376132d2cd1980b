//! Résumé, template and style in; PDF, DOCX, Markdown, text or JSON Resume out, and page images for a live
//! preview. Reads no file, no clock and no network: the same input gives the same bytes.

mod docx;
mod error;
mod fonts;
mod format;
mod markdown;
mod markup;
mod outline;
pub mod style;
mod template;
mod txt;
mod typeset;
mod words;

pub use error::RenderError;
pub use fonts::families;
pub use format::ExportFormat;
pub use style::Style;
pub use template::Template;

use bespoke_core::json_resume::to_json_resume;
use bespoke_core::resume::Resume;
use outline::Outline;

/// Resolutions that [`Renderer::pages_png`] accepts; others are brought into this range.
pub const DPI: std::ops::RangeInclusive<f32> = 20.0..=400.0;

/// Renders résumés. Cheap to make and to share: fonts and templates are parsed once for the process.
#[derive(Debug, Clone, Copy, Default)]
pub struct Renderer;

impl Renderer {
    /// A renderer.
    pub fn new() -> Self {
        Renderer
    }

    /// Writes a résumé in a format. Markdown, text and JSON Resume heed only the order of sections and the
    /// date format of the style.
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
        style.check()?;
        match format {
            ExportFormat::Pdf => typeset::pdf(&typeset::pages(resume, template, style)?, template),
            ExportFormat::Docx => docx::write(&Outline::of(resume, style), style),
            ExportFormat::Markdown => Ok(markdown::write(&Outline::of(resume, style)).into_bytes()),
            ExportFormat::Txt => Ok(txt::write(&Outline::of(resume, style)).into_bytes()),
            ExportFormat::JsonResume => {
                serde_json::to_vec_pretty(&to_json_resume(resume)).map_err(|e| RenderError::Write {
                    format,
                    detail: e.to_string(),
                })
            }
        }
    }

    /// The pages of the PDF as one SVG document each.
    ///
    /// # Errors
    /// [`RenderError::Style`] or [`RenderError::Template`] where one of them is faulty.
    pub fn pages_svg(&self, resume: &Resume, template: &Template, style: &Style) -> Result<Vec<String>, RenderError> {
        style.check()?;
        Ok(typeset::svg(&typeset::pages(resume, template, style)?))
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
        style.check()?;
        let dpi = if dpi.is_nan() {
            96.0
        } else {
            dpi.clamp(*DPI.start(), *DPI.end())
        };
        typeset::png(&typeset::pages(resume, template, style)?, dpi).map_err(|detail| RenderError::Write {
            format: ExportFormat::Pdf,
            detail,
        })
    }
}
