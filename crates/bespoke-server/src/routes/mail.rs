//! What needs e-mail: proving an address, a forgotten password, another address, a link to a résumé by message. Where no
//! mail server is configured, `no-mail` says so.

use super::account::confirm;
use super::auth::{Client, is_email, of_account, try_once};
use crate::auth::limits::Who;
use crate::auth::{Caller, SignedIn, password};
use crate::error::{ApiError, Problem};
use crate::gate::Access;
use crate::mail::{Letter, Mailer, ShareMessage, Tongue};
use crate::sharing::Shown;
use crate::state::App;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use bespoke_core::job::JobPosting;
use bespoke_core::resume::Text;
use bespoke_store::{AccountRow, Mailed, StoreError, normal_email};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// How long a link to prove an address is good, in milliseconds: two days.
const VERIFY_MS: i64 = 2 * 24 * 3600 * 1000;
/// How long a link to set a new password is good, in milliseconds: one hour.
const RESET_MS: i64 = 3600 * 1000;
/// Most characters that a person adds to a message.
const NOTE: usize = 2000;

/// Whose password was forgotten.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct Forgotten {
    email: String,
}

/// A new password for whoever has the link of the message.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct Reset {
    /// From the link.
    token: String,
    /// 10 characters or more.
    password: String,
}

/// The secret of a link in a message.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct MailedToken {
    token: String,
}

/// Another address.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewAddress {
    email: String,
    /// The password; left out where the account has none.
    #[serde(default)]
    password: String,
}

/// What a message may say of the résumé.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SharedFact {
    /// The name on the résumé; also the subject.
    Name,
    /// The professional headline.
    Title,
    /// Title and company of the job that it was tailored to.
    Job,
    /// The day on which the link ends.
    Until,
}

/// A link to send.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct ShareMail {
    /// `path` of the answer that made the link.
    path: String,
    /// To whom.
    to: String,
    /// What the message says of the résumé.
    #[serde(default)]
    include: Vec<SharedFact>,
    /// What you add, at most 2000 characters.
    #[serde(default)]
    note: String,
    /// Whether answers go to your own address, which the message then shows.
    #[serde(default)]
    reply: bool,
}

/// The routes of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(ask_reset))
        .routes(routes!(reset_password))
        .routes(routes!(ask_verification))
        .routes(routes!(verify_address))
        .routes(routes!(change_address))
        .routes(routes!(confirm_address))
        .routes(routes!(mail_share))
}

/// The language that a message should speak.
pub fn tongue(headers: &HeaderMap) -> Tongue {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
    Tongue::of(accepted.unwrap_or_default())
}

fn mailer(app: &App) -> Result<&Mailer, ApiError> {
    app.auth.mailer.as_ref().ok_or(ApiError::NoMail)
}

/// An address of this server. Never made from what a request says of its host: a stranger could send links that lead to
/// a page of theirs.
pub fn link(app: &App, path: &str) -> Result<String, ApiError> {
    let url = app.auth.config.public_url.as_deref().ok_or(ApiError::NoMail)?;
    Ok(format!("{url}{path}"))
}

/// The link that proves the address of an account. What follows `#` reaches no log and no other server.
pub async fn verify_link(app: &App, workspace: &str) -> Result<String, ApiError> {
    let token = app.store.mail_token(workspace, Mailed::Verify, VERIFY_MS).await?;
    link(app, &format!("/mailed/verify#{token}"))
}

/// Sends without being waited for, so that how long an answer takes says nothing.
pub fn post(app: &App, to: String, letter: Letter, tongue: Tongue) {
    let Some(mailer) = app.auth.mailer.clone() else { return };
    tokio::spawn(async move {
        if let Err(error) = mailer.send(&to, None, &letter, tongue).await {
            tracing::error!(%error, "a message was not sent");
        }
    });
}

/// Who sends a message to somebody else: somebody with an account whose address is proved.
pub struct Sender<'a> {
    /// Sends it.
    pub mailer: &'a Mailer,
    /// Whose message it is.
    pub account: AccountRow,
    workspace: &'a str,
}

impl<'a> Sender<'a> {
    /// The caller as a sender.
    ///
    /// # Errors
    /// Not signed in, or the address is not proved; no mail server is configured; the store fails.
    pub async fn of(app: &'a App, caller: &'a Caller) -> Result<Sender<'a>, ApiError> {
        let Caller::SignedIn { workspace, .. } = caller else {
            return Err(ApiError::NotSignedIn);
        };
        let mailer = mailer(app)?;
        let account = app.store.account(&workspace.id).await?.ok_or(ApiError::NotSignedIn)?;
        match account.email_verified_at {
            None => Err(ApiError::Unverified),
            Some(_) => Ok(Sender {
                mailer,
                account,
                workspace: &workspace.id,
            }),
        }
    }

    /// Counts a message to be sent: five at once, then one every ten minutes.
    ///
    /// # Errors
    /// Too many.
    pub fn count(&self, app: &App) -> Result<(), ApiError> {
        try_once(&app.auth, &Who::Mail(self.workspace.as_bytes().to_vec()))
    }
}

