//! Accounts: a workspace with an e-mail address and a password; second factor, consents, secrets sent by e-mail.

use super::{Store, found, hash, new_id, now, now_ms};
use crate::crypto::{Cell, PersonKey, blind_index, new_secret};
use crate::db::{Row, Tx, query};
use crate::{AccountRow, Consent, Mailed, StoreError};
use sqlx::AssertSqlSafe;
use std::sync::Arc;

fn cell<'a>(workspace: &'a str, column: &'static str) -> Cell<'a> {
    Cell {
        table: "accounts",
        column,
        row: workspace,
    }
}

const ACCOUNT: &str = "SELECT workspace_id, email, email_verified_at, password, totp, totp_confirmed, created_at, password_changed_at, (SELECT COUNT(*) FROM recovery_codes r WHERE r.workspace_id = a.workspace_id) AS recovery FROM accounts a";

/// How addresses are compared: without surrounding space, in small letters.
pub fn normal_email(email: &str) -> String {
    email.trim().to_lowercase()
}

/// A guest workspace that becomes an account.
pub(super) struct NewAccount<'a> {
    workspace: &'a str,
    email: &'a str,
    password: &'a str,
    consent: &'a str,
    index: Vec<u8>,
    key: Arc<PersonKey>,
}

impl NewAccount<'_> {
    /// # Errors
    /// As [`Store::create_account`].
    pub(super) async fn insert(self, tx: &mut Tx) -> Result<(), StoreError> {
        let NewAccount {
            workspace,
            email,
            password,
            consent,
            index,
            key,
        } = self;
        let at = now();
        let taken = query(
            "SELECT workspace_id = ? AS own FROM accounts WHERE email_index = ? OR workspace_id = ? ORDER BY own DESC",
        )
        .bind(workspace)
        .bind(&index)
        .bind(workspace)
        .fetch_optional(&mut *tx)
        .await?;
        if let Some(row) = taken {
            let own: bool = row.try_get("own")?;
            return Err(if own {
                StoreError::HasAccount
            } else {
                StoreError::EmailTaken
            });
        }
        let closed = query("UPDATE workspaces SET token_hash = ? WHERE id = ?")
            .bind(hash(&new_secret()?))
            .bind(workspace)
            .execute(&mut *tx)
            .await?;
        found(&closed)?;
        query("INSERT INTO accounts (workspace_id, email_index, email, password, password_changed_at, created_at) VALUES (?, ?, ?, ?, ?, ?)")
            .bind(workspace)
            .bind(index)
            .bind(key.seal(cell(workspace, "email"), email.trim().as_bytes())?)
            .bind(key.seal(cell(workspace, "password"), password.as_bytes())?)
            .bind(&at)
            .bind(&at)
            .execute(&mut *tx)
            .await?;
        query("INSERT INTO consents (id, workspace_id, document, version, given_at) VALUES (?, ?, 'terms', ?, ?)")
            .bind(new_id())
            .bind(workspace)
            .bind(consent)
            .bind(&at)
            .execute(&mut *tx)
            .await?;
        Ok(())
    }
}

impl Store {
    pub(super) async fn email_index(&self, email: &str) -> Result<Vec<u8>, StoreError> {
        Ok(blind_index(&self.secret("email-index").await?, &normal_email(email)))
    }

    pub(super) async fn seal_email(&self, workspace: &str, email: &str) -> Result<Vec<u8>, StoreError> {
        let key = self.person_key(workspace).await?;
        Ok(key.seal(cell(workspace, "email"), email.trim().as_bytes())?)
    }

    async fn open_account(&self, row: &Row) -> Result<AccountRow, StoreError> {
        let workspace_id: String = row.try_get("workspace_id")?;
        let key = self.person_key(&workspace_id).await?;
        let totp: Option<&[u8]> = row.try_get("totp")?;
        Ok(AccountRow {
            email: key.open_text(cell(&workspace_id, "email"), row.try_get("email")?)?,
            email_verified_at: row.try_get("email_verified_at")?,
            password: key.open_text(cell(&workspace_id, "password"), row.try_get("password")?)?,
            password_changed_at: row.try_get("password_changed_at")?,
            totp: totp.map(|t| key.open(cell(&workspace_id, "totp"), t)).transpose()?,
            totp_confirmed: row.try_get("totp_confirmed")?,
            recovery_codes: row.try_get("recovery")?,
            created_at: row.try_get("created_at")?,
            workspace_id,
        })
    }

