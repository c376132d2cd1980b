//! No name was found.

use super::super::{Check, Group, Hit, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "no-name",
    group: Group::Ats,
    severity: Severity::High,
    strict: false,
    why: "Without a name the application is filed under nobody.",
    fix: "Put your name alone on the first line.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    if subject.resume.contact.name.is_none() { vec![Hit::new("no name was found")] } else { Vec::new() }
}
