//! What does not help for this job may go: the bullets that say least about it and measure nothing, where the entry has
//! enough others.

use super::super::{Edit, Evidence, Target};
use super::{Desk, Draft};
use crate::resume::{Bullet, Id};
use crate::wording::quantity::{Unit, quantities};
use crate::wording::tokens;

/// Most bullets that are offered to go.
const MOST: usize = 3;
/// Bullets that an entry keeps.
const KEPT: usize = 3;

/// Offers to leave out the least telling bullets. Those that another suggestion rewords stay.
pub(super) fn bullets(desk: &mut Desk<'_>) {
    let resume = desk.resume;
    let reworded: Vec<Id> = desk
        .out
        .iter()
        .filter_map(|s| match &s.edit {
            Some(Edit::ReplaceText {
                target: Target::Bullet { id },
                ..
            }) => Some(id.clone()),
            _ => None,
        })
        .collect();
    let work = resume
        .work
        .iter()
        .chain(&resume.volunteer)
        .map(|w| (&w.id, &w.highlights));
    let projects = resume.projects.iter().map(|p| (&p.id, &p.highlights));
    let mut found: Vec<(f64, &Id, usize, &Bullet)> = Vec::new();
    for (entry, list) in work.chain(projects) {
        let mut weak: Vec<(f64, usize)> = list
            .iter()
            .enumerate()
            .filter(|(i, b)| {
                // A nested bullet stands or falls with the one above it.
                let alone = b.level == 0 && list.get(i + 1).is_none_or(|next| next.level == 0);
                alone && !reworded.contains(&b.id) && !measured(&b.text.value)
            })
            .map(|(i, b)| (desk.matcher.relevance(&b.text.value), i))
            .collect();
        weak.sort_by(|a, b| a.0.total_cmp(&b.0));
        let spare = list.len().saturating_sub(KEPT);
        found.extend(weak.into_iter().take(spare).map(|(r, i)| (r, entry, i, &list[i])));
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut offered = 0;
    for (_, entry, index, bullet) in found {
        if offered == MOST {
            break;
        }
        let names_a_skill = desk
            .matcher
            .asks
            .iter()
            .any(|a| desk.matcher.hit(a, &bullet.text.value).is_some());
        if names_a_skill {
            continue;
        }
        let draft = Draft {
            kind: "drop-bullet",
            title: "Leave out what says little about this job".into(),
            reason: "Nothing in it is what the job asks for; without it the rest is read sooner. It stays in your base résumé."
                .into(),
            evidence: vec![Evidence {
                id: Some(bullet.id.clone()),
                quote: bullet.text.value.clone(),
            }],
        };
        let edit = Edit::DropBullet {
            entry: entry.clone(),
            bullet: bullet.clone(),
            index,
        };
        offered += usize::from(desk.offer(draft, edit, 1));
    }
}

/// True where a bullet says how much or how many: readers look for that in any trade, and the wording of the job does not
/// tell what a result is worth.
fn measured(text: &str) -> bool {
    let tokens = tokens(text);
    quantities(&tokens).iter().any(|q| q.unit != Unit::Year)
}
