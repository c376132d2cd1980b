//! Puts what the field found beside what the rules read: fields that it does not believe become lines of their entry, fields
//! taken too wide are narrowed, mentions that the rules missed come in; each with its probability as confidence.

use super::super::dates;
use super::super::row::Page;
use super::super::sections::{degree, line};
use super::super::words;
use super::{Kind, Mention, Reading, touches};
use crate::resume::{Bullet, Education, Extra, Id, Resume, Section, Source, Text, Work};
use std::ops::Range;

/// How readily words are taken for an employer, a title, a school, a degree: what the logarithm of the odds against "outside"
/// gains. Employers are named in more ways than a few hundred texts show, so the field is timid with them.
pub(super) const BOLDNESS: [f32; Kind::ALL.len()] = [1.6, 1.2, 0.6, 1.2];
/// What the rules read stays unless the field thinks it less likely than this.
pub(super) const DOUBT: f32 = 0.35;
/// A whole heading of a job, in a text whose headings are all whole, stays unless it is less likely than this.
const WHOLE: f32 = 0.2;
/// Letters and digits that a piece of a heading must have to be kept as a line when the heading is narrowed.
const WORTH_KEEPING: usize = 12;

fn at(field: Option<&Text>) -> Option<Range<usize>> {
    field.and_then(|f| f.source.as_ref()).map(|s| s.start..s.end)
}

fn text(page: &Page<'_>, mention: &Mention) -> Option<Text> {
    page.field(&mention.range, mention.probability.clamp(0.05, 0.95))
}

/// Changes what the rules read by what the field says, but where `headings` is set not the jobs and schools whose whole heading
/// it can believe. Nothing that was read is dropped.
pub fn apply(page: &Page<'_>, reading: &Reading, resume: &mut Resume, headings: bool) {
    let mentions: Vec<Mention> = reading
        .mentions(BOLDNESS)
        .into_iter()
        .filter(|m| page.text(&m.range).chars().filter(|c| c.is_alphanumeric()).count() > 1)
        // No name goes over a stretch of time.
        .filter(|m| !dates::find(page.text(&m.range)).iter().any(|s| s.stretch))
        .collect();
    correct(page, reading, &mentions, resume, headings);
    let known: Vec<(Kind, Range<usize>)> = super::of_rules(resume);
    let (of_work, of_study): (Vec<Mention>, Vec<Mention>) = mentions
        .iter()
        .filter(|m| may_stand(page, m, &mentions) && !known.iter().any(|(_, r)| touches(r, &m.range)))
        .cloned()
        .partition(|m| matches!(m.kind, Kind::Company | Kind::Position));
    add_work(page, &of_work, resume, headings);
    add_education(page, &of_study, resume);
}

/// False for a mention in a section that is about other things: a certificate is no degree, a language no field of study. Two
/// that back one another, an employer with a title or a school with a degree, stand anywhere but among references, which tell
/// of others: texts without layout have sections that end nobody knows where.
fn may_stand(page: &Page<'_>, mention: &Mention, all: &[Mention]) -> bool {
    let Some(section) = mention.section else { return true };
    let own = match mention.kind {
        Kind::Company => matches!(section, Section::Work | Section::Volunteer | Section::Projects),
        Kind::Position => matches!(
            section,
            Section::Work | Section::Volunteer | Section::Projects | Section::Education
        ),
        // "BSc Biology, 2004" among certificates is a degree all the same.
        Kind::Degree if section == Section::Certificates => words::degree(page.text(&mention.range)) >= 1.0,
        Kind::School | Kind::Degree => matches!(section, Section::Work | Section::Education),
    };
    let other = match mention.kind {
        Kind::Company => Kind::Position,
        Kind::Position => Kind::Company,
        Kind::School => Kind::Degree,
        Kind::Degree => Kind::School,
    };
    let backed = || {
        section != Section::References
            && all
                .iter()
                .any(|m| m.kind == other && m.section == mention.section && m.row.abs_diff(mention.row) <= 2)
    };
    own || matches!(section, Section::Contact | Section::Summary | Section::Extras) || backed()
}

