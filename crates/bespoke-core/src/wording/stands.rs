//! What a text may say for what the evidence says: `data/words/stands.txt`, and words that add nothing: `data/words/light.txt`.
//!
//! A line names words and phrases of the evidence and what may be told for them, as much or less. Words stand for all their
//! forms, out of a dictionary: who may say "reduce" may say "reduction".

use super::kin::forms;
use super::phrases::{Found, Phrases};
use super::stem;
use super::vocabulary::lines;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

#[derive(Default)]
struct Side {
    /// By line.
    phrases: Phrases,
    /// Single stems → lines.
    single: HashMap<String, Vec<usize>>,
}

impl Side {
    fn add(&mut self, line: usize, phrase: &str) {
        let stems: Vec<String> = crate::text::words(phrase).iter().map(|w| stem(w)).collect();
        match stems.as_slice() {
            [one] => {
                for form in forms(one).map(str::to_owned) {
                    self.word(line, form);
                }
                self.word(line, one.clone());
            }
            _ => self.phrases.add(line, stems),
        }
    }

    fn word(&mut self, line: usize, stem: String) {
        let lines = self.single.entry(stem.clone()).or_default();
        if !lines.contains(&line) {
            lines.push(line);
            self.phrases.add(line, vec![stem]);
        }
    }
}

/// What the evidence says, and what may be told for it.
fn sides() -> &'static (Side, Side) {
    static SIDES: LazyLock<(Side, Side)> = LazyLock::new(|| {
        let (mut said, mut told) = (Side::default(), Side::default());
        for (n, line) in lines(crate::words::stands()).enumerate() {
            let (left, right) = line.split_once('>').unwrap_or((line, line));
            left.split(',').for_each(|phrase| said.add(n, phrase));
            right.split(',').for_each(|phrase| told.add(n, phrase));
        }
        (said, told)
    });
    &SIDES
}

/// Phrases of the evidence for which something may be told, numbered by their line.
pub(crate) fn said(stems: &[&str]) -> Vec<Found> {
    sides().0.phrases.find(stems)
}

/// Phrases that may be told where the evidence has their line.
pub(crate) fn told(stems: &[&str]) -> Vec<Found> {
    sides().1.phrases.find(stems)
}

/// True where evidence for `said` lets a text say `told`, both stems of single words.
pub(crate) fn stands_for(told: &str, said: &str) -> bool {
    let (left, right) = sides();
    match (left.single.get(said), right.single.get(told)) {
        (Some(a), Some(b)) => b.iter().any(|line| a.contains(line)),
        _ => false,
    }
}

type Kinds = HashMap<String, (Vec<usize>, Vec<usize>)>;

/// Stem of a verb → the kinds that it may be told for, and those that it is evidence for.
fn kinds() -> &'static Kinds {
    static MAP: LazyLock<Kinds> = LazyLock::new(|| {
        let mut map: Kinds = HashMap::new();
        let list = lines(include_str!("../../../../data/words/kinds.txt")).filter_map(|l| l.split_once(':'));
        for (kind, (_, verbs)) in list.enumerate() {
            for verb in verbs.split_whitespace() {
                let (told, said) = map.entry(stem(verb.trim_start_matches('-'))).or_default();
                said.push(kind);
                if !verb.starts_with('-') {
                    told.push(kind);
                }
            }
        }
        map
    });
    &MAP
}

/// True where both verbs tell of the same kind of action, and the told one claims no more.
pub(crate) fn same_kind(told: &str, said: &str) -> bool {
    match (kinds().get(told), kinds().get(said)) {
        (Some((a, _)), Some((_, b))) => a.iter().any(|kind| b.contains(kind)),
        _ => false,
    }
}

/// True for the stem of a verb that has a kind.
pub(crate) fn has_kind(stemmed: &str) -> bool {
    kinds().contains_key(stemmed)
}

/// True for a word that adds nothing which could be untrue.
pub(crate) fn is_light(stemmed: &str) -> bool {
    static SET: LazyLock<HashSet<String>> = LazyLock::new(|| {
        lines(include_str!("../../../../data/words/light.txt"))
            .flat_map(str::split_whitespace)
            .map(stem)
            .collect()
    });
    SET.contains(stemmed)
}

/// True where work of which one word is `work` is done for those whom the stem `people` names: `data/words/served.txt`.
pub(crate) fn serves(people: &str, work: &str) -> bool {
    static MAP: LazyLock<HashMap<String, HashSet<String>>> = LazyLock::new(|| {
        let mut map: HashMap<String, HashSet<String>> = HashMap::new();
        for (people, work) in lines(include_str!("../../../../data/words/served.txt")).filter_map(|l| l.split_once(':'))
        {
            for one in people.split_whitespace() {
                let all = map.entry(stem(one)).or_default();
                all.extend(work.split_whitespace().map(stem));
            }
        }
        map
    });
    MAP.get(people).is_some_and(|all| all.contains(work))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_much_or_less_may_be_told_and_not_more() {
        let stands = |told: &str, said: &str| stands_for(&stem(told), &stem(said));
        for (told, said) in [
            ("coach", "mentor"),
            ("reduction", "cut"),
            ("author", "wrote"),
            ("handle", "resolved"),
        ] {
            assert!(stands(told, said), "{told} {said}");
        }
        for (told, said) in [
            ("wrote", "edited"),
            ("led", "helped"),
            ("supervised", "mentored"),
            ("sold", "bought"),
        ] {
            assert!(!stands(told, said), "{told} {said}");
        }
        assert!(is_light("period") && !is_light("budget"));
    }
}
