//! Templates of people's own.

use super::{Store, found, is_present, new_id, now};
use crate::crypto::{Cell, PersonKey};
use crate::db::{Row, query};
use crate::{StoreError, TemplateRow};

fn cell(id: &str) -> Cell<'_> {
    Cell {
        table: "templates",
        column: "archive",
        row: id,
    }
}

fn template(row: &Row, key: &PersonKey) -> Result<TemplateRow, StoreError> {
    let id: String = row.try_get("id")?;
    Ok(TemplateRow {
        archive: key.open(cell(&id), row.try_get("archive")?)?,
        version: row.try_get("version")?,
        created_at: row.try_get("created_at")?,
        updated_at: row.try_get("updated_at")?,
        id,
    })
}

impl Store {
    /// The templates of a workspace, oldest first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn templates(&self, workspace: &str) -> Result<Vec<TemplateRow>, StoreError> {
        let rows = query("SELECT id, archive, version, created_at, updated_at FROM templates WHERE workspace_id = ? ORDER BY created_at, id")
            .bind(workspace)
            .fetch_all(&self.readers)
            .await?;
        let key = self.person_key(workspace).await?;
        rows.iter().map(|row| template(row, &key)).collect()
    }

    /// One template.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; the database fails.
    pub async fn template(&self, workspace: &str, id: &str) -> Result<TemplateRow, StoreError> {
        let row = query(
            "SELECT id, archive, version, created_at, updated_at FROM templates WHERE workspace_id = ? AND id = ?",
        )
        .bind(workspace)
        .bind(id)
        .fetch_optional(&self.readers)
        .await?;
        let key = self.person_key(workspace).await?;
        template(&row.ok_or(StoreError::NotFound)?, &key)
    }

    /// Keeps a template.
    ///
    /// # Errors
    /// The database fails.
    pub async fn add_template(&self, workspace: &str, archive: &[u8]) -> Result<TemplateRow, StoreError> {
        let (id, at) = (new_id(), now());
        let key = self.person_key(workspace).await?;
        query("INSERT INTO templates (id, workspace_id, archive, created_at, updated_at) VALUES (?, ?, ?, ?, ?)")
            .bind(&id)
            .bind(workspace)
            .bind(key.seal(cell(&id), archive)?)
            .bind(&at)
            .bind(&at)
            .execute(&self.writer)
            .await?;
        Ok(TemplateRow {
            id,
            archive: archive.to_vec(),
            version: 1,
            created_at: at.clone(),
            updated_at: at,
        })
    }

    /// Replaces a template, if `version` is still the present one.
    ///
    /// # Errors
    /// [`StoreError::Stale`], [`StoreError::NotFound`]; the database fails.
    pub async fn update_template(
        &self,
        workspace: &str,
        id: &str,
        version: i64,
        archive: &[u8],
    ) -> Result<TemplateRow, StoreError> {
        let key = self.person_key(workspace).await?;
        let mut tx = self.begin_for(workspace).await?;
        let row = query("SELECT version FROM templates WHERE workspace_id = ? AND id = ?")
            .bind(workspace)
            .bind(id)
            .fetch_optional(&mut *tx)
            .await?;
        let present: i64 = row.ok_or(StoreError::NotFound)?.try_get("version")?;
        is_present(version, present)?;
        let done = query("UPDATE templates SET archive = ?, version = version + 1, updated_at = ? WHERE id = ?")
            .bind(key.seal(cell(id), archive)?)
            .bind(now())
            .bind(id)
            .execute(&mut *tx)
            .await?;
        found(&done)?;
        tx.commit().await?;
        self.template(workspace, id).await
    }

    /// Deletes a template.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; the database fails.
    pub async fn delete_template(&self, workspace: &str, id: &str) -> Result<(), StoreError> {
        let done = query("DELETE FROM templates WHERE workspace_id = ? AND id = ?")
            .bind(workspace)
            .bind(id)
            .execute(&self.writer)
            .await?;
        found(&done)
    }
}
