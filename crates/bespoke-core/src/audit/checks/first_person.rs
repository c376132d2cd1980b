//! "I", "my", "we" in bullets.

use super::super::{Check, Group, Hit, Place, Severity, Subject};
use super::super::walk;

/// See the module.
pub const CHECK: Check = Check {
    id: "first-person",
    group: Group::Content,
    severity: Severity::Low,
    strict: false,
    why: "Résumés are written without a subject; pronouns cost space.",
    fix: "Leave the pronoun out: \"Led\", not \"I led\".",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    if !walk::english(subject.resume) {
        return Vec::new();
    }
    walk::bullets(subject.resume)
        .filter(|b| {
            let words = b.text.value.split(|c: char| !c.is_alphanumeric() && c != '/' && c != '-' && c != '.');
            words.clone().any(|w| w == "I") || words.map(str::to_lowercase).any(|w| matches!(w.as_str(), "my" | "me" | "myself" | "we" | "our"))
        })
        .map(|b| Hit::new("a bullet speaks in the first person").at(Place::field(Some(&b.id), &b.text)))
        .collect()
}
