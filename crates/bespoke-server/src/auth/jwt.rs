//! Access tokens: JWT (RFC 7519, RFC 9068), always EdDSA over Ed25519, good for ten minutes.
//!
//! There is one algorithm and one shape; whatever differs is refused before its signature is looked at. Keys follow
//! from a period of 90 days: the present one signs, the one before still verifies.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Seconds that an access token is good for.
pub const LIVES: i64 = 600;
/// Seconds that a key signs for.
pub const PERIOD: i64 = 90 * 24 * 3600;
/// Who tokens are for.
pub const AUDIENCE: &str = "bespoke-api";
/// Seconds that clocks may differ.
const SKEW: i64 = 30;
const LONGEST: usize = 2048;
const ALGORITHM: &str = "EdDSA";
const TYPE: &str = "at+jwt";

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    alg: String,
    typ: String,
    kid: String,
}

/// What an access token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claims {
    /// Who made it: the address of this server.
    pub iss: String,
    /// [`AUDIENCE`].
    pub aud: String,
    /// The workspace.
    pub sub: String,
    /// The session.
    pub sid: String,
    /// When it was made, seconds since 1970.
    pub iat: i64,
    /// When it ends, seconds since 1970.
    pub exp: i64,
    /// Its own id.
    pub jti: String,
}

/// A key pair that signs tokens.
pub struct Signer {
    kid: String,
    pair: Ed25519KeyPair,
}

impl Signer {
    /// The key pair of a seed; `None` where the library refuses it.
    pub fn of(seed: &[u8; 32]) -> Option<Signer> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).ok()?;
        let kid = URL_SAFE_NO_PAD.encode(&Sha256::digest(pair.public_key().as_ref())[..12]);
        Some(Signer { kid, pair })
    }

    /// A signed token.
    pub fn sign(&self, claims: &Claims) -> Result<String, serde_json::Error> {
        let head = Head {
            alg: ALGORITHM.into(),
            typ: TYPE.into(),
            kid: self.kid.clone(),
        };
        let part = |json: String| URL_SAFE_NO_PAD.encode(json);
        let text = format!(
            "{}.{}",
            part(serde_json::to_string(&head)?),
            part(serde_json::to_string(claims)?)
        );
        let signature = URL_SAFE_NO_PAD.encode(self.pair.sign(text.as_bytes()));
        Ok(format!("{text}.{signature}"))
    }
}

