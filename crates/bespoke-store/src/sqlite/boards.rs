//! Keys for job boards, and applications that wait to be confirmed.

use super::{Store, found, hash, new_id, now, now_ms};
use crate::crypto::{Cell, PersonKey, new_secret};
use crate::db::{Row, query};
use crate::{BoardKeyRow, StoreError};

fn cell<'a>(table: &'static str, id: &'a str) -> Cell<'a> {
    Cell {
        table,
        column: "content",
        row: id,
    }
}

fn board_key(row: &Row, key: &PersonKey) -> Result<BoardKeyRow, StoreError> {
    let id: String = row.try_get("id")?;
    Ok(BoardKeyRow {
        content: key.open_text(cell("board_keys", &id), row.try_get("content")?)?,
        created_at: row.try_get("created_at")?,
        id,
    })
}

impl Store {
    /// The keys for job boards of a workspace, newest first.
    ///
    /// # Errors
    /// A value does not open; the database fails.
    pub async fn board_keys(&self, workspace: &str) -> Result<Vec<BoardKeyRow>, StoreError> {
        let key = self.person_key(workspace).await?;
        let rows = query(
            "SELECT id, content, created_at FROM board_keys WHERE workspace_id = ? ORDER BY created_at DESC, id DESC",
        )
        .bind(workspace)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(|row| board_key(row, &key)).collect()
    }

    /// Keeps a key for a job board; in place of `replaces`, where that is one of the workspace.
    ///
    /// # Errors
    /// The database fails.
    pub async fn put_board_key(
        &self,
        workspace: &str,
        replaces: Option<&str>,
        content: &str,
    ) -> Result<BoardKeyRow, StoreError> {
        let key = self.person_key(workspace).await?;
        let row = BoardKeyRow {
            id: new_id(),
            content: content.to_owned(),
            created_at: now(),
        };
        let mut tx = self.begin_for(workspace).await?;
        query("DELETE FROM board_keys WHERE workspace_id = ? AND id = ?")
            .bind(workspace)
            .bind(replaces.unwrap_or_default())
            .execute(&mut *tx)
            .await?;
        query("INSERT INTO board_keys (id, workspace_id, content, created_at) VALUES (?, ?, ?, ?)")
            .bind(&row.id)
            .bind(workspace)
            .bind(key.seal(cell("board_keys", &row.id), content.as_bytes())?)
            .bind(&row.created_at)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(row)
    }

    /// Deletes a key for a job board.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; the database fails.
    pub async fn delete_board_key(&self, workspace: &str, id: &str) -> Result<(), StoreError> {
        let done = query("DELETE FROM board_keys WHERE workspace_id = ? AND id = ?")
            .bind(workspace)
            .bind(id)
            .execute(&self.writer)
            .await?;
        found(&done)
    }

    /// Keeps an application that waits to be confirmed for `lives_ms`, in place of the one before it for this résumé.
    /// Answers with the secret that confirms it, and with the time at which it ends, in milliseconds since 1970.
    ///
    /// # Errors
    /// The database fails.
    pub async fn put_parcel(
        &self,
        workspace: &str,
        resume_id: &str,
        digest: &str,
        content: &[u8],
        lives_ms: i64,
    ) -> Result<(String, i64), StoreError> {
        let key = self.person_key(workspace).await?;
        let (id, token, ends) = (new_id(), new_secret()?, now_ms().saturating_add(lives_ms));
        query("DELETE FROM parcels WHERE expires_ms <= ?")
            .bind(now_ms())
            .execute(&self.writer)
            .await?;
        let mut tx = self.begin_for(workspace).await?;
        query("DELETE FROM parcels WHERE workspace_id = ? AND resume_id = ?")
            .bind(workspace)
            .bind(resume_id)
            .execute(&mut *tx)
            .await?;
        query("INSERT INTO parcels (id, workspace_id, resume_id, token_hash, digest, content, expires_ms) VALUES (?, ?, ?, ?, ?, ?, ?)")
            .bind(&id)
            .bind(workspace)
            .bind(resume_id)
            .bind(hash(&token))
            .bind(digest)
            .bind(key.seal(cell("parcels", &id), content)?)
            .bind(ends)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok((token, ends))
    }

    /// Takes an application that the person confirms with its secret and its digest: whoever comes first has it, and
    /// nobody after. `None` where there is none such, or not any more.
    ///
    /// # Errors
    /// The value does not open; the database fails.
    pub async fn take_parcel(
        &self,
        workspace: &str,
        resume_id: &str,
        token: &str,
        digest: &str,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let key = self.person_key(workspace).await?;
        let row = query("DELETE FROM parcels WHERE token_hash = ? AND workspace_id = ? AND resume_id = ? AND digest = ? AND expires_ms > ? RETURNING id, content")
            .bind(hash(token))
            .bind(workspace)
            .bind(resume_id)
            .bind(digest)
            .bind(now_ms())
            .fetch_optional(&self.writer)
            .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        let id: String = row.try_get("id")?;
        Ok(Some(key.open(cell("parcels", &id), row.try_get("content")?)?))
    }
}
