//! Bullets over 40 words.

use super::super::{Check, Group, Hit, Place, Severity, Subject};
use super::super::walk;

/// See the module.
pub const CHECK: Check = Check {
    id: "long-bullet",
    group: Group::Content,
    severity: Severity::Low,
    strict: false,
    why: "Readers skim; past two lines they stop.",
    fix: "Split it, or keep the deed and its effect.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    walk::bullets(subject.resume)
        .map(|b| (b, b.text.value.split_whitespace().count()))
        .filter(|(_, n)| *n > 40)
        .map(|(b, n)| Hit::new(format!("a bullet has {n} words")).at(Place::field(Some(&b.id), &b.text)))
        .collect()
}
