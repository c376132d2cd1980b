//! The jobs to read résumés: taken under a lease, ended under a fence, given up after some attempts.

use super::resumes::cell;
use super::{Store, now};
use crate::db::query;
use crate::{Job, Status, StoreError};
use sqlx::AssertSqlSafe;
use std::time::Duration;

/// How often a job is taken before it is given up.
pub const ATTEMPTS: i64 = 3;

pub(super) fn millis(from_now: Duration) -> i64 {
    let ahead = i64::try_from(from_now.as_millis()).unwrap_or(i64::MAX);
    jiff::Timestamp::now().as_millisecond().saturating_add(ahead)
}

impl Store {
    /// Takes the oldest job that nobody holds, for the time of `lease`; each taking counts as one more attempt.
    ///
    /// # Errors
    /// The database fails.
    pub async fn claim_job(&self, owner: &str, lease: Duration) -> Result<Option<Job>, StoreError> {
        // Nobody else claims in this name: servers do not wait for one another.
        let mut tx = self.begin_for(owner).await?;
        let lock = self.writer.skip_locked();
        let sql = format!(
            "UPDATE jobs SET attempts = attempts + 1, fence = fence + 1, claimed_by = ?, lease_until = ? WHERE resume_id = (SELECT resume_id FROM jobs WHERE status = 'open' AND lease_until <= ? AND attempts < ? ORDER BY created_at, resume_id LIMIT 1{lock}) RETURNING resume_id, fence, (SELECT workspace_id FROM resumes WHERE id = resume_id) AS workspace_id, (SELECT version FROM resumes WHERE id = resume_id) AS version"
        );
        let row = query(AssertSqlSafe(sql))
            .bind(owner)
            .bind(millis(lease))
            .bind(millis(Duration::ZERO))
            .bind(ATTEMPTS)
            .fetch_optional(&mut *tx)
            .await?;
        let job = row
            .map(|row| {
                Ok::<_, sqlx::Error>(Job {
                    workspace_id: row.try_get("workspace_id")?,
                    resume_id: row.try_get("resume_id")?,
                    fence: row.try_get("fence")?,
                    version: row.try_get("version")?,
                })
            })
            .transpose()?;
        tx.commit().await?;
        Ok(job)
    }

    /// Ends the leases of an earlier run, so that its jobs are taken up at once. If that run is alive all the same,
    /// its late answers are fenced off. Where there may be other servers, their leases end by themselves.
    ///
    /// # Errors
    /// The database fails.
    pub async fn end_leases(&self) -> Result<(), StoreError> {
        if self.is_shared() {
            return Ok(());
        }
        query("UPDATE jobs SET lease_until = 0, fence = fence + 1, claimed_by = NULL WHERE status = 'open'")
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// Gives up the jobs that were taken [`ATTEMPTS`] times without an answer: their résumés fail with `failure` (the
    /// caller's JSON), the jobs stay as dead letters. Answers with (workspace, résumé).
    ///
    /// # Errors
    /// The database fails.
    pub async fn bury_jobs(&self, failure: &str) -> Result<Vec<(String, String)>, StoreError> {
        let mut tx = self.begin().await?;
        let rows = query("UPDATE jobs SET status = 'dead', fence = fence + 1, claimed_by = NULL WHERE status = 'open' AND lease_until <= ? AND attempts >= ? RETURNING resume_id, (SELECT workspace_id FROM resumes WHERE id = resume_id) AS workspace_id")
            .bind(millis(Duration::ZERO))
            .bind(ATTEMPTS)
            .fetch_all(&mut *tx)
            .await?;
        let mut buried = Vec::new();
        for row in rows {
            let (id, workspace): (String, String) = (row.try_get("resume_id")?, row.try_get("workspace_id")?);
            let key = self.person_key(&workspace).await?;
            query(
                "UPDATE resumes SET status = 'failed', failure = ?, updated_at = ? WHERE id = ? AND status = 'reading'",
            )
            .bind(key.seal(cell(&id, "failure"), failure.as_bytes())?)
            .bind(now())
            .bind(&id)
            .execute(&mut *tx)
            .await?;
            buried.push((workspace, id));
        }
        tx.commit().await?;
        Ok(buried)
    }

    /// Ends a job: what was read, or why not. What the person has changed meanwhile stays as it is.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the résumé was deleted meanwhile; [`StoreError::Fenced`] where another has taken
    /// the job or ended it; [`StoreError::Stale`] where the person has changed the résumé (the job is ended); the
    /// database fails.
    pub async fn finish_reading(&self, job: &Job, outcome: Result<(&str, &str), &str>) -> Result<(), StoreError> {
        let key = self.person_key(&job.workspace_id).await?;
        let seal = |column, text: Option<&str>| {
            text.map(|t| key.seal(cell(&job.resume_id, column), t.as_bytes()))
                .transpose()
        };
        let document = seal("document", outcome.ok().map(|read| read.0))?;
        let content = seal("content", outcome.ok().map(|read| read.1))?;
        let failure = seal("failure", outcome.err())?;
        let mut tx = self.begin_for(&job.workspace_id).await?;
        let row = query("SELECT version, status FROM resumes WHERE workspace_id = ? AND id = ?")
            .bind(&job.workspace_id)
            .bind(&job.resume_id)
            .fetch_optional(&mut *tx)
            .await?;
        let row = row.ok_or(StoreError::NotFound)?;
        let (version, status): (i64, &str) = (row.try_get("version")?, row.try_get("status")?);
        let ended = query("DELETE FROM jobs WHERE resume_id = ? AND fence = ? AND status = 'open'")
            .bind(&job.resume_id)
            .bind(job.fence)
            .execute(&mut *tx)
            .await?;
        if ended.rows_affected() == 0 {
            return Err(StoreError::Fenced);
        }
        if version != job.version || Status::of(status) != Status::Reading {
            query("UPDATE resumes SET status = 'ready', document = COALESCE(document, ?), updated_at = ? WHERE id = ? AND status = 'reading'")
                .bind(document)
                .bind(now())
                .bind(&job.resume_id)
                .execute(&mut *tx)
                .await?;
            tx.commit().await?;
            return Err(StoreError::Stale {
                given: job.version,
                present: version,
            });
        }
        let status = if outcome.is_ok() { Status::Ready } else { Status::Failed };
        query("UPDATE resumes SET status = ?, document = ?, content = ?, failure = ?, updated_at = ? WHERE id = ?")
            .bind(status.name())
            .bind(document)
            .bind(content)
            .bind(failure)
            .bind(now())
            .bind(&job.resume_id)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}
