//! Some bullets end with a full stop, some do not.

use super::super::{Check, Group, Hit, Severity, Subject};
use super::super::walk;

/// See the module.
pub const CHECK: Check = Check {
    id: "bullet-ends-mixed",
    group: Group::Layout,
    severity: Severity::Low,
    strict: true,
    why: "Readers notice, and take it for haste.",
    fix: "End all bullets with a full stop, or none.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let bullets: Vec<_> = walk::bullets(subject.resume).collect();
    let stops = |b: &crate::resume::Bullet| b.text.value.trim_end().ends_with('.');
    let with = bullets.iter().filter(|b| stops(b)).count();
    let without = bullets.len() - with;
    if with.min(without) * 5 < bullets.len().max(1) || bullets.len() < 4 {
        return Vec::new();
    }
    let stop = with > without;
    let odd = bullets.into_iter().filter(|b| stops(b) != stop);
    odd.map(|b| {
        let text = b.text.value.trim_end();
        // "etc." and "Inc." keep theirs, and so does a text of several sentences.
        let plain = |t: &str| !t.contains(". ") && t.rsplit(' ').next().is_some_and(|w| w.len() > 4 && !w.contains('.'));
        let (message, mended) = match text.strip_suffix('.') {
            Some(bare) if plain(bare) => ("a bullet ends with a full stop, most do not", bare.to_owned()),
            Some(_) => ("a bullet ends with a full stop, most do not", text.to_owned()),
            None if text.ends_with(char::is_alphanumeric) => ("a bullet ends without a full stop, most have one", format!("{text}.")),
            None => ("a bullet ends without a full stop, most have one", text.to_owned()),
        };
        Hit::new(message).rewriting(subject.resume, Some(&b.id), &b.text, mended)
    })
    .collect()
}
