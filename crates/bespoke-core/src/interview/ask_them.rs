//! Questions to put to them: out of what the posting says, and of what it leaves out.

use super::AskThem;
use crate::job::{JobPosting, Phrase};
use crate::letter::infinitive;

/// Six to nine questions.
pub(super) fn all(job: &JobPosting) -> Vec<AskThem> {
    let mut out = Vec::new();
    let mut ask = |text: String, why: &str, posting: Option<&Phrase>| {
        out.push(AskThem {
            text,
            why: why.to_owned(),
            posting: posting.cloned(),
        });
    };
    let mut duties = job
        .responsibilities
        .iter()
        .filter_map(|d| Some((d, infinitive(&d.text)?)));
    if let Some((phrase, duty)) = duties.next() {
        ask(
            format!(
                "You want someone to {}. What would make you say after three months that it is going well?",
                duty
            ),
            "How your work will be judged.",
            Some(phrase),
        );
    }
    if let Some((phrase, duty)) = duties.next() {
        ask(
            format!("What makes it hard here to {}?", duty),
            "What the posting does not say about the work.",
            Some(phrase),
        );
    }
    ask(
        "Is this position new, or did somebody hold it before? What became of them?".into(),
        "Whether people grow here or leave.",
        None,
    );
    ask(
        "Who would I work with every day, and who decides what comes first?".into(),
        "Team, and who leads it.",
        None,
    );
    if let Some(skill) = job.skills.iter().find(|s| s.required) {
        ask(
            format!(
                "How do you use {} today, and what would you like to change about it?",
                skill.name
            ),
            "How far they are with what they ask for.",
            Some(&skill.phrase),
        );
    }
    if job.workplace.is_none() {
        ask(
            "How much of the work is on site, and how much can be done from elsewhere?".into(),
            "The posting does not say.",
            None,
        );
    }
    if job.salary.is_none() {
        ask(
            "Which range of pay have you set for the position?".into(),
            "The posting does not say; ask towards the end, or when they raise it.",
            None,
        );
    }
    ask(
        "What have people learned in this team in the last year?".into(),
        "Whether there is time and money for learning.",
        None,
    );
    ask(
        "What are the next steps, and when may I expect to hear from you?".into(),
        "So that you know when to write again.",
        None,
    );
    out
}
