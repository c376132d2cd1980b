//! Applications against a server of this machine in the shapes that Greenhouse, Lever and Recruitee document: what is
//! asked, what arrives, and each way in which it can fail.

use super::{ApplyError, Attached, Letter, Parcel, Posting, fill};
use crate::boards::{Asker, BoardError, BoardKey, Keys};
use crate::settings::Secret;
use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use bespoke_core::resume::{Field, Profile, Resume};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

const KEY: &str = "employers-k3y";

/// Each application that arrived: authorisation, address, body.
type Arrived = Arc<Mutex<Vec<(String, String, String)>>>;

async fn take(State(arrived): State<Arrived>, request: Request) -> Response {
    let authorisation = request.headers().get(header::AUTHORIZATION).cloned();
    let authorisation = authorisation
        .map(|v| v.to_str().expect("text").to_owned())
        .unwrap_or_default();
    let address = request.uri().to_string();
    let body = axum::body::to_bytes(request.into_body(), 1 << 20)
        .await
        .expect("a body");
    let body = String::from_utf8_lossy(&body).into_owned();
    arrived
        .lock()
        .expect("a list")
        .push((authorisation.clone(), address.clone(), body));
    let answer = |status: StatusCode, body: Value| (status, Json(body)).into_response();
    if address.contains("/jobs/500") {
        return StatusCode::BAD_GATEWAY.into_response();
    }
    if address.contains("/jobs/429") {
        return (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "30")]).into_response();
    }
    if address.contains("/jobs/302") {
        return (StatusCode::FOUND, [(header::LOCATION, "/v1/boards/example/jobs/7")]).into_response();
    }
    if address.contains("/jobs/9") {
        tokio::time::sleep(Duration::from_secs(30)).await;
    }
    if address.contains("/jobs/page") {
        return "<html>Are you a robot?</html>".into_response();
    }
    if address.contains("/jobs/") {
        return match authorisation.as_str() {
            "Basic ZW1wbG95ZXJzLWszeTo=" => match address.contains("/jobs/422") {
                true => answer(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    json!({ "errors": ["Invalid attributes: email"] }),
                ),
                false => answer(StatusCode::OK, json!({ "success": "Candidate saved successfully" })),
            },
            _ => (StatusCode::UNAUTHORIZED, "HTTP Basic: Access denied.").into_response(),
        };
    }
    if address.contains("/candidates") {
        return answer(
            StatusCode::CREATED,
            json!({ "candidate": { "id": 4711, "name": "Maria" } }),
        );
    }
    match address.contains("?key=employers-k3y") {
        true if address.contains("l-closed") => {
            answer(StatusCode::OK, json!({ "ok": false, "error": "Posting is closed" }))
        }
        true => answer(StatusCode::OK, json!({ "ok": true, "applicationId": "a-1" })),
        false => answer(
            StatusCode::UNAUTHORIZED,
            json!({ "ok": false, "error": "Invalid API key" }),
        ),
    }
}

async fn greenhouse(Path(id): Path<String>) -> Json<Value> {
    let field = |label: &str, required: bool, fields: Value| json!({ "label": label, "required": required, "description": null, "fields": fields });
    let one = |name: &str, kind: &str| json!([{ "name": name, "type": kind, "values": [] }]);
    Json(
        json!({ "id": 7, "title": "Registered Nurse", "absolute_url": format!("https://boards.example.org/{id}"), "company_name": "Example Clinic", "application_deadline": "2026-03-01T00:00:00-05:00",
        "questions": [
            field("First Name", true, one("first_name", "input_text")), field("Last Name", true, one("last_name", "input_text")),
            field("Email", true, one("email", "input_text")), field("Phone", false, one("phone", "input_text")),
            field("Resume/CV", true, json!([{ "name": "resume", "type": "input_file", "values": [] }, { "name": "resume_text", "type": "textarea", "values": [] }])),
            field("Cover Letter", false, json!([{ "name": "cover_letter", "type": "input_file", "values": [] }, { "name": "cover_letter_text", "type": "textarea", "values": [] }])),
            field("LinkedIn Profile", false, one("question_1", "input_text")),
            field("May you work here?", true, json!([{ "name": "question_2", "type": "multi_value_single_select", "values": [{ "label": "Yes", "value": 1 }, { "label": "No", "value": 0 }] }])),
            field("Shifts", false, json!([{ "name": "question_3[]", "type": "multi_value_multi_select", "values": [{ "label": "Day", "value": 10 }, { "label": "Night", "value": 11 }] }])),
        ],
        "location_questions": [], "compliance": [{ "type": "eeoc", "description": "x", "questions": [field("Gender", false, json!([{ "name": "gender", "type": "multi_value_single_select", "values": [] }]))] }],
        "data_compliance": [{ "type": "gdpr", "requires_consent": true, "retention_period": null }] }),
    )
}

