//! Puts what the field found beside what the rules read: fields that it does not believe go, mentions that the rules missed
//! come in, each with its probability as confidence.

use super::super::dates;
use super::super::row::Page;
use super::{Kind, Mention, Reading};
use crate::resume::{Education, Id, Resume, Section, Text, Work};
use std::ops::Range;

/// How readily words are taken for a mention: the logarithm of the odds that "outside" loses.
const BOLDNESS: f32 = 0.7;
/// What the rules read stays unless the field thinks it less likely than this.
const DOUBT: f32 = 0.08;

fn at(field: Option<&Text>) -> Option<Range<usize>> {
    field.and_then(|f| f.source.as_ref()).map(|s| s.start..s.end)
}

fn touches(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Changes what the rules read by what the field says.
pub fn apply(page: &Page<'_>, reading: &Reading, resume: &mut Resume) {
    let doubt = |kind: Kind, field: &mut Option<Text>| {
        if let Some(range) = at(field.as_ref())
            && reading.likelihood(kind, &range) < DOUBT
        {
            *field = None;
        }
    };
    for job in &mut resume.work {
        doubt(Kind::Company, &mut job.company);
        doubt(Kind::Position, &mut job.position);
    }
    for study in &mut resume.education {
        doubt(Kind::School, &mut study.institution);
        if at(study.study_type.as_ref()).is_some_and(|r| reading.likelihood(Kind::Degree, &r) < DOUBT)
            && at(study.area.as_ref()).is_none_or(|r| reading.likelihood(Kind::Degree, &r) < DOUBT)
        {
            (study.study_type, study.area) = (None, None);
        }
    }
    let known: Vec<(Kind, Range<usize>)> = super::of_rules(resume);
    let mentions: Vec<Mention> = reading
        .mentions(BOLDNESS)
        .into_iter()
        .filter(|m| !known.iter().any(|(_, r)| touches(r, &m.range)))
        .filter(|m| page.text(&m.range).chars().filter(|c| c.is_alphanumeric()).count() > 1)
        .collect();
    let (of_work, of_study): (Vec<Mention>, Vec<Mention>) = mentions
        .into_iter()
        .partition(|m| matches!(m.kind, Kind::Company | Kind::Position));
    work(page, &of_work, resume);
    study(page, &of_study, resume);
}

fn text(page: &Page<'_>, mention: &Mention) -> Option<Text> {
    page.field(&mention.range, mention.probability.clamp(0.05, 0.95))
}

/// Mentions that stand together: a title and an employer at most two rows apart, a second of a kind begins anew.
fn groups(mentions: &[Mention]) -> Vec<Vec<&Mention>> {
    let mut out: Vec<Vec<&Mention>> = Vec::new();
    for mention in mentions {
        match out.last_mut() {
            Some(group)
                if group.iter().all(|m| m.kind != mention.kind)
                    && group.last().is_some_and(|m| mention.row - m.row <= 2) =>
            {
                group.push(mention);
            }
            _ => out.push(vec![mention]),
        }
    }
    out
}

fn rows_of(group: &[&Mention]) -> Range<usize> {
    let first = group.first().map_or(0, |m| m.row);
    first..group.last().map_or(first, |m| m.row) + 1
}

fn work(page: &Page<'_>, mentions: &[Mention], resume: &mut Resume) {
    let believed = |m: &&Mention| {
        matches!(
            m.section,
            None | Some(Section::Work | Section::Education | Section::Contact | Section::Summary)
        )
    };
    let mentions: Vec<Mention> = mentions.iter().filter(believed).cloned().collect();
    for group in groups(&mentions) {
        let company = group
            .iter()
            .find(|m| m.kind == Kind::Company)
            .and_then(|m| text(page, m));
        let position = group
            .iter()
            .find(|m| m.kind == Kind::Position)
            .and_then(|m| text(page, m));
        let headline = company.is_none()
            && group
                .iter()
                .all(|m| matches!(m.section, None | Some(Section::Contact | Section::Summary)));
        if headline && resume.contact.label.is_none() {
            resume.contact.label = position;
            continue;
        }
        // A field that the rules left empty, in a job whose heading stands there.
        let rows = rows_of(&group);
        let near = |field: Option<&Text>| {
            at(field).is_some_and(|r| {
                let row = page.rows.partition_point(|row| row.range.end <= r.start);
                row + 2 >= rows.start && row <= rows.end + 1
            })
        };
        if let Some(job) = resume.work.iter_mut().find(|job| {
            (company.is_some() && job.company.is_none() && near(job.position.as_ref()) && position.is_none())
                || (position.is_some() && job.position.is_none() && near(job.company.as_ref()) && company.is_none())
        }) {
            if job.company.is_none() {
                job.company = company;
            } else {
                job.position = position;
            }
            continue;
        }
        let mut job = Work {
            id: Id::default(),
            company,
            position,
            location: None,
            url: None,
            start: None,
            end: None,
            summary: None,
            highlights: Vec::new(),
        };
        let taken = |range: &Range<usize>, resume: &Resume| {
            let of = |f: Option<&crate::resume::Source>| f.is_some_and(|s| touches(&(s.start..s.end), range));
            resume.work.iter().any(|w| {
                of(w.start.as_ref().and_then(|f| f.source.as_ref()))
                    || of(w.end.as_ref().and_then(|f| f.source.as_ref()))
            })
        };
        for row in page.rows.iter().skip(rows.start).take(rows.len() + 1) {
            for span in dates::find(page.of(row)).into_iter().filter(|s| s.stretch) {
                let moved = |r: &Range<usize>| row.range.start + r.start..row.range.start + r.end;
                if job.start.is_none() && job.end.is_none() && !taken(&moved(&span.range), resume) {
                    job.start = span.start.as_ref().map(|(d, r)| page.value(*d, &moved(r), 0.7));
                    job.end = span.end.as_ref().map(|(d, r)| page.value(*d, &moved(r), 0.7));
                }
            }
        }
        let place = resume.work.partition_point(|w| {
            let first = at(w.company.as_ref()).or(at(w.position.as_ref()));
            first.is_none_or(|r| r.start < group[0].range.start)
        });
        resume.work.insert(place, job);
        if !resume.order.contains(&Section::Work) {
            resume.order.push(Section::Work);
        }
    }
}

fn study(page: &Page<'_>, mentions: &[Mention], resume: &mut Resume) {
    for group in groups(mentions) {
        let school = group
            .iter()
            .find(|m| m.kind == Kind::School)
            .and_then(|m| text(page, m));
        let degree = group
            .iter()
            .find(|m| m.kind == Kind::Degree)
            .and_then(|m| text(page, m));
        let rows = rows_of(&group);
        let near = |field: Option<&Text>| {
            at(field).is_some_and(|r| {
                let row = page.rows.partition_point(|row| row.range.end <= r.start);
                row + 2 >= rows.start && row <= rows.end + 1
            })
        };
        if let Some(entry) = resume.education.iter_mut().find(|e| {
            let bare = e.study_type.is_none() && e.area.is_none();
            (school.is_some()
                && degree.is_none()
                && e.institution.is_none()
                && (near(e.study_type.as_ref()) || near(e.area.as_ref())))
                || (degree.is_some() && school.is_none() && bare && near(e.institution.as_ref()))
        }) {
            if entry.institution.is_none() {
                entry.institution = school;
            } else {
                entry.study_type = degree;
            }
            continue;
        }
        let place = resume.education.partition_point(|e| {
            let first = at(e.institution.as_ref()).or(at(e.study_type.as_ref()));
            first.is_none_or(|r| r.start < group[0].range.start)
        });
        resume.education.insert(
            place,
            Education {
                id: Id::default(),
                institution: school,
                study_type: degree,
                area: None,
                location: None,
                start: None,
                end: None,
                score: None,
                courses: Vec::new(),
                highlights: Vec::new(),
            },
        );
        if !resume.order.contains(&Section::Education) {
            resume.order.push(Section::Education);
        }
    }
}
