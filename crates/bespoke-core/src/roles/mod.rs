//! Which roles fit and why: taxonomy, blend of semantic closeness and skill overlap, reasons.
//!
//! Vectors come from outside as plain slices; this module never embeds.

mod import;
mod learned;
mod person;
mod rank;
mod ready;
mod space;
mod taxonomy;
mod terms;

pub use import::{ImportError, TaxonomyFile, TaxonomyFormat, import, unpack};
pub use learned::{Adapter, Anchor, BLEND, Ground, Learned, Traits, anchor};
pub use rank::{passages, rank};
pub use space::RoleSpace;
pub use taxonomy::{Taxonomy, TaxonomyError};
pub(crate) use terms::alike;

use crate::score::Score;
use serde::{Deserialize, Serialize};

/// Where on a career ladder a role stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Seniority {
    Intern,
    Junior,
    Mid,
    Senior,
    Lead,
    Manager,
    Director,
    Executive,
}

/// A skill that a role asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RoleSkill {
    /// Canonical name.
    pub name: String,
    /// How telling it is for the role, 0.1 to 1.
    pub weight: f32,
}

/// A generic role of the taxonomy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Role {
    /// Stable id: `data-analyst`.
    pub id: String,
    /// "Data Analyst".
    pub title: String,
    /// Family id: the file it stands in.
    pub family: String,
    /// Usual seniority.
    pub seniority: Seniority,
    /// Titles of the career ladder that it stands on, the first rung first.
    #[serde(default)]
    pub ladder: Vec<String>,
    /// One or two sentences.
    pub description: String,
    /// Skills that the role cannot do without, most telling first.
    pub required: Vec<RoleSkill>,
    /// Skills that help.
    #[serde(default)]
    pub nice: Vec<RoleSkill>,
    /// Other names of the role.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// O*NET-SOC 2019 code: `15-2051.01`; empty where there is none.
    #[serde(default)]
    pub onet: String,
    /// Codes of ESCO occupations.
    #[serde(default)]
    pub esco: Vec<String>,
    /// Typical entry education.
    #[serde(default)]
    pub education: String,
    /// Ids of roles next to it.
    #[serde(default)]
    pub neighbours: Vec<String>,
}

/// A skill the person and the role share, and where the résumé shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SharedSkill {
    /// Canonical name.
    pub skill: String,
    /// Required by the role, or nice to have.
    pub required: bool,
    /// A quote from the résumé that shows it.
    pub evidence: String,
}

/// A sentence of the résumé close to the role.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CloseSentence {
    /// The sentence.
    pub text: String,
    /// Cosine to the role, −1 to 1.
    pub similarity: f32,
}

/// How well a role fits and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Fit {
    /// Id of the role.
    pub role: String,
    /// Its title.
    pub title: String,
    /// Its family.
    pub family: String,
    /// 0 to 100: parts `semantic` and `skills`, `title` where the person has held it, and `seniority`, which takes
    /// away (a negative weight) where the ladder is far off.
    pub score: Score,
    /// Skills in common.
    pub shared: Vec<SharedSkill>,
    /// Skills of the role that the résumé does not show, most telling first.
    pub missing: Vec<String>,
    /// The two or three sentences of the résumé that are closest.
    pub sentences: Vec<CloseSentence>,
    /// How far away, in words: "two required skills away".
    pub distance: String,
}

/// A stretch of the person's narrative, to be embedded by the caller.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Passage {
    /// The text.
    pub text: String,
    /// Relative weight in the narrative, recent work weighing more.
    pub weight: f32,
    /// What it is.
    pub kind: PassageKind,
}

/// What a passage of the narrative is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PassageKind {
    /// A title: the headline or a position held.
    Title,
    /// Running text that may be shown as a matching sentence.
    Sentence,
    /// A list of skills.
    Skills,
}

/// Vectors that belong together, all of one dimension.
#[derive(Clone, Copy)]
pub struct Vectors<'a> {
    /// One of unit length per passage, in the order of [`passages`].
    pub passages: &'a [Vec<f32>],
    /// Those of the taxonomy; without them nothing is close.
    pub roles: Option<&'a RoleSpace>,
}
