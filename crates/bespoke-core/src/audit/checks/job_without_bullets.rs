//! The latest job says nothing about what was done.

use super::super::{Check, Group, Hit, Place, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "empty-job",
    group: Group::Content,
    severity: Severity::Low,
    strict: false,
    why: "The latest job is what readers look at first.",
    fix: "Add two to five bullets on what you did and what came of it.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let Some(job) = subject.resume.work.first() else { return Vec::new() };
    if job.highlights.is_empty() && job.summary.is_none() {
        let name = job.position.as_ref().or(job.company.as_ref()).map_or("the latest job", |n| &n.value);
        vec![Hit::new(format!("{name} says nothing about what you did")).at(Place { id: Some(job.id.clone()), ..Place::default() })]
    } else {
        Vec::new()
    }
}
