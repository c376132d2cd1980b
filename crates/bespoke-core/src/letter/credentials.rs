//! Degree, certificates and languages, where the posting asks for them.

use super::claims::{degree_of, degree_sentences};
use super::compose::Composer;
use super::phrases::list;
use super::{Length, LetterLanguage, Proof, Sentence};
use crate::date::{End, PartialDate};
use crate::matching::level_of_degree;
use crate::resume::Education;
use crate::tailor::Author;
use crate::text::words;

/// Until when a degree counts as held where the day of writing is not known. The core has no clock.
const PASSED: PartialDate = PartialDate::year(2026);

impl Composer<'_> {
    pub(super) fn credentials(&mut self) -> Vec<Sentence> {
        let mut out = Vec::new();
        let today = self.wish.today.unwrap_or(PASSED);
        let asked = !self.job.education.is_empty() || self.wish.length == Length::Full;
        let known = |e: &&Education| {
            let level = |t: &crate::resume::Text| level_of_degree(&t.value).is_some();
            self.language == LetterLanguage::German || e.study_type.as_ref().is_some_and(level)
        };
        let held = self.resume.education.iter().filter(known).find(
            |e| matches!(e.end.as_ref().map(|f| f.value), Some(End::Date(d)) if d <= today || d.year < today.year),
        );
        if let Some(school) = held.filter(|_| asked).filter(|e| degree_of(e).is_some()) {
            let candidates = degree_sentences(self.language, school);
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
                author: Author::Rules,
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
                LetterLanguage::English => vec![format!("My certificates include {all}.")],
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
                author: Author::Rules,
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
                author: Author::Rules,
            }));
        }
        out
    }
}
