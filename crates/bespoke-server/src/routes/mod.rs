//! The routes by area.

mod account;
mod audits;
mod auth;
mod comments;
pub mod counts;
mod exports;
pub mod health;
mod interviews;
mod letters;
mod openings;
mod resumes;
mod roles;
pub mod shared;
mod shares;
mod tailorings;
mod templates;
mod tokens;
mod workspaces;

use crate::error::ApiError;
use crate::state::App;
use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use bespoke_core::resume::Resume;
use bespoke_core::text::fold;
use bespoke_render::{RenderError, Renderer, Template};
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// All routes under `/api/v1`.
pub fn api() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(workspaces::routes())
        .merge(auth::routes())
        .merge(account::routes())
        .merge(tokens::routes())
        .merge(resumes::routes())
        .merge(exports::routes())
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
        .routes(routes!(crate::live::open_live))
}

/// Which template.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Look {
    /// Name of the template; the default one where it is left out.
    template: Option<String>,
}

/// Which file.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Export {
    /// `pdf`, `docx`, `odt`, `html`, `md`, `txt` or `json`.
    format: String,
    /// Name of the template; the default one where it is left out.
    template: Option<String>,
}

/// The pages of a résumé as they will be exported.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Preview {
    /// One SVG document per page.
    pages: Vec<String>,
}

/// The day in UTC.
fn today() -> Option<bespoke_core::date::PartialDate> {
    jiff::Timestamp::now().to_string().get(..10)?.parse().ok()
}

fn template(name: Option<&str>) -> Result<Template, RenderError> {
    Template::by_name(name.unwrap_or(Template::DEFAULT))
}

/// Draws a résumé.
async fn preview(app: &App, resume: Resume, look: &Look) -> Result<Preview, ApiError> {
    let template = template(look.template.as_deref())?;
    let pages = app
        .work(move || Renderer::new().pages_svg(&resume, &template, template.style()))
        .await??;
    Ok(Preview { pages })
}

/// An attachment under a name that every file system takes.
fn download(bytes: Vec<u8>, media_type: &str, name: &str) -> Response {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
    let plain: String = fold(stem)
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join("-");
    let plain = if plain.is_empty() { "resume" } else { &plain };
    let disposition = format!("attachment; filename=\"{plain}.{extension}\"");
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    let value =
        |text: &str| HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, value(media_type));
    headers.insert(header::CONTENT_DISPOSITION, value(&disposition));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
