//! Questions about the course of a career: times between jobs, short stays, leaving, years and degrees that are asked for.

use super::{Question, QuestionKind};
use crate::date::End;
use crate::job::JobPosting;
use crate::letter::Proof;
use crate::matching::{months_of_work, standing_of_degree, title_closeness};
use crate::resume::{Resume, Work};

/// Months between two jobs from which on somebody will ask.
const GAP: i32 = 6;
/// Months in a job below which somebody will ask.
const SHORT: i32 = 10;

fn name(work: &Work) -> String {
    let names: Vec<&str> = [&work.position, &work.company]
        .into_iter()
        .flatten()
        .map(|t| t.value.as_str())
        .collect();
    names.join(", ")
}

fn proof(work: &Work) -> Proof {
    let field = work.company.as_ref().or(work.position.as_ref());
    Proof {
        id: Some(work.id.clone()),
        quote: name(work),
        source: field.and_then(|f| f.source.clone()),
    }
}

fn question(kind: QuestionKind, text: String, why: String, advice: &str, facts: Vec<Proof>) -> Question {
    Question {
        id: String::new(),
        kind,
        text,
        why,
        posting: None,
        outlines: Vec::new(),
        facts,
        advice: advice.to_owned(),
        minutes: 1,
    }
}

fn length(months: i32) -> String {
    match (months / 12, months % 12) {
        (0, m) => format!("{m} months"),
        (1, 0) => "a year".to_owned(),
        (y, m) if m < 3 || y > 2 => format!("{y} years").replace("1 years", "more than a year"),
        (y, m) => format!(
            "{} {m} months",
            if y == 1 {
                "a year and".to_owned()
            } else {
                format!("{y} years and")
            }
        ),
    }
}

/// At most five, what weighs most first.
pub(super) fn all(resume: &Resume, job: &JobPosting) -> Vec<Question> {
    let mut out = Vec::new();
    let span = |w: &Work| {
        let start = w.start.as_ref()?.value.months();
        let end = match w.end.as_ref()?.value {
            End::Date(date) => Some(date.months()),
            End::Present => None,
        };
        Some((start, end))
    };
    let mut dated: Vec<(&Work, i32, Option<i32>)> = resume
        .work
        .iter()
        .filter_map(|w| span(w).map(|(a, b)| (w, a, b)))
        .collect();
    dated.sort_by_key(|(_, start, _)| *start);
    // A gap is open where no earlier job reaches into it.
    let mut reached: Option<(&Work, i32)> = None;
    for (work, start, end) in &dated {
        if let Some((before, until)) = reached {
            let months = start - until - 1;
            if months >= GAP {
                let text = format!("What did you do between {} and {}?", name(before), name(work));
                let why = format!("Your dates leave {} between the two.", length(months));
                out.push((months, question(QuestionKind::Change, text, why, "Say it in two sentences, plainly, and go on to what you bring now. You owe nobody private matters.", vec![proof(before), proof(work)])));
            }
        }
        let end = end.unwrap_or(i32::MAX);
        if reached.is_none_or(|(_, until)| end > until) {
            reached = Some((work, end));
        }
        let stay = end.saturating_sub(*start);
        let planned = work.position.as_ref().is_some_and(|p| {
            let title = p.value.to_lowercase();
            [
                "intern",
                "trainee",
                "temporary",
                "contract",
                "freelance",
                "student",
                "seasonal",
                "volunteer",
            ]
            .iter()
            .any(|w| title.contains(w))
        });
        if (0..SHORT).contains(&stay) && !planned {
            let text = format!("Why did you leave {} so soon?", name(work));
            out.push((
                SHORT - stay,
                question(
                    QuestionKind::Change,
                    text,
                    format!("You stayed about {}.", length(stay.max(1))),
                    "Say what you learned about the work you want, and nothing against the people there.",
                    vec![proof(work)],
                ),
            ));
        }
    }
    out.sort_by_key(|(weight, _)| -weight);
    let mut out: Vec<Question> = out.into_iter().map(|(_, q)| q).take(2).collect();
    if let Some(now) = resume
        .work
        .iter()
        .find(|w| matches!(w.end.as_ref().map(|e| e.value), Some(End::Present)))
        && let Some(company) = &now.company
    {
        let text = format!("Why do you want to leave {}?", company.value);
        out.push(question(
            QuestionKind::Change,
            text,
            "You work there now; this is nearly always asked.".into(),
            "Speak of what this job has that you want, not of what you want to get away from.",
            vec![proof(now)],
        ));
    }
    if let Some(wanted) = job.years {
        let has = months_of_work(resume) / 12;
        if has < wanted {
            let text = format!(
                "We asked for {wanted} years of experience. Why should we speak with somebody who has {}?",
                if has == 0 {
                    "less than one".to_owned()
                } else {
                    has.to_string()
                }
            );
            let mut q = question(
                QuestionKind::Gap,
                text,
                format!("The posting asks for {wanted} years, your dates show {has}."),
                "Name the hardest thing you have done that this job also needs; depth counts for more than years.",
                Vec::new(),
            );
            q.posting = job.years_phrase.clone();
            out.push(q);
        }
    }
    if let Some((wanted, has)) = standing_of_degree(job, resume) {
        let text =
            format!("You do not have the {wanted} degree that we asked for. How have you learned what it teaches?");
        let mut q = question(
            QuestionKind::Gap,
            text,
            format!("The posting asks for {wanted}, your résumé shows {has}."),
            "Name courses, work and people you learned from, and one thing you did with it.",
            Vec::new(),
        );
        q.posting = job.education.first().cloned();
        out.push(q);
    }
    let last = resume.work.first();
    if let (Some(title), Some(last)) = (&job.title, last)
        && last.position.is_some()
        && title_closeness(job, resume) == 0.0
    {
        let text = format!(
            "You come from another kind of work. Why do you want to be {} {}?",
            crate::letter::article(&title.text),
            title.text
        );
        let mut q = question(
            QuestionKind::Change,
            text,
            format!("No title that you held shares a word with \"{}\".", title.text),
            "Tell what in your work so far led you here, with one example.",
            vec![proof(last)],
        );
        q.posting = Some(title.clone());
        out.push(q);
    }
    out.truncate(5);
    out
}
