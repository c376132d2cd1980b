//! Present tense in a job that has ended.

use super::super::{Check, Group, Hit, Severity, Subject};
use super::super::fixes::capitalised;
use super::super::walk;

/// See the module.
pub const CHECK: Check = Check {
    id: "tense",
    group: Group::Content,
    severity: Severity::Low,
    strict: true,
    why: "A past job in the present tense reads as copied from a job posting.",
    fix: "Use the past tense for past jobs.",
    run,
};

/// Base form and past; the third person adds an s to the base.
const VERBS: [(&str, &str); 12] = [
    ("manage", "managed"),
    ("lead", "led"),
    ("develop", "developed"),
    ("design", "designed"),
    ("build", "built"),
    ("create", "created"),
    ("maintain", "maintained"),
    ("write", "wrote"),
    ("coordinate", "coordinated"),
    ("analyze", "analyzed"),
    ("prepare", "prepared"),
    ("oversee", "oversaw"),
];

/// The past of a verb of the list, in its base form or the third person.
fn past(word: &str) -> Option<&'static str> {
    let base = |w: &str| VERBS.iter().find(|(base, _)| *base == w).map(|(_, past)| *past);
    base(word).or_else(|| base(word.strip_suffix('s')?))
}

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    if !walk::english(subject.resume) {
        return Vec::new();
    }
    let over = |w: &&crate::resume::Work| matches!(w.end.as_ref().map(|e| e.value), Some(crate::date::End::Date(_)));
    let bullets = subject.resume.work.iter().filter(over).flat_map(|w| &w.highlights);
    bullets
        .filter_map(|b| {
            let first = walk::first_word(&b.text.value);
            let told = past(&first)?;
            let tail = b.text.value.get(first.len()..).unwrap_or_default();
            // "Lead developer of the core" is no verb, and a second verb would be left in the present.
            let more = tail.split([' ', ',']).any(|w| past(w).is_some());
            let mended = if more { b.text.value.clone() } else { format!("{}{tail}", capitalised(told)) };
            Some(Hit::new("a bullet of a past job is in the present tense").rewriting(subject.resume, Some(&b.id), &b.text, mended))
        })
        .collect()
}
