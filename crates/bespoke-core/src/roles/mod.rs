//! Which roles fit and why: taxonomy, blend of semantic closeness and skill overlap, reasons.
//!
//! Vectors come from outside as plain slices; this module never embeds.

use crate::resume::Resume;
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
    /// One or two sentences.
    pub description: String,
    /// Canonical names of skills that the role cannot do without, most telling first.
    pub required: Vec<String>,
    /// Canonical names of skills that help.
    pub nice: Vec<String>,
    /// Other names of the role.
    pub aliases: Vec<String>,
}

/// The built-in taxonomy, in a stable order.
pub fn taxonomy() -> &'static [Role] {
    static ROLES: std::sync::LazyLock<Vec<Role>> = std::sync::LazyLock::new(Vec::new);
    &ROLES
}

/// The text of a role that is embedded.
pub fn role_text(role: &Role) -> String {
    format!("{}. {}", role.title, role.description)
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
    /// 0 to 100: parts `semantic` and `skills`, and what adjusts them.
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
    /// True where it may be shown as a matching sentence.
    pub sentence: bool,
}

/// The narrative of a résumé: summary, work, skills, as passages.
pub fn passages(_resume: &Resume) -> Vec<Passage> {
    Vec::new()
}

/// Vectors that belong together: unit length, one per passage and one per role, in the order of
/// [`passages`] and [`taxonomy`].
pub struct Vectors<'a> {
    /// One per passage.
    pub passages: &'a [Vec<f32>],
    /// One per role.
    pub roles: &'a [Vec<f32>],
}

/// Ranks all roles; best first, ties by id. `blend` is the share of the semantic part, 0 to 1 (0.7 by default).
pub fn rank(_resume: &Resume, _vectors: &Vectors<'_>, _blend: f64, _top: usize) -> Vec<Fit> {
    Vec::new()
}
