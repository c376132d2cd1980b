//! What ranking asks of a taxonomy for every person, worked out once: words of names, stems of skills, how rare they are.

use super::Role;
use crate::fields::of_occupation;
use crate::lexicon::skills::{SkillId, Skills};
use crate::text::fold;
use crate::wording::{Kind, stem, tokens};
use std::collections::HashMap;

/// A skill that roles ask for.
#[derive(Debug, Clone)]
pub(super) struct ReadySkill {
    /// In the lexicon, where it is there.
    pub id: Option<SkillId>,
    pub stems: Vec<String>,
    /// 1 for one that a single role asks for, near 0 for one that all do: inverse document frequency over the
    /// logarithm of the number of roles.
    pub rarity: f64,
}

/// The parts of a role by their places in [`Ready`].
#[derive(Debug, Clone)]
pub(super) struct ReadyRole {
    /// The words of its title and other names.
    pub names: Vec<Vec<u32>>,
    /// Required skills, then those that help.
    pub skills: Vec<usize>,
    /// Its fields of work, as bits.
    pub fields: u32,
}

/// A taxonomy ready to be asked.
#[derive(Debug, Clone, Default)]
pub(super) struct Ready {
    words: HashMap<String, u32>,
    /// By word: how telling it is, 1 for one that a single name has, near 0 for "manager".
    telling: Vec<f64>,
    pub skills: Vec<ReadySkill>,
    pub roles: Vec<ReadyRole>,
}

/// Stems of the words of a text, signs left out.
pub(super) fn stems(text: &str) -> Vec<String> {
    tokens(text)
        .into_iter()
        .filter(|t| !matches!(t.kind, Kind::Sign(_)))
        .map(|t| t.stem)
        .collect()
}

/// Words of a title without its rank: "Senior Backend Engineer II" → backend, engineer.
fn title_words(title: &str) -> Vec<String> {
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

impl Ready {
    pub fn of(roles: &[Role]) -> Ready {
        let lexicon = Skills::builtin();
        let mut ready = Ready::default();
        let mut places: HashMap<&str, usize> = HashMap::new();
        let mut counts: Vec<f64> = Vec::new();
        for role in roles {
            let names = role
                .names()
                .map(|name| title_words(name).into_iter().map(|w| ready.word(w)).collect())
                .collect();
            let mut skills = Vec::new();
            for skill in role.required.iter().chain(&role.nice) {
                let place = *places.entry(&skill.name).or_insert_with(|| {
                    ready.skills.push(ReadySkill {
                        id: lexicon.lookup(&skill.name),
                        stems: stems(&skill.name),
                        rarity: 1.0,
                    });
                    counts.push(0.0);
                    counts.len() - 1
                });
                counts[place] += 1.0;
                skills.push(place);
            }
            ready.roles.push(ReadyRole {
                names,
                skills,
                fields: of_occupation(&role.onet),
            });
        }
        let mut uses = vec![0.0f64; ready.words.len()];
        for role in &ready.roles {
            let words: std::collections::HashSet<u32> = role.names.iter().flatten().copied().collect();
            words.into_iter().for_each(|w| uses[w as usize] += 1.0);
        }
        let all = (roles.len().max(2) as f64).ln();
        ready.telling = uses
            .into_iter()
            .map(|n| (1.0 - n.max(1.0).ln() / all).max(0.05))
            .collect();
        for (skill, count) in ready.skills.iter_mut().zip(counts) {
            skill.rarity = (1.0 - count.ln() / all).max(0.05);
        }
        ready
    }

    /// How telling words are in all; one that no name has counts as half a telling one, for it may be a company.
    pub fn weight(&self, words: &[u32]) -> f64 {
        words
            .iter()
            .map(|w| self.telling.get(*w as usize).copied().unwrap_or(0.5))
            .sum()
    }

    fn word(&mut self, word: String) -> u32 {
        let next = self.words.len() as u32;
        *self.words.entry(word).or_insert(next)
    }

    /// The words of a title, those that no role's name has as `u32::MAX`.
    pub fn words(&self, title: &str) -> Vec<u32> {
        title_words(title)
            .iter()
            .map(|w| self.words.get(w).copied().unwrap_or(u32::MAX))
            .collect()
    }
}
