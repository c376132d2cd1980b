//! Body text over 12.5 points.

use super::super::{Check, Group, Hit, Severity, Subject};
use super::super::walk::body_size;

/// See the module.
pub const CHECK: Check = Check {
    id: "large-text",
    group: Group::Layout,
    severity: Severity::Low,
    strict: true,
    why: "Large body text looks like padding.",
    fix: "Use 10 to 12 points for the body.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let Some(document) = subject.document else { return Vec::new() };
    match body_size(document) {
        Some(size) if size > 12.6 => vec![Hit::new(format!("most text is {size:.1} pt"))],
        _ => Vec::new(),
    }
}
