//! Trials of template variants with honest statistics: counts in, a report with intervals and a verdict out.
//!
//! A variant has `people` that were given it and `successes` among them. Each rate has a uniform prior, so that its
//! posterior is Beta(1 + successes, 1 + failures). People look at running trials every day, so the verdict must not be
//! won by looking often: a variant is called better only where the Bayes factor of "two rates" against "one rate" is
//! high enough. Its supremum over a whole run exceeds 20 with a probability of at most 1/20 where there is no difference
//! (Ville 1939; Deng, Lu and Chen 2016, "Continuous monitoring of A/B tests without pain"), however often one looks.

mod special;

use serde::{Deserialize, Serialize};
use special::{beta_quantile, chi_square_tail, ln_beta, probability_greater};

/// One variant of a trial as its operator defines it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Variant {
    /// Its name; the first of a trial is what the others are compared with.
    pub name: String,
    /// Name of the template that it shows.
    pub template: String,
    /// Its share of people, in parts of the sum of all shares; at least 1.
    pub share: u32,
}

/// When a trial may be decided.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Rule {
    /// People that every variant needs before anything is said of it.
    pub least: u64,
    /// People that every variant has at most: then the trial ends, decided or not.
    pub most: u64,
    /// Chance of a wrong verdict where there is no difference, over the whole trial: 0.05.
    pub error: f64,
}

impl Default for Rule {
    fn default() -> Self {
        Rule {
            least: 100,
            most: 5_000,
            error: 0.05,
        }
    }
}

/// How many people a variant was given to, and how many did what is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Count {
    /// People.
    pub people: u64,
    /// Those among them who did it; never more than `people`.
    pub successes: u64,
}

/// What is known of one variant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Estimate {
    /// The variant.
    pub name: String,
    /// Its counts.
    pub count: Count,
    /// Mean of its rate, 0 to 1; absent under the minimum sample.
    pub rate: Option<f64>,
    /// Where the rate lies with 95 % probability; absent under the minimum sample.
    pub interval: Option<(f64, f64)>,
    /// Probability that its rate is above that of the first variant; absent for the first and under the minimum sample.
    pub better: Option<f64>,
    /// How much more probable the counts are with a difference to the first variant than without one.
    pub bayes_factor: Option<f64>,
}

/// What a trial says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case", tag = "verdict")]
pub enum Verdict {
    /// A variant has fewer people than the rule asks for.
    NotEnoughData {
        /// People still missing, over all variants.
        missing: u64,
    },
    /// People are not spread as the shares say: something is wrong with the trial, and its numbers say nothing.
    Mismatch {
        /// Probability of a spread as uneven as this by chance.
        p: f64,
    },
    /// Nothing to say yet; go on.
    GoOn,
    /// This variant is better than the first.
    Better {
        /// Its name.
        name: String,
    },
    /// The first variant is better than all others that differ from it.
    KeepFirst,
    /// The trial has reached its end without a difference.
    NoDifference,
}

/// A report on a trial.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Report {
    /// Every variant, in the order of its definition.
    pub variants: Vec<Estimate>,
    /// What they say together.
    pub verdict: Verdict,
    /// The rule in words.
    pub rule: String,
}

/// A spread of people this improbable is no accident.
const MISMATCH: f64 = 0.001;