fn of_address(email: &str) -> Who {
    Who::Mail(Sha256::digest(normal_email(email).as_bytes()).to_vec())
}

/// Sends a message with a link to set a new password, where there is an account with this address. Always 202: the
/// answer says nothing of who has an account.
#[utoipa::path(post, path = "/auth/forgotten", tag = "auth", request_body = Forgotten, responses((status = 202), (status = 409, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem)))]
async fn ask_reset(
    State(app): State<App>,
    client: Client,
    Json(given): Json<Forgotten>,
) -> Result<StatusCode, ApiError> {
    mailer(&app)?;
    try_once(&app.auth, &client.door)?;
    if !is_email(&given.email) {
        return Err(ApiError::Email);
    }
    try_once(&app.auth, &of_address(&given.email))?;
    let tongue = tongue(&client.parts.headers);
    tokio::spawn(async move {
        let sent = async {
            let Some(account) = app.store.account_by_email(&given.email).await? else {
                return Ok(());
            };
            let token = app
                .store
                .mail_token(&account.workspace_id, Mailed::Reset, RESET_MS)
                .await?;
            let link = link(&app, &format!("/mailed/reset#{token}"))?;
            Ok::<(), ApiError>(
                mailer(&app)?
                    .send(&account.email, None, &Letter::Reset { link }, tongue)
                    .await?,
            )
        };
        if let Err(error) = sent.await {
            tracing::error!(%error, "a message was not sent");
        }
    });
    Ok(StatusCode::ACCEPTED)
}

