//! `bespoke parse FILE`.

use super::{print_json, print_text};
use crate::failure::Failure;
use crate::input::{self, Input};
use bespoke_core::date::{End, PartialDate};
use bespoke_core::json_resume::to_json_resume;
use bespoke_core::parse::Report;
use bespoke_core::resume::{Credential, Field, Resume, Text, Work};
use clap::ValueEnum;
use std::fmt::Write;
use std::path::PathBuf;

/// How to print what was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A readable summary
    Summary,
    /// JSON Resume 1.0
    JsonResume,
    /// Our own model, with sources and confidences
    Bespoke,
    /// The text in reading order
    Text,
}

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The résumé; - reads standard input
    file: PathBuf,
    /// What to print; with --json the default is `bespoke`
    #[arg(long, value_enum)]
    format: Option<Format>,
}

/// Reads, parses, prints.
pub fn run(args: &Args, json: bool) -> Result<(), Failure> {
    let Input { document, parsed } = input::resume(&args.file)?;
    match args
        .format
        .unwrap_or(if json { Format::Bespoke } else { Format::Summary })
    {
        Format::JsonResume => print_json(&to_json_resume(&parsed.resume)),
        Format::Bespoke => print_json(&Report {
            format: document.format,
            parsed: &parsed,
        }),
        Format::Text => print_text(&document.text),
        Format::Summary => {
            let mut out = summary(&parsed.resume);
            for issue in &parsed.issues {
                let _ = writeln!(out, "! {}", issue.message);
            }
            print_text(&out)
        }
    }
}

fn value(field: &Option<Text>) -> Option<&str> {
    field.as_ref().map(|f| f.value.as_str())
}

fn join(parts: impl IntoIterator<Item = Option<String>>, separator: &str) -> String {
    parts
        .into_iter()
        .flatten()
        .filter(|p| !p.is_empty())
        .collect::<Vec<_>>()
        .join(separator)
}

fn span(start: &Option<Field<PartialDate>>, end: &Option<Field<End>>) -> Option<String> {
    let range = join(
        [
            start.as_ref().map(|d| d.value.to_string()),
            end.as_ref().map(|d| d.value.to_string()),
        ],
        " – ",
    );
    (!range.is_empty()).then_some(range)
}

/// A page of text: what was understood, doubtful values marked with a question mark.
fn summary(resume: &Resume) -> String {
    let mut out = String::new();
    let contact = &resume.contact;
    let doubt = |field: &Option<Text>| match field {
        Some(f) if f.confidence < 0.6 => Some(format!("{} (?)", f.value)),
        Some(f) => Some(f.value.clone()),
        None => None,
    };
    let _ = writeln!(
        out,
        "{}",
        doubt(&contact.name).unwrap_or_else(|| "(no name found)".into())
    );
    let place = contact
        .location
        .as_ref()
        .and_then(|l| value(&l.text).map(str::to_owned).or_else(|| l.city.clone()));
    for line in [
        doubt(&contact.label).unwrap_or_default(),
        join([doubt(&contact.email), doubt(&contact.phone), place], " · "),
        join(
            contact
                .profiles
                .iter()
                .map(|p| Some(p.url.value.clone()))
                .chain([doubt(&contact.url)]),
            " · ",
        ),
    ] {
        if !line.is_empty() {
            let _ = writeln!(out, "{line}");
        }
    }
    let heading = |out: &mut String, title: &str| {
        let _ = writeln!(out, "\n{title}");
    };
    if let Some(summary) = value(&resume.summary) {
        heading(&mut out, "Summary");
        let _ = writeln!(out, "  {summary}");
    }
    for (title, list) in [("Work", &resume.work), ("Volunteering", &resume.volunteer)] {
        if !list.is_empty() {
            heading(&mut out, title);
        }
        for work in list {
            work_lines(&mut out, work);
        }
    }
    if !resume.education.is_empty() {
        heading(&mut out, "Education");
        for e in &resume.education {
            let degree = join([doubt(&e.study_type), doubt(&e.area)], ", ");
            let line = join(
                [
                    Some(degree),
                    doubt(&e.institution),
                    span(&e.start, &e.end),
                    doubt(&e.score),
                ],
                " | ",
            );
            let _ = writeln!(out, "  {line}");
        }
    }
    if !resume.skills.is_empty() {
        heading(&mut out, "Skills");
        for group in &resume.skills {
            let list = join(group.keywords.iter().map(|k| Some(k.value.clone())), ", ");
            let _ = writeln!(
                out,
                "  {}",
                join([value(&group.name).map(str::to_owned), Some(list)], ": ")
            );
        }
    }
    if !resume.projects.is_empty() {
        heading(&mut out, "Projects");
        for p in &resume.projects {
            let _ = writeln!(
                out,
                "  {}",
                join([Some(p.name.value.clone()), span(&p.start, &p.end)], " | ")
            );
            bullets(&mut out, p.highlights.iter().map(|b| b.text.value.as_str()));
        }
    }
    for (title, list) in [
        ("Certificates", &resume.certificates),
        ("Awards", &resume.awards),
        ("Publications", &resume.publications),
    ] {
        if !list.is_empty() {
            heading(&mut out, title);
        }
        for credential in list {
            let _ = writeln!(out, "  {}", credential_line(credential));
        }
    }
    if !resume.languages.is_empty() {
        heading(&mut out, "Languages");
        let each = resume.languages.iter().map(|l| {
            Some(match value(&l.fluency) {
                Some(fluency) => format!("{} ({fluency})", l.language.value),
                None => l.language.value.clone(),
            })
        });
        let _ = writeln!(out, "  {}", join(each, ", "));
    }
    if !resume.interests.is_empty() {
        heading(&mut out, "Interests");
        let _ = writeln!(
            out,
            "  {}",
            join(resume.interests.iter().map(|i| Some(i.name.value.clone())), ", ")
        );
    }
    if !resume.references.is_empty() {
        heading(&mut out, "References");
        for r in &resume.references {
            let _ = writeln!(
                out,
                "  {}",
                join([Some(r.name.value.clone()), doubt(&r.reference)], ": ")
            );
        }
    }
    for extra in &resume.extras {
        heading(
            &mut out,
            if extra.heading.value.is_empty() {
                "Other"
            } else {
                &extra.heading.value
            },
        );
        bullets(&mut out, extra.lines.iter().map(|b| b.text.value.as_str()));
    }
    out
}

fn bullets<'a>(out: &mut String, lines: impl Iterator<Item = &'a str>) {
    for line in lines {
        let _ = writeln!(out, "    • {line}");
    }
}

fn work_lines(out: &mut String, work: &Work) {
    let head = join(
        [
            value(&work.position).map(str::to_owned),
            value(&work.company).map(str::to_owned),
            value(&work.location).map(str::to_owned),
            span(&work.start, &work.end),
        ],
        " | ",
    );
    let _ = writeln!(out, "  {head}");
    if let Some(summary) = value(&work.summary) {
        let _ = writeln!(out, "    {summary}");
    }
    bullets(out, work.highlights.iter().map(|b| b.text.value.as_str()));
}

fn credential_line(credential: &Credential) -> String {
    join(
        [
            Some(credential.name.value.clone()),
            value(&credential.issuer).map(str::to_owned),
            credential.date.as_ref().map(|d| d.value.to_string()),
        ],
        " | ",
    )
}
