//! Words that every résumé has and that say nothing.

use super::super::{Check, Group, Hit, Place, Severity, Subject};
use super::super::walk;

/// See the module.
pub const CHECK: Check = Check {
    id: "buzzwords",
    group: Group::Content,
    severity: Severity::Low,
    strict: false,
    why: "Recruiters skip them, and they take the place of evidence.",
    fix: "Delete them, or show the thing by an example.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    if !walk::english(subject.resume) {
        return Vec::new();
    }
    let texts = walk::prose(subject.resume);
    texts
        .into_iter()
        .flat_map(|(id, text)| {
            walk::BUZZWORDS.find(&text.value).into_iter().map(move |w| Hit::new(format!("\"{w}\" is a buzzword")).at(Place::field(id, text)))
        })
        .collect()
}
