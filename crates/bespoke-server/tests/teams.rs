//! Teams over the API: the whole table of `docs/access.json` is tried by every role and by strangers, and who is in or out
//! is so at once.

mod browser;
mod operations;

use axum::http::StatusCode;
use browser::{Browser, start};
use operations::{Ids, address, body, operations, team, text, things};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::future::IntoFuture;
use std::time::{Duration, Instant};

const ROLES: [&str; 4] = ["owner", "editor", "commenter", "viewer"];

fn table() -> BTreeMap<String, Vec<String>> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/access.json");
    let whole: Value = serde_json::from_str(&std::fs::read_to_string(path).expect("docs/access.json")).expect("JSON");
    serde_json::from_value(whole["operations"].clone()).expect("the operations")
}

/// Lets somebody into a team of `owner`'s.
async fn invite(owner: &mut Browser, team: &str, role: &str, who: &mut Browser) {
    let to = format!("/api/v1/teams/{team}/invitations");
    let (status, made) = owner.json("POST", &to, Some(json!({ "role": role }))).await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    let path = text(&made["path"]);
    let token = path.strip_prefix("/invitation#").expect("a link");
    let (status, joined) = who
        .json("POST", "/api/v1/invitations/accept", Some(json!({ "token": token })))
        .await;
    assert_eq!((status, &joined["role"]), (StatusCode::OK, &json!(role)), "{joined}");
}

