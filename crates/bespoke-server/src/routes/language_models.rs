//! The language model of a workspace: off until somebody switches one on, tried, forgotten. Its key never leaves again but
//! to the address that it was given for.

use crate::auth::limits::Who;
use crate::error::{ApiError, Problem};
use crate::language_model::{Endpoint, is_plain, parse};
use crate::settings::Secret;
use crate::state::{App, Guest};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use bespoke_core::tailor::model::{NoAnswer, Wording, trial};
use serde::{Deserialize, Serialize};
use std::time::Instant;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Whose model it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ModelUse {
    /// One that the workspace names itself.
    Own,
    /// The one that this server offers.
    Shared,
}

/// A language model to switch on. It has no `Debug`: it may hold a key.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewLanguageModel {
    #[serde(rename = "use")]
    whose: ModelUse,
    /// Address of an OpenAI-compatible API, as in `https://api.example.com/v1`; for one of your own.
    #[serde(default)]
    address: String,
    /// Name of the model there; for one of your own.
    #[serde(default)]
    name: String,
    /// Its key. Left out, the key that is kept stays, if the address has the same origin; empty, there is none.
    key: Option<String>,
}

/// The model that this server offers.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SharedModelShown {
    /// The host that it stands on.
    host: String,
    name: String,
}

/// The model that is switched on.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct LanguageModelChosen {
    #[serde(rename = "use")]
    whose: ModelUse,
    /// Its address; of a shared one, its host.
    address: String,
    name: String,
    /// Whether a key is kept with it.
    has_key: bool,
    /// Why it is not asked any more, where whoever runs the server no longer allows it.
    fault: Option<String>,
    /// RFC 3339, UTC.
    updated_at: String,
}

/// What may be switched on, and what is.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct LanguageModelShown {
    /// Whether people may name one of their own here.
    own_allowed: bool,
    /// Whether that may stand on this machine or in its private network.
    private_allowed: bool,
    /// The one that this server offers.
    shared: Option<SharedModelShown>,
    /// The one that is on; `null` while it is off.
    chosen: Option<LanguageModelChosen>,
}

/// What came of trying a model. Nothing of anybody was sent.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ModelTrial {
    /// Why it is of no use; `null` where it works.
    failure: Option<NoAnswer>,
    /// The HTTP status, where it answered with an error.
    status: Option<u16>,
    /// How long it took.
    milliseconds: u64,
    /// What it made of the sentence that it was given.
    text: Option<String>,
}

/// As it is kept, sealed.
#[derive(Serialize, Deserialize)]
struct Kept {
    #[serde(rename = "use")]
    whose: ModelUse,
    address: String,
    name: String,
    key: Option<String>,
}

/// The routes of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(show_language_model, put_language_model, delete_language_model))
        .routes(routes!(try_language_model))
}

async fn kept(app: &App, workspace: &str) -> Result<Option<(Kept, String)>, ApiError> {
    let row = app.store.language_model(workspace).await?;
    let read = |row: bespoke_store::LanguageModelRow| Ok((serde_json::from_str(&row.content)?, row.updated_at));
    row.map(read).transpose()
}

fn endpoint(app: &App, kept: Kept) -> Result<Endpoint, ApiError> {
    let rules = &app.settings.models;
    let gone = || ApiError::BadRequest("whoever runs this server does not offer this any more".into());
    match kept.whose {
        ModelUse::Shared => rules.shared().ok_or_else(gone),
        ModelUse::Own if !rules.enabled || !rules.own => Err(gone()),
        ModelUse::Own => rules
            .own(&kept.address, &kept.name, kept.key.map(Secret::new))
            .map_err(|fault| ApiError::BadRequest(fault.to_string())),
    }
}

/// The model that a workspace has switched on.
///
/// # Errors
/// [`ApiError::ModelOff`]; it is no longer allowed; the store fails.
async fn chosen(app: &App, workspace: &str) -> Result<Endpoint, ApiError> {
    let (kept, _) = kept(app, workspace).await?.ok_or(ApiError::ModelOff)?;
    endpoint(app, kept)
}

/// What a model answered to a request.
pub struct Answered {
    /// Its name.
    pub model: String,
    /// Its wordings, or why there are none.
    pub wordings: Result<Vec<Wording>, NoAnswer>,
}

/// Puts a request to the model that a workspace has switched on; `request` makes it for the name of the model.
///
/// # Errors
/// [`ApiError::ModelOff`], [`ApiError::TooMany`]; a model that does not answer is no error.
pub async fn ask<F>(app: &App, workspace: &str, request: impl FnOnce(String) -> F) -> Result<Answered, ApiError>
where
    F: Future<Output = Result<Option<serde_json::Value>, ApiError>>,
{
    let endpoint = chosen(app, workspace).await?;
    let model = endpoint.name.clone();
    let Some(request) = request(model.clone()).await? else {
        let wordings = Ok(Vec::new());
        return Ok(Answered { model, wordings });
    };
    let who = Who::Model(workspace.to_owned());
    app.auth.limits.take(who).map_err(ApiError::TooMany)?;
    let answer = endpoint.ask(&request, app.settings.models.timeout).await;
    Ok(Answered {
        model,
        wordings: answer.map_err(|silence| silence.why),
    })
}

