//! Applications: which job, and where it stands.

use crate::counting::{Event, note};
use crate::error::{ApiError, Problem};
use crate::learning;
use crate::state::{App, Guest};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use bespoke_core::learning::Deed;
use bespoke_render::Template;
use bespoke_store::ApplicationRow;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Most characters of one of the texts.
const MAX_TEXT: usize = 4000;

/// Where an application stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Kept for later.
    Saved,
    /// Sent.
    Applied,
    /// Talking.
    Interview,
    /// Offered.
    Offer,
    /// Over, whatever came of it.
    Closed,
}

impl Stage {
    pub(super) fn name(self) -> &'static str {
        match self {
            Stage::Saved => "saved",
            Stage::Applied => "applied",
            Stage::Interview => "interview",
            Stage::Offer => "offer",
            Stage::Closed => "closed",
        }
    }

    pub(super) fn of(name: &str) -> Stage {
        match name {
            "applied" => Stage::Applied,
            "interview" => Stage::Interview,
            "offer" => Stage::Offer,
            "closed" => Stage::Closed,
            _ => Stage::Saved,
        }
    }
}

/// What is known of the job that was applied for; each text at most 4,000 characters.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ApplicationTexts {
    /// Title of the job.
    pub(super) title: String,
    #[serde(default)]
    #[schema(required)]
    pub(super) company: String,
    /// Address of the posting.
    #[serde(default)]
    #[schema(required)]
    pub(super) link: String,
    #[serde(default)]
    #[schema(required)]
    notes: String,
    /// Day on which to look at it again, `2026-01-31`.
    #[serde(default)]
    pub(super) remind_on: Option<String>,
    /// Last day to apply, `2026-01-31`.
    #[serde(default)]
    pub(super) closes: Option<String>,
}

impl ApplicationTexts {
    /// What a posting says of its job.
    pub(super) fn of_posting(title: &str, company: &str, link: &str, closes: Option<&str>) -> ApplicationTexts {
        let cut = |text: &str| text.chars().take(MAX_TEXT).collect();
        ApplicationTexts {
            title: cut(title),
            company: cut(company),
            link: cut(link),
            notes: String::new(),
            remind_on: None,
            closes: closes.map(str::to_owned),
        }
    }
}

/// What is kept of an application: what the person writes, and what was sent for them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Kept {
    #[serde(flatten)]
    pub(super) texts: ApplicationTexts,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) sent: Option<Sent>,
}

/// An application that was sent by the API of a board, after the person confirmed it.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Sent {
    /// The board.
    pub(super) board: String,
    /// The account there.
    pub(super) account: String,
    /// Id of the posting there.
    pub(super) posting: String,
    /// RFC 3339, UTC.
    pub(super) at: String,
    /// The address that it went to.
    pub(super) to: String,
    /// SHA-256 of all that was sent, which the person confirmed.
    pub(super) hash: String,
    /// The answers that were sent.
    pub(super) fields: Vec<SentField>,
    /// The files that were sent.
    pub(super) files: Vec<SentFile>,
    /// What the board answered.
    pub(super) answer: String,
    /// Its id for the application, where it gave one.
    pub(super) receipt: Option<String>,
}

/// An answer that was sent.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SentField {
    /// The question.
    pub(super) label: String,
    /// The answer.
    pub(super) values: Vec<String>,
}

/// A file that was sent, or would be.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SentFile {
    /// The question.
    pub(super) label: String,
    /// Name of the file.
    pub(super) file_name: String,
    /// Its media type.
    pub(super) media_type: String,
    /// Bytes.
    pub(super) size: usize,
    /// SHA-256 in hexadecimal.
    pub(super) sha256: String,
}

/// An application.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Application {
    id: String,
    /// The résumé that goes with it, where it still exists.
    resume_id: Option<String>,
    /// The tailoring that goes with it, where it still exists.
    tailoring_id: Option<String>,
    stage: Stage,
    #[serde(flatten)]
    texts: ApplicationTexts,
    /// What was sent by the API of a board.
    sent: Option<Sent>,
    /// Send it back with a change.
    version: i64,
    /// RFC 3339, UTC.
    created_at: String,
    /// When it came to its stage: RFC 3339, UTC.
    stage_at: String,
}

/// An application to keep.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct NewApplication {
    stage: Stage,
    #[serde(flatten)]
    texts: ApplicationTexts,
    /// The résumé that goes with it.
    resume_id: Option<String>,
    /// The tailoring that goes with it.
    tailoring_id: Option<String>,
}

/// A change of an application.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct ApplicationChange {
    version: i64,
    stage: Stage,
    #[serde(flatten)]
    texts: ApplicationTexts,
}

/// The routes of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_applications, create_application))
        .routes(routes!(update_application, delete_application))
}

pub(super) fn shown(row: ApplicationRow) -> Result<Application, ApiError> {
    let kept: Kept = serde_json::from_str(&row.content)?;
    Ok(Application {
        texts: kept.texts,
        sent: kept.sent,
        stage: Stage::of(&row.stage),
        id: row.id,
        resume_id: row.resume_id,
        tailoring_id: row.tailoring_id,
        version: row.version,
        created_at: row.created_at,
        stage_at: row.stage_at,
    })
}

