//! Ranking as an instance has learned it: other weights for the same parts, and one part more.
//!
//! Fits come in as [`super::rank`] gives them, with its default share of the semantic part; the same fits leave with the
//! points that the learned weights give, in their order. As shipped, nothing changes.

use super::rank::{RUNG, TITLE_LIFT};
use super::{Fit, Taxonomy};
use crate::score::{Part, Score};
use crate::vectors::{dot, scale_to_unit};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};

/// Share of the semantic part where nobody says another.
pub const BLEND: f64 = 0.7;
/// Roles that stand for a person: those that fit best as shipped.
const NEAREST: usize = 5;
/// The learned part moves a score by at most this share of it all.
const MOST: f64 = 0.15;
/// Seniority takes at most this share of what is left of the blend.
const TAKES: f64 = 0.3;

/// Weights that feedback has changed. [`Learned::default`] is the product as shipped.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Learned {
    /// Which version of the instance this is, 0 as shipped; not a part of what is kept.
    #[serde(skip)]
    pub version: i64,
    /// Share of the semantic part, 0 to 1.
    pub blend: f64,
    /// Share of the room above the blend that a title held now can fill, 0 to 1.
    pub title_lift: f64,
    /// Points that each rung of seniority beyond the first takes away.
    pub rung: f64,
    /// How much more or less telling a skill is than the taxonomy says, by its name: a factor from 0.5 to 2.
    pub skills: BTreeMap<String, f64>,
    /// What is laid over the embedding.
    pub adapter: Option<Adapter>,
}

impl Default for Learned {
    fn default() -> Self {
        Learned {
            version: 0,
            blend: BLEND,
            title_lift: TITLE_LIFT,
            rung: RUNG,
            skills: BTreeMap::new(),
            adapter: None,
        }
    }
}

/// A residual of low rank over unit vectors: v ↦ v + U (V v) (LoRA; Hu et al., 2021), and what its cosine is worth.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Adapter {
    /// Length of the vectors.
    pub dimensions: usize,
    /// V, row after row: `rank` rows of `dimensions` numbers.
    pub down: Vec<f32>,
    /// U, column after column: `rank` columns of `dimensions` numbers.
    pub up: Vec<f32>,
    /// Points of the score for each unit by which the cosine rises; 0 and more.
    pub points: f64,
}

impl Adapter {
    /// v + U (V v); a vector of another length stays as it is.
    pub fn apply(&self, vector: &[f32]) -> Vec<f32> {
        let mut out = vector.to_vec();
        if vector.len() == self.dimensions && !vector.is_empty() {
            let rows = self.down.chunks_exact(self.dimensions);
            for (row, column) in rows.zip(self.up.chunks_exact(self.dimensions)) {
                let amount = dot(row, vector);
                out.iter_mut().zip(column).for_each(|(o, c)| *o += amount * c);
            }
        }
        out
    }

    /// By how much a role comes nearer to where somebody stands, as a difference of cosines, −2 to 2. Only the person's
    /// side goes through the adapter: who are drawn from one kind of work to another are not drawn back by that.
    pub fn rise(&self, person: &[f32], role: &[f32]) -> f64 {
        f64::from(cosine(&self.apply(person), role) - cosine(person, role))
    }
}

fn cosine(a: &[f32], b: &[f32]) -> f32 {
    let lengths = (dot(a, a) * dot(b, b)).sqrt();
    if lengths > 0.0 { dot(a, b) / lengths } else { 0.0 }
}

/// The roles that stand for a person, as (id, share); the shares add up to 1. Words of the taxonomy, none of the person.
pub type Anchor = Vec<(String, f32)>;

/// How a role met a person, as numbers and as skills of the taxonomy: what a fit is, without the person's words.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Traits {
    /// Value of the part `semantic`, 0 to 1.
    pub close: f64,
    /// Value of the part `skills`, 0 to 1.
    pub share: f64,
    /// Value of the part `title`, 0 to 1; 0 where the title was never held.
    pub held: f64,
    /// Rungs of seniority beyond the first, 0 and more.
    pub rungs: f64,
    /// Points of all other parts, as a share of 100.
    pub rest: f64,
    /// Skills of the role that the résumé shows.
    pub shown: Vec<String>,
}

impl Traits {
    /// The traits of a fit that was ranked as shipped.
    pub fn of(fit: &Fit) -> Traits {
        let mut traits = Traits {
            shown: fit.shared.iter().map(|s| s.skill.clone()).collect(),
            ..Traits::default()
        };
        for part in &fit.score.parts {
            match part.name.as_str() {
                "semantic" => traits.close = part.value,
                "skills" => traits.share = part.value,
                "title" => traits.held = part.value,
                "seniority" => traits.rungs = -part.weight / RUNG,
                _ => traits.rest += part.points / 100.0,
            }
        }
        traits
    }
}

