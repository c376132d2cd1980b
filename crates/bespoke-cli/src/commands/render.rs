//! `bespoke render RESUME.json`.

use crate::failure::Failure;
use crate::input;
use anyhow::Context;
use bespoke_core::date::PartialDate;
use bespoke_core::resume::Resume;
use bespoke_render::{Certificate, ExportFormat, Options, PdfStandard, Photo, Renderer, Style, Template};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// The template and style that a command renders with.
#[derive(Debug, clap::Args)]
pub struct Look {
    /// Template, by name; or a ZIP archive that holds one
    #[arg(long, default_value = "classic", value_name = "NAME")]
    template: String,
    /// Style JSON that changes the template's own style
    #[arg(long, value_name = "FILE")]
    style: Option<PathBuf>,
    /// Portrait (PNG or JPEG), shown where the style says so
    #[arg(long, value_name = "FILE")]
    photo: Option<PathBuf>,
    /// Standards that a PDF must keep, separated by commas: ua-1, a-2a
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pdf_standard: Vec<PdfStandard>,
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

/// A document, or images of its pages.
#[derive(Debug, Clone, Copy)]
enum Target {
    Document(ExportFormat),
    Images,
}

impl FromStr for Target {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "png" => Ok(Target::Images),
            _ => text
                .parse()
                .map(Target::Document)
                .map_err(|e: bespoke_render::RenderError| format!("{e}, png")),
        }
    }
}

#[derive(Debug, clap::Args)]
pub struct Args {
    /// JSON Resume, or our own JSON as `parse --format bespoke` prints it; - reads standard input
    file: PathBuf,
    /// pdf, docx, odt, html, md, txt, json; or png for one image a page
    #[arg(long, default_value = "pdf")]
    format: Target,
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
    options: Options,
}

impl Output {
    /// Opens the template and reads the style.
    pub fn open(look: &Look) -> Result<Output, Failure> {
        let unreadable = |path: &Path, reason: String| Failure::Input {
            path: path.display().to_string(),
            reason,
        };
        let file = |path: &Path| std::fs::read(path).map_err(|e| unreadable(path, e.to_string()));
        let path = Path::new(&look.template);
        let template = match path.extension().is_some_and(|e| e == "zip") {
            true => Template::from_zip("yours", &file(path)?).map_err(|e| unreadable(path, e.to_string()))?,
            false => Template::by_name(&look.template).map_err(|e| Failure::Usage(e.to_string()))?,
        };
        let style = match &look.style {
            None => template.style().clone(),
            Some(path) => {
                let json = file(path)?;
                let json = String::from_utf8_lossy(&json);
                template
                    .style()
                    .overlaid(&json)
                    .map_err(|e| unreadable(path, e.to_string()))?
            }
        };
        let photo = match &look.photo {
            None => None,
            Some(path) => {
                let photo = Photo::new(file(path)?);
                Some(photo.ok_or_else(|| unreadable(path, "is no PNG or JPEG of at most 5 MB".to_owned()))?)
            }
        };
        Ok(Output {
            renderer: Renderer::new(),
            template,
            style,
            options: Options {
                pdf_standards: look.pdf_standard.clone(),
                photo,
                // Only where it must: without a date the same résumé gives the same bytes.
                date: look.pdf_standard.contains(&PdfStandard::A2a).then(today).flatten(),
            },
        })
    }

    /// One document.
    pub fn render(&self, resume: &Resume, format: ExportFormat) -> Result<Vec<u8>, Failure> {
        self.renderer
            .render_with(resume, &self.template, &self.style, format, &self.options)
            .map_err(|e| Failure::Other(anyhow::Error::new(e)))
    }

    /// A letter with the same head and look.
    pub fn render_letter(&self, letter: &bespoke_render::Letter, format: ExportFormat) -> Result<Vec<u8>, Failure> {
        self.renderer
            .render_letter(letter, &self.template, &self.style, format, &self.options)
            .map_err(|e| Failure::Other(anyhow::Error::new(e)))
    }

    /// What survives an export.
    pub fn certify(&self, resume: &Resume, format: ExportFormat) -> Result<Certificate, Failure> {
        bespoke_render::certify(resume, &self.template, &self.style, format, &self.options)
            .map(|(_, certificate)| certificate)
            .map_err(|e| Failure::Other(anyhow::Error::new(e)))
    }

    fn images(&self, resume: &Resume) -> Result<Vec<Vec<u8>>, Failure> {
        self.renderer
            .pages_png_with(resume, &self.template, &self.style, DPI, &self.options)
            .map_err(|e| Failure::Other(anyhow::Error::new(e)))
    }
}

/// The day in UTC.
pub fn today() -> Option<PartialDate> {
    let now = jiff::Timestamp::now().to_string();
    now.get(..10)?.parse().ok()
}

/// Resolution of page images.
const DPI: f32 = 144.0;

/// Renders to a file or to standard output; images of pages after the first get a number in their name.
pub fn run(args: &Args, _json: bool) -> Result<(), Failure> {
    let resume = input::structured(&args.file)?;
    let output = Output::open(&args.look)?;
    let save = |path: &Path, bytes: &[u8]| {
        std::fs::write(path, bytes).with_context(|| format!("{}: cannot write", path.display()))
    };
    let (bytes, binary) = match args.format {
        Target::Document(format) => {
            let binary = matches!(format, ExportFormat::Pdf | ExportFormat::Docx | ExportFormat::Odt);
            (output.render(&resume, format)?, binary)
        }
        Target::Images => {
            let mut images = output.images(&resume)?;
            if let Some(path) = &args.out {
                for (n, image) in images.iter().enumerate().skip(1) {
                    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
                    save(&path.with_file_name(format!("{stem}-{}.png", n + 1)), image)?;
                }
            }
            (images.swap_remove(0), true)
        }
    };
    match &args.out {
        Some(path) => save(path, &bytes)?,
        None => {
            let mut out = std::io::stdout().lock();
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
