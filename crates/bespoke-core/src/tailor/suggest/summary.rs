//! A summary out of evidence: the title held, the years that the dates show, the skills that the job asks for, and the
//! strongest bullet, word for word.

use super::super::{Edit, Evidence, Standing, Target};
use super::{Desk, Draft, list};
use crate::lexicon::skills::{SkillKind, Skills};
use crate::matching::{Hit, Spot};

pub(super) fn propose(desk: &Desk<'_>) -> Option<(Draft, Edit)> {
    let best = skills_to_name(desk)?;
    let names: Vec<&str> = best.iter().map(|(name, _)| name.as_str()).collect();
    let mut evidence: Vec<Evidence> = best.iter().map(|(_, e)| e.clone()).collect();
    let sentence = if names.is_empty() {
        String::new()
    } else {
        format!(" Experience includes {}.", list(&names))
    };
    match &desk.resume.summary {
        Some(summary) if !summary.value.trim().is_empty() => {
            if names.is_empty() {
                return None;
            }
            let before = summary.value.clone();
            let trimmed = before.trim_end();
            let stop = if trimmed.ends_with(['.', '!', '?']) { "" } else { "." };
            let after = format!("{trimmed}{stop}{sentence}");
            let draft = Draft {
                kind: "extend-summary",
                title: format!("Name {} in the summary", list(&names)),
                reason: "The job asks for it, the résumé shows it, and the summary is read first.".into(),
                evidence,
            };
            Some((draft, replace(desk, before, after)))
        }
        _ => {
            let resume = desk.resume;
            let title = resume
                .contact
                .label
                .as_ref()
                .or_else(|| resume.work.first().and_then(|w| w.position.as_ref()));
            let title = title.map(|t| t.value.trim()).filter(|t| !t.is_empty())?;
            let years = match desk.gate.years() {
                0 | 1 => String::new(),
                n => format!(" with {n} years of experience"),
            };
            let bullet = resume
                .work
                .iter()
                .take(2)
                .flat_map(|w| &w.highlights)
                .filter(|b| (30..=200).contains(&b.text.value.chars().count()))
                .map(|b| (desk.matcher.relevance(&b.text.value), b))
                .fold(None, |best: Option<(f64, _)>, (r, b)| match best {
                    Some((most, _)) if most >= r => best,
                    _ => Some((r, b)),
                });
            let shown = bullet.map_or(String::new(), |(_, b)| {
                evidence.push(Evidence {
                    id: Some(b.id.clone()),
                    quote: b.text.value.clone(),
                });
                format!(" {}.", b.text.value.trim().trim_end_matches(['.', ';', ',']))
            });
            if names.is_empty() && years.is_empty() {
                return None;
            }
            let after = format!("{title}{years}.{sentence}{shown}");
            let draft = Draft {
                kind: "write-summary",
                title: "Open with a summary made of your own facts".into(),
                reason: "Readers decide on the first lines; every word of this stands elsewhere in the résumé.".into(),
                evidence,
            };
            Some((draft, replace(desk, String::new(), after)))
        }
    }
}

fn replace(desk: &Desk<'_>, before: String, after: String) -> Edit {
    Edit::ReplaceText {
        target: Target::Summary,
        before,
        after,
        field: desk.resume.summary.clone().map(Box::new),
    }
}

/// Up to four skills of the job that work or the skills section show and the summary does not name; `None` where the
/// summary already names two or more.
fn skills_to_name(desk: &Desk<'_>) -> Option<Vec<(String, Evidence)>> {
    const MOST: usize = 4;
    let lexicon = Skills::builtin();
    let named = |spot: Spot| matches!(spot, Spot::Summary | Spot::Label);
    let mut already = 0;
    let mut out = Vec::new();
    for ask in &desk.matcher.asks {
        if ask.id.is_some_and(|id| lexicon.get(id).kind == SkillKind::Soft) {
            continue;
        }
        let hits: Vec<_> = desk
            .pieces
            .iter()
            .filter(|p| desk.matcher.hit(ask, p.text).is_some_and(|h| h != Hit::Narrower))
            .collect();
        if hits.iter().any(|p| named(p.spot)) {
            already += 1;
        } else if let Some(piece) = hits.iter().find(|p| !matches!(p.spot, Spot::Extra | Spot::Honour)) {
            let known = desk
                .keywords
                .iter()
                .any(|k| k.keyword == ask.skill.name && k.standing != Standing::Lack);
            if known && out.len() < MOST {
                out.push((ask.skill.name.clone(), super::super::keywords::evidence(piece)));
            }
        }
    }
    (already < 2).then_some(out)
}
