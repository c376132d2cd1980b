//! Passkeys: credentials of WebAuthn that open an account.

use super::{Store, found, new_id, now};
use crate::crypto::{Cell, blind_index};
use crate::db::{Row, query};
use crate::{PasskeyRow, StoreError};
use sqlx::AssertSqlSafe;

fn cell<'a>(id: &'a str, column: &'static str) -> Cell<'a> {
    Cell {
        table: "passkeys",
        column,
        row: id,
    }
}

const PASSKEY: &str = "SELECT id, workspace_id, name, content, counter, created_at, last_used_at FROM passkeys";

impl Store {
    async fn credential_index(&self, credential: &str) -> Result<Vec<u8>, StoreError> {
        Ok(blind_index(&self.secret("passkey-index").await?, credential))
    }

    async fn open_passkey(&self, row: &Row) -> Result<PasskeyRow, StoreError> {
        let (id, workspace_id): (String, String) = (row.try_get("id")?, row.try_get("workspace_id")?);
        let key = self.person_key(&workspace_id).await?;
        Ok(PasskeyRow {
            name: key.open_text(cell(&id, "name"), row.try_get("name")?)?,
            content: key.open_text(cell(&id, "content"), row.try_get("content")?)?,
            counter: row.try_get("counter")?,
            created_at: row.try_get("created_at")?,
            last_used_at: row.try_get("last_used_at")?,
            workspace_id,
            id,
        })
    }

    /// Keeps a passkey of an account. `credential` is its id as the authenticator gave it, `content` the caller's JSON.
    ///
    /// # Errors
    /// [`StoreError::IdentityTaken`] where the credential is kept already; [`StoreError::NotFound`] where there is no
    /// such account; the database fails.
    pub async fn add_passkey(
        &self,
        workspace: &str,
        credential: &str,
        name: &str,
        content: &str,
        counter: u32,
    ) -> Result<PasskeyRow, StoreError> {
        let key = self.person_key(workspace).await?;
        let index = self.credential_index(credential).await?;
        let row = PasskeyRow {
            id: new_id(),
            workspace_id: workspace.to_owned(),
            name: name.to_owned(),
            content: content.to_owned(),
            counter: i64::from(counter),
            created_at: now(),
            last_used_at: None,
        };
        let mut tx = self.begin().await?;
        let taken = query("SELECT 1 FROM passkeys WHERE credential_index = ?")
            .bind(&index)
            .fetch_optional(&mut *tx)
            .await?;
        if taken.is_some() {
            return Err(StoreError::IdentityTaken);
        }
        let made = query("INSERT INTO passkeys (id, workspace_id, credential_index, name, content, counter, created_at) SELECT ?, workspace_id, ?, ?, ?, ?, ? FROM accounts WHERE workspace_id = ?")
            .bind(&row.id)
            .bind(index)
            .bind(key.seal(cell(&row.id, "name"), name.as_bytes())?)
            .bind(key.seal(cell(&row.id, "content"), content.as_bytes())?)
            .bind(row.counter)
            .bind(&row.created_at)
            .bind(workspace)
            .execute(&mut *tx)
            .await?;
        found(&made)?;
        tx.commit().await?;
        Ok(row)
    }

    /// The passkeys of an account, the oldest first.
    ///
    /// # Errors
    /// A value does not open; the database fails.
    pub async fn passkeys(&self, workspace: &str) -> Result<Vec<PasskeyRow>, StoreError> {
        let ask = format!("{PASSKEY} WHERE workspace_id = ? ORDER BY created_at, id");
        let rows = query(AssertSqlSafe(ask))
            .bind(workspace)
            .fetch_all(&self.readers)
            .await?;
        let mut passkeys = Vec::new();
        for row in &rows {
            passkeys.push(self.open_passkey(row).await?);
        }
        Ok(passkeys)
    }

    /// The passkey with a credential id.
    ///
    /// # Errors
    /// A value does not open; the database fails.
    pub async fn passkey(&self, credential: &str) -> Result<Option<PasskeyRow>, StoreError> {
        let ask = format!("{PASSKEY} WHERE credential_index = ?");
        let row = query(AssertSqlSafe(ask))
            .bind(self.credential_index(credential).await?)
            .fetch_optional(&self.readers)
            .await?;
        match row {
            Some(row) => Ok(Some(self.open_passkey(&row).await?)),
            None => Ok(None),
        }
    }

    /// Notes that a passkey was used, with the counter that it showed. False where the counter did not grow, though the
    /// authenticator has one: then there is a copy of it (WebAuthn level 3, 7.2, step 22).
    ///
    /// # Errors
    /// The database fails.
    pub async fn use_passkey(&self, id: &str, counter: u32) -> Result<bool, StoreError> {
        let counter = i64::from(counter);
        let done = query("UPDATE passkeys SET counter = ?, last_used_at = ? WHERE id = ? AND (counter < ? OR (counter = 0 AND ? = 0))")
            .bind(counter)
            .bind(now())
            .bind(id)
            .bind(counter)
            .bind(counter)
            .execute(&self.writer)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Lets a passkey open the account no more.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the account has no such passkey; the database fails.
    pub async fn delete_passkey(&self, workspace: &str, id: &str) -> Result<(), StoreError> {
        let done = query("DELETE FROM passkeys WHERE id = ? AND workspace_id = ?")
            .bind(id)
            .bind(workspace)
            .execute(&self.writer)
            .await?;
        found(&done)
    }
}
