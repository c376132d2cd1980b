//! Regularised logistic regression over the parts of the score and over the weights of skills.
//!
//! What is fitted is the chance that somebody takes a role: its log-odds are a line of the score. Weights are pulled
//! towards the present ones, so that little data moves them little.

use super::RoleFeedback;
use crate::roles::{Adapter, Ground, Learned, Traits};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A role that somebody took or put away.
#[derive(Debug, Clone)]
pub(super) struct Case {
    /// Place of the role in the taxonomy.
    pub role: usize,
    pub taken: bool,
    pub worth: f64,
    pub traits: Traits,
    /// The vector of the roles that stood for the person.
    pub middle: Vec<f32>,
}

impl Case {
    /// `None` where the taxonomy has no such role.
    pub fn of(feedback: &RoleFeedback, ground: Ground<'_>) -> Option<Case> {
        Some(Case {
            role: ground.taxonomy.place(&feedback.role)?,
            taken: feedback.deed.is_for(),
            worth: feedback.deed.worth(),
            middle: ground.middle(&feedback.near),
            traits: feedback.traits.clone(),
        })
    }

    /// By how much an adapter brings the role nearer.
    pub fn rise(&self, adapter: Option<&Adapter>, ground: Ground<'_>) -> f64 {
        let role = ground.description(&ground.taxonomy.roles()[self.role].id);
        match (adapter, role) {
            (Some(adapter), Some(role)) => adapter.rise(&self.middle, role),
            _ => 0.0,
        }
    }

    /// The score as a share of 1.
    pub fn score(&self, learned: &Learned, ground: Ground<'_>) -> f64 {
        let share = learned.share(ground.taxonomy, self.role, &self.traits);
        let rise = self.rise(learned.adapter.as_ref(), ground);
        learned.shares(&self.traits, share, rise, learned.blend).total()
    }
}

pub(super) fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// Coefficients of a logistic regression by Newton's method: minimises the loss plus `pull[j] (b[j] - towards[j])² / 2`.
/// `rows` are (features, taken, worth), all of one length.
fn logistic(rows: &[(Vec<f64>, bool, f64)], towards: &[f64], pull: &[f64]) -> Vec<f64> {
    let n = towards.len();
    let mut b = towards.to_vec();
    for _ in 0..30 {
        let mut gradient: Vec<f64> = (0..n).map(|j| pull[j] * (b[j] - towards[j])).collect();
        let mut curve = vec![vec![0.0; n]; n];
        for (j, row) in curve.iter_mut().enumerate() {
            row[j] = pull[j] + 1e-9;
        }
        for (x, taken, worth) in rows {
            let p = sigmoid(x.iter().zip(&b).map(|(x, b)| x * b).sum());
            let (error, bend) = (worth * (p - f64::from(u8::from(*taken))), worth * p * (1.0 - p));
            for ((slope, row), x_j) in gradient.iter_mut().zip(&mut curve).zip(x) {
                *slope += error * x_j;
                row.iter_mut().zip(x).for_each(|(bent, x_k)| *bent += bend * x_j * x_k);
            }
        }
        let step = solve(curve, gradient);
        let size = step.iter().map(|s| s.abs()).fold(0.0, f64::max);
        // Steps are cut short, for far from the end Newton's overshoot.
        let short = (5.0 / size.max(1e-12)).min(1.0);
        b.iter_mut().zip(&step).for_each(|(b, s)| *b -= short * s);
        if size < 1e-8 {
            break;
        }
    }
    b
}

/// Solves a system of equations by elimination with pivots; what has no answer is 0.
fn solve(mut a: Vec<Vec<f64>>, y: Vec<f64>) -> Vec<f64> {
    let n = y.len();
    a.iter_mut().zip(y).for_each(|(row, y)| row.push(y));
    for c in 0..n {
        let pivot = (c..n)
            .max_by(|i, j| a[*i][c].abs().total_cmp(&a[*j][c].abs()))
            .unwrap_or(c);
        a.swap(c, pivot);
        let (above, below) = a.split_at_mut(c + 1);
        let top = &above[c];
        if top[c].abs() < 1e-12 {
            continue;
        }
        for row in below {
            let f = row[c] / top[c];
            row.iter_mut().zip(top).skip(c).for_each(|(r, t)| *r -= f * t);
        }
    }
    let mut out = vec![0.0; n];
    for (c, row) in a.iter().enumerate().rev() {
        let rest: f64 = row.iter().zip(&out).skip(c + 1).map(|(r, o)| r * o).sum();
        out[c] = if row[c].abs() < 1e-12 {
            0.0
        } else {
            (row[n] - rest) / row[c]
        };
    }
    out
}

