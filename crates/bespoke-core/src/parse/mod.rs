//! [`Document`] → [`Parsed`]: sections, entries, fields, each with its source and a confidence.

mod confidence;
mod contact;
mod dates;
mod employers;
mod entries;
mod fields;
mod headings;
mod headless;
pub mod mentions;
mod nested;
mod placeholders;
mod rails;
mod row;
mod sections;
mod words;

use crate::document::{Document, Format};
use crate::resume::{Bullet, Extra, Id, Resume, Section, Source, Text};
use regex::Regex;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// Something doubtful in the parse, for the person to look at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Issue {
    /// Stable code: `no-name`, `unread-lines`, `date-order` …
    pub code: String,
    /// What happened and what to do.
    pub message: String,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// A stretch of the document that belongs to one section, for highlights.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SectionSpan {
    /// Which section.
    pub section: Section,
    /// First byte in `Document::text`, its heading included.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The heading as shown, where there is one.
    pub heading: Option<String>,
}

/// The result of a parse.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Parsed {
    /// What was understood.
    pub resume: Resume,
    /// What is doubtful.
    pub issues: Vec<Issue>,
    /// Which stretch of the text is which section, in order.
    pub sections: Vec<SectionSpan>,
}

/// A parse as programs are given it: what `bespoke parse --json` prints, and what a page reads without a server.
#[derive(Debug, Serialize)]
pub struct Report<'a> {
    /// What the file was.
    pub format: Format,
    /// What was understood.
    #[serde(flatten)]
    pub parsed: &'a Parsed,
}

/// How much a text looks like a place, 0 to about 1.2.
pub(crate) fn place_likeness(text: &str) -> f32 {
    words::place(text)
}

/// How much a text looks like a job title, about −1 to 1.5.
pub(crate) fn title_likeness(text: &str) -> f32 {
    words::title(text)
}

/// True for a known section heading.
pub(crate) fn names_section(text: &str) -> bool {
    words::heading(text).is_some()
}

/// True for a text that is nothing but one date or stretch of time.
pub(crate) fn is_one_date(text: &str) -> bool {
    let text = text.trim();
    matches!(dates::find(text).as_slice(), [only] if only.range == (0..text.len()))
}

/// True for what names a column of a table of jobs or studies: "Employer", "Year of passing".
pub(crate) fn names_column(text: &str) -> bool {
    sections::names_column(text)
}

/// Reads a résumé out of a document. Never fails: what is not understood goes to extras or issues.
pub fn parse(document: &Document) -> Parsed {
    if let Some(resume) = &document.structured {
        return Parsed {
            resume: (**resume).clone(),
            ..Parsed::default()
        };
    }
    let (page, blocks) = laid_out(document);
    let mut parsed = by_rules(&page, &blocks);
    confidence::calibrate(&mut parsed.resume);
    mentions::mend(&page, &blocks, &mut parsed.resume, mentions::builtin());
    placeholders::drop_from_titles(&document.text, &mut parsed.resume);
    confidence::recognised(document, &mut parsed.resume);
    parsed.resume.assign_ids();
    issues(&page, &mut parsed);
    parsed
}

/// The rows of a document and its sections.
fn laid_out(document: &Document) -> (row::Page<'_>, Vec<headings::Block>) {
    let mut page = row::Page::new(document);
    let mut blocks = headings::blocks(&page);
    signature(&page, &mut blocks);
    nested::unfold(&mut page, &blocks);
    (page, blocks)
}

/// Where and when a résumé was signed: "Kassel, den 14. Januar 2025", "Lyon, le 3/2/2025".
static SIGNED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\p{Lu}[\p{L} .()/-]{1,40}, (?:(?:den|le|lì|li|il|a|à|em|op|dnia) )?\d{1,2}(?:\.? (?:de )?\p{L}{3,10}\.? (?:de )?|[./]\d{1,2}[./])(?:19|20)\d\d\.?$")
        .expect("a pattern")
});

/// The place and date of a signature and the name below it, at the end of the document, are of no section: a block of their own.
fn signature(page: &row::Page<'_>, blocks: &mut Vec<headings::Block>) {
    let count = page.rows.len();
    let signed = |i: &usize| SIGNED.is_match(row::squash(page.of(&page.rows[*i])).trim());
    let Some(at) = (count.saturating_sub(4)..count).find(signed) else {
        return;
    };
    if let Some(last) = blocks.last_mut()
        && last.rows.start < at
        && last.rows.end == count
    {
        last.rows.end = at;
        blocks.push(headings::Block {
            section: Section::Extras,
            heading: None,
            rows: at..count,
        });
    }
}

