//! The same verb opens four bullets or more.

use super::super::{Check, Group, Hit, Place, Severity, Subject};
use super::super::walk;
use std::collections::BTreeMap;

/// See the module.
pub const CHECK: Check = Check {
    id: "repeated-openings",
    group: Group::Content,
    severity: Severity::Low,
    strict: false,
    why: "The same opening again and again reads as one deed.",
    fix: "Vary the verbs where the deeds differ.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for bullet in walk::bullets(subject.resume) {
        *count.entry(walk::first_word(&bullet.text.value)).or_default() += 1;
    }
    let often = count.into_iter().filter(|(word, n)| *n >= 4 && word.len() > 3);
    often.map(|(word, n)| Hit::new(format!("{n} bullets open with \"{word}\"")).at(Place::quote(word))).collect()
}
