//! People as a whole: who is there, and deleting one with all that is theirs.

use super::tombstones::hex;
use super::{Store, hash, new_id, now};
use crate::db::{Tx, columns, query};
use crate::{Person, Receipt, StoreError};
use sqlx::AssertSqlSafe;
use std::collections::BTreeMap;

impl Store {
    /// Everybody, oldest first; teams are not among them.
    ///
    /// # Errors
    /// A key does not open; the database fails.
    pub async fn people(&self) -> Result<Vec<Person>, StoreError> {
        let rows = query("SELECT id, created_at, (SELECT COUNT(*) FROM resumes WHERE workspace_id = w.id) AS resumes FROM workspaces w WHERE NOT EXISTS (SELECT 1 FROM teams t WHERE t.workspace_id = w.id) ORDER BY created_at, id")
            .fetch_all(&self.readers)
            .await?;
        let mut people = Vec::new();
        for row in rows {
            let workspace_id: String = row.try_get("id")?;
            people.push(Person {
                email: self.account(&workspace_id).await?.map(|account| account.email),
                created_at: row.try_get("created_at")?,
                resumes: row.try_get("resumes")?,
                workspace_id,
            });
        }
        Ok(people)
    }

    /// Deletes a person, or a team: the key first of all, then every row, file, job, session, token and share. A tombstone
    /// keeps an older backup from bringing them back. A team that nobody else is in goes with the person; one that nobody
    /// else owns gets another owner.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; the tombstone cannot be written (nothing is deleted then); the database fails.
    pub async fn delete_person(&self, workspace: &str) -> Result<Receipt, StoreError> {
        // Alone, as what is of teams changes with it.
        let mut tx = self.begin().await?;
        query("SELECT 1 FROM workspaces WHERE id = ?")
            .bind(workspace)
            .fetch_optional(&mut *tx)
            .await?
            .ok_or(StoreError::NotFound)?;
        let at = now();
        let alone = self.part_from_teams(&mut tx, workspace).await?;
        let all: Vec<&str> = alone.iter().map(String::as_str).chain([workspace]).collect();
        let mut files = Vec::new();
        for gone in &all {
            // Before the rows: if this run ends here, the next one deletes what is left.
            self.bury(&hash(gone), &at).await?;
            files.extend(originals(&mut tx, gone).await?);
        }
        for team in &alone {
            remove(&mut tx, team, &at).await?;
        }
        let receipt = remove(&mut tx, workspace, &at).await?;
        tx.commit().await?;
        for gone in all {
            self.keyring.forget(gone);
        }
        self.drop_originals(&files).await;
        // The log still has the old pages, the wrapped key among them.
        self.wipe_log().await?;
        Ok(receipt)
    }

    /// Deletes again whom an older backup has brought back; how many.
    pub(super) async fn replay_tombstones(&self) -> Result<u64, StoreError> {
        let gone = self.buried().await?;
        if gone.is_empty() {
            return Ok(0);
        }
        let mut tx = self.begin().await?;
        let rows = query("SELECT id FROM workspaces").fetch_all(&mut *tx).await?;
        let (mut removed, mut files) = (0, Vec::new());
        for row in rows {
            let id: String = row.try_get("id")?;
            if gone.contains(&hex(&hash(&id))) {
                files.extend(originals(&mut tx, &id).await?);
                self.part_from_teams(&mut tx, &id).await?;
                remove(&mut tx, &id, &now()).await?;
                removed += 1;
            }
        }
        tx.commit().await?;
        self.drop_originals(&files).await;
        if removed > 0 {
            self.wipe_log().await?;
        }
        Ok(removed)
    }
}

/// The résumés whose files may be outside the database.
async fn originals(tx: &mut Tx, workspace: &str) -> Result<Vec<String>, StoreError> {
    let rows = query("SELECT id FROM resumes WHERE workspace_id = ?")
        .bind(workspace)
        .fetch_all(&mut **tx)
        .await?;
    Ok(rows.iter().map(|row| row.try_get("id")).collect::<Result<_, _>>()?)
}

const OF_WORKSPACE: &str = "workspace_id = ?";

/// Deletes the rows of a person and writes the receipt.
async fn remove(tx: &mut Tx, workspace: &str, at: &str) -> Result<Receipt, StoreError> {
    let mut removed = BTreeMap::new();
    // Every table that names a workspace, a résumé or a session, whichever part of the product has made it.
    let mut tables: BTreeMap<String, &str> = BTreeMap::new();
    for column in columns(&mut **tx).await? {
        let whose = match column.name.as_str() {
            "workspace_id" => OF_WORKSPACE,
            "resume_id" => "resume_id IN (SELECT id FROM resumes WHERE workspace_id = ?)",
            "session_id" => "session_id IN (SELECT id FROM sessions WHERE workspace_id = ?)",
            _ => continue,
        };
        let by = tables.entry(column.table).or_insert(whose);
        if whose == OF_WORKSPACE || by.starts_with("session_id") {
            *by = whose;
        }
    }
    for (name, whose) in tables {
        let count = query(AssertSqlSafe(format!(
            "SELECT COUNT(*) AS n FROM \"{name}\" WHERE {whose}"
        )))
        .bind(workspace)
        .fetch_one(&mut **tx)
        .await?;
        removed.insert(name, count.try_get("n")?);
    }
    let keys = query("DELETE FROM keys WHERE owner = ?")
        .bind(workspace)
        .execute(&mut **tx)
        .await?;
    removed.insert("keys".into(), i64::try_from(keys.rows_affected()).unwrap_or(i64::MAX));
    query("DELETE FROM workspaces WHERE id = ?")
        .bind(workspace)
        .execute(&mut **tx)
        .await?;
    let receipt = Receipt {
        id: new_id(),
        deleted_at: at.to_owned(),
        removed,
    };
    let parts: Vec<String> = receipt
        .removed
        .iter()
        .map(|(table, n)| format!("{table} {n}"))
        .collect();
    query("INSERT INTO deletions (id, owner_hash, deleted_at, removed) VALUES (?, ?, ?, ?)")
        .bind(&receipt.id)
        .bind(hash(workspace))
        .bind(&receipt.deleted_at)
        .bind(parts.join(", "))
        .execute(&mut **tx)
        .await?;
    Ok(receipt)
}
