//! Optical character recognition by an installed tesseract: a page image in, words with boxes and confidences out.
//!
//! Runs the `tesseract` command on one thread per page, so that pages can be read in parallel, and stops it when it
//! takes too long. Never invents: a page on which nothing can be read gives no words.

mod hocr;
mod looks;

use crate::grey::Grey;
use bespoke_core::ingest::recognised::Word;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Longest time for one page.
const TIME_LIMIT: Duration = Duration::from_secs(40);

/// Words of the second reading below this confidence (0 to 1) are left out.
const CLEAR: f32 = 0.6;

/// Why a page could not be read.
#[derive(Debug, thiserror::Error)]
pub enum OcrError {
    /// No tesseract on this machine.
    #[error("reading them needs tesseract: install the package tesseract-ocr, then try again")]
    Missing,
    /// It took too long.
    #[error("a page took longer than {} seconds: scan it at 200 dpi and try again", TIME_LIMIT.as_secs())]
    TimedOut,
    /// It stopped with an error.
    #[error("tesseract failed: {0}")]
    Failed(String),
}

/// An engine that is at hand.
#[derive(Debug, Clone)]
pub struct Engine {
    /// A model that knows the accents of all languages in Latin letters, where it is installed.
    latin: bool,
}

impl Engine {
    /// Looks for the engine and its models.
    ///
    /// # Errors
    /// [`OcrError::Missing`].
    pub fn find() -> Result<Engine, OcrError> {
        let listed = Command::new("tesseract")
            .arg("--list-langs")
            .stdin(Stdio::null())
            .output()
            .map_err(missing)?;
        let text = String::from_utf8_lossy(&listed.stdout);
        Ok(Engine {
            latin: text.lines().any(|l| l.trim() == "Latin" || l.trim() == "script/Latin"),
        })
    }

    /// Reads one page, grey, level, at so many dots an inch.
    ///
    /// # Errors
    /// [`OcrError`] where tesseract fails or takes too long.
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
        // The English model is twice as fast and blind to accents: the other one reads what is not English.
        let mut lines = hocr::lines(&run(&image(&page), dpi, "eng")?);
        let accents = self.latin && looks::needs_accents(&lines);
        let read = |page: &Grey| match accents {
            true => run(&image(page), dpi, "Latin").or_else(|_| run(&image(page), dpi, "script/Latin")),
            false => run(&image(page), dpi, "eng"),
        };
        if accents {
            lines = hocr::lines(&read(&page)?);
        }
        // Pale headings fall out where recognition divides the page into black and white: they are read by themselves.
        if let Some(rest) = unread(&page, &lines, dpi) {
            lines.extend(
                hocr::lines(&read(&rest)?)
                    .into_iter()
                    .filter_map(|line| clear(line, &page)),
            );
        }
        Ok(looks::words(lines, &page, dpi))
    }
}

/// A page as a portable grey map.
fn image(page: &Grey) -> Vec<u8> {
    let mut out = format!("P5\n{} {}\n255\n", page.columns, page.rows).into_bytes();
    out.extend_from_slice(&page.pixels);
    out
}

/// The page in even contrast without the words that were read, where enough ink is left to be words.
fn unread(page: &Grey, lines: &[hocr::Line], dpi: f32) -> Option<Grey> {
    let mut rest = page.clone().with_even_contrast(dpi);
    let margin = dpi / 50.0;
    for [x0, y0, x1, y1] in lines.iter().flat_map(|l| &l.words).map(|w| w.bbox) {
        let side = |value: f32, end: usize| (value.max(0.0) as usize).min(end);
        let columns = side(x0 - margin, page.columns)..side(x1 + margin, page.columns);
        for row in side(y0 - margin, page.rows)..side(y1 + margin, page.rows) {
            rest.pixels[row * page.columns..][columns.clone()].fill(255);
        }
    }
    // A word of five letters in ten points has about this much ink.
    let word = dpi * dpi / 250.0;
    let ink = rest.pixels.iter().filter(|p| **p < 128).count();
    (ink as f32 > word).then_some(rest)
}

/// A line of the second reading without the words that are doubtful, which are mostly rules, icons and stains.
fn clear(mut line: hocr::Line, page: &Grey) -> Option<hocr::Line> {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let inside = |b: [f32; 4]| b[2] - b[0] < page.columns as f32 * 0.9;
    line.words
        .retain(|w| w.confidence >= CLEAR && letters(&w.text) > 1 && inside(w.bbox));
    (!line.words.is_empty()).then_some(line)
}

fn missing(error: std::io::Error) -> OcrError {
    match error.kind() {
        std::io::ErrorKind::NotFound => OcrError::Missing,
        _ => failed(error),
    }
}

fn failed(error: std::io::Error) -> OcrError {
    OcrError::Failed(error.to_string())
}

/// Runs tesseract over an image; gives its hOCR.
fn run(image: &[u8], dpi: f32, language: &str) -> Result<String, OcrError> {
    let dpi = (dpi.round() as u32).clamp(70, 600).to_string();
    let mut child = Command::new("tesseract")
        .args(["stdin", "stdout", "--psm", "3", "--dpi", &dpi, "-l", language, "hocr"])
        .env("OMP_THREAD_LIMIT", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(missing)?;
    let (mut stdin, mut stdout, mut stderr) = match (child.stdin.take(), child.stdout.take(), child.stderr.take()) {
        (Some(i), Some(o), Some(e)) => (i, o, e),
        _ => return Err(OcrError::Failed("its pipes are missing".into())),
    };
    std::thread::scope(|scope| {
        // A closed pipe shows in the exit status, so a failed write needs no report of its own.
        scope.spawn(move || {
            let _ = stdin.write_all(image);
        });
        let output = scope.spawn(move || {
            let mut text = Vec::new();
            stdout.read_to_end(&mut text).map(|_| text)
        });
        let message = scope.spawn(move || {
            let mut text = Vec::new();
            let _ = stderr.read_to_end(&mut text);
            String::from_utf8_lossy(&text).trim().to_owned()
        });
        let ended_well = wait(&mut child)?;
        let output = output.join();
        let output = output
            .map_err(|_| OcrError::Failed("its output could not be read".into()))?
            .map_err(failed)?;
        if !ended_well {
            return Err(OcrError::Failed(message.join().unwrap_or_default()));
        }
        Ok(String::from_utf8_lossy(&output).into_owned())
    })
}

/// Waits for the process, killing it past the time limit; true where it ended well.
fn wait(child: &mut Child) -> Result<bool, OcrError> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().map_err(failed)? {
            return Ok(status.success());
        }
        if start.elapsed() > TIME_LIMIT {
            let _ = child.kill();
            let _ = child.wait();
            return Err(OcrError::TimedOut);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_page_gives_no_words() {
        let Ok(engine) = Engine::find() else { return };
        assert_eq!(engine.read(&[255; 400 * 400], 400, 400, 200.0).unwrap(), []);
    }

    #[test]
    fn what_is_no_image_is_an_error() {
        match run(b"not an image", 200.0, "eng") {
            Err(OcrError::Failed(_) | OcrError::Missing) => {}
            other => panic!("{other:?}"),
        }
    }
}
