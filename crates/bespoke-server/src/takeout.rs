//! Everything that is kept of a person, as one ZIP that other programs can read.

use crate::error::ApiError;
use bespoke_core::text::fold;
use bespoke_store::{ApplicationRow, BoardKeyRow, CommentRow, InterviewRow, LetterRow, ResumeRow, Store, StoreError};
use serde_json::{Value, json};
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const README: &str = "Everything that Bespoke kept of you.

account.json            the account: address, consents, accounts elsewhere, passkeys, sessions, API tokens (never passwords, keys or tokens)
applications.json       what you applied for, where it stands, and your notes
roles.json              the roles that you kept or hid
feedback.json           what this server may learn from what you did, if you agreed
templates/<n>.zip       the templates that you made
teams.json              the teams that you are in, and what you are there (of a team: its members)
board_keys.json         the job boards that you gave a key for (never the keys)
language_model.json     the language model that you switched on (never its key)
shares.json             the links that you made, and how often they were opened
resumes/<n>/original.*  the file as you uploaded it
resumes/<n>/about.json  its name, state, version and times
resumes/<n>/resume.json what was understood and what you changed, with the sources
resumes/<n>/document.json  the text that was read
resumes/<n>/tailorings/    each job, what was suggested and what you accepted
resumes/<n>/letters.json   your letters, and the job that each is for
resumes/<n>/interviews.json  your preparations, notes and ratings
resumes/<n>/comments.json  what was said about it
resumes/<n>/exports.json   the files that were handed out, with their certificates
";

pub(crate) type Packed = Result<Vec<u8>, zip::result::ZipError>;

/// A name that every file system takes.
fn extension(file_name: &str, format: &str) -> String {
    let last = file_name.rsplit_once('.').map(|(_, last)| fold(last));
    let plain = |e: &String| (1..=5).contains(&e.len()) && e.chars().all(|c| c.is_ascii_alphanumeric());
    last.filter(plain).unwrap_or_else(|| format.to_owned())
}

/// JSON text of ours as a value; `null` where there is none.
fn value(text: Option<&str>) -> Value {
    text.and_then(|t| serde_json::from_str(t).ok()).unwrap_or(Value::Null)
}

