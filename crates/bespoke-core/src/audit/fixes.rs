//! Applies the changes that findings offer. Several findings may be about one text: their changes go together as long as
//! they do not touch the same words.

use super::Finding;
use crate::resume::{Id, Resume, Text};
use crate::tailor::{Edit, Target, accept, apply};
use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::ops::Range;

/// What a fix would change, for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Change {
    /// What stands there.
    pub before: String,
    /// What will; empty where it goes.
    pub after: String,
}

/// A fix that was not applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Skipped {
    /// Id of the finding.
    pub id: String,
    /// Why, for people.
    pub reason: String,
}

/// What came of applying fixes.
#[derive(Debug, Clone, PartialEq)]
pub struct Fixed {
    /// The résumé with the fixes.
    pub resume: Resume,
    /// Ids of the findings that are mended, in the order given.
    pub applied: Vec<String>,
    /// Those that are not.
    pub skipped: Vec<Skipped>,
}

/// Applies the edits of these findings, all of one audit of this résumé. A fix whose words another fix has changed is
/// left out and named; the others stand.
pub fn fix<'f>(resume: &Resume, findings: impl IntoIterator<Item = &'f Finding>) -> Fixed {
    let mut fixed = resume.clone();
    let mut outcomes: Vec<(&str, Result<(), String>)> = Vec::new();
    let mut texts: Vec<Rewording<'_>> = Vec::new();
    let mut others: Vec<(usize, &Edit)> = Vec::new();
    for (n, finding) in findings.into_iter().enumerate() {
        let outcome = match &finding.edit {
            None => Err("only you can mend this".to_owned()),
            Some(Edit::ReplaceText {
                target, before, after, ..
            }) => {
                let known = texts.iter().position(|t| t.target == target);
                let at = known.unwrap_or(texts.len());
                if known.is_none() {
                    texts.push(Rewording::of(target, before));
                }
                texts[at].take(n, before, after)
            }
            Some(edit) => {
                others.push((n, edit));
                Ok(())
            }
        };
        outcomes.push((&finding.id, outcome));
    }
    // The last place of a list first, so that the others stay where they are.
    others.sort_by_key(|(_, edit)| match edit {
        Edit::RemoveSkill { index, .. } | Edit::DropBullet { index, .. } => std::cmp::Reverse(*index),
        _ => std::cmp::Reverse(0),
    });
    for (n, edit) in others {
        if let Err(error) = accept(&mut fixed, edit) {
            outcomes[n].1 = Err(error.to_string());
        }
    }
    for text in texts.iter().filter(|t| !t.findings.is_empty()) {
        if let Err(error) = apply(&mut fixed, &text.edit()) {
            for n in &text.findings {
                outcomes[*n].1 = Err(error.to_string());
            }
        }
    }
    let (mut applied, mut skipped) = (Vec::new(), Vec::new());
    for (id, outcome) in outcomes {
        let id = id.to_owned();
        match outcome {
            Ok(()) => applied.push(id),
            Err(reason) => skipped.push(Skipped { id, reason }),
        }
    }
    Fixed {
        resume: fixed,
        applied,
        skipped,
    }
}

/// What an edit would change, where it is a matter of words.
pub(super) fn change(edit: &Edit) -> Option<Change> {
    let (before, after) = match edit {
        Edit::ReplaceText { before, after, .. } => (before.as_str(), after.as_str()),
        Edit::DropBullet { bullet, .. } => (bullet.text.value.as_str(), ""),
        Edit::InsertBullet { bullet, .. } => ("", bullet.text.value.as_str()),
        Edit::AddSkill { skill, .. } => ("", skill.as_str()),
        Edit::RemoveSkill { skill, .. } => (skill.as_str(), ""),
        Edit::ReorderBullets { .. } | Edit::ReorderSkills { .. } | Edit::ReorderSections { .. } => return None,
    };
    Some(Change {
        before: before.to_owned(),
        after: after.to_owned(),
    })
}

