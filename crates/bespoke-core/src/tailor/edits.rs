//! Edits as data: apply, undo, re-address. Nothing here judges whether an edit is wise or honest.

use super::{Edit, EditError, Target};
use crate::resume::{Bullet, Field, Id, Resume, SkillGroup, Text};
use std::collections::HashSet;

impl Edit {
    /// The text that it puts in the place of another.
    pub(super) fn new_text(&self) -> Option<&str> {
        match self {
            Edit::ReplaceText { after, .. } => Some(after),
            _ => None,
        }
    }
}

/// Applies one edit.
///
/// # Errors
/// [`EditError`] where what it addresses is gone or has changed; the résumé is then untouched.
pub fn apply(resume: &mut Resume, edit: &Edit) -> Result<(), EditError> {
    match edit {
        Edit::ReorderBullets { entry, order, before } => {
            let list = bullets_mut(resume, entry).ok_or_else(|| missing(entry))?;
            let ids: Vec<Id> = list.iter().map(|b| b.id.clone()).collect();
            if ids != *before || !is_permutation(order, before) {
                return Err(stale(entry));
            }
            permute(list, order, |b| &b.id);
        }
        Edit::ReorderSkills { group, order, before } => {
            let group = group_mut(resume, group).ok_or_else(|| missing(group))?;
            let now: Vec<&String> = group.keywords.iter().map(|k| &k.value).collect();
            if now.len() != before.len()
                || now.iter().zip(before).any(|(a, b)| *a != b)
                || !is_permutation(order, before)
            {
                return Err(stale(&group.id));
            }
            permute(&mut group.keywords, order, |k| &k.value);
        }
        Edit::AddSkill {
            group,
            skill,
            index,
            field,
            ..
        } => {
            let keyword = match field {
                Some(field) if field.value == *skill => (**field).clone(),
                _ => Field::typed(skill.clone()),
            };
            match group_mut(resume, group) {
                Some(found) => {
                    let at = index.unwrap_or(found.keywords.len());
                    if at > found.keywords.len() || found.keywords.iter().any(|k| k.value == *skill) {
                        return Err(stale(group));
                    }
                    found.keywords.insert(at, keyword);
                }
                None if index.is_none_or(|i| i == 0) => resume.skills.push(SkillGroup {
                    id: group.clone(),
                    name: None,
                    keywords: vec![keyword],
                    level: None,
                }),
                None => return Err(missing(group)),
            }
        }
        Edit::RemoveSkill {
            group,
            skill,
            index,
            drop_group,
            ..
        } => {
            let place = resume
                .skills
                .iter()
                .position(|g| g.id == *group)
                .ok_or_else(|| missing(group))?;
            let found = &mut resume.skills[place];
            if found.keywords.get(*index).is_none_or(|k| k.value != *skill) {
                return Err(EditError::Stale(format!("the skill \"{skill}\" in {group}")));
            }
            if *drop_group && found.keywords.len() != 1 {
                return Err(stale(group));
            }
            found.keywords.remove(*index);
            if *drop_group {
                resume.skills.remove(place);
            }
        }
        Edit::ReplaceText {
            target,
            before,
            after,
            field,
        } => {
            let stands = text_of(resume, target)?.map_or("", |t| t.value.as_str());
            if stands != before {
                return Err(EditError::Stale(name_of(target)));
            }
            set_text(resume, target, after, field.as_deref())?;
        }
        Edit::DropBullet { entry, bullet, index } => {
            let list = bullets_mut(resume, entry).ok_or_else(|| missing(entry))?;
            if list.get(*index) != Some(bullet) {
                return Err(if list.iter().any(|b| b.id == bullet.id) {
                    stale(&bullet.id)
                } else {
                    missing(&bullet.id)
                });
            }
            list.remove(*index);
        }
        Edit::InsertBullet { entry, bullet, index } => {
            if find_bullet(resume, &bullet.id).is_some() {
                return Err(stale(&bullet.id));
            }
            let list = bullets_mut(resume, entry).ok_or_else(|| missing(entry))?;
            if *index > list.len() {
                return Err(stale(entry));
            }
            list.insert(*index, bullet.clone());
        }
        Edit::ReorderSections { order, before } => {
            if resume.order != *before {
                return Err(EditError::Stale("the order of the sections".into()));
            }
            resume.order = order.clone();
        }
    }
    Ok(())
}