/// The ZIP of a person.
///
/// # Errors
/// There is no such workspace; a value does not open; the database fails.
pub async fn pack(store: &Store, workspace: &str) -> Result<Vec<u8>, PackError> {
    let mut files: Vec<(String, Vec<u8>)> = vec![("README.txt".into(), README.into())];
    let mut add = |name: String, value: &Value| -> Result<(), serde_json::Error> {
        files.push((name, serde_json::to_vec_pretty(value)?));
        Ok(())
    };
    add("account.json".into(), &account(store, workspace).await?)?;
    add("teams.json".into(), &teams(store, workspace).await?)?;
    add("shares.json".into(), &shares(store, workspace).await?)?;
    let keys = store.board_keys(workspace).await?;
    add("board_keys.json".into(), &keys.iter().map(board_key).collect())?;
    add("language_model.json".into(), &language_model(store, workspace).await?)?;
    let applications = store.applications(workspace).await?;
    add(
        "applications.json".into(),
        &applications.iter().map(application).collect(),
    )?;
    let marks = store.role_marks(workspace).await?.into_iter();
    add(
        "roles.json".into(),
        &Value::Object(marks.map(|(role, mark)| (role, mark.into())).collect()),
    )?;
    let feedback = store.feedback(workspace).await?;
    add("feedback.json".into(), &value(feedback.as_deref()))?;
    let mut originals = Vec::new();
    for (at, template) in store.templates(workspace).await?.into_iter().enumerate() {
        originals.push((format!("templates/{}.zip", at + 1), template.archive));
    }
    for (at, listed) in store.resumes(workspace).await?.into_iter().enumerate() {
        let row = store.resume(workspace, &listed.id).await?;
        let folder = format!("resumes/{}", at + 1);
        add(format!("{folder}/about.json"), &about(&row))?;
        add(format!("{folder}/resume.json"), &value(row.content.as_deref()))?;
        add(format!("{folder}/document.json"), &value(row.document.as_deref()))?;
        for (n, t) in store.tailorings(workspace, &row.id).await?.iter().enumerate() {
            let tailoring = json!({
                "id": t.id, "base_version": t.base_version, "version": t.version, "created_at": t.created_at,
                "base": value(Some(&t.base)), "job": value(Some(&t.job)), "tailoring": value(Some(&t.result)),
                "accepted": value(Some(&t.accepted)),
            });
            add(format!("{folder}/tailorings/{}.json", n + 1), &tailoring)?;
        }
        let letters = store.letters(workspace, &row.id).await?;
        add(format!("{folder}/letters.json"), &letters.iter().map(letter).collect())?;
        let interviews = store.interviews(workspace, &row.id).await?;
        add(
            format!("{folder}/interviews.json"),
            &interviews.iter().map(interview).collect(),
        )?;
        let comments = store.comments(workspace, &row.id, None).await?;
        add(
            format!("{folder}/comments.json"),
            &comments.iter().map(comment).collect(),
        )?;
        let exports: Vec<Value> = store
            .exports(workspace, &row.id)
            .await?
            .iter()
            .map(|e| {
                json!({
                    "id": e.id, "tailoring_id": e.tailoring_id, "format": e.format, "template": e.template,
                    "sha256": e.sha256, "created_at": e.created_at, "certificate": value(Some(&e.certificate)),
                })
            })
            .collect();
        add(format!("{folder}/exports.json"), &Value::Array(exports))?;
        let name = format!("{folder}/original.{}", extension(&row.file_name, &row.format));
        originals.push((name, store.original(workspace, &row.id).await?));
    }
    files.append(&mut originals);
    Ok(tokio::task::spawn_blocking(move || zipped(&files)).await??)
}

fn about(row: &ResumeRow) -> Value {
    json!({
        "id": row.id, "file_name": row.file_name, "format": row.format, "version": row.version,
        "failure": value(row.failure.as_deref()), "created_at": row.created_at, "updated_at": row.updated_at,
    })
}

fn application(row: &ApplicationRow) -> Value {
    json!({
        "id": row.id, "resume_id": row.resume_id, "tailoring_id": row.tailoring_id, "stage": row.stage,
        "stage_at": row.stage_at, "version": row.version, "created_at": row.created_at,
        "content": value(Some(&row.content)),
    })
}

fn board_key(row: &BoardKeyRow) -> Value {
    let kept = value(Some(&row.content));
    json!({ "id": row.id, "board": kept["board"], "account": kept["account"], "created_at": row.created_at })
}

async fn language_model(store: &Store, workspace: &str) -> Result<Value, StoreError> {
    let row = store.language_model(workspace).await?;
    Ok(row.map_or(Value::Null, |row| {
        let kept = value(Some(&row.content));
        json!({ "use": kept["use"], "address": kept["address"], "name": kept["name"], "updated_at": row.updated_at })
    }))
}

fn letter(row: &LetterRow) -> Value {
    json!({
        "id": row.id, "version": row.version, "created_at": row.created_at, "updated_at": row.updated_at,
        "base": value(Some(&row.base)), "job": value(Some(&row.job)), "wish": value(Some(&row.wish)),
        "letter": value(Some(&row.content)), "facts": value(Some(&row.facts)),
    })
}

fn interview(row: &InterviewRow) -> Value {
    json!({
        "id": row.id, "version": row.version, "created_at": row.created_at, "updated_at": row.updated_at,
        "job": value(Some(&row.job)), "preparation": value(Some(&row.content)), "practice": value(Some(&row.practice)),
    })
}

