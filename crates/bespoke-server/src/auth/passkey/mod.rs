//! Passkeys: what an authenticator says when it makes a credential and when it is used (Web Authentication Level 3,
//! 7.1 and 7.2), judged without network, clock or storage.
//!
//! Keys are ES256, EdDSA or RS256. Attestation is not asked for, so what it would say is not looked at. The person must
//! have been verified (PIN, fingerprint, face): a passkey counts as two factors.

mod cbor;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cbor::Value;
use ring::signature::{self, RsaPublicKeyComponents, UnparsedPublicKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// COSE numbers of the algorithms, the best first: EdDSA, ES256, RS256.
pub const ALGORITHMS: [i64; 3] = [-8, -7, -257];
/// Most bytes of what a browser sends of a credential.
const LONGEST: usize = 64 << 10;
/// Most bytes of a credential id (WebAuthn level 3, 7.1, step 25).
const LONGEST_ID: usize = 1023;

const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const MAY_BACK_UP: u8 = 0x08;
const BACKED_UP: u8 = 0x10;
const HAS_CREDENTIAL: u8 = 0x40;
const HAS_EXTENSIONS: u8 = 0x80;

/// Why an authenticator is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasskeyFault {
    /// It cannot be read.
    #[error("it cannot be read")]
    Shape,
    /// It was made for another page, or for something else.
    #[error("it was made on another page")]
    Origin,
    /// It answers no question of ours, or one that was answered before.
    #[error("it answers no question of this server, or came before")]
    Challenge,
    /// It is for another site.
    #[error("it is for another site")]
    Site,
    /// The authenticator did not make sure who the person is.
    #[error("the device did not verify the person")]
    Unverified,
    /// The key is of a kind that is not taken.
    #[error("its key is of a kind that is not taken")]
    Key,
    /// The signature is wrong.
    #[error("the signature is wrong")]
    Signature,
    /// The passkey is not known here.
    #[error("this passkey is not known here")]
    Unknown,
    /// The counter did not grow.
    #[error("there is a copy of this passkey")]
    Copied,
}

/// The site that passkeys are for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The host that credentials are bound to.
    pub id: String,
    /// The origin of its pages; on this machine without a public address, any port.
    origin: Option<String>,
}

impl Site {
    /// The site at a public address, or this machine (`localhost`, any port) where there is none.
    pub fn of(public_url: Option<&str>) -> Site {
        let Some(url) = public_url.and_then(|url| reqwest::Url::parse(url).ok()) else {
            return Site {
                id: "localhost".into(),
                origin: None,
            };
        };
        Site {
            id: url.host_str().unwrap_or_default().to_owned(),
            origin: Some(url.origin().ascii_serialization()),
        }
    }

    fn is_origin(&self, given: &str) -> bool {
        match &self.origin {
            Some(origin) => origin == given,
            None => given.strip_prefix("http://localhost").is_some_and(|rest| {
                let port = rest.strip_prefix(':');
                rest.is_empty() || port.is_some_and(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()))
            }),
        }
    }
}

/// What the browser says that it asked.
#[derive(Deserialize)]
struct ClientData {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(rename = "crossOrigin", default)]
    crosses_origins: bool,
}

/// What for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ceremony {
    /// A credential is made.
    Create,
    /// A credential is used.
    Get,
}

/// A public key as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicKey {
    /// COSE number.
    alg: i64,
    /// Base64url: the point (ES256, EdDSA) or the modulus (RS256).
    key: String,
    /// Base64url: the exponent (RS256).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    exponent: Option<String>,
}

/// A credential that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Base64url.
    pub id: String,
    /// Its public key.
    pub key: PublicKey,
    /// Its counter; 0 where it has none.
    pub counter: u32,
}

/// What an authenticator says of itself.
struct AuthenticatorData<'a> {
    flags: u8,
    counter: u32,
    rest: &'a [u8],
}

fn base64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Bytes that a browser sends as base64url.
///
/// # Errors
/// [`PasskeyFault::Shape`].
pub fn decode(text: &str) -> Result<Vec<u8>, PasskeyFault> {
    if text.len() > LONGEST {
        return Err(PasskeyFault::Shape);
    }
    URL_SAFE_NO_PAD
        .decode(text.trim_end_matches('='))
        .map_err(|_| PasskeyFault::Shape)
}

/// The challenge that the browser says it was given, for the right ceremony on a page of the site. Whether it is one of
/// ours, and was not used before, the caller knows.
///
/// # Errors
/// [`PasskeyFault::Shape`], [`PasskeyFault::Origin`].
pub fn challenge(client_data: &[u8], ceremony: Ceremony, site: &Site) -> Result<String, PasskeyFault> {
    let data: ClientData = serde_json::from_slice(client_data).map_err(|_| PasskeyFault::Shape)?;
    let kind = match ceremony {
        Ceremony::Create => "webauthn.create",
        Ceremony::Get => "webauthn.get",
    };
    match data.kind == kind && site.is_origin(&data.origin) && !data.crosses_origins {
        true => Ok(data.challenge),
        false => Err(PasskeyFault::Origin),
    }
}