/// The edit that undoes `edit` where `edit` knows all that it changes, as suggestions do; [`undoing`] reads what is
/// unknown from the résumé.
pub fn invert(edit: &Edit) -> Edit {
    match edit.clone() {
        Edit::ReorderBullets { entry, order, before } => Edit::ReorderBullets {
            entry,
            order: before,
            before: order,
        },
        Edit::ReorderSkills { group, order, before } => Edit::ReorderSkills {
            group,
            order: before,
            before: order,
        },
        Edit::AddSkill {
            group,
            skill,
            index,
            new_group,
            field,
        } => Edit::RemoveSkill {
            group,
            skill,
            index: index.unwrap_or(0),
            drop_group: new_group,
            field,
        },
        Edit::RemoveSkill {
            group,
            skill,
            index,
            drop_group,
            field,
        } => Edit::AddSkill {
            group,
            skill,
            index: Some(index),
            new_group: drop_group,
            field,
        },
        Edit::ReplaceText {
            target,
            before,
            after,
            field,
        } => Edit::ReplaceText {
            target,
            before: after,
            after: before,
            field,
        },
        Edit::DropBullet { entry, bullet, index } => Edit::InsertBullet { entry, bullet, index },
        Edit::InsertBullet { entry, bullet, index } => Edit::DropBullet { entry, bullet, index },
        Edit::ReorderSections { order, before } => Edit::ReorderSections {
            order: before,
            before: order,
        },
    }
}

/// The edit that undoes `edit` once it has been applied to `resume`: brings back sources, places and groups to the
/// byte, whatever `edit` left out.
///
/// # Errors
/// [`EditError`] where `edit` addresses something that is not there.
pub fn undoing(resume: &Resume, edit: &Edit) -> Result<Edit, EditError> {
    let mut complete = edit.clone();
    match &mut complete {
        Edit::AddSkill {
            group,
            index,
            new_group,
            ..
        } => {
            let found = resume.skills.iter().find(|g| g.id == *group);
            *new_group = found.is_none();
            *index = Some(index.unwrap_or_else(|| found.map_or(0, |g| g.keywords.len())));
        }
        Edit::RemoveSkill {
            group, index, field, ..
        } => {
            let found = resume
                .skills
                .iter()
                .find(|g| g.id == *group)
                .ok_or_else(|| missing(group))?;
            *field = found.keywords.get(*index).cloned().map(Box::new);
        }
        Edit::ReplaceText { target, field, .. } => *field = text_of(resume, target)?.cloned().map(Box::new),
        _ => {}
    }
    Ok(invert(&complete))
}

