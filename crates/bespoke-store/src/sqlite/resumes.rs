//! Résumés with their files: sealed in, opened out.

use super::{Store, found, is_present, new_id, now};
use crate::crypto::{Cell, PersonKey};
use crate::db::{Row, query};
use crate::{ResumeRow, Status, StoreError};
use std::sync::Arc;

pub(super) const RESUME: &str = "SELECT id, workspace_id, file_name, format, status, version, document, content, failure, created_at, updated_at FROM resumes WHERE workspace_id = ? AND id = ?";

/// The place of a value of a résumé.
pub(super) fn cell<'a>(id: &'a str, column: &'static str) -> Cell<'a> {
    Cell {
        table: "resumes",
        column,
        row: id,
    }
}

pub(super) fn resume(row: &Row, key: &PersonKey) -> Result<ResumeRow, StoreError> {
    let id: String = row.try_get("id")?;
    let open = |column: &'static str| -> Result<Option<String>, StoreError> {
        let sealed: Option<&[u8]> = row.try_get(column)?;
        Ok(sealed.map(|s| key.open_text(cell(&id, column), s)).transpose()?)
    };
    Ok(ResumeRow {
        workspace_id: row.try_get("workspace_id")?,
        file_name: key.open_text(cell(&id, "file_name"), row.try_get("file_name")?)?,
        format: row.try_get("format")?,
        status: Status::of(row.try_get("status")?),
        version: row.try_get("version")?,
        document: open("document")?,
        content: open("content")?,
        failure: open("failure")?,
        created_at: row.try_get("created_at")?,
        updated_at: row.try_get("updated_at")?,
        id,
    })
}

impl Store {
    /// Keeps an uploaded file and the job to read it, in one transaction.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is no such workspace; [`StoreError::Busy`] where the queue is full; the
    /// database fails.
    pub async fn create_resume(
        &self,
        workspace: &str,
        file_name: &str,
        format: &str,
        original: &[u8],
    ) -> Result<ResumeRow, StoreError> {
        self.create_resume_once(workspace, None, file_name, format, original)
            .await
            .map(|(row, _)| row)
    }

    /// As [`Store::create_resume`], but with an idempotency key the same file makes one résumé only. True where this is
    /// the first time.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is no such workspace; [`StoreError::Busy`] where the queue is full;
    /// [`StoreError::KeyReused`] where the key came with another file; the database fails.
    pub async fn create_resume_once(
        &self,
        workspace: &str,
        key: Option<&str>,
        file_name: &str,
        format: &str,
        original: &[u8],
    ) -> Result<(ResumeRow, bool), StoreError> {
        let own = self.person_key(workspace).await?;
        let (id, at) = (new_id(), now());
        let sealed_name = own.seal(cell(&id, "file_name"), file_name.as_bytes())?;
        let sealed = own.seal(cell(&id, "original"), original)?;
        // Before the row: a row never refers to a file that is not there.
        let sealed = self.keep_original(&id, sealed).await?;
        let made = self
            .insert_resume(
                &own,
                workspace,
                key,
                (&id, &at),
                (sealed_name, format, original, sealed),
            )
            .await;
        if !matches!(made, Ok((_, true))) {
            self.drop_originals(std::slice::from_ref(&id)).await;
        }
        made
    }

    async fn insert_resume(
        &self,
        own: &PersonKey,
        workspace: &str,
        key: Option<&str>,
        (id, at): (&str, &str),
        (sealed_name, format, original, sealed): (Vec<u8>, &str, &[u8], Vec<u8>),
    ) -> Result<(ResumeRow, bool), StoreError> {
        let mut tx = self.begin_for(workspace).await?;
        if let Some(key) = key
            && let Some(id) = Store::earlier_upload(&mut tx, workspace, key, original).await?
        {
            tx.commit().await?;
            return Ok((self.resume(workspace, &id).await?, false));
        }
        self.check_queue(&mut tx, workspace).await?;
        // One statement, so that a workspace deleted meanwhile is no error of the database.
        let kept = query("INSERT INTO resumes (id, workspace_id, file_name, format, status, original, created_at, updated_at) SELECT ?, id, ?, ?, 'reading', ?, ?, ? FROM workspaces WHERE id = ?")
            .bind(id)
            .bind(sealed_name)
            .bind(format)
            .bind(sealed)
            .bind(at)
            .bind(at)
            .bind(workspace)
            .execute(&mut *tx)
            .await?;
        found(&kept)?;
        query("INSERT INTO jobs (resume_id, created_at) VALUES (?, ?)")
            .bind(id)
            .bind(at)
            .execute(&mut *tx)
            .await?;
        if let Some(key) = key {
            Store::remember_upload(&mut tx, workspace, key, original, id).await?;
        }
        let row = query(RESUME).bind(workspace).bind(id).fetch_one(&mut *tx).await?;
        let row = resume(&row, own)?;
        tx.commit().await?;
        Ok((row, true))
    }

