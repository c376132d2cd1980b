//! A taxonomy with its vectors, which are computed once and kept on disk.

use crate::{DIMENSIONS, Embedder, kept};
use bespoke_core::resume::Resume;
use bespoke_core::roles::{self, BLEND, Fit, Ground, Learned, RoleSpace, Taxonomy, Vectors};
use std::borrow::Cow;
use std::path::Path;

/// A taxonomy with its vectors, ready to rank.
pub struct Recommender<'t> {
    taxonomy: Cow<'t, Taxonomy>,
    space: RoleSpace,
    descriptions: Vec<f32>,
}

/// Roles that are ranked as shipped before learned weights put them in order: none that stands further down comes up.
const SHORTLIST: usize = 200;

impl<'t> Recommender<'t> {
    /// Takes the vectors from `folder`, or computes those that it lacks and keeps them there. A missing or damaged file
    /// is written anew; a folder that cannot be written costs time, not the result.
    pub fn open(embedder: &Embedder, taxonomy: Cow<'t, Taxonomy>, folder: &Path) -> Recommender<'t> {
        let vectors = kept::vectors(embedder, &taxonomy.texts(), folder);
        let space = RoleSpace::new(&taxonomy, &vectors, DIMENSIONS);
        let of = |place: usize| &vectors[place * DIMENSIONS..(place + 1) * DIMENSIONS];
        let descriptions = taxonomy.places().flat_map(|p| of(p.start).iter().copied()).collect();
        Recommender {
            taxonomy,
            space,
            descriptions,
        }
    }

    /// What it ranks.
    pub fn taxonomy(&self) -> &Taxonomy {
        &self.taxonomy
    }

    /// The vectors of [`Taxonomy::texts`].
    pub fn space(&self) -> &RoleSpace {
        &self.space
    }

    /// What learned weights need to score.
    pub fn ground(&self) -> Ground<'_> {
        Ground {
            taxonomy: &self.taxonomy,
            descriptions: &self.descriptions,
        }
    }

    /// The roles that fit best by learned weights; `blend` is the person's own share of the semantic part, where they
    /// chose one.
    pub fn rank_learned(
        &self,
        embedder: &Embedder,
        resume: &Resume,
        learned: &Learned,
        blend: Option<f64>,
        top: usize,
    ) -> Vec<Fit> {
        if learned.is_as_shipped() {
            return self.rank(embedder, resume, blend.unwrap_or(BLEND), top);
        }
        let fits = self.rank(embedder, resume, BLEND, SHORTLIST.max(top));
        learned.rescore(self.ground(), fits, blend, top)
    }

    /// The roles that fit best; see [`roles::rank`].
    pub fn rank(&self, embedder: &Embedder, resume: &Resume, blend: f64, top: usize) -> Vec<Fit> {
        let passages = roles::passages(resume);
        let texts: Vec<&str> = passages.iter().map(|p| p.text.as_str()).collect();
        let vectors = Vectors {
            passages: &embedder.embed_batch(&texts),
            roles: Some(&self.space),
        };
        roles::rank(resume, &self.taxonomy, vectors, blend, top)
    }
}
