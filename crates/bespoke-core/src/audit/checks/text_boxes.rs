//! Text boxes and drawing shapes with text.

use super::super::{Check, Group, Hit, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "text-boxes",
    group: Group::Ats,
    severity: Severity::High,
    strict: false,
    why: "Most ATS skip text boxes altogether.",
    fix: "Move the text out of the boxes into the body of the document.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    match subject.document.map_or(0, |d| d.features.text_boxes) {
        0 => Vec::new(),
        1 => vec![Hit::new("the document has a text box")],
        n => vec![Hit::new(format!("the document has {n} text boxes"))],
    }
}
