//! Words that can go without loss: "successfully", "various", "in order to".

use super::super::{Check, Group, Hit, Severity, Subject};
use super::super::{fixes, walk};

/// See the module.
pub const CHECK: Check = Check {
    id: "fillers",
    group: Group::Content,
    severity: Severity::Low,
    strict: true,
    why: "Every word that can go makes the others stronger.",
    fix: "Delete it.",
    run,
};

/// What is left where a phrase cannot go without leaving a word.
const LESS: [(&str, &str); 9] = [
    ("in order to", "to"),
    ("due to the fact that", "because"),
    ("as well as", "and"),
    ("on a daily basis", "daily"),
    ("on a regular basis", "regularly"),
    ("a variety of", "several"),
    ("a number of", "several"),
    ("a wide range of", "many"),
    ("several different", "several"),
];

/// The text without a phrase; it still begins with a capital if it did, and no space is left over.
fn without(text: &str, phrase: &str, instead: &str) -> String {
    let cut = fixes::swap_words(text, phrase, instead);
    let cut = cut.replace("  ", " ").replace(" ,", ",").replace(" .", ".");
    let cut = cut.trim_start_matches([' ', ',']).trim_end();
    let cut = cut.trim_end_matches(',');
    if text.starts_with(char::is_uppercase) { fixes::capitalised(cut) } else { cut.to_owned() }
}

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    if !walk::english(subject.resume) {
        return Vec::new();
    }
    let texts = walk::prose(subject.resume);
    texts
        .into_iter()
        .flat_map(|(id, text)| {
            walk::FILLERS.find(&text.value).into_iter().map(move |w| {
                let instead = LESS.iter().find(|(long, _)| *long == w).map_or("", |(_, short)| short);
                Hit::new(format!("\"{w}\" can go")).rewriting(subject.resume, id, text, without(&text.value, w, instead))
            })
        })
        .collect()
}
