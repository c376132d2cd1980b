//! Openings by how well a résumé fits them, each with reasons.

use super::Opening;
use bespoke_core::job::read_job;
use bespoke_core::resume::Resume;
use bespoke_core::score::Score;
use bespoke_core::tailor::{Closeness, Standing, assess};
use bespoke_models::{Embedder, JobCloseness};
use serde::Serialize;

/// An opening and how a résumé stands to it.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Ranked {
    /// The opening.
    pub opening: Opening,
    /// The match, with its parts.
    pub score: Score,
    /// What the job asks for and the résumé shows.
    pub have: Vec<String>,
    /// What it requires and the résumé does not show.
    pub lack: Vec<String>,
}

struct Unmeasured;
impl Closeness for Unmeasured {
    fn closeness(&self, _: &str) -> f32 {
        0.0
    }
}

/// Openings that are measured with the model; the others are behind them by skills, title and years alone.
const MEASURED: usize = 30;

/// The best openings first, at most `top`.
pub fn rank(resume: &Resume, openings: Vec<Opening>, embedder: &Embedder, top: usize) -> Vec<Ranked> {
    let judged = |opening: Opening, measured: bool| {
        let job = read_job(&opening.posting_text());
        let assessment = match measured {
            true => assess(resume, &job, &JobCloseness::new(embedder, &job)),
            false => assess(resume, &job, &Unmeasured),
        };
        let names = |wanted: &dyn Fn(&Standing, bool) -> bool| -> Vec<String> {
            let all = assessment.keywords.iter().filter(|k| wanted(&k.standing, k.required));
            all.map(|k| k.keyword.clone()).take(12).collect()
        };
        Ranked {
            have: names(&|s, _| *s != Standing::Lack),
            lack: names(&|s, required| *s == Standing::Lack && required),
            score: assessment.score,
            opening,
        }
    };
    let by_score = |list: &mut Vec<Ranked>| {
        list.sort_by(|a, b| {
            b.score
                .total
                .total_cmp(&a.score.total)
                .then_with(|| a.opening.url.cmp(&b.opening.url))
        })
    };
    let mut all: Vec<Ranked> = openings.into_iter().map(|o| judged(o, false)).collect();
    by_score(&mut all);
    let rest = all.split_off(all.len().min(MEASURED));
    let mut all: Vec<Ranked> = all.into_iter().map(|r| judged(r.opening, true)).collect();
    by_score(&mut all);
    all.extend(rest);
    all.truncate(top);
    all
}
