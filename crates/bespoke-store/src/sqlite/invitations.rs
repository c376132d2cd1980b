//! Invitations into a team: a secret in a link that lets one account in, once, within its time.

use super::teams::{add_member, hold_team, team_cell};
use super::{Store, found, hash, new_id, now, now_ms};
use crate::crypto::{Cell, new_secret};
use crate::db::query;
use crate::{InvitationRow, StoreError, TeamRow};

fn cell(id: &str) -> Cell<'_> {
    Cell {
        table: "invitations",
        column: "email",
        row: id,
    }
}

impl Store {
    /// Makes an invitation into a team; answers with the secret that belongs into the link, shown once.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is no such team; the database fails.
    pub async fn create_invitation(
        &self,
        team: &str,
        role: &str,
        email: Option<&str>,
        lives_ms: i64,
    ) -> Result<(InvitationRow, String), StoreError> {
        let key = self.person_key(team).await?;
        let token = new_secret()?;
        let row = InvitationRow {
            id: new_id(),
            role: role.to_owned(),
            email: email.map(str::to_owned),
            expires_ms: now_ms().saturating_add(lives_ms),
            created_at: now(),
        };
        let sealed = email.map(|e| key.seal(cell(&row.id), e.as_bytes())).transpose()?;
        let mut tx = self.begin_for(team).await?;
        query("DELETE FROM invitations WHERE expires_ms <= ?")
            .bind(now_ms())
            .execute(&mut *tx)
            .await?;
        let made = query("INSERT INTO invitations (id, workspace_id, token_hash, role, email, expires_ms, created_at) SELECT ?, workspace_id, ?, ?, ?, ?, ? FROM teams WHERE workspace_id = ?")
            .bind(&row.id)
            .bind(hash(&token))
            .bind(role)
            .bind(sealed)
            .bind(row.expires_ms)
            .bind(&row.created_at)
            .bind(team)
            .execute(&mut *tx)
            .await?;
        found(&made)?;
        tx.commit().await?;
        Ok((row, token))
    }

    /// The invitations into a team that still let somebody in, oldest first.
    ///
    /// # Errors
    /// A value does not open; the database fails.
    pub async fn invitations(&self, team: &str) -> Result<Vec<InvitationRow>, StoreError> {
        let key = self.person_key(team).await?;
        let rows = query("SELECT id, role, email, expires_ms, created_at FROM invitations WHERE workspace_id = ? AND expires_ms > ? ORDER BY created_at, id")
            .bind(team)
            .bind(now_ms())
            .fetch_all(&self.readers)
            .await?;
        rows.iter()
            .map(|row| {
                let id: String = row.try_get("id")?;
                let email: Option<&[u8]> = row.try_get("email")?;
                Ok(InvitationRow {
                    email: email.map(|e| key.open_text(cell(&id), e)).transpose()?,
                    role: row.try_get("role")?,
                    expires_ms: row.try_get("expires_ms")?,
                    created_at: row.try_get("created_at")?,
                    id,
                })
            })
            .collect()
    }

    /// Takes an invitation back.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the team has no such invitation; the database fails.
    pub async fn delete_invitation(&self, team: &str, id: &str) -> Result<(), StoreError> {
        let done = query("DELETE FROM invitations WHERE id = ? AND workspace_id = ?")
            .bind(id)
            .bind(team)
            .execute(&self.writer)
            .await?;
        found(&done)
    }

    /// The team that a secret lets into and the role that it gives there, where it is still good.
    ///
    /// # Errors
    /// A value does not open; the database fails.
    pub async fn invitation(&self, token: &str) -> Result<Option<(TeamRow, String)>, StoreError> {
        let row = query("SELECT i.role AS role, t.workspace_id AS id, t.name AS name, t.created_at AS created_at FROM invitations i JOIN teams t ON t.workspace_id = i.workspace_id WHERE i.token_hash = ? AND i.expires_ms > ?")
            .bind(hash(token))
            .bind(now_ms())
            .fetch_optional(&self.readers)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let id: String = row.try_get("id")?;
        let key = self.person_key(&id).await?;
        let team = TeamRow {
            name: key.open_text(team_cell(&id), row.try_get("name")?)?,
            created_at: row.try_get("created_at")?,
            id,
        };
        Ok(Some((team, row.try_get("role")?)))
    }

    /// Uses a secret up: the account `member` is in the team from now on, called `name` there. The id of the team.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the secret is not good (any more) or there is no such account;
    /// [`StoreError::IsMember`] where the account is in the team already (the secret stays good); the database fails.
    pub async fn accept_invitation(&self, token: &str, member: &str, name: &str) -> Result<String, StoreError> {
        let mut tx = self.begin().await?;
        let row = query("DELETE FROM invitations WHERE token_hash = ? AND expires_ms > ? RETURNING workspace_id, role")
            .bind(hash(token))
            .bind(now_ms())
            .fetch_optional(&mut *tx)
            .await?
            .ok_or(StoreError::NotFound)?;
        let (team, role): (String, String) = (row.try_get("workspace_id")?, row.try_get("role")?);
        hold_team(&mut tx, &team).await?;
        let known = query("SELECT 1 FROM members WHERE workspace_id = ? AND member_id = ?")
            .bind(&team)
            .bind(member)
            .fetch_optional(&mut *tx)
            .await?;
        if known.is_some() {
            return Err(StoreError::IsMember);
        }
        let key = self.person_key(&team).await?;
        add_member(&mut tx, &key, &team, member, &role, name).await?;
        tx.commit().await?;
        Ok(team)
    }
}