/// The parts of a score as shares of 1.
pub(crate) struct Shares {
    pub semantic: f64,
    pub skills: f64,
    pub title: f64,
    pub seniority: f64,
    pub learned: f64,
    pub rest: f64,
}

impl Shares {
    pub fn total(&self) -> f64 {
        self.semantic + self.skills + self.title + self.seniority + self.learned + self.rest
    }
}

/// The roles of a taxonomy with the vectors of their descriptions: what learned weights need to score.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// The roles.
    pub taxonomy: &'a Taxonomy,
    /// One vector per role, one after the other; empty where there are none.
    pub descriptions: &'a [f32],
}

impl<'a> Ground<'a> {
    /// Length of the vectors.
    pub fn dimensions(&self) -> usize {
        self.descriptions.len() / self.taxonomy.roles().len().max(1)
    }

    /// The vector of a role's description.
    pub fn description(&self, role: &str) -> Option<&'a [f32]> {
        let (place, length) = (self.taxonomy.place(role)?, self.dimensions());
        self.descriptions.get(place * length..(place + 1) * length)
    }

    /// The vector of who stands near these roles: the mean of their descriptions by share, of unit length.
    pub fn middle(&self, anchor: &Anchor) -> Vec<f32> {
        let mut sum = vec![0.0f32; self.dimensions()];
        for (role, share) in anchor {
            for (s, v) in sum.iter_mut().zip(self.description(role).unwrap_or(&[])) {
                *s += share * v;
            }
        }
        scale_to_unit(&mut sum);
        sum
    }
}

/// The roles that stand for somebody whose fits these are, best first: a fit of ten points less counts a seventh.
pub fn anchor(fits: &[Fit]) -> Anchor {
    let best = fits.first().map_or(0.0, |f| f.score.total);
    let weights: Vec<f64> = fits
        .iter()
        .take(NEAREST)
        .map(|f| ((f.score.total - best) / 5.0).exp())
        .collect();
    let all: f64 = weights.iter().sum();
    let shares = fits.iter().zip(weights);
    shares
        .map(|(f, w)| (f.role.clone(), ((w / all) as f32 * 1000.0).round() / 1000.0))
        .collect()
}

impl Learned {
    /// Whether all numbers are in their ranges: what is read from a disk may be damaged.
    pub fn is_sound(&self) -> bool {
        let sized = |a: &Adapter| {
            a.dimensions > 0
                && a.down.len() == a.up.len()
                && a.down.len().is_multiple_of(a.dimensions)
                && a.down.iter().chain(&a.up).all(|v| v.is_finite())
                && (0.0..=1000.0).contains(&a.points)
        };
        (0.0..=1.0).contains(&self.blend)
            && (0.0..=1.0).contains(&self.title_lift)
            && (0.0..=20.0).contains(&self.rung)
            && self.skills.values().all(|f| (0.5..=2.0).contains(f))
            && self.adapter.as_ref().is_none_or(sized)
    }

    /// Whether it ranks as shipped.
    pub fn is_as_shipped(&self) -> bool {
        Learned {
            version: 0,
            ..self.clone()
        } == Learned::default()
    }

    /// The share of skills shown, with the learned factors. `shown` are the skills of `role` that the person shows.
    pub(crate) fn share(&self, taxonomy: &Taxonomy, role: usize, traits: &Traits) -> f64 {
        if self.skills.is_empty() {
            return traits.share;
        }
        let shown: HashSet<&str> = traits.shown.iter().map(String::as_str).collect();
        let (mut have, mut all) = (0.0, 0.0);
        for (name, weight) in taxonomy.telling(role) {
            let weight = weight * self.skills.get(name).copied().unwrap_or(1.0);
            all += weight;
            if shown.contains(name) {
                have += weight;
            }
        }
        if all > 0.0 { have / all } else { 0.0 }
    }

    /// The parts of a score; `rise` is by how much the adapter brings the role nearer.
    pub(crate) fn shares(&self, traits: &Traits, share: f64, rise: f64, blend: f64) -> Shares {
        let (semantic, skills) = (blend * traits.close, (1.0 - blend) * share);
        let base = semantic + skills;
        let title = (1.0 - base).max(0.0) * self.title_lift * traits.held;
        let seniority = -(traits.rungs * self.rung / 100.0).min(base * TAKES);
        let so_far = base + title + seniority + traits.rest;
        let points = self.adapter.as_ref().map_or(0.0, |a| a.points / 100.0);
        let learned = (points * rise).clamp(-MOST, MOST);
        Shares {
            semantic,
            skills,
            title,
            seniority,
            learned: learned.clamp(-so_far.clamp(0.0, 1.0), (1.0 - so_far).max(0.0)),
            rest: traits.rest,
        }
    }

