//! Which columns are sealed: seals what an older schema kept there as plaintext (a migration renames such columns to
//! `plain_…`), and finds what does not open any more.

use super::Store;
use crate::StoreError;
use crate::crypto::{Cell, PersonKey};
use crate::db::{Pool, Tx, columns, query, sqlite};
use sqlx::AssertSqlSafe;
use std::collections::HashMap;

/// Columns that are kept sealed.
struct Sealed {
    table: &'static str,
    /// SQL for the workspace of a row.
    owner: &'static str,
    columns: &'static [&'static str],
}

const OF_RESUME: &str = "(SELECT workspace_id FROM resumes r WHERE r.id = resume_id)";

/// Every sealed column but those of the server itself.
const SEALED: [Sealed; 15] = [
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
    Sealed {
        table: "letters",
        owner: OF_RESUME,
        columns: &["base", "job", "wish", "content", "facts"],
    },
    Sealed {
        table: "interviews",
        owner: OF_RESUME,
        columns: &["job", "content", "practice"],
    },
    Sealed {
        table: "applications",
        owner: "workspace_id",
        columns: &["content"],
    },
    Sealed {
        table: "templates",
        owner: "workspace_id",
        columns: &["archive"],
    },
    Sealed {
        table: "shares",
        owner: "workspace_id",
        columns: &["label", "content"],
    },
    Sealed {
        table: "comments",
        owner: "workspace_id",
        columns: &["author", "body"],
    },
    Sealed {
        table: "accounts",
        owner: "workspace_id",
        columns: &["email", "password", "totp"],
    },
    Sealed {
        table: "sessions",
        owner: "workspace_id",
        columns: &["device"],
    },
    Sealed {
        table: "api_tokens",
        owner: "workspace_id",
        columns: &["name"],
    },
    Sealed {
        table: "teams",
        owner: "workspace_id",
        columns: &["name"],
    },
    Sealed {
        table: "members",
        owner: "workspace_id",
        columns: &["name"],
    },
    Sealed {
        table: "invitations",
        owner: "workspace_id",
        columns: &["email"],
    },
];

impl Store {
    /// Seals every plaintext column in one transaction and drops it; then rewrites the file, so that no free page
    /// keeps what was there.
    pub(super) async fn seal_plaintext(&self) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let mut keys = self.missing_keys(&mut tx).await?;
        let mut dropped = false;
        let known = columns(&mut tx).await?;
        for sealed in &SEALED {
            for column in sealed.columns {
                let plain = format!("plain_{column}");
                if known.iter().any(|c| c.table == sealed.table && c.name == plain) {
                    self.seal_column(&mut tx, sealed, column, &mut keys).await?;
                    dropped = true;
                }
            }
        }
        if dropped {
            query("UPDATE vault SET wiped = 0").execute(&mut *tx).await?;
        }
        let wiped: bool = query("SELECT wiped FROM vault")
            .fetch_one(&mut *tx)
            .await?
            .try_get("wiped")?;
        tx.commit().await?;
        for (owner, key) in keys {
            self.keyring.hold(&owner, key);
        }
        if let (false, Pool::SqliteWriter(writer)) = (wiped, &self.writer) {
            sqlite::rewrite(writer).await?;
            query("UPDATE vault SET wiped = 1").execute(&self.writer).await?;
        }
        Ok(())
    }

    /// Opens every sealed value; says which do not open, as `table.column of row id`. A key that does not open is named
    /// instead of all that it seals.
    ///
    /// # Errors
    /// The database fails.
    pub async fn unreadable(&self) -> Result<Vec<String>, StoreError> {
        let mut faults = Vec::new();
        let owners = query("SELECT id FROM workspaces ORDER BY id")
            .fetch_all(&self.readers)
            .await?;
        for owner in owners {
            let owner: String = owner.try_get("id")?;
            // From the database, not from memory.
            self.keyring.forget(&owner);
            let key = match self.person_key(&owner).await {
                Ok(key) => key,
                Err(StoreError::Database(error)) => return Err(StoreError::Database(error)),
                Err(error) => {
                    faults.push(format!("key of workspace {owner}: {error}"));
                    continue;
                }
            };
            for sealed in &SEALED {
                self.unreadable_in(sealed, &owner, &key, &mut faults).await?;
            }
        }
        Ok(faults)
    }

    async fn unreadable_in(
        &self,
        sealed: &Sealed,
        owner: &str,
        key: &PersonKey,
        faults: &mut Vec<String>,
    ) -> Result<(), StoreError> {
        let (table, of) = (sealed.table, sealed.owner);
        let id = match table {
            "accounts" | "teams" => "workspace_id",
            _ => "id",
        };
        for column in sealed.columns {
            let rows = query(AssertSqlSafe(format!(
                "SELECT {id} AS id FROM {table} WHERE {of} = ? AND {column} IS NOT NULL ORDER BY {id}"
            )))
            .bind(owner)
            .fetch_all(&self.readers)
            .await?;
            for row in rows {
                let row: String = row.try_get("id")?;
                // One value at a time: a file may have 20 MB.
                let value = query(AssertSqlSafe(format!(
                    "SELECT {column} AS value FROM {table} WHERE {id} = ?"
                )))
                .bind(&row)
                .fetch_optional(&self.readers)
                .await?;
                let Some(value) = value else { continue };
                let Some(kept) = value.try_get::<Option<&[u8]>, _>("value")? else {
                    continue;
                };
                let cell = Cell {
                    table,
                    column,
                    row: &row,
                };
                let opens = match (table, *column) {
                    ("resumes", "original") => self.open_original(key, &row, kept).await.is_ok(),
                    _ => key.open(cell, kept).is_ok(),
                };
                if !opens {
                    faults.push(format!("{table}.{column} of row {row}"));
                }
            }
        }
        Ok(())
    }

    /// Makes the keys of workspaces that have none.
    async fn missing_keys(&self, tx: &mut Tx) -> Result<HashMap<String, PersonKey>, StoreError> {
        let rows = query("SELECT id FROM workspaces WHERE id NOT IN (SELECT owner FROM keys)")
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
        tx: &mut Tx,
        sealed: &Sealed,
        column: &'static str,
        keys: &mut HashMap<String, PersonKey>,
    ) -> Result<(), StoreError> {
        let table = sealed.table;
        let owner = sealed.owner;
        let rows = query(AssertSqlSafe(format!(
            "SELECT id, {owner} AS owner FROM {table} WHERE plain_{column} IS NOT NULL"
        )))
        .fetch_all(&mut **tx)
        .await?;
        for row in rows {
            let (id, owner): (String, String) = (row.try_get("id")?, row.try_get("owner")?);
            // One value at a time: a file may have 20 MB.
            let value = query(AssertSqlSafe(format!(
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
            query(AssertSqlSafe(format!("UPDATE {table} SET {column} = ? WHERE id = ?")))
                .bind(bytes)
                .bind(&id)
                .execute(&mut **tx)
                .await?;
        }
        query(AssertSqlSafe(format!("ALTER TABLE {table} DROP COLUMN plain_{column}")))
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}
