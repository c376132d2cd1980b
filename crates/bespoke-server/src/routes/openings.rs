//! Openings of job boards, ranked by how well a résumé fits. Nothing is asked of a board before a person names it.

use super::board_keys::keys;
use super::resumes::content;
use crate::boards::{Opening, Ranked, Source, merge, rank};
use crate::error::{ApiError, Problem};
use crate::state::{App, Guest};
use axum::Json;
use axum::extract::{Path, State};
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Most boards of one search.
const SOURCES: usize = 10;

/// Where to look.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct NewSearch {
    /// Boards and accounts: `greenhouse:example`, `feed:https://example.org/jobs.rss`, `page:https://example.org/job/1`; searches
    /// with a key of your own: `adzuna:gb?what=nurse&where=Leeds`, `usajobs:us?what=nurse&where=Denver`.
    sources: Vec<String>,
    /// How many openings to show, 1 to 100; 20 where it is left out.
    top: Option<usize>,
}

/// What was found.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SearchResult {
    /// Openings that were read, each job once.
    found: usize,
    /// The best of them.
    openings: Vec<Ranked>,
    /// What could not be read, or not all of it, by source.
    problems: Vec<String>,
}

/// The routes of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(search_openings))
}

/// Reads the lists of job boards and ranks their openings for a résumé.
#[utoipa::path(post, path = "/resumes/{id}/openings", tag = "openings", params(("id" = String, Path)), request_body = NewSearch, responses((status = 200, body = SearchResult), (status = 400, body = Problem), (status = 404, body = Problem), (status = 503, body = Problem)))]
async fn search_openings(
    Guest(workspace): Guest,
    State(app): State<App>,
    Path(id): Path<String>,
    Json(search): Json<NewSearch>,
) -> Result<Json<SearchResult>, ApiError> {
    let top = search.top.unwrap_or(20);
    if search.sources.is_empty() || search.sources.len() > SOURCES || !(1..=100).contains(&top) {
        return Err(ApiError::BadRequest(format!(
            "name 1 to {SOURCES} sources; `top` is 1 to 100"
        )));
    }
    let sources: Result<Vec<Source<'_>>, _> = search.sources.iter().map(|s| Source::parse(s)).collect();
    let sources = sources.map_err(|e| ApiError::BadRequest(e.to_string()))?;
    let resume = content(&app.store.resume(&workspace.id, &id).await?)?;
    let engine = app.engines.get().await?;
    let keys = keys(&app, &workspace.id).await?;
    let mut openings: Vec<Opening> = Vec::new();
    let mut problems = Vec::new();
    for source in sources {
        match app.asker.openings(source, &keys).await {
            Ok(found) => {
                openings.extend(found.openings);
                problems.extend(found.cut);
            }
            Err(error) => problems.push(error.to_string()),
        }
    }
    let openings = merge(openings);
    let found = openings.len();
    let openings = app.work(move || rank(&resume, openings, &engine.embedder, top)).await?;
    Ok(Json(SearchResult {
        found,
        openings,
        problems,
    }))
}
