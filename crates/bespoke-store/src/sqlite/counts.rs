//! What people do as numbers per day, and trials of template variants.

use super::{Store, found, now};
use crate::db::{Row, query};
use crate::{CountRow, ExperimentRow, StoreError};

fn count(row: &Row) -> Result<CountRow, sqlx::Error> {
    Ok(CountRow {
        day: row.try_get("day")?,
        event: row.try_get("event")?,
        label: row.try_get("label")?,
        n: row.try_get("n")?,
    })
}

impl Store {
    /// Adds to the count of an event on a day (`2026-01-31`). `label` is a word of a list that the caller keeps closed.
    ///
    /// # Errors
    /// The database fails.
    pub async fn count(&self, workspace: &str, day: &str, event: &str, label: &str, n: i64) -> Result<(), StoreError> {
        // A workspace that was deleted meanwhile counts nothing.
        query("INSERT INTO counts (workspace_id, day, event, label, n) SELECT id, ?, ?, ?, ? FROM workspaces WHERE id = ? ON CONFLICT (workspace_id, day, event, label) DO UPDATE SET n = counts.n + excluded.n")
            .bind(day)
            .bind(event)
            .bind(label)
            .bind(n)
            .bind(workspace)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// The counts of a workspace from a day on, oldest first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn counts(&self, workspace: &str, since: &str) -> Result<Vec<CountRow>, StoreError> {
        let rows = query(
            "SELECT day, event, label, n FROM counts WHERE workspace_id = ? AND day >= ? ORDER BY day, event, label",
        )
        .bind(workspace)
        .bind(since)
        .fetch_all(&self.readers)
        .await?;
        Ok(rows.iter().map(count).collect::<Result<_, _>>()?)
    }

    /// The counts of all workspaces that agreed, added up, from a day on; and how many workspaces those are.
    ///
    /// # Errors
    /// The database fails.
    pub async fn shared_counts(&self, since: &str) -> Result<(Vec<CountRow>, i64), StoreError> {
        let rows = query("SELECT day, event, label, CAST(SUM(n) AS BIGINT) AS n FROM counts WHERE day >= ? AND workspace_id IN (SELECT workspace_id FROM count_consents) GROUP BY day, event, label ORDER BY day, event, label")
            .bind(since)
            .fetch_all(&self.readers)
            .await?;
        let agreed = query("SELECT COUNT(*) AS n FROM count_consents")
            .fetch_one(&self.readers)
            .await?;
        Ok((rows.iter().map(count).collect::<Result<_, _>>()?, agreed.try_get("n")?))
    }

    /// Forgets the counts of days before this one; says how many rows went.
    ///
    /// # Errors
    /// The database fails.
    pub async fn forget_counts(&self, before: &str) -> Result<u64, StoreError> {
        let done = query("DELETE FROM counts WHERE day < ?")
            .bind(before)
            .execute(&self.writer)
            .await?;
        Ok(done.rows_affected())
    }

