//! `bespoke audit FILE`.

use super::render::{Look, Output};
use super::{print_json, print_text};
use crate::failure::Failure;
use crate::input;
use anyhow::{Context, anyhow};
use bespoke_core::audit::{self, Audit, CHECKS, Finding, Group, Severity, Skipped, Strictness, Subject};
use bespoke_core::date::PartialDate;
use bespoke_render::ExportFormat;
use serde::Serialize;
use std::fmt::Write;
use std::path::{Path, PathBuf};

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
    /// Apply every fix that a machine can make and write the résumé; its ending says the format: pdf, docx, odt, html, md,
    /// txt or json
    #[arg(long, value_name = "FILE")]
    fix: Option<PathBuf>,
    /// Apply the fixes of these checks only, separated by commas
    #[arg(long, value_name = "CHECKS", value_delimiter = ',', requires = "fix")]
    only: Vec<String>,
    #[command(flatten)]
    look: Look,
}

/// What `--fix` did.
#[derive(Serialize)]
struct Report {
    #[serde(flatten)]
    audit: Audit,
    applied: Vec<String>,
    skipped: Vec<Skipped>,
    /// What the audit finds in the words of the mended résumé.
    after: Audit,
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
    if let Some(out) = &args.fix {
        return mend(args, out, &subject, judged, json);
    }
    if json {
        print_json(&judged)
    } else {
        print_text(&readable(&judged))
    }
}

/// Applies fixes, writes the file, and says what was changed.
fn mend(args: &Args, out: &Path, subject: &Subject<'_>, judged: Audit, json: bool) -> Result<(), Failure> {
    if let Some(unknown) = args.only.iter().find(|id| CHECKS.iter().all(|c| c.id != **id)) {
        return Err(Failure::Usage(format!(
            "there is no check {unknown}: bespoke audit --list names them"
        )));
    }
    let ending = out
        .extension()
        .map(|e| e.to_string_lossy().to_lowercase())
        .unwrap_or_default();
    let format: ExportFormat = ending
        .parse()
        .map_err(|e| Failure::Usage(format!("{}: {e}", out.display())))?;
    let wanted = |f: &&Finding| f.edit.is_some() && (args.only.is_empty() || args.only.contains(&f.check));
    let fixed = audit::fix(subject.resume, judged.findings.iter().filter(wanted));
    let bytes = Output::open(&args.look)?.render(&fixed.resume, format)?;
    std::fs::write(out, bytes).with_context(|| format!("{}: cannot write", out.display()))?;
    let now = Subject {
        resume: &fixed.resume,
        ..*subject
    };
    let after = audit::audit(&now, judged.strictness);
    let report = Report {
        applied: fixed.applied,
        skipped: fixed.skipped,
        after,
        audit: judged,
    };
    if json {
        return print_json(&report);
    }
    let mut text = format!(
        "Score {:.2} → {:.2} of 100\n",
        report.audit.score.total, report.after.score.total
    );
    for id in &report.applied {
        let Some(finding) = report.audit.findings.iter().find(|f| f.id == *id) else {
            continue;
        };
        let _ = writeln!(text, "\n{}: {}", finding.check, finding.message);
        if let Some(change) = &finding.change {
            let after = if change.after.is_empty() {
                "(left out)"
            } else {
                &change.after
            };
            let _ = writeln!(text, "  - {}\n  + {after}", change.before);
        }
    }
    for skipped in &report.skipped {
        let _ = writeln!(text, "\nleft as it is: {} ({})", skipped.id, skipped.reason);
    }
    let _ = writeln!(text, "\nwrote {}; read it before you send it", out.display());
    print_text(&text)
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
    let day = super::render::today()?;
    Some(PartialDate::month(day.year, day.month?))
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
            if let Some(change) = finding.change.as_ref().filter(|c| !c.after.is_empty()) {
                let _ = writeln!(out, "         → “{}”", change.after);
            }
        }
    }
    out
}
