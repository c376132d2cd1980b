//! Jobs whose bullets have no number at all.

use super::super::{Check, Group, Hit, Place, Severity, Subject};
use super::super::walk;

/// See the module.
pub const CHECK: Check = Check {
    id: "no-numbers",
    group: Group::Content,
    severity: Severity::Medium,
    strict: false,
    why: "Numbers are what readers remember: how many, how much, how fast.",
    fix: "Add a number to at least one bullet: people, money, time, percent.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let jobs = subject.resume.work.iter().filter(|w| w.highlights.len() >= 2);
    jobs.filter(|w| !w.highlights.iter().any(|b| walk::has_number(&b.text.value)))
        .map(|w| {
            let name = w.position.as_ref().or(w.company.as_ref());
            let hit = Hit::new(format!("no bullet of {} has a number", name.map_or("this job", |n| &n.value)));
            match name {
                Some(n) => hit.at(Place::field(Some(&w.id), n)),
                None => hit,
            }
        })
        .collect()
}
