//! The evidence gate against planted inventions and honest rewordings.

mod people;
mod planted;

use bespoke_core::evidence::{Gate, check};
use bespoke_core::resume::*;
use people::*;
use std::collections::BTreeMap;

/// A changed résumé and what was changed.
struct Case {
    what: String,
    base: Resume,
    tailored: Resume,
}

fn tables(name: &str) -> Vec<Case> {
    let people = people();
    table(name)
        .into_iter()
        .map(|[person, beginning, text]| {
            let base = &people.iter().find(|(n, _)| *n == person).unwrap().1;
            Case {
                what: format!("{person}: {text}"),
                base: base.clone(),
                tailored: match beginning.as_str() {
                    "summary" => Resume {
                        summary: Some(Field::typed(text)),
                        ..base.clone()
                    },
                    _ => with_bullet(base, &beginning, &text),
                },
            }
        })
        .collect()
}

#[test]
fn unchanged_people_pass() {
    for (name, base) in people() {
        assert_eq!(check(&base, &[], &base), [], "{name}");
    }
}

#[test]
fn sly_inventions_are_caught() {
    let cases = tables("gate/inventions.txt");
    let passed: Vec<&str> = cases
        .iter()
        .filter(|c| check(&c.base, &[], &c.tailored).is_empty())
        .map(|c| c.what.as_str())
        .collect();
    assert!(
        passed.is_empty(),
        "{} of {} pass:\n{}",
        passed.len(),
        cases.len(),
        passed.join("\n")
    );
}

#[test]
fn honest_rewordings_pass() {
    let cases = tables("gate/rewordings.txt");
    let blocked: Vec<String> = cases
        .iter()
        .filter_map(|c| {
            let found = check(&c.base, &[], &c.tailored);
            (!found.is_empty()).then(|| {
                let why: Vec<String> = found.iter().map(|v| format!("{:?} {}", v.kind, v.message)).collect();
                format!("{}\n      {}", c.what, why.join("\n      "))
            })
        })
        .collect();
    assert!(
        blocked.len() * 50 <= cases.len(),
        "{} of {} blocked:\n{}",
        blocked.len(),
        cases.len(),
        blocked.join("\n")
    );
}

/// Honest rewordings about people whom the gate was not tuned for when they were first counted, of which at most this many in a hundred may be
/// blocked now. When first counted, before anybody looked, sets 10 to 16 were blocked 63, 37, 43, 32, 64, 55 and 32 in a hundred. A language model words more freely than any list of synonyms.
const HONEST: [(&str, usize); 15] = [
    ("gate/fresh-1-honest.txt", 6),
    ("gate/fresh-2-honest.txt", 5),
    ("gate/fresh-3-honest.txt", 19),
    ("gate/fresh-4-honest.txt", 15),
    ("gate/fresh-5-honest.txt", 21),
    ("gate/fresh-6-honest.txt", 18),
    ("gate/fresh-7-honest.txt", 24),
    ("gate/fresh-8-honest.txt", 16),
    ("gate/fresh-10-honest.txt", 19),
    ("gate/fresh-11-honest.txt", 14),
    ("gate/fresh-12-honest.txt", 16),
    ("gate/fresh-13-honest.txt", 13),
    ("gate/fresh-14-honest.txt", 32),
    ("gate/fresh-15-honest.txt", 50),
    ("gate/fresh-16-honest.txt", 22),
];

/// Inventions about the same people, of which none may pass.
const INVENTED: [&str; 12] = [
    "gate/fresh-1-invented.txt",
    "gate/fresh-2-invented.txt",
    "gate/fresh-3-invented.txt",
    "gate/fresh-4-invented.txt",
    "gate/fresh-5-invented.txt",
    "gate/fresh-6-invented.txt",
    "gate/fresh-8-invented.txt",
    "gate/fresh-9-invented.txt",
    "gate/fresh-10-invented.txt",
    "gate/fresh-14-invented.txt",
    "gate/fresh-15-invented.txt",
    "gate/fresh-16-invented.txt",
];

/// Judges a set: the lines that are judged wrongly, with the reasons, and how many there are.
fn fresh(name: &str, passes: bool) -> (Vec<String>, usize) {
    let cases = table(name);
    let wrong = cases
        .iter()
        .filter_map(|[person, place, text]| {
            let json = std::fs::read_to_string(fixture(&format!("gate/people/{person}.json"))).unwrap();
            let value: serde_json::Value = serde_json::from_str(&json).unwrap();
            let base = load(&value);
            let tailored = changed(&base, &value, place, text);
            let found = check(&base, &[], &tailored);
            let why: Vec<String> = found.iter().map(|v| format!("{:?} {}", v.kind, v.message)).collect();
            (found.is_empty() != passes).then(|| format!("{person} | {text}\n      {}", why.join("\n      ")))
        })
        .collect();
    (wrong, cases.len())
}

#[test]
fn fresh_rewordings_pass() {
    let mut over = Vec::new();
    for (name, most) in HONEST {
        let (blocked, all) = fresh(name, true);
        println!("{name}: {} of {all} blocked", blocked.len());
        if std::env::var("SHOW").is_ok_and(|shown| name.contains(&shown)) {
            println!("{}", blocked.join("\n"));
        }
        if blocked.len() * 100 > all * most {
            over.push(format!(
                "{name}: {} of {all} blocked:\n{}",
                blocked.len(),
                blocked.join("\n")
            ));
        }
    }
    assert!(over.is_empty(), "{}", over.join("\n"));
}

#[test]
fn fresh_inventions_are_caught() {
    let mut wrong = Vec::new();
    for name in INVENTED {
        let (passed, all) = fresh(name, false);
        println!("{name}: {} of {all} pass", passed.len());
        wrong.extend(passed);
    }
    assert!(wrong.is_empty(), "{} pass:\n{}", wrong.len(), wrong.join("\n"));
}

/// Counts by kind: (judged wrongly, all), and the wrong ones in words.
fn judge(
    make: impl Fn(&Resume) -> Vec<planted::Change>,
    passes: bool,
) -> (BTreeMap<&'static str, (usize, usize)>, Vec<String>) {
    let mut kinds: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (name, base) in people() {
        let gate = Gate::new(&base, &[]);
        for change in make(&base) {
            let found = gate.check(&change.tailored);
            let count = kinds.entry(change.kind).or_default();
            count.1 += 1;
            if found.is_empty() != passes {
                count.0 += 1;
                let why: Vec<&str> = found.iter().map(|v| v.message.as_str()).collect();
                wrong.push(format!(
                    "{name} {}: {}\n      {}",
                    change.kind,
                    change.what,
                    why.join("\n      ")
                ));
            }
        }
    }
    (kinds, wrong)
}

#[test]
fn inventions_of_every_kind_are_caught() {
    let (kinds, wrong) = judge(planted::inventions, false);
    let all: usize = kinds.values().map(|k| k.1).sum();
    assert!(all >= 300 && kinds.len() >= 25, "{all} of {} kinds", kinds.len());
    assert!(
        wrong.is_empty(),
        "{} of {all} pass: {kinds:?}\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn rewordings_by_rule_pass() {
    let (kinds, wrong) = judge(planted::rewordings, true);
    let all: usize = kinds.values().map(|k| k.1).sum();
    assert!(all >= 300, "{all}");
    assert!(
        wrong.len() * 50 <= all,
        "{} of {all} blocked: {kinds:?}\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
