//! Jobs without a start date.

use super::super::{Check, Group, Hit, Place, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "job-without-dates",
    group: Group::Ats,
    severity: Severity::Medium,
    strict: false,
    why: "An ATS cannot compute years of experience without dates.",
    fix: "Add month and year of start and end.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let jobs = subject.resume.work.iter().filter(|w| w.start.is_none() && w.end.is_none());
    jobs.map(|w| {
        let name = w.position.as_ref().or(w.company.as_ref());
        let hit = Hit::new(format!("{} has no dates", name.map_or("a job", |n| &n.value)));
        match name {
            Some(n) => hit.at(Place::field(Some(&w.id), n)),
            None => hit,
        }
    })
    .collect()
}
