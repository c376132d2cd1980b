//! Keeps workspaces, résumés, their files and their tailorings. Only this crate knows SQL.
//!
//! Structured values (documents, résumés, tailorings) are kept as JSON text that the caller makes and reads, so that
//! the schema does not follow every change of the domain. Everything personal is sealed before it reaches the disk
//! ([`crypto`]); ids, formats, states, versions and times are not.

mod blobs;
pub mod crypto;
mod db;
mod people;
mod shares;
mod sqlite;
mod teams;

pub use people::{
    AccountRow, ApiTokenRow, Consent, IdentityRow, LanguageModelRow, Mailed, OpenedToken, PasskeyRow, Person, Receipt,
    SessionRow, TokenScope,
};
pub use shares::{CommentRow, NewComment, NewShare, Opening, ShareChange, ShareDay, ShareRow};
pub use sqlite::{
    API_TOKEN_PREFIX, ATTEMPTS, Examination, Fault, Hints, QueueLimits, QueueState, Refresh, Rotation, Store,
    normal_email,
};
pub use teams::{InvitationRow, MemberRow, Membership, TeamRow, TeamSummary};

use db::{Trouble, trouble};

/// Why the store refused or failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Nothing with this id in this workspace.
    #[error("not found")]
    NotFound,
    /// The change was made from an older version.
    #[error("version {given} is stale: the present one is {present}")]
    Stale {
        /// What the caller had.
        given: i64,
        /// What is stored.
        present: i64,
    },
    /// Another has taken this job, or ended it.
    #[error("another has taken this job")]
    Fenced,
    /// Another account has this address.
    #[error("there is an account with this e-mail address already")]
    EmailTaken,
    /// This account elsewhere, or this passkey, opens an account already.
    #[error("this opens an account already")]
    IdentityTaken,
    /// The workspace is an account already.
    #[error("this workspace is an account already")]
    HasAccount,
    /// Nobody would own the team any more.
    #[error("a team needs an owner: give it to somebody else first")]
    LastOwner,
    /// The account is in the team already.
    #[error("this account is a member of the team already")]
    IsMember,
    /// The list of deleted people cannot be read or written.
    #[error("the list of deletions failed: {0}")]
    Tombstone(std::io::Error),
    /// A sealed value does not open.
    #[error(transparent)]
    Crypto(#[from] crypto::CryptoError),
    /// There is no master key.
    #[error(transparent)]
    Key(#[from] crypto::KeyError),
    /// Too many jobs wait.
    #[error("too many files wait to be read: try again in {seconds} s")]
    Busy {
        /// Whether they are all of the caller's own workspace.
        mine: bool,
        /// After how many seconds it is worth trying again.
        seconds: u64,
    },
    /// An idempotency key came again with another file.
    #[error("this idempotency key was used for another file")]
    KeyReused,
    /// There is no room on the disk, or none that the database may take.
    #[error("the disk is full")]
    Full,
    /// There is something already where something new should be written.
    #[error("there are data already")]
    Occupied,
    /// The file of a résumé is not where it should be.
    #[error("the file of the résumé {0} is lost")]
    Lost(String),
    /// The place of the files does not answer, or refuses.
    #[error("the place of the files failed: {0}")]
    Blobs(String),
    /// The database does not answer, or others were in the way; nothing was written.
    #[error("the database does not answer: try again ({0})")]
    Away(sqlx::Error),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("the database could not be migrated: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
}

impl From<object_store::Error> for StoreError {
    fn from(error: object_store::Error) -> Self {
        // Its source says what happened; it holds no secret.
        StoreError::Blobs(error.to_string())
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match trouble(&error) {
            Some(Trouble::Full) => StoreError::Full,
            Some(Trouble::Orphan) => StoreError::NotFound,
            Some(Trouble::Away) => StoreError::Away(error),
            None => StoreError::Database(error),
        }
    }
}

/// Where everything is that is kept.
#[derive(Clone)]
pub struct Location {
    /// Folder of the database and of what belongs to this server alone; it exists.
    pub folder: std::path::PathBuf,
    /// Where the master key lies.
    pub key: crypto::KeySource,
    /// Address of a PostgreSQL server, `postgres://user:password@host/database`; else the database is in the folder.
    pub database_url: Option<String>,
    /// Where originals go: `s3://bucket/prefix` or a folder; else they are in the database.
    pub blobs: Option<String>,
}

impl std::fmt::Debug for Location {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut out = f.debug_struct("Location");
        out.field("folder", &self.folder).field("key", &self.key);
        // It holds a password.
        out.field("database_url", &self.database_url.as_ref().map(|_| "(hidden)"));
        out.field("blobs", &self.blobs).finish()
    }
}

/// Whose things these are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    /// UUID, version 7.
    pub id: String,
    /// RFC 3339, UTC.
    pub created_at: String,
}

/// How far the reading of a résumé is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Waiting or being read.
    Reading,
    /// Read and parsed.
    Ready,
    /// It could not be read.
    Failed,
}

impl Status {
    fn name(self) -> &'static str {
        match self {
            Status::Reading => "reading",
            Status::Ready => "ready",
            Status::Failed => "failed",
        }
    }

    fn of(name: &str) -> Status {
        match name {
            "ready" => Status::Ready,
            "failed" => Status::Failed,
            _ => Status::Reading,
        }
    }
}

