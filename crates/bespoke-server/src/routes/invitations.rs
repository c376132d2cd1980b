//! Invitations into a team: an owner makes a link, somebody with an account opens it and is a member.

use super::auth::is_email;
use super::mail::{Sender, link, tongue};
use super::teams::{Team, called, mine};
use crate::access::Role;
use crate::auth::SignedIn;
use crate::error::{ApiError, Problem};
use crate::gate::Access;
use crate::mail::Letter;
use crate::state::App;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bespoke_store::{InvitationRow, StoreError};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Milliseconds for which an invitation lets somebody in.
const LIVES_MS: i64 = 7 * 24 * 3600 * 1000;
/// Most invitations of a team that are open at a time.
const OPEN: usize = 100;

/// An invitation to make.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct NewInvitation {
    /// What who accepts it may do.
    role: Role,
    /// For whom it is, for you to remember; whoever has the link can use it.
    email: Option<String>,
    /// Sends the link to that address, in the language of the request. Needs a mail server, and an account whose address
    /// is proved; five messages at once, then one every ten minutes.
    #[serde(default)]
    send: bool,
}

/// An invitation that nobody has accepted yet.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Invitation {
    /// UUID.
    id: String,
    role: Role,
    email: Option<String>,
    /// RFC 3339, UTC.
    created_at: String,
    /// RFC 3339, UTC.
    expires_at: String,
}

/// An invitation that was just made: the only answer that holds its link.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MadeInvitation {
    /// Path of the link, to be put behind this server's address: `/invitation#…`. What stands behind `#` never reaches a
    /// server's log; it is kept hashed and cannot be shown again.
    path: String,
    invitation: Invitation,
}

/// What stands behind `#` in the link of an invitation.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct InvitationToken {
    token: String,
}

/// Accepts an invitation.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct InvitationAcceptance {
    /// What stands behind `#` in the link.
    token: String,
    /// What you are called in the team, 1 to 80 characters; what stands before the @ of your address where it is left out.
    name: Option<String>,
}

/// What an invitation invites to.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct InvitedTo {
    /// Name of the team.
    team: String,
    /// What you would be there.
    role: Role,
}

impl From<InvitationRow> for Invitation {
    fn from(row: InvitationRow) -> Self {
        let expires = Timestamp::from_millisecond(row.expires_ms).unwrap_or(Timestamp::MIN);
        Invitation {
            id: row.id,
            role: Role::of(&row.role),
            email: row.email,
            created_at: row.created_at,
            expires_at: expires.to_string(),
        }
    }
}

/// The routes of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_invitations, create_invitation))
        .routes(routes!(delete_invitation))
        .routes(routes!(show_invitation))
        .routes(routes!(accept_invitation))
}

/// The invitations of a team that still let somebody in, oldest first. For owners.
#[utoipa::path(get, path = "/teams/{id}/invitations", tag = "teams", params(("id" = String, Path)), responses((status = 200, body = [Invitation]), (status = 403, body = Problem), (status = 404, body = Problem)))]
async fn list_invitations(access: Access, State(app): State<App>) -> Result<Json<Vec<Invitation>>, ApiError> {
    let rows = app.store.invitations(&access.workspace.id).await?;
    Ok(Json(rows.into_iter().map(Invitation::from).collect()))
}

/// Makes a link that lets one account in, once, within seven days; sends it where you wish. What cannot be sent is not
/// made. For owners.
#[utoipa::path(post, path = "/teams/{id}/invitations", tag = "teams", params(("id" = String, Path)), request_body = NewInvitation, responses((status = 201, body = MadeInvitation), (status = 400, body = Problem), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem), (status = 502, body = Problem)))]
async fn create_invitation(
    access: Access,
    State(app): State<App>,
    headers: HeaderMap,
    Json(new): Json<NewInvitation>,
) -> Result<Response, ApiError> {
    let team = &access.workspace.id;
    let email = new.email.as_deref().map(str::trim).filter(|e| !e.is_empty());
    if email.map_or(new.send, |e| !is_email(e)) {
        return Err(ApiError::Email);
    }
    let to = match (new.send, email) {
        (true, Some(email)) => Some((email, Sender::of(&app, &access.caller).await?)),
        _ => None,
    };
    if app.store.invitations(team).await?.len() >= OPEN {
        let text = format!("a team has at most {OPEN} open invitations: take some back first");
        return Err(ApiError::BadRequest(text));
    }
    if let Some((_, sender)) = &to {
        sender.count(&app)?;
    }
    let (row, token) = app
        .store
        .create_invitation(team, new.role.name(), email, LIVES_MS)
        .await?;
    let path = format!("/invitation#{token}");
    if let Some((email, sender)) = to {
        let letter = Letter::Invitation {
            link: link(&app, &path)?,
            team: app.store.invitation(&token).await?.ok_or_else(gone)?.0.name,
            from: sender.account.email,
        };
        if let Err(error) = sender.mailer.send(email, None, &letter, tongue(&headers)).await {
            app.store.delete_invitation(team, &row.id).await?;
            return Err(error.into());
        }
    }
    let made = MadeInvitation {
        path,
        invitation: row.into(),
    };
    Ok((StatusCode::CREATED, [(header::CACHE_CONTROL, "no-store")], Json(made)).into_response())
}

/// Takes an invitation back; its link lets nobody in from now on. For owners.
#[utoipa::path(delete, path = "/teams/{id}/invitations/{invitation}", tag = "teams", params(("id" = String, Path), ("invitation" = String, Path)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)))]
async fn delete_invitation(
    access: Access,
    State(app): State<App>,
    Path((_team, id)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    app.store.delete_invitation(&access.workspace.id, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn gone() -> ApiError {
    ApiError::NotFound("this invitation (it was used, taken back, or its seven days are over)")
}

/// What an invitation invites to; it stays good.
#[utoipa::path(post, path = "/invitations/show", tag = "teams", request_body = InvitationToken, responses((status = 200, body = InvitedTo), (status = 404, body = Problem)))]
async fn show_invitation(
    State(app): State<App>,
    Json(given): Json<InvitationToken>,
) -> Result<Json<InvitedTo>, ApiError> {
    let (team, role) = app.store.invitation(&given.token).await?.ok_or_else(gone)?;
    Ok(Json(InvitedTo {
        team: team.name,
        role: Role::of(&role),
    }))
}

/// Accepts an invitation: you are a member of its team from now on. For accounts; API tokens cannot.
#[utoipa::path(post, path = "/invitations/accept", tag = "teams", request_body = InvitationAcceptance, responses((status = 200, body = Team), (status = 401, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn accept_invitation(
    access: Access,
    _: SignedIn,
    State(app): State<App>,
    Json(given): Json<InvitationAcceptance>,
) -> Result<Json<Team>, ApiError> {
    let me = &access.caller.workspace().id;
    let name = called(&app, &access.caller, given.name.as_deref()).await?;
    match app.store.accept_invitation(&given.token, me, &name).await {
        Ok(team) => Ok(Json(mine(&app, &team, me).await?)),
        Err(StoreError::NotFound) => Err(gone()),
        Err(error) => Err(error.into()),
    }
}
