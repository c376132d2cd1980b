//! Accounts elsewhere (OpenID Connect, OAuth) that open an account here.

use super::{Store, found, new_id, now};
use crate::crypto::{Cell, PersonKey, blind_index};
use crate::db::{Tx, query};
use crate::{IdentityRow, StoreError};
use std::sync::Arc;

fn cell(id: &str) -> Cell<'_> {
    Cell {
        table: "identities",
        column: "email",
        row: id,
    }
}

/// An account elsewhere that is to open one here.
struct NewIdentity<'a> {
    workspace: &'a str,
    provider: &'a str,
    email: &'a str,
    index: Vec<u8>,
    key: Arc<PersonKey>,
}

impl NewIdentity<'_> {
    /// # Errors
    /// As [`Store::add_identity`].
    async fn insert(self, tx: &mut Tx) -> Result<(), StoreError> {
        let NewIdentity {
            workspace,
            provider,
            email,
            index,
            key,
        } = self;
        let (id, at) = (new_id(), now());
        let taken = query("SELECT 1 FROM identities WHERE subject_index = ?")
            .bind(&index)
            .fetch_optional(&mut *tx)
            .await?;
        if taken.is_some() {
            return Err(StoreError::IdentityTaken);
        }
        let made = query("INSERT INTO identities (id, workspace_id, provider, subject_index, email, created_at, last_used_at) SELECT ?, workspace_id, ?, ?, ?, ?, ? FROM accounts WHERE workspace_id = ?")
            .bind(&id)
            .bind(provider)
            .bind(index)
            .bind(key.seal(cell(&id), email.as_bytes())?)
            .bind(&at)
            .bind(&at)
            .bind(workspace)
            .execute(&mut *tx)
            .await?;
        found(&made)?;
        Ok(())
    }
}

impl Store {
    async fn subject_index(&self, issuer: &str, subject: &str) -> Result<Vec<u8>, StoreError> {
        // A line break stands in no issuer, so that no two pairs read the same.
        let pair = format!("{issuer}\n{subject}");
        Ok(blind_index(&self.secret("identity-index").await?, &pair))
    }

    /// The account that somebody known to `issuer` as `subject` has here; notes that it was used.
    ///
    /// # Errors
    /// The database fails.
    pub async fn account_by_identity(&self, issuer: &str, subject: &str) -> Result<Option<String>, StoreError> {
        let index = self.subject_index(issuer, subject).await?;
        let row = query("UPDATE identities SET last_used_at = ? WHERE subject_index = ? RETURNING workspace_id")
            .bind(now())
            .bind(index)
            .fetch_optional(&self.writer)
            .await?;
        Ok(row.map(|row| row.try_get("workspace_id")).transpose()?)
    }

    /// Lets an account elsewhere open this one. `email` is what the provider calls the person by.
    ///
    /// # Errors
    /// [`StoreError::IdentityTaken`] where it opens an account already; [`StoreError::NotFound`] where there is no such
    /// account here; the database fails.
    pub async fn add_identity(
        &self,
        workspace: &str,
        provider: &str,
        who: (&str, &str),
        email: &str,
    ) -> Result<(), StoreError> {
        let new = self.new_identity(workspace, provider, who, email).await?;
        let mut tx = self.begin().await?;
        new.insert(&mut tx).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn new_identity<'a>(
        &self,
        workspace: &'a str,
        provider: &'a str,
        (issuer, subject): (&str, &str),
        email: &'a str,
    ) -> Result<NewIdentity<'a>, StoreError> {
        Ok(NewIdentity {
            workspace,
            provider,
            email,
            index: self.subject_index(issuer, subject).await?,
            key: self.person_key(workspace).await?,
        })
    }

    /// Makes a guest workspace an account that an account elsewhere opens, which has proved its address: all of it or
    /// nothing.
    ///
    /// # Errors
    /// As [`Store::create_account`] and [`Store::add_identity`].
    pub async fn create_account_by_identity(
        &self,
        workspace: &str,
        provider: &str,
        who: (&str, &str),
        email: &str,
        consent: &str,
    ) -> Result<(), StoreError> {
        let account = self.new_account(workspace, email, "", consent).await?;
        let identity = self.new_identity(workspace, provider, who, email).await?;
        let mut tx = self.begin().await?;
        account.insert(&mut tx).await?;
        identity.insert(&mut tx).await?;
        query("UPDATE accounts SET email_verified_at = ? WHERE workspace_id = ?")
            .bind(now())
            .bind(workspace)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// The accounts elsewhere that open an account, the oldest first.
    ///
    /// # Errors
    /// A value does not open; the database fails.
    pub async fn identities(&self, workspace: &str) -> Result<Vec<IdentityRow>, StoreError> {
        let key = self.person_key(workspace).await?;
        let rows = query("SELECT id, provider, email, created_at, last_used_at FROM identities WHERE workspace_id = ? ORDER BY created_at, id")
            .bind(workspace)
            .fetch_all(&self.readers)
            .await?;
        rows.iter()
            .map(|row| {
                let id: String = row.try_get("id")?;
                Ok(IdentityRow {
                    provider: row.try_get("provider")?,
                    email: key.open_text(cell(&id), row.try_get("email")?)?,
                    created_at: row.try_get("created_at")?,
                    last_used_at: row.try_get("last_used_at")?,
                    id,
                })
            })
            .collect()
    }

    /// Lets an account elsewhere open this one no more.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the account has no such identity; the database fails.
    pub async fn delete_identity(&self, workspace: &str, id: &str) -> Result<(), StoreError> {
        let done = query("DELETE FROM identities WHERE id = ? AND workspace_id = ?")
            .bind(id)
            .bind(workspace)
            .execute(&self.writer)
            .await?;
        found(&done)
    }
}
