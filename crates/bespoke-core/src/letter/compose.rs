//! Puts sentences together: opening, evidence, credentials, closing.

use super::claims::{QUOTED, claims_of, degrees, english_who, german_who, in_sentence};
use super::nouns::{article, infinitive};
use super::phrases::{Phrases, fill, list, phrases};
use super::select::{Entry, best, duty, entries};
use super::{Length, Letter, LetterLanguage, Note, Paragraph, ParagraphKind, Proof, Sentence, Wish};
use crate::date::End;
use crate::evidence::{Fact, Gate};
use crate::job::{JobPosting, Phrase};
use crate::lexicon::skills::{SkillKind, Skills};
use crate::matching::{Hit, Matcher, Spot, pieces};
use crate::resume::{Field, Resume};
use crate::tailor::{Author, Closeness};
use crate::text::words;
use std::collections::HashSet;

/// How the sentence of skills begins in a German letter.
pub(super) const GERMAN_SKILLS: &str = "Zu meinen Kenntnissen zählen ";
/// What a letter is made of and what it has used so far.
pub(super) struct Composer<'a> {
    pub(super) resume: &'a Resume,
    gate: Gate<'a>,
    pub(super) job: &'a JobPosting,
    matcher: Matcher<'a>,
    pub(super) wish: &'a Wish,
    pub(super) language: LetterLanguage,
    /// False where the résumé is in another language than the letter.
    own: bool,
    phrases: &'static Phrases,
    seed: u64,
    openings: HashSet<String>,
    /// Skills of the posting that a sentence has named.
    named: HashSet<String>,
    notes: Vec<Note>,
}

/// The language of a letter, and whether the résumé is in it.
pub(super) fn languages(resume: &Resume, wish: &Wish) -> (LetterLanguage, bool) {
    let of = super::language_of(resume);
    let language = wish.language.unwrap_or(if of == "de" {
        LetterLanguage::German
    } else {
        LetterLanguage::English
    });
    (language, of == language.tag())
}

