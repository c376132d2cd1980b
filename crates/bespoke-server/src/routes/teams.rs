//! Teams and their members. Which team a request is about stands in its path; who may do what, in `docs/access.json`.

use super::comments::name_of_author;
use crate::access::Role;
use crate::auth::Caller;
use crate::error::{ApiError, Problem};
use crate::gate::Access;
use crate::state::App;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use bespoke_store::{MemberRow, Membership, StoreError};
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Most teams of an account.
const TEAMS: usize = 50;
/// Most characters of a team's name.
const NAME: usize = 80;

/// A team, as you see it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Team {
    /// UUID; the header `Bespoke-Team` of a request names it.
    id: String,
    name: String,
    /// What you may do there.
    role: Role,
    /// What you are called there.
    own_name: String,
    /// RFC 3339, UTC.
    created_at: String,
    /// RFC 3339, UTC.
    joined_at: String,
}

impl From<Membership> for Team {
    fn from(row: Membership) -> Self {
        Team {
            id: row.team.id,
            name: row.team.name,
            role: Role::of(&row.role),
            own_name: row.name,
            created_at: row.team.created_at,
            joined_at: row.joined_at,
        }
    }
}

/// A team to make.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct NewTeam {
    /// 1 to 80 characters.
    name: String,
    /// What you are called there, 1 to 80 characters; what stands before the @ of your address where it is left out.
    own_name: Option<String>,
}

/// A change of a team.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct TeamChange {
    /// 1 to 80 characters.
    name: String,
}

/// A change of your own membership.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct MembershipChange {
    /// What you are called there, 1 to 80 characters.
    name: String,
}

/// A member of a team.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Member {
    /// UUID of the account.
    id: String,
    name: String,
    email: String,
    role: Role,
    /// Whether it is you.
    you: bool,
    /// RFC 3339, UTC.
    joined_at: String,
}

/// What a member may do from now on.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct MemberChange {
    role: Role,
}

/// The routes of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_teams, create_team))
        .routes(routes!(show_team, update_team, delete_team))
        .routes(routes!(list_members))
        .routes(routes!(update_member, remove_member))
        .routes(routes!(update_membership, leave_team))
}

fn team_name(text: &str) -> Result<&str, ApiError> {
    let text = text.trim();
    match (1..=NAME).contains(&text.chars().count()) && !text.contains(char::is_control) {
        true => Ok(text),
        false => Err(ApiError::BadRequest(format!(
            "a team's name has 1 to {NAME} characters"
        ))),
    }
}

/// What an account is called in a team: what it says, else what stands before the @ of its address. Guests have no account.
///
/// # Errors
/// [`ApiError::NotSignedIn`]; [`ApiError::BadRequest`] where the name is empty or too long.
pub async fn called(app: &App, caller: &Caller, name: Option<&str>) -> Result<String, ApiError> {
    let account = app.store.account(&caller.workspace().id).await?;
    let account = account.ok_or(ApiError::NotSignedIn)?;
    let usual = account.email.split('@').next().unwrap_or_default();
    name_of_author(name.unwrap_or(usual))
}

/// The teams that you are in, the oldest membership first.
#[utoipa::path(get, path = "/teams", tag = "teams", responses((status = 200, body = [Team]), (status = 401, body = Problem)))]
async fn list_teams(caller: Caller, State(app): State<App>) -> Result<Json<Vec<Team>>, ApiError> {
    let rows = app.store.memberships(&caller.workspace().id).await?;
    Ok(Json(rows.into_iter().map(Team::from).collect()))
}

/// Makes a team, which you own. It has résumés, templates, applications and links of its own.
#[utoipa::path(post, path = "/teams", tag = "teams", request_body = NewTeam, responses((status = 201, body = Team), (status = 400, body = Problem), (status = 401, body = Problem)))]
async fn create_team(
    caller: Caller,
    State(app): State<App>,
    Json(new): Json<NewTeam>,
) -> Result<(StatusCode, Json<Team>), ApiError> {
    let own_name = called(&app, &caller, new.own_name.as_deref()).await?;
    let name = team_name(&new.name)?;
    let me = &caller.workspace().id;
    if app.store.memberships(me).await?.len() >= TEAMS {
        let text = format!("an account is in at most {TEAMS} teams: leave one first");
        return Err(ApiError::BadRequest(text));
    }
    let made = app.store.create_team(me, name, &own_name).await?;
    Ok((StatusCode::CREATED, Json(mine(&app, &made.id, me).await?)))
}

/// A team as one of its members sees it.
pub async fn mine(app: &App, team: &str, me: &str) -> Result<Team, ApiError> {
    let row = app.store.membership(team, me).await?;
    row.map(Team::from).ok_or(ApiError::NotFound("this team"))
}