    /// All résumés of a workspace, newest first, without their documents.
    ///
    /// # Errors
    /// The database fails.
    pub async fn resumes(&self, workspace: &str) -> Result<Vec<ResumeRow>, StoreError> {
        let key = self.person_key(workspace).await?;
        let rows = query("SELECT id, workspace_id, file_name, format, status, version, NULL AS document, content, failure, created_at, updated_at FROM resumes WHERE workspace_id = ? ORDER BY created_at DESC, id DESC")
            .bind(workspace)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(|row| resume(row, &key)).collect()
    }

    /// One résumé.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the workspace has none with this id; the database fails.
    pub async fn resume(&self, workspace: &str, id: &str) -> Result<ResumeRow, StoreError> {
        let key = self.person_key(workspace).await?;
        let row = query(RESUME)
            .bind(workspace)
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        resume(&row.ok_or(StoreError::NotFound)?, &key)
    }

    /// The key of a workspace that has this résumé.
    pub(super) async fn owner_key(&self, workspace: &str, id: &str) -> Result<Arc<PersonKey>, StoreError> {
        let key = self.person_key(workspace).await?;
        let row = query("SELECT 1 FROM resumes WHERE workspace_id = ? AND id = ?")
            .bind(workspace)
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        row.map(|_| key).ok_or(StoreError::NotFound)
    }

    /// The present version of a résumé, without the rest of it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; the database fails.
    pub async fn resume_version(&self, workspace: &str, id: &str) -> Result<i64, StoreError> {
        let row = query("SELECT version FROM resumes WHERE workspace_id = ? AND id = ?")
            .bind(workspace)
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        Ok(row.ok_or(StoreError::NotFound)?.try_get("version")?)
    }

    /// The file as it was uploaded.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; the database fails.
    pub async fn original(&self, workspace: &str, id: &str) -> Result<Vec<u8>, StoreError> {
        let key = self.person_key(workspace).await?;
        let row = query("SELECT original FROM resumes WHERE workspace_id = ? AND id = ?")
            .bind(workspace)
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        let row = row.ok_or(StoreError::NotFound)?;
        self.open_original(&key, id, row.try_get("original")?).await
    }

    /// Replaces the content, if `version` is still the present one.
    ///
    /// # Errors
    /// [`StoreError::Stale`], [`StoreError::NotFound`]; the database fails.
    pub async fn update_resume(
        &self,
        workspace: &str,
        id: &str,
        version: i64,
        content: &str,
    ) -> Result<ResumeRow, StoreError> {
        let key = self.person_key(workspace).await?;
        let sealed = key.seal(cell(id, "content"), content.as_bytes())?;
        let mut tx = self.begin_for(workspace).await?;
        let row = query("SELECT version FROM resumes WHERE workspace_id = ? AND id = ?")
            .bind(workspace)
            .bind(id)
            .fetch_optional(&mut *tx)
            .await?;
        let present: i64 = row.ok_or(StoreError::NotFound)?.try_get("version")?;
        is_present(version, present)?;
        let done = query("UPDATE resumes SET content = ?, version = version + 1, updated_at = ? WHERE id = ?")
            .bind(sealed)
            .bind(now())
            .bind(id)
            .execute(&mut *tx)
            .await?;
        found(&done)?;
        let row = query(RESUME).bind(workspace).bind(id).fetch_one(&mut *tx).await?;
        let row = resume(&row, &key)?;
        tx.commit().await?;
        Ok(row)
    }

    /// Deletes a résumé with its file, jobs and tailorings.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; the database fails.
    pub async fn delete_resume(&self, workspace: &str, id: &str) -> Result<(), StoreError> {
        let done = query("DELETE FROM resumes WHERE workspace_id = ? AND id = ?")
            .bind(workspace)
            .bind(id)
            .execute(&self.writer)
            .await?;
        found(&done)?;
        self.drop_originals(&[id.to_owned()]).await;
        Ok(())
    }
}
