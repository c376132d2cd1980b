//! Under 150 or over 1,100 words.

use super::super::{Check, Group, Hit, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "length",
    group: Group::Content,
    severity: Severity::Medium,
    strict: false,
    why: "Too short shows nothing, too long is not read.",
    fix: "Aim for 350 to 800 words.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let Some(document) = subject.document else { return Vec::new() };
    let words = document.text.split_whitespace().count();
    if words > 0 && words < 150 {
        vec![Hit::new(format!("the résumé has only {words} words"))]
    } else if words > 1100 && subject.resume.publications.len() < 5 {
        vec![Hit::new(format!("the résumé has {words} words"))]
    } else {
        Vec::new()
    }
}
