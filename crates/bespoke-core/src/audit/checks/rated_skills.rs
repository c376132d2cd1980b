//! Skills with stars, bars or percent.

use super::super::{Check, Group, Hit, Place, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "rated-skills",
    group: Group::Content,
    severity: Severity::Low,
    strict: false,
    why: "Nobody knows what four stars of Excel mean, and bars are pictures to an ATS.",
    fix: "Use words — basic, working, fluent — or evidence.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let rated = |text: &str| text.contains('%') || text.contains('★') || text.contains('●') || text.contains("/10") || text.contains("/5");
    let groups = subject.resume.skills.iter();
    groups
        .flat_map(|g| g.keywords.iter().chain(&g.level).map(move |k| (g, k)))
        .filter(|(_, k)| rated(&k.value))
        .map(|(g, k)| Hit::new(format!("\"{}\" is rated by a number or a symbol", k.value)).at(Place::field(Some(&g.id), k)))
        .collect()
}
