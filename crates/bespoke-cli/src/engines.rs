//! The engines that need files on disk: where the models are, and opening them.

use crate::failure::Failure;
use bespoke_models::Embedder;
use std::path::PathBuf;

/// Where models and caches are kept.
#[derive(Debug, Clone, clap::Args)]
pub struct ModelArgs {
    /// Folder of the models [default: the user's cache folder]
    #[arg(long, env = "BESPOKE_MODELS", value_name = "DIR")]
    pub models: Option<PathBuf>,
}

impl ModelArgs {
    /// The folder of the models.
    pub fn dir(&self) -> PathBuf {
        self.models.clone().unwrap_or_else(models_dir)
    }

    /// Opens the embedding model.
    pub fn embedder(&self) -> Result<Embedder, Failure> {
        let threads = std::thread::available_parallelism().map_or(1, |n| n.get());
        Ok(Embedder::open(&self.dir(), threads)?)
    }
}

/// `$BESPOKE_MODELS`, else `models` in the cache.
pub fn models_dir() -> PathBuf {
    std::env::var_os("BESPOKE_MODELS").map_or_else(|| cache_dir().join("models"), PathBuf::from)
}

/// `$BESPOKE_CACHE`, else `bespoke` in the user's cache folder.
pub fn cache_dir() -> PathBuf {
    if let Some(dir) = std::env::var_os("BESPOKE_CACHE") {
        return dir.into();
    }
    std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")))
        .unwrap_or_else(std::env::temp_dir)
        .join("bespoke")
}
