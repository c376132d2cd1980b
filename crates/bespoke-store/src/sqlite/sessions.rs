//! Sessions: browsers that are signed in. A refresh token works once; one that comes twice ends its session.

use super::{Store, found, hash, new_id, now, now_ms};
use crate::crypto::{Cell, new_secret};
use crate::db::{Tx, query};
use crate::{SessionRow, StoreError};

/// A session ends when it was not refreshed for this long, in milliseconds: 30 days.
const IDLE_MS: i64 = 30 * 24 * 3600 * 1000;
/// And in any case after this long: 180 days.
const LONGEST_MS: i64 = 180 * 24 * 3600 * 1000;

fn cell(id: &str) -> Cell<'_> {
    Cell {
        table: "sessions",
        column: "device",
        row: id,
    }
}

/// What became of a refresh token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refresh {
    /// It is used up; here is the next one.
    Renewed {
        /// The session.
        session: String,
        /// Its workspace.
        workspace: String,
        /// The next refresh token, shown once.
        token: String,
    },
    /// It was used before: somebody else has a copy. The session is ended.
    Reused,
    /// It belongs to no session that lives.
    Unknown,
}

async fn add_token(tx: &mut Tx, session: &str) -> Result<String, StoreError> {
    let token = new_secret()?;
    query("INSERT INTO refresh_tokens (hash, session_id) VALUES (?, ?)")
        .bind(hash(&token))
        .bind(session)
        .execute(&mut **tx)
        .await?;
    Ok(token)
}

impl Store {
    /// Starts a session of an account. `device` is what the person will know it by. Answers with its id and its first
    /// refresh token, shown once.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is no such account; the database fails.
    pub async fn start_session(&self, workspace: &str, device: &str) -> Result<(String, String), StoreError> {
        let key = self.person_key(workspace).await?;
        let (id, at, ms) = (new_id(), now(), now_ms());
        let mut tx = self.begin_for(workspace).await?;
        query("DELETE FROM sessions WHERE expires_ms <= ?")
            .bind(ms)
            .execute(&mut *tx)
            .await?;
        let made = query("INSERT INTO sessions (id, workspace_id, device, created_at, last_seen_at, expires_ms, latest_ms) SELECT ?, workspace_id, ?, ?, ?, ?, ? FROM accounts WHERE workspace_id = ?")
            .bind(&id)
            .bind(key.seal(cell(&id), device.as_bytes())?)
            .bind(&at)
            .bind(&at)
            .bind(ms + IDLE_MS)
            .bind(ms + LONGEST_MS)
            .bind(workspace)
            .execute(&mut *tx)
            .await?;
        found(&made)?;
        let token = add_token(&mut tx, &id).await?;
        tx.commit().await?;
        Ok((id, token))
    }

    /// Uses up a refresh token and makes the next one.
    ///
    /// # Errors
    /// The database fails.
    pub async fn refresh_session(&self, token: &str) -> Result<Refresh, StoreError> {
        let ms = now_ms();
        let mut tx = self.begin_for(token).await?;
        let row = query("SELECT s.id AS id, s.workspace_id AS workspace_id, t.used AS used FROM refresh_tokens t JOIN sessions s ON s.id = t.session_id WHERE t.hash = ? AND s.expires_ms > ?")
            .bind(hash(token))
            .bind(ms)
            .fetch_optional(&mut *tx)
            .await?;
        let Some(row) = row else {
            return Ok(Refresh::Unknown);
        };
        let (session, workspace): (String, String) = (row.try_get("id")?, row.try_get("workspace_id")?);
        if row.try_get("used")? {
            query("DELETE FROM sessions WHERE id = ?")
                .bind(&session)
                .execute(&mut *tx)
                .await?;
            tx.commit().await?;
            return Ok(Refresh::Reused);
        }
        query("UPDATE refresh_tokens SET used = 1 WHERE hash = ?")
            .bind(hash(token))
            .execute(&mut *tx)
            .await?;
        query("UPDATE sessions SET last_seen_at = ?, expires_ms = CASE WHEN latest_ms < ? THEN latest_ms ELSE ? END WHERE id = ?")
            .bind(now())
            .bind(ms + IDLE_MS)
            .bind(ms + IDLE_MS)
            .bind(&session)
            .execute(&mut *tx)
            .await?;
        let token = add_token(&mut tx, &session).await?;
        tx.commit().await?;
        Ok(Refresh::Renewed {
            session,
            workspace,
            token,
        })
    }

    /// True where a refresh token would be taken.
    ///
    /// # Errors
    /// The database fails.
    pub async fn can_refresh(&self, token: &str) -> Result<bool, StoreError> {
        let row = query("SELECT 1 FROM refresh_tokens t JOIN sessions s ON s.id = t.session_id WHERE t.hash = ? AND t.used = 0 AND s.expires_ms > ?")
            .bind(hash(token))
            .bind(now_ms())
            .fetch_optional(&self.readers)
            .await?;
        Ok(row.is_some())
    }

    /// The sessions of an account, the latest first.
    ///
    /// # Errors
    /// A value does not open; the database fails.
    pub async fn sessions(&self, workspace: &str) -> Result<Vec<SessionRow>, StoreError> {
        let key = self.person_key(workspace).await?;
        let rows = query("SELECT id, device, created_at, last_seen_at FROM sessions WHERE workspace_id = ? AND expires_ms > ? ORDER BY last_seen_at DESC, id DESC")
            .bind(workspace)
            .bind(now_ms())
            .fetch_all(&self.readers)
            .await?;
        rows.iter()
            .map(|row| {
                let id: String = row.try_get("id")?;
                Ok(SessionRow {
                    device: key.open_text(cell(&id), row.try_get("device")?)?,
                    created_at: row.try_get("created_at")?,
                    last_seen_at: row.try_get("last_seen_at")?,
                    id,
                })
            })
            .collect()
    }

    /// Ends a session.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the account has no such session; the database fails.
    pub async fn end_session(&self, workspace: &str, id: &str) -> Result<(), StoreError> {
        let done = query("DELETE FROM sessions WHERE id = ? AND workspace_id = ?")
            .bind(id)
            .bind(workspace)
            .execute(&self.writer)
            .await?;
        found(&done)
    }

    /// Ends every session but one; how many.
    ///
    /// # Errors
    /// The database fails.
    pub async fn end_other_sessions(&self, workspace: &str, kept: &str) -> Result<u64, StoreError> {
        let done = query("DELETE FROM sessions WHERE workspace_id = ? AND id <> ?")
            .bind(workspace)
            .bind(kept)
            .execute(&self.writer)
            .await?;
        Ok(done.rows_affected())
    }
}
