//! Same fact, better words: the job's own word for a thing, the verb first, fewer fillers. At most one change a text.

use super::super::{Edit, Evidence, Target};
use super::{Desk, Draft};
use crate::date::End;
use crate::lexicon::skills::Skills;
use crate::matching::Hit;
use crate::resume::{Resume, Text};
use crate::wording::vocabulary::{lines, verb};
use crate::wording::{stem, tokens};
use std::sync::LazyLock;

/// A text to change.
struct Place<'r> {
    target: Target,
    text: &'r Text,
    /// The job goes on.
    goes_on: bool,
}

/// The changes to one text, as one suggestion.
pub(super) struct Proposal {
    place: usize,
    /// Skills of the job whose word it takes over.
    swaps: Vec<usize>,
    pub change: (Draft, Edit),
}

/// What could be offered, as if all of it were taken.
pub(super) fn propose(desk: &Desk<'_>) -> Vec<Proposal> {
    let mut swapped = Vec::new();
    let mut out = Vec::new();
    for (n, place) in places(desk.resume).iter().enumerate() {
        let proposal = one(desk, n, place, &swapped);
        swapped.extend(proposal.iter().flat_map(|p| &p.swaps));
        out.extend(proposal);
    }
    out
}

/// Offers the proposals. A word that one of them cannot swap may be swapped by a later text.
pub(super) fn offer(desk: &mut Desk<'_>, proposals: Vec<Proposal>) {
    let mut swapped: Vec<usize> = Vec::new();
    for Proposal { place, swaps, change } in proposals {
        let (draft, edit) = change;
        if desk.offer(draft, edit, 0) {
            swapped.extend(swaps);
        } else if !swaps.is_empty() {
            for (n, later) in places(desk.resume).iter().enumerate().skip(place + 1) {
                let Some(Proposal { swaps, change, .. }) = one(desk, n, later, &swapped) else {
                    continue;
                };
                if desk.offer(change.0, change.1, 0) {
                    swapped.extend(swaps);
                }
            }
            return;
        }
    }
}

fn places(resume: &Resume) -> Vec<Place<'_>> {
    let mut out = Vec::new();
    for work in resume.work.iter().chain(&resume.volunteer) {
        let goes_on = matches!(work.end.as_ref().map(|e| e.value), Some(End::Present));
        let own = work
            .summary
            .iter()
            .map(|t| (Target::WorkSummary { id: work.id.clone() }, t));
        let bullets = work
            .highlights
            .iter()
            .map(|b| (Target::Bullet { id: b.id.clone() }, &b.text));
        out.extend(own.chain(bullets).map(|(target, text)| Place { target, text, goes_on }));
    }
    let of_projects = resume.projects.iter().flat_map(|p| &p.highlights);
    out.extend(of_projects.map(|b| Place {
        target: Target::Bullet { id: b.id.clone() },
        text: &b.text,
        goes_on: false,
    }));
    out
}

