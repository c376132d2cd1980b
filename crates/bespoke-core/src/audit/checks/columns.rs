//! Text in two or more columns side by side.

use super::super::{Check, Group, Hit, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "columns",
    group: Group::Ats,
    severity: Severity::Medium,
    strict: false,
    why: "Simple readers go straight across the page and mix the columns.",
    fix: "Put everything in one column, or choose a template whose columns read in order.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let columns = subject.document.map_or(0, |d| d.features.columns);
    if columns > 1 { vec![Hit::new(format!("the text stands in {columns} columns"))] } else { Vec::new() }
}
