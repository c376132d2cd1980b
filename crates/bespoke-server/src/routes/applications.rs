//! Applications: which job, and where it stands.

use crate::error::{ApiError, Problem};
use crate::state::{App, Guest};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
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
    fn name(self) -> &'static str {
        match self {
            Stage::Saved => "saved",
            Stage::Applied => "applied",
            Stage::Interview => "interview",
            Stage::Offer => "offer",
            Stage::Closed => "closed",
        }
    }

    fn of(name: &str) -> Stage {
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
    title: String,
    #[serde(default)]
    #[schema(required)]
    company: String,
    /// Address of the posting.
    #[serde(default)]
    #[schema(required)]
    link: String,
    #[serde(default)]
    #[schema(required)]
    notes: String,
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

fn shown(row: ApplicationRow) -> Result<Application, ApiError> {
    Ok(Application {
        texts: serde_json::from_str(&row.content)?,
        stage: Stage::of(&row.stage),
        id: row.id,
        resume_id: row.resume_id,
        tailoring_id: row.tailoring_id,
        version: row.version,
        created_at: row.created_at,
        stage_at: row.stage_at,
    })
}

fn kept(texts: &ApplicationTexts) -> Result<String, ApiError> {
    let all = [&texts.title, &texts.company, &texts.link, &texts.notes];
    if all.iter().any(|text| text.chars().count() > MAX_TEXT) {
        return Err(ApiError::BadRequest(format!("a text may have {MAX_TEXT} characters")));
    }
    if texts.title.trim().is_empty() && texts.company.trim().is_empty() {
        return Err(ApiError::BadRequest("an application needs a title or a company".into()));
    }
    Ok(serde_json::to_string(texts)?)
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
    let row = ApplicationRow {
        id: String::new(),
        resume_id: new.resume_id,
        tailoring_id: new.tailoring_id,
        stage: new.stage.name().into(),
        content: kept(&new.texts)?,
        version: 0,
        created_at: String::new(),
        stage_at: String::new(),
    };
    let row = app.store.add_application(&workspace.id, row).await?;
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
    let content = kept(&change.texts)?;
    let row = app
        .store
        .update_application(&workspace.id, &id, change.version, change.stage.name(), &content);
    Ok(Json(shown(row.await?)?))
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
