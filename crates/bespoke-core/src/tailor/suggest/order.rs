//! What the job asks for comes first: bullets within an entry, skills within a group.

use super::super::{Edit, Evidence};
use super::{Desk, Draft, list};
use crate::resume::{Bullet, Id};

/// A bullet has to say this much more about the job to pass another.
const MARGIN: f64 = 0.5;

/// Most relevant bullets of an entry first, each with the nested ones under it.
pub(super) fn bullets(desk: &mut Desk<'_>) {
    let resume = desk.resume;
    let work = resume.work.iter().chain(&resume.volunteer).map(|w| {
        let name = w.company.as_ref().or(w.position.as_ref());
        (&w.id, name, &w.highlights)
    });
    let projects = resume.projects.iter().map(|p| (&p.id, Some(&p.name), &p.highlights));
    for (entry, name, bullets) in work.chain(projects) {
        let blocks = blocks(bullets);
        if blocks.len() < 2 {
            continue;
        }
        let relevance: Vec<f64> = blocks
            .iter()
            .map(|b| {
                b.iter()
                    .map(|b| desk.matcher.relevance(&b.text.value))
                    .fold(0.0, f64::max)
            })
            .collect();
        let mut order: Vec<usize> = (0..blocks.len()).collect();
        // An insertion sort in which only a clear margin passes: near ties keep the person's order.
        for i in 1..order.len() {
            let mut j = i;
            while j > 0 && relevance[order[j]] >= relevance[order[j - 1]] + MARGIN {
                order.swap(j, j - 1);
                j -= 1;
            }
        }
        if order.iter().enumerate().all(|(i, o)| i == *o) {
            continue;
        }
        let before: Vec<Id> = bullets.iter().map(|b| b.id.clone()).collect();
        let after: Vec<Id> = order
            .iter()
            .flat_map(|i| blocks[*i].iter().map(|b| b.id.clone()))
            .collect();
        let first = &blocks[order[0]][0];
        let named: Vec<&str> = desk
            .matcher
            .asks
            .iter()
            .filter(|a| desk.matcher.hit(a, &first.text.value).is_some())
            .map(|a| a.skill.name.as_str())
            .take(3)
            .collect();
        let place = name.map_or("this entry", |n| n.value.as_str());
        let reason = if named.is_empty() {
            "Readers stop early; the bullet closest to the job should be the first they see.".to_owned()
        } else {
            format!("The job asks for {}; readers stop early.", list(&named))
        };
        let draft = Draft {
            kind: "reorder-bullets",
            title: format!("Put what matters for this job first at {place}"),
            reason,
            evidence: vec![Evidence {
                id: Some(first.id.clone()),
                quote: first.text.value.clone(),
            }],
        };
        let edit = Edit::ReorderBullets {
            entry: entry.clone(),
            order: after,
            before,
        };
        desk.offer(draft, edit, 0);
    }
}

/// Outer bullets with the nested ones that follow them.
fn blocks(bullets: &[Bullet]) -> Vec<&[Bullet]> {
    let starts: Vec<usize> = (0..bullets.len())
        .filter(|i| *i == 0 || bullets[*i].level == 0)
        .collect();
    let ends = starts.iter().skip(1).copied().chain([bullets.len()]);
    starts.iter().zip(ends).map(|(a, b)| &bullets[*a..b]).collect()
}

/// Skills that the job asks for first in their group.
pub(super) fn skills(desk: &mut Desk<'_>) {
    let resume = desk.resume;
    for group in &resume.skills {
        let rank = |text: &str| {
            let hits = desk.matcher.asks.iter().filter(|a| desk.matcher.hit(a, text).is_some());
            hits.map(|a| if a.skill.required { 0 } else { 1 }).min().unwrap_or(2)
        };
        let before: Vec<String> = group.keywords.iter().map(|k| k.value.clone()).collect();
        let mut order = before.clone();
        order.sort_by_key(|k| rank(k));
        if order == before {
            continue;
        }
        let wanted: Vec<&str> = order
            .iter()
            .map(String::as_str)
            .filter(|k| rank(k) < 2)
            .take(4)
            .collect();
        let draft = Draft {
            kind: "reorder-skills",
            title: match &group.name {
                Some(name) => format!("Name {} first under {}", list(&wanted), name.value),
                None => format!("Name {} first among the skills", list(&wanted)),
            },
            reason: "The job asks for these; long lists are read from the front.".into(),
            evidence: vec![Evidence {
                id: Some(group.id.clone()),
                quote: before.join(", "),
            }],
        };
        let edit = Edit::ReorderSkills {
            group: group.id.clone(),
            order,
            before,
        };
        desk.offer(draft, edit, 0);
    }
}
