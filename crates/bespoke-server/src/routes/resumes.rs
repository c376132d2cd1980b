//! Résumés: upload, read, change, export, delete.

use super::{Export, Look, Preview, download};
use crate::error::{ApiError, Problem};
use crate::pages::{Page, page};
use crate::reading::{self, Kept, PageSize};
use crate::state::{App, Guest};
use axum::Json;
use axum::extract::{Multipart, OriginalUri, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bespoke_core::document::Document;
use bespoke_core::ingest;
use bespoke_core::parse::Issue;
use bespoke_core::resume::Resume;
use bespoke_store::{ResumeRow, Status};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// How far a résumé is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReadingStatus {
    /// Being read.
    Reading,
    /// Read and parsed.
    Ready,
    /// It could not be read.
    Failed,
}

impl From<Status> for ReadingStatus {
    fn from(status: Status) -> Self {
        match status {
            Status::Reading => ReadingStatus::Reading,
            Status::Ready => ReadingStatus::Ready,
            Status::Failed => ReadingStatus::Failed,
        }
    }
}

/// A résumé in a list.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ResumeSummary {
    id: String,
    /// Name of the uploaded file.
    file_name: String,
    /// `pdf`, `docx`, `txt`, `markdown` or `json-resume`.
    format: String,
    status: ReadingStatus,
    /// The person's name, once known.
    name: Option<String>,
    /// Their headline, else their latest title.
    headline: Option<String>,
    version: i64,
    /// RFC 3339, UTC.
    created_at: String,
    /// RFC 3339, UTC.
    updated_at: String,
}

/// A résumé with all that was understood.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ResumeDetail {
    id: String,
    /// Name of the uploaded file.
    file_name: String,
    /// `pdf`, `docx`, `txt`, `markdown` or `json-resume`.
    format: String,
    status: ReadingStatus,
    /// Send it back with a change.
    version: i64,
    /// Why it could not be read.
    failure: Option<Problem>,
    /// The text that was read; sources are UTF-8 byte ranges in it.
    text: String,
    pages: Vec<PageSize>,
    /// True where `/pages/{n}.png` shows the pages.
    images: bool,
    resume: Option<Resume>,
    /// What the parser was unsure of.
    issues: Vec<Issue>,
    /// RFC 3339, UTC.
    created_at: String,
    /// RFC 3339, UTC.
    updated_at: String,
}

/// A change: the whole résumé, made from a version.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct ResumeChange {
    version: i64,
    resume: Resume,
}

/// A file to upload.
#[derive(Debug, utoipa::ToSchema)]
#[allow(dead_code)]
pub struct Upload {
    /// The file, at most 20 MiB.
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    file: Vec<u8>,
}

/// The routes of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_resumes, create_resume))
        .routes(routes!(show_resume, update_resume, delete_resume))
        .routes(routes!(retry_resume))
        .routes(routes!(show_original))
        .routes(routes!(show_page))
        .routes(routes!(preview_resume, preview_draft))
        .routes(routes!(export_resume))
}

fn parsed(row: &ResumeRow) -> Result<Option<Resume>, ApiError> {
    Ok(row.content.as_deref().map(serde_json::from_str).transpose()?)
}

/// The résumé of a row that is ready.
pub fn content(row: &ResumeRow) -> Result<Resume, ApiError> {
    parsed(row)?.ok_or(ApiError::NotReady(match row.status {
        Status::Failed => "its file could not be read",
        Status::Reading | Status::Ready => "it is still being read",
    }))
}

/// The document of the original, read again unless it is at hand.
pub async fn document_of(app: &App, row: &ResumeRow) -> Result<Arc<Document>, ApiError> {
    if let Some(known) = app.audits.document(&row.id) {
        return Ok(known);
    }
    let bytes = app.store.original(&row.workspace_id, &row.id).await?;
    let name = row.file_name.clone();
    let reader = app.reader.clone();
    let reading = app.work(move || reader.read(&bytes, Some(&name), &|_| ())).await??;
    let document = Arc::new(reading.document);
    app.audits.keep_document(&row.id, &document);
    Ok(document)
}

