//! The templates that a résumé can be rendered through.

use crate::state::App;
use axum::Json;
use serde::Serialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// A template.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TemplateInfo {
    /// Its name in the API.
    name: String,
    /// Its name for people.
    title: String,
    /// What it is for, in one sentence.
    description: String,
    /// True for the one that is taken where none is named.
    default: bool,
}

/// The routes of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_templates))
}

/// All templates.
#[utoipa::path(get, path = "/templates", tag = "templates", responses((status = 200, body = [TemplateInfo])))]
async fn list_templates() -> Json<Vec<TemplateInfo>> {
    let info = |t: &bespoke_render::Template| TemplateInfo {
        name: t.name().into(),
        title: t.title().into(),
        description: t.description().into(),
        default: t.name() == bespoke_render::Template::DEFAULT,
    };
    Json(bespoke_render::Template::all().iter().map(info).collect())
}
