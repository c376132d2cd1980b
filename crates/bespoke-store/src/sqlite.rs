//! The store, in one SQLite file or in PostgreSQL: every commit on disk, everything personal sealed.

mod accounts;
mod addresses;
mod api_tokens;
mod applications;
mod boards;
mod comments;
mod copies;
mod counts;
mod events;
mod exports;
mod flows;
mod identities;
mod invitations;
mod jobs;
mod keys;
mod language_models;
mod learned;
mod letters;
mod originals;
mod passkeys;
mod people;
mod plaintext;
mod queue;
mod resumes;
mod sessions;
mod shares;
mod tailorings;
mod teams;
mod templates;
mod tombstones;
mod upkeep;
mod workspaces;

pub use accounts::normal_email;
pub use api_tokens::API_TOKEN_PREFIX;
pub use events::Hints;
pub use jobs::ATTEMPTS;
pub use keys::Rotation;
pub use queue::{QueueLimits, QueueState};
pub use sessions::Refresh;
pub use upkeep::{Examination, Fault};

use crate::blobs::Blobs;
use crate::crypto::KeySource;
use crate::db::{self, Done, Pool, Tx};
use crate::{Location, StoreError};
use keys::Keyring;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use uuid::Uuid;

/// All that is kept. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    readers: Pool,
    writer: Pool,
    keyring: Arc<Keyring>,
    /// Where originals are, where they are not in the database.
    blobs: Option<Blobs>,
    limits: QueueLimits,
    /// What the database may take on disk.
    most_bytes: db::sqlite::MostBytes,
}

fn now() -> String {
    jiff::Timestamp::now().to_string()
}

fn now_ms() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

fn new_id() -> String {
    Uuid::now_v7().to_string()
}

fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

impl Store {
    /// Opens the database `bespoke.db` in a folder, made and migrated where needed, with the master key in the file
    /// beside the folder (`<folder>.key`).
    ///
    /// # Errors
    /// As [`Store::open_with`].
    pub async fn open(folder: &Path) -> Result<Store, StoreError> {
        Store::open_with(folder, KeySource::beside(folder)).await
    }

    /// Opens the database `bespoke.db` in a folder, made and migrated where needed. What an older schema kept as
    /// plaintext is sealed. Where nothing is sealed yet and the source is a file, the master key is made
    /// ([`Store::made_key`] tells).
    ///
    /// # Errors
    /// The file cannot be opened or migrated; the master key is missing, exposed, or another one.
    pub async fn open_with(folder: &Path, source: KeySource) -> Result<Store, StoreError> {
        Store::open_at(&Location {
            folder: folder.to_owned(),
            key: source,
            database_url: None,
            blobs: None,
        })
        .await
    }

    /// Opens the database of a location, in its folder or on a PostgreSQL server, made and migrated where needed.
    ///
    /// # Errors
    /// As [`Store::open_with`]; the address is none or nobody answers there; the place of the files cannot be used.
    pub async fn open_at(at: &Location) -> Result<Store, StoreError> {
        let blobs = at.blobs.as_deref().map(Blobs::open).transpose()?;
        let opened = match &at.database_url {
            Some(url) => db::postgres::open(url).await?,
            None => db::sqlite::open(&at.folder.join("bespoke.db")).await?,
        };
        let (readers, writer) = (opened.readers, opened.writer);
        let keyring = Arc::new(Keyring::open(&writer, at.key.clone(), &at.folder).await?);
        let store = Store {
            readers,
            writer,
            keyring,
            blobs,
            limits: QueueLimits::default(),
            most_bytes: opened.most_bytes,
        };
        store.make_system_key().await?;
        store.seal_plaintext().await?;
        store.replay_tombstones().await?;
        Ok(store)
    }

    /// Begins to write alone: nobody else writes in a transaction until this one ends.
    async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(self.writer.begin(None).await?)
    }

    /// Begins to write what belongs to one workspace only: on several servers those of other workspaces go on, and
    /// nobody else writes in this one.
    async fn begin_for(&self, workspace: &str) -> Result<Tx, StoreError> {
        Ok(self.writer.begin(Some(workspace)).await?)
    }

    /// True where other servers may use the same database.
    pub fn is_shared(&self) -> bool {
        matches!(self.writer, Pool::Postgres(_))
    }

    /// True where the database answers.
    pub async fn is_ready(&self) -> bool {
        db::query("SELECT 1").execute(&self.readers).await.is_ok()
    }

    /// The most that the database may take on disk from now on, in bytes; past it writes are refused as on a full disk.
    /// What a PostgreSQL server may take is set there.
    ///
    /// # Errors
    /// The database fails.
    pub async fn limit_bytes(&self, bytes: u64) -> Result<(), StoreError> {
        self.most_bytes.store(bytes, Ordering::Relaxed);
        match &self.writer {
            Pool::SqliteWriter(writer) => Ok(db::sqlite::limit(writer, bytes).await?),
            Pool::Sqlite(_) | Pool::Postgres(_) => Ok(()),
        }
    }

    /// Closes all connections, so that the write-ahead log is merged.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// Refuses a write that was made from another version than the present one.
fn is_present(given: i64, present: i64) -> Result<(), StoreError> {
    match given == present {
        true => Ok(()),
        false => Err(StoreError::Stale { given, present }),
    }
}

/// Refuses where a statement found no row to change.
fn found(done: &Done) -> Result<(), StoreError> {
    match done.rows_affected() {
        0 => Err(StoreError::NotFound),
        _ => Ok(()),
    }
}
