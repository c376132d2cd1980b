//! The account itself: who it is, its password, second factor and sessions; taking everything away, deleting it all.

use super::auth::{clear, try_once};
use crate::auth::cookies::Cookie;
use crate::auth::limits::Who;
use crate::auth::{Caller, SignedIn, password, totp};
use crate::error::{ApiError, Problem};
use crate::state::{App, Guest};
use crate::takeout;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use bespoke_store::crypto::{CryptoError, random};
use bespoke_store::{AccountRow, Receipt, StoreError};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// How many recovery codes a second factor has.
const RECOVERY_CODES: usize = 10;
/// Seconds after signing in in which an account without a password needs nothing more for what asks for one.
const FRESH: i64 = 600;

/// Whose workspace this is.
#[derive(Debug, Clone, Copy, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AccountKind {
    /// Somebody without an account, in this browser only.
    Guest,
    /// An account.
    Account,
}

/// Who is here.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct AccountDetail {
    kind: AccountKind,
    /// UUID.
    workspace_id: String,
    email: Option<String>,
    /// True once the person has proved that the address is theirs.
    email_verified: bool,
    /// False where the account was made through a provider and has no password yet.
    has_password: bool,
    /// True where signing in asks for a code too.
    second_factor: bool,
    /// Recovery codes that are left.
    recovery_codes: i64,
    /// RFC 3339, UTC.
    password_changed_at: Option<String>,
    /// What was agreed to.
    consents: Vec<ConsentDetail>,
    /// RFC 3339, UTC.
    created_at: String,
}

/// That the person agreed to something.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ConsentDetail {
    /// `terms`.
    document: String,
    version: String,
    /// RFC 3339, UTC.
    given_at: String,
}

/// A browser that is signed in.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SessionDetail {
    id: String,
    /// `Firefox on Linux`.
    device: String,
    /// True for the browser that asks.
    present: bool,
    /// RFC 3339, UTC.
    created_at: String,
    /// When it was last refreshed; RFC 3339, UTC.
    last_seen_at: String,
}

/// A new password.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct PasswordChange {
    /// Left out where the account has none yet.
    #[serde(default)]
    present: String,
    /// 10 characters or more.
    new: String,
}

/// The password once more, before something that cannot be taken back.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct Confirmation {
    /// Left out where the account has none: then it must have been signed in to within the last ten minutes.
    #[serde(default)]
    password: String,
}

impl Confirmation {
    /// What was typed.
    pub fn into_password(self) -> String {
        self.password
    }
}

/// A second factor to add to an authenticator app.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct NewSecondFactor {
    /// To type in, in base32.
    secret: String,
    /// To show as a QR code.
    uri: String,
}

/// A code that the app shows.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct Code {
    code: String,
}

impl Code {
    /// What was typed.
    pub fn code(&self) -> &str {
        &self.code
    }
}

/// What lets the person in when the app is lost; shown once.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RecoveryCodes {
    recovery_codes: Vec<String>,
}

/// Asks for everything to be deleted.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct Deletion {
    /// Needed for an account; a guest has none.
    password: Option<String>,
}

/// What was deleted.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct DeletionReceipt {
    /// UUID.
    id: String,
    /// RFC 3339, UTC.
    deleted_at: String,
    /// Entries by kind, the key among them.
    removed: BTreeMap<String, i64>,
}

impl From<Receipt> for DeletionReceipt {
    fn from(receipt: Receipt) -> Self {
        DeletionReceipt {
            id: receipt.id,
            deleted_at: receipt.deleted_at,
            removed: receipt.removed,
        }
    }
}

/// The routes of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(show_account, delete_account))
        .routes(routes!(export_account))
        .routes(routes!(change_password))
        .routes(routes!(list_sessions, end_other_sessions))
        .routes(routes!(end_session))
        .routes(routes!(add_second_factor, remove_second_factor))
        .routes(routes!(confirm_second_factor))
}

/// Who is here: a guest or an account.
#[utoipa::path(get, path = "/account", tag = "account", responses((status = 200, body = AccountDetail), (status = 401, body = Problem)))]
async fn show_account(caller: Caller, State(app): State<App>) -> Result<Json<AccountDetail>, ApiError> {
    let workspace = caller.workspace();
    let account = app.store.account(&workspace.id).await?;
    let consents = app.store.consents(&workspace.id).await?;
    let consents = consents.into_iter().map(|c| ConsentDetail {
        document: c.document,
        version: c.version,
        given_at: c.given_at,
    });
    Ok(Json(AccountDetail {
        kind: account.as_ref().map_or(AccountKind::Guest, |_| AccountKind::Account),
        workspace_id: workspace.id.clone(),
        email: account.as_ref().map(|a| a.email.clone()),
        email_verified: account.as_ref().is_some_and(|a| a.email_verified_at.is_some()),
        has_password: account.as_ref().is_some_and(|a| a.password_hash().is_some()),
        second_factor: account.as_ref().is_some_and(|a| a.totp_confirmed),
        recovery_codes: account.as_ref().map_or(0, |a| a.recovery_codes),
        password_changed_at: account.map(|a| a.password_changed_at),
        consents: consents.collect(),
        created_at: workspace.created_at.clone(),
    }))
}

