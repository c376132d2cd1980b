//! Counts what people do: an event of a closed list, a word of a closed list, a day. Never a text, an address or a time.

use crate::state::App;
use bespoke_core::experiment::{Rule, Variant, assign};
use serde::{Deserialize, Serialize};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = CountedEvent)]
pub enum Event {
    /// A résumé was uploaded.
    Upload,
    /// A résumé was tailored to a job.
    Tailored,
    /// A template was exported with; the label is its name.
    TemplateChosen,
    /// A suggestion was taken; the label is its kind.
    SuggestionAccepted,
    /// A suggestion was taken back; the label is its kind.
    SuggestionRefused,
    /// A role was kept for later; the label is its id.
    RoleSaved,
    /// A role was put away; the label is its id.
    RoleHidden,
    /// A file was made; the label is its format.
    Export,
    /// Somebody who is no machine looked at a shared page.
    ShareView,
    /// Somebody downloaded a shared file; the label is its format.
    Download,
    /// A letter was written; the label is its tone.
    LetterWritten,
    /// An interview was prepared.
    InterviewPrepared,
    /// How an application went; the label is `applied`, `interview`, `offer` or `rejected`, with a template behind a stroke
    /// where one was used: `offer/classic`.
    Outcome,
}

/// How an application can go.
pub const OUTCOMES: [&str; 4] = ["applied", "interview", "offer", "rejected"];

impl Event {
    /// As it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Event::Upload => "upload",
            Event::Tailored => "tailored",
            Event::TemplateChosen => "template-chosen",
            Event::SuggestionAccepted => "suggestion-accepted",
            Event::SuggestionRefused => "suggestion-refused",
            Event::RoleSaved => "role-saved",
            Event::RoleHidden => "role-hidden",
            Event::Export => "export",
            Event::ShareView => "share-view",
            Event::Download => "download",
            Event::LetterWritten => "letter-written",
            Event::InterviewPrepared => "interview-prepared",
            Event::Outcome => "outcome",
        }
    }
}

/// A trial of template variants, as the operator defines it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trial {
    /// What is compared; the first is what the others are compared with.
    pub variants: Vec<Variant>,
    /// The event that counts as a success, by name.
    pub metric: String,
    /// When it may be decided.
    pub rule: Rule,
}

/// The day in UTC as `2026-01-31`.
pub fn day() -> String {
    jiff::Timestamp::now().to_string().chars().take(10).collect()
}

/// A day so many days ago.
pub fn days_ago(days: u32) -> String {
    let then = jiff::Timestamp::now() - jiff::SignedDuration::from_hours(i64::from(days.min(36_500)) * 24);
    then.to_string().chars().take(10).collect()
}

/// Counts an event and notes it as a success in running trials that measure it. That counting fails is no fault of the
/// request: it is logged.
pub async fn note(app: &App, workspace: &str, event: Event, label: &str) {
    note_many(app, workspace, event, &[label]).await;
}

/// [`note`] for several labels of one event.
pub async fn note_many(app: &App, workspace: &str, event: Event, labels: &[impl AsRef<str>]) {
    if labels.is_empty() || app.settings.kept_days == 0 {
        return;
    }
    let counted = async {
        for label in labels {
            app.store
                .count(workspace, &day(), event.name(), label.as_ref(), 1)
                .await?;
        }
        for row in app.store.experiments().await?.iter().filter(|e| e.running) {
            let measured = serde_json::from_str::<Trial>(&row.definition).is_ok_and(|t| t.metric == event.name());
            if measured {
                app.store.succeed_in_experiment(&row.name, workspace).await?;
            }
        }
        Ok::<_, bespoke_store::StoreError>(())
    };
    if let Err(error) = counted.await {
        tracing::warn!(%error, event = event.name(), "an event was not counted");
    }
}

/// The template that the newest running trial gives to a workspace, with the name of the trial; `None` where none runs.
///
/// # Errors
/// The database fails.
pub async fn trial_template(app: &App, workspace: &str) -> Result<Option<(String, String)>, bespoke_store::StoreError> {
    for row in app.store.experiments().await?.into_iter().filter(|e| e.running) {
        let Ok(trial) = serde_json::from_str::<Trial>(&row.definition) else {
            continue;
        };
        let Some(index) = assign(&row.name, workspace, &trial.variants) else {
            continue;
        };
        let given = app.store.join_experiment(&row.name, workspace, index as i64).await?;
        if let Some(variant) = usize::try_from(given).ok().and_then(|n| trial.variants.get(n)) {
            return Ok(Some((variant.template.clone(), row.name)));
        }
    }
    Ok(None)
}

/// Forgets counts that are older than the configuration says, now and once a day.
pub fn keep_forgetting(app: App) {
    tokio::spawn(async move {
        loop {
            if let Err(error) = app.store.forget_counts(&days_ago(app.settings.kept_days)).await {
                tracing::warn!(%error, "old counts could not be forgotten");
            }
            tokio::time::sleep(std::time::Duration::from_secs(24 * 3600)).await;
        }
    });
}
