//! Passive voice: "was promoted" is fine, "was responsible", "were developed by" hides who did it.

use super::super::{Check, Group, Hit, Place, Severity, Subject};
use super::super::walk;

/// See the module.
pub const CHECK: Check = Check {
    id: "passive",
    group: Group::Content,
    severity: Severity::Low,
    strict: true,
    why: "The passive hides who did it, and it was you.",
    fix: "Say it actively: \"Developed\", not \"was developed\".",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    if !walk::english(subject.resume) {
        return Vec::new();
    }
    walk::bullets(subject.resume)
        .filter(|b| {
            let words = crate::text::words(&b.text.value);
            words.windows(2).any(|w| {
                matches!(w[0].as_str(), "was" | "were" | "been" | "being") && w[1].len() > 4 && w[1].ends_with("ed") && !matches!(w[1].as_str(), "promoted" | "selected" | "awarded" | "named" | "invited")
            })
        })
        .map(|b| Hit::new("a bullet is in the passive").at(Place::field(Some(&b.id), &b.text)))
        .collect()
}
