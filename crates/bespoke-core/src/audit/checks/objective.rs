//! An objective that says what you want, not what you bring.

use super::super::{Check, Group, Hit, Place, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "objective",
    group: Group::Content,
    severity: Severity::Low,
    strict: true,
    why: "Readers ask what you bring; what you want is why you apply.",
    fix: "Replace it by a summary of what you have done.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let Some(summary) = &subject.resume.summary else { return Vec::new() };
    let folded = crate::text::fold(&summary.value);
    let opens = ["seeking", "looking for", "to obtain", "to secure", "to work in", "to acquire", "a position"];
    if opens.iter().any(|o| folded.trim_start().starts_with(o)) {
        vec![Hit::new("the summary says what you want, not what you bring").at(Place::field(None, summary))]
    } else {
        Vec::new()
    }
}
