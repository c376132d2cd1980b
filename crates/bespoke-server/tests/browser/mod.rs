//! A browser at a server of its own, as the tests of the API need it. Needs the model: `make models`.

#![allow(dead_code, reason = "each test binary takes what it needs")]

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode, header};
use bespoke_server::AccountsConfig;
use bespoke_store::Store;
use bespoke_store::crypto::{KeySource, MasterKeys};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Duration;
use tower::ServiceExt;

pub const PASSWORD: &str = "correct horse battery";

pub struct Browser {
    pub router: Router,
    pub store: Store,
    /// What it keeps and sends back.
    pub cookies: BTreeMap<String, String>,
    /// The cookies of the latest answer, with their attributes.
    pub set: Vec<String>,
    /// What it sends besides.
    pub headers: Vec<(&'static str, String)>,
    pub data: Rc<tempfile::TempDir>,
}

fn cache() -> PathBuf {
    let home = || PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(".cache/bespoke");
    std::env::var_os("BESPOKE_CACHE").map_or_else(home, PathBuf::from)
}

pub fn fixture(path: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures")
        .join(path);
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

pub async fn start() -> Browser {
    start_with(AccountsConfig::default()).await
}

pub async fn start_with(accounts: AccountsConfig) -> Browser {
    start_app(|app| app.with_accounts(accounts)).await
}

/// As [`start`], over a server that `change` makes another.
pub async fn start_app(change: impl FnOnce(bespoke_server::App) -> bespoke_server::App) -> Browser {
    let data = tempfile::tempdir().expect("a folder");
    let folder = data.path().join("data");
    std::fs::create_dir(&folder).expect("a folder");
    let key = KeySource::File(data.path().join("master.key"));
    key.save(&MasterKeys::generate().expect("a key")).expect("saved");
    let store = Store::open_with(&folder, key).await.expect("a store");
    let models = std::env::var_os("BESPOKE_MODELS").map_or_else(|| cache().join("models"), PathBuf::from);
    let app = change(bespoke_server::App::new(store.clone(), models, cache()));
    Browser {
        router: bespoke_server::router(app),
        store,
        cookies: BTreeMap::new(),
        set: Vec::new(),
        headers: Vec::new(),
        data: Rc::new(data),
    }
}

impl Browser {
    /// Another browser at the same server.
    pub fn another(&self) -> Browser {
        Browser {
            router: self.router.clone(),
            store: self.store.clone(),
            cookies: BTreeMap::new(),
            set: Vec::new(),
            headers: Vec::new(),
            data: self.data.clone(),
        }
    }

    /// The same browser in another window, with the same cookies.
    pub fn clone_of(&self) -> Browser {
        Browser {
            cookies: self.cookies.clone(),
            ..self.another()
        }
    }

    /// A script at the same server with a token.
    pub fn script(&self, token: &str) -> Browser {
        let mut script = self.another();
        script.headers.push(("authorization", format!("Bearer {token}")));
        script
    }

    pub async fn send(&mut self, method: &str, path: &str, kind: &str, body: Vec<u8>) -> Response<Body> {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "localhost");
        if !self.cookies.is_empty() {
            let pairs: Vec<String> = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            request = request.header(header::COOKIE, pairs.join("; "));
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if !kind.is_empty() {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        let answer = self
            .router
            .clone()
            .oneshot(request.body(Body::from(body)).expect("a request"))
            .await
            .expect("an answer");
        self.set.clear();
        for cookie in answer.headers().get_all(header::SET_COOKIE) {
            let text = cookie.to_str().expect("a cookie").to_owned();
            let (name, value) = text
                .split(';')
                .next()
                .and_then(|pair| pair.split_once('='))
                .expect("a pair");
            if text.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
            self.set.push(text);
        }
        answer
    }

    pub async fn json(&mut self, method: &str, path: &str, body: Option<Value>) -> (StatusCode, Value) {
        let (kind, bytes) = body.map_or(("", Vec::new()), |b| ("application/json", b.to_string().into_bytes()));
        let answer = self.send(method, path, kind, bytes).await;
        let status = answer.status();
        let bytes = to_bytes(answer.into_body(), 50 << 20).await.expect("a body");
        (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
    }

    pub async fn upload(&mut self, name: &str, bytes: &[u8]) -> (StatusCode, Value) {
        let mut body = format!("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n").into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--x--\r\n");
        let answer = self
            .send("POST", "/api/v1/resumes", "multipart/form-data; boundary=x", body)
            .await;
        let status = answer.status();
        let bytes = to_bytes(answer.into_body(), 1 << 20).await.expect("a body");
        (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
    }

    pub async fn file(&mut self, path: &str) -> (StatusCode, String, Vec<u8>) {
        let answer = self.send("GET", path, "", Vec::new()).await;
        let kind = answer
            .headers()
            .get(header::CONTENT_TYPE)
            .map(|k| k.to_str().unwrap_or_default().to_owned());
        (
            answer.status(),
            kind.unwrap_or_default(),
            to_bytes(answer.into_body(), 50 << 20).await.expect("a body").to_vec(),
        )
    }

    /// Waits until a résumé is read.
    pub async fn settled(&mut self, id: &str) -> Value {
        for _ in 0..600 {
            let (_, detail) = self.json("GET", &format!("/api/v1/resumes/{id}"), None).await;
            if detail["status"] != "reading" {
                return detail;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{id} is still being read");
    }

    pub async fn with_resume(&mut self) -> (String, Value) {
        self.json("POST", "/api/v1/workspaces", None).await;
        let (status, taken) = self.upload("two-page.pdf", &fixture("resumes/two-page.pdf")).await;
        assert_eq!(status, StatusCode::ACCEPTED, "{taken}");
        let id = taken["id"].as_str().expect("an id").to_owned();
        let detail = self.settled(&id).await;
        assert_eq!(detail["status"], "ready", "{}", detail["failure"]);
        (id, detail)
    }

    pub async fn sign_up(&mut self, email: &str) -> Value {
        let (_, doors) = self.json("GET", "/api/v1/auth", None).await;
        let new = json!({ "email": email, "password": PASSWORD, "consent": doors["terms"] });
        let (status, made) = self.json("POST", "/api/v1/auth/sign-up", Some(new)).await;
        assert_eq!(status, StatusCode::CREATED, "{made}");
        made
    }

    pub async fn sign_in(&mut self, email: &str, password: &str, code: Option<&str>) -> (StatusCode, Value) {
        let given = json!({ "email": email, "password": password, "code": code });
        self.json("POST", "/api/v1/auth/sign-in", Some(given)).await
    }

    /// Status and code of a problem.
    pub async fn asks(&mut self, method: &str, path: &str, body: Option<Value>) -> (u16, String) {
        let (status, answer) = self.json(method, path, body).await;
        (status.as_u16(), answer["code"].as_str().unwrap_or_default().to_owned())
    }
}
