//! Tailorings: a résumé, a job, and which suggestions the person accepts.

use super::resumes::content;
use super::{Export, Look, Preview, language_models};
use crate::counting::{Event, note, note_many};
use crate::engines::Engine;
use crate::error::{ApiError, Problem, refusal};
use crate::learning;
use crate::pages::{Page, page};
use crate::state::{App, Guest};
use axum::Json;
use axum::extract::{OriginalUri, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use bespoke_core::evidence::{self, Violation};
use bespoke_core::job::{JobPosting, read_job};
use bespoke_core::learning::Deed;
use bespoke_core::matching::match_score;
use bespoke_core::resume::Resume;
use bespoke_core::score::Score;
use bespoke_core::tailor::model::{self, Asked, Worded};
use bespoke_core::tailor::{self, Edit, Tailoring};
use bespoke_models::JobCloseness;
use bespoke_store::{StoreError, TailoringRow};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Fewest letters of a job description.
const JOB_LETTERS: usize = 40;
/// Most characters of a job description.
const JOB_CHARS: usize = 100_000;

/// A job to tailor to.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct NewTailoring {
    /// The job description as text.
    job: String,
}

/// What the person accepts.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct Acceptance {
    /// Ids of the accepted suggestions; all others are taken back.
    accepted: Vec<String>,
    /// Version of the tailoring that this was chosen from; where it is no longer the present one, the change is refused.
    /// Without it, the last writer wins.
    version: Option<i64>,
}

/// The refusal of a change that was made from an older version.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct StaleTailoring {
    #[serde(flatten)]
    problem: Problem,
    /// The tailoring as it is now.
    present: TailoringDetail,
}

/// A tailoring in a list.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TailoringSummary {
    id: String,
    resume_id: String,
    /// Title of the job.
    title: Option<String>,
    company: Option<String>,
    /// Match of the résumé as it is, 0 to 100.
    before: f64,
    /// Match with every change accepted.
    after: f64,
    created_at: String,
}

/// A tailoring with all that was found.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TailoringDetail {
    id: String,
    resume_id: String,
    /// Version of the résumé that it was made from.
    base_version: i64,
    /// That version.
    base: Resume,
    job: JobPosting,
    tailoring: Tailoring,
    /// Ids of the accepted suggestions.
    accepted: Vec<String>,
    /// Grows with every change of what is accepted; send it back with a change.
    version: i64,
    /// Match with what is accepted.
    now: Score,
    /// The résumé with what is accepted.
    tailored: Resume,
    /// What the evidence gate says of it; empty where it may be exported.
    violations: Vec<Violation>,
    created_at: String,
}

/// The routes of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_tailorings, create_tailoring))
        .routes(routes!(show_tailoring, update_tailoring, delete_tailoring))
        .routes(routes!(word_tailoring))
        .routes(routes!(preview_tailoring))
        .routes(routes!(export_tailoring))
}

struct Opened {
    row: TailoringRow,
    base: Resume,
    job: JobPosting,
    tailoring: Tailoring,
    accepted: Vec<String>,
}

impl Opened {
    fn of(row: TailoringRow) -> Result<Opened, ApiError> {
        Ok(Opened {
            base: serde_json::from_str(&row.base)?,
            job: serde_json::from_str(&row.job)?,
            tailoring: serde_json::from_str(&row.result)?,
            accepted: serde_json::from_str(&row.accepted)?,
            row,
        })
    }

    /// The base with what is accepted, in the order of the suggestions. One that no longer applies without another that
    /// was taken back changes nothing.
    fn tailored(&self) -> Resume {
        let mut tailored = self.base.clone();
        for suggestion in self
            .tailoring
            .suggestions
            .iter()
            .filter(|s| self.accepted.contains(&s.id))
        {
            if let Some(edit) = &suggestion.edit {
                let mut next = tailored.clone();
                if tailor::apply(&mut next, edit).is_ok() {
                    tailored = next;
                }
            }
        }
        tailored
    }

