//! The embedding engine: opened in the background, waited for by those who need it.

use crate::error::ApiError;
use bespoke_core::learning::observe;
use bespoke_core::resume::Resume;
use bespoke_core::roles::{Anchor, BLEND, Fit, Learned, Role, Taxonomy, Traits};
use bespoke_models::{Embedder, Recommender, taxonomies};
use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::watch;

/// The model and the vectors of the taxonomy.
pub struct Engine {
    /// Makes vectors.
    pub embedder: Embedder,
    roles: Recommender<'static>,
}

impl Engine {
    fn open(models: &Path, cache: &Path, data: Option<&Path>) -> Result<Engine, bespoke_models::ModelError> {
        let threads = std::thread::available_parallelism().map_or(1, |n| n.get());
        let embedder = Embedder::open(models, threads)?;
        // A damaged import must not take the built-in roles away.
        let taxonomy = match data.map(taxonomies::all) {
            None => Cow::Borrowed(Taxonomy::builtin()),
            Some(Ok(all)) => Cow::Owned(all),
            Some(Err(e)) => {
                tracing::error!("imported taxonomies are left out: {e}");
                Cow::Borrowed(Taxonomy::builtin())
            }
        };
        let roles = Recommender::open(&embedder, taxonomy, cache);
        Ok(Engine { embedder, roles })
    }

    /// Ranks the roles for a résumé by learned weights; `blend` is the person's own share of the semantic part.
    pub fn rank(&self, resume: &Resume, learned: &Learned, blend: Option<f64>, top: usize) -> Vec<Fit> {
        self.roles.rank_learned(&self.embedder, resume, learned, blend, top)
    }

    /// How a role meets a résumé; `None` where there is no such role.
    pub fn observe(&self, resume: &Resume, role: &str) -> Option<(Traits, Anchor)> {
        let all = self.roles.ground().taxonomy.roles().len();
        observe(&self.roles.rank(&self.embedder, resume, BLEND, all), role)
    }
}

type Opened = Option<Result<Arc<Engine>, String>>;

/// The engine, once it is open.
#[derive(Clone)]
pub struct Engines(watch::Receiver<Opened>);

impl Engines {
    /// Begins to open the engine on a thread of its own.
    pub fn open(models: PathBuf, cache: PathBuf, data: Option<PathBuf>) -> Engines {
        let (tell, told) = watch::channel(None);
        tokio::task::spawn_blocking(move || {
            let opened = Engine::open(&models, &cache, data.as_deref())
                .map(Arc::new)
                .map_err(|e| e.to_string());
            if let Err(reason) = &opened {
                tracing::error!("roles and tailoring are off: {reason}");
            }
            tell.send_replace(Some(opened));
        });
        Engines(told)
    }

    /// A role by its id: built in, or imported where the engine has opened.
    pub fn role(&self, id: &str) -> Result<Role, ApiError> {
        let imported = || match &*self.0.borrow() {
            Some(Ok(engine)) => engine.roles.taxonomy().get(id).cloned(),
            _ => None,
        };
        let found = Taxonomy::builtin().get(id).cloned().or_else(imported);
        found.ok_or(ApiError::NotFound("a role of this name"))
    }

    /// Waits for the engine.
    pub async fn get(&self) -> Result<Arc<Engine>, ApiError> {
        let mut told = self.0.clone();
        let opened = told.wait_for(Option::is_some).await.map(|o| o.clone());
        match opened {
            Ok(Some(Ok(engine))) => Ok(engine),
            Ok(Some(Err(reason))) => Err(ApiError::NoModel(reason)),
            Ok(None) | Err(_) => Err(ApiError::NoModel("the embedding engine did not open".into())),
        }
    }

    /// Why the engine is not there: it is still opening, or it failed.
    pub fn lacking(&self) -> Option<String> {
        match &*self.0.borrow() {
            Some(Ok(_)) => None,
            Some(Err(reason)) => Some(reason.clone()),
            None => Some("the embedding engine is still opening".into()),
        }
    }
}
