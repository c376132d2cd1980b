//! The one place where requests are let in: who asks, which workspace the request is about, and whether the table of
//! [`crate::access`] lets that role do it. An operation that the table does not know is refused.

use crate::access::{Role, Who, who_may};
use crate::auth::Caller;
use crate::error::ApiError;
use crate::state::App;
use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bespoke_store::{Store, Workspace};
use std::collections::HashMap;
use std::sync::Arc;
use utoipa::openapi::OpenApi;

/// Header that names the team that a request is about; without it, the caller's own workspace.
pub const TEAM_HEADER: &str = "bespoke-team";
/// The same as a parameter of the query, where no header can be set: sockets, images, downloads.
const TEAM_PARAMETER: &str = "team";
/// Patterns that begin so name the team themselves.
const TEAM_PATH: &str = "/api/v1/teams/{id}";

/// Operations of the API by pattern of the route and method.
type Operations = HashMap<String, HashMap<Method, String>>;

/// What the gate needs; cheap to clone.
#[derive(Clone)]
pub struct Gate {
    app: App,
    operations: Arc<Operations>,
}

impl Gate {
    /// For the routes that a description describes.
    pub fn new(app: App, description: &OpenApi) -> Gate {
        let mut operations = Operations::new();
        for (path, item) in &description.paths.paths {
            let methods = operations.entry(path.clone()).or_default();
            for (method, operation) in [
                (Method::GET, &item.get),
                (Method::PUT, &item.put),
                (Method::POST, &item.post),
                (Method::PATCH, &item.patch),
                (Method::DELETE, &item.delete),
            ] {
                if let Some(id) = operation.as_ref().and_then(|o| o.operation_id.clone()) {
                    methods.insert(method, id);
                }
            }
        }
        Gate {
            app,
            operations: Arc::new(operations),
        }
    }
}

/// What a caller is in the workspace that a request is about.
#[derive(Debug, Clone)]
pub struct Access {
    /// Who asks.
    pub caller: Caller,
    /// Whose things it is about: the caller's own, or a team's.
    pub workspace: Workspace,
    /// What the caller is there.
    pub role: Role,
    /// Whether it is a team.
    pub team: bool,
}

impl Access {
    /// True where the caller would still be let in; a database that does not answer shuts nobody out.
    pub async fn lives(&self, store: &Store) -> bool {
        self.caller.lives(store).await
            && (!self.team
                || store
                    .role_in_team(&self.workspace.id, &self.caller.workspace().id)
                    .await
                    .map_or(true, |role| role.is_some()))
    }
}

/// The team that a request names.
fn named(parts: &Parts) -> Result<Option<String>, ApiError> {
    if let Some(value) = parts.headers.get(TEAM_HEADER) {
        let id = value.to_str().map_err(|_| ApiError::NotFound("this team"))?;
        return Ok(Some(id.to_owned()));
    }
    let query = parts.uri.query().unwrap_or_default();
    Ok(query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find_map(|(name, value)| (name == TEAM_PARAMETER).then(|| value.to_owned())))
}

/// What a caller is in a team. Who is no member is told what they are told of one that does not exist.
async fn in_team(app: &App, caller: Caller, team: &str) -> Result<Access, ApiError> {
    let stranger = || ApiError::NotFound("this team");
    if caller.team().is_some_and(|bound| bound != team) {
        return Err(stranger());
    }
    let role = app.store.role_in_team(team, &caller.workspace().id).await?;
    let role = role.map(|name| Role::of(&name)).ok_or_else(stranger)?;
    let workspace = app.store.workspace_by_id(team).await?.ok_or_else(stranger)?;
    Ok(Access {
        caller,
        workspace,
        role,
        team: true,
    })
}

/// What a caller is in the workspace that the request names, else in their own.
async fn resolve(app: &App, parts: &Parts, caller: Caller) -> Result<Access, ApiError> {
    let named = named(parts)?.or_else(|| caller.team().map(str::to_owned));
    match named {
        Some(team) if team != caller.workspace().id || caller.team().is_some() => in_team(app, caller, &team).await,
        _ => Ok(Access {
            workspace: caller.workspace().clone(),
            caller,
            role: Role::Owner,
            team: false,
        }),
    }
}

impl FromRequestParts<App> for Access {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        // The gate has asked already, but for what anyone may do.
        if let Some(known) = parts.extensions.get::<Access>() {
            return Ok(known.clone());
        }
        let caller = Caller::from_request_parts(parts, app).await?;
        resolve(app, parts, caller).await
    }
}

/// Lets a request of the API through, or refuses it.
pub async fn check(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let pattern = request.extensions().get::<MatchedPath>().map(|m| m.as_str().to_owned());
    let Some(methods) = pattern.as_ref().and_then(|pattern| gate.operations.get(pattern)) else {
        return ApiError::NotFound("this address").into_response();
    };
    let method = match request.method().clone() {
        Method::HEAD => Method::GET,
        other => other,
    };
    let Some(operation) = methods.get(&method) else {
        return no_such_method(methods);
    };
    let who = who_may(operation);
    if who.contains(&Who::Anyone) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    match admit(&gate.app, &mut parts, pattern.as_deref().unwrap_or_default(), who).await {
        Ok(access) => {
            parts.extensions.insert(access);
            next.run(Request::from_parts(parts, body)).await
        }
        Err(refused) => refused.into_response(),
    }
}

async fn admit(app: &App, parts: &mut Parts, pattern: &str, who: &[Who]) -> Result<Access, ApiError> {
    let caller = Caller::from_request_parts(parts, app).await?;
    if who.contains(&Who::Oneself) {
        // What is bound to a team opens nothing of the person.
        if caller.team().is_some() {
            return Err(ApiError::Scope);
        }
        return Ok(Access {
            workspace: caller.workspace().clone(),
            caller,
            role: Role::Owner,
            team: false,
        });
    }
    let access = if pattern.starts_with(TEAM_PATH) {
        let team = parts.uri.path().split('/').nth(4).unwrap_or_default().to_owned();
        in_team(app, caller, &team).await?
    } else {
        resolve(app, parts, caller).await?
    };
    match who.contains(&Who::In(access.role)) {
        true => Ok(access),
        false => Err(ApiError::NotAllowed(access.role)),
    }
}

fn no_such_method(methods: &HashMap<Method, String>) -> Response {
    let mut names: Vec<&str> = methods.keys().map(Method::as_str).collect();
    if methods.contains_key(&Method::GET) {
        names.push("HEAD");
    }
    names.sort_unstable();
    let mut response = StatusCode::METHOD_NOT_ALLOWED.into_response();
    if let Ok(allow) = HeaderValue::from_str(&names.join(", ")) {
        response.headers_mut().insert(header::ALLOW, allow);
    }
    response
}
