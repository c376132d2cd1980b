//! Vectors of texts that stay (a taxonomy, imported roles), kept in one file under the hash of model and text: what is
//! new is embedded, what is known is not.

use crate::{DIMENSIONS, Embedder};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::path::Path;

/// Model and layout of the file; another one makes all of it new.
const HEAD: &[u8; 32] = b"all-MiniLM-L6-v2 f32 mean v3    ";
const FILE: &str = "vectors.f32";
/// Most vectors that the file keeps; beyond, only those of the present texts stay.
const MOST: usize = 200_000;
const KEY: usize = 16;
const BYTES: usize = DIMENSIONS * 4;

type Key = [u8; KEY];

fn key(text: &str) -> Key {
    let mut hash = Sha256::new();
    hash.update(HEAD);
    hash.update(text.as_bytes());
    let mut key = [0; KEY];
    key.copy_from_slice(&hash.finalize()[..KEY]);
    key
}

/// The vectors of `texts`, one after the other, from the file in `folder` or computed and kept there. A missing or
/// damaged file is written anew; a folder that cannot be written costs time, not the result.
pub(crate) fn vectors(embedder: &Embedder, texts: &[String], folder: &Path) -> Vec<f32> {
    let path = folder.join(FILE);
    let bytes = std::fs::read(&path).unwrap_or_default();
    let known = read(&bytes).unwrap_or_default();
    let keys: Vec<Key> = texts.iter().map(|t| key(t)).collect();
    let lacking: Vec<usize> = (0..texts.len()).filter(|n| !known.contains_key(&keys[*n])).collect();
    let views: Vec<&str> = lacking.iter().map(|n| texts[*n].as_str()).collect();
    let new = embedder.embed_batch(&views);
    let mut out = vec![0.0f32; texts.len() * DIMENSIONS];
    for (slot, key) in out.chunks_exact_mut(DIMENSIONS).zip(&keys) {
        if let Some(stored) = known.get(key) {
            for (value, bytes) in slot.iter_mut().zip(stored.chunks_exact(4)) {
                *value = f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
            }
        }
    }
    for (n, vector) in lacking.iter().zip(&new) {
        out[n * DIMENSIONS..(n + 1) * DIMENSIONS].copy_from_slice(vector);
    }
    if !lacking.is_empty() {
        embedder.forget();
        let mut all: HashMap<Key, Vec<u8>> = HashMap::new();
        if known.len() + lacking.len() <= MOST {
            all.extend(known.iter().map(|(k, v)| (*k, v.to_vec())));
        }
        for (key, vector) in keys.iter().zip(out.chunks_exact(DIMENSIONS)) {
            all.insert(*key, vector.iter().flat_map(|v| v.to_le_bytes()).collect());
        }
        write(&path, &all);
    }
    out
}

/// The vectors of a file by their keys; nothing where the file is not whole or a vector has not the length of 1.
fn read(bytes: &[u8]) -> Option<HashMap<Key, &[u8]>> {
    let rest = bytes.strip_prefix(HEAD.as_slice())?;
    let each = KEY + BYTES;
    if rest.len() % each != 0 {
        return None;
    }
    let mut known = HashMap::with_capacity(rest.len() / each);
    for entry in rest.chunks_exact(each) {
        let (key, vector) = entry.split_first_chunk::<KEY>()?;
        // Eight sums side by side, which the machine adds at once.
        let mut squares = [0.0f32; 8];
        for eight in vector.chunks_exact(32) {
            for (sum, b) in squares.iter_mut().zip(eight.chunks_exact(4)) {
                let value = f32::from_le_bytes([b[0], b[1], b[2], b[3]]);
                *sum += value * value;
            }
        }
        if (squares.iter().sum::<f32>() - 1.0).abs() > 1e-3 {
            return None;
        }
        known.insert(*key, vector);
    }
    Some(known)
}

fn write(path: &Path, all: &HashMap<Key, Vec<u8>>) {
    let mut bytes = Vec::with_capacity(HEAD.len() + all.len() * (KEY + BYTES));
    bytes.extend_from_slice(HEAD);
    let mut sorted: Vec<_> = all.iter().collect();
    sorted.sort_by_key(|(key, _)| **key);
    for (key, vector) in sorted {
        bytes.extend_from_slice(key);
        bytes.extend_from_slice(vector);
    }
    let temporary = path.with_extension(format!("{}.tmp", std::process::id()));
    let folder = path.parent().unwrap_or(Path::new("."));
    if std::fs::create_dir_all(folder).is_ok() && std::fs::write(&temporary, bytes).is_ok() {
        let _ = std::fs::rename(&temporary, path);
    }
}
