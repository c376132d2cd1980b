//! The heavy engines: sentence embedding, page raster.
