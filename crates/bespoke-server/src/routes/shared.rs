//! What a share link shows to whoever holds it: a page without any script, files where they are allowed, comments where
//! reviewers may write them. A link that is wrong, expired or revoked gives one and the same page.

use super::comments;
use super::download;
use super::shares::ShareState;
use crate::access::{Right, Role, may};
use crate::address;
use crate::counting::{Event, note};
use crate::error::ApiError;
use crate::sharing::{self, Shown};
use crate::state::{App, Guest, cookie};
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use bespoke_render::{ExportFormat, Frame, Renderer, Template};
use bespoke_store::{CommentRow, NewComment, Opening, ShareRow};
use serde::Deserialize;
use std::convert::Infallible;
use std::net::IpAddr;

/// Name of the cookie of somebody who gave the password.
const UNLOCK: &str = "bespoke_share";
const CSS: &str = include_str!("shared/page.css");
const NOTICE: &str = include_str!("shared/notice.html");
const COMMENTS: &str = include_str!("shared/comments.html");
const LOCKED: &str = include_str!("shared/locked.html");

/// The pages; they stand outside the API.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/s/{secret}", get(show_shared).post(unlock_shared))
        .route("/s/{secret}/comments", post(comment_shared))
        .route("/s/{secret}/{file}", get(download_shared))
}

/// Who opens a link.
struct Visitor {
    address: Option<IpAddr>,
    user_agent: String,
    /// A program, or a browser that only loads ahead.
    program: bool,
    /// The workspace of this browser.
    workspace: Option<String>,
    headers: HeaderMap,
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let guest = Guest::from_request_parts(parts, app).await.ok();
        let text = |name: &str| {
            parts
                .headers
                .get(name)
                .and_then(|v| v.to_str().ok())
                .unwrap_or_default()
        };
        let user_agent = text("user-agent").to_owned();
        let ahead = text("sec-purpose").contains("prefetch") || text("purpose") == "prefetch";
        Ok(Visitor {
            address: address::client(&parts.extensions, &parts.headers, app.settings.trust_proxy),
            program: ahead || parts.method == Method::HEAD || sharing::is_program(&user_agent),
            user_agent,
            workspace: guest.map(|Guest(workspace)| workspace.id),
            headers: parts.headers.clone(),
        })
    }
}

impl Visitor {
    fn owns(&self, share: &ShareRow) -> bool {
        self.workspace.as_ref() == Some(&share.workspace_id)
    }

    fn may_see(&self, secret: &str, share: &ShareRow) -> bool {
        match &share.password_hash {
            None => true,
            Some(hash) => {
                self.owns(share) || cookie(&self.headers, UNLOCK) == Some(&sharing::unlock_value(secret, hash))
            }
        }
    }
}

/// An open link with what it shows; nothing where it is wrong, expired or revoked.
async fn opened(app: &App, secret: &str) -> Result<Option<(ShareRow, String)>, ApiError> {
    Ok(match app.store.opened_share(secret).await? {
        Some((row, Some(content))) if ShareState::of(&row) == ShareState::Open => Some((row, content)),
        _ => None,
    })
}

/// Counts an opening; a page is shown even where counting fails.
async fn count(app: &App, share: &ShareRow, visitor: &Visitor, file: Option<ExportFormat>) {
    if visitor.owns(share) {
        return;
    }
    let day = sharing::today();
    let hash = app
        .visits
        .visitor(&day, &share.id, visitor.address, &visitor.user_agent);
    let opening = match (visitor.program, file) {
        (true, _) => Opening::Bot,
        (false, Some(_)) => Opening::Download,
        (false, None) => Opening::View(&hash),
    };
    if let Err(error) = app.store.count_opening(&share.id, &day, opening).await {
        tracing::error!(%error, "an opening of a link could not be counted");
    }
    match (visitor.program, file) {
        (true, _) => {}
        (false, Some(format)) => note(app, &share.workspace_id, Event::Download, format.extension()).await,
        (false, None) => note(app, &share.workspace_id, Event::ShareView, "").await,
    }
}

async fn show_shared(
    State(app): State<App>,
    Path(secret): Path<String>,
    visitor: Visitor,
) -> Result<Response, ApiError> {
    let Some((share, content)) = opened(&app, &secret).await? else {
        return Ok(closed());
    };
    if !visitor.may_see(&secret, &share) {
        return Ok(locked(StatusCode::OK, ""));
    }
    count(&app, &share, &visitor, None).await;
    let shown: Shown = serde_json::from_str(&content)?;
    let nonce = sharing::new_secret();
    let mut frame = frame(&secret, &share, &shown, &nonce, visitor.owns(&share));
    if may(Role::of(&share.role), Right::ReadComments) {
        let rows = app
            .store
            .comments(&share.workspace_id, &share.resume_id, Some(&share.id))
            .await?;
        frame.after.insert_str(0, &comments_of(&secret, &rows, name_of(&shown)));
    }
    // Quick, so it does not wait for a core as the heavy work does.
    let html = tokio::task::spawn_blocking(move || Renderer::new().page(&shown.resume, &shown.style, &frame))
        .await
        .map_err(|e| ApiError::Engine(e.to_string()))??;
    Ok(page(StatusCode::OK, html, &nonce))
}

