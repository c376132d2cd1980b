//! Accounts over HTTP: guests who become accounts, sessions, second factor, tokens, deletion.

mod browser;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use bespoke_server::AccountsConfig;
use browser::{Browser, PASSWORD, start, start_with};
use serde_json::{Value, json};
use std::io::Read;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tower::ServiceExt;

const EMAIL: &str = "ada@example.org";

async fn account(me: &mut Browser) -> Value {
    me.json("GET", "/api/v1/account", None).await.1
}

fn problem(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_becomes_an_account_and_keeps_the_resumes() {
    let mut me = start().await;
    let (id, _) = me.with_resume().await;
    assert_eq!(account(&mut me).await["kind"], "guest");
    let guest = me.cookies.clone();
    let made = me.sign_up(EMAIL).await;
    assert_eq!(
        (made["token_type"].as_str(), made["expires_in"].as_i64()),
        (Some("Bearer"), Some(600))
    );
    assert_eq!(
        me.cookies.keys().collect::<Vec<_>>(),
        ["bespoke_access", "bespoke_refresh"]
    );
    let shown = account(&mut me).await;
    assert_eq!(
        (&shown["kind"], &shown["email"], &shown["workspace_id"]),
        (&json!("account"), &json!(EMAIL), &made["workspace_id"])
    );
    assert_eq!(
        (&shown["consents"][0]["document"], &shown["consents"][0]["version"]),
        (&json!("terms"), &json!("2026-11-29"))
    );
    let path = format!("/api/v1/resumes/{id}");
    assert_eq!(me.json("GET", &path, None).await.0, StatusCode::OK);
    // The page's first call goes on working, and makes no second workspace.
    let (status, known) = me.json("POST", "/api/v1/workspaces", None).await;
    assert_eq!((status, &known["id"]), (StatusCode::OK, &made["workspace_id"]));
    // Whoever kept the guest's cookie is out.
    let mut left = me.another();
    left.cookies = guest;
    assert_eq!(left.asks("GET", &path, None).await, problem(401, "no-workspace"));
    // The token does the same as the cookies.
    let mut script = me.script(made["access_token"].as_str().unwrap());
    assert_eq!(script.json("GET", &path, None).await.0, StatusCode::OK);

    let session = me.cookies.clone();
    assert_eq!(
        me.json("POST", "/api/v1/auth/sign-out", None).await.0,
        StatusCode::NO_CONTENT
    );
    assert!(me.cookies.is_empty());
    assert_eq!(script.asks("GET", &path, None).await, problem(401, "bad-token"));
    me.cookies = session;
    assert_eq!(me.asks("GET", &path, None).await, problem(401, "no-workspace"));

    // Another browser: wrong passwords and unknown addresses read the same.
    let mut there = me.another();
    assert_eq!(
        there.sign_in(EMAIL, "wrong horse battery", None).await.1["code"],
        "bad-credentials"
    );
    assert_eq!(
        there.sign_in("nobody@example.org", PASSWORD, None).await.1["code"],
        "bad-credentials"
    );
    assert_eq!(
        there.sign_in("ADA@example.org ", PASSWORD, None).await.0,
        StatusCode::OK
    );
    assert_eq!(there.json("GET", &path, None).await.0, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn poor_sign_ups_are_told_why() {
    let mut me = start().await;
    me.sign_up(EMAIL).await;
    let mut other = me.another();
    let terms = json!("2026-11-29");
    for (email, password, consent, code) in [
        ("no address", PASSWORD, &terms, "bad-email"),
        ("bob@example.org", "short", &terms, "weak-password"),
        ("bob@example.org", "bob@example.org", &terms, "weak-password"),
        ("bob@example.org", PASSWORD, &json!("2020-01-01"), "consent"),
        ("Ada@Example.org", PASSWORD, &terms, "email-taken"),
    ] {
        let new = json!({ "email": email, "password": password, "consent": consent });
        assert_eq!(other.asks("POST", "/api/v1/auth/sign-up", Some(new)).await.1, code);
    }
    let again = json!({ "email": "new@example.org", "password": PASSWORD, "consent": terms });
    assert_eq!(
        me.asks("POST", "/api/v1/auth/sign-up", Some(again)).await,
        problem(409, "has-account")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_is_slowed_down_for_the_account_only() {
    let mut me = start().await;
    me.sign_up(EMAIL).await;
    let mut other = me.another();
    other.sign_up("bob@example.org").await;
    let mut guesser = me.another();
    for _ in 0..10 {
        assert_eq!(
            guesser.sign_in(EMAIL, "a wrong guess", None).await.0,
            StatusCode::UNAUTHORIZED
        );
    }
    let given = json!({ "email": EMAIL, "password": PASSWORD }).to_string();
    let answer = guesser
        .send("POST", "/api/v1/auth/sign-in", "application/json", given.into_bytes())
        .await;
    assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
    let wait: u64 = answer.headers()[header::RETRY_AFTER].to_str().unwrap().parse().unwrap();
    assert!((1..=91).contains(&wait), "{wait}");
    assert_eq!(
        guesser.sign_in("bob@example.org", PASSWORD, None).await.0,
        StatusCode::OK
    );
    // Who is signed in stays so.
    assert_eq!(me.json("GET", "/api/v1/resumes", None).await.0, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_refreshed_once_per_cookie_and_theft_ends_it() {
    let mut me = start().await;
    me.sign_up(EMAIL).await;
    let mut thief = me.another();
    thief.cookies = me.cookies.clone();
    // The access cookie has ended: the page is told to refresh, not given a new guest workspace.
    me.cookies.remove("bespoke_access");
    assert_eq!(
        me.asks("GET", "/api/v1/resumes", None).await,
        problem(401, "session-expired")
    );
    assert_eq!(
        me.asks("POST", "/api/v1/workspaces", None).await,
        problem(401, "session-expired")
    );
    let first = me.cookies["bespoke_refresh"].clone();
    assert_eq!(me.json("POST", "/api/v1/auth/refresh", None).await.0, StatusCode::OK);
    assert_ne!(me.cookies["bespoke_refresh"], first);
    assert_eq!(me.json("GET", "/api/v1/resumes", None).await.0, StatusCode::OK);
    // The thief comes with the cookie that was used: both are out.
    thief.cookies.remove("bespoke_access");
    assert_eq!(
        thief.asks("POST", "/api/v1/auth/refresh", None).await,
        problem(401, "not-signed-in")
    );
    assert_eq!(
        me.asks("GET", "/api/v1/resumes", None).await,
        problem(401, "no-workspace")
    );
    assert_eq!(
        me.asks("POST", "/api/v1/auth/refresh", None).await,
        problem(401, "not-signed-in")
    );
    assert!(me.cookies.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ended_session_is_out_at_once() {
    let mut me = start().await;
    me.sign_up(EMAIL).await;
    let mut phone = me.another();
    phone
        .headers
        .push(("user-agent", "Mozilla/5.0 (iPhone) Version/18.0 Safari/604.1".into()));
    phone.sign_in(EMAIL, PASSWORD, None).await;
    let (_, sessions) = me.json("GET", "/api/v1/account/sessions", None).await;
    assert_eq!(sessions.as_array().map(Vec::len), Some(2));
    assert_eq!(
        (&sessions[0]["device"], &sessions[0]["present"]),
        (&json!("Safari on iPhone"), &json!(false))
    );
    assert_eq!(sessions[1]["present"], true);
    let path = format!("/api/v1/account/sessions/{}", sessions[0]["id"].as_str().unwrap());
    assert_eq!(phone.json("GET", "/api/v1/resumes", None).await.0, StatusCode::OK);
    assert_eq!(me.json("DELETE", &path, None).await.0, StatusCode::NO_CONTENT);
    assert_eq!(
        phone.asks("GET", "/api/v1/resumes", None).await,
        problem(401, "no-workspace")
    );
    assert_eq!(me.asks("DELETE", &path, None).await, problem(404, "not-found"));

    // A new password ends the others, not this one.
    phone.sign_in(EMAIL, PASSWORD, None).await;
    let change = json!({ "present": "wrong", "new": "another horse battery" });
    assert_eq!(
        me.asks("POST", "/api/v1/account/password", Some(change)).await,
        problem(401, "bad-credentials")
    );
    let change = json!({ "present": PASSWORD, "new": "another horse battery" });
    assert_eq!(
        me.json("POST", "/api/v1/account/password", Some(change)).await.0,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        phone.asks("GET", "/api/v1/resumes", None).await,
        problem(401, "no-workspace")
    );
    assert_eq!(me.json("GET", "/api/v1/resumes", None).await.0, StatusCode::OK);
    assert_eq!(phone.sign_in(EMAIL, PASSWORD, None).await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(
        phone.sign_in(EMAIL, "another horse battery", None).await.0,
        StatusCode::OK
    );
    assert_eq!(
        me.json("DELETE", "/api/v1/account/sessions", None).await.0,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        phone.asks("GET", "/api/v1/resumes", None).await,
        problem(401, "no-workspace")
    );
}

/// An authenticator app of its own: RFC 6238 written a second time.
fn app_code(secret: &str, step: i64) -> String {
    let mut bits = 0u64;
    let (mut have, mut key) = (0, Vec::new());
    for letter in secret.bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            _ => letter - b'2' + 26,
        };
        bits = bits << 5 | u64::from(value);
        have += 5;
        if have >= 8 {
            have -= 8;
            key.push((bits >> have & 0xff) as u8);
        }
    }
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &key);
    let mac = ring::hmac::sign(&key, &step.to_be_bytes());
    let at = usize::from(mac.as_ref()[19] & 15);
    let four: [u8; 4] = mac.as_ref()[at..at + 4].try_into().unwrap();
    format!("{:06}", (u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_factor_is_asked_for_and_each_code_counts_once() {
    let mut me = start().await;
    me.sign_up(EMAIL).await;
    let (status, made) = me
        .json(
            "POST",
            "/api/v1/account/second-factor",
            Some(json!({ "password": PASSWORD })),
        )
        .await;
    assert_eq!(status, StatusCode::OK, "{made}");
    let secret = made["secret"].as_str().unwrap().to_owned();
    assert!(made["uri"].as_str().unwrap().contains(&secret));
    // Not confirmed yet: nobody is locked out.
    let mut there = me.another();
    assert_eq!(there.sign_in(EMAIL, PASSWORD, None).await.0, StatusCode::OK);
    let step = || jiff::Timestamp::now().as_second() / 30;
    let now = step();
    assert_eq!(
        me.asks(
            "POST",
            "/api/v1/account/second-factor/confirm",
            Some(json!({ "code": "000000x" }))
        )
        .await,
        problem(401, "bad-code")
    );
    let (status, codes) = me
        .json(
            "POST",
            "/api/v1/account/second-factor/confirm",
            Some(json!({ "code": app_code(&secret, now) })),
        )
        .await;
    assert_eq!(status, StatusCode::OK, "{codes}");
    let recovery = codes["recovery_codes"][0].as_str().unwrap().to_owned();
    assert_eq!(codes["recovery_codes"].as_array().map(Vec::len), Some(10));

    let mut there = me.another();
    assert_eq!(there.sign_in(EMAIL, PASSWORD, None).await.1["code"], "second-factor");
    // The code that confirmed it was used.
    assert_eq!(
        there.sign_in(EMAIL, PASSWORD, Some(&app_code(&secret, now))).await.1["code"],
        "bad-code"
    );
    assert_eq!(there.sign_in(EMAIL, PASSWORD, Some("123")).await.1["code"], "bad-code");
    assert_eq!(
        there.sign_in(EMAIL, "wrong horse battery", Some(&recovery)).await.1["code"],
        "bad-credentials"
    );
    assert_eq!(
        there
            .sign_in(EMAIL, PASSWORD, Some(&app_code(&secret, step().max(now + 1))))
            .await
            .0,
        StatusCode::OK
    );
    assert_eq!(
        there.sign_in(EMAIL, PASSWORD, Some(&recovery.to_lowercase())).await.0,
        StatusCode::OK
    );
    assert_eq!(
        there.sign_in(EMAIL, PASSWORD, Some(&recovery)).await.1["code"],
        "bad-code"
    );
    assert_eq!(account(&mut me).await["recovery_codes"], 9);
    let password = json!({ "password": PASSWORD });
    assert_eq!(
        me.json("DELETE", "/api/v1/account/second-factor", Some(password))
            .await
            .0,
        StatusCode::NO_CONTENT
    );
    assert_eq!(there.sign_in(EMAIL, PASSWORD, None).await.0, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_does_what_its_scope_says_and_never_touches_the_account() {
    let mut me = start().await;
    let (id, _) = me.with_resume().await;
    me.sign_up(EMAIL).await;
    let mut tokens = Vec::new();
    for scope in ["read", "write"] {
        let new = json!({ "name": format!("my {scope} script"), "scope": scope, "days": 30 });
        let (status, made) = me.json("POST", "/api/v1/account/tokens", Some(new)).await;
        assert_eq!(status, StatusCode::CREATED, "{made}");
        tokens.push(made);
    }
    let secret = |at: usize| tokens[at]["token"].as_str().unwrap().to_owned();
    let (mut reads, mut writes) = (me.script(&secret(0)), me.script(&secret(1)));
    let path = format!("/api/v1/resumes/{id}");
    assert_eq!(reads.json("GET", &path, None).await.0, StatusCode::OK);
    assert_eq!(reads.asks("DELETE", &path, None).await, problem(403, "scope"));
    for script in [&mut reads, &mut writes] {
        assert_eq!(account(script).await["email"], EMAIL);
        for (method, path) in [
            ("GET", "/api/v1/account/sessions"),
            ("GET", "/api/v1/account/tokens"),
            ("DELETE", "/api/v1/account/sessions"),
        ] {
            assert_eq!(
                script.asks(method, path, None).await,
                problem(403, "scope"),
                "{method} {path}"
            );
        }
        let gone = script
            .asks("DELETE", "/api/v1/account", Some(json!({ "password": PASSWORD })))
            .await;
        assert_eq!(gone, problem(403, "scope"));
    }
    assert_eq!(writes.json("DELETE", &path, None).await.0, StatusCode::NO_CONTENT);
    let (_, listed) = me.json("GET", "/api/v1/account/tokens", None).await;
    assert!(
        listed[0]["token"].is_null() && listed[0]["last_used_at"].is_string() && listed[0]["expires_at"].is_string()
    );
    let revoke = format!("/api/v1/account/tokens/{}", tokens[1]["id"].as_str().unwrap());
    assert_eq!(me.json("DELETE", &revoke, None).await.0, StatusCode::NO_CONTENT);
    assert_eq!(
        writes.asks("GET", "/api/v1/resumes", None).await,
        problem(401, "bad-token")
    );
    for bad in ["bsp_", "bsp_AAAA", "x", ""] {
        assert_eq!(
            me.script(bad).asks("GET", "/api/v1/resumes", None).await,
            problem(401, "bad-token"),
            "{bad}"
        );
    }
    // A wrong token is not forgiven because of a good cookie.
    me.headers.push(("authorization", "Basic YTpi".into()));
    assert_eq!(me.asks("GET", "/api/v1/resumes", None).await, problem(401, "bad-token"));
}

#[tokio::test(flavor = "multi_thread")]
async fn cookies_over_https_are_bound_to_the_host() {
    let config = AccountsConfig {
        public_url: Some("https://bespoke.example.org".into()),
        ..AccountsConfig::default()
    };
    let mut me = start_with(config).await;
    me.sign_up(EMAIL).await;
    let kept: Vec<&String> = me.set.iter().filter(|c| !c.contains("Max-Age=0")).collect();
    assert_eq!(kept.len(), 2);
    for (cookie, name) in kept.iter().zip(["__Host-bespoke_access=", "__Host-bespoke_refresh="]) {
        assert!(cookie.starts_with(name), "{cookie}");
        for part in ["; HttpOnly", "; SameSite=Strict", "; Path=/;", "; Secure"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
    }
    assert_eq!(me.json("GET", "/api/v1/resumes", None).await.0, StatusCode::OK);
    // A name that another site of the domain could set counts for nothing.
    let access = me.cookies.remove("__Host-bespoke_access").unwrap();
    me.cookies.remove("__Host-bespoke_refresh");
    me.cookies.insert("bespoke_access".into(), access);
    assert_eq!(
        me.asks("GET", "/api/v1/resumes", None).await,
        problem(401, "no-workspace")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_site_asks_for_is_refused() {
    let mut me = start().await;
    me.sign_up(EMAIL).await;
    for (name, value) in [
        ("origin", "https://evil.example.com"),
        ("origin", "null"),
        ("origin", "http://localhost.example.com"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        me.headers = vec![(name, value.to_owned())];
        for (method, path) in [
            ("POST", "/api/v1/auth/sign-out"),
            ("POST", "/api/v1/auth/refresh"),
            ("DELETE", "/api/v1/account/sessions"),
            ("DELETE", "/api/v1/account"),
        ] {
            assert_eq!(
                me.asks(method, path, Some(json!({}))).await,
                problem(403, "foreign-origin"),
                "{name}: {value}"
            );
        }
        let socket = Request::get("/api/v1/live")
            .header(header::HOST, "localhost")
            .header(header::UPGRADE, "websocket")
            .header(header::CONNECTION, "Upgrade")
            .header(name, value)
            .body(Body::empty())
            .unwrap();
        assert_eq!(
            me.router.clone().oneshot(socket).await.unwrap().status(),
            StatusCode::FORBIDDEN
        );
    }
    me.headers = vec![
        ("origin", "http://localhost".into()),
        ("sec-fetch-site", "same-origin".into()),
    ];
    assert_eq!(
        me.json("DELETE", "/api/v1/account/sessions", None).await.0,
        StatusCode::NO_CONTENT
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_socket_closes_with_its_session() {
    let mut me = start().await;
    me.sign_up(EMAIL).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    tokio::spawn(axum::serve(listener, me.router.clone()).into_future());
    let mut socket = tokio::net::TcpStream::connect(at).await.unwrap();
    let cookie = &me.cookies["bespoke_access"];
    let asked = format!(
        "GET /api/v1/live HTTP/1.1\r\nHost: {at}\r\nOrigin: http://{at}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nCookie: bespoke_access={cookie}\r\n\r\n"
    );
    socket.write_all(asked.as_bytes()).await.unwrap();
    let mut answer = vec![0; 4096];
    let length = socket.read(&mut answer).await.unwrap();
    assert!(
        String::from_utf8_lossy(&answer[..length]).starts_with("HTTP/1.1 101"),
        "the socket opens"
    );
    let ends = async { while socket.read(&mut answer).await.is_ok_and(|n| n > 0) {} };
    tokio::pin!(ends);
    assert!(
        tokio::time::timeout(Duration::from_millis(1500), &mut ends)
            .await
            .is_err(),
        "it stays open"
    );
    me.json("POST", "/api/v1/auth/sign-out", None).await;
    tokio::time::timeout(Duration::from_secs(3), ends)
        .await
        .expect("it closes");
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_can_be_taken_away_and_deleted() {
    let mut me = start().await;
    let (id, detail) = me.with_resume().await;
    me.file(&format!("/api/v1/resumes/{id}/export?format=txt")).await;
    me.sign_up(EMAIL).await;
    let (status, kind, bytes) = me.file("/api/v1/account/export").await;
    assert_eq!((status, kind.as_str()), (StatusCode::OK, "application/zip"));
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut read = |name: &str| {
        let mut bytes = Vec::new();
        zip.by_name(name)
            .unwrap_or_else(|e| panic!("{name}: {e}"))
            .read_to_end(&mut bytes)
            .unwrap();
        bytes
    };
    assert_eq!(read("resumes/1/original.pdf"), browser::fixture("resumes/two-page.pdf"));
    let resume: Value = serde_json::from_slice(&read("resumes/1/resume.json")).unwrap();
    assert_eq!(resume, detail["resume"]);
    let exports: Value = serde_json::from_slice(&read("resumes/1/exports.json")).unwrap();
    assert_eq!(exports[0]["format"], "txt");
    let kept: Value = serde_json::from_slice(&read("account.json")).unwrap();
    assert_eq!(
        (&kept["email"], kept["sessions"].as_array().map(Vec::len)),
        (&json!(EMAIL), Some(1))
    );
    let all = String::from_utf8_lossy(&read("account.json")).into_owned();
    assert!(!all.contains("argon2"), "the hash of the password stays here");

    assert_eq!(
        me.asks("DELETE", "/api/v1/account", Some(json!({}))).await,
        problem(401, "bad-credentials")
    );
    let session = me.cookies.clone();
    let (status, receipt) = me
        .json("DELETE", "/api/v1/account", Some(json!({ "password": PASSWORD })))
        .await;
    assert_eq!(status, StatusCode::OK, "{receipt}");
    assert_eq!(
        (&receipt["removed"]["resumes"], &receipt["removed"]["keys"]),
        (&json!(1), &json!(1))
    );
    assert!(me.cookies.is_empty());
    me.cookies = session;
    assert_eq!(
        me.asks("GET", "/api/v1/account", None).await,
        problem(401, "no-workspace")
    );
    assert_eq!(
        me.another().sign_in(EMAIL, PASSWORD, None).await.1["code"],
        "bad-credentials"
    );
    // The address is free again, and nothing of before is there.
    let mut again = me.another();
    again.sign_up(EMAIL).await;
    assert_eq!(again.json("GET", "/api/v1/resumes", None).await.1, json!([]));

    let mut guest = me.another();
    guest.json("POST", "/api/v1/workspaces", None).await;
    assert_eq!(
        guest.json("DELETE", "/api/v1/account", Some(json!({}))).await.0,
        StatusCode::OK
    );
    assert!(guest.cookies.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_privacy_page_names_the_version_that_is_agreed_to() {
    let mut me = start().await;
    let (_, doors) = me.json("GET", "/api/v1/auth", None).await;
    let (status, kind, page) = me.file("/privacy").await;
    let page = String::from_utf8(page).unwrap();
    assert_eq!((status, kind.as_str()), (StatusCode::OK, "text/html; charset=utf-8"));
    assert!(page.contains(&format!("Version <code>{}</code>", doors["terms"].as_str().unwrap())));
    assert!(page.contains("No human reads your data") && !page.contains("<script"));
}
