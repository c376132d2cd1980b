//! A place for a store of either database, so that one test speaks of both.
#![allow(dead_code, reason = "each test file uses another part")]

pub mod postgres;

use bespoke_store::crypto::KeySource;
use bespoke_store::{Location, Store, StoreError};
use std::path::{Path, PathBuf};

/// Where a store is, with its key beside it.
pub struct Place {
    dir: tempfile::TempDir,
    /// The data folder.
    pub data: PathBuf,
    /// The file of the master key.
    pub key: PathBuf,
    /// The address of the database, where it is PostgreSQL.
    pub url: Option<String>,
}

impl Place {
    /// A new place.
    pub fn new(url: Option<String>) -> Place {
        let dir = tempfile::tempdir().expect("a folder");
        let data = dir.path().join("data");
        std::fs::create_dir(&data).expect("a folder");
        Place {
            key: dir.path().join("data.key"),
            data,
            dir,
            url,
        }
    }

    /// A new place with a database in PostgreSQL.
    pub async fn in_postgres() -> Place {
        let url = tokio::task::spawn_blocking(postgres::new_database).await;
        Place::new(Some(url.expect("a database")))
    }

    /// The folder around all.
    pub fn around(&self) -> &Path {
        self.dir.path()
    }

    /// The folder in which everything is that is kept, but for the key.
    pub fn kept(&self) -> PathBuf {
        match &self.url {
            None => self.data.clone(),
            Some(_) => postgres::folder().to_owned(),
        }
    }

    /// Where everything is.
    pub fn location(&self) -> Location {
        Location {
            folder: self.data.clone(),
            key: KeySource::beside(&self.data),
            database_url: self.url.clone(),
            blobs: None,
        }
    }

    /// Opens the store, or says why not.
    pub async fn try_open(&self) -> Result<Store, StoreError> {
        Store::open_at(&self.location()).await
    }

    /// Opens the store.
    pub async fn open(&self) -> Store {
        self.try_open().await.expect("the store opens")
    }

    /// Opens the store; gives a workspace in it and a résumé there too.
    pub async fn open_with_resume(&self) -> (Store, String, String) {
        let store = self.open().await;
        let (workspace, _) = store.create_workspace().await.expect("a workspace");
        let row = store
            .create_resume(&workspace.id, "cv.pdf", "pdf", b"%PDF")
            .await
            .expect("kept");
        (store, workspace.id, row.id)
    }

    /// The database as anybody with access to it sees it.
    pub async fn raw(&self) -> Raw {
        match &self.url {
            Some(url) => Raw::Postgres(sqlx::PgPool::connect(url).await.expect("a connection")),
            None => {
                let options = sqlx::sqlite::SqliteConnectOptions::new()
                    .filename(self.data.join("bespoke.db"))
                    .foreign_keys(true)
                    .create_if_missing(true);
                Raw::Sqlite(sqlx::SqlitePool::connect_with(options).await.expect("a connection"))
            }
        }
    }
}

/// The next of a row of numbers that look like chance, from a seed: a linear congruential generator.
pub fn next_random(seed: &mut u64) -> u64 {
    *seed = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    *seed
}

/// The migrations up to one of them.
pub fn up_to(mut all: sqlx::migrate::Migrator, last: i64) -> sqlx::migrate::Migrator {
    let kept: Vec<_> = all.migrations.iter().filter(|m| m.version <= last).cloned().collect();
    all.migrations = kept.into();
    all
}

/// Files below a folder in which one of these words stands.
pub fn files_with(folder: &Path, words: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files_with(&path, words));
            continue;
        }
        // PostgreSQL removes files as it goes.
        let bytes = std::fs::read(&path).unwrap_or_default();
        let has = |word: &str| bytes.windows(word.len()).any(|w| w == word.as_bytes());
        if words.iter().any(|word| has(word)) {
            found.push(path);
        }
    }
    found
}

/// A connection past the store.
pub enum Raw {
    Sqlite(sqlx::SqlitePool),
    Postgres(sqlx::PgPool),
}

