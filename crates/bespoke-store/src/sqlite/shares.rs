//! Links that show one résumé to whoever holds them, and how often they were opened.

use super::{Store, found, hash, new_id, now};
use crate::crypto::{Cell, PersonKey};
use crate::db::{Row, query};
use crate::{NewShare, Opening, ShareChange, ShareDay, ShareRow, StoreError};
use sqlx::AssertSqlSafe;

/// Without the content, which only [`Store::share_content`] and [`Store::opened_share`] read.
const SHARE: &str = "SELECT id, workspace_id, resume_id, tailoring_id, label, role, password_hash, download, expires_at, revoked_at, created_at, (SELECT CAST(SUM(views) AS BIGINT) FROM share_days WHERE share_id = shares.id) AS views, (SELECT CAST(SUM(visitors) AS BIGINT) FROM share_days WHERE share_id = shares.id) AS visitors, (SELECT CAST(SUM(downloads) AS BIGINT) FROM share_days WHERE share_id = shares.id) AS downloads, (SELECT CAST(SUM(bots) AS BIGINT) FROM share_days WHERE share_id = shares.id) AS bots, (SELECT MAX(day) FROM share_days WHERE share_id = shares.id AND views > 0) AS last_viewed FROM shares";

fn cell<'a>(id: &'a str, column: &'static str) -> Cell<'a> {
    Cell {
        table: "shares",
        column,
        row: id,
    }
}

fn words(row: &Row, column: &'static str, key: &PersonKey) -> Result<Option<String>, StoreError> {
    let (id, sealed): (&str, Option<&[u8]>) = (row.try_get("id")?, row.try_get(column)?);
    Ok(sealed.map(|s| key.open_text(cell(id, column), s)).transpose()?)
}

fn share(row: &Row, key: &PersonKey) -> Result<ShareRow, StoreError> {
    let count = |column: &str| -> Result<i64, sqlx::Error> { Ok(row.try_get::<Option<i64>, _>(column)?.unwrap_or(0)) };
    Ok(ShareRow {
        id: row.try_get("id")?,
        workspace_id: row.try_get("workspace_id")?,
        resume_id: row.try_get("resume_id")?,
        tailoring_id: row.try_get("tailoring_id")?,
        label: words(row, "label", key)?.unwrap_or_default(),
        role: row.try_get("role")?,
        password_hash: row.try_get("password_hash")?,
        download: row.try_get("download")?,
        expires_at: row.try_get("expires_at")?,
        revoked_at: row.try_get("revoked_at")?,
        created_at: row.try_get("created_at")?,
        views: count("views")?,
        visitors: count("visitors")?,
        downloads: count("downloads")?,
        bots: count("bots")?,
        last_viewed: row.try_get("last_viewed")?,
    })
}

impl Store {
    /// Keeps a link; `token` is the secret in it, of which only the hash is kept.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the workspace has no such résumé; the database fails.
    pub async fn create_share(&self, workspace: &str, token: &str, new: NewShare<'_>) -> Result<ShareRow, StoreError> {
        let key = self.person_key(workspace).await?;
        let id = new_id();
        let done = query("INSERT INTO shares (id, workspace_id, resume_id, tailoring_id, token_hash, label, content, role, password_hash, download, expires_at, created_at) SELECT ?, workspace_id, id, (SELECT t.id FROM tailorings t WHERE t.id = ? AND t.resume_id = resumes.id), ?, ?, ?, ?, ?, ?, ?, ? FROM resumes WHERE id = ? AND workspace_id = ?")
            .bind(&id)
            .bind(new.tailoring_id)
            .bind(hash(token))
            .bind(key.seal(cell(&id, "label"), new.label.as_bytes())?)
            .bind(key.seal(cell(&id, "content"), new.content.as_bytes())?)
            .bind(new.role)
            .bind(new.password_hash)
            .bind(new.download)
            .bind(new.expires_at)
            .bind(now())
            .bind(new.resume_id)
            .bind(workspace)
            .execute(&self.writer)
            .await?;
        match done.rows_affected() {
            0 => Err(StoreError::NotFound),
            _ => self.share(workspace, &id).await,
        }
    }

