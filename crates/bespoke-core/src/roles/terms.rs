//! What roles say word by word: the terms of their titles, descriptions, skills and other names.
//!
//! Sentence vectors see the drift of a text and miss its trade words; terms see the trade words. A term is a stem or a
//! pair of stems side by side; stems that very many roles have are left out. Weights are TF-IDF (Spärck Jones, 1972;
//! Salton and Buckley, 1988), roles have the length of 1. A text gives one number for each role, its *echo*; echoes of
//! several texts add up.

use super::Role;
use super::ready::stems;
use crate::vectors::{dot, scale_to_unit};
use std::collections::{HashMap, HashSet};

/// A stem that more than this share of the roles have is no term.
const COMMON: f64 = 0.15;
/// The second of a pair, where the term is a single stem.
const ALONE: u32 = u32::MAX;
/// How often the texts of a role count.
const TITLE: f32 = 3.0;
const SKILL: f32 = 2.0;

/// The terms of a taxonomy.
#[derive(Debug, Clone, Default)]
pub(crate) struct Terms {
    roles: usize,
    /// Stems by number; those that are too common have none.
    stems: HashMap<String, Option<u32>>,
    terms: HashMap<(u32, u32), usize>,
    /// By term: inverse document frequency, and the roles that have it with their weights.
    weights: Vec<(f32, Vec<(u32, f32)>)>,
}

impl Terms {
    /// Of the roles in their order.
    pub fn of(roles: &[Role]) -> Terms {
        let texts: Vec<Vec<(f32, Vec<String>)>> = roles
            .iter()
            .map(|role| {
                let skills = role.required.iter().chain(&role.nice).map(|s| (SKILL, s.name.as_str()));
                let names = role.aliases.iter().map(|a| (1.0, a.as_str()));
                [(TITLE, role.title.as_str()), (1.0, role.description.as_str())]
                    .into_iter()
                    .chain(skills)
                    .chain(names)
                    .map(|(weight, text)| (weight, stems(text)))
                    .collect()
            })
            .collect();
        let mut uses: HashMap<&str, usize> = HashMap::new();
        for role in &texts {
            let own: HashSet<&str> = role.iter().flat_map(|(_, s)| s).map(String::as_str).collect();
            own.into_iter().for_each(|s| *uses.entry(s).or_default() += 1);
        }
        let mut out = Terms {
            roles: roles.len(),
            ..Terms::default()
        };
        let most = (roles.len() as f64 * COMMON).max(1.0);
        let mut next = 0;
        for stem in texts.iter().flatten().flat_map(|(_, stems)| stems) {
            if !out.stems.contains_key(stem) {
                let number = (uses[stem.as_str()] as f64 <= most).then_some(next);
                next += u32::from(number.is_some());
                out.stems.insert(stem.clone(), number);
            }
        }
        for (place, role) in texts.iter().enumerate() {
            let mut counts: HashMap<(u32, u32), f32> = HashMap::new();
            for (weight, stems) in role {
                out.each(stems, |key| *counts.entry(key).or_default() += weight);
            }
            let mut counts: Vec<_> = counts.into_iter().collect();
            counts.sort_by_key(|(key, _)| *key);
            for (key, count) in counts {
                let term = *out.terms.entry(key).or_insert(out.weights.len());
                if term == out.weights.len() {
                    out.weights.push((0.0, Vec::new()));
                }
                out.weights[term].1.push((place as u32, 1.0 + count.ln()));
            }
        }
        let mut lengths = vec![0.0f32; roles.len()];
        for (idf, roles) in &mut out.weights {
            *idf = ((1.0 + out.roles as f32) / (1.0 + roles.len() as f32)).ln();
            for (role, weight) in roles {
                *weight *= *idf;
                lengths[*role as usize] += *weight * *weight;
            }
        }
        for (_, roles) in &mut out.weights {
            for (role, weight) in roles {
                *weight /= lengths[*role as usize].sqrt().max(f32::MIN_POSITIVE);
            }
        }
        out
    }

