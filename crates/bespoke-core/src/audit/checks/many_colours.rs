//! More than four colours of text.

use super::super::{Check, Group, Hit, Severity, Subject};
use std::collections::BTreeMap;

/// See the module.
pub const CHECK: Check = Check {
    id: "many-colours",
    group: Group::Layout,
    severity: Severity::Low,
    strict: true,
    why: "Colour should mean something; many colours mean nothing.",
    fix: "Use black or dark grey and one accent.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let Some(document) = subject.document else { return Vec::new() };
    let mut share: BTreeMap<u32, usize> = BTreeMap::new();
    for span in document.lines().flat_map(|(_, l)| &l.spans).filter(|s| s.size > 0.0) {
        *share.entry(span.colour & 0xF0F0F0).or_default() += span.text.chars().filter(|c| c.is_alphabetic()).count();
    }
    let used = share.values().filter(|n| **n >= 10).count();
    if used > 4 { vec![Hit::new(format!("{used} colours of text"))] } else { Vec::new() }
}
