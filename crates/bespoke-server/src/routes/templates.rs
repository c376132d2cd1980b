//! The templates that a résumé can be rendered through: those of the product, and those that a person makes from them.

use super::download;
use crate::drawing::{self, Drawn, Picked, Task, TemplateFault};
use crate::error::{ApiError, Problem};
use crate::state::{App, Guest};
use axum::Json;
use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use bespoke_render::Template;
use bespoke_store::TemplateRow;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Longest source of a template, in bytes.
const MAX_SOURCE: usize = 200_000;
/// Most templates of one workspace.
const MAX_TEMPLATES: usize = 50;

/// A template.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TemplateInfo {
    /// Its name in the API; of one's own, its id.
    name: String,
    /// Its name for people.
    title: String,
    /// What it is for, in one sentence.
    description: String,
    /// True for the one that is taken where none is named.
    default: bool,
    /// True for one that the person made.
    own: bool,
}

/// A template with what it is made of.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TemplateDetail {
    #[serde(flatten)]
    info: TemplateInfo,
    /// Jinja that gives Typst.
    source: String,
    /// The whole style that it is meant for; see `docs/style.schema.json`.
    #[schema(value_type = Object)]
    style: serde_json::Value,
    /// True where Word files are made from a DOCX with Jinja tags.
    docx: bool,
    /// Send it back with a change; 0 for those of the product, which do not change.
    version: i64,
    /// What is wrong with it; empty where it works.
    faults: Vec<TemplateFault>,
}

/// A copy to make.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct NewTemplate {
    /// Name of the template to begin with.
    from: String,
    /// Its name for people.
    title: String,
    /// JSON of the members of its style to change.
    style: Option<String>,
}

/// A change of a template.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct TemplateChange {
    version: i64,
    /// Its name for people, where it changes.
    title: Option<String>,
    /// Its source, where it changes.
    source: Option<String>,
    /// JSON of the members of its style to change.
    style: Option<String>,
}

/// A template as a file.
#[derive(Debug, utoipa::ToSchema)]
#[allow(dead_code)]
pub struct TemplateUpload {
    /// A ZIP archive with `template.toml`, `style.json`, `resume.typ.j2` and optionally `resume.docx`, at most 5 MiB.
    #[schema(value_type = String, format = Binary, content_media_type = "application/zip")]
    file: Vec<u8>,
}

/// The routes of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_templates, copy_template))
        .routes(routes!(import_template))
        .routes(routes!(show_template, update_template, delete_template))
        .routes(routes!(export_template))
}

fn info(template: &Template) -> TemplateInfo {
    TemplateInfo {
        name: template.name().into(),
        title: template.title().into(),
        description: template.description().into(),
        default: template.name() == Template::DEFAULT,
        own: !template.is_built_in(),
    }
}

fn opened(row: &TemplateRow) -> Result<Template, ApiError> {
    Ok(Template::from_zip(&row.id, &row.archive)?)
}

/// All templates: those of the product, then those of this workspace.
#[utoipa::path(get, path = "/templates", tag = "templates", responses((status = 200, body = [TemplateInfo])))]
async fn list_templates(
    guest: Result<Guest, ApiError>,
    State(app): State<App>,
) -> Result<Json<Vec<TemplateInfo>>, ApiError> {
    let mut list: Vec<TemplateInfo> = Template::all().iter().map(info).collect();
    if let Ok(Guest(workspace)) = guest {
        for row in app.store.templates(&workspace.id).await? {
            list.push(info(&opened(&row)?));
        }
    }
    Ok(Json(list))
}

async fn detail(app: &App, template: Template, version: i64) -> Result<Json<TemplateDetail>, ApiError> {
    let faults = if template.is_built_in() {
        Vec::new()
    } else {
        faults(app, &template).await?
    };
    Ok(Json(TemplateDetail {
        info: info(&template),
        source: template.source().into(),
        style: serde_json::to_value(template.style())?,
        docx: template.docx().is_some(),
        version,
        faults,
    }))
}

/// What is wrong with a template of somebody's own.
async fn faults(app: &App, template: &Template) -> Result<Vec<TemplateFault>, ApiError> {
    let picked = Picked::Own(template.name().into(), template.to_zip()?);
    match drawing::draw(app, bespoke_render::sample::resume(), picked, None, Task::Check).await {
        Ok(Drawn::Faults(faults)) => Ok(faults),
        Ok(Drawn::Pages { .. } | Drawn::File { .. }) => Err(ApiError::Engine("something else was drawn".into())),
        Err(ApiError::TemplateFault(fault)) => Ok(vec![fault]),
        Err(error) => Err(error),
    }
}

async fn keep(app: &App, workspace: &str, template: &Template) -> Result<(StatusCode, Json<TemplateDetail>), ApiError> {
    if app.store.templates(workspace).await?.len() >= MAX_TEMPLATES {
        return Err(ApiError::BadRequest(format!(
            "a workspace holds {MAX_TEMPLATES} templates at most"
        )));
    }
    let row = app.store.add_template(workspace, &template.to_zip()?).await?;
    Ok((StatusCode::CREATED, detail(app, opened(&row)?, row.version).await?))
}

