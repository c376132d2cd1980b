//! Optical character recognition: a page image in, words with boxes and confidences out.
//!
//! Two engines: models that `make models` fetches and that run in this process, and an installed tesseract where they are
//! not there. Never invents: a page on which nothing can be read gives no words.

mod hocr;
mod line;
mod looks;
mod neural;
mod tesseract;

use crate::grey::Grey;
use bespoke_core::ingest::recognised::Word;
use neural::Neural;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tesseract::Tesseract;

/// Longest time for one page.
const TIME_LIMIT: Duration = Duration::from_secs(40);

/// Why a page could not be read.
#[derive(Debug, thiserror::Error)]
pub enum OcrError {
    /// No engine on this machine.
    #[error(
        "reading them needs the models that `make models` fetches, or tesseract: install the package tesseract-ocr, then try again"
    )]
    Missing,
    /// It took too long.
    #[error("a page took longer than {} seconds: scan it at 200 dpi and try again", TIME_LIMIT.as_secs())]
    TimedOut,
    /// It stopped with an error.
    #[error("character recognition failed: {0}")]
    Failed(String),
}

/// An engine that is at hand.
#[derive(Debug, Clone)]
pub enum Engine {
    /// Models that run in this process.
    Neural(Arc<Neural>),
    /// An installed command.
    Tesseract(Tesseract),
}

impl Engine {
    /// The models in a folder, or tesseract where they are not there.
    ///
    /// # Errors
    /// [`OcrError::Missing`] where there is neither; [`OcrError::Failed`] for a model that is there and cannot be used, by its
    /// name.
    pub fn find(models: Option<&Path>) -> Result<Engine, OcrError> {
        match models.filter(|folder| neural::is_in(folder)) {
            Some(folder) => Neural::shared(folder).map(Engine::Neural),
            None => Tesseract::find().map(Engine::Tesseract),
        }
    }

    /// How many pages are best read at a time on so many cores.
    pub fn pages_at_once(&self, cores: usize) -> usize {
        match self {
            // It reads the lines of a page on all cores.
            Engine::Neural(_) => 1,
            Engine::Tesseract(_) => cores,
        }
    }

    /// Reads one page, grey, level, at so many dots an inch.
    ///
    /// # Errors
    /// [`OcrError`] where the engine fails or takes too long.
    pub fn read(&self, pixels: &[u8], columns: u32, rows: u32, dpi: f32) -> Result<Vec<Word>, OcrError> {
        let page = Grey {
            columns: columns as usize,
            rows: rows as usize,
            pixels: pixels.to_vec(),
        }
        .with_dark_areas_as_negatives(dpi);
        if page.is_blank() {
            return Ok(Vec::new());
        }
        let lines = match self {
            Engine::Neural(neural) => neural.lines(&page, dpi)?,
            Engine::Tesseract(tesseract) => tesseract.lines(&page, dpi)?,
        };
        Ok(looks::words(lines, &page, dpi))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bespoke_core::document::Rect;

    fn engines() -> Vec<Engine> {
        let home = std::env::var("HOME").unwrap_or_default();
        let folder = std::env::var("BESPOKE_MODELS").unwrap_or(format!("{home}/.cache/bespoke/models"));
        let neural = Engine::find(Some(Path::new(&folder))).expect("make models has run");
        let all = [Ok(neural), Engine::find(None)];
        all.into_iter().filter_map(Result::ok).collect()
    }

    /// A page of the fixture as a scanner gives it, and the words that its text layer has on it.
    fn page() -> (image::GrayImage, Vec<String>) {
        let pdf = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/resumes/two-page.pdf");
        let bytes = std::fs::read(pdf).expect("a fixture");
        let png = crate::raster::page_png(&bytes, 0, 200.0).expect("a page");
        let picture = image::load_from_memory(&png).expect("a picture").into_luma8();
        let document = bespoke_core::ingest::ingest(&bytes, None).expect("a text layer");
        let lines = document.pages[0].lines.iter();
        let words = lines.flat_map(|l| document.text[l.range.clone()].split_whitespace());
        (picture, words.map(str::to_owned).collect())
    }

    #[test]
    fn a_page_is_read_with_its_words_in_their_places() {
        let (picture, wanted) = page();
        for engine in engines() {
            let words = engine
                .read(picture.as_raw(), picture.width(), picture.height(), 200.0)
                .expect("words");
            let mut left: Vec<&str> = words.iter().map(|w| w.text.as_str()).collect();
            let found = wanted.iter().filter(|w| {
                let at = left.iter().position(|l| l == w);
                at.map(|at| left.swap_remove(at)).is_some()
            });
            let share = found.count() as f32 / wanted.len() as f32;
            assert!(share > 0.85, "{engine:?} reads {share} of the words");
            let (width, height) = (picture.width() as f32 * 0.36, picture.height() as f32 * 0.36);
            for word in words {
                let Rect { x0, y0, x1, y1 } = word.bbox;
                assert!(0.0 <= x0 && x0 < x1 && x1 <= width + 1.0, "{engine:?}: {word:?}");
                assert!(0.0 <= y0 && y0 < y1 && y1 <= height + 1.0, "{engine:?}: {word:?}");
                assert!(
                    (3.0..60.0).contains(&word.size) && (0.0..=1.0).contains(&word.confidence),
                    "{word:?}"
                );
            }
        }
    }

    #[test]
    fn a_blank_page_gives_no_words() {
        for engine in engines() {
            assert_eq!(engine.read(&[255; 400 * 400], 400, 400, 200.0).expect("read"), []);
        }
    }

    #[test]
    fn a_damaged_model_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["ocr-lines.onnx", "ocr-letters.onnx", "ocr-letters.txt"] {
            std::fs::write(folder.path().join(name), b"no model").expect("written");
        }
        let error = Engine::find(Some(folder.path())).expect_err("refused").to_string();
        assert!(
            error.contains("ocr-lines.onnx") && error.contains("make models"),
            "{error}"
        );
    }
}
