//! Pictures: icons, photos, charts, logos.

use super::super::{Check, Group, Hit, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "images",
    group: Group::Ats,
    severity: Severity::Low,
    strict: false,
    why: "What stands in a picture is not read, and a picture may push text out of order.",
    fix: "Remove pictures; write what they say.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    match subject.document.map_or(0, |d| d.features.images) {
        0 => Vec::new(),
        1 => vec![Hit::new("the document has a picture")],
        n => vec![Hit::new(format!("the document has {n} pictures"))],
    }
}
