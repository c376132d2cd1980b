//! Preparation for an interview: résumé and job posting in, questions that are likely and the person's own stories out.
//!
//! Every question says why it may come. Beside it stand the bullets of the résumé that answer it best, laid out as
//! situation, task, action and result (STAR). What stands in an outline is cut from the bullet word for word; what the
//! bullet does not say is a question to the person, never a guess.

mod ask_them;
mod changes;
mod questions;
mod star;

use crate::job::{JobPosting, Phrase};
use crate::letter::Proof;
use crate::matching::Matcher;
use crate::resume::{Id, Resume};
use crate::tailor::Closeness;
use serde::{Deserialize, Serialize};

/// What a question is after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum QuestionKind {
    /// What the person did before: "Tell me about a time when …".
    Behavioural,
    /// What the person knows and can do.
    Technical,
    /// What the person would do.
    Situational,
    /// Something that the posting asks for and the résumé does not show.
    Gap,
    /// Times between jobs, short stays, a change of field or employer.
    Change,
    /// Why this job.
    Motivation,
}

/// One part of an outline: words of the résumé, or a question to the person where it says nothing.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Slot {
    /// Words of the résumé, as they stand there.
    pub text: Option<String>,
    /// What to think of where it says nothing, or too little.
    pub hole: Option<String>,
}

/// A story of the person's own in four parts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Outline {
    /// The bullet that it is made of.
    pub proof: Proof,
    /// The job or project of the bullet.
    pub entry: Id,
    /// Where and when.
    pub situation: Slot,
    /// What was to be done.
    pub task: Slot,
    /// What the person did.
    pub action: Slot,
    /// What came of it.
    pub result: Slot,
}

/// A question that may be asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Question {
    /// Stable within one preparation: `q1`, `q2` …
    pub id: String,
    /// What it is after.
    pub kind: QuestionKind,
    /// The question.
    pub text: String,
    /// Why it is likely.
    pub why: String,
    /// The words of the posting that it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posting: Option<Phrase>,
    /// The best stories to answer it with, at most two.
    pub outlines: Vec<Outline>,
    /// Facts of the résumé that it asks about, where there is no story.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Proof>,
    /// How to go about an answer.
    pub advice: String,
    /// Minutes that a good answer takes.
    pub minutes: u8,
}

/// A question to put to them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AskThem {
    /// The question.
    pub text: String,
    /// What its answer tells.
    pub why: String,
    /// The words of the posting that it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posting: Option<Phrase>,
}

/// A preparation.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Preparation {
    /// Questions that are likely, in the order in which interviews go.
    pub questions: Vec<Question>,
    /// Questions to put to them.
    pub ask_them: Vec<AskThem>,
}

impl Preparation {
    /// Every outline.
    pub fn outlines(&self) -> impl Iterator<Item = &Outline> {
        self.questions.iter().flat_map(|q| &q.outlines)
    }
}

/// Prepares an interview. The same résumé and posting give the same questions.
pub fn prepare(resume: &Resume, job: &JobPosting, closeness: &dyn Closeness) -> Preparation {
    let matcher = Matcher::new(job, closeness);
    let mut questions = questions::all(resume, job, &matcher);
    for (n, question) in questions.iter_mut().enumerate() {
        question.id = format!("q{}", n + 1);
    }
    Preparation {
        questions,
        ask_them: ask_them::all(job),
    }
}

/// The preparation as Markdown, to print or to keep.
pub fn to_markdown(preparation: &Preparation, job: &JobPosting) -> String {
    use std::fmt::Write;
    let title = job.title.as_ref().map_or("the interview", |t| t.text.as_str());
    let at = job
        .company
        .as_ref()
        .map_or_else(String::new, |c| format!(", {}", c.text));
    let mut out = format!("# Interview: {title}{at}\n\n## Questions that are likely\n");
    for question in &preparation.questions {
        let _ = write!(out, "\n### {}\n\n{} {}\n", question.text, question.why, question.advice);
        for fact in &question.facts {
            let _ = write!(out, "\n> {}\n", fact.quote);
        }
        for outline in &question.outlines {
            out.push('\n');
            let parts = [
                ("Situation", &outline.situation),
                ("Task", &outline.task),
                ("Action", &outline.action),
                ("Result", &outline.result),
            ];
            for (name, slot) in parts {
                let text = slot.text.as_deref().unwrap_or_default();
                let hole = slot.hole.as_ref().map_or_else(String::new, |h| format!("*{h}*"));
                let _ = writeln!(
                    out,
                    "- **{name}:** {}",
                    [text, hole.as_str()]
                        .iter()
                        .filter(|t| !t.is_empty())
                        .copied()
                        .collect::<Vec<_>>()
                        .join(" ")
                );
            }
        }
    }
    out.push_str("\n## Questions to ask them\n\n");
    for question in &preparation.ask_them {
        let _ = writeln!(out, "- {} {}", question.text, question.why);
    }
    out
}