/// One team.
#[utoipa::path(get, path = "/teams/{id}", tag = "teams", params(("id" = String, Path)), responses((status = 200, body = Team), (status = 404, body = Problem)))]
async fn show_team(access: Access, State(app): State<App>) -> Result<Json<Team>, ApiError> {
    Ok(Json(
        mine(&app, &access.workspace.id, &access.caller.workspace().id).await?,
    ))
}

/// Calls a team something else. For owners.
#[utoipa::path(patch, path = "/teams/{id}", tag = "teams", params(("id" = String, Path)), request_body = TeamChange, responses((status = 200, body = Team), (status = 400, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
async fn update_team(
    access: Access,
    State(app): State<App>,
    Json(change): Json<TeamChange>,
) -> Result<Json<Team>, ApiError> {
    let id = &access.workspace.id;
    app.store.rename_team(id, team_name(&change.name)?).await?;
    Ok(Json(mine(&app, id, &access.caller.workspace().id).await?))
}

/// Deletes a team with everything that is in it, its key first of all. It cannot be taken back. For owners who are signed
/// in; API tokens cannot.
#[utoipa::path(delete, path = "/teams/{id}", tag = "teams", params(("id" = String, Path)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)))]
async fn delete_team(access: Access, State(app): State<App>) -> Result<StatusCode, ApiError> {
    if let Caller::Script { .. } = access.caller {
        return Err(ApiError::Scope);
    }
    app.store.delete_person(&access.workspace.id).await?;
    app.live.members_changed();
    Ok(StatusCode::NO_CONTENT)
}

fn member(row: MemberRow, me: &str) -> Member {
    Member {
        you: row.member_id == me,
        id: row.member_id,
        name: row.name,
        email: row.email,
        role: Role::of(&row.role),
        joined_at: row.joined_at,
    }
}

/// Who is in a team, the longest first.
#[utoipa::path(get, path = "/teams/{id}/members", tag = "teams", params(("id" = String, Path)), responses((status = 200, body = [Member]), (status = 404, body = Problem)))]
async fn list_members(access: Access, State(app): State<App>) -> Result<Json<Vec<Member>>, ApiError> {
    let me = &access.caller.workspace().id;
    let rows = app.store.members(&access.workspace.id).await?;
    Ok(Json(rows.into_iter().map(|row| member(row, me)).collect()))
}

/// Gives a member another role, at once. For owners; the last owner stays one.
#[utoipa::path(patch, path = "/teams/{id}/members/{member}", tag = "teams", params(("id" = String, Path), ("member" = String, Path)), request_body = MemberChange, responses((status = 200, body = Member), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn update_member(
    access: Access,
    State(app): State<App>,
    Path((_team, id)): Path<(String, String)>,
    Json(change): Json<MemberChange>,
) -> Result<Json<Member>, ApiError> {
    let team = &access.workspace.id;
    app.store.set_member_role(team, &id, change.role.name()).await?;
    let rows = app.store.members(team).await?;
    let row = rows.into_iter().find(|row| row.member_id == id);
    let row = row.ok_or(ApiError::NotFound("this member"))?;
    Ok(Json(member(row, &access.caller.workspace().id)))
}

/// Takes a member out of a team: they are out at once, also on open pages. For owners; the last owner stays.
#[utoipa::path(delete, path = "/teams/{id}/members/{member}", tag = "teams", params(("id" = String, Path), ("member" = String, Path)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn remove_member(
    access: Access,
    State(app): State<App>,
    Path((_team, id)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    out(&app, &access.workspace.id, &id).await
}

async fn out(app: &App, team: &str, member: &str) -> Result<StatusCode, ApiError> {
    match app.store.remove_member(team, member).await {
        Ok(()) => {
            app.live.members_changed();
            Ok(StatusCode::NO_CONTENT)
        }
        Err(StoreError::NotFound) => Err(ApiError::NotFound("this member")),
        Err(error) => Err(error.into()),
    }
}

/// Changes what you are called in a team.
#[utoipa::path(patch, path = "/teams/{id}/membership", tag = "teams", params(("id" = String, Path)), request_body = MembershipChange, responses((status = 200, body = Team), (status = 400, body = Problem), (status = 404, body = Problem)))]
async fn update_membership(
    access: Access,
    State(app): State<App>,
    Json(change): Json<MembershipChange>,
) -> Result<Json<Team>, ApiError> {
    let (team, me) = (&access.workspace.id, &access.caller.workspace().id);
    let name = name_of_author(&change.name)?;
    app.store.rename_member(team, me, &name).await?;
    Ok(Json(mine(&app, team, me).await?))
}

/// Leaves a team. The last owner cannot.
#[utoipa::path(delete, path = "/teams/{id}/membership", tag = "teams", params(("id" = String, Path)), responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn leave_team(access: Access, State(app): State<App>) -> Result<StatusCode, ApiError> {
    out(&app, &access.workspace.id, &access.caller.workspace().id).await
}
