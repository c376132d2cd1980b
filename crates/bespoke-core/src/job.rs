//! Reads a job description: text → [`JobPosting`], each part with its byte range in the text.

use crate::roles::Seniority;
use serde::{Deserialize, Serialize};

/// A phrase of the job description.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Phrase {
    /// As it stands there.
    pub text: String,
    /// First byte in [`JobPosting::text`] (UTF-8).
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// A skill that the job asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct JobSkill {
    /// Canonical name where the lexicon knows it, else as written.
    pub name: String,
    /// Required, or only preferred.
    pub required: bool,
    /// How often the job names it.
    pub count: u32,
    /// Where it stands first.
    pub phrase: Phrase,
}

/// What a job asks for.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct JobPosting {
    /// The text that was read.
    pub text: String,
    /// Job title.
    pub title: Option<Phrase>,
    /// Employer, where named.
    pub company: Option<Phrase>,
    /// Seniority, by title and text.
    pub seniority: Option<Seniority>,
    /// Skills, required first, most often named first.
    pub skills: Vec<JobSkill>,
    /// Action verbs of the responsibilities, base form.
    pub verbs: Vec<Phrase>,
    /// Domain terms that are not skills of the lexicon.
    pub terms: Vec<Phrase>,
    /// What the person would do, a line each.
    pub responsibilities: Vec<Phrase>,
    /// Least years of experience asked for.
    pub years: Option<u32>,
    /// Degrees asked for.
    pub education: Vec<Phrase>,
}

/// Reads a job description. Never fails; an empty text gives an empty posting.
pub fn read_job(text: &str) -> JobPosting {
    JobPosting {
        text: text.to_owned(),
        ..JobPosting::default()
    }
}
