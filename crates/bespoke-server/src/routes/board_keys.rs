//! Keys for job boards: a person's own for searches, an employer's for applications by API. Entered, listed without the
//! key itself, deleted; a key never leaves again but to its board.

use crate::boards::{BoardKey, KeyUse, Keys, Source, board};
use crate::error::{ApiError, Problem};
use crate::settings::Secret;
use crate::state::{App, Guest};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use bespoke_store::BoardKeyRow;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Most characters of a key or a name.
const LONGEST: usize = 200;
/// Most keys of a workspace.
const MOST: usize = 50;

/// A key to keep. It has no `Debug`: it is secret.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewBoardKey {
    /// The board: `adzuna`, `usajobs`, `greenhouse`, `lever`.
    board: String,
    /// The employer's account there: for `greenhouse` and `lever` only.
    #[serde(default)]
    account: String,
    /// What goes with it: Adzuna's application id, or the e-mail address that USAJOBS gave the key to.
    #[serde(default)]
    name: String,
    /// The key.
    secret: String,
}

/// A key that is kept.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct BoardKeyShown {
    id: String,
    /// The board.
    board: String,
    /// The account there; empty for a board that is searched.
    account: String,
    /// RFC 3339, UTC.
    created_at: String,
}

/// As it is kept, sealed.
#[derive(Serialize, Deserialize)]
struct Kept {
    board: String,
    account: String,
    name: String,
    secret: String,
}

/// The routes of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_board_keys, put_board_key))
        .routes(routes!(delete_board_key))
}

fn shown(row: &BoardKeyRow) -> Result<BoardKeyShown, ApiError> {
    let kept: Kept = serde_json::from_str(&row.content)?;
    Ok(BoardKeyShown {
        id: row.id.clone(),
        board: kept.board,
        account: kept.account,
        created_at: row.created_at.clone(),
    })
}

/// The keys of a workspace.
pub(super) async fn keys(app: &App, workspace: &str) -> Result<Keys, ApiError> {
    let rows = app.store.board_keys(workspace).await?;
    let read = |row: &BoardKeyRow| {
        let kept: Kept = serde_json::from_str(&row.content)?;
        Ok(BoardKey {
            board: kept.board,
            account: kept.account,
            name: kept.name,
            secret: Secret::new(kept.secret),
        })
    };
    let keys: Result<Vec<BoardKey>, serde_json::Error> = rows.iter().map(read).collect();
    Ok(Keys::new(keys?))
}

/// All keys for job boards, newest first; never the keys themselves.
#[utoipa::path(get, path = "/board-keys", tag = "openings", responses((status = 200, body = [BoardKeyShown])))]
async fn list_board_keys(
    Guest(workspace): Guest,
    State(app): State<App>,
) -> Result<Json<Vec<BoardKeyShown>>, ApiError> {
    let rows = app.store.board_keys(&workspace.id).await?;
    Ok(Json(rows.iter().map(shown).collect::<Result<_, _>>()?))
}

/// Keeps a key for a job board, in place of the one for the same board and account.
#[utoipa::path(post, path = "/board-keys", tag = "openings", request_body = NewBoardKey, responses((status = 201, body = BoardKeyShown), (status = 400, body = Problem)))]
async fn put_board_key(
    Guest(workspace): Guest,
    State(app): State<App>,
    Json(new): Json<NewBoardKey>,
) -> Result<(StatusCode, Json<BoardKeyShown>), ApiError> {
    let kept = checked(new)?;
    let rows = app.store.board_keys(&workspace.id).await?;
    let same = rows
        .iter()
        .map(shown)
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .find(|key| key.board == kept.board && key.account == kept.account);
    if same.is_none() && rows.len() >= MOST {
        return Err(ApiError::BadRequest(format!("at most {MOST} keys: delete one first")));
    }
    let content = serde_json::to_string(&kept)?;
    let replaces = same.as_ref().map(|key| key.id.as_str());
    let row = app.store.put_board_key(&workspace.id, replaces, &content).await?;
    Ok((StatusCode::CREATED, Json(shown(&row)?)))
}

fn checked(new: NewBoardKey) -> Result<Kept, ApiError> {
    let wrong = |why: &str| Err(ApiError::BadRequest(why.to_owned()));
    let kept = Kept {
        board: new.board.trim().to_owned(),
        account: new.account.trim().to_owned(),
        name: new.name.trim().to_owned(),
        secret: new.secret.trim().to_owned(),
    };
    let plain = |text: &str| text.len() <= LONGEST && text.chars().all(|c| c.is_ascii_graphic());
    if !plain(&kept.name) || !plain(&kept.secret) || kept.secret.is_empty() {
        return wrong("a key and its name are at most 200 letters, digits and signs, without spaces");
    }
    match board(&kept.board).map(|b| b.key()) {
        Some(KeyUse::Searching) if !kept.account.is_empty() => wrong("this board takes one key, for no account"),
        Some(KeyUse::Searching) if kept.name.is_empty() => wrong(match kept.board.as_str() {
            "usajobs" => "USAJOBS wants the e-mail address that the key was given to",
            _ => "this board wants the id of the application beside its key",
        }),
        Some(KeyUse::Searching) if kept.board == "usajobs" && !kept.name.contains('@') => {
            wrong("USAJOBS wants the e-mail address that the key was given to")
        }
        Some(KeyUse::Searching) => Ok(kept),
        Some(KeyUse::Applying) => match Source::parse(&format!("{}:{}", kept.board, kept.account)) {
            Ok(_) => Ok(kept),
            Err(_) => wrong("say which employer's account the key is for, as in its address on the board"),
        },
        Some(KeyUse::None) | None => wrong("keys are for adzuna, usajobs, greenhouse and lever"),
    }
}

/// Deletes a key for a job board.
#[utoipa::path(delete, path = "/board-keys/{id}", tag = "openings", params(("id" = String, Path)), responses((status = 204), (status = 404, body = Problem)))]
async fn delete_board_key(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    app.store.delete_board_key(&workspace.id, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
