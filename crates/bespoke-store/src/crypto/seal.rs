//! Sealing values: AES-256-GCM with a random 96-bit nonce for every value (NIST SP 800-38D, at most 2^32 values a key).
//!
//! A sealed value is `format (1) ‖ key version (4, big endian) ‖ nonce (12) ‖ ciphertext ‖ tag (16)`.

use super::{CryptoError, KeyBytes, random};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use std::fmt;
use zeroize::Zeroizing;

const FORMAT: u8 = 1;
const HEAD: usize = 5 + NONCE_LEN;

/// The place of a value: it opens nowhere else.
#[derive(Debug, Clone, Copy)]
pub struct Cell<'a> {
    /// Table.
    pub table: &'static str,
    /// Column.
    pub column: &'static str,
    /// Id of the row.
    pub row: &'a str,
}

impl Cell<'_> {
    fn fault(&self) -> CryptoError {
        CryptoError::Sealed {
            table: self.table,
            column: self.column,
            row: self.row.to_owned(),
        }
    }
}

/// Every part after its length, so that no two places give the same bytes.
fn aad(parts: &[&[u8]]) -> Vec<u8> {
    let mut out = b"bespoke/1".to_vec();
    for part in parts {
        out.extend_from_slice(&(part.len() as u64).to_be_bytes());
        out.extend_from_slice(part);
    }
    out
}

fn cipher(bytes: &KeyBytes) -> Result<LessSafeKey, CryptoError> {
    let key = UnboundKey::new(&AES_256_GCM, bytes.as_slice()).map_err(|_| CryptoError::NoRandom)?;
    Ok(LessSafeKey::new(key))
}

/// Seals under a raw key; the parts are what the value is bound to.
pub(super) fn seal(key: &LessSafeKey, version: u32, bound: &[&[u8]], plain: &[u8]) -> Result<Vec<u8>, CryptoError> {
    let nonce = random::<NONCE_LEN>()?;
    let mut body = Vec::with_capacity(plain.len() + 16);
    body.extend_from_slice(plain);
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(aad(bound)), &mut body)
        .map_err(|_| CryptoError::NoRandom)?;
    let mut out = Vec::with_capacity(HEAD + body.len());
    out.push(FORMAT);
    out.extend_from_slice(&version.to_be_bytes());
    out.extend_from_slice(&nonce);
    out.append(&mut body);
    Ok(out)
}

/// Opens what [`seal`] made; `None` where anything differs.
pub(super) fn open(key: &LessSafeKey, version: u32, bound: &[&[u8]], sealed: &[u8]) -> Option<Vec<u8>> {
    let (head, body) = sealed.split_at_checked(HEAD)?;
    if head[0] != FORMAT || head[1..5] != version.to_be_bytes() {
        return None;
    }
    let nonce = Nonce::try_assume_unique_for_key(&head[5..]).ok()?;
    let mut body = body.to_vec();
    let length = key.open_in_place(nonce, Aad::from(aad(bound)), &mut body).ok()?.len();
    body.truncate(length);
    Some(body)
}

/// The key of a person (a workspace), or of the server itself; everything personal is sealed with it.
pub struct PersonKey {
    owner: String,
    version: u32,
    key: LessSafeKey,
}

impl fmt::Debug for PersonKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PersonKey({} v{})", self.owner, self.version)
    }
}

impl PersonKey {
    pub(crate) fn new(owner: &str, version: u32, bytes: &KeyBytes) -> Result<PersonKey, CryptoError> {
        Ok(PersonKey {
            owner: owner.to_owned(),
            version,
            key: cipher(bytes)?,
        })
    }

    /// Seals a value for its place.
    ///
    /// # Errors
    /// [`CryptoError::NoRandom`].
    pub fn seal(&self, cell: Cell<'_>, plain: &[u8]) -> Result<Vec<u8>, CryptoError> {
        seal(&self.key, self.version, &self.bound(&cell), plain)
    }

    /// Opens a value that was sealed for this place.
    ///
    /// # Errors
    /// [`CryptoError::Sealed`] where it was changed or sealed for another place, person or key version.
    pub fn open(&self, cell: Cell<'_>, sealed: &[u8]) -> Result<Vec<u8>, CryptoError> {
        open(&self.key, self.version, &self.bound(&cell), sealed).ok_or_else(|| cell.fault())
    }

    /// [`PersonKey::open`] of a text.
    ///
    /// # Errors
    /// As [`PersonKey::open`]; also where it is not UTF-8.
    pub fn open_text(&self, cell: Cell<'_>, sealed: &[u8]) -> Result<String, CryptoError> {
        String::from_utf8(self.open(cell, sealed)?).map_err(|_| cell.fault())
    }