/// Which variant a person gets, by index: always the same for the same trial and person, and in the long run as the
/// shares say. `None` where no share is above 0.
pub fn assign(trial: &str, person: &str, variants: &[Variant]) -> Option<usize> {
    let total: u64 = variants.iter().map(|v| u64::from(v.share)).sum();
    // FNV-1a, then the finisher of SplitMix64: one bit of the input changes half of the output.
    let mut hash = trial
        .bytes()
        .chain([0])
        .chain(person.bytes())
        .fold(0xcbf2_9ce4_8422_2325u64, |h, b| {
            (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
        });
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^= hash >> 31;
    let mut at = hash.checked_rem(total)?;
    variants.iter().position(|v| {
        let share = u64::from(v.share);
        let here = at < share;
        at = at.saturating_sub(share);
        here
    })
}

/// Judges a trial. `counts` has one entry per variant, in their order; missing ones count as 0.
pub fn report(variants: &[Variant], counts: &[Count], rule: Rule) -> Report {
    let count = |n: usize| {
        let c = counts.get(n).copied().unwrap_or_default();
        Count {
            people: c.people,
            successes: c.successes.min(c.people),
        }
    };
    let first = count(0);
    let enough = (0..variants.len()).all(|n| count(n).people >= rule.least.max(1));
    let posterior = |c: Count| (1.0 + c.successes as f64, 1.0 + (c.people - c.successes) as f64);
    let estimates: Vec<Estimate> = variants
        .iter()
        .enumerate()
        .map(|(n, variant)| {
            let c = count(n);
            let (a, b) = posterior(c);
            let shown = c.people >= rule.least.max(1);
            let compared = enough && n > 0;
            Estimate {
                name: variant.name.clone(),
                count: c,
                rate: shown.then(|| a / (a + b)),
                interval: shown.then(|| (beta_quantile(0.025, a, b), beta_quantile(0.975, a, b))),
                better: compared.then(|| probability_greater(posterior(c), posterior(first))),
                bayes_factor: compared.then(|| bayes_factor(c, first)),
            }
        })
        .collect();
    Report {
        verdict: verdict(variants, &estimates, rule, enough),
        variants: estimates,
        rule: in_words(rule, variants.len()),
    }
}

/// How much more probable two counts are with a rate each than with one rate for both, all rates equally likely before.
fn bayes_factor(x: Count, y: Count) -> f64 {
    let of = |c: Count| ln_beta(1.0 + c.successes as f64, 1.0 + (c.people - c.successes) as f64);
    let both = Count {
        people: x.people + y.people,
        successes: x.successes + y.successes,
    };
    (of(x) + of(y) - of(both)).exp()
}

fn threshold(rule: Rule, variants: usize) -> f64 {
    // Every comparison gets its part of the error (Bonferroni).
    variants.saturating_sub(1).max(1) as f64 / rule.error.clamp(1e-6, 1.0)
}

fn verdict(variants: &[Variant], estimates: &[Estimate], rule: Rule, enough: bool) -> Verdict {
    let people: u64 = estimates.iter().map(|e| e.count.people).sum();
    let shares: u64 = variants.iter().map(|v| u64::from(v.share)).sum();
    if variants.len() > 1 && shares > 0 && people >= 40 {
        let square: f64 = estimates
            .iter()
            .zip(variants)
            .filter(|(_, v)| v.share > 0)
            .map(|(e, v)| {
                let expected = people as f64 * f64::from(v.share) / shares as f64;
                (e.count.people as f64 - expected).powi(2) / expected
            })
            .sum();
        let p = chi_square_tail(square, variants.len() - 1);
        if p < MISMATCH {
            return Verdict::Mismatch { p };
        }
    }
    if !enough {
        let missing = estimates
            .iter()
            .map(|e| rule.least.saturating_sub(e.count.people))
            .sum();
        return Verdict::NotEnoughData { missing };
    }
    let differs: Vec<&Estimate> = estimates
        .iter()
        .filter(|e| e.bayes_factor.is_some_and(|k| k >= threshold(rule, variants.len())))
        .collect();
    let best = differs
        .iter()
        .filter(|e| e.better.is_some_and(|p| p > 0.5))
        .max_by(|a, b| a.rate.unwrap_or(0.0).total_cmp(&b.rate.unwrap_or(0.0)));
    if let Some(best) = best {
        return Verdict::Better {
            name: best.name.clone(),
        };
    }
    if !differs.is_empty() && differs.len() + 1 == variants.len() {
        return Verdict::KeepFirst;
    }
    match estimates.iter().all(|e| e.count.people >= rule.most) {
        true => Verdict::NoDifference,
        false => Verdict::GoOn,
    }
}

fn in_words(rule: Rule, variants: usize) -> String {
    format!(
        "Nothing is said before every variant has {} people. A variant counts as better or worse than the first where its Bayes factor reaches {:.0}; where there is no difference that happens in at most {:.0} % of trials, however often one looks. The trial ends at {} people each.",
        rule.least,
        threshold(rule, variants),
        rule.error * 100.0,
        rule.most
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two() -> Vec<Variant> {
        ["classic", "modern"]
            .map(|n| Variant {
                name: n.into(),
                template: n.into(),
                share: 1,
            })
            .into()
    }

    /// SplitMix64 as a source of numbers in 0..1.
    struct Chance(u64);
    impl Chance {
        fn next(&mut self) -> f64 {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = self.0;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            (z ^ (z >> 31)) as f64 / u64::MAX as f64
        }
    }

    /// True where a trial with these rates ends with a difference when one looks after every tenth person.
    fn decided(rates: [f64; 2], most: u64, chance: &mut Chance) -> Option<Verdict> {
        let rule = Rule {
            least: 100,
            most,
            error: 0.05,
        };
        let mut counts = [Count::default(); 2];
        for n in 0..most {
            for (count, rate) in counts.iter_mut().zip(rates) {
                count.people += 1;
                count.successes += u64::from(chance.next() < rate);
            }
            if n % 10 == 9 && n + 1 >= rule.least {
                let factor = bayes_factor(counts[1], counts[0]);
                if factor >= threshold(rule, 2) {
                    return Some(report(&two(), &counts, rule).verdict);
                }
            }
        }
        None
    }

    #[test]
    fn looking_often_finds_no_difference_where_there_is_none() {
        for (rate, seed) in [(0.05, 1), (0.2, 2), (0.5, 3)] {
            let mut chance = Chance(seed);
            let runs = 1_000;
            let wrong = (0..runs)
                .filter(|_| decided([rate; 2], 1_500, &mut chance).is_some())
                .count();
            let share = wrong as f64 / f64::from(runs);
            assert!(share < 0.05, "{rate}: {share}");
            println!("rate {rate}: {:.1} % wrong", share * 100.0);
        }
    }

    #[test]
    fn a_real_difference_is_found() {
        let mut chance = Chance(7);
        let found = (0..200).filter(|_| matches!(decided([0.2, 0.3], 2_000, &mut chance), Some(Verdict::Better { name }) if name == "modern")).count();
        assert!(found >= 190, "{found} of 200");
    }

    #[test]
    fn a_naive_rule_would_be_wrong_far_more_often() {
        // The same looks with "probability above 95 %" as the rule: what this module is there to prevent.
        let mut chance = Chance(3);
        let runs = 200;
        let wrong = (0..runs)
            .filter(|_| {
                let mut c = [Count::default(); 2];
                (0..1_500).any(|n| {
                    for count in &mut c {
                        count.people += 1;
                        count.successes += u64::from(chance.next() < 0.3);
                    }
                    n >= 100 && n % 50 == 0 && {
                        let p = probability_greater(
                            (1.0 + c[1].successes as f64, 1.0 + (c[1].people - c[1].successes) as f64),
                            (1.0 + c[0].successes as f64, 1.0 + (c[0].people - c[0].successes) as f64),
                        );
                        !(0.05..=0.95).contains(&p)
                    }
                })
            })
            .count();
        assert!(wrong > runs / 5, "{wrong}");
    }

    #[test]
    fn nothing_is_said_too_early_or_of_a_broken_trial() {
        let count = |people, successes| Count { people, successes };
        let early = report(&two(), &[count(20, 1), count(18, 9)], Rule::default());
        assert_eq!(early.verdict, Verdict::NotEnoughData { missing: 162 });
        assert!(
            early
                .variants
                .iter()
                .all(|v| v.rate.is_none() && v.interval.is_none() && v.better.is_none())
        );
        let broken = report(&two(), &[count(1_000, 100), count(700, 200)], Rule::default());
        assert!(matches!(broken.verdict, Verdict::Mismatch { p } if p < 0.001));
        let clear = report(&two(), &[count(1_000, 100), count(1_010, 220)], Rule::default());
        assert_eq!(clear.verdict, Verdict::Better { name: "modern".into() });
        let (low, high) = clear.variants[0].interval.unwrap();
        assert!(low < 0.1 && 0.1 < high && (high - low) < 0.04, "{low} {high}");
        let worse = report(&two(), &[count(1_000, 220), count(1_010, 100)], Rule::default());
        assert_eq!(worse.verdict, Verdict::KeepFirst);
        let over = report(&two(), &[count(5_000, 1_000), count(5_020, 1_010)], Rule::default());
        assert_eq!(over.verdict, Verdict::NoDifference);
        // A count that cannot be is no panic.
        let _ = report(
            &two(),
            &[count(3, 9)],
            Rule {
                least: 0,
                most: 0,
                error: 0.0,
            },
        );
        let _ = report(&[], &[], Rule::default());
    }

    #[test]
    fn assignment_is_sticky_and_keeps_to_the_shares() {
        let variants: Vec<Variant> = [("a", 3), ("b", 1), ("c", 0)]
            .map(|(n, share)| Variant {
                name: n.into(),
                template: n.into(),
                share,
            })
            .into();
        let mut seen = [0u32; 3];
        for n in 0..8_000 {
            let person = format!("person-{n}");
            let index = assign("templates", &person, &variants).unwrap();
            assert_eq!(assign("templates", &person, &variants), Some(index));
            seen[index] += 1;
        }
        assert!((5_850..6_150).contains(&seen[0]) && seen[2] == 0, "{seen:?}");
        assert_eq!(assign("x", "y", &[]), None);
    }
}
