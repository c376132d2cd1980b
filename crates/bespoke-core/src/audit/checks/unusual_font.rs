//! Decorative fonts.

use super::super::{Check, Group, Hit, Severity, Subject};
use std::collections::BTreeSet;

/// See the module.
pub const CHECK: Check = Check {
    id: "unusual-font",
    group: Group::Ats,
    severity: Severity::Low,
    strict: true,
    why: "A decorative font is harder to read, and its letters are often mapped badly.",
    fix: "Use a plain font such as Source Sans, Calibri, Arial, Georgia or Garamond.",
    run,
};

const DECORATIVE: [&str; 12] = ["comic", "papyrus", "brush", "script", "impact", "chalk", "curlz", "jokerman", "lobster", "pacifico", "handwrit", "stencil"];
fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let Some(document) = subject.document else { return Vec::new() };
    let fonts: BTreeSet<&str> = document.lines().flat_map(|(_, l)| &l.spans).map(|s| s.font.as_str()).collect();
    let decorative = |font: &&str| DECORATIVE.iter().any(|d| font.to_lowercase().contains(d));
    fonts.into_iter().filter(decorative).map(|font| Hit::new(format!("the font {font} is decorative"))).collect()
}
