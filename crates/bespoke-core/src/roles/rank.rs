//! The blend: closeness of the person's narrative to a role, overlap of skills, and what adjusts them.
//!
//! The narrative is a weighted mean of passage vectors, recent work weighing more. Its cosine to a role's description
//! is averaged with that of the closest passages, so that one telling job is not drowned by a long life, and with the
//! closeness of the titles held to the role's names, which say in three words what a person is, and with the terms that
//! the whole résumé shares with the role, for trade words are what sentence vectors miss. What comes out moves with how much
//! likelier the role's field of work is for such a story than for anybody's ([`crate::fields`]).

use super::person::Person;
use super::ready::{Ready, ReadyRole};
use super::{CloseSentence, Fit, Passage, PassageKind, Role, RoleSpace, SharedSkill, Taxonomy, Vectors};
use crate::fields::{Lift, Narrative};
use crate::matching::pieces;
use crate::resume::Resume;
use crate::score::Score;
use std::collections::HashSet;
use std::ops::Range;

/// Closest passages that are averaged with the narrative.
const CLOSEST: usize = 3;
/// Weightiest sentences and titles that are compared with every role.
const SENTENCES: usize = 24;
const TITLES: usize = 6;
/// A nice-to-have skill counts this much of a required one.
pub(super) const NICE: f64 = 0.5;
/// Share of the room above the blend that a title held now can fill.
pub(super) const TITLE_LIFT: f64 = 0.5;
/// Points that each rung beyond the first takes away.
pub(super) const RUNG: f64 = 4.0;
/// Shares of narrative, closest passages, titles and terms in the closeness.
const SHARES: [f32; 4] = [0.25, 0.15, 0.35, 0.25];
/// Closeness that each unit of a field's lift adds ([`Lift::of`]).
const FIELD: f32 = 0.13;
/// That a story is of the role's field is told from this probability on.
const LIKELY: f32 = 0.3;
/// Terms in common to this cosine say no more (a résumé written for the role).
const SAME_TERMS: f32 = 0.3;
/// Closeness, seen from the middle of all roles, runs from about this (unrelated) …
const FAR: f32 = -0.1;
/// … to about this (a résumé written for the role); measured on the people of `fixtures/`.
const NEAR: f32 = 0.58;
/// A sentence from this cosine on says something about a role.
const TELLING: f32 = 0.08;

/// The narrative of a résumé as passages: headline, summary, titles, bullets, projects, and the skills as one list.
pub fn passages(resume: &Resume) -> Vec<Passage> {
    let mut out: Vec<Passage> = pieces(resume)
        .into_iter()
        .filter(|p| p.spot.voice() > 0.0 && !p.text.trim().is_empty())
        .map(|p| Passage {
            weight: p.spot.voice() as f32,
            kind: match p.spot.is_title() {
                true => PassageKind::Title,
                false => PassageKind::Sentence,
            },
            text: p.text.to_string(),
        })
        .collect();
    let skills: Vec<&str> = resume
        .skills
        .iter()
        .flat_map(|g| g.keywords.iter().map(|k| k.value.as_str()))
        .collect();
    if !skills.is_empty() {
        out.push(Passage {
            text: skills.join(", "),
            weight: 1.0,
            kind: PassageKind::Skills,
        });
    }
    out
}

fn count_words(n: usize) -> String {
    const WORDS: [&str; 10] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ];
    WORDS.get(n).map_or_else(|| n.to_string(), |w| (*w).to_owned())
}