/// Doubts, narrows and weighs the fields that the rules read.
fn correct(page: &Page<'_>, reading: &Reading, mentions: &[Mention], resume: &mut Resume, headings: bool) {
    // What leaves a field goes to these lines.
    let settle = |kind: Kind, field: &mut Option<Text>, lines: &mut Vec<Bullet>| {
        let Some(range) = at(field.as_ref()) else { return };
        let likelihood = reading.likelihood(kind, &range);
        let inside = mentions.iter().filter(|m| m.kind == kind && touches(&m.range, &range));
        if let Some(best) = inside.max_by(|a, b| a.probability.total_cmp(&b.probability)) {
            for rest in [range.start..best.range.start, best.range.end..range.end] {
                let worth = |r: &Range<usize>| {
                    r.start < r.end && page.text(r).chars().filter(|c| c.is_alphanumeric()).count() >= WORTH_KEEPING
                };
                if worth(&rest) {
                    lines.extend(page.field(&rest, likelihood).map(line));
                }
            }
            *field = text(page, best);
        } else if likelihood < DOUBT {
            lines.extend(field.take().map(line));
        } else if let Some(field) = field {
            field.confidence = likelihood;
        }
    };
    let mut loose = Vec::new();
    settle(Kind::Position, &mut resume.contact.label, &mut loose);
    for job in resume.work.iter_mut().chain(&mut resume.volunteer) {
        if headings && heading_of_job(reading, job) >= WHOLE || told_in_a_line(page, job) {
            continue;
        }
        let mut lines = Vec::new();
        settle(Kind::Company, &mut job.company, &mut lines);
        settle(Kind::Position, &mut job.position, &mut lines);
        job.highlights.splice(0..0, lines);
    }
    for study in &mut resume.education {
        if headings && heading_of_study(reading, study) >= DOUBT {
            continue;
        }
        let mut lines = Vec::new();
        settle(Kind::School, &mut study.institution, &mut lines);
        // A degree and its subject are one mention.
        let whole = |field: &Option<Text>| {
            let range = at(field.as_ref())?;
            mentions
                .iter()
                .find(|m| m.kind == Kind::Degree && touches(&m.range, &range))
        };
        if let Some(mention) = whole(&study.study_type).or_else(|| whole(&study.area)) {
            let (study_type, area) = degree(page, &mention.range, mention.probability);
            let before = study.area.take();
            (study.study_type, study.area) = (study_type, area);
            if study.area.is_none() && at(before.as_ref()).is_none_or(|r| !touches(&r, &mention.range)) {
                study.area = before;
                settle(Kind::Degree, &mut study.area, &mut lines);
            }
        } else {
            settle(Kind::Degree, &mut study.study_type, &mut lines);
            settle(Kind::Degree, &mut study.area, &mut lines);
        }
        study.highlights.splice(0..0, lines);
    }
    if !loose.is_empty() {
        resume.extras.push(Extra {
            id: Id::default(),
            heading: Text::typed(String::new()),
            lines: loose,
        });
    }
}

/// True for a job whose employer, title and dates stand in one line with dashes or bars between them: "Oak School, Leeds - Year
/// 6 Teacher - Sept 2019 to now". Nothing but a heading is written so.
fn told_in_a_line(page: &Page<'_>, job: &Work) -> bool {
    let (Some(company), Some(position), Some(start)) = (
        at(job.company.as_ref()),
        at(job.position.as_ref()),
        job.start.as_ref().and_then(|s| s.source.as_ref()),
    ) else {
        return false;
    };
    let line = |at: usize| page.rows.partition_point(|r| r.range.end < at);
    let (front, back) = if company.start <= position.start {
        (&company, &position)
    } else {
        (&position, &company)
    };
    let between = page.doc.text.get(front.end..back.start).unwrap_or_default();
    line(company.start) == line(position.start)
        && line(company.start) == line(start.start)
        && [" - ", " – ", " — ", " | "].iter().any(|s| between.contains(s))
}

/// How likely the heading of a job is as a whole, 0 to 1: the mean of its employer, or school that employs, and its title; 0
/// where one of them or the date is missing.
fn heading_of_job(reading: &Reading, job: &Work) -> f32 {
    let (Some(company), Some(position), Some(_)) =
        (at(job.company.as_ref()), at(job.position.as_ref()), job.start.as_ref())
    else {
        return 0.0;
    };
    let employer = reading.likelihood(Kind::Company, &company) + reading.likelihood(Kind::School, &company);
    (employer + reading.likelihood(Kind::Position, &position)) / 2.0
}

/// The same of a school and its degree.
fn heading_of_study(reading: &Reading, study: &Education) -> f32 {
    let course = study.study_type.as_ref().or(study.area.as_ref());
    let (Some(school), Some(course)) = (at(study.institution.as_ref()), at(course)) else {
        return 0.0;
    };
    (reading.likelihood(Kind::School, &school) + reading.likelihood(Kind::Degree, &course)) / 2.0
}

/// Mentions that stand together: at most two rows apart; a second of a kind begins anew.
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

/// The rows from the first to the last mention.
fn rows_of(group: &[&Mention]) -> Range<usize> {
    let first = group.first().map_or(0, |m| m.row);
    first..group.last().map_or(first, |m| m.row) + 1
}

/// True where a field stands in these rows or right beside them.
fn beside(page: &Page<'_>, rows: &Range<usize>, field: Option<&Text>) -> bool {
    at(field).is_some_and(|r| {
        let row = page.rows.partition_point(|row| row.range.end <= r.start);
        row + 2 >= rows.start && row <= rows.end + 1
    })
}

