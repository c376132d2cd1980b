//! Reads hOCR as tesseract writes it: lines with their baseline and type size, words with box and confidence.

use super::line::{Line, RawWord};

/// All lines, in the order of the engine.
pub fn lines(text: &str) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    for element in text.split("<span ").skip(1) {
        let Some((head, rest)) = element.split_once('>') else {
            continue;
        };
        let title = head
            .split("title=")
            .nth(1)
            .unwrap_or_default()
            .trim_matches(['\'', '"']);
        let bbox = numbers(title, "bbox");
        let [x0, y0, x1, y1] = bbox[..] else { continue };
        let bbox = [x0, y0, x1, y1];
        if head.contains("'ocrx_word'") {
            let Some(line) = out.last_mut() else { continue };
            let text = unescape(&without_tags(rest));
            if !text.trim().is_empty() {
                line.words.push(RawWord {
                    text: text.trim().to_owned(),
                    bbox,
                    confidence: numbers(title, "x_wconf").first().map_or(0.0, |c| c / 100.0),
                });
            }
        } else {
            let baseline = numbers(title, "baseline");
            out.push(Line {
                bbox,
                baseline: (
                    baseline.first().copied().unwrap_or(0.0),
                    baseline.get(1).copied().unwrap_or(0.0),
                ),
                size: numbers(title, "x_size").first().copied().unwrap_or(y1 - y0),
                words: Vec::new(),
            });
        }
    }
    out.retain(|l| !l.words.is_empty());
    out
}

/// The numbers after a key in `bbox 1 2 3 4; baseline 0 -5; x_size 28`.
fn numbers(title: &str, key: &str) -> Vec<f32> {
    let part = title
        .split(';')
        .map(str::trim)
        .find_map(|p| p.strip_prefix(key)?.strip_prefix(' '));
    part.map(|p| p.split_whitespace().filter_map(|n| n.parse().ok()).collect())
        .unwrap_or_default()
}

/// The text up to the end of the word, without `<strong>` and `<em>`.
fn without_tags(rest: &str) -> String {
    let rest = rest.split("</span>").next().unwrap_or_default();
    let mut out = String::new();
    let mut inside = false;
    for c in rest.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_words_are_read() {
        let text = "<span class='ocr_line' id='line_1_1' title=\"bbox 100 50 400 80; baseline 0.01 -6; x_size 30; \
                    x_descenders 6; x_ascenders 7\">\n <span class='ocrx_word' id='word_1_1' title='bbox 100 50 180 80; \
                    x_wconf 96'><strong>R&amp;D</strong></span>\n <span class='ocrx_word' title='bbox 200 50 400 80; \
                    x_wconf 41'>x</span>\n</span>";
        let lines = lines(text);
        assert_eq!(lines.len(), 1);
        let line = &lines[0];
        assert_eq!((line.size, line.baseline), (30.0, (0.01, -6.0)));
        assert_eq!(line.baseline_at(200.0), 75.0);
        let words: Vec<_> = line.words.iter().map(|w| (w.text.as_str(), w.confidence)).collect();
        assert_eq!(words, [("R&D", 0.96), ("x", 0.41)]);
    }
}
