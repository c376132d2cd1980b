//! Margins under 0.4 inch (29 pt).

use super::super::{Check, Group, Hit, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "narrow-margins",
    group: Group::Layout,
    severity: Severity::Low,
    strict: false,
    why: "Printers cut narrow margins, and a full page repels.",
    fix: "Use margins of at least 0.5 inch (13 mm).",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let Some(document) = subject.document else { return Vec::new() };
    let narrow = |page: &&crate::document::Page| {
        let boxes = || page.lines.iter().filter_map(|l| l.bbox);
        let left = boxes().map(|b| b.x0).fold(f32::MAX, f32::min);
        let right = boxes().map(|b| b.x1).fold(0.0, f32::max);
        page.width > 0.0 && right > 0.0 && (left < 20.0 || page.width - right < 14.0)
    };
    if document.pages.iter().any(|p| narrow(&p)) { vec![Hit::new("text stands close to the edge of the page")] } else { Vec::new() }
}