/// The form of a protected link.
#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    password: String,
}

async fn unlock_shared(
    State(app): State<App>,
    Path(secret): Path<String>,
    Form(Typed { password }): Form<Typed>,
) -> Result<Response, ApiError> {
    let found = opened(&app, &secret).await?;
    let share = found.as_ref().map(|(share, _)| share);
    if let Some(seconds) = share.and_then(|s| app.visits.barred(&s.id)) {
        let text = "Too many wrong passwords were tried. Wait some minutes, then try again.";
        let mut response = locked(StatusCode::TOO_MANY_REQUESTS, text);
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        return Ok(response);
    }
    let hash = share.and_then(|s| s.password_hash.clone());
    let right = {
        let hash = hash.clone();
        app.work(move || sharing::is_password(hash.as_deref(), &password))
            .await?
    };
    let Some(share) = share else { return Ok(closed()) };
    let to_page = [(header::LOCATION, format!("/s/{secret}"))];
    match hash {
        None => Ok((StatusCode::SEE_OTHER, to_page).into_response()),
        Some(hash) if right => {
            let value = sharing::unlock_value(&secret, &hash);
            let set = format!("{UNLOCK}={value}; HttpOnly; SameSite=Lax; Path=/s/{secret}; Max-Age=43200");
            Ok((StatusCode::SEE_OTHER, to_page, [(header::SET_COOKIE, set)]).into_response())
        }
        Some(_) => {
            app.visits.count_wrong(&share.id);
            let text = "That is not the password. Look at capital letters, and ask who sent you the link.";
            Ok(locked(StatusCode::FORBIDDEN, text))
        }
    }
}

/// A comment of a reviewer.
#[derive(Deserialize)]
struct Written {
    #[serde(default)]
    author: String,
    #[serde(default)]
    body: String,
}

async fn comment_shared(
    State(app): State<App>,
    Path(secret): Path<String>,
    visitor: Visitor,
    Form(written): Form<Written>,
) -> Result<Response, ApiError> {
    let Some((share, _)) = opened(&app, &secret).await? else {
        return Ok(closed());
    };
    if !visitor.may_see(&secret, &share) {
        return Ok(locked(StatusCode::FORBIDDEN, ""));
    }
    if !may(Role::of(&share.role), Right::Comment) {
        return Ok(closed());
    }
    let back = format!("<p><a href=\"/s/{secret}#comments\">Back to the résumé</a></p>");
    let refused = |status, text: &str| notice(status, "Not written", &format!("<h1>{text}</h1>{back}"));
    let (author, body) = match (comments::name_of_author(&written.author), comments::body(&written.body)) {
        (Ok(author), Ok(body)) => (author, body),
        (Err(error), _) | (_, Err(error)) => return Ok(refused(StatusCode::BAD_REQUEST, &escape(&error.to_string()))),
    };
    if !app.visits.may_write(&share.id) {
        let text = "Many comments came at once: wait some minutes";
        return Ok(refused(StatusCode::TOO_MANY_REQUESTS, text));
    }
    let new = NewComment {
        resume_id: &share.resume_id,
        share_id: Some(&share.id),
        by_owner: visitor.owns(&share),
        author_id: None,
        author: &author,
        body: &body,
    };
    match app.store.create_comment(&share.workspace_id, new).await? {
        Some(_) => {
            let to = [(header::LOCATION, format!("/s/{secret}#comments"))];
            Ok((StatusCode::SEE_OTHER, to).into_response())
        }
        None => Ok(refused(
            StatusCode::BAD_REQUEST,
            "There are as many comments as there may be",
        )),
    }
}

/// The comments below a résumé, and the form for another.
fn comments_of(secret: &str, rows: &[CommentRow], owner: &str) -> String {
    let one = |row: &CommentRow| {
        let author = match (row.by_owner, row.author.as_str()) {
            (true, "") => owner,
            (false, "") => "Somebody",
            (_, name) => name,
        };
        let (day, settled) = (
            row.created_at.get(..10).unwrap_or_default(),
            if row.resolved { " · settled" } else { "" },
        );
        format!(
            "<li><p class=\"by\"><b>{}</b> <small>{day}{settled}</small></p><p>{}</p></li>",
            escape(author),
            escape(&row.body).replace('\n', "<br>")
        )
    };
    let list: String = rows.iter().map(one).collect();
    COMMENTS.replace("{secret}", secret).replace("{list}", &list)
}