/// The edit that puts `after` in the place of a text of the résumé: the summary where `id` is `None`, else the bullet,
/// paragraph or description with this id. `None` where nothing changes.
pub(super) fn rewrite(resume: &Resume, id: Option<&Id>, text: &Text, after: String) -> Option<Edit> {
    let target = match id {
        None => Target::Summary,
        Some(id) if resume.projects.iter().any(|p| p.id == *id) => Target::ProjectDescription { id: id.clone() },
        Some(id) if resume.work.iter().chain(&resume.volunteer).any(|w| w.id == *id) => {
            Target::WorkSummary { id: id.clone() }
        }
        Some(id) => Target::Bullet { id: id.clone() },
    };
    (after != text.value && !after.trim().is_empty()).then(|| Edit::ReplaceText {
        target,
        before: text.value.clone(),
        after,
        field: Some(Box::new(text.clone())),
    })
}

/// The changes to one text, by token of the text as it was.
struct Rewording<'f> {
    target: &'f Target,
    before: &'f str,
    tokens: Vec<&'f str>,
    hunks: Vec<(Range<usize>, Vec<&'f str>)>,
    /// Places of the findings whose changes these are.
    findings: Vec<usize>,
}

impl<'f> Rewording<'f> {
    fn of(target: &'f Target, before: &'f str) -> Self {
        Rewording {
            target,
            before,
            tokens: tokens(before),
            hunks: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// Adds the change of a finding, unless it touches words that another has changed otherwise.
    fn take(&mut self, finding: usize, before: &str, after: &'f str) -> Result<(), String> {
        if before != self.before {
            return Err("this text is another one now".to_owned());
        }
        let new = tokens(after);
        let mut own = Vec::new();
        for op in capture_diff_slices(Algorithm::Myers, &self.tokens, &new) {
            if let DiffOp::Equal { .. } = op {
                continue;
            }
            let hunk = (op.old_range(), new[op.new_range()].to_vec());
            if self.hunks.contains(&hunk) {
                continue;
            }
            let touches = |other: &Range<usize>| {
                hunk.0.start < other.end && other.start < hunk.0.end
                    || hunk.0.start == other.start && (hunk.0.is_empty() || other.is_empty())
            };
            if self.hunks.iter().any(|(range, _)| touches(range)) {
                return Err("another fix has changed these words: check again".to_owned());
            }
            own.push(hunk);
        }
        self.hunks.extend(own);
        self.findings.push(finding);
        Ok(())
    }

    fn edit(&self) -> Edit {
        let mut hunks = self.hunks.clone();
        hunks.sort_by_key(|(range, _)| (range.start, range.end));
        let (mut after, mut at) = (String::new(), 0);
        for (range, new) in hunks {
            after.extend(self.tokens[at..range.start].iter().copied());
            after.extend(new);
            at = range.end;
        }
        after.extend(self.tokens[at..].iter().copied());
        Edit::ReplaceText {
            target: self.target.clone(),
            before: self.before.to_owned(),
            after,
            field: None,
        }
    }
}

/// Words whole, everything else sign by sign; together they are the text.
fn tokens(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let word = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let (token, tail) = rest.split_at(if word == 0 { first.len_utf8() } else { word });
        out.push(token);
        rest = tail;
    }
    out
}

/// A text with words swapped for others wherever they stand as whole words, in any case; a capital stays one.
pub(super) fn swap_words(text: &str, from: &str, to: &str) -> String {
    let lower = text.to_lowercase();
    let from = from.to_lowercase();
    if from.is_empty() || lower.len() != text.len() {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (start, _) in lower.match_indices(&from) {
        let end = start + from.len();
        let alone = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        if start < at || !alone(text[..start].chars().next_back()) || !alone(text[end..].chars().next()) {
            continue;
        }
        out.push_str(&text[at..start]);
        out.push_str(&if text[start..].starts_with(char::is_uppercase) {
            capitalised(to)
        } else {
            to.to_owned()
        });
        at = end;
    }
    out.push_str(&text[at..]);
    out
}

/// The text with a capital first.
pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |c| {
        c.to_uppercase().collect::<String>() + letters.as_str()
    })
}
