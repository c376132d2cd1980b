//! The whole road over HTTP, as a browser takes it, with the files of `fixtures/`. Needs the model: `make models`.

mod browser;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use browser::{Browser, fixture, start};
use serde_json::{Value, json};
use tower::ServiceExt;

#[tokio::test(flavor = "multi_thread")]
async fn from_a_pdf_to_a_tailored_file() {
    let mut me = start().await;
    assert_eq!(
        me.json("GET", "/api/v1/resumes", None).await.0,
        StatusCode::UNAUTHORIZED
    );
    let (id, detail) = me.with_resume().await;
    let name = &detail["resume"]["contact"]["name"];
    assert_eq!(name["value"], "Marcus T. Whitfield");
    let (from, to) = (
        name["source"]["start"].as_u64().unwrap() as usize,
        name["source"]["end"].as_u64().unwrap() as usize,
    );
    assert_eq!(&detail["text"].as_str().unwrap()[from..to], "Marcus T. Whitfield");

    let (status, kind, png) = me.file(&format!("/api/v1/resumes/{id}/pages/1.png")).await;
    assert_eq!(
        (status, kind.as_str(), &png[1..4]),
        (StatusCode::OK, "image/png", &b"PNG"[..])
    );
    assert_eq!(
        me.file(&format!("/api/v1/resumes/{id}/pages/99.png")).await.0,
        StatusCode::NOT_FOUND
    );

    let (status, fits) = me.json("GET", &format!("/api/v1/resumes/{id}/roles?top=5"), None).await;
    assert_eq!(status, StatusCode::OK, "{fits}");
    assert_eq!(fits[0]["role"], "backend-engineer");
    assert!(!fits[0]["shared"].as_array().unwrap().is_empty());
    assert_eq!(
        me.json("GET", &format!("/api/v1/resumes/{id}/roles?blend=2"), None)
            .await
            .0,
        StatusCode::BAD_REQUEST
    );
    audit_and_fix(&mut me, &id, &detail).await;

    let job = String::from_utf8(fixture("jobs/backend-engineer.txt")).unwrap();
    let (status, made) = me
        .json(
            "POST",
            &format!("/api/v1/resumes/{id}/tailorings"),
            Some(json!({ "job": job })),
        )
        .await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    assert_eq!(made["violations"], json!([]));
    let accepted = made["accepted"].as_array().unwrap().clone();
    assert!(!accepted.is_empty());
    assert!(made["now"]["total"].as_f64() > made["tailoring"]["before"]["total"].as_f64());
    assert_ne!(made["tailored"], made["base"]);

    let path = format!("/api/v1/tailorings/{}", made["id"].as_str().unwrap());
    let (status, fewer) = me.json("PATCH", &path, Some(json!({ "accepted": [] }))).await;
    assert_eq!((status, &fewer["tailored"]), (StatusCode::OK, &made["base"]));
    // Another window chose from what it saw before: refused with what is there now, and nothing is lost.
    let stale = json!({ "accepted": accepted, "version": made["version"] });
    let (status, refused) = me.json("PATCH", &path, Some(stale)).await;
    assert_eq!(
        (status, refused["code"].as_str()),
        (StatusCode::CONFLICT, Some("stale-version"))
    );
    assert_eq!(
        (&refused["present"]["version"], &refused["present"]["accepted"]),
        (&fewer["version"], &json!([]))
    );
    assert_eq!(me.json("GET", &path, None).await.1["accepted"], json!([]));
    let fresh = json!({ "accepted": [], "version": fewer["version"] });
    assert_eq!(me.json("PATCH", &path, Some(fresh)).await.0, StatusCode::OK);
    let (status, refused) = me.json("PATCH", &path, Some(json!({ "accepted": ["s999"] }))).await;
    assert_eq!(
        (status, refused["code"].as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("unknown-suggestion"))
    );
    let (_, all) = me.json("PATCH", &path, Some(json!({ "accepted": accepted }))).await;
    assert_eq!(all["tailored"], made["tailored"]);

    let (_, preview) = me.json("GET", &format!("{path}/preview"), None).await;
    assert!(preview["pages"][0].as_str().unwrap().starts_with("<svg"));
    for (format, begins) in [
        ("pdf", &b"%PDF"[..]),
        ("docx", b"PK"),
        ("md", b"# Marcus"),
        ("json", b"{"),
    ] {
        let (status, _, bytes) = me.file(&format!("{path}/export?format={format}")).await;
        assert_eq!(status, StatusCode::OK, "{format}");
        assert!(bytes.starts_with(begins), "{format}");
    }
    let (_, kind, text) = me.file(&format!("{path}/export?format=txt")).await;
    assert!(kind.starts_with("text/plain") && String::from_utf8(text).unwrap().contains("Cascadia"));
    assert_eq!(
        me.file(&format!("{path}/export?format=exe")).await.0,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(
        me.file(&format!("{path}/export?format=pdf&template=none")).await.0,
        StatusCode::BAD_REQUEST
    );

    // Every export that was made is listed with what survives in it; refused ones are not.
    let (_, exports) = me.json("GET", &format!("/api/v1/resumes/{id}/exports"), None).await;
    let formats: Vec<_> = exports
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["format"].as_str().unwrap())
        .collect();
    assert_eq!(formats, ["txt", "json", "md", "docx", "pdf"]);
    for export in exports.as_array().unwrap() {
        let certificate = &export["certificate"];
        assert!(certificate["f1"].as_f64().unwrap() >= 0.98, "{export}");
        assert!(certificate["facts"].as_u64().unwrap() > 20 && export["sha256"].as_str().unwrap().len() == 64);
    }

    let mut other = me.another();
    other.json("POST", "/api/v1/workspaces", None).await;
    assert_eq!(
        other
            .json("GET", &format!("/api/v1/resumes/{id}/exports"), None)
            .await
            .0,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        other.json("GET", &format!("/api/v1/resumes/{id}"), None).await.0,
        StatusCode::NOT_FOUND
    );
    assert_eq!(other.json("GET", &path, None).await.0, StatusCode::NOT_FOUND);
    assert_eq!(
        other.json("DELETE", &format!("/api/v1/resumes/{id}"), None).await.0,
        StatusCode::NOT_FOUND
    );

    assert_eq!(
        me.json("DELETE", &format!("/api/v1/resumes/{id}"), None).await.0,
        StatusCode::NO_CONTENT
    );
    assert_eq!(me.json("GET", &path, None).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_windows_do_not_overwrite_each_other() {
    let mut me = start().await;
    let (id, detail) = me.with_resume().await;
    let path = format!("/api/v1/resumes/{id}");
    let mut mine = detail["resume"].clone();
    mine["contact"]["name"]["value"] = json!("Marcus Whitfield");
    let (status, changed) = me
        .json(
            "PATCH",
            &path,
            Some(json!({ "version": detail["version"], "resume": mine })),
        )
        .await;
    assert_eq!(
        (status, &changed["resume"]["contact"]["name"]["value"]),
        (StatusCode::OK, &json!("Marcus Whitfield"))
    );
    let (status, refused) = me
        .json(
            "PATCH",
            &path,
            Some(json!({ "version": detail["version"], "resume": detail["resume"] })),
        )
        .await;
    assert_eq!(
        (status, refused["code"].as_str()),
        (StatusCode::CONFLICT, Some("stale-version"))
    );
    let (_, kept) = me.json("GET", &path, None).await;
    assert_eq!(kept["resume"]["contact"]["name"]["value"], "Marcus Whitfield");
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_requests_are_told_what_to_do() {
    let mut me = start().await;
    me.json("POST", "/api/v1/workspaces", None).await;
    let (status, problem) = me.upload("photo.gif", b"GIF89a\x01\x00\x01\x00\x00\x00\x00").await;
    assert_eq!(
        (status, problem["code"].as_str()),
        (StatusCode::UNSUPPORTED_MEDIA_TYPE, Some("unsupported-format"))
    );
    assert!(
        problem["detail"].as_str().unwrap().contains("supported: PDF, DOCX"),
        "{problem}"
    );
    let (status, problem) = me.upload("empty.pdf", b"").await;
    assert_eq!(
        (status, problem["code"].as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("empty"))
    );
    let (status, _) = me.upload("large.txt", &vec![b'a'; 21 << 20]).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);

    // A damaged file is kept and says why it cannot be read.
    let (status, taken) = me.upload("cut.pdf", b"%PDF-1.7\n1 0 obj\n<<").await;
    assert_eq!(status, StatusCode::ACCEPTED, "{taken}");
    let detail = me.settled(taken["id"].as_str().unwrap()).await;
    assert_eq!(detail["status"], "failed");
    assert!(!detail["failure"]["detail"].as_str().unwrap().is_empty());

    let foreign = Request::post("/api/v1/workspaces")
        .header(header::HOST, "localhost")
        .header(header::ORIGIN, "https://evil.example.com");
    let answer = me
        .router
        .clone()
        .oneshot(foreign.body(Body::empty()).unwrap())
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/problem+json");
    assert_eq!(me.json("GET", "/api/v1/nothing", None).await.1["code"], "not-found");
    assert_eq!(me.json("GET", "/health/live", None).await.0, StatusCode::OK);
}

/// A misspelt word is found, mended in one call, and found no more; a stale version or an unknown finding changes nothing.
async fn audit_and_fix(me: &mut Browser, id: &str, detail: &Value) {
    let mut resume = detail["resume"].clone();
    let right = resume["work"][0]["highlights"][0]["text"]["value"]
        .as_str()
        .unwrap()
        .to_owned();
    resume["work"][0]["highlights"][0]["text"]["value"] = json!(format!("{right} for managment"));
    let change = json!({ "version": detail["version"], "resume": resume });
    let (status, spoilt) = me.json("PATCH", &format!("/api/v1/resumes/{id}"), Some(change)).await;
    assert_eq!(status, StatusCode::OK, "{spoilt}");

    let path = format!("/api/v1/resumes/{id}/audit");
    let (status, audit) = me.json("GET", &path, None).await;
    assert_eq!(status, StatusCode::OK, "{audit}");
    let of = |audit: &Value| -> Option<Value> {
        let all = audit["findings"].as_array()?.clone();
        all.into_iter().find(|f| f["check"] == "spelling")
    };
    let spelling = of(&audit).expect("it is found");
    assert_eq!(spelling["change"]["after"], json!(format!("{right} for management")));

    let fixes = format!("{path}/fixes");
    let chosen = |version: &Value, finding: &Value| Some(json!({ "version": version, "findings": [finding] }));
    let (status, refused) = me
        .json("POST", &fixes, chosen(&detail["version"], &spelling["id"]))
        .await;
    assert_eq!(
        (status, &refused["code"]),
        (StatusCode::CONFLICT, &json!("stale-version"))
    );
    let (status, refused) = me
        .json("POST", &fixes, chosen(&spoilt["version"], &json!("spelling-99")))
        .await;
    assert_eq!(
        (status, &refused["code"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("unknown-finding"))
    );
    let (status, fixed) = me
        .json("POST", &fixes, chosen(&spoilt["version"], &spelling["id"]))
        .await;
    assert_eq!(status, StatusCode::OK, "{fixed}");
    assert_eq!(
        (&fixed["applied"], &fixed["skipped"]),
        (&json!([spelling["id"]]), &json!([]))
    );
    let mended = &fixed["resume"]["resume"]["work"][0]["highlights"][0]["text"]["value"];
    assert_eq!(mended, &json!(format!("{right} for management")));
    assert_eq!(of(&fixed["audit"]), None);
    assert_eq!(me.json("GET", &path, None).await.1, fixed["audit"]);
}
