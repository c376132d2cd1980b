//! Judges changes on people who were kept apart: a change is used only where it is better by more than noise.

use super::Rule;
use super::fit::{Case, line, sigmoid};
use crate::roles::{Ground, Learned};
use serde::Serialize;

/// A change with its numbers on people kept apart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// What changes.
    pub name: String,
    /// Mean log-loss of a role before, in nats; less is better.
    pub loss_before: f64,
    /// The same with the change.
    pub loss_after: f64,
    /// Chance that a role that was taken stands above one that was put away, before: area under the ROC curve.
    pub order_before: f64,
    /// The same with the change.
    pub order_after: f64,
    /// The gain in log-loss in its standard errors, over people.
    pub errors: f64,
    /// Whether it is used.
    pub used: bool,
    /// One sentence: why, or why not.
    pub why: String,
}

/// A row of changes, each judged against the best so far.
pub(super) struct Trial<'a> {
    ground: Ground<'a>,
    train: Vec<Vec<Case>>,
    test: Vec<Vec<Case>>,
    rule: &'a Rule,
    best: Learned,
    changes: Vec<Change>,
}

impl<'a> Trial<'a> {
    pub fn new(ground: Ground<'a>, train: Vec<Vec<Case>>, test: Vec<Vec<Case>>, rule: &'a Rule, best: Learned) -> Self {
        Trial {
            ground,
            train,
            test,
            rule,
            best,
            changes: Vec::new(),
        }
    }

    /// The people to learn from.
    pub fn train(&self) -> &[Vec<Case>] {
        &self.train
    }

    /// The best weights so far.
    pub fn best(&self) -> &Learned {
        &self.best
    }

    /// Judges a change and takes it where it is better.
    pub fn propose(&mut self, name: &str, change: Option<Learned>) {
        let Some(change) = change else {
            let before = Judged::of(&self.train, &self.test, self.ground, &self.best);
            self.changes.push(Change {
                name: name.into(),
                loss_before: before.loss(),
                loss_after: before.loss(),
                order_before: before.order,
                order_after: before.order,
                errors: 0.0,
                used: false,
                why: "There is nothing to change.".into(),
            });
            return;
        };
        let before = Judged::of(&self.train, &self.test, self.ground, &self.best);
        let after = Judged::of(&self.train, &self.test, self.ground, &change);
        let gains: Vec<f64> = before.losses.iter().zip(&after.losses).map(|(b, a)| b - a).collect();
        let n = gains.len() as f64;
        let mean = gains.iter().sum::<f64>() / n;
        let spread = gains.iter().map(|g| (g - mean).powi(2)).sum::<f64>() / (n - 1.0).max(1.0);
        let errors = mean / (spread / n).sqrt().max(1e-9);
        let (enough, sure) = (mean >= self.rule.gain, errors >= self.rule.errors);
        let in_order = after.order >= before.order - 1e-9;
        let used = enough && sure && in_order;
        let why = match (enough, sure, in_order) {
            (true, true, true) => format!("Better on people kept apart, by {errors:.1} standard errors."),
            (true, true, false) => "The chances are better, but the order of roles is worse.".to_owned(),
            (true, false, _) => format!(
                "Not better by more than noise: {errors:.1} standard errors, {:.1} are needed.",
                self.rule.errors
            ),
            (false, _, _) => "No gain on people kept apart.".to_owned(),
        };
        self.changes.push(Change {
            name: name.into(),
            loss_before: before.loss(),
            loss_after: after.loss(),
            order_before: before.order,
            order_after: after.order,
            errors: (errors * 100.0).round() / 100.0,
            used,
            why,
        });
        if used {
            self.best = change;
        }
    }

    /// The best weights, and all changes that were judged.
    pub fn end(self) -> (Learned, Vec<Change>) {
        (self.best, self.changes)
    }
}

/// How weights do on people whom they never saw.
struct Judged {
    /// Mean log-loss of each person.
    losses: Vec<f64>,
    order: f64,
}

impl Judged {
    /// The line from score to chance is fitted on the people to learn from, never on those kept apart.
    fn of(train: &[Vec<Case>], test: &[Vec<Case>], ground: Ground<'_>, learned: &Learned) -> Judged {
        let (at_zero, slope) = line(train, ground, learned);
        let mut all: Vec<(f64, bool)> = Vec::new();
        let losses = test
            .iter()
            .map(|cases| {
                let (mut loss, mut worth) = (0.0, 0.0);
                for case in cases {
                    let score = case.score(learned, ground);
                    all.push((score, case.taken));
                    let p = sigmoid(at_zero + slope * score).clamp(1e-6, 1.0 - 1e-6);
                    loss -= case.worth * if case.taken { p.ln() } else { (1.0 - p).ln() };
                    worth += case.worth;
                }
                loss / worth.max(1e-9)
            })
            .collect();
        Judged {
            losses,
            order: order(&mut all),
        }
    }

    fn loss(&self) -> f64 {
        self.losses.iter().sum::<f64>() / (self.losses.len().max(1)) as f64
    }
}

/// Area under the ROC curve; 0.5 where one kind is missing.
fn order(all: &mut [(f64, bool)]) -> f64 {
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below, mut pairs, mut won) = (0.0, 0.0, 0.0);
    let against = all.iter().filter(|(_, taken)| !taken).count() as f64;
    let mut at = 0;
    while at < all.len() {
        let tied = all[at..].iter().take_while(|(score, _)| *score == all[at].0).count();
        let (yes, no) = all[at..at + tied]
            .iter()
            .fold((0.0, 0.0), |(y, n), (_, taken)| match taken {
                true => (y + 1.0, n),
                false => (y, n + 1.0),
            });
        won += yes * (below + no / 2.0);
        pairs += yes * against;
        below += no;
        at += tied;
    }
    if pairs > 0.0 { won / pairs } else { 0.5 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_the_share_of_pairs_that_stand_right() {
        assert_eq!(order(&mut [(0.1, false), (0.9, true)]), 1.0);
        assert_eq!(order(&mut [(0.9, false), (0.1, true)]), 0.0);
        assert_eq!(order(&mut [(0.5, false), (0.5, true)]), 0.5);
        assert_eq!(order(&mut [(0.1, false), (0.4, true), (0.3, false), (0.2, true)]), 0.75);
        assert_eq!(order(&mut [(0.5, true)]), 0.5);
    }
}
