//! How the résumé stands to each skill that the job asks for: have, buried, lack.

use super::{Evidence, Keyword, Standing};
use crate::matching::{Hit, Matcher, Piece};

/// Keywords, required first, in the order of the job.
pub(super) fn keywords(matcher: &Matcher<'_>, pieces: &[Piece<'_>]) -> Vec<Keyword> {
    const QUOTES: usize = 5;
    let mut out: Vec<Keyword> = matcher
        .asks
        .iter()
        .map(|ask| {
            let mut hits: Vec<(Hit, &Piece<'_>)> = pieces
                .iter()
                .filter_map(|p| Some((matcher.hit(ask, p.text)?, p)))
                .collect();
            let plain = hits.iter().any(|(hit, p)| *hit == Hit::Exact && p.spot.in_sight());
            // Stable: within one kind of hit, evidence stays in the order of the résumé.
            hits.sort_by_key(|(hit, _)| std::cmp::Reverse(*hit));
            Keyword {
                keyword: ask.skill.name.clone(),
                required: ask.skill.required,
                standing: match (hits.is_empty(), plain) {
                    (true, _) => Standing::Lack,
                    (_, true) => Standing::Have,
                    _ => Standing::Buried,
                },
                evidence: hits.iter().take(QUOTES).map(|(_, p)| evidence(p)).collect(),
            }
        })
        .collect();
    out.sort_by_key(|k| !k.required);
    out
}

/// A piece as evidence.
pub(super) fn evidence(piece: &Piece<'_>) -> Evidence {
    Evidence {
        id: piece.id.cloned(),
        quote: piece.text.to_owned(),
    }
}
