//! A section heading at the foot of a page, with its text on the next.

use super::super::{Check, Group, Hit, Severity, Subject};
use super::super::walk;
use crate::document::LineKind;

/// See the module.
pub const CHECK: Check = Check {
    id: "stranded-heading",
    group: Group::Layout,
    severity: Severity::Low,
    strict: false,
    why: "A heading without its text is lost when pages are read or printed alone.",
    fix: "Keep the heading with the next paragraph, or start a new page before it.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let Some(document) = subject.document else { return Vec::new() };
    let body = walk::body_size(document).unwrap_or(0.0);
    let mut out = Vec::new();
    for (page, sheet) in document.pages.iter().enumerate().rev().skip(1) {
        let lines = sheet.lines.iter().filter(|l| !l.furniture && !l.range.is_empty());
        let lowest = lines
            .filter(|l| l.bbox.is_some())
            .max_by(|a, b| a.bbox.map_or(0.0, |r| r.y1).total_cmp(&b.bbox.map_or(0.0, |r| r.y1)));
        let Some(line) = lowest else { continue };
        let text = line.text(document).trim();
        let heading = matches!(line.kind, LineKind::Heading { .. })
            || line.bold() && line.size() > body * 1.05 && text.split_whitespace().count() <= 4;
        if heading {
            let place = walk::place(document, page, line.range.clone(), line.bbox, text);
            out.push(Hit::new(format!("\"{text}\" ends page {}", page + 1)).at(place));
        }
    }
    out
}
