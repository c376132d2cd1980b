//! Bullets under four words.

use super::super::{Check, Group, Hit, Place, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "short-bullet",
    group: Group::Content,
    severity: Severity::Low,
    strict: true,
    why: "A word or two do not say what you did.",
    fix: "Add what it was for, or move it to the skills.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let jobs = subject.resume.work.iter().flat_map(|w| &w.highlights);
    jobs.filter(|b| b.text.value.split_whitespace().count() < 4)
        .map(|b| Hit::new("a bullet is too short to say what you did").at(Place::field(Some(&b.id), &b.text)))
        .collect()
}
