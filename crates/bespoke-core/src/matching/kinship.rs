//! Kinship: whether two texts speak of the same line of work.
//!
//! A sentence vector says much that does not matter here: tone, length, who speaks. A fixed projection keeps the 60
//! directions that tell occupations apart best, found by linear discriminant analysis (Fisher, 1936; Rao, 1948) over
//! tasks and titles of all O*NET occupations; `scripts/build_kinship.py` makes it. Nothing about any person is in it.

use crate::vectors::{dot, numbers, scale_to_unit};
use std::sync::LazyLock;

/// Numbers of a vector of all-MiniLM-L6-v2.
const LONG: usize = 384;
/// Directions that are kept.
pub const KINSHIP: usize = 60;

struct Projection {
    /// One row of 384 for each direction.
    rows: Vec<Vec<f32>>,
    /// The projected middle of people and occupations.
    middle: Vec<f32>,
}

static PROJECTION: LazyLock<Projection> = LazyLock::new(|| {
    let numbers = numbers(include_bytes!("../../../../data/occupations/kinship.f32"));
    // The file has a row for each of the 384, as the script computes them.
    let row = |k: usize| (0..LONG).map(|n| numbers[n * KINSHIP + k]).collect();
    Projection {
        rows: (0..KINSHIP).map(row).collect(),
        middle: numbers[LONG * KINSHIP..(LONG + 1) * KINSHIP].to_vec(),
    }
});

/// Where a text stands among occupations: a unit vector of [`KINSHIP`] numbers, from a vector of all-MiniLM-L6-v2 or
/// a sum of such. `None` for a vector of another length or of length 0.
pub fn standing(vector: &[f32]) -> Option<Vec<f32>> {
    if vector.len() != LONG {
        return None;
    }
    let mut unit = vector.to_vec();
    scale_to_unit(&mut unit);
    if dot(&unit, &unit) < 0.5 {
        return None;
    }
    let mut out: Vec<f32> = PROJECTION
        .rows
        .iter()
        .zip(&PROJECTION.middle)
        .map(|(row, middle)| dot(row, &unit) - middle)
        .collect();
    scale_to_unit(&mut out);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_projection_is_whole() {
        let size = include_bytes!("../../../../data/occupations/kinship.f32").len();
        assert_eq!(size, (LONG + 1) * KINSHIP * 4);
        assert!(standing(&[0.0; LONG]).is_none() && standing(&[1.0; 3]).is_none());
        let mut vector = vec![0.0; LONG];
        vector[7] = 3.0;
        let stands = standing(&vector).expect("a vector");
        assert!((dot(&stands, &stands) - 1.0).abs() < 1e-5);
        vector[7] = 5.0;
        let longer = standing(&vector).expect("a vector");
        assert!((dot(&stands, &longer) - 1.0).abs() < 1e-5, "length does not matter");
    }
}
