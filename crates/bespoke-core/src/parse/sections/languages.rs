//! Spoken languages and how well.

use super::super::row::{Page, Row};
use super::super::words;
use super::rows;
use super::skills::outside_brackets;
use crate::resume::{Id, Language};
use std::ops::Range;

/// Spoken languages.
pub fn languages(page: &Page<'_>, range: &Range<usize>) -> Vec<Language> {
    let mut out = Vec::new();
    let known = rows(page, range)
        .iter()
        .any(|r| page.of(r).split(|c: char| !c.is_alphabetic()).any(words::language));
    let own = rows(page, range);
    let mut levels: Option<usize> = None;
    for (n, row) in own.iter().enumerate() {
        if levels == Some(n) {
            continue;
        }
        // A row of languages above a row of their levels.
        if let Some(below) = own.get(n + 1)
            && row.cells.len() >= 2
            && below.cells.len() == row.cells.len()
            && row.cells.iter().all(|c| words::language(page.text(&c.range)))
            && below
                .cells
                .iter()
                .all(|c| level(page.text(&c.range)) && !words::language(page.text(&c.range)))
        {
            levels = Some(n + 1);
            out.extend(row.cells.iter().zip(&below.cells).filter_map(|(name, told)| {
                Some(Language {
                    id: Id::default(),
                    language: page.field(&name.range, 0.9)?,
                    fluency: page.field(&told.range, 0.85),
                })
            }));
            continue;
        }
        for cell in &row.cells {
            let before = out.len();
            spoken_in(page, &cell.range, &mut out);
            // A language that no list has, among others that are known.
            if out.len() == before && known {
                let text = page.text(&cell.range);
                let end = text.find([':', '(', '–', '—', '-', ',']).unwrap_or(text.len());
                let name = page.trim(&(cell.range.start..cell.range.start + end));
                // A word of its own, or two with a level behind them: no signature.
                let words = page.text(&name).split_whitespace().count();
                let told = page.text(&cell.range)[end..].trim_matches(|c: char| !c.is_alphanumeric());
                let alone = words == 1 && below(page, row, cell.range.start) || words <= 2 && !told.is_empty();
                if alone
                    && page.text(&name).starts_with(char::is_uppercase)
                    && !text.contains(|c: char| c.is_ascii_digit())
                    && !level(page.text(&name))
                {
                    let rest = page.trim(&(name.end..cell.range.end));
                    out.extend(page.field(&name, 0.6).map(|language| Language {
                        id: Id::default(),
                        language,
                        fluency: page.field(&rest, 0.6),
                    }));
                }
            }
        }
    }
    out
}

/// True where the row stands in the look of a row before it that names a language.
fn below(page: &Page<'_>, row: &Row, start: usize) -> bool {
    let named = |r: &&Row| {
        let first = page
            .of(r)
            .split(|c: char| !c.is_alphabetic())
            .next()
            .unwrap_or_default();
        words::language(first)
    };
    let like = |r: &&Row| r.look.like(&row.look) && r.kind == row.kind && r.range.start < start;
    row.cells.len() == 1
        && row.cells[0].range.start == start
        && page.rows[..row.index]
            .iter()
            .rev()
            .take(6)
            .filter(named)
            .any(|r| like(&r))
        && page.rows[..row.index].last().is_some_and(|r| !like(&r) || named(&r))
}

/// Words that say how well something is mastered, and those that stand beside them, folded.
const LEVELS: &[&str] = &[
    "native",
    "other",
    "language",
    "languages",
    "weitere",
    "sprache",
    "sprachen",
    "understanding",
    "mother",
    "tongue",
    "fluent",
    "fluency",
    "bilingual",
    "advanced",
    "intermediate",
    "basic",
    "beginner",
    "elementary",
    "conversational",
    "working",
    "professional",
    "proficient",
    "proficiency",
    "limited",
    "full",
    "muttersprache",
    "muttersprachler",
    "fliessend",
    "verhandlungssicher",
    "grundkenntnisse",
    "gut",
    "sehr",
    "gute",
    "schulkenntnisse",
    "langue",
    "maternelle",
    "courant",
    "couramment",
    "bilingue",
    "intermediaire",
    "notions",
    "debutant",
    "scolaire",
    "nativo",
    "nativa",
    "materna",
    "fluido",
    "avanzado",
    "avanzato",
    "intermedio",
    "basico",
    "nociones",
    "fluente",
    "avancado",
    "intermediario",
    "madrelingua",
    "ottimo",
    "buono",
    "base",
    "scolastico",
    "moedertaal",
    "vloeiend",
    "goed",
    "redelijk",
    "spoken",
    "written",
    "reading",
    "level",
    "niveau",
    "good",
    "excellent",
    "beginner",
    "very",
    "expert",
    "mastery",
    "skilled",
    "skillful",
    "experienced",
    "novice",
    "experte",
    "fortgeschritten",
    "fundiert",
    "confirme",
    "maitrise",
    "experto",
    "esperto",
];

/// A level of the Common European Framework, folded: "b2".
pub(super) fn mark(word: &str) -> bool {
    word.len() == 2 && word.starts_with(['a', 'b', 'c']) && word.ends_with(['1', '2'])
}

/// How many words of a text say how well something is mastered, and how many it has.
fn words_of_level(text: &str) -> (usize, usize) {
    let folded = crate::text::fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let (mut levels, mut all) = (0, 0);
    for word in words {
        levels += usize::from(LEVELS.contains(&word) || mark(word));
        all += 1;
    }
    (levels, all)
}

