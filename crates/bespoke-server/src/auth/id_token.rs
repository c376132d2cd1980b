//! ID tokens of OpenID Connect providers: which are believed (OpenID Connect Core 1.0, 3.1.3.7; RFC 8725).
//!
//! The algorithm must be one of four asymmetric ones and fit the key that the provider publishes; issuer, audience,
//! authorised party, times and nonce must be exactly what was asked for. Nothing here asks the network or the clock.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{self, RsaPublicKeyComponents, UnparsedPublicKey};
use serde::Deserialize;

/// Seconds that the clock of a provider may differ.
const SKEW: i64 = 60;
/// Seconds after which a token is too old to be the answer to a sign-in.
const OLDEST: i64 = 3600;
/// Most bytes of a token.
const LONGEST: usize = 32 << 10;
/// Most bytes of a subject (OpenID Connect Core 1.0, 2).
const LONGEST_SUBJECT: usize = 255;
/// Fewest bits of an RSA key, as bytes of its modulus.
const SHORTEST_RSA: usize = 256;

/// Why a token is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenFault {
    /// It is no signed JWT of this shape.
    #[error("it is no signed token")]
    Shape,
    /// Its algorithm is not one of those that are taken.
    #[error("its algorithm is not taken")]
    Algorithm,
    /// No published key fits; the provider may have changed its keys.
    #[error("no published key fits")]
    UnknownKey,
    /// The signature is wrong.
    #[error("the signature is wrong")]
    Signature,
    /// Another issuer.
    #[error("another issuer made it")]
    Issuer,
    /// It is for somebody else.
    #[error("it is for somebody else")]
    Audience,
    /// It is over, too old, or not valid yet.
    #[error("it is not of this time")]
    Time,
    /// It answers another question.
    #[error("it answers another sign-in")]
    Nonce,
    /// It does not say who somebody is.
    #[error("it names nobody")]
    Subject,
}

/// A key that a provider publishes (RFC 7517).
#[derive(Debug, Clone, Deserialize)]
pub struct Key {
    kty: String,
    kid: Option<String>,
    alg: Option<String>,
    #[serde(rename = "use")]
    used_for: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

/// The keys that a provider publishes.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Keys {
    keys: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct Head {
    alg: String,
    kid: Option<String>,
    crit: Option<serde_json::Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

/// True, or the text `true`: some providers write it so.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Truth {
    Is(bool),
    Says(String),
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    azp: Option<String>,
    exp: i64,
    iat: i64,
    nbf: Option<i64>,
    nonce: Option<String>,
    #[serde(flatten)]
    person: Person,
}

/// What a provider says of a person, in an ID token or where it answers about users.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Person {
    /// The address.
    pub email: Option<String>,
    email_verified: Option<Truth>,
}

impl Person {
    /// The address, where the provider says that it is proved.
    pub fn proved_email(&self) -> Option<&str> {
        let proved = match &self.email_verified {
            Some(Truth::Is(truth)) => *truth,
            Some(Truth::Says(text)) => text == "true",
            None => false,
        };
        self.email.as_deref().filter(|_| proved)
    }
}

/// What the token must answer.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Who must have made it.
    pub issuer: &'a str,
    /// Who it must be for: our id at the provider.
    pub client: &'a str,
    /// What was sent along with the question.
    pub nonce: &'a str,
    /// Seconds since 1970.
    pub now: i64,
}

fn decode(part: &str) -> Result<Vec<u8>, TokenFault> {
    URL_SAFE_NO_PAD.decode(part).map_err(|_| TokenFault::Shape)
}

impl Key {
    /// Whether this key may have made a signature of an algorithm.
    fn fits(&self, head: &Head) -> bool {
        let kind = match head.alg.as_str() {
            "RS256" | "PS256" => self.kty == "RSA",
            "ES256" => self.kty == "EC" && self.crv.as_deref() == Some("P-256"),
            "EdDSA" => self.kty == "OKP" && self.crv.as_deref() == Some("Ed25519"),
            _ => false,
        };
        kind && self.alg.as_ref().is_none_or(|alg| *alg == head.alg)
            && self.used_for.as_ref().is_none_or(|used| used == "sig")
            && (head.kid.is_none() || self.kid == head.kid)
    }

    fn part(part: Option<&String>) -> Result<Vec<u8>, TokenFault> {
        decode(part.ok_or(TokenFault::UnknownKey)?).map_err(|_| TokenFault::UnknownKey)
    }

    fn verify(&self, algorithm: &str, text: &[u8], signed: &[u8]) -> Result<(), TokenFault> {
        let verified = match algorithm {
            "RS256" | "PS256" => {
                let (n, e) = (Key::part(self.n.as_ref())?, Key::part(self.e.as_ref())?);
                if n.len() < SHORTEST_RSA {
                    return Err(TokenFault::UnknownKey);
                }
                let parameters = match algorithm {
                    "RS256" => &signature::RSA_PKCS1_2048_8192_SHA256,
                    _ => &signature::RSA_PSS_2048_8192_SHA256,
                };
                RsaPublicKeyComponents { n, e }.verify(parameters, text, signed)
            }
            "ES256" => {
                let (x, y) = (Key::part(self.x.as_ref())?, Key::part(self.y.as_ref())?);
                // Uncompressed point: SEC 1, 2.3.3.
                let point = [&[4], x.as_slice(), y.as_slice()].concat();
                UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, point).verify(text, signed)
            }
            "EdDSA" => UnparsedPublicKey::new(&signature::ED25519, Key::part(self.x.as_ref())?).verify(text, signed),
            _ => return Err(TokenFault::Algorithm),
        };
        verified.map_err(|_| TokenFault::Signature)
    }
}

