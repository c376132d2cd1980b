//! Judges a résumé: is it safe for an applicant-tracking system (ATS), is its layout consistent, does its content persuade?
//!
//! One fault, one file under `checks/`, with its documentation inside; [`checks`] lists them all. A check sees the
//! document (where there is one) and the parsed résumé, and gives hits; it never changes anything.

mod ats;
mod checks;
mod fixes;
mod reference;
mod walk;

use crate::date::PartialDate;
use crate::document::Document;
use crate::resume::{Id, Resume, Source, Text};
use crate::score::Score;
use crate::tailor::Edit;
pub use ats::ats_text;
pub use checks::CHECKS;
pub use fixes::{Change, Fixed, Skipped, fix};
pub use reference::reference;
use serde::{Deserialize, Serialize};

/// What a check is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// Whether software reads it right.
    Ats,
    /// Whether it looks of one piece.
    Layout,
    /// Whether it says the right things well.
    Content,
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// A matter of polish.
    Low,
    /// Costs readers or points.
    Medium,
    /// May cost the application.
    High,
}

impl Severity {
    /// Points out of ten that one hit takes from its group.
    const fn penalty(self) -> f64 {
        match self {
            Severity::Low => 0.5,
            Severity::Medium => 1.5,
            Severity::High => 4.0,
        }
    }
}

/// How strictly to judge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Strictness {
    /// Only what most recruiters and most systems mind.
    #[default]
    Lenient,
    /// Everything.
    Strict,
}

/// Where a finding stands.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Place {
    /// Entry or bullet of the résumé.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
    /// Span of the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// The words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
}

impl Place {
    /// A text field of an entry or bullet.
    fn field(id: Option<&Id>, text: &Text) -> Place {
        Place {
            id: id.cloned(),
            source: text.source.clone(),
            quote: Some(text.value.clone()),
        }
    }
    /// Words that stand nowhere in particular.
    fn quote(words: impl Into<String>) -> Place {
        Place {
            quote: Some(words.into()),
            ..Place::default()
        }
    }
}

/// One fault, found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Finding {
    /// Stable within one audit: the check and its place among the hits of that check, `spelling-1`.
    #[serde(default)]
    pub id: String,
    /// Id of the check.
    pub check: String,
    /// Its group.
    pub group: Group,
    /// How much it matters.
    pub severity: Severity,
    /// What was found.
    pub message: String,
    /// Why it matters.
    pub why: String,
    /// What to do.
    pub fix: String,
    /// Where; `None` for the whole résumé.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The change that mends it, where a machine can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edit: Option<Edit>,
    /// What that would change; `None` where only the person can mend it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
}

/// A hit of a check, before it becomes a [`Finding`].
struct Hit {
    message: String,
    place: Option<Place>,
    edit: Option<Edit>,
}

impl Hit {
    fn new(message: impl Into<String>) -> Hit {
        Hit {
            message: message.into(),
            place: None,
            edit: None,
        }
    }
    fn at(mut self, place: Place) -> Hit {
        self.place = Some(place);
        self
    }
    fn with(mut self, edit: Edit) -> Hit {
        self.edit = Some(edit);
        self
    }
    /// At a text, with the text that mends it; a text that stays as it is mends nothing.
    fn rewriting(self, resume: &Resume, id: Option<&Id>, text: &Text, after: String) -> Hit {
        let mut hit = self.at(Place::field(id, text));
        hit.edit = fixes::rewrite(resume, id, text, after);
        hit
    }
}

/// What a check looks at.
pub struct Subject<'a> {
    /// The original, where there is one.
    pub document: Option<&'a Document>,
    /// What was understood, or typed.
    pub resume: &'a Resume,
    /// Name of the file, where there is one.
    pub file_name: Option<&'a str>,
    /// Today, for ages and gaps; without it the checks that need it are silent.
    pub today: Option<PartialDate>,
}

/// One check: a fault, and how to find it.
pub struct Check {
    /// Stable id, named after the fault.
    pub id: &'static str,
    /// What it is about.
    pub group: Group,
    /// How much a hit matters.
    pub severity: Severity,
    /// True where only strict judging runs it.
    pub strict: bool,
    /// Why it matters, one sentence.
    pub why: &'static str,
    /// What to do, one sentence.
    pub fix: &'static str,
    run: fn(&Subject<'_>) -> Vec<Hit>,
}

/// The judgement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Audit {
    /// 0 to 100: parts `ats` (40), `layout` (20), `content` (40).
    pub score: Score,
    /// How it was judged.
    pub strictness: Strictness,
    /// Findings, gravest first, then by check and place.
    pub findings: Vec<Finding>,
}

/// Judges a résumé. Further hits of one check weigh half as much as the one before, so that one habit does not
/// decide the score alone.
pub fn audit(subject: &Subject<'_>, strictness: Strictness) -> Audit {
    audit_with(subject, strictness, |_| true)
}

/// [`audit`] with the checks that `wanted` names only.
pub fn audit_with(subject: &Subject<'_>, strictness: Strictness, wanted: impl Fn(&Check) -> bool) -> Audit {
    let mut findings = Vec::new();
    let mut lost = [(Group::Ats, 0.0), (Group::Layout, 0.0), (Group::Content, 0.0)];
    let strict = strictness == Strictness::Strict;
    for check in CHECKS.iter().filter(|c| (strict || !c.strict) && wanted(c)) {
        let hits = (check.run)(subject);
        let weight: f64 = (0..hits.len().min(16)).map(|n| 0.5f64.powi(n as i32)).sum();
        for (group, points) in &mut lost {
            if *group == check.group {
                *points += check.severity.penalty() * weight;
            }
        }
        findings.extend(hits.into_iter().enumerate().map(|(n, hit)| Finding {
            id: format!("{}-{}", check.id, n + 1),
            check: check.id.into(),
            group: check.group,
            severity: check.severity,
            message: hit.message,
            why: check.why.into(),
            fix: check.fix.into(),
            place: hit.place,
            change: hit.edit.as_ref().and_then(fixes::change),
            edit: hit.edit,
        }));
    }
    findings.sort_by_key(|f| std::cmp::Reverse(f.severity));
    let part = |index: usize, name: &'static str, weight: f64| {
        let (group, points) = lost[index];
        let count = findings.iter().filter(|f| f.group == group).count();
        let why = match count {
            0 => "nothing to mend".to_owned(),
            1 => "1 finding".to_owned(),
            n => format!("{n} findings"),
        };
        (name, weight, 1.0 - (points / 10.0).min(1.0), why)
    };
    let score = Score::of([part(0, "ats", 40.0), part(1, "layout", 20.0), part(2, "content", 40.0)]);
    Audit {
        score,
        strictness,
        findings,
    }
}

#[cfg(test)]
mod tests;