/// True for words that say how well a language is spoken: "Muttersprache", "fluent", "B2 (telc)".
pub(super) fn level(text: &str) -> bool {
    words_of_level(text).0 > 0
}

/// True for a text that says nothing but how well: "Very good", "Expert"; not for one that goes on with the line before, in brackets,
/// or for the name of the list, "Sprachen".
pub(super) fn only_level(text: &str) -> bool {
    let (levels, all) = words_of_level(text);
    all > 0 && all <= 3 && levels == all && !text.starts_with('(') && words::heading(text).is_none()
}

/// The spoken languages of one stretch of text.
pub fn spoken(page: &Page<'_>, range: &Range<usize>) -> Vec<Language> {
    let mut out = Vec::new();
    spoken_in(page, range, &mut out);
    out
}

/// The stretches of a text that tell of one language each: between separators, and where a full stop or a line end stands
/// before the next language, "Español: nativo. Inglés: intermedio."
fn each_language(text: &str) -> Vec<Range<usize>> {
    let begins = |at: usize| {
        let word = text[at..].split_whitespace().next().unwrap_or_default();
        words::language(word.trim_matches(|c: char| !c.is_alphabetic()))
    };
    let mut out = Vec::new();
    for part in outside_brackets(text, &[',', ';', '•', '·', '|', '\n']) {
        let mut from = part.start;
        for (at, _) in text[part.clone()].match_indices([' ', '\t']) {
            let at = part.start + at;
            if at < from {
                continue;
            }
            let before = text[from..at].trim();
            let ended = before.ends_with(['.', ')']) || leveled(before);
            if ended && text[at + 1..].starts_with(char::is_uppercase) && begins(at + 1) {
                out.push(from..at);
                from = at + 1;
            }
            // "English and Japanese (bilingual)"
            let joins = ["and ", "und ", "et ", "y ", "e ", "en "]
                .iter()
                .find(|j| text[at + 1..].starts_with(**j));
            if let Some(join) = joins
                && begins(at + 1 + join.len())
                && begins(from + (text[from..].len() - text[from..].trim_start().len()))
            {
                out.push(from..at);
                from = at + 1 + join.len();
            }
        }
        out.push(from..part.end);
    }
    out
}

/// A language and its level: "English — C2", "French: fluent".
fn leveled(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default();
    let level = words.filter(|w| w.chars().any(char::is_alphabetic)).count();
    level > 0 && words::language(first.trim_matches(|c: char| !c.is_alphabetic()))
}

/// How many of the words, four at most, name a variety of a language: "Juba Arabic", "Te reo Māori", "British Sign Language".
fn variety(words: &[String]) -> Option<usize> {
    let known = |w: &String| words::language(w);
    let named = |n: &usize| {
        let (last, front) = (&words[n - 1], &words[..n - 1]);
        let sign = matches!(last.as_str(), "Language" | "language")
            && front.last().is_some_and(|w| w == "Sign" || w == "sign");
        let own = |w: &String| w.starts_with(char::is_uppercase) && !level(w) && !known(w);
        (known(last) || sign) && front.iter().all(own)
    };
    (2..=words.len()).find(named)
}

fn spoken_in(page: &Page<'_>, range: &Range<usize>, out: &mut Vec<Language>) {
    let plain_language = |name: Range<usize>, level: Option<Range<usize>>, out: &mut Vec<Language>| {
        // "Inglés: intermedio." ends a sentence, not a level.
        let level = level.map(|l| {
            let bare = page.text(&l).trim_end().trim_end_matches('.').len();
            l.start..l.start + bare
        });
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
            for part in each_language(page.text(range)) {
                let part = page.trim(&(range.start + part.start..range.start + part.end));
                let text = page.text(&part);
                if text.is_empty() {
                    continue;
                }
                let words: Vec<&str> = text.split_whitespace().collect();
                // The longest run of words in front that names a language.
                // "Bosnisch/Kroatisch/Serbisch" is as good as its first name.
                let clean = |w: &str| {
                    let bare = w.trim_matches(|c: char| !c.is_alphabetic());
                    bare.split('/').next().unwrap_or(bare).to_owned()
                };
                let bare: Vec<String> = words.iter().take(4).map(|w| clean(w)).collect();
                let found = (1..=words.len().min(3))
                    .rev()
                    .find(|n| words::language(&bare[..*n].join(" ")))
                    .or_else(|| variety(&bare));
                match found {
                    Some(n) => {
                        let last = words[n - 1];
                        let end = part.start
                            + (last.as_ptr() as usize - text.as_ptr() as usize)
                            + last.trim_end_matches(|c: char| !c.is_alphabetic()).len();
                        let rest = page.trim(&(end..part.end));
                        plain_language(part.start..end, (!rest.is_empty()).then_some(rest), out);
                    }
                    // "Conversational Spanish": the level in front.
                    None if words.len() <= 4
                        && words.len() >= 2
                        && words::language(&clean(words[words.len() - 1]))
                        && words[..words.len() - 1].iter().all(|w| level(w)) =>
                    {
                        let last = words[words.len() - 1];
                        let at = part.start + (last.as_ptr() as usize - text.as_ptr() as usize);
                        plain_language(at..part.end, Some(page.trim(&(part.start..at))), out);
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