    /// Makes a guest workspace an account, which keeps all that is in it; the guest's token opens it no more.
    /// `password` is the hash to keep (empty where the account has none), `consent` the version of the terms that the person agreed to.
    ///
    /// # Errors
    /// [`StoreError::EmailTaken`]; [`StoreError::HasAccount`] where the workspace is an account already;
    /// [`StoreError::NotFound`]; the database fails.
    pub async fn create_account(
        &self,
        workspace: &str,
        email: &str,
        password: &str,
        consent: &str,
    ) -> Result<AccountRow, StoreError> {
        let new = self.new_account(workspace, email, password, consent).await?;
        let mut tx = self.begin().await?;
        new.insert(&mut tx).await?;
        tx.commit().await?;
        self.account(workspace).await?.ok_or(StoreError::NotFound)
    }

    /// An account to insert, with what must be looked up before.
    pub(super) async fn new_account<'a>(
        &self,
        workspace: &'a str,
        email: &'a str,
        password: &'a str,
        consent: &'a str,
    ) -> Result<NewAccount<'a>, StoreError> {
        Ok(NewAccount {
            workspace,
            email,
            password,
            consent,
            index: self.email_index(email).await?,
            key: self.person_key(workspace).await?,
        })
    }

    /// The account that a workspace is, where it is one.
    ///
    /// # Errors
    /// A value does not open; the database fails.
    pub async fn account(&self, workspace: &str) -> Result<Option<AccountRow>, StoreError> {
        let row = query(AssertSqlSafe(format!("{ACCOUNT} WHERE workspace_id = ?")))
            .bind(workspace)
            .fetch_optional(&self.readers)
            .await?;
        match row {
            Some(row) => Ok(Some(self.open_account(&row).await?)),
            None => Ok(None),
        }
    }

    /// The account with an e-mail address.
    ///
    /// # Errors
    /// A value does not open; the database fails.
    pub async fn account_by_email(&self, email: &str) -> Result<Option<AccountRow>, StoreError> {
        let row = query(AssertSqlSafe(format!("{ACCOUNT} WHERE email_index = ?")))
            .bind(self.email_index(email).await?)
            .fetch_optional(&self.readers)
            .await?;
        match row {
            Some(row) => Ok(Some(self.open_account(&row).await?)),
            None => Ok(None),
        }
    }

    /// Sets the password (its hash) and ends every session but `kept`; API tokens stay.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; the database fails.
    pub async fn set_password(&self, workspace: &str, password: &str, kept: Option<&str>) -> Result<(), StoreError> {
        let key = self.person_key(workspace).await?;
        let mut tx = self.begin_for(workspace).await?;
        let done = query("UPDATE accounts SET password = ?, password_changed_at = ? WHERE workspace_id = ?")
            .bind(key.seal(cell(workspace, "password"), password.as_bytes())?)
            .bind(now())
            .bind(workspace)
            .execute(&mut *tx)
            .await?;
        found(&done)?;
        query("DELETE FROM sessions WHERE workspace_id = ? AND id <> ?")
            .bind(workspace)
            .bind(kept.unwrap_or_default())
            .execute(&mut *tx)
            .await?;
        query("DELETE FROM mailed_tokens WHERE workspace_id = ? AND purpose = 'reset'")
            .bind(workspace)
            .execute(&mut *tx)
            .await?;
        query("DELETE FROM address_changes WHERE workspace_id = ?")
            .bind(workspace)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Keeps a second factor that is not confirmed yet, or takes the present one away.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; the database fails.
    pub async fn set_totp(&self, workspace: &str, secret: Option<&[u8]>) -> Result<(), StoreError> {
        let key = self.person_key(workspace).await?;
        let sealed = secret.map(|s| key.seal(cell(workspace, "totp"), s)).transpose()?;
        let mut tx = self.begin_for(workspace).await?;
        let done = query("UPDATE accounts SET totp = ?, totp_confirmed = 0, totp_step = 0 WHERE workspace_id = ?")
            .bind(sealed)
            .bind(workspace)
            .execute(&mut *tx)
            .await?;
        found(&done)?;
        query("DELETE FROM recovery_codes WHERE workspace_id = ?")
            .bind(workspace)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Confirms the second factor and keeps the hashes of its recovery codes.
    ///
    /// # Errors
    /// The database fails.
    pub async fn confirm_totp(&self, workspace: &str, codes: &[String]) -> Result<(), StoreError> {
        let mut tx = self.begin_for(workspace).await?;
        query("UPDATE accounts SET totp_confirmed = 1 WHERE workspace_id = ? AND totp IS NOT NULL")
            .bind(workspace)
            .execute(&mut *tx)
            .await?;
        for code in codes {
            query("INSERT INTO recovery_codes (hash, workspace_id) VALUES (?, ?)")
                .bind(hash(&format!("{workspace} {code}")))
                .bind(workspace)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Uses a time step of the second factor; false where this one or a later one was used before.
    ///
    /// # Errors
    /// The database fails.
    pub async fn use_totp_step(&self, workspace: &str, step: i64) -> Result<bool, StoreError> {
        let done = query("UPDATE accounts SET totp_step = ? WHERE workspace_id = ? AND totp_step < ?")
            .bind(step)
            .bind(workspace)
            .bind(step)
            .execute(&self.writer)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Uses up a recovery code; false where there is no such code.
    ///
    /// # Errors
    /// The database fails.
    pub async fn use_recovery_code(&self, workspace: &str, code: &str) -> Result<bool, StoreError> {
        let done = query("DELETE FROM recovery_codes WHERE hash = ? AND workspace_id = ?")
            .bind(hash(&format!("{workspace} {code}")))
            .bind(workspace)
            .execute(&self.writer)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// What a person agreed to, oldest first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn consents(&self, workspace: &str) -> Result<Vec<Consent>, StoreError> {
        let rows =
            query("SELECT document, version, given_at FROM consents WHERE workspace_id = ? ORDER BY given_at, id")
                .bind(workspace)
                .fetch_all(&self.readers)
                .await?;
        rows.iter()
            .map(|row| {
                Ok(Consent {
                    document: row.try_get("document")?,
                    version: row.try_get("version")?,
                    given_at: row.try_get("given_at")?,
                })
            })
            .collect()
    }

    /// Makes a single-use secret to send by e-mail; an earlier one for the same purpose is void.
    ///
    /// # Errors
    /// The database fails.
    pub async fn mail_token(&self, workspace: &str, purpose: Mailed, lives_ms: i64) -> Result<String, StoreError> {
        let token = new_secret()?;
        let mut tx = self.begin_for(workspace).await?;
        query("DELETE FROM mailed_tokens WHERE workspace_id = ? AND purpose = ?")
            .bind(workspace)
            .bind(purpose.name())
            .execute(&mut *tx)
            .await?;
        query("INSERT INTO mailed_tokens (hash, workspace_id, purpose, expires_ms) VALUES (?, ?, ?, ?)")
            .bind(hash(&token))
            .bind(workspace)
            .bind(purpose.name())
            .bind(now_ms().saturating_add(lives_ms))
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(token)
    }

    /// Notes that the address of an account is proved: by a provider that has proved the same address.
    ///
    /// # Errors
    /// The database fails.
    pub async fn verify_email(&self, workspace: &str) -> Result<(), StoreError> {
        query("UPDATE accounts SET email_verified_at = COALESCE(email_verified_at, ?) WHERE workspace_id = ?")
            .bind(now())
            .bind(workspace)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// Uses up a secret that was sent by e-mail: the workspace it was made for, where it is still good. That it came
    /// back proves the address.
    ///
    /// # Errors
    /// The database fails.
    pub async fn use_mailed_token(&self, token: &str, purpose: Mailed) -> Result<Option<String>, StoreError> {
        let mut tx = self.begin().await?;
        let row =
            query("DELETE FROM mailed_tokens WHERE hash = ? AND purpose = ? AND expires_ms > ? RETURNING workspace_id")
                .bind(hash(token))
                .bind(purpose.name())
                .bind(now_ms())
                .fetch_optional(&mut *tx)
                .await?;
        let workspace: Option<String> = row.map(|row| row.try_get("workspace_id")).transpose()?;
        if let Some(workspace) = &workspace {
            query("UPDATE accounts SET email_verified_at = COALESCE(email_verified_at, ?) WHERE workspace_id = ?")
                .bind(now())
                .bind(workspace)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(workspace)
    }
}
