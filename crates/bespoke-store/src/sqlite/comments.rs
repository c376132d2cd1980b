//! What reviewers and the person themselves say about a résumé.

use super::{Store, found, new_id, now};
use crate::crypto::{Cell, PersonKey};
use crate::db::{Row, query};
use crate::{CommentRow, NewComment, StoreError};
use sqlx::AssertSqlSafe;

/// Most comments of a résumé.
pub const COMMENTS: i64 = 500;

const COMMENT: &str = "SELECT id, resume_id, share_id, by_owner, author_id, author, body, resolved, created_at FROM comments WHERE workspace_id = ?";

pub(super) fn cell<'a>(id: &'a str, column: &'static str) -> Cell<'a> {
    Cell {
        table: "comments",
        column,
        row: id,
    }
}

fn comment(row: &Row, key: &PersonKey) -> Result<CommentRow, StoreError> {
    let id: String = row.try_get("id")?;
    Ok(CommentRow {
        resume_id: row.try_get("resume_id")?,
        share_id: row.try_get("share_id")?,
        by_owner: row.try_get("by_owner")?,
        author_id: row.try_get("author_id")?,
        author: key.open_text(cell(&id, "author"), row.try_get("author")?)?,
        body: key.open_text(cell(&id, "body"), row.try_get("body")?)?,
        resolved: row.try_get("resolved")?,
        created_at: row.try_get("created_at")?,
        id,
    })
}

impl Store {
    /// Keeps a comment on a résumé. None where it has [`COMMENTS`] already.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the workspace has no such résumé, or it no such link; the database fails.
    pub async fn create_comment(&self, workspace: &str, new: NewComment<'_>) -> Result<Option<CommentRow>, StoreError> {
        let key = self.person_key(workspace).await?;
        let (id, at) = (new_id(), now());
        let mut tx = self.begin_for(workspace).await?;
        let row = query("SELECT (SELECT COUNT(*) FROM comments WHERE resume_id = r.id) AS n, (SELECT id FROM shares WHERE id = ? AND resume_id = r.id) AS share_id FROM resumes r WHERE r.workspace_id = ? AND r.id = ?")
            .bind(new.share_id)
            .bind(workspace)
            .bind(new.resume_id)
            .fetch_optional(&mut *tx)
            .await?
            .ok_or(StoreError::NotFound)?;
        let share_id: Option<String> = row.try_get("share_id")?;
        if share_id.as_deref() != new.share_id {
            return Err(StoreError::NotFound);
        }
        if row.try_get::<i64, _>("n")? >= COMMENTS {
            return Ok(None);
        }
        query("INSERT INTO comments (id, workspace_id, resume_id, share_id, by_owner, author_id, author, body, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .bind(&id)
            .bind(workspace)
            .bind(new.resume_id)
            .bind(new.share_id)
            .bind(new.by_owner)
            .bind(new.author_id)
            .bind(key.seal(cell(&id, "author"), new.author.as_bytes())?)
            .bind(key.seal(cell(&id, "body"), new.body.as_bytes())?)
            .bind(&at)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(Some(CommentRow {
            id,
            resume_id: new.resume_id.to_owned(),
            share_id,
            by_owner: new.by_owner,
            author_id: new.author_id.map(str::to_owned),
            author: new.author.to_owned(),
            body: new.body.to_owned(),
            resolved: false,
            created_at: at,
        }))
    }

    /// The comments of a résumé, oldest first; those of one link where it is named.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the workspace has no such résumé; a value does not open; the database fails.
    pub async fn comments(
        &self,
        workspace: &str,
        resume_id: &str,
        share_id: Option<&str>,
    ) -> Result<Vec<CommentRow>, StoreError> {
        self.resume_version(workspace, resume_id).await?;
        let key = self.person_key(workspace).await?;
        let sql = format!("{COMMENT} AND resume_id = ? AND (? IS NULL OR share_id = ?) ORDER BY created_at, id");
        let rows = query(AssertSqlSafe(sql))
            .bind(workspace)
            .bind(resume_id)
            .bind(share_id)
            .bind(share_id)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(|row| comment(row, &key)).collect()
    }

    /// Marks a comment as settled, or as open again.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; a value does not open; the database fails.
    pub async fn settle_comment(&self, workspace: &str, id: &str, resolved: bool) -> Result<CommentRow, StoreError> {
        query("UPDATE comments SET resolved = ? WHERE workspace_id = ? AND id = ?")
            .bind(resolved)
            .bind(workspace)
            .bind(id)
            .execute(&self.writer)
            .await?;
        let key = self.person_key(workspace).await?;
        let row = query(AssertSqlSafe(format!("{COMMENT} AND id = ?")))
            .bind(workspace)
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        comment(&row.ok_or(StoreError::NotFound)?, &key)
    }

    /// Deletes a comment.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; the database fails.
    pub async fn delete_comment(&self, workspace: &str, id: &str) -> Result<(), StoreError> {
        let done = query("DELETE FROM comments WHERE workspace_id = ? AND id = ?")
            .bind(workspace)
            .bind(id)
            .execute(&self.writer)
            .await?;
        found(&done)
    }
}
