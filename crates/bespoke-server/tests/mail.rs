//! Messages, with a mail server of ours that keeps what it is given.

mod browser;
mod smtp;

use axum::http::StatusCode;
use bespoke_server::AccountsConfig;
use bespoke_server::mail::MailConfig;
use browser::{Browser, PASSWORD, start, start_with};
use serde_json::json;
use smtp::{Mail, Smtp};

const EMAIL: &str = "ada@example.org";
const NEXT: &str = "nine red lanterns at sea";

async fn with_mail() -> (Browser, Smtp) {
    let smtp = Smtp::start().await;
    (with_mail_at(smtp.port).await, smtp)
}

async fn with_mail_at(port: u16) -> Browser {
    start_with(AccountsConfig {
        public_url: Some("http://localhost".into()),
        mail: Some(MailConfig {
            url: format!("smtp://127.0.0.1:{port}"),
            from: "Bespoke <bespoke@example.org>".into(),
            user: None,
            password: None,
            authority: None,
        }),
        ..AccountsConfig::default()
    })
    .await
}

fn secret(mail: &Mail, what: &str) -> String {
    let before = format!("http://localhost/mailed/{what}#");
    let (_, rest) = mail
        .text
        .split_once(&before)
        .unwrap_or_else(|| panic!("no {before} in {}", mail.text));
    rest.split_whitespace().next().expect("a secret").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_proved_by_the_link_that_was_sent_there() {
    let (mut me, smtp) = with_mail().await;
    let (_, doors) = me.json("GET", "/api/v1/auth", None).await;
    assert_eq!(doors["mail"], true);
    me.headers.push(("accept-language", "de-DE,de;q=0.9".into()));
    me.sign_up(EMAIL).await;
    let mail = smtp.next().await;
    assert_eq!((mail.from.as_str(), mail.to.as_str()), ("bespoke@example.org", EMAIL));
    assert!(mail.head.contains("Auto-Submitted: auto-generated"), "{}", mail.head);
    assert!(
        mail.text.contains("Ist das Ihre Adresse") || mail.text.contains("bestätigen"),
        "{}",
        mail.text
    );
    let first = secret(&mail, "verify");
    // Asking again makes the first one void.
    assert_eq!(
        me.json("POST", "/api/v1/account/verification", None).await.0,
        StatusCode::ACCEPTED
    );
    let second = secret(&smtp.next().await, "verify");
    let mut nobody = me.another();
    let token = |token: &str| Some(json!({ "token": token }));
    assert_eq!(
        nobody.asks("POST", "/api/v1/auth/verify", token(&first)).await,
        (401, "bad-link".into())
    );
    assert_eq!(
        nobody
            .asks(
                "POST",
                "/api/v1/auth/reset",
                Some(json!({ "token": second, "password": NEXT }))
            )
            .await,
        (401, "bad-link".into()),
        "for something else"
    );
    assert_eq!(
        nobody.json("POST", "/api/v1/auth/verify", token(&second)).await.0,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        nobody.asks("POST", "/api/v1/auth/verify", token(&second)).await.1,
        "bad-link"
    );
    assert_eq!(me.json("GET", "/api/v1/account", None).await.1["email_verified"], true);
    // There is nothing left to prove, so nothing is sent.
    assert_eq!(
        me.json("POST", "/api/v1/account/verification", None).await.0,
        StatusCode::ACCEPTED
    );
    assert!(smtp.stays_empty().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_password_is_set_anew_once() {
    let (mut me, smtp) = with_mail().await;
    me.sign_up(EMAIL).await;
    smtp.next().await;
    let mut there = me.another();
    let forgot = |email: &str| Some(json!({ "email": email }));
    // The answers are the same whoever has an account; only one message is sent.
    assert_eq!(
        there
            .json("POST", "/api/v1/auth/forgotten", forgot("nobody@example.org"))
            .await
            .0,
        StatusCode::ACCEPTED
    );
    assert!(smtp.stays_empty().await);
    assert_eq!(
        there
            .json("POST", "/api/v1/auth/forgotten", forgot(" ADA@example.org"))
            .await
            .0,
        StatusCode::ACCEPTED
    );
    let mail = smtp.next().await;
    assert_eq!(mail.to, EMAIL, "to the address of the account, not as it was typed");
    let token = secret(&mail, "reset");
    let weak = json!({ "token": token, "password": "short" });
    assert_eq!(
        there.asks("POST", "/api/v1/auth/reset", Some(weak)).await.1,
        "weak-password"
    );
    let reset = json!({ "token": token, "password": NEXT });
    assert_eq!(
        there.json("POST", "/api/v1/auth/reset", Some(reset.clone())).await.0,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        there.asks("POST", "/api/v1/auth/reset", Some(reset)).await,
        (401, "bad-link".into())
    );
    assert!(smtp.next().await.text.contains("set anew"), "the person is told");
    assert_eq!(
        me.asks("GET", "/api/v1/account/sessions", None).await.0,
        401,
        "every session has ended"
    );
    assert_eq!(there.sign_in(EMAIL, PASSWORD, None).await.1["code"], "bad-credentials");
    assert_eq!(there.sign_in(EMAIL, NEXT, None).await.0, StatusCode::OK);
    assert_eq!(
        there.json("GET", "/api/v1/account", None).await.1["email_verified"],
        true,
        "the link proved it"
    );

    // Few messages to one address.
    let mut limited = 0;
    for _ in 0..6 {
        let (status, _) = there
            .json("POST", "/api/v1/auth/forgotten", forgot("bob@example.org"))
            .await;
        limited += i32::from(status == StatusCode::TOO_MANY_REQUESTS);
    }
    assert_eq!(limited, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_address_is_taken_when_it_is_proved() {
    let (mut me, smtp) = with_mail().await;
    me.sign_up(EMAIL).await;
    smtp.next().await;
    me.another().sign_up("bob@example.org").await;
    smtp.next().await;
    let change = |email: &str, password: &str| Some(json!({ "email": email, "password": password }));
    let path = "/api/v1/account/address";
    assert_eq!(
        me.asks("POST", path, change("new@example.org", "wrong")).await,
        (401, "bad-credentials".into())
    );
    assert_eq!(
        me.asks("POST", path, change("BOB@example.org", PASSWORD)).await,
        (409, "email-taken".into())
    );
    assert_eq!(
        me.json("POST", path, change("new@example.org", PASSWORD)).await.0,
        StatusCode::ACCEPTED
    );
    let mail = smtp.next().await;
    assert_eq!(mail.to, "new@example.org");
    assert_eq!(
        me.json("GET", "/api/v1/account", None).await.1["email"],
        EMAIL,
        "not yet"
    );
    let token = json!({ "token": secret(&mail, "address") });
    assert_eq!(
        me.another()
            .json("POST", "/api/v1/auth/address", Some(token.clone()))
            .await
            .0,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        me.asks("POST", "/api/v1/auth/address", Some(token)).await,
        (401, "bad-link".into())
    );
    assert_eq!(smtp.next().await.to, EMAIL, "the old address is told");
    let (_, account) = me.json("GET", "/api/v1/account", None).await;
    assert_eq!(
        (&account["email"], &account["email_verified"]),
        (&json!("new@example.org"), &json!(true))
    );
    assert_eq!(
        me.another().sign_in(EMAIL, PASSWORD, None).await.1["code"],
        "bad-credentials"
    );
    assert_eq!(
        me.another().sign_in("new@example.org", PASSWORD, None).await.0,
        StatusCode::OK
    );
    let faults = me.store.examine().await.expect("examined").faults;
    assert_eq!(faults, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_sent_with_what_was_chosen() {
    let (mut me, smtp) = with_mail().await;
    let (id, detail) = me.with_resume().await;
    me.sign_up(EMAIL).await;
    smtp.next().await;
    let new = json!({ "label": "x", "expires_at": "2999-01-02T00:00:00Z", "password": "a word for it" });
    let (_, link) = me
        .json("POST", &format!("/api/v1/resumes/{id}/shares"), Some(new))
        .await;
    let path = format!("/api/v1/shares/{}/mail", link["share"]["id"].as_str().expect("an id"));
    let mut send = json!({ "path": link["path"], "to": "head@example.com", "include": ["name", "until"], "note": "As promised.", "reply": true });
    assert_eq!(
        me.asks("POST", &path, Some(send.clone())).await,
        (403, "unverified-email".into())
    );
    let (_, account) = me.json("GET", "/api/v1/account", None).await;
    me.store
        .verify_email(account["workspace_id"].as_str().unwrap())
        .await
        .expect("verified");
    assert_eq!(
        me.json("POST", &path, Some(send.clone())).await.0,
        StatusCode::NO_CONTENT
    );
    let mail = smtp.next().await;
    let name = detail["resume"]["contact"]["name"]["value"].as_str().expect("a name");
    assert_eq!(mail.to, "head@example.com");
    assert!(mail.head.contains("Reply-To: ada@example.org"), "{}", mail.head);
    for part in ["As promised.", name, "2999-01-02", "asks for a password"] {
        assert!(mail.text.contains(part), "{part}: {}", mail.text);
    }
    assert!(
        mail.text
            .contains(&format!("http://localhost{}", link["path"].as_str().unwrap()))
    );
    let title = detail["resume"]["contact"]["label"]["value"]
        .as_str()
        .unwrap_or("Profession:");
    assert!(
        !mail.text.contains(title) && !mail.text.contains("a word for it"),
        "{}",
        mail.text
    );

    send["include"] = json!([]);
    send["reply"] = json!(false);
    assert_eq!(
        me.json("POST", &path, Some(send.clone())).await.0,
        StatusCode::NO_CONTENT
    );
    let mail = smtp.next().await;
    assert!(
        !mail.text.contains(name) && !mail.head.contains(name) && !mail.head.contains("Reply-To"),
        "{mail:?}"
    );
    // Only this link, to one address, without tricks.
    for (member, value, code) in [
        (
            "path",
            json!("/s/0000000000000000000000000000000000000000"),
            "not-found",
        ),
        ("path", json!("https://evil.example.com/"), "not-found"),
        ("to", json!("head@example.com\r\nBcc: all@example.com"), "bad-email"),
        ("to", json!("head@example.com, all@example.com"), "bad-email"),
        ("note", json!("x".repeat(2001)), "bad-request"),
    ] {
        let mut wrong = send.clone();
        wrong[member] = value;
        assert_eq!(me.asks("POST", &path, Some(wrong)).await.1, code);
    }
    assert!(smtp.stays_empty().await);
    // Five at once: two were sent.
    let mut sent = 0;
    for _ in 0..5 {
        sent += i32::from(me.json("POST", &path, Some(send.clone())).await.0 == StatusCode::NO_CONTENT);
    }
    assert_eq!(sent, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_mail_server_that_is_said() {
    let mut me = start().await;
    assert_eq!(me.json("GET", "/api/v1/auth", None).await.1["mail"], false);
    me.sign_up(EMAIL).await;
    for (path, body) in [
        ("/api/v1/auth/forgotten", json!({ "email": EMAIL })),
        ("/api/v1/auth/reset", json!({ "token": "x", "password": NEXT })),
        ("/api/v1/account/verification", json!({})),
        (
            "/api/v1/account/address",
            json!({ "email": "new@example.org", "password": PASSWORD }),
        ),
    ] {
        assert_eq!(
            me.asks("POST", path, Some(body)).await,
            (409, "no-mail".into()),
            "{path}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_is_sent_where_it_is_wished() {
    let (mut me, smtp) = with_mail().await;
    me.sign_up(EMAIL).await;
    smtp.next().await;
    let (_, team) = me
        .json("POST", "/api/v1/teams", Some(json!({ "name": "Lanterns & Co" })))
        .await;
    let path = format!("/api/v1/teams/{}/invitations", team["id"].as_str().expect("an id"));
    let invite = json!({ "role": "editor", "email": "bea@example.com", "send": true });
    assert_eq!(
        me.asks("POST", &path, Some(invite.clone())).await,
        (403, "unverified-email".into())
    );
    let (_, account) = me.json("GET", "/api/v1/account", None).await;
    let workspace = account["workspace_id"].as_str().expect("an id");
    me.store.verify_email(workspace).await.expect("verified");
    for wrong in [
        json!({ "role": "editor", "send": true }),
        json!({ "role": "editor", "email": "bea@example.com, all@example.com", "send": true }),
    ] {
        assert_eq!(me.asks("POST", &path, Some(wrong)).await, (422, "bad-email".into()));
    }
    let (status, made) = me.json("POST", &path, Some(invite.clone())).await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    let mail = smtp.next().await;
    assert_eq!(mail.to, "bea@example.com");
    let link = format!("http://localhost{}", made["path"].as_str().expect("a path"));
    for part in [EMAIL, "Lanterns & Co", &link, "seven days"] {
        assert!(mail.text.contains(part), "{part}: {}", mail.text);
    }
    assert!(
        mail.head.contains("Subject: An invitation into the team"),
        "{}",
        mail.head
    );
    let mut unsent = invite.clone();
    unsent["send"] = json!(false);
    assert_eq!(me.json("POST", &path, Some(unsent)).await.0, StatusCode::CREATED);
    assert!(smtp.stays_empty().await, "nothing is sent where it is not wished");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_left_of_an_invitation_that_could_not_be_sent() {
    // Nobody listens there.
    let mut me = with_mail_at(1).await;
    me.sign_up(EMAIL).await;
    let (_, account) = me.json("GET", "/api/v1/account", None).await;
    let workspace = account["workspace_id"].as_str().expect("an id");
    me.store.verify_email(workspace).await.expect("verified");
    let (_, team) = me
        .json("POST", "/api/v1/teams", Some(json!({ "name": "Lanterns" })))
        .await;
    let path = format!("/api/v1/teams/{}/invitations", team["id"].as_str().expect("an id"));
    let invite = json!({ "role": "editor", "email": "bea@example.com", "send": true });
    assert_eq!(me.asks("POST", &path, Some(invite)).await.0, 502);
    assert_eq!(me.json("GET", &path, None).await.1, json!([]));
}
