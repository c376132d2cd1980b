//! No education was found.

use super::super::{Check, Group, Hit, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "no-education",
    group: Group::Ats,
    severity: Severity::Low,
    strict: false,
    why: "Many postings ask for a degree or an apprenticeship, and forms demand the field.",
    fix: "Add a section \"Education\", even with one line.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    if subject.resume.education.is_empty() { vec![Hit::new("no education was found")] } else { Vec::new() }
}
