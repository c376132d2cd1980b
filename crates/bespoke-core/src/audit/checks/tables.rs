//! Tables used for layout.

use super::super::{Check, Group, Hit, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "tables",
    group: Group::Ats,
    severity: Severity::Medium,
    strict: false,
    why: "Many ATS drop the cells of a table or read them in the wrong order.",
    fix: "Replace tables by plain lines with tab stops.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    match subject.document.map_or(0, |d| d.features.tables) {
        0 => Vec::new(),
        1 => vec![Hit::new("the document has a table")],
        n => vec![Hit::new(format!("the document has {n} tables"))],
    }
}