/// What headings, layout and lists of words say, with raw confidences.
fn by_rules(page: &row::Page<'_>, blocks: &[headings::Block]) -> Parsed {
    let mut parsed = Parsed::default();
    let resume = &mut parsed.resume;
    let (contact, used) = contact::read(page, blocks);
    resume.contact = contact;
    for block in blocks {
        let rows = &block.rows;
        let start = block.heading.map_or(rows.start, |h| h);
        if let (Some(first), Some(last)) = (page.rows.get(start), page.rows[..rows.end].last()) {
            parsed.sections.push(SectionSpan {
                section: block.section,
                start: first.range.start,
                end: last.range.end.max(first.range.end),
                heading: block.heading.map(|h| row::squash(page.of(&page.rows[h]))),
            });
        }
        if rows.is_empty() {
            continue;
        }
        if !resume.order.contains(&block.section) {
            resume.order.push(block.section);
        }
        match block.section {
            Section::Contact => lead(page, block, &used, resume),
            Section::Summary => {
                let text = sections::prose(page, rows, &used);
                match (&mut resume.summary, text) {
                    (slot @ None, text) => *slot = text,
                    (Some(old), Some(new)) => {
                        old.value.push(' ');
                        old.value.push_str(&new.value);
                    }
                    _ => {}
                }
            }
            Section::Work => resume.work.extend(sections::work(page, rows)),
            Section::Education => {
                for study in sections::education(page, rows) {
                    match sections::as_certificate(study) {
                        Ok(certificate) => resume.certificates.push(certificate),
                        Err(study) => resume.education.push(*study),
                    }
                }
            }
            Section::Skills => {
                let own: Vec<&row::Row> = page.rows[rows.clone()].iter().collect();
                let own = sections::grid::read(page, own, &mut resume.languages);
                let own = sections::labelled::read_columns(page, own, resume);
                if own.is_empty() {
                    continue;
                }
                let mut groups = sections::skills_in(page, own.clone());
                resume.languages.extend(sections::spoken_groups(page, &mut groups));
                let certificates = sections::labelled::credential_groups(page, &own, &mut groups);
                resume.certificates.extend(certificates);
                resume.interests.extend(sections::interest_groups(&mut groups));
                resume.skills.extend(groups);
            }
            Section::Certificates => resume.certificates.extend(sections::credentials(page, rows)),
            Section::Projects => resume.projects.extend(sections::projects(page, rows)),
            Section::Languages => {
                let mut told = Vec::new();
                let left = sections::grid::read(page, page.rows[rows.clone()].iter().collect(), &mut told);
                let languages = match told.is_empty() {
                    true => sections::languages(page, rows),
                    false => {
                        told.extend(left.iter().flat_map(|row| sections::spoken(page, &row.range)));
                        told
                    }
                };
                if languages.is_empty() {
                    // "Languages: Rust, Go" under a heading of its own are skills.
                    resume.skills.extend(sections::skills(page, rows));
                } else {
                    resume.languages.extend(languages);
                }
            }
            Section::Awards => resume.awards.extend(sections::credentials(page, rows)),
            Section::Publications => resume.publications.extend(sections::publications(page, rows)),
            Section::Volunteer => resume.volunteer.extend(sections::work(page, rows)),
            Section::Interests => resume.interests.extend(sections::interests(page, rows)),
            Section::References => resume.references.extend(sections::references(page, rows)),
            Section::Extras => {
                let heading = block.heading.and_then(|h| page.field(&page.rows[h].range, 0.8));
                let own = sections::grid::read(page, page.rows[rows.clone()].iter().collect(), &mut resume.languages);
                let own = sections::labelled::read(page, own, true, resume);
                extra(page, &own, heading, resume);
            }
        }
    }
    // A language that was told twice, as nationality and as mother tongue.
    let mut languages: Vec<crate::resume::Language> = Vec::new();
    for language in std::mem::take(&mut parsed.resume.languages) {
        let name = crate::text::fold(&language.language.value);
        match languages
            .iter_mut()
            .find(|l| crate::text::fold(&l.language.value) == name)
        {
            Some(known) => known.fluency = known.fluency.take().or(language.fluency),
            None => languages.push(language),
        }
    }
    parsed.resume.languages = languages;
    parsed
}

