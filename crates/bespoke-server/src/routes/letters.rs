//! Cover letters: written from a résumé and a job, reworded, edited by hand, exported where the evidence gate lets them pass.

use super::resumes::content;
use super::tailorings::read_posting;
use super::{Export, Look, Preview, download, language_models, look, plain_name};
use crate::counting::{Event, note};
use crate::error::{ApiError, Problem};
use crate::state::{App, Guest};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use bespoke_core::date::PartialDate;
use bespoke_core::evidence::{Fact, Violation};
use bespoke_core::job::JobPosting;
use bespoke_core::letter::{self, Letter, Tone, Wish};
use bespoke_core::resume::Resume;
use bespoke_core::tailor::model::Asked;
use bespoke_models::JobCloseness;
use bespoke_render::{ExportFormat, Options, RenderError, Renderer};
use bespoke_store::LetterRow;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Most facts that a person may add to a letter, and most characters of each.
const FACTS: (usize, usize) = (40, 1_000);
/// Most characters of an edited letter.
const LETTER_CHARS: usize = 20_000;

/// A letter to write.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct NewLetter {
    /// The job description as text.
    job: String,
    /// What the letter should be like.
    #[serde(default)]
    wish: Wish,
    /// What is true and not in the résumé, in the person's own words.
    #[serde(default)]
    facts: Vec<Fact>,
}

/// A change of a letter: another wish writes it anew, a text of the person's own stays as it is.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct LetterChange {
    /// Version that this was made from.
    version: i64,
    /// Writes the letter anew with this wish.
    wish: Option<Wish>,
    /// The letter as the person edited it.
    letter: Option<Letter>,
    /// All confirmed facts.
    facts: Option<Vec<Fact>>,
}

/// The version of a letter that something is asked of.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct LetterVersion {
    version: i64,
}

/// A letter in a list.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct LetterSummary {
    id: String,
    resume_id: String,
    /// Title of the job.
    title: Option<String>,
    company: Option<String>,
    /// RFC 3339, UTC.
    created_at: String,
}

/// A letter.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct LetterDetail {
    id: String,
    resume_id: String,
    job: JobPosting,
    wish: Wish,
    letter: Letter,
    facts: Vec<Fact>,
    /// What the evidence gate says of it; empty where it may be exported.
    violations: Vec<Violation>,
    /// Send it back with a change.
    version: i64,
    /// RFC 3339, UTC.
    created_at: String,
    /// RFC 3339, UTC.
    updated_at: String,
}

/// The routes of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_letters, create_letter))
        .routes(routes!(show_letter, update_letter, delete_letter))
        .routes(routes!(word_letter))
        .routes(routes!(preview_letter))
        .routes(routes!(export_letter))
}

struct Opened {
    row: LetterRow,
    base: Resume,
    job: JobPosting,
    wish: Wish,
    letter: Letter,
    facts: Vec<Fact>,
}

impl Opened {
    fn of(row: LetterRow) -> Result<Opened, ApiError> {
        Ok(Opened {
            base: serde_json::from_str(&row.base)?,
            job: serde_json::from_str(&row.job)?,
            wish: serde_json::from_str(&row.wish)?,
            letter: serde_json::from_str(&row.content)?,
            facts: serde_json::from_str(&row.facts)?,
            row,
        })
    }

    fn violations(&self) -> Vec<Violation> {
        letter::check(&self.base, &self.facts, &self.job, &self.letter)
    }

    fn detail(self) -> LetterDetail {
        LetterDetail {
            violations: self.violations(),
            id: self.row.id,
            resume_id: self.row.resume_id,
            job: self.job,
            wish: self.wish,
            letter: self.letter,
            facts: self.facts,
            version: self.row.version,
            created_at: self.row.created_at,
            updated_at: self.row.updated_at,
        }
    }

    /// As it is rendered: with the head of the résumé and the day of its last change.
    fn document(&self) -> bespoke_render::Letter {
        let date: Option<PartialDate> = self.row.updated_at.get(..10).and_then(|d| d.parse().ok());
        let to = self.job.company.iter().map(|c| c.text.clone()).collect();
        bespoke_render::Letter::of(&self.letter, &self.base.contact, to, date)
    }
}

async fn shown(app: &App, row: LetterRow) -> Result<Json<LetterDetail>, ApiError> {
    let opened = Opened::of(row)?;
    Ok(Json(app.work(move || opened.detail()).await?))
}

fn check_facts(facts: &[Fact]) -> Result<(), ApiError> {
    match facts.len() > FACTS.0 || facts.iter().any(|f| f.text.chars().count() > FACTS.1) {
        true => Err(ApiError::BadRequest(format!(
            "at most {} facts of {} characters each",
            FACTS.0, FACTS.1
        ))),
        false => Ok(()),
    }
}

