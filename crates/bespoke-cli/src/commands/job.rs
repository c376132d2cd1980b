//! `bespoke job FILE|URL|-`.

use super::{print_json, print_text};
use crate::failure::Failure;
use crate::input;
use bespoke_core::document::Document;
use bespoke_core::ingest;
use bespoke_core::job::{JobPosting, Phrase, Salary, Trick, Workplace, from_page, read_document, read_found};
use bespoke_server::fetch::Fetcher;
use std::fmt::Write;
use std::path::Path;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The job description: a file in any supported format, a public web address, or - for standard input
    source: String,
}

/// Shows what a job description asks for.
pub fn run(args: &Args, json: bool) -> Result<(), Failure> {
    let job = posting(&args.source)?;
    if json {
        print_json(&job)
    } else {
        print_text(&readable(&job))
    }
}

fn is_address(source: &str) -> bool {
    let low = source.to_ascii_lowercase();
    low.starts_with("http://") || low.starts_with("https://")
}

/// Reads the job in a file, on a web page, or from standard input.
pub fn posting(source: &str) -> Result<JobPosting, Failure> {
    let failed = |reason: String| Failure::Input {
        path: source.to_owned(),
        reason,
    };
    if is_address(source) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let page = runtime
            .block_on(Fetcher::default().fetch(source))
            .map_err(|e| failed(e.to_string()))?;
        let markup = page.content_type.contains("html") || page.content_type.is_empty();
        return if markup {
            Ok(read_found(&from_page(&page.bytes, &page.content_type)))
        } else {
            let path = page.url.split(['?', '#']).next().unwrap_or_default();
            let name = path.rsplit('/').next().filter(|n| n.contains('.'));
            let document: Document = ingest::ingest(&page.bytes, name).map_err(|e| failed(e.to_string()))?;
            Ok(read_document(&document))
        };
    }
    let path = Path::new(source);
    // A saved page has its data too.
    if path
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("html") || e.eq_ignore_ascii_case("htm"))
    {
        let bytes = std::fs::read(path).map_err(|e| failed(e.to_string()))?;
        return Ok(read_found(&from_page(&bytes, "")));
    }
    Ok(read_document(&input::document(path)?))
}

fn pay(salary: &Salary) -> String {
    let mut out = salary.from.to_string();
    if let Some(to) = salary.to {
        let _ = write!(out, " to {to}");
    }
    if let Some(currency) = &salary.currency {
        let _ = write!(out, " {currency}");
    }
    if let Some(period) = &salary.period {
        let _ = write!(out, " a {period}");
    }
    out
}

fn readable(job: &JobPosting) -> String {
    let mut out = String::new();
    let title = job.title.as_ref().map_or("(no title found)", |t| &t.text);
    let at = job
        .company
        .as_ref()
        .map(|c| format!(" at {}", c.text))
        .unwrap_or_default();
    let _ = writeln!(out, "{title}{at}");
    let mut line = |name: &str, list: Vec<String>| {
        if !list.is_empty() {
            let _ = writeln!(out, "{name:<18} {}", list.join(", "));
        }
    };
    let texts = |list: &[Phrase]| list.iter().map(|p| p.text.clone()).collect::<Vec<_>>();
    let skills = |required| {
        job.skills
            .iter()
            .filter(|s| s.required == required)
            .map(|s| s.name.clone())
            .collect()
    };
    line("nearest role", job.role.iter().map(|r| r.title.clone()).collect());
    line("required skills", skills(true));
    line("preferred skills", skills(false));
    line("years at least", job.years.iter().map(u32::to_string).collect());
    line("education", texts(&job.education));
    line("certificates", texts(&job.certificates));
    let language = |l: &bespoke_core::job::JobLanguage| match &l.level {
        Some(level) => format!("{} ({level})", l.name),
        None => l.name.clone(),
    };
    line("languages", job.languages.iter().map(language).collect());
    line("places", texts(&job.places));
    let workplace = |w: &Workplace| match w {
        Workplace::Remote => "remote".to_owned(),
        Workplace::Hybrid => "hybrid".to_owned(),
        Workplace::OnSite => "on site".to_owned(),
    };
    line("workplace", job.workplace.iter().map(workplace).collect());
    line("pay", job.salary.iter().map(pay).collect());
    line("contract", texts(&job.contract));
    line("verbs", texts(&job.verbs));
    line("terms", texts(&job.terms));
    for warning in &job.warnings {
        let what = match warning.trick {
            Trick::Instruction => "speaks to machines",
            Trick::Hidden => "is hidden from readers",
            Trick::Invisible => "holds invisible characters",
        };
        let _ = writeln!(out, "left out: this {what}: {}", warning.text);
    }
    out
}