/// How log-odds follow from a score: (at score 0, for each point of 1).
pub(super) fn line(people: &[Vec<Case>], ground: Ground<'_>, learned: &Learned) -> (f64, f64) {
    let rows: Vec<_> = people
        .iter()
        .flatten()
        .map(|c| (vec![1.0, c.score(learned, ground)], c.taken, c.worth))
        .collect();
    let b = logistic(&rows, &[0.0, 1.0], &[1e-3, 1e-2]);
    // A score that speaks against taking would be turned round by a slope below 0: it says nothing instead.
    (b[0], b[1].max(0.0))
}

fn rounded(value: f64, low: f64, high: f64, places: f64) -> f64 {
    (value.clamp(low, high) * places).round() / places
}

/// The weights of the parts; `None` where they do not move or make no sense.
pub(super) fn parts(people: &[Vec<Case>], ground: Ground<'_>, present: &Learned) -> Option<Learned> {
    // The slope that fits the present weights says how large they are on the scale of log-odds; it is never taken as
    // nothing, or the pull towards them would be endless.
    let slope = line(people, ground, present).1.max(2.0);
    let rows: Vec<_> = people
        .iter()
        .flatten()
        .map(|c| {
            let t = &c.traits;
            let share = present.share(ground.taxonomy, c.role, t);
            let base = present.blend * t.close + (1.0 - present.blend) * share;
            let rise = c.rise(present.adapter.as_ref(), ground);
            let now = present.shares(t, share, rise, present.blend);
            let x = vec![
                1.0,
                t.close,
                share,
                (1.0 - base) * t.held,
                -t.rungs / 10.0,
                now.learned + now.rest,
            ];
            (x, c.taken, c.worth)
        })
        .collect();
    let now = [
        present.blend,
        1.0 - present.blend,
        present.title_lift,
        present.rung / 10.0,
        1.0,
    ];
    let towards: Vec<f64> = std::iter::once(0.0).chain(now.iter().map(|w| w * slope)).collect();
    // A weight may well change by half of all: that is one standard deviation of what is believed beforehand.
    let pull = |share: f64| 1.0 / (share * slope).powi(2);
    let pulls = [1e-3, pull(0.5), pull(0.5), pull(0.5), pull(0.5), pull(0.05)];
    let b = logistic(&rows, &towards, &pulls);
    let all = b[1].max(0.0) + b[2].max(0.0);
    if all < 0.2 * slope {
        return None;
    }
    let learned = Learned {
        blend: rounded(b[1].max(0.0) / all, 0.2, 0.95, 1000.0),
        title_lift: rounded(b[3] / all, 0.0, 0.9, 1000.0),
        rung: rounded(10.0 * b[4] / all, 0.0, 10.0, 100.0),
        ..present.clone()
    };
    (learned != *present).then_some(learned)
}

