//! Vectors of the taxonomy, computed once and kept in a file named by the hash of what they are made of.

use crate::{DIMENSIONS, Embedder, ModelError};
use bespoke_core::roles::{role_text, taxonomy};
use sha2::{Digest, Sha256};
use std::path::Path;

/// One unit vector per role, in the order of the taxonomy. A missing or damaged file is written anew; a folder that
/// cannot be written costs time, not the result.
///
/// # Errors
/// None today; the engine reports its own.
pub fn role_vectors(embedder: &Embedder, folder: &Path) -> Result<Vec<Vec<f32>>, ModelError> {
    let texts: Vec<String> = taxonomy().iter().map(role_text).collect();
    let mut hash = Sha256::new();
    hash.update(b"all-MiniLM-L6-v2 f32 1\n");
    for text in &texts {
        hash.update(text.as_bytes());
        hash.update(b"\n");
    }
    let name: String = hash.finalize().iter().take(12).map(|b| format!("{b:02x}")).collect();
    let path = folder.join(format!("roles-{name}.f32"));
    if let Ok(bytes) = std::fs::read(&path)
        && bytes.len() == texts.len() * DIMENSIONS * 4
    {
        let numbers: Vec<f32> = bytes
            .chunks_exact(4)
            .map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]))
            .collect();
        let sound = |v: &[f32]| (v.iter().map(|x| x * x).sum::<f32>() - 1.0).abs() < 1e-3;
        if numbers.chunks_exact(DIMENSIONS).all(sound) {
            return Ok(numbers.chunks_exact(DIMENSIONS).map(<[f32]>::to_vec).collect());
        }
    }
    let views: Vec<&str> = texts.iter().map(String::as_str).collect();
    let vectors = embedder.embed_batch(&views);
    let bytes: Vec<u8> = vectors.iter().flatten().flat_map(|v| v.to_le_bytes()).collect();
    let temporary = path.with_extension(format!("{}.tmp", std::process::id()));
    if std::fs::create_dir_all(folder).is_ok() && std::fs::write(&temporary, bytes).is_ok() {
        let _ = std::fs::rename(&temporary, &path);
    }
    Ok(vectors)
}
