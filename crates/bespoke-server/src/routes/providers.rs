//! Signing in with an account elsewhere, and letting it open the account here.
//!
//! Two accounts are never joined because their addresses are equal, verified or not: a provider that lets people claim
//! foreign addresses, or somebody who made an account here with a foreign address, would get in. Who has an account
//! here signs in as before and links the other one in the settings.

use super::account::confirm;
use super::auth::{Client, TERMS, issue, try_once};
use crate::auth::cookies::Cookie;
use crate::auth::flow::{self, Flow, Purpose};
use crate::auth::providers::{ProviderConfig, Question, Vouched};
use crate::auth::{Caller, SignedIn};
use crate::error::{ApiError, Problem};
use crate::state::App;
use axum::Json;
use axum::extract::{FromRequestParts, Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bespoke_store::StoreError;
use bespoke_store::crypto::new_secret;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Somewhere else that people may sign in with.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Provider {
    /// In its addresses: `google`.
    id: String,
    /// What people read: `Google`.
    name: String,
}

/// An account elsewhere that opens this one.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Identity {
    /// UUID.
    id: String,
    /// Id of the provider.
    provider: String,
    /// The address that the provider gave; empty where it gave none.
    email: String,
    /// RFC 3339, UTC.
    created_at: String,
    /// RFC 3339, UTC.
    last_used_at: String,
}

/// Which account elsewhere is to open this one.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewIdentity {
    /// Id of the provider.
    provider: String,
    /// The password, where the account has one; else it must have been signed in to within the last ten minutes.
    #[serde(default)]
    password: String,
}

/// Where the browser goes next.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Onward {
    /// An address of the provider.
    location: String,
}

/// How a sign-in begins.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Begin {
    /// The version of the terms that the person agrees to, should this make an account: `terms` of `GET /auth`.
    consent: Option<String>,
}

/// What a provider sends back.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Back {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
    /// Who answers (RFC 9207).
    iss: Option<String>,
}

/// The routes of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_providers))
        .routes(routes!(begin_at_provider))
        .routes(routes!(return_from_provider))
        .routes(routes!(list_identities, link_identity))
        .routes(routes!(unlink_identity))
}

fn configured<'a>(app: &'a App, id: &str) -> Result<&'a ProviderConfig, ApiError> {
    app.auth.providers.get(id).ok_or(ApiError::NotFound("this provider"))
}

/// The address that a provider sends people back to; it must be known there.
fn back(app: &App, provider: &ProviderConfig) -> Result<String, ApiError> {
    let url = app.auth.config.public_url.as_deref();
    let url = url.ok_or(ApiError::NotFound("a public address"))?;
    Ok(format!("{url}/api/v1/auth/providers/{}/callback", provider.id))
}

/// Remembers the question and says where to go with it.
async fn ask(app: &App, provider: &ProviderConfig, purpose: Purpose) -> Result<(String, String), ApiError> {
    let secret = || new_secret().map_err(StoreError::from);
    let question = Question {
        state: secret()?,
        nonce: secret()?,
        verifier: secret()?,
    };
    let door = app
        .auth
        .providers
        .door(provider, &question, &back(app, provider)?)
        .await?;
    let flow = Flow::Provider {
        provider: provider.id.clone(),
        question,
        purpose,
    };
    Ok((door, flow::keep(app, &flow).await?))
}

