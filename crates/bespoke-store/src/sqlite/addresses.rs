//! Changing the e-mail address of an account: the new one waits until a secret that was sent there comes back.

use super::{Store, hash, now, now_ms};
use crate::StoreError;
use crate::crypto::{Cell, new_secret};
use crate::db::query;

fn cell(workspace: &str) -> Cell<'_> {
    Cell {
        table: "address_changes",
        column: "email",
        row: workspace,
    }
}

impl Store {
    /// Keeps a new address for an account until it is proved; answers with the secret to send there. An earlier one is
    /// void.
    ///
    /// # Errors
    /// [`StoreError::EmailTaken`] where another account has it; the database fails.
    pub async fn propose_email(&self, workspace: &str, email: &str, lives_ms: i64) -> Result<String, StoreError> {
        if self.account_by_email(email).await?.is_some() {
            return Err(StoreError::EmailTaken);
        }
        let key = self.person_key(workspace).await?;
        let token = new_secret()?;
        let mut tx = self.begin().await?;
        query("DELETE FROM address_changes WHERE workspace_id = ?")
            .bind(workspace)
            .execute(&mut *tx)
            .await?;
        query("INSERT INTO address_changes (workspace_id, hash, email, expires_ms) VALUES (?, ?, ?, ?)")
            .bind(workspace)
            .bind(hash(&token))
            .bind(key.seal(cell(workspace), email.trim().as_bytes())?)
            .bind(now_ms().saturating_add(lives_ms))
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(token)
    }

    /// Makes the proposed address the one of its account, proved. Answers with the workspace and the address before,
    /// where the secret is still good. Secrets that were sent to the address before are void.
    ///
    /// # Errors
    /// [`StoreError::EmailTaken`] where another account took it meanwhile; the database fails.
    pub async fn confirm_email(&self, token: &str) -> Result<Option<(String, String)>, StoreError> {
        let row = query("SELECT workspace_id, email FROM address_changes WHERE hash = ? AND expires_ms > ?")
            .bind(hash(token))
            .bind(now_ms())
            .fetch_optional(&self.readers)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let workspace: String = row.try_get("workspace_id")?;
        let key = self.person_key(&workspace).await?;
        let email = key.open_text(cell(&workspace), row.try_get("email")?)?;
        let before = self.account(&workspace).await?.ok_or(StoreError::NotFound)?.email;
        let index = self.email_index(&email).await?;
        let sealed = self.seal_email(&workspace, &email).await?;
        let mut tx = self.begin().await?;
        let used = query("DELETE FROM address_changes WHERE hash = ?")
            .bind(hash(token))
            .execute(&mut *tx)
            .await?;
        if used.rows_affected() == 0 {
            return Ok(None);
        }
        let taken = query("SELECT 1 FROM accounts WHERE email_index = ? AND workspace_id <> ?")
            .bind(&index)
            .bind(&workspace)
            .fetch_optional(&mut *tx)
            .await?;
        if taken.is_some() {
            return Err(StoreError::EmailTaken);
        }
        query("UPDATE accounts SET email_index = ?, email = ?, email_verified_at = ? WHERE workspace_id = ?")
            .bind(index)
            .bind(sealed)
            .bind(now())
            .bind(&workspace)
            .execute(&mut *tx)
            .await?;
        query("DELETE FROM mailed_tokens WHERE workspace_id = ?")
            .bind(&workspace)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(Some((workspace, before)))
    }
}
