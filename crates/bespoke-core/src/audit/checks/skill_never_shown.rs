//! Skills that no job, project or course shows.

use super::super::{Check, Group, Hit, Place, Severity, Subject};
use super::super::walk;

/// See the module.
pub const CHECK: Check = Check {
    id: "skill-never-shown",
    group: Group::Content,
    severity: Severity::Low,
    strict: true,
    why: "A skill that is only listed convinces nobody.",
    fix: "Show it in a bullet, or leave it out.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let shown: String = walk::prose(subject.resume).into_iter().map(|(_, t)| format!(" {} ", crate::text::words(&t.value).join(" "))).collect();
    if shown.is_empty() {
        return Vec::new();
    }
    let skills = subject.resume.skills.iter().flat_map(|g| g.keywords.iter().map(move |k| (g, k)));
    skills
        .filter(|(_, k)| {
            let words = crate::text::words(&k.value).join(" ");
            !words.is_empty() && !shown.contains(&format!(" {words} "))
        })
        .map(|(g, k)| Hit::new(format!("\"{}\" is listed and never shown", k.value)).at(Place::field(Some(&g.id), k)))
        .collect()
}
