//! Pages that are neither A4 nor Letter.

use super::super::{Check, Group, Hit, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "page-size",
    group: Group::Layout,
    severity: Severity::Low,
    strict: true,
    why: "Other sizes print badly.",
    fix: "Use A4, or Letter in North America.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let Some(document) = subject.document else { return Vec::new() };
    let usual = |page: &&crate::document::Page| {
        let (w, h) = (page.width.min(page.height), page.width.max(page.height));
        w == 0.0 || [(595.3, 841.9), (612.0, 792.0)].iter().any(|(a, b): &(f32, f32)| (w - a).abs() < 4.0 && (h - b).abs() < 4.0)
    };
    match document.pages.iter().find(|p| !usual(p)) {
        Some(page) => vec![Hit::new(format!("a page measures {:.0} × {:.0} pt", page.width, page.height))],
        None => Vec::new(),
    }
}
