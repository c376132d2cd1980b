//! Who was deleted, kept apart from the data, so that an older backup does not bring them back: a line of a file, or an
//! object beside the files where several servers share them.

use super::Store;
use crate::StoreError;
use crate::blobs::TOMBSTONES;
use std::collections::HashSet;
use std::io::Write;
use std::path::Path;

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Adds a line; on disk when it returns.
fn append(path: &Path, line: &str) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(line.as_bytes())?;
    file.sync_all()
}

impl Store {
    /// Writes a tombstone: kept when this returns.
    pub(super) async fn bury(&self, owner_hash: &[u8], at: &str) -> Result<(), StoreError> {
        let name = hex(owner_hash);
        match self.blobs.as_ref().filter(|_| self.is_shared()) {
            Some(blobs) => blobs.put(TOMBSTONES, &name, at.as_bytes().to_vec()).await,
            None => append(&self.keyring.tombstones, &format!("{name} {at}\n")).map_err(StoreError::Tombstone),
        }
    }

    /// The hashes of everybody who was deleted, in hexadecimal.
    pub(super) async fn buried(&self) -> Result<HashSet<String>, StoreError> {
        let text = match std::fs::read_to_string(&self.keyring.tombstones) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(StoreError::Tombstone(error)),
        };
        let lines = text.lines().filter_map(|line| line.split(' ').next());
        let mut gone: HashSet<String> = lines.map(str::to_owned).collect();
        if let Some(blobs) = &self.blobs {
            gone.extend(blobs.list(TOMBSTONES).await?.into_iter().map(|listed| listed.name));
        }
        Ok(gone)
    }
}
