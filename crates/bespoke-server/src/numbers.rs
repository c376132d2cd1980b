//! The numbers of a whole server, of those who agreed: counts, and trials of template variants with what they say.

use crate::counting::{Trial, days_ago};
use bespoke_core::experiment::{Count, Report, report};
use bespoke_store::{CountRow, ExperimentRow, Store, StoreError};
use serde::Serialize;
use std::collections::BTreeMap;

/// The numbers of a server.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = ServerNumbers)]
pub struct Numbers {
    /// First day that counts: `2026-01-31`.
    pub since: String,
    /// Workspaces that agreed to be counted.
    pub agreed: i64,
    /// By event, then by label.
    pub counts: BTreeMap<String, BTreeMap<String, i64>>,
    /// By day, then by event; days without events are left out.
    pub days: BTreeMap<String, BTreeMap<String, i64>>,
    /// Trials, newest first.
    pub trials: Vec<JudgedTrial>,
}

/// A trial of template variants, and what its numbers say.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct JudgedTrial {
    /// Its name.
    pub name: String,
    /// False once it has ended.
    pub running: bool,
    /// The event that counts as a success.
    pub metric: String,
    /// What is known of every variant, and of all together.
    #[serde(flatten)]
    pub report: Report,
}

/// The numbers of the last `days` days, today among them.
///
/// # Errors
/// The database fails.
pub async fn numbers(store: &Store, days: u32) -> Result<Numbers, StoreError> {
    let since = days_ago(days.saturating_sub(1));
    let (rows, agreed) = store.shared_counts(&since).await?;
    let mut trials = Vec::new();
    for row in store.experiments().await? {
        trials.extend(judged(store, row).await?);
    }
    Ok(Numbers {
        since,
        agreed,
        counts: summed(&rows, |row| (&row.event, &row.label)),
        days: summed(&rows, |row| (&row.day, &row.event)),
        trials,
    })
}

/// `None` where the definition is of a version that this one does not know.
async fn judged(store: &Store, row: ExperimentRow) -> Result<Option<JudgedTrial>, StoreError> {
    let Ok(trial) = serde_json::from_str::<Trial>(&row.definition) else {
        return Ok(None);
    };
    let mut counts = vec![Count::default(); trial.variants.len()];
    for (variant, people, successes) in store.experiment_counts(&row.name).await? {
        if let Some(count) = usize::try_from(variant).ok().and_then(|n| counts.get_mut(n)) {
            *count = Count {
                people: people.unsigned_abs(),
                successes: successes.unsigned_abs(),
            };
        }
    }
    Ok(Some(JudgedTrial {
        report: report(&trial.variants, &counts, trial.rule),
        name: row.name,
        running: row.running,
        metric: trial.metric,
    }))
}

fn summed<'a>(
    rows: &'a [CountRow],
    keys: impl Fn(&'a CountRow) -> (&'a String, &'a String),
) -> BTreeMap<String, BTreeMap<String, i64>> {
    let mut out: BTreeMap<String, BTreeMap<String, i64>> = BTreeMap::new();
    for row in rows {
        let (first, second) = keys(row);
        *out.entry(first.clone()).or_default().entry(second.clone()).or_default() += row.n;
    }
    out
}
