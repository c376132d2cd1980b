//! The routes by area.

mod account;
mod applications;
mod applying;
mod audits;
mod auth;
mod board_keys;
mod comments;
pub mod counts;
mod due;
pub mod exports;
pub mod health;
mod interviews;
mod invitations;
mod language_models;
mod letters;
mod mail;
mod openings;
pub mod operator;
mod package;
mod passkeys;
mod providers;
mod resumes;
mod role_marks;
mod roles;
pub mod shared;
mod shares;
mod tailorings;
mod teams;
mod templates;
mod tokens;
mod workspaces;

use crate::drawing::{self, Drawn, Picked, Task};
use crate::error::ApiError;
use crate::state::App;
use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use bespoke_core::resume::Resume;
use bespoke_core::text::fold;
use bespoke_render::{Style, Template};
use bespoke_store::{Status, StoreError};
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// All routes under `/api/v1`.
pub fn api() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(applications::routes())
        .merge(applying::routes())
        .merge(board_keys::routes())
        .merge(language_models::routes())
        .merge(due::routes())
        .merge(package::routes())
        .merge(workspaces::routes())
        .merge(auth::routes())
        .merge(account::routes())
        .merge(providers::routes())
        .merge(passkeys::routes())
        .merge(mail::routes())
        .merge(tokens::routes())
        .merge(teams::routes())
        .merge(invitations::routes())
        .merge(resumes::routes())
        .merge(exports::routes())
        .merge(role_marks::routes())
        .merge(roles::routes())
        .merge(audits::routes())
        .merge(tailorings::routes())
        .merge(templates::routes())
        .merge(shares::routes())
        .merge(comments::routes())
        .merge(letters::routes())
        .merge(interviews::routes())
        .merge(counts::routes())
        .merge(openings::routes())
        .merge(operator::routes())
        .routes(routes!(crate::live::open_live))
}

/// How a résumé is to look.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Look {
    /// Name of the template, or the id of one of your own; the default one where it is left out.
    template: Option<String>,
    /// JSON of the members of the style to change, as `docs/style.schema.json` describes it.
    style: Option<String>,
}

/// Which file.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Export {
    /// `pdf`, `docx`, `odt`, `html`, `md`, `txt` or `json`.
    format: String,
    /// Name of the template, or the id of one of your own; the default one where it is left out.
    template: Option<String>,
    /// JSON of the members of the style to change, as `docs/style.schema.json` describes it.
    style: Option<String>,
}

/// The pages of a résumé as they will be exported.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Preview {
    /// One SVG document per page.
    pages: Vec<String>,
    /// What the text file will hold.
    text: String,
}

/// The newest résumé of a workspace that was read.
pub(crate) async fn newest_resume(app: &App, workspace: &str) -> Result<Option<Resume>, ApiError> {
    let rows = app.store.resumes(workspace).await?;
    let newest = rows.iter().find(|row| row.status == Status::Ready);
    newest.map(resumes::content).transpose()
}

/// The day in UTC.
fn today() -> Option<bespoke_core::date::PartialDate> {
    crate::counting::day().parse().ok()
}

/// The template of a name: one of the product, else one of the workspace.
async fn template(app: &App, workspace: &str, name: Option<&str>) -> Result<Picked, ApiError> {
    let name = name.unwrap_or(Template::DEFAULT);
    match Template::by_name(name) {
        Ok(template) => Ok(Picked::BuiltIn(Box::new(template))),
        Err(unknown) => match app.store.template(workspace, name).await {
            Ok(row) => Ok(Picked::Own(row.id, row.archive)),
            Err(StoreError::NotFound) => Err(unknown.into()),
            Err(error) => Err(error.into()),
        },
    }
}

/// What a letter or a link looks like: a template of the product, and its style; of one of people's own only the style,
/// over the default template.
async fn look(app: &App, workspace: &str, name: Option<&str>) -> Result<(Template, Style), ApiError> {
    match template(app, workspace, name).await? {
        Picked::BuiltIn(template) => {
            let style = template.style().clone();
            Ok((*template, style))
        }
        Picked::Own(name, archive) => {
            let own = app.work(move || Template::from_zip(&name, &archive)).await??;
            Ok((Template::by_name(Template::DEFAULT)?, own.style().clone()))
        }
    }
}

/// Draws a résumé.
async fn preview(app: &App, workspace: &str, resume: Resume, look: Look) -> Result<Preview, ApiError> {
    let picked = template(app, workspace, look.template.as_deref()).await?;
    match drawing::draw(app, resume, picked, look.style, Task::Pages).await? {
        Drawn::Pages { pages, text } => Ok(Preview { pages, text }),
        Drawn::File { .. } | Drawn::Faults(_) => Err(ApiError::Engine("something else was drawn".into())),
    }
}

/// A name that every file system takes.
fn plain_name(name: &str) -> String {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
    let plain: String = fold(stem)
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join("-");
    let plain = if plain.is_empty() { "resume" } else { &plain };
    format!("{plain}.{extension}")
}

/// An attachment under a name that every file system takes.
fn download(bytes: Vec<u8>, media_type: &str, name: &str) -> Response {
    let disposition = format!("attachment; filename=\"{}\"", plain_name(name));
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    let value =
        |text: &str| HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, value(media_type));
    headers.insert(header::CONTENT_DISPOSITION, value(&disposition));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