fn host(address: &str) -> String {
    let url = parse(address).ok();
    url.and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_default()
}

async fn shown(app: &App, workspace: &str) -> Result<Json<LanguageModelShown>, ApiError> {
    let rules = &app.settings.models;
    let shared = rules.shared();
    let chosen = kept(app, workspace).await?.map(|(kept, updated_at)| {
        let (address, name) = match (kept.whose, &shared) {
            (ModelUse::Shared, Some(shared)) => (host(&shared.address), shared.name.clone()),
            _ => (kept.address.clone(), kept.name.clone()),
        };
        LanguageModelChosen {
            whose: kept.whose,
            address,
            name,
            has_key: kept.key.is_some(),
            updated_at,
            fault: endpoint(app, kept).err().map(|error| error.to_string()),
        }
    });
    Ok(Json(LanguageModelShown {
        own_allowed: rules.enabled && rules.own,
        private_allowed: rules.allow_private || !rules.allowed.is_empty(),
        shared: shared.map(|shared| SharedModelShown {
            host: host(&shared.address),
            name: shared.name,
        }),
        chosen,
    }))
}

/// Which language model may be switched on, and which is; never its key.
#[utoipa::path(get, path = "/model", tag = "language model", responses((status = 200, body = LanguageModelShown)))]
async fn show_language_model(
    Guest(workspace): Guest,
    State(app): State<App>,
) -> Result<Json<LanguageModelShown>, ApiError> {
    shown(&app, &workspace.id).await
}

/// Switches a language model on: from then on it is asked to word suggestions and letters, whenever somebody asks for that.
#[utoipa::path(put, path = "/model", tag = "language model", request_body = NewLanguageModel, responses((status = 200, body = LanguageModelShown), (status = 400, body = Problem)))]
async fn put_language_model(
    Guest(workspace): Guest,
    State(app): State<App>,
    Json(new): Json<NewLanguageModel>,
) -> Result<Json<LanguageModelShown>, ApiError> {
    let mut next = Kept {
        whose: new.whose,
        address: String::new(),
        name: String::new(),
        key: None,
    };
    if new.whose == ModelUse::Own {
        let url = parse(&new.address).map_err(|fault| ApiError::BadRequest(fault.to_string()))?;
        let before = kept(&app, &workspace.id).await?.map(|(kept, _)| kept);
        // A key stays with whom it was given for.
        let same = before.filter(|b| parse(&b.address).is_ok_and(|b| b.origin() == url.origin()));
        next.address = url.as_str().trim_end_matches('/').to_owned();
        next.name = new.name.trim().to_owned();
        next.key = match new.key {
            Some(key) => Some(key.trim().to_owned()).filter(|key| !key.is_empty()),
            None => same.and_then(|b| b.key),
        };
        if next.name.is_empty() || !is_plain(&next.name) {
            return Err(ApiError::BadRequest(
                "say which model: its name has no spaces, as in qwen2.5:7b".into(),
            ));
        }
        if next.key.as_deref().is_some_and(|key| !is_plain(key)) {
            return Err(ApiError::BadRequest("a key has no spaces and no accents".into()));
        }
    }
    let content = serde_json::to_string(&next)?;
    endpoint(&app, next)?;
    app.store.put_language_model(&workspace.id, &content).await?;
    shown(&app, &workspace.id).await
}

/// Switches the language model off and forgets its key.
#[utoipa::path(delete, path = "/model", tag = "language model", responses((status = 204)))]
async fn delete_language_model(Guest(workspace): Guest, State(app): State<App>) -> Result<StatusCode, ApiError> {
    app.store.delete_language_model(&workspace.id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Has the model that is switched on word a sentence about nobody.
#[utoipa::path(post, path = "/model/test", tag = "language model", responses((status = 200, body = ModelTrial), (status = 400, body = Problem), (status = 409, body = Problem), (status = 429, body = Problem)))]
async fn try_language_model(Guest(workspace): Guest, State(app): State<App>) -> Result<Json<ModelTrial>, ApiError> {
    let endpoint = chosen(&app, &workspace.id).await?;
    let who = Who::Model(workspace.id);
    app.auth.limits.take(who).map_err(ApiError::TooMany)?;
    let start = Instant::now();
    let answer = endpoint.ask(&trial(&endpoint.name), app.settings.models.timeout).await;
    let milliseconds = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    let (failure, status, text) = match answer {
        Ok(wordings) => (None, None, wordings.into_iter().next().map(|w| w.text)),
        Err(silence) => (Some(silence.why), silence.status, None),
    };
    Ok(Json(ModelTrial {
        failure,
        status,
        milliseconds,
        text,
    }))
}
