//! What only the person knows: a number, a skill that the résumé does not show. Asked, never inserted.

use super::super::{Evidence, Standing};
use super::{Desk, Draft};
use crate::wording::quantity::quantities;
use crate::wording::tokens;
use crate::wording::vocabulary::{Strength, verb};

/// Asks for a number where a bullet that matters for this job has none.
pub(super) fn quantify(desk: &mut Desk<'_>) {
    const MOST: usize = 3;
    let mut found: Vec<(f64, Draft)> = Vec::new();
    for work in desk.resume.work.iter().take(3) {
        for bullet in &work.highlights {
            let text = &bullet.text.value;
            let tokens = tokens(text);
            if !quantities(&tokens).is_empty() || tokens.len() < 4 {
                continue;
            }
            let Some(first) = tokens.iter().find(|t| t.is_word()) else {
                continue;
            };
            let Some(verb) = verb(&first.stem) else { continue };
            let frame = match first.stem.as_str() {
                _ if verb.strength == Strength::Lead => "how many people, what budget, how long?",
                s if [
                    "reduc", "cut", "decreas", "increas", "improv", "grow", "rais", "sav", "optimis", "automat",
                ]
                .contains(&s) =>
                {
                    "by how much, over what time?"
                }
                s if ["train", "teach", "mentor", "coach", "serv", "sell"].contains(&s) => {
                    "how many people, how often?"
                }
                _ => "how many, how often, for whom, with what effect?",
            };
            let draft = Draft {
                kind: "quantify",
                title: format!("Add a number: {frame}"),
                reason:
                    "Readers believe what is measured, and only you know the number. Leave it out where there is none."
                        .into(),
                evidence: vec![Evidence {
                    id: Some(bullet.id.clone()),
                    quote: text.clone(),
                }],
            };
            found.push((desk.matcher.relevance(text), draft));
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (_, draft) in found.into_iter().take(MOST) {
        desk.ask(draft);
    }
}

/// Asks about skills of the job that the résumé does not show.
pub(super) fn lacking(desk: &mut Desk<'_>) {
    const MOST: usize = 8;
    let lacking: Vec<(String, bool)> = desk
        .keywords
        .iter()
        .filter(|k| k.standing == Standing::Lack)
        .map(|k| (k.keyword.clone(), k.required))
        .take(MOST)
        .collect();
    for (skill, required) in lacking {
        let asks = if required { "requires" } else { "would like" };
        desk.ask(Draft {
            kind: "ask-skill",
            title: format!("Have you worked with {skill}?"),
            reason: format!("The job {asks} {skill} and the résumé does not show it. If you have, say where; it is never added by itself."),
            evidence: Vec::new(),
        });
    }
}
