//! What a résumé shows, worked out once and asked by every role.

use super::Seniority;
use crate::job::seniority;
use crate::lexicon::skills::{SkillId, Skills};
use crate::matching::{Piece, Spot};
use crate::resume::Resume;
use crate::text::fold;
use crate::wording::{Kind, stem, tokens};
use std::collections::{HashMap, HashSet};

/// Titles that count, newest first, the headline before them.
const TITLES: usize = 6;

/// A title that the person has or had.
pub(super) struct Held {
    words: Vec<String>,
    /// As shown.
    pub shown: String,
    /// 1 for the present one, less for older ones.
    pub worth: f64,
}

/// What a résumé shows.
pub(super) struct Person<'a> {
    /// First text that shows a skill of the lexicon, broader skills included.
    known: HashMap<SkillId, &'a str>,
    /// Stems of every text, for skills that the lexicon does not know.
    texts: Vec<(Vec<String>, &'a str)>,
    pub titles: Vec<Held>,
    pub rung: Option<Seniority>,
}

fn stems(text: &str) -> Vec<String> {
    tokens(text)
        .into_iter()
        .filter(|t| !matches!(t.kind, Kind::Sign(_)))
        .map(|t| t.stem)
        .collect()
}

/// Words of a title without its rank: "Senior Backend Engineer II" → backend, engineer.
pub(super) fn title_words(title: &str) -> Vec<String> {
    const RANKS: [&str; 16] = [
        "senior",
        "sr",
        "junior",
        "jr",
        "lead",
        "principal",
        "staff",
        "i",
        "ii",
        "iii",
        "iv",
        "the",
        "of",
        "and",
        "mid",
        "entry",
    ];
    fold(title)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty() && !RANKS.contains(w))
        .map(stem)
        .collect()
}

impl<'a> Person<'a> {
    pub fn new(resume: &'a Resume, pieces: &[Piece<'a>]) -> Person<'a> {
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
        let label = resume.contact.label.iter().map(|l| (l, 1.0));
        let positions = resume.work.iter().enumerate().filter_map(|(n, work)| {
            let worth = [1.0, 0.8, 0.6].get(n).copied().unwrap_or(0.4);
            work.position.as_ref().map(|p| (p, worth))
        });
        let titles = label
            .chain(positions)
            .take(TITLES)
            .map(|(text, worth)| Held {
                words: title_words(&text.value),
                shown: text.value.clone(),
                worth,
            })
            .collect();
        let now = resume
            .work
            .first()
            .and_then(|w| w.position.as_ref())
            .or(resume.contact.label.as_ref());
        Person {
            known,
            texts: pieces.iter().map(|p| (stems(p.text), p.text)).collect(),
            rung: seniority(now.map_or("", |t| &t.value), years_of_work(resume)),
            titles,
        }
    }

    /// The text that shows a skill.
    pub fn evidence(&self, skill: &str) -> Option<&'a str> {
        let lexicon = Skills::builtin();
        let id = lexicon.lookup(skill);
        if let Some(found) = id.and_then(|id| self.known.get(&id)) {
            return Some(found);
        }
        let wanted = stems(skill);
        if wanted.is_empty() || (id.is_some() && wanted.len() == 1) {
            return None;
        }
        self.texts
            .iter()
            .find(|(text, _)| text.windows(wanted.len()).any(|w| w == wanted))
            .map(|(_, shown)| *shown)
    }

    /// How far a name of a role, given as its words, is a title held: 0 to 1, and the title.
    pub fn held(&self, name: &[String]) -> Option<(f64, &Held)> {
        if name.is_empty() {
            return None;
        }
        self.titles
            .iter()
            .filter(|held| name.iter().all(|w| held.words.contains(w)))
            .map(|held| {
                let exact = name.len() as f64 / held.words.len().max(1) as f64;
                (held.worth * (0.6 + 0.4 * exact.min(1.0)), held)
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
