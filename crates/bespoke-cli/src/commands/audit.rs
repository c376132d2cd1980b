//! `bespoke audit FILE`.

use super::{print_json, print_text};
use crate::failure::Failure;
use crate::input;
use anyhow::anyhow;
use bespoke_core::audit::{self, Audit, CHECKS, Finding, Group, Severity, Strictness, Subject};
use bespoke_core::date::PartialDate;
use serde::Serialize;
use std::fmt::Write;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The résumé; - reads standard input
    #[arg(required_unless_present = "list")]
    file: Option<PathBuf>,
    /// Judge strictly: matters of taste too
    #[arg(long)]
    strict: bool,
    /// List all checks and stop
    #[arg(long)]
    list: bool,
    /// Print the text as a simple applicant-tracking system reads it, and stop
    #[arg(long)]
    ats_text: bool,
}

#[derive(Serialize)]
struct Listed {
    id: &'static str,
    group: Group,
    severity: Severity,
    strict: bool,
    why: &'static str,
    fix: &'static str,
}

/// Judges a résumé and says what to mend.
pub fn run(args: &Args, json: bool) -> Result<(), Failure> {
    if args.list {
        return list(json);
    }
    let Some(file) = &args.file else {
        return Err(Failure::Other(anyhow!("a file is needed")));
    };
    let read = input::resume(file)?;
    if args.ats_text {
        return print_text(&audit::ats_text(&read.document));
    }
    let name = file
        .file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .filter(|n| n != "-");
    let subject = Subject {
        document: Some(&read.document),
        resume: &read.parsed.resume,
        file_name: name.as_deref(),
        today: today(),
    };
    let strictness = if args.strict {
        Strictness::Strict
    } else {
        Strictness::Lenient
    };
    let judged = audit::audit(&subject, strictness);
    if json {
        print_json(&judged)
    } else {
        print_text(&readable(&judged))
    }
}

fn list(json: bool) -> Result<(), Failure> {
    let all: Vec<Listed> = CHECKS
        .iter()
        .map(|c| Listed {
            id: c.id,
            group: c.group,
            severity: c.severity,
            strict: c.strict,
            why: c.why,
            fix: c.fix,
        })
        .collect();
    if json {
        return print_json(&all);
    }
    let mut out = String::new();
    for check in &all {
        let strict = if check.strict { " (strict)" } else { "" };
        let _ = writeln!(
            out,
            "{:<22} {:<8} {}{strict}  {} {}",
            check.id,
            name(check.group),
            severity(check.severity),
            check.why,
            check.fix
        );
    }
    print_text(&out)
}

/// The month that it is: gaps and ages need it.
pub fn today() -> Option<PartialDate> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    // Days to a date by the method of Howard Hinnant, eras of 400 years.
    let days = i64::try_from(seconds / 86_400).ok()? + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    Some(PartialDate::month(u16::try_from(year).ok()?, u8::try_from(month).ok()?))
}

const fn name(group: Group) -> &'static str {
    match group {
        Group::Ats => "ats",
        Group::Layout => "layout",
        Group::Content => "content",
    }
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Low => "low",
        Severity::Medium => "medium",
        Severity::High => "high",
    }
}

fn readable(judged: &Audit) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "Score {:.2} of 100", judged.score.total);
    for part in &judged.score.parts {
        let _ = writeln!(
            out,
            "  {:<8} {:>6.2} of {:>3.0}  {}",
            part.name, part.points, part.weight, part.why
        );
    }
    for (group, title) in [
        (Group::Ats, "ATS safety"),
        (Group::Layout, "Layout"),
        (Group::Content, "Content"),
    ] {
        let found: Vec<&Finding> = judged.findings.iter().filter(|f| f.group == group).collect();
        if found.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n{title}");
        for finding in found {
            let _ = writeln!(
                out,
                "  {:<6} {}: {}",
                severity(finding.severity),
                finding.check,
                finding.message
            );
            if let Some(place) = &finding.place {
                let page = place
                    .source
                    .as_ref()
                    .map_or(String::new(), |s| format!(" (page {})", s.page + 1));
                if let Some(quote) = &place.quote {
                    let _ = writeln!(out, "         “{quote}”{page}");
                }
            }
            let _ = writeln!(out, "         {} {}", finding.why, finding.fix);
        }
    }
    out
}