    /// [`PersonKey::seal`] of a text for a column that holds text: base64.
    ///
    /// # Errors
    /// [`CryptoError::NoRandom`].
    pub fn seal_base64(&self, cell: Cell<'_>, plain: &str) -> Result<String, CryptoError> {
        Ok(STANDARD.encode(self.seal(cell, plain.as_bytes())?))
    }

    /// Opens what [`PersonKey::seal_base64`] made.
    ///
    /// # Errors
    /// As [`PersonKey::open_text`]; also where it is no base64.
    pub fn open_base64(&self, cell: Cell<'_>, sealed: &str) -> Result<String, CryptoError> {
        let sealed = STANDARD.decode(sealed).map_err(|_| cell.fault())?;
        self.open_text(cell, &sealed)
    }

    fn bound<'a>(&'a self, cell: &'a Cell<'a>) -> [&'a [u8]; 4] {
        // The key version is bound by the head of the value and by the key itself.
        [
            self.owner.as_bytes(),
            cell.table.as_bytes(),
            cell.row.as_bytes(),
            cell.column.as_bytes(),
        ]
    }
}

/// A key that wraps the keys of people.
#[derive(Clone)]
pub(super) struct Wrapping(pub(super) KeyBytes);

impl Wrapping {
    pub(super) fn wrap(&self, owner: &str, version: u32, bytes: &KeyBytes) -> Result<Vec<u8>, CryptoError> {
        seal(
            &cipher(&self.0)?,
            version,
            &[b"key", owner.as_bytes()],
            bytes.as_slice(),
        )
    }

    pub(super) fn unwrap(&self, owner: &str, version: u32, wrapped: &[u8]) -> Result<KeyBytes, CryptoError> {
        let fault = || CryptoError::Wrapped(owner.to_owned());
        let bytes = open(&cipher(&self.0)?, version, &[b"key", owner.as_bytes()], wrapped).ok_or_else(fault)?;
        let bytes = Zeroizing::new(bytes);
        Ok(Zeroizing::new(bytes.as_slice().try_into().map_err(|_| fault())?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CELL: Cell<'static> = Cell {
        table: "resumes",
        column: "content",
        row: "r1",
    };

    fn key(owner: &str, version: u32) -> PersonKey {
        PersonKey::new(owner, version, &Zeroizing::new([7; 32])).unwrap()
    }

    #[test]
    fn a_value_opens_only_in_its_place() {
        let sealed = key("ada", 1).seal(CELL, b"secret").unwrap();
        assert_eq!(key("ada", 1).open(CELL, &sealed).unwrap(), b"secret");
        // The same key bytes everywhere, so that only the binding can refuse.
        for (owner, version, cell) in [
            ("bob", 1, CELL),
            ("ada", 2, CELL),
            ("ada", 1, Cell { row: "r2", ..CELL }),
            (
                "ada",
                1,
                Cell {
                    column: "document",
                    ..CELL
                },
            ),
            (
                "ada",
                1,
                Cell {
                    table: "tailorings",
                    ..CELL
                },
            ),
            // Parts that only together read the same.
            ("adaresumes", 1, Cell { table: "", ..CELL }),
        ] {
            let refused = key(owner, version).open(cell, &sealed);
            assert!(
                matches!(refused, Err(CryptoError::Sealed { .. })),
                "{owner} {version} {cell:?}"
            );
        }
        let text = key("ada", 1).seal_base64(CELL, "é").unwrap();
        assert_eq!(key("ada", 1).open_base64(CELL, &text).unwrap(), "é");
        assert!(key("bob", 1).open_base64(CELL, &text).is_err() && key("ada", 1).open_base64(CELL, "é").is_err());
        let other = PersonKey::new("ada", 1, &Zeroizing::new([8; 32])).unwrap();
        assert!(other.open(CELL, &sealed).is_err());
    }

    #[test]
    fn every_flipped_bit_and_every_cut_is_found() {
        let key = key("ada", 1);
        let sealed = key.seal(CELL, b"secret").unwrap();
        for at in 0..sealed.len() * 8 {
            let mut changed = sealed.clone();
            changed[at / 8] ^= 1 << (at % 8);
            assert!(key.open(CELL, &changed).is_err(), "bit {at}");
        }
        for length in 0..sealed.len() {
            assert!(key.open(CELL, &sealed[..length]).is_err(), "{length} bytes");
        }
    }

    #[test]
    fn the_same_value_is_never_sealed_to_the_same_bytes() {
        let key = key("ada", 1);
        let sealed: std::collections::HashSet<_> = (0..1000).map(|_| key.seal(CELL, b"x").unwrap()).collect();
        assert_eq!(sealed.len(), 1000);
    }
}
