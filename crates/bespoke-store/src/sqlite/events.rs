//! What is told to the pages of a workspace, kept some minutes, for the pages that are open on other servers.

use super::{Store, new_id, now_ms};
use crate::StoreError;
use crate::crypto::Cell;
use crate::db::{Pool, query};
use std::time::Duration;

/// The channel of the hints.
const CHANNEL: &str = "bespoke_events";

fn cell(id: &str) -> Cell<'_> {
    Cell {
        table: "events",
        column: "content",
        row: id,
    }
}

/// Hints that something was told to a workspace: may be late or lost, so that one must ask all the same.
#[derive(Debug)]
pub struct Hints(sqlx::postgres::PgListener);

impl Hints {
    /// Waits for the next hint: the workspace.
    ///
    /// # Errors
    /// The connection is lost; the next call makes a new one.
    pub async fn next(&mut self) -> Result<String, StoreError> {
        Ok(self.0.recv().await?.payload().to_owned())
    }
}

impl Store {
    /// Keeps something to tell (the caller's JSON) and hints at it; gives its number, which grows within a workspace.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the workspace is gone; the database fails.
    pub async fn tell(&self, workspace: &str, content: &str) -> Result<i64, StoreError> {
        let key = self.person_key(workspace).await?;
        let id = new_id();
        // One after another in a workspace, so that nobody who has read up to a number misses a lower one.
        let mut tx = self.begin_for(workspace).await?;
        let row = query("INSERT INTO events (id, workspace_id, content, told_ms) VALUES (?, ?, ?, ?) RETURNING seq")
            .bind(&id)
            .bind(workspace)
            .bind(key.seal(cell(&id), content.as_bytes())?)
            .bind(now_ms())
            .fetch_one(&mut *tx)
            .await?;
        if let Pool::Postgres(_) = &self.writer {
            query("SELECT pg_notify(?, ?)")
                .bind(CHANNEL)
                .bind(workspace)
                .fetch_one(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(row.try_get("seq")?)
    }

    /// What was told to a workspace after a number, oldest first, at most 500.
    ///
    /// # Errors
    /// A value does not open; the database fails.
    pub async fn told(&self, workspace: &str, after: i64) -> Result<Vec<(i64, String)>, StoreError> {
        let rows =
            query("SELECT seq, id, content FROM events WHERE workspace_id = ? AND seq > ? ORDER BY seq LIMIT 500")
                .bind(workspace)
                .bind(after)
                .fetch_all(&self.readers)
                .await?;
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let key = self.person_key(workspace).await?;
        rows.iter()
            .map(|row| {
                let content = key.open_text(cell(row.try_get("id")?), row.try_get("content")?)?;
                Ok((row.try_get("seq")?, content))
            })
            .collect()
    }

    /// Forgets what was told longer ago than this.
    ///
    /// # Errors
    /// The database fails.
    pub async fn forget_told(&self, age: Duration) -> Result<u64, StoreError> {
        let age = i64::try_from(age.as_millis()).unwrap_or(i64::MAX);
        let done = query("DELETE FROM events WHERE told_ms < ?")
            .bind(now_ms().saturating_sub(age))
            .execute(&self.writer)
            .await?;
        Ok(done.rows_affected())
    }

    /// The hints of all servers; `None` where there is one server only.
    ///
    /// # Errors
    /// The database fails.
    pub async fn hints(&self) -> Result<Option<Hints>, StoreError> {
        let Pool::Postgres(readers) = &self.readers else {
            return Ok(None);
        };
        let mut listener = sqlx::postgres::PgListener::connect_with(readers).await?;
        listener.listen(CHANNEL).await?;
        Ok(Some(Hints(listener)))
    }
}
