//! Which roles fit.

use super::resumes::content;
use crate::error::{ApiError, Problem};
use crate::state::{App, Guest};
use axum::Json;
use axum::extract::{Path, Query, State};
use bespoke_core::roles::Fit;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// How roles are ranked.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Ranking {
    /// How many, 1 to 100; 10 where it is left out.
    top: Option<usize>,
    /// Share of semantic closeness, 0 to 1; where it is left out, 0.7 or what this server has learned.
    blend: Option<f64>,
}

/// What this server has learned about ranking.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct LearnedSummary {
    /// Version that ranks; 0 is the product as shipped.
    version: i64,
    /// Share of semantic closeness where nobody says another, 0 to 1.
    blend: f64,
    /// How many skills count more or less than the taxonomy says.
    skills: usize,
    /// Whether roles that people like those near you took come nearer.
    adapted: bool,
}

/// The routes of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_roles))
        .routes(routes!(show_learned))
}

/// The roles that fit best, with reasons.
#[utoipa::path(get, path = "/resumes/{id}/roles", tag = "roles", params(("id" = String, Path), Ranking), responses((status = 200, body = [Fit]), (status = 404, body = Problem), (status = 503, body = Problem)))]
async fn list_roles(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
    Query(how): Query<Ranking>,
) -> Result<Json<Vec<Fit>>, ApiError> {
    let (top, blend) = (how.top.unwrap_or(10), how.blend);
    if !(1..=100).contains(&top) || blend.is_some_and(|b| !(0.0..=1.0).contains(&b)) {
        return Err(ApiError::BadRequest("`top` is 1 to 100 and `blend` is 0 to 1".into()));
    }
    let resume = content(&app.store.resume(&workspace.id, &id).await?)?;
    let engine = app.engines.get().await?;
    let learned = app.learned.present(&app.store).await?;
    Ok(Json(
        app.work(move || engine.rank(&resume, &learned, blend, top)).await?,
    ))
}

/// What the server has learned about ranking, from those who agreed.
#[utoipa::path(get, path = "/roles/learned", tag = "roles", responses((status = 200, body = LearnedSummary)))]
async fn show_learned(_: Guest, State(app): State<App>) -> Result<Json<LearnedSummary>, ApiError> {
    let learned = app.learned.present(&app.store).await?;
    Ok(Json(LearnedSummary {
        version: learned.version,
        blend: learned.blend,
        skills: learned.skills.len(),
        adapted: learned.adapter.is_some(),
    }))
}
