//! The word lists of `data/words/`, read once. Lines that begin with `#` are comments.

use super::stem;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// The lines of a list without comments.
pub(crate) fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines()
        .map(str::trim)
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
}

/// Irregular form → base form.
pub(super) fn irregular() -> &'static HashMap<&'static str, &'static str> {
    static MAP: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
        lines(include_str!("../../../../data/words/irregular.txt"))
            .filter_map(|l| l.split_once(' '))
            .collect()
    });
    &MAP
}

/// Words that state no fact.
pub(crate) fn is_neutral(word: &str) -> bool {
    static SET: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        lines(include_str!("../../../../data/words/neutral.txt"))
            .flat_map(str::split_whitespace)
            .collect()
    });
    SET.contains(word)
}

/// Words of rank, praise and mastery.
pub(crate) fn is_claim(word: &str) -> bool {
    static SET: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        lines(include_str!("../../../../data/words/claims.txt"))
            .flat_map(str::split_whitespace)
            .collect()
    });
    SET.contains(word)
}

/// A phrase that makes a statement smaller.
pub(crate) struct Limit {
    /// Its words, folded.
    pub words: Vec<String>,
    /// Limits of one family may stand for one another.
    pub family: &'static str,
    /// True where it also limits what stands before it.
    pub around: bool,
}

/// Phrases that make a statement smaller, longest first.
pub(crate) fn limits() -> &'static [Limit] {
    static LIST: LazyLock<Vec<Limit>> = LazyLock::new(|| {
        let mut list: Vec<Limit> = lines(include_str!("../../../../data/words/limits.txt"))
            .filter_map(|l| l.split_once(':'))
            .flat_map(|(class, phrases)| {
                let (family, direction) = class.split_once(' ').unwrap_or((class, "before"));
                phrases.split(',').map(move |phrase| Limit {
                    words: crate::text::words(phrase),
                    family,
                    around: direction == "around",
                })
            })
            .collect();
        list.sort_by_key(|l| std::cmp::Reverse(l.words.len()));
        list
    });
    &LIST
}

/// How much a verb claims, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Strength {
    /// Helped somebody who did it.
    Support,
    /// Did it.
    Do,
    /// Was answerable for others or for the whole.
    Lead,
    /// Brought it into the world.
    Found,
}

/// A verb's strength and the number of its group of synonyms.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Verb {
    /// How much it claims.
    pub strength: Strength,
    /// Verbs of one group mean the same.
    pub group: usize,
}

/// The verb with this stem.
pub(crate) fn verb(stemmed: &str) -> Option<Verb> {
    static MAP: LazyLock<HashMap<String, Verb>> = LazyLock::new(|| {
        let mut map = HashMap::new();
        for (group, line) in lines(include_str!("../../../../data/words/verbs.txt")).enumerate() {
            let Some((class, verbs)) = line.split_once(':') else {
                continue;
            };
            let strength = match class {
                "support" => Strength::Support,
                "do" => Strength::Do,
                "lead" => Strength::Lead,
                _ => Strength::Found,
            };
            for verb in verbs.split_whitespace() {
                map.entry(stem(verb)).or_insert(Verb { strength, group });
            }
        }
        map
    });
    MAP.get(stemmed).copied()
}

/// Groups of words and phrases that mean the same, as stems.
pub(crate) fn equivalences() -> &'static [Vec<Vec<String>>] {
    static LIST: LazyLock<Vec<Vec<Vec<String>>>> = LazyLock::new(|| {
        lines(include_str!("../../../../data/words/equivalences.txt"))
            .map(|line| {
                line.split(',')
                    .map(|phrase| crate::text::words(phrase).iter().map(|w| stem(w)).collect())
                    .collect()
            })
            .collect()
    });
    &LIST
}

/// Words of job titles.
pub(crate) struct Titles {
    /// Senior, lead, director …
    pub rank: HashSet<&'static str>,
    /// Intern, assistant …
    pub smaller: HashSet<&'static str>,
    /// Engineer, nurse …
    pub occupation: HashSet<&'static str>,
}

/// Words of job titles.
pub(crate) fn titles() -> &'static Titles {
    static TITLES: LazyLock<Titles> = LazyLock::new(|| {
        let of = |class: &str| {
            lines(include_str!("../../../../data/words/titles.txt"))
                .filter_map(|l| l.split_once(':'))
                .filter(|(c, _)| *c == class)
                .flat_map(|(_, words)| words.split_whitespace())
                .collect()
        };
        Titles {
            rank: of("rank"),
            smaller: of("smaller"),
            occupation: of("occupation"),
        }
    });
    &TITLES
}
