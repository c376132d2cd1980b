//! `bespoke render RESUME.json`.

use crate::failure::Failure;
use crate::input;
use anyhow::Context;
use bespoke_core::resume::Resume;
use bespoke_render::{ExportFormat, Renderer, Style, Template};
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::str::FromStr;

/// The template and style that a command renders with.
#[derive(Debug, clap::Args)]
pub struct Look {
    /// Template, by name
    #[arg(long, default_value = "classic", value_name = "NAME")]
    template: String,
    /// Style JSON that changes the template's own style
    #[arg(long, value_name = "FILE")]
    style: Option<PathBuf>,
}

/// A list of formats, as in `pdf,docx`.
#[derive(Debug, Clone)]
pub struct Formats(pub Vec<ExportFormat>);

impl FromStr for Formats {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        text.split(',')
            .map(|part| part.trim().parse::<ExportFormat>().map_err(|e| e.to_string()))
            .collect::<Result<_, _>>()
            .map(Formats)
    }
}

#[derive(Debug, clap::Args)]
pub struct Args {
    /// JSON Resume, or our own JSON as `parse --format bespoke` prints it; - reads standard input
    file: PathBuf,
    /// pdf, docx, md, txt and others
    #[arg(long, default_value = "pdf")]
    format: ExportFormat,
    /// Where to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    look: Look,
}

/// A renderer with its template and style.
pub struct Output {
    renderer: Renderer,
    template: Template,
    style: Style,
}

impl Output {
    /// Opens the template and reads the style.
    pub fn open(look: &Look) -> Result<Output, Failure> {
        let template = Template::by_name(&look.template).map_err(|e| Failure::Usage(e.to_string()))?;
        let style = match &look.style {
            None => template.style().clone(),
            Some(path) => {
                let unreadable = |reason: String| Failure::Input {
                    path: path.display().to_string(),
                    reason,
                };
                let json = std::fs::read_to_string(path).map_err(|e| unreadable(e.to_string()))?;
                template
                    .style()
                    .overlaid(&json)
                    .map_err(|e| unreadable(e.to_string()))?
            }
        };
        Ok(Output {
            renderer: Renderer::new(),
            template,
            style,
        })
    }

    /// One document.
    pub fn render(&self, resume: &Resume, format: ExportFormat) -> Result<Vec<u8>, Failure> {
        self.renderer
            .render(resume, &self.template, &self.style, format)
            .map_err(|e| Failure::Other(anyhow::Error::new(e)))
    }
}

/// Renders to a file or to standard output.
pub fn run(args: &Args, _json: bool) -> Result<(), Failure> {
    let resume = input::structured(&args.file)?;
    let bytes = Output::open(&args.look)?.render(&resume, args.format)?;
    match &args.out {
        Some(path) => {
            std::fs::write(path, bytes).with_context(|| format!("{}: cannot write", path.display()))?;
        }
        None => {
            let mut out = std::io::stdout().lock();
            let binary = matches!(args.format, ExportFormat::Pdf | ExportFormat::Docx);
            if binary && out.is_terminal() {
                return Err(Failure::Usage(
                    "a terminal cannot show this format: give --out FILE, or redirect".into(),
                ));
            }
            out.write_all(&bytes)?;
        }
    }
    Ok(())
}
