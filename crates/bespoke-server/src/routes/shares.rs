//! Share links: made, listed, changed, revoked by the person whose résumé they show. What others see is in `shared`.

use super::look;
use super::resumes::content;
use super::tailorings::passed;
use crate::error::{ApiError, Problem};
use crate::pages::{Page, page};
use crate::sharing::{self, Shown};
use crate::state::{App, Guest};
use axum::Json;
use axum::extract::{OriginalUri, Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use bespoke_store::{NewShare, ShareChange, ShareDay, ShareRow};
use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Most characters of a label.
const LABEL: usize = 120;
/// Characters of a password.
const PASSWORD: std::ops::RangeInclusive<usize> = 4..=200;

/// What to share, and how.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct ShareRequest {
    /// The tailoring to show; without it, the résumé as it is.
    tailoring_id: Option<String>,
    /// Name of the template; the default one where it is left out.
    template: Option<String>,
    /// A style JSON that changes the template's own (`docs/style.schema.json`).
    #[schema(value_type = Option<Object>)]
    style: Option<serde_json::Value>,
    /// What you call it, at most 120 characters; only you see it.
    #[serde(default)]
    label: String,
    /// What visitors may do: `viewer` sees it, `commenter` also reads and writes comments on its page.
    #[serde(default)]
    role: LinkRole,
    /// What visitors must type, 4 to 200 characters; without it, the link alone opens.
    password: Option<String>,
    /// Whether visitors may take files away.
    #[serde(default = "yes")]
    download: bool,
    /// RFC 3339; it shows nothing from then on. Without it, it stays until it is revoked.
    expires_at: Option<String>,
}

/// What visitors of a link may do.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LinkRole {
    /// See it.
    #[default]
    Viewer,
    /// Also read and write comments on its page.
    Commenter,
}

impl LinkRole {
    fn of(name: &str) -> LinkRole {
        match name {
            "commenter" => LinkRole::Commenter,
            _ => LinkRole::Viewer,
        }
    }

    fn name(self) -> &'static str {
        match self {
            LinkRole::Viewer => "viewer",
            LinkRole::Commenter => "commenter",
        }
    }
}

fn yes() -> bool {
    true
}

/// A change; what is left out stays as it is, null takes a password or an expiry away.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct ShareUpdate {
    /// What you call it.
    label: Option<String>,
    /// What visitors may do.
    role: Option<LinkRole>,
    /// What visitors must type.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    password: Option<Option<String>>,
    /// Whether visitors may take files away.
    download: Option<bool>,
    /// RFC 3339.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    expires_at: Option<Option<String>>,
    /// True shows the résumé (or tailoring) as it is now.
    #[serde(default)]
    refresh: bool,
}

/// Tells null from what is left out.
fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(value: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(value).map(Some)
}

/// Whether a link shows something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ShareState {
    /// It opens.
    Open,
    /// Its time is over.
    Expired,
    /// It was ended; what it showed is erased.
    Revoked,
}

impl ShareState {
    /// The state of a link now.
    pub fn of(row: &ShareRow) -> ShareState {
        let now = Timestamp::now().as_millisecond();
        match (&row.revoked_at, row.expires_at) {
            (Some(_), _) => ShareState::Revoked,
            (None, Some(end)) if end <= now => ShareState::Expired,
            (None, _) => ShareState::Open,
        }
    }
}

/// A share link.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Share {
    /// UUID.
    id: String,
    resume_id: String,
    /// The tailoring that it shows, where it shows one.
    tailoring_id: Option<String>,
    /// What you call it.
    label: String,
    state: ShareState,
    /// What visitors may do.
    role: LinkRole,
    /// Whether visitors must type a password.
    protected: bool,
    /// Whether visitors may take files away.
    download: bool,
    /// RFC 3339, UTC.
    expires_at: Option<String>,
    /// RFC 3339, UTC.
    revoked_at: Option<String>,
    /// RFC 3339, UTC.
    created_at: String,
    /// How often people opened it; your own visits do not count.
    views: i64,
    /// Different visitors a day, added up. Nobody's address is kept.
    visitors: i64,
    /// Files taken away.
    downloads: i64,
    /// How often programs opened it (previews of messengers, search engines).
    bots: i64,
    /// The latest UTC day with a view, `YYYY-MM-DD`.
    last_viewed: Option<String>,
}