fn authenticator_data<'a>(bytes: &'a [u8], site: &Site) -> Result<AuthenticatorData<'a>, PasskeyFault> {
    let (hash, rest) = bytes.split_at_checked(32).ok_or(PasskeyFault::Shape)?;
    let (flags, rest) = rest.split_first().ok_or(PasskeyFault::Shape)?;
    let (counter, rest) = rest.split_first_chunk::<4>().ok_or(PasskeyFault::Shape)?;
    if hash != Sha256::digest(&site.id).as_slice() {
        return Err(PasskeyFault::Site);
    }
    if flags & PRESENT == 0 || flags & VERIFIED == 0 {
        return Err(PasskeyFault::Unverified);
    }
    if flags & BACKED_UP != 0 && flags & MAY_BACK_UP == 0 {
        return Err(PasskeyFault::Shape);
    }
    Ok(AuthenticatorData {
        flags: *flags,
        counter: u32::from_be_bytes(*counter),
        rest,
    })
}

/// What follows must be extensions where there are some, else nothing.
fn ends(data: &AuthenticatorData<'_>, rest: &[u8]) -> Result<(), PasskeyFault> {
    let rest = match data.flags & HAS_EXTENSIONS {
        0 => rest,
        _ => cbor::read(rest).ok_or(PasskeyFault::Shape)?.1,
    };
    match rest.is_empty() {
        true => Ok(()),
        false => Err(PasskeyFault::Shape),
    }
}

/// The credential that an authenticator has made. The challenge was judged before.
///
/// # Errors
/// See [`PasskeyFault`].
pub fn made(attestation: &[u8], site: &Site) -> Result<Made, PasskeyFault> {
    let (attestation, rest) = cbor::read(attestation).ok_or(PasskeyFault::Shape)?;
    let bytes = attestation.named("authData").and_then(Value::bytes);
    let data = authenticator_data(bytes.filter(|_| rest.is_empty()).ok_or(PasskeyFault::Shape)?, site)?;
    if data.flags & HAS_CREDENTIAL == 0 {
        return Err(PasskeyFault::Shape);
    }
    // The model of the authenticator (16 bytes) is not looked at.
    let (_, rest) = data.rest.split_at_checked(16).ok_or(PasskeyFault::Shape)?;
    let (length, rest) = rest.split_first_chunk::<2>().ok_or(PasskeyFault::Shape)?;
    let length = usize::from(u16::from_be_bytes(*length));
    let (id, rest) = rest.split_at_checked(length).ok_or(PasskeyFault::Shape)?;
    if id.is_empty() || id.len() > LONGEST_ID {
        return Err(PasskeyFault::Shape);
    }
    let (key, rest) = cbor::read(rest).ok_or(PasskeyFault::Shape)?;
    ends(&data, rest)?;
    Ok(Made {
        id: base64(id),
        key: public_key(&key).ok_or(PasskeyFault::Key)?,
        counter: data.counter,
    })
}

/// A COSE key (RFC 9053, 7; RFC 8230 for RSA).
fn public_key(key: &Value<'_>) -> Option<PublicKey> {
    let int = |at| key.at(at).and_then(Value::int);
    let bytes = |at| key.at(at).and_then(Value::bytes);
    let alg = int(3)?;
    let of_curve = |at| bytes(at).filter(|part| part.len() == 32);
    let (key, exponent) = match (int(1)?, alg) {
        // Uncompressed point: SEC 1, 2.3.3.
        (2, -7) if int(-1) == Some(1) => ([&[4], of_curve(-2)?, of_curve(-3)?].concat(), None),
        (1, -8) if int(-1) == Some(6) => (of_curve(-2)?.to_vec(), None),
        (3, -257) => {
            let modulus = bytes(-1).filter(|n| n.len() >= 256)?;
            (modulus.to_vec(), Some(base64(bytes(-2)?)))
        }
        _ => return None,
    };
    Some(PublicKey {
        alg,
        key: base64(&key),
        exponent,
    })
}

/// The counter that an authenticator shows when it signs, where the signature is right. The challenge was judged before.
///
/// # Errors
/// See [`PasskeyFault`].
pub fn used(
    key: &PublicKey,
    client_data: &[u8],
    authenticator: &[u8],
    signed: &[u8],
    site: &Site,
) -> Result<u32, PasskeyFault> {
    let data = authenticator_data(authenticator, site)?;
    if data.flags & HAS_CREDENTIAL != 0 {
        return Err(PasskeyFault::Shape);
    }
    ends(&data, data.rest)?;
    let text = [authenticator, Sha256::digest(client_data).as_slice()].concat();
    let bytes = decode(&key.key)?;
    let verified = match key.alg {
        -7 => UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_ASN1, bytes).verify(&text, signed),
        -8 => UnparsedPublicKey::new(&signature::ED25519, bytes).verify(&text, signed),
        -257 => {
            let e = decode(key.exponent.as_deref().unwrap_or_default())?;
            RsaPublicKeyComponents { n: bytes, e }.verify(&signature::RSA_PKCS1_2048_8192_SHA256, &text, signed)
        }
        _ => return Err(PasskeyFault::Key),
    };
    verified.map_err(|_| PasskeyFault::Signature)?;
    Ok(data.counter)
}
