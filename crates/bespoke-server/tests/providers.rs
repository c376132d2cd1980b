//! Signing in with an account elsewhere, against a provider of ours that can be told to lie.

mod browser;
mod provider;

use axum::http::{StatusCode, header};
use browser::{Browser, PASSWORD};
use provider::{Provider, b64};
use serde_json::{Value, json};

const EMAIL: &str = "ada@example.org";

async fn account(me: &mut Browser) -> Value {
    me.json("GET", "/api/v1/account", None).await.1
}

async fn terms(me: &mut Browser) -> String {
    let (_, doors) = me.json("GET", "/api/v1/auth", None).await;
    doors["terms"].as_str().expect("terms").to_owned()
}

/// The address that an answer sends on to.
async fn onward(me: &mut Browser, path: &str) -> (StatusCode, String) {
    let answer = me.send("GET", path, "", Vec::new()).await;
    let to = answer
        .headers()
        .get(header::LOCATION)
        .map(|l| l.to_str().expect("text").to_owned());
    (answer.status(), to.unwrap_or_default())
}

/// Begins to sign in (agreeing to the terms): what the provider was asked, by name.
async fn begin(me: &mut Browser, provider: &Provider) -> std::collections::BTreeMap<String, String> {
    let terms = terms(me).await;
    let (status, to) = onward(me, &format!("/api/v1/auth/providers/staff/start?consent={terms}")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    provider.asked(&to)
}

/// Signs in with a token that `lie` has changed: where the browser is sent.
async fn sign_in(me: &mut Browser, provider: &Provider, lie: impl FnOnce(&mut Value, &mut Value)) -> String {
    let asked = begin(me, provider).await;
    provider.will_say(&asked, lie);
    let path = format!(
        "/api/v1/auth/providers/staff/callback?code=good&state={}",
        asked["state"]
    );
    let (status, to) = onward(me, &path).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    to
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_becomes_an_account_through_a_provider() {
    let provider = Provider::start().await;
    let mut me = provider.server().await;
    let (id, _) = me.with_resume().await;
    // Nothing is made for somebody who has not agreed to the terms.
    let (_, to) = onward(&mut me, "/api/v1/auth/providers/staff/start").await;
    let asked = provider.asked(&to);
    provider.will_say(&asked, |_, _| {});
    let back = format!(
        "/api/v1/auth/providers/staff/callback?code=good&state={}",
        asked["state"]
    );
    assert_eq!(onward(&mut me, &back).await.1, "/settings?door=consent");
    assert_eq!(account(&mut me).await["kind"], "guest");

    let asked = begin(&mut me, &provider).await;
    assert_eq!(asked["response_type"], "code");
    assert_eq!(asked["code_challenge_method"], "S256");
    assert_eq!(asked["scope"], "openid email");
    assert_eq!(
        asked["redirect_uri"],
        "http://localhost/api/v1/auth/providers/staff/callback"
    );
    for secret in ["state", "nonce", "code_challenge"] {
        assert_eq!(asked[secret].len(), 43, "256 bits: {asked:?}");
    }
    let flow = me
        .set
        .iter()
        .find(|c| c.starts_with("bespoke_flow="))
        .expect("a cookie");
    assert!(flow.contains("HttpOnly; SameSite=Lax; Path=/; Max-Age=600"), "{flow}");
    provider.will_say(&asked, |_, _| {});
    let back = format!(
        "/api/v1/auth/providers/staff/callback?code=good&state={}",
        asked["state"]
    );
    assert_eq!(onward(&mut me, &back).await.1, "/");
    assert_eq!(
        me.cookies.keys().collect::<Vec<_>>(),
        ["bespoke_access", "bespoke_refresh"]
    );
    let shown = account(&mut me).await;
    assert_eq!(
        (&shown["email"], &shown["email_verified"], &shown["has_password"]),
        (&json!(EMAIL), &json!(true), &json!(false))
    );
    assert_eq!(shown["consents"][0]["document"], "terms");
    assert_eq!(
        me.json("GET", &format!("/api/v1/resumes/{id}"), None).await.0,
        StatusCode::OK
    );

    // The same person in another browser, without agreeing again.
    let mut there = me.another();
    let (_, to) = onward(&mut there, "/api/v1/auth/providers/staff/start").await;
    let asked = provider.asked(&to);
    provider.will_say(&asked, |_, _| {});
    let back = format!(
        "/api/v1/auth/providers/staff/callback?code=good&state={}",
        asked["state"]
    );
    assert_eq!(onward(&mut there, &back).await.1, "/");
    assert_eq!(account(&mut there).await["workspace_id"], shown["workspace_id"]);

    // No password opens it; the only way in cannot be taken away, until there is a password.
    assert_eq!(
        there.another().sign_in(EMAIL, "", None).await.1["code"],
        "bad-credentials"
    );
    let (_, ways) = me.json("GET", "/api/v1/account/identities", None).await;
    assert_eq!(
        (&ways[0]["provider"], &ways[0]["email"]),
        (&json!("staff"), &json!(EMAIL))
    );
    let way = format!("/api/v1/account/identities/{}", ways[0]["id"].as_str().unwrap());
    assert_eq!(me.asks("DELETE", &way, None).await, (409, "last-door".into()));
    let new = json!({ "new": PASSWORD });
    assert_eq!(
        me.json("POST", "/api/v1/account/password", Some(new)).await.0,
        StatusCode::NO_CONTENT
    );
    assert_eq!(me.json("DELETE", &way, None).await.0, StatusCode::NO_CONTENT);
    assert_eq!(me.another().sign_in(EMAIL, PASSWORD, None).await.0, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_provider_says_wrongly_is_refused() {
    let provider = Provider::start().await;
    let mut me = provider.server().await;
    let now = jiff::Timestamp::now().as_second();
    type Change = Box<dyn FnOnce(&mut Value, &mut Value)>;
    type Lie = (&'static str, &'static str, Change);
    let claim = |name: &'static str, value: Value| -> Change {
        Box::new(move |_, claims| claims[name] = value)
    };
    let head = |name: &'static str, value: Value| -> Change {
        Box::new(move |head, _| head[name] = value)
    };
    let without = |name: &'static str| -> Change {
        Box::new(move |_, claims| {
            claims.as_object_mut().expect("claims").remove(name);
        })
    };
    let token = "provider-token";
    let lies: Vec<Lie> = vec![
        ("another issuer", token, claim("iss", json!("https://evil.example.com"))),
        (
            "the issuer with a slash",
            token,
            claim("iss", json!(format!("{}/", provider.issuer))),
        ),
        ("no issuer", token, without("iss")),
        ("another audience", token, claim("aud", json!("another-client"))),
        (
            "an audience beside us",
            token,
            claim("aud", json!(["bespoke", "another-client"])),
        ),
        ("no audience", token, without("aud")),
        ("an empty list of audiences", token, claim("aud", json!([]))),
        ("another authorised party", token, claim("azp", json!("another-client"))),
        ("over", token, claim("exp", json!(now - 61))),
        ("no end", token, without("exp")),
        ("made in the future", token, claim("iat", json!(now + 300))),
        ("made long ago", token, claim("iat", json!(now - 7200))),
        ("not valid yet", token, claim("nbf", json!(now + 300))),
        ("another nonce", token, claim("nonce", json!("x".repeat(43)))),
        ("no nonce", token, without("nonce")),
        ("nobody", token, claim("sub", json!(""))),
        ("no subject", token, without("sub")),
        ("a subject without end", token, claim("sub", json!("x".repeat(256)))),
        ("algorithm none", token, head("alg", json!("none"))),
        ("HMAC", token, head("alg", json!("HS256"))),
        ("another algorithm than the key's", token, head("alg", json!("ES256"))),
        ("an unknown key", token, head("kid", json!("unknown"))),
        ("a critical extension", token, head("crit", json!(["exp"]))),
        (
            "an address that is not proved",
            "provider-email",
            claim("email_verified", json!(false)),
        ),
        (
            "an address of which nothing is said",
            "provider-email",
            without("email_verified"),
        ),
        ("no address", "provider-email", claim("email", json!("none"))),
    ];
    assert!(lies.len() > 20);
    for (what, code, lie) in lies {
        assert_eq!(
            sign_in(&mut me, &provider, lie).await,
            format!("/settings?door={code}"),
            "{what}"
        );
    }
    // Signatures.
    for (what, forge) in provider::forgeries() {
        let asked = begin(&mut me, &provider).await;
        provider.will_say(&asked, |_, _| {});
        provider.forges(forge);
        let back = format!(
            "/api/v1/auth/providers/staff/callback?code=good&state={}",
            asked["state"]
        );
        assert_eq!(
            onward(&mut me, &back).await.1,
            "/settings?door=provider-token",
            "{what}"
        );
    }
    assert!(
        me.store
            .people()
            .await
            .expect("people")
            .iter()
            .all(|p| p.email.is_none())
    );
    // The same without a lie gets in, so the lies were what was refused.
    assert_eq!(sign_in(&mut me, &provider, |_, _| {}).await, "/");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_taken_once_by_the_browser_that_asked() {
    let provider = Provider::start().await;
    let mut me = provider.server().await;
    let over = "/settings?door=no-flow";
    let back = |state: &str| format!("/api/v1/auth/providers/staff/callback?code=good&state={state}");

    let asked = begin(&mut me, &provider).await;
    provider.will_say(&asked, |_, _| {});
    let mut thief = me.another();
    assert_eq!(
        onward(&mut thief, &back(&asked["state"])).await.1,
        over,
        "without the cookie"
    );
    begin(&mut thief, &provider).await;
    provider.will_say(&asked, |_, _| {});
    assert_eq!(
        onward(&mut thief, &back(&asked["state"])).await.1,
        over,
        "with another's state"
    );
    let kept = me.cookies.clone();
    assert_eq!(onward(&mut me, &back("x")).await.1, over, "with a wrong state");
    me.cookies = kept;
    assert_eq!(
        onward(&mut me, &back(&asked["state"])).await.1,
        over,
        "after it was taken"
    );

    let asked = begin(&mut me, &provider).await;
    provider.will_say(&asked, |_, _| {});
    let kept = me.cookies.clone();
    assert_eq!(onward(&mut me, &back(&asked["state"])).await.1, "/");
    let mut again = me.another();
    again.cookies = kept;
    assert_eq!(
        onward(&mut again, &back(&asked["state"])).await.1,
        over,
        "a second time"
    );

    // Another provider's answer, and one that names another issuer (RFC 9207).
    let mut other = me.another();
    let asked = begin(&mut other, &provider).await;
    provider.will_say(&asked, |_, _| {});
    let elsewhere = format!(
        "/api/v1/auth/providers/forge/callback?code=good&state={}",
        asked["state"]
    );
    assert_eq!(onward(&mut other, &elsewhere).await.1, over);
    let asked = begin(&mut other, &provider).await;
    provider.will_say(&asked, |_, _| {});
    let mixed = format!("{}&iss=https://evil.example.com", back(&asked["state"]));
    assert_eq!(onward(&mut other, &mixed).await.1, "/settings?door=provider-token");
    let asked = begin(&mut other, &provider).await;
    let refused = format!(
        "/api/v1/auth/providers/staff/callback?error=access_denied&state={}",
        asked["state"]
    );
    assert_eq!(onward(&mut other, &refused).await.1, "/settings?door=provider-refused");
    // The provider compares the verifier with the challenge: another one is refused there.
    let asked = begin(&mut other, &provider).await;
    let mut changed = asked.clone();
    changed.insert("code_challenge".into(), b64([7; 32]));
    provider.will_say(&changed, |_, _| {});
    assert_eq!(
        onward(&mut other, &back(&asked["state"])).await.1,
        "/settings?door=provider-answer"
    );

    // Only pages of this site begin a sign-in.
    other.headers.push(("sec-fetch-site", "cross-site".into()));
    let refused = other.asks("GET", "/api/v1/auth/providers/staff/start", None).await;
    assert_eq!(refused, (403, "foreign-origin".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn accounts_are_joined_only_by_whoever_is_in_both() {
    let provider = Provider::start().await;
    let mut me = provider.server().await;
    me.sign_up(EMAIL).await;
    let id = account(&mut me).await["workspace_id"].clone();
    me.store.verify_email(id.as_str().unwrap()).await.expect("verified");
    let mut there = me.another();
    assert_eq!(
        sign_in(&mut there, &provider, |_, _| {}).await,
        "/settings?door=email-taken"
    );

    let wrong = json!({ "provider": "staff", "password": "not the password" });
    assert_eq!(
        me.asks("POST", "/api/v1/account/identities", Some(wrong)).await,
        (401, "bad-credentials".into())
    );
    let link = json!({ "provider": "staff", "password": PASSWORD });
    let (status, onto) = me.json("POST", "/api/v1/account/identities", Some(link.clone())).await;
    assert_eq!(status, StatusCode::OK, "{onto}");
    let asked = provider.asked(onto["location"].as_str().expect("an address"));
    provider.will_say(&asked, |_, claims| claims["email"] = json!("ada@work.example.com"));
    let back = format!(
        "/api/v1/auth/providers/staff/callback?code=good&state={}",
        asked["state"]
    );
    assert_eq!(onward(&mut me, &back).await.1, "/settings?door=linked");
    let (_, ways) = me.json("GET", "/api/v1/account/identities", None).await;
    assert_eq!(ways[0]["email"], "ada@work.example.com");
    assert_eq!(sign_in(&mut there, &provider, |_, _| {}).await, "/");
    assert_eq!(account(&mut there).await["workspace_id"], id);

    // It opens no second account, also not for somebody who is signed in there.
    let mut bob = me.another();
    bob.sign_up("bob@example.org").await;
    let (_, onto) = bob.json("POST", "/api/v1/account/identities", Some(link.clone())).await;
    let asked = provider.asked(onto["location"].as_str().expect("an address"));
    provider.will_say(&asked, |_, _| {});
    let back = format!(
        "/api/v1/auth/providers/staff/callback?code=good&state={}",
        asked["state"]
    );
    assert_eq!(onward(&mut bob, &back).await.1, "/settings?door=identity-taken");
    // A session that ended meanwhile links nothing.
    let (_, onto) = bob.json("POST", "/api/v1/account/identities", Some(link)).await;
    let asked = provider.asked(onto["location"].as_str().expect("an address"));
    provider.will_say(&asked, |_, claims| claims["sub"] = json!("bob"));
    let flow = bob.cookies["bespoke_flow"].clone();
    bob.json("POST", "/api/v1/auth/sign-out", None).await;
    bob.cookies.insert("bespoke_flow".into(), flow);
    let back = format!(
        "/api/v1/auth/providers/staff/callback?code=good&state={}",
        asked["state"]
    );
    assert_eq!(onward(&mut bob, &back).await.1, "/settings?door=not-signed-in");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_factor_is_asked_for_here_too() {
    let provider = Provider::start().await;
    let mut me = provider.server().await;
    assert_eq!(sign_in(&mut me, &provider, |_, _| {}).await, "/");
    let (_, made) = me.json("POST", "/api/v1/account/second-factor", Some(json!({}))).await;
    assert!(made["secret"].is_string(), "signed in a moment ago: {made}");
    let id = account(&mut me).await["workspace_id"]
        .as_str()
        .expect("an id")
        .to_owned();
    me.store
        .confirm_totp(&id, &["ABCD-EFGH-IJKL-MNOP".to_owned()])
        .await
        .expect("confirmed");
    let mut there = me.another();
    assert_eq!(
        sign_in(&mut there, &provider, |_, _| {}).await,
        "/settings?door=second-factor"
    );
    assert!(!there.cookies.contains_key("bespoke_access"));
    let code = |code: &str| Some(json!({ "code": code }));
    let path = "/api/v1/auth/second-factor";
    assert_eq!(there.asks("POST", path, code("000000")).await, (401, "bad-code".into()));
    assert_eq!(
        there.another().asks("POST", path, code("ABCD-EFGH-IJKL-MNOP")).await,
        (401, "no-flow".into())
    );
    assert_eq!(
        there.json("POST", path, code("abcd-efgh-ijkl-mnop")).await.0,
        StatusCode::OK
    );
    assert_eq!(account(&mut there).await["email"], EMAIL);
    assert_eq!(
        there.asks("POST", path, code("ABCD-EFGH-IJKL-MNOP")).await,
        (401, "no-flow".into())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_without_id_tokens_is_asked_who_it_is() {
    let provider = Provider::start().await;
    let mut me = provider.server().await;
    let terms = terms(&mut me).await;
    let start = format!("/api/v1/auth/providers/forge/start?consent={terms}");
    let (_, to) = onward(&mut me, &start).await;
    let asked = provider.asked(&to);
    assert_eq!(asked["code_challenge_method"], "S256");
    assert!(!asked.contains_key("nonce"));
    provider.will_say(&asked, |_, _| {});
    provider.user(
        json!({ "id": 42, "email": "shown@example.org" }),
        json!([
            { "email": "old@example.org", "primary": false, "verified": true },
            { "email": "unproved@example.org", "primary": true, "verified": false },
        ]),
    );
    let back = format!(
        "/api/v1/auth/providers/forge/callback?code=good&state={}",
        asked["state"]
    );
    assert_eq!(onward(&mut me, &back).await.1, "/");
    assert_eq!(
        account(&mut me).await["email"],
        "old@example.org",
        "the only one that is proved"
    );

    let mut other = me.another();
    let (_, to) = onward(&mut other, &start).await;
    let asked = provider.asked(&to);
    provider.will_say(&asked, |_, _| {});
    provider.user(json!({ "id": 43, "email": "shown@example.org" }), json!([]));
    let back = format!(
        "/api/v1/auth/providers/forge/callback?code=good&state={}",
        asked["state"]
    );
    assert_eq!(onward(&mut other, &back).await.1, "/settings?door=provider-email");
}
