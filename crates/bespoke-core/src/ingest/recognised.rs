//! Words that character recognition found on pages without text, as they come in and as they stand in the document.

use crate::document::{Document, RecognisedWord, Rect};
use crate::parse::Issue;
use crate::resume::Source;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// Below this confidence a word is worth a look by the person.
pub const DOUBTFUL: f32 = 0.6;

/// A recognised word.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Word {
    /// Its text.
    pub text: String,
    /// Its box in points, origin at the top left of the page.
    pub bbox: Rect,
    /// Height of its line's baseline, y growing downwards.
    pub baseline: f32,
    /// Size of its type in points, as estimated from its line.
    pub size: f32,
    /// Drawn with thick strokes.
    pub bold: bool,
    /// How sure the recognition is, 0 to 1.
    pub confidence: f32,
}

/// What was recognised on one page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PageWords {
    /// Page, from 0.
    pub page: usize,
    /// Width of the page in points.
    pub width: f32,
    /// Height of the page in points.
    pub height: f32,
    /// Its words.
    pub words: Vec<Word>,
}

/// Phrases that head sections.
static PHRASES: LazyLock<Vec<Vec<char>>> = LazyLock::new(|| {
    let data = include_str!("../../../../data/parse/headings.txt");
    let lines = data
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_once(": "));
    let phrases = lines.flat_map(|(_, phrases)| phrases.split('|'));
    // Only those of Latin letters: two signs of Chinese resemble too many others.
    let latin = phrases.map(str::trim).filter(|p| p.is_ascii());
    latin.map(|p| p.chars().collect()).collect()
});

/// The pages with headings spelt right where a letter or two were misread. Recognition stumbles over small capitals
/// ("Epucation", "Awarps"), and a heading that is lost costs a whole section; entries are left as they were read.
pub(super) fn mended(pages: &[PageWords]) -> Vec<PageWords> {
    let mut pages = pages.to_vec();
    for page in &mut pages {
        let mut sizes: Vec<f32> = page.words.iter().map(|w| w.size).collect();
        sizes.sort_by(f32::total_cmp);
        let usual = sizes.get(sizes.len() / 2).copied().unwrap_or(0.0);
        let (mut start, mut above) = (0, f32::MIN);
        while start < page.words.len() {
            let baseline = page.words[start].baseline;
            let same = |w: &Word| (w.baseline - baseline).abs() < w.size * 0.3;
            let count = page.words[start..].iter().take_while(|w| same(w)).count().max(1);
            let line = &mut page.words[start..start + count];
            start += count;
            mend_ranges(line);
            let loud = line.iter().all(|w| w.bold || w.size > usual * 1.05);
            let apart = (baseline - above).abs() > line[0].size * 1.6;
            above = baseline;
            let capital = line[0].text.starts_with(char::is_uppercase);
            if count > 3 || !capital || !(loud || apart) {
                continue;
            }
            let text: String = line.iter().map(|w| w.text.to_lowercase()).collect::<Vec<_>>().join(" ");
            let Some(phrase) = nearest(&text) else { continue };
            let words: Vec<&str> = phrase.split(' ').collect();
            if words.len() == count {
                for (word, right) in line.iter_mut().zip(words) {
                    let mut letters = right.chars();
                    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
                    word.text = first + letters.as_str();
                }
            }
        }
    }
    pages
}

/// "2018-01 ro Present": between two dates stands "to", in whatever letters it was read.
fn mend_ranges(line: &mut [Word]) {
    const READ_AS: [&str; 7] = ["ro", "lo", "1o", "t0", "io", "tto", "te"];
    const NOW: [&str; 6] = ["present", "current", "now", "heute", "today", "date"];
    for at in 1..line.len().saturating_sub(1) {
        let before = line[at - 1].text.ends_with(|c: char| c.is_ascii_digit());
        let next = line[at + 1].text.to_lowercase();
        let after = next.starts_with(|c: char| c.is_ascii_digit()) || NOW.contains(&next.as_str());
        if before && after && READ_AS.contains(&line[at].text.to_lowercase().as_str()) {
            line[at].text = "to".into();
        }
    }
}

/// The phrase that differs in one letter, or in two where it is long; `None` where one is met exactly or none is near.
fn nearest(text: &str) -> Option<String> {
    let text: Vec<char> = text.chars().collect();
    let most = match text.len() {
        5..=8 => 1,
        9..=30 => 2,
        _ => return None,
    };
    let mut best: Option<(usize, &Vec<char>)> = None;
    for phrase in PHRASES
        .iter()
        .filter(|p| p.len().abs_diff(text.len()) <= most && p.len() >= 5)
    {
        let distance = distance(&text, phrase);
        if distance == 0 {
            return None;
        }
        if distance <= most && best.is_none_or(|(d, _)| distance < d) {
            best = Some((distance, phrase));
        }
    }
    best.map(|(_, phrase)| phrase.iter().collect())
}

