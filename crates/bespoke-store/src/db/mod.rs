//! One way to ask either database: the rest of the crate writes each statement once, with `?` for every value, and reads
//! the rows by name. What the two say differently is in `sqlite` and `postgres` beside this file.

pub(crate) mod copy;
mod fault;
pub(crate) mod postgres;
mod query;
mod row;
mod schema;
pub(crate) mod sqlite;
mod writer;

pub(crate) use fault::{Trouble, trouble};
pub(crate) use query::{Done, query};
pub(crate) use row::{Kind, Row};
pub(crate) use schema::{Column, columns};

use sqlx::sqlite::SqlitePool;
use sqlx::{Postgres, Transaction};
use std::ops::{Deref, DerefMut};
use writer::{Turn, Writer};

/// Connections to a database.
#[derive(Debug, Clone)]
pub(crate) enum Pool {
    Sqlite(SqlitePool),
    /// The one that writes.
    SqliteWriter(Writer),
    Postgres(sqlx::PgPool),
}

impl Pool {
    /// What takes a row in a subselect that no other server is just taking; one writer needs no such word.
    pub(crate) fn skip_locked(&self) -> &'static str {
        match self {
            Pool::Sqlite(_) | Pool::SqliteWriter(_) => "",
            Pool::Postgres(_) => " FOR UPDATE SKIP LOCKED",
        }
    }

    /// Begins to write: what belongs to one workspace only, or alone.
    pub(crate) async fn begin(&self, workspace: Option<&str>) -> Result<Tx, sqlx::Error> {
        match self {
            Pool::Sqlite(_) => Err(sqlx::Error::Configuration("only the writer writes".into())),
            Pool::SqliteWriter(writer) => Ok(Tx(Conn::Sqlite(writer.begin().await?))),
            Pool::Postgres(pool) => postgres::begin(pool, workspace).await,
        }
    }

    /// Begins to read everything as it is at one moment; a file is copied as a whole instead.
    pub(crate) async fn begin_snapshot(&self) -> Result<Tx, sqlx::Error> {
        match self {
            Pool::Postgres(pool) => postgres::begin_snapshot(pool).await,
            Pool::Sqlite(_) | Pool::SqliteWriter(_) => {
                Err(sqlx::Error::Configuration("a file has no snapshots".into()))
            }
        }
    }

    pub(crate) async fn close(&self) {
        match self {
            Pool::Sqlite(pool) => pool.close().await,
            Pool::SqliteWriter(writer) => writer.close().await,
            Pool::Postgres(pool) => pool.close().await,
        }
    }
}

/// Connections to read and to write: one writer on SQLite, so that writers queue there instead of failing as busy; apart
/// on PostgreSQL too, so that a writer that must read cannot wait for itself.
pub(crate) struct Opened {
    pub(crate) readers: Pool,
    pub(crate) writer: Pool,
    /// What the database may take on disk; that of PostgreSQL is bounded there.
    pub(crate) most_bytes: sqlite::MostBytes,
}

/// A connection on which a transaction is open.
pub(crate) enum Conn {
    Sqlite(Turn),
    Postgres(Transaction<'static, Postgres>),
}

/// A transaction; rolled back where it is dropped.
pub(crate) struct Tx(Conn);

impl Tx {
    /// Makes what was written count: on disk when it returns.
    pub(crate) async fn commit(self) -> Result<(), sqlx::Error> {
        match self.0 {
            Conn::Sqlite(turn) => turn.commit().await,
            Conn::Postgres(tx) => tx.commit().await,
        }
    }
}

impl Deref for Tx {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        &self.0
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.0
    }
}

/// Where a statement runs.
pub(crate) enum On<'c> {
    Pool(&'c Pool),
    Conn(&'c mut Conn),
}

impl<'c> From<&'c Pool> for On<'c> {
    fn from(pool: &'c Pool) -> Self {
        On::Pool(pool)
    }
}

impl<'c> From<&'c mut Conn> for On<'c> {
    fn from(conn: &'c mut Conn) -> Self {
        On::Conn(conn)
    }
}

impl<'c> From<&'c mut Tx> for On<'c> {
    fn from(tx: &'c mut Tx) -> Self {
        On::Conn(&mut tx.0)
    }
}
