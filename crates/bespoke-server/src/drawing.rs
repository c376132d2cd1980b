//! Draws résumés through templates. The product's own templates are drawn on a thread; a template that somebody made is
//! drawn in a child process that lives for one drawing, since its code can use any amount of time.

use crate::error::ApiError;
use crate::state::App;
use bespoke_core::resume::Resume;
use bespoke_render::{Certificate, ExportFormat, RenderError, Renderer, Style, Template, certify_file};
use serde::{Deserialize, Serialize};
use std::io::{Read, Write};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::AsyncWriteExt;

use crate::routes::exports::RoundTrip;

/// Longest time that a child may take for one drawing.
const TIME_LIMIT: Duration = Duration::from_secs(10);
/// Longest message between the server and the child, in bytes.
const MAX_MESSAGE: u64 = 256 << 20;

/// The template of a drawing.
#[derive(Debug, Clone)]
pub enum Picked {
    /// One that comes with the product.
    BuiltIn(Box<Template>),
    /// Somebody's own: its name and its ZIP archive.
    Own(String, Vec<u8>),
}

/// What is to be drawn.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub enum Task {
    /// The pages as SVG.
    Pages,
    /// A file, and what survives in it.
    File(ExportFormat),
    /// Only what is wrong with the template, tried with an invented person.
    Check,
}

/// What is wrong with a template, where, and what may help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct TemplateFault {
    /// Line of the template from 1, where it is known.
    pub line: Option<usize>,
    /// Column in characters from 1, where it is known.
    pub column: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What may help.
    pub hint: Option<String>,
}

impl From<bespoke_render::Diagnostic> for TemplateFault {
    fn from(found: bespoke_render::Diagnostic) -> Self {
        TemplateFault {
            line: found.line,
            column: found.column,
            message: found.message,
            hint: found.hint,
        }
    }
}

/// What was drawn.
#[derive(Debug, Serialize, Deserialize)]
pub enum Drawn {
    /// What is shown before there is a file.
    Pages {
        /// One SVG document per page.
        pages: Vec<String>,
        /// What the text file will hold.
        text: String,
    },
    /// A file, which travels as the body of a message, and what survives in it.
    File {
        /// The file.
        #[serde(skip)]
        bytes: Vec<u8>,
        /// What survives in it.
        certificate: RoundTrip,
    },
    /// What is wrong with the template.
    Faults(Vec<TemplateFault>),
}

/// What a child answers.
#[derive(Debug, Serialize, Deserialize)]
enum Answer {
    Drawn(Drawn),
    Refused(Refusal),
}

