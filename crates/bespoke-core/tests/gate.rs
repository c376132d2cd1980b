//! The evidence gate against planted inventions and honest rewordings.

mod people;

use bespoke_core::evidence::check;
use bespoke_core::resume::*;
use people::*;

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
                tailored: with_bullet(base, &beginning, &text),
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
