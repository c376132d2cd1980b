//! Feedback that teaches ranking: noted for those who agreed, as numbers and words of the taxonomy; and the learned weights
//! that rank.
//!
//! What a person wrote never gets in here. Noting goes on beside the request: that it fails is no fault of that.

use crate::counting::{day, days_ago};
use crate::error::ApiError;
use crate::routes::newest_resume;
use crate::state::App;
use bespoke_core::learning::{Deed, Feedback, RoleFeedback, SkillFeedback, role_of_title};
use bespoke_core::resume::Resume;
use bespoke_core::roles::{Learned, Taxonomy};
use bespoke_store::{Store, StoreError};
use std::sync::{Arc, RwLock};

/// The weights that rank, kept at hand until the store has another version. Cheap to clone.
#[derive(Clone, Default)]
pub struct InUse(Arc<RwLock<Arc<Learned>>>);

impl InUse {
    /// The weights of the version in use. Weights that cannot be read count as none: it ranks as shipped, and the log
    /// says so.
    ///
    /// # Errors
    /// The database fails.
    pub async fn present(&self, store: &Store) -> Result<Arc<Learned>, StoreError> {
        let version = store.learned_in_use().await?;
        if let Ok(known) = self.0.read()
            && known.version == version
        {
            return Ok(known.clone());
        }
        let weights = Arc::new(weights(store, version).await?);
        if let Ok(mut known) = self.0.write() {
            *known = weights.clone();
        }
        Ok(weights)
    }
}

/// The weights of a version; 0 is the product as shipped.
///
/// # Errors
/// There is no such version; the database fails.
pub async fn weights(store: &Store, version: i64) -> Result<Learned, StoreError> {
    if version == 0 {
        return Ok(Learned::default());
    }
    let row = store.learned(version).await?;
    let read = serde_json::from_str::<Learned>(&row.weights)
        .ok()
        .filter(Learned::is_sound);
    Ok(Learned {
        version,
        ..read.unwrap_or_else(|| {
            tracing::error!(version, "what was learned cannot be read: roles are ranked as shipped");
            Learned::default()
        })
    })
}

/// The role that a job's title names, word for word.
pub fn role_of(title: &str) -> Option<String> {
    role_of_title(Taxonomy::builtin(), title).map(str::to_owned)
}

fn change(known: Option<String>, since: &str, change: impl FnOnce(&mut Feedback)) -> Option<String> {
    // What an older version of the product kept and this one cannot read begins anew.
    let mut feedback: Feedback = known.and_then(|k| serde_json::from_str(&k).ok()).unwrap_or_default();
    feedback.forget_before(since);
    change(&mut feedback);
    serde_json::to_string(&feedback).ok()
}

/// Changes the feedback of a workspace, beside the request.
fn note(app: &App, workspace: &str, apply: impl FnOnce(&mut Feedback) + Send + 'static) {
    let (app, workspace) = (app.clone(), workspace.to_owned());
    tokio::spawn(async move {
        let (since, today) = (days_ago(app.settings.kept_days), day());
        let changed = app
            .store
            .change_feedback(&workspace, &today, |known| change(known, &since, apply));
        if let Err(error) = changed.await {
            tracing::warn!(%error, "feedback was not noted");
        }
    });
}

/// Notes what somebody did with a role, with how that role meets `resume`, or else their newest one. Nothing is noted of
/// those who did not agree, nor where nothing is counted.
pub fn note_role(app: &App, workspace: &str, resume: Option<Resume>, role: String, deed: Deed) {
    if app.settings.kept_days == 0 {
        return;
    }
    let (app, workspace) = (app.clone(), workspace.to_owned());
    tokio::spawn(async move {
        let noted = async {
            if !app.store.teaches(&workspace).await? || app.engines.lacking().is_some() {
                return Ok(());
            }
            let resume = match resume {
                Some(resume) => Some(resume),
                None => newest_resume(&app, &workspace).await?,
            };
            let Some(resume) = resume else { return Ok(()) };
            let engine = app.engines.get().await?;
            let of = role.clone();
            if let Some((traits, near)) = app.work(move || engine.observe(&resume, &of)).await? {
                let (day, role) = (day(), role);
                note(&app, &workspace, move |feedback| {
                    feedback.note_role(RoleFeedback {
                        role,
                        deed,
                        traits,
                        near,
                        day,
                    });
                });
            }
            Ok::<_, ApiError>(())
        };
        if let Err(error) = noted.await {
            tracing::warn!(?error, "feedback on a role was not noted");
        }
    });
}

/// Forgets a mark on a role.
pub fn forget_role(app: &App, workspace: &str, role: String) {
    note(app, workspace, move |feedback| feedback.forget_role(&role, Deed::Saved));
}

/// Notes suggestions about skills that were taken (true) or refused.
pub fn note_skills(app: &App, workspace: &str, skills: Vec<(String, bool)>) {
    if skills.is_empty() || app.settings.kept_days == 0 {
        return;
    }
    note(app, workspace, move |feedback| {
        for (skill, accepted) in skills.into_iter().filter(|(skill, _)| is_of_taxonomy(skill)) {
            feedback.note_skill(SkillFeedback {
                skill,
                accepted,
                day: day(),
            });
        }
    });
}

/// Whether a role asks for this skill: a name that only somebody's job description has is never kept.
fn is_of_taxonomy(skill: &str) -> bool {
    let roles = Taxonomy::builtin().roles().iter();
    roles
        .flat_map(|r| r.required.iter().chain(&r.nice))
        .any(|s| s.name == skill)
}
