//! A recent job with fewer bullets than an older one by far.

use super::super::{Check, Group, Hit, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "uneven-bullets",
    group: Group::Layout,
    severity: Severity::Low,
    strict: true,
    why: "Readers weigh a job by its space; the recent ones should weigh most.",
    fix: "Give the latest jobs most bullets and shorten old ones.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let [first, rest @ ..] = &subject.resume.work[..] else { return Vec::new() };
    let most = rest.iter().max_by_key(|w| w.highlights.len());
    match most {
        Some(old) if first.highlights.len() + 3 <= old.highlights.len() => {
            let name = |w: &crate::resume::Work| w.company.as_ref().or(w.position.as_ref()).map_or("an older job".to_owned(), |t| t.value.clone());
            vec![Hit::new(format!("{} has {} bullets, the latest job {}", name(old), old.highlights.len(), first.highlights.len()))]
        }
        _ => Vec::new(),
    }
}
