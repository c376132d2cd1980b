//! Comments on a résumé: the person, or the team, reads, answers, settles and deletes them here; reviewers write them on
//! the page of a link (`shared`).

use crate::error::{ApiError, Problem};
use crate::gate::Access;
use crate::pages::{Page, page};
use crate::state::{App, Guest};
use axum::Json;
use axum::extract::{OriginalUri, Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use bespoke_store::{CommentRow, NewComment};
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Most characters of a comment.
const BODY: usize = 4000;
/// Most characters of an author's name.
const AUTHOR: usize = 80;

/// A comment to write.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct CommentRequest {
    /// What it says, 1 to 4000 characters.
    body: String,
    /// The link on whose page it shall stand, so that the reviewer reads it; without it, only you see it.
    share_id: Option<String>,
}

/// Whether a comment is settled.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct CommentChange {
    resolved: bool,
}

/// A comment.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Comment {
    /// UUID.
    id: String,
    resume_id: String,
    /// The link that it stands on, while there is one.
    share_id: Option<String>,
    /// Whether you wrote it.
    mine: bool,
    /// Whether whose résumé it is wrote it, or a member of the team; else a visitor of a link did.
    by_owner: bool,
    /// What the member is called in the team; of a visitor, what they call themselves, which nobody has checked.
    author: String,
    body: String,
    /// Whether it is settled.
    resolved: bool,
    /// RFC 3339, UTC.
    created_at: String,
}

impl Comment {
    fn seen_by(access: &Access, row: CommentRow) -> Comment {
        Comment {
            mine: match &row.author_id {
                Some(author) => *author == access.caller.workspace().id,
                None => row.by_owner && !access.team,
            },
            id: row.id,
            resume_id: row.resume_id,
            share_id: row.share_id,
            by_owner: row.by_owner,
            author: row.author,
            body: row.body,
            resolved: row.resolved,
            created_at: row.created_at,
        }
    }
}

/// The routes of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_comments, create_comment))
        .routes(routes!(update_comment, delete_comment))
}

/// Text without control characters but line breaks, at its two ends without blanks; none where it is empty or too long.
fn plain(text: &str, most: usize) -> Option<String> {
    let kept: String = text.chars().filter(|c| !c.is_control() || *c == '\n').collect();
    let kept = kept.trim();
    (1..=most).contains(&kept.chars().count()).then(|| kept.to_owned())
}

/// What a comment says.
pub fn body(text: &str) -> Result<String, ApiError> {
    plain(text, BODY).ok_or_else(|| ApiError::BadRequest(format!("a comment has 1 to {BODY} characters")))
}

/// What a reviewer, or a member of a team, is called.
pub fn name_of_author(text: &str) -> Result<String, ApiError> {
    plain(&text.replace('\n', " "), AUTHOR)
        .ok_or_else(|| ApiError::BadRequest(format!("a name has 1 to {AUTHOR} characters")))
}

/// The comments on a résumé, oldest first.
#[utoipa::path(get, path = "/resumes/{id}/comments", tag = "comments", params(("id" = String, Path), Page), responses((status = 200, body = [Comment]), (status = 400, body = Problem), (status = 404, body = Problem)))]
async fn list_comments(
    access: Access,
    State(app): State<App>,
    Path(id): Path<String>,
    Query(part): Query<Page>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, ApiError> {
    let rows = app.store.comments(&access.workspace.id, &id, None).await?;
    let list: Vec<Comment> = rows.into_iter().map(|row| Comment::seen_by(&access, row)).collect();
    page(list, |c| &c.id, &part, &uri)
}

/// Writes a comment; with a link, as an answer that its visitors read.
#[utoipa::path(post, path = "/resumes/{id}/comments", tag = "comments", params(("id" = String, Path)), request_body = CommentRequest, responses((status = 201, body = Comment), (status = 400, body = Problem), (status = 404, body = Problem)))]
async fn create_comment(
    access: Access,
    State(app): State<App>,
    Path(id): Path<String>,
    Json(new): Json<CommentRequest>,
) -> Result<(StatusCode, Json<Comment>), ApiError> {
    let body = body(&new.body)?;
    let (workspace, me) = (&access.workspace.id, &access.caller.workspace().id);
    // In one's own workspace everybody knows who it is.
    let author = match access.team {
        true => app.store.membership(workspace, me).await?.map(|m| m.name),
        false => None,
    };
    let new = NewComment {
        resume_id: &id,
        share_id: new.share_id.as_deref(),
        by_owner: true,
        author_id: access.team.then_some(me.as_str()),
        author: author.as_deref().unwrap_or_default(),
        body: &body,
    };
    match app.store.create_comment(workspace, new).await? {
        Some(row) => Ok((StatusCode::CREATED, Json(Comment::seen_by(&access, row)))),
        None => Err(ApiError::BadRequest(
            "this résumé has as many comments as it may: delete some".into(),
        )),
    }
}

/// Settles a comment, or opens it again.
#[utoipa::path(patch, path = "/comments/{id}", tag = "comments", params(("id" = String, Path)), request_body = CommentChange, responses((status = 200, body = Comment), (status = 404, body = Problem)))]
async fn update_comment(
    access: Access,
    State(app): State<App>,
    Path(id): Path<String>,
    Json(change): Json<CommentChange>,
) -> Result<Json<Comment>, ApiError> {
    let row = app
        .store
        .settle_comment(&access.workspace.id, &id, change.resolved)
        .await?;
    Ok(Json(Comment::seen_by(&access, row)))
}

/// Deletes a comment.
#[utoipa::path(delete, path = "/comments/{id}", tag = "comments", params(("id" = String, Path)), responses((status = 204), (status = 404, body = Problem)))]
async fn delete_comment(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    app.store.delete_comment(&workspace.id, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
