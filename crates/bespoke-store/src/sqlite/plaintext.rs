//! Seals what an older schema kept as plaintext: the columns that a migration renamed to `plain_…`.

use super::Store;
use crate::StoreError;
use crate::crypto::{Cell, PersonKey};
use sqlx::{AssertSqlSafe, Row, Sqlite, Transaction};
use std::collections::HashMap;

/// Columns that are kept sealed.
struct Sealed {
    table: &'static str,
    /// SQL for the workspace of a row.
    owner: &'static str,
    columns: &'static [&'static str],
}

const OF_RESUME: &str = "(SELECT workspace_id FROM resumes r WHERE r.id = resume_id)";

const SEALED: [Sealed; 3] = [
    Sealed {
        table: "resumes",
        owner: "workspace_id",
        columns: &["file_name", "original", "document", "content", "failure"],
    },
    Sealed {
        table: "tailorings",
        owner: OF_RESUME,
        columns: &["base", "job", "result", "accepted"],
    },
    Sealed {
        table: "exports",
        owner: OF_RESUME,
        columns: &["sha256", "certificate"],
    },
];

impl Store {
    /// Seals every plaintext column in one transaction and drops it; then rewrites the file, so that no free page
    /// keeps what was there.
    pub(super) async fn seal_plaintext(&self) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let mut keys = self.missing_keys(&mut tx).await?;
        let mut dropped = false;
        for sealed in &SEALED {
            for column in sealed.columns {
                let known = sqlx::query("SELECT 1 FROM pragma_table_info(?) WHERE name = 'plain_' || ?")
                    .bind(sealed.table)
                    .bind(*column)
                    .fetch_optional(&mut *tx)
                    .await?;
                if known.is_some() {
                    self.seal_column(&mut tx, sealed, column, &mut keys).await?;
                    dropped = true;
                }
            }
        }
        if dropped {
            sqlx::query("UPDATE vault SET wiped = 0").execute(&mut *tx).await?;
        }
        let wiped: bool = sqlx::query("SELECT wiped FROM vault")
            .fetch_one(&mut *tx)
            .await?
            .try_get("wiped")?;
        tx.commit().await?;
        for (owner, key) in keys {
            self.keyring.hold(&owner, key);
        }
        if !wiped {
            sqlx::query("VACUUM").execute(&self.writer).await?;
            self.wipe_log().await?;
            sqlx::query("UPDATE vault SET wiped = 1").execute(&self.writer).await?;
        }
        Ok(())
    }

    /// Makes the keys of workspaces that have none.
    async fn missing_keys(
        &self,
        tx: &mut Transaction<'static, Sqlite>,
    ) -> Result<HashMap<String, PersonKey>, StoreError> {
        let rows = sqlx::query("SELECT id FROM workspaces WHERE id NOT IN (SELECT owner FROM keys)")
            .fetch_all(&mut **tx)
            .await?;
        let mut keys = HashMap::new();
        for row in rows {
            let owner: String = row.try_get("id")?;
            let key = self.new_key(tx, &owner).await?;
            keys.insert(owner, key);
        }
        Ok(keys)
    }

    async fn seal_column(
        &self,
        tx: &mut Transaction<'static, Sqlite>,
        sealed: &Sealed,
        column: &'static str,
        keys: &mut HashMap<String, PersonKey>,
    ) -> Result<(), StoreError> {
        let table = sealed.table;
        let owner = sealed.owner;
        let rows = sqlx::query(AssertSqlSafe(format!(
            "SELECT id, {owner} AS owner FROM {table} WHERE plain_{column} IS NOT NULL"
        )))
        .fetch_all(&mut **tx)
        .await?;
        for row in rows {
            let (id, owner): (String, String) = (row.try_get("id")?, row.try_get("owner")?);
            // One value at a time: a file may have 20 MB.
            let value = sqlx::query(AssertSqlSafe(format!(
                "SELECT CAST(plain_{column} AS BLOB) AS value FROM {table} WHERE id = ?"
            )))
            .bind(&id)
            .fetch_one(&mut **tx)
            .await?;
            let plain: Vec<u8> = value.try_get("value")?;
            let cell = Cell {
                table,
                column,
                row: &id,
            };
            let bytes = match keys.get(&owner) {
                Some(key) => key.seal(cell, &plain)?,
                None => self.person_key(&owner).await?.seal(cell, &plain)?,
            };
            sqlx::query(AssertSqlSafe(format!("UPDATE {table} SET {column} = ? WHERE id = ?")))
                .bind(bytes)
                .bind(&id)
                .execute(&mut **tx)
                .await?;
        }
        sqlx::query(AssertSqlSafe(format!("ALTER TABLE {table} DROP COLUMN plain_{column}")))
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}
