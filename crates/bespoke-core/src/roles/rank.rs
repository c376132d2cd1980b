//! The blend: closeness of the person's narrative to a role, overlap of skills, and what adjusts them.
//!
//! The narrative is a weighted mean of passage vectors, recent work weighing more. Its cosine to a role is averaged
//! with that of the closest passages, so that one telling job is not drowned by a long life.

use super::{CloseSentence, Fit, Passage, Role, Seniority, SharedSkill, Vectors, taxonomy};
use crate::job::seniority;
use crate::lexicon::skills::{SkillId, Skills};
use crate::matching::{Piece, Spot, pieces};
use crate::resume::Resume;
use crate::score::Score;
use crate::text::fold;
use crate::wording::{stem, tokens};
use std::collections::{HashMap, HashSet};

/// Cosines of MiniLM between a résumé and a role run from about this (unrelated) …
const FAR: f32 = 0.12;
/// … to about this (a résumé written for the role); measured on the people of `fixtures/`.
const NEAR: f32 = 0.62;
/// Closest passages that are averaged with the narrative.
const CLOSEST: usize = 3;
/// A nice-to-have skill counts this much of a required one.
const NICE: f64 = 0.4;
/// Share of the room above the blend that a title held now can fill.
const TITLE_LIFT: f64 = 0.5;
/// Points that each rung beyond the first takes away.
const RUNG: f64 = 4.0;

/// The narrative of a résumé as passages: headline, summary, titles, bullets, projects, and the skills as one list.
pub fn passages(resume: &Resume) -> Vec<Passage> {
    let mut out: Vec<Passage> = pieces(resume)
        .into_iter()
        .filter(|p| p.spot.voice() > 0.0 && !p.text.trim().is_empty())
        .map(|p| Passage {
            weight: p.spot.voice() as f32,
            sentence: matches!(
                p.spot,
                Spot::Summary | Spot::Work { .. } | Spot::Project { .. } | Spot::Volunteer { .. }
            ),
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
            sentence: false,
        });
    }
    out
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn unit(mut vector: Vec<f32>) -> Vec<f32> {
    let length = dot(&vector, &vector).sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|v| *v /= length);
    }
    vector
}

/// Words of a title without its rank: "Senior Backend Engineer II" → backend, engineer.
fn title_words(title: &str) -> Vec<String> {
    const RANKS: [&str; 16] = [
        "senior",
        "sr",
        "junior",
        "jr",
        "lead",
        "principal",
        "staff",
        "i",
        "ii",
        "iii",
        "iv",
        "the",
        "of",
        "and",
        "mid",
        "entry",
    ];
    let words = fold(title);
    let words = words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty() && !RANKS.contains(w));
    words.map(stem).collect()
}

/// What a résumé shows, worked out once for all roles.
struct Person {
    /// First text that shows a skill of the lexicon, broader skills included.
    known: HashMap<SkillId, String>,
    /// Stems of every text, for skills that the lexicon does not know.
    texts: Vec<(Vec<String>, String)>,
    /// Titles held, newest first, with what they count.
    titles: Vec<(Vec<String>, String, f64)>,
    rung: Option<Seniority>,
}

fn stems(text: &str) -> Vec<String> {
    tokens(text)
        .into_iter()
        .filter(|t| !matches!(t.kind, crate::wording::Kind::Sign(_)))
        .map(|t| t.stem)
        .collect()
}

