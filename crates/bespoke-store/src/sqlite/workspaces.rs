//! Workspaces: one person each, with a key of their own.

use super::{Store, hash, new_id, now, now_ms};
use crate::crypto::new_secret;
use crate::db::{Row, query};
use crate::{StoreError, Workspace};

fn workspace(row: &Row) -> Result<Workspace, StoreError> {
    Ok(Workspace {
        id: row.try_get("id")?,
        created_at: row.try_get("created_at")?,
    })
}

impl Store {
    /// Makes a guest workspace with its key, and the secret token that opens it (shown once, 256 random bits).
    ///
    /// # Errors
    /// The database fails.
    pub async fn create_workspace(&self) -> Result<(Workspace, String), StoreError> {
        let token = new_secret()?;
        let workspace = Workspace {
            id: new_id(),
            created_at: now(),
        };
        let mut tx = self.begin_for(&workspace.id).await?;
        query("INSERT INTO workspaces (id, token_hash, created_at) VALUES (?, ?, ?)")
            .bind(&workspace.id)
            .bind(hash(&token))
            .bind(&workspace.created_at)
            .execute(&mut *tx)
            .await?;
        let key = self.new_key(&mut tx, &workspace.id).await?;
        tx.commit().await?;
        self.keyring.hold(&workspace.id, key);
        Ok((workspace, token))
    }

    /// The workspace that a token opens.
    ///
    /// # Errors
    /// The database fails.
    pub async fn workspace(&self, token: &str) -> Result<Option<Workspace>, StoreError> {
        let found = query("SELECT id, created_at FROM workspaces WHERE token_hash = ?").bind(hash(token));
        found
            .fetch_optional(&self.readers)
            .await?
            .map(|row| workspace(&row))
            .transpose()
    }

    /// The workspace with an id.
    ///
    /// # Errors
    /// The database fails.
    pub async fn workspace_by_id(&self, id: &str) -> Result<Option<Workspace>, StoreError> {
        let found = query("SELECT id, created_at FROM workspaces WHERE id = ?").bind(id);
        found
            .fetch_optional(&self.readers)
            .await?
            .map(|row| workspace(&row))
            .transpose()
    }

    /// The workspace of a session that still lives.
    ///
    /// # Errors
    /// The database fails.
    pub async fn session_workspace(&self, id: &str, session: &str) -> Result<Option<Workspace>, StoreError> {
        let found = query("SELECT w.id AS id, w.created_at AS created_at FROM workspaces w JOIN sessions s ON s.workspace_id = w.id WHERE w.id = ? AND s.id = ? AND s.expires_ms > ?")
            .bind(id)
            .bind(session)
            .bind(now_ms());
        found
            .fetch_optional(&self.readers)
            .await?
            .map(|row| workspace(&row))
            .transpose()
    }
}
