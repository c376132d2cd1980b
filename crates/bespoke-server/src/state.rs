//! What all requests share, and whose request it is.

use crate::engines::Engines;
use crate::error::ApiError;
use crate::live::Live;
use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use bespoke_models::reader::Reader;
use bespoke_store::{Store, Workspace};
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Name of the cookie that holds the token of the workspace.
pub const COOKIE: &str = "bespoke_workspace";

/// What all requests share; cheap to clone.
#[derive(Clone)]
pub struct App {
    pub(crate) store: Store,
    pub(crate) engines: Engines,
    pub(crate) live: Live,
    pub(crate) reader: Reader,
    /// As many engines at work as there are cores.
    cores: Arc<Semaphore>,
    /// Who takes the jobs: this run of the server.
    pub(crate) owner: Arc<str>,
}

impl App {
    /// A state over a store; begins to open the models. Ranks the built-in roles alone.
    pub fn new(store: Store, models: PathBuf, cache: PathBuf) -> App {
        App::with_taxonomies(store, models, cache, None)
    }

    /// As [`App::new`]; ranks the roles that were imported into the folder `data` too.
    pub fn with_taxonomies(store: Store, models: PathBuf, cache: PathBuf, data: Option<PathBuf>) -> App {
        let cores = std::thread::available_parallelism().map_or(1, |n| n.get());
        App {
            store,
            engines: Engines::open(models, cache, data),
            live: Live::default(),
            reader: Reader::in_process(),
            cores: Arc::new(Semaphore::new(cores)),
            owner: format!("{}-{}", std::process::id(), jiff::Timestamp::now().as_millisecond()).into(),
        }
    }

    /// Reads files with this reader; without it, in this process.
    pub fn with_reader(mut self, reader: Reader) -> App {
        self.reader = reader;
        self
    }

    /// Runs engine work on a thread of its own, at most as many at a time as there are cores. A panic in it is an
    /// error of this one request.
    pub(crate) async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ApiError> {
        let core = self.core().await?;
        self.work_on(core, work).await
    }

    /// Waits for a core, first come, first served.
    pub(crate) async fn core(&self) -> Result<OwnedSemaphorePermit, ApiError> {
        let core = self.cores.clone().acquire_owned().await;
        core.map_err(|e| ApiError::Engine(e.to_string()))
    }

    /// [`App::work`] on a core that is already taken.
    pub(crate) async fn work_on<T: Send + 'static>(
        &self,
        core: OwnedSemaphorePermit,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ApiError> {
        tokio::task::spawn_blocking(move || {
            let _core = core;
            work()
        })
        .await
        .map_err(|e| ApiError::Engine(e.to_string()))
    }
}

/// The workspace that a request comes from.
pub struct Guest(pub Workspace);

/// The token in the cookie of a request.
pub fn token(parts: &Parts) -> Option<&str> {
    parts
        .headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == COOKIE).then_some(value))
}

impl FromRequestParts<App> for Guest {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let token = token(parts).ok_or(ApiError::NoWorkspace)?;
        app.store
            .workspace(token)
            .await?
            .map(Guest)
            .ok_or(ApiError::NoWorkspace)
    }
}
