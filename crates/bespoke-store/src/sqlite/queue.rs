//! The queue of the jobs: how long it may grow, how a long job is kept, how a failed one is tried again, and how an
//! upload that is sent twice stays one.

use super::jobs::millis;
use super::{Store, hash, now};
use crate::db::{Tx, query};
use crate::{Job, StoreError};
use sha2::{Digest, Sha256};
use std::time::Duration;

/// How many jobs may wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueueLimits {
    /// Of all workspaces together.
    pub all: i64,
    /// Of one workspace.
    pub each: i64,
}

impl Default for QueueLimits {
    fn default() -> Self {
        QueueLimits { all: 500, each: 50 }
    }
}

/// How the queue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueueState {
    /// Jobs that wait or are at work.
    pub open: i64,
    /// Of these, those that somebody holds.
    pub held: i64,
    /// Jobs that were given up.
    pub dead: i64,
}

/// How long an idempotency key is remembered.
const REMEMBERED: Duration = Duration::from_secs(24 * 3600);

/// A job takes about half a second on a small machine.
fn seconds(waiting: i64) -> u64 {
    u64::try_from(waiting / 2).unwrap_or(0).clamp(2, 120)
}

impl Store {
    /// The same store with another length of the queue.
    pub fn with_limits(mut self, limits: QueueLimits) -> Store {
        self.limits = limits;
        self
    }

    /// Refuses another job where the queue is full.
    pub(super) async fn check_queue(&self, tx: &mut Tx, workspace: &str) -> Result<(), StoreError> {
        let row = query("SELECT COUNT(*) AS waiting, COUNT(CASE WHEN r.workspace_id = ? THEN 1 END) AS mine FROM jobs j JOIN resumes r ON r.id = j.resume_id WHERE j.status = 'open'")
            .bind(workspace)
            .fetch_one(&mut **tx)
            .await?;
        let (waiting, mine): (i64, i64) = (row.try_get("waiting")?, row.try_get("mine")?);
        match (mine >= self.limits.each, waiting >= self.limits.all) {
            (true, _) => Err(StoreError::Busy {
                mine: true,
                seconds: seconds(mine),
            }),
            (false, true) => Err(StoreError::Busy {
                mine: false,
                seconds: seconds(waiting),
            }),
            (false, false) => Ok(()),
        }
    }

    /// How long the queue is.
    ///
    /// # Errors
    /// The database fails.
    pub async fn queue(&self) -> Result<QueueState, StoreError> {
        let row = query("SELECT COUNT(CASE WHEN status = 'open' THEN 1 END) AS open, COUNT(CASE WHEN status = 'open' AND lease_until > ? THEN 1 END) AS held, COUNT(CASE WHEN status = 'dead' THEN 1 END) AS dead FROM jobs")
            .bind(millis(Duration::ZERO))
            .fetch_one(&self.readers)
            .await?;
        Ok(QueueState {
            open: row.try_get("open")?,
            held: row.try_get("held")?,
            dead: row.try_get("dead")?,
        })
    }

    /// Keeps a job that is at work for another `lease` from now.
    ///
    /// # Errors
    /// [`StoreError::Fenced`] where another has taken the job or it is ended; the database fails.
    pub async fn extend_job(&self, job: &Job, lease: Duration) -> Result<(), StoreError> {
        let done = query("UPDATE jobs SET lease_until = ? WHERE resume_id = ? AND fence = ? AND status = 'open'")
            .bind(millis(lease))
            .bind(&job.resume_id)
            .bind(job.fence)
            .execute(&self.writer)
            .await?;
        match done.rows_affected() {
            0 => Err(StoreError::Fenced),
            _ => Ok(()),
        }
    }

    /// Reads a résumé again that could not be read, from its first attempt; one in another state stays as it is.
    /// Answers whether there is a new job.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::Busy`] where the queue is full; the database fails.
    pub async fn retry_job(&self, workspace: &str, resume_id: &str) -> Result<bool, StoreError> {
        let mut tx = self.begin_for(workspace).await?;
        let row = query("SELECT status FROM resumes WHERE workspace_id = ? AND id = ?")
            .bind(workspace)
            .bind(resume_id)
            .fetch_optional(&mut *tx)
            .await?;
        let status: String = row.ok_or(StoreError::NotFound)?.try_get("status")?;
        if status != "failed" {
            return Ok(false);
        }
        self.check_queue(&mut tx, workspace).await?;
        query("UPDATE resumes SET status = 'reading', failure = NULL, updated_at = ? WHERE id = ?")
            .bind(now())
            .bind(resume_id)
            .execute(&mut *tx)
            .await?;
        // The fence goes on growing, also past that of a job that is ended, so that a late answer of an earlier attempt
        // is refused.
        query("INSERT INTO jobs (resume_id, created_at, fence) VALUES (?, ?, ?) ON CONFLICT (resume_id) DO UPDATE SET status = 'open', attempts = 0, lease_until = 0, fence = jobs.fence + 1, claimed_by = NULL, created_at = excluded.created_at")
            .bind(resume_id)
            .bind(now())
            .bind(millis(Duration::ZERO))
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(true)
    }

    /// The jobs that were given up, oldest first, as (workspace, résumé).
    ///
    /// # Errors
    /// The database fails.
    pub async fn given_up(&self) -> Result<Vec<(String, String)>, StoreError> {
        let rows = query("SELECT r.workspace_id AS workspace_id, j.resume_id AS resume_id FROM jobs j JOIN resumes r ON r.id = j.resume_id WHERE j.status = 'dead' ORDER BY j.created_at, j.resume_id")
            .fetch_all(&self.readers)
            .await?;
        Ok(rows
            .iter()
            .map(|row| Ok((row.try_get("workspace_id")?, row.try_get("resume_id")?)))
            .collect::<Result<_, sqlx::Error>>()?)
    }

    /// The résumé that this key made before.
    pub(super) async fn earlier_upload(
        tx: &mut Tx,
        workspace: &str,
        key: &str,
        file: &[u8],
    ) -> Result<Option<String>, StoreError> {
        query("DELETE FROM uploads WHERE created_at < ?")
            .bind(millis(Duration::ZERO).saturating_sub(REMEMBERED.as_millis() as i64))
            .execute(&mut **tx)
            .await?;
        let row = query("SELECT file_hash, resume_id FROM uploads WHERE workspace_id = ? AND key_hash = ?")
            .bind(workspace)
            .bind(hash(key))
            .fetch_optional(&mut **tx)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let known: Vec<u8> = row.try_get("file_hash")?;
        match known == Sha256::digest(file).as_slice() {
            true => Ok(Some(row.try_get("resume_id")?)),
            false => Err(StoreError::KeyReused),
        }
    }

    /// Remembers which résumé a key has made.
    pub(super) async fn remember_upload(
        tx: &mut Tx,
        workspace: &str,
        key: &str,
        file: &[u8],
        resume_id: &str,
    ) -> Result<(), StoreError> {
        query("INSERT INTO uploads (workspace_id, key_hash, file_hash, resume_id, created_at) VALUES (?, ?, ?, ?, ?)")
            .bind(workspace)
            .bind(hash(key))
            .bind(Sha256::digest(file).to_vec())
            .bind(resume_id)
            .bind(millis(Duration::ZERO))
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}
