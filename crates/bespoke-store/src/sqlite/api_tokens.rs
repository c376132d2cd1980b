//! API tokens: what a script carries in the person's name.

use super::{Store, found, hash, new_id, now, now_ms};
use crate::crypto::{Cell, new_secret};
use crate::db::query;
use crate::{ApiTokenRow, OpenedToken, StoreError, TokenScope};

/// What every API token begins with, so that scanners of leaked secrets know it.
pub const API_TOKEN_PREFIX: &str = "bsp_";

fn cell(id: &str) -> Cell<'_> {
    Cell {
        table: "api_tokens",
        column: "name",
        row: id,
    }
}

impl Store {
    /// Makes an API token for an account, bound to a team where one is named; `lives_ms` without end where it is `None`.
    /// Answers with the row and the token, shown once.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is no such account, or it is not in the team; the database fails.
    pub async fn create_api_token(
        &self,
        workspace: &str,
        name: &str,
        scope: TokenScope,
        team: Option<&str>,
        lives_ms: Option<i64>,
    ) -> Result<(ApiTokenRow, String), StoreError> {
        let key = self.person_key(workspace).await?;
        let token = format!("{API_TOKEN_PREFIX}{}", new_secret()?);
        let row = ApiTokenRow {
            id: new_id(),
            name: name.to_owned(),
            scope,
            team_id: team.map(str::to_owned),
            created_at: now(),
            last_used_at: None,
            expires_ms: lives_ms.map(|lives| now_ms().saturating_add(lives)),
        };
        let made = query("INSERT INTO api_tokens (id, workspace_id, name, hash, scopes, created_at, expires_ms, team_id) SELECT ?, workspace_id, ?, ?, ?, ?, ?, ? FROM accounts a WHERE workspace_id = ? AND (? IS NULL OR EXISTS (SELECT 1 FROM members m WHERE m.workspace_id = ? AND m.member_id = a.workspace_id))")
            .bind(&row.id)
            .bind(key.seal(cell(&row.id), name.as_bytes())?)
            .bind(hash(&token))
            .bind(scope.name())
            .bind(&row.created_at)
            .bind(row.expires_ms)
            .bind(team)
            .bind(workspace)
            .bind(team)
            .bind(team)
            .execute(&self.writer)
            .await?;
        found(&made)?;
        Ok((row, token))
    }

    /// The API tokens of an account, newest first.
    ///
    /// # Errors
    /// A value does not open; the database fails.
    pub async fn api_tokens(&self, workspace: &str) -> Result<Vec<ApiTokenRow>, StoreError> {
        let key = self.person_key(workspace).await?;
        let rows = query("SELECT id, name, scopes, created_at, last_used_at, expires_ms, team_id FROM api_tokens WHERE workspace_id = ? ORDER BY created_at DESC, id DESC")
            .bind(workspace)
            .fetch_all(&self.readers)
            .await?;
        rows.iter()
            .map(|row| {
                let id: String = row.try_get("id")?;
                Ok(ApiTokenRow {
                    name: key.open_text(cell(&id), row.try_get("name")?)?,
                    scope: TokenScope::of(row.try_get("scopes")?),
                    team_id: row.try_get("team_id")?,
                    created_at: row.try_get("created_at")?,
                    last_used_at: row.try_get("last_used_at")?,
                    expires_ms: row.try_get("expires_ms")?,
                    id,
                })
            })
            .collect()
    }

    /// What an API token opens, and what it may do there.
    ///
    /// # Errors
    /// The database fails.
    pub async fn api_token(&self, token: &str) -> Result<Option<OpenedToken>, StoreError> {
        let row = query("SELECT id, workspace_id, scopes, last_used_at, team_id FROM api_tokens WHERE hash = ? AND (expires_ms IS NULL OR expires_ms > ?)")
            .bind(hash(token))
            .bind(now_ms())
            .fetch_optional(&self.readers)
            .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        // To the minute is enough, and spares a write for every request.
        let (last, at): (Option<String>, String) = (row.try_get("last_used_at")?, now());
        if last.is_none_or(|last| last.get(..16) != at.get(..16)) {
            query("UPDATE api_tokens SET last_used_at = ? WHERE id = ?")
                .bind(at)
                .bind(row.try_get::<&str, _>("id")?)
                .execute(&self.writer)
                .await?;
        }
        Ok(Some(OpenedToken {
            workspace_id: row.try_get("workspace_id")?,
            scope: TokenScope::of(row.try_get("scopes")?),
            team_id: row.try_get("team_id")?,
        }))
    }

    /// Revokes an API token.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the account has no such token; the database fails.
    pub async fn delete_api_token(&self, workspace: &str, id: &str) -> Result<(), StoreError> {
        let done = query("DELETE FROM api_tokens WHERE id = ? AND workspace_id = ?")
            .bind(id)
            .bind(workspace)
            .execute(&self.writer)
            .await?;
        found(&done)
    }
}
