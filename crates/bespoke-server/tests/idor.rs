//! Nobody reaches what is another's: every operation of the OpenAPI document is tried by strangers. An operation with an
//! id of a kind that stands in no row here fails, and so does one that answers without being asked who is there.

mod browser;

use axum::http::StatusCode;
use browser::{Browser, fixture, start};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Operations that need nobody: (method, path).
const OPEN: &[(&str, &str)] = &[
    ("get", "/health/live"),
    ("get", "/health/ready"),
    ("get", "/metrics"),
    ("get", "/api/v1/operator/counts"),
    ("get", "/api/v1/operator/counts/export"),
    ("get", "/api/v1/roles/{role}/posting"),
    ("get", "/api/v1/templates"),
    ("get", "/api/v1/auth"),
    ("post", "/api/v1/auth/sign-up"),
    ("post", "/api/v1/auth/sign-in"),
    ("post", "/api/v1/auth/sign-out"),
    ("post", "/api/v1/workspaces"),
    // Where a secret that was sent, or a device, says who it is.
    ("get", "/api/v1/auth/providers"),
    ("get", "/api/v1/auth/providers/{provider}/start"),
    ("get", "/api/v1/auth/providers/{provider}/callback"),
    ("post", "/api/v1/auth/second-factor"),
    ("post", "/api/v1/auth/passkey/options"),
    ("post", "/api/v1/auth/passkey"),
    ("post", "/api/v1/auth/forgotten"),
    ("post", "/api/v1/auth/reset"),
    ("post", "/api/v1/auth/verify"),
    ("post", "/api/v1/auth/address"),
];

/// Where a path has an id, what it is an id of: by the beginning of the path, longest first.
const KINDS: &[(&str, &str)] = &[
    ("/api/v1/account/identities/{id}", "identity"),
    ("/api/v1/account/passkeys/{id}", "passkey"),
    ("/api/v1/account/sessions/{id}", "session"),
    ("/api/v1/account/tokens/{id}", "token"),
    ("/api/v1/applications/{id}", "application"),
    ("/api/v1/comments/{id}", "comment"),
    ("/api/v1/interviews/{id}", "interview"),
    ("/api/v1/letters/{id}", "letter"),
    ("/api/v1/resumes/{id}", "resume"),
    ("/api/v1/shares/{id}", "share"),
    ("/api/v1/tailorings/{id}", "tailoring"),
    ("/api/v1/templates/{name}", "template"),
];

/// Values of other parameters, and of queries that are needed.
const PARAMETERS: &[(&str, &str)] = &[
    ("{page}", "1.png"),
    ("{provider}", "example"),
    ("{role}", "software-engineer"),
];
const QUERIES: &[(&str, &str)] = &[
    ("export_resume", "?format=txt"),
    ("export_tailoring", "?format=txt"),
    ("export_letter", "?format=txt"),
];

/// Bodies that pass the reading of the request, by operation.
fn body(operation: &str, resume: &Value) -> Value {
    match operation {
        "update_resume" => json!({ "version": 1, "resume": resume }),
        "create_tailoring" | "create_letter" | "create_interview" => {
            json!({ "job": String::from_utf8_lossy(&fixture("jobs/backend-engineer.txt")) })
        }
        "apply_fixes" => json!({ "version": 1, "findings": [] }),
        "create_share" => json!({ "label": "for a friend" }),
        "create_comment" => json!({ "body": "Well said" }),
        "search_openings" => json!({ "sources": ["feed:https://feed.invalid/jobs.rss"] }),
        "create_application" => json!({ "stage": "saved", "title": "Engineer", "company": "x" }),
        "update_application" => json!({ "version": 1, "stage": "applied", "title": "Engineer" }),
        "mark_role" => json!({ "mark": "saved" }),
        "copy_template" => json!({ "from": "classic", "title": "x" }),
        "update_template" => json!({ "version": 1, "title": "y" }),
        "preview_draft" => json!({ "resume": resume }),
        "update_letter" => json!({ "version": 1, "facts": [] }),
        "update_interview" => json!({ "version": 1, "practice": {} }),
        "mail_share" => json!({ "path": "/s/x", "to": "friend@example.org" }),
        "link_identity" => json!({ "provider": "example", "password": "x" }),
        "change_address" => json!({ "email": "new@example.org", "password": "x" }),
        "add_passkey" => json!({ "name": "x", "client_data": "e30", "attestation": "oA" }),
        "change_password" => json!({ "new": "x" }),
        "update_comment" => json!({ "resolved": true }),
        "update_share" => json!({ "label": "for another" }),
        "update_tailoring" => json!({ "accepted": [] }),
        _ => json!({}),
    }
}

