//! Flags date ranges that end before they start.

use super::super::{Check, Group, Hit, Place, Severity, Subject};
use super::super::walk;

/// See the module.
pub const CHECK: Check = Check {
    id: "dates-reversed",
    group: Group::Content,
    severity: Severity::High,
    strict: false,
    why: "An ATS computes a negative tenure from it, and people suspect an error or worse.",
    fix: "Correct the dates.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let jobs = subject.resume.work.iter().chain(&subject.resume.volunteer);
    jobs.filter_map(|w| {
        let (start, end) = walk::months(w, None)?;
        let place = Place { id: Some(w.id.clone()), source: w.start.as_ref().and_then(|s| s.source.clone()), quote: None };
        (end < start).then(|| Hit::new("a job ends before it starts").at(place))
    })
    .collect()
}
