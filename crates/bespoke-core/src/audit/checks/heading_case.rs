//! Headings in different case.

use super::super::{Check, Group, Hit, Severity, Subject};
use super::super::walk;

/// See the module.
pub const CHECK: Check = Check {
    id: "heading-case-mixed",
    group: Group::Layout,
    severity: Severity::Low,
    strict: true,
    why: "Headings of one rank should look alike.",
    fix: "Write all headings in capitals, or none.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let Some(document) = subject.document else { return Vec::new() };
    let headings = || {
        walk::body(document).filter(|(_, l)| matches!(l.kind, crate::document::LineKind::Heading { level: 2.. })).map(|(_, l)| l.text(document))
    };
    let capitals = headings().filter(|t| t.chars().any(char::is_alphabetic) && !t.chars().any(char::is_lowercase)).count();
    let others = headings().count() - capitals;
    if capitals > 1 && others > 1 { vec![Hit::new("some headings are in capitals, some are not")] } else { Vec::new() }
}
