//! Macros or scripts in the file.

use super::super::{Check, Group, Hit, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "macros",
    group: Group::Ats,
    severity: Severity::High,
    strict: false,
    why: "Mail filters and ATS refuse files with macros.",
    fix: "Save the document without macros (DOCX, not DOCM).",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    if subject.document.is_some_and(|d| d.features.macros) { vec![Hit::new("the file contains macros or scripts")] } else { Vec::new() }
}
