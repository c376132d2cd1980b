//! The semantic part of a match: sentences against the job, and the line of work against the job's.

use crate::tailor::Closeness;

/// Shares of the line of work as sentence vectors show it and as terms do; the rest is the mean closeness of sentences.
const KINSHIP_SHARE: f64 = 0.55;
const TERMS_SHARE: f64 = 0.25;
/// Share of the field of work, where the job is of one; the rest is all else.
const FIELD_SHARE: f64 = 0.8;

/// A text of the résumé, as it counts in closeness.
pub(super) struct Said<'t> {
    pub told: Told<'t>,
    /// With the job, as the caller measures it.
    pub cosine: f64,
}

/// A text as it tells of a line of work.
#[derive(Debug, Clone, Copy)]
pub struct Told<'t> {
    /// The text.
    pub text: &'t str,
    /// Its voice in the whole, above 0.
    pub weight: f64,
    /// Whether it is a title.
    pub title: bool,
}

/// How a story of work stands to the line of work of a job.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LineOfWork {
    /// Cosine of the two among occupations, −1 to 1; see [`super::kinship`].
    pub kinship: f32,
    /// Probability that both are of one field of work, and that the job is of none; see
    /// [`crate::fields::Odds::shared`].
    pub field: Option<(f32, f32)>,
}

/// The part's value, 0 to 1, and why; each text once. `alike` compares the terms. `None` where nothing was measured.
pub(super) fn semantic(
    said: &[Said<'_>],
    closeness: &dyn Closeness,
    alike: impl FnOnce() -> f32,
) -> Option<(f64, String)> {
    let measured = said.iter().any(|s| s.cosine != 0.0);
    let weights: f64 = said.iter().map(|s| s.told.weight).sum();
    let sum: f64 = said.iter().map(|s| s.told.weight * s.cosine).sum();
    if !measured {
        return None;
    }
    // MiniLM puts unrelated sentences near 0.05 and a fitting bullet near 0.55.
    let mean = sum / weights;
    let sentences = ((mean - 0.05) / 0.5).clamp(0.0, 1.0);
    let close = format!(
        "Sentences are {:.0} % close to the job in meaning on average",
        mean * 100.0
    );
    let told: Vec<Told<'_>> = said.iter().map(|s| s.told).collect();
    let Some(LineOfWork { kinship, field }) = closeness.line_of_work(&told) else {
        return Some((sentences, format!("{close}, recent ones counting more.")));
    };
    // Résumés of other lines of work stand near 0.15, those of the job's own near 0.45 (measured on 581 pairs).
    let kinship = f64::from(kinship);
    let line = ((kinship + 0.1) / 0.75).clamp(0.0, 1.0);
    // In terms, other lines of work stand near 0.15, the job's own near 0.35.
    let terms = (f64::from(alike()) / 0.6).clamp(0.0, 1.0);
    let rest = KINSHIP_SHARE * line + TERMS_SHARE * terms + (1.0 - KINSHIP_SHARE - TERMS_SHARE) * sentences;
    let (value, field) = match field {
        None => (rest, String::new()),
        Some((shared, none)) => {
            let (shared, share) = (f64::from(shared), FIELD_SHARE * (1.0 - f64::from(none)));
            // Stories of other fields stand near 0.035, those of the job's own near 0.065 and above (held-out résumés).
            let same = ((shared - 0.03) / 0.05).clamp(0.0, 1.0);
            let field = match same {
                s if s >= 0.6 => "Its field is the job's. ",
                s if s >= 0.2 => "Its field is close to the job's. ",
                _ => "Its field is another than the job's. ",
            };
            (share * same + (1.0 - share) * rest, field.to_owned())
        }
    };
    let kin = match kinship {
        k if k >= 0.4 => "the same line of work",
        k if k >= 0.2 => "a neighbouring line of work",
        _ => "another line of work",
    };
    Some((
        value,
        format!(
            "{field}The story as a whole is of {kin} ({kinship:.2} of 1), its words are {:.0} % those of the trade. {close}, recent ones counting more.",
            terms * 100.0
        ),
    ))
}
