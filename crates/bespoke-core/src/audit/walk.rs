//! Walks over a résumé that several checks share.

use crate::date::{End, PartialDate};
use crate::document::{Document, Line};
use crate::resume::{Bullet, Id, Resume, Text, Work};
use std::sync::LazyLock;

/// All bullets of jobs, projects and volunteering.
pub fn bullets(resume: &Resume) -> impl Iterator<Item = &Bullet> {
    let jobs = resume.work.iter().chain(&resume.volunteer).flat_map(|w| &w.highlights);
    jobs.chain(resume.projects.iter().flat_map(|p| &p.highlights))
}

/// Running text of the person's own: summary, job paragraphs, bullets, each with the id it stands in.
pub fn prose(resume: &Resume) -> Vec<(Option<&Id>, &Text)> {
    let mut out: Vec<(Option<&Id>, &Text)> = resume.summary.iter().map(|s| (None, s)).collect();
    for work in resume.work.iter().chain(&resume.volunteer) {
        out.extend(work.summary.iter().map(|s| (Some(&work.id), s)));
        out.extend(work.highlights.iter().map(|b| (Some(&b.id), &b.text)));
    }
    for project in &resume.projects {
        out.extend(project.description.iter().map(|s| (Some(&project.id), s)));
        out.extend(project.highlights.iter().map(|b| (Some(&b.id), &b.text)));
    }
    out
}

/// The first word of a text, folded.
pub fn first_word(text: &str) -> String {
    crate::text::words(text).into_iter().next().unwrap_or_default()
}

/// True where the text is English, as far as the résumé knows its language.
pub fn english(resume: &Resume) -> bool {
    resume.language.as_deref().is_none_or(|l| l.starts_with("en"))
}

/// True where the text has a number that measures something: digits that are no year.
pub fn has_number(text: &str) -> bool {
    text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ';' | '–' | '/'))
        .any(|word| {
            let digits: String = word.chars().filter(char::is_ascii_digit).collect();
            let year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")) && word.len() <= 5;
            !digits.is_empty() && !year
        })
        || crate::text::words(text).iter().any(|w| {
            matches!(
                w.as_str(),
                "two"
                    | "three"
                    | "four"
                    | "five"
                    | "six"
                    | "seven"
                    | "eight"
                    | "nine"
                    | "ten"
                    | "dozen"
                    | "hundred"
                    | "thousand"
                    | "million"
                    | "half"
                    | "doubled"
                    | "tripled"
                    | "halved"
            )
        })
}

/// Start and end of a job in months since year 0; an open end is today.
pub fn months(work: &Work, today: Option<PartialDate>) -> Option<(i32, i32)> {
    let start = work.start.as_ref()?.value;
    let end = match work.end.as_ref().map(|e| e.value) {
        Some(End::Date(date)) => date.months() + if date.month.is_none() { 11 } else { 0 },
        Some(End::Present) => today?.months(),
        None => return None,
    };
    Some((start.months(), end))
}

/// Lines with text, with their page, furniture left out.
pub fn body(document: &Document) -> impl Iterator<Item = (usize, &Line)> {
    document.lines().filter(|(_, l)| !l.furniture && !l.range.is_empty())
}

/// Finds any of a list of phrases in folded text, at word boundaries; gives the phrases as listed.
pub struct Phrases {
    list: Vec<&'static str>,
    automaton: aho_corasick::AhoCorasick,
}

impl Phrases {
    /// One phrase a line; `#` starts a comment.
    pub fn new(lines: &'static str) -> Phrases {
        let list: Vec<&str> = lines
            .lines()
            .map(str::trim)
            .filter(|l| !l.is_empty() && !l.starts_with('#'))
            .collect();
        let automaton = aho_corasick::AhoCorasick::builder()
            .match_kind(aho_corasick::MatchKind::LeftmostLongest)
            .build(&list)
            .expect("a short list of words makes an automaton");
        Phrases { list, automaton }
    }

    /// Phrases in the text, each once, in order.
    pub fn find(&self, text: &str) -> Vec<&'static str> {
        let folded = crate::text::fold(text);
        let mut out: Vec<&'static str> = Vec::new();
        for hit in self.automaton.find_iter(&folded) {
            let before = folded[..hit.start()]
                .chars()
                .next_back()
                .is_none_or(|c| !c.is_alphanumeric());
            let after = folded[hit.end()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
            let phrase = self.list[hit.pattern().as_usize()];
            if before && after && !out.contains(&phrase) {
                out.push(phrase);
            }
        }
        out
    }
}

/// Buzzwords.
pub static BUZZWORDS: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new(include_str!("../../../../data/words/buzzwords.txt")));
/// Clichés.
pub static CLICHES: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new(include_str!("../../../../data/words/cliches.txt")));
/// Weak openings.
pub static WEAK: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new(include_str!("../../../../data/words/weak-openings.txt")));
/// Words that say little.
pub static FILLERS: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new(include_str!("../../../../data/words/fillers.txt")));

/// The size in points that most letters have, where the format has sizes.
pub fn body_size(document: &Document) -> Option<f32> {
    let mut share: std::collections::BTreeMap<i32, usize> = std::collections::BTreeMap::new();
    for span in document.lines().flat_map(|(_, l)| &l.spans).filter(|s| s.size > 0.0) {
        *share.entry((span.size * 10.0).round() as i32).or_default() +=
            span.text.chars().filter(|c| c.is_alphabetic()).count();
    }
    share
        .into_iter()
        .max_by_key(|(_, n)| *n)
        .map(|(size, _)| size as f32 / 10.0)
}

/// A place of the document: span, page and box, and the words.
pub fn place(
    document: &Document,
    page: usize,
    range: std::ops::Range<usize>,
    bbox: Option<crate::document::Rect>,
    quote: &str,
) -> super::Place {
    let inside = range.end <= document.text.len();
    super::Place {
        id: None,
        source: inside.then_some(crate::resume::Source {
            start: range.start,
            end: range.end,
            page,
            bbox,
        }),
        quote: Some(quote.to_owned()),
    }
}
