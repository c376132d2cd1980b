//! Dates with a month in some jobs and without in others.

use super::super::{Check, Group, Hit, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "date-formats-mixed",
    group: Group::Layout,
    severity: Severity::Low,
    strict: false,
    why: "Mixed precision looks careless and hides tenure.",
    fix: "Write all dates alike, such as \"Mar 2021\".",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let starts = || subject.resume.work.iter().filter_map(|w| w.start.as_ref());
    let with = starts().filter(|d| d.value.month.is_some()).count();
    let without = starts().count() - with;
    if with > 0 && without > 0 {
        vec![Hit::new(format!("{with} jobs start with month and year, {without} with the year alone"))]
    } else {
        Vec::new()
    }
}