    fn detail(self, engine: &Engine) -> TailoringDetail {
        let tailored = self.tailored();
        let closeness = JobCloseness::new(&engine.embedder, &self.job);
        TailoringDetail {
            now: match_score(&tailored, &self.job, &closeness),
            violations: evidence::check(&self.base, &[], &tailored),
            tailored,
            id: self.row.id,
            resume_id: self.row.resume_id,
            base_version: self.row.base_version,
            base: self.base,
            job: self.job,
            tailoring: self.tailoring,
            accepted: self.accepted,
            version: self.row.version,
            created_at: self.row.created_at,
        }
    }
}

async fn shown(app: &App, row: TailoringRow) -> Result<Json<TailoringDetail>, ApiError> {
    let engine = app.engines.get().await?;
    let opened = Opened::of(row)?;
    Ok(Json(app.work(move || opened.detail(&engine)).await?))
}

/// The résumé with what is accepted, if the evidence gate lets it pass.
pub async fn passed(app: &App, row: TailoringRow) -> Result<Resume, ApiError> {
    let opened = Opened::of(row)?;
    let (tailored, violations) = app
        .work(move || {
            let tailored = opened.tailored();
            let violations = evidence::check(&opened.base, &[], &tailored);
            (tailored, violations)
        })
        .await?;
    match violations.is_empty() {
        true => Ok(tailored),
        false => Err(ApiError::Evidence(violations)),
    }
}

