//! Passkeys: made, listed and removed by somebody who is signed in; used to sign in by anybody.

use super::account::{confirm, leaves_a_door};
use super::auth::{Client, start, try_once};
use crate::auth::SignedIn;
use crate::auth::flow::{self, Flow, LIVES};
use crate::auth::passkey::{self, ALGORITHMS, Ceremony, PasskeyFault, PublicKey, Site};
use crate::error::{ApiError, Problem};
use crate::state::App;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bespoke_store::PasskeyRow;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Most characters of a name.
const NAME: usize = 60;
/// Most passkeys of an account.
const MOST: usize = 20;

/// A passkey.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Passkey {
    /// UUID.
    id: String,
    /// What you call it.
    name: String,
    /// RFC 3339, UTC.
    created_at: String,
    /// RFC 3339, UTC.
    last_used_at: Option<String>,
}

impl From<PasskeyRow> for Passkey {
    fn from(row: PasskeyRow) -> Self {
        Passkey {
            id: row.id,
            name: row.name,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
        }
    }
}

/// What is kept of a credential.
#[derive(Serialize, Deserialize)]
struct Credential {
    /// Base64url.
    id: String,
    key: PublicKey,
}

/// What to give the browser (`PublicKeyCredential.parseCreationOptionsFromJSON`, `parseRequestOptionsFromJSON`).
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PasskeyOptions {
    /// The options as WebAuthn names them.
    #[serde(rename = "publicKey")]
    #[schema(value_type = Object)]
    public_key: serde_json::Value,
}

/// What the browser gives of a new passkey (`credential.toJSON()`).
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewPasskey {
    /// What you call it, at most 60 characters.
    name: String,
    /// Base64url: `response.clientDataJSON`.
    client_data: String,
    /// Base64url: `response.attestationObject`.
    attestation: String,
}

/// What the browser gives when a passkey is used.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct UsedPasskey {
    /// Base64url: `id`.
    id: String,
    /// Base64url: `response.clientDataJSON`.
    client_data: String,
    /// Base64url: `response.authenticatorData`.
    authenticator_data: String,
    /// Base64url: `response.signature`.
    signature: String,
    /// Base64url: `response.userHandle`.
    user_handle: Option<String>,
}

/// The routes of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_passkeys, add_passkey))
        .routes(routes!(ask_new_passkey))
        .routes(routes!(delete_passkey))
        .routes(routes!(ask_passkey))
        .routes(routes!(sign_in_with_passkey))
}

fn site(app: &App) -> Site {
    Site::of(app.auth.config.public_url.as_deref())
}

/// What the authenticator knows the account by: its random id, no address.
fn handle(workspace: &str) -> String {
    URL_SAFE_NO_PAD.encode(workspace)
}

fn options(public_key: serde_json::Value) -> Response {
    (
        [(header::CACHE_CONTROL, "no-store")],
        Json(PasskeyOptions { public_key }),
    )
        .into_response()
}

/// What a browser needs to make a passkey for this account; good for ten minutes, once.
#[utoipa::path(post, path = "/account/passkeys/options", tag = "account", request_body = super::account::Confirmation, responses((status = 200, body = PasskeyOptions), (status = 401, body = Problem), (status = 429, body = Problem)))]
async fn ask_new_passkey(
    me: SignedIn,
    State(app): State<App>,
    Json(given): Json<super::account::Confirmation>,
) -> Result<Response, ApiError> {
    let account = confirm(&app, &me, given.into_password()).await?;
    let known = app.store.passkeys(&me.workspace.id).await?;
    let mut excluded = Vec::new();
    for row in &known {
        let kept: Credential = serde_json::from_str(&row.content)?;
        excluded.push(json!({ "type": "public-key", "id": kept.id }));
    }
    let flow = Flow::NewPasskey {
        workspace: me.workspace.id.clone(),
    };
    let site = site(&app);
    let email = account.email.trim();
    Ok(options(json!({
        "challenge": flow::keep(&app, &flow).await?,
        "rp": { "id": site.id, "name": "Bespoke" },
        "user": { "id": handle(&me.workspace.id), "name": email, "displayName": email },
        "pubKeyCredParams": ALGORITHMS.map(|alg| json!({ "type": "public-key", "alg": alg })),
        "excludeCredentials": excluded,
        "authenticatorSelection": { "residentKey": "required", "requireResidentKey": true, "userVerification": "required" },
        "attestation": "none",
        "timeout": LIVES * 1000,
    })))
}

