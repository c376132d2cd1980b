//! Is it alive, is it ready, what does it count.

use crate::address;
use crate::metrics;
use crate::state::App;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use serde::Serialize;
use sha2::{Digest, Sha256};
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
        .merge(short().into())
}

/// The same under the names that probes like.
fn short() -> Router<App> {
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
async fn show_metrics(State(app): State<App>, request: Request) -> Response {
    let bearer = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|v| v.to_str().ok()?.strip_prefix("Bearer "));
    let allowed = match (bearer, &app.settings.metrics_token) {
        // Hashed, so that the time of the comparison says nothing.
        (Some(given), Some(token)) => Sha256::digest(given) == Sha256::digest(token.expose()),
        _ => address::is_own(request.extensions(), request.headers()),
    };
    match allowed {
        true => metrics::answer(&app).await,
        false => crate::error::ApiError::NotFound("this address").into_response(),
    }
}
