//! Vectors of a taxonomy, computed once and kept in a file named by the hash of what they are made of.

use crate::{DIMENSIONS, Embedder};
use bespoke_core::resume::Resume;
use bespoke_core::roles::{self, BLEND, Fit, Ground, Learned, Taxonomy, Vectors};
use sha2::{Digest, Sha256};
use std::path::Path;

/// A taxonomy with its vectors, ready to rank.
pub struct Recommender<'t> {
    taxonomy: &'t Taxonomy,
    vectors: Vec<f32>,
    descriptions: Vec<f32>,
}

/// Roles that are ranked as shipped before learned weights put them in order: none that stands further down comes up.
const SHORTLIST: usize = 200;

impl<'t> Recommender<'t> {
    /// Takes the vectors from `folder`, or computes them and keeps them there. A missing or damaged file is written
    /// anew; a folder that cannot be written costs time, not the result.
    pub fn open(embedder: &Embedder, taxonomy: &'t Taxonomy, folder: &Path) -> Recommender<'t> {
        let texts = taxonomy.texts();
        let mut hash = Sha256::new();
        hash.update(b"all-MiniLM-L6-v2 f32 2\n");
        for text in &texts {
            hash.update(text.as_bytes());
            hash.update(b"\n");
        }
        let name: String = hash.finalize().iter().take(12).map(|b| format!("{b:02x}")).collect();
        let path = folder.join(format!("roles-{name}.f32"));
        let vectors = kept(&path, texts.len()).unwrap_or_else(|| {
            let views: Vec<&str> = texts.iter().map(String::as_str).collect();
            let vectors = embedder.embed_batch(&views).concat();
            keep(&path, &vectors);
            vectors
        });
        let of = |place: usize| &vectors[place * DIMENSIONS..(place + 1) * DIMENSIONS];
        let descriptions = taxonomy.places().flat_map(|p| of(p.start).iter().copied()).collect();
        Recommender {
            taxonomy,
            descriptions,
            vectors,
        }
    }

    /// The vectors of [`Taxonomy::texts`], one after the other.
    pub fn vectors(&self) -> &[f32] {
        &self.vectors
    }

    /// What learned weights need to score.
    pub fn ground(&self) -> Ground<'_> {
        Ground {
            taxonomy: self.taxonomy,
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
            roles: &self.vectors,
        };
        roles::rank(resume, self.taxonomy, vectors, blend, top)
    }
}

/// Vectors that a file holds, where it holds `count` sound ones.
fn kept(path: &Path, count: usize) -> Option<Vec<f32>> {
    let bytes = std::fs::read(path).ok()?;
    if bytes.len() != count * DIMENSIONS * 4 {
        return None;
    }
    let numbers: Vec<f32> = bytes
        .chunks_exact(4)
        .map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]))
        .collect();
    let sound = |v: &[f32]| (v.iter().map(|x| x * x).sum::<f32>() - 1.0).abs() < 1e-3;
    numbers.chunks_exact(DIMENSIONS).all(sound).then_some(numbers)
}

fn keep(path: &Path, vectors: &[f32]) {
    let bytes: Vec<u8> = vectors.iter().flat_map(|v| v.to_le_bytes()).collect();
    let temporary = path.with_extension(format!("{}.tmp", std::process::id()));
    let folder = path.parent().unwrap_or(Path::new("."));
    if std::fs::create_dir_all(folder).is_ok() && std::fs::write(&temporary, bytes).is_ok() {
        let _ = std::fs::rename(&temporary, path);
    }
}