fn one(desk: &Desk<'_>, place: usize, at: &Place<'_>, swapped: &[usize]) -> Option<Proposal> {
    let Place { target, text, goes_on } = at;
    let mut after = text.value.clone();
    let mut done: Vec<(&'static str, String)> = Vec::new();
    let swaps = swaps(desk, &after, swapped);
    for (_, from, to) in &swaps {
        after = after.replacen(from.as_str(), to, 1);
        done.push(("swap-word", format!("The job says \"{to}\" where you say \"{from}\".")));
    }
    if let Some((better, reason)) = verb_first(&after, *goes_on) {
        after = better;
        done.push(("stronger-verb", reason));
    }
    let (shorter, dropped) = shorten(&after);
    if !dropped.is_empty() {
        after = shorter;
        done.push(("shorten", format!("\"{}\" says nothing more.", dropped.join("\", \""))));
    }
    let kind = done.first()?.0;
    let title = match kind {
        "swap-word" => "Use the job's word for the same thing",
        "stronger-verb" => "Begin with what you did",
        _ => "Say it in fewer words",
    };
    let id = match target {
        Target::Bullet { id } | Target::WorkSummary { id } | Target::ProjectDescription { id } => Some(id.clone()),
        Target::Summary | Target::Label => None,
    };
    let draft = Draft {
        kind,
        title: title.into(),
        reason: done
            .iter()
            .map(|(_, reason)| reason.as_str())
            .collect::<Vec<_>>()
            .join(" "),
        evidence: vec![Evidence {
            id,
            quote: text.value.clone(),
        }],
    };
    let edit = Edit::ReplaceText {
        target: target.clone(),
        before: text.value.clone(),
        after,
        field: Some(Box::new((*text).clone())),
    };
    Some(Proposal {
        place,
        swaps: swaps.into_iter().map(|(ask, ..)| ask).collect(),
        change: (draft, edit),
    })
}

/// Words of the text that the job calls otherwise: (which skill, the text's word, the job's). Each skill once, and only
/// where the résumé nowhere has the job's own word.
fn swaps(desk: &Desk<'_>, text: &str, swapped: &[usize]) -> Vec<(usize, String, String)> {
    let lexicon = Skills::builtin();
    let found = lexicon.find(text);
    let mut out = Vec::new();
    for (n, ask) in desk.matcher.asks.iter().enumerate() {
        let Some(id) = ask.id.filter(|_| !swapped.contains(&n)) else {
            continue;
        };
        let Some(place) = found.iter().find(|m| m.skill == id) else {
            continue;
        };
        let mut pieces = desk.pieces.iter();
        if pieces.any(|p| desk.matcher.hit(ask, p.text) == Some(Hit::Exact)) {
            continue;
        }
        let (from, to) = (&text[place.range.clone()], ask.skill.phrase.text.trim());
        let to = if to.is_empty() || to.chars().all(|c| !c.is_uppercase()) {
            ask.skill.name.as_str()
        } else {
            to
        };
        let stems = |t: &str| tokens(t).iter().map(|t| stem(&t.word)).collect::<Vec<_>>();
        let verbal = |t: &str| t.ends_with("ing") || t.ends_with("ed");
        if stems(from) != stems(to)
            && same_name(from, to)
            && verbal(from) == verbal(to)
            && from.chars().filter(|c| c.is_alphanumeric()).count() > 1
        {
            out.push((n, from.to_owned(), to.to_owned()));
        }
    }
    out
}

/// True for two spellings of one name: one begins the other, or is its initials or short form ("JS", "K8s"). Words that
/// only belong to the same field ("ACH" and "payments") are not.
fn same_name(a: &str, b: &str) -> bool {
    let letters = |t: &str| -> String {
        let folded = crate::text::fold(t);
        folded.chars().filter(|c| c.is_alphabetic()).collect()
    };
    let (a, b) = (letters(a), letters(b));
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let mut rest = long.chars();
    let inside = short.chars().all(|c| rest.any(|l| l == c));
    let first = short.chars().next() == long.chars().next();
    !short.is_empty() && (long.starts_with(&short) || short.chars().count() <= 4 && first && inside)
}

/// "Responsible for managing X" → "Managed X"; the present for a job that goes on.
pub(crate) fn verb_first(text: &str, goes_on: bool) -> Option<(String, String)> {
    static OPENERS: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let mut list: Vec<&str> = lines(include_str!("../../../../../data/words/openers.txt")).collect();
        list.sort_by_key(|o| std::cmp::Reverse(o.len()));
        list
    });
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return None;
    }
    let opener = OPENERS
        .iter()
        .find(|o| lower.strip_prefix(**o).is_some_and(|rest| rest.starts_with([' ', ':'])))?;
    let rest = text[opener.len()..].trim_start_matches([' ', ':']);
    let (gerund, tail) = rest.split_once(' ')?;
    let gerund = gerund.to_lowercase();
    if !gerund.ends_with("ing") || verb(&stem(&gerund)).is_none() {
        return None;
    }
    // A second gerund would be left hanging: "managing budgets and training staff".
    let hanging = tail
        .split_whitespace()
        .zip(tail.split_whitespace().skip(1))
        .any(|(a, b)| (a == "and" || a.ends_with(',') || a == "or") && b.trim_end_matches(',').ends_with("ing"));
    let verb = if goes_on { present(&gerund)? } else { past(&gerund)? };
    if hanging {
        return None;
    }
    let mut letters = verb.chars();
    let first = letters.next()?.to_uppercase();
    Some((
        format!("{first}{} {tail}", letters.as_str()),
        format!("\"{}\" hides what you did.", &text[..opener.len()]),
    ))
}