    /// Scores fits anew and puts them in order, best first, ties by id; the first `top` stay. `fits` are ranked as
    /// shipped, best first, and hold more than are wanted. `blend` is the person's own share of the semantic part, where
    /// they chose one.
    pub fn rescore(&self, ground: Ground<'_>, mut fits: Vec<Fit>, blend: Option<f64>, top: usize) -> Vec<Fit> {
        let blend = blend.unwrap_or(self.blend).clamp(0.0, 1.0);
        let here = self.adapter.as_ref().map(|a| (a, ground.middle(&anchor(&fits))));
        for fit in &mut fits {
            let Some(place) = ground.taxonomy.place(&fit.role) else {
                continue;
            };
            let mut traits = Traits::of(fit);
            traits.share = self.share(ground.taxonomy, place, &traits);
            let role = ground.description(&fit.role);
            let rise = match (&here, role) {
                (Some((adapter, middle)), Some(role)) => adapter.rise(middle, role),
                _ => 0.0,
            };
            let shares = self.shares(&traits, traits.share, rise, blend);
            fit.score = self.score(&fit.score, &traits, &shares, blend);
        }
        fits.sort_by(|a, b| {
            b.score
                .total
                .total_cmp(&a.score.total)
                .then_with(|| a.role.cmp(&b.role))
        });
        fits.truncate(top);
        fits
    }

    /// The score with the new points; parts that are not learned stay.
    fn score(&self, old: &Score, traits: &Traits, shares: &Shares, blend: f64) -> Score {
        let base = shares.semantic + shares.skills;
        let mut parts: Vec<Part> = old.parts.clone();
        for part in &mut parts {
            let (weight, value) = match part.name.as_str() {
                "semantic" => (100.0 * blend, traits.close),
                "skills" => (100.0 * (1.0 - blend), traits.share),
                "title" => (100.0 * (1.0 - base).max(0.0) * self.title_lift, traits.held),
                "seniority" => (100.0 * shares.seniority, 1.0),
                _ => continue,
            };
            (part.weight, part.value) = (weight, value);
        }
        if shares.learned.abs() >= 0.0005 {
            let (nearer, weight, value) = match shares.learned > 0.0 {
                true => ("more", 100.0 * MOST, shares.learned / MOST),
                false => ("less", 100.0 * shares.learned, 1.0),
            };
            parts.push(Part {
                name: "learned".into(),
                weight,
                value,
                points: 0.0,
                why: format!(
                    "People near these roles took this one {nearer} often than its words say: this server learned it (version {}).",
                    self.version
                ),
            });
        }
        Score::sum(parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json_resume::from_json_resume;
    use crate::roles::{Vectors, rank};

    fn fits() -> Vec<Fit> {
        let path = format!(
            "{}/../../fixtures/people/d01_software_us.json",
            env!("CARGO_MANIFEST_DIR")
        );
        let text = std::fs::read_to_string(path).expect("a fixture");
        let resume = from_json_resume(&serde_json::from_str(&text).expect("JSON"));
        let vectors = Vectors {
            passages: &[],
            roles: Default::default(),
        };
        rank(&resume, Taxonomy::builtin(), vectors, BLEND, 40)
    }

    const GROUND: fn() -> Ground<'static> = || Ground {
        taxonomy: Taxonomy::builtin(),
        descriptions: &[],
    };

    #[test]
    fn as_shipped_nothing_changes() {
        let fits = fits();
        let again = Learned::default().rescore(GROUND(), fits.clone(), None, 40);
        assert_eq!(fits.len(), 40);
        for (a, b) in fits.iter().zip(&again) {
            assert_eq!((&a.role, a.score.total), (&b.role, b.score.total));
        }
        assert!(Learned::default().is_as_shipped() && Learned::default().is_sound());
    }

    #[test]
    fn a_skill_that_tells_more_moves_the_roles_that_ask_for_it() {
        let fits = fits();
        let (role, skill) = fits
            .iter()
            .find_map(|f| {
                f.shared
                    .iter()
                    .find(|s| s.required)
                    .map(|s| (f.role.clone(), s.skill.clone()))
            })
            .expect("a shared skill");
        let learned = Learned {
            skills: BTreeMap::from([(skill, 2.0)]),
            ..Learned::default()
        };
        let of = |fits: &[Fit]| fits.iter().find(|f| f.role == role).expect("it").score.clone();
        let after = of(&learned.rescore(GROUND(), fits.clone(), None, 40));
        assert!(after.total > of(&fits).total);
        let sum: f64 = after.parts.iter().map(|p| p.points).sum();
        assert!((sum - after.total).abs() < 0.005);
    }

    #[test]
    fn damaged_numbers_are_seen() {
        let mut learned = Learned {
            blend: f64::NAN,
            ..Learned::default()
        };
        assert!(!learned.is_sound());
        learned.blend = 0.5;
        learned.adapter = Some(Adapter {
            dimensions: 3,
            down: vec![0.0; 4],
            up: vec![0.0; 4],
            points: 1.0,
        });
        assert!(!learned.is_sound());
    }
}
