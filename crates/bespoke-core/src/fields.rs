//! Fields of work: in which of two dozen fields a story of work reads, learned from résumés.
//!
//! Sentence vectors put "reconciled accounts" and "closed accounts" near each other; people who sort résumés do not. A
//! multinomial logistic regression over two vectors, that of the whole narrative and that of the titles in it, learned
//! how real résumés of each field read; `scripts/build_fields.py` makes it. Occupations that none of the fields holds are
//! one more class, so that nobody is pressed into a field.

use crate::vectors::{dot, numbers, scale_to_unit};
use serde::Deserialize;
use std::sync::LazyLock;

/// Numbers of a vector of all-MiniLM-L6-v2.
const LONG: usize = 384;
/// A row: the narrative, the titles, and the bias.
const ROW: usize = 2 * LONG + 1;
/// How much the titles weigh beside the narrative.
const TITLES: f32 = 0.7;
/// The regression is more careful than it is right; odds this much sharper are right as often as they say.
const SHARPER: f32 = 2.2;
/// Keeps what is hardly ever right from weighing without end.
const FLOOR: f32 = 0.02;

/// A field of work.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Stable id: `public-relations`.
    pub id: String,
    /// How the résumés that it was learned from call it.
    pub label: String,
    /// First signs of the O*NET-SOC codes of its occupations: `13-20`, `11-3031`.
    pub soc: Vec<String>,
}

static FIELDS: LazyLock<Vec<Field>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../data/occupations/fields.json")).expect("the file is tested")
});

/// What was learned: a row for each field and one for none of them.
#[derive(Debug, Clone)]
pub struct Regression(Vec<f32>);

static BUILTIN: LazyLock<Regression> = LazyLock::new(|| {
    let bytes = include_bytes!("../../../data/occupations/fields.f32");
    Regression::read(bytes).expect("the file is tested")
});

impl Regression {
    /// The one that ships.
    pub fn builtin() -> &'static Regression {
        &BUILTIN
    }

    /// One as `scripts/build_fields.py` writes it; `None` where it does not have the rows of [`fields`].
    pub fn read(bytes: &[u8]) -> Option<Regression> {
        let rows = numbers(bytes);
        let whole = bytes.len() == 4 * ROW * (FIELDS.len() + 1) && rows.iter().all(|n| n.is_finite());
        whole.then_some(Regression(rows))
    }

    /// How a story reads; `None` for one without words.
    pub fn odds(&self, narrative: &Narrative) -> Option<Odds> {
        let (story, titles) = narrative.vectors();
        if dot(&story, &story) < 0.5 {
            return None;
        }
        let row = |r: &[f32]| dot(&r[..LONG], &story) + TITLES * dot(&r[LONG..2 * LONG], &titles) + r[2 * LONG];
        Some(Odds(self.0.chunks_exact(ROW).map(row).collect()))
    }
}

/// The fields, in the order of [`Odds::shares`].
pub fn fields() -> &'static [Field] {
    &FIELDS
}

/// The fields that an occupation belongs to, one bit each; the bit after the last where none holds it, and no bit
/// for an empty code.
pub fn of_occupation(soc: &str) -> u32 {
    if soc.is_empty() {
        return 0;
    }
    let holds = |f: &Field| f.soc.iter().any(|s| soc.starts_with(s.as_str()));
    let bits = FIELDS
        .iter()
        .enumerate()
        .filter(|(_, f)| holds(f))
        .fold(0, |bits, (n, _)| bits | 1 << n);
    if bits == 0 { 1 << FIELDS.len() } else { bits }
}

/// A story of work as sums of vectors: all of it, and the titles in it.
#[derive(Debug, Clone)]
pub struct Narrative {
    story: Vec<f32>,
    titles: Vec<f32>,
}

impl Default for Narrative {
    fn default() -> Self {
        Narrative {
            story: vec![0.0; LONG],
            titles: vec![0.0; LONG],
        }
    }
}

impl Narrative {
    /// Adds the unit vector of a text. A vector of another model, which is of another length, leaves the story as it is.
    pub fn add(&mut self, vector: &[f32], weight: f32, title: bool) {
        if vector.len() != LONG {
            return;
        }
        let into = |sum: &mut [f32]| sum.iter_mut().zip(vector).for_each(|(s, v)| *s += weight * v);
        into(&mut self.story);
        if title {
            into(&mut self.titles);
        }
    }

    /// A story out of its two vectors, of 384 numbers each and any length; that of the titles may be 0.
    pub fn of(story: &[f32], titles: &[f32]) -> Narrative {
        let mut out = Narrative::default();
        out.add(story, 1.0, false);
        if titles.len() == LONG {
            out.titles.copy_from_slice(titles);
        }
        out
    }

    /// The two vectors that the regression reads: both of unit length, the second one 0 without a title.
    pub fn vectors(&self) -> (Vec<f32>, Vec<f32>) {
        let (mut story, mut titles) = (self.story.clone(), self.titles.clone());
        scale_to_unit(&mut story);
        scale_to_unit(&mut titles);
        (story, titles)
    }
}

