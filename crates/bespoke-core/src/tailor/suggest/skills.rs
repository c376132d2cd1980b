//! Lifts a skill that the work shows into the skills section, where readers and ATS look for it.

use super::super::edits::fresh_id;
use super::super::keywords::evidence;
use super::super::{Edit, Evidence};
use super::{Desk, Draft};
use crate::lexicon::skills::{SkillKind, Skills};
use crate::matching::{Hit, Spot};
use crate::resume::{Id, SkillGroup};

/// One suggestion for each skill of the job that is shown and not listed.
pub(super) fn lift(desk: &mut Desk<'_>) {
    let lexicon = Skills::builtin();
    let made = fresh_id(desk.resume, "s");
    let mut drafts = Vec::new();
    for ask in &desk.matcher.asks {
        let kind = ask.id.map(|id| lexicon.get(id).kind);
        if matches!(kind, Some(SkillKind::Soft | SkillKind::Language)) {
            continue;
        }
        let (listed, shown): (Vec<_>, Vec<_>) = desk
            .pieces
            .iter()
            .filter(|p| desk.matcher.hit(ask, p.text).is_some_and(|h| h != Hit::Narrower))
            .partition(|p| p.spot == Spot::Skill);
        let backing: Vec<Evidence> = shown
            .iter()
            .filter(|p| {
                !matches!(
                    p.spot,
                    Spot::Label | Spot::Position { .. } | Spot::Education | Spot::Extra | Spot::Honour
                )
            })
            .take(3)
            .map(|p| evidence(p))
            .collect();
        if !listed.is_empty() || backing.is_empty() {
            continue;
        }
        let name = &ask.skill.name;
        let draft = Draft {
            kind: "lift-skill",
            title: format!("List {name} among your skills"),
            reason: format!(
                "The job {} {name}; your résumé shows it only in the text.",
                if ask.skill.required { "requires" } else { "asks for" }
            ),
            evidence: backing,
        };
        let group = home(&desk.resume.skills, kind);
        let edit = Edit::AddSkill {
            group: group.map_or_else(|| made.clone(), |g| g.id.clone()),
            skill: name.clone(),
            index: Some(group.map_or(0, |g| g.keywords.len())),
            new_group: group.is_none(),
            field: None,
        };
        drafts.push((draft, edit));
    }
    for (draft, edit) in drafts {
        desk.offer(draft, edit, 0);
    }
}

/// The group that holds most skills of the same kind, the first of equals.
fn home(groups: &[SkillGroup], kind: Option<SkillKind>) -> Option<&SkillGroup> {
    let lexicon = Skills::builtin();
    let alike = |g: &SkillGroup| {
        let ids = g.keywords.iter().filter_map(|k| lexicon.lookup(&k.value));
        ids.filter(|id| Some(lexicon.get(*id).kind) == kind).count()
    };
    let mut best: Option<(&SkillGroup, usize)> = None;
    for group in groups.iter().filter(|g| g.level.is_none() && g.id != Id::default()) {
        let n = alike(group);
        if best.is_none_or(|(_, most)| n > most) {
            best = Some((group, n));
        }
    }
    best.map(|(g, _)| g)
}