async fn download_shared(
    State(app): State<App>,
    Path((secret, file)): Path<(String, String)>,
    visitor: Visitor,
) -> Result<Response, ApiError> {
    let Some((share, content)) = opened(&app, &secret).await? else {
        return Ok(closed());
    };
    if !visitor.may_see(&secret, &share) {
        return Ok(locked(StatusCode::OK, ""));
    }
    let format = file
        .strip_prefix("resume.")
        .and_then(|extension| extension.parse::<ExportFormat>().ok());
    let Some(format) = format.filter(|_| share.download) else {
        return Ok(closed());
    };
    count(&app, &share, &visitor, Some(format)).await;
    let shown: Shown = serde_json::from_str(&content)?;
    let name = shown
        .resume
        .contact
        .name
        .as_ref()
        .map(|n| n.value.clone())
        .unwrap_or_default();
    let template = Template::by_name(&shown.template).or_else(|_| Template::by_name(Template::DEFAULT))?;
    let bytes = app
        .work(move || Renderer::new().render(&shown.resume, &template, &shown.style, format))
        .await??;
    let name = format!("{name} resume.{}", format.extension());
    let mut response = download(bytes, format.media_type(), &name);
    hide(&mut response);
    Ok(response)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn name_of(shown: &Shown) -> &str {
    shown
        .resume
        .contact
        .name
        .as_ref()
        .map_or("Résumé", |n| n.value.as_str())
}

/// What stands around the résumé.
fn frame(secret: &str, share: &ShareRow, shown: &Shown, nonce: &str, own: bool) -> Frame {
    let name = shown
        .resume
        .contact
        .name
        .as_ref()
        .map_or("Résumé", |n| n.value.as_str());
    let files = match share.download {
        true => format!(
            "<nav aria-label=\"Downloads\"><a class=\"main\" href=\"/s/{secret}/resume.pdf\" download>Download PDF</a><a href=\"/s/{secret}/resume.docx\" download>Word</a></nav>"
        ),
        false => String::new(),
    };
    let own = match own {
        true => "<p class=\"own\" role=\"note\">This is what visitors see. Your own visits are not counted.</p>",
        false => "",
    };
    let until = share
        .expires_at
        .and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok())
        .map(|end| end.strftime("It can be seen until %-d %B %Y, %H:%M UTC. ").to_string())
        .unwrap_or_default();
    Frame {
        nonce: nonce.to_owned(),
        css: CSS.to_owned(),
        before: format!(
            "<div class=\"bar\"><span class=\"who\"><b>{}</b> <span>shared this résumé with you</span></span>{files}</div>{own}",
            escape(name)
        ),
        after: format!(
            "<aside class=\"about\">{until}Shared with Bespoke. This page is hidden from search engines and sets no trackers.</aside>"
        ),
    }
}

/// Keeps an answer out of search engines and caches.
fn hide(response: &mut Response) {
    for (name, value) in [
        ("x-robots-tag", "noindex, nofollow, noarchive"),
        ("cache-control", "private, no-store"),
        // The form needs the origin; no other site ever learns the address.
        ("referrer-policy", "same-origin"),
    ] {
        response
            .headers_mut()
            .insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
}

/// A page whose only style carries `nonce`.
fn page(status: StatusCode, html: String, nonce: &str) -> Response {
    let policy = format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    let kind = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    let mut response = (status, kind, html).into_response();
    hide(&mut response);
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn notice(status: StatusCode, title: &str, body: &str) -> Response {
    let nonce = sharing::new_secret();
    let html = NOTICE
        .replace("{title}", title)
        .replace("{nonce}", &nonce)
        .replace("{css}", CSS)
        .replace("{body}", body);
    page(status, html, &nonce)
}

/// The page of every link that shows nothing.
fn closed() -> Response {
    let body = "<h1>There is nothing to see here</h1><p>This link may have expired, been withdrawn, or been copied only in part.</p><p>Ask the person who sent it to you for a new one.</p>";
    notice(StatusCode::NOT_FOUND, "Nothing to see", body)
}

fn locked(status: StatusCode, complaint: &str) -> Response {
    let complaint = match complaint {
        "" => String::new(),
        text => format!("<p class=\"bad\" role=\"alert\" id=\"wrong\">{text}</p>"),
    };
    notice(status, "A password, please", &LOCKED.replace("{complaint}", &complaint))
}
