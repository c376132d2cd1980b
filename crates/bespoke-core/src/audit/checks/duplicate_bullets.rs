//! The same bullet twice.

use super::super::{Check, Group, Hit, Place, Severity, Subject};
use crate::tailor::Edit;
use std::collections::BTreeSet;

/// See the module.
pub const CHECK: Check = Check {
    id: "duplicate-bullets",
    group: Group::Content,
    severity: Severity::Medium,
    strict: false,
    why: "A bullet that stands twice looks like an accident.",
    fix: "Delete one.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let mut seen = BTreeSet::new();
    let resume = subject.resume;
    let jobs = resume.work.iter().chain(&resume.volunteer).map(|w| (&w.id, &w.highlights));
    let lists = jobs.chain(resume.projects.iter().map(|p| (&p.id, &p.highlights)));
    let mut out = Vec::new();
    for (entry, list) in lists {
        for (index, bullet) in list.iter().enumerate() {
            let words = crate::text::words(&bullet.text.value);
            if words.len() > 3 && !seen.insert(words) {
                let edit = Edit::DropBullet { entry: entry.clone(), bullet: bullet.clone(), index };
                out.push(Hit::new("a bullet stands twice").at(Place::field(Some(&bullet.id), &bullet.text)).with(edit));
            }
        }
    }
    out
}
