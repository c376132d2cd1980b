//! Draws PDF pages.

use crate::ModelError;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

/// A page of a PDF, counted from 0, as PNG at `dpi` dots an inch (20 to 400).
///
/// # Errors
/// Not a PDF, or no such page.
pub fn page_png(pdf: &[u8], page: usize, dpi: f32) -> Result<Vec<u8>, ModelError> {
    let fail = |reason: &str| ModelError::Page(page, reason.to_owned());
    let pdf = Pdf::new(pdf.to_vec()).map_err(|_| fail("the PDF cannot be read"))?;
    let found = pdf.pages().get(page).ok_or_else(|| fail("there is no such page"))?;
    let scale = dpi.clamp(20.0, 400.0) / 72.0;
    let pixels = PixmapSettings {
        x_scale: scale,
        y_scale: scale,
        bg_color: WHITE,
    };
    let (interpreter, look) = (InterpreterSettings::default(), RenderSettings::default());
    render(found, &RenderCache::new(), &interpreter, &look, &pixels)
        .into_png()
        .map_err(|_| fail("it cannot be encoded"))
}
