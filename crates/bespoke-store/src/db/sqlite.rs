//! The database in one file: WAL, every commit on disk, one writer, many readers.

use super::writer::Writer;
use super::{Opened, Pool};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The most that the file may take, in bytes; `u64::MAX` where nothing but the disk bounds it.
pub(crate) type MostBytes = Arc<AtomicU64>;

/// Nothing but the disk bounds the file.
pub(crate) fn unbounded() -> MostBytes {
    Arc::new(AtomicU64::new(u64::MAX))
}

/// Opens the file, made and migrated where needed; it takes at most so much as is said in what comes of it.
///
/// # Errors
/// It cannot be opened or migrated.
pub(crate) async fn open(file: &Path) -> Result<Opened, crate::StoreError> {
    let most_bytes = unbounded();
    let most = Arc::clone(&most_bytes);
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        // What is deleted is overwritten, above all the keys of people.
        .pragma("secure_delete", "ON")
        .busy_timeout(Duration::from_secs(10));
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        // A connection that failed is closed, and a new one takes its place.
        .after_connect(move |conn, _| {
            let most = most.load(Ordering::Relaxed);
            Box::pin(async move {
                match most {
                    u64::MAX => Ok(()),
                    most => bound(conn, most).await,
                }
            })
        })
        .connect_with(options.clone())
        .await?;
    sqlx::migrate!("./migrations/sqlite").run(&writer).await?;
    let readers = SqlitePoolOptions::new()
        .max_connections(8)
        .connect_with(options.read_only(true))
        .await?;
    Ok(Opened {
        readers: Pool::Sqlite(readers),
        writer: Pool::SqliteWriter(Writer::new(writer)),
        most_bytes,
    })
}

/// Bounds what the file may take from now on, in bytes.
///
/// # Errors
/// The database fails.
pub(crate) async fn limit(writer: &Writer, bytes: u64) -> Result<(), sqlx::Error> {
    bound(&mut *writer.alone().await?, bytes).await
}

async fn bound(conn: &mut SqliteConnection, bytes: u64) -> Result<(), sqlx::Error> {
    let page: i64 = sqlx::query_scalar("PRAGMA page_size").fetch_one(&mut *conn).await?;
    let pages = bytes / u64::try_from(page).unwrap_or(4096).max(1);
    sqlx::query(sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {pages}")))
        .fetch_all(conn)
        .await?;
    Ok(())
}

/// Merges the write-ahead log into the file and cuts it to nothing, so that what was overwritten there is gone from it
/// too. Where a reader is in the way, the next one does it.
///
/// # Errors
/// The database fails.
pub(crate) async fn wipe_log(writer: &Writer) -> Result<(), sqlx::Error> {
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
        .fetch_all(&mut *writer.alone().await?)
        .await?;
    Ok(())
}

/// Rewrites the file, so that no free page keeps what was there.
///
/// # Errors
/// The database fails.
pub(crate) async fn rewrite(writer: &Writer) -> Result<(), sqlx::Error> {
    sqlx::query("VACUUM").execute(&mut *writer.alone().await?).await?;
    wipe_log(writer).await
}

/// Writes a copy of the file as it is at one moment.
///
/// # Errors
/// There is such a file already, or it cannot be written; the database fails.
pub(crate) async fn copy_to(readers: &SqlitePool, file: &Path) -> Result<(), sqlx::Error> {
    sqlx::query("VACUUM INTO ?")
        .bind(file.to_string_lossy().into_owned())
        .execute(readers)
        .await?;
    Ok(())
}

/// What the file says of itself: (table, what is wrong), nothing where it is sound.
///
/// # Errors
/// The database fails.
pub(crate) async fn check(readers: &SqlitePool, pragma: Pragma) -> Result<Vec<(String, String)>, sqlx::Error> {
    let (sql, sound) = match pragma {
        Pragma::Structure => ("PRAGMA integrity_check(1000)", true),
        Pragma::References => ("PRAGMA foreign_key_check", false),
    };
    let rows: Vec<String> = sqlx::query_scalar(sql).fetch_all(readers).await?;
    Ok(rows
        .into_iter()
        .filter_map(|says| match (sound, says.as_str()) {
            (true, "ok") => None,
            (true, _) => Some(("database".to_owned(), says)),
            (false, _) => Some((says, "a row refers to one that is not there".to_owned())),
        })
        .collect())
}

/// What to check.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Pragma {
    Structure,
    References,
}
