//! The searches against a server of this machine that speaks as Adzuna and USAJOBS document it: keys, pages, refusals.

use super::{Asker, BoardError, BoardKey, Keys, Period, Source};
use crate::fetch::FetchError;
use crate::settings::Secret;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What was asked for: one line a request.
type Log = Arc<Mutex<Vec<String>>>;
type Words = Query<HashMap<String, String>>;

const SECRET: &str = "k3y-of-maria";

async fn adzuna(State(log): State<Log>, Path((country, page)): Path<(String, usize)>, Query(q): Words) -> Response {
    let says = |name: &str| q.get(name).cloned().unwrap_or_default();
    log.lock()
        .expect("the log")
        .push(format!("{country} {page} {} {}", says("what"), says("where")));
    if says("app_id") != "app1" || says("app_key") != SECRET {
        let refusal = json!({ "exception": "AUTH_FAIL", "doc": "https://api.adzuna.com/v1/doc", "display": "Authorisation failed" });
        return (StatusCode::UNAUTHORIZED, Json(refusal)).into_response();
    }
    let all = if says("what") == "rare" { 1 } else { 120 };
    // One that counts wrong and gives its first page again and again.
    let page = if says("what") == "again" { 1 } else { page };
    let job = |n: usize| {
        json!({ "__CLASS__": "Adzuna::API::Response::Job", "id": format!("{}", 4_000 + n), "title": "Staff <strong>Nurse</strong>",
            "description": "Care for ventilated patients &amp; document in Epic…", "created": "2026-01-08T18:07:39Z",
            "redirect_url": format!("https://www.adzuna.co.uk/jobs/land/ad/{n}?se=x"), "adref": "x", "company": { "display_name": "Example Trust" },
            "location": { "display_name": "Leeds, West Yorkshire", "area": ["UK", "Leeds"] }, "category": { "tag": "healthcare-nursing-jobs", "label": "x" },
            "salary_min": 31_000, "salary_max": 38_500.5, "salary_is_predicted": if n == 1 { json!("1") } else { json!(0) }, "contract_time": "full_time" })
    };
    let from = (page - 1) * 50;
    Json(
        json!({ "count": all, "mean": 33_000, "results": (from..all.min(from + 50)).map(job).collect::<Vec<Value>>() }),
    )
    .into_response()
}

async fn usajobs(State(log): State<Log>, headers: HeaderMap, Query(q): Words) -> Response {
    let header = |name: &str| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let says = |name: &str| q.get(name).cloned().unwrap_or_default();
    let host = header("host").split(':').next().unwrap_or_default();
    log.lock().expect("the log").push(format!(
        "{host} {} {} {} {}",
        header("user-agent"),
        says("Keyword"),
        says("LocationName"),
        says("Page")
    ));
    if header("authorization-key") != SECRET || !header("user-agent").contains('@') {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    if says("Keyword") == "busy" {
        return (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "600")]).into_response();
    }
    if says("Keyword") == "slow" {
        tokio::time::sleep(Duration::from_secs(30)).await;
    }
    let page: usize = says("Page").parse().expect("a number");
    let job = |n: usize| {
        json!({ "MatchedObjectId": format!("{}", 700 + n), "RelevanceScore": 0.5, "MatchedObjectDescriptor": {
            "PositionID": "VA-1", "PositionTitle": "Registered Nurse", "PositionURI": format!("https://www.usajobs.gov:443/GetJob/ViewDetails/{n}"),
            "ApplyURI": [format!("https://www.usajobs.gov:443/GetJob/ViewDetails/{n}?PostingChannelID=RESTAPI")],
            "PositionLocationDisplay": "Denver, Colorado", "PositionLocation": [{ "LocationName": "Denver, Colorado", "CountryCode": "United States" }],
            "OrganizationName": "Veterans Health Administration", "DepartmentName": "Department of Veterans Affairs",
            "QualificationSummary": "<p>CCRN preferred.</p>", "PositionRemuneration": [{ "MinimumRange": "84000.0", "MaximumRange": "119500.0", "RateIntervalCode": "PA", "Description": "Per Year" }],
            "PublicationStartDate": "2026-01-05T00:00:00.0000", "ApplicationCloseDate": "2026-02-01T23:59:59.9970",
            "UserArea": { "Details": { "JobSummary": "Serve those who served.", "MajorDuties": ["Care for ventilated patients", "Teach"], "RemoteIndicator": false, "TeleworkEligible": true }, "IsRadialSearch": false } } })
    };
    let (from, all) = ((page - 1) * 100, 140);
    let items: Vec<Value> = (from..all.min(from + 100)).map(job).collect();
    Json(json!({ "LanguageCode": "EN", "SearchResult": { "SearchResultCount": items.len(), "SearchResultCountAll": all, "SearchResultItems": items,
        "UserArea": { "NumberOfPages": "2", "IsRadialSearch": false } } }))
    .into_response()
}

