//! Share links: what their owner can do, and what everybody else sees.

mod common;

use axum::http::StatusCode;
use common::{Browser, start};
use serde_json::{Value, json};

async fn shared(me: &mut Browser, id: &str, how: Value) -> (String, Value) {
    let (status, made) = me.json("POST", &format!("/api/v1/resumes/{id}/shares"), how).await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    (made["path"].as_str().unwrap().to_owned(), made["share"].clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_shows_the_resume_to_a_stranger_until_it_is_revoked() {
    let mut me = start().await;
    let id = me.with_resume().await;
    let (path, share) = shared(&mut me, &id, json!({ "label": "Example GmbH" })).await;
    assert_eq!((path.len(), &path[..3]), (43, "/s/"));
    let mut stranger = me.another();
    let page = stranger.get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    let html = page.text();
    assert!(
        html.contains("Marcus T. Whitfield") && html.contains("Download PDF"),
        "{html}"
    );
    assert!(!html.contains("<script") && !html.contains("Example GmbH"));
    let policy = page.header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none'; style-src 'nonce-") && !policy.contains("unsafe"),
        "{policy}"
    );
    assert_eq!(page.header("x-robots-tag"), "noindex, nofollow, noarchive");
    assert_eq!(page.header("cache-control"), "private, no-store");
    assert_eq!(page.header("referrer-policy"), "same-origin");
    let pdf = stranger.get(&format!("{path}/resume.pdf")).await;
    assert!(pdf.bytes.starts_with(b"%PDF"));
    assert_eq!(
        pdf.header("content-disposition"),
        "attachment; filename=\"marcus-t-whitfield-resume.pdf\""
    );
    assert!(
        stranger
            .get(&format!("{path}/resume.docx"))
            .await
            .bytes
            .starts_with(b"PK")
    );
    assert_eq!(
        stranger.get(&format!("{path}/resume.exe")).await.status,
        StatusCode::NOT_FOUND
    );

    // People, programs and downloads are told apart; the owner's own visits do not count.
    stranger.get(&path).await;
    me.get(&path).await;
    stranger.agent = "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)".into();
    stranger.get(&path).await;
    let detail = me
        .get(&format!("/api/v1/shares/{}", share["id"].as_str().unwrap()))
        .await
        .json();
    let counts = ["views", "visitors", "downloads", "bots"].map(|k| detail[k].as_i64().unwrap());
    assert_eq!(counts, [2, 1, 2, 1], "{detail}");
    assert_eq!(detail["days"].as_array().unwrap().len(), 1);

    // A later change shows only once the link is refreshed.
    let before = me.get(&format!("/api/v1/resumes/{id}")).await.json();
    let mut resume = before["resume"].clone();
    resume["contact"]["name"]["value"] = json!("Marcus Renamed");
    me.json(
        "PATCH",
        &format!("/api/v1/resumes/{id}"),
        json!({ "version": before["version"], "resume": resume }),
    )
    .await;
    let mut other = me.another();
    assert!(!other.get(&path).await.text().contains("Marcus Renamed"));
    let at = format!("/api/v1/shares/{}", share["id"].as_str().unwrap());
    let (status, changed) = me
        .json("PATCH", &at, json!({ "refresh": true, "download": false }))
        .await;
    assert_eq!((status, &changed["download"]), (StatusCode::OK, &json!(false)));
    let html = other.get(&path).await.text();
    assert!(html.contains("Marcus Renamed") && !html.contains("Download PDF"));
    assert_eq!(
        other.get(&format!("{path}/resume.pdf")).await.status,
        StatusCode::NOT_FOUND
    );

    // Nobody else can list, change or revoke it.
    other.json("POST", "/api/v1/workspaces", json!(null)).await;
    assert_eq!(other.get("/api/v1/shares").await.json(), json!([]));
    for method in ["GET", "DELETE"] {
        assert_eq!(
            other.send(method, &at, "", Vec::new()).await.status,
            StatusCode::NOT_FOUND
        );
    }
    assert_eq!(
        other.json("PATCH", &at, json!({ "label": "mine" })).await.0,
        StatusCode::NOT_FOUND
    );
    let foreign = format!("/api/v1/resumes/{id}/shares");
    assert_eq!(other.json("POST", &foreign, json!({})).await.0, StatusCode::NOT_FOUND);

    // Revoked: wrong, expired and revoked links are one and the same page but for its nonce.
    assert_eq!(
        me.send("DELETE", &at, "", Vec::new()).await.status,
        StatusCode::NO_CONTENT
    );
    let gone = other.get(&path).await;
    let wrong = other.get("/s/0123456789abcdef0123456789abcdef01234567").await;
    assert_eq!(
        (gone.status, wrong.status),
        (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND)
    );
    let plain = |html: &str| html.split("<body").nth(1).unwrap().to_owned();
    assert_eq!(plain(&gone.text()), plain(&wrong.text()));
    assert!(gone.text().contains("Ask the person who sent it"));
    let listed = me.get(&format!("/api/v1/shares?resume_id={id}")).await.json();
    assert_eq!(
        (&listed[0]["state"], &listed[0]["views"]),
        (&json!("revoked"), &json!(4))
    );
    assert_eq!(
        me.json("PATCH", &at, json!({ "refresh": true })).await.0,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        me.send("DELETE", &at, "", Vec::new()).await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(me.get("/api/v1/shares").await.json(), json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_opens_and_guessing_is_barred() {
    let mut me = start().await;
    let id = me.with_resume().await;
    let (path, share) = shared(&mut me, &id, json!({ "password": "paper boats" })).await;
    assert_eq!(share["protected"], json!(true));
    let mut stranger = me.another();
    let form = "application/x-www-form-urlencoded";
    let page = stranger.get(&path).await;
    assert!(page.text().contains("<form method=\"post\">") && !page.text().contains("Whitfield"));
    assert!(
        !stranger
            .get(&format!("{path}/resume.pdf"))
            .await
            .bytes
            .starts_with(b"%PDF")
    );
    let wrong = stranger
        .send("POST", &path, form, b"password=paper+planes".to_vec())
        .await;
    assert_eq!(wrong.status, StatusCode::FORBIDDEN);
    assert!(wrong.text().contains("That is not the password"));
    let right = stranger
        .send("POST", &path, form, b"password=paper+boats".to_vec())
        .await;
    assert_eq!(
        (right.status, right.header("location")),
        (StatusCode::SEE_OTHER, path.as_str())
    );
    assert!(right.header("set-cookie").contains(&format!("Path={path};")));
    assert!(stranger.get(&path).await.text().contains("Marcus T. Whitfield"));
    assert!(
        stranger
            .get(&format!("{path}/resume.pdf"))
            .await
            .bytes
            .starts_with(b"%PDF")
    );

    // Another password shuts those out who knew the old one; none lets everybody in.
    let at = format!("/api/v1/shares/{}", share["id"].as_str().unwrap());
    me.json("PATCH", &at, json!({ "password": "another one" })).await;
    assert!(!stranger.get(&path).await.text().contains("Whitfield"));
    for _ in 0..8 {
        stranger.send("POST", &path, form, b"password=guess".to_vec()).await;
    }
    let barred = stranger
        .send("POST", &path, form, b"password=another+one".to_vec())
        .await;
    assert_eq!(barred.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(barred.header("retry-after").parse::<u64>().unwrap() > 0);
    me.json("PATCH", &at, json!({ "password": null })).await;
    assert!(stranger.get(&path).await.text().contains("Whitfield"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_ends_at_its_hour_and_bad_wishes_are_refused() {
    let mut me = start().await;
    let id = me.with_resume().await;
    let soon = (jiff::Timestamp::now() + std::time::Duration::from_millis(900)).to_string();
    let (path, _) = shared(&mut me, &id, json!({ "expires_at": soon })).await;
    let mut stranger = me.another();
    assert!(stranger.get(&path).await.text().contains("It can be seen until"));
    tokio::time::sleep(std::time::Duration::from_millis(1000)).await;
    assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(me.get("/api/v1/shares").await.json()[0]["state"], "expired");
    let at = format!("/api/v1/resumes/{id}/shares");
    for wish in [
        json!({ "expires_at": "2001-01-01T00:00:00Z" }),
        json!({ "expires_at": "tomorrow" }),
        json!({ "password": "abc" }),
        json!({ "label": "x".repeat(121) }),
        json!({ "template": "none" }),
        json!({ "style": { "font_size": 900 } }),
        json!({ "style": [] }),
    ] {
        assert_eq!(
            me.json("POST", &at, wish.clone()).await.0,
            StatusCode::BAD_REQUEST,
            "{wish}"
        );
    }
    assert_eq!(
        me.json("POST", &at, json!({ "tailoring_id": "none" })).await.0,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_resume_says_stays_text() {
    let mut me = start().await;
    let id = me.with_resume().await;
    let before = me.get(&format!("/api/v1/resumes/{id}")).await.json();
    let mut resume = before["resume"].clone();
    let evil = "<script>alert(1)</script>\"><img src=x onerror=alert(1)></style>";
    resume["contact"]["name"]["value"] = json!(evil);
    me.json(
        "PATCH",
        &format!("/api/v1/resumes/{id}"),
        json!({ "version": before["version"], "resume": resume }),
    )
    .await;
    let (path, _) = shared(&mut me, &id, json!({})).await;
    let html = me.another().get(&path).await.text();
    assert!(
        html.contains("&lt;script&gt;") && !html.contains("<script") && !html.contains("<img"),
        "{html}"
    );
    assert_eq!(html.matches("</style>").count(), 1);
}
