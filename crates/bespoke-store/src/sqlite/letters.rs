//! Letters and interview preparations.

use super::{Store, new_id, now};
use crate::crypto::{Cell, PersonKey};
use crate::{InterviewRow, LetterRow, StoreError};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

fn letter_cell<'a>(id: &'a str, column: &'static str) -> Cell<'a> {
    Cell {
        table: "letters",
        column,
        row: id,
    }
}

fn interview_cell<'a>(id: &'a str, column: &'static str) -> Cell<'a> {
    Cell {
        table: "interviews",
        column,
        row: id,
    }
}

fn letter(row: &SqliteRow, key: &PersonKey) -> Result<LetterRow, StoreError> {
    let id: String = row.try_get("id")?;
    let open =
        |column| -> Result<String, StoreError> { Ok(key.open_text(letter_cell(&id, column), row.try_get(column)?)?) };
    Ok(LetterRow {
        resume_id: row.try_get("resume_id")?,
        base: open("base")?,
        job: open("job")?,
        wish: open("wish")?,
        content: open("content")?,
        facts: open("facts")?,
        version: row.try_get("version")?,
        created_at: row.try_get("created_at")?,
        updated_at: row.try_get("updated_at")?,
        id,
    })
}

fn interview(row: &SqliteRow, key: &PersonKey) -> Result<InterviewRow, StoreError> {
    let id: String = row.try_get("id")?;
    let open = |column| -> Result<String, StoreError> {
        Ok(key.open_text(interview_cell(&id, column), row.try_get(column)?)?)
    };
    Ok(InterviewRow {
        resume_id: row.try_get("resume_id")?,
        job: open("job")?,
        content: open("content")?,
        practice: open("practice")?,
        version: row.try_get("version")?,
        created_at: row.try_get("created_at")?,
        updated_at: row.try_get("updated_at")?,
        id,
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
    /// [`StoreError::NotFound`] where the workspace has no such résumé; a value does not open; the database fails.
    pub async fn create_letter(&self, workspace: &str, mut new: LetterRow) -> Result<LetterRow, StoreError> {
        self.resume(workspace, &new.resume_id).await?;
        let key = self.person_key(workspace).await?;
        (new.id, new.version, new.created_at) = (new_id(), 1, now());
        new.updated_at.clone_from(&new.created_at);
        sqlx::query("INSERT INTO letters (id, resume_id, base, job, wish, content, facts, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .bind(&new.id)
            .bind(&new.resume_id)
            .bind(key.seal(letter_cell(&new.id, "base"), new.base.as_bytes())?)
            .bind(key.seal(letter_cell(&new.id, "job"), new.job.as_bytes())?)
            .bind(key.seal(letter_cell(&new.id, "wish"), new.wish.as_bytes())?)
            .bind(key.seal(letter_cell(&new.id, "content"), new.content.as_bytes())?)
            .bind(key.seal(letter_cell(&new.id, "facts"), new.facts.as_bytes())?)
            .bind(&new.created_at)
            .bind(&new.updated_at)
            .execute(&self.writer)
            .await?;
        Ok(new)
    }

    /// All letters of a résumé, newest first.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the workspace has no such résumé; a value does not open; the database fails.
    pub async fn letters(&self, workspace: &str, resume_id: &str) -> Result<Vec<LetterRow>, StoreError> {
        self.resume(workspace, resume_id).await?;
        let key = self.person_key(workspace).await?;
        let rows = sqlx::query("SELECT * FROM letters WHERE resume_id = ? ORDER BY created_at DESC, id DESC")
            .bind(resume_id)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(|row| letter(row, &key)).collect()
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
        let key = self.person_key(workspace).await?;
        letter(&row.ok_or(StoreError::NotFound)?, &key)
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
        let key = self.person_key(workspace).await?;
        let mut tx = self.begin().await?;
        let row = sqlx::query(LETTER)
            .bind(workspace)
            .bind(id)
            .fetch_optional(&mut *tx)
            .await?;
        let mut kept = letter(&row.ok_or(StoreError::NotFound)?, &key)?;
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
            .bind(key.seal(letter_cell(id, "wish"), wish.as_bytes())?)
            .bind(key.seal(letter_cell(id, "content"), content.as_bytes())?)
            .bind(key.seal(letter_cell(id, "facts"), facts.as_bytes())?)
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
    /// [`StoreError::NotFound`] where the workspace has no such résumé; a value does not open; the database fails.
    pub async fn create_interview(&self, workspace: &str, mut new: InterviewRow) -> Result<InterviewRow, StoreError> {
        self.resume(workspace, &new.resume_id).await?;
        let key = self.person_key(workspace).await?;
        (new.id, new.version, new.created_at) = (new_id(), 1, now());
        new.updated_at.clone_from(&new.created_at);
        sqlx::query("INSERT INTO interviews (id, resume_id, job, content, practice, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)")
            .bind(&new.id)
            .bind(&new.resume_id)
            .bind(key.seal(interview_cell(&new.id, "job"), new.job.as_bytes())?)
            .bind(key.seal(interview_cell(&new.id, "content"), new.content.as_bytes())?)
            .bind(key.seal(interview_cell(&new.id, "practice"), new.practice.as_bytes())?)
            .bind(&new.created_at)
            .bind(&new.updated_at)
            .execute(&self.writer)
            .await?;
        Ok(new)
    }

    /// All preparations of a résumé, newest first.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the workspace has no such résumé; a value does not open; the database fails.
    pub async fn interviews(&self, workspace: &str, resume_id: &str) -> Result<Vec<InterviewRow>, StoreError> {
        self.resume(workspace, resume_id).await?;
        let key = self.person_key(workspace).await?;
        let rows = sqlx::query("SELECT * FROM interviews WHERE resume_id = ? ORDER BY created_at DESC, id DESC")
            .bind(resume_id)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(|row| interview(row, &key)).collect()
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
        let key = self.person_key(workspace).await?;
        interview(&row.ok_or(StoreError::NotFound)?, &key)
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
        let key = self.person_key(workspace).await?;
        let mut tx = self.begin().await?;
        let row = sqlx::query(INTERVIEW)
            .bind(workspace)
            .bind(id)
            .fetch_optional(&mut *tx)
            .await?;
        let mut kept = interview(&row.ok_or(StoreError::NotFound)?, &key)?;
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
            .bind(key.seal(interview_cell(id, "practice"), practice.as_bytes())?)
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