/// Lets pass who knows the password, few tries; where the account has none, who signed in within [`FRESH`].
pub async fn confirm(app: &App, me: &SignedIn, given: String) -> Result<AccountRow, ApiError> {
    let workspace = &me.workspace.id;
    let account = app.store.account(workspace).await?.ok_or(ApiError::NotSignedIn)?;
    let Some(hash) = account.password_hash().map(str::to_owned) else {
        let sessions = app.store.sessions(workspace).await?;
        let own = sessions.into_iter().find(|session| session.id == me.session);
        let since = own.and_then(|session| session.created_at.parse::<jiff::Timestamp>().ok());
        let fresh = since.is_some_and(|since| jiff::Timestamp::now().as_second() - since.as_second() < FRESH);
        return fresh.then_some(account).ok_or(ApiError::SignInAgain);
    };
    let who = Who::Account(workspace.as_bytes().to_vec());
    try_once(&app.auth, &who)?;
    if !app.auth.is(given, Some(hash)).await? {
        return Err(ApiError::BadCredentials);
    }
    app.auth.limits.give_back(&who);
    Ok(account)
}

/// Refuses to take the last way into an account away: without the identity or passkey `id` there must be another.
pub async fn leaves_a_door(app: &App, workspace: &str, id: &str) -> Result<(), ApiError> {
    let account = app.store.account(workspace).await?.ok_or(ApiError::NotSignedIn)?;
    if account.password_hash().is_some() {
        return Ok(());
    }
    let identities = app.store.identities(workspace).await?;
    let passkeys = app.store.passkeys(workspace).await?;
    let mut doors = identities.iter().map(|i| &i.id).chain(passkeys.iter().map(|p| &p.id));
    match doors.any(|door| door != id) {
        true => Ok(()),
        false => Err(ApiError::LastDoor),
    }
}

