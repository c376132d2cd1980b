//! Bullets that open with a duty: "Responsible for", "Helped", "Worked on".

use super::super::{Check, Group, Hit, Place, Severity, Subject};
use super::super::walk;

/// See the module.
pub const CHECK: Check = Check {
    id: "weak-opening",
    group: Group::Content,
    severity: Severity::Medium,
    strict: false,
    why: "A duty says what you should have done; a deed says what you did.",
    fix: "Begin with the deed: \"Built\", \"Cut\", \"Led\" — only if you did.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    if !walk::english(subject.resume) {
        return Vec::new();
    }
    walk::bullets(subject.resume)
        .filter_map(|b| {
            let folded = crate::text::fold(&b.text.value);
            let phrase = walk::WEAK.find(&b.text.value).into_iter().find(|p| folded.starts_with(p))?;
            Some(Hit::new(format!("a bullet opens with \"{phrase}\"")).at(Place::field(Some(&b.id), &b.text)))
        })
        .collect()
}