#[derive(Debug, Serialize, Deserialize)]
struct Refusal {
    fault: Option<TemplateFault>,
    detail: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct Order {
    name: String,
    resume: Resume,
    style: Option<String>,
    task: Task,
}

/// Draws a résumé through a template and, over its style, a partial style JSON.
///
/// # Errors
/// The style or the template is faulty, or drawing takes too long.
pub async fn draw(
    app: &App,
    resume: Resume,
    picked: Picked,
    style: Option<String>,
    task: Task,
) -> Result<Drawn, ApiError> {
    match (picked, &app.drawer) {
        (Picked::BuiltIn(template), _) => Ok(app
            .work(move || draw_with(&template, &resume, style.as_deref(), task))
            .await??),
        (Picked::Own(name, archive), None) => Ok(app
            .work(move || {
                let template = Template::from_zip(&name, &archive)?;
                draw_with(&template, &resume, style.as_deref(), task)
            })
            .await??),
        (Picked::Own(name, archive), Some(program)) => {
            let order = Order {
                name,
                resume,
                style,
                task,
            };
            let message = pack(&serde_json::to_vec(&order)?, &archive);
            let _core = app.core().await?;
            ask(program, message).await
        }
    }
}

fn draw_with(template: &Template, resume: &Resume, style: Option<&str>, task: Task) -> Result<Drawn, RenderError> {
    let style: Style = match style {
        Some(json) => template.style().overlaid(json)?,
        None => template.style().clone(),
    };
    let renderer = Renderer::new();
    Ok(match task {
        Task::Pages => Drawn::Pages {
            pages: renderer.pages_svg(resume, template, &style)?,
            text: bespoke_render::txt(resume, &style),
        },
        Task::File(format) => {
            let bytes = renderer.render(resume, template, &style, format)?;
            let certificate: Certificate = certify_file(resume, &bytes, &style, format);
            Drawn::File {
                bytes,
                certificate: certificate.into(),
            }
        }
        Task::Check => Drawn::Faults(template.check().into_iter().map(TemplateFault::from).collect()),
    })
}

async fn ask(program: &Path, message: Vec<u8>) -> Result<Drawn, ApiError> {
    let broken = |error: std::io::Error| ApiError::Engine(format!("the process that draws: {error}"));
    let mut child = tokio::process::Command::new(program)
        .args(["worker", "--draw"])
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(broken)?;
    if let Some(mut stdin) = child.stdin.take() {
        // A child that dies early closes its pipe; its answer, or the lack of one, says more.
        tokio::spawn(async move { stdin.write_all(&message).await });
    }
    let too_long = || {
        ApiError::TemplateFault(TemplateFault {
            line: None,
            column: None,
            message: "drawing it took too long or too much memory".into(),
            hint: Some("look for a loop that does not end".into()),
        })
    };
    let output = tokio::time::timeout(TIME_LIMIT, child.wait_with_output())
        .await
        .map_err(|_| too_long())?
        .map_err(broken)?;
    if !output.status.success() {
        return Err(too_long());
    }
    let (head, body) = unpack(&output.stdout).ok_or_else(|| ApiError::Engine("a short answer".into()))?;
    let answer: Answer = serde_json::from_slice(head)?;
    match answer {
        Answer::Drawn(Drawn::File { certificate, .. }) => Ok(Drawn::File {
            bytes: body.to_vec(),
            certificate,
        }),
        Answer::Drawn(drawn) => Ok(drawn),
        Answer::Refused(Refusal { fault: Some(fault), .. }) => Err(ApiError::TemplateFault(fault)),
        Answer::Refused(Refusal { detail, .. }) => Err(ApiError::BadRequest(detail)),
    }
}

/// The child's side: reads one order from standard input, draws, writes the answer to standard output.
///
/// # Errors
/// The pipes break, or what comes in is no order.
pub fn run() -> std::io::Result<()> {
    let mut message = Vec::new();
    std::io::stdin().lock().take(MAX_MESSAGE).read_to_end(&mut message)?;
    let (head, archive) = unpack(&message).ok_or(std::io::ErrorKind::UnexpectedEof)?;
    let order: Order = serde_json::from_slice(head)?;
    let drawn = Template::from_zip(&order.name, archive)
        .and_then(|template| draw_with(&template, &order.resume, order.style.as_deref(), order.task));
    let (answer, body) = match drawn {
        Ok(Drawn::File { bytes, certificate }) => {
            let head = Drawn::File {
                bytes: Vec::new(),
                certificate,
            };
            (Answer::Drawn(head), bytes)
        }
        Ok(drawn) => (Answer::Drawn(drawn), Vec::new()),
        Err(error) => (Answer::Refused(refusal(error)), Vec::new()),
    };
    let mut out = std::io::stdout().lock();
    out.write_all(&pack(&serde_json::to_vec(&answer)?, &body))?;
    out.flush()
}

fn refusal(error: RenderError) -> Refusal {
    let detail = error.to_string();
    let fault = match error {
        RenderError::Template { diagnostic, .. } => Some(TemplateFault::from(*diagnostic)),
        _ => None,
    };
    Refusal { fault, detail }
}

/// Eight bytes with the length of the head, the head, the body.
fn pack(head: &[u8], body: &[u8]) -> Vec<u8> {
    let mut message = (head.len() as u64).to_le_bytes().to_vec();
    message.extend_from_slice(head);
    message.extend_from_slice(body);
    message
}

fn unpack(message: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = message.split_first_chunk::<8>()?;
    rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)
}

#[cfg(test)]
mod tests {
    use super::{pack, unpack};

    #[test]
    fn messages_come_apart_as_they_were_put_together() {
        assert_eq!(unpack(&pack(b"head", b"body")), Some((&b"head"[..], &b"body"[..])));
        assert_eq!(unpack(b"short"), None);
        assert_eq!(unpack(&pack(b"head", b"")[..10]), None);
    }
}
