//! Each section of a résumé as a [`Block`].

use super::*;

impl Writer<'_> {
    /// The blocks of a section: none where it is empty, several for extras.
    pub(super) fn section(&self, resume: &Resume, section: Section) -> Vec<Block> {
        let mut block = Block {
            kind: section,
            side: self.style.columns.count > 1 && self.style.columns.side.contains(&section),
            title: match self.style.section_titles.get(&section) {
                Some(title) => clean(title),
                None => self.words.heading(section).to_owned(),
            },
            paragraphs: Vec::new(),
            entries: Vec::new(),
            groups: Vec::new(),
            bullets: Vec::new(),
        };
        match section {
            Section::Contact => {}
            Section::Summary => block.paragraphs = paragraphs(&resume.summary),
            Section::Work => block.entries = resume.work.iter().map(|w| self.work(w)).collect(),
            Section::Volunteer => block.entries = resume.volunteer.iter().map(|w| self.work(w)).collect(),
            Section::Education => block.entries = resume.education.iter().map(|e| self.education(e)).collect(),
            Section::Projects => block.entries = resume.projects.iter().map(|p| self.project(p)).collect(),
            Section::Certificates => block.entries = self.credentials(&resume.certificates),
            Section::Awards => block.entries = self.credentials(&resume.awards),
            Section::Publications => block.entries = self.credentials(&resume.publications),
            Section::Skills => {
                let groups = resume.skills.iter().map(|s| {
                    let (name, level) = (value(&s.name), value(&s.level));
                    let label = match (name, level) {
                        (Some(name), Some(level)) => Some(format!("{name} ({level})")),
                        (name, level) => name.or(level),
                    };
                    group(label, list(&s.keywords))
                });
                block.groups = groups.flatten().collect();
            }
            Section::Languages => {
                let languages = resume.languages.iter().map(|l| {
                    let name = clean(&l.language.value);
                    match value(&l.fluency) {
                        Some(fluency) => format!("{name} ({fluency})"),
                        None => name,
                    }
                });
                let text = languages.filter(|l| !l.is_empty()).collect::<Vec<_>>().join(", ");
                block.groups = group(None, text).into_iter().collect();
            }
            Section::Interests => {
                let (plain, detailed): (Vec<_>, Vec<_>) = resume.interests.iter().partition(|i| i.keywords.is_empty());
                let names: Vec<Text> = plain.iter().map(|i| i.name.clone()).collect();
                let detailed = detailed
                    .iter()
                    .map(|i| group(Some(clean(&i.name.value)), list(&i.keywords)));
                block.groups = detailed.chain([group(None, list(&names))]).flatten().collect();
            }
            Section::References => {
                let entries = resume.references.iter().map(|r| Entry {
                    title: Some(plain(clean(&r.name.value))),
                    paragraphs: paragraphs(&r.reference),
                    ..Entry::default()
                });
                block.entries = entries.collect();
            }
            Section::Extras => {
                let extras = resume.extras.iter().map(|x| Block {
                    title: clean(&x.heading.value),
                    bullets: items(&x.lines),
                    ..block.clone()
                });
                return extras
                    .filter(|b| !b.title.is_empty() || !b.bullets.is_empty())
                    .collect();
            }
        }
        block.entries.retain(|entry| !entry.is_empty());
        match block.is_empty() {
            true => Vec::new(),
            false => vec![block],
        }
    }

    fn range(&self, start: &Option<Field<PartialDate>>, end: &Option<Field<End>>) -> Option<String> {
        let (start, end) = (start.as_ref().map(|f| f.value), end.as_ref().map(|f| f.value));
        self.words.range(start, end, self.style.date_format)
    }

    /// What an entry begins with and what follows; one alone always comes first.
    fn lead(&self, what: Option<Linked>, whose: Option<Linked>) -> (Option<Linked>, Option<Linked>) {
        let (first, second) = match self.style.entry.lead {
            Lead::Title => (what, whose),
            Lead::Organisation => (whose, what),
        };
        match first {
            Some(first) => (Some(first), second),
            None => (second, None),
        }
    }

    fn work(&self, w: &Work) -> Entry {
        let (position, company) = (linked(&w.position, &None), linked(&w.company, &w.url));
        let (title, subtitle) = self.lead(position, company);
        Entry {
            title,
            subtitle,
            dates: self.range(&w.start, &w.end),
            place: value(&w.location),
            paragraphs: paragraphs(&w.summary),
            bullets: items(&w.highlights),
            ..Entry::default()
        }
    }

    fn education(&self, e: &Education) -> Entry {
        let (title, subtitle) = self.lead(degree(e).map(plain), linked(&e.institution, &None));
        // "GPA 3.9" and "First class honours" say what they are; "1.7" does not.
        let score = value(&e.score).map(|s| match s.chars().take(3).filter(|c| c.is_alphabetic()).count() {
            3 => Group { label: None, text: s },
            _ => Group {
                label: Some(self.words.grade.clone()),
                text: s,
            },
        });
        let courses = note(&self.words.courses, &e.courses);
        Entry {
            title,
            subtitle,
            dates: self.range(&e.start, &e.end),
            place: value(&e.location),
            paragraphs: Vec::new(),
            bullets: items(&e.highlights),
            notes: score.into_iter().chain(courses).collect(),
            compact: false,
        }
    }

    fn project(&self, p: &Project) -> Entry {
        let part: Vec<String> = [value(&p.role), value(&p.entity)].into_iter().flatten().collect();
        Entry {
            title: linked(&Some(p.name.clone()), &p.url),
            subtitle: Some(part.join(", ")).filter(|t| !t.is_empty()).map(plain),
            dates: self.range(&p.start, &p.end),
            place: None,
            paragraphs: paragraphs(&p.description),
            bullets: items(&p.highlights),
            notes: note(&self.words.technologies, &p.keywords).into_iter().collect(),
            compact: false,
        }
    }

    fn credentials(&self, credentials: &[Credential]) -> Vec<Entry> {
        let entries = credentials.iter().map(|c| Entry {
            title: linked(&Some(c.name.clone()), &c.url),
            dates: c
                .date
                .as_ref()
                .map(|d| self.words.date(d.value, self.style.date_format)),
            subtitle: value(&c.issuer).map(plain),
            paragraphs: paragraphs(&c.summary),
            compact: true,
            ..Entry::default()
        });
        entries.collect()
    }
}

