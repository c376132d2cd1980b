//! A linear-chain conditional random field over the words of a whole text (Lafferty, McCallum and Pereira 2001): weights of
//! hashed features, one byte each, and weights of the steps between labels.

/// Labels of a word: outside, then for each kind of mention its first word and the words that follow.
pub const LABELS: usize = 9;
/// Bytes before the table: magic and bits of the table's size, the scale of its weights, the weights of steps.
pub const HEADER: usize = 8 + 4 * (1 + LABELS * LABELS);
const MAGIC: &[u8] = b"crf9-v1";

/// Scores of the labels of one word.
pub type Scores = [f32; LABELS];
/// Weights of the steps from a label to the next.
pub type Steps = [[f32; LABELS]; LABELS];

/// True where `to` may follow `from`: what goes on must have begun.
pub fn allowed(from: usize, to: usize) -> bool {
    to == 0 || to % 2 == 1 || from == to || from == to - 1
}

/// The weights of a trained field.
#[derive(Debug, Clone)]
pub struct Model<'b> {
    scale: f32,
    steps: Steps,
    mask: u32,
    table: &'b [u8],
}

impl<'b> Model<'b> {
    /// Weights as [`write`] writes them; `None` where they are not.
    pub fn read(bytes: &'b [u8]) -> Option<Model<'b>> {
        let number = |at: usize| bytes.get(at..at + 4)?.first_chunk().map(|b| f32::from_le_bytes(*b));
        if !bytes.starts_with(MAGIC) {
            return None;
        }
        let size = 1usize << bytes.get(7)?.min(&24);
        let table = bytes.get(HEADER..).filter(|t| t.len() == size * LABELS)?;
        let mut steps = [[0.0; LABELS]; LABELS];
        for (n, cell) in steps.iter_mut().flatten().enumerate() {
            *cell = number(12 + 4 * n)?;
        }
        Some(Model {
            scale: number(8)?,
            steps,
            mask: size as u32 - 1,
            table,
        })
    }

    /// The probability of every label at every word, 0 to 1, from the hashed features of the words.
    pub fn marginals(&self, words: &[Vec<u32>]) -> Vec<Scores> {
        let scores: Vec<Scores> = words.iter().map(|features| self.scores(features)).collect();
        forward_backward(&scores, &self.steps).0
    }

    fn scores(&self, features: &[u32]) -> Scores {
        let mut sums = [0i32; LABELS];
        for hash in features {
            let at = (hash & self.mask) as usize * LABELS;
            for (sum, weight) in sums.iter_mut().zip(&self.table[at..at + LABELS]) {
                *sum += i32::from(*weight as i8);
            }
        }
        sums.map(|sum| self.scale * sum as f32)
    }
}

/// The bytes of a model: `table` holds [`LABELS`] weights a row, `2^bits` rows.
pub fn write(bits: u8, table: &[f32], steps: &Steps) -> Vec<u8> {
    // One byte a weight; the few beyond the largest thousandth are cut.
    let mut sizes: Vec<f32> = table.iter().map(|w| w.abs()).filter(|w| *w > 1e-6).collect();
    sizes.sort_by(f32::total_cmp);
    let scale = sizes.get(sizes.len() * 999 / 1000).copied().unwrap_or(1.0) / 127.0;
    let mut out = MAGIC.to_vec();
    out.push(bits);
    out.extend(scale.to_le_bytes());
    for step in steps.iter().flatten() {
        out.extend(step.to_le_bytes());
    }
    out.extend(
        table
            .iter()
            .map(|w| (w / scale).round().clamp(-127.0, 127.0) as i8 as u8),
    );
    out
}

/// The exponential function, rounded from double precision: libraries of other platforms differ in the last bit of their
/// single one, and the same file must give the same probabilities everywhere.
fn exp(value: f32) -> f32 {
    f64::from(value).exp() as f32
}

/// Marginal probabilities of the labels, and of the steps summed over the text, by the forward-backward algorithm; each
/// position is scaled to sum to one, which keeps long texts in range (Rabiner 1989, section V.A).
pub fn forward_backward(scores: &[Scores], steps: &Steps) -> (Vec<Scores>, Steps) {
    let count = scores.len();
    let mut taken = [[0.0; LABELS]; LABELS];
    if count == 0 {
        return (Vec::new(), taken);
    }
    let mut gate = [[0.0f32; LABELS]; LABELS];
    for (from, row) in gate.iter_mut().enumerate() {
        for (to, cell) in row.iter_mut().enumerate() {
            if allowed(from, to) {
                *cell = exp(steps[from][to]);
            }
        }
    }
    let weights: Vec<Scores> = scores
        .iter()
        .map(|s| {
            let top = s.iter().copied().fold(f32::MIN, f32::max);
            s.map(|v| exp(v - top))
        })
        .collect();
    let normal = |mut v: Scores| {
        let sum: f32 = v.iter().sum::<f32>().max(f32::MIN_POSITIVE);
        v.iter_mut().for_each(|x| *x /= sum);
        v
    };
    let mut forward: Vec<Scores> = Vec::with_capacity(count);
    let mut first = weights[0];
    for inside in (2..LABELS).step_by(2) {
        first[inside] = 0.0;
    }
    forward.push(normal(first));
    for n in 1..count {
        let before = forward[n - 1];
        let mut now = [0.0; LABELS];
        for (to, value) in now.iter_mut().enumerate() {
            let sum: f32 = (0..LABELS).map(|from| before[from] * gate[from][to]).sum();
            *value = sum * weights[n][to];
        }
        forward.push(normal(now));
    }
    let mut backward = [1.0 / LABELS as f32; LABELS];
    let mut out = vec![[0.0; LABELS]; count];
    for n in (0..count).rev() {
        let mut here = forward[n];
        here.iter_mut().zip(&backward).for_each(|(a, b)| *a *= b);
        out[n] = normal(here);
        if n == 0 {
            break;
        }
        let mut pairs = [[0.0f32; LABELS]; LABELS];
        let mut sum = 0.0;
        let mut next = [0.0; LABELS];
        for from in 0..LABELS {
            for to in 0..LABELS {
                let onward = gate[from][to] * weights[n][to] * backward[to];
                next[from] += onward;
                pairs[from][to] = forward[n - 1][from] * onward;
                sum += pairs[from][to];
            }
        }
        for (total, pair) in taken.iter_mut().flatten().zip(pairs.iter().flatten()) {
            *total += pair / sum.max(f32::MIN_POSITIVE);
        }
        backward = normal(next);
    }
    (out, taken)
}

/// The most likely sequence of labels (Viterbi) when each word's labels have these probabilities; `boldness` is added to
/// the logarithm of the labels of each kind of mention, in the order of the kinds.
pub fn decode(marginals: &[Scores], boldness: [f32; LABELS / 2]) -> Vec<usize> {
    let Some(first) = marginals.first() else {
        return Vec::new();
    };
    let log = |m: &Scores| {
        let mut out = m.map(|v| f64::from(v.max(1e-9)).ln() as f32);
        for (kind, labels) in out[1..].chunks_mut(2).enumerate() {
            labels.iter_mut().for_each(|v| *v += boldness[kind]);
        }
        out
    };
    let mut best = log(first);
    let mut back: Vec<[usize; LABELS]> = Vec::with_capacity(marginals.len());
    for m in &marginals[1..] {
        let score = log(m);
        let mut next = [f32::NEG_INFINITY; LABELS];
        let mut from = [0; LABELS];
        for to in 0..LABELS {
            for before in (0..LABELS).filter(|b| allowed(*b, to)) {
                if best[before] + score[to] > next[to] {
                    (next[to], from[to]) = (best[before] + score[to], before);
                }
            }
        }
        best = next;
        back.push(from);
    }
    let mut label = (0..LABELS).fold(0, |a, b| if best[b] > best[a] { b } else { a });
    let mut out = vec![label];
    for from in back.iter().rev() {
        label = from[label];
        out.push(label);
    }
    out.reverse();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All label sequences of three words, summed one by one, give the same probabilities.
    #[test]
    fn marginals_are_those_of_the_sum_over_all_sequences() {
        let scores: Vec<Scores> = (0..3)
            .map(|n| std::array::from_fn(|l| ((n * 7 + l * 5) % 11) as f32 / 4.0 - 1.0))
            .collect();
        let steps: Steps = std::array::from_fn(|a| std::array::from_fn(|b| ((a * 3 + b * 2) % 7) as f32 / 5.0 - 0.5));
        let (found, taken) = forward_backward(&scores, &steps);
        let mut want = vec![[0.0f64; LABELS]; 3];
        let mut pairs = [[0.0f64; LABELS]; LABELS];
        let mut total = 0.0;
        for a in (0..LABELS).filter(|a| *a == 0 || a % 2 == 1) {
            for b in (0..LABELS).filter(|b| allowed(a, *b)) {
                for c in (0..LABELS).filter(|c| allowed(b, *c)) {
                    let sum = scores[0][a] + scores[1][b] + scores[2][c] + steps[a][b] + steps[b][c];
                    let weight = f64::from(sum).exp();
                    total += weight;
                    for (n, label) in [a, b, c].into_iter().enumerate() {
                        want[n][label] += weight;
                    }
                    pairs[a][b] += weight;
                    pairs[b][c] += weight;
                }
            }
        }
        for n in 0..3 {
            for label in 0..LABELS {
                assert!((f64::from(found[n][label]) - want[n][label] / total).abs() < 1e-4);
            }
        }
        for a in 0..LABELS {
            for b in 0..LABELS {
                assert!((f64::from(taken[a][b]) - pairs[a][b] / total).abs() < 1e-4);
            }
        }
    }

    #[test]
    fn a_model_reads_what_was_written() {
        let table: Vec<f32> = (0..4 * LABELS).map(|n| n as f32 / 40.0 - 0.4).collect();
        let steps = [[0.25; LABELS]; LABELS];
        let bytes = write(2, &table, &steps);
        let model = Model::read(&bytes).expect("a model");
        let scores = model.scores(&[1, 3]);
        for label in 0..LABELS {
            let want = table[LABELS + label] + table[3 * LABELS + label];
            assert!((scores[label] - want).abs() < 0.01, "{label}");
        }
        assert!(Model::read(&bytes[..bytes.len() - 1]).is_none());
        assert!(Model::read(b"something else").is_none());
    }
}
