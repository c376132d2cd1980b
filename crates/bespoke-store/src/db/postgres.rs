//! The database of several servers: PostgreSQL 15 or later.
//!
//! Who writes holds a lock for the time of the transaction: of one workspace, or of all. So what was read in a
//! transaction is still so when it writes, as with the one writer of SQLite, and people do not wait for one another.

use super::{Conn, Opened, Pool, Tx};
use crate::StoreError;
use sha2::{Digest, Sha256};
use sqlx::AssertSqlSafe;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use std::str::FromStr;
use std::time::Duration;

/// The advisory lock of all writers: shared by those of one workspace, alone for those of all. Any number will do.
const EVERYBODY: i64 = 0x6265_7370_6f6b_6500;
/// Connections of each of the two pools of a server.
const CONNECTIONS: u32 = 8;

/// Connects, and brings the schema up to date; servers that start together do so one after another.
///
/// # Errors
/// The address is none, or nobody answers there; the schema cannot be brought up to date.
pub(crate) async fn open(url: &str) -> Result<Opened, StoreError> {
    let options = PgConnectOptions::from_str(url)?.application_name("bespoke").options([
        ("synchronous_commit", "on"),
        // A server that is frozen in the middle of a transaction does not hold up the others.
        ("idle_in_transaction_session_timeout", "10s"),
        ("lock_timeout", "20s"),
        ("client_min_messages", "warning"),
    ]);
    let pool = |options: PgConnectOptions| {
        PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(Duration::from_secs(20))
            .connect_with(options)
    };
    let writer = pool(options.clone()).await?;
    sqlx::migrate!("./migrations/postgres").run(&writer).await?;
    Ok(Opened {
        readers: Pool::Postgres(pool(options).await?),
        writer: Pool::Postgres(writer),
        most_bytes: super::sqlite::unbounded(),
    })
}

/// Begins to write: in one workspace (or whatever else has a name), or everywhere.
///
/// # Errors
/// The database fails, or others write for too long.
pub(crate) async fn begin(writer: &PgPool, of: Option<&str>) -> Result<Tx, sqlx::Error> {
    let locks = match of {
        None => format!("pg_advisory_xact_lock({EVERYBODY})"),
        Some(of) => format!(
            "pg_advisory_xact_lock_shared({EVERYBODY}), pg_advisory_xact_lock({})",
            lock(of)
        ),
    };
    let begun = writer
        .begin_with(AssertSqlSafe(format!("BEGIN; SELECT {locks}")))
        .await?;
    Ok(Tx(Conn::Postgres(begun)))
}

/// Begins to read everything as it is at one moment.
///
/// # Errors
/// The database fails.
pub(crate) async fn begin_snapshot(readers: &PgPool) -> Result<Tx, sqlx::Error> {
    let begun = readers
        .begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        .await?;
    Ok(Tx(Conn::Postgres(begun)))
}

/// The advisory lock of a name.
fn lock(of: &str) -> i64 {
    let hash = Sha256::digest(of.as_bytes());
    hash.iter()
        .take(8)
        .fold(0, |number, byte| (number << 8) | i64::from(*byte))
}