/// The factors of skills; `None` where none moves. `said` are times that a suggestion about a skill was taken and refused.
pub(super) fn skills(
    people: &[Vec<Case>],
    said: &BTreeMap<String, (f64, f64)>,
    ground: Ground<'_>,
    present: &Learned,
    least: usize,
) -> Option<Learned> {
    let mut met: BTreeMap<&str, usize> = BTreeMap::new();
    for cases in people {
        let of = cases
            .iter()
            .flat_map(|c| ground.taxonomy.telling(c.role).map(|(name, _)| name));
        of.collect::<HashSet<_>>()
            .into_iter()
            .for_each(|name| *met.entry(name).or_default() += 1);
    }
    met.retain(|_, n| *n >= least);
    let place: HashMap<&str, usize> = met.keys().enumerate().map(|(n, name)| (*name, n)).collect();
    if place.is_empty() {
        return None;
    }
    struct Row<'c> {
        case: &'c Case,
        /// (weight as the taxonomy has it, place among those that move, shown)
        skills: Vec<(f64, Option<usize>, bool)>,
        /// Everything of the score but the skills, and what a unit of their share is worth.
        rest: f64,
        worth: f64,
    }
    let (at_zero, slope) = line(people, ground, present);
    if slope <= 0.0 {
        return None;
    }
    let rows: Vec<Row<'_>> = people
        .iter()
        .flatten()
        .map(|case| {
            let shown: HashSet<&str> = case.traits.shown.iter().map(String::as_str).collect();
            let rise = case.rise(present.adapter.as_ref(), ground);
            let without = present.shares(&case.traits, 0.0, rise, present.blend).total();
            Row {
                skills: ground
                    .taxonomy
                    .telling(case.role)
                    .map(|(name, weight)| (weight, place.get(name).copied(), shown.contains(name)))
                    .collect(),
                rest: without,
                worth: (1.0 - present.blend) * (1.0 - present.title_lift * case.traits.held),
                case,
            }
        })
        .collect();
    // What was said of suggestions: a skill that is taken more often than others tells more.
    let (took, all) = said.values().fold((0.0, 0.0), |(t, a), (y, n)| (t + y, a + y + n));
    let usual = ((took + 1.0) / (all + 2.0_f64)).clamp(0.02, 0.98);
    let usual = (usual / (1.0 - usual)).ln();
    let mut log: Vec<f64> = place.keys().map(|_| 0.0).collect();
    for (name, at) in &place {
        log[*at] = present.skills.get(*name).copied().unwrap_or(1.0).ln();
    }
    // Beliefs beforehand: a factor within about two fifths of one. Each step is scaled by how much is known of a skill.
    const PULL: f64 = 1.0 / (0.35 * 0.35);
    let mut known = vec![PULL; log.len()];
    for _ in 0..120 {
        let mut gradient: Vec<f64> = log.iter().map(|l| PULL * l).collect();
        let mut bends = vec![PULL; log.len()];
        for row in &rows {
            let weight = |(w, at, _): &(f64, Option<usize>, bool)| w * at.map_or(1.0, |at| log[at].exp());
            let all: f64 = row.skills.iter().map(weight).sum();
            let have: f64 = row.skills.iter().filter(|s| s.2).map(weight).sum();
            let share = if all > 0.0 { have / all } else { 0.0 };
            let p = sigmoid(at_zero + slope * (row.rest + row.worth * share));
            let error = row.case.worth * (p - f64::from(u8::from(row.case.taken)));
            for skill in &row.skills {
                if let Some(at) = skill.1 {
                    let bend = slope * row.worth * weight(skill) / all * (f64::from(u8::from(skill.2)) - share);
                    gradient[at] += error * bend;
                    bends[at] += row.case.worth * p * (1.0 - p) * bend * bend;
                }
            }
        }
        for (name, (yes, no)) in said {
            if let Some(at) = place.get(name.as_str()) {
                let p = sigmoid(usual + log[*at]);
                gradient[*at] += (yes + no) * p - yes;
                bends[*at] += (yes + no) * p * (1.0 - p);
            }
        }
        known.clone_from(&bends);
        let mut size = 0.0f64;
        for ((l, g), k) in log.iter_mut().zip(&gradient).zip(&known) {
            let step = 0.5 * g / k;
            *l = (*l - step).clamp(-2f64.ln(), 2f64.ln());
            size = size.max(step.abs());
        }
        if size < 1e-5 {
            break;
        }
    }
    let mut learned = present.clone();
    learned.skills = place
        .iter()
        .map(|(name, at)| ((*name).to_owned(), rounded(log[*at].exp(), 0.5, 2.0, 100.0)))
        .filter(|(_, factor)| *factor != 1.0)
        .collect();
    (learned.skills != present.skills).then_some(learned)
}

/// What the adapter's rise is worth, in points of the score; 0 where it speaks against taking.
pub(super) fn points(people: &[Vec<Case>], ground: Ground<'_>, present: &Learned, adapter: &Adapter) -> f64 {
    let slope = line(people, ground, present).1.max(2.0);
    let rows: Vec<_> = people
        .iter()
        .flatten()
        .map(|c| {
            (
                vec![1.0, c.score(present, ground), c.rise(Some(adapter), ground)],
                c.taken,
                c.worth,
            )
        })
        .collect();
    let b = logistic(&rows, &[0.0, slope, 0.0], &[1e-3, 1e-2, 1e-2]);
    match b[1] > 0.0 {
        true => rounded(100.0 * b[2] / b[1].max(slope * 0.25), 0.0, 200.0, 10.0),
        false => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_line_is_found() {
        // Log-odds of -1 + 2 x, exactly: rows in the shares that it says.
        let rows: Vec<_> = (0..=20)
            .flat_map(|n| {
                let x = f64::from(n) / 10.0 - 1.0;
                let p = sigmoid(2.0 * x - 1.0);
                [(vec![1.0, x], true, p), (vec![1.0, x], false, 1.0 - p)]
            })
            .collect();
        let b = logistic(&rows, &[0.0, 0.0], &[0.0, 0.0]);
        assert!((b[0] + 1.0).abs() < 1e-6 && (b[1] - 2.0).abs() < 1e-6, "{b:?}");
        let pulled = logistic(&rows, &[0.0, 0.0], &[0.0, 1e9]);
        assert!(pulled[1].abs() < 1e-3, "{pulled:?}");
    }
}
