//! Which questions are likely: the way in, the duties, the skills, what is missing, the way the career went.

use super::star::{Story, outline, stories};
use super::{Outline, Question, QuestionKind, changes};
use crate::job::{JobPosting, Phrase};
use crate::letter::{Proof, infinitive};
use crate::lexicon::skills::{SkillKind, Skills};
use crate::matching::{Ask, Hit, Matcher, pieces};
use crate::resume::Resume;
use crate::roles::Seniority;
use crate::wording::vocabulary::is_neutral;
use crate::wording::{Kind, tokens};
use std::collections::{HashMap, HashSet};

/// Most questions of each source.
const DUTIES: usize = 6;
const SKILLS: usize = 5;

struct Desk<'a> {
    resume: &'a Resume,
    job: &'a JobPosting,
    matcher: &'a Matcher<'a>,
    stories: Vec<Story<'a>>,
    /// How often a bullet has been used as an answer.
    used: HashMap<String, usize>,
    out: Vec<Question>,
}

/// All questions, in the order in which interviews go.
pub(super) fn all<'a>(resume: &'a Resume, job: &'a JobPosting, matcher: &'a Matcher<'a>) -> Vec<Question> {
    let mut desk = Desk {
        resume,
        job,
        matcher,
        stories: stories(resume),
        used: HashMap::new(),
        out: Vec::new(),
    };
    desk.way_in();
    desk.duties();
    desk.people();
    desk.skills();
    desk.conflict();
    let changes = changes::all(resume, job);
    desk.out.extend(changes);
    desk.out
}

/// Stems of the words that say something.
fn stems(text: &str) -> HashSet<String> {
    tokens(text)
        .into_iter()
        .filter(|t| t.kind == Kind::Word && !is_neutral(&t.word) && t.word.len() > 2)
        .map(|t| t.stem)
        .collect()
}

