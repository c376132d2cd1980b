//! Links whose address cannot be read on the page, such as an icon.

use super::super::{Check, Group, Hit, Place, Severity, Subject};
use std::collections::BTreeSet;

/// See the module.
pub const CHECK: Check = Check {
    id: "link-without-text",
    group: Group::Ats,
    severity: Severity::Low,
    strict: true,
    why: "On paper and in an ATS only the visible text is left of a link.",
    fix: "Write the address: linkedin.com/in/ana-example.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let Some(document) = subject.document else { return Vec::new() };
    let mut seen = BTreeSet::new();
    let spans = document.lines().flat_map(|(_, l)| &l.spans);
    spans
        .filter(|s| s.link.as_deref().is_some_and(|l| l.starts_with("http")) && !s.text.chars().any(char::is_alphanumeric))
        .filter_map(|s| s.link.clone())
        .filter(|link| seen.insert(link.clone()))
        .map(|link| Hit::new(format!("a link to {link} has no text")).at(Place::quote(link)))
        .collect()
}
