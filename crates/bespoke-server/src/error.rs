//! Every way in which a request can fail, and how HTTP says it (RFC 9457).

use crate::access::Role;
use crate::auth::passkey::PasskeyFault;
use crate::auth::providers::ProviderError;
use crate::boards::BoardError;
use crate::boards::apply::ApplyError;
use crate::drawing::TemplateFault;
use crate::mail::MailError;
use axum::Json;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bespoke_core::evidence::Violation;
use bespoke_core::ingest::IngestError;
use bespoke_models::reader::ReadError;
use bespoke_render::RenderError;
use bespoke_store::StoreError;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// A problem as RFC 9457 describes it, with a stable code.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Problem {
    /// Always `about:blank`: `code` tells problems apart.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind of problem in a few words.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// What happened and what to do.
    pub detail: String,
    /// Stable name of the kind: `stale-version`, `unsupported-format` …
    pub code: String,
    /// What the evidence gate refused.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub violations: Vec<Violation>,
}

/// An answer that is a problem document.
pub fn refusal(status: StatusCode, body: impl Serialize) -> Response {
    (status, [(header::CONTENT_TYPE, "application/problem+json")], Json(body)).into_response()
}

/// Longest text of a refusal that is passed on, in bytes.
const REFUSAL: usize = 4096;

/// Says as a problem what the framework says as plain text: a body that is no JSON or lacks a member, an unknown
/// method, a file that is too large.
pub async fn as_problem(request: Request, next: Next) -> Response {
    let api = request.uri().path().starts_with("/api/");
    let response = next.run(request).await;
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE).map(|v| v.as_bytes());
    let plain = kind.is_none_or(|kind| kind.starts_with(b"text/plain"));
    if !api || !status.is_client_error() || !plain {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let text = axum::body::to_bytes(body, REFUSAL).await.unwrap_or_default();
    let title = status.canonical_reason().unwrap_or("Refused");
    let detail = match text.is_empty() {
        true => format!("{title}: /api/docs describes every operation"),
        false => String::from_utf8_lossy(&text).into_owned(),
    };
    let problem = Problem {
        kind: "about:blank".into(),
        title: title.into(),
        status: status.as_u16(),
        detail,
        code: match status {
            StatusCode::UNPROCESSABLE_ENTITY => "invalid-body".into(),
            StatusCode::PAYLOAD_TOO_LARGE => "too-large".into(),
            _ => title.to_ascii_lowercase().replace(' ', "-"),
        },
        violations: Vec::new(),
    };
    for stale in [header::CONTENT_TYPE, header::CONTENT_LENGTH] {
        parts.headers.remove(stale);
    }
    let mut answer = refusal(status, problem);
    for (name, value) in parts.headers {
        if let Some(name) = name {
            answer.headers_mut().append(name, value);
        }
    }
    answer
}

