//! A last page with only a few lines.

use super::super::{Check, Group, Hit, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "nearly-empty-page",
    group: Group::Layout,
    severity: Severity::Low,
    strict: false,
    why: "A few lines on a page of their own look like an accident.",
    fix: "Tighten spacing or shorten a bullet so that they fit, or fill the page.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let Some(document) = subject.document else { return Vec::new() };
    let [.., last] = &document.pages[..] else { return Vec::new() };
    let bottom = last.lines.iter().filter(|l| !l.furniture).filter_map(|l| l.bbox).map(|b| b.y1).fold(0.0, f32::max);
    if document.pages.len() > 1 && last.height > 0.0 && bottom > 0.0 && bottom < last.height * 0.22 {
        vec![Hit::new("the last page is nearly empty")]
    } else {
        Vec::new()
    }
}
