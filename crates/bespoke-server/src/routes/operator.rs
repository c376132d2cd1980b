//! What whoever runs the server sees of all of it: numbers of those who agreed. For this machine itself, or with the bearer
//! token of the configuration; everybody else finds nothing here.

use super::counts::{Since, csv};
use super::download;
use crate::address;
use crate::counting::days_ago;
use crate::error::{ApiError, Problem};
use crate::numbers::{Numbers, numbers};
use crate::state::App;
use axum::Json;
use axum::extract::{FromRequestParts, Query, State};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::Response;
use sha2::{Digest, Sha256};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Whoever runs the server.
pub struct Operator;

impl FromRequestParts<App> for Operator {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Operator, ApiError> {
        let bearer = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|v| v.to_str().ok()?.strip_prefix("Bearer "));
        let allowed = match (bearer, &app.settings.metrics_token) {
            // Hashed, so that the time of the comparison says nothing.
            (Some(given), Some(token)) => Sha256::digest(given) == Sha256::digest(token.expose()),
            _ => address::is_own(&parts.extensions, &parts.headers),
        };
        match allowed {
            true => Ok(Operator),
            false => Err(ApiError::NotFound("this address")),
        }
    }
}

/// The routes of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(show_server_counts))
        .routes(routes!(export_server_counts))
}

/// The numbers of the whole server and its trials, for whoever runs it.
#[utoipa::path(get, path = "/operator/counts", tag = "operator", params(Since), responses((status = 200, body = Numbers), (status = 400, body = Problem), (status = 404, body = Problem)))]
async fn show_server_counts(
    _: Operator,
    State(app): State<App>,
    Query(how): Query<Since>,
) -> Result<Json<Numbers>, ApiError> {
    Ok(Json(numbers(&app.store, how.days()?).await?))
}

/// The numbers of the whole server as CSV: day, event, label, n.
#[utoipa::path(get, path = "/operator/counts/export", tag = "operator", params(Since), responses((status = 200, content_type = "text/csv"), (status = 400, body = Problem), (status = 404, body = Problem)))]
async fn export_server_counts(
    _: Operator,
    State(app): State<App>,
    Query(how): Query<Since>,
) -> Result<Response, ApiError> {
    let (rows, _) = app.store.shared_counts(&days_ago(how.days()? - 1)).await?;
    Ok(download(
        csv(&rows).into_bytes(),
        "text/csv; charset=utf-8",
        "server-counts.csv",
    ))
}
