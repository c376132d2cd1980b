//! Which roles fit, and what the audit finds.

use super::resumes::{content, document_of};
use crate::error::{ApiError, Problem};
use crate::state::{App, Guest};
use axum::Json;
use axum::extract::{Path, Query, State};
use bespoke_core::audit::{Audit, Strictness, Subject, audit};
use bespoke_core::date::PartialDate;
use bespoke_core::roles::Fit;
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// How roles are ranked.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Ranking {
    /// How many, 1 to 100; 10 where it is left out.
    top: Option<usize>,
    /// Share of semantic closeness, 0 to 1; 0.7 where it is left out.
    blend: Option<f64>,
}

/// The routes of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_roles))
        .routes(routes!(show_audit))
}

/// The roles that fit best, with reasons.
#[utoipa::path(get, path = "/resumes/{id}/roles", tag = "roles", params(("id" = String, Path), Ranking), responses((status = 200, body = [Fit]), (status = 404, body = Problem), (status = 503, body = Problem)))]
async fn list_roles(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
    Query(how): Query<Ranking>,
) -> Result<Json<Vec<Fit>>, ApiError> {
    let (top, blend) = (how.top.unwrap_or(10), how.blend.unwrap_or(0.7));
    if !(1..=100).contains(&top) || !(0.0..=1.0).contains(&blend) {
        return Err(ApiError::BadRequest("`top` is 1 to 100 and `blend` is 0 to 1".into()));
    }
    let resume = content(&app.store.resume(&workspace.id, &id).await?)?;
    let engine = app.engines.get().await?;
    Ok(Json(app.work(move || engine.rank(&resume, blend, top)).await?))
}

/// How strictly to judge.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Judging {
    /// True reports matters of taste too.
    strict: Option<bool>,
}

/// What the audit finds in the file and in the résumé.
#[utoipa::path(get, path = "/resumes/{id}/audit", tag = "audit", params(("id" = String, Path), Judging), responses((status = 200, body = Audit), (status = 404, body = Problem)))]
async fn show_audit(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
    Query(how): Query<Judging>,
) -> Result<Json<Audit>, ApiError> {
    let row = app.store.resume(&workspace.id, &id).await?;
    let resume = content(&row)?;
    let document = document_of(&app, &row).await?;
    let today = today();
    let strictness = if how.strict.unwrap_or(false) {
        Strictness::Strict
    } else {
        Strictness::Lenient
    };
    let found = app
        .work(move || {
            let subject = Subject {
                document: Some(&document),
                resume: &resume,
                file_name: Some(&row.file_name),
                today,
            };
            audit(&subject, strictness)
        })
        .await?;
    Ok(Json(found))
}

/// The month it is, in UTC.
fn today() -> Option<PartialDate> {
    let now = jiff::Timestamp::now().to_string();
    let mut parts = now.split('-');
    Some(PartialDate::month(
        parts.next()?.parse().ok()?,
        parts.next()?.parse().ok()?,
    ))
}