/// Re-addresses an edit whose surroundings have moved on without touching what it is about: new bullets or skills keep
/// their place behind the ones that the edit orders, places are looked up again. Texts are never merged.
pub fn rebase(resume: &Resume, edit: &Edit) -> Edit {
    let mut edit = edit.clone();
    match &mut edit {
        Edit::ReorderBullets { entry, order, before } => {
            if let Some(list) = bullets(resume, entry) {
                let now: Vec<Id> = list.iter().map(|b| b.id.clone()).collect();
                *order = reorder(order, &now);
                *before = now;
            }
        }
        Edit::ReorderSkills { group, order, before } => {
            if let Some(found) = resume.skills.iter().find(|g| g.id == *group) {
                let now: Vec<String> = found.keywords.iter().map(|k| k.value.clone()).collect();
                *order = reorder(order, &now);
                *before = now;
            }
        }
        Edit::AddSkill {
            group,
            index,
            new_group,
            ..
        } => {
            let found = resume.skills.iter().find(|g| g.id == *group);
            *new_group = found.is_none();
            *index = Some(found.map_or(0, |g| g.keywords.len()));
        }
        Edit::RemoveSkill {
            group,
            skill,
            index,
            drop_group,
            ..
        } => {
            if let Some(found) = resume.skills.iter().find(|g| g.id == *group) {
                *index = found.keywords.iter().position(|k| k.value == *skill).unwrap_or(*index);
                *drop_group &= found.keywords.len() == 1;
            }
        }
        Edit::DropBullet { entry, bullet, index } => {
            if let Some(list) = bullets(resume, entry) {
                *index = list.iter().position(|b| b.id == bullet.id).unwrap_or(*index);
            }
        }
        Edit::InsertBullet { entry, index, .. } => {
            if let Some(list) = bullets(resume, entry) {
                *index = (*index).min(list.len());
            }
        }
        Edit::ReorderSections { before, .. } => *before = resume.order.clone(),
        Edit::ReplaceText { .. } => {}
    }
    edit
}

/// Applies an edit where it stands, or re-addressed by [`rebase`]; gives the edit as it was applied.
///
/// # Errors
/// [`EditError`] where what it addresses is gone or has changed; the résumé is then untouched.
pub fn accept(resume: &mut Resume, edit: &Edit) -> Result<Edit, EditError> {
    if apply(resume, edit).is_ok() {
        return Ok(edit.clone());
    }
    let moved = rebase(resume, edit);
    apply(resume, &moved)?;
    Ok(moved)
}

/// The wanted order of what is there now; what the order does not know stays behind.
fn reorder<T: Clone + PartialEq>(wanted: &[T], now: &[T]) -> Vec<T> {
    let mut order: Vec<T> = wanted.iter().filter(|w| now.contains(w)).cloned().collect();
    order.extend(now.iter().filter(|n| !wanted.contains(n)).cloned());
    order
}

fn missing(id: &Id) -> EditError {
    EditError::Missing(id.to_string())
}

fn stale(id: &Id) -> EditError {
    EditError::Stale(id.to_string())
}

fn name_of(target: &Target) -> String {
    match target {
        Target::Summary => "the summary".into(),
        Target::Label => "the headline".into(),
        Target::WorkSummary { id } | Target::ProjectDescription { id } => format!("the paragraph of {id}"),
        Target::Bullet { id } => id.to_string(),
    }
}

fn is_permutation<T: Ord + Clone>(a: &[T], b: &[T]) -> bool {
    let sorted = |list: &[T]| {
        let mut list = list.to_vec();
        list.sort();
        list
    };
    sorted(a) == sorted(b)
}

/// Puts `list` into the order of its keys; both hold the same keys. Equal keys keep their order.
fn permute<T, K: PartialEq>(list: &mut Vec<T>, order: &[K], key: impl Fn(&T) -> &K) {
    let mut left = std::mem::take(list);
    for wanted in order {
        if let Some(at) = left.iter().position(|item| key(item) == wanted) {
            list.push(left.remove(at));
        }
    }
}

fn group_mut<'a>(resume: &'a mut Resume, id: &Id) -> Option<&'a mut SkillGroup> {
    resume.skills.iter_mut().find(|g| g.id == *id)
}

/// The bullets of an entry.
pub(crate) fn bullets<'a>(resume: &'a Resume, entry: &Id) -> Option<&'a Vec<Bullet>> {
    let mut lists = resume
        .work
        .iter()
        .chain(&resume.volunteer)
        .map(|w| (&w.id, &w.highlights))
        .chain(resume.education.iter().map(|e| (&e.id, &e.highlights)))
        .chain(resume.projects.iter().map(|p| (&p.id, &p.highlights)))
        .chain(resume.extras.iter().map(|x| (&x.id, &x.lines)));
    lists.find(|(id, _)| *id == entry).map(|(_, list)| list)
}

