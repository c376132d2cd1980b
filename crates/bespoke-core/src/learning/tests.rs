//! Learning is tried on people whose preferences we made, so that we know what there is to find.

use super::chance::Chance;
use super::fit::sigmoid;
use super::*;
use crate::vectors::dot;
use std::sync::LazyLock;

/// Length of the vectors: the words of a role's texts, hashed (Weinberger et al., 2009).
const LENGTH: usize = 48;

static DESCRIPTIONS: LazyLock<Vec<f32>> = LazyLock::new(|| {
    let taxonomy = Taxonomy::builtin();
    let texts = taxonomy.texts();
    let each = taxonomy.places().enumerate().flat_map(|(role, place)| {
        let mut vector = vec![0.0f32; LENGTH];
        let texts = &texts[place.clone()];
        let family = &taxonomy.roles()[role].family;
        for word in texts
            .iter()
            .chain([family; 4])
            .flat_map(|t| t.split(|c: char| !c.is_alphanumeric()))
        {
            let hash = word.bytes().fold(0xcbf2_9ce4_8422_2325u64, |h, b| {
                (h ^ u64::from(b.to_ascii_lowercase())).wrapping_mul(0x100_0000_01b3)
            });
            if word.len() > 3 {
                vector[(hash >> 8) as usize % LENGTH] += if hash & 1 == 0 { 1.0 } else { -1.0 };
            }
        }
        let length = dot(&vector, &vector).sqrt().max(1e-6);
        vector.into_iter().map(move |v| v / length).collect::<Vec<_>>()
    });
    each.collect()
});

fn ground() -> Ground<'static> {
    Ground {
        taxonomy: Taxonomy::builtin(),
        descriptions: &DESCRIPTIONS,
    }
}

/// What people really go by.
struct Preference {
    weights: Learned,
    /// People of one family like roles of another one more, by this share of the score.
    drawn: f64,
    /// Log-odds of each point of the score; 0 is a coin.
    slope: f64,
    /// Where people come from, and the roles that they judge.
    families: &'static [&'static str],
}

const FAMILIES: [&str; 3] = ["software-and-data", "education", "health"];

/// The family that people of a family are drawn to.
fn drawn_to(family: &str) -> &'static str {
    match family {
        "software-and-data" => "education",
        "education" => "health",
        _ => "software-and-data",
    }
}

fn people(count: usize, preference: &Preference, chance: &mut Chance) -> Vec<Feedback> {
    let taxonomy = Taxonomy::builtin();
    let roles = taxonomy.roles();
    let homes: Vec<usize> = (0..roles.len())
        .filter(|n| preference.families.contains(&roles[*n].family.as_str()))
        .collect();
    let mut out = Vec::new();
    for _ in 0..count {
        let home = &roles[homes[chance.below(homes.len())]];
        let near: Anchor = vec![(home.id.clone(), 1.0)];
        let middle = ground().middle(&near);
        let mut person = Feedback::default();
        for _ in 0..12 {
            let place = homes[chance.below(homes.len())];
            let role = &roles[place];
            let vector = ground().description(&role.id).expect("a vector");
            let noise = 0.3 * (chance.share() - 0.5);
            let mut traits = Traits {
                close: (f64::from(dot(&middle, vector)) + noise).clamp(0.0, 1.0),
                held: if chance.share() < 0.15 { chance.share() } else { 0.0 },
                rungs: chance.below(3) as f64,
                ..Traits::default()
            };
            let skilled = 0.3 + 0.4 * chance.share();
            let shown = taxonomy.telling(place).filter(|_| chance.share() < skilled);
            traits.shown = shown.map(|(name, _)| name.to_owned()).collect();
            let (mut have, mut all) = (0.0, 0.0);
            for (name, weight) in taxonomy.telling(place) {
                all += weight;
                have += if traits.shown.iter().any(|s| s == name) {
                    weight
                } else {
                    0.0
                };
            }
            traits.share = have / all;
            let truth = &preference.weights;
            let share = truth.share(taxonomy, place, &traits);
            let mut score = truth.shares(&traits, share, 0.0, truth.blend).total();
            if role.family == drawn_to(&home.family) {
                score += preference.drawn;
            }
            let deed = match chance.share() < sigmoid(preference.slope * (score - 0.35)) {
                true => Deed::Saved,
                false => Deed::Hidden,
            };
            person.note_role(RoleFeedback {
                role: role.id.clone(),
                deed,
                traits,
                near: near.clone(),
                day: "2026-01-31".into(),
            });
        }
        out.push(person);
    }
    out
}

/// The skills that weigh most in these families, each with a factor that is far from 1.
fn hidden_factors(families: &[&str]) -> BTreeMap<String, f64> {
    let taxonomy = Taxonomy::builtin();
    let mut weighs: BTreeMap<&str, f64> = BTreeMap::new();
    for (place, _) in taxonomy
        .roles()
        .iter()
        .enumerate()
        .filter(|(_, r)| families.contains(&r.family.as_str()))
    {
        let all: f64 = taxonomy.telling(place).map(|(_, w)| w).sum();
        taxonomy
            .telling(place)
            .for_each(|(name, w)| *weighs.entry(name).or_default() += w / all);
    }
    let mut most: Vec<_> = weighs.into_iter().collect();
    most.sort_by(|a, b| b.1.total_cmp(&a.1));
    let factors = most.iter().take(16).enumerate();
    factors
        .map(|(n, (name, _))| ((*name).to_owned(), if n % 2 == 0 { 4.0 } else { 0.25 }))
        .collect()
}

