//! A language model may reword what a letter claims. This module makes the request and judges the answer; it never talks
//! to anybody. Courtesy, subject and greeting stay ours; a wording that the gate of the letter refuses is left out.

use super::{Letter, ParagraphKind, check};
use crate::evidence::Fact;
use crate::job::JobPosting;
use crate::resume::Resume;
use crate::tailor::Author;
use crate::tailor::model::{MOST, Wording, ask};
use serde_json::{Value, json};

/// A letter with the wordings that passed.
#[derive(Debug, Clone, PartialEq)]
pub struct Reworded {
    /// The letter.
    pub letter: Letter,
    /// How many sentences say something in other words now.
    pub worded: usize,
    /// How many wordings the gate refused, or that named no sentence.
    pub refused: usize,
}

/// The sentences that may be reworded, by the name that the request gives each: those that rest on evidence.
fn places(letter: &Letter) -> Vec<(String, (usize, usize))> {
    let paragraphs = letter.paragraphs.iter().enumerate();
    paragraphs
        .filter(|(_, p)| p.part == ParagraphKind::Evidence)
        .flat_map(|(n, p)| {
            let told = p.sentences.iter().enumerate().filter(|(_, s)| !s.evidence.is_empty());
            told.map(move |(m, _)| (format!("p{n}s{m}"), (n, m)))
        })
        .take(MOST)
        .collect()
}

/// The body of a request to `/chat/completions`; `None` where the letter claims nothing that could be reworded.
pub fn request(model: &str, letter: &Letter) -> Option<Value> {
    let sentences: Vec<Value> = places(letter)
        .into_iter()
        .map(|(id, (n, m))| json!({ "id": id, "text": letter.paragraphs[n].sentences[m].text.trim() }))
        .collect();
    let task = "Reword sentences of a cover letter so that they read well after one another. Each stays one sentence, in the first person.";
    (!sentences.is_empty()).then(|| ask(model, task, &json!({ "sentences": sentences })))
}

/// Puts wordings into a letter, one by one; each that makes [`check`] find something new is refused.
pub fn reword(resume: &Resume, facts: &[Fact], job: &JobPosting, letter: &Letter, wordings: &[Wording]) -> Reworded {
    let before = check(resume, facts, job, letter);
    let mut open = places(letter);
    let mut out = Reworded {
        letter: letter.clone(),
        worded: 0,
        refused: 0,
    };
    for wording in wordings {
        let Some(at) = open.iter().position(|(id, _)| *id == wording.id) else {
            out.refused += 1;
            continue;
        };
        let (n, m) = open.remove(at).1;
        let text = wording.text.trim();
        let mut next = out.letter.clone();
        let sentence = &mut next.paragraphs[n].sentences[m];
        if sentence.text.trim() == text {
            continue;
        }
        sentence.text = text.to_owned();
        sentence.author = Author::Model;
        let whole = text.ends_with(['.', '!', '?']);
        if !whole || check(resume, facts, job, &next).iter().any(|v| !before.contains(v)) {
            out.refused += 1;
            continue;
        }
        out.letter = next;
        out.worded += 1;
    }
    out
}
