//! How well a résumé matches a job: a sum of shown parts, the same for the same input.
//!
//! A skill counts once, however often it is named; where it stands counts a little, because readers and ATS look at
//! some places first. What the job does not ask gets no weight, and its weight goes to the other parts.

pub mod kinship;
mod pieces;
mod semantic;
mod standing;

pub(crate) use pieces::{Piece, Spot, pieces};
pub use semantic::{LineOfWork, Told};
pub use standing::title_line;
pub(crate) use standing::{degree_lacking as standing_of_degree, level_of_degree, months_of_work};

use crate::job::{JobPosting, JobSkill, Phrase};
use crate::lexicon::skills::{SkillId, Skills};
use crate::resume::Resume;
use crate::roles::{Taxonomy, alike};
use crate::score::Score;
use crate::tailor::{Closeness, all_windows};
use crate::text::fold;
use crate::wording::{stem, tokens};
use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// Points that each part can add where the job asks for everything; they sum to 100.
const WEIGHTS: [(&str, f64); 6] = [
    ("required-skills", 26.0),
    ("preferred-skills", 7.0),
    ("title", 16.0),
    ("seniority", 4.0),
    ("education", 3.0),
    ("semantic", 44.0),
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

impl Hit {
    /// How much naming a skill in these words counts.
    fn worth(self) -> f64 {
        match self {
            Hit::Exact => 1.0,
            Hit::OtherWords => 0.9,
            Hit::Narrower => 0.6,
        }
    }
}

/// A skill that the job asks for, ready to be looked for.
pub(crate) struct Ask<'a> {
    pub skill: &'a JobSkill,
    pub id: Option<SkillId>,
    /// Its place among the asks of the job.
    index: usize,
    /// Folded spellings that the job uses.
    own: Vec<String>,
    /// Their stems, for skills that the lexicon does not know.
    stems: Vec<Vec<String>>,
    pub weight: f64,
}

impl Ask<'_> {
    fn found(&self, skills: &[(SkillId, String)], broader: &HashSet<SkillId>, stems: &[String]) -> Option<Hit> {
        let Some(id) = self.id else {
            let named = self.stems.iter().any(|s| names(stems, s));
            return named.then_some(Hit::Exact);
        };
        let mut found = skills.iter().filter(|(s, _)| *s == id).peekable();
        if found.peek().is_some() {
            return Some(if found.any(|(_, words)| self.own.contains(words)) {
                Hit::Exact
            } else {
                Hit::OtherWords
            });
        }
        broader.contains(&id).then_some(Hit::Narrower)
    }
}

/// What a text says about the job, worked out once per text; closeness and relevance only where they are asked for.
struct Reading {
    /// By ask: in which words the text names it.
    hits: Vec<Option<Hit>>,
    stems: Vec<String>,
    /// What it says of each role.
    echo: OnceCell<Vec<f32>>,
    closeness: OnceCell<f32>,
    relevance: OnceCell<f64>,
}

/// A job ready to be matched with many versions of a résumé; remembers each text that it has read.
pub(crate) struct Matcher<'a> {
    pub job: &'a JobPosting,
    pub asks: Vec<Ask<'a>>,
    /// Stems of the domain terms that the job names first, and of its verbs.
    terms: Vec<Vec<String>>,
    verbs: Vec<Vec<String>>,
    closeness: &'a dyn Closeness,
    read: RefCell<HashMap<String, Rc<Reading>>>,
    /// What the job says of each role.
    echo: OnceCell<Vec<f32>>,
    /// Titles by how far they are of the line of work of the job's.
    akin: RefCell<HashMap<String, Option<f32>>>,
}

