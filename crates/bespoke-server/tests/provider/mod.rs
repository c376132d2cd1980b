//! A provider on this machine that says what it is told to say.

use super::browser::{Browser, start_with};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bespoke_server::AccountsConfig;
use bespoke_server::Secret;
use bespoke_server::providers::{Kind, OAuth, ProviderConfig};
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

pub fn b64(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Makes another token of a good one.
pub type Forge = fn(&str) -> String;

#[derive(Default)]
struct Says {
    issuer: String,
    token: String,
    challenge: String,
    user: Value,
    emails: Value,
}

pub struct Provider {
    pub issuer: String,
    says: Arc<Mutex<Says>>,
}

fn key(seed: u8) -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).expect("a key")
}

fn signed(by: &Ed25519KeyPair, head: &Value, claims: &Value) -> String {
    let text = format!("{}.{}", b64(head.to_string()), b64(claims.to_string()));
    format!("{text}.{}", b64(by.sign(text.as_bytes())))
}

fn parts(token: &str) -> [String; 3] {
    let parts: Vec<String> = token.split('.').map(str::to_owned).collect();
    parts.try_into().expect("three parts")
}

pub fn forgeries() -> Vec<(&'static str, Forge)> {
    vec![
        ("no signature", |token| {
            let [head, claims, _] = parts(token);
            format!("{head}.{claims}.")
        }),
        ("two parts", |token| {
            let [head, claims, _] = parts(token);
            format!("{head}.{claims}")
        }),
        ("algorithm none without a signature", |token| {
            let [_, claims, _] = parts(token);
            format!("{}.{claims}.", b64(r#"{"alg":"none"}"#))
        }),
        ("HMAC with the public key", |token| {
            let [_, claims, _] = parts(token);
            let text = format!("{}.{claims}", b64(r#"{"alg":"HS256","kid":"one"}"#));
            let hmac = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, key(1).public_key().as_ref());
            format!("{text}.{}", b64(ring::hmac::sign(&hmac, text.as_bytes())))
        }),
        ("a key of its own in the head", |token| {
            let [_, claims, _] = parts(token);
            let jwk = json!({ "kty": "OKP", "crv": "Ed25519", "x": b64(key(9).public_key()) });
            let head = json!({ "alg": "EdDSA", "kid": "one", "jwk": jwk });
            let text = format!("{}.{claims}", b64(head.to_string()));
            format!("{text}.{}", b64(key(9).sign(text.as_bytes())))
        }),
        ("another key under the same name", |token| {
            let [head, claims, _] = parts(token);
            let text = format!("{head}.{claims}");
            format!("{text}.{}", b64(key(9).sign(text.as_bytes())))
        }),
        ("a key that is published for something else", |token| {
            let [_, claims, _] = parts(token);
            let text = format!("{}.{claims}", b64(r#"{"alg":"EdDSA","kid":"sealing"}"#));
            format!("{text}.{}", b64(key(2).sign(text.as_bytes())))
        }),
        ("another person under the old signature", |token| {
            let [head, claims, signature] = parts(token);
            let claims = URL_SAFE_NO_PAD.decode(claims).expect("base64");
            let other = String::from_utf8(claims)
                .expect("text")
                .replace("ada-there", "eve-there");
            format!("{head}.{}.{signature}", b64(other))
        }),
        ("the same field twice", |token| {
            let [head, claims, _] = parts(token);
            let claims = URL_SAFE_NO_PAD.decode(claims).expect("base64");
            let twice = String::from_utf8(claims)
                .expect("text")
                .replacen('{', r#"{"sub":"eve","#, 1);
            let text = format!("{head}.{}", b64(twice));
            format!("{text}.{}", b64(key(1).sign(text.as_bytes())))
        }),
    ]
}

impl Provider {
    pub async fn start() -> Provider {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let issuer = format!("http://{}", listener.local_addr().expect("an address"));
        let says = Arc::new(Mutex::new(Says {
            issuer: issuer.clone(),
            ..Says::default()
        }));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(published))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .route("/user", get(user))
            .route("/emails", get(emails))
            .with_state(says.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Provider { issuer, says }
    }

    /// A server that knows it as `staff` (OpenID Connect) and as `forge` (OAuth 2).
    pub async fn server(&self) -> Browser {
        let provider = |id: &str, kind: Kind, scopes: &[&str]| ProviderConfig {
            id: id.into(),
            name: id.to_uppercase(),
            kind,
            client_id: "bespoke".into(),
            client_secret: Some(Secret::new("s3cret:+".into())),
            scopes: scopes.iter().map(|s| (*s).to_owned()).collect(),
        };
        let at = |path: &str| format!("{}{path}", self.issuer);
        let forge = Kind::OAuth(OAuth {
            authorize: at("/authorize"),
            token: at("/token"),
            user: at("/user"),
            emails: Some(at("/emails")),
        });
        start_with(AccountsConfig {
            public_url: Some("http://localhost".into()),
            providers: vec![
                provider("staff", Kind::OpenId(self.issuer.clone()), &["openid", "email"]),
                provider("forge", forge, &["user:email"]),
            ],
            ..AccountsConfig::default()
        })
        .await
    }

    /// What an address asks it.
    pub fn asked(&self, address: &str) -> BTreeMap<String, String> {
        let url = reqwest::Url::parse(address).unwrap_or_else(|e| panic!("{address}: {e}"));
        assert!(address.starts_with(&format!("{}/authorize?", self.issuer)), "{address}");
        let pairs: Vec<_> = url.query_pairs().into_owned().collect();
        let asked: BTreeMap<_, _> = pairs.iter().cloned().collect();
        assert_eq!(asked.len(), pairs.len(), "nothing is asked twice");
        asked
    }

    /// The next code gives a token that answers this, after `lie` has changed head and claims.
    pub fn will_say(&self, asked: &BTreeMap<String, String>, lie: impl FnOnce(&mut Value, &mut Value)) {
        let now = jiff::Timestamp::now().as_second();
        let mut head = json!({ "alg": "EdDSA", "kid": "one" });
        let mut claims = json!({
            "iss": self.issuer, "sub": "ada-there", "aud": "bespoke", "iat": now, "exp": now + 300,
            "nonce": asked.get("nonce"), "email": "ada@example.org", "email_verified": true,
        });
        lie(&mut head, &mut claims);
        let mut says = self.says.lock().expect("said");
        says.token = signed(&key(1), &head, &claims);
        says.challenge = asked["code_challenge"].clone();
    }

    /// Changes the token that it will give.
    pub fn forges(&self, forge: Forge) {
        let mut says = self.says.lock().expect("said");
        says.token = forge(&says.token);
    }

    /// What it says when it is asked who somebody is.
    pub fn user(&self, user: Value, emails: Value) {
        let mut says = self.says.lock().expect("said");
        (says.user, says.emails) = (user, emails);
    }
}

type Shared = State<Arc<Mutex<Says>>>;

async fn published(State(says): Shared) -> Json<Value> {
    let issuer = says.lock().expect("said").issuer.clone();
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"),
    }))
}

async fn keys() -> Json<Value> {
    let jwk = |kid: &str, seed: u8, used: &str| json!({ "kty": "OKP", "crv": "Ed25519", "use": used, "kid": kid, "x": b64(key(seed).public_key()) });
    Json(json!({ "keys": [{ "kty": "unheard-of" }, jwk("sealing", 2, "enc"), jwk("one", 1, "sig")] }))
}

/// Gives tokens to who knows the secret, and the verifier of the challenge.
async fn token(State(says): Shared, headers: HeaderMap, body: String) -> (StatusCode, Json<Value>) {
    let url = reqwest::Url::parse(&format!("http://form/?{body}")).expect("a form");
    let form: BTreeMap<_, _> = url.query_pairs().into_owned().collect();
    let basic = headers.get("authorization").and_then(|v| v.to_str().ok());
    // `s3cret:+` after form encoding, as RFC 6749 wants it in the header.
    let knows = match basic {
        Some(basic) => {
            let pair = base64::engine::general_purpose::STANDARD.encode("bespoke:s3cret%3A%2B");
            basic == format!("Basic {pair}") && !form.contains_key("client_secret")
        }
        None => form.get("client_secret").is_some_and(|s| s == "s3cret:+") && form["client_id"] == "bespoke",
    };
    let says = says.lock().expect("said");
    let verifier = form.get("code_verifier").map(String::as_str).unwrap_or_default();
    let proves = (43..=128).contains(&verifier.len()) && b64(Sha256::digest(verifier)) == says.challenge;
    let complete = form.get("grant_type").is_some_and(|g| g == "authorization_code")
        && form.get("code").is_some_and(|c| c == "good")
        && form
            .get("redirect_uri")
            .is_some_and(|r| r.starts_with("http://localhost/api/v1/auth/providers/"));
    if !(knows && proves && complete) {
        return (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" })));
    }
    let tokens = json!({ "access_token": "access", "token_type": "Bearer", "id_token": says.token });
    (StatusCode::OK, Json(tokens))
}

async fn user(State(says): Shared, headers: HeaderMap) -> (StatusCode, Json<Value>) {
    told(&headers, &says.lock().expect("said").user)
}

async fn emails(State(says): Shared, headers: HeaderMap) -> (StatusCode, Json<Value>) {
    told(&headers, &says.lock().expect("said").emails)
}

fn told(headers: &HeaderMap, value: &Value) -> (StatusCode, Json<Value>) {
    match headers.get("authorization").is_some_and(|v| v == "Bearer access") {
        true => (StatusCode::OK, Json(value.clone())),
        false => (StatusCode::UNAUTHORIZED, Json(json!({}))),
    }
}