/// A wish with the day of today, so that a degree to come is not said to be held.
fn dated(mut wish: Wish) -> Wish {
    wish.today = super::today();
    wish
}

async fn written(app: &App, base: Resume, facts: Vec<Fact>, job: JobPosting, wish: Wish) -> Result<Letter, ApiError> {
    let engine = app.engines.get().await?;
    app.work(move || letter::write(&base, &facts, &job, &wish, &JobCloseness::new(&engine.embedder, &job)))
        .await
}

/// All letters of a résumé, newest first.
#[utoipa::path(get, path = "/resumes/{id}/letters", tag = "letters", params(("id" = String, Path)), responses((status = 200, body = [LetterSummary]), (status = 404, body = Problem)))]
async fn list_letters(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<Vec<LetterSummary>>, ApiError> {
    let rows = app.store.letters(&workspace.id, &id).await?;
    let summary = |row: LetterRow| -> Result<LetterSummary, ApiError> {
        let job: JobPosting = serde_json::from_str(&row.job)?;
        Ok(LetterSummary {
            id: row.id,
            resume_id: row.resume_id,
            title: job.title.map(|t| t.text),
            company: job.company.map(|c| c.text),
            created_at: row.created_at,
        })
    };
    Ok(Json(rows.into_iter().map(summary).collect::<Result<_, _>>()?))
}

/// Writes a letter from a résumé to a job.
#[utoipa::path(post, path = "/resumes/{id}/letters", tag = "letters", params(("id" = String, Path)), request_body = NewLetter, responses((status = 201, body = LetterDetail), (status = 404, body = Problem), (status = 422, body = Problem), (status = 503, body = Problem)))]
async fn create_letter(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
    Json(new): Json<NewLetter>,
) -> Result<(StatusCode, Json<LetterDetail>), ApiError> {
    check_facts(&new.facts)?;
    let row = app.store.resume(&workspace.id, &id).await?;
    let base = content(&row)?;
    let job = read_posting(&app, new.job).await?;
    let wish = dated(new.wish);
    let tone = match wish.tone {
        Tone::Plain => "plain",
        Tone::Warm => "warm",
        Tone::Confident => "confident",
    };
    let letter = written(&app, base.clone(), new.facts.clone(), job.clone(), wish.clone()).await?;
    let kept = LetterRow {
        id: String::new(),
        resume_id: row.id,
        base: serde_json::to_string(&base)?,
        job: serde_json::to_string(&job)?,
        wish: serde_json::to_string(&wish)?,
        content: serde_json::to_string(&letter)?,
        facts: serde_json::to_string(&new.facts)?,
        version: 0,
        created_at: String::new(),
        updated_at: String::new(),
    };
    let kept = app.store.create_letter(&workspace.id, kept).await?;
    note(&app, &workspace.id, Event::LetterWritten, tone).await;
    Ok((StatusCode::CREATED, shown(&app, kept).await?))
}

/// One letter.
#[utoipa::path(get, path = "/letters/{id}", tag = "letters", params(("id" = String, Path)), responses((status = 200, body = LetterDetail), (status = 404, body = Problem)))]
async fn show_letter(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<LetterDetail>, ApiError> {
    shown(&app, app.store.letter(&workspace.id, &id).await?).await
}

/// Rewrites or edits a letter, if the change was made from the present version. What has no evidence is kept and named, and
/// not exported.
#[utoipa::path(patch, path = "/letters/{id}", tag = "letters", params(("id" = String, Path)), request_body = LetterChange, responses((status = 200, body = LetterDetail), (status = 400, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn update_letter(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
    Json(change): Json<LetterChange>,
) -> Result<Json<LetterDetail>, ApiError> {
    let opened = Opened::of(app.store.letter(&workspace.id, &id).await?)?;
    let facts = change.facts.unwrap_or(opened.facts);
    check_facts(&facts)?;
    let wish = change.wish.clone().map_or(opened.wish, dated);
    let letter = match (change.letter, change.wish) {
        (Some(letter), _) => {
            let chars: usize = letter.sentences().map(|s| s.text.chars().count()).sum();
            if chars + letter.subject.len() + letter.salutation.len() + letter.closing.len() > LETTER_CHARS {
                return Err(ApiError::BadRequest(format!(
                    "a letter has at most {LETTER_CHARS} characters"
                )));
            }
            letter
        }
        (None, Some(_)) => written(&app, opened.base, facts.clone(), opened.job, wish.clone()).await?,
        (None, None) => opened.letter,
    };
    let (wish, letter, facts) = (
        serde_json::to_string(&wish)?,
        serde_json::to_string(&letter)?,
        serde_json::to_string(&facts)?,
    );
    let row = app
        .store
        .update_letter(&workspace.id, &id, change.version, &wish, &letter, &facts)
        .await?;
    shown(&app, row).await
}

/// Has the language model that is switched on reword what a letter claims, if that was asked of the present version.
/// Only what the gate of the letter lets pass comes into it.
#[utoipa::path(post, path = "/letters/{id}/wordings", tag = "letters", params(("id" = String, Path)), request_body = LetterVersion, responses((status = 200, body = LetterDetail), (status = 400, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 429, body = Problem)))]
async fn word_letter(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
    Json(LetterVersion { version }): Json<LetterVersion>,
) -> Result<Json<LetterDetail>, ApiError> {
    let opened = Opened::of(app.store.letter(&workspace.id, &id).await?)?;
    if opened.row.version != version {
        let (given, present) = (version, opened.row.version);
        return Err(ApiError::Stale { given, present });
    }
    let answered = language_models::ask(&app, &workspace.id, |name| {
        let request = letter::model::request(&name, &opened.letter);
        async move { Ok(request) }
    })
    .await?;
    let (wish, facts) = (opened.row.wish.clone(), opened.row.facts.clone());
    let letter = app
        .work(move || {
            let (failure, wordings) = match answered.wordings {
                Ok(wordings) => (None, wordings),
                Err(failure) => (Some(failure), Vec::new()),
            };
            let done = letter::model::reword(&opened.base, &opened.facts, &opened.job, &opened.letter, &wordings);
            let mut letter = done.letter;
            letter.asked = Some(Asked {
                model: answered.model,
                worded: done.worded,
                refused: done.refused,
                failure,
            });
            letter
        })
        .await?;
    let letter = serde_json::to_string(&letter)?;
    let row = app
        .store
        .update_letter(&workspace.id, &id, version, &wish, &letter, &facts)
        .await?;
    shown(&app, row).await
}

/// Deletes a letter.
#[utoipa::path(delete, path = "/letters/{id}", tag = "letters", params(("id" = String, Path)), responses((status = 204), (status = 404, body = Problem)))]
async fn delete_letter(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    app.store.delete_letter(&workspace.id, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The pages of a letter through a template.
#[utoipa::path(get, path = "/letters/{id}/preview", tag = "letters", params(("id" = String, Path), Look), responses((status = 200, body = Preview), (status = 404, body = Problem)))]
async fn preview_letter(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
    Query(wanted): Query<Look>,
) -> Result<Json<Preview>, ApiError> {
    let opened = Opened::of(app.store.letter(&workspace.id, &id).await?)?;
    let (template, style) = look(&app, &workspace.id, wanted.template.as_deref()).await?;
    let (pages, text) = app
        .work(move || {
            let (renderer, document, options) = (Renderer::new(), opened.document(), Options::default());
            let text = renderer.render_letter(&document, &template, &style, ExportFormat::Txt, &options)?;
            let pages = renderer.letter_svg(&document, &template, &style)?;
            Ok::<_, RenderError>((pages, String::from_utf8_lossy(&text).into_owned()))
        })
        .await??;
    Ok(Json(Preview { pages, text }))
}

/// A letter as a file, if the evidence gate lets it pass.
#[utoipa::path(get, path = "/letters/{id}/export", tag = "letters", params(("id" = String, Path), Export), responses((status = 200, content_type = "application/octet-stream"), (status = 400, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn export_letter(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
    Query(how): Query<Export>,
) -> Result<Response, ApiError> {
    let made = make(&app, &workspace.id, &id, &how).await?;
    Ok(download(made.bytes, made.media_type, &made.file_name))
}

/// A letter as a file.
pub struct MadeLetter {
    /// The résumé that it was written from.
    pub resume_id: String,
    /// Name of the file.
    pub file_name: String,
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
}

/// Writes a letter into a file, if the evidence gate lets it pass.
pub async fn make(app: &App, workspace: &str, id: &str, how: &Export) -> Result<MadeLetter, ApiError> {
    let opened = Opened::of(app.store.letter(workspace, id).await?)?;
    let (template, style) = look(app, workspace, how.template.as_deref()).await?;
    let format: ExportFormat = how.format.parse().map_err(ApiError::Render)?;
    let name = opened.base.contact.name.as_ref();
    let name = name.map(|n| n.value.clone()).unwrap_or_default();
    let resume_id = opened.row.resume_id.clone();
    let bytes = app
        .work(move || {
            let violations = opened.violations();
            if !violations.is_empty() {
                return Err(ApiError::Evidence(violations));
            }
            Ok(Renderer::new().render_letter(&opened.document(), &template, &style, format, &Options::default())?)
        })
        .await??;
    Ok(MadeLetter {
        resume_id,
        file_name: plain_name(&format!("{name} letter.{}", format.extension())),
        media_type: format.media_type(),
        bytes,
    })
}
