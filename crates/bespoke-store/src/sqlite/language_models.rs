//! The language model that a workspace has switched on; sealed in, opened out.

use super::{Store, now};
use crate::crypto::Cell;
use crate::db::query;
use crate::{LanguageModelRow, StoreError};

fn cell(workspace: &str) -> Cell<'_> {
    Cell {
        table: "language_models",
        column: "content",
        row: workspace,
    }
}

impl Store {
    /// The language model of a workspace; `None` where it is off.
    ///
    /// # Errors
    /// The value does not open; the database fails.
    pub async fn language_model(&self, workspace: &str) -> Result<Option<LanguageModelRow>, StoreError> {
        let row = query("SELECT content, updated_at FROM language_models WHERE workspace_id = ?")
            .bind(workspace)
            .fetch_optional(&self.readers)
            .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        let key = self.person_key(workspace).await?;
        Ok(Some(LanguageModelRow {
            content: key.open_text(cell(workspace), row.try_get("content")?)?,
            updated_at: row.try_get("updated_at")?,
        }))
    }

    /// Keeps the language model of a workspace, in place of the one before.
    ///
    /// # Errors
    /// The database fails.
    pub async fn put_language_model(&self, workspace: &str, content: &str) -> Result<LanguageModelRow, StoreError> {
        let key = self.person_key(workspace).await?;
        let row = LanguageModelRow {
            content: content.to_owned(),
            updated_at: now(),
        };
        let mut tx = self.begin_for(workspace).await?;
        query("INSERT INTO language_models (workspace_id, content, updated_at) VALUES (?, ?, ?) ON CONFLICT (workspace_id) DO UPDATE SET content = excluded.content, updated_at = excluded.updated_at")
            .bind(workspace)
            .bind(key.seal(cell(workspace), content.as_bytes())?)
            .bind(&row.updated_at)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(row)
    }

    /// Switches the language model of a workspace off and forgets it; nothing happens where there is none.
    ///
    /// # Errors
    /// The database fails.
    pub async fn delete_language_model(&self, workspace: &str) -> Result<(), StoreError> {
        query("DELETE FROM language_models WHERE workspace_id = ?")
            .bind(workspace)
            .execute(&self.writer)
            .await?;
        Ok(())
    }
}
