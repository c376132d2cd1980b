//! What all requests share, and whose request it is.

use crate::audits::Audits;
use crate::auth::{AccountsConfig, Auth};
use crate::boards::Asker;
use crate::engines::Engines;
use crate::error::ApiError;
use crate::gate::Access;
use crate::learning::InUse;
use crate::live::Live;
use crate::metrics::Metrics;
use crate::settings::Settings;
use crate::sharing::Visits;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use bespoke_models::reader::Reader;
use bespoke_store::{Store, Workspace};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

/// What all requests share; cheap to clone.
#[derive(Clone)]
pub struct App {
    pub(crate) store: Store,
    pub(crate) engines: Engines,
    pub(crate) live: Live,
    pub(crate) learned: InUse,
    pub(crate) reader: Reader,
    pub(crate) audits: Audits,
    pub(crate) auth: Arc<Auth>,
    pub(crate) visits: Visits,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) settings: Arc<Settings>,
    pub(crate) asker: Arc<Asker>,
    stopping: Arc<watch::Sender<bool>>,
    /// The program whose `worker --draw` draws through templates of people's own; without it, this process does.
    pub(crate) drawer: Option<Arc<std::path::Path>>,
    /// As many engines at work as there are cores.
    cores: Arc<Semaphore>,
    all_cores: usize,
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
            live: Live::of(&store),
            store,
            engines: Engines::open(models, cache, data),
            learned: InUse::default(),
            reader: Reader::in_process(),
            audits: Audits::default(),
            auth: Arc::default(),
            visits: Visits::default(),
            metrics: Arc::default(),
            settings: Arc::default(),
            asker: Arc::default(),
            stopping: Arc::new(watch::Sender::new(false)),
            drawer: None,
            cores: Arc::new(Semaphore::new(cores)),
            all_cores: cores,
            owner: format!("{}-{}", std::process::id(), jiff::Timestamp::now().as_millisecond()).into(),
        }
    }

    /// Reads files with this reader; without it, in this process.
    pub fn with_reader(mut self, reader: Reader) -> App {
        self.reader = reader;
        self
    }

    /// With accounts as they are configured; without it, over plain http and without a list of breached passwords.
    pub fn with_accounts(mut self, config: AccountsConfig) -> App {
        self.auth = Arc::new(Auth::new(config));
        self
    }

    /// With these choices in place of the defaults.
    pub fn with_settings(mut self, settings: Settings) -> App {
        self.store = self.store.with_limits(settings.queue);
        self.settings = Arc::new(settings);
        self
    }

    /// Asks job boards in this way in place of the default one: for tests with a board of ours.
    pub fn with_asker(mut self, asker: Asker) -> App {
        self.asker = Arc::new(asker);
        self
    }

    /// Tells everything that goes on for long to end; no job is taken any more.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Whether the server is about to stop.
    pub(crate) fn is_stopping(&self) -> bool {
        *self.stopping.borrow()
    }

    /// Waits until the server is about to stop.
    pub(crate) async fn stopped(&self) {
        // The sender lives as long as this state.
        let _ = self.stopping.subscribe().wait_for(|stopping| *stopping).await;
    }

    /// Waits until no engine is at work, at most for `grace`; true where none is.
    pub(crate) async fn idle(&self, grace: Duration) -> bool {
        let all = u32::try_from(self.all_cores).unwrap_or(1);
        let free = self.cores.acquire_many(all);
        tokio::time::timeout(grace, free).await.is_ok()
    }

    /// Draws through templates of people's own in a process of this program.
    pub fn with_drawer(mut self, program: PathBuf) -> App {
        self.drawer = Some(program.into());
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

/// The workspace that a request is about, whoever makes it (guest, signed in, or a script): the caller's own, or that of a
/// team that the caller is in.
pub struct Guest(pub Workspace);

/// The value of a cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, wanted: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == wanted).then_some(value))
}

impl FromRequestParts<App> for Guest {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let access = Access::from_request_parts(parts, app).await?;
        Ok(Guest(access.workspace))
    }
}