/// A link that was just made: the only answer that holds it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct NewLink {
    /// Path of the page, to be put behind this server's address: `/s/…`. It is kept hashed and cannot be shown again.
    path: String,
    share: Share,
}

/// A link with its counts by day.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ShareDetail {
    #[serde(flatten)]
    share: Share,
    /// Newest first; days on which nobody came are left out.
    days: Vec<DayCount>,
}

/// Counts of one UTC day.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct DayCount {
    /// `YYYY-MM-DD`.
    day: String,
    views: i64,
    visitors: i64,
    downloads: i64,
    bots: i64,
}

impl From<ShareDay> for DayCount {
    fn from(d: ShareDay) -> Self {
        DayCount {
            day: d.day,
            views: d.views,
            visitors: d.visitors,
            downloads: d.downloads,
            bots: d.bots,
        }
    }
}

impl From<ShareRow> for Share {
    fn from(row: ShareRow) -> Self {
        Share {
            state: ShareState::of(&row),
            role: LinkRole::of(&row.role),
            protected: row.password_hash.is_some(),
            id: row.id,
            resume_id: row.resume_id,
            tailoring_id: row.tailoring_id,
            label: row.label,
            download: row.download,
            expires_at: row
                .expires_at
                .and_then(|ms| Timestamp::from_millisecond(ms).ok())
                .map(|t| t.to_string()),
            revoked_at: row.revoked_at,
            created_at: row.created_at,
            views: row.views,
            visitors: row.visitors,
            downloads: row.downloads,
            bots: row.bots,
            last_viewed: row.last_viewed,
        }
    }
}

/// Which links.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Of {
    /// Only those of this résumé.
    resume_id: Option<String>,
}

/// The routes of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(create_share))
        .routes(routes!(list_shares))
        .routes(routes!(show_share, update_share, revoke_share))
}

fn label(text: &str) -> Result<&str, ApiError> {
    let text = text.trim();
    match text.chars().count() <= LABEL && !text.contains(char::is_control) {
        true => Ok(text),
        false => Err(ApiError::BadRequest(format!(
            "a label is one line of at most {LABEL} characters"
        ))),
    }
}

fn end(text: &str) -> Result<i64, ApiError> {
    let end: Timestamp = text
        .parse()
        .map_err(|_| ApiError::BadRequest("expires_at is no RFC 3339 time: 2030-12-31T23:59:59Z".into()))?;
    match end > Timestamp::now() {
        true => Ok(end.as_millisecond()),
        false => Err(ApiError::BadRequest("expires_at lies in the past".into())),
    }
}

async fn hashed(app: &App, password: &str) -> Result<String, ApiError> {
    if !PASSWORD.contains(&password.chars().count()) {
        let (least, most) = (PASSWORD.start(), PASSWORD.end());
        return Err(ApiError::BadRequest(format!(
            "a password has {least} to {most} characters"
        )));
    }
    let password = password.to_owned();
    app.work(move || sharing::hash_password(&password)).await?
}

/// What a link shows: the résumé, or the tailoring if the evidence gate lets it pass.
async fn shown(
    app: &App,
    workspace: &str,
    resume_id: &str,
    tailoring_id: Option<&str>,
) -> Result<bespoke_core::resume::Resume, ApiError> {
    match tailoring_id {
        None => content(&app.store.resume(workspace, resume_id).await?),
        Some(id) => {
            let row = app.store.tailoring(workspace, id).await?;
            if row.resume_id != resume_id {
                return Err(ApiError::NotFound("this tailoring"));
            }
            passed(app, row).await
        }
    }
}

