//! Titles and skills that many people have and the taxonomy does not know: proposed to the operator, never added.

use crate::lexicon::skills::Skills;
use crate::resume::Resume;
use crate::roles::Taxonomy;
use crate::text::fold;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Longest title or skill that is taken for one, in words and in characters.
const WORDS: usize = 6;
const CHARS: usize = 60;

/// Something that many people call themselves, or say that they can.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proposal {
    /// In small letters.
    pub text: String,
    /// How many different people have it.
    pub people: usize,
}

/// What is proposed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Proposals {
    /// People whose résumés were counted.
    pub people: usize,
    /// Titles that no role has as a name, those that most people have first.
    pub titles: Vec<Proposal>,
    /// Skills that are not in the lexicon, those that most people have first.
    pub skills: Vec<Proposal>,
}

/// Counts people, one after the other; holds no more of anybody than words that are not known.
#[derive(Debug, Default)]
pub struct Counter {
    people: usize,
    titles: BTreeMap<String, usize>,
    skills: BTreeMap<String, usize>,
}

/// A title without its rank and in small letters: "Senior Prompt Engineer II" → "prompt engineer".
fn bare(title: &str) -> String {
    const RANKS: [&str; 12] = [
        "senior",
        "sr",
        "sr.",
        "junior",
        "jr",
        "jr.",
        "lead",
        "principal",
        "staff",
        "i",
        "ii",
        "iii",
    ];
    let folded = fold(title);
    let words = folded.split_whitespace().filter(|w| !RANKS.contains(w));
    words.collect::<Vec<_>>().join(" ")
}

/// Whether a text can be shown to an operator at all: short, and without what looks like an address or a number.
fn is_plain(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    (1..=WORDS).contains(&words)
        && text.chars().count() <= CHARS
        && letters >= 2
        && !text.contains(['@', '/', ':', ',', ';', '|', '(', ')'])
        && text.chars().filter(char::is_ascii_digit).count() <= 2
}

impl Counter {
    /// Counts what one person has in their résumés: each title and skill once, however often it stands there.
    pub fn add<'r>(&mut self, resumes: impl IntoIterator<Item = &'r Resume>, taxonomy: &Taxonomy) {
        let lexicon = Skills::builtin();
        let (mut titles, mut skills) = (BTreeSet::new(), BTreeSet::new());
        for resume in resumes {
            let held = resume
                .work
                .iter()
                .filter_map(|w| w.position.as_ref())
                .chain(&resume.contact.label);
            titles.extend(held.map(|t| bare(&t.value)).filter(|t| is_plain(t)));
            let listed = resume.skills.iter().flat_map(|g| &g.keywords);
            skills.extend(listed.map(|k| fold(k.value.trim())).filter(|k| is_plain(k)));
        }
        self.people += 1;
        for title in titles.into_iter().filter(|t| taxonomy.named(t).is_none()) {
            *self.titles.entry(title).or_default() += 1;
        }
        for skill in skills.into_iter().filter(|s| lexicon.lookup(s).is_none()) {
            *self.skills.entry(skill).or_default() += 1;
        }
    }

    /// What at least so many different people have, at most `most` of each kind; all else is dropped unseen.
    pub fn proposals(self, least: usize, most: usize) -> Proposals {
        let often = |counts: BTreeMap<String, usize>| {
            let mut list: Vec<Proposal> = counts
                .into_iter()
                .filter(|(_, people)| *people >= least.max(2))
                .map(|(text, people)| Proposal { text, people })
                .collect();
            list.sort_by(|a, b| b.people.cmp(&a.people).then_with(|| a.text.cmp(&b.text)));
            list.truncate(most);
            list
        };
        Proposals {
            people: self.people,
            titles: often(self.titles),
            skills: often(self.skills),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json_resume::from_json_resume;

    fn person(title: &str, skills: &[&str]) -> Resume {
        from_json_resume(&serde_json::json!({
            "work": [{ "name": "Example", "position": title }, { "name": "Example", "position": title }],
            "skills": [{ "name": "Skills", "keywords": skills }],
        }))
    }

    #[test]
    fn only_what_many_people_have_is_proposed_and_only_what_is_new() {
        let mut counter = Counter::default();
        for n in 0..12 {
            let own = format!("Zarquon {n}");
            let mut skills = vec!["SQL", "Flimwick", own.as_str(), "mail me: x@example.com"];
            skills.truncate(if n < 9 { 4 } else { 1 });
            let resume = person(
                if n % 2 == 0 {
                    "Senior Dream Weaver II"
                } else {
                    "Data Analyst"
                },
                &skills,
            );
            counter.add([&resume, &resume], Taxonomy::builtin());
        }
        let found = counter.proposals(6, 10);
        assert_eq!(found.people, 12);
        let list = |p: &[Proposal]| p.iter().map(|p| (p.text.clone(), p.people)).collect::<Vec<_>>();
        assert_eq!(list(&found.titles), [("dream weaver".to_owned(), 6)]);
        assert_eq!(list(&found.skills), [("flimwick".to_owned(), 9)]);
    }

    #[test]
    fn one_person_is_never_enough() {
        let mut counter = Counter::default();
        counter.add([&person("Dream Weaver", &["Flimwick"])], Taxonomy::builtin());
        let found = counter.proposals(0, 10);
        assert!(found.titles.is_empty() && found.skills.is_empty());
    }
}