impl Entry {
    fn is_empty(&self) -> bool {
        let empty = Entry {
            compact: self.compact,
            ..Entry::default()
        };
        *self == empty
    }
}

impl Block {
    fn is_empty(&self) -> bool {
        self.paragraphs.is_empty() && self.entries.is_empty() && self.groups.is_empty() && self.bullets.is_empty()
    }
}

/// Degree and subject in one: "Bachelor of Science in Nursing" does not need its "Nursing" once more.
pub(crate) fn degree(e: &Education) -> Option<String> {
    let (degree, subject) = (value(&e.study_type), value(&e.area));
    match (degree, subject) {
        (Some(degree), Some(subject)) if degree.to_lowercase().contains(&subject.to_lowercase()) => Some(degree),
        (Some(degree), Some(subject)) => Some(format!("{degree}, {subject}")),
        (degree, subject) => degree.or(subject),
    }
}

/// A labelled line; a label alone becomes the text, so that nothing is dropped.
fn group(label: Option<String>, text: String) -> Option<Group> {
    match (label, text.is_empty()) {
        (label, false) => Some(Group { label, text }),
        (Some(text), true) => Some(Group { label: None, text }),
        (None, true) => None,
    }
}

/// A list under a label of ours; none where the list is empty.
fn note(label: &str, texts: &[Text]) -> Option<Group> {
    let text = list(texts);
    (!text.is_empty()).then(|| Group {
        label: Some(label.to_owned()),
        text,
    })
}
