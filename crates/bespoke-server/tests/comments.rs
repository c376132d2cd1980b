//! What each role of a link (`links` in `docs/access.json`) can do with a résumé, tried out one by one.

mod common;

use axum::http::StatusCode;
use common::{Browser, start};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const FORM: &str = "application/x-www-form-urlencoded";

fn access() -> BTreeMap<String, Vec<String>> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/access.json");
    let whole: Value = serde_json::from_str(&std::fs::read_to_string(path).expect("docs/access.json")).expect("JSON");
    serde_json::from_value(whole["links"].clone()).expect("the links")
}

/// Whether somebody with this link (or the owner, without one) can do it.
async fn can(who: &mut Browser, right: &str, link: &str, resume: &str, comment: &str) -> bool {
    let path = format!("/api/v1/resumes/{resume}");
    let status = match right {
        "see" => {
            let page = who.get(link).await;
            assert!(page.status != StatusCode::OK || page.text().contains("Whitfield"));
            page.status
        }
        "read-comments" => {
            let shown = who.get(link).await.text().contains("first words");
            let listed = who.get(&format!("{path}/comments")).await.status.is_success();
            return shown || listed;
        }
        "comment" => {
            let by_api = who
                .json("POST", &format!("{path}/comments"), json!({ "body": "more" }))
                .await
                .0;
            let by_page = who
                .send(
                    "POST",
                    &format!("{link}/comments"),
                    FORM,
                    b"author=Bo&body=more".to_vec(),
                )
                .await
                .status;
            return by_api == StatusCode::CREATED || by_page == StatusCode::SEE_OTHER;
        }
        "settle-comments" => {
            who.json(
                "PATCH",
                &format!("/api/v1/comments/{comment}"),
                json!({ "resolved": false }),
            )
            .await
            .0
        }
        "edit" => who.get(&format!("{path}/export?format=txt")).await.status,
        "share" => who.json("POST", &format!("{path}/shares"), json!({})).await.0,
        other => panic!("say here how to try {other}"),
    };
    status.is_success()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_role_can_do_what_the_table_says_and_nothing_else() {
    let mut me = start().await;
    let resume = me.with_resume().await;
    let mut links = BTreeMap::new();
    for role in ["viewer", "commenter"] {
        let path = format!("/api/v1/resumes/{resume}/shares");
        let (status, made) = me.json("POST", &path, json!({ "role": role })).await;
        assert_eq!((status, &made["share"]["role"]), (StatusCode::CREATED, &json!(role)));
        links.insert(
            role,
            (made["path"].as_str().unwrap().to_owned(), made["share"]["id"].clone()),
        );
    }
    let (link, share) = links["commenter"].clone();
    let answer = json!({ "body": "first words\n<b>bold</b>", "share_id": share });
    let (status, comment) = me
        .json("POST", &format!("/api/v1/resumes/{resume}/comments"), answer)
        .await;
    assert_eq!(status, StatusCode::CREATED, "{comment}");
    let id = comment["id"].as_str().unwrap().to_owned();
    let html = me.another().get(&link).await.text();
    assert!(
        html.contains("first words<br>&lt;b&gt;bold") && html.contains("<b>Marcus T. Whitfield</b>"),
        "{html}"
    );

    let table = access();
    assert_eq!(
        table.keys().map(String::as_str).collect::<Vec<_>>(),
        ["commenter", "owner", "viewer"]
    );
    let all = table["owner"].clone();
    for (role, rights) in &table {
        for right in &all {
            let (mut who, link) = match role.as_str() {
                "owner" => (me.clone_of(), links["commenter"].0.clone()),
                role => {
                    let mut stranger = me.another();
                    stranger.json("POST", "/api/v1/workspaces", Value::Null).await;
                    (stranger, links[role].0.clone())
                }
            };
            let done = can(&mut who, right, &link, &resume, &id).await;
            assert_eq!(done, rights.contains(right), "{role}: {right}");
        }
    }

    // A link that is changed to another role takes its rights with it; a revoked one shows nothing.
    let at = format!("/api/v1/shares/{}", share.as_str().unwrap());
    assert_eq!(
        me.json("PATCH", &at, json!({ "role": "viewer" })).await.1["role"],
        "viewer"
    );
    let mut stranger = me.another();
    assert!(!stranger.get(&link).await.text().contains("first words"));
    let refused = stranger
        .send("POST", &format!("{link}/comments"), FORM, b"author=Bo&body=x".to_vec())
        .await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    let listed = me.get(&format!("/api/v1/resumes/{resume}/comments")).await.json();
    assert!(
        listed
            .as_array()
            .unwrap()
            .iter()
            .any(|c| c["author"] == "Bo" && c["by_owner"] == json!(false))
    );
    let (status, settled) = me
        .json("PATCH", &format!("/api/v1/comments/{id}"), json!({ "resolved": true }))
        .await;
    assert_eq!((status, &settled["resolved"]), (StatusCode::OK, &json!(true)));
    let deleted = me
        .send("DELETE", &format!("/api/v1/comments/{id}"), "", Vec::new())
        .await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reviewer_is_told_what_is_wrong_and_stopped_when_it_is_too_much() {
    let mut me = start().await;
    let resume = me.with_resume().await;
    let (_, made) = me
        .json(
            "POST",
            &format!("/api/v1/resumes/{resume}/shares"),
            json!({ "role": "commenter" }),
        )
        .await;
    let to = format!("{}/comments", made["path"].as_str().unwrap());
    let mut stranger = me.another();
    for wrong in ["author=&body=x", "author=Bo&body=", "author=Bo", "body=x"] {
        assert_eq!(
            stranger.send("POST", &to, FORM, wrong.into()).await.status,
            StatusCode::BAD_REQUEST,
            "{wrong}"
        );
    }
    let long = format!("author=Bo&body={}", "x".repeat(4001));
    assert_eq!(
        stranger.send("POST", &to, FORM, long.into_bytes()).await.status,
        StatusCode::BAD_REQUEST
    );
    let mut written = 0;
    let refused = loop {
        let answer = stranger.send("POST", &to, FORM, b"author=Bo&body=x".to_vec()).await;
        match answer.status {
            StatusCode::SEE_OTHER => written += 1,
            other => break other,
        }
    };
    assert_eq!((refused, written), (StatusCode::TOO_MANY_REQUESTS, 30));
}
