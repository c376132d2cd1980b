//! The gate: nothing in a tailored résumé that the base and the confirmed facts do not show.

mod entries;
mod pool;
mod statement;
mod texts;

use crate::resume::{Id, Resume};
use pool::Pool;
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
pub fn check(base: &Resume, facts: &[Fact], tailored: &Resume) -> Vec<Violation> {
    Gate::new(base, facts).check(tailored)
}

/// The gate for one base, for when many versions are judged: reads the evidence once.
pub struct Gate<'a> {
    base: &'a Resume,
    evidence: Pool,
}

impl<'a> Gate<'a> {
    /// Reads the evidence of a base and the confirmed facts.
    pub fn new(base: &'a Resume, facts: &[Fact]) -> Self {
        Gate {
            base,
            evidence: Pool::new(base, facts),
        }
    }

    /// What a tailored résumé says without evidence; an empty list lets it pass.
    pub fn check(&self, tailored: &Resume) -> Vec<Violation> {
        let mut out = entries::check(self.base, &self.evidence, tailored);
        out.extend(texts::check(self.base, &self.evidence, tailored));
        out
    }

    /// Whole years of work that the dates of the base show.
    pub(crate) fn years(&self) -> u32 {
        self.evidence.years
    }
}