/// Sets a new password with the secret of a message, which works once, within one hour. Every session ends; the second
/// factor and API tokens stay.
#[utoipa::path(post, path = "/auth/reset", tag = "auth", request_body = Reset, responses((status = 204), (status = 401, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem)))]
async fn reset_password(
    State(app): State<App>,
    client: Client,
    Json(given): Json<Reset>,
) -> Result<StatusCode, ApiError> {
    mailer(&app)?;
    try_once(&app.auth, &client.door)?;
    // Judged before the secret is used up, so that a weak password costs no second message.
    let breached = app.auth.config.breached_passwords.as_deref();
    if let Some(fault) = password::fault(&given.password, "", breached) {
        return Err(ApiError::Password(fault));
    }
    let used = app.store.use_mailed_token(&given.token, Mailed::Reset).await?;
    let workspace = used.ok_or(ApiError::BadLink)?;
    let hash = app.auth.hash(given.password).await?;
    app.store.set_password(&workspace, &hash, None).await?;
    if let Some(account) = app.store.account(&workspace).await? {
        // Guesses of others no longer keep the person out.
        let who = of_account(&account.email);
        app.auth.limits.give_back(&who);
        post(
            &app,
            account.email,
            Letter::PasswordChanged,
            tongue(&client.parts.headers),
        );
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Sends a message with a link that proves the address of the account.
#[utoipa::path(post, path = "/account/verification", tag = "account", responses((status = 202), (status = 401, body = Problem), (status = 409, body = Problem), (status = 429, body = Problem)))]
async fn ask_verification(me: SignedIn, State(app): State<App>, headers: HeaderMap) -> Result<StatusCode, ApiError> {
    mailer(&app)?;
    let account = app
        .store
        .account(&me.workspace.id)
        .await?
        .ok_or(ApiError::NotSignedIn)?;
    if account.email_verified_at.is_none() {
        try_once(&app.auth, &of_address(&account.email))?;
        let link = verify_link(&app, &me.workspace.id).await?;
        post(&app, account.email, Letter::Verify { link }, tongue(&headers));
    }
    Ok(StatusCode::ACCEPTED)
}

/// Proves the address of an account with the secret of a message. Whoever has it need not be signed in.
#[utoipa::path(post, path = "/auth/verify", tag = "auth", request_body = MailedToken, responses((status = 204), (status = 401, body = Problem), (status = 429, body = Problem)))]
async fn verify_address(
    State(app): State<App>,
    client: Client,
    Json(given): Json<MailedToken>,
) -> Result<StatusCode, ApiError> {
    try_once(&app.auth, &client.door)?;
    let used = app.store.use_mailed_token(&given.token, Mailed::Verify).await?;
    used.ok_or(ApiError::BadLink)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sends a message to a new address; it becomes the one of the account when its link is opened.
#[utoipa::path(post, path = "/account/address", tag = "account", request_body = NewAddress, responses((status = 202), (status = 401, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem)))]
async fn change_address(
    me: SignedIn,
    State(app): State<App>,
    headers: HeaderMap,
    Json(new): Json<NewAddress>,
) -> Result<StatusCode, ApiError> {
    mailer(&app)?;
    if !is_email(&new.email) {
        return Err(ApiError::Email);
    }
    confirm(&app, &me, new.password).await?;
    try_once(&app.auth, &of_address(&new.email))?;
    try_once(&app.auth, &Who::Mail(me.workspace.id.as_bytes().to_vec()))?;
    let token = app.store.propose_email(&me.workspace.id, &new.email, VERIFY_MS).await?;
    let link = link(&app, &format!("/mailed/address#{token}"))?;
    post(&app, new.email, Letter::NewAddress { link }, tongue(&headers));
    Ok(StatusCode::ACCEPTED)
}

/// Makes the new address the one of the account, with the secret of the message that went there. The old one is told.
#[utoipa::path(post, path = "/auth/address", tag = "auth", request_body = MailedToken, responses((status = 204), (status = 401, body = Problem), (status = 409, body = Problem), (status = 429, body = Problem)))]
async fn confirm_address(
    State(app): State<App>,
    client: Client,
    Json(given): Json<MailedToken>,
) -> Result<StatusCode, ApiError> {
    try_once(&app.auth, &client.door)?;
    let changed = app.store.confirm_email(&given.token).await?;
    let (_, before) = changed.ok_or(ApiError::BadLink)?;
    post(&app, before, Letter::AddressChanged, tongue(&client.parts.headers));
    Ok(StatusCode::NO_CONTENT)
}

/// Sends a link by e-mail, with what you choose to say of the résumé. Needs an account whose address is proved; five at
/// once, then one every ten minutes.
#[utoipa::path(post, path = "/shares/{id}/mail", tag = "shares", params(("id" = String, Path)), request_body = ShareMail, responses((status = 204), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem), (status = 502, body = Problem)))]
async fn mail_share(
    access: Access,
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(new): Json<ShareMail>,
) -> Result<StatusCode, ApiError> {
    let of = &access.workspace.id;
    let row = app.store.share(of, &id).await?;
    // The link may be a team's; the message is somebody's own.
    let sender = Sender::of(&app, &access.caller).await?;
    if !is_email(&new.to) {
        return Err(ApiError::Email);
    }
    if new.note.chars().count() > NOTE {
        return Err(ApiError::BadRequest(format!("a note has at most {NOTE} characters")));
    }
    // Only a link of this share: the server sends no addresses of others' choice.
    let secret = new.path.strip_prefix("/s/").unwrap_or_default();
    let opened = app.store.opened_share(secret).await?;
    if opened.is_none_or(|(share, _)| share.id != row.id) {
        return Err(ApiError::NotFound("this link"));
    }
    sender.count(&app)?;
    let shown: Shown = serde_json::from_str(&app.store.share_content(of, &id).await?)?;
    let says = |fact| new.include.contains(&fact);
    let line = |text: &Option<Text>| text.as_ref().map(|t| one_line(&t.value)).filter(|t| !t.is_empty());
    let contact = &shown.resume.contact;
    let job = match &row.tailoring_id {
        Some(tailoring) if says(SharedFact::Job) => job_line(&app, of, tailoring).await?,
        _ => None,
    };
    let until = row.expires_at.and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok());
    let message = ShareMessage {
        link: link(&app, &new.path)?,
        name: line(&contact.name).filter(|_| says(SharedFact::Name)),
        title: line(&contact.label).filter(|_| says(SharedFact::Title)),
        job,
        until: until
            .filter(|_| says(SharedFact::Until))
            .map(|t| t.to_string().chars().take(10).collect()),
        protected: row.password_hash.is_some(),
        note: new.note,
    };
    let reply_to = new.reply.then_some(sender.account.email.as_str());
    sender
        .mailer
        .send(&new.to, reply_to, &Letter::Share(message), tongue(&headers))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `Engineer, Example Ltd`: the job of a tailoring, where it is named.
async fn job_line(app: &App, workspace: &str, tailoring: &str) -> Result<Option<String>, ApiError> {
    let row = match app.store.tailoring(workspace, tailoring).await {
        Ok(row) => row,
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let job: JobPosting = serde_json::from_str(&row.job)?;
    let parts = [job.title, job.company]
        .into_iter()
        .flatten()
        .map(|phrase| one_line(&phrase.text));
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    Ok((!parts.is_empty()).then(|| parts.join(", ")))
}
