//! A graph of neighbours in layers (hierarchical navigable small world; Malkov and Yashunin, 2018): a search walks from a
//! far point to the near ones and looks at a few thousand of a million.

use super::{Bytes, product};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Neighbours on a layer; twice as many on the lowest.
const NEIGHBOURS: usize = 16;
/// Candidates when a point is put in.
const CANDIDATES: usize = 64;
const NOBODY: u32 = u32::MAX;

/// A point with its product with what is looked for; the greater is the nearer, then the earlier.
type Near = (i32, Reverse<u32>);

/// The layers.
pub(super) struct Graph {
    /// Room for the neighbours of every point on the lowest layer.
    lowest: Vec<u32>,
    /// By point: its neighbours on each layer above.
    above: Vec<Vec<Vec<u32>>>,
    entry: u32,
}

/// Marks of the points that a walk has seen, wiped at once by counting on.
struct Marks {
    marks: Vec<u32>,
    now: u32,
}

impl Marks {
    fn first(&mut self, point: u32) -> bool {
        std::mem::replace(&mut self.marks[point as usize], self.now) != self.now
    }
}

/// The same for a single walk, a bit a point: so few bytes that making them costs next to nothing.
struct Bits(Vec<u64>);

impl Bits {
    fn first(&mut self, point: u32) -> bool {
        let (word, bit) = (&mut self.0[point as usize / 64], 1u64 << (point % 64));
        let new = *word & bit == 0;
        *word |= bit;
        new
    }
}

