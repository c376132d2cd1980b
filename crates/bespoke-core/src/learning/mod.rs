//! What people's feedback teaches about ranking: other weights of the score's parts, of skills, and an adapter.
//!
//! Feedback comes in as numbers and words of the taxonomy, never as words of a person; a [`Learned`] leaves only where it
//! ranks the feedback of people whom it never saw better than the present one does, by more than noise. The same feedback
//! and the same seed give the same bytes.

mod adapter;
mod chance;
mod fit;
mod held;
pub mod proposals;

pub use held::Change;

use crate::roles::{Anchor, Fit, Ground, Learned, Taxonomy, Traits, anchor};
use chance::Chance;
use fit::Case;
use held::Trial;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What somebody did with a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deed {
    /// Kept it for later.
    Saved,
    /// Put it away.
    Hidden,
    /// Tailored a résumé to it.
    Tailored,
    /// An application for it led to an interview.
    Interview,
    /// An application for it led to an offer.
    Offer,
}

impl Deed {
    /// Whether it speaks for the role.
    pub fn is_for(self) -> bool {
        self != Deed::Hidden
    }

    /// How much it says, as a weight of one observation.
    fn worth(self) -> f64 {
        match self {
            Deed::Saved | Deed::Hidden | Deed::Tailored => 1.0,
            Deed::Interview => 1.5,
            Deed::Offer => 2.0,
        }
    }
}

/// What somebody did with a role, and how that role met them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RoleFeedback {
    /// Id of the role.
    pub role: String,
    /// What they did.
    pub deed: Deed,
    /// How the role met them, ranked as shipped.
    pub traits: Traits,
    /// The roles that stood for them then.
    pub near: Anchor,
    /// `2026-01-31`, UTC.
    pub day: String,
}

/// What somebody did with a suggestion about a skill.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SkillFeedback {
    /// Name of the skill in the taxonomy.
    pub skill: String,
    /// Whether they took it.
    pub accepted: bool,
    /// `2026-01-31`, UTC.
    pub day: String,
}

/// The feedback of one person.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Feedback {
    /// One for each role, the latest.
    pub roles: Vec<RoleFeedback>,
    /// One for each skill, the latest.
    pub skills: Vec<SkillFeedback>,
}

/// Most entries of each kind that are kept of a person.
const KEPT: usize = 200;

impl Feedback {
    /// Notes what was done with a role; what was said of it before is replaced where it is the same kind of saying.
    pub fn note_role(&mut self, new: RoleFeedback) {
        self.forget_role(&new.role, new.deed);
        self.roles.push(new);
        let over = self.roles.len().saturating_sub(KEPT);
        self.roles.drain(..over);
    }

    /// Forgets what was said of a role by a mark (saved, hidden), or by a deed of this kind.
    pub fn forget_role(&mut self, role: &str, deed: Deed) {
        let is_mark = |d: Deed| matches!(d, Deed::Saved | Deed::Hidden);
        self.roles
            .retain(|r| r.role != role || !(r.deed == deed || is_mark(r.deed) && is_mark(deed)));
    }

    /// Notes what was done with a suggestion about a skill.
    pub fn note_skill(&mut self, new: SkillFeedback) {
        self.skills.retain(|s| s.skill != new.skill);
        self.skills.push(new);
        let over = self.skills.len().saturating_sub(KEPT);
        self.skills.drain(..over);
    }

    /// Forgets what is older than a day.
    pub fn forget_before(&mut self, day: &str) {
        self.roles.retain(|r| r.day.as_str() >= day);
        self.skills.retain(|s| s.day.as_str() >= day);
    }
}

/// How a role met somebody: its traits, and the roles that stand for them. `fits` are all roles, ranked as shipped.
pub fn observe(fits: &[Fit], role: &str) -> Option<(Traits, Anchor)> {
    let fit = fits.iter().find(|f| f.role == role)?;
    Some((Traits::of(fit), anchor(fits)))
}

/// When there is enough to learn from, and when a change counts as better.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// People whose feedback is needed.
    pub people: usize,
    /// Roles that they said something of, all together.
    pub deeds: usize,
    /// People who must have met a skill before its weight moves.
    pub people_of_skill: usize,
    /// The gain on held-out people, in standard errors, that a change needs.
    pub errors: f64,
    /// The gain in nats for each role that a change needs at least.
    pub gain: f64,
}

impl Default for Rule {
    fn default() -> Self {
        Rule {
            people: 40,
            deeds: 200,
            people_of_skill: 10,
            // One side, less than one in a hundred by chance, for each of three changes.
            errors: 2.4,
            gain: 0.002,
        }
    }
}

/// A skill whose weight changes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SkillMove {
    /// Its name.
    pub skill: String,
    /// Factor of the present version.
    pub before: f64,
    /// Factor of the new one.
    pub after: f64,
}