/// Letters to change, add or drop (Levenshtein).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = before + usize::from(x != y);
            before = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(before + 1);
        }
    }
    row[b.len()]
}

/// Writes down which part of the text each recognised word became.
pub(super) fn placed(mut document: Document, pages: &[PageWords]) -> Document {
    let mut found = Vec::new();
    for words in pages {
        let Some(page) = document.pages.get(words.page) else {
            continue;
        };
        // How far each line is read, for words that stand in it twice.
        let mut at: Vec<usize> = page.lines.iter().map(|l| l.range.start).collect();
        for word in &words.words {
            let (x, y) = ((word.bbox.x0 + word.bbox.x1) / 2.0, word.baseline - word.size * 0.3);
            let inside = |b: &Rect| b.x0 - 1.0 <= x && x <= b.x1 + 1.0 && b.y0 - 1.0 <= y && y <= b.y1 + 1.0;
            let line = page.lines.iter().position(|l| l.bbox.as_ref().is_some_and(inside));
            let Some(line) = line else { continue };
            let end = page.lines[line].range.end;
            let mut text = String::new();
            word.text.chars().for_each(|c| super::clean::push_clean(&mut text, c));
            let place = document.text.get(at[line]..end).and_then(|rest| rest.find(text.trim()));
            if let Some(place) = place.filter(|_| !text.trim().is_empty()) {
                let start = at[line] + place;
                at[line] = start + text.trim().len();
                found.push(RecognisedWord {
                    range: start..at[line],
                    page: words.page,
                    bbox: word.bbox,
                    confidence: word.confidence,
                });
            }
        }
    }
    document.recognised = found;
    document
}

/// One issue for each doubtful word, most doubtful first.
pub fn doubts(document: &Document) -> Vec<Issue> {
    const MOST: usize = 40;
    let readable = |w: &&RecognisedWord| document.text[w.range.clone()].chars().any(char::is_alphanumeric);
    let mut words: Vec<&RecognisedWord> = document
        .recognised
        .iter()
        .filter(|w| w.confidence < DOUBTFUL)
        .filter(readable)
        .collect();
    words.sort_by(|a, b| a.confidence.total_cmp(&b.confidence));
    words.truncate(MOST);
    let issue = |word: &RecognisedWord| Issue {
        code: "doubtful-word".into(),
        message: format!(
            "\"{}\" was read from a picture and may be wrong. Compare it with the page.",
            &document.text[word.range.clone()]
        ),
        source: Some(Source {
            start: word.range.start,
            end: word.range.end,
            page: word.page as _,
            bbox: Some(word.bbox),
        }),
    };
    words.into_iter().map(issue).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Format;

    fn word(text: &str, x: f32, y: f32, size: f32, confidence: f32) -> Word {
        Word {
            text: text.into(),
            bbox: Rect {
                x0: x,
                y0: y - size,
                x1: x + text.len() as f32 * size * 0.5,
                y1: y,
            },
            baseline: y,
            size,
            bold: false,
            confidence,
        }
    }

    fn page() -> PageWords {
        let mut words = vec![
            word("Jordan", 72.0, 80.0, 20.0, 0.97),
            word("Lee", 150.0, 80.0, 20.0, 0.97),
            word("Epucation", 72.0, 120.0, 14.0, 0.8),
        ];
        for (text, x) in [
            ("Example", 72.0),
            ("Universlty", 110.0),
            ("2014", 163.0),
            ("2018", 186.0),
        ] {
            words.push(word(
                text,
                x,
                140.0,
                10.0,
                if text == "Universlty" { 0.3 } else { 0.95 },
            ));
        }
        PageWords {
            page: 0,
            width: 595.0,
            height: 842.0,
            words,
        }
    }

    #[test]
    fn misread_headings_are_mended_and_entries_are_not() {
        let words = mended(&[page()]).remove(0).words;
        let texts: Vec<&str> = words.iter().map(|w| w.text.as_str()).collect();
        assert_eq!(
            texts,
            ["Jordan", "Lee", "Education", "Example", "Universlty", "2014", "2018"]
        );
    }

    #[test]
    fn words_know_their_place_and_doubtful_ones_are_issues() {
        let document = crate::ingest::ingest_recognised(b"\x89PNG\r\n", None, &[page()]).unwrap();
        assert_eq!(document.format, Format::Image);
        let lines: Vec<&str> = document.text.lines().filter(|l| !l.is_empty()).collect();
        assert_eq!(lines, ["Jordan Lee", "Education", "Example Universlty 2014 2018"]);
        assert_eq!(document.recognised.len(), 7);
        for found in &document.recognised {
            assert!(!document.text[found.range.clone()].contains(' '));
        }
        let issues = doubts(&document);
        assert_eq!(issues.len(), 1);
        assert_eq!(issues[0].code, "doubtful-word");
        let source = issues[0].source.as_ref().unwrap();
        assert_eq!(&document.text[source.start..source.end], "Universlty");
    }
}