    /// Every stem and every pair of neighbours, common stems passed over; one that no role has parts its neighbours.
    fn each(&self, stems: &[String], mut found: impl FnMut((u32, u32))) {
        let mut last = None;
        for stem in stems {
            match self.stems.get(stem) {
                Some(Some(number)) => {
                    found((*number, ALONE));
                    if let Some(last) = last {
                        found((last, *number));
                    }
                    last = Some(*number);
                }
                Some(None) => {}
                None => last = None,
            }
        }
    }

    /// The terms of a text, each once.
    fn of_text(&self, stems: &[String]) -> Vec<usize> {
        let mut out = Vec::new();
        self.each(stems, |key| out.extend(self.terms.get(&key).copied()));
        out.sort_unstable();
        out.dedup();
        out
    }

    fn add(&self, term: usize, count: f32, echo: &mut [f32]) {
        let (idf, roles) = &self.weights[term];
        for (role, weight) in roles {
            echo[*role as usize] += count * idf * weight;
        }
    }

    /// How much a text, given as its stems, says of each role; each term counts once.
    pub fn echo(&self, stems: &[String]) -> Vec<f32> {
        let mut out = vec![0.0; self.roles];
        for term in self.of_text(stems) {
            self.add(term, 1.0, &mut out);
        }
        out
    }

    /// Cosines of texts, taken together, with the roles: 0 to 1.
    pub fn cosines<'t>(&self, texts: impl Iterator<Item = &'t [String]>) -> Vec<f32> {
        let mut counts: HashMap<usize, f32> = HashMap::new();
        for text in texts {
            for term in self.of_text(text) {
                *counts.entry(term).or_default() += 1.0;
            }
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|(term, _)| *term);
        let mut out = vec![0.0; self.roles];
        let mut length = 0.0f32;
        for (term, count) in counts {
            self.add(term, count, &mut out);
            length += (count * self.weights[term].0).powi(2);
        }
        let length = length.sqrt().max(f32::MIN_POSITIVE);
        out.iter_mut().for_each(|v| *v /= length);
        out
    }
}

/// How alike two echoes are, −1 to 1: the correlation of their numbers (Pearson). 0 where one says nothing.
pub(crate) fn alike(one: &[f32], other: &[f32]) -> f32 {
    let centred = |echo: &[f32]| {
        let mean = echo.iter().sum::<f32>() / echo.len().max(1) as f32;
        let mut out: Vec<f32> = echo.iter().map(|v| v - mean).collect();
        scale_to_unit(&mut out);
        out
    };
    dot(&centred(one), &centred(other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roles::Taxonomy;

    fn nearest(text: &str) -> &'static str {
        let taxonomy = Taxonomy::builtin();
        let text = stems(text);
        let cosines = taxonomy.terms().cosines([text.as_slice()].into_iter());
        let best = (0..cosines.len()).max_by(|a, b| cosines[*a].total_cmp(&cosines[*b]));
        &taxonomy.roles()[best.expect("roles")].id
    }

    #[test]
    fn trade_words_name_their_role() {
        assert_eq!(
            nearest("Reads arterial lines and titrates sedation in the ICU"),
            "intensive-care-nurse"
        );
    }

    #[test]
    fn texts_of_one_trade_are_alike() {
        let terms = Taxonomy::builtin().terms();
        let echo = |text: &str| terms.echo(&stems(text));
        let nurse = echo("Gave medication and charted vital signs on a surgical ward");
        let ward = echo("Patient care, wound care, medication administration");
        let code = echo("Wrote REST services in Java with Spring Boot and PostgreSQL");
        assert!(alike(&nurse, &ward) > 0.3, "{}", alike(&nurse, &ward));
        assert!(alike(&nurse, &code) < 0.1, "{}", alike(&nurse, &code));
        assert_eq!(alike(&nurse, &echo("")), 0.0);
    }
}
