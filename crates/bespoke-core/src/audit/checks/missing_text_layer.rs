//! Pages that are pictures: no program reads them without optical character recognition.

use super::super::{Check, Group, Hit, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "missing-text-layer",
    group: Group::Ats,
    severity: Severity::High,
    strict: false,
    why: "Most ATS read only text, so a scanned page is an empty page to them.",
    fix: "Export the résumé from the program it was written in, as PDF with text.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let Some(document) = subject.document else { return Vec::new() };
    let pages = &document.features.pages_without_text;
    pages.iter().map(|page| Hit::new(format!("page {} has no text layer", page + 1))).collect()
}