impl Person {
    fn new(resume: &Resume, pieces: &[Piece<'_>]) -> Person {
        let lexicon = Skills::builtin();
        let mut known: HashMap<SkillId, String> = HashMap::new();
        for piece in pieces {
            let mut open: Vec<SkillId> = lexicon.find(&piece.text).into_iter().map(|m| m.skill).collect();
            if matches!(piece.spot, Spot::Skill) {
                open.extend(lexicon.lookup(&piece.text));
            }
            let mut seen = HashSet::new();
            while let Some(id) = open.pop() {
                if seen.insert(id) {
                    known.entry(id).or_insert_with(|| piece.text.to_string());
                    open.extend(lexicon.get(id).broader.iter().copied());
                }
            }
        }
        let mut titles: Vec<(Vec<String>, String, f64)> = Vec::new();
        if let Some(label) = &resume.contact.label {
            titles.push((title_words(&label.value), label.value.clone(), 1.0));
        }
        for (n, work) in resume.work.iter().enumerate() {
            if let Some(position) = &work.position {
                let worth = [1.0, 0.8, 0.6].get(n).copied().unwrap_or(0.4);
                titles.push((title_words(&position.value), position.value.clone(), worth));
            }
        }
        let years = years_of_work(resume);
        let now = resume
            .work
            .first()
            .and_then(|w| w.position.as_ref())
            .or(resume.contact.label.as_ref());
        Person {
            known,
            texts: pieces.iter().map(|p| (stems(&p.text), p.text.to_string())).collect(),
            rung: seniority(now.map_or("", |t| &t.value), years),
            titles,
        }
    }

    /// The text that shows a skill.
    fn evidence(&self, skill: &str) -> Option<&str> {
        if let Some(found) = Skills::builtin().lookup(skill).and_then(|id| self.known.get(&id)) {
            return Some(found);
        }
        let wanted = stems(skill);
        if wanted.is_empty() {
            return None;
        }
        let holds = |text: &Vec<String>| text.windows(wanted.len()).any(|w| w == wanted);
        self.texts
            .iter()
            .find(|(text, _)| holds(text))
            .map(|(_, shown)| shown.as_str())
    }

    /// How far a held title is that of a role, 0 to 1, and the title.
    fn held(&self, role: &Role) -> (f64, Option<&str>) {
        let mut best = (0.0, None);
        for (n, name) in std::iter::once(&role.title).chain(&role.aliases).enumerate() {
            let wanted = title_words(name);
            for (words, shown, worth) in &self.titles {
                let whole = !wanted.is_empty() && wanted.iter().all(|w| words.contains(w));
                if whole {
                    let exact = wanted.len() as f64 / words.len().max(1) as f64;
                    let value = worth * (0.6 + 0.4 * exact) * if n == 0 { 1.0 } else { 0.9 };
                    if value > best.0 {
                        best = (value, Some(shown.as_str()));
                    }
                }
            }
        }
        best
    }
}

/// Years between the first start and the last date of work that the résumé shows.
fn years_of_work(resume: &Resume) -> Option<u32> {
    let starts = || {
        resume
            .work
            .iter()
            .filter_map(|w| w.start.as_ref().map(|s| s.value.months()))
    };
    let ends = resume.work.iter().filter_map(|w| match w.end.as_ref()?.value {
        crate::date::End::Date(date) => Some(date.months()),
        crate::date::End::Present => None,
    });
    let first = starts().min()?;
    let last = starts().chain(ends).max()?;
    u32::try_from((last - first) / 12).ok()
}

fn count_words(n: usize) -> String {
    const WORDS: [&str; 10] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ];
    WORDS.get(n).map_or_else(|| n.to_string(), |w| (*w).to_owned())
}

/// A skill's place in its list: the most telling first.
fn skill_weight(place: usize, required: bool) -> f64 {
    (if required { 1.0 } else { NICE }) / (1.0 + 0.08 * place as f64)
}

/// Ranks all roles; best first, ties by id. `blend` is the share of the semantic part, 0 to 1 (0.7 by default).
/// Without vectors (both empty) the semantic part is 0.
pub fn rank(resume: &Resume, vectors: &Vectors<'_>, blend: f64, top: usize) -> Vec<Fit> {
    let passages = passages(resume);
    let pieces = pieces(resume);
    let person = Person::new(resume, &pieces);
    let blend = blend.clamp(0.0, 1.0);
    let mut narrative: Vec<f32> = vec![0.0; vectors.passages.first().map_or(0, Vec::len)];
    for (passage, vector) in passages.iter().zip(vectors.passages) {
        for (sum, value) in narrative.iter_mut().zip(vector) {
            *sum += passage.weight * value;
        }
    }
    let narrative = unit(narrative);
    let empty = Vec::new();
    let mut fits: Vec<Fit> = taxonomy()
        .iter()
        .enumerate()
        .map(|(n, role)| {
            let vector = vectors.roles.get(n).unwrap_or(&empty);
            let near = Nearness::of(&passages, vectors.passages, &narrative, vector);
            fit(role, &person, near, blend)
        })
        .collect();
    fits.sort_by(|a, b| {
        b.score
            .total
            .total_cmp(&a.score.total)
            .then_with(|| a.role.cmp(&b.role))
    });
    fits.truncate(top);
    fits
}

