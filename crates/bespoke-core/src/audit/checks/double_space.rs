//! Spaces before punctuation, and doubled punctuation.

use super::super::{Check, Group, Hit, Place, Severity, Subject};
use super::super::walk;

/// See the module.
pub const CHECK: Check = Check {
    id: "punctuation",
    group: Group::Content,
    severity: Severity::Low,
    strict: true,
    why: "Slips of typing look careless.",
    fix: "Correct it.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let slip = |text: &str| [" ,", " .", ",,", " ;", "( ", " )"].into_iter().find(|s| text.contains(s) && !text.contains(" .N"));
    let texts = walk::prose(subject.resume).into_iter();
    texts.filter_map(|(id, t)| slip(&t.value).map(|s| Hit::new(format!("\"{s}\" is a slip of typing")).at(Place::field(id, t)))).collect()
}
