//! E-mail addresses that people smile at.

use super::super::{Check, Group, Hit, Place, Severity, Subject};

/// See the module.
pub const CHECK: Check = Check {
    id: "unprofessional-email",
    group: Group::Content,
    severity: Severity::Medium,
    strict: false,
    why: "The address is the first thing a recruiter types.",
    fix: "Use an address made of your name.",
    run,
};

const WORDS: [&str; 26] = ["sexy", "babe", "hottie", "princess", "ninja", "killer", "420", "party", "gamer", "cutie", "angel", "devil", "crazy", "boss", "king", "queen", "lover", "honey", "sweet", "beast", "dude", "swag", "pimp", "stoner", "drunk", "badass"];
fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let Some(email) = &subject.resume.contact.email else { return Vec::new() };
    let local = crate::text::fold(email.value.split('@').next().unwrap_or(""));
    let name = subject.resume.contact.name.as_ref().map(|n| crate::text::fold(&n.value)).unwrap_or_default();
    let odd = local.split(['.', '_', '-']).any(|part| WORDS.iter().any(|w| part.starts_with(w) || part.ends_with(w)) && !name.contains(part));
    if odd && !name.split_whitespace().any(|part| part.len() > 2 && local.contains(part)) {
        vec![Hit::new(format!("{} does not look professional", email.value)).at(Place::field(None, email))]
    } else {
        Vec::new()
    }
}