    /// All links of a workspace, or those of one résumé, newest first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn shares(&self, workspace: &str, resume_id: Option<&str>) -> Result<Vec<ShareRow>, StoreError> {
        let key = self.person_key(workspace).await?;
        let sql = format!(
            "{SHARE} WHERE workspace_id = ? AND (? IS NULL OR resume_id = ?) ORDER BY created_at DESC, id DESC"
        );
        let rows = query(AssertSqlSafe(sql))
            .bind(workspace)
            .bind(resume_id)
            .bind(resume_id)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(|row| share(row, &key)).collect()
    }

    /// One link.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; the database fails.
    pub async fn share(&self, workspace: &str, id: &str) -> Result<ShareRow, StoreError> {
        let key = self.person_key(workspace).await?;
        let sql = format!("{SHARE} WHERE workspace_id = ? AND id = ?");
        let row = query(AssertSqlSafe(sql))
            .bind(workspace)
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        share(&row.ok_or(StoreError::NotFound)?, &key)
    }

    /// What a link shows, as the caller's JSON.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], also where it is revoked; the database fails.
    pub async fn share_content(&self, workspace: &str, id: &str) -> Result<String, StoreError> {
        let key = self.person_key(workspace).await?;
        let row = query("SELECT id, content FROM shares WHERE workspace_id = ? AND id = ? AND content IS NOT NULL")
            .bind(workspace)
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        Ok(words(&row.ok_or(StoreError::NotFound)?, "content", &key)?.unwrap_or_default())
    }

    /// The link that holds this secret, in whatever state it is, with what it shows (nothing once it is revoked).
    ///
    /// # Errors
    /// The database fails.
    pub async fn opened_share(&self, token: &str) -> Result<Option<(ShareRow, Option<String>)>, StoreError> {
        let sql = format!("{} WHERE token_hash = ?", SHARE.replacen("label", "label, content", 1));
        let row = query(AssertSqlSafe(sql))
            .bind(hash(token))
            .fetch_optional(&self.readers)
            .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        let key = self.person_key(row.try_get("workspace_id")?).await?;
        Ok(Some((share(&row, &key)?, words(&row, "content", &key)?)))
    }

    /// Changes a link that is not revoked; what is `None` stays as it is.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], also where it is revoked; the database fails.
    pub async fn change_share(
        &self,
        workspace: &str,
        id: &str,
        change: ShareChange<'_>,
    ) -> Result<ShareRow, StoreError> {
        let key = self.person_key(workspace).await?;
        let seal = |column, text: Option<&str>| text.map(|t| key.seal(cell(id, column), t.as_bytes())).transpose();
        let done = query("UPDATE shares SET label = COALESCE(?, label), content = COALESCE(?, content), role = COALESCE(?, role), password_hash = CASE WHEN ? = 1 THEN ? ELSE password_hash END, download = COALESCE(?, download), expires_at = CASE WHEN ? = 1 THEN ? ELSE expires_at END WHERE workspace_id = ? AND id = ? AND revoked_at IS NULL")
            .bind(seal("label", change.label)?)
            .bind(seal("content", change.content)?)
            .bind(change.role)
            .bind(change.password_hash.is_some())
            .bind(change.password_hash.flatten())
            .bind(change.download)
            .bind(change.expires_at.is_some())
            .bind(change.expires_at.flatten())
            .bind(workspace)
            .bind(id)
            .execute(&self.writer)
            .await?;
        match done.rows_affected() {
            0 => Err(StoreError::NotFound),
            _ => self.share(workspace, id).await,
        }
    }

    /// Ends a link at once and erases what it showed; its counts stay. A link that is revoked already is deleted.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; the database fails.
    pub async fn revoke_share(&self, workspace: &str, id: &str) -> Result<(), StoreError> {
        let mut tx = self.begin_for(workspace).await?;
        let gone = query("DELETE FROM shares WHERE workspace_id = ? AND id = ? AND revoked_at IS NOT NULL")
            .bind(workspace)
            .bind(id)
            .execute(&mut *tx)
            .await?;
        if gone.rows_affected() == 0 {
            let done = query(
                "UPDATE shares SET revoked_at = ?, content = NULL, password_hash = NULL WHERE workspace_id = ? AND id = ?",
            )
            .bind(now())
            .bind(workspace)
            .bind(id)
            .execute(&mut *tx)
            .await?;
            found(&done)?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// How often a link was opened, newest day first, at most 400 days.
    ///
    /// # Errors
    /// The database fails.
    pub async fn share_days(&self, id: &str) -> Result<Vec<ShareDay>, StoreError> {
        let rows = query("SELECT day, views, visitors, downloads, bots FROM share_days WHERE share_id = ? ORDER BY day DESC LIMIT 400")
            .bind(id)
            .fetch_all(&self.readers)
            .await?;
        let day = |row: &Row| -> Result<ShareDay, sqlx::Error> {
            Ok(ShareDay {
                day: row.try_get("day")?,
                views: row.try_get("views")?,
                visitors: row.try_get("visitors")?,
                downloads: row.try_get("downloads")?,
                bots: row.try_get("bots")?,
            })
        };
        Ok(rows.iter().map(day).collect::<Result<_, _>>()?)
    }

    /// Counts an opening on a UTC day (`YYYY-MM-DD`). `visitor` is a hash that nobody can undo; it is forgotten with
    /// the day.
    ///
    /// # Errors
    /// The database fails.
    pub async fn count_opening(&self, id: &str, day: &str, opening: Opening<'_>) -> Result<(), StoreError> {
        let mut tx = self.begin_for(id).await?;
        query("DELETE FROM share_visitors WHERE day < ?")
            .bind(day)
            .execute(&mut *tx)
            .await?;
        let (view, visitor, download, bot) = match opening {
            Opening::View(visitor) => (1, Some(visitor), 0, 0),
            Opening::Download => (0, None, 1, 0),
            Opening::Bot => (0, None, 0, 1),
        };
        let new = match visitor {
            Some(visitor) => query(
                "INSERT INTO share_visitors (share_id, day, visitor) SELECT id, ?, ? FROM shares WHERE id = ? ON CONFLICT DO NOTHING",
            )
            .bind(day)
            .bind(visitor)
            .bind(id)
            .execute(&mut *tx)
            .await?
            .rows_affected(),
            None => 0,
        };
        query("INSERT INTO share_days (share_id, day, views, visitors, downloads, bots) SELECT id, ?, ?, ?, ?, ? FROM shares WHERE id = ? ON CONFLICT (share_id, day) DO UPDATE SET views = share_days.views + excluded.views, visitors = share_days.visitors + excluded.visitors, downloads = share_days.downloads + excluded.downloads, bots = share_days.bots + excluded.bots")
            .bind(day)
            .bind(view)
            .bind(i64::from(new > 0))
            .bind(download)
            .bind(bot)
            .bind(id)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}
