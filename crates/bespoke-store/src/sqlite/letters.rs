//! Letters and interview preparations.

use super::{Store, found, is_present, new_id, now};
use crate::crypto::{Cell, PersonKey};
use crate::db::{Row, query};
use crate::{InterviewRow, LetterRow, StoreError};

/// The sealed texts of one row.
struct Texts<'a> {
    key: &'a PersonKey,
    table: &'static str,
    row: &'a str,
}

impl Texts<'_> {
    fn cell(&self, column: &'static str) -> Cell<'_> {
        Cell {
            table: self.table,
            column,
            row: self.row,
        }
    }

    fn open(&self, row: &Row, column: &'static str) -> Result<String, StoreError> {
        Ok(self.key.open_text(self.cell(column), row.try_get(column)?)?)
    }

    fn seal(&self, column: &'static str, text: &str) -> Result<Vec<u8>, StoreError> {
        Ok(self.key.seal(self.cell(column), text.as_bytes())?)
    }
}

fn letter(row: &Row, key: &PersonKey) -> Result<LetterRow, StoreError> {
    let id: String = row.try_get("id")?;
    let texts = Texts {
        key,
        table: "letters",
        row: &id,
    };
    Ok(LetterRow {
        resume_id: row.try_get("resume_id")?,
        base: texts.open(row, "base")?,
        job: texts.open(row, "job")?,
        wish: texts.open(row, "wish")?,
        content: texts.open(row, "content")?,
        facts: texts.open(row, "facts")?,
        version: row.try_get("version")?,
        created_at: row.try_get("created_at")?,
        updated_at: row.try_get("updated_at")?,
        id,
    })
}

fn interview(row: &Row, key: &PersonKey) -> Result<InterviewRow, StoreError> {
    let id: String = row.try_get("id")?;
    let texts = Texts {
        key,
        table: "interviews",
        row: &id,
    };
    Ok(InterviewRow {
        resume_id: row.try_get("resume_id")?,
        job: texts.open(row, "job")?,
        content: texts.open(row, "content")?,
        practice: texts.open(row, "practice")?,
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
        self.resume_version(workspace, &new.resume_id).await?;
        let key = self.person_key(workspace).await?;
        (new.id, new.version, new.created_at) = (new_id(), 1, now());
        new.updated_at.clone_from(&new.created_at);
        let texts = Texts {
            key: &key,
            table: "letters",
            row: &new.id,
        };
        query("INSERT INTO letters (id, resume_id, base, job, wish, content, facts, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .bind(&new.id)
            .bind(&new.resume_id)
            .bind(texts.seal("base", &new.base)?)
            .bind(texts.seal("job", &new.job)?)
            .bind(texts.seal("wish", &new.wish)?)
            .bind(texts.seal("content", &new.content)?)
            .bind(texts.seal("facts", &new.facts)?)
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
        self.resume_version(workspace, resume_id).await?;
        let key = self.person_key(workspace).await?;
        let rows = query("SELECT * FROM letters WHERE resume_id = ? ORDER BY created_at DESC, id DESC")
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
        let row = query(LETTER)
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
        let mut tx = self.begin_for(workspace).await?;
        let row = query(LETTER).bind(workspace).bind(id).fetch_optional(&mut *tx).await?;
        let mut kept = letter(&row.ok_or(StoreError::NotFound)?, &key)?;
        is_present(version, kept.version)?;
        kept.version += 1;
        kept.updated_at = now();
        (kept.wish, kept.content, kept.facts) = (wish.to_owned(), content.to_owned(), facts.to_owned());
        let texts = Texts {
            key: &key,
            table: "letters",
            row: id,
        };
        let done =
            query("UPDATE letters SET wish = ?, content = ?, facts = ?, version = ?, updated_at = ? WHERE id = ?")
                .bind(texts.seal("wish", wish)?)
                .bind(texts.seal("content", content)?)
                .bind(texts.seal("facts", facts)?)
                .bind(kept.version)
                .bind(&kept.updated_at)
                .bind(id)
                .execute(&mut *tx)
                .await?;
        found(&done)?;
        tx.commit().await?;
        Ok(kept)
    }

    /// Deletes a letter.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; the database fails.
    pub async fn delete_letter(&self, workspace: &str, id: &str) -> Result<(), StoreError> {
        let done =
            query("DELETE FROM letters WHERE id = ? AND resume_id IN (SELECT id FROM resumes WHERE workspace_id = ?)")
                .bind(id)
                .bind(workspace)
                .execute(&self.writer)
                .await?;
        found(&done)
    }

    /// Keeps an interview preparation; gives it its id, version and times.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the workspace has no such résumé; a value does not open; the database fails.
    pub async fn create_interview(&self, workspace: &str, mut new: InterviewRow) -> Result<InterviewRow, StoreError> {
        self.resume_version(workspace, &new.resume_id).await?;
        let key = self.person_key(workspace).await?;
        (new.id, new.version, new.created_at) = (new_id(), 1, now());
        new.updated_at.clone_from(&new.created_at);
        let texts = Texts {
            key: &key,
            table: "interviews",
            row: &new.id,
        };
        query("INSERT INTO interviews (id, resume_id, job, content, practice, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)")
            .bind(&new.id)
            .bind(&new.resume_id)
            .bind(texts.seal("job", &new.job)?)
            .bind(texts.seal("content", &new.content)?)
            .bind(texts.seal("practice", &new.practice)?)
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
        self.resume_version(workspace, resume_id).await?;
        let key = self.person_key(workspace).await?;
        let rows = query("SELECT * FROM interviews WHERE resume_id = ? ORDER BY created_at DESC, id DESC")
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
        let row = query(INTERVIEW)
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
        let mut tx = self.begin_for(workspace).await?;
        let row = query(INTERVIEW)
            .bind(workspace)
            .bind(id)
            .fetch_optional(&mut *tx)
            .await?;
        let mut kept = interview(&row.ok_or(StoreError::NotFound)?, &key)?;
        is_present(version, kept.version)?;
        kept.version += 1;
        kept.updated_at = now();
        practice.clone_into(&mut kept.practice);
        let texts = Texts {
            key: &key,
            table: "interviews",
            row: id,
        };
        let done = query("UPDATE interviews SET practice = ?, version = ?, updated_at = ? WHERE id = ?")
            .bind(texts.seal("practice", practice)?)
            .bind(kept.version)
            .bind(&kept.updated_at)
            .bind(id)
            .execute(&mut *tx)
            .await?;
        found(&done)?;
        tx.commit().await?;
        Ok(kept)
    }

    /// Deletes a preparation.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; the database fails.
    pub async fn delete_interview(&self, workspace: &str, id: &str) -> Result<(), StoreError> {
        let done = query(
            "DELETE FROM interviews WHERE id = ? AND resume_id IN (SELECT id FROM resumes WHERE workspace_id = ?)",
        )
        .bind(id)
        .bind(workspace)
        .execute(&self.writer)
        .await?;
        found(&done)
    }
}
