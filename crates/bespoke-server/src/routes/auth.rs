//! Signing up, in and out.

use crate::address;
use crate::auth::cookies::Cookie;
use crate::auth::flow::{self, Flow};
use crate::auth::limits::Who;
use crate::auth::passkey::Site;
use crate::auth::{Auth, Caller, SignedIn, password, totp};
use crate::error::{ApiError, Problem};
use crate::mail::Letter;
use crate::state::App;
use axum::Json;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bespoke_store::{AccountRow, Refresh, normal_email};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::net::{IpAddr, Ipv4Addr};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Version of the terms on `/privacy` that a new account agrees to.
pub const TERMS: &str = "2026-11-29";
/// Longest e-mail address (RFC 5321, 4.5.3.1.3).
const LONGEST_EMAIL: usize = 254;

/// A new account.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewAccount {
    email: String,
    /// 10 characters or more.
    password: String,
    /// The version of the terms that the person has read and agrees to: `terms` of `GET /auth`.
    consent: String,
}

/// Who wants in.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct Credentials {
    email: String,
    password: String,
    /// A code of the second factor or a recovery code, where the account has one (problem `second-factor` asks for it).
    code: Option<String>,
}

/// A session was started or refreshed; a browser has its cookies from the same answer.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SessionToken {
    /// JWT for `Authorization: Bearer`; browsers need not keep it.
    access_token: String,
    /// `Bearer`.
    token_type: &'static str,
    /// Seconds until the access token ends.
    expires_in: i64,
    /// The workspace, whose id is the account's.
    workspace_id: String,
}

/// How this server lets people in.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Doors {
    /// Version of the terms to agree to.
    terms: String,
    /// Fewest characters of a password.
    password_length: usize,
    /// True where the server can send e-mail: addresses are verified, forgotten passwords set anew.
    mail: bool,
    /// The host that passkeys are for: elsewhere browsers refuse them.
    passkeys: String,
}

/// The routes of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(show_doors))
        .routes(routes!(sign_up))
        .routes(routes!(sign_in))
        .routes(routes!(finish_sign_in))
        .routes(routes!(refresh_session))
        .routes(routes!(sign_out))
}

/// What the request itself says of its client.
pub struct Client {
    /// Where it comes from, for limits.
    pub door: Who,
    device: String,
    /// Whether its cookies are secure.
    pub https: bool,
    /// Its head.
    pub parts: Parts,
}

impl FromRequestParts<App> for Client {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let address = address::client(&parts.extensions, &parts.headers, app.settings.trust_proxy);
        Ok(Client {
            door: Who::Address(address.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST))),
            device: device(&parts.headers),
            https: app.auth.config.https(),
            parts: parts.clone(),
        })
    }
}

