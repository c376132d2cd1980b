//! No place was found.

use super::super::{Check, Group, Hit, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "no-location",
    group: Group::Ats,
    severity: Severity::Low,
    strict: false,
    why: "Recruiters filter by place; without one you fall out of such searches.",
    fix: "Write city and region or country; the street is not needed.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    if subject.resume.contact.location.is_none() { vec![Hit::new("no place was found")] } else { Vec::new() }
}
