//! Puts sentences together: opening, evidence, credentials, closing.

use super::english::{article, infinitive, titled};
use super::phrases::{Phrases, fill, list, phrases};
use super::select::{Entry, Told, best, duty, entries};
use super::{Length, Letter, LetterLanguage, Note, Paragraph, Part, Proof, Sentence, Wish, german};
use crate::date::{End, PartialDate};
use crate::evidence::{Fact, Gate};
use crate::job::{JobPosting, Phrase};
use crate::lexicon::skills::{SkillKind, Skills};
use crate::matching::{Hit, Matcher, Spot, level_of_degree, pieces};
use crate::resume::{Education, Field, Resume};
use crate::tailor::Closeness;
use crate::text::words;
use std::collections::HashSet;

/// Until when a degree counts as held where the day of writing is not known. The core has no clock.
const PASSED: PartialDate = PartialDate::year(2026);

/// How the sentence of skills begins in a German letter.
pub(super) const GERMAN_SKILLS: &str = "Zu meinen Kenntnissen zählen ";
/// How quotations from a résumé in another language begin.
const QUOTED: [&str; 4] = ["From my time at", "Also from that time:", "And further:", "My time at"];

/// What a letter is made of and what it has used so far.
pub(super) struct Composer<'a> {
    resume: &'a Resume,
    gate: Gate<'a>,
    job: &'a JobPosting,
    matcher: Matcher<'a>,
    wish: &'a Wish,
    language: LetterLanguage,
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
            part: Part::Opening,
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
                    part: Part::Evidence,
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
                part: Part::Credentials,
                sentences: credentials,
            });
        }
        let answers = paragraphs
            .iter()
            .any(|p| p.part == Part::Evidence && p.sentences.iter().any(|s| s.posting.is_some()))
            || !self.named.is_empty();
        if !answers {
            self.notes.push(Note::FarFromJob);
        }
        let closing = vec![
            self.courtesy(self.phrases.wish, &[], None),
            self.courtesy(self.phrases.thanks, &[], None),
        ];
        paragraphs.push(Paragraph {
            part: Part::Closing,
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
        }
    }

    /// True where the gate lets a claim pass.
    fn passes(&self, claim: &str) -> bool {
        // In a German letter every claim repeats the résumé word for word, and so do quotations; `check` knows them.
        let quoted = !self.own && QUOTED.iter().any(|frame| claim.starts_with(frame));
        if self.language == LetterLanguage::German || quoted {
            return true;
        }
        let mut said = self.resume.clone();
        said.summary = Some(Field::typed(claim.to_owned()));
        self.gate.check(&said).is_empty()
    }

    /// The first of some wordings, in an order that follows from the content, that passes and begins as no other sentence
    /// of the letter does; else the first that passes.
    fn choose(&mut self, candidates: Vec<String>, turn: bool) -> Option<String> {
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
        })
    }

    /// How many years of experience there are, in the words of the résumé ("11 years"), or by the dates of jobs that have all
    /// ended. Of a job that goes on only the person knows how long it has lasted.
    fn years(&self) -> Option<String> {
        let summary = self.resume.summary.as_ref().map_or("", |s| s.value.as_str());
        let list: Vec<&str> = summary.split_whitespace().collect();
        let said = list
            .windows(2)
            .find(|w| w[1].trim_end_matches([',', '.', ';']) == "years")
            .map(|w| w[0].trim_end_matches('+'));
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

    fn credentials(&mut self) -> Vec<Sentence> {
        let mut out = Vec::new();
        let today = self.wish.today.unwrap_or(PASSED);
        let asked = !self.job.education.is_empty() || self.wish.length == Length::Full;
        let held = self.resume.education.iter().find(
            |e| matches!(e.end.as_ref().map(|f| f.value), Some(End::Date(d)) if d <= today || d.year < today.year),
        );
        if let Some((school, degree)) = held.filter(|_| asked).and_then(|e| Some((e, degree_of(e)?))) {
            let at = school.institution.as_ref().map(|i| i.value.as_str());
            let candidates = match (self.language, at) {
                (LetterLanguage::English, Some(at)) => vec![
                    format!("I hold {} {degree} from {at}.", article(&degree)),
                    format!("My degree is {} {degree} from {at}.", article(&degree)),
                ],
                (LetterLanguage::English, None) => vec![format!("I hold {} {degree}.", article(&degree))],
                (LetterLanguage::German, Some(at)) => vec![format!("Mein Abschluss: {degree}, {at}.")],
                (LetterLanguage::German, None) => vec![format!("Mein Abschluss: {degree}.")],
            };
            let parts = [
                school.study_type.as_ref(),
                school.area.as_ref(),
                school.institution.as_ref(),
            ];
            let evidence = parts
                .into_iter()
                .flatten()
                .map(|t| Proof {
                    id: Some(school.id.clone()),
                    quote: t.value.clone(),
                    source: t.source.clone(),
                })
                .collect();
            out.extend(self.choose(candidates, false).map(|text| Sentence {
                text,
                evidence,
                posting: self.job.education.first().cloned(),
            }));
        }
        const GENERAL: [&str; 14] = [
            "certificate",
            "certification",
            "certified",
            "license",
            "licence",
            "professional",
            "advanced",
            "association",
            "level",
            "course",
            "management",
            "manager",
            "associate",
            "training",
        ];
        let folded = words(&self.job.text).join(" ");
        let mut certificates: Vec<_> = self.resume.certificates.iter().collect();
        let wanted = |name: &str| {
            words(name)
                .iter()
                .filter(|w| (w.len() > 3 || name.contains(&w.to_uppercase())) && !GENERAL.contains(&w.as_str()))
                .any(|w| format!(" {folded} ").contains(&format!(" {w} ")))
        };
        certificates.retain(|c| wanted(&c.name.value) && c.name.value.chars().count() <= 80);
        certificates.truncate(3);
        if !certificates.is_empty() {
            let names: Vec<&str> = certificates.iter().map(|c| c.name.value.trim()).collect();
            let all = list(self.language, &names);
            let candidates = match self.language {
                LetterLanguage::English if names.len() > 1 => {
                    vec![format!("My certificates include {all}."), format!("I hold {all}.")]
                }
                LetterLanguage::English => vec![
                    format!("I also hold the certificate {all}."),
                    format!("My certificates include {all}."),
                ],
                LetterLanguage::German => vec![format!("Zu meinen Nachweisen zählen: {all}.")],
            };
            let evidence = certificates
                .iter()
                .map(|c| Proof {
                    id: Some(c.id.clone()),
                    quote: c.name.value.clone(),
                    source: c.name.source.clone(),
                })
                .collect();
            out.extend(self.choose(candidates, false).map(|text| Sentence {
                text,
                evidence,
                posting: self.job.certificates.first().cloned(),
            }));
        }
        let spoken: Vec<_> = self
            .resume
            .languages
            .iter()
            .filter(|l| {
                self.job
                    .languages
                    .iter()
                    .any(|j| words(&j.name) == words(&l.language.value))
            })
            .collect();
        if !spoken.is_empty() && self.wish.length == Length::Full {
            let level = |l: &crate::resume::Language| match &l.fluency {
                Some(f) => format!(
                    "{} ({})",
                    l.language.value,
                    if self.language == LetterLanguage::English {
                        f.value.to_lowercase()
                    } else {
                        f.value.clone()
                    }
                ),
                None => l.language.value.clone(),
            };
            let named: Vec<String> = spoken.iter().map(|l| level(l)).collect();
            let all = list(self.language, &named.iter().map(String::as_str).collect::<Vec<_>>());
            let candidates = match self.language {
                LetterLanguage::English => vec![format!("I speak {all}."), format!("My languages include {all}.")],
                LetterLanguage::German => vec![format!("Meine Sprachen: {all}.")],
            };
            let evidence = spoken
                .iter()
                .map(|l| Proof {
                    id: Some(l.id.clone()),
                    quote: l.language.value.clone(),
                    source: l.language.source.clone(),
                })
                .collect();
            out.extend(self.choose(candidates, false).map(|text| Sentence {
                text,
                evidence,
                posting: self.job.languages.first().map(|l| l.phrase.clone()),
            }));
        }
        out
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

/// "Bachelor of Science in Computer Science", without a subject that the degree names already.
pub(super) fn degree_of(school: &Education) -> Option<String> {
    let degree = school.study_type.as_ref()?.value.trim();
    let area = school.area.as_ref().map_or("", |a| a.value.trim());
    let named = crate::text::fold(degree).contains(&crate::text::fold(area));
    match degree.is_empty() || degree.contains([',', ';', '|']) {
        true => None,
        false if area.is_empty() || named => Some(degree.to_owned()),
        false => Some(format!("{degree} in {area}")),
    }
}

fn english_who(title: Option<&str>, at: Option<&str>, goes_on: bool, years: Option<&str>) -> Vec<String> {
    let shown = title.and_then(titled);
    let at = at.filter(|a| !is_freelance(a));
    let mut out = Vec::new();
    if let (Some(title), Some(at)) = (&shown, at) {
        let join = if title.contains("wner") || title.contains("ounder") {
            "of"
        } else {
            "at"
        };
        let place = format!("{title} {join} {}", organisation(at));
        let begins: &[&str] = if goes_on {
            &["I am currently", "At present I am", "Currently I am", "I am"]
        } else {
            &["I was", "Before this, I was"]
        };
        if let Some(years) = years {
            out.extend(
                begins
                    .iter()
                    .map(|b| format!("{b} {place} and have {years} of experience.")),
            );
        }
        out.extend(begins.iter().map(|b| format!("{b} {place}.")));
    }
    if let Some(at) = at {
        let at = organisation(at);
        out.push(if goes_on {
            format!("I work at {at}.")
        } else {
            format!("I worked at {at}.")
        });
    }
    out
}

pub(super) fn german_who(title: Option<&str>, at: Option<&str>, goes_on: bool) -> Vec<String> {
    match (title.map(german::titled), at) {
        (Some(title), Some(at)) if goes_on => vec![
            format!("Derzeit arbeite ich als {title} bei {at}."),
            format!("Ich arbeite als {title} bei {at}."),
        ],
        (Some(title), Some(at)) => vec![format!("Zuletzt habe ich als {title} bei {at} gearbeitet.")],
        _ => Vec::new(),
    }
}

fn is_freelance(company: &str) -> bool {
    matches!(
        company.trim().to_lowercase().as_str(),
        "freelance"
            | "freelancer"
            | "self-employed"
            | "self employed"
            | "independent"
            | "various"
            | "freiberuflich"
            | "selbstständig"
    )
}

/// Sentences that tell a bullet; `first` of its entry, or a later one.
pub(super) fn claims_of(
    language: LetterLanguage,
    own: bool,
    entry: &Entry<'_>,
    told: &Told<'_>,
    first: bool,
) -> Vec<String> {
    let company = entry.company.map(|c| c.value.trim());
    let position = entry.position.map(|p| p.value.trim());
    let bullet = &told.bullet.text.value;
    let german = match (language, own) {
        (LetterLanguage::English, true) => {
            let clause = told.clause.as_ref();
            return clause.map_or_else(Vec::new, |c| english_claims(entry, &c.words, c.present, first));
        }
        (LetterLanguage::English, false) => english_quotes(bullet, company),
        (LetterLanguage::German, true) => german::sentences(bullet, company, position, entry.goes_on),
        (LetterLanguage::German, false) => german::quotes(bullet, company),
    };
    if first { german.leads } else { german.follows }
}

fn english_quotes(bullet: &str, company: Option<&str>) -> german::Told {
    let text = super::english::first_sentence(bullet);
    match company {
        Some(company) if (2..=44).contains(&text.split_whitespace().count()) => german::Told {
            leads: vec![
                format!("{} {company}: “{text}”.", QUOTED[0]),
                format!("My time at {company}: “{text}”."),
            ],
            follows: vec![format!("{} “{text}”.", QUOTED[1]), format!("{} “{text}”.", QUOTED[2])],
        },
        _ => german::Told::default(),
    }
}

/// "The United States Army", "the University of Leeds": some names take an article in a sentence.
fn organisation(name: &str) -> String {
    const WITH: [&str; 12] = [
        "United ",
        "University of ",
        "Ministry of ",
        "Department of ",
        "Institute of ",
        "City of ",
        "State of ",
        "Bureau of ",
        "Office of ",
        "National ",
        "Royal ",
        "Federal ",
    ];
    match WITH.iter().any(|w| name.starts_with(w)) {
        true => format!("the {name}"),
        false => name.to_owned(),
    }
}

/// A skill as it stands in running text: "motor controls" for "Motor controls", but "Rust" and "GCSE".
fn in_sentence(name: &str, id: Option<crate::lexicon::skills::SkillId>) -> String {
    let named = id.is_some_and(|id| {
        matches!(
            Skills::builtin().get(id).kind,
            SkillKind::Tool | SkillKind::Language | SkillKind::Certificate
        )
    });
    let mut letters = name.chars();
    let (Some(first), second) = (letters.next(), letters.clone().next()) else {
        return String::new();
    };
    let word = name.split([' ', '-', '/']).next().unwrap_or_default().to_lowercase();
    let rest_plain = name.split(' ').skip(1).all(|w| w.chars().all(|c| !c.is_uppercase()));
    let ordinary = crate::wording::dictionary::knows(&word) && second.is_some_and(char::is_lowercase) && rest_plain;
    match ordinary && !named {
        true => first.to_lowercase().chain(letters).collect(),
        false => name.to_owned(),
    }
}

fn english_claims(entry: &Entry<'_>, words: &str, present: bool, first: bool) -> Vec<String> {
    let company = entry.company.map(|c| c.value.trim());
    let title = entry.position.and_then(|p| titled(&p.value));
    if !first {
        let mut out = vec![
            format!("I also {words}."),
            format!("There I {words}."),
            format!("In the same role, I {words}."),
            format!("I {words}."),
        ];
        if entry.goes_on {
            out.remove(1);
        }
        if present {
            out = vec![
                format!("I also {words}."),
                format!("In this role, I {words}."),
                format!("I {words}."),
            ];
        } else if words.starts_with("was ") {
            out = vec![format!("I {words}."), format!("There I {words}.")];
        }
        if entry.is_project {
            out = vec![format!("I also {words}."), format!("I {words}.")];
        }
        return out;
    }
    let mut out = Vec::new();
    match (company, title) {
        (Some(name), _) if entry.is_project => out.extend([
            format!("For my project {name}, I {words}."),
            format!("For {name}, I {words}."),
        ]),
        (Some(at), title) if is_freelance(at) => {
            out.extend(title.map(|t| format!("As {t}, I {words}.")));
            out.push(format!("In my own work, I {words}."));
        }
        (Some(at), Some(title)) => {
            let join = if title.contains("wner") || title.contains("ounder") {
                "of"
            } else {
                "at"
            };
            let at = organisation(at);
            out.push(format!("As {title} {join} {at}, I {words}."));
            out.push(format!("At {at}, I {words}."));
            out.push(format!("In my role as {title} {join} {at}, I {words}."));
            if !entry.goes_on {
                out.push(format!("During my time at {at}, I {words}."));
            }
        }
        (Some(at), None) => {
            let at = organisation(at);
            out.extend([
                format!("At {at}, I {words}."),
                format!("In my work at {at}, I {words}."),
            ]);
        }
        (None, Some(title)) => out.push(format!("As {title}, I {words}.")),
        (None, None) => {}
    }
    out
}