fn title(text: &str) -> Result<&str, ApiError> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > 80 {
        return Err(ApiError::BadRequest(
            "a template needs a title of at most 80 characters".into(),
        ));
    }
    Ok(text)
}

async fn by_name(app: &App, workspace: &str, name: &str) -> Result<(Template, i64), ApiError> {
    match Template::by_name(name) {
        Ok(template) => Ok((template, 0)),
        Err(_) => {
            let row = app.store.template(workspace, name).await?;
            Ok((opened(&row)?, row.version))
        }
    }
}

/// Makes a template of one's own from another.
#[utoipa::path(post, path = "/templates", tag = "templates", request_body = NewTemplate, responses((status = 201, body = TemplateDetail), (status = 400, body = Problem), (status = 404, body = Problem)))]
async fn copy_template(
    Guest(workspace): Guest,
    State(app): State<App>,
    Json(new): Json<NewTemplate>,
) -> Result<(StatusCode, Json<TemplateDetail>), ApiError> {
    let (from, _) = by_name(&app, &workspace.id, &new.from).await?;
    let mut template = from.copied("own", title(&new.title)?);
    if let Some(style) = &new.style {
        let style = template.style().overlaid(style)?;
        template = template.with_style(style);
    }
    keep(&app, &workspace.id, &template).await
}

/// Takes a template from a ZIP archive.
#[utoipa::path(post, path = "/templates/import", tag = "templates", request_body(content = TemplateUpload, content_type = "multipart/form-data"), responses((status = 201, body = TemplateDetail), (status = 400, body = Problem)))]
async fn import_template(
    Guest(workspace): Guest,
    State(app): State<App>,
    mut form: Multipart,
) -> Result<(StatusCode, Json<TemplateDetail>), ApiError> {
    let bad = |e: axum::extract::multipart::MultipartError| {
        ApiError::BadRequest(format!("the upload broke off: {}", e.body_text()))
    };
    while let Some(field) = form.next_field().await.map_err(bad)? {
        if field.name() == Some("file") {
            let bytes = field.bytes().await.map_err(bad)?;
            let template = app.work(move || Template::from_zip("own", &bytes)).await??;
            return keep(&app, &workspace.id, &template).await;
        }
    }
    Err(ApiError::BadRequest("the form has no field `file`".into()))
}

/// One template with its source, its style and its faults.
#[utoipa::path(get, path = "/templates/{name}", tag = "templates", params(("name" = String, Path)), responses((status = 200, body = TemplateDetail), (status = 404, body = Problem)))]
async fn show_template(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(name): Path<String>,
) -> Result<Json<TemplateDetail>, ApiError> {
    let (template, version) = by_name(&app, &workspace.id, &name).await?;
    detail(&app, template, version).await
}

/// Changes a template of one's own, if it was changed from the present version. A faulty source is kept, with its faults.
#[utoipa::path(patch, path = "/templates/{name}", tag = "templates", params(("name" = String, Path)), request_body = TemplateChange, responses((status = 200, body = TemplateDetail), (status = 400, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn update_template(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(name): Path<String>,
    Json(change): Json<TemplateChange>,
) -> Result<Json<TemplateDetail>, ApiError> {
    let row = app.store.template(&workspace.id, &name).await?;
    let mut template = opened(&row)?;
    if let Some(new) = &change.title {
        template = template.copied(&name, title(new)?);
    }
    if let Some(source) = &change.source {
        if source.len() > MAX_SOURCE {
            return Err(ApiError::BadRequest(format!("a template may have {MAX_SOURCE} bytes")));
        }
        template = template.with_source(source);
    }
    if let Some(style) = &change.style {
        let style = template.style().overlaid(style)?;
        template = template.with_style(style);
    }
    let archive = template.to_zip()?;
    let kept = app
        .store
        .update_template(&workspace.id, &name, change.version, &archive)
        .await?;
    detail(&app, opened(&kept)?, kept.version).await
}

/// Deletes a template of one's own.
#[utoipa::path(delete, path = "/templates/{name}", tag = "templates", params(("name" = String, Path)), responses((status = 204), (status = 404, body = Problem)))]
async fn delete_template(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(name): Path<String>,
) -> Result<StatusCode, ApiError> {
    app.store.delete_template(&workspace.id, &name).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A template as a ZIP archive.
#[utoipa::path(get, path = "/templates/{name}/export", tag = "templates", params(("name" = String, Path)), responses((status = 200, content_type = "application/zip"), (status = 404, body = Problem)))]
async fn export_template(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(name): Path<String>,
) -> Result<Response, ApiError> {
    let (template, _) = by_name(&app, &workspace.id, &name).await?;
    let file = format!("{} template.zip", template.title());
    Ok(download(template.to_zip()?, "application/zip", &file))
}
