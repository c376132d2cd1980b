//! Bullets that begin with a small letter where others begin with a capital.

use super::super::{Check, Group, Hit, Severity, Subject};
use super::super::fixes::capitalised;
use super::super::walk;

/// See the module.
pub const CHECK: Check = Check {
    id: "bullet-case-mixed",
    group: Group::Content,
    severity: Severity::Low,
    strict: true,
    why: "Bullets should begin alike.",
    fix: "Begin every bullet with a capital.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let bullets: Vec<_> = walk::bullets(subject.resume).collect();
    let small = |b: &&&crate::resume::Bullet| b.text.value.chars().next().is_some_and(char::is_lowercase);
    let count = bullets.iter().filter(small).count();
    if count * 2 >= bullets.len() {
        return Vec::new();
    }
    bullets.iter().filter(small).map(|b| {
            // "iOS", "eBay": a capital inside is a name.
            let first = b.text.value.split(' ').next().unwrap_or_default();
            let mended = if first.chars().any(char::is_uppercase) { b.text.value.clone() } else { capitalised(&b.text.value) };
            Hit::new("a bullet begins with a small letter").rewriting(subject.resume, Some(&b.id), &b.text, mended)
        }).collect()
}
