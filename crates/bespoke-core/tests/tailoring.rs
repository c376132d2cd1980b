//! Tailoring on every person and twenty jobs: exact scores, edits that undo to the byte, and no invention.

mod people;

use bespoke_core::evidence::Gate;
use bespoke_core::job::{JobPosting, read_job};
use bespoke_core::matching::match_score;
use bespoke_core::resume::{Field, Resume};
use bespoke_core::roles::{RoleSkill, Taxonomy};
use bespoke_core::score::Score;
use bespoke_core::tailor::{self, Author, Closeness, Edit, History, Standing, Tailoring, Target};
use people::{fixture, people};

/// A stand-in for the model: the share of a text's longer words that the job has too.
struct SharedWords(Vec<String>);

fn words(text: &str) -> Vec<String> {
    let long = |w: &str| w.chars().count() > 4;
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| long(w))
        .map(str::to_owned)
        .collect()
}

impl Closeness for SharedWords {
    fn closeness(&self, text: &str) -> f32 {
        let all = words(text);
        let shared = all.iter().filter(|w| self.0.contains(w)).count();
        shared as f32 / all.len().max(1) as f32
    }
}

/// Twenty jobs: the fixtures, and postings made from roles spread over the taxonomy.
fn jobs() -> Vec<JobPosting> {
    let mut out: Vec<JobPosting> = ["backend-engineer", "financial-analyst", "icu-nurse"]
        .iter()
        .map(|name| read_job(&std::fs::read_to_string(fixture(&format!("jobs/{name}.txt"))).unwrap()))
        .collect();
    let roles = Taxonomy::builtin().roles();
    let step = roles.len() / 17;
    for role in roles.iter().step_by(step).take(17) {
        let list = |skills: &[RoleSkill]| skills.iter().map(|s| format!("- {}\n", s.name)).collect::<String>();
        out.push(read_job(&format!(
            "{}\n\nWhat you will do\n- {}\n\nRequirements\n- 3+ years of experience\n- Bachelor's degree\n{}\nNice to have\n{}",
            role.title,
            role.description,
            list(&role.required),
            list(&role.nice)
        )));
    }
    assert_eq!(out.len(), 20);
    out
}

/// Every pair, tailored once for all tests.
fn pairs() -> &'static Vec<(String, Resume, JobPosting, Tailoring)> {
    static PAIRS: std::sync::OnceLock<Vec<(String, Resume, JobPosting, Tailoring)>> = std::sync::OnceLock::new();
    PAIRS.get_or_init(|| {
        let mut out = Vec::new();
        for (name, base) in people() {
            for job in jobs() {
                let close = SharedWords(words(&job.text));
                let found = tailor::tailor(&base, &job, &close);
                let title = job.title.as_ref().map_or("?", |t| &t.text).to_owned();
                out.push((format!("{name} for {title}"), base.clone(), job, found));
            }
        }
        out
    })
}

fn hundredths(points: f64) -> i64 {
    (points * 100.0).round() as i64
}

fn sums(score: &Score) -> bool {
    let parts: i64 = score.parts.iter().map(|p| hundredths(p.points)).sum();
    let weights: i64 = score.parts.iter().map(|p| hundredths(p.weight)).sum();
    parts == hundredths(score.total) && weights == 10_000
}

/// A small generator of numbers, so that the orders are the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below.max(1)
    }
    fn some<T: Clone>(&mut self, list: &[T]) -> Vec<T> {
        let mut left = list.to_vec();
        let mut out = Vec::new();
        for _ in 0..self.roll(list.len() + 1) {
            out.push(left.remove(self.roll(left.len())));
        }
        out
    }
}

#[test]
fn scores_add_up_and_deltas_are_what_applying_does() {
    let mut edits = 0;
    for (name, base, job, found) in pairs() {
        let close = SharedWords(words(&job.text));
        let before = match_score(base, job, &close);
        assert_eq!(before, found.before, "{name}");
        assert!(sums(&found.before) && sums(&found.after), "{name}: {:?}", found.before);
        for suggestion in &found.suggestions {
            let Some(edit) = &suggestion.edit else {
                assert_eq!(suggestion.delta, 0.0);
                continue;
            };
            edits += 1;
            let mut tailored = base.clone();
            tailor::apply(&mut tailored, edit).unwrap();
            let after = match_score(&tailored, job, &close);
            let really = hundredths(after.total) - hundredths(before.total);
            assert_eq!(really, hundredths(suggestion.delta), "{name}: {}", suggestion.title);
            assert!(!suggestion.evidence.is_empty(), "{name}: {}", suggestion.title);
        }
    }
    assert!(edits > 150, "{edits} edits over all pairs");
}

