//! Pieces of a job description that closeness is measured against: one vector of a whole page says little about any
//! sentence in it, and a model reads only the first 256 tokens of it.

use crate::job::JobPosting;
use crate::vectors::mean;
use std::ops::Range;

/// Most windows beside the title: more add time, not sense. Match scores agree best with labelled pairs at four.
const MOST: usize = 4;
/// Letters of a window, about 60 tokens.
const LONG: usize = 320;

/// A job in windows of a few lines: title first, then what the person would do and has to bring; the rest, such as what an
/// employer says of itself, only where that is little. Where no line can be told to be a duty, any may be one, and all
/// are taken as they come.
pub fn windows(job: &JobPosting) -> Vec<String> {
    let open = job.responsibilities.is_empty();
    let (telling, rest): (Vec<_>, Vec<_>) = lines(job).partition(|(at, line)| open || tells(job, *at..at + line.len()));
    let enough = telling.iter().map(|(_, line)| line.len()).sum::<usize>() >= LONG;
    let rest = rest.iter().filter(|_| !enough);
    let mut out = cut(telling.iter().chain(rest).map(|(_, line)| *line));
    out.truncate(MOST);
    if out.is_empty() && title(job).is_none() && !job.text.trim().is_empty() {
        out.push(job.text.trim().to_owned());
    }
    out.splice(0..0, title(job).map(str::to_owned));
    out
}

/// All that a job says, in windows of a few lines, title first.
pub(crate) fn all_windows(job: &JobPosting) -> Vec<String> {
    let mut out = cut(lines(job).map(|(_, line)| line));
    out.splice(0..0, title(job).map(str::to_owned));
    out
}

/// Where a job stands as a whole, out of the vectors of its [`windows`]: their mean, the title counting twice.
pub fn middle(job: &JobPosting, vectors: &[Vec<f32>]) -> Vec<f32> {
    let again = title(job).and(vectors.first());
    mean(vectors.iter().chain(again).map(Vec::as_slice))
}

fn title(job: &JobPosting) -> Option<&str> {
    let title = job.title.as_ref()?.text.as_str();
    (!title.is_empty()).then_some(title)
}

/// The lines that say something, each with its first byte in the text.
fn lines(job: &JobPosting) -> impl Iterator<Item = (usize, &str)> {
    let mut next = 0;
    let lines = job.text.split('\n').map(move |line| {
        let at = next + line.len() - line.trim_start().len();
        next += line.len() + 1;
        (at, line.trim())
    });
    lines.filter(|(_, line)| line.chars().count() > 20 && Some(*line) != title(job))
}

/// True where a stretch of the text says what the person would do or has to bring.
fn tells(job: &JobPosting, line: Range<usize>) -> bool {
    let skills = job.skills.iter().flat_map(|s| s.more.iter().chain([&s.phrase]));
    let mut phrases = job.responsibilities.iter().chain(&job.education).chain(skills);
    phrases.any(|p| p.start < line.end && line.start < p.end)
}

fn cut<'t>(lines: impl Iterator<Item = &'t str>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for line in lines {
        match out.last_mut() {
            Some(open) if open.len() + line.len() <= LONG => {
                open.push(' ');
                open.push_str(line);
            }
            _ => out.push(line.to_owned()),
        }
    }
    out
}

/// Closeness to a job out of the cosines with its windows: the mean of the three nearest.
pub fn closest(cosines: &[f32]) -> f32 {
    const NEAREST: usize = 3;
    let mut sorted = cosines.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    sorted.truncate(NEAREST);
    if sorted.is_empty() {
        0.0
    } else {
        sorted.iter().sum::<f32>() / sorted.len() as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::read_job;

    const TASKS: &str = "Responsibilities\n- Build payment services in Rust and PostgreSQL for merchants in twelve countries\n\
        - Review the code of four colleagues and keep the deployment to Kubernetes simple\n\
        Requirements\n- Five years of experience with distributed systems and SQL databases\n\
        - Bachelor's degree in computer science or a related field, or experience that equals it\n";

    #[test]
    fn what_an_employer_says_of_itself_comes_after_what_it_wants() {
        let praise = "We are a family of dreamers who believe that every day can be a celebration of each other.\n";
        let job = read_job(&format!("Backend Engineer\n{}{TASKS}", praise.repeat(30)));
        let windows = windows(&job);
        assert_eq!(windows[0], "Backend Engineer");
        assert!(windows.len() <= 1 + MOST, "{windows:?}");
        assert!(windows.iter().any(|w| w.contains("payment services")), "{windows:?}");
        let praised = windows.iter().position(|w| w.contains("dreamers"));
        let asked = windows.iter().rposition(|w| w.contains("Bachelor"));
        assert!(praised >= asked && asked.is_some(), "{windows:?}");
        assert!(all_windows(&job).iter().any(|w| w.contains("dreamers")));
    }

    #[test]
    fn duties_without_a_heading_are_not_left_out() {
        let job = read_job(
            "People Consultant\nAnswer whatever managers and employees of the region want to know about their contracts, in writing and on the phone, every working day.\n\
             Look after the roll-out of programmes that the head office has decided on, and collect what people think of them afterwards.\n\
             Bachelor's degree or equivalent practical experience in human resources, recruiting or payroll, with knowledge of Excel and SAP.\n\
             Five years of experience in human resources, with a focus on customer service, recruiting, onboarding and payroll in several countries.\n",
        );
        assert!(
            windows(&job)[1].starts_with("Answer whatever managers"),
            "{:?}",
            windows(&job)
        );
    }

    #[test]
    fn a_job_that_says_little_is_taken_whole() {
        let job = read_job("Gardener\nWe look for somebody who likes to be outside all year round.\n");
        assert!(windows(&job).iter().any(|w| w.contains("outside all year")));
        assert!(windows(&read_job("")).is_empty());
        assert_eq!(windows(&read_job("Cook")).len(), 1);
    }

    #[test]
    fn the_title_counts_twice_in_the_middle() {
        let job = read_job(&format!("Backend Engineer\n{TASKS}"));
        assert_eq!(middle(&job, &[vec![3.0, 0.0], vec![0.0, 3.0]]), [2.0, 1.0]);
        assert_eq!(middle(&read_job(""), &[vec![2.0], vec![4.0]]), [3.0]);
    }
}
