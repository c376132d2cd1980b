//! More than eight bullets under one job.

use super::super::{Check, Group, Hit, Place, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "many-bullets",
    group: Group::Content,
    severity: Severity::Low,
    strict: false,
    why: "After the fifth bullet nobody reads on.",
    fix: "Keep the four to six that matter most for the job you want.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let jobs = subject.resume.work.iter().filter(|w| w.highlights.len() > 8);
    jobs.map(|w| {
        let name = w.position.as_ref().or(w.company.as_ref()).map_or("a job", |n| &n.value);
        Hit::new(format!("{name} has {} bullets", w.highlights.len())).at(Place { id: Some(w.id.clone()), ..Place::default() })
    })
    .collect()
}
