//! The vectors of a taxonomy, seen from the middle of all roles.
//!
//! All vectors of working life point somewhat the same way; that common direction says nothing about which role fits,
//! but makes every cosine high. So the mean of the descriptions is taken from descriptions and from what is compared
//! with them, and the mean of the names from names and titles.

use super::Taxonomy;
use crate::fields::Regression;
use crate::vectors::{direction, dot, mean};
use std::borrow::Cow;
use std::ops::Range;

/// Directions of the texts of a taxonomy from their middle.
#[derive(Debug, Clone)]
pub struct RoleSpace {
    length: usize,
    description: Vec<f32>,
    name: Vec<f32>,
    directions: Vec<f32>,
    fields: Cow<'static, Regression>,
}

impl RoleSpace {
    /// From unit vectors of [`Taxonomy::texts`], one after the other, each of `length` numbers.
    pub fn new(taxonomy: &Taxonomy, vectors: &[f32], length: usize) -> RoleSpace {
        let at = |n: usize| vectors.get(n * length..(n + 1) * length).unwrap_or(&[]);
        let description = mean(taxonomy.places().map(|p| at(p.start)));
        let name = mean(taxonomy.places().flat_map(|p| p.start + 1..p.end).map(at));
        let mut directions = Vec::with_capacity(vectors.len());
        for place in taxonomy.places() {
            directions.extend(direction(at(place.start), &description));
            for n in place.start + 1..place.end {
                directions.extend(direction(at(n), &name));
            }
        }
        RoleSpace {
            length,
            description,
            name,
            directions,
            fields: Cow::Borrowed(Regression::builtin()),
        }
    }

    /// The same with other knowledge of fields of work: for measuring with such as did not see what it is measured on.
    pub fn with_fields(self, fields: Regression) -> RoleSpace {
        RoleSpace {
            fields: Cow::Owned(fields),
            ..self
        }
    }

    pub(super) fn fields(&self) -> &Regression {
        &self.fields
    }

    fn at(&self, n: usize) -> &[f32] {
        self.directions
            .get(n * self.length..(n + 1) * self.length)
            .unwrap_or(&[])
    }

    /// Direction of a narrative or sentence, to be compared with descriptions.
    pub(super) fn of_story(&self, vector: &[f32]) -> Vec<f32> {
        direction(vector, &self.description)
    }

    /// Direction of a title, to be compared with names.
    pub(super) fn of_title(&self, vector: &[f32]) -> Vec<f32> {
        direction(vector, &self.name)
    }

    /// Cosine of a direction with the description of the role whose texts are at `place`.
    pub(super) fn to_description(&self, direction: &[f32], place: &Range<usize>) -> f32 {
        dot(direction, self.at(place.start))
    }

    /// Cosine of a direction with the nearest name of the role whose texts are at `place`; at least 0.
    pub(super) fn to_names(&self, direction: &[f32], place: &Range<usize>) -> f32 {
        let names = place.start + 1..place.end;
        names.map(|n| dot(direction, self.at(n))).fold(0.0, f32::max)
    }
}
