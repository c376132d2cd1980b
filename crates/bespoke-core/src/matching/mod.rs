//! How well a résumé matches a job: a sum of shown parts, the same for the same input.
//!
//! A skill counts once, however often it is named; where it stands counts a little, because readers and ATS look at
//! some places first. What the job does not ask gets no weight, and its weight goes to the other parts.

pub mod kinship;
mod pieces;
mod semantic;
mod standing;

pub(crate) use pieces::{Piece, Spot, pieces};

use crate::job::{JobPosting, JobSkill};
use crate::lexicon::skills::{SkillId, Skills};
use crate::resume::Resume;
use crate::score::Score;
use crate::tailor::Closeness;
use crate::text::fold;
use crate::wording::{stem, tokens};
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// Points that each part can add where the job asks for everything; they sum to 100.
const WEIGHTS: [(&str, f64); 6] = [
    ("required-skills", 34.0),
    ("preferred-skills", 9.0),
    ("title", 13.0),
    ("seniority", 6.0),
    ("education", 3.0),
    ("semantic", 35.0),
];

/// Match of a résumé with a job, 0 to 100. Parts: `required-skills`, `preferred-skills`, `title`, `seniority` (with
/// years), `education`, `semantic`; a part that the job does not ask for is shown with weight 0 and says so.
pub fn match_score(resume: &Resume, job: &JobPosting, closeness: &dyn Closeness) -> Score {
    Matcher::new(job, closeness).score(resume)
}

/// In which words a text names a skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Hit {
    /// Only a narrower skill: PostgreSQL for SQL.
    Narrower,
    /// By another name: JS for JavaScript.
    OtherWords,
    /// In the job's own words.
    Exact,
}

/// A skill that the job asks for, ready to be looked for.
pub(crate) struct Ask<'a> {
    pub skill: &'a JobSkill,
    pub id: Option<SkillId>,
    /// Folded spellings that the job uses.
    own: Vec<String>,
    /// Their stems, for skills that the lexicon does not know.
    stems: Vec<Vec<String>>,
    pub weight: f64,
}

/// What a text names, worked out once per text.
struct Reading {
    /// Skills and the folded words that name them.
    skills: Vec<(SkillId, String)>,
    /// Broader skills of those.
    broader: HashSet<SkillId>,
    stems: Vec<String>,
    closeness: f32,
}

/// A job ready to be matched with many versions of a résumé; remembers each text that it has read.
pub(crate) struct Matcher<'a> {
    pub job: &'a JobPosting,
    pub asks: Vec<Ask<'a>>,
    closeness: &'a dyn Closeness,
    read: RefCell<HashMap<String, Rc<Reading>>>,
}

impl<'a> Matcher<'a> {
    pub fn new(job: &'a JobPosting, closeness: &'a dyn Closeness) -> Self {
        let lexicon = Skills::builtin();
        let mut seen = HashSet::new();
        let asks = job
            .skills
            .iter()
            .filter_map(|skill| {
                let id = lexicon
                    .lookup(&skill.name)
                    .or_else(|| lexicon.lookup(&skill.phrase.text));
                let key = id.map_or_else(|| fold(&skill.name), |id| format!("#{}", id.0));
                let mut own = vec![fold(&skill.name)];
                let phrase = fold(&skill.phrase.text);
                if !phrase.is_empty() && !own.contains(&phrase) {
                    own.push(phrase);
                }
                let stems = own.iter().map(|o| stems_of(o)).filter(|s| !s.is_empty()).collect();
                let weight = 1.0 + 0.25 * f64::from(skill.count.saturating_sub(1).min(3));
                seen.insert(key).then_some(Ask {
                    skill,
                    id,
                    own,
                    stems,
                    weight,
                })
            })
            .collect();
        Matcher {
            job,
            asks,
            closeness,
            read: RefCell::default(),
        }
    }

    fn reading(&self, text: &str) -> Rc<Reading> {
        if let Some(known) = self.read.borrow().get(text) {
            return known.clone();
        }
        let lexicon = Skills::builtin();
        let mut skills: Vec<(SkillId, String)> = lexicon
            .find(text)
            .into_iter()
            .map(|m| (m.skill, fold(&text[m.range])))
            .collect();
        if let Some(id) = lexicon.lookup(text)
            && !skills.iter().any(|(s, _)| *s == id)
        {
            skills.push((id, fold(text)));
        }
        let mut broader = HashSet::new();
        let mut open: Vec<SkillId> = skills
            .iter()
            .flat_map(|(s, _)| lexicon.get(*s).broader.clone())
            .collect();
        while let Some(id) = open.pop() {
            if broader.insert(id) {
                open.extend(lexicon.get(id).broader.iter().copied());
            }
        }
        let reading = Rc::new(Reading {
            skills,
            broader,
            stems: stems_of(text),
            closeness: self.closeness.closeness(text),
        });
        self.read.borrow_mut().insert(text.to_owned(), reading.clone());
        reading
    }

    /// In which words a text names a skill of the job, if it does.
    pub fn hit(&self, ask: &Ask<'_>, text: &str) -> Option<Hit> {
        let reading = self.reading(text);
        match ask.id {
            Some(id) => {
                let mut found = reading.skills.iter().filter(|(s, _)| *s == id).peekable();
                if found.peek().is_some() {
                    return Some(if found.any(|(_, words)| ask.own.contains(words)) {
                        Hit::Exact
                    } else {
                        Hit::OtherWords
                    });
                }
                reading.broader.contains(&id).then_some(Hit::Narrower)
            }
            None => ask
                .stems
                .iter()
                .any(|s| reading.stems.windows(s.len()).any(|w| w == s.as_slice()))
                .then_some(Hit::Exact),
        }
    }

