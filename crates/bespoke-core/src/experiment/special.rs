//! Functions of the beta and gamma distributions. Formulas: Press et al., *Numerical Recipes*, 3rd edition, §6.1 to §6.4.

/// ln Γ(x) for x > 0 by Lanczos (g = 7, n = 9); relative error below 1e-13.
fn ln_gamma(x: f64) -> f64 {
    const C: [f64; 9] = [
        0.999_999_999_999_809_9,
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    let x = x - 1.0;
    let t = x + 7.5;
    let sum = C
        .iter()
        .enumerate()
        .skip(1)
        .fold(C[0], |sum, (n, c)| sum + c / (x + n as f64));
    0.5 * (2.0 * std::f64::consts::PI).ln() + (x + 0.5) * t.ln() - t + sum.ln()
}

/// ln B(a, b) for a, b > 0.
pub(super) fn ln_beta(a: f64, b: f64) -> f64 {
    ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b)
}

/// Distribution function of Beta(a, b) at x in 0 to 1 (regularised incomplete beta, by Lentz's continued fraction).
pub(super) fn beta_cdf(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let front = (a * x.ln() + b * (1.0 - x).ln() - ln_beta(a, b)).exp();
    if x < (a + 1.0) / (a + b + 2.0) {
        front * fraction(x, a, b) / a
    } else {
        1.0 - front * fraction(1.0 - x, b, a) / b
    }
}

fn fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let safe = |v: f64| if v.abs() < TINY { TINY } else { v };
    let mut c = 1.0;
    let mut d = 1.0 / safe(1.0 - (a + b) * x / (a + 1.0));
    let mut h = d;
    for m in 1..10_000 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / safe(1.0 + even * d);
        c = safe(1.0 + even / c);
        h *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / safe(1.0 + odd * d);
        c = safe(1.0 + odd / c);
        h *= d * c;
        if (d * c - 1.0).abs() < 1e-14 {
            break;
        }
    }
    h
}

/// Where the distribution function of Beta(a, b) reaches `p`, by bisection.
pub(super) fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if beta_cdf(middle, a, b) < p {
            low = middle
        } else {
            high = middle
        }
    }
    (low + high) / 2.0
}

/// Probability that a draw of Beta(x) is above one of Beta(y): the integral of one's density times the other's
/// distribution function, by Simpson's rule over the middle of x.
pub(super) fn probability_greater(x: (f64, f64), y: (f64, f64)) -> f64 {
    const STEPS: usize = 400;
    let (a, b) = x;
    let (low, high) = (beta_quantile(1e-9, a, b), beta_quantile(1.0 - 1e-9, a, b));
    let width = (high - low) / STEPS as f64;
    let norm = ln_beta(a, b);
    let at = |t: f64| {
        if t <= 0.0 || t >= 1.0 {
            return 0.0;
        }
        ((a - 1.0) * t.ln() + (b - 1.0) * (1.0 - t).ln() - norm).exp() * beta_cdf(t, y.0, y.1)
    };
    let sum: f64 = (0..=STEPS)
        .map(|n| {
            let weight = match n {
                0 | STEPS => 1.0,
                n if n % 2 == 1 => 4.0,
                _ => 2.0,
            };
            weight * at(low + n as f64 * width)
        })
        .sum();
    (sum * width / 3.0).clamp(0.0, 1.0)
}

/// Probability that a chi-square variable with `freedom` degrees is above `x` (upper incomplete gamma).
pub(super) fn chi_square_tail(x: f64, freedom: usize) -> f64 {
    let (a, x) = (freedom as f64 / 2.0, x / 2.0);
    if x <= 0.0 || freedom == 0 {
        return 1.0;
    }
    let front = (a * x.ln() - x - ln_gamma(a)).exp();
    if x < a + 1.0 {
        let (mut term, mut sum, mut n) = (1.0 / a, 1.0 / a, a);
        for _ in 0..1_000 {
            n += 1.0;
            term *= x / n;
            sum += term;
            if term < sum * 1e-15 {
                break;
            }
        }
        return 1.0 - front * sum;
    }
    let mut b = x + 1.0 - a;
    let mut c = 1e300;
    let mut d = 1.0 / b;
    let mut h = d;
    for n in 1..1_000 {
        let n = f64::from(n);
        let an = -n * (n - a);
        b += 2.0;
        d = 1.0 / (an * d + b);
        c = b + an / c;
        h *= d * c;
        if (d * c - 1.0).abs() < 1e-15 {
            break;
        }
    }
    front * h
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-6, "{a} {b}");
        near(ln_gamma(5.0), 24f64.ln());
        near(beta_cdf(0.5, 2.0, 3.0), 0.6875);
        near(beta_cdf(0.3, 1.0, 1.0), 0.3);
        near(beta_quantile(0.5, 3.0, 3.0), 0.5);
        // Tables: 95th percentile of chi-square with 1 and 4 degrees.
        near(chi_square_tail(3.841_458_8, 1), 0.05);
        near(chi_square_tail(9.487_729, 4), 0.05);
        near(chi_square_tail(0.5, 2), (-0.25f64).exp());
        near(probability_greater((3.0, 5.0), (3.0, 5.0)), 0.5);
        // Beta(2, 1) above Beta(1, 2): 5/6.
        near(probability_greater((2.0, 1.0), (1.0, 2.0)), 5.0 / 6.0);
    }
}