/// Past of a gerund; `None` where the rules might go wrong.
fn past(gerund: &str) -> Option<String> {
    const IRREGULAR: [(&str, &str); 20] = [
        ("leading", "led"),
        ("running", "ran"),
        ("building", "built"),
        ("writing", "wrote"),
        ("overseeing", "oversaw"),
        ("driving", "drove"),
        ("selling", "sold"),
        ("teaching", "taught"),
        ("making", "made"),
        ("growing", "grew"),
        ("holding", "held"),
        ("keeping", "kept"),
        ("winning", "won"),
        ("cutting", "cut"),
        ("setting", "set"),
        ("buying", "bought"),
        ("rewriting", "rewrote"),
        ("rebuilding", "rebuilt"),
        ("giving", "gave"),
        ("meeting", "met"),
    ];
    if let Some((_, past)) = IRREGULAR.iter().find(|(g, _)| *g == gerund) {
        return Some((*past).to_owned());
    }
    let root = gerund.strip_suffix("ing")?;
    let mut tail = root.chars().rev();
    match (tail.next()?, tail.next()?) {
        ('y', before) if !"aeiou".contains(before) => Some(format!("{}ied", &root[..root.len() - 1])),
        _ => Some(format!("{root}ed")),
    }
}

/// Base form of a gerund of a verb in the list; `None` where it is not certain.
fn present(gerund: &str) -> Option<String> {
    let wanted = stem(gerund);
    let root = gerund.strip_suffix("ing")?;
    let list = lines(include_str!("../../../../../data/words/verbs.txt"));
    list.filter_map(|l| l.split_once(':'))
        .flat_map(|(_, verbs)| verbs.split_whitespace())
        .find(|v| stem(v) == wanted && v.starts_with(&root[..root.len().min(3)]))
        .map(str::to_owned)
}

/// Drops and shortens phrases that say nothing more; gives what it dropped.
fn shorten(text: &str) -> (String, Vec<String>) {
    static PHRASES: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
        lines(include_str!("../../../../../data/words/wordy.txt"))
            .filter_map(|l| l.split_once("=>"))
            .map(|(a, b)| (a.trim(), b.trim()))
            .collect()
    });
    let mut out = text.to_owned();
    let mut dropped = Vec::new();
    for (phrase, instead) in PHRASES.iter() {
        let lower = out.to_lowercase();
        if lower.len() != out.len() {
            break;
        }
        let Some(at) = lower.find(phrase) else { continue };
        let end = at + phrase.len();
        let alone = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '-');
        // "Was able to reduce" would need another verb form, and a text should not begin in the middle.
        if at == 0
            || !alone(out[..at].chars().next_back())
            || !alone(out[end..].chars().next())
            || instead.is_empty() && phrase.ends_with("able to")
        {
            continue;
        }
        let tail = if instead.is_empty() {
            out[end..].trim_start()
        } else {
            &out[end..]
        };
        dropped.push(out[at..end].to_owned());
        out = format!("{}{instead}{tail}", &out[..at]);
    }
    (out, dropped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn puts_the_verb_first() {
        for (text, goes_on, better) in [
            ("Responsible for managing 5 people", false, "Managed 5 people"),
            ("Responsible for managing 5 people", true, "Manage 5 people"),
            ("Was in charge of planning shifts", false, "Planned shifts"),
            ("Duties included: writing reports", false, "Wrote reports"),
        ] {
            assert_eq!(verb_first(text, goes_on).unwrap().0, better);
        }
        for text in [
            "Responsible for the budget",
            "Responsible for managing staff and training cooks",
            "Managed 5 people",
        ] {
            assert_eq!(verb_first(text, false), None, "{text}");
        }
    }

    #[test]
    fn swaps_spellings_and_not_fields() {
        for (a, b) in [
            ("JS", "JavaScript"),
            ("Postgres", "PostgreSQL"),
            ("K8s", "Kubernetes"),
            ("golang", "Go"),
        ] {
            assert!(same_name(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("ACH", "Payments"),
            ("event-sourced", "Event streaming"),
            ("Java", "C++"),
        ] {
            assert!(!same_name(a, b), "{a} {b}");
        }
    }

    #[test]
    fn drops_fillers_inside() {
        assert_eq!(shorten("Met weekly in order to plan").0, "Met weekly to plan");
        assert_eq!(shorten("In order to plan").0, "In order to plan");
        assert_eq!(shorten("Kept a very clean kitchen").0, "Kept a clean kitchen");
    }
}
