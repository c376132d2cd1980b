//! Applying by the API of a board: shown first with everything that would be sent, then sent once after the person has
//! confirmed exactly that, then recorded on the board of applications with what was sent and what was answered.

use super::applications::{Application, ApplicationTexts, Kept, Sent, SentField, SentFile, Stage, count_stage, shown};
use super::board_keys::keys;
use super::exports::{Made, Owner};
use super::letters::MadeLetter;
use super::resumes::content;
use super::tailorings::passed;
use super::{Export, exports, letters};
use crate::boards::apply::{Attached, FieldSent, FileSent, Letter, Parcel, Posting, fill};
use crate::error::{ApiError, Problem};
use crate::state::{App, Guest};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use bespoke_core::resume::Resume;
use bespoke_store::ApplicationRow;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// How long a preview can be confirmed, in milliseconds.
const LIVES_MS: i64 = 15 * 60 * 1000;

/// An application to look at before it is sent.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct ApplicationDraft {
    /// The board: `greenhouse`.
    board: String,
    /// The account there.
    account: String,
    /// Id of the posting there.
    posting: String,
    /// The tailoring to send in place of the résumé.
    tailoring_id: Option<String>,
    /// A letter of this résumé to send along, where the posting takes one.
    letter_id: Option<String>,
    /// `pdf` or `docx`; `pdf` where it is left out.
    format: Option<String>,
    /// Name of the template, or the id of one of your own; the default one where it is left out.
    template: Option<String>,
    /// JSON of the members of the style to change.
    style: Option<String>,
    /// Answers by the names of the questions; what is left out comes from the résumé, an empty list leaves a question open.
    #[serde(default)]
    answers: BTreeMap<String, Vec<String>>,
}

/// Why an application cannot be sent by API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WhyNot {
    /// The board takes none that way: take the package and its link.
    NoApi,
    /// The board takes one only with the employer's key, and there is none for this account.
    NoKey,
}

/// Exactly what would be sent.
#[derive(Debug, Default, Serialize, utoipa::ToSchema)]
pub struct ApplicationPreview {
    /// Why it cannot be sent by API; all that follows is empty then.
    why_not: Option<WhyNot>,
    /// Title of the job.
    title: String,
    company: String,
    /// Page of the posting.
    url: String,
    /// Last day to apply.
    closes: Option<String>,
    /// The address that it goes to.
    to: String,
    /// What the posting asks, with the answers.
    fields: Vec<FieldSent>,
    /// The files.
    files: Vec<SentFile>,
    /// Names of questions that must be answered first.
    missing: Vec<String>,
    /// When an application for this posting was sent before: RFC 3339, UTC.
    sent_before: Option<String>,
    /// What confirms it; none while answers are missing.
    confirm: Option<ApplicationConfirmation>,
}

/// What confirms a preview, once.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ApplicationConfirmation {
    /// Secret of this preview.
    token: String,
    /// SHA-256 of all that it shows.
    hash: String,
    /// RFC 3339, UTC.
    #[serde(default)]
    #[schema(required)]
    expires_at: String,
}

/// The routes of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(preview_application))
        .routes(routes!(send_application))
}

/// What of a person goes out: a résumé, or one that is cut to a job and has passed the evidence gate.
pub(super) struct Document {
    pub(super) resume: Resume,
    resume_id: String,
    tailoring_id: Option<String>,
}

impl Document {
    /// Opens it; a tailoring of another résumé is not found.
    pub(super) async fn open(
        app: &App,
        workspace: &str,
        resume_id: &str,
        tailoring_id: Option<&str>,
    ) -> Result<Document, ApiError> {
        let row = app.store.resume(workspace, resume_id).await?;
        let resume = match tailoring_id {
            None => content(&row)?,
            Some(tailoring) => {
                let tailoring = app.store.tailoring(workspace, tailoring).await?;
                if tailoring.resume_id != resume_id {
                    return Err(ApiError::NotFound("this tailoring"));
                }
                passed(app, tailoring).await?
            }
        };
        Ok(Document {
            resume,
            resume_id: resume_id.to_owned(),
            tailoring_id: tailoring_id.map(str::to_owned),
        })
    }

    /// As a file, with its certificate kept.
    pub(super) async fn make(&self, app: &App, workspace: &str, how: &Export) -> Result<Made, ApiError> {
        let owner = Owner {
            workspace,
            resume: &self.resume_id,
            tailoring: self.tailoring_id.as_deref(),
        };
        exports::make(app, owner, self.resume.clone(), how).await
    }
}