/// A stored résumé without its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResumeRow {
    /// UUID, version 7.
    pub id: String,
    /// The workspace that it belongs to.
    pub workspace_id: String,
    /// Name of the uploaded file.
    pub file_name: String,
    /// Format by content: `pdf`, `docx` …
    pub format: String,
    /// How far it is.
    pub status: Status,
    /// Grows by one with every change of the content.
    pub version: i64,
    /// The document as the caller's JSON, once read.
    pub document: Option<String>,
    /// The résumé as the caller's JSON, once parsed.
    pub content: Option<String>,
    /// Why it failed, as the caller's JSON.
    pub failure: Option<String>,
    /// RFC 3339, UTC.
    pub created_at: String,
    /// RFC 3339, UTC.
    pub updated_at: String,
}

/// A résumé to read, taken under a lease.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The workspace of the résumé.
    pub workspace_id: String,
    /// The résumé to read.
    pub resume_id: String,
    /// Which taking of the job this is: an answer under an older one is refused.
    pub fence: i64,
    /// Version of the résumé when the job was taken.
    pub version: i64,
}

/// A résumé cut to a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TailoringRow {
    /// UUID, version 7.
    pub id: String,
    /// The résumé it was made from.
    pub resume_id: String,
    /// Version of that résumé.
    pub base_version: i64,
    /// That version, as the caller's JSON.
    pub base: String,
    /// The job posting, as the caller's JSON.
    pub job: String,
    /// What tailoring found, as the caller's JSON.
    pub result: String,
    /// Ids of the accepted suggestions, as the caller's JSON.
    pub accepted: String,
    /// Grows by one with every change of what is accepted.
    pub version: i64,
    /// RFC 3339, UTC.
    pub created_at: String,
}

/// A file that was handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportRow {
    /// UUID, version 7.
    pub id: String,
    /// The résumé it shows.
    pub resume_id: String,
    /// The tailoring it shows, where it shows one that still exists.
    pub tailoring_id: Option<String>,
    /// `pdf`, `docx` …
    pub format: String,
    /// Name of the template.
    pub template: String,
    /// SHA-256 of the file in hexadecimal.
    pub sha256: String,
    /// What survived the round trip, as the caller's JSON.
    pub certificate: String,
    /// RFC 3339, UTC.
    pub created_at: String,
}

/// A cover letter with the job that it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterRow {
    /// UUID, version 7.
    pub id: String,
    /// The résumé whose evidence it has.
    pub resume_id: String,
    /// That résumé as it was then, as the caller's JSON.
    pub base: String,
    /// The job posting, as the caller's JSON.
    pub job: String,
    /// What it should be like, as the caller's JSON.
    pub wish: String,
    /// What it says, as the caller's JSON.
    pub content: String,
    /// What the person confirmed for it, as the caller's JSON.
    pub facts: String,
    /// Grows by one with every change.
    pub version: i64,
    /// RFC 3339, UTC.
    pub created_at: String,
    /// RFC 3339, UTC.
    pub updated_at: String,
}

/// An interview preparation with the job that it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterviewRow {
    /// UUID, version 7.
    pub id: String,
    /// The résumé whose stories it has.
    pub resume_id: String,
    /// The job posting, as the caller's JSON.
    pub job: String,
    /// The questions, as the caller's JSON.
    pub content: String,
    /// Notes and ratings by question, as the caller's JSON.
    pub practice: String,
    /// Grows by one with every change.
    pub version: i64,
    /// RFC 3339, UTC.
    pub created_at: String,
    /// RFC 3339, UTC.
    pub updated_at: String,
}

/// How often something was done on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountRow {
    /// `2026-01-31`, UTC.
    pub day: String,
    /// What was done.
    pub event: String,
    /// Which kind of it, from a closed list; empty where there are none.
    pub label: String,
    /// How often.
    pub n: i64,
}

/// A trial of template variants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExperimentRow {
    /// Its name.
    pub name: String,
    /// Variants, metric and rule, as the caller's JSON.
    pub definition: String,
    /// Whether people are still given variants.
    pub running: bool,
    /// RFC 3339, UTC.
    pub created_at: String,
}

/// A version of what the server learned about ranking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LearnedRow {
    /// 1 and up.
    pub version: i64,
    /// The weights, as the caller's JSON.
    pub weights: String,
    /// What they were judged by, as the caller's JSON.
    pub report: String,
    /// The seed that they were learned with.
    pub seed: i64,
    /// RFC 3339, UTC.
    pub created_at: String,
}

/// An application and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationRow {
    /// UUID, version 7.
    pub id: String,
    /// The résumé that goes with it, where it still exists.
    pub resume_id: Option<String>,
    /// The tailoring that goes with it, where it still exists.
    pub tailoring_id: Option<String>,
    /// `saved`, `applied`, `interview`, `offer` or `closed`.
    pub stage: String,
    /// Title, company, link, notes, days and what was sent, as the caller's JSON.
    pub content: String,
    /// Grows by one with every change.
    pub version: i64,
    /// RFC 3339, UTC.
    pub created_at: String,
    /// When it came to its stage: RFC 3339, UTC.
    pub stage_at: String,
}

/// A key for a job board. It has no `Debug`: its content is secret.
#[derive(Clone, PartialEq, Eq)]
pub struct BoardKeyRow {
    /// UUID, version 7.
    pub id: String,
    /// Board, account and key as the caller's JSON.
    pub content: String,
    /// RFC 3339, UTC.
    pub created_at: String,
}

/// A template of somebody's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateRow {
    /// UUID, version 7.
    pub id: String,
    /// The template as a ZIP archive.
    pub archive: Vec<u8>,
    /// Grows by one with every change.
    pub version: i64,
    /// RFC 3339, UTC.
    pub created_at: String,
    /// RFC 3339, UTC.
    pub updated_at: String,
}
