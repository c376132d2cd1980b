//! Present tense in a job that has ended.

use super::super::{Check, Group, Hit, Place, Severity, Subject};
use super::super::walk;

/// See the module.
pub const CHECK: Check = Check {
    id: "tense",
    group: Group::Content,
    severity: Severity::Low,
    strict: true,
    why: "A past job in the present tense reads as copied from a job posting.",
    fix: "Use the past tense for past jobs.",
    run,
};

const PRESENT: [&str; 24] = ["manage", "manages", "lead", "leads", "develop", "develops", "design", "designs", "build", "builds", "create", "creates", "maintain", "maintains", "write", "writes", "coordinate", "coordinates", "analyze", "analyzes", "prepare", "prepares", "oversee", "oversees"];
fn run(subject: &Subject<'_>) -> Vec<Hit> {
    if !walk::english(subject.resume) {
        return Vec::new();
    }
    let past = |w: &&crate::resume::Work| matches!(w.end.as_ref().map(|e| e.value), Some(crate::date::End::Date(_)));
    let bullets = subject.resume.work.iter().filter(past).flat_map(|w| &w.highlights);
    bullets
        .filter(|b| PRESENT.contains(&walk::first_word(&b.text.value).as_str()))
        .map(|b| Hit::new("a bullet of a past job is in the present tense").at(Place::field(Some(&b.id), &b.text)))
        .collect()
}
