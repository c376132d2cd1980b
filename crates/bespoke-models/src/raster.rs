//! Draws PDF pages.

use crate::ModelError;
use crate::grey::{Grey, GreyPage};
use bespoke_core::ingest::IngestError;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

/// Pixels an inch at which recognition works best for its time.
pub const RECOGNITION_DPI: f32 = 200.0;
/// Longest side of a drawn page in pixels.
const MAX_SIDE: f32 = 5_000.0;

fn settings(scale: f32) -> PixmapSettings {
    PixmapSettings {
        x_scale: scale,
        y_scale: scale,
        bg_color: WHITE,
    }
}

/// A page of a PDF, counted from 0, as PNG at `dpi` dots an inch (20 to 400).
///
/// # Errors
/// Not a PDF, or no such page.
pub fn page_png(pdf: &[u8], page: usize, dpi: f32) -> Result<Vec<u8>, ModelError> {
    let fail = |reason: &str| ModelError::Page(page, reason.to_owned());
    let pdf = Pdf::new(pdf.to_vec()).map_err(|_| fail("the PDF cannot be read"))?;
    let found = pdf.pages().get(page).ok_or_else(|| fail("there is no such page"))?;
    let (width, height) = found.render_dimensions();
    let scale = (dpi.clamp(20.0, 400.0) / 72.0).min(MAX_SIDE / width.max(height).max(1.0));
    let (interpreter, look) = (InterpreterSettings::default(), RenderSettings::default());
    render(found, &RenderCache::new(), &interpreter, &look, &settings(scale))
        .into_png()
        .map_err(|_| fail("it cannot be encoded"))
}

/// Pages of a PDF as grey pictures, made level, at `dpi` dots an inch; pages that do not exist are left out.
///
/// # Errors
/// Not a PDF.
pub fn grey_pages(pdf: &[u8], pages: &[usize], dpi: f32) -> Result<Vec<GreyPage>, IngestError> {
    let pdf = Pdf::new(pdf.to_vec()).map_err(|_| IngestError::Corrupt {
        format: "PDF",
        detail: "its pages cannot be drawn".into(),
    })?;
    let (interpreter, look, cache) = (
        InterpreterSettings::default(),
        RenderSettings::default(),
        RenderCache::new(),
    );
    let mut out = Vec::new();
    for page in pages.iter().copied() {
        let Some(found) = pdf.pages().get(page) else { continue };
        let (width, height) = found.render_dimensions();
        if !(width > 1.0 && height > 1.0) {
            continue;
        }
        let scale = (dpi / 72.0).min(MAX_SIDE / width.max(height));
        let drawn = render(found, &cache, &interpreter, &look, &settings(scale));
        let (columns, rows) = (usize::from(drawn.width()), usize::from(drawn.height()));
        let level = |c: &[u8]| ((u32::from(c[0]) * 299 + u32::from(c[1]) * 587 + u32::from(c[2]) * 114) / 1000) as u8;
        let pixels = drawn.data_as_u8_slice().chunks_exact(4).map(level).collect();
        let grey = Grey { columns, rows, pixels };
        out.push(GreyPage {
            page,
            width,
            height,
            grey: grey.straightened(),
        });
    }
    Ok(out)
}