impl Raw {
    /// Runs a statement; how many rows it changed.
    pub async fn run(&self, sql: &str) -> u64 {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        match self {
            Raw::Sqlite(pool) => sqlx::query(sql).execute(pool).await.map(|done| done.rows_affected()),
            Raw::Postgres(pool) => sqlx::query(sql).execute(pool).await.map(|done| done.rows_affected()),
        }
        .expect("a change")
    }

    /// Runs a statement in a transaction that is still open.
    pub async fn begin(&self, sql: &str) -> Open {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        match self {
            Raw::Sqlite(pool) => {
                let mut tx = pool.begin_with("BEGIN IMMEDIATE").await.expect("a transaction");
                sqlx::query(sql).execute(&mut *tx).await.expect("a change");
                Open::Sqlite(tx)
            }
            Raw::Postgres(pool) => {
                let mut tx = pool.begin().await.expect("a transaction");
                sqlx::query(sql).execute(&mut *tx).await.expect("a change");
                Open::Postgres(tx)
            }
        }
    }

    /// Writes bytes into a column: `sql` has one `$1`.
    pub async fn put(&self, sql: &str, bytes: Vec<u8>) {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        match self {
            Raw::Sqlite(pool) => sqlx::query(sql).bind(bytes).execute(pool).await.map(|_| ()),
            Raw::Postgres(pool) => sqlx::query(sql).bind(bytes).execute(pool).await.map(|_| ()),
        }
        .expect("a change");
    }

    /// The bytes that a statement finds.
    pub async fn bytes(&self, sql: &str) -> Vec<u8> {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        match self {
            Raw::Sqlite(pool) => sqlx::query_scalar(sql).fetch_one(pool).await,
            Raw::Postgres(pool) => sqlx::query_scalar(sql).fetch_one(pool).await,
        }
        .expect("bytes")
    }

    /// The number that a statement finds.
    pub async fn number(&self, sql: &str) -> i64 {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        match self {
            Raw::Sqlite(pool) => sqlx::query_scalar(sql).fetch_one(pool).await,
            Raw::Postgres(pool) => sqlx::query_scalar(sql).fetch_one(pool).await,
        }
        .expect("a number")
    }

    /// Every table with its columns, both in the order of their names; none of the list of migrations.
    pub async fn columns(&self) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = match self {
            Raw::Sqlite(pool) => sqlx::query_as("SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'").fetch_all(pool).await,
            Raw::Postgres(pool) => sqlx::query_as("SELECT table_name::TEXT, column_name::TEXT FROM information_schema.columns WHERE table_schema = 'public'").fetch_all(pool).await,
        }
        .expect("the columns");
        found.retain(|(table, _)| !table.starts_with("_sqlx") && !table.starts_with("sqlite_"));
        found.sort();
        found
    }

    /// Rows of every table.
    pub async fn counts(&self) -> Vec<(String, i64)> {
        let mut tables: Vec<String> = self.columns().await.into_iter().map(|(table, _)| table).collect();
        tables.dedup();
        let mut out = Vec::new();
        for table in tables {
            let n = self.number(&format!("SELECT COUNT(*) FROM \"{table}\"")).await;
            out.push((table, n));
        }
        out
    }

    /// Closes the connection.
    pub async fn close(&self) {
        match self {
            Raw::Sqlite(pool) => pool.close().await,
            Raw::Postgres(pool) => pool.close().await,
        }
    }
}

/// A transaction past the store.
pub enum Open {
    Sqlite(sqlx::Transaction<'static, sqlx::Sqlite>),
    Postgres(sqlx::Transaction<'static, sqlx::Postgres>),
}

impl Open {
    /// Ends it.
    pub async fn commit(self) {
        match self {
            Open::Sqlite(tx) => tx.commit().await,
            Open::Postgres(tx) => tx.commit().await,
        }
        .expect("committed");
    }
}

/// Makes two tests of each function: on SQLite and on PostgreSQL.
#[macro_export]
macro_rules! on_both {
    ($($name:ident),* $(,)?) => {$(
        mod $name {
            #[tokio::test(flavor = "multi_thread")]
            async fn sqlite() {
                super::$name(&super::both::Place::new(None)).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn postgres() {
                super::$name(&super::both::Place::in_postgres().await).await;
            }
        }
    )*};
}
