//! The word lists of `data/words/`, read once. Lines that begin with `#` are comments.

use super::phrases::{Found, Phrases};
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

/// True for the past of an irregular verb.
pub(crate) fn irregular_past(word: &str) -> bool {
    const NO_PAST: [&str; 4] = ["cut", "set", "analyze", "optimize"];
    irregular().get(word).is_some_and(|base| {
        !NO_PAST.contains(&word) && !word.ends_with("ing") && !word.ends_with('s') && verb(&stem(base)).is_some()
    })
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

/// Phrases that state no fact, folded, word by word.
pub(crate) fn neutral_phrases() -> &'static [Vec<&'static str>] {
    static LIST: LazyLock<Vec<Vec<&str>>> = LazyLock::new(|| {
        lines(include_str!("../../../../data/words/neutral-phrases.txt"))
            .map(|l| l.split_whitespace().collect())
            .collect()
    });
    &LIST
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

/// A verb's strength and the groups of synonyms that it stands in.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Verb {
    /// How much it claims.
    pub strength: Strength,
    /// Verbs that share a group mean the same.
    pub groups: Vec<usize>,
}

impl Verb {
    /// True where one may stand for the other.
    pub fn means(&self, other: &Verb) -> bool {
        self.groups.iter().any(|g| other.groups.contains(g))
    }
}

/// The verb with this stem.
pub(crate) fn verb(stemmed: &str) -> Option<&'static Verb> {
    static MAP: LazyLock<HashMap<String, Verb>> = LazyLock::new(|| {
        let mut map: HashMap<String, Verb> = HashMap::new();
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
                let known = map.entry(stem(verb)).or_insert_with(|| Verb {
                    strength,
                    groups: Vec::new(),
                });
                known.strength = known.strength.max(strength);
                known.groups.push(group);
            }
        }
        map
    });
    MAP.get(stemmed)
}

/// Which way a verb says that a measure went: 1 up, −1 down, 0 where it does not say.
pub(crate) fn direction(stemmed: &str) -> i8 {
    const UP: [&str; 13] = [
        "increas", "rais", "grow", "boost", "lift", "ris", "climb", "improv", "expand", "doubl", "tripl", "extend",
        "broaden",
    ];
    const DOWN: [&str; 14] = [
        "reduc", "cut", "lower", "decreas", "shrink", "trim", "slash", "drop", "fal", "declin", "shorten", "minimis",
        "curb", "halv",
    ];
    match stemmed {
        up if UP.contains(&up) => 1,
        down if DOWN.contains(&down) => -1,
        _ => 0,
    }
}

/// Words that end a noun phrase: prepositions, conjunctions of clauses, relatives.
pub(crate) fn is_preposition(word: &str) -> bool {
    const LIST: &[&str] = &[
        "of",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "to",
        "into",
        "onto",
        "with",
        "within",
        "across",
        "between",
        "among",
        "amongst",
        "against",
        "along",
        "around",
        "through",
        "throughout",
        "during",
        "after",
        "before",
        "since",
        "until",
        "till",
        "per",
        "toward",
        "towards",
        "over",
        "under",
        "above",
        "below",
        "behind",
        "beyond",
        "about",
        "upon",
        "without",
        "that",
        "which",
        "who",
        "whom",
        "whose",
        "while",
        "when",
        "where",
        "because",
        "as",
        "including",
        "include",
        "includes",
        "using",
        "so",
        "than",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "has",
        "have",
        "had",
        "now",
        "then",
        "covering",
        "following",
        "alongside",
        "thereby",
        "thanks",
        "despite",
        "amid",
        "owing",
        "via",
        "durch",
        "dank",
        "mit",
        "von",
        "fur",
        "bei",
        "im",
        "auf",
        "aus",
        "nach",
        "zur",
        "zum",
        "um",
        "pro",
        "par",
        "pour",
        "de",
        "des",
        "du",
        "sur",
        "avec",
        "dans",
        "et",
        "und",
    ];
    LIST.contains(&word)
}

/// Particles that make a noun with a verb: roll out, set up, hand over.
pub(crate) fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "out" | "up" | "in" | "off" | "down" | "over" | "back" | "through" | "away"
    )
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

/// True for the stem of a word of [`titles`] that says what a person is by occupation.
pub(crate) fn is_occupation(stemmed: &str) -> bool {
    static SET: LazyLock<HashSet<String>> =
        LazyLock::new(|| titles().occupation.iter().map(|word| stem(word)).collect());
    SET.contains(stemmed)
}

/// True where one stem is a wider word for the other: a lorry is a vehicle, a petition a document.
pub(crate) fn wider(wide: &str, narrow: &str) -> bool {
    static MAP: LazyLock<HashMap<String, HashSet<String>>> = LazyLock::new(|| {
        lines(include_str!("../../../../data/words/broader.txt"))
            .filter_map(|l| l.split_once(':'))
            .map(|(wide, narrow)| (stem(wide), narrow.split_whitespace().map(stem).collect()))
            .collect()
    });
    MAP.get(wide).is_some_and(|all| all.contains(narrow))
}

/// Groups of [`equivalences`] that hold this stem as a single word.
pub(crate) fn alike(stemmed: &str) -> &'static [usize] {
    static MAP: LazyLock<HashMap<&'static str, Vec<usize>>> = LazyLock::new(|| {
        let mut map: HashMap<&str, Vec<usize>> = HashMap::new();
        for (n, group) in equivalences().iter().enumerate() {
            for phrase in group.iter().filter(|p| p.len() == 1) {
                map.entry(&phrase[0]).or_default().push(n);
            }
        }
        map
    });
    MAP.get(stemmed).map_or(&[], Vec::as_slice)
}

/// Phrases of [`equivalences`] in a text of stems, numbered by their group.
pub(crate) fn equivalents(stems: &[&str]) -> Vec<Found> {
    static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
        let mut out = Phrases::default();
        for (n, group) in equivalences().iter().enumerate() {
            group.iter().for_each(|phrase| out.add(n, phrase.clone()));
        }
        out
    });
    PHRASES.find(stems)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_say_which_way_a_measure_went() {
        for (word, way) in [
            ("increased", 1),
            ("grew", 1),
            ("raised", 1),
            ("fell", -1),
            ("reducing", -1),
            ("halved", -1),
        ] {
            assert_eq!(direction(&stem(word)), way, "{word} {}", stem(word));
        }
        for word in ["built", "brought", "saved", "led"] {
            assert_eq!(direction(&stem(word)), 0, "{word}");
        }
    }
}
