//! Interview preparation of every person for five jobs: stories are the person's own, holes are questions.

mod people;

use bespoke_core::interview::{Preparation, QuestionKind, prepare, to_markdown};
use bespoke_core::job::{JobPosting, read_job};
use bespoke_core::tailor::Closeness;
use people::{fixture, people};
use std::collections::HashSet;

struct Unmeasured;
impl Closeness for Unmeasured {
    fn closeness(&self, _: &str) -> f32 {
        0.0
    }
}

fn job(name: &str) -> JobPosting {
    read_job(&std::fs::read_to_string(fixture(&format!("jobs/{name}.txt"))).unwrap())
}

const JOBS: [&str; 5] = [
    "backend-engineer",
    "financial-analyst",
    "icu-nurse",
    "account-executive",
    "operations-manager",
];

#[test]
fn every_word_of_a_story_stands_in_the_resume() {
    for (name, resume) in people().into_iter().step_by(3) {
        let all = serde_json::to_string(&resume).unwrap();
        let stands = |text: &str| all.contains(serde_json::to_string(text).unwrap().trim_matches('"'));
        for ad in JOBS {
            let prepared = prepare(&resume, &job(ad), &Unmeasured);
            for outline in prepared.outlines() {
                assert!(stands(&outline.proof.quote), "{name}");
                for slot in [&outline.action, &outline.result, &outline.task] {
                    let Some(text) = &slot.text else { continue };
                    assert!(outline.proof.quote.contains(text.as_str()), "{name}: {text}");
                }
                for slot in [&outline.situation, &outline.task, &outline.action, &outline.result] {
                    assert!(
                        slot.text.is_some() || slot.hole.as_ref().is_some_and(|h| h.ends_with('?')),
                        "{name}"
                    );
                }
            }
            for fact in prepared.questions.iter().flat_map(|q| &q.facts) {
                assert!(fact.quote.split(", ").all(stands), "{name}: {}", fact.quote);
            }
            assert_eq!(prepared, prepare(&resume, &job(ad), &Unmeasured));
        }
    }
}

#[test]
fn questions_are_likely_various_and_sourced() {
    for (name, resume) in people().into_iter().skip(1).step_by(3) {
        for ad in JOBS {
            let posting = job(ad);
            let Preparation { questions, ask_them } = prepare(&resume, &posting, &Unmeasured);
            assert!((8..=26).contains(&questions.len()), "{name} {ad}: {}", questions.len());
            assert!(ask_them.len() >= 5);
            let texts: HashSet<&str> = questions.iter().map(|q| q.text.as_str()).collect();
            assert_eq!(texts.len(), questions.len(), "{name} {ad}: a question comes twice");
            for question in &questions {
                assert!(question.text.ends_with(['?', '.']) && !question.why.is_empty() && !question.advice.is_empty());
                if let Some(phrase) = &question.posting {
                    assert_eq!(&posting.text[phrase.start..phrase.end], phrase.text);
                }
            }
            for kind in [QuestionKind::Behavioural, QuestionKind::Motivation] {
                assert!(questions.iter().any(|q| q.kind == kind), "{name} {ad}: {kind:?}");
            }
            let page = to_markdown(&Preparation { questions, ask_them }, &posting);
            assert!(page.contains("## Questions to ask them") && page.contains("**Result:**"));
        }
    }
}

#[test]
fn what_is_missing_is_asked_and_never_claimed() {
    let (_, nurse) = people().into_iter().nth(1).unwrap();
    let prepared = prepare(&nurse, &job("backend-engineer"), &Unmeasured);
    let gaps: Vec<&str> = prepared
        .questions
        .iter()
        .filter(|q| q.kind == QuestionKind::Gap)
        .map(|q| q.text.as_str())
        .collect();
    assert!(!gaps.is_empty());
    assert!(
        prepared
            .questions
            .iter()
            .any(|q| q.kind == QuestionKind::Change && q.text.starts_with("You come from another kind of work")),
        "{prepared:#?}"
    );
    let (_, officer) = people().into_iter().nth(10).unwrap();
    let prepared = prepare(&officer, &job("operations-manager"), &Unmeasured);
    // Two years between an industrial engineer and a consultant.
    assert!(
        prepared
            .questions
            .iter()
            .any(|q| q.text.starts_with("What did you do between Industrial Engineer")),
        "{:#?}",
        prepared.questions.iter().map(|q| &q.text).collect::<Vec<_>>()
    );
}
