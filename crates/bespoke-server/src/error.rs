//! Every way in which a request can fail, and how HTTP says it (RFC 9457).

use crate::drawing::TemplateFault;
use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use bespoke_core::evidence::Violation;
use bespoke_core::ingest::IngestError;
use bespoke_models::reader::ReadError;
use bespoke_render::RenderError;
use bespoke_store::StoreError;
use serde::{Deserialize, Serialize};

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

/// Why a request failed.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    #[error("there is no workspace for this browser yet: POST /api/v1/workspaces makes one")]
    NoWorkspace,
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
    #[error("the tailored résumé says what the original does not; take back the changes named below")]
    Evidence(Vec<Violation>),
    #[error("{0}")]
    NoModel(String),
    #[error(transparent)]
    Render(#[from] RenderError),
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
            error @ (StoreError::Fenced | StoreError::Database(_) | StoreError::Migration(_)) => ApiError::Store(error),
        }
    }
}

impl ApiError {
    fn status(&self) -> (StatusCode, &'static str, &'static str) {
        use StatusCode as S;
        match self {
            ApiError::NoWorkspace => (S::UNAUTHORIZED, "no-workspace", "No workspace"),
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
            ApiError::Evidence(_) => (S::UNPROCESSABLE_ENTITY, "evidence", "No evidence"),
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
        let body = Json(self.problem());
        (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response()
    }
}