fn summary(row: &ResumeRow) -> Result<ResumeSummary, ApiError> {
    let resume = parsed(row)?;
    let contact = resume.as_ref().map(|r| &r.contact);
    let value = |t: &bespoke_core::resume::Text| t.value.clone();
    let title = resume
        .as_ref()
        .and_then(|r| r.work.first()?.position.as_ref())
        .map(value);
    Ok(ResumeSummary {
        id: row.id.clone(),
        file_name: row.file_name.clone(),
        format: row.format.clone(),
        status: row.status.into(),
        name: contact.and_then(|c| c.name.as_ref()).map(value),
        headline: contact.and_then(|c| c.label.as_ref()).map(value).or(title),
        version: row.version,
        created_at: row.created_at.clone(),
        updated_at: row.updated_at.clone(),
    })
}

/// A row as it is sent.
pub fn detail(row: ResumeRow) -> Result<ResumeDetail, ApiError> {
    let kept: Option<Kept> = row.document.as_deref().map(serde_json::from_str).transpose()?;
    let resume = parsed(&row)?;
    let kept = kept.unwrap_or(Kept {
        text: String::new(),
        pages: Vec::new(),
        images: false,
        issues: Vec::new(),
    });
    Ok(ResumeDetail {
        id: row.id,
        file_name: row.file_name,
        format: row.format,
        status: row.status.into(),
        version: row.version,
        failure: row.failure.as_deref().map(serde_json::from_str).transpose()?,
        text: kept.text,
        pages: kept.pages,
        images: kept.images,
        resume,
        issues: kept.issues,
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}

/// All résumés of the workspace, newest first.
#[utoipa::path(get, path = "/resumes", tag = "resumes", params(Page), responses((status = 200, body = [ResumeSummary]), (status = 400, body = Problem), (status = 401, body = Problem)))]
async fn list_resumes(
    Guest(workspace): Guest,
    State(app): State<App>,
    Query(part): Query<Page>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, ApiError> {
    let rows = app.store.resumes(&workspace.id).await?;
    let list: Vec<ResumeSummary> = rows.iter().map(summary).collect::<Result<_, _>>()?;
    page(list, |r| &r.id, &part, &uri)
}

/// Header that makes an upload that is sent again the same upload.
const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// Header of an answer to an upload that was made before.
const REPLAYED: &str = "idempotency-replayed";

fn idempotency_key(headers: &HeaderMap) -> Result<Option<&str>, ApiError> {
    let Some(value) = headers.get(IDEMPOTENCY_KEY) else {
        return Ok(None);
    };
    let key = value.to_str().ok().filter(|k| (1..=200).contains(&k.len()));
    key.map(Some)
        .ok_or_else(|| ApiError::BadRequest("an Idempotency-Key has 1 to 200 printable ASCII characters".into()))
}

/// Takes a file and begins to read it; `/live` tells how far it is. With an `Idempotency-Key`, the same file sent again
/// within a day is the same résumé.
#[utoipa::path(post, path = "/resumes", tag = "resumes", params(("Idempotency-Key" = Option<String>, Header, description = "1 to 200 printable ASCII characters, new for each file")), request_body(content = Upload, content_type = "multipart/form-data"), responses((status = 202, body = ResumeSummary), (status = 413, body = Problem), (status = 415, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem), (status = 507, body = Problem)))]
async fn create_resume(
    Guest(workspace): Guest,
    State(app): State<App>,
    headers: HeaderMap,
    mut form: Multipart,
) -> Result<Response, ApiError> {
    let key = idempotency_key(&headers)?;
    let bad = |e: axum::extract::multipart::MultipartError| match e.status() {
        StatusCode::PAYLOAD_TOO_LARGE => ApiError::Ingest(ingest::IngestError::TooLarge {
            what: format!("over {} MB", ingest::MAX_BYTES >> 20),
            limit: format!("{} MB", ingest::MAX_BYTES >> 20),
        }),
        _ => ApiError::BadRequest(format!("the upload broke off: {}", e.body_text())),
    };
    let mut upload = None;
    while let Some(field) = form.next_field().await.map_err(bad)? {
        if field.name() == Some("file") {
            let name = field
                .file_name()
                .unwrap_or("resume")
                .rsplit(['/', '\\'])
                .next()
                .unwrap_or("resume")
                .to_owned();
            upload = Some((name, field.bytes().await.map_err(bad)?));
            break;
        }
    }
    let (name, bytes) = upload.ok_or_else(|| ApiError::BadRequest("the form has no field `file`".into()))?;
    let sample = (bytes.clone(), name.clone());
    let format = app
        .work(move || ingest::format_of(&sample.0, Some(&sample.1)))
        .await??;
    let format = serde_json::to_value(format)?.as_str().unwrap_or_default().to_owned();
    let name: String = name.chars().filter(|c| !c.is_control()).take(200).collect();
    let (row, first) = app
        .store
        .create_resume_once(&workspace.id, key, &name, &format, &bytes)
        .await?;
    if !first {
        let replayed = [(REPLAYED, "true")];
        return Ok((StatusCode::ACCEPTED, replayed, Json(summary(&row)?)).into_response());
    }
    crate::counting::note(&app, &workspace.id, crate::counting::Event::Upload, "").await;
    reading::begin(app, &workspace.id, &row.id);
    Ok((StatusCode::ACCEPTED, Json(summary(&row)?)).into_response())
}

/// Reads a file again that could not be read, for example after an update; nothing happens where it could.
#[utoipa::path(post, path = "/resumes/{id}/retry", tag = "resumes", params(("id" = String, Path)), responses((status = 202, body = ResumeSummary), (status = 404, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
async fn retry_resume(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<(StatusCode, Json<ResumeSummary>), ApiError> {
    let again = app.store.retry_job(&workspace.id, &id).await?;
    let row = app.store.resume(&workspace.id, &id).await?;
    if again {
        reading::begin(app, &workspace.id, &id);
    }
    Ok((StatusCode::ACCEPTED, Json(summary(&row)?)))
}

/// One résumé.
#[utoipa::path(get, path = "/resumes/{id}", tag = "resumes", params(("id" = String, Path)), responses((status = 200, body = ResumeDetail), (status = 404, body = Problem)))]
async fn show_resume(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<ResumeDetail>, ApiError> {
    Ok(Json(detail(app.store.resume(&workspace.id, &id).await?)?))
}

/// Replaces the content, if it was changed from the present version.
#[utoipa::path(patch, path = "/resumes/{id}", tag = "resumes", params(("id" = String, Path)), request_body = ResumeChange, responses((status = 200, body = ResumeDetail), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn update_resume(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
    Json(mut change): Json<ResumeChange>,
) -> Result<Json<ResumeDetail>, ApiError> {
    content(&app.store.resume(&workspace.id, &id).await?)?;
    change.resume.assign_ids();
    let json = serde_json::to_string(&change.resume)?;
    Ok(Json(detail(
        app.store
            .update_resume(&workspace.id, &id, change.version, &json)
            .await?,
    )?))
}

/// Deletes a résumé with its file and its tailorings.
#[utoipa::path(delete, path = "/resumes/{id}", tag = "resumes", params(("id" = String, Path)), responses((status = 204), (status = 404, body = Problem)))]
async fn delete_resume(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    app.store.delete_resume(&workspace.id, &id).await?;
    app.audits.forget(&id);
    Ok(StatusCode::NO_CONTENT)
}

/// The file as it was uploaded.
#[utoipa::path(get, path = "/resumes/{id}/original", tag = "resumes", params(("id" = String, Path)), responses((status = 200, content_type = "application/octet-stream"), (status = 404, body = Problem)))]
async fn show_original(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let row = app.store.resume(&workspace.id, &id).await?;
    let bytes = app.store.original(&workspace.id, &id).await?;
    Ok(download(bytes, "application/octet-stream", &row.file_name))
}

/// How finely a page is drawn.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Resolution {
    /// Dots per inch, 36 to 300; 96 where it is left out.
    dpi: Option<f32>,
}

/// A page of the original as an image; pages count from 1.
#[utoipa::path(get, path = "/resumes/{id}/pages/{page}", tag = "resumes", params(("id" = String, Path), ("page" = String, Path, description = "`1.png`, `2.png` …"), Resolution), responses((status = 200, content_type = "image/png"), (status = 404, body = Problem)))]
async fn show_page(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path((id, page)): Path<(String, String)>,
    Query(how): Query<Resolution>,
) -> Result<Response, ApiError> {
    let missing = ApiError::NotFound("an image of this page");
    let Some(number) = page
        .strip_suffix(".png")
        .and_then(|n| n.parse::<usize>().ok())
        .filter(|n| *n > 0)
    else {
        return Err(missing);
    };
    let row = app.store.resume(&workspace.id, &id).await?;
    let kept: Option<Kept> = row.document.as_deref().map(serde_json::from_str).transpose()?;
    if !kept.is_some_and(|k| k.images && number <= k.pages.len()) {
        return Err(missing);
    }
    let bytes = app.store.original(&workspace.id, &id).await?;
    let dpi = how.dpi.unwrap_or(96.0).clamp(36.0, 300.0);
    let reader = app.reader.clone();
    let png = app.work(move || reader.page_png(&bytes, number - 1, dpi)).await??;
    Ok((
        [
            (header::CONTENT_TYPE, "image/png"),
            (header::CACHE_CONTROL, "private, max-age=86400, immutable"),
        ],
        png,
    )
        .into_response())
}

/// The pages of the résumé through a template.
#[utoipa::path(get, path = "/resumes/{id}/preview", tag = "export", params(("id" = String, Path), Look), responses((status = 200, body = Preview), (status = 404, body = Problem)))]
async fn preview_resume(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
    Query(look): Query<Look>,
) -> Result<Json<Preview>, ApiError> {
    let resume = content(&app.store.resume(&workspace.id, &id).await?)?;
    Ok(Json(super::preview(&app, &workspace.id, resume, look).await?))
}

/// A résumé that is still being written.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct Draft {
    resume: Resume,
    /// Name of the template, or the id of one of your own; the default one where it is left out.
    template: Option<String>,
    /// JSON of the members of the style to change.
    style: Option<String>,
}

/// The pages of a résumé that is not saved yet.
#[utoipa::path(post, path = "/resumes/{id}/preview", tag = "export", params(("id" = String, Path)), request_body = Draft, responses((status = 200, body = Preview), (status = 400, body = Problem), (status = 404, body = Problem)))]
async fn preview_draft(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
    Json(mut draft): Json<Draft>,
) -> Result<Json<Preview>, ApiError> {
    app.store.resume_version(&workspace.id, &id).await?;
    draft.resume.assign_ids();
    let look = Look {
        template: draft.template,
        style: draft.style,
    };
    Ok(Json(super::preview(&app, &workspace.id, draft.resume, look).await?))
}

/// The résumé as a file.
#[utoipa::path(get, path = "/resumes/{id}/export", tag = "export", params(("id" = String, Path), Export), responses((status = 200, content_type = "application/octet-stream"), (status = 400, body = Problem), (status = 404, body = Problem)))]
async fn export_resume(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
    Query(how): Query<Export>,
) -> Result<Response, ApiError> {
    let resume = content(&app.store.resume(&workspace.id, &id).await?)?;
    let owner = super::exports::Owner {
        workspace: &workspace.id,
        resume: &id,
        tailoring: None,
    };
    super::exports::export(&app, owner, resume, &how).await
}