impl<'a> Composer<'a> {
    pub fn new(
        resume: &'a Resume,
        facts: &[Fact],
        job: &'a JobPosting,
        wish: &'a Wish,
        closeness: &'a dyn Closeness,
    ) -> Self {
        let (language, own) = languages(resume, wish);
        let title = job.title.as_ref().map_or("", |t| t.text.as_str());
        let name = resume.contact.name.as_ref().map_or("", |n| n.value.as_str());
        // FNV-1a: the same on every machine.
        let seed = title
            .bytes()
            .chain(name.bytes())
            .chain(job.text.bytes().take(400))
            .fold(0xcbf2_9ce4_8422_2325u64, |h, b| {
                (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
            });
        Composer {
            gate: Gate::new(resume, facts),
            matcher: Matcher::new(job, closeness),
            phrases: phrases(language, wish.tone),
            seed: (seed >> 17).wrapping_add(u64::from(wish.variant)),
            openings: HashSet::new(),
            named: HashSet::new(),
            notes: Vec::new(),
            resume,
            job,
            wish,
            language,
            own,
        }
    }

    pub fn letter(mut self) -> Letter {
        if !self.own {
            self.notes.push(Note::Quoted);
        }
        let mut paragraphs = vec![Paragraph {
            part: ParagraphKind::Opening,
            sentences: self.opening(),
        }];
        let shape: &[usize] = match self.wish.length {
            Length::Short => &[2],
            Length::Medium => &[3, 2],
            Length::Full => &[3, 3, 2],
        };
        let english = self.language == LetterLanguage::English && self.own;
        let chosen = best(entries(self.resume, &self.matcher, english), shape);
        let mut duties = HashSet::new();
        let mut told = 0;
        for entry in &chosen {
            let sentences = self.evidence(entry, &mut duties);
            told += sentences.iter().filter(|s| !s.evidence.is_empty()).count();
            if sentences.iter().any(|s| !s.evidence.is_empty()) {
                paragraphs.push(Paragraph {
                    part: ParagraphKind::Evidence,
                    sentences,
                });
            }
        }
        if told < 2 {
            self.notes.push(Note::LittleEvidence);
        }
        let credentials = self.credentials();
        if !credentials.is_empty() && (self.wish.length != Length::Short || told < 2) {
            paragraphs.push(Paragraph {
                part: ParagraphKind::Credentials,
                sentences: credentials,
            });
        }
        let answers = paragraphs
            .iter()
            .any(|p| p.part == ParagraphKind::Evidence && p.sentences.iter().any(|s| s.posting.is_some()))
            || !self.named.is_empty();
        if !answers {
            self.notes.push(Note::FarFromJob);
        }
        let closing = vec![
            self.courtesy(self.phrases.wish, &[], None),
            self.courtesy(self.phrases.thanks, &[], None),
        ];
        paragraphs.push(Paragraph {
            part: ParagraphKind::Closing,
            sentences: closing,
        });
        if self.job.title.is_none() {
            self.notes.push(Note::NoTitle);
        }
        if self.job.company.is_none() {
            self.notes.push(Note::NoCompany);
        }
        Letter {
            language: self.language,
            subject: subject(self.language, self.job),
            salutation: salutation(self.language, self.job),
            paragraphs,
            closing: self.phrases.closing.to_owned(),
            notes: self.notes,
            asked: None,
        }
    }

    /// True where the gate lets a claim pass.
    fn passes(&self, claim: &str) -> bool {
        // In a German letter every claim repeats the résumé word for word, and so do quotations; `check` knows them.
        let quoted = !self.own && QUOTED.iter().any(|frame| claim.starts_with(frame));
        let degree = || degrees(self.language, self.resume).any(|d| d == claim);
        if self.language == LetterLanguage::German || quoted || degree() {
            return true;
        }
        let mut said = self.resume.clone();
        said.summary = Some(Field::typed(claim.to_owned()));
        self.gate.check(&said).is_empty()
    }

    /// The first of some wordings, in an order that follows from the content, that passes and begins as no other sentence
    /// of the letter does; else the first that passes.
    pub(super) fn choose(&mut self, candidates: Vec<String>, turn: bool) -> Option<String> {
        let n = candidates.len();
        let from = if turn && n > 0 {
            (self.seed % n as u64) as usize
        } else {
            0
        };
        let order: Vec<&String> = (0..n).map(|i| &candidates[(from + i) % n]).collect();
        let fresh = order
            .iter()
            .find(|c| !self.openings.contains(&opening_of(c)) && self.passes(c));
        let chosen = fresh
            .or_else(|| order.iter().find(|c| self.passes(c)))
            .map(|c| (*c).clone())?;
        self.openings.insert(opening_of(&chosen));
        Some(chosen)
    }

    fn courtesy(&mut self, patterns: &[&str], slots: &[(&str, &str)], posting: Option<&Phrase>) -> Sentence {
        let filled: Vec<String> = patterns.iter().map(|p| fill(p, slots)).collect();
        let from = (self.seed % filled.len().max(1) as u64) as usize;
        let n = filled.len();
        let fresh = (0..n)
            .map(|i| &filled[(from + i) % n])
            .find(|t| !self.openings.contains(&opening_of(t)));
        let text = fresh.or(filled.get(from)).cloned().unwrap_or_default();
        self.openings.insert(opening_of(&text));
        Sentence {
            text,
            evidence: Vec::new(),
            posting: posting.cloned(),
            author: Author::Rules,
        }
    }

    fn opening(&mut self) -> Vec<Sentence> {
        let (title, company) = (title_of(self.job), company_of(self.job));
        let p = self.phrases;
        let patterns = match (title.is_some(), company.is_some()) {
            (true, true) => p.opening,
            (true, false) => p.opening_title,
            (false, true) => p.opening_company,
            (false, false) => p.opening_bare,
        };
        let a_title = title.map_or_else(String::new, a_title);
        let slots = [
            ("title", title.unwrap_or_default()),
            ("company", company.unwrap_or_default()),
            ("a_title", a_title.as_str()),
        ];
        let phrase = self.job.title.as_ref();
        let mut out = vec![self.courtesy(patterns, &slots, phrase)];
        out.extend(self.who());
        out.extend(self.skills());
        out
    }

    /// What the person is: title, employer, years.
    fn who(&mut self) -> Option<Sentence> {
        let job = self.resume.work.first()?;
        let goes_on = matches!(job.end.as_ref().map(|e| e.value), Some(End::Present));
        let (position, company) = (job.position.as_ref(), job.company.as_ref());
        let years = self.years();
        let mut evidence: Vec<Proof> = [position, company]
            .into_iter()
            .flatten()
            .map(|t| Proof {
                id: Some(job.id.clone()),
                quote: t.value.clone(),
                source: t.source.clone(),
            })
            .collect();
        let (title, at) = (position.map(|p| p.value.as_str()), company.map(|c| c.value.as_str()));
        let candidates = match self.language {
            LetterLanguage::English => english_who(title, at, goes_on, years.as_deref()),
            LetterLanguage::German => german_who(title, at, goes_on),
        };
        let text = self.choose(candidates, false)?;
        if text.contains(" years ") {
            evidence.push(Proof {
                id: None,
                quote: years.unwrap_or_default(),
                source: None,
            });
        }
        Some(Sentence {
            text,
            evidence,
            posting: None,
            author: Author::Rules,
        })
    }

    /// How many years of experience there are, in the words of the résumé ("11 years"), or by the dates of jobs that have all
    /// ended. Of a job that goes on only the person knows how long it has lasted.
    fn years(&self) -> Option<String> {
        let summary = self.resume.summary.as_ref().map_or("", |s| s.value.as_str());
        let list: Vec<&str> = summary.split_whitespace().collect();
        let plain = |w: &str| w.trim_end_matches([',', '.', ';', '+']).to_lowercase();
        let at = list.iter().position(|w| plain(w) == "years").filter(|n| *n > 0);
        // "Years of service" are no years of experience.
        let said = at.filter(|n| {
            let rest: Vec<String> = list[n + 1..].iter().take(5).map(|w| plain(w)).collect();
            let of = rest.first().is_some_and(|w| w == "of") && rest.iter().any(|w| w == "experience");
            of || rest.first().is_some_and(|w| w == "in")
        });
        let said = said.map(|n| plain(list[n - 1]));
        if let Some(n) = said.filter(|n| n.chars().all(|c| c.is_ascii_digit()) || n.chars().all(char::is_alphabetic)) {
            return Some(format!("{} years", n.to_lowercase()));
        }
        let ended = self
            .resume
            .work
            .iter()
            .all(|w| matches!(w.end.as_ref().map(|e| e.value), Some(End::Date(_))));
        (ended && self.gate.years() > 1).then(|| format!("{} years", self.gate.years()))
    }

    /// The skills of the job that the résumé shows, at most four.
    fn skills(&mut self) -> Option<Sentence> {
        let lexicon = Skills::builtin();
        let pieces = pieces(self.resume);
        let mut evidence = Vec::new();
        let mut names: Vec<String> = Vec::new();
        for ask in &self.matcher.asks {
            let spoken = self
                .job
                .languages
                .iter()
                .any(|l| words(&l.name) == words(&ask.skill.name));
            if spoken || ask.id.is_some_and(|id| lexicon.get(id).kind == SkillKind::Soft) || names.len() == 4 {
                continue;
            }
            let listed = |spot: Spot| {
                matches!(
                    spot,
                    Spot::Skill | Spot::Work { .. } | Spot::Summary | Spot::Project { .. }
                )
            };
            let Some(piece) = pieces
                .iter()
                .find(|p| listed(p.spot) && self.matcher.hit(ask, p.text) == Some(Hit::Exact))
            else {
                continue;
            };
            // As the résumé writes it in a list of skills; else as the job does.
            let name = if matches!(piece.spot, Spot::Skill) {
                piece.text.trim()
            } else {
                ask.skill.name.as_str()
            };
            let known = words(name).join(" ");
            if name.chars().count() <= 40
                && !names
                    .iter()
                    .any(|n| words(n).join(" ").contains(&known) || known.contains(&words(n).join(" ")))
            {
                names.push(match self.language {
                    LetterLanguage::English => in_sentence(name, ask.id),
                    LetterLanguage::German => name.to_owned(),
                });
                evidence.push(Proof {
                    id: piece.id.cloned(),
                    quote: piece.text.to_owned(),
                    source: None,
                });
            }
        }
        if names.len() < 2 {
            return None;
        }
        let shown: Vec<&str> = names.iter().map(String::as_str).collect();
        let all = list(self.language, &shown);
        let candidates = match self.language {
            LetterLanguage::English => vec![
                format!("My experience includes {all}."),
                format!("I work with {all}."),
                format!("I have worked with {all}."),
            ],
            LetterLanguage::German => vec![format!("{GERMAN_SKILLS}{all}.")],
        };
        let text = self.choose(candidates, false)?;
        Some(Sentence {
            text,
            evidence,
            posting: None,
            author: Author::Rules,
        })
    }

    /// One paragraph: what the posting asks for, and what was done at one place; what answers the posting best comes first.
    fn evidence(&mut self, entry: &Entry<'_>, used: &mut HashSet<usize>) -> Vec<Sentence> {
        let texts: Vec<&str> = entry.bullets.iter().map(|t| t.bullet.text.value.as_str()).collect();
        let asked = duty(self.job, &texts, used, |d| duty_words(self.language, d).is_some());
        let mut order: Vec<usize> = (0..texts.len()).collect();
        if let Some(asked) = &asked {
            order.sort_by_key(|n| (*n != asked.bullet, *n));
        }
        let mut claims = Vec::new();
        for told in order.into_iter().map(|n| &entry.bullets[n]) {
            let candidates = claims_of(self.language, self.own, entry, told, claims.is_empty());
            let turn = self.language == LetterLanguage::English && self.own;
            if let Some(text) = self.choose(candidates, turn) {
                let quote = told.bullet.text.value.clone();
                claims.push(Sentence {
                    text,
                    evidence: vec![Proof {
                        id: Some(told.bullet.id.clone()),
                        quote,
                        source: told.bullet.text.source.clone(),
                    }],
                    posting: None,
                    author: Author::Rules,
                });
            }
        }
        if claims.is_empty() {
            return claims;
        }
        if let Some(asked) = asked {
            // "Also" and "as well" follow something.
            let first = used.is_empty();
            used.insert(asked.duty);
            let follows = |p: &&&str| {
                ["also", "as well", "außerdem", "Außerdem", "auch", "Weiter"]
                    .iter()
                    .any(|w| p.contains(w))
            };
            let patterns: Vec<&str> = self
                .phrases
                .duty
                .iter()
                .filter(|p| !(first && follows(p)))
                .copied()
                .collect();
            let phrase = &self.job.responsibilities[asked.duty];
            let words = duty_words(self.language, &phrase.text).unwrap_or_default();
            let link = self.courtesy(&patterns, &[("duty", words.as_str())], Some(phrase));
            claims.insert(0, link);
        } else if let Some(names) = self.asked_of(&texts) {
            let shown: Vec<&str> = names.iter().map(String::as_str).collect();
            let all = list(self.language, &shown);
            let link = self.courtesy(self.phrases.skills, &[("skills", all.as_str())], None);
            claims.insert(0, link);
        }
        claims
    }

    /// Two or three skills of the posting that these texts show, in the posting's words; each is named once in a letter.
    fn asked_of(&mut self, texts: &[&str]) -> Option<Vec<String>> {
        let lexicon = Skills::builtin();
        let plain = |a: &&crate::matching::Ask<'_>| a.id.is_none_or(|id| lexicon.get(id).kind != SkillKind::Soft);
        let hit = |a: &&crate::matching::Ask<'_>| texts.iter().any(|t| self.matcher.hit(a, t) == Some(Hit::Exact));
        let names = self.matcher.asks.iter().filter(plain).filter(hit);
        let names: Vec<String> = names
            .map(|a| in_sentence(&a.skill.name, a.id))
            .filter(|n| !self.named.contains(n))
            .take(3)
            .collect();
        // One general word ("science") says nothing.
        let telling = |n: &String| n.contains(' ') || n.chars().any(char::is_uppercase);
        if names.is_empty() || names.len() == 1 && !names.iter().any(telling) {
            return None;
        }
        self.named.extend(names.iter().cloned());
        Some(names)
    }
}

/// The first two words, folded: how a sentence begins.
fn opening_of(text: &str) -> String {
    words(text).into_iter().take(2).collect::<Vec<_>>().join(" ")
}

pub(super) fn title_of(job: &JobPosting) -> Option<&str> {
    job.title.as_ref().map(|t| t.text.trim()).filter(|t| !t.is_empty())
}

pub(super) fn company_of(job: &JobPosting) -> Option<&str> {
    job.company
        .as_ref()
        .map(|c| c.text.trim().trim_end_matches('.'))
        .filter(|c| !c.is_empty())
}

/// "a Registered Nurse", in the letter's own pattern.
pub(super) fn a_title(title: &str) -> String {
    format!("{} {title}", article(title))
}

/// A duty as the letter's patterns take it.
pub(super) fn duty_words(language: LetterLanguage, duty: &str) -> Option<String> {
    match language {
        LetterLanguage::English => infinitive(duty),
        LetterLanguage::German => {
            let text = duty.trim().trim_end_matches(['.', ';', ',']);
            ((3..=20).contains(&text.split_whitespace().count()) && !text.contains(['„', '“', '"']))
                .then(|| text.to_owned())
        }
    }
}

pub(super) fn subject(language: LetterLanguage, job: &JobPosting) -> String {
    match (language, title_of(job)) {
        (LetterLanguage::English, Some(title)) => format!("Application: {title}"),
        (LetterLanguage::English, None) => "Application".to_owned(),
        (LetterLanguage::German, Some(title)) => format!("Bewerbung: {title}"),
        (LetterLanguage::German, None) => "Bewerbung".to_owned(),
    }
}

fn salutation(language: LetterLanguage, job: &JobPosting) -> String {
    match (language, company_of(job)) {
        (LetterLanguage::English, Some(company)) if company.chars().count() <= 40 => format!("Dear {company} team,"),
        (LetterLanguage::English, _) => "Dear hiring team,".to_owned(),
        (LetterLanguage::German, _) => "Sehr geehrte Damen und Herren,".to_owned(),
    }
}
