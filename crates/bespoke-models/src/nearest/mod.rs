//! The nearest of many vectors: all of them compared up to [`EXACT`], a graph ([`graph`]) beyond.
//!
//! Vectors are kept twice: as bytes, which are compared first, and as they are, which decide among the best. So the answer up
//! to [`EXACT`] is that of comparing everything, and the same on every machine.

mod graph;

use bespoke_core::vectors::dot;
use graph::Graph;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Up to this many vectors all are compared.
pub const EXACT: usize = 100_000;
/// The best by bytes that are compared again as they are, for each one wanted, and besides.
const AGAIN: usize = 4;
const BESIDES: usize = 40;
/// Bytes that memory gives at once.
const LINE: usize = 64;
/// Candidates of a walk through the graph, at least.
const WALK: usize = 200;

/// Unit vectors of one length as bytes of one scale, so that their products compare.
struct Bytes {
    length: usize,
    /// What 1 becomes.
    scale: f32,
    all: Vec<i8>,
}

impl Bytes {
    fn of(vectors: &[f32], length: usize) -> Bytes {
        let most = vectors.iter().fold(f32::MIN_POSITIVE, |most, v| most.max(v.abs()));
        let scale = 127.0 / most;
        let all = vectors.iter().map(|v| (v * scale).round() as i8).collect();
        Bytes { length, scale, all }
    }

    fn query(&self, vector: &[f32]) -> Vec<i8> {
        let byte = |v: &f32| (v * self.scale).round().clamp(-127.0, 127.0) as i8;
        vector.iter().map(byte).collect()
    }

    fn at(&self, n: u32) -> &[i8] {
        let from = n as usize * self.length;
        &self.all[from..from + self.length]
    }

    /// Reads a byte of every line of memory that the points lie in, so that waiting for one is waiting for all: reads that do
    /// not depend on each other are under way at the same time.
    fn touch(&self, points: &[u32]) {
        let lines = points.iter().flat_map(|p| self.at(*p).iter().step_by(LINE));
        std::hint::black_box(lines.fold(0, |sum, byte| sum ^ byte));
    }

    fn count(&self) -> usize {
        self.all.len() / self.length.max(1)
    }
}

/// The sum of products of bytes.
fn product(a: &[i8], b: &[i8]) -> i32 {
    a.iter()
        .zip(b)
        .map(|(a, b)| i32::from(i16::from(*a) * i16::from(*b)))
        .sum()
}

/// Vectors among which the nearest are looked for.
pub struct Nearest {
    vectors: Vec<f32>,
    bytes: Bytes,
    graph: Option<Graph>,
}

impl Nearest {
    /// Of unit vectors, one after the other, each of `length` numbers. Beyond [`EXACT`] this takes about a fifth of a
    /// millisecond for each.
    pub fn new(vectors: Vec<f32>, length: usize) -> Nearest {
        let bytes = Bytes::of(&vectors, length);
        let graph = (bytes.count() > EXACT).then(|| Graph::of(&bytes));
        Nearest { vectors, bytes, graph }
    }

    /// The `count` nearest to a unit vector: place and cosine, the nearest first, ties by place. All of them are found up
    /// to [`EXACT`], nearly all beyond.
    pub fn search(&self, query: &[f32], count: usize) -> Vec<(usize, f32)> {
        let bytes = self.bytes.query(query);
        let wanted = count * AGAIN + BESIDES;
        let best: Vec<u32> = match &self.graph {
            Some(graph) => graph.search(&self.bytes, &bytes, wanted.max(WALK)),
            None => self.scan(&bytes, wanted),
        };
        self.decide(query, best.into_iter(), count)
    }

    /// As [`Nearest::search`], comparing everything as it is: what the others are measured against.
    pub fn search_all(&self, query: &[f32], count: usize) -> Vec<(usize, f32)> {
        self.decide(query, 0..self.bytes.count() as u32, count)
    }

    fn scan(&self, query: &[i8], wanted: usize) -> Vec<u32> {
        let mut best: BinaryHeap<Reverse<(i32, Reverse<u32>)>> = BinaryHeap::with_capacity(wanted + 1);
        for n in 0..self.bytes.count() as u32 {
            let near = (product(query, self.bytes.at(n)), Reverse(n));
            if best.len() < wanted {
                best.push(Reverse(near));
            } else if best.peek().is_some_and(|least| near > least.0) {
                best.pop();
                best.push(Reverse(near));
            }
        }
        best.into_iter().map(|Reverse((_, Reverse(n)))| n).collect()
    }

    fn decide(&self, query: &[f32], among: impl Iterator<Item = u32>, count: usize) -> Vec<(usize, f32)> {
        let length = self.bytes.length;
        let mut all: Vec<(usize, f32)> = among
            .map(|n| n as usize)
            .map(|n| (n, dot(query, &self.vectors[n * length..(n + 1) * length])))
            .collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        all.truncate(count);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bespoke_core::vectors::scale_to_unit;

    /// Vectors in clusters, as titles are, from a sequence of numbers that is always the same (xorshift, Marsaglia 2003).
    fn vectors(count: usize, length: usize, mut seed: u64) -> Vec<f32> {
        let mut next = || {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            (seed >> 40) as f32 / (1u64 << 24) as f32 - 0.5
        };
        let middles: Vec<f32> = (0..50 * length).map(|_| next()).collect();
        let mut out = Vec::with_capacity(count * length);
        for n in 0..count {
            let middle = &middles[(n % 50) * length..][..length];
            let mut one: Vec<f32> = middle.iter().map(|m| m + next()).collect();
            scale_to_unit(&mut one);
            out.extend(one);
        }
        out
    }

    fn found(index: &Nearest, queries: &[f32], length: usize) -> f64 {
        let mut same = 0;
        for query in queries.chunks_exact(length) {
            let all = index.search_all(query, 10);
            let quick = index.search(query, 10);
            assert!(quick.windows(2).all(|w| w[0].1 >= w[1].1));
            same += all.iter().filter(|a| quick.iter().any(|q| q.0 == a.0)).count();
        }
        same as f64 / (queries.len() / length * 10) as f64
    }

    #[test]
    fn a_scan_finds_all_of_the_nearest() {
        let index = Nearest::new(vectors(3000, 48, 7), 48);
        assert_eq!(found(&index, &vectors(50, 48, 11), 48), 1.0);
        assert!(index.graph.is_none());
        assert!(Nearest::new(Vec::new(), 48).search(&[0.0; 48], 5).is_empty());
    }

    #[test]
    fn a_walk_finds_nearly_all_of_the_nearest() {
        let mut index = Nearest::new(vectors(3000, 48, 7), 48);
        index.graph = Some(Graph::of(&index.bytes));
        let share = found(&index, &vectors(50, 48, 11), 48);
        assert!(share >= 0.95, "{share}");
        let one = vectors(1, 48, 13);
        let again = Graph::of(&index.bytes).search(&index.bytes, &index.bytes.query(&one), 50);
        let first = index
            .graph
            .as_ref()
            .map(|g| g.search(&index.bytes, &index.bytes.query(&one), 50));
        assert_eq!(first, Some(again), "the same vectors make the same graph");
    }
}
