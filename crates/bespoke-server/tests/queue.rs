//! Uploads past the length of the queue, uploads sent twice, and files that are read again.

mod common;

use axum::http::StatusCode;
use bespoke_store::QueueLimits;
use common::{fixture, start, start_with};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn a_full_queue_says_when_to_come_again() {
    for (all, each, status, code) in [
        (9, 0, StatusCode::TOO_MANY_REQUESTS, "too-many-files"),
        (0, 9, StatusCode::SERVICE_UNAVAILABLE, "queue-full"),
    ] {
        let mut me = start_with(|store| store.with_limits(QueueLimits { all, each })).await;
        me.json("POST", "/api/v1/workspaces", json!(null)).await;
        let refused = me.upload("a.txt", &fixture("resumes/two-page.pdf")).await;
        assert_eq!((refused.status, refused.json()["code"].as_str()), (status, Some(code)));
        assert!(refused.header("retry-after").parse::<u32>().unwrap() > 0);
        assert_eq!(me.get("/api/v1/resumes").await.json(), json!([]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_sent_twice_is_one_resume() {
    let mut me = start().await;
    me.json("POST", "/api/v1/workspaces", json!(null)).await;
    me.headers.push(("idempotency-key", "first try".into()));
    let file = fixture("resumes/two-page.pdf");
    let first = me.upload("cv.pdf", &file).await;
    let second = me.upload("cv.pdf", &file).await;
    assert_eq!(
        (first.status, second.status),
        (StatusCode::ACCEPTED, StatusCode::ACCEPTED)
    );
    assert_eq!(first.json()["id"], second.json()["id"]);
    assert_eq!(
        (
            first.header("idempotency-replayed"),
            second.header("idempotency-replayed")
        ),
        ("", "true")
    );
    let other = me.upload("cv.txt", b"Ada Example\nada@example.org\n").await;
    assert_eq!(other.json()["code"], "idempotency-key-reused");
    assert_eq!(me.get("/api/v1/resumes").await.json().as_array().unwrap().len(), 1);
    me.headers[0].1 = "k".repeat(201);
    assert_eq!(me.upload("cv.pdf", &file).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_failed_is_read_again_when_asked() {
    let mut me = start().await;
    let ready = me.with_resume().await;
    let path = format!("/api/v1/resumes/{ready}/retry");
    let (status, kept) = me.json("POST", &path, json!(null)).await;
    assert_eq!((status, &kept["status"]), (StatusCode::ACCEPTED, &json!("ready")));
    let id = me.upload("cut.pdf", b"%PDF-1.7\n1 0 obj\n<<").await.json()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    for _ in 0..2 {
        assert_eq!(me.settled(&id).await["status"], "failed");
        let (status, again) = me
            .json("POST", &format!("/api/v1/resumes/{id}/retry"), json!(null))
            .await;
        assert_eq!((status, &again["status"]), (StatusCode::ACCEPTED, &json!("reading")));
    }
    let mut other = me.another();
    other.json("POST", "/api/v1/workspaces", json!(null)).await;
    assert_eq!(other.json("POST", &path, json!(null)).await.0, StatusCode::NOT_FOUND);
}