/// A letter of a résumé as a file, if the evidence gate lets it pass.
pub(super) async fn letter_of(
    app: &App,
    workspace: &str,
    resume_id: &str,
    letter_id: &str,
    how: &Export,
) -> Result<MadeLetter, ApiError> {
    let made = letters::make(app, workspace, letter_id, how).await?;
    match made.resume_id == resume_id {
        true => Ok(made),
        false => Err(ApiError::NotFound("this letter")),
    }
}

/// Shows exactly what an application would send to a board, and to which address. Nothing is sent.
#[utoipa::path(post, path = "/resumes/{id}/applications/preview", tag = "applications", params(("id" = String, Path)), request_body = ApplicationDraft, responses((status = 200, body = ApplicationPreview), (status = 400, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem), (status = 424, body = Problem)))]
async fn preview_application(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
    Json(draft): Json<ApplicationDraft>,
) -> Result<Json<ApplicationPreview>, ApiError> {
    let format = draft.format.as_deref().unwrap_or("pdf");
    if !matches!(format, "pdf" | "docx") {
        return Err(ApiError::BadRequest("a résumé is sent as pdf or docx".into()));
    }
    let document = Document::open(&app, &workspace.id, &id, draft.tailoring_id.as_deref()).await?;
    let posting = Posting {
        board: &draft.board,
        account: &draft.account,
        id: &draft.posting,
    };
    let refused = |why_not| {
        Ok(Json(ApplicationPreview {
            why_not: Some(why_not),
            ..ApplicationPreview::default()
        }))
    };
    let Some(how) = posting.applying()? else {
        return refused(WhyNot::NoApi);
    };
    let keys = keys(&app, &workspace.id).await?;
    if how.needs_key() && keys.applying(&draft.board, &draft.account).is_none() {
        return refused(WhyNot::NoKey);
    }
    let asked = app.asker.form(posting, how).await?;
    let export = |format: &str| Export {
        format: format.to_owned(),
        template: draft.template.clone(),
        style: draft.style.clone(),
    };
    let file = document.make(&app, &workspace.id, &export(format)).await?;
    let letter = match &draft.letter_id {
        None => None,
        Some(letter) => {
            let file = letter_of(&app, &workspace.id, &id, letter, &export(format)).await?;
            let text = letter_of(&app, &workspace.id, &id, letter, &export("txt")).await?;
            Some(Letter {
                text: String::from_utf8_lossy(&text.bytes).trim().to_owned(),
                file: Attached {
                    file_name: file.file_name,
                    media_type: file.media_type.to_owned(),
                    bytes: file.bytes,
                },
            })
        }
    };
    let file = Attached {
        file_name: file.file_name,
        media_type: file.media_type.to_owned(),
        bytes: file.bytes,
    };
    let parcel = fill(posting, asked, &document.resume, &draft.answers, file, letter)?;
    let sent_before = sent_before(&app, &workspace.id, posting).await?;
    let confirm = match parcel.missing.is_empty() {
        true => Some(confirmation(&app, &workspace.id, &document, &parcel).await?),
        false => None,
    };
    Ok(Json(ApplicationPreview {
        why_not: None,
        title: parcel.title,
        company: parcel.company,
        url: parcel.url,
        closes: parcel.closes,
        to: parcel.to,
        files: parcel.files.iter().map(file_shown).collect(),
        fields: parcel.fields,
        missing: parcel.missing,
        sent_before,
        confirm,
    }))
}

/// What is kept between a preview and its confirmation.
#[derive(Serialize, Deserialize)]
struct Waiting {
    parcel: Parcel,
    tailoring_id: Option<String>,
}

async fn confirmation(
    app: &App,
    workspace: &str,
    document: &Document,
    parcel: &Parcel,
) -> Result<ApplicationConfirmation, ApiError> {
    let hash = parcel.digest();
    let waiting = serde_json::to_vec(&Waiting {
        parcel: parcel.clone(),
        tailoring_id: document.tailoring_id.clone(),
    })?;
    let kept = app
        .store
        .put_parcel(workspace, &document.resume_id, &hash, &waiting, LIVES_MS);
    let (token, ends) = kept.await?;
    Ok(ApplicationConfirmation {
        token,
        hash,
        expires_at: Timestamp::from_millisecond(ends).unwrap_or(Timestamp::MAX).to_string(),
    })
}

fn file_shown(file: &FileSent) -> SentFile {
    SentFile {
        label: file.label.clone(),
        file_name: file.file_name.clone(),
        media_type: file.media_type.clone(),
        size: file.bytes.len(),
        sha256: file.sha256(),
    }
}

