//! Encryption at rest: what a person wrote is kept only as AES-256-GCM under a key of their own, and those keys only
//! wrapped by a master key that lies outside the data folder. No SQL here, and no plaintext on disk.
//!
//! A sealed value is bound to its place: taken from another person, table, row, column or key version it does not open.

mod master;
mod seal;

pub use master::{KeyError, KeySource, MasterKeys};
pub use seal::{Cell, PersonKey};

use ring::hmac;
use ring::rand::{SecureRandom, SystemRandom};
use zeroize::Zeroizing;

/// A value that cannot be opened or sealed. Never says what was in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CryptoError {
    /// The value was changed, belongs to another place, or its key is another.
    #[error("{table}.{column} of row {row} does not open: it was changed, or belongs elsewhere")]
    Sealed {
        /// Table of the value.
        table: &'static str,
        /// Column of the value.
        column: &'static str,
        /// Id of its row.
        row: String,
    },
    /// The key of a person does not open under the master key.
    #[error("the key of {0} does not open under the master key")]
    Wrapped(String),
    /// The operating system gives no random numbers.
    #[error("the operating system gives no random numbers")]
    NoRandom,
}

/// `N` random bytes from the operating system.
///
/// # Errors
/// [`CryptoError::NoRandom`].
pub fn random<const N: usize>() -> Result<[u8; N], CryptoError> {
    let mut bytes = [0; N];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| CryptoError::NoRandom)?;
    Ok(bytes)
}

/// A secret for a person to carry: 256 random bits as 43 letters of the URL alphabet of base64.
///
/// # Errors
/// [`CryptoError::NoRandom`].
pub fn new_secret() -> Result<String, CryptoError> {
    use base64::Engine;
    Ok(base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(random::<32>()?))
}

/// HMAC-SHA-256 of `value`: finds equal values without keeping them. 32 bytes.
pub fn blind_index(key: &[u8; 32], value: &str) -> Vec<u8> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    hmac::sign(&key, value.as_bytes()).as_ref().to_vec()
}

pub(crate) type KeyBytes = Zeroizing<[u8; 32]>;