async fn start() -> (Asker, Log) {
    let log = Log::default();
    let router = Router::new()
        .route("/v1/api/jobs/{country}/search/{page}", get(adzuna))
        .route("/api/search", get(usajobs))
        .with_state(log.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let server = format!("http://{}", listener.local_addr().expect("its address"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    (Asker::for_this_machine(server, Duration::from_millis(700)), log)
}

fn keys(secret: &str) -> Keys {
    let key = |board: &str, name: &str| BoardKey {
        board: board.into(),
        account: String::new(),
        name: name.into(),
        secret: Secret::new(secret.into()),
    };
    Keys::new(vec![key("adzuna", "app1"), key("usajobs", "maria@example.org")])
}

async fn ask(asker: &Asker, source: &str, keys: &Keys) -> Result<super::Found, BoardError> {
    asker.openings(Source::parse(source).expect(source), keys).await
}

#[tokio::test]
async fn adzuna_is_searched_page_by_page() {
    let (asker, log) = start().await;
    let found = ask(&asker, "adzuna:gb?what=staff+nurse&where=Leeds", &keys(SECRET)).await;
    let found = found.expect("openings");
    assert_eq!((found.openings.len(), found.cut), (120, None));
    let first = &found.openings[0];
    assert_eq!(
        (
            first.title.as_str(),
            first.company.as_deref(),
            first.location.as_deref()
        ),
        ("Staff Nurse", Some("Example Trust"), Some("Leeds, West Yorkshire"))
    );
    assert!(
        first.text.starts_with("Care for ventilated patients & document"),
        "{}",
        first.text
    );
    assert_eq!(first.published.as_deref(), Some("2026-01-08"));
    let pay = first.pay.as_ref().expect("a salary");
    assert_eq!(
        (pay.min, pay.max, pay.currency.as_str(), pay.per),
        (Some(31_000.0), Some(38_500.5), "GBP", Period::Year)
    );
    assert!(!pay.estimated && found.openings[1].pay.as_ref().is_some_and(|p| p.estimated));
    // No key is kept with an opening.
    assert!(!serde_json::to_string(&found.openings).expect("JSON").contains(SECRET));
    assert_eq!(
        *log.lock().expect("the log"),
        [
            "gb 1 staff nurse Leeds",
            "gb 2 staff nurse Leeds",
            "gb 3 staff nurse Leeds"
        ]
    );
}

#[tokio::test]
async fn a_board_that_gives_the_same_page_again_comes_to_an_end() {
    let (asker, log) = start().await;
    let found = ask(&asker, "adzuna:gb?what=again", &keys(SECRET))
        .await
        .expect("openings");
    assert_eq!((found.openings.len(), log.lock().expect("the log").len()), (50, 2));
}

#[tokio::test]
async fn usajobs_is_searched_with_its_headers() {
    let (asker, log) = start().await;
    let found = ask(
        &asker,
        "usajobs:us?what=nurse&where=Denver%2C%20Colorado",
        &keys(SECRET),
    )
    .await;
    let found = found.expect("openings");
    assert_eq!((found.openings.len(), found.cut), (140, None));
    let first = &found.openings[0];
    assert_eq!(first.title, "Registered Nurse");
    assert_eq!(first.closes.as_deref(), Some("2026-02-01"));
    assert_eq!(
        first.company.as_deref(),
        Some("Veterans Health Administration, Department of Veterans Affairs")
    );
    for part in ["Serve those", "ventilated", "Teach", "CCRN"] {
        assert!(first.text.contains(part) && !first.text.contains('<'), "{}", first.text);
    }
    assert_eq!(
        first.pay.as_ref().map(|s| (s.max, s.per)),
        Some((Some(119_500.0), Period::Year))
    );
    assert!(first.apply_url.as_deref().is_some_and(|a| a.contains("RESTAPI")));
    assert_eq!(
        *log.lock().expect("the log"),
        [
            "127.0.0.1 maria@example.org nurse Denver, Colorado 1",
            "127.0.0.1 maria@example.org nurse Denver, Colorado 2"
        ]
    );
}

#[tokio::test]
async fn searches_without_a_key_or_with_a_wrong_one_say_so() {
    let (asker, log) = start().await;
    for source in ["adzuna:gb?what=nurse", "usajobs:us?what=nurse"] {
        let none = ask(&asker, source, &Keys::default()).await;
        assert!(matches!(none, Err(BoardError::NoKey(_))), "{none:?}");
        assert!(log.lock().expect("the log").is_empty(), "asked without a key");
        let wrong = ask(&asker, source, &keys("wrong")).await.expect_err("a refusal");
        assert!(matches!(wrong, BoardError::KeyRefused(_)), "{wrong:?}");
        assert!(!format!("{wrong} {wrong:?}").contains("wrong"), "{wrong:?}");
        log.lock().expect("the log").clear();
    }
    let busy = ask(&asker, "usajobs:us?what=busy", &keys(SECRET)).await;
    assert!(
        matches!(
            busy,
            Err(BoardError::Fetch {
                error: FetchError::Busy { seconds: Some(600), .. },
                ..
            })
        ),
        "{busy:?}"
    );
    let slow = ask(&asker, "usajobs:us?what=slow", &keys(SECRET)).await;
    assert!(
        matches!(
            slow,
            Err(BoardError::Fetch {
                error: FetchError::Time,
                ..
            })
        ),
        "{slow:?}"
    );
    // A key in an address is not told by an error of the connection either.
    let gone = Asker::for_this_machine("http://127.0.0.1:9".into(), Duration::from_secs(2));
    let error = ask(&gone, "adzuna:gb?what=nurse", &keys(SECRET))
        .await
        .expect_err("nobody there");
    assert!(
        !format!("{error} {error:?} {:?}", keys(SECRET)).contains(SECRET),
        "{error:?}"
    );
}
