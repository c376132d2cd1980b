//! Applications and where they stand, and the roles that a person keeps or hides.

use super::{Store, found, is_present, new_id, now};
use crate::crypto::{Cell, PersonKey};
use crate::db::{Row, query};
use crate::{ApplicationRow, StoreError};

fn cell(id: &str) -> Cell<'_> {
    Cell {
        table: "applications",
        column: "content",
        row: id,
    }
}

fn application(row: &Row, key: &PersonKey) -> Result<ApplicationRow, StoreError> {
    let id: String = row.try_get("id")?;
    Ok(ApplicationRow {
        resume_id: row.try_get("resume_id")?,
        tailoring_id: row.try_get("tailoring_id")?,
        stage: row.try_get("stage")?,
        content: key.open_text(cell(&id), row.try_get("content")?)?,
        version: row.try_get("version")?,
        created_at: row.try_get("created_at")?,
        stage_at: row.try_get("stage_at")?,
        id,
    })
}

impl Store {
    /// All applications of a workspace; those that moved last come first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn applications(&self, workspace: &str) -> Result<Vec<ApplicationRow>, StoreError> {
        let rows = query(
            "SELECT id, resume_id, tailoring_id, stage, content, version, created_at, stage_at FROM applications WHERE workspace_id = ? ORDER BY stage_at DESC, id DESC",
        )
        .bind(workspace)
        .fetch_all(&self.readers)
        .await?;
        let key = self.person_key(workspace).await?;
        rows.iter().map(|row| application(row, &key)).collect()
    }

    /// Keeps an application; gives it its id, version and times. A résumé or tailoring that the workspace does not have
    /// is left out of it.
    ///
    /// # Errors
    /// The database fails, which it does on an unknown stage.
    pub async fn add_application(
        &self,
        workspace: &str,
        mut new: ApplicationRow,
    ) -> Result<ApplicationRow, StoreError> {
        let key = self.person_key(workspace).await?;
        new.id = new_id();
        new.version = 1;
        new.created_at = now();
        new.stage_at.clone_from(&new.created_at);
        let row = query(
            "INSERT INTO applications (id, workspace_id, resume_id, tailoring_id, stage, content, created_at, stage_at) VALUES (?, ?, (SELECT id FROM resumes WHERE id = ? AND workspace_id = ?), (SELECT t.id FROM tailorings t JOIN resumes r ON r.id = t.resume_id WHERE t.id = ? AND r.workspace_id = ?), ?, ?, ?, ?) RETURNING id, resume_id, tailoring_id, stage, content, version, created_at, stage_at",
        )
        .bind(&new.id)
        .bind(workspace)
        .bind(&new.resume_id)
        .bind(workspace)
        .bind(&new.tailoring_id)
        .bind(workspace)
        .bind(&new.stage)
        .bind(key.seal(cell(&new.id), new.content.as_bytes())?)
        .bind(&new.created_at)
        .bind(&new.stage_at)
        .fetch_one(&self.writer)
        .await?;
        application(&row, &key)
    }

    /// Changes stage and content, if `version` is still the present one. The time of the stage changes with the stage.
    ///
    /// # Errors
    /// [`StoreError::Stale`], [`StoreError::NotFound`]; the database fails.
    pub async fn update_application(
        &self,
        workspace: &str,
        id: &str,
        version: i64,
        stage: &str,
        content: &str,
    ) -> Result<ApplicationRow, StoreError> {
        let key = self.person_key(workspace).await?;
        let mut tx = self.begin_for(workspace).await?;
        let known = query(
            "SELECT id, resume_id, tailoring_id, stage, content, version, created_at, stage_at FROM applications WHERE workspace_id = ? AND id = ?",
        )
        .bind(workspace)
        .bind(id)
        .fetch_optional(&mut *tx)
        .await?;
        let mut kept = application(&known.ok_or(StoreError::NotFound)?, &key)?;
        is_present(version, kept.version)?;
        if kept.stage != stage {
            kept.stage_at = now();
        }
        kept.version += 1;
        stage.clone_into(&mut kept.stage);
        content.clone_into(&mut kept.content);
        let done = query("UPDATE applications SET stage = ?, content = ?, version = ?, stage_at = ? WHERE id = ?")
            .bind(stage)
            .bind(key.seal(cell(id), content.as_bytes())?)
            .bind(kept.version)
            .bind(&kept.stage_at)
            .bind(id)
            .execute(&mut *tx)
            .await?;
        found(&done)?;
        tx.commit().await?;
        Ok(kept)
    }

    /// Deletes an application.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; the database fails.
    pub async fn delete_application(&self, workspace: &str, id: &str) -> Result<(), StoreError> {
        let done = query("DELETE FROM applications WHERE workspace_id = ? AND id = ?")
            .bind(workspace)
            .bind(id)
            .execute(&self.writer)
            .await?;
        found(&done)
    }

    /// The marks of a workspace on roles: ids of roles with `saved` or `hidden`.
    ///
    /// # Errors
    /// The database fails.
    pub async fn role_marks(&self, workspace: &str) -> Result<Vec<(String, String)>, StoreError> {
        let rows = query("SELECT role, mark FROM role_marks WHERE workspace_id = ? ORDER BY role")
            .bind(workspace)
            .fetch_all(&self.readers)
            .await?;
        let pair = |row: &Row| Ok((row.try_get("role")?, row.try_get("mark")?));
        Ok(rows.iter().map(pair).collect::<Result<_, sqlx::Error>>()?)
    }

    /// Marks a role `saved` or `hidden`, or takes its mark away.
    ///
    /// # Errors
    /// The database fails, which it does on another mark.
    pub async fn mark_role(&self, workspace: &str, role: &str, mark: Option<&str>) -> Result<(), StoreError> {
        let change = match mark {
            Some(mark) => query(
                "INSERT INTO role_marks (workspace_id, role, mark) VALUES (?, ?, ?) ON CONFLICT (workspace_id, role) DO UPDATE SET mark = excluded.mark",
            )
            .bind(workspace)
            .bind(role)
            .bind(mark),
            None => query("DELETE FROM role_marks WHERE workspace_id = ? AND role = ?")
                .bind(workspace)
                .bind(role),
        };
        change.execute(&self.writer).await?;
        Ok(())
    }
}
