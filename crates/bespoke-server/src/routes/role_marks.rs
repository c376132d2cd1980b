//! Roles that a person keeps or hides, roles as jobs to tailor to, and the skills of a résumé.

use super::resumes::content;
use crate::error::{ApiError, Problem};
use crate::state::{App, Guest};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use bespoke_core::profile::{ProfileGroup, skill_profile};
use bespoke_core::roles::RoleSkill;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What a person thinks of a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// Kept.
    Saved,
    /// Not to be shown.
    Hidden,
}

/// A role with its mark.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RoleMark {
    /// Id of the role.
    role: String,
    mark: Mark,
}

/// The mark to set; none takes it away.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct NewMark {
    mark: Option<Mark>,
}

/// A role written as a job.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RolePosting {
    title: String,
    /// Title, description, required and preferred skills, as a job description has them.
    job: String,
}

/// The routes of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_role_marks))
        .routes(routes!(mark_role))
        .routes(routes!(show_role_posting))
        .routes(routes!(show_skills))
}

/// The roles that this workspace keeps or hides.
#[utoipa::path(get, path = "/roles/marks", tag = "roles", responses((status = 200, body = [RoleMark])))]
async fn list_role_marks(Guest(workspace): Guest, State(app): State<App>) -> Result<Json<Vec<RoleMark>>, ApiError> {
    let marks = app.store.role_marks(&workspace.id).await?;
    let shown = marks.into_iter().map(|(role, mark)| RoleMark {
        role,
        mark: if mark == "saved" { Mark::Saved } else { Mark::Hidden },
    });
    Ok(Json(shown.collect()))
}

/// Keeps a role, hides it, or takes its mark away.
#[utoipa::path(put, path = "/roles/marks/{role}", tag = "roles", params(("role" = String, Path)), request_body = NewMark, responses((status = 204), (status = 404, body = Problem)))]
async fn mark_role(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
    Json(new): Json<NewMark>,
) -> Result<StatusCode, ApiError> {
    let mark = new.mark.map(|mark| match mark {
        Mark::Saved => "saved",
        Mark::Hidden => "hidden",
    });
    app.store
        .mark_role(&workspace.id, &app.engines.role(&id)?.id, mark)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A role as a job description, for those who tailor to a role before they have found a job.
#[utoipa::path(get, path = "/roles/{role}/posting", tag = "roles", params(("role" = String, Path)), responses((status = 200, body = RolePosting), (status = 404, body = Problem)))]
async fn show_role_posting(State(app): State<App>, Path(id): Path<String>) -> Result<Json<RolePosting>, ApiError> {
    let role = app.engines.role(&id)?;
    let list = |skills: &[RoleSkill]| {
        skills
            .iter()
            .map(|skill| format!("- {}\n", skill.name))
            .collect::<String>()
    };
    let mut job = format!("{}\n\n{}\n", role.title, role.description);
    for (heading, skills) in [("Requirements", &role.required), ("Nice to have", &role.nice)] {
        if !skills.is_empty() {
            job.push_str(&format!("\n{heading}\n{}", list(skills)));
        }
    }
    Ok(Json(RolePosting {
        title: role.title.clone(),
        job,
    }))
}

/// The skills of a résumé by group, each with what speaks for it.
#[utoipa::path(get, path = "/resumes/{id}/skills", tag = "roles", params(("id" = String, Path)), responses((status = 200, body = [ProfileGroup]), (status = 404, body = Problem)))]
async fn show_skills(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<Vec<ProfileGroup>>, ApiError> {
    let resume = content(&app.store.resume(&workspace.id, &id).await?)?;
    Ok(Json(app.work(move || skill_profile(&resume)).await?))
}