async fn start() -> (Asker, Arrived) {
    let arrived = Arrived::default();
    let lever = |Path(id): Path<String>| async move {
        Json(
            json!({ "id": id, "text": "Porter", "hostedUrl": format!("https://jobs.example.org/{id}"), "categories": {} }),
        )
    };
    let recruitee = || async {
        Json(
            json!({ "offer": { "id": 9, "slug": "driver", "title": "Driver", "company_name": "Example BV", "careers_url": "https://example.recruitee.com/o/driver",
            "options_cv": "required", "options_cover_letter": "optional", "options_phone": "off", "options_photo": "off",
            "open_questions": [{ "id": 31, "kind": "boolean", "body": "Licence C?", "required": true }, { "id": 32, "kind": "single_choice", "body": "Where?", "required": false, "open_question_options": [{ "id": 1, "body": "Utrecht" }] }] } }),
        )
    };
    let router = Router::new()
        .route("/v1/boards/example/jobs/{id}", get(greenhouse).post(take))
        .route("/v0/postings/example/{id}", get(lever).post(take))
        .route("/example/api/offers/9", get(recruitee))
        .route("/example/api/offers/driver/candidates", post(take))
        .with_state(arrived.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let server = format!("http://{}", listener.local_addr().expect("its address"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    (Asker::for_this_machine(server, Duration::from_millis(700)), arrived)
}

fn keys(secret: &str) -> Keys {
    let key = |board: &str| BoardKey {
        board: board.into(),
        account: "example".into(),
        name: String::new(),
        secret: Secret::new(secret.into()),
    };
    Keys::new(vec![key("greenhouse"), key("lever")])
}

fn maria() -> Resume {
    let mut resume = Resume::default();
    resume.contact.name = Some(Field::typed("Maria da Silva".into()));
    resume.contact.email = Some(Field::typed("maria@example.org".into()));
    resume.contact.profiles = vec![Profile {
        network: "LinkedIn".into(),
        username: None,
        url: Field::typed("https://www.linkedin.com/in/maria-example".into()),
    }];
    resume
}

fn file(name: &str, bytes: &str) -> Attached {
    Attached {
        file_name: name.into(),
        media_type: "application/pdf".into(),
        bytes: bytes.as_bytes().to_vec(),
    }
}

fn letter() -> Letter {
    Letter {
        file: file("maria-letter.pdf", "%PDF letter"),
        text: "Dear reader".into(),
    }
}

async fn parcel(asker: &Asker, board: &str, id: &str, answers: &[(&str, &[&str])]) -> Result<Parcel, BoardError> {
    let posting = Posting {
        board,
        account: "example",
        id,
    };
    let how = posting.applying()?.expect("a board that takes applications");
    let form = asker.form(posting, how).await?;
    let answers: BTreeMap<String, Vec<String>> = answers
        .iter()
        .map(|(name, values)| ((*name).to_owned(), values.iter().map(|v| (*v).to_owned()).collect()))
        .collect();
    fill(
        posting,
        form,
        &maria(),
        &answers,
        file("maria-resume.pdf", "%PDF résumé"),
        Some(letter()),
    )
}

const ANSWERS: &[(&str, &[&str])] = &[
    ("question_2", &["1"]),
    ("question_3[]", &["10", "11"]),
    ("data_compliance[gdpr_consent_given]", &["true"]),
];

#[tokio::test]
async fn greenhouse_gets_what_was_shown() {
    let (asker, arrived) = start().await;
    let open = parcel(&asker, "greenhouse", "7", &[]).await.expect("a parcel");
    assert_eq!(open.missing, ["question_2", "data_compliance[gdpr_consent_given]"]);
    let full = parcel(&asker, "greenhouse", "7", ANSWERS).await.expect("a parcel");
    assert!(full.missing.is_empty());
    assert_eq!(
        (full.title.as_str(), full.company.as_str(), full.closes.as_deref()),
        ("Registered Nurse", "Example Clinic", Some("2026-03-01"))
    );
    let shown: Vec<(&str, String)> = full
        .fields
        .iter()
        .map(|f| (f.slot.name.as_str(), f.values.join("|")))
        .collect();
    assert_eq!(
        shown,
        [
            ("first_name", "Maria da".to_owned()),
            ("last_name", "Silva".into()),
            ("email", "maria@example.org".into()),
            ("phone", String::new()),
            ("question_1", "https://www.linkedin.com/in/maria-example".into()),
            ("question_2", "1".into()),
            ("question_3[]", "10|11".into()),
            ("data_compliance[gdpr_consent_given]", "true".into()),
        ]
    );
    assert_ne!(open.digest(), full.digest());
    // What is kept between the preview and its confirmation is the same parcel.
    let kept: Parcel = serde_json::from_slice(&serde_json::to_vec(&full).expect("JSON")).expect("a parcel");
    assert_eq!(kept.digest(), full.digest());
    let (said, receipt) = asker.send(&kept, &keys(KEY)).await.expect("taken");
    assert_eq!((said.as_str(), receipt), ("Candidate saved successfully", None));
    let arrived = arrived.lock().expect("a list");
    let [(authorisation, address, body)] = arrived.as_slice() else {
        panic!("{} arrived", arrived.len())
    };
    assert_eq!(
        (authorisation.as_str(), address.as_str()),
        ("Basic ZW1wbG95ZXJzLWszeTo=", "/v1/boards/example/jobs/7")
    );
    for part in [
        "name=\"last_name\"\r\n\r\nSilva\r\n",
        "name=\"question_3[]\"\r\n\r\n10\r\n",
        "name=\"question_3[]\"\r\n\r\n11\r\n",
        "name=\"resume\"; filename=\"maria-resume.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF résumé\r\n",
        "name=\"cover_letter\"; filename=\"maria-letter.pdf\"\r\n",
    ] {
        assert!(body.contains(part), "{part} in {body}");
    }
    assert!(!body.contains("name=\"phone\"") && !body.contains("gender"), "{body}");
}

#[tokio::test]
async fn lever_and_recruitee_get_theirs() {
    let (asker, arrived) = start().await;
    let porter = parcel(&asker, "lever", "l-1", &[]).await.expect("a parcel");
    assert!(porter.missing.is_empty(), "{:?}", porter.missing);
    let (_, receipt) = asker.send(&porter, &keys(KEY)).await.expect("taken");
    assert_eq!(receipt.as_deref(), Some("a-1"));
    let open = parcel(&asker, "recruitee", "9", &[]).await.expect("a parcel");
    let licence = "candidate[open_question_answers_attributes][0][flag]";
    assert_eq!(open.missing, [licence]);
    let driver = parcel(&asker, "recruitee", "9", &[(licence, &["true"])])
        .await
        .expect("a parcel");
    let (_, receipt) = asker.send(&driver, &Keys::default()).await.expect("taken");
    assert_eq!(receipt.as_deref(), Some("4711"));
    let arrived = arrived.lock().expect("a list");
    assert!(
        arrived[0].2.contains("name=\"comments\"\r\n\r\nDear reader\r\n"),
        "{}",
        arrived[0].2
    );
    assert!(!porter.to.contains(KEY));
    assert_eq!(arrived[1].1, "/example/api/offers/driver/candidates");
    for part in [
        "name=\"candidate[name]\"\r\n\r\nMaria da Silva\r\n",
        "name=\"candidate[open_question_answers_attributes][0][open_question_id]\"\r\n\r\n31\r\n",
        "name=\"candidate[open_question_answers_attributes][0][flag]\"\r\n\r\ntrue\r\n",
        "name=\"candidate[cv]\"; filename=\"maria-resume.pdf\"",
    ] {
        assert!(arrived[1].2.contains(part), "{part} in {}", arrived[1].2);
    }
    // A question that was left open is not sent, nor its id.
    assert!(!arrived[1].2.contains("[1]"), "{}", arrived[1].2);
}

#[tokio::test]
async fn each_way_to_fail_says_whether_it_can_have_arrived() {
    let (asker, arrived) = start().await;
    let ask = |id: &'static str| {
        let asker = &asker;
        async move {
            let parcel = parcel(asker, "greenhouse", id, ANSWERS).await.expect("a parcel");
            asker.send(&parcel, &keys(KEY)).await.expect_err(id)
        }
    };
    for (id, unsure) in [
        ("422", false),
        ("429", false),
        ("302", false),
        ("500", true),
        ("9", true),
        ("page", true),
    ] {
        let before = arrived.lock().expect("a list").len();
        let error = ask(id).await;
        assert_eq!(matches!(error, ApplyError::Unsure { .. }), unsure, "{id}: {error:?}");
        assert_eq!(matches!(error, ApplyError::Refused { .. }), !unsure, "{id}: {error:?}");
        // Once, whatever the answer.
        assert_eq!(arrived.lock().expect("a list").len(), before + 1, "{id}");
    }
    let refused = ask("422").await;
    assert!(refused.to_string().contains("Invalid attributes: email"), "{refused}");
    assert!(
        !format!("{refused:?}").contains("Invalid"),
        "words of a board do not go into the log"
    );
    let parcel_of = parcel(&asker, "greenhouse", "7", ANSWERS).await.expect("a parcel");
    let wrong = asker.send(&parcel_of, &keys("wrong")).await.expect_err("a wrong key");
    assert!(matches!(wrong, ApplyError::Refused { status: 401, .. }), "{wrong:?}");
    let none = asker.send(&parcel_of, &Keys::default()).await.expect_err("no key");
    assert!(matches!(none, ApplyError::NotSent(BoardError::NoKey(_))), "{none:?}");
    let closed = parcel(&asker, "lever", "l-closed", &[]).await.expect("a parcel");
    let closed = asker.send(&closed, &keys(KEY)).await.expect_err("closed");
    assert!(closed.to_string().contains("Posting is closed"), "{closed}");
    // The product's own fetcher does not reach this machine at all.
    let strict = Asker::default()
        .send(&parcel_of, &keys(KEY))
        .await
        .expect_err("a private address");
    assert!(
        matches!(strict, ApplyError::NotSent(BoardError::Fetch { .. })),
        "{strict:?}"
    );
}

#[tokio::test]
async fn only_what_is_asked_can_be_answered() {
    let (asker, _) = start().await;
    for wrong in [
        ("question_9", "x"),
        ("question_2", "Maybe"),
        ("resume", "x"),
        ("gender", "1"),
    ] {
        let answers: &[(&str, &[&str])] = &[(wrong.0, &[wrong.1])];
        let refused = parcel(&asker, "greenhouse", "7", answers).await;
        assert!(matches!(refused, Err(BoardError::Answer(_))), "{wrong:?}: {refused:?}");
    }
    let many = parcel(&asker, "greenhouse", "7", &[("question_2", &["1", "0"])]).await;
    assert!(matches!(many, Err(BoardError::Answer(_))), "{many:?}");
    let left_open = parcel(&asker, "greenhouse", "7", &[("email", &[""])])
        .await
        .expect("a parcel");
    assert!(left_open.missing.contains(&"email".to_owned()));
    for (account, id) in [("..", "7"), ("example", "7/../8"), ("example", "7?x=1")] {
        let posting = Posting {
            board: "greenhouse",
            account,
            id,
        };
        assert!(posting.applying().is_err(), "{account} {id}");
    }
}
