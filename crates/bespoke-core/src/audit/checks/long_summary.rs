//! Summaries over 90 words.

use super::super::{Check, Group, Hit, Place, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "long-summary",
    group: Group::Content,
    severity: Severity::Low,
    strict: false,
    why: "The summary is read first and fast: three sentences at most.",
    fix: "Keep who you are, what you do best, and what you want.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let Some(summary) = &subject.resume.summary else { return Vec::new() };
    let words = summary.value.split_whitespace().count();
    if words > 90 { vec![Hit::new(format!("the summary has {words} words")).at(Place::field(None, summary))] } else { Vec::new() }
}
