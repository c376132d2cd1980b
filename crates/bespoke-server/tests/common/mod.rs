//! A server without a network, and a browser that asks it.
#![allow(dead_code)]

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Duration;
use tower::ServiceExt;

pub const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

/// A browser with its cookies.
pub struct Browser {
    pub router: Router,
    pub cookies: Vec<(String, String)>,
    pub agent: String,
    pub headers: Vec<(&'static str, String)>,
    pub data: Rc<tempfile::TempDir>,
    pub store: bespoke_store::Store,
}

/// An answer that was read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or(Value::Null)
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }
}

pub fn fixture(path: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures")
        .join(path);
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// A server over a folder of its own, without models.
pub async fn start() -> Browser {
    start_with(|store| store).await
}

/// As [`start`], over a store that `set` changes.
pub async fn start_with(set: impl FnOnce(bespoke_store::Store) -> bespoke_store::Store) -> Browser {
    start_app(set, None).await
}

/// As [`start_with`], with these settings.
pub async fn start_app(
    set: impl FnOnce(bespoke_store::Store) -> bespoke_store::Store,
    settings: impl Into<Option<bespoke_server::Settings>>,
) -> Browser {
    let data = tempfile::tempdir().expect("a folder");
    let store = bespoke_store::Store::open(data.path()).await.expect("a store");
    let store = set(store);
    let mut app = bespoke_server::App::new(store.clone(), data.path().join("none"), data.path().join("cache"));
    if let Some(settings) = settings.into() {
        app = app.with_settings(settings);
    }
    Browser {
        router: bespoke_server::router(app),
        cookies: Vec::new(),
        agent: FIREFOX.to_owned(),
        headers: Vec::new(),
        data: Rc::new(data),
        store,
    }
}

impl Browser {
    /// Another browser at the same server.
    pub fn another(&self) -> Browser {
        Browser {
            router: self.router.clone(),
            cookies: Vec::new(),
            agent: FIREFOX.to_owned(),
            headers: Vec::new(),
            data: self.data.clone(),
            store: self.store.clone(),
        }
    }

    /// The same browser, with the same cookies.
    pub fn clone_of(&self) -> Browser {
        Browser {
            cookies: self.cookies.clone(),
            ..self.another()
        }
    }

    pub async fn send(&mut self, method: &str, path: &str, kind: &str, body: Vec<u8>) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "localhost")
            .header(header::USER_AGENT, &self.agent);
        for (name, value) in &self.cookies {
            request = request.header(header::COOKIE, format!("{name}={value}"));
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if !kind.is_empty() {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        let request = request.body(Body::from(body)).expect("a request");
        let answer = self.router.clone().oneshot(request).await.expect("an answer");
        for cookie in answer.headers().get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().expect("a cookie").split(';').next().expect("a pair");
            let (name, value) = pair.split_once('=').expect("a pair");
            self.cookies.retain(|(n, _)| n != name);
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
        let (parts, body) = answer.into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            bytes: to_bytes(body, 50 << 20).await.expect("a body").to_vec(),
        }
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, "", Vec::new()).await
    }

    pub async fn json(&mut self, method: &str, path: &str, body: Value) -> (StatusCode, Value) {
        let bytes = body.to_string().into_bytes();
        let answer = self.send(method, path, "application/json", bytes).await;
        (answer.status, answer.json())
    }

    pub async fn upload(&mut self, name: &str, bytes: &[u8]) -> Answer {
        let mut body = format!("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n").into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--x--\r\n");
        self.send("POST", "/api/v1/resumes", "multipart/form-data; boundary=x", body)
            .await
    }

    /// A workspace with one résumé that is read; its id.
    pub async fn with_resume(&mut self) -> String {
        self.json("POST", "/api/v1/workspaces", json!(null)).await;
        let taken = self.upload("two-page.pdf", &fixture("resumes/two-page.pdf")).await;
        assert_eq!(taken.status, StatusCode::ACCEPTED, "{}", taken.text());
        let id = taken.json()["id"].as_str().expect("an id").to_owned();
        let detail = self.settled(&id).await;
        assert_eq!(detail["status"], "ready", "{}", detail["failure"]);
        id
    }

    /// Waits until a résumé is read, or cannot be.
    pub async fn settled(&mut self, id: &str) -> Value {
        for _ in 0..600 {
            let detail = self.get(&format!("/api/v1/resumes/{id}")).await.json();
            match detail["status"].as_str() {
                Some("reading") => tokio::time::sleep(Duration::from_millis(50)).await,
                _ => return detail,
            }
        }
        panic!("{id} is still being read");
    }
}