    /// Cosine of a text with the job, as the caller measures it.
    pub fn closeness(&self, text: &str) -> f32 {
        self.reading(text).closeness
    }

    /// How much a text says about this job: skills, domain terms, verbs, closeness. Only for comparing bullets.
    pub fn relevance(&self, text: &str) -> f64 {
        let skills: f64 = self
            .asks
            .iter()
            .filter_map(|ask| {
                let hit = match self.hit(ask, text)? {
                    Hit::Exact => 1.0,
                    Hit::OtherWords => 0.9,
                    Hit::Narrower => 0.6,
                };
                Some(hit * ask.weight * if ask.skill.required { 2.0 } else { 1.0 })
            })
            .sum();
        let reading = self.reading(text);
        let names = |phrase: &str| {
            let stems = stems_of(phrase);
            !stems.is_empty() && reading.stems.windows(stems.len()).any(|w| w == stems.as_slice())
        };
        let terms = self.job.terms.iter().take(30).filter(|t| names(&t.text)).count().min(4) as f64;
        let verbs = self.job.verbs.iter().take(30).filter(|v| names(&v.text)).count().min(2) as f64;
        skills + 0.5 * terms + 0.2 * verbs + 3.0 * f64::from(reading.closeness.max(0.0))
    }

    /// How well the résumé shows a skill, 0 to 1: named where readers look for skills, and shown at work. The better
    /// of the two makes three quarters.
    fn credit(&self, ask: &Ask<'_>, pieces: &[Piece<'_>]) -> f64 {
        let (mut listed, mut shown) = (0.0f64, 0.0f64);
        for piece in pieces {
            let Some(hit) = self.hit(ask, piece.text) else { continue };
            let words = match hit {
                Hit::Exact => 1.0,
                Hit::OtherWords => 0.9,
                Hit::Narrower => 0.6,
            };
            let (list, place) = piece.spot.worth();
            let best = if list { &mut listed } else { &mut shown };
            *best = best.max(words * place);
        }
        0.75 * listed.max(shown) + 0.25 * listed.min(shown)
    }

    fn skills_part(&self, required: bool, pieces: &[Piece<'_>]) -> Option<(f64, String)> {
        let asks: Vec<&Ask<'_>> = self.asks.iter().filter(|a| a.skill.required == required).collect();
        if asks.is_empty() {
            return None;
        }
        let weight: f64 = asks.iter().map(|a| a.weight).sum();
        let credits: Vec<f64> = asks.iter().map(|a| self.credit(a, pieces)).collect();
        let value = credits.iter().zip(&asks).map(|(c, a)| c * a.weight).sum::<f64>() / weight;
        let shown = credits.iter().filter(|c| **c > 0.0).count();
        let full = credits.iter().filter(|c| **c >= 0.9).count();
        let kind = if required { "required" } else { "preferred" };
        let why = format!(
            "{shown} of {} {kind} skills {} in the résumé, {full} of them where readers look and shown at work.",
            asks.len(),
            if shown == 1 { "is" } else { "are" },
        );
        Some((value, why))
    }

    fn semantic_part(&self, pieces: &[Piece<'_>]) -> Option<(f64, String)> {
        let mut seen = HashSet::new();
        let texts: Vec<(&str, f64)> = pieces
            .iter()
            .map(|p| (p.text, p.spot.voice()))
            .filter(|(text, weight)| *weight > 0.0 && seen.insert(*text))
            .collect();
        semantic::semantic(&texts, self.closeness, |text| self.closeness(text))
    }

    /// The score of one version of the résumé.
    pub fn score(&self, resume: &Resume) -> Score {
        let pieces = pieces(resume);
        let found = [
            (self.skills_part(true, &pieces), "The job names no required skills."),
            (self.skills_part(false, &pieces), "The job names no preferred skills."),
            (
                standing::title(self.job, resume),
                "The job has no title that can be read.",
            ),
            (
                standing::seniority(self.job, resume),
                "The job asks for no seniority or years.",
            ),
            (standing::education(self.job, resume), "The job asks for no degree."),
            (self.semantic_part(&pieces), "Closeness in meaning was not measured."),
        ];
        let asked: f64 = WEIGHTS
            .iter()
            .zip(&found)
            .filter(|(_, f)| f.0.is_some())
            .map(|(w, _)| w.1)
            .sum();
        let mut left = 10_000i64;
        let last = found.iter().rposition(|f| f.0.is_some());
        let parts: Vec<_> = WEIGHTS
            .iter()
            .zip(found)
            .enumerate()
            .map(|(i, ((name, weight), (part, absent)))| match part {
                Some((value, why)) => {
                    let share = if Some(i) == last {
                        left
                    } else {
                        (weight / asked * 10_000.0).round() as i64
                    };
                    left -= share;
                    // Values are compared across versions: whole millionths leave no trace of the order of sums.
                    (*name, share as f64 / 100.0, (value * 1e6).round() / 1e6, why)
                }
                None => (*name, 0.0, 0.0, format!("{absent} Its weight goes to the other parts.")),
            })
            .collect();
        Score::of(parts)
    }
}

fn stems_of(text: &str) -> Vec<String> {
    tokens(text)
        .into_iter()
        .filter(|t| !matches!(t.kind, crate::wording::Kind::Sign(_)))
        .map(|t| stem(&t.word))
        .collect()
}
