//! Scores as sums of named parts: the parts always add up to the total.

use serde::{Deserialize, Serialize};

/// One part of a score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Part {
    /// Stable name: `semantic`, `required-skills` …
    pub name: String,
    /// How much of the whole it can be, 0 to 100.
    pub weight: f64,
    /// How well it is met, 0 to 1.
    pub value: f64,
    /// `weight × value`, rounded to hundredths; the total is the sum of these.
    pub points: f64,
    /// One sentence: why this value.
    pub why: String,
}

/// A score from 0 to 100, always the sum of its parts.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Score {
    /// Sum of the points of `parts`, in hundredths.
    pub total: f64,
    /// What it is made of.
    pub parts: Vec<Part>,
}

impl Score {
    /// Adds up parts whose weights or values were changed: works their points out anew.
    pub fn sum(mut parts: Vec<Part>) -> Score {
        let mut hundredths = 0i64;
        for part in &mut parts {
            part.value = part.value.clamp(0.0, 1.0);
            let points = (part.weight * part.value * 100.0).round() as i64;
            hundredths += points;
            part.points = points as f64 / 100.0;
        }
        Score {
            total: hundredths as f64 / 100.0,
            parts,
        }
    }

    /// Adds up parts given as (name, weight in 0..=100, value in 0..=1, why). Points are whole hundredths, so that
    /// the sum is exact and the same on every machine.
    pub fn of(parts: impl IntoIterator<Item = (&'static str, f64, f64, String)>) -> Score {
        let parts = parts.into_iter().map(|(name, weight, value, why)| Part {
            name: name.into(),
            weight,
            value,
            points: 0.0,
            why,
        });
        Score::sum(parts.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_add_up() {
        let score = Score::of([("a", 33.3, 0.333, String::new()), ("b", 66.7, 2.0, String::new())]);
        let sum: i64 = score.parts.iter().map(|p| (p.points * 100.0).round() as i64).sum();
        assert_eq!(sum, (score.total * 100.0).round() as i64);
        assert!(score.total <= 100.0);
    }
}
