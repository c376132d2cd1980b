//! Optical character recognition by an installed tesseract: a page image in, words with boxes and confidences out.
//!
//! Runs the `tesseract` command on one thread per page, so that pages can be read in parallel, and stops it when it
//! takes too long. Never invents: a page on which nothing can be read gives no words.

use bespoke_core::document::Rect;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Longest time for one page.
const TIME_LIMIT: Duration = Duration::from_secs(40);
/// Words below this confidence (0 to 1) are noise: rules, icons, stains.
const LEAST_CONFIDENCE: f32 = 0.2;

/// A word that was read from an image.
#[derive(Debug, Clone, PartialEq)]
pub struct OcrWord {
    /// Its text.
    pub text: String,
    /// Its box in points, origin at the top left of the page.
    pub bbox: Rect,
    /// How sure the engine is, 0 to 1.
    pub confidence: f32,
    /// Block, paragraph and line that the engine put it in; words of one line share it.
    pub line: (u32, u32, u32),
}

/// Why a page could not be read.
#[derive(Debug, thiserror::Error)]
pub enum OcrError {
    /// No tesseract on this machine.
    #[error("reading scanned pages needs tesseract: install the package tesseract-ocr, then try again")]
    Missing,
    /// It took too long.
    #[error("reading a scanned page took longer than {} seconds: scan it at 200 dpi and try again", TIME_LIMIT.as_secs())]
    TimedOut,
    /// It stopped with an error.
    #[error("tesseract could not read the page: {0}")]
    Failed(String),
}

/// Reads one page image (PNG, JPEG or TIFF bytes) made at `dpi` dots per inch.
///
/// # Errors
/// [`OcrError`] where tesseract is missing, fails or takes too long.
pub fn read_page(image: &[u8], dpi: u32) -> Result<Vec<OcrWord>, OcrError> {
    let mut child = Command::new("tesseract")
        .args(["stdin", "stdout", "--psm", "4", "--dpi", &dpi.to_string(), "-l", "eng", "tsv"])
        .env("OMP_THREAD_LIMIT", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| if e.kind() == std::io::ErrorKind::NotFound { OcrError::Missing } else { failed(e) })?;
    let (mut stdin, mut stdout, mut stderr) = match (child.stdin.take(), child.stdout.take(), child.stderr.take()) {
        (Some(i), Some(o), Some(e)) => (i, o, e),
        _ => return Err(OcrError::Failed("its pipes are missing".into())),
    };
    std::thread::scope(|scope| {
        // A closed pipe shows in the exit status, so a failed write needs no report of its own.
        scope.spawn(move || {
            let _ = stdin.write_all(image);
        });
        let table = scope.spawn(move || {
            let mut text = Vec::new();
            stdout.read_to_end(&mut text).map(|_| text)
        });
        let message = scope.spawn(move || {
            let mut text = Vec::new();
            let _ = stderr.read_to_end(&mut text);
            String::from_utf8_lossy(&text).trim().to_owned()
        });
        let status = wait(&mut child)?;
        let table = table.join().map_err(|_| OcrError::Failed("its output could not be read".into()))?.map_err(failed)?;
        if !status {
            return Err(OcrError::Failed(message.join().unwrap_or_default()));
        }
        Ok(words(&String::from_utf8_lossy(&table), dpi))
    })
}

fn failed(error: std::io::Error) -> OcrError {
    OcrError::Failed(error.to_string())
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

/// Reads tesseract's table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
fn words(table: &str, dpi: u32) -> Vec<OcrWord> {
    let scale = 72.0 / dpi as f32;
    let mut out = Vec::new();
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [_, _, block, paragraph, line, _, left, top, width, height, confidence, text] = cells[..] else { continue };
        let number = |cell: &str| cell.parse::<f32>().unwrap_or(-1.0);
        let confidence = number(confidence) / 100.0;
        let text = text.trim();
        if text.is_empty() || confidence < LEAST_CONFIDENCE {
            continue;
        }
        let (x0, y0) = (number(left) * scale, number(top) * scale);
        out.push(OcrWord {
            text: text.to_owned(),
            bbox: Rect { x0, y0, x1: x0 + number(width) * scale, y1: y0 + number(height) * scale },
            confidence,
            line: (
                block.parse().unwrap_or(0),
                paragraph.parse().unwrap_or(0),
                line.parse().unwrap_or(0),
            ),
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_gives_words_in_points() {
        let table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
                     1\t1\t0\t0\t0\t0\t0\t0\t1700\t2200\t-1\t\n\
                     5\t1\t1\t1\t2\t1\t200\t100\t50\t20\t96.5\tJordan\n\
                     5\t1\t1\t1\t2\t2\t300\t100\t50\t20\t3.1\t|\n";
        let words = words(table, 200);
        assert_eq!(words.len(), 1, "noise is left out");
        assert_eq!(words[0].text, "Jordan");
        assert_eq!(words[0].bbox, Rect { x0: 72.0, y0: 36.0, x1: 90.0, y1: 43.2 });
        assert_eq!(words[0].line, (1, 1, 2));
        assert!((words[0].confidence - 0.965).abs() < 1e-6);
    }

    #[test]
    fn what_is_no_image_is_an_error() {
        match read_page(b"not an image", 200) {
            Err(OcrError::Failed(_) | OcrError::Missing) => {}
            other => panic!("{other:?}"),
        }
    }
}
