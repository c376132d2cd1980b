//! Nobody reaches what is another's: every operation of the OpenAPI document is tried by strangers. An operation with an
//! id of a kind that stands in no row here fails, and so does one that answers without being asked who is there.

mod browser;
mod operations;

use axum::http::StatusCode;
use browser::start;
use operations::{KINDS, address, body, operations, person};

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
    ("post", "/api/v1/invitations/show"),
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
    assert!(tried >= 3 * 40, "{tried}");
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
        "board-key",
        "template",
        "resume",
        "token",
        "identity",
        "passkey",
        "team",
    ] {
        let (prefix, _) = KINDS.iter().find(|(_, k)| *k == kind).expect("a row");
        let to = address(prefix, "", &ids);
        assert_eq!(ada.json("DELETE", &to, None).await.0, StatusCode::NO_CONTENT, "{to}");
    }
}
