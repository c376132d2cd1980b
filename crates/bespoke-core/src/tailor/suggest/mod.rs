//! Finds what to change. Each suggestion stands alone: its delta is what applying it to the base does, and the gate
//! has passed it. Texts are changed by at most one suggestion each, so that suggestions go together in any order.

mod drop;
mod order;
mod questions;
mod skills;
mod summary;
pub(crate) mod wording;

use super::keywords::keywords;
use super::{Closeness, Edit, Evidence, Suggestion, Tailoring, Target, accept, apply};
use crate::evidence::Gate;
use crate::job::JobPosting;
use crate::matching::{Matcher, Piece, pieces};
use crate::resume::Resume;
use std::cell::RefCell;
use std::collections::HashMap;

/// How the résumé stands to the job as it is: score and keywords, nothing suggested.
pub fn assess(resume: &Resume, job: &JobPosting, closeness: &dyn Closeness) -> super::Assessment {
    let matcher = Matcher::new(job, closeness);
    super::Assessment {
        score: matcher.score(resume),
        keywords: keywords(&matcher, &pieces(resume)),
    }
}

/// Finds what to change. Every suggested edit, in any subset and order, passes the evidence gate.
pub fn tailor(resume: &Resume, job: &JobPosting, closeness: &dyn Closeness) -> Tailoring {
    let matcher = Matcher::new(job, closeness);
    let pieces = pieces(resume);
    matcher.warm(pieces.iter().filter(|p| p.spot.voice() > 0.0).map(|p| p.text));
    let before = matcher.score(resume);
    let mut desk = Desk {
        resume,
        gate: Gate::new(resume, &[]),
        before: hundredths(before.total),
        keywords: keywords(&matcher, &pieces),
        pieces,
        matcher,
        judged: RefCell::default(),
        out: Vec::new(),
    };
    let texts = wording::propose(&desk);
    let summary = summary::propose(&desk);
    // What the gate refuses need not be measured.
    let new = texts
        .iter()
        .map(|t| &t.change)
        .chain(&summary)
        .filter(|(_, edit)| desk.passes(edit).is_some())
        .filter_map(|(_, edit)| edit.new_text());
    desk.matcher.warm(new);
    order::bullets(&mut desk);
    order::skills(&mut desk);
    wording::offer(&mut desk, texts);
    skills::lift(&mut desk);
    if let Some((draft, edit)) = summary {
        desk.offer(draft, edit, 0);
    }
    drop::bullets(&mut desk);
    questions::quantify(&mut desk);
    questions::lacking(&mut desk);
    let mut after = resume.clone();
    for edit in desk.out.iter().filter_map(|s| s.edit.as_ref()) {
        // Suggestions go together; one that does not is simply not in the total.
        let _ = accept(&mut after, edit);
    }
    Tailoring {
        after: desk.matcher.score(&after),
        before,
        keywords: desk.keywords,
        suggestions: desk.out,
        asked: None,
    }
}

/// Scores are whole hundredths; differences of them are exact as integers.
fn hundredths(points: f64) -> i64 {
    (points * 100.0).round() as i64
}

/// What the makers of suggestions share.
struct Desk<'a> {
    resume: &'a Resume,
    matcher: Matcher<'a>,
    gate: Gate<'a>,
    pieces: Vec<Piece<'a>>,
    keywords: Vec<super::Keyword>,
    before: i64,
    /// Whether the gate passed a text in its place.
    judged: RefCell<HashMap<(Target, String), bool>>,
    out: Vec<Suggestion>,
}

/// A suggestion in the making.
struct Draft {
    kind: &'static str,
    title: String,
    reason: String,
    evidence: Vec<Evidence>,
}

impl Desk<'_> {
    /// What applying an edit to the base alone adds, in hundredths; `None` where it does not apply or the gate refuses.
    fn delta(&self, edit: &Edit) -> Option<i64> {
        let tailored = self.passes(edit)?;
        Some(hundredths(self.matcher.score(&tailored).total) - self.before)
    }

    /// The résumé with an edit; `None` where it does not apply or the gate refuses. A text in its place is judged once.
    fn passes(&self, edit: &Edit) -> Option<Resume> {
        let mut tailored = self.resume.clone();
        apply(&mut tailored, edit).ok()?;
        let place = match edit {
            Edit::ReplaceText { target, after, .. } => Some((target.clone(), after.clone())),
            _ => None,
        };
        let judge = || self.gate.check(&tailored).is_empty();
        let passes = match place {
            Some(place) => *self.judged.borrow_mut().entry(place).or_insert_with(judge),
            None => judge(),
        };
        passes.then_some(tailored)
    }

    /// Offers a change that adds at least `least` hundredths.
    fn offer(&mut self, draft: Draft, edit: Edit, least: i64) -> bool {
        let Some(delta) = self.delta(&edit).filter(|d| *d >= least) else {
            return false;
        };
        self.push(draft, Some(edit), delta as f64 / 100.0);
        true
    }

    /// Puts a question to the person.
    fn ask(&mut self, draft: Draft) {
        self.push(draft, None, 0.0);
    }

    fn push(&mut self, draft: Draft, edit: Option<Edit>, delta: f64) {
        self.out.push(Suggestion {
            id: format!("s{}", self.out.len() + 1),
            kind: draft.kind.into(),
            title: draft.title,
            reason: draft.reason,
            evidence: draft.evidence,
            edit,
            delta,
            author: super::Author::Rules,
        });
    }
}

/// "A", "A and B", "A, B and C".
fn list(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