/// Sends a browser on.
fn to(location: &str) -> Response {
    let location = HeaderValue::from_str(location).unwrap_or(HeaderValue::from_static("/"));
    let head = [
        (header::LOCATION, location),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (StatusCode::SEE_OTHER, head).into_response()
}

/// The providers that people may sign in with.
#[utoipa::path(get, path = "/auth/providers", tag = "auth", responses((status = 200, body = [Provider])))]
async fn list_providers(State(app): State<App>) -> Json<Vec<Provider>> {
    let all = app.auth.providers.all().iter();
    let shown = all.map(|provider| Provider {
        id: provider.id.clone(),
        name: provider.name.clone(),
    });
    Json(shown.collect())
}

/// Sends the browser to a provider to sign in. It comes back to `/callback`, signed in or with a reason in the address of
/// the settings (`/settings?door=…`). Only pages of this site may send it.
#[utoipa::path(get, path = "/auth/providers/{provider}/start", tag = "auth", params(("provider" = String, Path), Begin), responses((status = 303), (status = 403, body = Problem), (status = 404, body = Problem), (status = 429, body = Problem), (status = 502, body = Problem)))]
async fn begin_at_provider(
    State(app): State<App>,
    mut client: Client,
    Path(id): Path<String>,
    Query(begin): Query<Begin>,
) -> Result<Response, ApiError> {
    // Else another site could sign somebody in without their doing.
    let site = client.parts.headers.get("sec-fetch-site");
    if site.is_some_and(|site| !matches!(site.as_bytes(), b"same-origin" | b"none")) {
        return Err(ApiError::ForeignOrigin);
    }
    try_once(&app.auth, &client.door)?;
    let provider = configured(&app, &id)?;
    let guest = match Caller::from_request_parts(&mut client.parts, &app).await {
        Ok(Caller::Guest(workspace)) => Some(workspace.id),
        Ok(Caller::SignedIn { .. } | Caller::Script { .. }) => return Err(ApiError::HasAccount),
        Err(ApiError::NoWorkspace | ApiError::SessionExpired | ApiError::BadToken) => None,
        Err(error) => return Err(error),
    };
    let consents = begin.consent.as_deref() == Some(TERMS);
    let (door, secret) = ask(&app, provider, Purpose::SignIn { guest, consents }).await?;
    let mut response = to(&door);
    Cookie::Flow.set(response.headers_mut(), Some(&secret), client.https);
    Ok(response)
}

/// Where a provider sends people back to. Whatever happens, the browser is sent on to a page.
#[utoipa::path(get, path = "/auth/providers/{provider}/callback", tag = "auth", params(("provider" = String, Path), Back), responses((status = 303), (status = 404, body = Problem)))]
async fn return_from_provider(
    State(app): State<App>,
    client: Client,
    Path(id): Path<String>,
    Query(came): Query<Back>,
) -> Result<Response, ApiError> {
    // As often as somebody was sent there, and no more: each answer is taken once.
    let provider = configured(&app, &id)?;
    match arrive(&app, &client, provider, &came).await {
        Ok(Arrived::SignedIn(workspace)) => {
            let mut response = to("/");
            let headers = response.headers_mut();
            issue(&app, &client, &workspace, headers).await?;
            Cookie::Flow.set(headers, None, client.https);
            Ok(response)
        }
        Ok(Arrived::Halfway(secret)) => {
            let mut response = to("/settings?door=second-factor");
            Cookie::Flow.set(response.headers_mut(), Some(&secret), client.https);
            Ok(response)
        }
        Ok(Arrived::Linked) => Ok(leave("linked", client.https)),
        Err(error) => {
            let code = error.problem().code;
            tracing::warn!(code, %error, provider = provider.id, "nobody came in through a provider");
            Ok(leave(&code, client.https))
        }
    }
}

/// Sends the browser to the settings, which say what became of it.
fn leave(what: &str, https: bool) -> Response {
    let mut response = to(&format!("/settings?door={what}"));
    Cookie::Flow.set(response.headers_mut(), None, https);
    response
}

/// What became of somebody who came back.
enum Arrived {
    /// They are in this account; it may be a new one.
    SignedIn(String),
    /// A code of the second factor is waited for, under this secret.
    Halfway(String),
    /// The account there opens the one here from now on.
    Linked,
}

async fn arrive(app: &App, client: &Client, provider: &ProviderConfig, came: &Back) -> Result<Arrived, ApiError> {
    let secret = Cookie::Flow.of(&client.parts, client.https).ok_or(ApiError::NoFlow)?;
    let (question, purpose) = match flow::take(app, secret).await? {
        Some(Flow::Provider {
            provider: asked,
            question,
            purpose,
        }) if asked == provider.id => (question, purpose),
        _ => return Err(ApiError::NoFlow),
    };
    if came.state.as_deref() != Some(question.state.as_str()) {
        return Err(ApiError::NoFlow);
    }
    let code = match (&came.error, &came.code) {
        (None, Some(code)) => code,
        _ => return Err(ApiError::ProviderRefused),
    };
    let back = back(app, provider)?;
    let providers = &app.auth.providers;
    let vouched = providers
        .vouched(provider, &question, &back, code, came.iss.as_deref())
        .await?;
    match purpose {
        Purpose::SignIn { guest, consents } => sign_in(app, provider, &vouched, guest, consents).await,
        Purpose::Link { workspace, session } => {
            let lives = app.store.session_workspace(&workspace, &session).await?;
            lives.ok_or(ApiError::NotSignedIn)?;
            link(app, provider, &vouched, &workspace).await?;
            Ok(Arrived::Linked)
        }
    }
}

async fn link(app: &App, provider: &ProviderConfig, vouched: &Vouched, workspace: &str) -> Result<(), ApiError> {
    let who = (vouched.issuer.as_str(), vouched.subject.as_str());
    let email = vouched.email.as_deref().unwrap_or_default();
    Ok(app.store.add_identity(workspace, &provider.id, who, email).await?)
}

async fn sign_in(
    app: &App,
    provider: &ProviderConfig,
    vouched: &Vouched,
    guest: Option<String>,
    consents: bool,
) -> Result<Arrived, ApiError> {
    let known = app.store.account_by_identity(&vouched.issuer, &vouched.subject).await?;
    if let Some(workspace) = known {
        let account = app.store.account(&workspace).await?.ok_or(ApiError::NotSignedIn)?;
        if account.totp_confirmed {
            let flow = Flow::SecondFactor { workspace };
            return Ok(Arrived::Halfway(flow::keep(app, &flow).await?));
        }
        return Ok(Arrived::SignedIn(workspace));
    }
    // An address that is not proved could be another person's.
    let email = vouched.email.as_deref().filter(|email| super::auth::is_email(email));
    let email = email.ok_or(ApiError::ProviderEmail)?;
    if app.store.account_by_email(email).await?.is_some() {
        return Err(ApiError::EmailTaken);
    }
    if !consents {
        return Err(ApiError::Consent(TERMS));
    }
    let workspace = match guest {
        Some(id) => id,
        None => app.store.create_workspace().await?.0.id,
    };
    let who = (vouched.issuer.as_str(), vouched.subject.as_str());
    app.store
        .create_account_by_identity(&workspace, &provider.id, who, email, TERMS)
        .await?;
    Ok(Arrived::SignedIn(workspace))
}

/// The accounts elsewhere that open this one.
#[utoipa::path(get, path = "/account/identities", tag = "account", responses((status = 200, body = [Identity]), (status = 401, body = Problem)))]
async fn list_identities(me: SignedIn, State(app): State<App>) -> Result<Json<Vec<Identity>>, ApiError> {
    let rows = app.store.identities(&me.workspace.id).await?.into_iter();
    let shown = rows.map(|row| Identity {
        id: row.id,
        provider: row.provider,
        email: row.email,
        created_at: row.created_at,
        last_used_at: row.last_used_at,
    });
    Ok(Json(shown.collect()))
}

/// Begins to let an account elsewhere open this one: send the browser to `location`. It comes back to
/// `/settings?door=linked`, or with the code of a problem.
#[utoipa::path(post, path = "/account/identities", tag = "account", request_body = NewIdentity, responses((status = 200, body = Onward), (status = 401, body = Problem), (status = 404, body = Problem), (status = 429, body = Problem), (status = 502, body = Problem)))]
async fn link_identity(
    me: SignedIn,
    State(app): State<App>,
    Json(new): Json<NewIdentity>,
) -> Result<Response, ApiError> {
    confirm(&app, &me, new.password).await?;
    let provider = configured(&app, &new.provider)?;
    let purpose = Purpose::Link {
        workspace: me.workspace.id,
        session: me.session,
    };
    let (location, secret) = ask(&app, provider, purpose).await?;
    let mut response = ([(header::CACHE_CONTROL, "no-store")], Json(Onward { location })).into_response();
    Cookie::Flow.set(response.headers_mut(), Some(&secret), app.auth.config.https());
    Ok(response)
}

/// Lets an account elsewhere open this one no more. The last way in cannot be taken away.
#[utoipa::path(delete, path = "/account/identities/{id}", tag = "account", params(("id" = String, Path)), responses((status = 204), (status = 401, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn unlink_identity(me: SignedIn, State(app): State<App>, Path(id): Path<String>) -> Result<StatusCode, ApiError> {
    super::account::leaves_a_door(&app, &me.workspace.id, &id).await?;
    app.store.delete_identity(&me.workspace.id, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
