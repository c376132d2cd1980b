//! Bytes of a file → [`Document`]. One file per format; the format is sniffed from content.
//!
//! What cannot be read is an [`IngestError`]; what reads strangely is a `Document` with strange content.

pub(crate) mod archive;
mod builder;
mod clean;
pub(crate) use clean::strip_bullet;
mod docx;
mod europass;
mod html;
mod json_resume;
mod linkedin;
mod markdown;
mod odt;
mod paragraphs;
mod pdf;
pub mod recognised;
mod rtf;
mod sniff;
mod txt;
mod xml;

use crate::document::{Document, Format};

/// Largest file that is read, in bytes.
pub const MAX_BYTES: usize = 20 << 20;

/// Most text of a file that is read, in bytes: some hundred and fifty pages.
const MAX_TEXT: usize = 512 << 10;

/// Most lines of a file that are read.
const MAX_LINES: usize = 10_000;

/// Why a file could not be read. Poor content is an issue of the parse, not an error.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IngestError {
    /// No bytes.
    #[error("the file is empty: choose the file again, or export it once more")]
    Empty,
    /// A format that is not read.
    #[error("unsupported format {found}; supported: {}", supported())]
    Unsupported {
        /// What the content looks like.
        found: String,
    },
    /// Needs a password.
    #[error("the file is protected by a password: save it without one and try again")]
    Encrypted,
    /// Made to do harm: small outside, endless inside.
    #[error(
        "the file unpacks to far more than a résumé holds ({what}): export it again from the program it was written in"
    )]
    Bomb {
        /// What grows.
        what: String,
    },
    /// More pages than are read.
    #[error("the file has {pages} pages: the limit is {limit}; save the résumé's pages as a file of their own")]
    TooManyPages {
        /// How many it has.
        pages: usize,
        /// How many are read.
        limit: usize,
    },
    /// Has to be turned into another format first, by a program that is not here.
    #[error(
        "{format} files are read through LibreOffice, which is not installed here: save the file as DOCX or PDF and try again"
    )]
    NeedsConversion {
        /// What it is.
        format: &'static str,
    },
    /// Damaged.
    #[error("the {format} file is damaged ({detail}): open it in its program and save it again")]
    Corrupt {
        /// What it claims to be.
        format: &'static str,
        /// What is wrong with it.
        detail: String,
    },
    /// Over a limit.
    #[error("the file is too large ({what}): the limit is {limit}")]
    TooLarge {
        /// What is too large.
        what: String,
        /// The limit, with its unit.
        limit: String,
    },
}

impl IngestError {
    /// A stable code for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            IngestError::Empty => "empty",
            IngestError::Unsupported { .. } => "unsupported-format",
            IngestError::Encrypted => "encrypted",
            IngestError::Corrupt { .. } => "corrupt",
            IngestError::Bomb { .. } => "bomb",
            IngestError::TooManyPages { .. } => "too-many-pages",
            IngestError::NeedsConversion { .. } => "needs-conversion",
            IngestError::TooLarge { .. } => "too-large",
        }
    }
}

/// The formats that are read, as shown to people.
pub fn supported() -> String {
    [
        Format::Pdf,
        Format::Docx,
        Format::Doc,
        Format::Odt,
        Format::Rtf,
        Format::Html,
        Format::Txt,
        Format::Markdown,
        Format::Image,
        Format::JsonResume,
        Format::Europass,
        Format::LinkedIn,
    ]
    .map(Format::name)
    .join(", ")
}

/// Reads a file. `name` is only a hint where content does not decide (Markdown or plain text).
///
/// # Errors
/// [`IngestError`] where nothing can be read.
pub fn ingest(bytes: &[u8], name: Option<&str>) -> Result<Document, IngestError> {
    ingest_recognised(bytes, name, &[])
}

/// Reads a file together with what was recognised on its pages without text; see
/// [`crate::document::Features::pages_without_text`].
///
/// # Errors
/// [`IngestError`] where nothing can be read.
pub fn ingest_recognised(
    bytes: &[u8],
    name: Option<&str>,
    pages: &[recognised::PageWords],
) -> Result<Document, IngestError> {
    let pages = recognised::mended(pages);
    let document = match format_of(bytes, name)? {
        Format::Pdf => pdf::read(bytes, &pages)?,
        Format::Docx => docx::read(bytes)?,
        Format::Odt => odt::read(bytes)?,
        Format::Rtf => rtf::read(bytes)?,
        Format::Html => html::read(bytes),
        Format::Txt => txt::read(bytes),
        Format::Markdown => markdown::read(bytes),
        Format::JsonResume => json_resume::read(bytes)?,
        Format::Europass => europass::read(bytes)?,
        Format::LinkedIn => linkedin::read(bytes)?,
        Format::Image => pdf::read_picture(bytes.len(), &pages),
        format @ Format::Doc => return Err(IngestError::NeedsConversion { format: format.name() }),
    };
    within_limits(recognised::placed(document, &pages))
}

/// Refuses what no résumé holds, for all that follows takes time in proportion.
fn within_limits(document: Document) -> Result<Document, IngestError> {
    let lines = document.pages.iter().map(|p| p.lines.len()).sum::<usize>();
    let too_large = |what: String, limit: String| Err(IngestError::TooLarge { what, limit });
    if document.text.len() > MAX_TEXT {
        return too_large(
            format!("over {} kB of text", MAX_TEXT >> 10),
            format!("{} kB of text", MAX_TEXT >> 10),
        );
    }
    if lines > MAX_LINES {
        return too_large(format!("over {MAX_LINES} lines"), format!("{MAX_LINES} lines"));
    }
    Ok(document)
}

/// The format of a file by its content, without reading it.
///
/// # Errors
/// [`IngestError`] where a file of this format or size is not read.
pub fn format_of(bytes: &[u8], name: Option<&str>) -> Result<Format, IngestError> {
    if bytes.is_empty() {
        return Err(IngestError::Empty);
    }
    if bytes.len() > MAX_BYTES {
        return Err(IngestError::TooLarge {
            what: format!("{} MB", bytes.len() >> 20),
            limit: format!("{} MB", MAX_BYTES >> 20),
        });
    }
    sniff::sniff(bytes, name)
}
