//! Feedback of those who agreed, sealed; and what the server learned of it, version by version.

use super::{Store, found, now};
use crate::crypto::Cell;
use crate::db::{Row, query};
use crate::{LearnedRow, StoreError};

/// The wording of the consent that speaks of learning.
const WORDING: i64 = 2;

fn cell(workspace: &str) -> Cell<'_> {
    Cell {
        table: "feedback",
        column: "content",
        row: workspace,
    }
}

fn learned(row: &Row) -> Result<LearnedRow, sqlx::Error> {
    Ok(LearnedRow {
        version: row.try_get("version")?,
        weights: row.try_get("weights")?,
        report: row.try_get("report")?,
        seed: row.try_get("seed")?,
        created_at: row.try_get("created_at")?,
    })
}

impl Store {
    /// Whether the server may learn from what a workspace does.
    ///
    /// # Errors
    /// The database fails.
    pub async fn teaches(&self, workspace: &str) -> Result<bool, StoreError> {
        let row = query("SELECT 1 FROM count_consents WHERE workspace_id = ? AND wording >= ?")
            .bind(workspace)
            .bind(WORDING)
            .fetch_optional(&self.readers)
            .await?;
        Ok(row.is_some())
    }

    /// The feedback of a workspace, as the caller's JSON.
    ///
    /// # Errors
    /// The database fails; what is kept does not open.
    pub async fn feedback(&self, workspace: &str) -> Result<Option<String>, StoreError> {
        let row = query("SELECT content FROM feedback WHERE workspace_id = ?")
            .bind(workspace)
            .fetch_optional(&self.readers)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let key = self.person_key(workspace).await?;
        Ok(Some(key.open_text(cell(workspace), row.try_get("content")?)?))
    }

    /// Changes the feedback of a workspace that agreed; does nothing for any other. `change` makes the new one out of the
    /// one that is kept, and gives `None` where nothing is to change.
    ///
    /// # Errors
    /// The database fails; what is kept does not open.
    pub async fn change_feedback(
        &self,
        workspace: &str,
        day: &str,
        change: impl FnOnce(Option<String>) -> Option<String>,
    ) -> Result<(), StoreError> {
        if !self.teaches(workspace).await? {
            return Ok(());
        }
        let key = self.person_key(workspace).await?;
        let mut tx = self.begin_for(workspace).await?;
        let known = query("SELECT content FROM feedback WHERE workspace_id = ?")
            .bind(workspace)
            .fetch_optional(&mut *tx)
            .await?;
        let known = match known {
            Some(row) => Some(key.open_text(cell(workspace), row.try_get("content")?)?),
            None => None,
        };
        let Some(new) = change(known) else { return Ok(()) };
        // Consent may have been taken back meanwhile.
        query("INSERT INTO feedback (workspace_id, content, day) SELECT workspace_id, ?, ? FROM count_consents WHERE workspace_id = ? ON CONFLICT (workspace_id) DO UPDATE SET content = excluded.content, day = excluded.day")
            .bind(key.seal(cell(workspace), new.as_bytes())?)
            .bind(day)
            .bind(workspace)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// The workspaces that the server may learn from, in a stable order.
    ///
    /// # Errors
    /// The database fails.
    pub async fn teachers(&self) -> Result<Vec<String>, StoreError> {
        let rows = query("SELECT workspace_id FROM count_consents WHERE wording >= ? ORDER BY workspace_id")
            .bind(WORDING)
            .fetch_all(&self.readers)
            .await?;
        Ok(rows
            .iter()
            .map(|row| row.try_get("workspace_id"))
            .collect::<Result<_, _>>()?)
    }

    /// Forgets the feedback of workspaces that gave none since a day; says how many those were.
    ///
    /// # Errors
    /// The database fails.
    pub async fn forget_feedback(&self, before: &str) -> Result<u64, StoreError> {
        let done = query("DELETE FROM feedback WHERE day < ?")
            .bind(before)
            .execute(&self.writer)
            .await?;
        Ok(done.rows_affected())
    }

    /// Keeps a new version of what was learned, and ranks with it from now on; gives its number.
    ///
    /// # Errors
    /// The database fails.
    pub async fn keep_learned(&self, weights: &str, report: &str, seed: i64) -> Result<i64, StoreError> {
        let mut tx = self.begin().await?;
        let row = query("INSERT INTO learned (version, weights, report, seed, created_at) SELECT COALESCE(MAX(version), 0) + 1, ?, ?, ?, ? FROM learned RETURNING version")
            .bind(weights)
            .bind(report)
            .bind(seed)
            .bind(now())
            .fetch_one(&mut *tx)
            .await?;
        let version: i64 = row.try_get("version")?;
        query("UPDATE learned_in_use SET version = ?")
            .bind(version)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(version)
    }

    /// Ranks with a version from now on; 0 is the product as shipped.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is no such version; the database fails.
    pub async fn use_learned(&self, version: i64) -> Result<(), StoreError> {
        let done = query(
            "UPDATE learned_in_use SET version = ? WHERE ? = 0 OR EXISTS (SELECT 1 FROM learned WHERE version = ?)",
        )
        .bind(version)
        .bind(version)
        .bind(version)
        .execute(&self.writer)
        .await?;
        found(&done)
    }

    /// The number of the version that ranks; 0 is the product as shipped.
    ///
    /// # Errors
    /// The database fails.
    pub async fn learned_in_use(&self) -> Result<i64, StoreError> {
        let row = query("SELECT version FROM learned_in_use")
            .fetch_one(&self.readers)
            .await?;
        Ok(row.try_get("version")?)
    }

    /// All versions, oldest first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn learned_versions(&self) -> Result<Vec<LearnedRow>, StoreError> {
        let rows = query("SELECT version, weights, report, seed, created_at FROM learned ORDER BY version")
            .fetch_all(&self.readers)
            .await?;
        Ok(rows.iter().map(learned).collect::<Result<_, _>>()?)
    }

    /// One version.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; the database fails.
    pub async fn learned(&self, version: i64) -> Result<LearnedRow, StoreError> {
        let row = query("SELECT version, weights, report, seed, created_at FROM learned WHERE version = ?")
            .bind(version)
            .fetch_optional(&self.readers)
            .await?;
        Ok(learned(&row.ok_or(StoreError::NotFound)?)?)
    }
}
