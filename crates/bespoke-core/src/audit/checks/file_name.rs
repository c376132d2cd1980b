//! File names that say nothing, or that break upload forms.

use super::super::{Check, Group, Hit, Place, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "file-name",
    group: Group::Ats,
    severity: Severity::Low,
    strict: true,
    why: "Recruiters see the file name first, and odd characters break some forms.",
    fix: "Name it after yourself: Ana_Example_Resume.pdf.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let Some(name) = subject.file_name else { return Vec::new() };
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let words = crate::text::words(stem);
    let generic = words.iter().all(|w| {
        matches!(w.as_str(), "resume" | "cv" | "final" | "new" | "document" | "untitled" | "copy" | "draft" | "scan" | "version" | "my")
            || w.chars().all(|c| c.is_ascii_digit())
            || (w.starts_with('v') && w[1..].chars().all(|c| c.is_ascii_digit()))
    });
    let odd = stem.chars().any(|c| matches!(c, '#' | '%' | '&' | '{' | '}' | '\\' | '<' | '>' | '*' | '?' | '$' | '!' | '\'' | '"' | ':' | '@' | '+' | '|' | '='));
    if generic {
        vec![Hit::new(format!("the file name \"{name}\" does not say whose résumé it is")).at(Place::quote(name))]
    } else if odd {
        vec![Hit::new(format!("the file name \"{name}\" has characters that forms refuse")).at(Place::quote(name))]
    } else {
        Vec::new()
    }
}
