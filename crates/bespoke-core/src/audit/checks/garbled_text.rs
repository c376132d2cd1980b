//! Text that shows well and copies as nonsense: private-use or replacement characters.

use super::super::{Check, Group, Hit, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "garbled-text",
    group: Group::Ats,
    severity: Severity::High,
    strict: false,
    why: "The font maps its letters to nothing, so an ATS reads nonsense where people read words.",
    fix: "Use another font, or export the PDF again with fonts embedded.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let Some(document) = subject.document else { return Vec::new() };
    let odd = |c: &char| *c == '\u{fffd}' || ('\u{e000}'..='\u{f8ff}').contains(c);
    let count = document.text.chars().filter(odd).count();
    let letters = document.text.chars().filter(|c| c.is_alphanumeric()).count();
    if count * 50 > letters.max(1) {
        vec![Hit::new(format!("{count} characters have no meaning in Unicode"))]
    } else {
        Vec::new()
    }
}
