//! More than three font families with a real share of the text.

use super::super::{Check, Group, Hit, Severity, Subject};
use std::collections::BTreeMap;

/// See the module.
pub const CHECK: Check = Check {
    id: "many-fonts",
    group: Group::Layout,
    severity: Severity::Low,
    strict: false,
    why: "Many fonts look restless.",
    fix: "Use one family, or one for headings and one for text.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let Some(document) = subject.document else { return Vec::new() };
    let mut share: BTreeMap<String, usize> = BTreeMap::new();
    for span in document.lines().flat_map(|(_, l)| &l.spans) {
        let family: String = span.font.split(['-', ',', '+']).next().unwrap_or("").chars().filter(|c| c.is_alphabetic()).take(8).collect();
        *share.entry(family.to_lowercase()).or_default() += span.text.chars().filter(|c| c.is_alphabetic()).count();
    }
    let total: usize = share.values().sum();
    let used: Vec<&String> = share.iter().filter(|(family, n)| !family.is_empty() && **n * 50 > total).map(|(f, _)| f).collect();
    if used.len() > 3 { vec![Hit::new(format!("{} font families", used.len()))] } else { Vec::new() }
}
