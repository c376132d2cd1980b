//! API tokens: what the page does, a script can do in the person's name.

use crate::auth::SignedIn;
use crate::error::{ApiError, Problem};
use crate::state::App;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use bespoke_store::{ApiTokenRow, TokenScope};
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Most tokens of an account.
const MOST: usize = 50;
const DAY_MS: i64 = 24 * 3600 * 1000;

/// What a token may do.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Only look.
    Read,
    /// Look and change; never the account itself.
    Write,
}

/// A token to make.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct NewApiToken {
    /// What the person calls it, 1 to 100 characters.
    name: String,
    scope: Scope,
    /// The team that it is bound to, of which you are a member: it opens nothing else then. Without it, it opens what you can
    /// open.
    team_id: Option<String>,
    /// Days until it ends, 1 to 3650; without end where it is left out.
    days: Option<i64>,
}

/// A token in a list; the token itself is not kept.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ApiTokenDetail {
    id: String,
    name: String,
    scope: Scope,
    /// The team that it is bound to.
    team_id: Option<String>,
    /// RFC 3339, UTC.
    created_at: String,
    /// To the minute; RFC 3339, UTC.
    last_used_at: Option<String>,
    /// RFC 3339, UTC.
    expires_at: Option<String>,
}

/// A token that was made.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MadeApiToken {
    #[serde(flatten)]
    detail: ApiTokenDetail,
    /// For `Authorization: Bearer`; shown only now.
    token: String,
}

impl From<ApiTokenRow> for ApiTokenDetail {
    fn from(row: ApiTokenRow) -> Self {
        let expires = row.expires_ms.and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok());
        ApiTokenDetail {
            id: row.id,
            name: row.name,
            scope: match row.scope {
                TokenScope::Read => Scope::Read,
                TokenScope::Write => Scope::Write,
            },
            team_id: row.team_id,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
            expires_at: expires.map(|at| at.to_string()),
        }
    }
}

/// The routes of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_api_tokens, create_api_token))
        .routes(routes!(delete_api_token))
}

/// The API tokens of the account, newest first.
#[utoipa::path(get, path = "/account/tokens", tag = "account", responses((status = 200, body = [ApiTokenDetail]), (status = 401, body = Problem)))]
async fn list_api_tokens(me: SignedIn, State(app): State<App>) -> Result<Json<Vec<ApiTokenDetail>>, ApiError> {
    let rows = app.store.api_tokens(&me.workspace.id).await?;
    Ok(Json(rows.into_iter().map(ApiTokenDetail::from).collect()))
}

/// Makes an API token.
#[utoipa::path(post, path = "/account/tokens", tag = "account", request_body = NewApiToken, responses((status = 201, body = MadeApiToken), (status = 400, body = Problem), (status = 401, body = Problem), (status = 404, body = Problem)))]
async fn create_api_token(
    me: SignedIn,
    State(app): State<App>,
    Json(new): Json<NewApiToken>,
) -> Result<Response, ApiError> {
    let name: String = new.name.trim().chars().filter(|c| !c.is_control()).collect();
    if !(1..=100).contains(&name.chars().count()) || !new.days.is_none_or(|days| (1..=3650).contains(&days)) {
        let text = "`name` needs 1 to 100 characters, and `days` is 1 to 3650";
        return Err(ApiError::BadRequest(text.into()));
    }
    if app.store.api_tokens(&me.workspace.id).await?.len() >= MOST {
        let text = format!("an account has at most {MOST} tokens: revoke one first");
        return Err(ApiError::BadRequest(text));
    }
    let scope = match new.scope {
        Scope::Read => TokenScope::Read,
        Scope::Write => TokenScope::Write,
    };
    let lives = new.days.map(|days| days * DAY_MS);
    let (row, token) = app
        .store
        .create_api_token(&me.workspace.id, &name, scope, new.team_id.as_deref(), lives)
        .await?;
    let made = MadeApiToken {
        detail: row.into(),
        token,
    };
    Ok((StatusCode::CREATED, [(header::CACHE_CONTROL, "no-store")], Json(made)).into_response())
}

/// Revokes an API token; it opens nothing from now on.
#[utoipa::path(delete, path = "/account/tokens/{id}", tag = "account", params(("id" = String, Path)), responses((status = 204), (status = 401, body = Problem), (status = 404, body = Problem)))]
async fn delete_api_token(
    me: SignedIn,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    app.store.delete_api_token(&me.workspace.id, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
