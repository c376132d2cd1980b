//! The installed `tesseract` command: a page in, lines of words out.
//!
//! Runs on one thread per page, so that pages can be read in parallel, and is stopped when it takes too long.

use super::line::Line;
use super::{OcrError, TIME_LIMIT, hocr, looks};
use crate::grey::Grey;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Words of the second reading below this confidence (0 to 1) are left out.
const CLEAR: f32 = 0.6;

/// The command, and which of its models are there.
#[derive(Debug, Clone)]
pub struct Tesseract {
    /// A model that knows the accents of all languages in Latin letters, where it is installed.
    latin: bool,
}

impl Tesseract {
    /// Looks for the command and its models.
    ///
    /// # Errors
    /// [`OcrError::Missing`].
    pub fn find() -> Result<Tesseract, OcrError> {
        let listed = Command::new("tesseract")
            .arg("--list-langs")
            .stdin(Stdio::null())
            .output()
            .map_err(missing)?;
        let text = String::from_utf8_lossy(&listed.stdout);
        Ok(Tesseract {
            latin: text.lines().any(|l| l.trim() == "Latin" || l.trim() == "script/Latin"),
        })
    }

    /// The lines of a page that is level, at so many dots an inch.
    ///
    /// # Errors
    /// [`OcrError`] where it fails or takes too long.
    pub fn lines(&self, page: &Grey, dpi: f32) -> Result<Vec<Line>, OcrError> {
        // The English model is twice as fast and blind to accents: the other one reads what is not English.
        let mut lines = hocr::lines(&run(&image(page), dpi, "eng")?);
        let accents = self.latin && looks::needs_accents(&lines);
        let read = |page: &Grey| match accents {
            true => run(&image(page), dpi, "Latin").or_else(|_| run(&image(page), dpi, "script/Latin")),
            false => run(&image(page), dpi, "eng"),
        };
        if accents {
            lines = hocr::lines(&read(page)?);
        }
        // Pale headings fall out where recognition divides the page into black and white: they are read by themselves.
        if let Some(rest) = unread(page, &lines, dpi) {
            let more = hocr::lines(&read(&rest)?);
            lines.extend(more.into_iter().filter_map(|line| clear(line, page)));
        }
        Ok(lines)
    }
}

/// A page as a portable grey map.
fn image(page: &Grey) -> Vec<u8> {
    let mut out = format!("P5\n{} {}\n255\n", page.columns, page.rows).into_bytes();
    out.extend_from_slice(&page.pixels);
    out
}

/// The page in even contrast without the words that were read, where enough ink is left to be words.
fn unread(page: &Grey, lines: &[Line], dpi: f32) -> Option<Grey> {
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
fn clear(mut line: Line, page: &Grey) -> Option<Line> {
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
    fn what_is_no_image_is_an_error() {
        match run(b"not an image", 200.0, "eng") {
            Err(OcrError::Failed(_) | OcrError::Missing) => {}
            other => panic!("{other:?}"),
        }
    }
}
