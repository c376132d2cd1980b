//! Passkeys, with an authenticator of ours that can be told to lie.

mod browser;

use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bespoke_server::AccountsConfig;
use browser::{Browser, PASSWORD, start_with};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::cell::Cell;

const ORIGIN: &str = "https://bespoke.example.org";
const HOST: &str = "bespoke.example.org";
const EMAIL: &str = "ada@example.org";

fn b64(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

enum Key {
    Es256(Box<EcdsaKeyPair>),
    EdDsa(Box<Ed25519KeyPair>),
}

/// What it says of itself; each member may be a lie.
#[derive(Clone)]
struct Says {
    kind: &'static str,
    origin: String,
    crosses: bool,
    host: String,
    flags: u8,
    counter: u32,
    spoils_signature: bool,
}

struct Authenticator {
    key: Key,
    id: Vec<u8>,
    counter: Cell<u32>,
}

/// Present, verified.
const SURE: u8 = 0x05;

impl Authenticator {
    fn es256(id: &[u8]) -> Authenticator {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).expect("a key");
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref(), &random).expect("a key");
        Authenticator {
            key: Key::Es256(Box::new(key)),
            id: id.to_vec(),
            counter: Cell::new(0),
        }
    }

    fn ed25519(id: &[u8]) -> Authenticator {
        let key = Ed25519KeyPair::from_seed_unchecked(&[3; 32]).expect("a key");
        Authenticator {
            key: Key::EdDsa(Box::new(key)),
            id: id.to_vec(),
            counter: Cell::new(0),
        }
    }

    /// COSE, with its map in CBOR.
    fn cose(&self) -> Vec<u8> {
        match &self.key {
            Key::Es256(key) => {
                let point = key.public_key().as_ref();
                let head = [0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32];
                [&head[..], &point[1..33], &[0x22, 0x58, 32], &point[33..]].concat()
            }
            Key::EdDsa(key) => {
                let head = [0xa4, 1, 1, 3, 0x27, 0x20, 6, 0x21, 0x58, 32];
                [&head[..], key.public_key().as_ref()].concat()
            }
        }
    }

    fn says(&self, kind: &'static str) -> Says {
        self.counter.set(self.counter.get() + 1);
        Says {
            kind,
            origin: ORIGIN.into(),
            crosses: false,
            host: HOST.into(),
            flags: SURE,
            counter: self.counter.get(),
            spoils_signature: false,
        }
    }

    fn client_data(says: &Says, challenge: &str) -> String {
        json!({ "type": says.kind, "challenge": challenge, "origin": says.origin, "crossOrigin": says.crosses })
            .to_string()
    }

    fn data(says: &Says, more: u8) -> Vec<u8> {
        let hash = Sha256::digest(&says.host);
        [hash.as_slice(), &[says.flags | more], &says.counter.to_be_bytes()].concat()
    }

    /// What a browser sends of a new credential.
    fn makes(&self, says: &Says, challenge: &str) -> Value {
        let mut data = Authenticator::data(says, 0x40);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).expect("short").to_be_bytes());
        data.extend(&self.id);
        data.extend(self.cose());
        let length = u16::try_from(data.len()).expect("short").to_be_bytes();
        let head = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59";
        let attestation = [&head[..], &length, &data].concat();
        json!({ "name": "Phone", "client_data": b64(Authenticator::client_data(says, challenge)), "attestation": b64(attestation) })
    }

    /// What a browser sends when it is used.
    fn signs(&self, says: &Says, challenge: &str, handle: &str) -> Value {
        let client_data = Authenticator::client_data(says, challenge);
        let data = Authenticator::data(says, 0);
        let text = [data.as_slice(), Sha256::digest(&client_data).as_slice()].concat();
        let mut signature = match &self.key {
            Key::Es256(key) => key.sign(&SystemRandom::new(), &text).expect("signed").as_ref().to_vec(),
            Key::EdDsa(key) => key.sign(&text).as_ref().to_vec(),
        };
        if says.spoils_signature {
            let last = signature.len() - 1;
            signature[last] ^= 1;
        }
        json!({
            "id": b64(&self.id), "client_data": b64(client_data), "authenticator_data": b64(data),
            "signature": b64(signature), "user_handle": handle,
        })
    }
}

async fn start() -> Browser {
    start_with(AccountsConfig {
        public_url: Some(ORIGIN.into()),
        ..AccountsConfig::default()
    })
    .await
}

