//! Some bullets end with a full stop, some do not.

use super::super::{Check, Group, Hit, Severity, Subject};
use super::super::walk;

/// See the module.
pub const CHECK: Check = Check {
    id: "bullet-ends-mixed",
    group: Group::Layout,
    severity: Severity::Low,
    strict: true,
    why: "Readers notice, and take it for haste.",
    fix: "End all bullets with a full stop, or none.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let ends: Vec<bool> = walk::bullets(subject.resume).map(|b| b.text.value.trim_end().ends_with('.')).collect();
    let with = ends.iter().filter(|e| **e).count();
    let without = ends.len() - with;
    if with.min(without) * 5 >= ends.len().max(1) && ends.len() >= 4 {
        vec![Hit::new(format!("{with} bullets end with a full stop, {without} do not"))]
    } else {
        Vec::new()
    }
}