impl<'a> Matcher<'a> {
    pub fn new(job: &'a JobPosting, closeness: &'a dyn Closeness) -> Self {
        let lexicon = Skills::builtin();
        let mut seen = HashSet::new();
        let mut asks: Vec<Ask<'_>> = job
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
                    index: 0,
                    own,
                    stems,
                    weight,
                })
            })
            .collect();
        for (index, ask) in asks.iter_mut().enumerate() {
            ask.index = index;
        }
        let first = |phrases: &[Phrase]| phrases.iter().take(30).map(|p| stems_of(&p.text)).collect();
        Matcher {
            terms: first(&job.terms),
            verbs: first(&job.verbs),
            job,
            asks,
            closeness,
            read: RefCell::default(),
            echo: OnceCell::new(),
            akin: RefCell::default(),
        }
    }

    /// Has the closeness of texts measured together, before they are asked for one by one.
    pub fn warm<'t>(&self, texts: impl Iterator<Item = &'t str>) {
        let mut seen = HashSet::new();
        let texts: Vec<&str> = texts.filter(|t| seen.insert(*t)).collect();
        if !texts.is_empty() {
            self.closeness.warm(&texts);
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
        let stems = stems_of(text);
        let reading = Rc::new(Reading {
            hits: self.asks.iter().map(|a| a.found(&skills, &broader, &stems)).collect(),
            stems,
            echo: OnceCell::new(),
            closeness: OnceCell::new(),
            relevance: OnceCell::new(),
        });
        self.read.borrow_mut().insert(text.to_owned(), reading.clone());
        reading
    }

    /// In which words a text names a skill of the job, if it does.
    pub fn hit(&self, ask: &Ask<'_>, text: &str) -> Option<Hit> {
        self.reading(text).hits[ask.index]
    }

    /// Cosine of a text with the job, as the caller measures it.
    pub fn closeness(&self, text: &str) -> f32 {
        self.measured(text, &self.reading(text))
    }

    fn measured(&self, text: &str, reading: &Reading) -> f32 {
        *reading.closeness.get_or_init(|| self.closeness.closeness(text))
    }

    /// How much a text says about this job: skills, domain terms, verbs, closeness. Only for comparing bullets.
    pub fn relevance(&self, text: &str) -> f64 {
        let reading = self.reading(text);
        *reading.relevance.get_or_init(|| {
            let skills: f64 = self
                .asks
                .iter()
                .filter_map(|ask| {
                    let required = if ask.skill.required { 2.0 } else { 1.0 };
                    Some(reading.hits[ask.index]?.worth() * ask.weight * required)
                })
                .sum();
            let named = |all: &[Vec<String>]| all.iter().filter(|s| names(&reading.stems, s)).count();
            let terms = named(&self.terms).min(4) as f64;
            let verbs = named(&self.verbs).min(2) as f64;
            let closeness = self.measured(text, &reading);
            skills + 0.5 * terms + 0.2 * verbs + 3.0 * f64::from(closeness.max(0.0))
        })
    }

    /// How well the résumé shows a skill, 0 to 1: named where readers look for skills, and shown at work. The better
    /// of the two makes three quarters.
    fn credit(ask: &Ask<'_>, read: &[Read<'_>]) -> f64 {
        let (mut listed, mut shown) = (0.0f64, 0.0f64);
        for (piece, reading) in read {
            let Some(hit) = reading.hits[ask.index] else { continue };
            let (list, place) = piece.spot.worth();
            let best = if list { &mut listed } else { &mut shown };
            *best = best.max(hit.worth() * place);
        }
        0.75 * listed.max(shown) + 0.25 * listed.min(shown)
    }

    fn skills_part(&self, required: bool, read: &[Read<'_>]) -> Option<(f64, String)> {
        let asks: Vec<&Ask<'_>> = self.asks.iter().filter(|a| a.skill.required == required).collect();
        if asks.is_empty() {
            return None;
        }
        let weight: f64 = asks.iter().map(|a| a.weight).sum();
        let credits: Vec<f64> = asks.iter().map(|a| Self::credit(a, read)).collect();
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

    fn semantic_part(&self, read: &[Read<'_>]) -> Option<(f64, String)> {
        let mut seen = HashSet::new();
        let said: Vec<semantic::Said<'_>> = read
            .iter()
            .filter(|(piece, _)| piece.spot.voice() > 0.0 && seen.insert(piece.text))
            .map(|(piece, reading)| semantic::Said {
                told: Told {
                    text: piece.text,
                    weight: piece.spot.voice(),
                    title: piece.spot.is_title(),
                },
                cosine: f64::from(self.measured(piece.text, reading)),
            })
            .collect();
        semantic::semantic(&said, self.closeness, || self.alike(read))
    }

    /// How alike the job and the texts of a résumé are in what they say of each role, −1 to 1.
    fn alike(&self, read: &[Read<'_>]) -> f32 {
        let terms = Taxonomy::builtin().terms();
        let job = self.echo.get_or_init(|| {
            let mut sum = Vec::new();
            all_windows(self.job)
                .iter()
                .for_each(|w| add(&mut sum, &terms.echo(&stems_of(w))));
            sum
        });
        let mut sum = Vec::new();
        for (piece, reading) in read {
            if piece.spot.voice() > 0.0 || piece.spot == Spot::Skill {
                add(&mut sum, reading.echo.get_or_init(|| terms.echo(&reading.stems)));
            }
        }
        alike(job, &sum)
    }

    fn akin(&self, title: &str) -> Option<f32> {
        if let Some(known) = self.akin.borrow().get(title) {
            return *known;
        }
        let found = self.closeness.akin(title, standing::title_line(self.job)?);
        self.akin.borrow_mut().insert(title.to_owned(), found);
        found
    }

    /// The score of one version of the résumé.
    pub fn score(&self, resume: &Resume) -> Score {
        let read: Vec<Read<'_>> = pieces(resume)
            .into_iter()
            .map(|p| {
                let reading = self.reading(p.text);
                (p, reading)
            })
            .collect();
        let found = [
            (self.skills_part(true, &read), "The job names no required skills."),
            (self.skills_part(false, &read), "The job names no preferred skills."),
            (
                standing::title(self.job, resume, |title| self.akin(title)),
                "The job has no title that can be read.",
            ),
            (
                standing::seniority(self.job, resume),
                "The job asks for no seniority or years.",
            ),
            (standing::education(self.job, resume), "The job asks for no degree."),
            (self.semantic_part(&read), "Closeness in meaning was not measured."),
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

/// A piece and what it says.
type Read<'r> = (Piece<'r>, Rc<Reading>);

fn add(sum: &mut Vec<f32>, echo: &[f32]) {
    sum.resize(echo.len(), 0.0);
    sum.iter_mut().zip(echo).for_each(|(s, e)| *s += e);
}

/// True where these stems stand side by side in a text.
fn names(text: &[String], wanted: &[String]) -> bool {
    !wanted.is_empty() && text.windows(wanted.len()).any(|w| w == wanted)
}

/// How close the titles held come to the title of the job, 0 to 1; 1 where it has none.
pub(crate) fn title_closeness(job: &JobPosting, resume: &Resume) -> f64 {
    standing::title(job, resume, |_| None).map_or(1.0, |(value, _)| value)
}

fn stems_of(text: &str) -> Vec<String> {
    tokens(text)
        .into_iter()
        .filter(|t| !matches!(t.kind, crate::wording::Kind::Sign(_)))
        .map(|t| stem(&t.word))
        .collect()
}
