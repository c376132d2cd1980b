//! Interview preparations: likely questions, the person's own stories, and the notes and ratings of practice.

use super::download;
use super::resumes::content;
use super::tailorings::read_posting;
use crate::counting::{Event, note};
use crate::error::{ApiError, Problem};
use crate::state::{App, Guest};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use bespoke_core::interview::{Preparation, prepare, to_markdown};
use bespoke_core::job::JobPosting;
use bespoke_models::JobCloseness;
use bespoke_store::InterviewRow;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Most characters of a note.
const NOTE_CHARS: usize = 5_000;

/// An interview to prepare.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct NewInterview {
    /// The job description as text.
    job: String,
}

/// What the person noted on a question.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Practice {
    /// Their own words.
    note: String,
    /// How well it went, 1 to 5; 0 where it was not rated.
    rating: u8,
    /// How often it was practised.
    times: u32,
    /// Seconds of the last try.
    seconds: u32,
}

/// The notes of a preparation.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct PracticeChange {
    /// Version that this was made from.
    version: i64,
    /// By the id of the question.
    practice: BTreeMap<String, Practice>,
}

/// A preparation in a list.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct InterviewSummary {
    id: String,
    resume_id: String,
    /// Title of the job.
    title: Option<String>,
    company: Option<String>,
    /// Questions, and how many of them have been practised.
    questions: usize,
    practised: usize,
    /// RFC 3339, UTC.
    created_at: String,
}

/// A preparation.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct InterviewDetail {
    id: String,
    resume_id: String,
    job: JobPosting,
    preparation: Preparation,
    /// By the id of the question.
    practice: BTreeMap<String, Practice>,
    /// Send it back with a change.
    version: i64,
    /// RFC 3339, UTC.
    created_at: String,
}

/// The routes of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_interviews, create_interview))
        .routes(routes!(show_interview, update_interview, delete_interview))
        .routes(routes!(export_interview))
}

fn detail(row: InterviewRow) -> Result<InterviewDetail, ApiError> {
    Ok(InterviewDetail {
        job: serde_json::from_str(&row.job)?,
        preparation: serde_json::from_str(&row.content)?,
        practice: serde_json::from_str(&row.practice)?,
        id: row.id,
        resume_id: row.resume_id,
        version: row.version,
        created_at: row.created_at,
    })
}

/// All preparations of a résumé, newest first.
#[utoipa::path(get, path = "/resumes/{id}/interviews", tag = "interviews", params(("id" = String, Path)), responses((status = 200, body = [InterviewSummary]), (status = 404, body = Problem)))]
async fn list_interviews(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<Vec<InterviewSummary>>, ApiError> {
    let rows = app.store.interviews(&workspace.id, &id).await?;
    let summary = |row: InterviewRow| -> Result<InterviewSummary, ApiError> {
        let d = detail(row)?;
        Ok(InterviewSummary {
            id: d.id,
            resume_id: d.resume_id,
            title: d.job.title.map(|t| t.text),
            company: d.job.company.map(|c| c.text),
            questions: d.preparation.questions.len(),
            practised: d.practice.values().filter(|p| p.times > 0).count(),
            created_at: d.created_at,
        })
    };
    Ok(Json(rows.into_iter().map(summary).collect::<Result<_, _>>()?))
}

/// Prepares an interview for a job.
#[utoipa::path(post, path = "/resumes/{id}/interviews", tag = "interviews", params(("id" = String, Path)), request_body = NewInterview, responses((status = 201, body = InterviewDetail), (status = 404, body = Problem), (status = 422, body = Problem), (status = 503, body = Problem)))]
async fn create_interview(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
    Json(new): Json<NewInterview>,
) -> Result<(StatusCode, Json<InterviewDetail>), ApiError> {
    let row = app.store.resume(&workspace.id, &id).await?;
    let base = content(&row)?;
    let job = read_posting(&app, new.job).await?;
    let engine = app.engines.get().await?;
    let (job, preparation) = app
        .work(move || {
            let preparation = prepare(&base, &job, &JobCloseness::new(&engine.embedder, &job));
            (job, preparation)
        })
        .await?;
    let kept = InterviewRow {
        id: String::new(),
        resume_id: row.id,
        job: serde_json::to_string(&job)?,
        content: serde_json::to_string(&preparation)?,
        practice: "{}".to_owned(),
        version: 0,
        created_at: String::new(),
        updated_at: String::new(),
    };
    let kept = app.store.create_interview(&workspace.id, kept).await?;
    note(&app, &workspace.id, Event::InterviewPrepared, "").await;
    Ok((StatusCode::CREATED, Json(detail(kept)?)))
}

/// One preparation.
#[utoipa::path(get, path = "/interviews/{id}", tag = "interviews", params(("id" = String, Path)), responses((status = 200, body = InterviewDetail), (status = 404, body = Problem)))]
async fn show_interview(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<InterviewDetail>, ApiError> {
    Ok(Json(detail(app.store.interview(&workspace.id, &id).await?)?))
}

/// Keeps notes and ratings, if they were made from the present version.
#[utoipa::path(patch, path = "/interviews/{id}", tag = "interviews", params(("id" = String, Path)), request_body = PracticeChange, responses((status = 200, body = InterviewDetail), (status = 400, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn update_interview(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
    Json(change): Json<PracticeChange>,
) -> Result<Json<InterviewDetail>, ApiError> {
    let present = detail(app.store.interview(&workspace.id, &id).await?)?;
    let known = |id: &String| present.preparation.questions.iter().any(|q| q.id == *id);
    if change.practice.keys().any(|id| !known(id)) {
        return Err(ApiError::BadRequest("there is no question of this id".to_owned()));
    }
    if change
        .practice
        .values()
        .any(|p| p.rating > 5 || p.note.chars().count() > NOTE_CHARS)
    {
        return Err(ApiError::BadRequest(format!(
            "a rating is 0 to 5, a note has at most {NOTE_CHARS} characters"
        )));
    }
    let practice = serde_json::to_string(&change.practice)?;
    let row = app
        .store
        .update_practice(&workspace.id, &id, change.version, &practice)
        .await?;
    Ok(Json(detail(row)?))
}

/// Deletes a preparation with its notes.
#[utoipa::path(delete, path = "/interviews/{id}", tag = "interviews", params(("id" = String, Path)), responses((status = 204), (status = 404, body = Problem)))]
async fn delete_interview(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    app.store.delete_interview(&workspace.id, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A preparation as Markdown, the notes under their questions.
#[utoipa::path(get, path = "/interviews/{id}/export", tag = "interviews", params(("id" = String, Path)), responses((status = 200, content_type = "text/markdown"), (status = 404, body = Problem)))]
async fn export_interview(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let d = detail(app.store.interview(&workspace.id, &id).await?)?;
    let mut page = to_markdown(&d.preparation, &d.job);
    let notes: Vec<String> = d
        .preparation
        .questions
        .iter()
        .filter_map(|q| Some((q, d.practice.get(&q.id).filter(|p| !p.note.trim().is_empty())?)))
        .map(|(q, p)| format!("### {}\n\n{}\n", q.text, p.note.trim()))
        .collect();
    if !notes.is_empty() {
        page.push_str("\n## Your notes\n\n");
        page.push_str(&notes.join("\n"));
    }
    let title = d.job.title.map(|t| t.text).unwrap_or_default();
    Ok(download(
        page.into_bytes(),
        "text/markdown; charset=utf-8",
        &format!("interview {title}.md"),
    ))
}
