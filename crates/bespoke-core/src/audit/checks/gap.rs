//! More than twelve months between two jobs.

use super::super::{Check, Group, Hit, Severity, Subject};
use super::super::walk;

/// See the module.
pub const CHECK: Check = Check {
    id: "gap",
    group: Group::Content,
    severity: Severity::Low,
    strict: false,
    why: "Recruiters ask about gaps over a year; an answer in the résumé is better than a guess.",
    fix: "Say what you did: study, care, travel, freelance work.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let mut spans: Vec<(i32, i32)> = subject.resume.work.iter().filter_map(|w| walk::months(w, subject.today)).collect();
    spans.extend(subject.resume.volunteer.iter().filter_map(|w| walk::months(w, subject.today)));
    spans.extend(subject.resume.education.iter().filter_map(|e| {
        let start = e.start.as_ref()?.value.months();
        match e.end.as_ref()?.value {
            crate::date::End::Date(d) => Some((start, d.months() + if d.month.is_none() { 11 } else { 0 })),
            crate::date::End::Present => Some((start, subject.today?.months())),
        }
    }));
    spans.sort_unstable();
    let mut out = Vec::new();
    let mut reached: Option<i32> = None;
    for (start, end) in spans {
        if let Some(before) = reached
            && start - before > 12
        {
            out.push(Hit::new(format!("{} months between {} and {}", start - before - 1, before / 12, start / 12)));
        }
        reached = Some(reached.map_or(end, |r| r.max(end)));
    }
    out
}
