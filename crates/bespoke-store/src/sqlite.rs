//! The store in one SQLite file: WAL, every commit on disk, one writer, many readers.

mod applications;
mod exports;
mod jobs;
mod templates;

pub use jobs::ATTEMPTS;

use crate::{ResumeRow, Status, StoreError, TailoringRow, Workspace};
use sha2::{Digest, Sha256};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow, SqliteSynchronous,
};
use sqlx::{Row, Sqlite, Transaction};
use std::path::Path;
use std::time::Duration;
use uuid::Uuid;

/// All that is kept. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    readers: SqlitePool,
    /// One connection, so that writers queue here instead of failing as busy.
    writer: SqlitePool,
}

fn now() -> String {
    jiff::Timestamp::now().to_string()
}

fn new_id() -> String {
    Uuid::now_v7().to_string()
}

fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

const RESUME: &str = "SELECT id, workspace_id, file_name, format, status, version, document, content, failure, created_at, updated_at FROM resumes WHERE workspace_id = ? AND id = ?";

fn resume(row: &SqliteRow) -> Result<ResumeRow, sqlx::Error> {
    Ok(ResumeRow {
        id: row.try_get("id")?,
        workspace_id: row.try_get("workspace_id")?,
        file_name: row.try_get("file_name")?,
        format: row.try_get("format")?,
        status: Status::of(row.try_get("status")?),
        version: row.try_get("version")?,
        document: row.try_get("document")?,
        content: row.try_get("content")?,
        failure: row.try_get("failure")?,
        created_at: row.try_get("created_at")?,
        updated_at: row.try_get("updated_at")?,
    })
}

const TAILORING: &str = "SELECT t.id AS id, resume_id, base_version, base, job, result, accepted, t.version AS version, t.created_at AS created_at FROM tailorings t JOIN resumes r ON r.id = t.resume_id WHERE r.workspace_id = ? AND t.id = ?";

fn tailoring(row: &SqliteRow) -> Result<TailoringRow, sqlx::Error> {
    Ok(TailoringRow {
        id: row.try_get("id")?,
        resume_id: row.try_get("resume_id")?,
        base_version: row.try_get("base_version")?,
        base: row.try_get("base")?,
        job: row.try_get("job")?,
        result: row.try_get("result")?,
        accepted: row.try_get("accepted")?,
        version: row.try_get("version")?,
        created_at: row.try_get("created_at")?,
    })
}