/// What the person will know a browser by: `Firefox on Linux`.
fn device(headers: &HeaderMap) -> String {
    let said = headers
        .get(header::USER_AGENT)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    let find = |names: &[(&str, &'static str)]| {
        names
            .iter()
            .find(|(part, _)| said.contains(part))
            .map(|(_, name)| *name)
    };
    let browser = find(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = find(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        _ if said.is_empty() => "Unknown browser".into(),
        _ => said.chars().filter(|c| !c.is_control()).take(60).collect(),
    }
}

/// Something before and after one `@`, nothing that a header or a page could trip over.
pub fn is_email(text: &str) -> bool {
    let text = text.trim();
    let Some((name, host)) = text.rsplit_once('@') else {
        return false;
    };
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[],;:\\\"".contains(c);
    text.len() <= LONGEST_EMAIL
        && !name.is_empty()
        && !name.contains('@')
        && text.chars().all(plain)
        && host.split('.').count() > 1
        && host.split('.').all(|part| !part.is_empty() && !part.starts_with('-'))
}

pub fn of_account(email: &str) -> Who {
    Who::Account(Sha256::digest(normal_email(email).as_bytes()).to_vec())
}

/// Takes one try of a bucket.
pub fn try_once(auth: &Auth, who: &Who) -> Result<(), ApiError> {
    auth.limits.take(who.clone()).map_err(ApiError::TooMany)
}

/// Starts a session and sets its cookies.
pub async fn start(app: &App, client: &Client, workspace: &str, status: StatusCode) -> Result<Response, ApiError> {
    let (session, refresh) = app.store.start_session(workspace, &client.device).await?;
    answer(app, client, workspace, &session, &refresh, status).await
}

/// [`start`] for an answer that says something else.
pub async fn issue(app: &App, client: &Client, workspace: &str, headers: &mut HeaderMap) -> Result<(), ApiError> {
    let (session, refresh) = app.store.start_session(workspace, &client.device).await?;
    set_tokens(app, client, workspace, &session, &refresh, headers).await?;
    Ok(())
}

/// Sets the cookies of a session; its access token.
async fn set_tokens(
    app: &App,
    client: &Client,
    workspace: &str,
    session: &str,
    refresh: &str,
    headers: &mut HeaderMap,
) -> Result<String, ApiError> {
    let access = app.auth.access_token(&app.store, workspace, session).await?;
    Cookie::Access.set(headers, Some(&access), client.https);
    Cookie::Refresh.set(headers, Some(refresh), client.https);
    // The guest workspace, where it became the account, opens no more; another one is back after signing out.
    if let Some(token) = Cookie::Guest.of(&client.parts, client.https)
        && app.store.workspace(token).await?.is_none()
    {
        Cookie::Guest.set(headers, None, client.https);
    }
    Ok(access)
}

async fn answer(
    app: &App,
    client: &Client,
    workspace: &str,
    session: &str,
    refresh: &str,
    status: StatusCode,
) -> Result<Response, ApiError> {
    let mut headers = HeaderMap::new();
    let access_token = set_tokens(app, client, workspace, session, refresh, &mut headers).await?;
    let body = SessionToken {
        access_token,
        token_type: "Bearer",
        expires_in: Cookie::Access.seconds(),
        workspace_id: workspace.to_owned(),
    };
    let mut response = (status, [(header::CACHE_CONTROL, "no-store")], Json(body)).into_response();
    response.headers_mut().extend(headers);
    Ok(response)
}

/// Takes the cookies of a session away.
pub fn clear(response: &mut Response, https: bool) {
    for cookie in [Cookie::Access, Cookie::Refresh] {
        cookie.set(response.headers_mut(), None, https);
    }
}

/// What a page must know before it asks somebody to sign up or in.
#[utoipa::path(get, path = "/auth", tag = "auth", responses((status = 200, body = Doors)))]
async fn show_doors(State(app): State<App>) -> Json<Doors> {
    Json(Doors {
        terms: TERMS.into(),
        password_length: password::SHORTEST,
        mail: app.auth.mailer.is_some(),
        passkeys: Site::of(app.auth.config.public_url.as_deref()).id,
    })
}

/// Makes an account and signs in. The guest workspace of this browser becomes the account and keeps all that is in it.
#[utoipa::path(post, path = "/auth/sign-up", tag = "auth", request_body = NewAccount, responses((status = 201, body = SessionToken), (status = 409, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem)))]
async fn sign_up(
    State(app): State<App>,
    mut client: Client,
    Json(new): Json<NewAccount>,
) -> Result<Response, ApiError> {
    try_once(&app.auth, &client.door)?;
    if !is_email(&new.email) {
        return Err(ApiError::Email);
    }
    if new.consent != TERMS {
        return Err(ApiError::Consent(TERMS));
    }
    let breached = app.auth.config.breached_passwords.as_deref();
    if let Some(fault) = password::fault(&new.password, new.email.trim(), breached) {
        return Err(ApiError::Password(fault));
    }
    let workspace = match Caller::from_request_parts(&mut client.parts, &app).await {
        Ok(Caller::Guest(workspace)) => Some(workspace.id),
        Ok(Caller::SignedIn { .. } | Caller::Script { .. }) => return Err(ApiError::HasAccount),
        Err(ApiError::NoWorkspace | ApiError::SessionExpired | ApiError::BadToken) => None,
        Err(error) => return Err(error),
    };
    if app.store.account_by_email(&new.email).await?.is_some() {
        return Err(ApiError::EmailTaken);
    }
    let hash = app.auth.hash(new.password).await?;
    let workspace = match workspace {
        Some(id) => id,
        None => app.store.create_workspace().await?.0.id,
    };
    app.store.create_account(&workspace, &new.email, &hash, TERMS).await?;
    if let (Some(_), Ok(link)) = (&app.auth.mailer, super::mail::verify_link(&app, &workspace).await) {
        super::mail::post(
            &app,
            new.email,
            Letter::Verify { link },
            super::mail::tongue(&client.parts.headers),
        );
    }
    start(&app, &client, &workspace, StatusCode::CREATED).await
}

/// Signs in. The guest workspace of this browser stays as it is and is back after signing out.
#[utoipa::path(post, path = "/auth/sign-in", tag = "auth", request_body = Credentials, responses((status = 200, body = SessionToken), (status = 401, body = Problem), (status = 429, body = Problem)))]
async fn sign_in(State(app): State<App>, client: Client, Json(given): Json<Credentials>) -> Result<Response, ApiError> {
    try_once(&app.auth, &client.door)?;
    let who = of_account(&given.email);
    try_once(&app.auth, &who)?;
    let account = app.store.account_by_email(&given.email).await?;
    let hash = account.as_ref().and_then(|a| a.password_hash()).map(str::to_owned);
    let right = app.auth.is(given.password, hash).await?;
    let Some(account) = account.filter(|_| right) else {
        return Err(ApiError::BadCredentials);
    };
    if account.totp_confirmed {
        second_factor(&app, &account, given.code.as_deref()).await?;
    }
    app.auth.limits.give_back(&who);
    app.auth.limits.give_back(&client.door);
    start(&app, &client, &account.workspace_id, StatusCode::OK).await
}

/// The second step of signing in through a provider, where the account has a second factor (`/settings?door=second-factor`).
#[utoipa::path(post, path = "/auth/second-factor", tag = "auth", request_body = super::account::Code, responses((status = 200, body = SessionToken), (status = 401, body = Problem), (status = 429, body = Problem)))]
async fn finish_sign_in(
    State(app): State<App>,
    client: Client,
    Json(given): Json<super::account::Code>,
) -> Result<Response, ApiError> {
    try_once(&app.auth, &client.door)?;
    let secret = Cookie::Flow.of(&client.parts, client.https).ok_or(ApiError::NoFlow)?;
    let Some(Flow::SecondFactor { workspace }) = flow::take(&app, secret).await? else {
        return Err(ApiError::NoFlow);
    };
    let passed = match app.store.account(&workspace).await? {
        Some(account) => {
            let who = of_account(&account.email);
            match try_once(&app.auth, &who) {
                Ok(()) => second_factor(&app, &account, Some(given.code())).await,
                Err(limited) => Err(limited),
            }
        }
        None => return Err(ApiError::NoFlow),
    };
    if let Err(error) = passed {
        // The step is taken; another one waits for another code.
        let next = flow::keep(&app, &Flow::SecondFactor { workspace }).await?;
        let mut response = error.into_response();
        Cookie::Flow.set(response.headers_mut(), Some(&next), client.https);
        return Ok(response);
    }
    let mut response = start(&app, &client, &workspace, StatusCode::OK).await?;
    Cookie::Flow.set(response.headers_mut(), None, client.https);
    Ok(response)
}

/// Lets pass who shows a fresh code of the second factor, or a recovery code.
async fn second_factor(app: &App, account: &AccountRow, code: Option<&str>) -> Result<(), ApiError> {
    let code = code
        .map(str::trim)
        .filter(|c| !c.is_empty())
        .ok_or(ApiError::SecondFactor)?;
    let secret = account.totp.as_deref().unwrap_or_default();
    let id = &account.workspace_id;
    let passes = match totp::step_of(secret, code, jiff::Timestamp::now().as_second()) {
        Some(step) => app.store.use_totp_step(id, step).await?,
        None => app.store.use_recovery_code(id, &code.to_uppercase()).await?,
    };
    if passes { Ok(()) } else { Err(ApiError::BadCode) }
}

/// Exchanges the refresh cookie for the next one and a new access token. Works once for each cookie: one that comes
/// twice ends the session, as somebody else has a copy. Pages take turns (one call at a time for all tabs).
#[utoipa::path(post, path = "/auth/refresh", tag = "auth", responses((status = 200, body = SessionToken), (status = 401, body = Problem)))]
async fn refresh_session(State(app): State<App>, client: Client) -> Result<Response, ApiError> {
    let refused = || {
        let mut response = ApiError::NotSignedIn.into_response();
        clear(&mut response, client.https);
        response
    };
    let Some(token) = Cookie::Refresh.of(&client.parts, client.https) else {
        return Ok(refused());
    };
    match app.store.refresh_session(token).await? {
        Refresh::Renewed {
            session,
            workspace,
            token,
        } => answer(&app, &client, &workspace, &session, &token, StatusCode::OK).await,
        Refresh::Reused => {
            tracing::warn!("a refresh token came twice: its session is ended");
            Ok(refused())
        }
        Refresh::Unknown => Ok(refused()),
    }
}

/// Ends the session of this browser and takes its cookies away.
#[utoipa::path(post, path = "/auth/sign-out", tag = "auth", responses((status = 204)))]
async fn sign_out(State(app): State<App>, client: Client, request: Request) -> Result<Response, ApiError> {
    let (mut parts, _) = request.into_parts();
    if let Ok(SignedIn { workspace, session }) = SignedIn::from_request_parts(&mut parts, &app).await {
        match app.store.end_session(&workspace.id, &session).await {
            Ok(()) | Err(bespoke_store::StoreError::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
    } else if let Some(token) = Cookie::Refresh.of(&client.parts, client.https)
        && let Refresh::Renewed { session, workspace, .. } = app.store.refresh_session(token).await?
    {
        // The access token has ended, the session has not.
        app.store.end_session(&workspace, &session).await?;
    }
    let mut response = StatusCode::NO_CONTENT.into_response();
    clear(&mut response, client.https);
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_judged() {
        for good in [
            "ada@example.org",
            " Ada.Example+x@mail.example.co.uk ",
            "ünï@exämple.org",
        ] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "",
            "ada",
            "@example.org",
            "ada@",
            "ada@example",
            "a@b@example.org",
            "a b@example.org",
            "ada@example..org",
            "ada@example.org\r\nBcc: x@example.org",
            "<ada@example.org>",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn browsers_are_named() {
        let named = |text: &'static str| device(&HeaderMap::from_iter([(header::USER_AGENT, text.parse().unwrap())]));
        assert_eq!(
            named("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"),
            "Firefox on Linux"
        );
        assert_eq!(
            named(
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1"
            ),
            "Safari on iPhone"
        );
        assert_eq!(
            named("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"),
            "Edge on Windows"
        );
        assert_eq!(named("curl/8.0"), "curl/8.0");
        assert_eq!(device(&HeaderMap::new()), "Unknown browser");
    }
}
