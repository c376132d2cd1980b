//! No skills section was found.

use super::super::{Check, Group, Hit, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "no-skills",
    group: Group::Ats,
    severity: Severity::Medium,
    strict: false,
    why: "Searches by skill look there first.",
    fix: "Add a section \"Skills\" with the skills that you can show.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    if subject.resume.skills.iter().all(|g| g.keywords.is_empty()) { vec![Hit::new("no skills section was found")] } else { Vec::new() }
}
