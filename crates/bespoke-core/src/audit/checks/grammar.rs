//! Slips that a dictionary does not find: "manger", "should of", "a hour".

use super::super::{Check, Group, Hit, Severity, Subject};
use super::super::fixes::swap_words;
use super::super::walk;
use crate::wording::vocabulary::lines;
use std::sync::LazyLock;

/// See the module.
pub const CHECK: Check = Check {
    id: "grammar",
    group: Group::Content,
    severity: Severity::Medium,
    strict: false,
    why: "Readers take a slip for how the work is done.",
    fix: "Correct it.",
    run,
};

static SLIPS: LazyLock<Vec<(Vec<&str>, &str)>> = LazyLock::new(|| {
    lines(include_str!("../../../../../data/words/slips.txt"))
        .filter_map(|l| l.split_once(" => "))
        .map(|(slip, instead)| (slip.split(' ').collect(), instead))
        .collect()
});

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    if !walk::english(subject.resume) {
        return Vec::new();
    }
    let mut out = Vec::new();
    for (id, text) in walk::prose(subject.resume) {
        let words: Vec<&str> = text.value.split_whitespace().collect();
        let plain: Vec<String> = words
            .iter()
            .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'"))
            .collect();
        for (slip, instead) in SLIPS.iter() {
            let at = plain.windows(slip.len()).position(|w| w.iter().zip(slip).all(|(a, b)| a == b));
            // "Garde manger" is a cook, and a name may be anything.
            let fine = |at: usize| {
                at > 0 && (words[at].starts_with(char::is_uppercase) || plain[at - 1] == "garde")
            };
            if let Some(at) = at.filter(|at| !fine(*at)) {
                let shown = words[at..at + slip.len()].join(" ");
                let hit = Hit::new(format!("\"{shown}\" may be meant as \"{instead}\""));
                let straight = if slip.iter().any(|w| w.contains('\'')) { text.value.replace('’', "'") } else { text.value.clone() };
                let mended = swap_words(&straight, &plain[at..at + slip.len()].join(" "), instead);
                out.push(hit.rewriting(subject.resume, id, text, mended));
            }
        }
        for (pair, shown) in plain.windows(2).zip(words.windows(2)) {
            if let Some(right) = article(&pair[0], &pair[1], shown[1])
                && shown[0].chars().all(char::is_alphabetic)
            {
                let hit = Hit::new(format!("\"{} {}\" should be \"{right} {}\"", shown[0], shown[1], shown[1]));
                let next = shown[1].trim_end_matches(|c: char| !c.is_alphanumeric());
                let mended = swap_words(&text.value, &format!("{} {next}", shown[0]), &format!("{right} {next}"));
                out.push(hit.rewriting(subject.resume, id, text, mended));
            }
        }
    }
    out
}

/// The article that belongs before a word, where another stands there; silent about letters, figures and names.
fn article(is: &str, next: &str, shown: &str) -> Option<&'static str> {
    const SOUNDS_YOU: [&str; 12] =
        ["uni", "use", "usa", "usu", "eu", "ut", "ubi", "one", "once", "ura", "uk", "ufo"];
    const SILENT_H: [&str; 4] = ["hour", "honest", "honor", "honour"];
    let lower = shown.chars().all(|c| c.is_lowercase() || c == '-' || c == ',' || c == '.');
    let first = next.chars().next().filter(char::is_ascii_lowercase)?;
    if !lower || next.len() < 3 || next.contains('-') && next.find('-') < Some(3) {
        return None;
    }
    let vowel = "aeiou".contains(first) && !SOUNDS_YOU.iter().any(|s| next.starts_with(s))
        || SILENT_H.iter().any(|s| next.starts_with(s));
    match is {
        "a" if vowel => Some("an"),
        "an" if !vowel && !next.starts_with('h') && !SOUNDS_YOU.iter().any(|s| next.starts_with(s)) => Some("a"),
        _ => None,
    }
}
