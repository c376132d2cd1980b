//! Bullets that begin with a small letter where others begin with a capital.

use super::super::{Check, Group, Hit, Place, Severity, Subject};
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
    bullets.iter().filter(small).map(|b| Hit::new("a bullet begins with a small letter").at(Place::field(Some(&b.id), &b.text))).collect()
}
