//! The same skill twice.

use super::super::{Check, Group, Hit, Place, Severity, Subject};
use crate::tailor::Edit;
use std::collections::BTreeSet;

/// See the module.
pub const CHECK: Check = Check {
    id: "duplicate-skills",
    group: Group::Content,
    severity: Severity::Low,
    strict: false,
    why: "Repeating a skill adds nothing in an ATS and looks careless.",
    fix: "Keep one.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    for group in &subject.resume.skills {
        for (index, keyword) in group.keywords.iter().enumerate() {
            if !seen.insert(crate::text::fold(&keyword.value)) {
                let edit = Edit::RemoveSkill { group: group.id.clone(), skill: keyword.value.clone(), index, drop_group: false, field: None };
                out.push(Hit::new(format!("\"{}\" is listed twice", keyword.value)).at(Place::field(Some(&group.id), keyword)).with(edit));
            }
        }
    }
    out
}
