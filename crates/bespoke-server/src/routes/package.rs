//! What is needed to apply by hand, as one ZIP: résumé, letter, text to paste, the link. The way for boards that take no
//! application by API; nothing is sent.

use super::applying::{Document, letter_of};
use super::{Export, download};
use crate::error::{ApiError, Problem};
use crate::state::{App, Guest};
use crate::takeout::zipped;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use bespoke_core::resume::Resume;
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What goes into the package.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Contents {
    /// The tailoring to take in place of the résumé.
    tailoring_id: Option<String>,
    /// A letter of this résumé.
    letter_id: Option<String>,
    /// Name of the template, or the id of one of your own; the default one where it is left out.
    template: Option<String>,
    /// JSON of the members of the style to change, as `docs/style.schema.json` describes it.
    style: Option<String>,
    /// Title of the job.
    title: Option<String>,
    company: Option<String>,
    /// Where one applies.
    link: Option<String>,
}

/// The routes of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(prepare_package))
}

/// Résumé and letter as PDF and DOCX, the text to paste into a form, and the link, as one ZIP, if the evidence gate lets
/// them pass.
#[utoipa::path(get, path = "/resumes/{id}/package", tag = "applications", params(("id" = String, Path), Contents), responses((status = 200, content_type = "application/zip"), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn prepare_package(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
    Query(wanted): Query<Contents>,
) -> Result<Response, ApiError> {
    let document = Document::open(&app, &workspace.id, &id, wanted.tailoring_id.as_deref()).await?;
    let how = |format: &str| Export {
        format: format.to_owned(),
        template: wanted.template.clone(),
        style: wanted.style.clone(),
    };
    let mut files = Vec::new();
    let mut texts = Vec::new();
    for format in ["pdf", "docx", "txt"] {
        let made = document.make(&app, &workspace.id, &how(format)).await?;
        match format {
            "txt" => texts.push(("Résumé", String::from_utf8_lossy(&made.bytes).into_owned())),
            _ => files.push((made.file_name, made.bytes)),
        }
    }
    if let Some(letter) = &wanted.letter_id {
        for format in ["pdf", "docx", "txt"] {
            let made = letter_of(&app, &workspace.id, &id, letter, &how(format)).await?;
            match format {
                "txt" => texts.push(("Letter", String::from_utf8_lossy(&made.bytes).into_owned())),
                _ => files.push((made.file_name, made.bytes)),
            }
        }
    }
    files.push((
        "to-paste.txt".into(),
        to_paste(&wanted, &document.resume, &texts).into_bytes(),
    ));
    let bytes = app
        .work(move || zipped(&files))
        .await?
        .map_err(|e| ApiError::Engine(e.to_string()))?;
    let name = wanted.company.as_deref().or(wanted.title.as_deref()).unwrap_or("job");
    Ok(download(bytes, "application/zip", &format!("application {name}.zip")))
}

/// The lines that forms ask for, then the texts.
fn to_paste(wanted: &Contents, resume: &Resume, texts: &[(&str, String)]) -> String {
    let contact = &resume.contact;
    let value = |field: &Option<bespoke_core::resume::Text>| field.as_ref().map(|f| f.value.clone());
    let location = contact.location.as_ref().and_then(|l| value(&l.text));
    let mut lines = vec![
        ("Job", wanted.title.clone()),
        ("Company", wanted.company.clone()),
        ("Apply at", wanted.link.clone()),
        ("Name", value(&contact.name)),
        ("Email", value(&contact.email)),
        ("Phone", value(&contact.phone)),
        ("Location", location),
        ("Website", value(&contact.url)),
    ];
    lines.extend(contact.profiles.iter().map(|p| ("Profile", Some(p.url.value.clone()))));
    let mut out = String::new();
    for (label, value) in lines {
        if let Some(value) = value.filter(|v| !v.trim().is_empty()) {
            out += &format!("{label}: {}\n", value.trim());
        }
    }
    for (heading, text) in texts {
        out += &format!("\n==== {heading} ====\n\n{}\n", text.trim());
    }
    out
}