async fn challenge_to_make(me: &mut Browser) -> (String, Value) {
    let given = json!({ "password": PASSWORD });
    let (status, options) = me.json("POST", "/api/v1/account/passkeys/options", Some(given)).await;
    assert_eq!(status, StatusCode::OK, "{options}");
    let options = options["publicKey"].clone();
    (options["challenge"].as_str().expect("a challenge").to_owned(), options)
}

async fn challenge_to_sign(me: &mut Browser) -> String {
    let (status, options) = me.json("POST", "/api/v1/auth/passkey/options", None).await;
    assert_eq!(status, StatusCode::OK, "{options}");
    assert_eq!(options["publicKey"]["rpId"], HOST);
    assert_eq!(options["publicKey"]["userVerification"], "required");
    options["publicKey"]["challenge"]
        .as_str()
        .expect("a challenge")
        .to_owned()
}

async fn keep(me: &mut Browser, device: &Authenticator) -> String {
    let (challenge, options) = challenge_to_make(me).await;
    let made = device.makes(&device.says("webauthn.create"), &challenge);
    let (status, kept) = me.json("POST", "/api/v1/account/passkeys", Some(made)).await;
    assert_eq!(status, StatusCode::CREATED, "{kept}");
    options["user"]["id"].as_str().expect("a handle").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_opens_the_account_without_password_or_code() {
    for device in [Authenticator::es256(b"phone"), Authenticator::ed25519(b"key of steel")] {
        let mut me = start().await;
        me.sign_up(EMAIL).await;
        assert_eq!(
            me.asks(
                "POST",
                "/api/v1/account/passkeys/options",
                Some(json!({ "password": "wrong" }))
            )
            .await
            .1,
            "bad-credentials"
        );
        let handle = keep(&mut me, &device).await;
        let (_, options) = challenge_to_make(&mut me).await;
        assert_eq!(options["rp"]["id"], HOST);
        assert_eq!(options["excludeCredentials"][0]["id"], b64(&device.id));
        let (_, doors) = me.json("GET", "/api/v1/auth", None).await;
        assert_eq!(doors["passkeys"], HOST);

        let (_, account) = me.json("GET", "/api/v1/account", None).await;
        let id = account["workspace_id"].as_str().expect("an id").to_owned();
        me.store.set_totp(&id, Some(&[1; 20])).await.expect("set");
        me.store.confirm_totp(&id, &[]).await.expect("confirmed");
        let mut there = me.another();
        let challenge = challenge_to_sign(&mut there).await;
        let used = device.signs(&device.says("webauthn.get"), &challenge, &handle);
        let (status, token) = there.json("POST", "/api/v1/auth/passkey", Some(used)).await;
        assert_eq!(
            (status, &token["workspace_id"]),
            (StatusCode::OK, &json!(id)),
            "{token}"
        );
        let (_, listed) = there.json("GET", "/api/v1/account/passkeys", None).await;
        assert_eq!(listed[0]["name"], "Phone");
        assert!(listed[0]["last_used_at"].is_string());

        let path = format!("/api/v1/account/passkeys/{}", listed[0]["id"].as_str().unwrap());
        assert_eq!(there.json("DELETE", &path, None).await.0, StatusCode::NO_CONTENT);
        let challenge = challenge_to_sign(&mut there).await;
        let used = device.signs(&device.says("webauthn.get"), &challenge, &handle);
        assert_eq!(
            there.another().asks("POST", "/api/v1/auth/passkey", Some(used)).await,
            (401, "bad-passkey".into())
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_an_authenticator_says_wrongly_is_refused() {
    let mut me = start().await;
    me.sign_up(EMAIL).await;
    let device = Authenticator::es256(b"phone");
    let handle = keep(&mut me, &device).await;
    let mut other = me.another();
    other.sign_up("bob@example.org").await;
    type Lie = (&'static str, fn(&mut Says));
    let lies: [Lie; 9] = [
        ("another page", |says| says.origin = "https://evil.example.com".into()),
        ("a page of another port", |says| says.origin = format!("{ORIGIN}:8443")),
        ("plain http", |says| says.origin = "http://bespoke.example.org".into()),
        ("within a frame of another page", |says| says.crosses = true),
        ("another site", |says| says.host = "evil.example.com".into()),
        ("nobody was there", |says| says.flags = 0x04),
        ("nobody was verified", |says| says.flags = 0x01),
        ("backed up though it cannot be", |says| says.flags = 0x15),
        ("another ceremony", |says| {
            says.kind = if says.kind == "webauthn.get" {
                "webauthn.create"
            } else {
                "webauthn.get"
            };
        }),
    ];
    let refused = (401, "bad-passkey".to_owned());
    for (what, lie) in lies {
        let mut says = device.says("webauthn.get");
        lie(&mut says);
        let challenge = challenge_to_sign(&mut me).await;
        let used = device.signs(&says, &challenge, &handle);
        assert_eq!(
            me.another().asks("POST", "/api/v1/auth/passkey", Some(used)).await,
            refused,
            "used: {what}"
        );
        let second = Authenticator::es256(b"another");
        let mut says = second.says("webauthn.create");
        lie(&mut says);
        let (challenge, _) = challenge_to_make(&mut me).await;
        let made = second.makes(&says, &challenge);
        assert_eq!(
            me.asks("POST", "/api/v1/account/passkeys", Some(made)).await,
            refused,
            "made: {what}"
        );
    }
    let sign = |device: &Authenticator, says: &Says, challenge: &str| device.signs(says, challenge, &handle);
    // Signatures and keys.
    let mut says = device.says("webauthn.get");
    says.spoils_signature = true;
    let challenge = challenge_to_sign(&mut me).await;
    let used = sign(&device, &says, &challenge);
    assert_eq!(
        me.another().asks("POST", "/api/v1/auth/passkey", Some(used)).await,
        refused,
        "a spoilt signature"
    );
    let thief = Authenticator::es256(b"phone");
    let challenge = challenge_to_sign(&mut me).await;
    let used = sign(&thief, &thief.says("webauthn.get"), &challenge);
    assert_eq!(
        me.another().asks("POST", "/api/v1/auth/passkey", Some(used)).await,
        refused,
        "another key"
    );
    let challenge = challenge_to_sign(&mut me).await;
    let used = device.signs(&device.says("webauthn.get"), &challenge, &b64("somebody else"));
    assert_eq!(
        me.another().asks("POST", "/api/v1/auth/passkey", Some(used)).await,
        refused,
        "another person's handle"
    );

    // Questions: each is answered once, and only what was asked.
    let challenge = challenge_to_sign(&mut me).await;
    let used = sign(&device, &device.says("webauthn.get"), &challenge);
    assert_eq!(
        me.another()
            .json("POST", "/api/v1/auth/passkey", Some(used.clone()))
            .await
            .0,
        StatusCode::OK
    );
    assert_eq!(
        me.another().asks("POST", "/api/v1/auth/passkey", Some(used)).await,
        refused,
        "a replay"
    );
    let used = sign(&device, &device.says("webauthn.get"), &b64([7; 32]));
    assert_eq!(
        me.another().asks("POST", "/api/v1/auth/passkey", Some(used)).await,
        refused,
        "a challenge of its own"
    );
    let (challenge, _) = challenge_to_make(&mut me).await;
    let used = sign(&device, &device.says("webauthn.get"), &challenge);
    assert_eq!(
        me.another().asks("POST", "/api/v1/auth/passkey", Some(used)).await,
        refused,
        "a challenge for making one"
    );
    let (challenge, _) = challenge_to_make(&mut me).await;
    let second = Authenticator::es256(b"another");
    let made = second.makes(&second.says("webauthn.create"), &challenge);
    assert_eq!(
        other.asks("POST", "/api/v1/account/passkeys", Some(made)).await,
        refused,
        "another's challenge"
    );

    // A counter that does not grow: somebody has a copy.
    let mut copy = device.says("webauthn.get");
    copy.counter -= 1;
    let challenge = challenge_to_sign(&mut me).await;
    let used = sign(&device, &device.says("webauthn.get"), &challenge);
    assert_eq!(
        me.another().json("POST", "/api/v1/auth/passkey", Some(used)).await.0,
        StatusCode::OK
    );
    let challenge = challenge_to_sign(&mut me).await;
    let used = sign(&device, &copy, &challenge);
    assert_eq!(
        me.another().asks("POST", "/api/v1/auth/passkey", Some(used)).await,
        refused,
        "a copy"
    );

    // The same credential opens no second account.
    let (challenge, _) = challenge_to_make(&mut other).await;
    let made = device.makes(&device.says("webauthn.create"), &challenge);
    assert_eq!(
        other.asks("POST", "/api/v1/account/passkeys", Some(made)).await,
        (409, "identity-taken".into())
    );
}