async fn made_workspace(me: &mut Browser) -> String {
    let (_, account) = me.json("GET", "/api/v1/account", None).await;
    account["workspace_id"].as_str().expect("an id").to_owned()
}

/// A person with one of each kind.
async fn person(me: &mut Browser, email: &str) -> (BTreeMap<&'static str, String>, Value) {
    let (resume, detail) = me.with_resume().await;
    me.sign_up(email).await;
    let job = json!({ "job": String::from_utf8_lossy(&fixture("jobs/backend-engineer.txt")) });
    let mut made = Vec::new();
    for kind in ["tailorings", "letters", "interviews"] {
        let to = format!("/api/v1/resumes/{resume}/{kind}");
        let (status, new) = me.json("POST", &to, Some(job.clone())).await;
        assert_eq!(status, StatusCode::CREATED, "{new}");
        made.push(new["id"].as_str().expect("an id").to_owned());
    }
    let (_, sessions) = me.json("GET", "/api/v1/account/sessions", None).await;
    let new = json!({ "name": "script", "scope": "write" });
    let (_, token) = me.json("POST", "/api/v1/account/tokens", Some(new)).await;
    let (status, share) = me
        .json(
            "POST",
            &format!("/api/v1/resumes/{resume}/shares"),
            Some(json!({ "label": "x" })),
        )
        .await;
    assert!(status.is_success(), "{share}");
    for (to, kind) in [
        ("/api/v1/applications", "create_application"),
        ("/api/v1/templates", "copy_template"),
    ] {
        let (status, new) = me.json("POST", to, Some(body(kind, &Value::Null))).await;
        assert_eq!(status, StatusCode::CREATED, "{new}");
        made.push(new["id"].as_str().or(new["name"].as_str()).expect("an id").to_owned());
    }
    let path = format!("/api/v1/resumes/{resume}/comments");
    let (status, comment) = me.json("POST", &path, Some(json!({ "body": "x" }))).await;
    assert!(status.is_success(), "{comment}");
    let account = made_workspace(me).await;
    let elsewhere = ("https://id.example.org", email);
    me.store
        .add_identity(&account, "example", elsewhere, email)
        .await
        .expect("linked");
    let key = me
        .store
        .add_passkey(&account, email, "phone", "{}", 0)
        .await
        .expect("kept");
    let identities = me.store.identities(&account).await.expect("listed");
    let text = |value: &Value| value.as_str().expect("an id").to_owned();
    let ids = BTreeMap::from([
        ("resume", resume),
        ("tailoring", made[0].clone()),
        ("letter", made[1].clone()),
        ("interview", made[2].clone()),
        ("application", made[3].clone()),
        ("template", made[4].clone()),
        ("share", text(&share["share"]["id"])),
        ("comment", text(&comment["id"])),
        ("session", text(&sessions[0]["id"])),
        ("token", text(&token["id"])),
        ("identity", identities[0].id.clone()),
        ("passkey", key.id),
        ("secret", text(&token["token"])),
    ]);
    (ids, detail["resume"].clone())
}

/// (method, path, operation) of every operation.
fn operations() -> Vec<(String, String, String)> {
    let document = serde_json::to_value(bespoke_server::openapi()).expect("JSON");
    let mut out = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("an item") {
            if let Some(id) = operation["operationId"].as_str() {
                out.push((method.clone(), path.clone(), id.to_owned()));
            }
        }
    }
    assert!(out.len() > 30, "the document lost its operations");
    out
}

