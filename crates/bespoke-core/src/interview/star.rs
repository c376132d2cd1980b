//! A bullet laid out as situation, task, action and result: cut at the words that join a deed to what came of it.

use super::{Outline, Slot};
use crate::date::End;
use crate::letter::Proof;
use crate::resume::{Bullet, Field, Id, Resume};
use crate::wording::vocabulary::direction;
use crate::wording::{stem, tokens};

/// A bullet with the place it belongs to.
pub(super) struct Story<'a> {
    pub entry: &'a Id,
    pub place: String,
    pub bullet: &'a Bullet,
}

/// Every bullet of jobs, volunteering and projects, newest first as the résumé has them.
pub(super) fn stories(resume: &Resume) -> Vec<Story<'_>> {
    let dates = |start: Option<String>, end: Option<String>| match (start, end) {
        (Some(a), Some(b)) => format!(", {a} to {b}"),
        (Some(one), None) | (None, Some(one)) => format!(", {one}"),
        (None, None) => String::new(),
    };
    let end = |e: &Option<Field<End>>| e.as_ref().map(|e| e.value.to_string());
    let mut out = Vec::new();
    for work in resume.work.iter().chain(&resume.volunteer) {
        let names: Vec<&str> = [&work.position, &work.company]
            .into_iter()
            .flatten()
            .map(|t| t.value.as_str())
            .collect();
        let place = format!(
            "{}{}",
            names.join(", "),
            dates(work.start.as_ref().map(|s| s.value.to_string()), end(&work.end))
        );
        out.extend(work.highlights.iter().map(|bullet| Story {
            entry: &work.id,
            place: place.clone(),
            bullet,
        }));
    }
    for project in &resume.projects {
        let place = format!(
            "{}{}",
            project.name.value,
            dates(project.start.as_ref().map(|s| s.value.to_string()), end(&project.end))
        );
        out.extend(project.highlights.iter().map(|bullet| Story {
            entry: &project.id,
            place: place.clone(),
            bullet,
        }));
    }
    out
}

/// Where a deed ends and its result begins, strongest sign first.
const RESULT: [&str; 28] = [
    "; ",
    ", cutting ",
    ", reducing ",
    ", raising ",
    ", increasing ",
    ", saving ",
    ", lifting ",
    ", eliminating ",
    ", matching ",
    ", improving ",
    ", growing ",
    ", lowering ",
    ", generating ",
    ", reaching ",
    ", achieving ",
    ", resulting in ",
    ", leading to ",
    ", winning ",
    ", shortening ",
    ", bringing ",
    ", enabling ",
    ", with annual ",
    ", ranking ",
    " that saved ",
    " which saved ",
    " and reached ",
    " resulting in ",
    ", freeing ",
];
/// Where a result that stands first goes over into how it came about.
const MEANS: [&str; 8] = [
    " by ",
    " through ",
    " after ",
    " with a ",
    " with an ",
    " via ",
    " using ",
    " thanks to ",
];

/// Lays a story out.
pub(super) fn outline(story: &Story<'_>) -> Outline {
    let text = story.bullet.text.value.trim().trim_end_matches(['.', ';']);
    let (action, result) = split(text);
    let number = |t: Option<&str>| t.is_some_and(|t| t.bytes().any(|b| b.is_ascii_digit()));
    let hole = |text: &str| Some(text.to_owned());
    let responsible = text.to_lowercase().starts_with("responsible for");
    Outline {
        proof: Proof {
            id: Some(story.bullet.id.clone()),
            quote: story.bullet.text.value.clone(),
            source: story.bullet.text.source.clone(),
        },
        entry: story.entry.clone(),
        situation: Slot {
            text: Some(story.place.clone()).filter(|p| !p.is_empty()),
            hole: hole("What was the state of things before, and why did it matter?"),
        },
        task: Slot {
            text: responsible.then(|| text.to_owned()),
            hole: hole("What exactly was yours to do, and who set the goal?"),
        },
        action: Slot {
            text: action.map(str::to_owned),
            hole: hole(match action {
                None => "What did you do yourself, step by step?",
                Some(_) => "Which steps did you take yourself, and what did you decide against?",
            }),
        },
        result: Slot {
            text: result.map(str::to_owned),
            hole: match (result, number(result)) {
                (None, _) => hole("What changed because of it? A number, a reaction, something that is still in use?"),
                (Some(_), false) => hole("How much was it, and how did you measure it?"),
                (Some(_), true) => None,
            },
        },
    }
}

/// The deed and its result, each a piece of the text; `None` where the text has no such part.
fn split(text: &str) -> (Option<&str>, Option<&str>) {
    let first = tokens(text)
        .into_iter()
        .find(|t| t.is_word())
        .map(|t| stem(&t.word))
        .unwrap_or_default();
    if direction(&first) != 0
        || matches!(
            first.as_str(),
            "achiev" | "sav" | "earn" | "win" | "reach" | "recover" | "secur" | "clos"
        )
    {
        // "Cut infections from 2.1 to 0.4 by leading a bundle project": the result comes first.
        let at = MEANS
            .iter()
            .filter_map(|m| text.find(m))
            .filter(|at| {
                !text[at + 1..].starts_with("by ")
                    || !text[at + 4..].starts_with(|c: char| c.is_ascii_digit() || "$€£".contains(c))
            })
            .min();
        return match at {
            Some(at) if text[at..].split_whitespace().count() > 2 => {
                (Some(text[at..].trim()), Some(text[..at].trim_end_matches(',')))
            }
            _ => (None, Some(text)),
        };
    }
    match RESULT.iter().filter_map(|r| Some((text.find(r)?, *r))).min() {
        Some((at, sign)) => {
            let skip = if sign.starts_with([',', ';']) { 2 } else { 1 };
            (Some(&text[..at]), Some(&text[at + skip..]))
        }
        None => (Some(text), None),
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn deeds_and_results_are_told_apart() {
        for (text, action, result) in [
            (
                "Led the rewrite from Ruby to Rust, cutting latency from 1.9 s to 140 ms",
                Some("Led the rewrite from Ruby to Rust"),
                Some("cutting latency from 1.9 s to 140 ms"),
            ),
            (
                "Cut central line infections from 2.1 to 0.4 by leading a bundle project",
                Some("by leading a bundle project"),
                Some("Cut central line infections from 2.1 to 0.4"),
            ),
            (
                "Lowered incident rate by 40%",
                None,
                Some("Lowered incident rate by 40%"),
            ),
            (
                "Mentored 6 engineers; 3 were promoted within a year",
                Some("Mentored 6 engineers"),
                Some("3 were promoted within a year"),
            ),
            (
                "Designed a ledger on PostgreSQL",
                Some("Designed a ledger on PostgreSQL"),
                None,
            ),
        ] {
            assert_eq!(split(text), (action, result), "{text}");
        }
    }
}
