//! Fonts that are used and not embedded.

use super::super::{Check, Group, Hit, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "unembedded-fonts",
    group: Group::Ats,
    severity: Severity::Medium,
    strict: false,
    why: "Another machine shows another font, and the text may not be read at all.",
    fix: "Export the PDF with fonts embedded.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let fonts = subject.document.map_or(&[][..], |d| &d.features.unembedded_fonts);
    if fonts.is_empty() { Vec::new() } else { vec![Hit::new(format!("not embedded: {}", fonts.join(", ")))] }
}