/// Ranks all roles of a taxonomy; best first, ties by id. `blend` is the share of the semantic part, 0 to 1 (0.7 by
/// default). Without vectors the semantic part is 0.
pub fn rank(resume: &Resume, taxonomy: &Taxonomy, vectors: Vectors<'_>, blend: f64, top: usize) -> Vec<Fit> {
    let passages = passages(resume);
    let pieces = pieces(resume);
    let ready = taxonomy.ready();
    let person = Person::new(resume, &pieces, ready);
    let shown: Vec<Option<&str>> = ready.skills.iter().map(|skill| person.evidence(skill)).collect();
    let blend = blend.clamp(0.0, 1.0);
    let story = Story::new(&passages, vectors);
    let terms = taxonomy.terms().cosines(person.stems());
    let roles = taxonomy.roles().iter().zip(&ready.roles).zip(taxonomy.places());
    let mut scored: Vec<_> = roles
        .zip(terms)
        .map(|(((role, parts), place), terms)| {
            let terms = FAR + (NEAR - FAR) * (terms / SAME_TERMS).min(1.0);
            let near = story
                .as_ref()
                .map_or(FAR, |s| s.cosine(&place) + SHARES[3] * terms + s.lift(parts.fields));
            let near = Near {
                closeness: near,
                field: story.as_ref().map_or(0.0, |s| s.share(parts.fields)),
            };
            let skills = Overlap::of(role, parts, ready, &shown);
            let score = score(role, &person, &near, &skills, held(&person, parts, ready), blend);
            (score, skills, role, place)
        })
        .collect();
    scored.sort_by(|a, b| b.0.total.total_cmp(&a.0.total).then_with(|| a.2.id.cmp(&b.2.id)));
    scored.truncate(top);
    scored
        .into_iter()
        .map(|(score, skills, role, place)| {
            let (shared, missing) = skills.lists(role, &shown);
            Fit {
                role: role.id.clone(),
                title: role.title.clone(),
                family: role.family.clone(),
                score,
                distance: match skills.away {
                    0 => "all required skills shown".into(),
                    1 => "one required skill away".into(),
                    n => format!("{} required skills away", count_words(n)),
                },
                shared,
                missing,
                sentences: story.as_ref().map(|s| s.sentences(&place)).unwrap_or_default(),
            }
        })
        .collect()
}

/// What a person shows of the skills of a role.
struct Overlap<'r> {
    parts: &'r ReadyRole,
    required_shared: usize,
    nice_shared: usize,
    away: usize,
    /// 0 to 1, telling skills counting more.
    share: f64,
}

impl<'r> Overlap<'r> {
    fn of(role: &Role, parts: &'r ReadyRole, ready: &Ready, shown: &[Option<&str>]) -> Overlap<'r> {
        let mut out = Overlap {
            parts,
            required_shared: 0,
            nice_shared: 0,
            away: 0,
            share: 0.0,
        };
        let (mut have, mut all) = (0.0, 0.0);
        let weights = role.required.iter().chain(&role.nice).map(|s| f64::from(s.weight));
        for (n, (place, weight)) in parts.skills.iter().zip(weights).enumerate() {
            let required = n < role.required.len();
            let weight = weight * ready.skills[*place].rarity * if required { 1.0 } else { NICE };
            all += weight;
            match (shown[*place].is_some(), required) {
                (true, true) => out.required_shared += 1,
                (true, false) => out.nice_shared += 1,
                (false, true) => out.away += 1,
                (false, false) => {}
            }
            if shown[*place].is_some() {
                have += weight;
            }
        }
        out.share = if all > 0.0 { have / all } else { 0.0 };
        out
    }

    /// The skills shared and those missing.
    fn lists(&self, role: &Role, shown: &[Option<&str>]) -> (Vec<SharedSkill>, Vec<String>) {
        let (mut shared, mut missing) = (Vec::new(), Vec::new());
        let skills = role.required.iter().chain(&role.nice);
        for (n, (place, skill)) in self.parts.skills.iter().zip(skills).enumerate() {
            match shown[*place] {
                Some(quote) => shared.push(SharedSkill {
                    skill: skill.name.clone(),
                    required: n < role.required.len(),
                    evidence: quote.to_owned(),
                }),
                None => missing.push(skill.name.clone()),
            }
        }
        (shared, missing)
    }
}

/// How far a title held is one of the role's names, and that title.
fn held<'p>(person: &'p Person<'_>, role: &ReadyRole, ready: &Ready) -> Option<(f64, &'p str)> {
    role.names
        .iter()
        .enumerate()
        .filter_map(|(n, name)| {
            let (value, held) = person.held(name, ready)?;
            Some((value * if n == 0 { 1.0 } else { 0.9 }, held.shown.as_str()))
        })
        .max_by(|a, b| a.0.total_cmp(&b.0))
}

