//! Letters and interview preparations.

use super::{Store, new_id, now};
use crate::{InterviewRow, LetterRow, StoreError};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

fn letter(row: &SqliteRow) -> Result<LetterRow, sqlx::Error> {
    Ok(LetterRow {
        id: row.try_get("id")?,
        resume_id: row.try_get("resume_id")?,
        base: row.try_get("base")?,
        job: row.try_get("job")?,
        wish: row.try_get("wish")?,
        content: row.try_get("content")?,
        facts: row.try_get("facts")?,
        version: row.try_get("version")?,
        created_at: row.try_get("created_at")?,
        updated_at: row.try_get("updated_at")?,
    })
}

fn interview(row: &SqliteRow) -> Result<InterviewRow, sqlx::Error> {
    Ok(InterviewRow {
        id: row.try_get("id")?,
        resume_id: row.try_get("resume_id")?,
        job: row.try_get("job")?,
        content: row.try_get("content")?,
        practice: row.try_get("practice")?,
        version: row.try_get("version")?,
        created_at: row.try_get("created_at")?,
        updated_at: row.try_get("updated_at")?,
    })
}

const LETTER: &str =
    "SELECT l.* FROM letters l JOIN resumes r ON r.id = l.resume_id WHERE r.workspace_id = ? AND l.id = ?";
const INTERVIEW: &str =
    "SELECT i.* FROM interviews i JOIN resumes r ON r.id = i.resume_id WHERE r.workspace_id = ? AND i.id = ?";

