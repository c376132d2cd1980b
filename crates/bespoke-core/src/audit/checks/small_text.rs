//! Body text under 9 points.

use super::super::{Check, Group, Hit, Severity, Subject};
use super::super::walk::body_size;

/// See the module.
pub const CHECK: Check = Check {
    id: "small-text",
    group: Group::Layout,
    severity: Severity::Medium,
    strict: false,
    why: "Small print is skipped, and reads badly on a phone.",
    fix: "Use 10 to 12 points for the body.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let Some(document) = subject.document else { return Vec::new() };
    match body_size(document) {
        Some(size) if size < 8.95 => vec![Hit::new(format!("most text is {size:.1} pt"))],
        _ => Vec::new(),
    }
}