/// What learning found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// People with feedback.
    pub people: usize,
    /// Roles that they said something of.
    pub deeds: usize,
    /// Suggestions about skills that they took or refused.
    pub skill_deeds: usize,
    /// People whose feedback was kept apart to judge by.
    pub held_people: usize,
    /// Each change with its numbers before and after on held-out people.
    pub changes: Vec<Change>,
    /// Skills that move, those that move most first.
    pub skills: Vec<SkillMove>,
    /// One sentence: what comes of it.
    pub verdict: String,
}

/// Learns from feedback; people come in a stable order. `None` where nothing is better than `present`.
pub fn learn(
    people: &[Feedback],
    ground: Ground<'_>,
    present: &Learned,
    rule: &Rule,
    seed: u64,
) -> (Option<Learned>, Report) {
    let cases = cases(people, ground);
    let mut report = Report {
        people: cases.len(),
        deeds: cases.iter().map(|(_, c)| c.len()).sum(),
        skill_deeds: people.iter().map(|p| p.skills.len()).sum(),
        held_people: 0,
        changes: Vec::new(),
        skills: Vec::new(),
        verdict: String::new(),
    };
    if report.people < rule.people || report.deeds < rule.deeds {
        report.verdict = format!(
            "Too little to learn from: people {} of {} needed, roles {} of {} needed. Nothing changes.",
            report.people, rule.people, report.deeds, rule.deeds
        );
        return (None, report);
    }
    let mut chance = Chance::new(seed);
    let mut order: Vec<usize> = (0..cases.len()).collect();
    chance.shuffle(&mut order);
    let held: HashSet<usize> = order
        .split_off(order.len() * 2 / 3)
        .into_iter()
        .map(|n| cases[n].0)
        .collect();
    let (test, train): (Vec<_>, Vec<_>) = cases.into_iter().partition(|(person, _)| held.contains(person));
    let only = |side: Vec<(usize, Vec<Case>)>| side.into_iter().map(|(_, cases)| cases).collect::<Vec<_>>();
    let (train, test) = (only(train), only(test));
    report.held_people = test.len();
    let seen = people.iter().enumerate().filter(|(n, _)| !held.contains(n));
    let said = skills_said(seen.map(|(_, person)| person));

    let mut trial = Trial::new(ground, train, test, rule, present.clone());
    let parts = fit::parts(trial.train(), ground, trial.best());
    trial.propose("weights of the score's parts", parts);
    let skills = fit::skills(trial.train(), &said, ground, trial.best(), rule.people_of_skill);
    trial.propose("weights of skills", skills);
    let adapted = adapter::train(trial.train(), ground, trial.best(), &mut chance);
    trial.propose("adapter over the embedding", adapted);
    let (best, changes) = trial.end();
    report.changes = changes;
    let used = report.changes.iter().filter(|c| c.used).count();
    if used == 0 {
        report.verdict = "Nothing is better than the present ranking by more than noise. Nothing changes.".into();
        return (None, report);
    }
    report.skills = moves(present, &best);
    report.verdict = format!(
        "{used} of {} changes rank better on people kept apart.",
        report.changes.len()
    );
    (Some(best), report)
}

/// The feedback of each person, by their place, that says something of a role of this taxonomy.
fn cases(people: &[Feedback], ground: Ground<'_>) -> Vec<(usize, Vec<Case>)> {
    let each = people.iter().enumerate().map(|(place, person)| {
        let mut cases: Vec<Case> = person.roles.iter().filter_map(|r| Case::of(r, ground)).collect();
        // Nobody counts more than ten roles do.
        let all: f64 = cases.iter().map(|c| c.worth).sum();
        cases.iter_mut().for_each(|c| c.worth *= (10.0 / all).min(1.0));
        (place, cases)
    });
    each.filter(|(_, cases)| !cases.is_empty()).collect()
}

/// Times that each skill was taken and refused.
fn skills_said<'a>(people: impl Iterator<Item = &'a Feedback>) -> BTreeMap<String, (f64, f64)> {
    let mut said: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    for skill in people.flat_map(|p| &p.skills) {
        let of = said.entry(skill.skill.clone()).or_default();
        match skill.accepted {
            true => of.0 += 1.0,
            false => of.1 += 1.0,
        }
    }
    said
}

fn moves(before: &Learned, after: &Learned) -> Vec<SkillMove> {
    let of = |l: &Learned, skill: &str| l.skills.get(skill).copied().unwrap_or(1.0);
    let names: BTreeSet<&String> = before.skills.keys().chain(after.skills.keys()).collect();
    let mut moves: Vec<SkillMove> = names
        .into_iter()
        .map(|skill| SkillMove {
            skill: skill.clone(),
            before: of(before, skill),
            after: of(after, skill),
        })
        .filter(|m| m.before != m.after)
        .collect();
    let size = |m: &SkillMove| (m.after / m.before).ln().abs();
    moves.sort_by(|a, b| size(b).total_cmp(&size(a)).then_with(|| a.skill.cmp(&b.skill)));
    moves
}

/// The taxonomy's roles by what they are named after, for jobs whose title is one of them.
pub fn role_of_title<'t>(taxonomy: &'t Taxonomy, title: &str) -> Option<&'t str> {
    taxonomy.named(title).map(|role| role.id.as_str())
}

#[cfg(test)]
mod tests;
