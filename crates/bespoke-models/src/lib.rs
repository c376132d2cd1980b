//! The heavy engines: sentence embedding, page raster, OCR.

mod closeness;
mod embed;
mod error;
pub mod raster;
mod roles;

pub use closeness::JobCloseness;
pub use embed::{DIMENSIONS, Embedder};
pub use error::ModelError;
pub use roles::Recommender;
