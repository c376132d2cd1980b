//! Files that were handed out, with their certificates.

use super::{Store, found, new_id, now};
use crate::crypto::{Cell, PersonKey};
use crate::db::{Row, query};
use crate::{ExportRow, StoreError};

fn cell<'a>(id: &'a str, column: &'static str) -> Cell<'a> {
    Cell {
        table: "exports",
        column,
        row: id,
    }
}

fn export(row: &Row, key: &PersonKey) -> Result<ExportRow, StoreError> {
    let id: String = row.try_get("id")?;
    let open = |column: &'static str| -> Result<String, StoreError> {
        Ok(key.open_text(cell(&id, column), row.try_get(column)?)?)
    };
    Ok(ExportRow {
        resume_id: row.try_get("resume_id")?,
        tailoring_id: row.try_get("tailoring_id")?,
        format: row.try_get("format")?,
        template: row.try_get("template")?,
        sha256: open("sha256")?,
        certificate: open("certificate")?,
        created_at: row.try_get("created_at")?,
        id,
    })
}

impl Store {
    /// Keeps an export; gives it its id and time.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the workspace has no such résumé any more; the database fails.
    pub async fn add_export(&self, workspace: &str, mut new: ExportRow) -> Result<ExportRow, StoreError> {
        let key = self.person_key(workspace).await?;
        new.id = new_id();
        new.created_at = now();
        let seal = |column, text: &str| key.seal(cell(&new.id, column), text.as_bytes());
        // One statement, so that a résumé deleted meanwhile is no error of the database.
        let done = query("INSERT INTO exports (id, resume_id, tailoring_id, format, template, sha256, certificate, created_at) SELECT ?, id, (SELECT t.id FROM tailorings t WHERE t.id = ? AND t.resume_id = resumes.id), ?, ?, ?, ?, ? FROM resumes WHERE id = ? AND workspace_id = ?")
            .bind(&new.id)
            .bind(&new.tailoring_id)
            .bind(&new.format)
            .bind(&new.template)
            .bind(seal("sha256", &new.sha256)?)
            .bind(seal("certificate", &new.certificate)?)
            .bind(&new.created_at)
            .bind(&new.resume_id)
            .bind(workspace)
            .execute(&self.writer)
            .await?;
        found(&done)?;
        Ok(new)
    }

    /// The newest 100 exports of a résumé and its tailorings, newest first.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the workspace has no such résumé; the database fails.
    pub async fn exports(&self, workspace: &str, resume_id: &str) -> Result<Vec<ExportRow>, StoreError> {
        let key = self.owner_key(workspace, resume_id).await?;
        let rows = query("SELECT id, resume_id, tailoring_id, format, template, sha256, certificate, created_at FROM exports WHERE resume_id = ? ORDER BY created_at DESC, id DESC LIMIT 100")
            .bind(resume_id)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(|row| export(row, &key)).collect()
    }
}
