//! Words that can go without loss: "successfully", "various", "in order to".

use super::super::{Check, Group, Hit, Place, Severity, Subject};
use super::super::walk;

/// See the module.
pub const CHECK: Check = Check {
    id: "fillers",
    group: Group::Content,
    severity: Severity::Low,
    strict: true,
    why: "Every word that can go makes the others stronger.",
    fix: "Delete it.",
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
            walk::FILLERS.find(&text.value).into_iter().map(move |w| Hit::new(format!("\"{w}\" can go")).at(Place::field(id, text)))
        })
        .collect()
}
