//! Stock phrases.

use super::super::{Check, Group, Hit, Place, Severity, Subject};
use super::super::walk;

/// See the module.
pub const CHECK: Check = Check {
    id: "cliches",
    group: Group::Content,
    severity: Severity::Low,
    strict: false,
    why: "A phrase that others wrote says nothing about you.",
    fix: "Say in your own words what happened.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    if !walk::english(subject.resume) {
        return Vec::new();
    }
    let mut texts = walk::prose(subject.resume);
    texts.extend(subject.resume.references.iter().map(|r| (Some(&r.id), &r.name)));
    texts
        .into_iter()
        .flat_map(|(id, text)| {
            walk::CLICHES.find(&text.value).into_iter().map(move |w| Hit::new(format!("\"{w}\" is a cliché")).at(Place::field(id, text)))
        })
        .collect()
}