/// Of which field a story reads: a number for each field and one for none of them, the logarithms of odds.
#[derive(Debug, Clone, PartialEq)]
pub struct Odds(Vec<f32>);

impl Odds {
    /// The softmax of the odds, `sharper` times as sharp.
    fn softmax(&self, sharper: f32) -> Vec<f32> {
        let most = self.0.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let each: Vec<f32> = self.0.iter().map(|o| (sharper * (o - most)).exp()).collect();
        let all: f32 = each.iter().sum();
        each.into_iter().map(|e| e / all).collect()
    }

    /// Probability of each of [`fields`] and, last, that it is none of them; they sum to 1. Of those at 0.7, seven in
    /// ten are right (measured on résumés held out).
    pub fn shares(&self) -> Vec<f32> {
        self.softmax(SHARPER)
    }

    /// Probability that two stories are of one of the fields, and that the other one is of none, each before sharpening:
    /// unlike stories stand near 0.035, those of one field near 0.07 and above.
    pub fn shared(&self, other: &Odds) -> (f32, f32) {
        let (own, others) = (self.softmax(1.0), other.softmax(1.0));
        let known = FIELDS.len().min(own.len()).min(others.len());
        let none = others.get(known).copied().unwrap_or(0.0);
        (dot(&own[..known], &others[..known]), none)
    }
}

/// What the field of a person says of roles.
#[derive(Debug, Clone)]
pub struct Lift(Vec<f32>);

impl Lift {
    /// Out of [`Odds::shares`].
    pub fn new(odds: &Odds) -> Lift {
        Lift(odds.shares())
    }

    /// Probability that the story is of one of an occupation's fields, 0 to 1.
    pub fn share(&self, bits: u32) -> f32 {
        let here = |n: &usize| bits >> n & 1 == 1;
        (0..self.0.len()).filter(here).map(|n| self.0[n]).sum()
    }

    /// Logarithm of how much likelier an occupation's fields are for this person than for anybody, about −1.5 to 3; 0
    /// for one without a code. `bits` are [`of_occupation`]'s.
    pub fn of(&self, bits: u32) -> f32 {
        if bits == 0 {
            return 0.0;
        }
        let share = self.share(bits);
        let usual = bits.count_ones() as f32 / self.0.len() as f32;
        ((share + FLOOR) / (usual + FLOOR)).ln()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_regression_has_a_row_for_each_field_and_one_for_none() {
        assert_eq!(Regression::builtin().0.len(), (FIELDS.len() + 1) * ROW);
        assert!(Regression::read(&[0; 12]).is_none());
        assert!(FIELDS.len() < 32 && FIELDS.iter().all(|f| !f.soc.is_empty()));
    }

    #[test]
    fn occupations_are_in_their_fields() {
        let names = |soc: &str| -> Vec<&str> {
            let bits = of_occupation(soc);
            let named = FIELDS.iter().enumerate().filter(|(n, _)| bits >> n & 1 == 1);
            named.map(|(_, f)| f.id.as_str()).collect()
        };
        assert_eq!(names("13-2011.00"), ["accounting", "banking", "finance"]);
        assert_eq!(names("35-1011.00"), ["cooking"]);
        assert_eq!(
            of_occupation("33-3051.00"),
            1 << FIELDS.len(),
            "police are in none of them"
        );
        assert_eq!(of_occupation(""), 0);
    }

    #[test]
    fn shares_add_up_and_lift_what_they_hold() {
        let odds = |n: &Narrative| Regression::builtin().odds(n);
        assert!(odds(&Narrative::default()).is_none());
        let mut narrative = Narrative::default();
        narrative.add(&[1.0; 3], 1.0, true);
        assert!(odds(&narrative).is_none(), "vectors of other models say nothing");
        let vector: Vec<f32> = (0..LONG).map(|n| ((n * 37 % 11) as f32 - 5.0) / 60.0).collect();
        narrative.add(&vector, 2.0, true);
        let read = odds(&narrative).expect("odds");
        let shares = read.shares();
        assert!((shares.iter().sum::<f32>() - 1.0).abs() < 1e-5);
        let lift = Lift::new(&read);
        let best = (0..shares.len())
            .max_by(|a, b| shares[*a].total_cmp(&shares[*b]))
            .expect("some");
        let least = (0..shares.len())
            .min_by(|a, b| shares[*a].total_cmp(&shares[*b]))
            .expect("some");
        assert!(lift.of(1 << best) > 0.0 && lift.of(1 << least) < 0.0 && lift.of(0) == 0.0);
        let same = odds(&Narrative::of(&vector, &vector)).expect("odds");
        assert!(
            (same.shared(&same).0 - read.shared(&read).0).abs() < 1e-6,
            "length does not matter"
        );
    }
}
