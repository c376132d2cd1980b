//! How the search for the nearest grows with the number of vectors.
//!
//! `growth [COUNT…]` perturbs the real vectors of the taxonomy's titles and other names (half of another name's is added,
//! and noise), asks for the ten nearest to a hundred more of the kind, and prints for each count how long making and
//! asking take and how many of the true ten are found. Without counts: 500, 30,000, 200,000 and 1,000,000 (about 2 GB).

use bespoke_core::roles::Taxonomy;
use bespoke_core::vectors::scale_to_unit;
use bespoke_models::nearest::{EXACT, Nearest};
use bespoke_models::{DIMENSIONS, Embedder};
use std::path::Path;
use std::time::Instant;

const QUERIES: usize = 100;

/// Xorshift (Marsaglia, 2003): the same numbers every time.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// From −0.5 to 0.5.
    fn share(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32 - 0.5
    }
}

fn perturbed(titles: &[Vec<f32>], count: usize, numbers: &mut Numbers) -> Vec<f32> {
    let mut out = Vec::with_capacity(count * DIMENSIONS);
    for _ in 0..count {
        let mut any = || numbers.next() as usize % titles.len();
        let (one, other) = (&titles[any()], &titles[any()]);
        let mut made: Vec<f32> = one
            .iter()
            .zip(other)
            .map(|(a, b)| a + 0.5 * b + 0.03 * numbers.share())
            .collect();
        scale_to_unit(&mut made);
        out.extend(made);
    }
    out
}

fn main() {
    let counts: Vec<usize> = std::env::args().skip(1).filter_map(|a| a.parse().ok()).collect();
    let counts = if counts.is_empty() {
        vec![500, 30_000, 200_000, 1_000_000]
    } else {
        counts
    };
    let models = std::env::var_os("BESPOKE_MODELS").expect("BESPOKE_MODELS names the folder of the model");
    let embedder = Embedder::open(Path::new(&models), 2).expect("the model");
    let names: Vec<&str> = Taxonomy::builtin().roles().iter().flat_map(|r| r.names()).collect();
    let titles = embedder.embed_batch(&names);
    println!("{} titles; all are compared up to {EXACT} vectors", titles.len());
    println!("|   vectors | made in s | search p50 ms | search p95 ms | recall of 10 |\n|---|---|---|---|---|");
    for count in counts {
        let mut numbers = Numbers(0x5eed);
        let vectors = perturbed(&titles, count, &mut numbers);
        let queries = perturbed(&titles, QUERIES, &mut numbers);
        let start = Instant::now();
        let index = Nearest::new(vectors, DIMENSIONS);
        let made = start.elapsed().as_secs_f64();
        let (mut times, mut same) = (Vec::new(), 0);
        for query in queries.chunks_exact(DIMENSIONS) {
            let start = Instant::now();
            let quick = index.search(query, 10);
            times.push(start.elapsed().as_secs_f64() * 1000.0);
            let all = index.search_all(query, 10);
            same += all.iter().filter(|a| quick.iter().any(|q| q.0 == a.0)).count();
        }
        times.sort_by(f64::total_cmp);
        println!(
            "| {count:>9} | {made:>9.1} | {:>13.3} | {:>13.3} | {:>12.3} |",
            times[QUERIES / 2],
            times[QUERIES * 95 / 100],
            same as f64 / (QUERIES * 10) as f64
        );
    }
}
