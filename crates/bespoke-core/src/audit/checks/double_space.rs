//! Spaces before punctuation, and doubled punctuation.

use super::super::{Check, Group, Hit, Severity, Subject};
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

const SLIPS: [(&str, &str); 6] = [(" ,", ","), (" .", "."), (",,", ","), (" ;", ";"), ("( ", "("), (" )", ")")];

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    let slip = |text: &str| SLIPS.into_iter().map(|(s, _)| s).find(|s| text.contains(s) && !text.contains(" .N"));
    let texts = walk::prose(subject.resume).into_iter();
    texts
        .filter_map(|(id, t)| {
            let hit = Hit::new(format!("\"{}\" is a slip of typing", slip(&t.value)?));
            // "Moved to .NET" and "rose .5 points" have their dot where it belongs.
            let dots = |text: &str| text.split(" .").skip(1).all(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace));
            let mended = SLIPS.iter().filter(|(s, _)| *s != " ." || dots(&t.value)).fold(t.value.clone(), |text, (slip, right)| text.replace(slip, right));
            Some(hit.rewriting(subject.resume, id, t, mended))
        })
        .collect()
}
