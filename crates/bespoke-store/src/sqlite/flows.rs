//! What a sign-in that goes over several requests must remember: found by a secret that only the browser has, taken once.

use super::keys::SYSTEM;
use super::{Store, hash, now_ms};
use crate::StoreError;
use crate::crypto::{Cell, new_secret};
use crate::db::query;

fn cell(name: &str) -> Cell<'_> {
    Cell {
        table: "flows",
        column: "content",
        row: name,
    }
}

fn name_of(secret: &str) -> String {
    hash(secret).iter().map(|b| format!("{b:02x}")).collect()
}

impl Store {
    /// Keeps something for `lives_ms` milliseconds; answers with the secret that takes it out again.
    ///
    /// # Errors
    /// The database fails.
    pub async fn keep_flow(&self, content: &str, lives_ms: i64) -> Result<String, StoreError> {
        let key = self.person_key(SYSTEM).await?;
        let secret = new_secret()?;
        let name = name_of(&secret);
        let ms = now_ms();
        let mut tx = self.begin().await?;
        query("DELETE FROM flows WHERE expires_ms <= ?")
            .bind(ms)
            .execute(&mut *tx)
            .await?;
        query("INSERT INTO flows (name, content, expires_ms) VALUES (?, ?, ?)")
            .bind(&name)
            .bind(key.seal(cell(&name), content.as_bytes())?)
            .bind(ms.saturating_add(lives_ms))
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(secret)
    }

    /// Takes out what was kept under a secret: once, and only in its time.
    ///
    /// # Errors
    /// A value does not open; the database fails.
    pub async fn take_flow(&self, secret: &str) -> Result<Option<String>, StoreError> {
        let name = name_of(secret);
        let key = self.person_key(SYSTEM).await?;
        let mut tx = self.begin().await?;
        let row = query("DELETE FROM flows WHERE name = ? RETURNING content, expires_ms")
            .bind(&name)
            .fetch_optional(&mut *tx)
            .await?;
        tx.commit().await?;
        let Some(row) = row else { return Ok(None) };
        if row.try_get::<i64, _>("expires_ms")? <= now_ms() {
            return Ok(None);
        }
        Ok(Some(key.open_text(cell(&name), row.try_get("content")?)?))
    }
}