/// How close a narrative is to one role.
struct Nearness {
    cosine: f32,
    sentences: Vec<CloseSentence>,
}

impl Nearness {
    fn of(passages: &[Passage], vectors: &[Vec<f32>], narrative: &[f32], role: &[f32]) -> Nearness {
        let mut each: Vec<(f32, &Passage)> = passages
            .iter()
            .zip(vectors)
            .map(|(p, v)| (dot(v, role), p))
            .filter(|(_, p)| !p.text.is_empty())
            .collect();
        each.sort_by(|a, b| b.0.total_cmp(&a.0));
        let closest: Vec<f32> = each.iter().take(CLOSEST).map(|(s, _)| *s).collect();
        let peak = if closest.is_empty() {
            0.0
        } else {
            closest.iter().sum::<f32>() / closest.len() as f32
        };
        let mut seen = HashSet::new();
        let sentences = each
            .iter()
            .filter(|(s, p)| p.sentence && *s > FAR && seen.insert(p.text.as_str()))
            .take(CLOSEST)
            .map(|(similarity, p)| CloseSentence {
                text: p.text.clone(),
                similarity: *similarity,
            })
            .collect();
        Nearness {
            cosine: 0.6 * dot(narrative, role) + 0.4 * peak,
            sentences,
        }
    }
}

fn fit(role: &Role, person: &Person, near: Nearness, blend: f64) -> Fit {
    let mut shared = Vec::new();
    let mut missing = Vec::new();
    let (mut have, mut all) = (0.0, 0.0);
    let mut away = 0;
    for (required, list) in [(true, &role.required), (false, &role.nice)] {
        for (place, skill) in list.iter().enumerate() {
            let weight = skill_weight(place, required);
            all += weight;
            match person.evidence(skill) {
                Some(quote) => {
                    have += weight;
                    shared.push(SharedSkill {
                        skill: skill.clone(),
                        required,
                        evidence: quote.to_owned(),
                    });
                }
                None => {
                    away += usize::from(required);
                    missing.push(skill.clone());
                }
            }
        }
    }
    let overlap = if all > 0.0 { have / all } else { 0.0 };
    let close = f64::from(((near.cosine - FAR) / (NEAR - FAR)).clamp(0.0, 1.0));
    let (held, title) = person.held(role);
    let base = 100.0 * (blend * close + (1.0 - blend) * overlap);
    let required_here = role.required.len() - away;
    let mut parts = vec![
        (
            "semantic",
            100.0 * blend,
            close,
            format!("The story of the work is at cosine {:.2} from the role.", near.cosine),
        ),
        (
            "skills",
            100.0 * (1.0 - blend),
            overlap,
            format!(
                "Shows {required_here} of {} required skills and {} of {} that help.",
                role.required.len(),
                shared.len() - required_here,
                role.nice.len()
            ),
        ),
    ];
    if let Some(title) = title {
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
    Fit {
        role: role.id.clone(),
        title: role.title.clone(),
        family: role.family.clone(),
        score: Score::of(parts),
        shared,
        missing,
        sentences: near.sentences,
        distance: match away {
            0 => "all required skills shown".into(),
            1 => "one required skill away".into(),
            n => format!("{} required skills away", count_words(n)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json_resume::from_json_resume;

    fn person(name: &str) -> Resume {
        let path = format!("{}/../../fixtures/people/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).expect("a fixture");
        from_json_resume(&serde_json::from_str(&text).expect("JSON"))
    }

    #[test]
    fn skills_alone_already_point_the_way() {
        let none = Vectors {
            passages: &[],
            roles: &[],
        };
        for (name, role) in [
            ("d01_software_us", "backend-engineer"),
            ("d02_nurse_us", "registered-nurse"),
            ("d07_chef_us", "chef"),
        ] {
            let fits = rank(&person(name), &none, 0.0, 3);
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
        let fits = rank(
            &Resume::default(),
            &Vectors {
                passages: &[],
                roles: &[],
            },
            0.7,
            5,
        );
        assert!(fits.iter().all(|f| f.score.total == 0.0));
        assert!(passages(&Resume::default()).is_empty());
    }
}