/// The address of an operation with somebody's ids.
fn address(path: &str, operation: &str, ids: &BTreeMap<&str, String>) -> String {
    let mut out = path.to_owned();
    if out.contains("{id}") || out.contains("{name}") {
        let kind = KINDS.iter().find(|(prefix, _)| path.starts_with(prefix));
        let (_, kind) = kind.unwrap_or_else(|| panic!("{path}: say in KINDS what this is the id of"));
        out = out.replace("{id}", &ids[kind]).replace("{name}", &ids[kind]);
    }
    for (name, value) in PARAMETERS {
        out = out.replace(name, value);
    }
    assert!(!out.contains('{'), "{path}: say in PARAMETERS or KINDS what to put in");
    let query = QUERIES
        .iter()
        .find(|(of, _)| *of == operation)
        .map_or("", |(_, query)| query);
    format!("{out}{query}")
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_reach_nothing() {
    let mut ada = start().await;
    let (ids, resume) = person(&mut ada, "ada@example.org").await;
    let mut bob = ada.another();
    let (bobs, _) = person(&mut bob, "bob@example.org").await;
    let mut guest = ada.another();
    guest.json("POST", "/api/v1/workspaces", None).await;
    let script = ada.script(&bobs["secret"]);
    let mut strangers = [
        ("another account", bob),
        ("a guest", guest),
        ("another's script", script),
    ];
    let before = ada.file("/api/v1/account/export").await.2.len();
    let mut tried = 0;
    for (method, path, operation) in operations() {
        let upper = method.to_uppercase();
        let to = address(&path, &operation, &ids);
        let with = (method != "get").then(|| body(&operation, &resume));
        if !OPEN.contains(&(method.as_str(), path.as_str())) {
            let (status, answer) = ada.another().json(&upper, &to, with.clone()).await;
            assert_eq!(status, StatusCode::UNAUTHORIZED, "{upper} {to} by nobody: {answer}");
        }
        if !path.contains("{id}") && !path.contains("{name}") {
            continue;
        }
        for (who, stranger) in &mut strangers {
            let (status, answer) = stranger.json(&upper, &to, with.clone()).await;
            let account_only = path.starts_with("/api/v1/account/");
            let refused = match (*who, account_only) {
                ("a guest", true) => status == StatusCode::UNAUTHORIZED,
                ("another's script", true) => status == StatusCode::FORBIDDEN,
                _ => status == StatusCode::NOT_FOUND,
            };
            assert!(refused, "{upper} {to} by {who}: {status} {answer}");
            tried += 1;
        }
        // The owner gets there with the same request, so the test can fail. Deleting comes last.
        if method != "delete" {
            let answer = ada
                .send(
                    &upper,
                    &to,
                    "application/json",
                    with.map(|b| b.to_string().into_bytes()).unwrap_or_default(),
                )
                .await;
            let status = answer.status();
            assert!(
                !matches!(
                    status,
                    StatusCode::UNAUTHORIZED
                        | StatusCode::FORBIDDEN
                        | StatusCode::NOT_FOUND
                        | StatusCode::BAD_REQUEST
                        | StatusCode::UNPROCESSABLE_ENTITY
                ) && !status.is_server_error(),
                "{upper} {to} by its owner: {status}"
            );
        }
    }
    assert!(tried >= 3 * 15, "{tried}");
    assert!(
        ada.file("/api/v1/account/export").await.2.len() >= before,
        "nothing of hers is gone"
    );
    for kind in [
        "comment",
        "share",
        "tailoring",
        "letter",
        "interview",
        "application",
        "template",
        "resume",
        "token",
        "identity",
        "passkey",
    ] {
        let (prefix, _) = KINDS.iter().find(|(_, k)| *k == kind).expect("a row");
        let to = address(prefix, "", &ids);
        assert_eq!(ada.json("DELETE", &to, None).await.0, StatusCode::NO_CONTENT, "{to}");
    }
}
