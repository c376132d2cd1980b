use std::path::PathBuf;

/// Why an engine is not at hand or gave up.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// A model file is not there.
    #[error("{0}: the model file is missing; run `make models` to fetch it")]
    Missing(PathBuf),
    /// A model file is not the one that was pinned.
    #[error("{0}: not the model file that was pinned ({1}); delete it and run `make models`")]
    Wrong(PathBuf, String),
    /// The engine refused the input.
    #[error("the embedding engine failed: {0}")]
    Engine(String),
    /// A page could not be drawn.
    #[error("page {0} could not be drawn: {1}")]
    Page(usize, String),
}