/// What stands before the first heading and is no contact data: a summary where it is prose, else kept as it is.
fn lead(page: &row::Page<'_>, block: &headings::Block, used: &[std::ops::Range<usize>], resume: &mut Resume) {
    let free = |r: &&row::Row| !used.iter().any(|u| u.start < r.range.end && u.end > r.range.start);
    let rows: Vec<&row::Row> = page.rows[block.rows.clone()].iter().filter(free).collect();
    // A row of nothing but spoken languages.
    for row in &rows {
        let parts: Vec<&str> = page.of(row).split([',', ';', '|', '•', '·']).map(str::trim).collect();
        // "Nationality | Polish"
        let labelled = row.cells.len() > 1 && !words::language(page.text(&row.cells[0].range));
        let spoken = |p: &&str| words::language(p.split(['(', ':', '-', '–']).next().unwrap_or_default().trim());
        if resume.languages.is_empty() && !labelled && !parts.is_empty() && parts.iter().all(spoken) && !row.look.bold {
            resume.languages = sections::languages(page, &(row.index..row.index + 1));
        }
    }
    // The same in a cell beside an address: "Español, Francés, Inglés".
    for (row, cell) in rows.iter().flat_map(|r| r.cells.iter().map(move |c| (r, c))) {
        let text = page.text(&cell.range);
        let mut names = text.split(',').map(str::trim);
        if resume.languages.is_empty() && row.cells.len() > 1 && text.contains(',') && names.all(words::language) {
            resume.languages = sections::spoken(page, &cell.range);
        }
    }
    // "Languages: English, Hebrew", "Hobbies | chess" among the contact data.
    let rows = sections::labelled::read(page, rows, false, resume);
    let prose: Vec<std::ops::Range<usize>> = rows
        .iter()
        .filter(|r| {
            let text = page.of(r);
            text.len() > 55 && text.split_whitespace().count() > 8
        })
        .map(|r| r.range.clone())
        .collect();
    let (Some(first), Some(last)) = (prose.first(), prose.last()) else {
        return;
    };
    if resume.summary.is_some() {
        return;
    }
    let end = last.end;
    // The last line of a paragraph may be short.
    let ranges: Vec<std::ops::Range<usize>> = rows
        .iter()
        .filter(|r| {
            r.range.start >= first.start && (r.range.end <= end || (r.range.start > end && r.range.start - end < 3))
        })
        .map(|r| r.range.clone())
        .collect();
    resume.summary = page.joined(&ranges, 0.7);
}

fn extra(page: &row::Page<'_>, rows: &[&row::Row], heading: Option<Text>, resume: &mut Resume) {
    let left = rows.iter().map(|r| r.x0).fold(f32::MAX, f32::min);
    let (items, prose) = entries::items(page, left, rows);
    let mut lines: Vec<Bullet> = Vec::new();
    let bullet = |text: Option<Text>, level: u8| {
        text.map(|text| Bullet {
            id: Id::default(),
            text,
            level,
        })
    };
    lines.extend(bullet(page.joined(&prose, 0.7), 0));
    lines.extend(
        items
            .iter()
            .filter_map(|i| bullet(page.joined(&i.ranges, 0.8), i.level)),
    );
    let heading = heading.unwrap_or_else(|| Text::typed(String::new()));
    if !lines.is_empty() {
        resume.extras.push(Extra {
            id: Id::default(),
            heading,
            lines,
        });
    }
}

fn issues(page: &row::Page<'_>, parsed: &mut Parsed) {
    let resume = &parsed.resume;
    let mut add = |code: &str, message: &str, source: Option<Source>| {
        parsed.issues.push(Issue {
            code: code.into(),
            message: message.into(),
            source,
        });
    };
    if page.rows.is_empty() {
        add(
            "no-text",
            "No text could be read. If the pages are pictures, they need character recognition.",
            None,
        );
        return;
    }
    if resume.contact.name.is_none() {
        add("no-name", "No name was found. Type it in.", None);
    }
    if resume.contact.email.is_none() {
        add(
            "no-email",
            "No e-mail address was found. Type it in if you want it on the résumé.",
            None,
        );
    }
    if resume.work.is_empty() {
        add(
            "no-work",
            "No work experience was found. Check whether its heading was recognised.",
            None,
        );
    }
    for (what, field) in doubtful(resume) {
        add(
            "doubtful-field",
            &format!("“{}” may not be {what}. Confirm or correct it.", field.value),
            field.source.clone(),
        );
    }
    for work in &resume.work {
        if let (Some(start), Some(end)) = (&work.start, &work.end)
            && let crate::date::End::Date(last) = end.value
            && last.months() < start.value.months()
            && last.month.is_some()
        {
            add(
                "date-order",
                "This job ends before it begins. Check its dates.",
                end.source.clone(),
            );
        }
        if work.start.is_none() && work.end.is_none() {
            let at = work
                .position
                .as_ref()
                .or(work.company.as_ref())
                .and_then(|f| f.source.clone());
            add("no-dates", "No dates were found for this job.", at);
        }
    }
}

/// Below this probability a field is worth a look.
const DOUBT: f32 = 0.6;

/// Names, employers, titles, schools and degrees that are more doubtful than most.
fn doubtful(resume: &Resume) -> Vec<(&'static str, &Text)> {
    let mut out: Vec<(&'static str, Option<&Text>)> = vec![("the name", resume.contact.name.as_ref())];
    for job in &resume.work {
        out.push(("an employer", job.company.as_ref()));
        out.push(("a job title", job.position.as_ref()));
    }
    for study in &resume.education {
        out.push(("a school", study.institution.as_ref()));
        out.push(("a degree", study.study_type.as_ref()));
        out.push(("a subject", study.area.as_ref()));
    }
    out.into_iter()
        .filter_map(|(what, field)| Some((what, field?)))
        .filter(|(_, f)| f.confidence < DOUBT)
        .collect()
}