/// Believes a token, or says why not: the subject and what else the token says of the person.
///
/// # Errors
/// See [`TokenFault`].
pub fn believe(token: &str, keys: &Keys, asked: Asked<'_>) -> Result<(String, Person), TokenFault> {
    if token.len() > LONGEST {
        return Err(TokenFault::Shape);
    }
    let (text, signed) = token.rsplit_once('.').ok_or(TokenFault::Shape)?;
    let (head, claims) = text.split_once('.').ok_or(TokenFault::Shape)?;
    let head: Head = serde_json::from_slice(&decode(head)?).map_err(|_| TokenFault::Shape)?;
    if head.crit.is_some() {
        return Err(TokenFault::Shape);
    }
    if !matches!(head.alg.as_str(), "RS256" | "PS256" | "ES256" | "EdDSA") {
        return Err(TokenFault::Algorithm);
    }
    // A key of a kind that is not known here is none of ours to judge.
    let known = keys.keys.iter().filter_map(|key| Key::deserialize(key).ok());
    let mut fitting = known.filter(|key| key.fits(&head));
    let key = fitting.next().ok_or(TokenFault::UnknownKey)?;
    if fitting.next().is_some() {
        // Which one is meant, only a name could say.
        return Err(TokenFault::UnknownKey);
    }
    key.verify(&head.alg, text.as_bytes(), &decode(signed)?)?;
    let claims: Claims = serde_json::from_slice(&decode(claims)?).map_err(|_| TokenFault::Shape)?;
    if claims.iss != asked.issuer {
        return Err(TokenFault::Issuer);
    }
    // No other audience is trusted, so there may be none beside us.
    let ours = match &claims.aud {
        Audience::One(one) => one == asked.client,
        Audience::Many(many) => matches!(many.as_slice(), [one] if one == asked.client),
    };
    if !ours || claims.azp.is_some_and(|party| party != asked.client) {
        return Err(TokenFault::Audience);
    }
    let late = asked.now.saturating_sub(SKEW);
    let early = asked.now.saturating_add(SKEW);
    if claims.exp <= late
        || claims.iat > early
        || claims.iat < asked.now.saturating_sub(OLDEST)
        || claims.nbf.is_some_and(|from| from > early)
    {
        return Err(TokenFault::Time);
    }
    if claims.nonce.as_deref() != Some(asked.nonce) {
        return Err(TokenFault::Nonce);
    }
    if claims.sub.is_empty() || claims.sub.len() > LONGEST_SUBJECT {
        return Err(TokenFault::Subject);
    }
    Ok((claims.sub, claims.person))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const ASKED: Asked<'static> = Asked {
        issuer: "https://id.example.org",
        client: "bespoke",
        nonce: "n",
        now: 1_800_000_000,
    };

    /// Tokens that another program (OpenSSL) has signed, each with its public key; the last key is too short.
    fn signed_elsewhere() -> Vec<(String, Value, String)> {
        let all: Vec<Value> = serde_json::from_str(include_str!("id_tokens.json")).unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let each = all
            .iter()
            .map(|one| (text(&one["alg"]), one["key"].clone(), text(&one["token"])));
        each.collect()
    }

    fn keys(keys: &[Value]) -> Keys {
        serde_json::from_value(json!({ "keys": keys })).unwrap()
    }

    #[test]
    fn every_algorithm_is_verified_as_others_sign_it() {
        let mut all = signed_elsewhere();
        let short = all.pop().unwrap();
        assert_eq!(all.len(), 4);
        let published: Vec<Value> = all.iter().map(|(_, key, _)| key.clone()).collect();
        for (alg, _, token) in &all {
            let (subject, person) = believe(token, &keys(&published), ASKED).unwrap();
            assert_eq!(
                (subject.as_str(), person.proved_email()),
                ("ada", Some("ada@example.org")),
                "{alg}"
            );
            let mut changed = token.clone();
            let last = changed.len() - 10;
            let other = if changed.as_bytes()[last] == b'A' { "B" } else { "A" };
            changed.replace_range(last..=last, other);
            assert_eq!(
                believe(&changed, &keys(&published), ASKED).unwrap_err(),
                TokenFault::Signature,
                "{alg}"
            );
        }
        let faults = [
            believe(&short.2, &keys(&[short.1]), ASKED),
            believe(&all[0].2, &keys(&[]), ASKED),
            // The key of one algorithm under the name of another.
            believe(
                &all[0].2,
                &keys(&[json!({ "kty": "RSA", "kid": "rs256", "alg": "PS256", "n": all[0].1["n"], "e": "AQAB" })]),
                ASKED,
            ),
            // Two that fit.
            believe(&all[0].2, &keys(&[all[0].1.clone(), all[0].1.clone()]), ASKED),
        ];
        for fault in faults {
            assert_eq!(fault.unwrap_err(), TokenFault::UnknownKey);
        }
    }
}
