//! JSON Resume: data already; a readable text is made of it, and every field points into that text.

use super::IngestError;
use super::builder::{Builder, Piece};
use crate::document::{Document, Format, LineKind};
use crate::json_resume::from_json_resume;
use crate::resume::{Resume, Source, Text};

const MEMBERS: [&str; 12] = [
    "basics",
    "work",
    "education",
    "skills",
    "projects",
    "volunteer",
    "awards",
    "certificates",
    "publications",
    "languages",
    "interests",
    "references",
];

/// Reads JSON Resume.
pub fn read(bytes: &[u8]) -> Result<Document, IngestError> {
    let text = super::txt::decode(bytes);
    let value: serde_json::Value =
        serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|e| IngestError::Corrupt {
            format: "JSON Resume",
            detail: e.to_string(),
        })?;
    if !MEMBERS
        .iter()
        .any(|m| value.get(m).is_some_and(|v| v.is_object() || v.is_array()))
    {
        return Err(IngestError::Unsupported {
            found: "JSON without `basics`, `work` or `education`".into(),
        });
    }
    Ok(document(&value, Format::JsonResume, bytes.len()))
}

/// A document out of JSON Resume, for all formats that are data already.
pub fn document(value: &serde_json::Value, format: Format, bytes: usize) -> Document {
    let mut resume = from_json_resume(value);
    let mut builder = Builder::new(format, bytes);
    write(&resume, &mut builder);
    let mut document = builder.finish();
    point(&mut resume, &document.text);
    document.structured = Some(Box::new(resume));
    document
}

/// Paragraphs as a summary and list items as highlights, out of a document that is one field of another.
pub fn prose(document: &Document) -> (Option<String>, Vec<String>) {
    let (mut summary, mut highlights): (Vec<&str>, Vec<String>) = (Vec::new(), Vec::new());
    for (_, line) in document.lines() {
        match line.kind {
            LineKind::ListItem { .. } => highlights.push(line.text(document).to_owned()),
            _ => summary.push(line.text(document)),
        }
    }
    (Some(summary.join(" ")).filter(|s| !s.is_empty()), highlights)
}

fn write(resume: &Resume, builder: &mut Builder) {
    let mut line = |text: String, kind: LineKind| builder.line(vec![Piece::plain(text)], kind, 0, false);
    let paragraph = LineKind::Paragraph;
    let heading = LineKind::Heading { level: 2 };
    let item = LineKind::ListItem { level: 0 };
    let value = |t: &Option<Text>| t.as_ref().map(|t| t.value.clone());
    let contact = &resume.contact;
    for field in [
        &contact.name,
        &contact.label,
        &contact.email,
        &contact.phone,
        &contact.url,
    ] {
        line(value(field).unwrap_or_default(), paragraph);
    }
    line(
        contact
            .location
            .as_ref()
            .and_then(|l| value(&l.text))
            .unwrap_or_default(),
        paragraph,
    );
    for profile in &contact.profiles {
        line(profile.url.value.clone(), paragraph);
    }
    if let Some(summary) = &resume.summary {
        line("Summary".into(), heading);
        line(summary.value.clone(), paragraph);
    }
    for (title, jobs) in [("Experience", &resume.work), ("Volunteering", &resume.volunteer)] {
        if !jobs.is_empty() {
            line(title.into(), heading);
        }
        for job in jobs {
            for field in [&job.position, &job.company, &job.location, &job.url] {
                line(value(field).unwrap_or_default(), paragraph);
            }
            let start = job.start.as_ref().map(|d| d.value.to_string());
            let end = job.end.as_ref().map(|d| d.value.to_string());
            line(
                [start, end].into_iter().flatten().collect::<Vec<_>>().join(" – "),
                paragraph,
            );
            line(value(&job.summary).unwrap_or_default(), paragraph);
            for bullet in &job.highlights {
                line(bullet.text.value.clone(), item);
            }
        }
    }
    if !resume.education.is_empty() {
        line("Education".into(), heading);
    }
    for school in &resume.education {
        for field in [
            &school.study_type,
            &school.area,
            &school.institution,
            &school.location,
            &school.score,
        ] {
            line(value(field).unwrap_or_default(), paragraph);
        }
        let start = school.start.as_ref().map(|d| d.value.to_string());
        let end = school.end.as_ref().map(|d| d.value.to_string());
        line(
            [start, end].into_iter().flatten().collect::<Vec<_>>().join(" – "),
            paragraph,
        );
        for course in &school.courses {
            line(course.value.clone(), item);
        }
    }
    if !resume.skills.is_empty() {
        line("Skills".into(), heading);
    }
    for group in &resume.skills {
        let words: Vec<&str> = group.keywords.iter().map(|k| k.value.as_str()).collect();
        let name = value(&group.name).map(|n| format!("{n}: ")).unwrap_or_default();
        line(format!("{name}{}", words.join(", ")), paragraph);
    }
    if !resume.projects.is_empty() {
        line("Projects".into(), heading);
    }
    for project in &resume.projects {
        line(project.name.value.clone(), paragraph);
        line(value(&project.description).unwrap_or_default(), paragraph);
        for bullet in &project.highlights {
            line(bullet.text.value.clone(), item);
        }
    }
    for (title, list) in [
        ("Certificates", &resume.certificates),
        ("Awards", &resume.awards),
        ("Publications", &resume.publications),
    ] {
        if !list.is_empty() {
            line(title.into(), heading);
        }
        for credential in list {
            line(credential.name.value.clone(), paragraph);
            for field in [&credential.issuer, &credential.summary] {
                line(value(field).unwrap_or_default(), paragraph);
            }
        }
    }
    if !resume.languages.is_empty() {
        line("Languages".into(), heading);
    }
    for language in &resume.languages {
        let level = value(&language.fluency).map(|f| format!(" ({f})")).unwrap_or_default();
        line(format!("{}{level}", language.language.value), paragraph);
    }
    for extra in &resume.extras {
        line(extra.heading.value.clone(), heading);
        for bullet in &extra.lines {
            line(bullet.text.value.clone(), item);
        }
    }
}

/// Gives the fields that stand in the text, in order, their place.
fn point(resume: &mut Resume, text: &str) {
    let mut at = 0;
    let mut find = |field: &mut Text| {
        if let Some(offset) = text[at..].find(field.value.trim()) {
            let start = at + offset;
            let end = start + field.value.trim().len();
            field.source = Some(Source {
                start,
                end,
                page: 0,
                bbox: None,
            });
            at = end;
        }
    };
    let contact = &mut resume.contact;
    for field in [
        &mut contact.name,
        &mut contact.label,
        &mut contact.email,
        &mut contact.phone,
        &mut contact.url,
    ] {
        field.iter_mut().for_each(&mut find);
    }
    resume.summary.iter_mut().for_each(&mut find);
    for job in resume.work.iter_mut().chain(&mut resume.volunteer) {
        for field in [
            &mut job.position,
            &mut job.company,
            &mut job.location,
            &mut job.url,
            &mut job.summary,
        ] {
            field.iter_mut().for_each(&mut find);
        }
        job.highlights.iter_mut().for_each(|b| find(&mut b.text));
    }
    for school in &mut resume.education {
        for field in [&mut school.study_type, &mut school.area, &mut school.institution] {
            field.iter_mut().for_each(&mut find);
        }
    }
    for group in &mut resume.skills {
        group.name.iter_mut().for_each(&mut find);
        group.keywords.iter_mut().for_each(&mut find);
    }
}