fn checked(texts: &ApplicationTexts) -> Result<(), ApiError> {
    let all = [&texts.title, &texts.company, &texts.link, &texts.notes];
    if all.iter().any(|text| text.chars().count() > MAX_TEXT) {
        return Err(ApiError::BadRequest(format!("a text may have {MAX_TEXT} characters")));
    }
    if texts.title.trim().is_empty() && texts.company.trim().is_empty() {
        return Err(ApiError::BadRequest("an application needs a title or a company".into()));
    }
    let mut days = [&texts.remind_on, &texts.closes].into_iter().flatten();
    match days.all(|day| day.len() == 10 && day.parse::<jiff::civil::Date>().is_ok()) {
        true => Ok(()),
        false => Err(ApiError::BadRequest("a day is written as in 2026-01-31".into())),
    }
}

/// All applications; those that moved last come first.
#[utoipa::path(get, path = "/applications", tag = "applications", responses((status = 200, body = [Application])))]
async fn list_applications(
    Guest(workspace): Guest,
    State(app): State<App>,
) -> Result<Json<Vec<Application>>, ApiError> {
    let rows = app.store.applications(&workspace.id).await?;
    Ok(Json(rows.into_iter().map(shown).collect::<Result<_, _>>()?))
}

/// Keeps an application.
#[utoipa::path(post, path = "/applications", tag = "applications", request_body = NewApplication, responses((status = 201, body = Application), (status = 400, body = Problem)))]
async fn create_application(
    Guest(workspace): Guest,
    State(app): State<App>,
    Json(new): Json<NewApplication>,
) -> Result<(StatusCode, Json<Application>), ApiError> {
    checked(&new.texts)?;
    let row = ApplicationRow {
        id: String::new(),
        resume_id: new.resume_id,
        tailoring_id: new.tailoring_id,
        stage: new.stage.name().into(),
        content: serde_json::to_string(&new.texts)?,
        version: 0,
        created_at: String::new(),
        stage_at: String::new(),
    };
    let row = app.store.add_application(&workspace.id, row).await?;
    count_stage(&app, &workspace.id, &row, Stage::Saved).await;
    Ok((StatusCode::CREATED, Json(shown(row)?)))
}

/// Changes an application, if it was changed from the present version.
#[utoipa::path(patch, path = "/applications/{id}", tag = "applications", params(("id" = String, Path)), request_body = ApplicationChange, responses((status = 200, body = Application), (status = 400, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn update_application(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
    Json(change): Json<ApplicationChange>,
) -> Result<Json<Application>, ApiError> {
    checked(&change.texts)?;
    let all = app.store.applications(&workspace.id).await?;
    let row = all.iter().find(|a| a.id == id).ok_or(ApiError::NotFound("this"))?;
    let before = Stage::of(&row.stage);
    let content = serde_json::to_string(&Kept {
        texts: change.texts,
        sent: serde_json::from_str::<Kept>(&row.content)?.sent,
    })?;
    let row = app
        .store
        .update_application(&workspace.id, &id, change.version, change.stage.name(), &content);
    let row = row.await?;
    count_stage(&app, &workspace.id, &row, before).await;
    Ok(Json(shown(row)?))
}

/// Counts that an application has come to another stage, with the template that it was last exported with.
pub(super) async fn count_stage(app: &App, workspace: &str, row: &ApplicationRow, before: Stage) {
    let stage = Stage::of(&row.stage);
    let how = match stage {
        Stage::Applied => "applied",
        Stage::Interview => "interview",
        Stage::Offer => "offer",
        // Over may mean anything: how it ended is told by whoever knows it.
        Stage::Closed | Stage::Saved => return,
    };
    if stage == before {
        return;
    }
    let exports = match &row.resume_id {
        Some(resume) => app.store.exports(workspace, resume).await.unwrap_or_default(),
        None => Vec::new(),
    };
    let last = exports.iter().find(|e| e.tailoring_id == row.tailoring_id);
    let template = last
        .and_then(|e| Template::by_name(&e.template).ok())
        .filter(Template::is_built_in);
    let label = template.map_or_else(|| how.to_owned(), |t| format!("{how}/{}", t.name()));
    note(app, workspace, Event::Outcome, &label).await;
    let deed = match stage {
        Stage::Interview => Deed::Interview,
        Stage::Offer => Deed::Offer,
        Stage::Saved | Stage::Applied | Stage::Closed => return,
    };
    let texts = serde_json::from_str::<ApplicationTexts>(&row.content).ok();
    if let Some(role) = texts.and_then(|t| learning::role_of(&t.title)) {
        learning::note_role(app, workspace, None, role, deed);
    }
}

/// Deletes an application.
#[utoipa::path(delete, path = "/applications/{id}", tag = "applications", params(("id" = String, Path)), responses((status = 204), (status = 404, body = Problem)))]
async fn delete_application(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    app.store.delete_application(&workspace.id, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