/// How many layers above the lowest a point is on: a number that depends on its place alone (SplitMix64; Steele, 2014).
fn height(point: u32) -> usize {
    let mut z = (u64::from(point) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    let chance = ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64;
    (-chance.max(1e-12).ln() / (NEIGHBOURS as f64).ln()) as usize
}

impl Graph {
    /// Puts all points in, one after the other.
    pub fn of(points: &Bytes) -> Graph {
        let count = points.count();
        let mut graph = Graph {
            lowest: vec![NOBODY; count * NEIGHBOURS * 2],
            above: (0..count as u32).map(|p| vec![Vec::new(); height(p)]).collect(),
            entry: 0,
        };
        let mut seen = Marks {
            marks: vec![0; count],
            now: 0,
        };
        for point in 1..count as u32 {
            graph.put_in(points, point, &mut seen);
        }
        graph
    }

    fn top(&self) -> usize {
        self.above.get(self.entry as usize).map_or(0, Vec::len)
    }

    fn neighbours(&self, point: u32, layer: usize) -> &[u32] {
        if layer > 0 {
            return &self.above[point as usize][layer - 1];
        }
        let room = NEIGHBOURS * 2;
        let all = &self.lowest[point as usize * room..(point as usize + 1) * room];
        let end = all.iter().position(|n| *n == NOBODY).unwrap_or(room);
        &all[..end]
    }

    fn set(&mut self, point: u32, layer: usize, neighbours: &[u32]) {
        if layer > 0 {
            self.above[point as usize][layer - 1] = neighbours.to_vec();
            return;
        }
        let room = NEIGHBOURS * 2;
        let all = &mut self.lowest[point as usize * room..(point as usize + 1) * room];
        all.fill(NOBODY);
        all[..neighbours.len()].copy_from_slice(neighbours);
    }

    fn put_in(&mut self, points: &Bytes, point: u32, seen: &mut Marks) {
        let query = points.at(point);
        let high = self.above[point as usize].len();
        let top = self.top();
        let mut from = self.entry;
        for layer in (high + 1..=top).rev() {
            from = self.climb(points, query, from, layer);
        }
        for layer in (0..=high.min(top)).rev() {
            seen.now += 1;
            let found = self.walk(points, query, from, layer, CANDIDATES, |p| seen.first(p));
            from = found.first().map_or(from, |f| f.1.0);
            let chosen = choose(points, &found, NEIGHBOURS);
            self.set(point, layer, &chosen);
            for other in chosen {
                self.join(points, other, point, layer);
            }
        }
        if high > top {
            self.entry = point;
        }
    }

    /// Makes `point` a neighbour of `other`, which keeps those that lie in different directions where it has too many.
    fn join(&mut self, points: &Bytes, other: u32, point: u32, layer: usize) {
        let room = if layer == 0 { NEIGHBOURS * 2 } else { NEIGHBOURS };
        let mut all = self.neighbours(other, layer).to_vec();
        all.push(point);
        if all.len() > room {
            points.touch(&all);
            let own = points.at(other);
            let mut near: Vec<Near> = all.iter().map(|n| (product(own, points.at(*n)), Reverse(*n))).collect();
            near.sort_unstable_by(|a, b| b.cmp(a));
            all = choose(points, &near, room);
        }
        self.set(other, layer, &all);
    }

    /// The nearest point of a layer that one step after the other leads to.
    fn climb(&self, points: &Bytes, query: &[i8], from: u32, layer: usize) -> u32 {
        let mut best: Near = (product(query, points.at(from)), Reverse(from));
        loop {
            let neighbours = self.neighbours(best.1.0, layer).iter();
            let next = neighbours.map(|n| (product(query, points.at(*n)), Reverse(*n))).max();
            match next {
                Some(next) if next > best => best = next,
                _ => return best.1.0,
            }
        }
    }

    /// The nearest points of a layer that a walk with so many candidates finds, the nearest first. `first` is true the first
    /// time that it is asked about a point.
    fn walk(
        &self,
        points: &Bytes,
        query: &[i8],
        from: u32,
        layer: usize,
        candidates: usize,
        mut first: impl FnMut(u32) -> bool,
    ) -> Vec<Near> {
        first(from);
        let start: Near = (product(query, points.at(from)), Reverse(from));
        let mut open = BinaryHeap::from([start]);
        let mut best = BinaryHeap::from([Reverse(start)]);
        let mut new = Vec::with_capacity(NEIGHBOURS * 2);
        while let Some(point) = open.pop() {
            let full = best.len() >= candidates;
            if full && best.peek().is_some_and(|least| point < least.0) {
                break;
            }
            new.clear();
            new.extend(self.neighbours(point.1.0, layer).iter().filter(|n| first(**n)));
            points.touch(&new);
            for next in &new {
                let near: Near = (product(query, points.at(*next)), Reverse(*next));
                if best.len() < candidates || best.peek().is_some_and(|least| near > least.0) {
                    open.push(near);
                    best.push(Reverse(near));
                    if best.len() > candidates {
                        best.pop();
                    }
                }
            }
        }
        let mut out: Vec<Near> = best.into_iter().map(|r| r.0).collect();
        out.sort_unstable_by(|a, b| b.cmp(a));
        out
    }

    /// About `candidates` of the points nearest to `query`, in no order.
    pub fn search(&self, points: &Bytes, query: &[i8], candidates: usize) -> Vec<u32> {
        if points.count() == 0 {
            return Vec::new();
        }
        let mut from = self.entry;
        for layer in (1..=self.top()).rev() {
            from = self.climb(points, query, from, layer);
        }
        let mut seen = Bits(vec![0; points.count().div_ceil(64)]);
        let found = self.walk(points, query, from, 0, candidates, |p| seen.first(p));
        found.into_iter().map(|(_, Reverse(n))| n).collect()
    }
}

/// Of points in order of nearness those that are nearer to the one in question than to any chosen before them (algorithm
/// 4 of the paper), at most `room`; what is left over fills it up.
fn choose(points: &Bytes, near: &[Near], room: usize) -> Vec<u32> {
    let mut chosen: Vec<u32> = Vec::with_capacity(room);
    let mut left = Vec::new();
    for (product_with, Reverse(point)) in near {
        if chosen.len() == room {
            break;
        }
        let own = points.at(*point);
        if chosen.iter().all(|c| product(own, points.at(*c)) < *product_with) {
            chosen.push(*point);
        } else {
            left.push(*point);
        }
    }
    left.truncate(room - chosen.len());
    chosen.extend(left);
    chosen
}
