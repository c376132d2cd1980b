//! More than forty skills.

use super::super::{Check, Group, Hit, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "many-skills",
    group: Group::Content,
    severity: Severity::Low,
    strict: true,
    why: "In a long list the important ones are lost.",
    fix: "Keep those that the job asks for and that you can show.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let count: usize = subject.resume.skills.iter().map(|g| g.keywords.len()).sum();
    if count > 40 { vec![Hit::new(format!("{count} skills are listed"))] } else { Vec::new() }
}
