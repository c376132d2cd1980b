//! The files that people uploaded: in the database, or outside where the location says so. Sealed in either place; a row
//! whose `original` is empty has its file outside, under its own id.

use super::resumes::cell;
use super::{Store, now_ms};
use crate::StoreError;
use crate::blobs::ORIGINALS;
use crate::crypto::PersonKey;
use crate::db::query;
use std::collections::HashSet;

/// A file is no orphan while the row that it belongs to may still be on its way, in milliseconds: an hour.
const YOUNG_MS: i64 = 3_600_000;

impl Store {
    /// Writes a sealed original outside, where the location says so; gives what the row keeps.
    pub(super) async fn keep_original(&self, id: &str, sealed: Vec<u8>) -> Result<Vec<u8>, StoreError> {
        match &self.blobs {
            None => Ok(sealed),
            Some(blobs) => {
                blobs.put(ORIGINALS, id, sealed).await?;
                Ok(Vec::new())
            }
        }
    }

    /// The sealed original that a row keeps, or that is outside.
    pub(super) async fn sealed_original(&self, id: &str, kept: &[u8]) -> Result<Vec<u8>, StoreError> {
        if !kept.is_empty() {
            return Ok(kept.to_vec());
        }
        let lost = || StoreError::Lost(id.to_owned());
        let blobs = self.blobs.as_ref().ok_or_else(lost)?;
        blobs.get(ORIGINALS, id).await?.ok_or_else(lost)
    }

    pub(super) async fn open_original(&self, key: &PersonKey, id: &str, kept: &[u8]) -> Result<Vec<u8>, StoreError> {
        let sealed = self.sealed_original(id, kept).await?;
        Ok(key.open(cell(id, "original"), &sealed)?)
    }

    /// Deletes what is outside of résumés whose rows are gone. What cannot be deleted now is an orphan, which
    /// [`Store::sweep_originals`] takes away.
    pub(super) async fn drop_originals(&self, ids: &[String]) {
        let Some(blobs) = &self.blobs else { return };
        for id in ids {
            let _ = blobs.delete(ORIGINALS, id).await;
        }
    }

    /// Deletes files outside the database that belong to no résumé and are older than an hour; how many.
    ///
    /// # Errors
    /// The place of the files does not answer; the database fails.
    pub async fn sweep_originals(&self) -> Result<u64, StoreError> {
        let Some(blobs) = &self.blobs else { return Ok(0) };
        // The files first: a row that comes later than the list is no orphan's.
        let listed = blobs.list(ORIGINALS).await?;
        let rows = query("SELECT id FROM resumes").fetch_all(&self.readers).await?;
        let known: HashSet<String> = rows.iter().map(|row| row.try_get("id")).collect::<Result<_, _>>()?;
        let mut swept = 0;
        for file in listed {
            if !known.contains(&file.name) && file.written_ms < now_ms() - YOUNG_MS {
                blobs.delete(ORIGINALS, &file.name).await?;
                swept += 1;
            }
        }
        Ok(swept)
    }
}