fn bullet_lists_mut(resume: &mut Resume) -> impl Iterator<Item = (&Id, &mut Vec<Bullet>)> {
    resume
        .work
        .iter_mut()
        .chain(&mut resume.volunteer)
        .map(|w| (&w.id, &mut w.highlights))
        .chain(resume.education.iter_mut().map(|e| (&e.id, &mut e.highlights)))
        .chain(resume.projects.iter_mut().map(|p| (&p.id, &mut p.highlights)))
        .chain(resume.extras.iter_mut().map(|x| (&x.id, &mut x.lines)))
}

fn bullets_mut<'a>(resume: &'a mut Resume, entry: &Id) -> Option<&'a mut Vec<Bullet>> {
    bullet_lists_mut(resume)
        .find(|(id, _)| *id == entry)
        .map(|(_, list)| list)
}

/// The bullet with this id, wherever it stands.
pub(crate) fn find_bullet<'a>(resume: &'a Resume, id: &Id) -> Option<&'a Bullet> {
    let lists = resume
        .work
        .iter()
        .chain(&resume.volunteer)
        .map(|w| &w.highlights)
        .chain(resume.education.iter().map(|e| &e.highlights))
        .chain(resume.projects.iter().map(|p| &p.highlights))
        .chain(resume.extras.iter().map(|x| &x.lines));
    lists.flatten().find(|b| b.id == *id)
}

fn text_of<'a>(resume: &'a Resume, target: &Target) -> Result<Option<&'a Text>, EditError> {
    Ok(match target {
        Target::Summary => resume.summary.as_ref(),
        Target::Label => resume.contact.label.as_ref(),
        Target::WorkSummary { id } => resume
            .work
            .iter()
            .chain(&resume.volunteer)
            .find(|w| w.id == *id)
            .ok_or_else(|| missing(id))?
            .summary
            .as_ref(),
        Target::ProjectDescription { id } => resume
            .projects
            .iter()
            .find(|p| p.id == *id)
            .ok_or_else(|| missing(id))?
            .description
            .as_ref(),
        Target::Bullet { id } => Some(&find_bullet(resume, id).ok_or_else(|| missing(id))?.text),
    })
}

/// Sets a text, keeping the source of what stood there; an empty paragraph is none.
fn set_text(resume: &mut Resume, target: &Target, after: &str, field: Option<&Text>) -> Result<(), EditError> {
    let set = |slot: &mut Option<Text>| {
        *slot = match (slot.take(), field) {
            (_, Some(field)) if field.value == after => Some(field.clone()),
            _ if after.is_empty() => None,
            (Some(old), _) => Some(Text {
                value: after.to_owned(),
                ..old
            }),
            (None, _) => Some(Field::typed(after.to_owned())),
        }
    };
    match target {
        Target::Summary => set(&mut resume.summary),
        Target::Label => set(&mut resume.contact.label),
        Target::WorkSummary { id } => {
            let work = resume
                .work
                .iter_mut()
                .chain(&mut resume.volunteer)
                .find(|w| w.id == *id)
                .ok_or_else(|| missing(id))?;
            set(&mut work.summary);
        }
        Target::ProjectDescription { id } => {
            let project = resume.projects.iter_mut().find(|p| p.id == *id);
            set(&mut project.ok_or_else(|| missing(id))?.description);
        }
        Target::Bullet { id } => {
            let bullet = bullet_lists_mut(resume)
                .flat_map(|(_, list)| list)
                .find(|b| b.id == *id)
                .ok_or_else(|| missing(id))?;
            bullet.text.value = after.to_owned();
        }
    }
    Ok(())
}

/// An id that no entry or bullet of this résumé has, with this prefix.
pub(crate) fn fresh_id(resume: &Resume, prefix: &str) -> Id {
    let taken: HashSet<&str> = resume.skills.iter().map(|g| g.id.0.as_str()).collect();
    let mut n = 1;
    loop {
        let id = format!("{prefix}{n}");
        if !taken.contains(id.as_str()) {
            return Id(id);
        }
        n += 1;
    }
}
