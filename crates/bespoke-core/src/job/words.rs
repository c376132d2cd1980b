//! Verbs of the duties and terms of the field.

use super::lines::{Line, Part};
use super::{JobSkill, Phrase, phrase};
use crate::text::fold;
use regex::Regex;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

fn list(data: &'static str) -> impl Iterator<Item = &'static str> {
    data.lines()
        .filter(|l| !l.starts_with('#'))
        .flat_map(str::split_whitespace)
}

fn dull() -> &'static HashSet<&'static str> {
    static DULL: LazyLock<HashSet<&'static str>> =
        LazyLock::new(|| list(include_str!("../../../../data/words/job-dull.txt")).collect());
    &DULL
}

fn is_verb(word: &str) -> bool {
    static VERBS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
        list(include_str!("../../../../data/words/verbs.txt"))
            .filter(|w| !w.ends_with(':'))
            .collect()
    });
    VERBS.contains(word)
}

/// "designing" → "design", "managed" → "manage", "oversees" → "oversee", where the base is a verb that we know.
fn base(word: &str) -> Option<String> {
    if is_verb(word) {
        return Some(word.to_owned());
    }
    ["ing", "ed", "es", "s"].iter().find_map(|tail| {
        let stem = word.strip_suffix(tail)?;
        let mut shorter = stem.to_owned();
        let last = shorter.pop();
        let doubled = shorter.chars().next_back() == last;
        let with_y = stem.strip_suffix('i').map(|s| format!("{s}y"));
        [
            Some(format!("{stem}e")),
            Some(stem.to_owned()),
            doubled.then_some(shorter),
            with_y,
        ]
        .into_iter()
        .flatten()
        .find(|c| is_verb(c))
    })
}

/// The verb that each duty begins with ("You will design …" too), each once, in its base form.
pub(super) fn verbs(duties: &[Phrase]) -> Vec<Phrase> {
    let mut out: Vec<Phrase> = Vec::new();
    for duty in duties {
        let mut first = true;
        for shown in duty.text.split_whitespace().take(5) {
            let word = shown.trim_matches(|c: char| !c.is_alphabetic());
            let low = fold(word);
            let found = base(&low).or_else(|| {
                // A bullet opens with its verb, also one that our list lacks.
                (first
                    && low.len() > 3
                    && low.chars().all(char::is_alphabetic)
                    && !dull().contains(low.as_str())
                    && !low.ends_with("ly"))
                .then(|| low.clone())
            });
            if let Some(verb) = found {
                if !out.iter().any(|v| v.text == verb) {
                    let start = duty.start + (word.as_ptr() as usize - duty.text.as_ptr() as usize);
                    out.push(Phrase {
                        text: verb,
                        start,
                        end: start + word.len(),
                    });
                }
                break;
            }
            first = false;
            if !matches!(
                low.as_str(),
                "you"
                    | "will"
                    | "ll"
                    | "you'll"
                    | "to"
                    | "be"
                    | "the"
                    | "and"
                    | "responsible"
                    | "for"
                    | "help"
                    | "also"
                    | "your"
            ) && !low.ends_with("ly")
            {
                break;
            }
        }
    }
    out
}

/// Capitalised names and nouns of requirements that the lexicon does not know, named at least twice, or in capitals.
pub(super) fn terms(text: &str, lines: &[Line], skills: &[JobSkill], names: &[Option<&Phrase>]) -> Vec<Phrase> {
    static WORD: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9+#./&-]*[A-Za-zÀ-ɏ0-9+#]").expect("a pattern"));
    let names = names.iter().flatten().map(|p| fold(&p.text));
    let named: Vec<String> = skills
        .iter()
        .flat_map(|s| [fold(&s.name), fold(&s.phrase.text)])
        .chain(names)
        .collect();
    let mut counts: HashMap<String, (usize, Range<usize>, bool)> = HashMap::new();
    for line in lines
        .iter()
        .filter(|l| !l.heading && matches!(l.part, Part::Required | Part::Preferred | Part::Duties | Part::Lead))
    {
        for (n, found) in WORD.find_iter(&text[line.range.clone()]).enumerate() {
            let range = line.range.start + found.start()..line.range.start + found.end();
            let low = fold(found.as_str());
            let known = named.iter().any(|n| n.contains(&low));
            if low.len() < 4 && !found.as_str().chars().all(char::is_uppercase)
                || dull().contains(low.as_str())
                || base(&low).is_some()
                || known
            {
                continue;
            }
            let name = n > 0 && found.as_str().chars().next().is_some_and(char::is_uppercase);
            let entry = counts.entry(low).or_insert((0, range, false));
            entry.0 += 1;
            entry.2 |= name;
        }
    }
    let mut found: Vec<(usize, Range<usize>)> = counts
        .into_values()
        .filter(|(n, _, name)| *n >= 2 || *name)
        .map(|(n, r, _)| (n, r))
        .collect();
    found.sort_by_key(|(n, r)| (std::cmp::Reverse(*n), r.start));
    found.truncate(25);
    found.into_iter().map(|(_, r)| phrase(text, r)).collect()
}