    /// Forgets all counts of a workspace, and its feedback.
    ///
    /// # Errors
    /// The database fails.
    pub async fn forget_my_counts(&self, workspace: &str) -> Result<(), StoreError> {
        let mut tx = self.begin_for(workspace).await?;
        for sql in [
            "DELETE FROM counts WHERE workspace_id = ?",
            "DELETE FROM feedback WHERE workspace_id = ?",
        ] {
            query(sql).bind(workspace).execute(&mut *tx).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Whether a workspace lets its numbers be added to those of the whole server.
    ///
    /// # Errors
    /// The database fails.
    pub async fn shares_counts(&self, workspace: &str) -> Result<bool, StoreError> {
        let row = query("SELECT 1 FROM count_consents WHERE workspace_id = ?")
            .bind(workspace)
            .fetch_optional(&self.readers)
            .await?;
        Ok(row.is_some())
    }

    /// Gives or takes back that consent, and with it the one to learn from what is done; taken back, feedback is forgotten.
    ///
    /// # Errors
    /// The database fails.
    pub async fn share_counts(&self, workspace: &str, shared: bool) -> Result<(), StoreError> {
        let mut tx = self.begin_for(workspace).await?;
        if shared {
            query("INSERT INTO count_consents (workspace_id, given_at, wording) SELECT id, ?, 2 FROM workspaces WHERE id = ? ON CONFLICT (workspace_id) DO UPDATE SET wording = excluded.wording")
                .bind(now())
                .bind(workspace)
                .execute(&mut *tx)
                .await?;
        } else {
            for sql in [
                "DELETE FROM count_consents WHERE workspace_id = ?",
                "DELETE FROM feedback WHERE workspace_id = ?",
            ] {
                query(sql).bind(workspace).execute(&mut *tx).await?;
            }
        }
        tx.commit().await?;
        Ok(())
    }

    /// Keeps a trial under its name, running; one of that name is left as it is and `false` given.
    ///
    /// # Errors
    /// The database fails.
    pub async fn start_experiment(&self, name: &str, definition: &str) -> Result<bool, StoreError> {
        let done = query("INSERT INTO experiments (name, definition, running, created_at) VALUES (?, ?, 1, ?) ON CONFLICT DO NOTHING")
            .bind(name)
            .bind(definition)
            .bind(now())
            .execute(&self.writer)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Ends a trial: nobody new is given a variant, and its numbers stay.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; the database fails.
    pub async fn stop_experiment(&self, name: &str) -> Result<(), StoreError> {
        let done = query("UPDATE experiments SET running = 0 WHERE name = ?")
            .bind(name)
            .execute(&self.writer)
            .await?;
        found(&done)
    }

    /// All trials, newest first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn experiments(&self) -> Result<Vec<ExperimentRow>, StoreError> {
        let rows =
            query("SELECT name, definition, running, created_at FROM experiments ORDER BY created_at DESC, name")
                .fetch_all(&self.readers)
                .await?;
        let of = |row: &Row| -> Result<ExperimentRow, sqlx::Error> {
            Ok(ExperimentRow {
                name: row.try_get("name")?,
                definition: row.try_get("definition")?,
                running: row.try_get::<i64, _>("running")? != 0,
                created_at: row.try_get("created_at")?,
            })
        };
        Ok(rows.iter().map(of).collect::<Result<_, _>>()?)
    }

    /// Gives a workspace a variant of a trial, by index, once and for good; says which it has.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the trial or the workspace is gone; the database fails.
    pub async fn join_experiment(&self, name: &str, workspace: &str, variant: i64) -> Result<i64, StoreError> {
        let known = "SELECT variant FROM experiment_people WHERE experiment = ? AND workspace_id = ?";
        let mut tx = self.begin_for(workspace).await?;
        if let Some(row) = query(known).bind(name).bind(workspace).fetch_optional(&mut *tx).await? {
            return Ok(row.try_get("variant")?);
        }
        let done = query("INSERT INTO experiment_people (experiment, workspace_id, variant) SELECT e.name, w.id, ? FROM experiments e, workspaces w WHERE e.name = ? AND e.running = 1 AND w.id = ?")
            .bind(variant)
            .bind(name)
            .bind(workspace)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        found(&done)?;
        Ok(variant)
    }

    /// Notes that somebody did what a trial measures; it counts once a person.
    ///
    /// # Errors
    /// The database fails.
    pub async fn succeed_in_experiment(&self, name: &str, workspace: &str) -> Result<(), StoreError> {
        query("UPDATE experiment_people SET succeeded = 1 WHERE experiment = ? AND workspace_id = ? AND (SELECT running FROM experiments WHERE name = experiment) = 1")
            .bind(name)
            .bind(workspace)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// (variant, people, successes) of a trial; variants that nobody has are left out.
    ///
    /// # Errors
    /// The database fails.
    pub async fn experiment_counts(&self, name: &str) -> Result<Vec<(i64, i64, i64)>, StoreError> {
        let rows = query("SELECT variant, COUNT(*) AS people, CAST(SUM(succeeded) AS BIGINT) AS successes FROM experiment_people WHERE experiment = ? GROUP BY variant ORDER BY variant")
            .bind(name)
            .fetch_all(&self.readers)
            .await?;
        let of = |row: &Row| -> Result<_, sqlx::Error> {
            Ok((
                row.try_get("variant")?,
                row.try_get("people")?,
                row.try_get("successes")?,
            ))
        };
        Ok(rows.iter().map(of).collect::<Result<_, _>>()?)
    }
}
