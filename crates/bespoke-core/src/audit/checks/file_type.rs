//! File types that application forms often refuse.

use super::super::{Check, Group, Hit, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "file-type",
    group: Group::Ats,
    severity: Severity::Low,
    strict: false,
    why: "Application forms take PDF and DOCX; others are often refused or read badly.",
    fix: "Export a PDF or a DOCX.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    use crate::document::Format;
    match subject.document.map(|d| d.format) {
        Some(format @ (Format::Odt | Format::Rtf | Format::Html | Format::Markdown)) => {
            vec![Hit::new(format!("the file is {}", format.name()))]
        }
        _ => Vec::new(),
    }
}
