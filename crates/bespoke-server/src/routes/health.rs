//! Is it alive, is it ready.

use crate::state::App;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// How the server is.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Health {
    /// `ok`, or what is missing.
    status: String,
}

/// Both routes; they stand outside `/api/v1`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(is_live)).routes(routes!(is_ready))
}

/// The process answers.
#[utoipa::path(get, path = "/health/live", tag = "health", responses((status = 200, body = Health)))]
async fn is_live() -> Json<Health> {
    Json(Health { status: "ok".into() })
}

/// The database answers and the models are open.
#[utoipa::path(get, path = "/health/ready", tag = "health", responses((status = 200, body = Health), (status = 503, body = Health)))]
async fn is_ready(State(app): State<App>) -> (StatusCode, Json<Health>) {
    let missing = if app.store.is_ready().await {
        app.engines.lacking()
    } else {
        Some("the database does not answer".into())
    };
    match missing {
        None => (StatusCode::OK, Json(Health { status: "ok".into() })),
        Some(status) => (StatusCode::SERVICE_UNAVAILABLE, Json(Health { status })),
    }
}