fn of_kind<'m>(group: &[&'m Mention], kind: Kind) -> Option<&'m Mention> {
    group.iter().copied().find(|m| m.kind == kind)
}

/// Adds the jobs that the rules missed. Where they found whole `headings` a title or an employer alone is no further job:
/// "Lead engineer of the billing service" tells of the one above.
fn add_work(page: &Page<'_>, mentions: &[Mention], resume: &mut Resume, headings: bool) {
    for group in groups(mentions) {
        let company = of_kind(&group, Kind::Company).and_then(|m| text(page, m));
        let position = of_kind(&group, Kind::Position).and_then(|m| text(page, m));
        let top = |m: &&Mention| matches!(m.section, None | Some(Section::Contact | Section::Summary));
        if company.is_none() && group.iter().all(top) {
            if resume.contact.label.is_none() {
                resume.contact.label = position;
                continue;
            }
            // "Backend engineer with 11 years of experience": jobs with their dates follow below.
            if resume.work.iter().any(|w| w.company.is_some() && w.start.is_some()) {
                continue;
            }
        }
        // A field that the rules left empty, in a job whose heading stands there.
        let rows = rows_of(&group);
        let gap = resume.work.iter_mut().find(|job| match (&company, &position) {
            (Some(_), None) => job.company.is_none() && beside(page, &rows, job.position.as_ref()),
            (None, Some(_)) => job.position.is_none() && beside(page, &rows, job.company.as_ref()),
            _ => false,
        });
        if let Some(job) = gap {
            job.company = job.company.take().or(company);
            job.position = job.position.take().or(position);
            continue;
        }
        if headings && (company.is_none() || position.is_none()) {
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
        date(page, &rows, &mut job, &resume.work);
        let start = group.first().map_or(0, |m| m.range.start);
        let place = resume.work.partition_point(|w| {
            let first = at(w.company.as_ref()).or(at(w.position.as_ref()));
            first.is_none_or(|r| r.start < start)
        });
        resume.work.insert(place, job);
        if !resume.order.contains(&Section::Work) {
            resume.order.push(Section::Work);
        }
    }
}

/// Gives a job the first stretch of time in its rows, or the row after, that no other job has.
fn date(page: &Page<'_>, rows: &Range<usize>, job: &mut Work, others: &[Work]) {
    let of = |source: Option<&Source>| source.map(|s| s.start..s.end);
    let taken: Vec<Range<usize>> = others
        .iter()
        .flat_map(|w| {
            let start = of(w.start.as_ref().and_then(|f| f.source.as_ref()));
            [start, of(w.end.as_ref().and_then(|f| f.source.as_ref()))]
        })
        .flatten()
        .collect();
    for row in page.rows.iter().skip(rows.start).take(rows.len() + 1) {
        let moved = |r: &Range<usize>| row.range.start + r.start..row.range.start + r.end;
        let free = |s: &dates::Span| s.stretch && !taken.iter().any(|t| touches(t, &moved(&s.range)));
        if let Some(span) = dates::find(page.of(row)).into_iter().find(free) {
            job.start = span.start.as_ref().map(|(d, r)| page.value(*d, &moved(r), 0.7));
            job.end = span.end.as_ref().map(|(d, r)| page.value(*d, &moved(r), 0.7));
            return;
        }
    }
}

fn add_education(page: &Page<'_>, mentions: &[Mention], resume: &mut Resume) {
    for group in groups(mentions) {
        let institution = of_kind(&group, Kind::School).and_then(|m| text(page, m));
        let course = of_kind(&group, Kind::Degree);
        let (study_type, area) = course.map_or((None, None), |m| degree(page, &m.range, m.probability));
        let rows = rows_of(&group);
        let gap = resume.education.iter_mut().find(|e| match (&institution, course) {
            (Some(_), None) => {
                e.institution.is_none()
                    && (beside(page, &rows, e.study_type.as_ref()) || beside(page, &rows, e.area.as_ref()))
            }
            (None, Some(_)) => {
                e.study_type.is_none() && e.area.is_none() && beside(page, &rows, e.institution.as_ref())
            }
            _ => false,
        });
        if let Some(entry) = gap {
            match institution {
                Some(_) => entry.institution = institution,
                None => (entry.study_type, entry.area) = (study_type, area),
            }
            continue;
        }
        let start = group.first().map_or(0, |m| m.range.start);
        let place = resume.education.partition_point(|e| {
            let first = at(e.institution.as_ref()).or(at(e.study_type.as_ref()));
            first.is_none_or(|r| r.start < start)
        });
        let entry = Education {
            id: Id::default(),
            institution,
            study_type,
            area,
            location: None,
            start: None,
            end: None,
            score: None,
            courses: Vec::new(),
            highlights: Vec::new(),
        };
        resume.education.insert(place, entry);
        if !resume.order.contains(&Section::Education) {
            resume.order.push(Section::Education);
        }
    }
}
