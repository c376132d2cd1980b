//! What whoever runs the server, and whoever writes programs against it, relies on.

mod common;

use axum::http::StatusCode;
use bespoke_server::{Secret, Settings};
use common::{start, start_app};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn probes_and_numbers_are_there_and_the_numbers_only_for_whom_they_are() {
    let mut me = start_app(
        |store| store,
        Settings {
            metrics_token: Some(Secret::new("a long token".into())),
            ..Settings::default()
        },
    )
    .await;
    for path in ["/live", "/health/live"] {
        assert_eq!(me.get(path).await.status, StatusCode::OK);
    }
    // There is no model in this folder, and both names say so.
    for path in ["/ready", "/health/ready"] {
        assert_eq!(me.get(path).await.status, StatusCode::SERVICE_UNAVAILABLE);
    }
    let id = me.with_resume().await;
    me.get(&format!("/api/v1/resumes/{id}")).await;
    let of_the_operator = ["/metrics", "/api/v1/operator/counts", "/api/v1/operator/counts/export"];
    for path in of_the_operator {
        assert_eq!(
            me.get(path).await.status,
            StatusCode::NOT_FOUND,
            "{path} without a token"
        );
    }
    me.headers.push(("authorization", "Bearer another token".into()));
    for path in of_the_operator {
        assert_eq!(
            me.get(path).await.status,
            StatusCode::NOT_FOUND,
            "{path} with another token"
        );
    }
    me.headers[0].1 = "Bearer a long token".into();
    let text = me.get("/metrics").await.text();
    for line in [
        "bespoke_http_requests_total{method=\"POST\",route=\"/api/v1/resumes\",status=\"202\"} 1",
        "bespoke_readings_total{outcome=\"ready\"} 1",
        "bespoke_jobs{state=\"waiting\"} 0",
        "bespoke_reading_seconds_count 1",
        "# EOF",
    ] {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
    assert!(!text.contains(&id), "no id is told");
    // Nobody has agreed yet: their upload is counted for them alone.
    let numbers = me.get("/api/v1/operator/counts?days=30").await.json();
    assert_eq!((&numbers["agreed"], &numbers["counts"]), (&json!(0), &json!({})));
    let csv = me.get("/api/v1/operator/counts/export").await.text();
    assert_eq!(csv, "day,event,label,n\r\n");
    let wrong = me.get("/api/v1/operator/counts?days=0").await.status;
    assert_eq!(wrong, StatusCode::BAD_REQUEST);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_client_has_is_not_sent_again() {
    let mut me = start().await;
    let id = me.with_resume().await;
    let path = format!("/api/v1/resumes/{id}");
    let first = me.get(&path).await;
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with("W/\"") && first.header("cache-control") == "private, no-cache");
    me.headers.push(("if-none-match", format!("\"other\", {tag}")));
    let again = me.get(&path).await;
    assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
    assert_eq!(again.header("etag"), tag);
    let before = first.json();
    let mut resume = before["resume"].clone();
    resume["contact"]["name"]["value"] = json!("Someone Else");
    me.json(
        "PATCH",
        &path,
        json!({ "version": before["version"], "resume": resume }),
    )
    .await;
    let changed = me.get(&path).await;
    assert!(changed.status == StatusCode::OK && changed.header("etag") != tag);
    assert_eq!(me.get("/api/v1/resumes/none").await.header("etag"), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_walked_page_by_page() {
    let mut me = start().await;
    me.json("POST", "/api/v1/workspaces", json!(null)).await;
    for n in 0..5 {
        let file = format!("Ada Example {n}\nada@example.org\n\nSkills\nRust\n");
        assert_eq!(me.upload("cv.txt", file.as_bytes()).await.status, StatusCode::ACCEPTED);
    }
    let all = me.get("/api/v1/resumes").await;
    assert_eq!((all.header("x-total-count"), all.header("link")), ("5", ""));
    let wanted: Vec<_> = all.json().as_array().unwrap().iter().map(|r| r["id"].clone()).collect();
    let mut path = "/api/v1/resumes?limit=2".to_owned();
    let (mut seen, mut pages) = (Vec::new(), 0);
    loop {
        let part = me.get(&path).await;
        assert_eq!(part.header("x-total-count"), "5");
        seen.extend(part.json().as_array().unwrap().iter().map(|r| r["id"].clone()));
        pages += 1;
        match part.header("link").split_once(">; rel=\"next\"") {
            Some((link, _)) => path = link.trim_start_matches('<').to_owned(),
            None => break,
        }
    }
    assert_eq!((seen, pages), (wanted, 3));
    for wrong in ["limit=0", "limit=1001", "limit=x", "after=none"] {
        assert_eq!(
            me.get(&format!("/api/v1/resumes?{wrong}")).await.status,
            StatusCode::BAD_REQUEST,
            "{wrong}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_api_can_be_read_about() {
    let mut me = start().await;
    let docs = me.get("/api/docs").await;
    assert!(docs.header("content-type").starts_with("text/html"));
    assert!(docs.text().contains("id=\"create_share\"") && !docs.text().contains("<script"));
    assert_eq!(me.get("/api/openapi.json").await.json()["openapi"], "3.1.0");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_told_and_gets_over_it() {
    let mut me = start().await;
    let id = me.with_resume().await;
    me.store.limit_bytes(2_000_000).await.expect("limited");
    let big = format!("Ada Example\nada@example.org\n{}", "word ".repeat(80_000));
    let mut refused = None;
    for _ in 0..20 {
        let answer = me.upload("big.txt", big.as_bytes()).await;
        if answer.status != StatusCode::ACCEPTED {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("it fills");
    assert_eq!(
        (refused.status, refused.json()["code"].as_str()),
        (StatusCode::INSUFFICIENT_STORAGE, Some("disk-full"))
    );
    assert_eq!(me.get(&format!("/api/v1/resumes/{id}")).await.status, StatusCode::OK);
    me.store.limit_bytes(1 << 30).await.expect("room");
    assert_eq!(me.upload("big.txt", big.as_bytes()).await.status, StatusCode::ACCEPTED);
}

/// What the framework refuses by itself is a problem too, and names what is at fault.
#[tokio::test(flavor = "multi_thread")]
async fn every_refusal_is_a_problem() {
    let mut me = start().await;
    me.send("POST", "/api/v1/workspaces", "", Vec::new()).await;
    for (method, path, body, status, code, says) in [
        (
            "POST",
            "/api/v1/applications",
            "{\"stage\":\"saved\"}",
            422,
            "invalid-body",
            "title",
        ),
        ("POST", "/api/v1/applications", "{", 400, "bad-request", "JSON"),
        (
            "PUT",
            "/api/v1/applications",
            "{}",
            405,
            "method-not-allowed",
            "/api/docs",
        ),
    ] {
        let answer = me.send(method, path, "application/json", body.into()).await;
        assert_eq!(answer.status.as_u16(), status, "{method} {path}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
        let problem = answer.json();
        assert_eq!(problem["code"], code, "{problem}");
        assert_eq!(problem["status"], status);
        let detail = problem["detail"].as_str().expect("a detail");
        assert!(detail.contains(says), "{detail}");
    }
    assert!(
        !me.send("PUT", "/api/v1/applications", "", Vec::new())
            .await
            .header("allow")
            .is_empty()
    );
}