#[test]
fn any_subset_in_any_order_passes_the_gate_and_undoes_to_the_byte() {
    let mut dice = Dice(7);
    for (name, base, _, found) in pairs() {
        let gate = Gate::new(base, &[]);
        let bytes = serde_json::to_string(base).unwrap();
        let all: Vec<&Edit> = found.suggestions.iter().filter_map(|s| s.edit.as_ref()).collect();
        for round in 0..4 {
            let chosen = if round == 0 { all.clone() } else { dice.some(&all) };
            let mut resume = base.clone();
            let mut undo = Vec::new();
            for edit in chosen {
                let before = resume.clone();
                let applied = tailor::accept(&mut resume, edit).unwrap_or_else(|e| panic!("{name}: {e}"));
                undo.push(tailor::undoing(&before, &applied).unwrap());
            }
            let faults = gate.check(&resume);
            assert!(faults.is_empty(), "{name}: {faults:#?}");
            for edit in undo.iter().rev() {
                tailor::apply(&mut resume, edit).unwrap();
            }
            assert_eq!(serde_json::to_string(&resume).unwrap(), bytes, "{name}");
        }
    }
}

#[test]
fn keywords_that_lack_are_asked_and_never_inserted() {
    for (name, base, _, found) in pairs() {
        let mut tailored = base.clone();
        for edit in found.suggestions.iter().filter_map(|s| s.edit.as_ref()) {
            tailor::accept(&mut tailored, edit).unwrap();
        }
        let listed: Vec<String> = tailored
            .skills
            .iter()
            .flat_map(|g| &g.keywords)
            .map(|k| k.value.clone())
            .collect();
        for keyword in found.keywords.iter().filter(|k| k.standing == Standing::Lack) {
            assert!(!listed.contains(&keyword.keyword), "{name}: {}", keyword.keyword);
            assert!(keyword.evidence.is_empty());
        }
    }
}

#[test]
fn tailoring_is_the_same_every_time() {
    for (name, base, job, found) in pairs().iter().step_by(23) {
        let again = tailor::tailor(base, job, &SharedWords(words(&job.text)));
        assert_eq!(again, *found, "{name}");
    }
}

#[test]
fn repeating_words_adds_nothing() {
    for (name, base, job, found) in pairs().iter().step_by(11) {
        let close = SharedWords(words(&job.text));
        let mut stuffed = base.clone();
        for group in &mut stuffed.skills {
            let again = group.keywords.clone();
            group.keywords.extend(again.iter().cloned());
            group.keywords.extend(again);
        }
        assert_eq!(match_score(&stuffed, job, &close).total, found.before.total, "{name}");
    }
}

#[test]
fn a_history_accepts_refuses_undoes_and_redoes() {
    let (_, base, _, found) = pairs().iter().find(|p| p.3.suggestions.len() > 3).unwrap();
    let edits: Vec<_> = found.suggestions.iter().filter(|s| s.edit.is_some()).take(2).collect();
    let mut history = History::default();
    let one = history.accept(base, edits[0]).unwrap();
    let two = history.accept(base, edits[1]).unwrap();
    assert!(history.undo());
    assert_eq!(history.build(base).0, one);
    assert!(history.redo());
    assert!(!history.redo());
    assert_eq!(history.build(base).0, two);
    let hand = Edit::ReplaceText {
        target: Target::Label,
        before: two.contact.label.as_ref().map_or(String::new(), |l| l.value.clone()),
        after: "A headline of my own".into(),
        field: None,
    };
    history.edit(base, &hand).unwrap();
    assert_eq!(history.steps[2].author, Author::Person);
    let stored: History = serde_json::from_str(&serde_json::to_string(&history).unwrap()).unwrap();
    assert_eq!(stored, history);
    history.refuse(&edits[1].id);
    assert_eq!(history.steps.len(), 2);
    assert_eq!(history.refused, [edits[1].id.clone()]);
    while history.undo() {}
    assert_eq!(
        serde_json::to_string(&history.build(base).0).unwrap(),
        serde_json::to_string(base).unwrap()
    );
}

#[test]
fn a_changed_base_reaches_its_variants_and_names_conflicts() {
    let (_, base) = people().into_iter().next().unwrap();
    let bullet = base.work[0].highlights[1].clone();
    let mut history = History::default();
    let edit = Edit::ReplaceText {
        target: Target::Bullet { id: bullet.id.clone() },
        before: bullet.text.value.clone(),
        after: "Designed a shipment ledger on PostgreSQL and Kafka".into(),
        field: None,
    };
    history.edit(&base, &edit).unwrap();
    // A correction elsewhere comes through.
    let mut corrected = base.clone();
    corrected.contact.phone = Some(Field::typed("+1 503 555 0199".into()));
    let (built, conflicts) = history.build(&corrected);
    assert!(conflicts.is_empty());
    assert_eq!(built.contact.phone, corrected.contact.phone);
    assert_eq!(
        built.work[0].highlights[1].text.value,
        "Designed a shipment ledger on PostgreSQL and Kafka"
    );
    // A change of the very text is a conflict, by name.
    let mut changed = base.clone();
    changed.work[0].highlights[1].text.value = "Designed a ledger".into();
    let (built, conflicts) = history.build(&changed);
    assert_eq!(conflicts.len(), 1);
    assert!(conflicts[0].message.contains(&bullet.id.0), "{}", conflicts[0].message);
    assert_eq!(built, changed);
    assert!(history.variant().rebased(&changed).0.edits.is_empty());
}
