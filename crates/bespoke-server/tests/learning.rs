//! What people do is counted where it happens, and what was learned of it ranks.

mod common;

use axum::http::StatusCode;
use bespoke_core::roles::Learned;
use common::{Browser, start};
use serde_json::json;
use std::collections::BTreeMap;

/// Counts by event and label.
async fn counts(me: &mut Browser) -> BTreeMap<(String, String), i64> {
    let shown = me.get("/api/v1/counts").await.json();
    let totals = shown["totals"].as_array().expect("a list");
    let text = |v: &serde_json::Value| v.as_str().expect("a text").to_owned();
    let each = totals.iter().map(|t| {
        (
            (text(&t["event"]), text(&t["label"])),
            t["n"].as_i64().expect("a number"),
        )
    });
    each.collect()
}

fn key(event: &str, label: &str) -> (String, String) {
    (event.to_owned(), label.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn views_and_downloads_of_people_are_counted_and_those_of_programs_are_not() {
    let mut me = start().await;
    let id = me.with_resume().await;
    let (_, made) = me
        .json("POST", &format!("/api/v1/resumes/{id}/shares"), json!({ "label": "x" }))
        .await;
    let path = made["path"].as_str().expect("a path").to_owned();
    let mut stranger = me.another();
    stranger.get(&path).await;
    stranger.get(&path).await;
    stranger.get(&format!("{path}/resume.pdf")).await;
    stranger.get(&format!("{path}/resume.exe")).await;
    me.get(&path).await;
    me.get(&format!("{path}/resume.pdf")).await;
    stranger.agent = "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)".into();
    stranger.get(&path).await;
    stranger.get(&format!("{path}/resume.docx")).await;
    let counted = counts(&mut me).await;
    assert_eq!(counted.get(&key("share-view", "")), Some(&2), "{counted:?}");
    assert_eq!(counted.get(&key("download", "pdf")), Some(&1), "{counted:?}");
    assert_eq!(counted.get(&key("download", "docx")), None, "{counted:?}");
    // Nothing in the counts says who it was.
    let rows = me.get("/api/v1/counts/export").await.text();
    assert!(!rows.contains("Mozilla") && !rows.contains("127.0.0.1"), "{rows}");
}

#[tokio::test(flavor = "multi_thread")]
async fn kept_roles_and_outcomes_are_counted_once() {
    let mut me = start().await;
    me.json("POST", "/api/v1/workspaces", json!(null)).await;
    for mark in ["saved", "saved", "hidden"] {
        let (status, _) = me
            .json("PUT", "/api/v1/roles/marks/chef", json!({ "mark": mark }))
            .await;
        assert_eq!(status, StatusCode::NO_CONTENT);
    }
    let new = json!({ "stage": "saved", "title": "Chef", "company": "Example" });
    let (_, made) = me.json("POST", "/api/v1/applications", new).await;
    let at = format!("/api/v1/applications/{}", made["id"].as_str().expect("an id"));
    for (n, stage) in ["applied", "applied", "interview", "closed"].into_iter().enumerate() {
        let change = json!({ "version": n + 1, "stage": stage, "title": "Chef", "company": "Example" });
        let (status, answer) = me.json("PATCH", &at, change).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
    }
    let counted = counts(&mut me).await;
    assert_eq!(counted.get(&key("role-saved", "chef")), Some(&1), "{counted:?}");
    assert_eq!(counted.get(&key("role-hidden", "chef")), Some(&1), "{counted:?}");
    assert_eq!(counted.get(&key("outcome", "applied")), Some(&1), "{counted:?}");
    assert_eq!(counted.get(&key("outcome", "interview")), Some(&1), "{counted:?}");
    assert_eq!(counted.len(), 4, "{counted:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_version_in_use_is_told_and_changes_without_a_restart() {
    let mut me = start().await;
    me.json("POST", "/api/v1/workspaces", json!(null)).await;
    assert_eq!(
        me.another().get("/api/v1/roles/learned").await.status,
        StatusCode::UNAUTHORIZED
    );
    let shipped = me.get("/api/v1/roles/learned").await.json();
    assert_eq!(
        shipped,
        json!({ "version": 0, "blend": 0.7, "skills": 0, "adapted": false })
    );
    let learned = Learned {
        blend: 0.45,
        skills: BTreeMap::from([("SQL".to_owned(), 1.5)]),
        ..Learned::default()
    };
    let weights = serde_json::to_string(&learned).expect("JSON");
    me.store.keep_learned(&weights, "{}", 1).await.expect("kept");
    let shown = me.get("/api/v1/roles/learned").await.json();
    assert_eq!(
        shown,
        json!({ "version": 1, "blend": 0.45, "skills": 1, "adapted": false })
    );
    // What cannot be read ranks as shipped.
    me.store.keep_learned("{\"blend\":7}", "{}", 1).await.expect("kept");
    assert_eq!(me.get("/api/v1/roles/learned").await.json()["blend"], 0.7);
    me.store.use_learned(1).await.expect("back");
    assert_eq!(me.get("/api/v1/roles/learned").await.json(), shown);
}