impl Store {
    /// Keeps a letter; gives it its id, version and times.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the workspace has no such résumé; the database fails.
    pub async fn create_letter(&self, workspace: &str, mut new: LetterRow) -> Result<LetterRow, StoreError> {
        self.resume(workspace, &new.resume_id).await?;
        (new.id, new.version, new.created_at) = (new_id(), 1, now());
        new.updated_at.clone_from(&new.created_at);
        sqlx::query("INSERT INTO letters (id, resume_id, base, job, wish, content, facts, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .bind(&new.id)
            .bind(&new.resume_id)
            .bind(&new.base)
            .bind(&new.job)
            .bind(&new.wish)
            .bind(&new.content)
            .bind(&new.facts)
            .bind(&new.created_at)
            .bind(&new.updated_at)
            .execute(&self.writer)
            .await?;
        Ok(new)
    }

    /// All letters of a résumé, newest first.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the workspace has no such résumé; the database fails.
    pub async fn letters(&self, workspace: &str, resume_id: &str) -> Result<Vec<LetterRow>, StoreError> {
        self.resume(workspace, resume_id).await?;
        let rows = sqlx::query("SELECT * FROM letters WHERE resume_id = ? ORDER BY created_at DESC, id DESC")
            .bind(resume_id)
            .fetch_all(&self.readers)
            .await?;
        Ok(rows.iter().map(letter).collect::<Result<_, _>>()?)
    }

    /// One letter.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; the database fails.
    pub async fn letter(&self, workspace: &str, id: &str) -> Result<LetterRow, StoreError> {
        let row = sqlx::query(LETTER)
            .bind(workspace)
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        Ok(letter(&row.ok_or(StoreError::NotFound)?)?)
    }

    /// Replaces what a letter says, its wish and its facts, if `version` is still the present one.
    ///
    /// # Errors
    /// [`StoreError::Stale`], [`StoreError::NotFound`]; the database fails.
    pub async fn update_letter(
        &self,
        workspace: &str,
        id: &str,
        version: i64,
        wish: &str,
        content: &str,
        facts: &str,
    ) -> Result<LetterRow, StoreError> {
        let mut tx = self.begin().await?;
        let row = sqlx::query(LETTER)
            .bind(workspace)
            .bind(id)
            .fetch_optional(&mut *tx)
            .await?;
        let mut kept = letter(&row.ok_or(StoreError::NotFound)?)?;
        if kept.version != version {
            return Err(StoreError::Stale {
                given: version,
                present: kept.version,
            });
        }
        kept.version += 1;
        kept.updated_at = now();
        (kept.wish, kept.content, kept.facts) = (wish.to_owned(), content.to_owned(), facts.to_owned());
        sqlx::query("UPDATE letters SET wish = ?, content = ?, facts = ?, version = ?, updated_at = ? WHERE id = ?")
            .bind(wish)
            .bind(content)
            .bind(facts)
            .bind(kept.version)
            .bind(&kept.updated_at)
            .bind(id)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(kept)
    }

    /// Deletes a letter.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; the database fails.
    pub async fn delete_letter(&self, workspace: &str, id: &str) -> Result<(), StoreError> {
        let done = sqlx::query(
            "DELETE FROM letters WHERE id = ? AND resume_id IN (SELECT id FROM resumes WHERE workspace_id = ?)",
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

    /// Keeps an interview preparation; gives it its id, version and times.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the workspace has no such résumé; the database fails.
    pub async fn create_interview(&self, workspace: &str, mut new: InterviewRow) -> Result<InterviewRow, StoreError> {
        self.resume(workspace, &new.resume_id).await?;
        (new.id, new.version, new.created_at) = (new_id(), 1, now());
        new.updated_at.clone_from(&new.created_at);
        sqlx::query("INSERT INTO interviews (id, resume_id, job, content, practice, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)")
            .bind(&new.id)
            .bind(&new.resume_id)
            .bind(&new.job)
            .bind(&new.content)
            .bind(&new.practice)
            .bind(&new.created_at)
            .bind(&new.updated_at)
            .execute(&self.writer)
            .await?;
        Ok(new)
    }

    /// All preparations of a résumé, newest first.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the workspace has no such résumé; the database fails.
    pub async fn interviews(&self, workspace: &str, resume_id: &str) -> Result<Vec<InterviewRow>, StoreError> {
        self.resume(workspace, resume_id).await?;
        let rows = sqlx::query("SELECT * FROM interviews WHERE resume_id = ? ORDER BY created_at DESC, id DESC")
            .bind(resume_id)
            .fetch_all(&self.readers)
            .await?;
        Ok(rows.iter().map(interview).collect::<Result<_, _>>()?)
    }

    /// One preparation.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; the database fails.
    pub async fn interview(&self, workspace: &str, id: &str) -> Result<InterviewRow, StoreError> {
        let row = sqlx::query(INTERVIEW)
            .bind(workspace)
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        Ok(interview(&row.ok_or(StoreError::NotFound)?)?)
    }

    /// Replaces the notes and ratings of a preparation, if `version` is still the present one.
    ///
    /// # Errors
    /// [`StoreError::Stale`], [`StoreError::NotFound`]; the database fails.
    pub async fn update_practice(
        &self,
        workspace: &str,
        id: &str,
        version: i64,
        practice: &str,
    ) -> Result<InterviewRow, StoreError> {
        let mut tx = self.begin().await?;
        let row = sqlx::query(INTERVIEW)
            .bind(workspace)
            .bind(id)
            .fetch_optional(&mut *tx)
            .await?;
        let mut kept = interview(&row.ok_or(StoreError::NotFound)?)?;
        if kept.version != version {
            return Err(StoreError::Stale {
                given: version,
                present: kept.version,
            });
        }
        kept.version += 1;
        kept.updated_at = now();
        practice.clone_into(&mut kept.practice);
        sqlx::query("UPDATE interviews SET practice = ?, version = ?, updated_at = ? WHERE id = ?")
            .bind(practice)
            .bind(kept.version)
            .bind(&kept.updated_at)
            .bind(id)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(kept)
    }

    /// Deletes a preparation.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; the database fails.
    pub async fn delete_interview(&self, workspace: &str, id: &str) -> Result<(), StoreError> {
        let done = sqlx::query(
            "DELETE FROM interviews WHERE id = ? AND resume_id IN (SELECT id FROM resumes WHERE workspace_id = ?)",
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
