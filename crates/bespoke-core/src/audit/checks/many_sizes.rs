//! More than five font sizes.

use super::super::{Check, Group, Hit, Severity, Subject};
use std::collections::BTreeMap;

/// See the module.
pub const CHECK: Check = Check {
    id: "many-sizes",
    group: Group::Layout,
    severity: Severity::Low,
    strict: true,
    why: "Many sizes blur what is a heading and what is text.",
    fix: "Keep three or four: name, heading, entry, text.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let Some(document) = subject.document else { return Vec::new() };
    let mut share: BTreeMap<i32, usize> = BTreeMap::new();
    for span in document.lines().flat_map(|(_, l)| &l.spans).filter(|s| s.size > 0.0) {
        *share.entry((span.size * 2.0).round() as i32).or_default() += span.text.chars().filter(|c| c.is_alphabetic()).count();
    }
    let used = share.values().filter(|n| **n >= 10).count();
    if used > 6 { vec![Hit::new(format!("{used} font sizes"))] } else { Vec::new() }
}