struct Crew {
    /// By role; who may least comes first.
    crew: Vec<(&'static str, Browser)>,
    stranger: Browser,
    ids: Ids,
    resume: Value,
}

/// A team with a member of every role and one of each thing; a stranger with an account.
async fn crew() -> Crew {
    let mut owner = start().await;
    owner.json("POST", "/api/v1/workspaces", None).await;
    owner.sign_up("owner@example.org").await;
    let mut ids = team(&mut owner).await;
    let mut crew = Vec::new();
    for role in ["viewer", "commenter", "editor"] {
        let mut member = owner.another();
        member.sign_up(&format!("{role}@example.org")).await;
        invite(&mut owner, &ids["team"], role, &mut member).await;
        member.headers.push(("bespoke-team", ids["team"].clone()));
        crew.push((role, member));
    }
    let mut stranger = owner.another();
    stranger.sign_up("stranger@example.org").await;
    stranger.headers.push(("bespoke-team", ids["team"].clone()));
    owner.headers.push(("bespoke-team", ids["team"].clone()));
    let (resume, detail) = owner.with_resume().await;
    ids.append(&mut things(&mut owner, resume).await);
    crew.push(("owner", owner));
    Crew {
        crew,
        stranger,
        ids,
        resume: detail["resume"].clone(),
    }
}

/// Those whose success would take away what the others are to be tried on: tried on something that is not there.
fn takes_away(method: &str, operation: &str) -> bool {
    method == "delete" && operation != "delete_counts" || operation == "leave_team"
}

#[tokio::test(flavor = "multi_thread")]
async fn every_role_may_do_what_the_table_says_and_nothing_else() {
    let Crew {
        mut crew,
        mut stranger,
        ids,
        resume,
    } = crew().await;
    let table = table();
    let nothing: Ids = ids
        .keys()
        .map(|kind| (*kind, "00000000-0000-7000-8000-000000000000".to_owned()))
        .collect();
    let mut tried = [0, 0];
    for (method, path, operation) in operations() {
        let who = &table[&operation];
        // What is about oneself is in `accounts.rs` and `idor.rs`; who leaves or deletes the team does so below.
        if !ROLES.contains(&who[0].as_str()) || ["delete_team", "leave_team"].contains(&operation.as_str()) {
            continue;
        }
        let upper = method.to_uppercase();
        let with = (method != "get").then(|| body(&operation, &resume));
        for (role, member) in &mut crew {
            let allowed = who.iter().any(|w| w == role);
            let mut on = ids.clone();
            if allowed && takes_away(&method, &operation) {
                on = nothing.clone();
                on.insert("team", ids["team"].clone());
            }
            let to = address(&path, &operation, &on);
            let (status, answer) = member.json(&upper, &to, with.clone()).await;
            let refused = status == StatusCode::FORBIDDEN && answer["code"] == "not-allowed";
            assert_eq!(refused, !allowed, "{upper} {to} by the {role}: {status} {answer}");
            let shut_out = status == StatusCode::UNAUTHORIZED
                || status == StatusCode::FORBIDDEN && !refused
                || answer["detail"].as_str().is_some_and(|d| d.starts_with("this team"));
            assert!(
                !shut_out && !status.is_server_error(),
                "{upper} {to} by the {role}: {status} {answer}"
            );
            if allowed && !takes_away(&method, &operation) {
                assert_ne!(status, StatusCode::NOT_FOUND, "{upper} {to} by the {role}: {answer}");
            }
            tried[usize::from(allowed)] += 1;
        }
        let to = address(&path, &operation, &ids);
        let (status, answer) = stranger.json(&upper, &to, with).await;
        assert_eq!(
            (status, answer["detail"].as_str()),
            (StatusCode::NOT_FOUND, Some("this team is not here")),
            "{upper} {to} by a stranger"
        );
    }
    assert!(tried[0] >= 80 && tried[1] >= 200, "refused and allowed: {tried:?}");

    // Everybody may leave but the last owner; only an owner deletes the team.
    let at = format!("/api/v1/teams/{}", ids["team"]);
    for (role, member) in &mut crew {
        let deletes = member.asks("DELETE", &at, None).await;
        let leaves = member.asks("DELETE", &format!("{at}/membership"), None).await;
        match *role {
            "owner" => assert_eq!((deletes.0, leaves.0), (204, 404)),
            _ => assert_eq!((deletes, leaves.0), ((403, "not-allowed".into()), 204), "{role}"),
        }
        assert_eq!(
            member.asks("GET", "/api/v1/resumes", None).await.0,
            404,
            "{role} is out"
        );
    }
    assert_eq!(stranger.asks("DELETE", &at, None).await.0, 404);
    assert!(matches!(
        crew[0].1.store.resumes(&ids["team"]).await,
        Err(bespoke_store::StoreError::NotFound)
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn comments_carry_the_names_of_their_authors() {
    let Crew { mut crew, ids, .. } = crew().await;
    let at = format!("/api/v1/resumes/{}/comments", ids["resume"]);
    let said = json!({ "body": "A number would help" });
    let by = |crew: &mut Vec<(&'static str, Browser)>, role: &str| {
        crew.iter().position(|(r, _)| *r == role).expect("a member")
    };
    let (commenter, editor) = (by(&mut crew, "commenter"), by(&mut crew, "editor"));
    let me = format!("/api/v1/teams/{}/membership", ids["team"]);
    let (_, named) = crew[commenter]
        .1
        .json("PATCH", &me, Some(json!({ "name": "Cleo" })))
        .await;
    assert_eq!(named["own_name"], "Cleo");
    let (status, comment) = crew[commenter].1.json("POST", &at, Some(said)).await;
    assert_eq!(
        (status, &comment["author"], &comment["mine"]),
        (StatusCode::CREATED, &json!("Cleo"), &json!(true))
    );
    let (_, seen) = crew[editor].1.json("GET", &at, None).await;
    assert_eq!((&seen[1]["author"], &seen[1]["mine"]), (&json!("Cleo"), &json!(false)));
    assert_eq!(
        seen[0]["author"], "owner",
        "what stands before the @ where nothing was said"
    );
    let one = format!("/api/v1/comments/{}", text(&comment["id"]));
    let settled = json!({ "resolved": true });
    assert_eq!(
        crew[commenter].1.asks("PATCH", &one, Some(settled.clone())).await.1,
        "not-allowed"
    );
    assert_eq!(
        crew[editor].1.json("PATCH", &one, Some(settled)).await.1["resolved"],
        true
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_bound_to_a_team_opens_nothing_else() {
    let Crew {
        mut crew,
        mut stranger,
        ids,
        ..
    } = crew().await;
    let new = |team: &str| json!({ "name": "script", "scope": "write", "team_id": team });
    let at = crew.len() - 2;
    let editor = &mut crew[at].1;
    editor.headers.clear();
    let (status, made) = editor
        .json("POST", "/api/v1/account/tokens", Some(new(&ids["team"])))
        .await;
    assert_eq!((status, &made["team_id"]), (StatusCode::CREATED, &json!(ids["team"])));
    assert_eq!(
        stranger
            .asks("POST", "/api/v1/account/tokens", Some(new(&ids["team"])))
            .await
            .0,
        404
    );
    let mut script = editor.script(&text(&made["token"]));
    let (_, list) = script.json("GET", "/api/v1/resumes", None).await;
    assert_eq!(list[0]["id"], json!(ids["resume"]), "{list}");
    assert_eq!(script.asks("GET", "/api/v1/account", None).await.1, "scope");
    assert_eq!(script.asks("GET", "/api/v1/teams", None).await.1, "scope");
    assert_eq!(
        script.asks("GET", "/api/v1/account/export", None).await.1,
        "not-allowed"
    );
    let (_, account) = editor.json("GET", "/api/v1/account", None).await;
    let own = format!("/api/v1/resumes?team={}", text(&account["workspace_id"]));
    assert_eq!(script.asks("GET", &own, None).await.0, 404, "not even one's own");
    assert_eq!(editor.asks("GET", &own, None).await.0, 200);
    // A token without a team goes where its person goes.
    let free = json!({ "name": "free", "scope": "read" });
    let (_, made) = editor.json("POST", "/api/v1/account/tokens", Some(free)).await;
    let mut free = editor.script(&text(&made["token"]));
    let in_team = format!("/api/v1/resumes?team={}", ids["team"]);
    assert_eq!(free.json("GET", &in_team, None).await.1[0]["id"], json!(ids["resume"]));
    assert_eq!(free.json("GET", "/api/v1/resumes", None).await.1, json!([]));
    // Who is out is out with every token.
    let member = text(&account["workspace_id"]);
    let out = format!("/api/v1/teams/{}/members/{member}", ids["team"]);
    assert_eq!(crew[at + 1].1.asks("DELETE", &out, None).await.0, 204);
    assert_eq!(free.asks("GET", &in_team, None).await.0, 404);
    assert_eq!(script.asks("GET", "/api/v1/resumes", None).await.1, "bad-token");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_whose_team_needs_it_is_not_deleted_before_it_is_handed_over() {
    let Crew { mut crew, ids, .. } = crew().await;
    let mut owner = crew.pop().expect("the owner").1;
    let password = json!({ "password": browser::PASSWORD });
    let refused = owner.asks("DELETE", "/api/v1/account", Some(password.clone())).await;
    assert_eq!(refused, (409, "last-owner".into()));
    let members = format!("/api/v1/teams/{}/members", ids["team"]);
    let (_, list) = owner.json("GET", &members, None).await;
    let last = list.as_array().and_then(|l| l.last()).expect("a member");
    let heir = format!("{members}/{}", text(&last["id"]));
    assert_eq!(
        owner
            .asks(
                "PATCH",
                &format!("{members}/{}", ids["member"]),
                Some(json!({ "role": "viewer" }))
            )
            .await,
        (409, "last-owner".into())
    );
    let (_, given) = owner.json("PATCH", &heir, Some(json!({ "role": "owner" }))).await;
    assert_eq!(given["role"], "owner");
    assert_eq!(owner.asks("DELETE", "/api/v1/account", Some(password)).await.0, 200);
    let (_, list) = crew[2].1.json("GET", &members, None).await;
    assert_eq!(list.as_array().map(Vec::len), Some(3));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_says_where_it_leads_and_guests_sign_up_first() {
    let mut owner = start().await;
    owner.sign_up("owner@example.org").await;
    let ids = team(&mut owner).await;
    let to = format!("/api/v1/teams/{}/invitations", ids["team"]);
    let wrong = json!({ "role": "viewer", "email": "nobody" });
    assert_eq!(owner.asks("POST", &to, Some(wrong)).await.1, "bad-email");
    let new = json!({ "role": "editor", "email": " bea@example.org " });
    let (_, made) = owner.json("POST", &to, Some(new)).await;
    assert_eq!(made["invitation"]["email"], "bea@example.org");
    let path = text(&made["path"]);
    let token = json!({ "token": path.rsplit('#').next(), "name": "Bea" });
    let mut bea = owner.another();
    let (_, shown) = bea.json("POST", "/api/v1/invitations/show", Some(token.clone())).await;
    assert_eq!(shown, json!({ "team": "Lanterns", "role": "editor" }));
    assert_eq!(
        bea.asks("POST", "/api/v1/invitations/accept", Some(token.clone()))
            .await
            .0,
        401
    );
    bea.json("POST", "/api/v1/workspaces", None).await;
    assert_eq!(
        bea.asks("POST", "/api/v1/invitations/accept", Some(token.clone()))
            .await
            .1,
        "not-signed-in"
    );
    assert_eq!(
        bea.asks("POST", "/api/v1/teams", Some(json!({ "name": "x" }))).await.1,
        "not-signed-in"
    );
    assert_eq!(
        owner
            .asks("POST", "/api/v1/invitations/accept", Some(token.clone()))
            .await
            .1,
        "is-member"
    );
    bea.sign_up("bea@example.org").await;
    let (_, joined) = bea
        .json("POST", "/api/v1/invitations/accept", Some(token.clone()))
        .await;
    assert_eq!(
        (&joined["own_name"], &joined["role"]),
        (&json!("Bea"), &json!("editor"))
    );
    assert_eq!(bea.asks("POST", "/api/v1/invitations/accept", Some(token)).await.0, 404);
    let (_, mine) = bea.json("GET", "/api/v1/teams", None).await;
    assert_eq!(mine[0]["id"], json!(ids["team"]));
    for name in ["", " ", &"x".repeat(81), "a\u{7}b"] {
        let (code, _) = bea.asks("POST", "/api/v1/teams", Some(json!({ "name": name }))).await;
        assert_eq!(code, 400, "{name:?}");
    }
    assert_eq!(bea.asks("PUT", "/api/v1/resumes", None).await.0, 405);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_taken_out_hears_nothing_more_within_a_second() {
    let Crew { mut crew, ids, .. } = crew().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let router = crew[0].1.router.clone();
    tokio::spawn(axum::serve(listener, router).into_future());
    let viewer = &crew[0].1;
    let cookies: Vec<String> = viewer.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
    let mut socket = tokio::net::TcpStream::connect(address).await.expect("connected");
    let ask = format!(
        "GET /api/v1/live?team={} HTTP/1.1\r\nHost: {address}\r\nCookie: {}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        ids["team"],
        cookies.join("; ")
    );
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    socket.write_all(ask.as_bytes()).await.expect("asked");
    let mut heard = vec![0; 4096];
    let read = socket.read(&mut heard).await.expect("an answer");
    assert!(
        heard[..read].starts_with(b"HTTP/1.1 101"),
        "{}",
        String::from_utf8_lossy(&heard[..read])
    );
    tokio::time::sleep(Duration::from_millis(200)).await;

    let owner = &mut crew[3].1;
    let (_, list) = owner
        .json("GET", &format!("/api/v1/teams/{}/members", ids["team"]), None)
        .await;
    let member = list
        .as_array()
        .and_then(|l| l.iter().find(|m| m["role"] == "viewer"))
        .expect("the viewer");
    let out = format!("/api/v1/teams/{}/members/{}", ids["team"], text(&member["id"]));
    let began = Instant::now();
    assert_eq!(owner.asks("DELETE", &out, None).await.0, 204);
    // The frame that closes: 0x88, its length, the code.
    let read = tokio::time::timeout(Duration::from_secs(5), socket.read(&mut heard))
        .await
        .expect("in time")
        .expect("a frame");
    assert!(read >= 4 && heard[0] == 0x88, "{:?}", &heard[..read]);
    assert_eq!(u16::from_be_bytes([heard[2], heard[3]]), 4403);
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    assert_eq!(crew[0].1.asks("GET", "/api/v1/resumes", None).await.0, 404);
}
