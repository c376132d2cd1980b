//! What recognition does not say: bullets, which it takes for letters, noise, sizes of type and thick strokes.

use super::hocr::{Line, RawWord};
use crate::grey::Grey;
use bespoke_core::document::Rect;
use bespoke_core::ingest::recognised::Word;

/// Words below this confidence (0 to 1) are noise: rules, icons, stains.
const LEAST_CONFIDENCE: f32 = 0.2;
/// Strokes this much thicker than the page's usual ones are bold.
const BOLD: f32 = 1.28;

/// True where the words are mostly not English, so that accents may have been lost.
pub fn needs_accents(lines: &[Line]) -> bool {
    const ENGLISH: [&str; 10] = ["the", "and", "of", "to", "for", "with", "in", "a", "by", "from"];
    const OTHERS: [&str; 30] = [
        "und", "der", "die", "für", "fur", "mit", "von", "des", "les", "et", "du", "une", "pour", "dans", "el", "los", "del",
        "las", "con", "para", "da", "do", "dos", "em", "della", "il", "het", "een", "van", "voor",
    ];
    let (mut english, mut others) = (0, 0);
    for word in lines.iter().flat_map(|l| &l.words) {
        let word = word.text.to_lowercase();
        english += usize::from(ENGLISH.contains(&word.as_str()));
        others += usize::from(OTHERS.contains(&word.as_str()));
    }
    others >= 4 && others > english
}

/// The words of a page in points.
pub fn words(lines: Vec<Line>, page: &Grey, dpi: f32) -> Vec<Word> {
    let scale = 72.0 / dpi;
    let threshold = page.threshold();
    let bullets = bullet_edges(&lines);
    let mut out: Vec<(Word, f32)> = Vec::new();
    for line in &lines {
        let size = type_size(line);
        for (index, word) in line.words.iter().enumerate() {
            let bullet = index == 0 && is_bullet(line, word, size, &bullets);
            if !bullet && (word.confidence < LEAST_CONFIDENCE || is_noise(word, size)) {
                continue;
            }
            let [x0, y0, x1, y1] = word.bbox;
            let stroke = if bullet { 0.0 } else { stroke(page, threshold, word.bbox) / size.max(1.0) };
            let placed = Word {
                text: if bullet { "•".to_owned() } else { word.text.clone() },
                bbox: Rect {
                    x0: x0 * scale,
                    y0: y0 * scale,
                    x1: x1 * scale,
                    y1: y1 * scale,
                },
                baseline: line.baseline_at((x0 + x1) / 2.0) * scale,
                size: (size * scale * 2.0).round() / 2.0,
                bold: false,
                confidence: if bullet { 1.0 } else { word.confidence },
            };
            out.push((placed, stroke));
        }
    }
    let mut strokes: Vec<f32> = out.iter().map(|(_, s)| *s).filter(|s| *s > 0.0).collect();
    strokes.sort_by(f32::total_cmp);
    // Most of a page is plain; the lower third is safe even where much of it is bold.
    let usual = strokes.get(strokes.len() * 2 / 5).copied().unwrap_or(0.0);
    out.into_iter()
        .map(|(word, stroke)| Word {
            bold: usual > 0.0 && stroke > usual * BOLD,
            ..word
        })
        .collect()
}

/// Size of the type: the engine's own, unless the line is so short that it is a guess.
fn type_size(line: &Line) -> f32 {
    let tallest = line.words.iter().map(|w| w.bbox[3] - w.bbox[1]).fold(0.0, f32::max);
    if line.size > 0.0 { line.size.min(tallest * 1.6).max(tallest * 0.8) } else { tallest }
}

/// Left edges at which several lines begin with a lone sign.
fn bullet_edges(lines: &[Line]) -> Vec<f32> {
    let lone = |l: &&Line| l.words.len() > 1 && l.words[0].text.chars().count() <= 2;
    let edges: Vec<f32> = lines.iter().filter(lone).map(|l| l.words[0].bbox[0]).collect();
    let near = |x: f32| edges.iter().filter(|e| (**e - x).abs() < 8.0).count();
    edges.iter().copied().filter(|x| near(*x) >= 2).collect()
}

/// A bullet that was taken for a letter or sign.
fn is_bullet(line: &Line, word: &RawWord, size: f32, edges: &[f32]) -> bool {
    const SIGNS: [&str; 26] = [
        "•", "e", "o", "0", "O", "©", "®", "¢", "«", "»", "*", "°", "·", "+", "=", ">", "@", "¢", "¥", "*®", "e®", "eo", "¢»", "□",
        "■", "»",
    ];
    let Some(next) = line.words.get(1) else { return false };
    if !SIGNS.contains(&word.text.as_str()) {
        return false;
    }
    let gap = next.bbox[0] - word.bbox[2];
    let small = (word.bbox[3] - word.bbox[1]) < size * 0.42;
    let column = edges.iter().any(|e| (e - word.bbox[0]).abs() < 8.0);
    let plain_letter = word.text.chars().all(char::is_alphanumeric);
    gap > size * 0.15 && (small || column || (!plain_letter && gap > size * 0.3))
}

/// Rules and stains that were taken for signs.
fn is_noise(word: &RawWord, size: f32) -> bool {
    let signs = !word.text.chars().any(char::is_alphanumeric);
    let [x0, y0, x1, y1] = word.bbox;
    let (width, height) = (x1 - x0, y1 - y0);
    (signs && word.confidence < 0.5 && word.text.chars().count() <= 3)
        || height > size * 3.0
        || (signs && width > size * 6.0)
}

/// Usual thickness of the upright strokes of a word in pixels: the middle of all runs of ink along its rows.
fn stroke(page: &Grey, threshold: u8, bbox: [f32; 4]) -> f32 {
    let [x0, y0, x1, y1] = bbox.map(|v| v.max(0.0) as usize);
    let (x1, y1) = (x1.min(page.columns), y1.min(page.rows));
    let mut runs: Vec<f32> = Vec::new();
    for row in y0..y1 {
        let pixels = &page.pixels[row * page.columns..(row + 1) * page.columns];
        // Half-dark edges count for the part that is ink, so that thickness is finer than a pixel.
        let mut run = 0.0f32;
        for pixel in pixels.iter().take(x1).skip(x0.min(x1)) {
            let darkness = 1.0 - f32::from(*pixel) / 255.0;
            if *pixel < threshold.saturating_add(40) && darkness > 0.1 {
                run += darkness;
            } else if run > 0.0 {
                runs.push(run);
                run = 0.0;
            }
        }
        if run > 0.0 {
            runs.push(run);
        }
    }
    runs.sort_by(f32::total_cmp);
    runs.get(runs.len() / 2).copied().unwrap_or(0.0)
}
