//! The same bullet twice.

use super::super::{Check, Group, Hit, Place, Severity, Subject};
use super::super::walk;
use std::collections::BTreeSet;

/// See the module.
pub const CHECK: Check = Check {
    id: "duplicate-bullets",
    group: Group::Content,
    severity: Severity::Medium,
    strict: false,
    why: "A bullet that stands twice looks like an accident.",
    fix: "Delete one.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let mut seen = BTreeSet::new();
    walk::bullets(subject.resume)
        .filter(|b| {
            let words = crate::text::words(&b.text.value);
            words.len() > 3 && !seen.insert(words)
        })
        .map(|b| Hit::new("a bullet stands twice").at(Place::field(Some(&b.id), &b.text)))
        .collect()
}
