//! The same word twice in a row: "the the".

use super::super::{Check, Group, Hit, Severity, Subject};
use super::super::walk;

/// See the module.
pub const CHECK: Check = Check {
    id: "repeated-word",
    group: Group::Content,
    severity: Severity::Low,
    strict: false,
    why: "It is a slip of typing that spelling checks miss.",
    fix: "Delete one.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    walk::prose(subject.resume)
        .into_iter()
        .filter_map(|(id, t)| {
            let words: Vec<&str> = t.value.split(' ').collect();
            let twice = words.windows(2).find(|w| w[0] == w[1] && w[0].len() > 1 && w[0].chars().all(char::is_lowercase) && !matches!(w[0], "that" | "had" | "sie" | "nous" | "vous"))?;
            let both = format!("{} {}", twice[0], twice[1]);
            let mended = super::super::fixes::swap_words(&t.value, &both, twice[0]);
            Some(Hit::new(format!("\"{both}\"")).rewriting(subject.resume, id, t, mended))
        })
        .collect()
}
