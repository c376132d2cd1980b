//! Headings that no parser knows: their lines end up under "other".

use super::super::{Check, Group, Hit, Place, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "non-standard-heading",
    group: Group::Ats,
    severity: Severity::Low,
    strict: false,
    why: "An ATS files text by its heading; under an unknown heading it is lost.",
    fix: "Use the usual names: Experience, Education, Skills, Projects, Certifications.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let extras = subject.resume.extras.iter().filter(|x| !x.heading.value.is_empty());
    extras.map(|x| Hit::new(format!("the heading \"{}\" is unusual", x.heading.value)).at(Place::field(Some(&x.id), &x.heading))).collect()
}
