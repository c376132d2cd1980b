//! Tailorings: a résumé as it was, a job, and what is accepted; sealed in, opened out.

use super::{Store, found, is_present, new_id, now};
use crate::crypto::{Cell, PersonKey};
use crate::db::{On, Row, query};
use crate::{StoreError, TailoringRow};

const TAILORING: &str = "SELECT t.id AS id, resume_id, base_version, base, job, result, accepted, t.version AS version, t.created_at AS created_at FROM tailorings t JOIN resumes r ON r.id = t.resume_id WHERE r.workspace_id = ? AND t.id = ?";

fn cell<'a>(id: &'a str, column: &'static str) -> Cell<'a> {
    Cell {
        table: "tailorings",
        column,
        row: id,
    }
}

fn tailoring(row: &Row, key: &PersonKey) -> Result<TailoringRow, StoreError> {
    let id: String = row.try_get("id")?;
    let open = |column: &'static str| -> Result<String, StoreError> {
        Ok(key.open_text(cell(&id, column), row.try_get(column)?)?)
    };
    Ok(TailoringRow {
        resume_id: row.try_get("resume_id")?,
        base_version: row.try_get("base_version")?,
        base: open("base")?,
        job: open("job")?,
        result: open("result")?,
        accepted: open("accepted")?,
        version: row.try_get("version")?,
        created_at: row.try_get("created_at")?,
        id,
    })
}

/// One tailoring, read on a connection or in a transaction.
async fn one<'c>(
    on: impl Into<On<'c>>,
    workspace: &str,
    id: &str,
    key: &PersonKey,
) -> Result<TailoringRow, StoreError> {
    let row = query(TAILORING).bind(workspace).bind(id).fetch_optional(on).await?;
    tailoring(&row.ok_or(StoreError::NotFound)?, key)
}

impl Store {
    /// Keeps a tailoring; gives it its id, version and time.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the workspace has no such résumé; the database fails.
    pub async fn create_tailoring(&self, workspace: &str, mut new: TailoringRow) -> Result<TailoringRow, StoreError> {
        let key = self.person_key(workspace).await?;
        let mut tx = self.begin_for(workspace).await?;
        query("SELECT 1 FROM resumes WHERE workspace_id = ? AND id = ?")
            .bind(workspace)
            .bind(&new.resume_id)
            .fetch_optional(&mut *tx)
            .await?
            .ok_or(StoreError::NotFound)?;
        new.id = new_id();
        new.version = 1;
        new.created_at = now();
        let seal = |column, text: &str| key.seal(cell(&new.id, column), text.as_bytes());
        query("INSERT INTO tailorings (id, resume_id, base_version, base, job, result, accepted, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
            .bind(&new.id)
            .bind(&new.resume_id)
            .bind(new.base_version)
            .bind(seal("base", &new.base)?)
            .bind(seal("job", &new.job)?)
            .bind(seal("result", &new.result)?)
            .bind(seal("accepted", &new.accepted)?)
            .bind(&new.created_at)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(new)
    }

    /// All tailorings of a résumé, newest first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn tailorings(&self, workspace: &str, resume_id: &str) -> Result<Vec<TailoringRow>, StoreError> {
        let key = self.owner_key(workspace, resume_id).await?;
        let rows = query("SELECT id, resume_id, base_version, base, job, result, accepted, version, created_at FROM tailorings WHERE resume_id = ? ORDER BY created_at DESC, id DESC")
            .bind(resume_id)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(|row| tailoring(row, &key)).collect()
    }

    /// One tailoring.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; the database fails.
    pub async fn tailoring(&self, workspace: &str, id: &str) -> Result<TailoringRow, StoreError> {
        let key = self.person_key(workspace).await?;
        one(&self.readers, workspace, id, &key).await
    }

    /// Sets which suggestions are accepted, if `version` is still the present one; without one, in any case.
    ///
    /// # Errors
    /// [`StoreError::Stale`], [`StoreError::NotFound`]; the database fails.
    pub async fn accept(
        &self,
        workspace: &str,
        id: &str,
        version: Option<i64>,
        accepted: &str,
    ) -> Result<TailoringRow, StoreError> {
        let key = self.person_key(workspace).await?;
        let sealed = key.seal(cell(id, "accepted"), accepted.as_bytes())?;
        let mut tx = self.begin_for(workspace).await?;
        let mut kept = one(&mut tx, workspace, id, &key).await?;
        is_present(version.unwrap_or(kept.version), kept.version)?;
        kept.version += 1;
        accepted.clone_into(&mut kept.accepted);
        let done = query("UPDATE tailorings SET accepted = ?, version = ? WHERE id = ?")
            .bind(sealed)
            .bind(kept.version)
            .bind(id)
            .execute(&mut *tx)
            .await?;
        found(&done)?;
        tx.commit().await?;
        Ok(kept)
    }

    /// Replaces what was suggested, if it is still `before`; what is accepted and the version stay.
    ///
    /// # Errors
    /// [`StoreError::Stale`] where it was replaced meanwhile, [`StoreError::NotFound`]; the database fails.
    pub async fn replace_suggestions(
        &self,
        workspace: &str,
        id: &str,
        before: &str,
        after: &str,
    ) -> Result<TailoringRow, StoreError> {
        let key = self.person_key(workspace).await?;
        let mut tx = self.begin_for(workspace).await?;
        let mut kept = one(&mut tx, workspace, id, &key).await?;
        if kept.result != before {
            let present = kept.version;
            return Err(StoreError::Stale {
                given: present,
                present,
            });
        }
        after.clone_into(&mut kept.result);
        let done = query("UPDATE tailorings SET result = ? WHERE id = ?")
            .bind(key.seal(cell(id, "result"), after.as_bytes())?)
            .bind(id)
            .execute(&mut *tx)
            .await?;
        found(&done)?;
        tx.commit().await?;
        Ok(kept)
    }

    /// Deletes a tailoring.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; the database fails.
    pub async fn delete_tailoring(&self, workspace: &str, id: &str) -> Result<(), StoreError> {
        let done = query(
            "DELETE FROM tailorings WHERE id = ? AND resume_id IN (SELECT id FROM resumes WHERE workspace_id = ?)",
        )
        .bind(id)
        .bind(workspace)
        .execute(&self.writer)
        .await?;
        found(&done)
    }
}
