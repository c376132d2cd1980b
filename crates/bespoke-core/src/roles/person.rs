//! What a résumé shows, worked out once and asked by every role.

use super::Seniority;
use super::ready::{Ready, ReadySkill, stems};
use crate::job::seniority;
use crate::lexicon::skills::{SkillId, Skills};
use crate::matching::{Piece, Spot};
use crate::resume::Resume;
use std::collections::{HashMap, HashSet};

/// Titles that count, newest first, the headline before them.
const TITLES: usize = 6;

/// A title that the person has or had.
pub(super) struct Held {
    words: Vec<u32>,
    weight: f64,
    /// As shown.
    pub shown: String,
    /// 1 for the present one, less for older ones.
    worth: f64,
}

/// What a résumé shows.
pub(super) struct Person<'a> {
    /// First text that shows a skill of the lexicon, broader skills included.
    known: HashMap<SkillId, &'a str>,
    /// Every text and its stems, for skills that the lexicon does not know.
    texts: Vec<(Vec<String>, &'a str)>,
    /// Where each stem stands: text and place in it.
    stems: HashMap<String, Vec<(usize, usize)>>,
    titles: Vec<Held>,
    pub rung: Option<Seniority>,
}

impl<'a> Person<'a> {
    /// The stems of every text.
    pub fn stems(&self) -> impl Iterator<Item = &[String]> {
        self.texts.iter().map(|(stems, _)| stems.as_slice())
    }

    pub fn new(resume: &'a Resume, pieces: &[Piece<'a>], ready: &Ready) -> Person<'a> {
        let lexicon = Skills::builtin();
        let mut known: HashMap<SkillId, &'a str> = HashMap::new();
        for piece in pieces {
            let mut open: Vec<SkillId> = lexicon.find(piece.text).into_iter().map(|m| m.skill).collect();
            if matches!(piece.spot, Spot::Skill) {
                open.extend(lexicon.lookup(piece.text));
            }
            let mut seen = HashSet::new();
            while let Some(id) = open.pop() {
                if seen.insert(id) {
                    known.entry(id).or_insert(piece.text);
                    open.extend(lexicon.get(id).broader.iter().copied());
                }
            }
        }
        let texts: Vec<(Vec<String>, &'a str)> = pieces.iter().map(|p| (stems(p.text), p.text)).collect();
        let mut places: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
        for (text, (words, _)) in texts.iter().enumerate() {
            for (place, word) in words.iter().enumerate() {
                places.entry(word.clone()).or_default().push((text, place));
            }
        }
        let label = resume.contact.label.iter().map(|l| (l, 1.0));
        let positions = resume.work.iter().enumerate().filter_map(|(n, work)| {
            let worth = [1.0, 0.8, 0.6].get(n).copied().unwrap_or(0.4);
            work.position.as_ref().map(|p| (p, worth))
        });
        let titles = label
            .chain(positions)
            .take(TITLES)
            .map(|(text, worth)| {
                let words = ready.words(&text.value);
                Held {
                    weight: ready.weight(&words),
                    words,
                    shown: text.value.clone(),
                    worth,
                }
            })
            .collect();
        let now = resume
            .work
            .first()
            .and_then(|w| w.position.as_ref())
            .or(resume.contact.label.as_ref());
        Person {
            known,
            texts,
            stems: places,
            rung: seniority(now.map_or("", |t| &t.value), years_of_work(resume)),
            titles,
        }
    }

    /// The text that shows a skill.
    pub fn evidence(&self, skill: &ReadySkill) -> Option<&'a str> {
        if let Some(found) = skill.id.and_then(|id| self.known.get(&id)) {
            return Some(found);
        }
        // The lexicon decides about single words by their context; what it refused is not taken by the back door.
        if skill.id.is_some() && skill.stems.len() == 1 {
            return None;
        }
        let first = self.stems.get(skill.stems.first()?)?;
        first.iter().find_map(|(text, place)| {
            let (words, shown) = &self.texts[*text];
            words[*place..].starts_with(&skill.stems).then_some(*shown)
        })
    }

    /// How far a name of a role, given as its words, is a title held: 0 to 1, and the title. A name that leaves the
    /// telling words of the title out ("Manager" of "Fitness Club Manager") says little.
    pub fn held(&self, name: &[u32], ready: &Ready) -> Option<(f64, &Held)> {
        if name.is_empty() {
            return None;
        }
        let weight = ready.weight(name);
        self.titles
            .iter()
            .filter(|held| name.iter().all(|w| held.words.contains(w)))
            .map(|held| {
                let exact = (weight / held.weight.max(0.05)).min(1.0);
                (held.worth * exact, held)
            })
            .max_by(|a, b| a.0.total_cmp(&b.0))
    }
}

/// Years between the first start and the last date of work that the résumé shows.
fn years_of_work(resume: &Resume) -> Option<u32> {
    let starts = || {
        resume
            .work
            .iter()
            .filter_map(|w| w.start.as_ref().map(|s| s.value.months()))
    };
    let ends = resume.work.iter().filter_map(|w| match w.end.as_ref()?.value {
        crate::date::End::Date(date) => Some(date.months()),
        crate::date::End::Present => None,
    });
    let first = starts().min()?;
    let last = starts().chain(ends).max()?;
    u32::try_from((last - first) / 12).ok()
}