/// A sentence of the narrative and its direction from the middle of all descriptions.
struct Sentence<'a> {
    text: &'a str,
    weight: f32,
    direction: Vec<f32>,
}

/// The person's narrative, seen from the middle of all roles.
struct Story<'a> {
    space: &'a RoleSpace,
    narrative: Vec<f32>,
    /// The weightiest first.
    sentences: Vec<Sentence<'a>>,
    /// Titles held, with their weights.
    titles: Vec<(f32, Vec<f32>)>,
    /// Of which field of work it reads.
    field: Option<Lift>,
}

impl<'a> Story<'a> {
    /// `None` where there are no vectors to compare.
    fn new(passages: &'a [Passage], vectors: Vectors<'a>) -> Option<Story<'a>> {
        let space = vectors.roles?;
        vectors.passages.first()?;
        let (mut sentences, mut titles) = (Vec::<Sentence<'_>>::new(), Vec::new());
        let mut whole = Narrative::default();
        let mut seen = HashSet::new();
        for (passage, vector) in passages.iter().zip(vectors.passages) {
            whole.add(vector, passage.weight, passage.kind == PassageKind::Title);
            match passage.kind {
                PassageKind::Sentence if seen.insert(passage.text.as_str()) => sentences.push(Sentence {
                    text: &passage.text,
                    weight: passage.weight,
                    direction: space.of_story(vector),
                }),
                PassageKind::Title => titles.push((passage.weight, space.of_title(vector))),
                PassageKind::Sentence | PassageKind::Skills => {}
            }
        }
        sentences.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        titles.truncate(TITLES);
        Some(Story {
            narrative: space.of_story(&whole.vectors().0),
            space,
            sentences,
            titles,
            field: space.fields().odds(&whole).map(|odds| Lift::new(&odds)),
        })
    }

    /// What the story's field of work adds to the closeness to a role of these fields.
    fn lift(&self, fields: u32) -> f32 {
        self.field.as_ref().map_or(0.0, |lift| FIELD * lift.of(fields))
    }

    /// Probability that the story is of one of these fields.
    fn share(&self, fields: u32) -> f32 {
        self.field.as_ref().map_or(0.0, |lift| lift.share(fields))
    }

    /// Closeness to one role, whose texts are at `place`, but for the terms; shares of parts that the résumé lacks go to
    /// the narrative.
    fn cosine(&self, place: &Range<usize>) -> f32 {
        let story = self.space.to_description(&self.narrative, place);
        let mut nearest = [f32::NEG_INFINITY; CLOSEST];
        for sentence in self.sentences.iter().take(SENTENCES) {
            let mut near = self.space.to_description(&sentence.direction, place);
            for slot in &mut nearest {
                if near > *slot {
                    std::mem::swap(&mut near, slot);
                }
            }
        }
        let count = self.sentences.len().min(CLOSEST);
        let peak = match count {
            0 => story,
            n => nearest[..n].iter().sum::<f32>() / n as f32,
        };
        let (mut titles, mut weights) = (0.0, 0.0);
        for (weight, direction) in &self.titles {
            titles += weight * self.space.to_names(direction, place);
            weights += weight;
        }
        let titles = if weights > 0.0 { titles / weights } else { story };
        SHARES[0] * story + SHARES[1] * peak + SHARES[2] * titles
    }

