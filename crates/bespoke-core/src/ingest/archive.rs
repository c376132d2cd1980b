//! ZIP containers with caps on entries, sizes and ratio, so that a bomb is an error and not a dead machine.
//!
//! Containers inside containers are never opened.

use super::{IngestError, xml};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Most entries in a container.
const MAX_ENTRIES: usize = 2_000;
/// Most bytes of one part when unpacked.
const MAX_PART: u64 = 40 << 20;
/// Most bytes of all parts that are read.
const MAX_TOTAL: u64 = 120 << 20;
/// Text packs about ten to one; beyond this ratio a large part is there to do harm.
const MAX_RATIO: u64 = 250;
/// Small parts may pack better than that (empty tables, repeated styles).
const SMALL_PART: u64 = 2 << 20;

/// A container that is open.
pub struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    format: &'static str,
    total: u64,
}

impl<'a> Archive<'a> {
    /// Opens a container; `format` is named in errors.
    pub fn open(bytes: &'a [u8], format: &'static str) -> Result<Archive<'a>, IngestError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|e| IngestError::Corrupt {
            format,
            detail: e.to_string(),
        })?;
        if zip.len() > MAX_ENTRIES {
            return Err(IngestError::Bomb {
                what: format!("it has {} parts, more than {MAX_ENTRIES}", zip.len()),
            });
        }
        Ok(Archive { zip, format, total: 0 })
    }

    /// True where there is a part of this name.
    pub fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// Names of all parts.
    pub fn names(&self) -> Vec<String> {
        self.zip
            .file_names()
            .filter_map(Result::ok)
            .map(|name| name.into_owned())
            .collect()
    }

    /// The bytes of a part.
    pub fn bytes(&mut self, name: &str) -> Result<Vec<u8>, IngestError> {
        let corrupt = |detail: String| IngestError::Corrupt {
            format: self.format,
            detail,
        };
        let part = self.zip.by_name(name).map_err(|e| match e {
            zip::result::ZipError::UnsupportedArchive(zip::result::ZipError::PASSWORD_REQUIRED) => {
                IngestError::Encrypted
            }
            e => corrupt(format!("{name}: {e}")),
        })?;
        if part.encrypted() {
            return Err(IngestError::Encrypted);
        }
        // What the entry says of its size may be a lie, so what counts is what comes out.
        let packed = part.compressed_size().max(1);
        let room = MAX_PART.min(MAX_TOTAL.saturating_sub(self.total));
        let limit = room.min((packed.saturating_mul(MAX_RATIO)).max(SMALL_PART));
        let mut bytes = Vec::new();
        part.take(limit + 1)
            .read_to_end(&mut bytes)
            .map_err(|e| corrupt(format!("{name}: {e}")))?;
        if bytes.len() as u64 > limit {
            return Err(IngestError::Bomb {
                what: format!(
                    "{name} unpacks from {} kB to more than {} MB",
                    packed >> 10,
                    limit >> 20
                ),
            });
        }
        self.total += bytes.len() as u64;
        Ok(bytes)
    }

    /// A part as text; XML with a document type is refused.
    pub fn text(&mut self, name: &str) -> Result<String, IngestError> {
        let bytes = self.bytes(name)?;
        let text = match bytes.as_slice() {
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => super::txt::decode(&bytes),
            _ => String::from_utf8_lossy(&bytes).into_owned(),
        };
        if xml::declares_type(&text) {
            return Err(IngestError::Bomb {
                what: format!("{name} declares a document type"),
            });
        }
        Ok(text)
    }
}