/// Why a request failed.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    #[error("there is no workspace for this browser yet: POST /api/v1/workspaces makes one")]
    NoWorkspace,
    #[error("this token is not valid, or not any more")]
    BadToken,
    #[error("the access token has ended: POST /api/v1/auth/refresh makes the next one")]
    SessionExpired,
    #[error("this API token is not for that")]
    Scope,
    #[error("as {} of this team you may not do this: ask one of its owners", .0.name())]
    NotAllowed(Role),
    #[error("a team needs an owner: make somebody else an owner first, or delete the team")]
    LastOwner,
    #[error("nobody but you owns the team {0}: make somebody else an owner first, or delete the team")]
    HoldsUp(String),
    #[error("you are a member of this team already")]
    IsMember,
    #[error("sign in first")]
    NotSignedIn,
    #[error("the e-mail address or the password is wrong")]
    BadCredentials,
    #[error("this account asks for a code of its second factor as well")]
    SecondFactor,
    #[error("the code is wrong, or was used before")]
    BadCode,
    #[error("too many tries; wait {} seconds", .0.as_secs() + 1)]
    TooMany(Duration),
    #[error("{0}")]
    Password(String),
    #[error("this is no e-mail address")]
    Email,
    #[error("there is an account with this e-mail address already: sign in instead")]
    EmailTaken,
    #[error("you have an account already: sign out before you make another")]
    HasAccount,
    #[error("agree to the terms (version {0}) to make an account")]
    Consent(&'static str),
    #[error("this sign-in is over, or was begun in another browser: begin again")]
    NoFlow,
    #[error("the provider did not let you in")]
    ProviderRefused,
    #[error(
        "the provider names no address that you have proved there: prove it there, or make an account with a password"
    )]
    ProviderEmail,
    #[error(transparent)]
    Provider(#[from] ProviderError),
    #[error("this opens another account, or this one already")]
    IdentityTaken,
    #[error("this account has no password: sign out and in again, then do this within ten minutes")]
    SignInAgain,
    #[error("this is the last way into your account: set a password or add another way first")]
    LastDoor,
    #[error("the passkey is not accepted: {0}")]
    Passkey(#[from] PasskeyFault),
    #[error("this server sends no e-mail")]
    NoMail,
    #[error("this link is over or was used before: ask for a new one")]
    BadLink,
    #[error("prove your own e-mail address first")]
    Unverified,
    #[error("the message could not be sent: {0}")]
    Mail(#[from] MailError),
    #[error("this change was asked for by a page of another site")]
    ForeignOrigin,
    #[error("{0} is not here")]
    NotFound(&'static str),
    #[error(transparent)]
    Ingest(#[from] IngestError),
    #[error(transparent)]
    Read(ReadError),
    #[error("{0}")]
    BadRequest(String),
    #[error("the résumé has changed meanwhile: you have version {given}, the present one is {present}; load it again")]
    Stale { given: i64, present: i64 },
    #[error("the résumé is not ready: {0}")]
    NotReady(&'static str),
    #[error("a job description needs 40 letters or more, and at most 100,000 characters")]
    JobLength,
    #[error("there is no suggestion {0}")]
    UnknownSuggestion(String),
    #[error("the audit of this version has no finding {0}")]
    UnknownFinding(String),
    #[error("the tailored résumé says what the original does not; take back the changes named below")]
    Evidence(Vec<Violation>),
    #[error("no language model is switched on: the settings say how")]
    ModelOff,
    #[error("{0}")]
    NoModel(String),
    #[error(transparent)]
    Render(#[from] RenderError),
    #[error("{} wait to be read already: try again in {seconds} s", if *mine { "too many of your files" } else { "too many files" })]
    Busy { mine: bool, seconds: u64 },
    #[error("this Idempotency-Key was used for another file within the last day: use a new one for each file")]
    KeyReused,
    #[error("the disk of the server is full: nothing was changed; try again once there is room")]
    Full,
    #[error(transparent)]
    Board(#[from] BoardError),
    #[error(
        "this preview has ended, was used or is another one: nothing was sent; look at what would be sent and confirm that"
    )]
    NotConfirmed,
    #[error(transparent)]
    Apply(#[from] ApplyError),
    #[error(
        "the board has your application, but it could not be recorded here: put it on your board by hand, and do not send it again"
    )]
    Unrecorded,
    #[error("the storage does not answer: nothing was changed; try again in a moment")]
    Away(StoreError),
    #[error("the template is at fault{}: {}", place(.0), .0.message)]
    TemplateFault(TemplateFault),
    #[error("the store failed")]
    Store(StoreError),
    #[error("a stored value could not be read")]
    Stored(#[from] serde_json::Error),
    #[error("an engine failed")]
    Engine(String),
    #[error("reading this file broke off {0} times; upload it again, or save it in another format first")]
    GaveUp(i64),
}

fn place(fault: &TemplateFault) -> String {
    match (fault.line, fault.column) {
        (Some(line), Some(column)) => format!(" at line {line}, column {column}"),
        (Some(line), None) => format!(" at line {line}"),
        (None, _) => String::new(),
    }
}

impl From<ReadError> for ApiError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Ingest(error) => ApiError::Ingest(error),
            error => ApiError::Read(error),
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => ApiError::NotFound("this"),
            StoreError::Stale { given, present } => ApiError::Stale { given, present },
            StoreError::EmailTaken => ApiError::EmailTaken,
            StoreError::HasAccount => ApiError::HasAccount,
            StoreError::IdentityTaken => ApiError::IdentityTaken,
            StoreError::LastOwner => ApiError::LastOwner,
            StoreError::IsMember => ApiError::IsMember,
            StoreError::Busy { mine, seconds } => ApiError::Busy { mine, seconds },
            StoreError::KeyReused => ApiError::KeyReused,
            StoreError::Full => ApiError::Full,
            error @ (StoreError::Away(_) | StoreError::Blobs(_)) => ApiError::Away(error),
            error @ (StoreError::Fenced
            | StoreError::Tombstone(_)
            | StoreError::Database(_)
            | StoreError::Migration(_)
            | StoreError::Crypto(_)
            | StoreError::Lost(_)
            | StoreError::Occupied
            | StoreError::Key(_)) => ApiError::Store(error),
        }
    }
}

impl ApiError {
    fn status(&self) -> (StatusCode, &'static str, &'static str) {
        use StatusCode as S;
        match self {
            ApiError::NoWorkspace => (S::UNAUTHORIZED, "no-workspace", "No workspace"),
            ApiError::BadToken => (S::UNAUTHORIZED, "bad-token", "Token not valid"),
            ApiError::SessionExpired => (S::UNAUTHORIZED, "session-expired", "Refresh the session"),
            ApiError::Scope => (S::FORBIDDEN, "scope", "Not allowed with this token"),
            ApiError::NotAllowed(_) => (S::FORBIDDEN, "not-allowed", "Not for your role"),
            ApiError::LastOwner | ApiError::HoldsUp(_) => (S::CONFLICT, "last-owner", "The last owner"),
            ApiError::IsMember => (S::CONFLICT, "is-member", "A member already"),
            ApiError::NotSignedIn => (S::UNAUTHORIZED, "not-signed-in", "Not signed in"),
            ApiError::BadCredentials => (S::UNAUTHORIZED, "bad-credentials", "Wrong address or password"),
            ApiError::SecondFactor => (S::UNAUTHORIZED, "second-factor", "Second factor needed"),
            ApiError::BadCode => (S::UNAUTHORIZED, "bad-code", "Wrong code"),
            ApiError::TooMany(_) => (S::TOO_MANY_REQUESTS, "too-many-tries", "Too many tries"),
            ApiError::Password(_) => (S::UNPROCESSABLE_ENTITY, "weak-password", "Password refused"),
            ApiError::Email => (S::UNPROCESSABLE_ENTITY, "bad-email", "No e-mail address"),
            ApiError::EmailTaken => (S::CONFLICT, "email-taken", "Address taken"),
            ApiError::HasAccount => (S::CONFLICT, "has-account", "Account exists"),
            ApiError::Consent(_) => (S::UNPROCESSABLE_ENTITY, "consent", "Terms not agreed to"),
            ApiError::NoFlow => (S::UNAUTHORIZED, "no-flow", "Begin again"),
            ApiError::ProviderRefused => (S::UNAUTHORIZED, "provider-refused", "Refused by the provider"),
            ApiError::ProviderEmail => (S::UNPROCESSABLE_ENTITY, "provider-email", "No proved address"),
            ApiError::Provider(ProviderError::Answer(_)) => (S::BAD_GATEWAY, "provider-answer", "Provider failed"),
            ApiError::Provider(ProviderError::Token(_)) => (S::UNAUTHORIZED, "provider-token", "Not believed"),
            ApiError::IdentityTaken => (S::CONFLICT, "identity-taken", "Opens an account already"),
            ApiError::SignInAgain => (S::UNAUTHORIZED, "sign-in-again", "Sign in again"),
            ApiError::LastDoor => (S::CONFLICT, "last-door", "Last way in"),
            ApiError::Passkey(_) => (S::UNAUTHORIZED, "bad-passkey", "Passkey not accepted"),
            ApiError::NoMail => (S::CONFLICT, "no-mail", "No e-mail here"),
            ApiError::BadLink => (S::UNAUTHORIZED, "bad-link", "Link not valid"),
            ApiError::Unverified => (S::FORBIDDEN, "unverified-email", "Address not proved"),
            ApiError::Mail(MailError::Message) => (S::UNPROCESSABLE_ENTITY, "bad-message", "Message refused"),
            ApiError::Mail(MailError::Config(_) | MailError::Refused(_)) => (S::BAD_GATEWAY, "mail-server", "Not sent"),
            ApiError::ForeignOrigin => (S::FORBIDDEN, "foreign-origin", "Another site"),
            ApiError::NotFound(_) => (S::NOT_FOUND, "not-found", "Not found"),
            ApiError::Ingest(error) => match error {
                IngestError::Unsupported { .. } => (S::UNSUPPORTED_MEDIA_TYPE, error.code(), "Format not supported"),
                IngestError::TooLarge { .. } | IngestError::TooManyPages { .. } => {
                    (S::PAYLOAD_TOO_LARGE, error.code(), "File too large")
                }
                IngestError::Empty
                | IngestError::Encrypted
                | IngestError::Bomb { .. }
                | IngestError::NeedsConversion { .. }
                | IngestError::Corrupt { .. } => (S::UNPROCESSABLE_ENTITY, error.code(), "File cannot be read"),
            },
            ApiError::Read(error) => match error {
                ReadError::Ingest(_) | ReadError::Died { .. } | ReadError::TimedOut { .. } => {
                    (S::UNPROCESSABLE_ENTITY, error.code(), "File cannot be read")
                }
                ReadError::Recognition(_) => (S::UNPROCESSABLE_ENTITY, error.code(), "Pictures cannot be read"),
                ReadError::Broken(_) => (S::INTERNAL_SERVER_ERROR, error.code(), "Reading failed"),
            },
            ApiError::BadRequest(_) => (S::BAD_REQUEST, "bad-request", "Bad request"),
            ApiError::Stale { .. } => (S::CONFLICT, "stale-version", "Changed meanwhile"),
            ApiError::NotReady(_) => (S::CONFLICT, "not-ready", "Not ready"),
            ApiError::JobLength => (
                S::UNPROCESSABLE_ENTITY,
                "job-length",
                "Job description too short or too long",
            ),
            ApiError::UnknownSuggestion(_) => (S::UNPROCESSABLE_ENTITY, "unknown-suggestion", "Unknown suggestion"),
            ApiError::UnknownFinding(_) => (S::UNPROCESSABLE_ENTITY, "unknown-finding", "Unknown finding"),
            ApiError::Evidence(_) => (S::UNPROCESSABLE_ENTITY, "evidence", "No evidence"),
            ApiError::ModelOff => (S::CONFLICT, "model-off", "No language model"),
            ApiError::NoModel(_) => (S::SERVICE_UNAVAILABLE, "no-model", "Model missing"),
            ApiError::Render(error) => match error {
                RenderError::UnknownTemplate(_)
                | RenderError::UnknownFormat(_)
                | RenderError::Style { .. }
                | RenderError::Archive(_) => (S::BAD_REQUEST, error.code(), "Bad request"),
                RenderError::Template { .. } | RenderError::Write { .. } => {
                    (S::INTERNAL_SERVER_ERROR, error.code(), "Rendering failed")
                }
            },
            ApiError::Busy { mine: true, .. } => (S::TOO_MANY_REQUESTS, "too-many-files", "Too many files"),
            ApiError::Busy { mine: false, .. } => (S::SERVICE_UNAVAILABLE, "queue-full", "Too many files"),
            ApiError::KeyReused => (S::UNPROCESSABLE_ENTITY, "idempotency-key-reused", "Key used before"),
            ApiError::Full => (S::INSUFFICIENT_STORAGE, "disk-full", "Disk full"),
            ApiError::Board(error) | ApiError::Apply(ApplyError::NotSent(error)) => match error {
                BoardError::Source(_) => (S::BAD_REQUEST, "bad-request", "Bad request"),
                BoardError::Unknown { .. } => (S::NOT_FOUND, "not-found", "Not found"),
                BoardError::NoKey(_) | BoardError::KeyRefused(_) => (S::CONFLICT, "board-key", "Key of the board"),
                BoardError::Answer(_) => (S::UNPROCESSABLE_ENTITY, "answer", "Answer not possible"),
                // Not 502 or 504: to the page and to proxies these say that this server itself is away.
                BoardError::Shape { .. } | BoardError::Fetch { .. } => {
                    (S::FAILED_DEPENDENCY, "board", "Job board failed")
                }
            },
            ApiError::NotConfirmed => (S::CONFLICT, "not-confirmed", "Not confirmed"),
            ApiError::Apply(ApplyError::Refused { .. }) => {
                (S::FAILED_DEPENDENCY, "application-refused", "Application not taken")
            }
            ApiError::Apply(ApplyError::Unsure { .. }) => (
                S::FAILED_DEPENDENCY,
                "application-unsure",
                "Application may have arrived",
            ),
            ApiError::Unrecorded => (S::INTERNAL_SERVER_ERROR, "application-unrecorded", "Sent, not recorded"),
            ApiError::Away(_) => (S::SERVICE_UNAVAILABLE, "storage-away", "Storage does not answer"),
            ApiError::TemplateFault(_) => (S::UNPROCESSABLE_ENTITY, "faulty-template", "Faulty template"),
            ApiError::Store(_) => (S::INTERNAL_SERVER_ERROR, "store", "Storage failed"),
            ApiError::Stored(_) => (S::INTERNAL_SERVER_ERROR, "stored-value", "Storage failed"),
            ApiError::GaveUp(_) => (S::UNPROCESSABLE_ENTITY, "gave-up", "File cannot be read"),
            ApiError::Engine(_) => (S::INTERNAL_SERVER_ERROR, "engine", "An engine failed"),
        }
    }

    /// What the person is told.
    pub fn problem(&self) -> Problem {
        let (status, code, title) = self.status();
        Problem {
            kind: "about:blank".into(),
            title: title.into(),
            status: status.as_u16(),
            detail: self.to_string(),
            code: code.into(),
            violations: match self {
                ApiError::Evidence(violations) => violations.clone(),
                _ => Vec::new(),
            },
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, code, _) = self.status();
        if status.is_server_error() {
            tracing::error!(code, error = ?self, "a request failed");
        }
        let mut response = refusal(status, self.problem());
        let wait = match self {
            ApiError::TooMany(wait) => Some(wait.as_secs() + 1),
            ApiError::Busy { seconds, .. } => Some(seconds),
            ApiError::Away(_) => Some(2),
            _ => None,
        };
        if let Some(seconds) = wait {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}