impl Store {
    /// Opens the database `bespoke.db` in a folder, made and migrated where needed.
    ///
    /// # Errors
    /// The file cannot be opened or migrated.
    pub async fn open(folder: &Path) -> Result<Store, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(folder.join("bespoke.db"))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10));
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options.clone())
            .await?;
        sqlx::migrate!("./migrations/sqlite").run(&writer).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(8)
            .connect_with(options.read_only(true))
            .await?;
        Ok(Store { readers, writer })
    }

    async fn begin(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }

    /// True where the database answers.
    pub async fn is_ready(&self) -> bool {
        sqlx::query("SELECT 1").execute(&self.readers).await.is_ok()
    }

    /// Closes all connections, so that the write-ahead log is merged.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    /// Makes a guest workspace and the secret token that opens it (shown once, 244 random bits).
    ///
    /// # Errors
    /// The database fails.
    pub async fn create_workspace(&self) -> Result<(Workspace, String), StoreError> {
        let token = format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
        let workspace = Workspace {
            id: new_id(),
            created_at: now(),
        };
        sqlx::query("INSERT INTO workspaces (id, token_hash, created_at) VALUES (?, ?, ?)")
            .bind(&workspace.id)
            .bind(hash(&token))
            .bind(&workspace.created_at)
            .execute(&self.writer)
            .await?;
        Ok((workspace, token))
    }

    /// The workspace that a token opens.
    ///
    /// # Errors
    /// The database fails.
    pub async fn workspace(&self, token: &str) -> Result<Option<Workspace>, StoreError> {
        let row = sqlx::query("SELECT id, created_at FROM workspaces WHERE token_hash = ?")
            .bind(hash(token))
            .fetch_optional(&self.readers)
            .await?;
        row.map(|row| {
            Ok(Workspace {
                id: row.try_get("id")?,
                created_at: row.try_get("created_at")?,
            })
        })
        .transpose()
    }

    /// Keeps an uploaded file and the job to read it, in one transaction.
    ///
    /// # Errors
    /// The database fails.
    pub async fn create_resume(
        &self,
        workspace: &str,
        file_name: &str,
        format: &str,
        original: &[u8],
    ) -> Result<ResumeRow, StoreError> {
        let (id, at) = (new_id(), now());
        let mut tx = self.begin().await?;
        sqlx::query("INSERT INTO resumes (id, workspace_id, file_name, format, status, original, created_at, updated_at) VALUES (?, ?, ?, ?, 'reading', ?, ?, ?)")
            .bind(&id)
            .bind(workspace)
            .bind(file_name)
            .bind(format)
            .bind(original)
            .bind(&at)
            .bind(&at)
            .execute(&mut *tx)
            .await?;
        sqlx::query("INSERT INTO jobs (resume_id, created_at) VALUES (?, ?)")
            .bind(&id)
            .bind(&at)
            .execute(&mut *tx)
            .await?;
        let row = sqlx::query(RESUME)
            .bind(workspace)
            .bind(&id)
            .fetch_one(&mut *tx)
            .await?;
        let row = resume(&row)?;
        tx.commit().await?;
        Ok(row)
    }

    /// All résumés of a workspace, newest first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn resumes(&self, workspace: &str) -> Result<Vec<ResumeRow>, StoreError> {
        let rows = sqlx::query("SELECT id, workspace_id, file_name, format, status, version, NULL AS document, content, failure, created_at, updated_at FROM resumes WHERE workspace_id = ? ORDER BY created_at DESC, id DESC")
            .bind(workspace)
            .fetch_all(&self.readers)
            .await?;
        Ok(rows.iter().map(resume).collect::<Result<_, _>>()?)
    }

    /// One résumé.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the workspace has none with this id; the database fails.
    pub async fn resume(&self, workspace: &str, id: &str) -> Result<ResumeRow, StoreError> {
        let row = sqlx::query(RESUME)
            .bind(workspace)
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        Ok(resume(&row.ok_or(StoreError::NotFound)?)?)
    }

    /// The present version of a résumé, without the rest of it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; the database fails.
    pub async fn resume_version(&self, workspace: &str, id: &str) -> Result<i64, StoreError> {
        let row = sqlx::query("SELECT version FROM resumes WHERE workspace_id = ? AND id = ?")
            .bind(workspace)
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        Ok(row.ok_or(StoreError::NotFound)?.try_get("version")?)
    }

    /// The file as it was uploaded.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; the database fails.
    pub async fn original(&self, workspace: &str, id: &str) -> Result<Vec<u8>, StoreError> {
        let row = sqlx::query("SELECT original FROM resumes WHERE workspace_id = ? AND id = ?")
            .bind(workspace)
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        Ok(row.ok_or(StoreError::NotFound)?.try_get("original")?)
    }

    /// Replaces the content, if `version` is still the present one.
    ///
    /// # Errors
    /// [`StoreError::Stale`], [`StoreError::NotFound`]; the database fails.
    pub async fn update_resume(
        &self,
        workspace: &str,
        id: &str,
        version: i64,
        content: &str,
    ) -> Result<ResumeRow, StoreError> {
        let mut tx = self.begin().await?;
        let row = sqlx::query(RESUME)
            .bind(workspace)
            .bind(id)
            .fetch_optional(&mut *tx)
            .await?;
        let present = resume(&row.ok_or(StoreError::NotFound)?)?.version;
        if present != version {
            return Err(StoreError::Stale {
                given: version,
                present,
            });
        }
        sqlx::query("UPDATE resumes SET content = ?, version = version + 1, updated_at = ? WHERE id = ?")
            .bind(content)
            .bind(now())
            .bind(id)
            .execute(&mut *tx)
            .await?;
        let row = sqlx::query(RESUME).bind(workspace).bind(id).fetch_one(&mut *tx).await?;
        let row = resume(&row)?;
        tx.commit().await?;
        Ok(row)
    }

    /// Deletes a résumé with its file, jobs and tailorings.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; the database fails.
    pub async fn delete_resume(&self, workspace: &str, id: &str) -> Result<(), StoreError> {
        let done = sqlx::query("DELETE FROM resumes WHERE workspace_id = ? AND id = ?")
            .bind(workspace)
            .bind(id)
            .execute(&self.writer)
            .await?;
        if done.rows_affected() == 0 {
            Err(StoreError::NotFound)
        } else {
            Ok(())
        }
    }

    /// Keeps a tailoring; gives it its id, version and time.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the workspace has no such résumé; the database fails.
    pub async fn create_tailoring(&self, workspace: &str, mut new: TailoringRow) -> Result<TailoringRow, StoreError> {
        let mut tx = self.begin().await?;
        sqlx::query("SELECT 1 FROM resumes WHERE workspace_id = ? AND id = ?")
            .bind(workspace)
            .bind(&new.resume_id)
            .fetch_optional(&mut *tx)
            .await?
            .ok_or(StoreError::NotFound)?;
        new.id = new_id();
        new.version = 1;
        new.created_at = now();
        sqlx::query("INSERT INTO tailorings (id, resume_id, base_version, base, job, result, accepted, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
            .bind(&new.id)
            .bind(&new.resume_id)
            .bind(new.base_version)
            .bind(&new.base)
            .bind(&new.job)
            .bind(&new.result)
            .bind(&new.accepted)
            .bind(&new.created_at)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(new)
    }

    /// All tailorings of a résumé, newest first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn tailorings(&self, workspace: &str, resume_id: &str) -> Result<Vec<TailoringRow>, StoreError> {
        self.resume(workspace, resume_id).await?;
        let rows = sqlx::query("SELECT id, resume_id, base_version, base, job, result, accepted, version, created_at FROM tailorings WHERE resume_id = ? ORDER BY created_at DESC, id DESC")
            .bind(resume_id)
            .fetch_all(&self.readers)
            .await?;
        Ok(rows.iter().map(tailoring).collect::<Result<_, _>>()?)
    }

    /// One tailoring.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; the database fails.
    pub async fn tailoring(&self, workspace: &str, id: &str) -> Result<TailoringRow, StoreError> {
        let row = sqlx::query(TAILORING)
            .bind(workspace)
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        Ok(tailoring(&row.ok_or(StoreError::NotFound)?)?)
    }

    /// Sets which suggestions are accepted, if `version` is still the present one; without one, in any case.
    ///
    /// # Errors
    /// [`StoreError::Stale`], [`StoreError::NotFound`]; the database fails.
    pub async fn accept(
        &self,
        workspace: &str,
        id: &str,
        version: Option<i64>,
        accepted: &str,
    ) -> Result<TailoringRow, StoreError> {
        let mut tx = self.begin().await?;
        let row = sqlx::query(TAILORING)
            .bind(workspace)
            .bind(id)
            .fetch_optional(&mut *tx)
            .await?;
        let mut kept = tailoring(&row.ok_or(StoreError::NotFound)?)?;
        if let Some(given) = version.filter(|v| *v != kept.version) {
            return Err(StoreError::Stale {
                given,
                present: kept.version,
            });
        }
        kept.version += 1;
        accepted.clone_into(&mut kept.accepted);
        sqlx::query("UPDATE tailorings SET accepted = ?, version = ? WHERE id = ?")
            .bind(accepted)
            .bind(kept.version)
            .bind(id)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(kept)
    }

    /// Deletes a tailoring.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; the database fails.
    pub async fn delete_tailoring(&self, workspace: &str, id: &str) -> Result<(), StoreError> {
        let done = sqlx::query(
            "DELETE FROM tailorings WHERE id = ? AND resume_id IN (SELECT id FROM resumes WHERE workspace_id = ?)",
        )
        .bind(id)
        .bind(workspace)
        .execute(&self.writer)
        .await?;
        if done.rows_affected() == 0 {
            Err(StoreError::NotFound)
        } else {
            Ok(())
        }
    }
}
