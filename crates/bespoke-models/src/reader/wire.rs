//! What parent and child say to each other: a length, JSON, then bytes.

use bespoke_core::document::Document;
use bespoke_core::ingest::IngestError;
use bespoke_core::ingest::recognised::PageWords;
use bespoke_core::parse::Parsed;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io::{self, Read, Write};

/// Longest JSON part.
const MAX_HEAD: usize = 256 << 20;

/// What the child is to do with the bytes of a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Task {
    /// Say what the kernel lacks.
    Check,
    /// Ingest and parse.
    Read {
        name: Option<String>,
        words: Vec<PageWords>,
    },
    /// Draw pages, for recognition.
    Draw { pages: Vec<usize> },
    /// Draw a page, for people.
    Preview { page: usize, dpi: f32 },
}

/// What the child answers.
#[derive(Debug, Serialize, Deserialize)]
pub enum Reply {
    Checked {
        lacks: Vec<String>,
    },
    Read {
        document: Box<Document>,
        parsed: Box<Parsed>,
    },
    /// The pixels follow, page after page, one byte each.
    Drawn {
        pages: Vec<PageImage>,
    },
    /// A PNG follows.
    Previewed,
    /// There is no such page, or it cannot be drawn.
    NoPage {
        why: String,
    },
    /// The file cannot be read.
    Refused(Refusal),
    /// The code of the child failed on it.
    Failed {
        how: String,
    },
}

/// An [`IngestError`] on its way.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Refusal {
    Empty,
    Unsupported { found: String },
    Encrypted,
    Bomb { what: String },
    TooManyPages { pages: usize, limit: usize },
    NeedsConversion { format: String },
    Corrupt { format: String, detail: String },
    TooLarge { what: String, limit: String },
}

/// Names of formats in errors are constants of the program; what a child says otherwise is just a file.
fn known(format: &str) -> &'static str {
    const NAMES: [&str; 11] = [
        "PDF",
        "DOCX",
        "DOC",
        "ODT",
        "RTF",
        "HTML",
        "ZIP",
        "image",
        "JSON Resume",
        "Europass XML",
        "LinkedIn export",
    ];
    NAMES.into_iter().find(|name| *name == format).unwrap_or("file")
}

impl From<IngestError> for Refusal {
    fn from(error: IngestError) -> Refusal {
        match error {
            IngestError::Empty => Refusal::Empty,
            IngestError::Unsupported { found } => Refusal::Unsupported { found },
            IngestError::Encrypted => Refusal::Encrypted,
            IngestError::Bomb { what } => Refusal::Bomb { what },
            IngestError::TooManyPages { pages, limit } => Refusal::TooManyPages { pages, limit },
            IngestError::NeedsConversion { format } => Refusal::NeedsConversion { format: format.into() },
            IngestError::Corrupt { format, detail } => Refusal::Corrupt {
                format: format.into(),
                detail,
            },
            IngestError::TooLarge { what, limit } => Refusal::TooLarge { what, limit },
        }
    }
}

impl From<Refusal> for IngestError {
    fn from(refusal: Refusal) -> IngestError {
        match refusal {
            Refusal::Empty => IngestError::Empty,
            Refusal::Unsupported { found } => IngestError::Unsupported { found },
            Refusal::Encrypted => IngestError::Encrypted,
            Refusal::Bomb { what } => IngestError::Bomb { what },
            Refusal::TooManyPages { pages, limit } => IngestError::TooManyPages { pages, limit },
            Refusal::NeedsConversion { format } => IngestError::NeedsConversion { format: known(&format) },
            Refusal::Corrupt { format, detail } => IngestError::Corrupt {
                format: known(&format),
                detail,
            },
            Refusal::TooLarge { what, limit } => IngestError::TooLarge { what, limit },
        }
    }
}

/// A page as it was drawn: grey, upright, straight.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PageImage {
    pub page: usize,
    /// Points.
    pub width: f32,
    pub height: f32,
    /// Pixels.
    pub columns: u32,
    pub rows: u32,
}

impl PageImage {
    /// Pixels an inch.
    pub fn dpi(&self) -> f32 {
        72.0 * self.columns as f32 / self.width.max(1.0)
    }
}

/// Writes a message.
pub fn send(out: &mut impl Write, head: &impl Serialize, body: &[u8]) -> io::Result<()> {
    let head = serde_json::to_vec(head)?;
    out.write_all(&(head.len() as u64).to_le_bytes())?;
    out.write_all(&head)?;
    out.write_all(body)?;
    out.flush()
}

/// Takes a message apart.
pub fn split<T: DeserializeOwned>(message: &[u8]) -> io::Result<(T, &[u8])> {
    let bad = |why: &str| io::Error::new(io::ErrorKind::InvalidData, why.to_owned());
    let (length, rest) = message
        .split_first_chunk::<8>()
        .ok_or_else(|| bad("the message is cut off"))?;
    let length = usize::try_from(u64::from_le_bytes(*length)).unwrap_or(usize::MAX);
    if length > MAX_HEAD || length > rest.len() {
        return Err(bad("the message is cut off"));
    }
    let (head, body) = rest.split_at(length);
    Ok((serde_json::from_slice(head)?, body))
}

/// Reads to the end, at most so many bytes.
pub fn receive(input: impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    input.take(most as u64 + 1).read_to_end(&mut out)?;
    if out.len() > most {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "the message is too long"));
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_come_back_and_cut_ones_are_errors() {
        let task = Task::Draw { pages: vec![0, 3] };
        let mut message = Vec::new();
        send(&mut message, &task, b"bytes").unwrap();
        let (back, body): (Task, _) = split(&message).unwrap();
        assert!(matches!(back, Task::Draw { pages } if pages == [0, 3]));
        assert_eq!(body, b"bytes");
        for cut in 0..message.len() - 5 {
            assert!(split::<Task>(&message[..cut]).is_err(), "{cut}");
        }
        let error = IngestError::Corrupt {
            format: "DOCX",
            detail: "x".into(),
        };
        let mut message = Vec::new();
        send(&mut message, &Reply::Refused(error.clone().into()), b"").unwrap();
        let (back, _): (Reply, _) = split(&message).unwrap();
        assert!(matches!(back, Reply::Refused(e) if IngestError::from(e.clone()) == error));
    }
}