/// What a token says, if one of the signers made it, for this issuer, and it is good at `now` (seconds since 1970).
pub fn verify(token: &str, signers: &[&Signer], issuer: &str, now: i64) -> Option<Claims> {
    if token.len() > LONGEST {
        return None;
    }
    let (text, signature) = token.rsplit_once('.')?;
    let (head, claims) = text.split_once('.')?;
    let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).ok();
    let head: Head = serde_json::from_slice(&decode(head)?).ok()?;
    if head.alg != ALGORITHM || head.typ != TYPE {
        return None;
    }
    let signer = signers.iter().find(|signer| signer.kid == head.kid)?;
    UnparsedPublicKey::new(&ED25519, signer.pair.public_key().as_ref())
        .verify(text.as_bytes(), &decode(signature)?)
        .ok()?;
    let claims: Claims = serde_json::from_slice(&decode(claims)?).ok()?;
    let lives = claims.exp.checked_sub(claims.iat)?;
    let good = claims.iss == issuer
        && claims.aud == AUDIENCE
        && claims.iat <= now.saturating_add(SKEW)
        && claims.exp > now
        && (1..=LIVES).contains(&lives);
    good.then_some(claims)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const NOW: i64 = 1_800_000_000;
    const ISSUER: &str = "https://bespoke.example.org";

    fn claims() -> Value {
        json!({ "iss": ISSUER, "aud": AUDIENCE, "sub": "w1", "sid": "s1", "iat": NOW, "exp": NOW + LIVES, "jti": "j1" })
    }

    fn signer(seed: u8) -> Signer {
        Signer::of(&[seed; 32]).unwrap()
    }

    fn b64(bytes: impl AsRef<[u8]>) -> String {
        URL_SAFE_NO_PAD.encode(bytes)
    }

    fn head() -> Value {
        json!({ "alg": "EdDSA", "typ": "at+jwt", "kid": signer(1).kid })
    }

    /// Signed rightly, whatever it says.
    fn signed(by: &Signer, head: &Value, claims: &str) -> String {
        let text = format!("{}.{}", b64(head.to_string()), b64(claims));
        format!("{text}.{}", b64(by.pair.sign(text.as_bytes())))
    }

    fn with(field: &str, value: Value) -> String {
        let mut claims = claims();
        claims[field] = value;
        signed(&signer(1), &head(), &claims.to_string())
    }

    fn with_head(field: &str, value: Value) -> String {
        let mut head = head();
        head[field] = value;
        signed(&signer(1), &head, &claims().to_string())
    }

    #[test]
    fn a_token_of_either_key_is_taken() {
        let (present, before) = (signer(1), signer(2));
        let claims: Claims = serde_json::from_value(claims()).unwrap();
        for by in [&present, &before] {
            let token = by.sign(&claims).unwrap();
            assert_eq!(
                verify(&token, &[&present, &before], ISSUER, NOW).as_ref(),
                Some(&claims)
            );
            assert_eq!(
                verify(&token, &[&present, &before], ISSUER, NOW + LIVES),
                None,
                "it has ended"
            );
        }
    }

    #[test]
    fn every_forgery_is_refused() {
        let good = signed(&signer(1), &head(), &claims().to_string());
        let parts: Vec<&str> = good.split('.').collect();
        let public = signer(1).pair.public_key().as_ref().to_vec();
        let hmac_head = json!({ "alg": "HS256", "typ": "at+jwt", "kid": signer(1).kid });
        let hmac_text = format!("{}.{}", b64(hmac_head.to_string()), parts[1]);
        // The public key as the secret of an HMAC: the classic confusion of algorithms.
        let mac = ring::hmac::sign(
            &ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &public),
            hmac_text.as_bytes(),
        );
        let none = json!({ "alg": "none", "typ": "at+jwt", "kid": signer(1).kid });
        let mut flipped = URL_SAFE_NO_PAD.decode(parts[2]).unwrap();
        flipped[0] ^= 1;
        let other = claims().to_string().replace("w1", "w2");
        let mut own_key = head();
        own_key["jwk"] = json!({ "kty": "OKP", "crv": "Ed25519", "x": b64(signer(9).pair.public_key()) });
        let mut order_added = URL_SAFE_NO_PAD.decode(parts[2]).unwrap();
        // s + L: the same point, another encoding (RFC 8032, 5.1.7).
        const L: [u8; 32] = [
            0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
        ];
        let mut carry = 0u16;
        for (byte, add) in order_added[32..].iter_mut().zip(L) {
            let sum = u16::from(*byte) + u16::from(add) + carry;
            *byte = (sum & 0xff) as u8;
            carry = sum >> 8;
        }
        let forgeries = [
            ("no signature", format!("{}.{}.", parts[0], parts[1])),
            ("two parts", format!("{}.{}", parts[0], parts[1])),
            ("four parts", format!("{good}.{}", parts[2])),
            ("algorithm none", format!("{}.{}.", b64(none.to_string()), parts[1])),
            (
                "algorithm none, signed",
                signed(&signer(1), &none, &claims().to_string()),
            ),
            ("HMAC with the public key", format!("{hmac_text}.{}", b64(mac))),
            ("another algorithm in the head", with_head("alg", json!("ES256"))),
            ("the algorithm in small letters", with_head("alg", json!("eddsa"))),
            ("another type", with_head("typ", json!("JWT"))),
            ("an unknown key", with_head("kid", json!("../../etc/passwd"))),
            (
                "no key named",
                signed(
                    &signer(1),
                    &json!({ "alg": "EdDSA", "typ": "at+jwt" }),
                    &claims().to_string(),
                ),
            ),
            (
                "a key of its own in the head",
                signed(&signer(9), &own_key, &claims().to_string()),
            ),
            ("a critical extension", with_head("crit", json!(["exp"]))),
            (
                "signed by another key",
                signed(&signer(9), &head(), &claims().to_string()),
            ),
            (
                "another person, the old signature",
                format!("{}.{}.{}", parts[0], b64(other), parts[2]),
            ),
            (
                "a flipped bit in the signature",
                format!("{}.{}.{}", parts[0], parts[1], b64(flipped)),
            ),
            (
                "another encoding of the signature",
                format!("{}.{}.{}", parts[0], parts[1], b64(order_added)),
            ),
            ("padding", format!("{good}=")),
            ("space before", format!(" {good}")),
            ("another issuer", with("iss", json!("https://evil.example.com"))),
            ("another audience", with("aud", json!("mail"))),
            ("a list of audiences", with("aud", json!([AUDIENCE, "mail"]))),
            ("already over", with("exp", json!(NOW))),
            ("no end", {
                let mut claims = claims();
                claims.as_object_mut().unwrap().remove("exp");
                signed(&signer(1), &head(), &claims.to_string())
            }),
            ("an end that is text", with("exp", json!("9999999999"))),
            ("a life of years", with("exp", json!(NOW + 10 * PERIOD))),
            ("an end past all numbers", with("exp", json!(i64::MAX))),
            ("made in the future", with("iat", json!(NOW + 3600))),
            ("the same field twice", {
                let twice = claims()
                    .to_string()
                    .replacen("\"sub\":\"w1\"", "\"sub\":\"w2\",\"sub\":\"w1\"", 1);
                signed(&signer(1), &head(), &twice)
            }),
            ("a field too many", with("admin", json!(true))),
            ("no session", {
                let mut claims = claims();
                claims.as_object_mut().unwrap().remove("sid");
                signed(&signer(1), &head(), &claims.to_string())
            }),
            ("too long", with("jti", json!("x".repeat(3000)))),
            ("empty", String::new()),
            ("dots", "..".into()),
        ];
        let key = signer(1);
        assert!(verify(&good, &[&key], ISSUER, NOW).is_some());
        assert!(forgeries.len() >= 20);
        for (what, forged) in &forgeries {
            assert_ne!(forged, &good, "{what}");
            assert_eq!(verify(forged, &[&key], ISSUER, NOW), None, "{what}");
        }
    }
}
