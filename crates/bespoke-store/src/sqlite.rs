//! The store in one SQLite file: WAL, every commit on disk, one writer, many readers; everything personal is sealed.

mod accounts;
mod api_tokens;
mod applications;
mod boards;
mod comments;
mod counts;
mod exports;
mod jobs;
mod keys;
mod learned;
mod letters;
mod people;
mod plaintext;
mod queue;
mod resumes;
mod sessions;
mod shares;
mod tailorings;
mod templates;
mod upkeep;
mod workspaces;

pub use accounts::normal_email;
pub use api_tokens::API_TOKEN_PREFIX;
pub use jobs::ATTEMPTS;
pub use keys::Rotation;
pub use queue::{QueueLimits, QueueState};
pub use sessions::Refresh;
pub use upkeep::{Examination, Fault};

use crate::StoreError;
use crate::crypto::KeySource;
use keys::Keyring;
use sha2::{Digest, Sha256};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteQueryResult, SqliteSynchronous,
};
use sqlx::{Row, Sqlite, Transaction};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use uuid::Uuid;

/// All that is kept. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    readers: SqlitePool,
    /// One connection, so that writers queue here instead of failing as busy.
    writer: SqlitePool,
    keyring: Arc<Keyring>,
    limits: QueueLimits,
    /// What the database may take on disk.
    most_bytes: Arc<AtomicU64>,
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
        let options = SqliteConnectOptions::new()
            .filename(folder.join("bespoke.db"))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            // What is deleted is overwritten, above all the keys of people.
            .pragma("secure_delete", "ON")
            .busy_timeout(Duration::from_secs(10));
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            // What is set on this connection holds for as long as the store is open.
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options.clone())
            .await?;
        sqlx::migrate!("./migrations/sqlite").run(&writer).await?;
        let keyring = Arc::new(Keyring::open(&writer, source, folder).await?);
        let readers = SqlitePoolOptions::new()
            .max_connections(8)
            .connect_with(options.read_only(true))
            .await?;
        let store = Store {
            readers,
            writer,
            keyring,
            limits: QueueLimits::default(),
            most_bytes: Arc::new(AtomicU64::new(u64::MAX)),
        };
        store.make_system_key().await?;
        store.seal_plaintext().await?;
        store.replay_tombstones().await?;
        Ok(store)
    }

    async fn begin(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        match self.writer.begin_with("BEGIN IMMEDIATE").await {
            // On a full disk SQLite rolls back by itself, which leaves the connection out of step with it for good: a new
            // one takes its place.
            Err(sqlx::Error::InvalidSavePointStatement) => {
                // It is gone from the pool even where it does not close cleanly.
                let _ = self.writer.acquire().await?.close().await;
                self.apply_limit().await?;
                Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
            }
            begun => Ok(begun?),
        }
    }

    /// True where the database answers.
    pub async fn is_ready(&self) -> bool {
        sqlx::query("SELECT 1").execute(&self.readers).await.is_ok()
    }

    /// The most that the database may take on disk from now on, in bytes; past it writes are refused as on a full disk.
    ///
    /// # Errors
    /// The database fails.
    pub async fn limit_bytes(&self, bytes: u64) -> Result<(), StoreError> {
        self.most_bytes.store(bytes, Ordering::Relaxed);
        self.apply_limit().await
    }

    async fn apply_limit(&self) -> Result<(), StoreError> {
        let bytes = self.most_bytes.load(Ordering::Relaxed);
        if bytes == u64::MAX {
            return Ok(());
        }
        let row = sqlx::query("PRAGMA page_size").fetch_one(&self.writer).await?;
        let page: i64 = row.try_get(0)?;
        let pages = bytes / u64::try_from(page).unwrap_or(4096).max(1);
        sqlx::query(sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {pages}")))
            .fetch_all(&self.writer)
            .await?;
        Ok(())
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
fn found(done: &SqliteQueryResult) -> Result<(), StoreError> {
    match done.rows_affected() {
        0 => Err(StoreError::NotFound),
        _ => Ok(()),
    }
}
