//! Who makes a request: a guest with the cookie of a workspace, a browser that is signed in, or a script with an API
//! token. Whoever it is has a workspace of their own; which others they may see, `gate` says.

pub mod cookies;
pub mod flow;
mod id_token;
mod jwt;
pub mod limits;
pub mod passkey;
pub mod password;
pub mod providers;
pub mod totp;

use crate::error::ApiError;
use crate::gate::Access;
use crate::mail::{MailConfig, Mailer};
use crate::state::App;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use bespoke_store::crypto::new_secret;
use bespoke_store::{API_TOKEN_PREFIX, Store, TokenScope, Workspace};
use cookies::Cookie;
use jwt::{Claims, Signer};
use providers::{ProviderConfig, Providers};
use std::path::PathBuf;
use std::sync::{Arc, RwLock};
use tokio::sync::{OnceCell, Semaphore};

/// How accounts work on this server.
#[derive(Debug, Clone, Default)]
pub struct AccountsConfig {
    /// Where people reach the server, without a slash at the end; `https://…` makes the cookies secure.
    pub public_url: Option<String>,
    /// A sorted list of SHA-1 hashes of published passwords, `HASH` or `HASH:count` a line.
    pub breached_passwords: Option<PathBuf>,
    /// Accounts elsewhere that people may sign in with; need `public_url`.
    pub providers: Vec<ProviderConfig>,
    /// How messages are sent; needs `public_url`.
    pub mail: Option<MailConfig>,
}

impl AccountsConfig {
    /// True where people come over https.
    pub fn https(&self) -> bool {
        self.public_url.as_ref().is_some_and(|url| url.starts_with("https://"))
    }

    fn issuer(&self) -> &str {
        self.public_url.as_deref().unwrap_or("bespoke")
    }
}

type Signers = (i64, Arc<[Signer; 2]>);

/// What signing in needs; shared by all requests.
#[derive(Default)]
pub struct Auth {
    pub config: AccountsConfig,
    pub limits: limits::Limits,
    pub providers: Providers,
    /// Sends messages, where it is configured.
    pub mailer: Option<Mailer>,
    /// The present period and the signers of it and of the one before.
    signers: RwLock<Option<Signers>>,
    /// Few at a time: each needs 19 MiB and a core.
    hashing: OnceCell<Semaphore>,
}

fn seconds() -> i64 {
    jiff::Timestamp::now().as_second()
}

/// Percent-encoded (RFC 3986, 2.1), but for ASCII letters, digits and the bytes of `kept`.
fn percent_encoded(text: &str, kept: &[u8]) -> String {
    let letter = |b: u8| match b.is_ascii_alphanumeric() || kept.contains(&b) {
        true => char::from(b).to_string(),
        false => format!("%{b:02X}"),
    };
    text.bytes().map(letter).collect()
}

impl Auth {
    /// Over a configuration.
    pub fn new(config: AccountsConfig) -> Auth {
        Auth {
            providers: Providers::new(config.providers.clone()),
            mailer: config.mail.as_ref().and_then(|mail| {
                // Whoever starts the server was told before; here is nobody to tell.
                Mailer::open(mail)
                    .inspect_err(|error| tracing::error!(%error, "no e-mail"))
                    .ok()
            }),
            config,
            ..Auth::default()
        }
    }

    async fn signers(&self, store: &Store) -> Result<Arc<[Signer; 2]>, ApiError> {
        let period = seconds() / jwt::PERIOD;
        let known = self.signers.read().ok().and_then(|signers| signers.clone());
        if let Some((of, signers)) = known.filter(|(of, _)| *of == period) {
            debug_assert_eq!(of, period);
            return Ok(signers);
        }
        let mut made = Vec::new();
        for at in [period, period - 1] {
            let seed = store.secret(&format!("signing-{at}")).await?;
            made.push(Signer::of(&seed).ok_or_else(|| ApiError::Engine("a signing key is refused".into()))?);
        }
        let made: [Signer; 2] = made.try_into().map_err(|_| ApiError::Engine("no signing key".into()))?;
        let made = Arc::new(made);
        if let Ok(mut signers) = self.signers.write() {
            *signers = Some((period, made.clone()));
        }
        Ok(made)
    }

    /// An access token of a session.
    pub async fn access_token(&self, store: &Store, workspace: &str, session: &str) -> Result<String, ApiError> {
        let signers = self.signers(store).await?;
        let now = seconds();
        let claims = Claims {
            iss: self.config.issuer().to_owned(),
            aud: jwt::AUDIENCE.to_owned(),
            sub: workspace.to_owned(),
            sid: session.to_owned(),
            iat: now,
            exp: now + jwt::LIVES,
            jti: new_secret().map_err(bespoke_store::StoreError::from)?,
        };
        Ok(signers[0].sign(&claims)?)
    }

    async fn claims(&self, store: &Store, token: &str) -> Result<Option<Claims>, ApiError> {
        let signers = self.signers(store).await?;
        let signers: Vec<&Signer> = signers.iter().collect();
        Ok(jwt::verify(token, &signers, self.config.issuer(), seconds()))
    }