impl Desk<'_> {
    fn push(
        &mut self,
        kind: QuestionKind,
        text: String,
        why: String,
        advice: &str,
        posting: Option<&Phrase>,
        outlines: Vec<Outline>,
    ) {
        let minutes = match kind {
            QuestionKind::Behavioural | QuestionKind::Situational => 3,
            QuestionKind::Technical | QuestionKind::Motivation => 2,
            QuestionKind::Gap | QuestionKind::Change => 1,
        };
        self.out.push(Question {
            id: String::new(),
            kind,
            text,
            why,
            posting: posting.cloned(),
            outlines,
            facts: Vec::new(),
            advice: advice.to_owned(),
            minutes,
        });
    }

    /// The best one or two stories by a measure of at least `least`; a story that has served already counts less.
    fn best(&mut self, least: f64, most: usize, measure: impl Fn(&Story<'_>) -> f64) -> Vec<Outline> {
        let mut ranked: Vec<(f64, usize)> = self
            .stories
            .iter()
            .enumerate()
            .map(|(n, s)| {
                let fits = measure(s);
                let served = self.used.get(&s.bullet.id.0).copied().unwrap_or(0) as f64;
                (if fits < least { 0.0 } else { fits - 0.7 * served }, n)
            })
            .filter(|(fits, _)| *fits > 0.0)
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut out = Vec::new();
        for (_, n) in ranked.into_iter().take(most) {
            *self.used.entry(self.stories[n].bullet.id.0.clone()).or_default() += 1;
            out.push(outline(&self.stories[n]));
        }
        out
    }

    fn way_in(&mut self) {
        let facts: Vec<Proof> = self
            .resume
            .work
            .iter()
            .take(3)
            .filter_map(|w| {
                let names: Vec<&str> = [&w.position, &w.company]
                    .into_iter()
                    .flatten()
                    .map(|t| t.value.as_str())
                    .collect();
                (!names.is_empty()).then(|| Proof {
                    id: Some(w.id.clone()),
                    quote: names.join(", "),
                    source: w
                        .position
                        .as_ref()
                        .or(w.company.as_ref())
                        .and_then(|t| t.source.clone()),
                })
            })
            .collect();
        self.push(
            QuestionKind::Motivation,
            "Tell us about yourself.".into(),
            "Nearly every interview begins with it.".into(),
            "Two minutes: what you do now, one thing on the way there that matters for this job, why you are here.",
            None,
            Vec::new(),
        );
        if let Some(q) = self.out.last_mut() {
            q.facts = facts;
        }
        let job = self.job;
        let company = job.company.as_ref();
        let text = match (company, &job.title) {
            (Some(c), _) => format!("Why do you want to work at {}?", c.text),
            (None, Some(t)) => format!(
                "Why do you want to work as {} {}?",
                crate::letter::article(&t.text),
                t.text
            ),
            (None, None) => "Why do you want this job?".into(),
        };
        let posting = company.or(job.title.as_ref());
        self.push(
            QuestionKind::Motivation,
            text,
            "It shows whether you read the posting.".into(),
            "Name one duty of the posting that you would like to have, and what you did that is like it.",
            posting,
            Vec::new(),
        );
    }

    fn duties(&mut self) {
        let (job, matcher) = (self.job, self.matcher);
        let duties: Vec<&Phrase> = job.responsibilities.iter().take(DUTIES).collect();
        for (n, duty) in duties.into_iter().enumerate() {
            let wanted = stems(&duty.text);
            if wanted.is_empty() {
                continue;
            }
            let outlines = self.best(2.0, 2, |story| {
                let text = &story.bullet.text.value;
                let shared = stems(text).intersection(&wanted).count() as f64;
                // Meaning alone may bring a story in, where a model measures it.
                shared + 2.0 * f64::from(matcher.closeness(text).max(0.0)).min(0.9) * f64::from(u8::from(shared > 0.0))
            });
            let infinitive = infinitive(&duty.text);
            let quoted = duty.text.trim().trim_end_matches(['.', ';', ',']);
            let why = "The posting lists it among the duties.";
            if outlines.is_empty() {
                let text = match infinitive {
                    Some(words) => format!("Suppose you start on Monday and have to {words}. How do you begin?"),
                    None => format!("The work includes \"{quoted}\". How would you go about it?"),
                };
                self.push(
                    QuestionKind::Situational,
                    text,
                    format!("{why} Your résumé shows nothing close to it, so they may ask what you would do."),
                    "Say what you would find out first, whom you would ask, and what you would do in the first week.",
                    Some(duty),
                    outlines,
                );
            } else {
                let text = match (infinitive, n % 3) {
                    (Some(words), 0) => format!("Tell us about a time when you had to {words}."),
                    (Some(words), 1) => format!("When did you last have to {words}, and how did it go?"),
                    (Some(words), _) => format!("Give us an example of a time when it was on you to {words}."),
                    (None, _) => format!("Which of your work comes closest to \"{quoted}\"?"),
                };
                self.push(
                    QuestionKind::Behavioural,
                    text,
                    format!("{why} Your résumé shows work that is close to it."),
                    "Tell one story to its end: situation, task, what you did, what came of it.",
                    Some(duty),
                    outlines,
                );
            }
        }
    }

    fn people(&mut self) {
        let job = self.job;
        let leads = job.seniority.is_some_and(|s| s >= Seniority::Lead);
        const PEOPLE: [&str; 10] = [
            "lead", "mentor", "coach", "train", "supervis", "manag", "precept", "team", "hir", "teach",
        ];
        let asked = job.responsibilities.iter().find(|d| {
            stems(&d.text)
                .iter()
                .any(|s| matches!(s.as_str(), "mentor" | "coach" | "supervis" | "precept"))
        });
        if !leads && asked.is_none() {
            return;
        }
        let outlines = self.best(1.0, 2, |story| {
            let words = stems(&story.bullet.text.value);
            let first = tokens(&story.bullet.text.value)
                .into_iter()
                .next()
                .map(|t| t.stem)
                .unwrap_or_default();
            f64::from(u8::from(PEOPLE.contains(&first.as_str()))) * 2.0
                + words.iter().filter(|w| PEOPLE.contains(&w.as_str())).count().min(1) as f64
                - 0.5
        });
        let posting = asked.or(job.title.as_ref());
        self.push(
            QuestionKind::Behavioural,
            "Tell us about somebody who grew under your guidance. What did you do for them?".into(),
            "The position has to do with leading or teaching people.".into(),
            "One person, one change, and what you did for it.",
            posting,
            outlines,
        );
    }

    fn skills(&mut self) {
        let lexicon = Skills::builtin();
        let (resume, matcher) = (self.resume, self.matcher);
        let pieces = pieces(resume);
        let (mut shown, mut lacking) = (0, 0);
        for ask in &matcher.asks {
            let kind = ask.id.map(|id| lexicon.get(id).kind);
            if kind == Some(SkillKind::Soft) {
                continue;
            }
            let has = pieces.iter().any(|p| matcher.hit(ask, p.text).is_some());
            if has && shown < SKILLS {
                shown += 1;
                self.technical(ask, kind, shown);
            } else if !has && ask.skill.required && lacking < 3 {
                lacking += 1;
                self.gap(ask, kind);
            }
        }
    }

    fn technical(&mut self, ask: &Ask<'_>, kind: Option<SkillKind>, n: usize) {
        let matcher = self.matcher;
        let outlines = self.best(1.0, 1, |story| match matcher.hit(ask, &story.bullet.text.value) {
            Some(Hit::Exact) => 2.0,
            Some(_) => 1.2,
            None => 0.0,
        });
        let name = &ask.skill.name;
        let text = match (kind, n % 3) {
            (Some(SkillKind::Certificate), _) => format!("You name {name}. What has it changed in how you work?"),
            (_, 0) => format!("Where have you used {name}, and what would you do differently today?"),
            (_, 1) => format!("What is the hardest thing you have done with {name}?"),
            (_, _) => format!("How would you explain {name} to a new colleague, and where does it reach its limits?"),
        };
        let need = if ask.skill.required { "requires" } else { "prefers" };
        let why = match outlines.is_empty() {
            true => format!(
                "The posting {need} {name}. Your résumé lists it without showing it at work, so they may test it."
            ),
            false => format!("The posting {need} {name}, and your résumé shows it at work."),
        };
        let advice = if outlines.is_empty() {
            "Think of one piece of work in which you used it, and say honestly how deep you went."
        } else {
            "Say what it was for, what you did with it, and one thing that went wrong."
        };
        self.push(
            QuestionKind::Technical,
            text,
            why,
            advice,
            Some(&ask.skill.phrase),
            outlines,
        );
    }

    fn gap(&mut self, ask: &Ask<'_>, kind: Option<SkillKind>) {
        let name = &ask.skill.name;
        // What is nearest to it: a narrower or broader skill of the same job line.
        let line = self.job.text[..ask.skill.phrase.start].rfind('\n').map_or(0, |n| n + 1);
        let end = self.job.text[ask.skill.phrase.end..]
            .find('\n')
            .map_or(self.job.text.len(), |n| n + ask.skill.phrase.end);
        let wanted = self.job.text.get(line..end).map(stems).unwrap_or_default();
        let outlines = self.best(2.0, 1, |story| {
            stems(&story.bullet.text.value).intersection(&wanted).count() as f64
        });
        let text = match kind {
            Some(SkillKind::Certificate) => format!("Do you hold {name}? If not, when could you have it?"),
            Some(SkillKind::Tool | SkillKind::Language) => {
                format!("We work with {name}. How would you get up to speed?")
            }
            _ => format!("What do you know about {name}?"),
        };
        self.push(QuestionKind::Gap, text, format!("The posting requires {name} and your résumé does not show it."), "Do not claim it. Name the nearest thing that you have done, and how you learned it. If you do have it, add it to your résumé.", Some(&ask.skill.phrase), outlines);
    }

    fn conflict(&mut self) {
        let outlines = self.best(0.5, 1, |story| {
            let text = story.bullet.text.value.to_lowercase();
            let hard = [
                "negotiat",
                "turn",
                "recover",
                "replac",
                "migrat",
                "reorgan",
                "union",
                "complaint",
                "crash",
                "incident",
                "rebuil",
                "redesign",
                "cut ",
                "reduc",
            ];
            hard.iter().filter(|w| text.contains(*w)).count() as f64
        });
        self.push(
            QuestionKind::Behavioural,
            "Tell us about something that went wrong. What did you do then?".into(),
            "It is asked in most interviews, whatever the job.".into(),
            "Take something real, your own part in it included, and say what you changed afterwards.",
            None,
            outlines,
        );
    }
}