/// Chance that a role that somebody took stands above one that they put away.
fn order(people: &[Feedback], learned: &Learned) -> f64 {
    let (mut won, mut pairs) = (0.0, 0.0);
    for (_, cases) in cases(people, ground()) {
        let scored: Vec<(f64, bool)> = cases.iter().map(|c| (c.score(learned, ground()), c.taken)).collect();
        for (up, _) in scored.iter().filter(|s| s.1) {
            for (down, _) in scored.iter().filter(|s| !s.1) {
                pairs += 1.0;
                won += if up > down {
                    1.0
                } else if up == down {
                    0.5
                } else {
                    0.0
                };
            }
        }
    }
    won / pairs
}

/// People go by skills more than by meaning, are drawn to another family, and find some skills more telling than others.
fn hidden() -> Preference {
    Preference {
        weights: Learned {
            blend: 0.3,
            ..Learned::default()
        },
        drawn: 0.3,
        slope: 10.0,
        families: &FAMILIES,
    }
}

#[test]
fn a_hidden_preference_is_found() {
    let mut chance = Chance::new(7);
    let told = people(400, &hidden(), &mut chance);
    let (learned, report) = learn(&told, ground(), &Learned::default(), &Rule::default(), 1);
    let learned = learned.unwrap_or_else(|| panic!("{report:#?}"));
    assert!(learned.is_sound());
    assert!(
        report.changes[0].used && report.changes[2].used,
        "{:#?}",
        report.changes
    );
    assert!((0.2..0.45).contains(&learned.blend), "{}", learned.blend);
    // People who are in no part of it.
    let others = people(150, &hidden(), &mut chance);
    let (before, after) = (order(&others, &Learned::default()), order(&others, &learned));
    assert!(after > before + 0.05, "{before:.3} to {after:.3}");
    let back: Learned = serde_json::from_slice(&serde_json::to_vec(&learned).expect("JSON")).expect("sound");
    assert_eq!(back, learned);
}

#[test]
fn skills_that_tell_more_than_the_taxonomy_says_are_found() {
    let families = &FAMILIES[..1];
    let truth = hidden_factors(families);
    let preference = Preference {
        weights: Learned {
            blend: 0.3,
            skills: truth.clone(),
            ..Learned::default()
        },
        drawn: 0.0,
        slope: 9.0,
        families,
    };
    let mut chance = Chance::new(11);
    let told = people(700, &preference, &mut chance);
    let (learned, report) = learn(&told, ground(), &Learned::default(), &Rule::default(), 1);
    let learned = learned.unwrap_or_else(|| panic!("{report:#?}"));
    assert!(report.changes[1].used, "{:#?}", report.changes);
    let found = learned
        .skills
        .iter()
        .filter_map(|(name, f)| Some((f.ln(), truth.get(name)?.ln())));
    let (right, all) = found.fold((0, 0), |(r, n), (f, t)| (r + usize::from(f * t > 0.0), n + 1));
    assert!(
        all >= 12 && right * 10 >= all * 8,
        "{right} of {all} skills move the right way"
    );
    let others = people(200, &preference, &mut chance);
    let without = Learned {
        skills: BTreeMap::new(),
        ..learned.clone()
    };
    let (before, after) = (order(&others, &without), order(&others, &learned));
    assert!(after > before, "{before:.4} to {after:.4}");
}

#[test]
fn coins_change_nothing() {
    let coin = Preference { slope: 0.0, ..hidden() };
    let changed: Vec<u64> = (0..60)
        .filter(|seed| {
            let told = people(60, &coin, &mut Chance::new(1000 + seed));
            learn(&told, ground(), &Learned::default(), &Rule::default(), *seed)
                .0
                .is_some()
        })
        .collect();
    assert!(changed.len() * 20 <= 60, "{changed:?}");
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let told = people(90, &hidden(), &mut Chance::new(3));
    let bytes = |seed| {
        let (learned, report) = learn(&told, ground(), &Learned::default(), &Rule::default(), seed);
        (
            serde_json::to_vec(&learned).expect("JSON"),
            serde_json::to_vec(&report).expect("JSON"),
        )
    };
    assert_eq!(bytes(5), bytes(5));
    assert_ne!(bytes(5).1, bytes(6).1, "other people are kept apart");
}

#[test]
fn too_little_changes_nothing_and_says_so() {
    let told = people(20, &hidden(), &mut Chance::new(3));
    let (learned, report) = learn(&told, ground(), &Learned::default(), &Rule::default(), 1);
    assert_eq!(learned, None);
    assert!(
        report
            .verdict
            .starts_with("Too little to learn from: people 20 of 40 needed"),
        "{}",
        report.verdict
    );
    assert!(report.changes.is_empty());
    let (learned, report) = learn(&[], ground(), &Learned::default(), &Rule::default(), 1);
    assert!(learned.is_none() && report.people == 0);
}

#[test]
fn the_last_word_counts() {
    let mut person = Feedback::default();
    let said = |deed, day: &str| RoleFeedback {
        role: "chef".into(),
        deed,
        traits: Traits::default(),
        near: Vec::new(),
        day: day.into(),
    };
    person.note_role(said(Deed::Saved, "2026-01-01"));
    person.note_role(said(Deed::Tailored, "2026-01-02"));
    person.note_role(said(Deed::Hidden, "2026-01-03"));
    assert_eq!(
        person.roles.iter().map(|r| r.deed).collect::<Vec<_>>(),
        [Deed::Tailored, Deed::Hidden]
    );
    person.forget_before("2026-01-03");
    assert_eq!(person.roles.len(), 1);
    person.forget_role("chef", Deed::Saved);
    assert!(person.roles.is_empty());
    for n in 0..KEPT + 5 {
        person.note_skill(SkillFeedback {
            skill: n.to_string(),
            accepted: true,
            day: "2026-01-01".into(),
        });
    }
    assert_eq!(person.skills.len(), KEPT);
}
