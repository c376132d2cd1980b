//! Words that character recognition found on pages without text, as they come in and as they stand in the document.

use crate::document::{Document, RecognisedWord, Rect};
use crate::parse::Issue;
use crate::resume::Source;
use serde::{Deserialize, Serialize};

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

/// Writes down which part of the text each recognised word became.
pub(super) fn placed(mut document: Document, pages: &[PageWords]) -> Document {
    let mut found = Vec::new();
    for words in pages {
        let Some(page) = document.pages.get(words.page) else { continue };
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
