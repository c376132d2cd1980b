//! Words written with a space between all letters: "E X P E R I E N C E".

use super::super::{Check, Group, Hit, Severity, Subject};
use super::super::walk;

/// See the module.
pub const CHECK: Check = Check {
    id: "letter-spaced",
    group: Group::Ats,
    severity: Severity::Medium,
    strict: false,
    why: "Readers see single letters, not a word, and miss the heading or the name.",
    fix: "Use the font's character spacing, or normal spacing.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let Some(document) = subject.document else { return Vec::new() };
    let spaced = |text: &str| {
        let words: Vec<&str> = text.split_whitespace().collect();
        words.len() >= 4 && words.iter().all(|w| w.chars().count() == 1 && w.chars().all(char::is_alphabetic))
    };
    let lines = walk::body(document).filter(|(_, l)| spaced(l.text(document)));
    lines
        .map(|(page, l)| {
            let place = walk::place(document, page, l.range.clone(), l.bbox, l.text(document));
            Hit::new("a word is written letter by letter").at(place)
        })
        .collect()
}
