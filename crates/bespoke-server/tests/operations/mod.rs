//! Every operation of the OpenAPI document, with what a request for it needs: ids of things that are there, a query, a body.

#![allow(dead_code, reason = "each test binary takes what it needs")]

use crate::browser::{Browser, fixture};
use axum::http::StatusCode;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Where a path has an id, what it is an id of: by the beginning of the path, longest first.
pub const KINDS: &[(&str, &str)] = &[
    ("/api/v1/account/identities/{id}", "identity"),
    ("/api/v1/account/passkeys/{id}", "passkey"),
    ("/api/v1/account/sessions/{id}", "session"),
    ("/api/v1/account/tokens/{id}", "token"),
    ("/api/v1/applications/{id}", "application"),
    ("/api/v1/board-keys/{id}", "board-key"),
    ("/api/v1/comments/{id}", "comment"),
    ("/api/v1/interviews/{id}", "interview"),
    ("/api/v1/letters/{id}", "letter"),
    ("/api/v1/resumes/{id}", "resume"),
    ("/api/v1/shares/{id}", "share"),
    ("/api/v1/tailorings/{id}", "tailoring"),
    ("/api/v1/teams/{id}", "team"),
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
pub fn body(operation: &str, resume: &Value) -> Value {
    match operation {
        "update_resume" => json!({ "version": 1, "resume": resume }),
        "create_tailoring" | "create_letter" | "create_interview" => {
            json!({ "job": String::from_utf8_lossy(&fixture("jobs/backend-engineer.txt")) })
        }
        "apply_fixes" => json!({ "version": 1, "findings": [] }),
        "create_share" => json!({ "label": "for a friend" }),
        "create_comment" => json!({ "body": "Well said" }),
        "search_openings" => json!({ "sources": ["feed:https://feed.invalid/jobs.rss"] }),
        "put_board_key" => json!({ "board": "adzuna", "name": "app1", "secret": "k3y" }),
        // A board that takes no application by API: nobody is asked over the network.
        "preview_application" => json!({ "board": "ashby", "account": "example", "posting": "1" }),
        "send_application" => json!({ "token": "x", "hash": "y" }),
        "create_application" => json!({ "stage": "saved", "title": "Engineer", "company": "x" }),
        "update_application" => json!({ "version": 1, "stage": "applied", "title": "Engineer" }),
        "mark_role" => json!({ "mark": "saved" }),
        "copy_template" => json!({ "from": "classic", "title": "x" }),
        "update_template" => json!({ "version": 1, "title": "y" }),
        "preview_draft" => json!({ "resume": resume }),
        // Refused by its form, so that nobody is asked over the network.
        "put_language_model" => json!({ "use": "own", "address": "http://127.0.0.1:9/v1", "name": "m" }),
        "word_letter" => json!({ "version": 1 }),
        "update_letter" => json!({ "version": 1, "facts": [] }),
        "update_interview" => json!({ "version": 1, "practice": {} }),
        "create_team" => json!({ "name": "Lamps" }),
        "update_team" => json!({ "name": "Lamps" }),
        "update_membership" => json!({ "name": "Somebody" }),
        "update_member" => json!({ "role": "owner" }),
        "create_invitation" => json!({ "role": "viewer" }),
        "show_invitation" | "accept_invitation" => json!({ "token": "none" }),
        "create_event" => json!({ "event": "role-saved", "label": "software-engineer" }),
        "update_count_consent" => json!({ "shared": false }),
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

/// A person with one of each kind, in their own workspace, and a team.
pub async fn person(me: &mut Browser, email: &str) -> (Ids, Value) {
    let (resume, detail) = me.with_resume().await;
    me.sign_up(email).await;
    let mut ids = things(me, resume).await;
    let (_, sessions) = me.json("GET", "/api/v1/account/sessions", None).await;
    ids.insert("session", text(&sessions[0]["id"]));
    let new = json!({ "name": "script", "scope": "write" });
    let (_, token) = me.json("POST", "/api/v1/account/tokens", Some(new)).await;
    ids.insert("token", text(&token["id"]));
    ids.insert("secret", text(&token["token"]));
    let (_, account) = me.json("GET", "/api/v1/account", None).await;
    let account = text(&account["workspace_id"]);
    let elsewhere = ("https://id.example.org", email);
    let linked = me.store.add_identity(&account, "example", elsewhere, email).await;
    linked.expect("linked");
    let identities = me.store.identities(&account).await.expect("listed");
    ids.insert("identity", identities[0].id.clone());
    let key = me.store.add_passkey(&account, email, "phone", "{}", 0).await;
    ids.insert("passkey", key.expect("kept").id);
    ids.append(&mut team(me).await);
    (ids, detail["resume"].clone())
}

/// A team of somebody's with an open invitation; they are its only member.
pub async fn team(me: &mut Browser) -> Ids {
    let (status, team) = me
        .json("POST", "/api/v1/teams", Some(json!({ "name": "Lanterns" })))
        .await;
    assert_eq!(status, StatusCode::CREATED, "{team}");
    let id = text(&team["id"]);
    let to = format!("/api/v1/teams/{id}");
    let (_, members) = me.json("GET", &format!("{to}/members"), None).await;
    let new = json!({ "role": "viewer" });
    let (status, made) = me.json("POST", &format!("{to}/invitations"), Some(new)).await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    BTreeMap::from([
        ("team", id),
        ("member", text(&members[0]["id"])),
        ("invitation", text(&made["invitation"]["id"])),
    ])
}

pub type Ids = BTreeMap<&'static str, String>;

pub fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// One of each kind that hangs on a résumé or stands beside it, in the workspace that the browser's requests are about.
pub async fn things(me: &mut Browser, resume: String) -> Ids {
    let job = json!({ "job": String::from_utf8_lossy(&fixture("jobs/backend-engineer.txt")) });
    let of = format!("/api/v1/resumes/{resume}");
    let mut made = Vec::new();
    for (to, new) in [
        (format!("{of}/tailorings"), job.clone()),
        (format!("{of}/letters"), job.clone()),
        (format!("{of}/interviews"), job),
        ("/api/v1/applications".into(), body("create_application", &Value::Null)),
        ("/api/v1/templates".into(), body("copy_template", &Value::Null)),
        ("/api/v1/board-keys".into(), body("put_board_key", &Value::Null)),
        (format!("{of}/shares"), json!({ "label": "x" })),
        (format!("{of}/comments"), json!({ "body": "x" })),
    ] {
        let (status, new) = me.json("POST", &to, Some(new)).await;
        assert_eq!(status, StatusCode::CREATED, "{to}: {new}");
        let id = new["id"]
            .as_str()
            .or(new["name"].as_str())
            .or(new["share"]["id"].as_str());
        made.push(id.expect("an id").to_owned());
    }
    let kinds = [
        "tailoring",
        "letter",
        "interview",
        "application",
        "template",
        "board-key",
        "share",
        "comment",
    ];
    let mut ids: Ids = kinds.into_iter().zip(made).collect();
    ids.insert("resume", resume);
    ids
}

/// (method, path, operation) of every operation.
pub fn operations() -> Vec<(String, String, String)> {
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
pub fn address(path: &str, operation: &str, ids: &Ids) -> String {
    let mut out = path.to_owned();
    if out.contains("{id}") || out.contains("{name}") {
        let kind = KINDS.iter().find(|(prefix, _)| path.starts_with(prefix));
        let (_, kind) = kind.unwrap_or_else(|| panic!("{path}: say in KINDS what this is the id of"));
        out = out.replace("{id}", &ids[kind]).replace("{name}", &ids[kind]);
    }
    for kind in ["member", "invitation"] {
        out = out.replace(&format!("{{{kind}}}"), &ids[kind]);
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
