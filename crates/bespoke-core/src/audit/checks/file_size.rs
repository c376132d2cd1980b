//! Files over 2.5 MB.

use super::super::{Check, Group, Hit, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "file-size",
    group: Group::Ats,
    severity: Severity::Medium,
    strict: false,
    why: "Many application forms refuse files over 2.5 MB.",
    fix: "Make pictures smaller or leave them out.",
    run,
};

const LIMIT: u64 = 2_500_000;
fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let bytes = subject.document.map_or(0, |d| d.features.bytes);
    if bytes > LIMIT { vec![Hit::new(format!("the file has {:.1} MB", bytes as f64 / 1e6))] } else { Vec::new() }
}
