//! Trains the adapter: roles that people took come nearer to where those people stand than roles that they put away, and
//! roles that the taxonomy calls neighbours come nearer than any others.
//!
//! The loss is InfoNCE (van den Oord et al., 2018) over cosines, minimised with Adam (Kingma and Ba, 2015).

use super::chance::Chance;
use super::fit::{Case, line, points};
use crate::roles::{Adapter, Ground, Learned};
use crate::vectors::dot;
use std::collections::HashSet;

/// Rank of the residual.
const RANK: usize = 8;
/// Roles at random that a pair is held against where nothing was put away.
const OTHERS: usize = 8;
/// Cosines are divided by this before they become chances.
const HEAT: f32 = 0.5;
const EPOCHS: usize = 8;
const BATCH: usize = 32;
const RATE: f32 = 0.002;
/// Pairs of people for each epoch, and pairs of the taxonomy for each of those, at most.
const PAIRS: usize = 4_000;
const NEIGHBOURS: f64 = 0.5;
/// Pairs without which there is nothing to train.
const LEAST: usize = 100;

/// Where somebody stands, a role that they took, and roles that they put away.
struct Pair<'a> {
    from: &'a [f32],
    to: usize,
    /// Roles that they put away, each with by how much the present score sets it above the one taken, in log-odds.
    away: Vec<(usize, f32)>,
    /// Roles that are never drawn against this pair.
    taken: HashSet<usize>,
}

/// An adapter with what it is worth; `None` where there is too little to train on, or it is worth nothing.
pub(super) fn train(
    people: &[Vec<Case>],
    ground: Ground<'_>,
    present: &Learned,
    chance: &mut Chance,
) -> Option<Learned> {
    let (length, roles) = (ground.dimensions(), ground.taxonomy.roles());
    // What the adapter is worth is measured on people whom it was not trained on: on its own it looks better than it is.
    let (measured, trained) = people.split_at(people.len() / 3);
    let mut pairs: Vec<Pair<'_>> = Vec::new();
    let slope = line(trained, ground, present).1;
    for cases in trained {
        let taken: HashSet<usize> = cases.iter().filter(|c| c.taken).map(|c| c.role).collect();
        let odds: Vec<f32> = cases
            .iter()
            .map(|c| (slope * c.score(present, ground)) as f32)
            .collect();
        let scored = || cases.iter().zip(&odds);
        pairs.extend(scored().filter(|(c, _)| c.taken).map(|(case, own)| {
            let away = scored().filter(|(c, _)| !c.taken).map(|(c, odds)| (c.role, odds - own));
            Pair {
                from: &case.middle,
                to: case.role,
                away: away.collect(),
                taken: taken.clone(),
            }
        }));
    }
    if length == 0 || pairs.len() < LEAST {
        return None;
    }
    chance.shuffle(&mut pairs);
    pairs.truncate(PAIRS);
    let wanted = (pairs.len() as f64 * NEIGHBOURS) as usize;
    let mut near: Vec<Pair<'_>> = Vec::new();
    for (place, role) in roles.iter().enumerate() {
        let next: HashSet<usize> = role
            .neighbours
            .iter()
            .filter_map(|n| ground.taxonomy.place(n))
            .collect();
        let taken: HashSet<usize> = next.iter().copied().chain([place]).collect();
        let mut next: Vec<usize> = next.into_iter().collect();
        next.sort_unstable();
        near.extend(next.into_iter().filter_map(|to| {
            Some(Pair {
                from: ground.description(&role.id)?,
                to,
                away: Vec::new(),
                taken: taken.clone(),
            })
        }));
    }
    chance.shuffle(&mut near);
    near.truncate(wanted);
    pairs.extend(near);

    let mut net = Net::new(length, chance);
    for _ in 0..EPOCHS {
        chance.shuffle(&mut pairs);
        for batch in pairs.chunks(BATCH) {
            for pair in batch {
                let mut others = pair.away.clone();
                // Where nothing was put away, roles at random stand in for it.
                for _ in 0..if others.is_empty() { OTHERS } else { 0 } {
                    let drawn = chance.below(roles.len());
                    if !pair.taken.contains(&drawn) {
                        others.push((drawn, 0.0));
                    }
                }
                let vector = |place: usize| ground.description(&roles[place].id).unwrap_or(&[]);
                let others: Vec<_> = others.into_iter().map(|(place, odds)| (vector(place), odds)).collect();
                net.add(pair.from, vector(pair.to), &others);
            }
            net.step(batch.len());
        }
    }
    let mut adapter = Adapter {
        dimensions: length,
        down: net.down.iter().map(|v| short(*v)).collect(),
        up: net.up.iter().map(|v| short(*v)).collect(),
        points: 0.0,
    };
    let before = Learned {
        adapter: None,
        ..present.clone()
    };
    adapter.points = points(measured, ground, &before, &adapter);
    (adapter.points > 0.0).then_some(Learned {
        adapter: Some(adapter),
        ..before
    })
}

