//! Copies of everything in one SQLite file, whichever database the store has: for backups, and to move from one machine
//! to several and back.

use super::Store;
use crate::db::{self, Pool, Tx, query};
use crate::{Location, StoreError};
use sqlx::AssertSqlSafe;
use std::path::Path;

/// Drops the columns that a new file has for the plaintext of old ones.
async fn drop_plain(tx: &mut Tx) -> Result<(), StoreError> {
    for column in db::columns(&mut *tx).await? {
        let (table, name) = (&column.table, &column.name);
        if name.starts_with("plain_") {
            query(AssertSqlSafe(format!("ALTER TABLE \"{table}\" DROP COLUMN \"{name}\"")))
                .execute(&mut *tx)
                .await?;
        }
    }
    Ok(())
}

impl Store {
    /// Writes a copy of the database as it is at one moment into a new SQLite file, while others go on reading and
    /// writing; originals that are outside are put into it. What is sealed stays sealed; the master key is not in it.
    /// Gives the ids of résumés whose files are lost.
    ///
    /// # Errors
    /// The file exists or cannot be written; the database or the place of the files fails.
    pub async fn copy_to(&self, file: &Path) -> Result<Vec<String>, StoreError> {
        if let Pool::Sqlite(readers) = &self.readers {
            db::sqlite::copy_to(readers, file).await?;
            return match self.blobs {
                None => Ok(Vec::new()),
                Some(_) => self.fill_originals(&db::sqlite::open(file).await?.writer).await,
            };
        }
        if file.exists() {
            return Err(StoreError::Occupied);
        }
        let mut from = self.readers.begin_snapshot().await?;
        let copy = db::sqlite::open(file).await?;
        copy.readers.close().await;
        let mut to = copy.writer.begin(None).await?;
        drop_plain(&mut to).await?;
        db::copy::copy(&mut from, &mut to).await?;
        query("UPDATE vault SET wiped = 1").execute(&mut to).await?;
        to.commit().await?;
        self.fill_originals(&copy.writer).await
    }

    /// Puts the originals that are outside into a copy, and closes it.
    async fn fill_originals(&self, copy: &Pool) -> Result<Vec<String>, StoreError> {
        let rows = query("SELECT id FROM resumes WHERE length(original) = 0 ORDER BY id")
            .fetch_all(copy)
            .await?;
        let mut lost = Vec::new();
        for row in rows {
            let id: String = row.try_get("id")?;
            match self.sealed_original(&id, &[]).await {
                Ok(sealed) => {
                    query("UPDATE resumes SET original = ? WHERE id = ?")
                        .bind(sealed)
                        .bind(&id)
                        .execute(copy)
                        .await?;
                }
                Err(StoreError::Lost(id)) => lost.push(id),
                Err(error) => return Err(error),
            }
        }
        copy.close().await;
        Ok(lost)
    }

    /// Fills the PostgreSQL database of a location, which holds nobody yet, with a copy that [`Store::copy_to`] has made
    /// or with the database of a server that is stopped; how many rows. Originals are in the database afterwards.
    ///
    /// # Errors
    /// [`StoreError::Occupied`] where somebody is in it; either database fails. Nothing is changed then.
    pub async fn load(at: &Location, file: &Path) -> Result<u64, StoreError> {
        let url = at.database_url.as_deref().unwrap_or_default();
        let target = db::postgres::open(url).await?;
        let source = db::sqlite::open(file).await?;
        let mut to = target.writer.begin(None).await?;
        let row = query("SELECT COUNT(*) AS n FROM workspaces").fetch_one(&mut to).await?;
        if row.try_get::<i64, _>("n")? > 0 {
            return Err(StoreError::Occupied);
        }
        let mut from = source.writer.begin(None).await?;
        let copied = db::copy::copy(&mut from, &mut to).await?;
        to.commit().await?;
        drop(from);
        source.readers.close().await;
        source.writer.close().await;
        target.readers.close().await;
        target.writer.close().await;
        Ok(copied)
    }
}
