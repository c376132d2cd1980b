//! Bullets that open with a duty: "Responsible for", "Helped", "Worked on".

use super::super::{Check, Group, Hit, Severity, Subject};
use super::super::walk;
use crate::date::End;
use crate::resume::Id;
use crate::tailor::verb_first;
use std::collections::HashSet;

/// See the module.
pub const CHECK: Check = Check {
    id: "weak-opening",
    group: Group::Content,
    severity: Severity::Medium,
    strict: false,
    why: "A duty says what you should have done; a deed says what you did.",
    fix: "Begin with the deed: \"Built\", \"Cut\", \"Led\" — only if you did.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    if !walk::english(subject.resume) {
        return Vec::new();
    }
    let works = subject.resume.work.iter().chain(&subject.resume.volunteer);
    let goes_on: HashSet<&Id> = works
        .filter(|w| matches!(w.end.as_ref().map(|e| e.value), Some(End::Present)))
        .flat_map(|w| w.highlights.iter().map(|b| &b.id))
        .collect();
    walk::bullets(subject.resume)
        .filter_map(|b| {
            let folded = crate::text::fold(&b.text.value);
            let phrase = walk::WEAK.find(&b.text.value).into_iter().find(|p| folded.starts_with(p))?;
            let better = verb_first(&b.text.value, goes_on.contains(&b.id)).map_or_else(|| b.text.value.clone(), |(text, _)| text);
            Some(Hit::new(format!("a bullet opens with \"{phrase}\"")).rewriting(subject.resume, Some(&b.id), &b.text, better))
        })
        .collect()
}