async fn account(store: &Store, workspace: &str) -> Result<Value, StoreError> {
    let kept = store.workspace_by_id(workspace).await?.ok_or(StoreError::NotFound)?;
    let account = store.account(workspace).await?;
    let consents = store.consents(workspace).await?.into_iter();
    let consents = consents.map(|c| json!({ "document": c.document, "version": c.version, "given_at": c.given_at }));
    let sessions = store.sessions(workspace).await?.into_iter();
    let sessions = sessions
        .map(|s| json!({ "id": s.id, "device": s.device, "created_at": s.created_at, "last_seen_at": s.last_seen_at }));
    let tokens = store.api_tokens(workspace).await?.into_iter();
    let tokens = tokens
        .map(|t| json!({ "id": t.id, "name": t.name, "created_at": t.created_at, "last_used_at": t.last_used_at }));
    let identities = store.identities(workspace).await?.into_iter();
    let identities = identities.map(|i| {
        json!({ "id": i.id, "provider": i.provider, "email": i.email, "created_at": i.created_at, "last_used_at": i.last_used_at })
    });
    let passkeys = store.passkeys(workspace).await?.into_iter();
    let passkeys = passkeys
        .map(|p| json!({ "id": p.id, "name": p.name, "created_at": p.created_at, "last_used_at": p.last_used_at }));
    Ok(json!({
        "workspace_id": kept.id,
        "created_at": kept.created_at,
        "email": account.as_ref().map(|a| &a.email),
        "email_verified_at": account.as_ref().and_then(|a| a.email_verified_at.as_ref()),
        "password_changed_at": account.as_ref().map(|a| &a.password_changed_at),
        "second_factor": account.as_ref().is_some_and(|a| a.totp_confirmed),
        "consents": consents.collect::<Vec<_>>(),
        "identities": identities.collect::<Vec<_>>(),
        "passkeys": passkeys.collect::<Vec<_>>(),
        "sessions": sessions.collect::<Vec<_>>(),
        "api_tokens": tokens.collect::<Vec<_>>(),
    }))
}

fn comment(row: &CommentRow) -> Value {
    json!({
        "id": row.id, "share_id": row.share_id, "by_owner": row.by_owner, "author": row.author, "body": row.body,
        "resolved": row.resolved, "created_at": row.created_at,
    })
}

/// The memberships of a person; of a team, its members.
async fn teams(store: &Store, workspace: &str) -> Result<Value, StoreError> {
    let own = store.memberships(workspace).await?.into_iter().map(|m| {
        json!({
            "id": m.team.id, "team": m.team.name, "role": m.role, "called": m.name, "joined_at": m.joined_at,
        })
    });
    let members = store.members(workspace).await?.into_iter().map(|m| {
        json!({
            "member_id": m.member_id, "email": m.email, "role": m.role, "called": m.name, "joined_at": m.joined_at,
        })
    });
    Ok(Value::Array(own.chain(members).collect()))
}

async fn shares(store: &Store, workspace: &str) -> Result<Value, StoreError> {
    let shares = store.shares(workspace, None).await?.into_iter();
    let shares = shares.map(|s| {
        json!({
            "id": s.id, "resume_id": s.resume_id, "tailoring_id": s.tailoring_id, "label": s.label, "views": s.views,
            "downloads": s.downloads, "revoked_at": s.revoked_at, "created_at": s.created_at,
        })
    });
    Ok(Value::Array(shares.collect()))
}

/// Files as one ZIP.
pub(crate) fn zipped(files: &[(String, Vec<u8>)]) -> Packed {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name.as_str(), SimpleFileOptions::default())?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Why a ZIP could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// The store failed, or has no such person.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A value could not be written.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// The archive could not be written.
    #[error("the archive could not be written: {0}")]
    Zip(#[from] zip::result::ZipError),
    /// The thread ended.
    #[error("the archive could not be written: {0}")]
    Thread(#[from] tokio::task::JoinError),
}

impl From<PackError> for ApiError {
    fn from(error: PackError) -> Self {
        match error {
            PackError::Store(error) => error.into(),
            PackError::Json(error) => error.into(),
            error @ (PackError::Zip(_) | PackError::Thread(_)) => ApiError::Engine(error.to_string()),
        }
    }
}
