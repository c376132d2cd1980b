//! Marks in every field and file that a person gives: none may be readable in the data folder or in the log, however
//! much is logged. Alone in its binary, as it takes the log of the whole process.

mod browser;

use axum::http::StatusCode;
use browser::{PASSWORD, start};
use serde_json::json;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// What every mark has in it; without letters that a format may break or escape.
const MARK: &str = "Qzcanary";

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("the log").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn stands_in(bytes: &[u8]) -> bool {
    let small = bytes.to_ascii_lowercase();
    small
        .windows(MARK.len())
        .any(|w| w == MARK.to_ascii_lowercase().as_bytes())
}

fn hits(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(hits(&path));
        } else if stands_in(&std::fs::read(&path).expect("a file")) {
            found.push(path);
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn no_mark_is_readable_in_data_or_log() {
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_env_filter("trace,hyper=debug,typst=warn,axum::rejection=off,reqwest=info")
        .with_writer(move || writer.clone())
        .init();
    let mut me = start().await;
    me.headers.push(("user-agent", format!("{MARK}Browser/1.0")));
    me.json("POST", "/api/v1/workspaces", None).await;
    let resume = format!(
        "{MARK} Example\n{MARK}@example.org\n\nSummary\nEngineer of {MARK}.\n\nWork\nEngineer, {MARK} Ltd, 2019 - 2024\n- Built {MARK} in Rust for 20 people\n\nSkills\nRust, SQL, {MARK}\n"
    );
    let (status, taken) = me.upload(&format!("{MARK} cv.txt"), resume.as_bytes()).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{taken}");
    let id = taken["id"].as_str().unwrap().to_owned();
    let detail = me.settled(&id).await;
    assert_eq!(detail["status"], "ready");
    let path = format!("/api/v1/resumes/{id}");
    let mut changed = detail["resume"].clone();
    if let Some(name) = changed["contact"]["name"].as_object_mut() {
        name.insert("value".into(), json!(format!("{MARK} Changed")));
    }
    let change = json!({ "version": detail["version"], "resume": changed });
    assert_eq!(me.json("PATCH", &path, Some(change)).await.0, StatusCode::OK);
    let job = format!("Engineer at {MARK}\n\nWe need Rust and SQL and {MARK} for our team of engineers.\n");
    let (status, made) = me
        .json("POST", &format!("{path}/tailorings"), Some(json!({ "job": &job })))
        .await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    let letter = json!({ "job": job, "facts": [], "wish": {} });
    let (status, letter) = me.json("POST", &format!("{path}/letters"), Some(letter)).await;
    assert_eq!(status, StatusCode::CREATED, "{letter}");
    let (status, interview) = me
        .json("POST", &format!("{path}/interviews"), Some(json!({ "job": job })))
        .await;
    assert_eq!(status, StatusCode::CREATED, "{interview}");
    let question = interview["preparation"]["questions"][0]["id"].as_str().unwrap_or("q1");
    let practice = json!({ "version": 1, "practice": { question: { "note": MARK, "rating": 3 } } });
    let to = format!("/api/v1/interviews/{}", interview["id"].as_str().unwrap());
    let (status, noted) = me.json("PATCH", &to, Some(practice)).await;
    assert_eq!(status, StatusCode::OK, "{noted}");
    let application = json!({ "stage": "saved", "title": MARK, "company": MARK, "notes": MARK, "resume_id": id });
    let (status, kept) = me.json("POST", "/api/v1/applications", Some(application)).await;
    assert_eq!(status, StatusCode::CREATED, "{kept}");
    let key = json!({ "board": "adzuna", "name": format!("{MARK}-id"), "secret": format!("{MARK}-key") });
    let (status, key) = me.json("POST", "/api/v1/board-keys", Some(key)).await;
    assert_eq!(status, StatusCode::CREATED, "{key}");
    assert!(!stands_in(key.to_string().as_bytes()), "{key}");
    let model = json!({ "use": "own", "address": format!("https://{MARK}.invalid/v1"), "name": MARK, "key": format!("{MARK}-key") });
    let (status, model) = me.json("PUT", "/api/v1/model", Some(model)).await;
    assert_eq!(status, StatusCode::OK, "{model}");
    let (_, tried) = me.json("POST", "/api/v1/model/test", None).await;
    assert_eq!(tried["failure"], "unreachable", "{tried}");
    let own = json!({ "from": "classic", "title": MARK });
    let (status, own) = me.json("POST", "/api/v1/templates", Some(own)).await;
    assert_eq!(status, StatusCode::CREATED, "{own}");
    for format in ["txt", "pdf", "docx"] {
        let (status, _, _) = me.file(&format!("{path}/export?format={format}")).await;
        assert_eq!(status, StatusCode::OK);
    }
    // Files that fail, words that are wrong, addresses that do not exist: what is logged of faults.
    me.upload(&format!("{MARK}.pdf"), format!("%PDF-1.7 {MARK}").as_bytes())
        .await;
    me.upload(&format!("{MARK}.gif"), b"GIF89a\x01\x00\x01\x00\x00\x00\x00")
        .await;
    me.json("PATCH", &path, Some(json!({ "version": MARK }))).await;
    me.sign_in(&format!("{MARK}@example.net"), &format!("{MARK} wrong password"), None)
        .await;
    me.sign_up(&format!("{MARK}@example.com")).await;
    me.sign_in(&format!("{MARK}@example.com"), &format!("{MARK} wrong password"), None)
        .await;
    me.sign_in(&format!("{MARK}@example.com"), PASSWORD, None).await;
    me.json(
        "POST",
        "/api/v1/account/tokens",
        Some(json!({ "name": format!("{MARK} script"), "scope": "read" })),
    )
    .await;
    let (_, _, zip) = me.file("/api/v1/account/export").await;
    assert!(zip.len() > 1000);

    let data = me.data.path().to_owned();
    assert!(std::fs::metadata(data.join("data/bespoke.db-wal")).is_ok_and(|m| m.len() > 0));
    assert_eq!(hits(&data), Vec::<PathBuf>::new());
    me.store.close().await;
    assert_eq!(hits(&data), Vec::<PathBuf>::new());
    let logged = log.0.lock().unwrap().clone();
    assert!(logged.len() > 2000, "the log was taken");
    let text = String::from_utf8_lossy(&logged).into_owned();
    let lines: Vec<&str> = text.lines().filter(|line| stands_in(line.as_bytes())).collect();
    assert_eq!(lines, Vec::<&str>::new());
    // The search itself works.
    std::fs::write(data.join("note"), format!("a {MARK}")).unwrap();
    assert_eq!(hits(&data).len(), 1);
}
