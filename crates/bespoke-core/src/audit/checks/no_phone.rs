//! No phone number was found.

use super::super::{Check, Group, Hit, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "no-phone",
    group: Group::Ats,
    severity: Severity::Medium,
    strict: false,
    why: "Many recruiters call first.",
    fix: "Write your phone number under your name.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    if subject.resume.contact.phone.is_none() { vec![Hit::new("no phone number was found")] } else { Vec::new() }
}