/// Changes the password and ends every other session.
#[utoipa::path(post, path = "/account/password", tag = "account", request_body = PasswordChange, responses((status = 204), (status = 401, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem)))]
async fn change_password(
    me: SignedIn,
    State(app): State<App>,
    Json(change): Json<PasswordChange>,
) -> Result<StatusCode, ApiError> {
    let account = confirm(&app, &me, change.present).await?;
    let breached = app.auth.config.breached_passwords.as_deref();
    if let Some(fault) = password::fault(&change.new, &account.email, breached) {
        return Err(ApiError::Password(fault));
    }
    let hash = app.auth.hash(change.new).await?;
    app.store
        .set_password(&me.workspace.id, &hash, Some(&me.session))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The browsers that are signed in, the latest first.
#[utoipa::path(get, path = "/account/sessions", tag = "account", responses((status = 200, body = [SessionDetail]), (status = 401, body = Problem)))]
async fn list_sessions(me: SignedIn, State(app): State<App>) -> Result<Json<Vec<SessionDetail>>, ApiError> {
    let rows = app.store.sessions(&me.workspace.id).await?;
    let detail = |row: bespoke_store::SessionRow| SessionDetail {
        present: row.id == me.session,
        id: row.id,
        device: row.device,
        created_at: row.created_at,
        last_seen_at: row.last_seen_at,
    };
    Ok(Json(rows.into_iter().map(detail).collect()))
}

/// Ends every session but this one.
#[utoipa::path(delete, path = "/account/sessions", tag = "account", responses((status = 204), (status = 401, body = Problem)))]
async fn end_other_sessions(me: SignedIn, State(app): State<App>) -> Result<StatusCode, ApiError> {
    app.store.end_other_sessions(&me.workspace.id, &me.session).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends a session; its browser is out at once.
#[utoipa::path(delete, path = "/account/sessions/{id}", tag = "account", params(("id" = String, Path)), responses((status = 204), (status = 401, body = Problem), (status = 404, body = Problem)))]
async fn end_session(me: SignedIn, State(app): State<App>, Path(id): Path<String>) -> Result<StatusCode, ApiError> {
    app.store.end_session(&me.workspace.id, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Makes a second factor, which counts once a code of it is confirmed. The present one ends with it.
#[utoipa::path(post, path = "/account/second-factor", tag = "account", request_body = Confirmation, responses((status = 200, body = NewSecondFactor), (status = 401, body = Problem), (status = 429, body = Problem)))]
async fn add_second_factor(
    me: SignedIn,
    State(app): State<App>,
    Json(given): Json<Confirmation>,
) -> Result<Response, ApiError> {
    let account = confirm(&app, &me, given.password).await?;
    let secret = random::<{ totp::SECRET }>().map_err(StoreError::from)?;
    app.store.set_totp(&me.workspace.id, Some(&secret)).await?;
    let made = NewSecondFactor {
        secret: totp::base32(&secret),
        uri: totp::uri(&secret, account.email.trim()),
    };
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(made)).into_response())
}

/// Confirms the second factor with a code that the app shows: from now on signing in asks for one.
#[utoipa::path(post, path = "/account/second-factor/confirm", tag = "account", request_body = Code, responses((status = 200, body = RecoveryCodes), (status = 401, body = Problem), (status = 404, body = Problem), (status = 429, body = Problem)))]
async fn confirm_second_factor(
    me: SignedIn,
    State(app): State<App>,
    Json(given): Json<Code>,
) -> Result<Response, ApiError> {
    let id = &me.workspace.id;
    let account = app.store.account(id).await?.ok_or(ApiError::NotSignedIn)?;
    let secret = account.totp.filter(|_| !account.totp_confirmed);
    let secret = secret.ok_or(ApiError::NotFound("a second factor to confirm"))?;
    try_once(&app.auth, &Who::Account(id.as_bytes().to_vec()))?;
    let step = totp::step_of(&secret, &given.code, jiff::Timestamp::now().as_second()).ok_or(ApiError::BadCode)?;
    if !app.store.use_totp_step(id, step).await? {
        return Err(ApiError::BadCode);
    }
    let codes = (0..RECOVERY_CODES)
        .map(|_| recovery_code())
        .collect::<Result<Vec<_>, _>>();
    let recovery_codes = codes.map_err(StoreError::from)?;
    app.store.confirm_totp(id, &recovery_codes).await?;
    Ok((
        [(header::CACHE_CONTROL, "no-store")],
        Json(RecoveryCodes { recovery_codes }),
    )
        .into_response())
}

/// 80 random bits as four groups of four letters.
fn recovery_code() -> Result<String, CryptoError> {
    let text = totp::base32(&random::<10>()?);
    let groups: Vec<&str> = (0..4).filter_map(|at| text.get(at * 4..at * 4 + 4)).collect();
    Ok(groups.join("-"))
}

/// Takes the second factor away.
#[utoipa::path(delete, path = "/account/second-factor", tag = "account", request_body = Confirmation, responses((status = 204), (status = 401, body = Problem), (status = 429, body = Problem)))]
async fn remove_second_factor(
    me: SignedIn,
    State(app): State<App>,
    Json(given): Json<Confirmation>,
) -> Result<StatusCode, ApiError> {
    confirm(&app, &me, given.password).await?;
    app.store.set_totp(&me.workspace.id, None).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Everything that is kept of the person (or of the team that the request names, for its owners), as a ZIP: JSON, the files as they were uploaded, certificates of exports.
#[utoipa::path(get, path = "/account/export", tag = "account", responses((status = 200, content_type = "application/zip"), (status = 401, body = Problem)))]
async fn export_account(Guest(workspace): Guest, State(app): State<App>) -> Result<Response, ApiError> {
    let bytes = takeout::pack(&app.store, &workspace.id).await?;
    Ok(super::download(bytes, "application/zip", "bespoke.zip"))
}

/// Deletes the person with everything: key, résumés, files, tailorings, exports, shares, sessions, tokens. It cannot be
/// taken back. An account confirms with its password; API tokens cannot. It leaves its teams; one that nobody else is in goes
/// with it, one that nobody else owns must have another owner first.
#[utoipa::path(delete, path = "/account", tag = "account", request_body = Deletion, responses((status = 200, body = DeletionReceipt), (status = 401, body = Problem), (status = 403, body = Problem), (status = 409, body = Problem), (status = 429, body = Problem)))]
async fn delete_account(
    caller: Caller,
    State(app): State<App>,
    Json(given): Json<Deletion>,
) -> Result<Response, ApiError> {
    let id = &caller.workspace().id;
    match &caller {
        Caller::Guest(_) => {}
        Caller::SignedIn { workspace, session } => {
            let me = SignedIn {
                workspace: workspace.clone(),
                session: session.clone(),
            };
            confirm(&app, &me, given.password.unwrap_or_default()).await?;
        }
        Caller::Script { .. } => return Err(ApiError::Scope),
    }
    let held_up = app.store.teams_held_up_by(id).await?;
    if let Some(team) = held_up.into_iter().next() {
        return Err(ApiError::HoldsUp(team.name));
    }
    let receipt = app.store.delete_person(id).await?;
    app.live.members_changed();
    let mut response = Json(DeletionReceipt::from(receipt)).into_response();
    let https = app.auth.config.https();
    clear(&mut response, https);
    if let Caller::Guest(_) = caller {
        Cookie::Guest.set(response.headers_mut(), None, https);
    }
    Ok(response)
}
