//! No e-mail address was found.

use super::super::{Check, Group, Hit, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "no-email",
    group: Group::Ats,
    severity: Severity::High,
    strict: false,
    why: "Most invitations come by e-mail.",
    fix: "Write your e-mail address under your name, as text.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    if subject.resume.contact.email.is_none() { vec![Hit::new("no e-mail address was found")] } else { Vec::new() }
}