/// Five decimals are enough, and short to keep.
fn short(value: f32) -> f32 {
    (value * 1e5).round() / 1e5
}

/// The two matrices with what Adam remembers of their gradients.
struct Net {
    length: usize,
    down: Vec<f32>,
    up: Vec<f32>,
    down_gradient: Vec<f32>,
    up_gradient: Vec<f32>,
    first: Vec<f32>,
    second: Vec<f32>,
    steps: i32,
}

/// A vector on its way through the net.
struct Passed<'v> {
    from: &'v [f32],
    /// V v.
    inner: Vec<f32>,
    out: Vec<f32>,
    length: f32,
}

impl Net {
    fn new(length: usize, chance: &mut Chance) -> Net {
        let width = (12.0 / length as f64).sqrt();
        let down: Vec<f32> = (0..RANK * length)
            .map(|_| ((chance.share() - 0.5) * width) as f32)
            .collect();
        let size = RANK * length;
        Net {
            length,
            down,
            // At first the residual is nothing.
            up: vec![0.0; size],
            down_gradient: vec![0.0; size],
            up_gradient: vec![0.0; size],
            first: vec![0.0; 2 * size],
            second: vec![0.0; 2 * size],
            steps: 0,
        }
    }

    fn pass<'v>(&self, from: &'v [f32]) -> Passed<'v> {
        let inner: Vec<f32> = self.down.chunks_exact(self.length).map(|row| dot(row, from)).collect();
        let mut out = from.to_vec();
        for (amount, column) in inner.iter().zip(self.up.chunks_exact(self.length)) {
            out.iter_mut().zip(column).for_each(|(o, c)| *o += amount * c);
        }
        Passed {
            from,
            inner,
            length: dot(&out, &out).sqrt().max(1e-6),
            out,
        }
    }

    /// Adds the gradient of one pair against others.
    fn add(&mut self, from: &[f32], to: &[f32], others: &[(&[f32], f32)]) {
        let here = self.pass(from);
        let there: Vec<(&[f32], f32)> = std::iter::once((to, 0.0)).chain(others.iter().copied()).collect();
        let cosines: Vec<f32> = there.iter().map(|(t, _)| dot(&here.out, t) / here.length).collect();
        let odds: Vec<f32> = cosines.iter().zip(&there).map(|(c, (_, o))| c / HEAT + o).collect();
        let best = odds.iter().copied().fold(f32::MIN, f32::max);
        let chances: Vec<f32> = odds.iter().map(|o| (o - best).exp()).collect();
        let all: f32 = chances.iter().sum();
        let mut gradient = vec![0.0f32; self.length];
        for (n, (role, _)) in there.iter().enumerate() {
            let slope = (chances[n] / all - if n == 0 { 1.0 } else { 0.0 }) / HEAT;
            // The slope of a cosine: the role's unit vector less what lies along one's own.
            for ((g, r), own) in gradient.iter_mut().zip(*role).zip(&here.out) {
                *g += slope * (r - cosines[n] * own / here.length) / here.length;
            }
        }
        self.back(&here, &gradient);
    }

    fn back(&mut self, passed: &Passed<'_>, gradient: &[f32]) {
        for (rank, amount) in passed.inner.iter().enumerate() {
            let row = rank * self.length..(rank + 1) * self.length;
            let inner = dot(gradient, &self.up[row.clone()]);
            for (g, v) in self.up_gradient[row.clone()].iter_mut().zip(gradient) {
                *g += v * amount;
            }
            for (g, v) in self.down_gradient[row].iter_mut().zip(passed.from) {
                *g += v * inner;
            }
        }
    }

    /// One step of Adam with a mild decay, over the mean gradient of a batch; the gradients begin anew.
    fn step(&mut self, batch: usize) {
        self.steps += 1;
        let (fade, decay) = ((0.9f32, 0.999f32), 0.02f32);
        let (low, high) = (1.0 - fade.0.powi(self.steps), 1.0 - fade.1.powi(self.steps));
        let size = self.down.len();
        let values = self.down.iter_mut().chain(&mut self.up);
        let gradients = self.down_gradient.iter_mut().chain(&mut self.up_gradient);
        for (n, (value, gradient)) in values.zip(gradients).enumerate() {
            let g = *gradient / batch as f32;
            *gradient = 0.0;
            self.first[n] = fade.0 * self.first[n] + (1.0 - fade.0) * g;
            self.second[n] = fade.1 * self.second[n] + (1.0 - fade.1) * g * g;
            let step = RATE * (self.first[n] / low) / ((self.second[n] / high).sqrt() + 1e-6);
            *value -= step;
            if n >= size {
                *value -= RATE * decay * *value;
            }
        }
    }
}