    async fn hashing<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, ApiError> {
        let failed = |e: String| ApiError::Engine(e);
        let turns = self.hashing.get_or_init(|| async { Semaphore::new(2) }).await;
        let _turn = turns.acquire().await.map_err(|e| failed(e.to_string()))?;
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|e| failed(e.to_string()))
    }

    /// The hash of a new password.
    pub async fn hash(&self, password: String) -> Result<String, ApiError> {
        let hash = self.hashing(move || password::hash(&password)).await?;
        hash.map_err(|e| ApiError::Engine(e.to_string()))
    }

    /// True where the password is the one of the hash; false, after as long, where there is no hash.
    pub async fn is(&self, password: String, hash: Option<String>) -> Result<bool, ApiError> {
        if password.len() > password::LONGEST {
            return Ok(false);
        }
        self.hashing(move || password::is(&password, hash.as_deref())).await
    }
}

/// Who makes a request.
#[derive(Debug, Clone)]
pub enum Caller {
    /// A browser with the cookie of a guest workspace.
    Guest(Workspace),
    /// A browser that is signed in, or whoever carries its access token.
    SignedIn {
        /// The account.
        workspace: Workspace,
        /// Id of the session.
        session: String,
    },
    /// A script with an API token.
    Script {
        /// The account.
        workspace: Workspace,
        /// The token; whether it may write was judged when it was let in.
        token: String,
        /// The team that it is bound to; it opens nothing else then.
        team: Option<String>,
    },
}

impl Caller {
    /// The workspace of the caller's own, whose id is the account's.
    pub fn workspace(&self) -> &Workspace {
        match self {
            Caller::Guest(workspace) | Caller::SignedIn { workspace, .. } | Caller::Script { workspace, .. } => {
                workspace
            }
        }
    }

    /// The team that the caller is bound to.
    pub fn team(&self) -> Option<&str> {
        match self {
            Caller::Guest(_) | Caller::SignedIn { .. } => None,
            Caller::Script { team, .. } => team.as_deref(),
        }
    }

    /// True where the caller would still be let in.
    pub async fn lives(&self, store: &Store) -> bool {
        let asked = match self {
            Caller::Guest(workspace) => store.workspace_by_id(&workspace.id).await.map(|w| w.is_some()),
            Caller::SignedIn { workspace, session } => {
                let found = store.session_workspace(&workspace.id, session).await;
                found.map(|w| w.is_some())
            }
            Caller::Script { token, .. } => store.api_token(token).await.map(|t| t.is_some()),
        };
        // A database that does not answer closes no socket.
        asked.unwrap_or(true)
    }
}

/// The token in the `Authorization` header; an error where there is one of another kind.
fn bearer(headers: &HeaderMap) -> Result<Option<&str>, ApiError> {
    let Some(value) = headers.get(header::AUTHORIZATION) else {
        return Ok(None);
    };
    let token = value.to_str().ok().and_then(|v| {
        let (kind, token) = v.split_once(' ')?;
        kind.eq_ignore_ascii_case("bearer").then_some(token.trim())
    });
    token.map(Some).ok_or(ApiError::BadToken)
}

impl FromRequestParts<App> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        // The gate has asked already.
        if let Some(access) = parts.extensions.get::<Access>() {
            return Ok(access.caller.clone());
        }
        let https = app.auth.config.https();
        if let Some(token) = bearer(&parts.headers)? {
            return match token.starts_with(API_TOKEN_PREFIX) {
                true => script(parts, app, token).await,
                false => signed_in(app, token).await?.ok_or(ApiError::BadToken),
            };
        }
        if let Some(token) = Cookie::Access.of(parts, https)
            && let Some(caller) = signed_in(app, token).await?
        {
            return Ok(caller);
        }
        if let Some(token) = Cookie::Refresh.of(parts, https)
            && app.store.can_refresh(token).await?
        {
            return Err(ApiError::SessionExpired);
        }
        let token = Cookie::Guest.of(parts, https).ok_or(ApiError::NoWorkspace)?;
        let guest = app.store.workspace(token).await?;
        guest.map(Caller::Guest).ok_or(ApiError::NoWorkspace)
    }
}

async fn signed_in(app: &App, token: &str) -> Result<Option<Caller>, ApiError> {
    let Some(claims) = app.auth.claims(&app.store, token).await? else {
        return Ok(None);
    };
    // The session is asked for each time, so that an ended one is out at once.
    let workspace = app.store.session_workspace(&claims.sub, &claims.sid).await?;
    Ok(workspace.map(|workspace| Caller::SignedIn {
        workspace,
        session: claims.sid,
    }))
}

async fn script(parts: &Parts, app: &App, token: &str) -> Result<Caller, ApiError> {
    let opened = app.store.api_token(token).await?.ok_or(ApiError::BadToken)?;
    let only_looks = matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS);
    if opened.scope == TokenScope::Read && !only_looks {
        return Err(ApiError::Scope);
    }
    let workspace = app
        .store
        .workspace_by_id(&opened.workspace_id)
        .await?
        .ok_or(ApiError::BadToken)?;
    Ok(Caller::Script {
        workspace,
        token: token.to_owned(),
        team: opened.team_id,
    })
}

/// Somebody who is signed in: needed for whatever touches the account itself. API tokens are no use here.
pub struct SignedIn {
    /// The account.
    pub workspace: Workspace,
    /// Id of the session.
    pub session: String,
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        match Caller::from_request_parts(parts, app).await? {
            Caller::SignedIn { workspace, session } => Ok(SignedIn { workspace, session }),
            Caller::Guest(_) => Err(ApiError::NotSignedIn),
            Caller::Script { .. } => Err(ApiError::Scope),
        }
    }
}
