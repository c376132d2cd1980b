//! Two jobs at different employers that overlap by more than three months.

use super::super::{Check, Group, Hit, Place, Severity, Subject};
use super::super::walk;

/// See the module.
pub const CHECK: Check = Check {
    id: "overlapping-jobs",
    group: Group::Content,
    severity: Severity::Low,
    strict: true,
    why: "Overlaps raise questions unless one job is marked as part-time or freelance.",
    fix: "Mark one as part-time, freelance or consulting, or correct the dates.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let jobs: Vec<_> = subject.resume.work.iter().filter_map(|w| Some((w, walk::months(w, subject.today)?))).collect();
    let mut out = Vec::new();
    for (i, (a, (a0, a1))) in jobs.iter().enumerate() {
        for (b, (b0, b1)) in &jobs[i + 1..] {
            let (Some(x), Some(y)) = (&a.company, &b.company) else { continue };
            if a1.min(b1) - a0.max(b0) > 3 && crate::text::fold(&x.value) != crate::text::fold(&y.value) {
                out.push(Hit::new(format!("{} and {} overlap", x.value, y.value)).at(Place::field(Some(&b.id), y)));
            }
        }
    }
    out
}
