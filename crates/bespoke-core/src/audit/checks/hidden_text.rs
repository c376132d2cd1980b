//! Text that a reader cannot see: white on white, tiny, off the page, in invisible mode.

use super::super::{Check, Group, Hit, Place, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "hidden-text",
    group: Group::Ats,
    severity: Severity::High,
    strict: false,
    why: "Recruiters' systems flag hidden keywords as cheating; ours gives them no weight.",
    fix: "Remove the hidden text.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let Some(document) = subject.document else { return Vec::new() };
    let hidden = |page: &crate::document::Page| {
        page.hidden.iter().map(|s| s.text.trim()).filter(|t| t.chars().any(char::is_alphabetic)).collect::<Vec<_>>().join(" ")
    };
    let texts = document.pages.iter().map(hidden).enumerate().filter(|(_, t)| t.chars().count() > 2);
    texts
        .map(|(page, text)| {
            let quote: String = text.chars().take(80).collect();
            Hit::new(format!("page {} has text that nobody can see", page + 1)).at(Place::quote(quote))
        })
        .collect()
}
