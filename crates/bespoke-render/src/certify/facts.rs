//! A résumé as a list of facts that can be looked for and compared.

use crate::style::DateFormat;
use crate::words::Words;
use bespoke_core::date::{End, PartialDate};
use bespoke_core::resume::{Bullet, Credential, Field, Resume, Section, Text, Work};
use std::collections::BTreeMap;

/// What kind of thing a fact is, and so how two are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    /// A degree and its subject.
    Degree,
    Phone,
    Link,
    Date,
}

/// One fact of an entry.
#[derive(Debug, Clone)]
pub(super) struct Fact {
    /// `position`, `highlights` …
    pub field: &'static str,
    pub value: String,
    pub kind: Kind,
    /// How it stands in the document, where that is not as `value` says it.
    pub shown: Option<String>,
}

/// The facts of one job, degree, group of skills …
pub(super) type Entry = Vec<Fact>;

fn fact(field: &'static str, value: &str, kind: Kind) -> Option<Fact> {
    let value = crate::outline::clean(value);
    (!value.is_empty()).then_some(Fact {
        field,
        value,
        kind,
        shown: None,
    })
}

fn text(field: &'static str, value: &Option<Text>) -> Option<Fact> {
    fact(field, &value.as_ref()?.value, Kind::Text)
}

fn texts<'a>(field: &'static str, values: &'a [Text]) -> impl Iterator<Item = Fact> + 'a {
    values.iter().filter_map(move |t| fact(field, &t.value, Kind::Text))
}

fn bullets<'a>(field: &'static str, list: &'a [Bullet]) -> impl Iterator<Item = Fact> + 'a {
    list.iter().filter_map(move |b| fact(field, &b.text.value, Kind::Text))
}

struct Reader<'a> {
    words: &'a Words,
    dates: DateFormat,
}

impl Reader<'_> {
    fn start(&self, date: &Option<Field<PartialDate>>) -> Option<Fact> {
        let date = date.as_ref()?.value;
        Some(Fact {
            shown: Some(self.words.date(date, self.dates)),
            ..fact("start", &date.to_string(), Kind::Date)?
        })
    }

    fn end(&self, date: &Option<Field<End>>) -> Option<Fact> {
        let date = date.as_ref()?.value;
        Some(Fact {
            shown: self.words.range(None, Some(date), self.dates),
            ..fact("end", &date.to_string(), Kind::Date)?
        })
    }

    /// A grade without the label that we print before it.
    fn score(&self, score: &Option<Text>) -> Option<Fact> {
        let score = score.as_ref()?.value.trim();
        let bare = score
            .strip_prefix(self.words.grade.as_str())
            .and_then(|rest| rest.trim_start().strip_prefix(':'));
        fact("score", bare.unwrap_or(score), Kind::Text)
    }

    fn work(&self, list: &[Work]) -> Vec<Entry> {
        let entry = |w: &Work| {
            let head = [
                text("position", &w.position),
                text("company", &w.company),
                text("location", &w.location),
                self.start(&w.start),
                self.end(&w.end),
                text("summary", &w.summary),
            ];
            head.into_iter()
                .flatten()
                .chain(bullets("highlights", &w.highlights))
                .collect()
        };
        list.iter().map(entry).collect()
    }

    fn credentials(&self, list: &[Credential]) -> Vec<Entry> {
        let entry = |c: &Credential| {
            let facts = [
                fact("name", &c.name.value, Kind::Text),
                text("issuer", &c.issuer),
                self.start(&c.date),
                text("summary", &c.summary),
            ];
            facts.into_iter().flatten().collect()
        };
        list.iter().map(entry).collect()
    }
}

/// Every fact of a résumé by section. `language` names the months and `dates` says how they are written.
pub(super) fn of(resume: &Resume, language: Option<&str>, dates: DateFormat) -> BTreeMap<Section, Vec<Entry>> {
    let reader = Reader {
        words: Words::of(language),
        dates,
    };
    let contact = &resume.contact;
    let place = contact.location.as_ref().and_then(|l| {
        let city = l.city.clone().or_else(|| l.text.as_ref().map(|t| t.value.clone()))?;
        fact("city", city.split(',').next().unwrap_or_default(), Kind::Text)
    });
    let links = contact.url.iter().chain(contact.profiles.iter().map(|p| &p.url));
    let who = [
        text("name", &contact.name),
        text("label", &contact.label),
        text("email", &contact.email),
        contact
            .phone
            .as_ref()
            .and_then(|p| fact("phone", &p.value, Kind::Phone)),
        place,
    ];
    let links = links.filter_map(|u| fact("links", &u.value, Kind::Link));
    let education = resume.education.iter().map(|e| {
        let head = [
            crate::outline::degree(e).and_then(|d| fact("degree", &d, Kind::Degree)),
            text("institution", &e.institution),
            text("location", &e.location),
            reader.start(&e.start),
            reader.end(&e.end),
            reader.score(&e.score),
        ];
        head.into_iter()
            .flatten()
            .chain(texts("courses", &e.courses))
            .chain(bullets("highlights", &e.highlights))
            .collect()
    });
    let projects = resume.projects.iter().map(|p| {
        let head = [
            fact("name", &p.name.value, Kind::Text),
            text("description", &p.description),
            reader.start(&p.start),
            reader.end(&p.end),
        ];
        head.into_iter()
            .flatten()
            .chain(bullets("highlights", &p.highlights))
            .chain(texts("keywords", &p.keywords))
            .collect()
    });
    let skills = resume.skills.iter().map(|s| texts("keywords", &s.keywords).collect());
    let languages = resume.languages.iter().map(|l| {
        [
            fact("language", &l.language.value, Kind::Text),
            text("fluency", &l.fluency),
        ]
        .into_iter()
        .flatten()
        .collect()
    });
    let interests = resume.interests.iter().map(|i| {
        fact("name", &i.name.value, Kind::Text)
            .into_iter()
            .chain(texts("keywords", &i.keywords))
            .collect()
    });
    let references = resume.references.iter().map(|r| {
        [fact("name", &r.name.value, Kind::Text), text("reference", &r.reference)]
            .into_iter()
            .flatten()
            .collect()
    });
    let extras = resume.extras.iter().map(|x| bullets("lines", &x.lines).collect());
    BTreeMap::from([
        (Section::Contact, vec![who.into_iter().flatten().chain(links).collect()]),
        (
            Section::Summary,
            vec![text("summary", &resume.summary).into_iter().collect()],
        ),
        (Section::Work, reader.work(&resume.work)),
        (Section::Volunteer, reader.work(&resume.volunteer)),
        (Section::Education, education.collect()),
        (Section::Skills, pooled(skills.collect())),
        (Section::Certificates, reader.credentials(&resume.certificates)),
        (Section::Awards, reader.credentials(&resume.awards)),
        (Section::Publications, reader.credentials(&resume.publications)),
        (Section::Projects, projects.collect()),
        (Section::Languages, languages.collect()),
        (Section::Interests, interests.collect()),
        (Section::References, references.collect()),
        (Section::Extras, pooled(extras.collect())),
    ])
}

/// All facts in one entry: what matters is that they are there, not in which group.
fn pooled(entries: Vec<Entry>) -> Vec<Entry> {
    vec![entries.into_iter().flatten().collect()]
}
