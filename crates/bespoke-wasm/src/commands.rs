//! The commands of the page, and their answers.

use bespoke_core::audit::{Audit, Strictness, Subject, audit};
use bespoke_core::date::PartialDate;
use bespoke_core::document::Document;
use bespoke_core::evidence::{self, Fact};
use bespoke_core::ingest::{IngestError, ingest};
use bespoke_core::parse::{Parsed, Report, parse};
use bespoke_core::resume::Resume;
use bespoke_core::tailor::{Edit, accept};
use bespoke_render::{ExportFormat, Template};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What the page can ask for. The résumés are those of the API.
#[derive(Debug, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Command {
    /// Reads the file: `{format, text, pages, without_text, images, resume, issues, sections}`.
    Read {
        /// Its name: only a hint.
        name: String,
    },
    /// The very text that `bespoke parse --json` prints of the file.
    Report {
        /// Its name: only a hint.
        name: String,
    },
    /// Takes the file of words, which `audit`, `check` and the reading of plain text need.
    Words,
    /// Judges what was made of the file.
    Audit {
        /// The name of the file.
        name: String,
        /// The résumé as it is now.
        resume: Box<Resume>,
        /// Whether to report matters of taste too.
        strict: bool,
        /// The month it is.
        today: Option<PartialDate>,
    },
    /// The résumé with these edits; one that no longer fits changes nothing and is an error.
    Apply {
        /// The résumé to edit.
        resume: Box<Resume>,
        /// In the order given.
        edits: Vec<Edit>,
    },
    /// What a résumé says that its base and the confirmed facts do not show.
    Check {
        /// The evidence.
        base: Box<Resume>,
        /// What the person confirmed.
        #[serde(default)]
        facts: Vec<Fact>,
        /// The résumé to judge.
        tailored: Box<Resume>,
    },
    /// The résumé as Markdown or text, in the order and wording of the default template.
    Export {
        /// The résumé.
        resume: Box<Resume>,
        /// `md` or `txt`.
        format: String,
    },
}

/// Why a command was not carried out: a stable code, and words for the person.
#[derive(Debug, Serialize)]
struct Failure {
    code: String,
    detail: String,
}

impl Failure {
    fn new(code: &str, detail: impl ToString) -> Failure {
        Failure {
            code: code.to_owned(),
            detail: detail.to_string(),
        }
    }
}

impl From<IngestError> for Failure {
    fn from(error: IngestError) -> Failure {
        Failure::new(error.code(), error)
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Failure {
        Failure::new("bad-request", error)
    }
}

/// Carries out a [`Command`] in JSON on the bytes of a file; JSON with either `ok` or `failure`.
pub fn answer(command: &[u8], file: &[u8]) -> Vec<u8> {
    let result = serde_json::from_slice(command)
        .map_err(Failure::from)
        .and_then(|command| carry_out(command, file));
    let answer = match result {
        Ok(value) => json!({ "ok": value }),
        Err(failure) => json!({ "failure": failure }),
    };
    answer.to_string().into_bytes()
}

/// In a page the large lists of words come as a file of their own.
#[cfg(target_arch = "wasm32")]
use bespoke_core::words;

/// Here they are inside the program.
#[cfg(not(target_arch = "wasm32"))]
mod words {
    pub fn provide(_: &[u8]) -> bool {
        true
    }
    pub fn are_here() -> bool {
        true
    }
}

fn carry_out(command: Command, file: &[u8]) -> Result<Value, Failure> {
    if matches!(command, Command::Audit { .. } | Command::Check { .. }) && !words::are_here() {
        return Err(needs_words());
    }
    match command {
        Command::Words if words::provide(file) => Ok(Value::Null),
        Command::Words => Err(Failure::new("bad-request", "this is no file of words")),
        Command::Read { name } => {
            let (document, parsed) = read(file, &name)?;
            Ok(json!({
                "format": document.format,
                "text": document.text,
                "pages": document.pages.iter().map(|p| json!({ "width": p.width, "height": p.height })).collect::<Vec<_>>(),
                "without_text": document.features.pages_without_text,
                "resume": parsed.resume,
                "issues": parsed.issues,
                "sections": parsed.sections,
            }))
        }
        Command::Report { name } => {
            let (document, parsed) = read(file, &name)?;
            let report = Report {
                format: document.format,
                parsed: &parsed,
            };
            Ok(Value::String(serde_json::to_string_pretty(&report)? + "\n"))
        }
        Command::Audit {
            name,
            resume,
            strict,
            today,
        } => {
            let document = ingest(file, Some(&name))?;
            let found: Audit = audit(
                &Subject {
                    document: Some(&document),
                    resume: &resume,
                    file_name: Some(&name),
                    today,
                },
                if strict {
                    Strictness::Strict
                } else {
                    Strictness::Lenient
                },
            );
            Ok(serde_json::to_value(found)?)
        }
        Command::Apply { mut resume, edits } => {
            for edit in &edits {
                accept(&mut resume, edit).map_err(|e| Failure::new("stale-edit", e))?;
            }
            resume.assign_ids();
            Ok(serde_json::to_value(resume)?)
        }
        Command::Check { base, facts, tailored } => {
            Ok(serde_json::to_value(evidence::check(&base, &facts, &tailored))?)
        }
        Command::Export { resume, format } => {
            let template = Template::by_name(Template::DEFAULT).map_err(|e| Failure::new(e.code(), e))?;
            match format.parse() {
                Ok(ExportFormat::Markdown) => Ok(bespoke_render::markdown(&resume, template.style()).into()),
                Ok(ExportFormat::Txt) => Ok(bespoke_render::txt(&resume, template.style()).into()),
                Ok(_) => Err(Failure::new(
                    "needs-server",
                    "only Markdown and plain text can be written without the server",
                )),
                Err(error) => Err(Failure::new(error.code(), error)),
            }
        }
    }
}

fn needs_words() -> Failure {
    Failure::new("needs-words", "the lists of words are not here yet")
}

fn read(file: &[u8], name: &str) -> Result<(Document, Parsed), Failure> {
    let document = ingest(file, Some(name))?;
    // Only text without any layout is read with the weights of that file.
    if !words::are_here() && document.lines().all(|(_, line)| line.size() == 0.0) {
        return Err(needs_words());
    }
    let parsed = parse(&document);
    Ok((document, parsed))
}
