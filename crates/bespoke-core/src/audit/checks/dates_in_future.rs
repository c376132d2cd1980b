//! Dates after today.

use super::super::{Check, Group, Hit, Place, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "dates-in-future",
    group: Group::Content,
    severity: Severity::Medium,
    strict: false,
    why: "A date in the future is taken for an error.",
    fix: "Correct the date, or write \"Present\".",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let Some(today) = subject.today else { return Vec::new() };
    let jobs = subject.resume.work.iter();
    jobs.filter_map(|w| {
        let start = w.start.as_ref()?;
        let place = Place { id: Some(w.id.clone()), source: start.source.clone(), quote: Some(start.value.to_string()) };
        (start.value.months() > today.months()).then(|| Hit::new(format!("a job starts in {}", start.value)).at(place))
    })
    .collect()
}