    /// The sentences closest to the description at `place`.
    fn sentences(&self, place: &Range<usize>) -> Vec<CloseSentence> {
        let mut each: Vec<CloseSentence> = self
            .sentences
            .iter()
            .map(|s| CloseSentence {
                text: s.text.to_owned(),
                similarity: self.space.to_description(&s.direction, place),
            })
            .filter(|s| s.similarity > TELLING)
            .collect();
        each.sort_by(|a, b| b.similarity.total_cmp(&a.similarity));
        each.truncate(CLOSEST);
        each
    }
}

/// How near the story of the work is to a role.
struct Near {
    closeness: f32,
    /// Probability that the story is of the role's field of work.
    field: f32,
}

impl Near {
    fn why(&self) -> String {
        // A role of the person's own field can come nearer than any text is to another.
        let story = format!(
            "The story of the work is at closeness {:.2} to the role.",
            self.closeness.clamp(-1.0, 1.0)
        );
        match self.field >= LIKELY {
            true => format!(
                "{story} Of such stories, {:.0} in 100 are of its field.",
                self.field * 100.0
            ),
            false => story,
        }
    }
}

fn score(
    role: &Role,
    person: &Person<'_>,
    near: &Near,
    skills: &Overlap<'_>,
    held: Option<(f64, &str)>,
    blend: f64,
) -> Score {
    let close = f64::from(((near.closeness - FAR) / (NEAR - FAR)).clamp(0.0, 1.0));
    let base = 100.0 * (blend * close + (1.0 - blend) * skills.share);
    let mut parts = vec![
        ("semantic", 100.0 * blend, close, near.why()),
        (
            "skills",
            100.0 * (1.0 - blend),
            skills.share,
            format!(
                "Shows {} of {} required skills and {} of {} that help, telling ones counting more.",
                skills.required_shared,
                role.required.len(),
                skills.nice_shared,
                role.nice.len()
            ),
        ),
    ];
    if let Some((held, title)) = held {
        let room = (100.0 - base).max(0.0) * TITLE_LIFT;
        parts.push(("title", room, held, format!("Has worked as “{title}”.")));
    }
    if let Some(rung) = person.rung {
        let gap = (rung as i32 - role.seniority as i32).abs() - 1;
        if gap > 0 {
            let takes = (f64::from(gap) * RUNG).min(base * 0.3);
            let direction = if rung > role.seniority { "below" } else { "above" };
            let why = format!(
                "The role usually stands {} rungs {direction} the present one.",
                count_words(gap as usize + 1)
            );
            parts.push(("seniority", -takes, 1.0, why));
        }
    }
    Score::of(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json_resume::from_json_resume;

    const NONE: Vectors<'static> = Vectors {
        passages: &[],
        roles: None,
    };

    fn person(name: &str) -> Resume {
        let path = format!("{}/../../fixtures/people/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).expect("a fixture");
        from_json_resume(&serde_json::from_str(&text).expect("JSON"))
    }

    #[test]
    fn skills_alone_already_point_the_way() {
        for (name, role) in [
            ("d01_software_us", "backend-engineer"),
            ("d02_nurse_us", "registered-nurse"),
            ("d07_chef_us", "chef"),
        ] {
            let fits = rank(&person(name), Taxonomy::builtin(), NONE, 0.0, 3);
            assert!(
                fits.iter().any(|f| f.role == role),
                "{name}: {:?}",
                fits.iter().map(|f| &f.role).collect::<Vec<_>>()
            );
            for fit in &fits {
                let sum: f64 = fit.score.parts.iter().map(|p| p.points).sum();
                assert!((sum - fit.score.total).abs() < 0.005);
                assert!((0.0..=100.0).contains(&fit.score.total));
                assert!(fit.shared.iter().all(|s| !s.evidence.is_empty()));
            }
        }
    }

    #[test]
    fn an_empty_resume_fits_nothing() {
        let fits = rank(&Resume::default(), Taxonomy::builtin(), NONE, 0.7, 5);
        assert!(fits.iter().all(|f| f.score.total == 0.0));
        assert!(passages(&Resume::default()).is_empty());
    }
}
