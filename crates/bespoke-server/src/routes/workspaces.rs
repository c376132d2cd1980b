//! Guest workspaces: no account, one cookie.

use crate::auth::Caller;
use crate::auth::cookies::Cookie;
use crate::error::ApiError;
use crate::state::{App, Guest};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// A workspace.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Workspace {
    /// UUID.
    id: String,
    /// RFC 3339, UTC.
    created_at: String,
}

impl From<bespoke_store::Workspace> for Workspace {
    fn from(w: bespoke_store::Workspace) -> Self {
        Workspace {
            id: w.id,
            created_at: w.created_at,
        }
    }
}

/// The routes of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(create_workspace))
        .routes(routes!(show_workspace))
}

/// Makes a guest workspace and sets its cookie; shows the one that the cookie opens already.
#[utoipa::path(post, path = "/workspaces", tag = "workspaces", responses((status = 201, body = Workspace), (status = 200, body = Workspace)))]
async fn create_workspace(State(app): State<App>, caller: Result<Caller, ApiError>) -> Result<Response, ApiError> {
    match caller {
        Ok(known) => Ok(Json(Workspace::from(known.workspace().clone())).into_response()),
        Err(ApiError::NoWorkspace) => {
            let (made, token) = app.store.create_workspace().await?;
            let mut response = (StatusCode::CREATED, Json(Workspace::from(made))).into_response();
            Cookie::Guest.set(response.headers_mut(), Some(&token), app.auth.config.https());
            Ok(response)
        }
        Err(error) => Err(error),
    }
}

/// The workspace that this request is about: your own, or the team's that it names.
#[utoipa::path(get, path = "/workspaces/current", tag = "workspaces", responses((status = 200, body = Workspace), (status = 401, body = crate::error::Problem)))]
async fn show_workspace(Guest(workspace): Guest) -> Json<Workspace> {
    Json(workspace.into())
}
