//! Which roles fit.

use super::resumes::content;
use crate::error::{ApiError, Problem};
use crate::state::{App, Guest};
use axum::Json;
use axum::extract::{Path, Query, State};
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
    OpenApiRouter::new().routes(routes!(list_roles))
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
