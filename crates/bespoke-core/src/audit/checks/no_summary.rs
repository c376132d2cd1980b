//! No summary.

use super::super::{Check, Group, Hit, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "no-summary",
    group: Group::Content,
    severity: Severity::Low,
    strict: true,
    why: "Two sentences at the top tell the reader what to look for.",
    fix: "Add a summary; Bespoke can write one from what your résumé shows.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    if subject.resume.summary.is_none() { vec![Hit::new("there is no summary")] } else { Vec::new() }
}
