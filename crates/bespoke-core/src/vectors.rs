//! Sums over vectors, the same on every machine: eight sums side by side, added up in one order.

/// The sum of products; with unit vectors, the cosine between them. What the longer one has beyond is left out.
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0f32; 8];
    let (left, right) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f32 = left.remainder().iter().zip(right.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in left.zip(right) {
        for lane in 0..8 {
            sums[lane] += x[lane] * y[lane];
        }
    }
    sums.iter().sum::<f32>() + rest
}

/// Makes a vector one of length 1; one of length 0 stays.
pub fn scale_to_unit(vector: &mut [f32]) {
    let length = dot(vector, vector).sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|v| *v /= length);
    }
}

/// The unit vector that goes from `centre` to `vector`.
pub fn direction(vector: &[f32], centre: &[f32]) -> Vec<f32> {
    let mut out: Vec<f32> = vector.iter().zip(centre).map(|(v, c)| v - c).collect();
    scale_to_unit(&mut out);
    out
}

/// The numbers of a file of f32, little-endian; bytes after the last whole one are left out.
pub fn numbers(bytes: &[u8]) -> Vec<f32> {
    let number = |b: &[u8]| f32::from_le_bytes([b[0], b[1], b[2], b[3]]);
    bytes.chunks_exact(4).map(number).collect()
}

/// The mean of vectors of one length; empty where there are none.
pub fn mean<'v>(vectors: impl Iterator<Item = &'v [f32]>) -> Vec<f32> {
    let mut sum: Vec<f32> = Vec::new();
    let mut count = 0.0f32;
    for vector in vectors {
        sum.resize(vector.len().max(sum.len()), 0.0);
        sum.iter_mut().zip(vector).for_each(|(s, v)| *s += v);
        count += 1.0;
    }
    sum.iter_mut().for_each(|s| *s /= count);
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_do_not_lose_the_rest() {
        let a: Vec<f32> = (0..19).map(|n| n as f32).collect();
        assert_eq!(dot(&a, &a), (0..19).map(|n| (n * n) as f32).sum::<f32>());
        assert!((dot(&direction(&a, &[0.0; 19]), &direction(&a, &[0.0; 19])) - 1.0).abs() < 1e-6);
        assert_eq!(mean([[1.0f32, 2.0].as_slice(), &[3.0, 6.0]].into_iter()), [2.0, 4.0]);
        assert_eq!(direction(&[1.0, 1.0], &[1.0, 1.0]), [0.0, 0.0]);
    }
}
