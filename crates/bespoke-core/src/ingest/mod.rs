//! Bytes of a file → [`Document`]. One file per format; the format is sniffed from content.
//!
//! What cannot be read is an [`IngestError`]; what reads strangely is a `Document` with strange content.

mod archive;
mod builder;
mod clean;
pub(crate) use clean::strip_bullet;
mod docx;
mod json_resume;
mod markdown;
mod pdf;
mod sniff;
mod txt;

use crate::document::{Document, Format};

/// Largest file that is read, in bytes.
pub const MAX_BYTES: usize = 20 << 20;

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
            IngestError::TooLarge { .. } => "too-large",
        }
    }
}

/// The formats that are read, as shown to people.
pub fn supported() -> String {
    [
        Format::Pdf,
        Format::Docx,
        Format::Txt,
        Format::Markdown,
        Format::JsonResume,
    ]
    .map(Format::name)
    .join(", ")
}

/// Reads a file. `name` is only a hint where content does not decide (Markdown or plain text).
///
/// # Errors
/// [`IngestError`] where nothing can be read.
pub fn ingest(bytes: &[u8], name: Option<&str>) -> Result<Document, IngestError> {
    match format_of(bytes, name)? {
        Format::Pdf => pdf::read(bytes),
        Format::Docx => docx::read(bytes),
        Format::Txt => Ok(txt::read(bytes)),
        Format::Markdown => Ok(markdown::read(bytes)),
        Format::JsonResume => json_resume::read(bytes),
        other @ (Format::Odt | Format::Rtf | Format::Html) => Err(unsupported(other)),
    }
}

fn unsupported(format: Format) -> IngestError {
    IngestError::Unsupported {
        found: format.name().to_owned(),
    }
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
    match sniff::sniff(bytes, name)? {
        format @ (Format::Odt | Format::Rtf | Format::Html) => Err(unsupported(format)),
        format => Ok(format),
    }
}