async fn sent_before(app: &App, workspace: &str, posting: Posting<'_>) -> Result<Option<String>, ApiError> {
    let mut last = None;
    for row in app.store.applications(workspace).await? {
        let kept: Kept = serde_json::from_str(&row.content)?;
        let same = |s: &Sent| s.board == posting.board && s.account == posting.account && s.posting == posting.id;
        last = last.max(kept.sent.filter(same).map(|s| s.at));
    }
    Ok(last)
}

/// Sends an application that the person has seen and confirms: once, and only that one. It is then on the board of
/// applications as applied; where sending fails, nothing is.
#[utoipa::path(post, path = "/resumes/{id}/applications", tag = "applications", params(("id" = String, Path)), request_body = ApplicationConfirmation, responses((status = 201, body = Application), (status = 404, body = Problem), (status = 409, body = Problem), (status = 424, body = Problem)))]
async fn send_application(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
    Json(confirmed): Json<ApplicationConfirmation>,
) -> Result<(StatusCode, Json<Application>), ApiError> {
    app.store.resume_version(&workspace.id, &id).await?;
    let taken = app
        .store
        .take_parcel(&workspace.id, &id, &confirmed.token, &confirmed.hash);
    let Some(waiting) = taken.await? else {
        return Err(ApiError::NotConfirmed);
    };
    // On a task of its own: what has been sent is recorded even where the browser does not wait for the answer.
    let sending = tokio::spawn(send(app, workspace.id, id, waiting));
    let application = sending.await.map_err(|e| ApiError::Engine(e.to_string()))??;
    Ok((StatusCode::CREATED, Json(application)))
}

async fn send(app: App, workspace: String, resume_id: String, waiting: Vec<u8>) -> Result<Application, ApiError> {
    let Waiting { parcel, tailoring_id } = serde_json::from_slice(&waiting)?;
    let keys = keys(&app, &workspace).await?;
    let (answer, receipt) = app.asker.send(&parcel, &keys).await?;
    let sent = Sent {
        at: Timestamp::now().to_string(),
        hash: parcel.digest(),
        fields: parcel.fields.iter().filter_map(field_sent).collect(),
        files: parcel.files.iter().map(file_shown).collect(),
        board: parcel.board,
        account: parcel.account,
        posting: parcel.posting,
        to: parcel.to,
        answer,
        receipt,
    };
    let texts = ApplicationTexts::of_posting(&parcel.title, &parcel.company, &parcel.url, parcel.closes.as_deref());
    match record(&app, &workspace, resume_id, tailoring_id, texts, sent).await {
        Ok(application) => Ok(application),
        Err(error) => {
            tracing::error!(%error, "an application was sent and not recorded");
            Err(ApiError::Unrecorded)
        }
    }
}

fn field_sent(field: &FieldSent) -> Option<SentField> {
    (!field.values.is_empty()).then(|| SentField {
        label: field.slot.label.clone(),
        values: field.values.clone(),
    })
}

/// Records it: on the card that was saved for this posting, else on a new one.
async fn record(
    app: &App,
    workspace: &str,
    resume_id: String,
    tailoring_id: Option<String>,
    texts: ApplicationTexts,
    sent: Sent,
) -> Result<Application, ApiError> {
    for row in app.store.applications(workspace).await? {
        let Kept { texts: own, .. } = serde_json::from_str(&row.content)?;
        if Stage::of(&row.stage) != Stage::Saved || own.link.is_empty() || own.link != texts.link {
            continue;
        }
        let content = serde_json::to_string(&Kept {
            texts: own,
            sent: Some(sent.clone()),
        })?;
        let applied = Stage::Applied.name();
        let moved = app
            .store
            .update_application(workspace, &row.id, row.version, applied, &content);
        // A card that changed in this moment stays as it is; a new one is made.
        if let Ok(row) = moved.await {
            count_stage(app, workspace, &row, Stage::Saved).await;
            return shown(row);
        }
    }
    let row = ApplicationRow {
        id: String::new(),
        resume_id: Some(resume_id),
        tailoring_id,
        stage: Stage::Applied.name().into(),
        content: serde_json::to_string(&Kept {
            texts,
            sent: Some(sent),
        })?,
        version: 0,
        created_at: String::new(),
        stage_at: String::new(),
    };
    let row = app.store.add_application(workspace, row).await?;
    count_stage(app, workspace, &row, Stage::Saved).await;
    shown(row)
}