/// All tailorings of a résumé, newest first.
#[utoipa::path(get, path = "/resumes/{id}/tailorings", tag = "tailorings", params(("id" = String, Path), Page), responses((status = 200, body = [TailoringSummary]), (status = 400, body = Problem), (status = 404, body = Problem)))]
async fn list_tailorings(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
    Query(part): Query<Page>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, ApiError> {
    let rows = app.store.tailorings(&workspace.id, &id).await?;
    let summary = |row: TailoringRow| -> Result<TailoringSummary, ApiError> {
        let Opened {
            row, job, tailoring, ..
        } = Opened::of(row)?;
        Ok(TailoringSummary {
            id: row.id,
            resume_id: row.resume_id,
            title: job.title.map(|t| t.text),
            company: job.company.map(|c| c.text),
            before: tailoring.before.total,
            after: tailoring.after.total,
            created_at: row.created_at,
        })
    };
    let list: Vec<TailoringSummary> = rows.into_iter().map(summary).collect::<Result<_, _>>()?;
    page(list, |t| &t.id, &part, &uri)
}

/// Refuses a job description that is too short to say anything, or too long.
fn check_length(job: &str) -> Result<(), ApiError> {
    match job.chars().filter(|c| c.is_alphabetic()).count() < JOB_LETTERS || job.chars().count() > JOB_CHARS {
        true => Err(ApiError::JobLength),
        false => Ok(()),
    }
}

/// Reads a job description that a person pasted.
pub async fn read_posting(app: &App, job: String) -> Result<JobPosting, ApiError> {
    check_length(&job)?;
    app.work(move || read_job(&job)).await
}

fn tailor_all(engine: &Arc<Engine>, base: &Resume, text: &str) -> (JobPosting, Tailoring) {
    let job = read_job(text);
    let closeness = JobCloseness::new(&engine.embedder, &job);
    let tailoring = tailor::tailor(base, &job, &closeness);
    (job, tailoring)
}

/// Tailors a résumé to a job; at first every change is accepted.
#[utoipa::path(post, path = "/resumes/{id}/tailorings", tag = "tailorings", params(("id" = String, Path)), request_body = NewTailoring, responses((status = 201, body = TailoringDetail), (status = 404, body = Problem), (status = 422, body = Problem), (status = 503, body = Problem)))]
async fn create_tailoring(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
    Json(new): Json<NewTailoring>,
) -> Result<(StatusCode, Json<TailoringDetail>), ApiError> {
    check_length(&new.job)?;
    let row = app.store.resume(&workspace.id, &id).await?;
    let base = content(&row)?;
    let engine = app.engines.get().await?;
    let (base, (job, tailoring)) = app
        .work(move || {
            let found = tailor_all(&engine, &base, &new.job);
            (base, found)
        })
        .await?;
    let accepted: Vec<&str> = tailoring
        .suggestions
        .iter()
        .filter(|s| s.edit.is_some())
        .map(|s| s.id.as_str())
        .collect();
    let kept = TailoringRow {
        id: String::new(),
        resume_id: row.id,
        base_version: row.version,
        base: serde_json::to_string(&base)?,
        job: serde_json::to_string(&job)?,
        result: serde_json::to_string(&tailoring)?,
        accepted: serde_json::to_string(&accepted)?,
        version: 0,
        created_at: String::new(),
    };
    let kept = app.store.create_tailoring(&workspace.id, kept).await?;
    note(&app, &workspace.id, Event::Tailored, "").await;
    if let Some(role) = job.title.and_then(|title| learning::role_of(&title.text)) {
        learning::note_role(&app, &workspace.id, Some(base), role, Deed::Tailored);
    }
    Ok((StatusCode::CREATED, shown(&app, kept).await?))
}

/// One tailoring.
#[utoipa::path(get, path = "/tailorings/{id}", tag = "tailorings", params(("id" = String, Path)), responses((status = 200, body = TailoringDetail), (status = 404, body = Problem)))]
async fn show_tailoring(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<TailoringDetail>, ApiError> {
    shown(&app, app.store.tailoring(&workspace.id, &id).await?).await
}

/// Sets which suggestions are accepted, if they were chosen from the present version.
#[utoipa::path(patch, path = "/tailorings/{id}", tag = "tailorings", params(("id" = String, Path)), request_body = Acceptance, responses((status = 200, body = TailoringDetail), (status = 404, body = Problem), (status = 409, body = StaleTailoring, content_type = "application/problem+json"), (status = 422, body = Problem)))]
async fn update_tailoring(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
    Json(change): Json<Acceptance>,
) -> Result<Response, ApiError> {
    let row = app.store.tailoring(&workspace.id, &id).await?;
    let tailoring: Tailoring = serde_json::from_str(&row.result)?;
    let before = row.accepted;
    let known = |id: &String| tailoring.suggestions.iter().any(|s| s.id == *id && s.edit.is_some());
    if let Some(unknown) = change.accepted.iter().find(|id| !known(id)) {
        return Err(ApiError::UnknownSuggestion(unknown.clone()));
    }
    let accepted = serde_json::to_string(&change.accepted)?;
    match app.store.accept(&workspace.id, &id, change.version, &accepted).await {
        Ok(row) => {
            let before: Vec<String> = serde_json::from_str(&before)?;
            let kinds = |ids: &[String], others: &[String]| -> Vec<String> {
                let changed = tailoring
                    .suggestions
                    .iter()
                    .filter(|s| ids.contains(&s.id) && !others.contains(&s.id));
                changed.map(|s| s.kind.clone()).collect()
            };
            let (taken, refused) = (kinds(&change.accepted, &before), kinds(&before, &change.accepted));
            note_many(&app, &workspace.id, Event::SuggestionAccepted, &taken).await;
            note_many(&app, &workspace.id, Event::SuggestionRefused, &refused).await;
            let skills = tailoring.suggestions.iter().filter_map(|s| match &s.edit {
                Some(Edit::AddSkill { skill, .. }) => {
                    let (was, is) = (before.contains(&s.id), change.accepted.contains(&s.id));
                    (was != is).then(|| (skill.clone(), is))
                }
                _ => None,
            });
            learning::note_skills(&app, &workspace.id, skills.collect());
            Ok(shown(&app, row).await?.into_response())
        }
        Err(StoreError::Stale { given, present }) => {
            let Json(present_state) = shown(&app, app.store.tailoring(&workspace.id, &id).await?).await?;
            let mut problem = ApiError::Stale { given, present }.problem();
            problem.detail = format!(
                "these choices have changed meanwhile: you have version {given}, the present one is {present}; look at them and choose again"
            );
            let refused = StaleTailoring {
                problem,
                present: present_state,
            };
            Ok(refusal(StatusCode::CONFLICT, refused))
        }
        Err(error) => Err(error.into()),
    }
}

/// Has the language model that is switched on word bullets and the summary of a tailoring anew. What passes the evidence
/// gate is offered beside what was suggested, none of it accepted; wordings of an earlier time that were not accepted go.
#[utoipa::path(post, path = "/tailorings/{id}/wordings", tag = "tailorings", params(("id" = String, Path)), responses((status = 200, body = TailoringDetail), (status = 400, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 429, body = Problem)))]
async fn word_tailoring(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<TailoringDetail>, ApiError> {
    let opened = Arc::new(Opened::of(app.store.tailoring(&workspace.id, &id).await?)?);
    let engine = app.engines.get().await?;
    let answered = language_models::ask(&app, &workspace.id, |name| {
        let (app, opened, engine) = (app.clone(), opened.clone(), engine.clone());
        async move {
            let make = move || {
                let closeness = JobCloseness::new(&engine.embedder, &opened.job);
                model::request(&name, &opened.base, &opened.job, &closeness)
            };
            app.work(make).await.map(Some)
        }
    })
    .await?;
    // What the person accepted meanwhile counts.
    let present = Opened::of(app.store.tailoring(&workspace.id, &id).await?)?;
    let (row, tailoring) = app
        .work(move || {
            let closeness = JobCloseness::new(&engine.embedder, &present.job);
            let worded = answered
                .wordings
                .map(|wordings| model::suggestions(&present.base, &present.job, &closeness, &wordings));
            let (failure, worded) = match worded {
                Ok(worded) => (None, worded),
                Err(failure) => (Some(failure), Worded::default()),
            };
            let mut tailoring = present.tailoring;
            tailoring.asked = Some(Asked {
                model: answered.model,
                worded: worded.suggestions.len(),
                refused: worded.refused,
                failure,
            });
            tailoring.offer(worded.suggestions, &present.accepted);
            (present.row, tailoring)
        })
        .await?;
    let after = serde_json::to_string(&tailoring)?;
    let row = app
        .store
        .replace_suggestions(&workspace.id, &id, &row.result, &after)
        .await?;
    shown(&app, row).await
}

/// Deletes a tailoring.
#[utoipa::path(delete, path = "/tailorings/{id}", tag = "tailorings", params(("id" = String, Path)), responses((status = 204), (status = 404, body = Problem)))]
async fn delete_tailoring(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    app.store.delete_tailoring(&workspace.id, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The pages of the tailored résumé through a template.
#[utoipa::path(get, path = "/tailorings/{id}/preview", tag = "export", params(("id" = String, Path), Look), responses((status = 200, body = Preview), (status = 404, body = Problem)))]
async fn preview_tailoring(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
    Query(look): Query<Look>,
) -> Result<Json<Preview>, ApiError> {
    let opened = Opened::of(app.store.tailoring(&workspace.id, &id).await?)?;
    Ok(Json(
        super::preview(&app, &workspace.id, opened.tailored(), look).await?,
    ))
}

/// The tailored résumé as a file, if the evidence gate lets it pass.
#[utoipa::path(get, path = "/tailorings/{id}/export", tag = "export", params(("id" = String, Path), Export), responses((status = 200, content_type = "application/octet-stream"), (status = 400, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn export_tailoring(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
    Query(how): Query<Export>,
) -> Result<Response, ApiError> {
    let row = app.store.tailoring(&workspace.id, &id).await?;
    let resume_id = row.resume_id.clone();
    let tailored = passed(&app, row).await?;
    let owner = super::exports::Owner {
        workspace: &workspace.id,
        resume: &resume_id,
        tailoring: Some(&id),
    };
    super::exports::export(&app, owner, tailored, &how).await
}