/// Makes a link that shows a résumé, or one of its tailorings, as it is now. Later changes do not show until the link is
/// refreshed.
#[utoipa::path(post, path = "/resumes/{id}/shares", tag = "shares", params(("id" = String, Path)), request_body = ShareRequest, responses((status = 201, body = NewLink), (status = 400, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn create_share(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
    Json(new): Json<ShareRequest>,
) -> Result<(StatusCode, Json<NewLink>), ApiError> {
    let label = label(&new.label)?;
    let expires_at = new.expires_at.as_deref().map(end).transpose()?;
    let (template, own) = look(&app, &workspace.id, new.template.as_deref()).await?;
    let style = match &new.style {
        Some(style) => own.overlaid(&style.to_string())?,
        None => own,
    };
    let resume = shown(&app, &workspace.id, &id, new.tailoring_id.as_deref()).await?;
    let password_hash = match &new.password {
        Some(password) => Some(hashed(&app, password).await?),
        None => None,
    };
    let content = serde_json::to_string(&Shown {
        resume,
        tailored: new.tailoring_id.is_some(),
        template: template.name().to_owned(),
        style,
    })?;
    let secret = sharing::new_secret();
    let kept = NewShare {
        resume_id: &id,
        tailoring_id: new.tailoring_id.as_deref(),
        label,
        content: &content,
        role: new.role.name(),
        password_hash: password_hash.as_deref(),
        download: new.download,
        expires_at,
    };
    let row = app.store.create_share(&workspace.id, &secret, kept).await?;
    let link = NewLink {
        path: format!("/s/{secret}"),
        share: row.into(),
    };
    Ok((StatusCode::CREATED, Json(link)))
}

/// All links of the workspace, or of one résumé, newest first.
#[utoipa::path(get, path = "/shares", tag = "shares", params(Of, Page), responses((status = 200, body = [Share]), (status = 400, body = Problem)))]
async fn list_shares(
    Guest(workspace): Guest,
    State(app): State<App>,
    Query(of): Query<Of>,
    Query(part): Query<Page>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, ApiError> {
    let rows = app.store.shares(&workspace.id, of.resume_id.as_deref()).await?;
    let list: Vec<Share> = rows.into_iter().map(Share::from).collect();
    page(list, |s| &s.id, &part, &uri)
}

/// One link with its counts by day.
#[utoipa::path(get, path = "/shares/{id}", tag = "shares", params(("id" = String, Path)), responses((status = 200, body = ShareDetail), (status = 404, body = Problem)))]
async fn show_share(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<ShareDetail>, ApiError> {
    let row = app.store.share(&workspace.id, &id).await?;
    let days = app.store.share_days(&row.id).await?;
    Ok(Json(ShareDetail {
        share: row.into(),
        days: days.into_iter().map(DayCount::from).collect(),
    }))
}

/// Changes a link that is not revoked: label, password, expiry, download; or shows what the résumé says now.
#[utoipa::path(patch, path = "/shares/{id}", tag = "shares", params(("id" = String, Path)), request_body = ShareUpdate, responses((status = 200, body = Share), (status = 400, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn update_share(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
    Json(change): Json<ShareUpdate>,
) -> Result<Json<Share>, ApiError> {
    let row = app.store.share(&workspace.id, &id).await?;
    let content = match change.refresh {
        false => None,
        true => {
            let before = app.store.share_content(&workspace.id, &id).await?;
            let mut now: Shown = serde_json::from_str(&before)?;
            if now.tailored && row.tailoring_id.is_none() {
                return Err(ApiError::NotFound("the tailoring that this link shows"));
            }
            now.resume = shown(&app, &workspace.id, &row.resume_id, row.tailoring_id.as_deref()).await?;
            Some(serde_json::to_string(&now)?)
        }
    };
    let password_hash = match &change.password {
        None => None,
        Some(None) => Some(None),
        Some(Some(password)) => Some(Some(hashed(&app, password).await?)),
    };
    let expires_at = match &change.expires_at {
        None => None,
        Some(None) => Some(None),
        Some(Some(text)) => Some(Some(end(text)?)),
    };
    let change = ShareChange {
        label: change.label.as_deref().map(label).transpose()?,
        content: content.as_deref(),
        role: change.role.map(LinkRole::name),
        password_hash: password_hash.as_ref().map(Option::as_deref),
        download: change.download,
        expires_at,
    };
    Ok(Json(app.store.change_share(&workspace.id, &id, change).await?.into()))
}

/// Ends a link at once and erases what it showed; it stays in the list with its counts. Once more takes it off the list.
#[utoipa::path(delete, path = "/shares/{id}", tag = "shares", params(("id" = String, Path)), responses((status = 204), (status = 404, body = Problem)))]
async fn revoke_share(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    app.store.revoke_share(&workspace.id, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
