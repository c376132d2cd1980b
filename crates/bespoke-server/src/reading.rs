//! Reads an uploaded résumé in the background: ingest, parse, and the vectors that its roles need.

use crate::error::ApiError;
use crate::live::Step;
use crate::state::App;
use bespoke_core::document::{Document, Format};
use bespoke_core::parse::Issue;
use bespoke_core::resume::Resume;
use bespoke_models::reader::{Progress, ReadError};
use bespoke_store::StoreError;
use serde::{Deserialize, Serialize};

/// Size of a page in points.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PageSize {
    /// Width in points (1/72 inch).
    pub width: f32,
    /// Height in points.
    pub height: f32,
}

/// What is kept of a document.
#[derive(Debug, Serialize, Deserialize)]
pub struct Kept {
    /// Its text; sources are byte ranges in it.
    pub text: String,
    /// Its pages.
    pub pages: Vec<PageSize>,
    /// True where a page can be shown as an image.
    pub images: bool,
    /// What the parser was unsure of.
    pub issues: Vec<Issue>,
}

impl Kept {
    fn of(document: &Document, issues: Vec<Issue>) -> Kept {
        let size = |p: &bespoke_core::document::Page| PageSize {
            width: p.width,
            height: p.height,
        };
        Kept {
            text: document.text.clone(),
            images: matches!(document.format, Format::Pdf | Format::Image),
            pages: document.pages.iter().map(size).collect(),
            issues,
        }
    }
}

/// Takes up the jobs that an earlier run of the server left open.
///
/// # Errors
/// The store fails.
pub async fn resume_jobs(app: &App) -> Result<(), StoreError> {
    for (workspace, id) in app.store.open_jobs().await? {
        spawn(app.clone(), workspace, id);
    }
    Ok(())
}

/// Begins to read a stored résumé.
pub fn spawn(app: App, workspace: String, id: String) {
    tokio::spawn(async move {
        app.live.tell(&workspace, &id, Step::Stored, None);
        let outcome = read(&app, &workspace, &id).await;
        let (step, detail) = match outcome {
            Ok(()) => (Step::Ready, None),
            Err(ApiError::NotFound(_)) => (Step::Failed, Some("it was deleted".to_owned())),
            Err(error) => {
                let problem = error.problem();
                if problem.status >= 500 {
                    tracing::error!(resume = id, ?error, "reading failed");
                }
                let json = serde_json::to_string(&problem).unwrap_or_default();
                if let Err(error) = app.store.finish_reading(&workspace, &id, Err(&json)).await {
                    tracing::error!(resume = id, %error, "the failure could not be kept");
                }
                (Step::Failed, Some(problem.detail))
            }
        };
        app.live.tell(&workspace, &id, step, detail);
    });
}

async fn read(app: &App, workspace: &str, id: &str) -> Result<(), ApiError> {
    let row = app.store.resume(workspace, id).await?;
    let bytes = app.store.original(workspace, id).await?;
    app.live.tell(workspace, id, Step::Reading, None);
    let (reader, live) = (app.reader.clone(), app.live.clone());
    let (to, file) = (workspace.to_owned(), id.to_owned());
    let (kept, resume): (Kept, Resume) = app
        .work(move || {
            let progress = |Progress::Recognised { done, of }: Progress| {
                live.tell(&to, &file, Step::Reading, Some(format!("page {done} of {of}")));
            };
            let reading = reader.read(&bytes, Some(&row.file_name), &progress)?;
            live.tell(&to, &file, Step::Parsing, None);
            let resume = reading.parsed.resume;
            Ok::<_, ReadError>((Kept::of(&reading.document, reading.parsed.issues), resume))
        })
        .await??;
    let texts = (serde_json::to_string(&kept)?, serde_json::to_string(&resume)?);
    app.live.tell(workspace, id, Step::Fitting, None);
    // The roles come at once when they are asked for; without the model the résumé is ready all the same.
    if let Ok(engine) = app.engines.get().await {
        app.work(move || engine.rank(&resume, 0.7, 1).len()).await?;
    }
    app.store
        .finish_reading(workspace, id, Ok((&texts.0, &texts.1)))
        .await?;
    Ok(())
}
