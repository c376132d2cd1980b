//! Spoken languages and how well.

use super::super::row::Page;
use super::super::words;
use super::rows;
use super::skills::outside_brackets;
use crate::resume::{Id, Language};
use std::ops::Range;

/// Spoken languages.
pub fn languages(page: &Page<'_>, range: &Range<usize>) -> Vec<Language> {
    let mut out = Vec::new();
    for row in rows(page, range) {
        for cell in &row.cells {
            spoken_in(page, &cell.range, &mut out);
        }
    }
    out
}

/// The spoken languages of one stretch of text.
pub fn spoken(page: &Page<'_>, range: &Range<usize>) -> Vec<Language> {
    let mut out = Vec::new();
    spoken_in(page, range, &mut out);
    out
}

fn spoken_in(page: &Page<'_>, range: &Range<usize>, out: &mut Vec<Language>) {
    let plain_language = |name: Range<usize>, level: Option<Range<usize>>, out: &mut Vec<Language>| {
        if let Some(language) = page.field(&name, 0.9) {
            out.push(Language {
                id: Id::default(),
                language,
                fluency: level.and_then(|l| page.field(&l, 0.85)),
            });
        }
    };
    {
        {
            for part in outside_brackets(page.text(range), &[',', ';', '•', '·', '|']) {
                let part = page.trim(&(range.start + part.start..range.start + part.end));
                let text = page.text(&part);
                if text.is_empty() {
                    continue;
                }
                let words: Vec<&str> = text.split_whitespace().collect();
                // The longest run of words in front that names a language.
                let clean = |w: &str| w.trim_matches(|c: char| !c.is_alphabetic()).to_owned();
                let found = (1..=words.len().min(3))
                    .rev()
                    .find(|n| words::language(&words[..*n].iter().map(|w| clean(w)).collect::<Vec<_>>().join(" ")));
                match found {
                    Some(n) => {
                        let last = words[n - 1];
                        let end = part.start
                            + (last.as_ptr() as usize - text.as_ptr() as usize)
                            + last.trim_end_matches(|c: char| !c.is_alphabetic()).len();
                        let rest = page.trim(&(end..part.end));
                        plain_language(part.start..end, (!rest.is_empty()).then_some(rest), out);
                    }
                    None => {
                        // A level on its own, behind its language.
                        if let Some(last) = out.last_mut()
                            && last.fluency.is_none()
                        {
                            last.fluency = page.field(&part, 0.7);
                        } else if words.len() <= 2
                            && text.chars().next().is_some_and(char::is_uppercase)
                            && text.contains('(')
                        {
                            let open = text.find('(').unwrap_or(text.len());
                            plain_language(part.start..part.start + open, Some(part.start + open..part.end), out);
                        }
                    }
                }
            }
        }
    }
}
