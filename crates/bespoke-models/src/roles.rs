//! A taxonomy with its vectors, which are computed once and kept on disk.

use crate::{DIMENSIONS, Embedder, kept};
use bespoke_core::resume::Resume;
use bespoke_core::roles::{self, Fit, RoleSpace, Taxonomy, Vectors};
use std::borrow::Cow;
use std::path::Path;

/// A taxonomy with its vectors, ready to rank.
pub struct Recommender<'t> {
    taxonomy: Cow<'t, Taxonomy>,
    space: RoleSpace,
}

impl<'t> Recommender<'t> {
    /// Takes the vectors from `folder`, or computes those that it lacks and keeps them there. A missing or damaged file
    /// is written anew; a folder that cannot be written costs time, not the result.
    pub fn open(embedder: &Embedder, taxonomy: Cow<'t, Taxonomy>, folder: &Path) -> Recommender<'t> {
        let vectors = kept::vectors(embedder, &taxonomy.texts(), folder);
        let space = RoleSpace::new(&taxonomy, &vectors, DIMENSIONS);
        Recommender { taxonomy, space }
    }

    /// What it ranks.
    pub fn taxonomy(&self) -> &Taxonomy {
        &self.taxonomy
    }

    /// The vectors of [`Taxonomy::texts`].
    pub fn space(&self) -> &RoleSpace {
        &self.space
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
