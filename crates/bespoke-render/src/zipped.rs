//! ZIP archives with fixed times, so that the same content gives the same bytes.

use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Packs files in the order given. A file named `mimetype` is stored as it is, as OpenDocument wants it.
pub(crate) fn pack(files: &[(&str, &[u8])]) -> Result<Vec<u8>, String> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        let method = match *name {
            "mimetype" => CompressionMethod::Stored,
            _ => CompressionMethod::Deflated,
        };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default());
        archive.start_file(*name, options).map_err(|e| e.to_string())?;
        archive.write_all(content).map_err(|e| e.to_string())?;
    }
    let file = archive.finish().map_err(|e| e.to_string())?;
    Ok(file.into_inner())
}
