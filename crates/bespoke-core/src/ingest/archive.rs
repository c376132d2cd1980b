//! ZIP containers with caps on entries, size and ratio, so that a bomb is an error and not a dead machine.

use super::IngestError;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Most entries in a container.
const MAX_ENTRIES: usize = 2_000;
/// Most bytes of one part when unpacked.
const MAX_PART: u64 = 40 << 20;

/// A container that is open.
pub struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    format: &'static str,
}

impl<'a> Archive<'a> {
    /// Opens a container; `format` is named in errors.
    pub fn open(bytes: &'a [u8], format: &'static str) -> Result<Archive<'a>, IngestError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|e| IngestError::Corrupt {
            format,
            detail: e.to_string(),
        })?;
        if zip.len() > MAX_ENTRIES {
            return Err(IngestError::TooLarge {
                what: format!("{} parts", zip.len()),
                limit: format!("{MAX_ENTRIES} parts"),
            });
        }
        Ok(Archive { zip, format })
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

    /// A part as text.
    pub fn text(&mut self, name: &str) -> Result<String, IngestError> {
        let corrupt = |detail: String| IngestError::Corrupt {
            format: self.format,
            detail,
        };
        let part = self.zip.by_name(name).map_err(|e| corrupt(format!("{name}: {e}")))?;
        if part.encrypted() {
            return Err(IngestError::Encrypted);
        }
        let mut bytes = Vec::new();
        part.take(MAX_PART + 1)
            .read_to_end(&mut bytes)
            .map_err(|e| corrupt(format!("{name}: {e}")))?;
        if bytes.len() as u64 > MAX_PART {
            return Err(IngestError::TooLarge {
                what: format!("{name} unpacks to more"),
                limit: format!("{} MB", MAX_PART >> 20),
            });
        }
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}
