//! Is it alive, is it ready, what does it count.

use super::operator::Operator;
use crate::metrics;
use crate::state::App;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::{Json, Router};
use serde::Serialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// How the server is.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Health {
    /// `ok`, or what is missing.
    status: String,
}

/// The routes; they stand outside `/api/v1`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(is_live))
        .routes(routes!(is_ready))
        .routes(routes!(show_metrics))
}

/// The same under the names that probes like; no part of the described API.
pub fn short() -> Router<App> {
    use axum::routing::get;
    Router::new()
        .route("/live", get(is_live))
        .route("/ready", get(is_ready))
}

/// The process answers; also at `/live`.
#[utoipa::path(get, path = "/health/live", tag = "health", responses((status = 200, body = Health)))]
async fn is_live() -> Json<Health> {
    Json(Health { status: "ok".into() })
}

/// The database answers, the models are open, and the server is not about to stop; also at `/ready`.
#[utoipa::path(get, path = "/health/ready", tag = "health", responses((status = 200, body = Health), (status = 503, body = Health)))]
async fn is_ready(State(app): State<App>) -> (StatusCode, Json<Health>) {
    let missing = if app.is_stopping() {
        Some("the server is about to stop".into())
    } else if app.store.is_ready().await {
        app.engines.lacking()
    } else {
        Some("the database does not answer".into())
    };
    match missing {
        None => (StatusCode::OK, Json(Health { status: "ok".into() })),
        Some(status) => (StatusCode::SERVICE_UNAVAILABLE, Json(Health { status })),
    }
}

/// Counts and times in the text format of OpenMetrics, for this machine itself or with the bearer token of the
/// configuration.
#[utoipa::path(get, path = "/metrics", tag = "health", responses((status = 200, content_type = "application/openmetrics-text"), (status = 404, body = crate::error::Problem)))]
async fn show_metrics(_: Operator, State(app): State<App>) -> Response {
    metrics::answer(&app).await
}
