//! "I", "my", "we" in bullets.

use super::super::{Check, Group, Hit, Severity, Subject};
use super::super::fixes::capitalised;
use super::super::walk;
use crate::wording::vocabulary::irregular_past;

/// See the module.
pub const CHECK: Check = Check {
    id: "first-person",
    group: Group::Content,
    severity: Severity::Low,
    strict: false,
    why: "Résumés are written without a subject; pronouns cost space.",
    fix: "Leave the pronoun out: \"Led\", not \"I led\".",
    run,
};

/// "I led two teams" without its "I", where nothing else speaks in the first person and a verb in the past follows.
fn without_subject(text: &str) -> String {
    let rest = text.strip_prefix("I ").unwrap_or(text);
    let verb = rest.split(' ').next().unwrap_or_default();
    let alone = !rest.split(|c: char| !c.is_alphanumeric()).any(|w| matches!(w, "I" | "my" | "me" | "myself" | "we" | "our"));
    if alone && (verb.ends_with("ed") || irregular_past(verb)) { capitalised(rest) } else { text.to_owned() }
}

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    if !walk::english(subject.resume) {
        return Vec::new();
    }
    walk::bullets(subject.resume)
        .filter(|b| {
            let words = b.text.value.split(|c: char| !c.is_alphanumeric() && c != '/' && c != '-' && c != '.');
            words.clone().any(|w| w == "I") || words.map(str::to_lowercase).any(|w| matches!(w.as_str(), "my" | "me" | "myself" | "we" | "our"))
        })
        .map(|b| Hit::new("a bullet speaks in the first person").rewriting(subject.resume, Some(&b.id), &b.text, without_subject(&b.text.value)))
        .collect()
}
