//! People as a whole: who is there, and deleting one with all that is theirs.

use super::{Store, hash, new_id, now};
use crate::{Person, Receipt, StoreError};
use sqlx::{AssertSqlSafe, Row, Sqlite, Transaction};
use std::collections::{BTreeMap, HashSet};
use std::io::Write;
use std::path::Path;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Adds a line; on disk when it returns.
fn append(path: &Path, line: &str) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(line.as_bytes())?;
    file.sync_all()
}

impl Store {
    /// Everybody, oldest first; teams are not among them.
    ///
    /// # Errors
    /// A key does not open; the database fails.
    pub async fn people(&self) -> Result<Vec<Person>, StoreError> {
        let rows = sqlx::query("SELECT id, created_at, (SELECT COUNT(*) FROM resumes WHERE workspace_id = w.id) AS resumes FROM workspaces w WHERE NOT EXISTS (SELECT 1 FROM teams t WHERE t.workspace_id = w.id) ORDER BY created_at, id")
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
        let mut tx = self.begin().await?;
        sqlx::query("SELECT 1 FROM workspaces WHERE id = ?")
            .bind(workspace)
            .fetch_optional(&mut *tx)
            .await?
            .ok_or(StoreError::NotFound)?;
        let at = now();
        let alone = self.part_from_teams(&mut tx, workspace).await?;
        // Before the rows: if this run ends here, the next one deletes what is left.
        for gone in alone.iter().map(String::as_str).chain([workspace]) {
            append(&self.keyring.tombstones, &format!("{} {at}\n", hex(&hash(gone)))).map_err(StoreError::Tombstone)?;
        }
        for team in &alone {
            remove(&mut tx, team, &at).await?;
        }
        let receipt = remove(&mut tx, workspace, &at).await?;
        tx.commit().await?;
        for gone in alone.iter().map(String::as_str).chain([workspace]) {
            self.keyring.forget(gone);
        }
        // The log still has the old pages, the wrapped key among them.
        self.wipe_log().await?;
        Ok(receipt)
    }

    /// Deletes again whom an older backup has brought back; how many.
    pub(super) async fn replay_tombstones(&self) -> Result<u64, StoreError> {
        let text = match std::fs::read_to_string(&self.keyring.tombstones) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(0),
            Err(error) => return Err(StoreError::Tombstone(error)),
        };
        let gone: HashSet<&str> = text.lines().filter_map(|line| line.split(' ').next()).collect();
        let mut tx = self.begin().await?;
        let rows = sqlx::query("SELECT id FROM workspaces").fetch_all(&mut *tx).await?;
        let mut removed = 0;
        for row in rows {
            let id: String = row.try_get("id")?;
            if gone.contains(hex(&hash(&id)).as_str()) {
                self.part_from_teams(&mut tx, &id).await?;
                remove(&mut tx, &id, &now()).await?;
                removed += 1;
            }
        }
        tx.commit().await?;
        if removed > 0 {
            self.wipe_log().await?;
        }
        Ok(removed)
    }
}

/// Deletes the rows of a person and writes the receipt.
async fn remove(tx: &mut Transaction<'static, Sqlite>, workspace: &str, at: &str) -> Result<Receipt, StoreError> {
    let mut removed = BTreeMap::new();
    // Every table that names a workspace, a résumé or a session, whichever part of the product has made it.
    let tables = sqlx::query("SELECT m.name AS name, MIN(CASE c.name WHEN 'workspace_id' THEN 1 WHEN 'resume_id' THEN 2 WHEN 'session_id' THEN 3 END) AS by FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' GROUP BY m.name HAVING by IS NOT NULL ORDER BY m.name")
        .fetch_all(&mut **tx)
        .await?;
    for table in tables {
        let name: String = table.try_get("name")?;
        let whose = match table.try_get::<i64, _>("by")? {
            1 => "workspace_id = ?",
            2 => "resume_id IN (SELECT id FROM resumes WHERE workspace_id = ?)",
            _ => "session_id IN (SELECT id FROM sessions WHERE workspace_id = ?)",
        };
        let count = sqlx::query(AssertSqlSafe(format!(
            "SELECT COUNT(*) AS n FROM \"{name}\" WHERE {whose}"
        )))
        .bind(workspace)
        .fetch_one(&mut **tx)
        .await?;
        removed.insert(name, count.try_get("n")?);
    }
    let keys = sqlx::query("DELETE FROM keys WHERE owner = ?")
        .bind(workspace)
        .execute(&mut **tx)
        .await?;
    removed.insert("keys".into(), i64::try_from(keys.rows_affected()).unwrap_or(i64::MAX));
    sqlx::query("DELETE FROM workspaces WHERE id = ?")
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
    sqlx::query("INSERT INTO deletions (id, owner_hash, deleted_at, removed) VALUES (?, ?, ?, ?)")
        .bind(&receipt.id)
        .bind(hash(workspace))
        .bind(&receipt.deleted_at)
        .bind(parts.join(", "))
        .execute(&mut **tx)
        .await?;
    Ok(receipt)
}
