//! No work experience was found, though there is text.

use super::super::{Check, Group, Hit, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "no-work",
    group: Group::Ats,
    severity: Severity::High,
    strict: false,
    why: "An ATS that finds no experience ranks you last.",
    fix: "Give the section the heading \"Experience\" and each job a title, an employer and dates.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let resume = subject.resume;
    if resume.work.is_empty() && resume.projects.is_empty() && resume.volunteer.is_empty() {
        vec![Hit::new("no work experience was found")]
    } else {
        Vec::new()
    }
}
