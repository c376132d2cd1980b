//! The heavy engines: sentence embedding, page raster, character recognition, and the sandboxed reading of files.

mod closeness;
mod convert;
mod embed;
mod error;
mod grey;
mod kept;
pub mod nearest;
pub mod ocr;
mod pictures;
pub mod raster;
pub mod reader;
mod roles;
pub mod taxonomies;

pub use closeness::{JobCloseness, line_of_job, line_of_work};
pub use embed::{DIMENSIONS, Embedder};
pub use error::ModelError;
pub use roles::Recommender;
