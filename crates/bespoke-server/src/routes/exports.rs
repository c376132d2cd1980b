//! Files to take away, and what survives in them: every export is read again and its certificate kept.

use super::{Export, download, plain_name, template};
use crate::counting::{Event, note};
use crate::drawing::{self, Drawn, Picked, Task};
use crate::error::{ApiError, Problem};
use crate::sharing::hex;
use crate::state::{App, Guest};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderValue;
use axum::response::Response;
use bespoke_core::resume::Resume;
use bespoke_render::{Certificate, ExportFormat};
use bespoke_store::ExportRow;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Header of an export that names its entry in the list of exports.
const EXPORT_ID: &str = "x-bespoke-export";

/// The routes of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_exports))
}

/// An export that was made.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PastExport {
    /// UUID; the export named it in the header `X-Bespoke-Export`.
    id: String,
    /// The tailoring that it shows, where it shows one.
    tailoring_id: Option<String>,
    /// `pdf`, `docx` …
    format: String,
    /// Name of the template.
    template: String,
    /// SHA-256 of the file in hexadecimal.
    sha256: String,
    /// RFC 3339, UTC.
    created_at: String,
    /// What survived.
    certificate: RoundTrip,
}

/// What our parser, and a reader that knows nothing of layout, find in an exported file.
#[derive(Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct RoundTrip {
    /// Facts of the résumé that the style shows.
    facts: usize,
    /// Of these, read back as they are.
    read: usize,
    /// Facts that were read and the résumé does not have.
    extra: usize,
    /// Facts that stand whole in the text in naive order.
    naive: usize,
    /// F1 of the facts read, 0 to 1.
    f1: f64,
    /// The facts that were not read back, or do not stand whole.
    lost: Vec<LostFact>,
}

/// A fact that did not survive.
#[derive(Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct LostFact {
    /// Where it stands in the résumé: `work[0].position`.
    path: String,
    /// What the résumé says.
    value: String,
    /// What was read in its place, where something was.
    found: Option<String>,
    /// Whether it stands whole in the text in naive order.
    naive: bool,
}

impl From<Certificate> for RoundTrip {
    fn from(certificate: Certificate) -> RoundTrip {
        let f1 = certificate.f1();
        let lost = certificate.fields.into_iter().filter(|f| !f.read || !f.naive);
        RoundTrip {
            facts: certificate.facts,
            read: certificate.read,
            extra: certificate.extra,
            naive: certificate.naive,
            f1,
            lost: lost
                .map(|f| LostFact {
                    path: f.path,
                    value: f.value,
                    found: f.found,
                    naive: f.naive,
                })
                .collect(),
        }
    }
}

/// Whose export it is.
pub struct Owner<'a> {
    pub workspace: &'a str,
    pub resume: &'a str,
    pub tailoring: Option<&'a str>,
}

/// A résumé as a file.
pub struct Made {
    /// Id of the export.
    pub id: String,
    /// Name of the file.
    pub file_name: String,
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
}

/// Writes a résumé into a file for download, and keeps what survives in it.
pub async fn export(app: &App, owner: Owner<'_>, resume: Resume, export: &Export) -> Result<Response, ApiError> {
    let made = make(app, owner, resume, export).await?;
    let mut response = download(made.bytes, made.media_type, &made.file_name);
    if let Ok(id) = HeaderValue::from_str(&made.id) {
        response.headers_mut().insert(EXPORT_ID, id);
    }
    Ok(response)
}

/// Writes a résumé into a file, and keeps what survives in it.
pub async fn make(app: &App, owner: Owner<'_>, resume: Resume, export: &Export) -> Result<Made, ApiError> {
    let picked = template(app, owner.workspace, export.template.as_deref()).await?;
    let format: ExportFormat = export.format.parse().map_err(ApiError::Render)?;
    let name = resume.contact.name.as_ref();
    let name = name.map(|n| n.value.clone()).unwrap_or_default();
    // A name that a person gave to a template of their own is no word of a closed list.
    let kept_built_in = matches!(picked, Picked::BuiltIn(_));
    let template_name = match &picked {
        Picked::BuiltIn(template) => template.name().to_owned(),
        Picked::Own(id, _) => id.clone(),
    };
    let drawn = drawing::draw(app, resume, picked, export.style.clone(), Task::File(format)).await?;
    let Drawn::File { bytes, certificate } = drawn else {
        return Err(ApiError::Engine("something else was drawn".into()));
    };
    let sha256 = hex(&Sha256::digest(&bytes));
    let kept = app.store.add_export(
        owner.workspace,
        ExportRow {
            id: String::new(),
            resume_id: owner.resume.to_owned(),
            tailoring_id: owner.tailoring.map(str::to_owned),
            format: format.to_string(),
            template: template_name,
            sha256,
            certificate: serde_json::to_string(&certificate)?,
            created_at: String::new(),
        },
    );
    let kept = kept.await?;
    note(app, owner.workspace, Event::Export, &kept.format).await;
    if kept_built_in {
        note(app, owner.workspace, Event::TemplateChosen, &kept.template).await;
    }
    Ok(Made {
        id: kept.id,
        file_name: plain_name(&format!("{name} resume.{}", format.extension())),
        media_type: format.media_type(),
        bytes,
    })
}

/// The newest 100 exports of a résumé and its tailorings, newest first.
#[utoipa::path(get, path = "/resumes/{id}/exports", tag = "export", params(("id" = String, Path)), responses((status = 200, body = [PastExport]), (status = 404, body = Problem)))]
async fn list_exports(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<Vec<PastExport>>, ApiError> {
    let rows = app.store.exports(&workspace.id, &id).await?;
    let past = |row: ExportRow| {
        Ok(PastExport {
            certificate: serde_json::from_str(&row.certificate)?,
            id: row.id,
            tailoring_id: row.tailoring_id,
            format: row.format,
            template: row.template,
            sha256: row.sha256,
            created_at: row.created_at,
        })
    };
    let exports: Result<Vec<_>, serde_json::Error> = rows.into_iter().map(past).collect();
    Ok(Json(exports?))
}
