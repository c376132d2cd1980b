//! Too many pages for the experience.

use super::super::{Check, Group, Hit, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "too-many-pages",
    group: Group::Layout,
    severity: Severity::Medium,
    strict: false,
    why: "Recruiters spend seconds on a page; a third page is rarely read.",
    fix: "Keep to one page for up to ten years of work, two for more; leave out what does not help.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let Some(document) = subject.document else { return Vec::new() };
    let academic = subject.resume.publications.len() >= 5;
    let pages = document.pages.iter().filter(|p| p.width > 0.0).count();
    if pages > 2 && !academic { vec![Hit::new(format!("the résumé has {pages} pages"))] } else { Vec::new() }
}
