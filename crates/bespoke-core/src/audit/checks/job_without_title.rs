//! Jobs without a title or without an employer.

use super::super::{Check, Group, Hit, Place, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "job-incomplete",
    group: Group::Ats,
    severity: Severity::Medium,
    strict: false,
    why: "Title and employer are what an ATS files a job under.",
    fix: "Give every job a title and an employer.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let mut out = Vec::new();
    for work in &subject.resume.work {
        let (missing, have) = match (&work.position, &work.company) {
            (None, Some(company)) => ("title", company),
            (Some(position), None) => ("employer", position),
            _ => continue,
        };
        out.push(Hit::new(format!("{} has no {missing}", have.value)).at(Place::field(Some(&work.id), have)));
    }
    out
}
