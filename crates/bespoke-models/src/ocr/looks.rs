//! What recognition does not say: bullets, which it takes for letters, noise, sizes of type and thick strokes.

use super::line::{Line, RawWord};
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
        "und", "der", "die", "für", "fur", "mit", "von", "des", "les", "et", "du", "une", "pour", "dans", "el", "los",
        "del", "las", "con", "para", "da", "do", "dos", "em", "della", "il", "het", "een", "van", "voor",
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
    let sizes = shared_sizes(&lines.iter().map(type_size).collect::<Vec<_>>());
    // The words of each line, and how thick the line's strokes are for its size.
    let mut out: Vec<(Vec<Word>, f32)> = Vec::new();
    for (line, size) in lines.iter().zip(sizes) {
        let mut words = Vec::new();
        let mut strokes: Vec<f32> = Vec::new();
        for (index, word) in line.words.iter().enumerate() {
            let bullet = index == 0 && is_bullet(line, word, size, &bullets);
            if !bullet && (word.confidence < LEAST_CONFIDENCE || is_noise(word, size)) {
                continue;
            }
            let [x0, y0, x1, y1] = word.bbox;
            let free = match index.checked_sub(1).and_then(|i| line.words.get(i)) {
                Some(before) => x0 - before.bbox[2],
                None => f32::MAX,
            };
            if !bullet
                && free > size
                && !word.text.starts_with(['•', '-', '–', '*', '·'])
                && let Some(mark) = drawn_bullet(page, threshold, line, x0, size, free)
            {
                words.push(Word {
                    text: "•".into(),
                    bbox: Rect {
                        x0: mark[0] * scale,
                        y0: mark[1] * scale,
                        x1: mark[2] * scale,
                        y1: mark[3] * scale,
                    },
                    baseline: line.baseline_at(x0) * scale,
                    size: (size * scale * 10.0).round() / 10.0,
                    bold: false,
                    confidence: 1.0,
                });
            }
            if !bullet {
                let stroke = stroke(page, threshold, word.bbox) / size.max(1.0);
                strokes.extend(std::iter::repeat_n(stroke, word.text.chars().count()));
            }
            words.push(Word {
                text: if bullet { "•".to_owned() } else { word.text.clone() },
                bbox: Rect {
                    x0: x0 * scale,
                    y0: y0 * scale,
                    x1: x1 * scale,
                    y1: y1 * scale,
                },
                baseline: line.baseline_at((x0 + x1) / 2.0) * scale,
                size: (size * scale * 10.0).round() / 10.0,
                bold: false,
                confidence: if bullet { 1.0 } else { word.confidence },
            });
        }
        out.push((words, middle(&mut strokes)));
    }
    let letters = |words: &[Word]| words.iter().map(|w| w.text.chars().count()).sum::<usize>();
    let mut strokes: Vec<f32> = Vec::new();
    for (words, stroke) in &out {
        strokes.extend(std::iter::repeat_n(*stroke, letters(words)));
    }
    let usual = middle(&mut strokes);
    let bold = |stroke: f32| usual > 0.0 && stroke > usual * BOLD;
    out.into_iter()
        .flat_map(|(words, stroke)| {
            words.into_iter().map(move |word| Word {
                bold: bold(stroke),
                ..word
            })
        })
        .collect()
}

fn middle(values: &mut [f32]) -> f32 {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

/// Sizes measured line by line scatter; lines of one style get one size: the middle of those that lie close together.
fn shared_sizes(sizes: &[f32]) -> Vec<f32> {
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by(|a, b| sizes[*a].total_cmp(&sizes[*b]));
    let mut out = sizes.to_vec();
    let mut start = 0;
    while start < order.len() {
        let least = sizes[order[start]];
        let count = order[start..]
            .iter()
            .take_while(|i| sizes[**i] <= least * 1.10)
            .count()
            .max(1);
        let group = &order[start..start + count];
        let common = sizes[group[count / 2]];
        for index in group {
            out[*index] = common;
        }
        start += count;
    }
    out
}

/// Size of the type: the engine's own, unless the line is so short that it is a guess.
fn type_size(line: &Line) -> f32 {
    let tallest = line.words.iter().map(|w| w.bbox[3] - w.bbox[1]).fold(0.0, f32::max);
    if line.size > 0.0 {
        line.size.min(tallest * 1.6).max(tallest * 0.8)
    } else {
        tallest
    }
}

/// A small full blot that stands alone before a word, which recognition left out: its box.
fn drawn_bullet(page: &Grey, threshold: u8, line: &Line, x0: f32, size: f32, free: f32) -> Option<[f32; 4]> {
    let baseline = line.baseline_at(x0);
    let reach = (size * 2.6).min(free - size * 0.1);
    let (left, right) = ((x0 - reach).max(0.0) as usize, (x0 - size * 0.12).max(0.0) as usize);
    let (top, bottom) = (
        (baseline - size * 0.85).max(0.0) as usize,
        (baseline + size * 0.1).max(0.0) as usize,
    );
    let (right, bottom) = (right.min(page.columns), bottom.min(page.rows));
    let mut mark: Option<[usize; 4]> = None;
    let mut ink = 0usize;
    for row in top..bottom {
        for column in left..right {
            if page.pixels[row * page.columns + column] < threshold {
                ink += 1;
                let m = mark.get_or_insert([column, row, column, row]);
                *m = [m[0].min(column), m[1].min(row), m[2].max(column), m[3].max(row)];
            }
        }
    }
    let [x, y, x1, y1] = mark?.map(|v| v as f32);
    let (width, height) = (x1 - x + 1.0, y1 - y + 1.0);
    let part = |length: f32| (0.1..0.5).contains(&(length / size));
    let middle = (baseline - (y + y1) / 2.0) / size;
    let full = ink as f32 / (width * height) > 0.5;
    // Blank paper on its left tells it from the end of a word in another column.
    let alone = x - left as f32 > size * 0.3 || free > size * 4.0;
    (part(width)
        && part(height)
        && width < height * 1.8
        && height < width * 1.8
        && (0.05..0.55).contains(&middle)
        && full
        && alone)
        .then_some([x, y, x1 + 1.0, y1 + 1.0])
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
    const SIGNS: [&str; 27] = [
        ".", "•", "e", "o", "0", "O", "©", "®", "¢", "«", "»", "*", "°", "·", "+", "=", ">", "@", "¢", "¥", "*®", "e®",
        "eo", "¢»", "□", "■", "»",
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
