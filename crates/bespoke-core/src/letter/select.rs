//! Which jobs and bullets a letter tells of, and which duty of the posting each group answers.

use super::english::{Clause, clause};
use crate::date::End;
use crate::job::JobPosting;
use crate::matching::Matcher;
use crate::resume::{Bullet, Resume, Text};
use crate::wording::vocabulary::is_neutral;
use crate::wording::{Kind, tokens};
use std::collections::HashSet;

/// A place where the person did something.
pub(super) struct Entry<'a> {
    /// Employer, organisation or name of the project.
    pub company: Option<&'a Text>,
    pub position: Option<&'a Text>,
    pub goes_on: bool,
    pub is_project: bool,
    pub bullets: Vec<Told<'a>>,
}

/// A bullet that can be told.
pub(super) struct Told<'a> {
    pub bullet: &'a Bullet,
    /// In the first person, where that is certain.
    pub clause: Option<Clause>,
    /// How much it says about this job.
    pub worth: f64,
}

/// Everything that could be told, in the order of the résumé. With `need_clause`, bullets that cannot be put into the
/// first person are left out.
pub(super) fn entries<'a>(resume: &'a Resume, matcher: &Matcher<'_>, need_clause: bool) -> Vec<Entry<'a>> {
    let told = |bullets: &'a [Bullet], goes_on: bool| -> Vec<Told<'a>> {
        let all = bullets.iter().map(|bullet| {
            let text = &bullet.text.value;
            let words = text.split_whitespace().count();
            Told {
                bullet,
                clause: clause(text, goes_on),
                worth: matcher.relevance(text)
                    + if text.bytes().any(|b| b.is_ascii_digit()) {
                        0.8
                    } else {
                        0.0
                    }
                    - if words > 32 { 0.6 } else { 0.0 },
            }
        });
        all.filter(|t| !need_clause || t.clause.is_some()).collect()
    };
    let mut out: Vec<Entry<'a>> = resume
        .work
        .iter()
        .chain(&resume.volunteer)
        .map(|w| {
            let goes_on = matches!(w.end.as_ref().map(|e| e.value), Some(End::Present));
            Entry {
                company: w.company.as_ref().filter(|c| !c.value.trim().is_empty()),
                position: w.position.as_ref().filter(|p| !p.value.trim().is_empty()),
                goes_on,
                is_project: false,
                bullets: told(&w.highlights, goes_on),
            }
        })
        .collect();
    out.extend(resume.projects.iter().map(|p| {
        Entry {
            company: Some(&p.name),
            position: None,
            goes_on: false,
            is_project: true,
            bullets: told(&p.highlights, false)
                .into_iter()
                .filter(|t| t.clause.as_ref().is_some_and(|c| !c.present))
                .collect(),
        }
    }));
    out.retain(|e| !e.bullets.is_empty() && (e.company.is_some() || e.position.is_some()));
    out
}

/// The best entries and their best bullets: `shape` says how many bullets each paragraph takes. The newest of equals wins;
/// the order is that of the résumé.
pub(super) fn best<'a>(entries: Vec<Entry<'a>>, shape: &[usize]) -> Vec<Entry<'a>> {
    let mut ranked: Vec<(usize, f64)> = entries
        .iter()
        .enumerate()
        .map(|(n, e)| {
            let mut worth: Vec<f64> = e.bullets.iter().map(|t| t.worth).collect();
            worth.sort_by(|a, b| b.total_cmp(a));
            let top: f64 = worth.iter().take(2).sum();
            // What is recent counts more, and a project less than a job.
            (
                n,
                top + [1.6, 0.9, 0.4].get(n).copied().unwrap_or(0.0) - if e.is_project { 0.8 } else { 0.0 },
            )
        })
        .collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut chosen: Vec<usize> = ranked.iter().take(shape.len()).map(|(n, _)| *n).collect();
    chosen.sort_unstable();
    let mut out: Vec<Entry<'a>> = entries
        .into_iter()
        .enumerate()
        .filter(|(n, _)| chosen.contains(n))
        .map(|(_, e)| e)
        .collect();
    for (entry, most) in out.iter_mut().zip(shape) {
        let mut order: Vec<usize> = (0..entry.bullets.len()).collect();
        order.sort_by(|a, b| {
            entry.bullets[*b]
                .worth
                .total_cmp(&entry.bullets[*a].worth)
                .then(a.cmp(b))
        });
        order.truncate(*most);
        let mut n = 0;
        entry.bullets.retain(|_| {
            n += 1;
            order.contains(&(n - 1))
        });
    }
    out
}

/// A duty of the posting and the text that answers it, by their indices.
pub(super) struct Asked {
    pub duty: usize,
    pub bullet: usize,
}

/// The duty that shares most words with one of these texts; `None` where none shares two.
pub(super) fn duty(
    job: &JobPosting,
    texts: &[&str],
    used: &HashSet<usize>,
    usable: impl Fn(&str) -> bool,
) -> Option<Asked> {
    let stems = |text: &str| -> HashSet<String> {
        let words = tokens(text).into_iter();
        words
            .filter(|t| t.kind == Kind::Word && !is_neutral(&t.word) && t.word.len() > 2)
            .map(|t| t.stem)
            .collect()
    };
    let mine: Vec<HashSet<String>> = texts.iter().map(|t| stems(t)).collect();
    let mut best: Option<(Asked, usize)> = None;
    for (n, duty) in job.responsibilities.iter().enumerate() {
        if used.contains(&n) || !usable(&duty.text) {
            continue;
        }
        let wanted = stems(&duty.text);
        for (bullet, has) in mine.iter().enumerate() {
            let shared = wanted.intersection(has).count();
            if shared >= 2 && best.as_ref().is_none_or(|(_, most)| shared > *most) {
                best = Some((Asked { duty: n, bullet }, shared));
            }
        }
    }
    best.map(|(asked, _)| asked)
}