/// Keeps a passkey that the browser has made.
#[utoipa::path(post, path = "/account/passkeys", tag = "account", request_body = NewPasskey, responses((status = 201, body = Passkey), (status = 400, body = Problem), (status = 401, body = Problem), (status = 409, body = Problem)))]
async fn add_passkey(
    me: SignedIn,
    State(app): State<App>,
    Json(new): Json<NewPasskey>,
) -> Result<(StatusCode, Json<Passkey>), ApiError> {
    let name = new.name.trim();
    if name.is_empty() || name.chars().count() > NAME || name.contains(char::is_control) {
        return Err(ApiError::BadRequest(format!(
            "a passkey has a name of at most {NAME} characters"
        )));
    }
    let site = site(&app);
    let client_data = passkey::decode(&new.client_data)?;
    let challenge = passkey::challenge(&client_data, Ceremony::Create, &site)?;
    match flow::take(&app, &challenge).await? {
        Some(Flow::NewPasskey { workspace }) if workspace == me.workspace.id => {}
        _ => return Err(PasskeyFault::Challenge.into()),
    }
    if app.store.passkeys(&me.workspace.id).await?.len() >= MOST {
        return Err(ApiError::BadRequest(format!("an account has at most {MOST} passkeys")));
    }
    let made = passkey::made(&passkey::decode(&new.attestation)?, &site)?;
    let content = serde_json::to_string(&Credential {
        id: made.id.clone(),
        key: made.key,
    })?;
    let row = app
        .store
        .add_passkey(&me.workspace.id, &made.id, name, &content, made.counter)
        .await?;
    Ok((StatusCode::CREATED, Json(row.into())))
}

/// The passkeys of the account.
#[utoipa::path(get, path = "/account/passkeys", tag = "account", responses((status = 200, body = [Passkey]), (status = 401, body = Problem)))]
async fn list_passkeys(me: SignedIn, State(app): State<App>) -> Result<Json<Vec<Passkey>>, ApiError> {
    let rows = app.store.passkeys(&me.workspace.id).await?;
    Ok(Json(rows.into_iter().map(Passkey::from).collect()))
}

/// Lets a passkey open the account no more. The last way in cannot be taken away.
#[utoipa::path(delete, path = "/account/passkeys/{id}", tag = "account", params(("id" = String, Path)), responses((status = 204), (status = 401, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn delete_passkey(me: SignedIn, State(app): State<App>, Path(id): Path<String>) -> Result<StatusCode, ApiError> {
    leaves_a_door(&app, &me.workspace.id, &id).await?;
    app.store.delete_passkey(&me.workspace.id, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What a browser needs to sign in with a passkey; good for ten minutes, once.
#[utoipa::path(post, path = "/auth/passkey/options", tag = "auth", responses((status = 200, body = PasskeyOptions), (status = 429, body = Problem)))]
async fn ask_passkey(State(app): State<App>, client: Client) -> Result<Response, ApiError> {
    try_once(&app.auth, &client.door)?;
    Ok(options(json!({
        "challenge": flow::keep(&app, &Flow::Passkey).await?,
        "rpId": site(&app).id,
        "allowCredentials": [],
        "userVerification": "required",
        "timeout": LIVES * 1000,
    })))
}

/// Signs in with a passkey. As the device has verified the person, no code of a second factor is asked for.
#[utoipa::path(post, path = "/auth/passkey", tag = "auth", request_body = UsedPasskey, responses((status = 200, body = super::auth::SessionToken), (status = 401, body = Problem), (status = 429, body = Problem)))]
async fn sign_in_with_passkey(
    State(app): State<App>,
    client: Client,
    Json(given): Json<UsedPasskey>,
) -> Result<Response, ApiError> {
    try_once(&app.auth, &client.door)?;
    let site = site(&app);
    let client_data = passkey::decode(&given.client_data)?;
    let challenge = passkey::challenge(&client_data, Ceremony::Get, &site)?;
    let Some(Flow::Passkey) = flow::take(&app, &challenge).await? else {
        return Err(PasskeyFault::Challenge.into());
    };
    let row = app.store.passkey(given.id.trim_end_matches('=')).await?;
    let row = row.ok_or(PasskeyFault::Unknown)?;
    // A passkey that the device finds by itself must name its account (WebAuthn level 3, 7.2, step 6).
    let named = given.user_handle.as_deref().map(|h| h.trim_end_matches('='));
    if named != Some(handle(&row.workspace_id).as_str()) {
        return Err(PasskeyFault::Unknown.into());
    }
    let kept: Credential = serde_json::from_str(&row.content)?;
    let authenticator = passkey::decode(&given.authenticator_data)?;
    let signature = passkey::decode(&given.signature)?;
    let counter = passkey::used(&kept.key, &client_data, &authenticator, &signature, &site)?;
    if !app.store.use_passkey(&row.id, counter).await? {
        tracing::warn!("the counter of a passkey did not grow: there may be a copy of it");
        return Err(PasskeyFault::Copied.into());
    }
    app.auth.limits.give_back(&client.door);
    start(&app, &client, &row.workspace_id, StatusCode::OK).await
}
