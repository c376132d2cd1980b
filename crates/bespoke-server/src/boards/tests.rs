//! The boards against servers of this machine that answer in the documented shapes, late, busy, broken and in pages.

use super::{Asker, BoardError, Keys, Source, merge};
use crate::fetch::FetchError;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

type Asked = Arc<AtomicUsize>;

const DUTIES: &str =
    "<p>We look for a nurse.</p><ul><li>Care for ventilated patients</li><li>Document in Epic</li></ul>";

fn xml(body: &'static str) -> Response {
    ([(header::CONTENT_TYPE, "application/xml")], body).into_response()
}

async fn lever(Path(account): Path<String>, Query(q): Query<HashMap<String, String>>) -> axum::Json<Value> {
    let skip: usize = q["skip"].parse().expect("a number");
    let limit: usize = q["limit"].parse().expect("a number");
    let all = if account == "example" { 230 } else { 0 };
    let job = |n: usize| {
        json!({ "id": format!("l{n}"), "text": format!("Nurse {n}"), "categories": { "location": "Leeds", "team": "Care", "commitment": "Full-time", "allLocations": ["Leeds", "York"] },
            "country": "GB", "workplaceType": "hybrid", "description": DUTIES, "descriptionPlain": "We look for a nurse.",
            "lists": [{ "text": "Requirements", "content": "<li>CCRN</li>" }], "additional": "<p>Pension.</p>", "createdAt": 1_767_225_600_000i64,
            "hostedUrl": format!("https://jobs.example.org/l{n}"), "applyUrl": format!("https://jobs.example.org/l{n}/apply") })
    };
    axum::Json((skip..all.min(skip + limit)).map(job).collect())
}

async fn smart(Query(q): Query<HashMap<String, String>>) -> Response {
    let offset: usize = q["offset"].parse().expect("a number");
    if offset >= 200 {
        // Breaks off on its third page.
        return StatusCode::BAD_REQUEST.into_response();
    }
    let job = |n: usize| json!({ "id": format!("7{n}"), "uuid": "x", "name": format!("Clerk {n}"), "releasedDate": "2026-01-05T08:00:00.000Z", "location": { "city": "Lyon", "region": "ARA", "country": "fr", "remote": false }, "company": { "identifier": "Example", "name": "Example SA" }, "ref": "https://api.example.org/x" });
    axum::Json(json!({ "offset": offset, "limit": 100, "totalFound": 250, "content": (offset..offset + 100).map(job).collect::<Vec<_>>() })).into_response()
}

async fn smart_detail(State(asked): State<Asked>, Path((_, id)): Path<(String, String)>) -> axum::Json<Value> {
    asked.fetch_add(1, Ordering::SeqCst);
    axum::Json(
        json!({ "id": id, "name": "Clerk", "postingUrl": format!("https://jobs.example.org/{id}"), "applyUrl": "https://jobs.example.org/apply",
        "jobAd": { "sections": { "companyDescription": { "title": "Us", "text": "<p>Boasting.</p>" }, "jobDescription": { "title": "The job", "text": DUTIES }, "qualifications": { "title": "You", "text": "<p>French C1</p>" } } } }),
    )
}

async fn busy(State(asked): State<Asked>) -> Response {
    match asked.fetch_add(1, Ordering::SeqCst) {
        0 => (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "0")]).into_response(),
        1 => StatusCode::BAD_GATEWAY.into_response(),
        _ => greenhouse().await.into_response(),
    }
}

async fn greenhouse() -> axum::Json<Value> {
    axum::Json(
        json!({ "jobs": [{ "id": 127_817, "internal_job_id": 1, "title": "Registered Nurse", "updated_at": "2026-01-14T10:55:28-05:00", "requisition_id": "50", "location": { "name": "Remote, US" },
        "absolute_url": "https://boards.example.org/127817?gh_jid=127817", "language": "en", "content": DUTIES.replace('<', "&lt;").replace('>', "&gt;"), "departments": [], "offices": [] }], "meta": { "total": 1 } }),
    )
}

async fn start() -> (Asker, Asked) {
    let asked = Asked::default();
    let ashby = || async {
        axum::Json(json!({ "apiVersion": "1", "jobs": [
            { "title": "Designer", "location": "Berlin", "secondaryLocations": [{ "location": "Porto" }], "department": "D", "isListed": true, "isRemote": true, "descriptionHtml": DUTIES, "descriptionPlain": "x", "publishedAt": "2026-02-01T00:00:00.000+00:00", "employmentType": "FullTime", "jobUrl": "https://jobs.example.org/a1", "applyUrl": "https://jobs.example.org/a1/application" },
            { "title": "Hidden", "isListed": false, "jobUrl": "https://jobs.example.org/a2" }] }))
    };
    let workable = || async {
        axum::Json(
            json!({ "name": "Example Clinic", "description": null, "jobs": [{ "title": "Cook", "shortcode": "AB12", "code": "", "employment_type": "Full-time", "telecommuting": false, "department": "", "url": "https://apply.example.org/j/AB12", "shortlink": "x", "application_url": "https://apply.example.org/j/AB12/apply", "published_on": "2026-01-02", "created_at": "2026-01-01", "country": "Greece", "city": "Athens", "state": "Attica", "description": DUTIES }] }),
        )
    };
    let recruitee = || async {
        axum::Json(
            json!({ "offers": [{ "id": 9, "slug": "x", "title": "Driver", "description": DUTIES, "requirements": "<p>Licence C</p>", "company_name": "Example BV", "location": "", "city": "Utrecht", "country": "Netherlands", "remote": false, "careers_url": "https://example.recruitee.com/o/driver", "careers_apply_url": "https://example.recruitee.com/o/driver/c/new", "published_at": "2026-01-03 09:00:00 UTC", "close_at": "2026-03-01 00:00:00 UTC" }] }),
        )
    };
    let rss = || async {
        xml(
            "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Jobs</title><link>https://example.org</link><item><title>Baker &amp; Pastry Cook</title><link>https://example.org/jobs/1</link><guid>1</guid><pubDate>Mon, 05 Jan 2026 10:00:00 GMT</pubDate><description><![CDATA[<p>Bake bread.</p>]]></description></item><item><title>No address</title></item></channel></rss>",
        )
    };
    let atom = || async {
        xml(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>J</title><entry><title>Mason</title><link rel=\"self\" href=\"https://example.org/self\"/><link href=\"https://example.org/jobs/2?a=1&amp;b=2\"/><id>2</id><updated>2026-01-06T00:00:00Z</updated><content type=\"html\">&lt;p&gt;Lay bricks.&lt;/p&gt;</content></entry></feed>",
        )
    };
    let page = || async {
        (
            [(header::CONTENT_TYPE, "text/html")],
            "<html><head><script type=\"application/ld+json\">{\"@context\":\"https://schema.org\",\"@type\":\"JobPosting\",\"title\":\"Line Cook\",\"hiringOrganization\":{\"@type\":\"Organization\",\"name\":\"Example Kitchen\"},\"jobLocation\":{\"@type\":\"Place\",\"address\":{\"addressLocality\":\"Lisbon\"}},\"description\":\"<p>Cook on the line and keep the station clean.</p>\"}</script></head><body><h1>Line Cook</h1></body></html>",
        )
    };
    let router = Router::new()
        .route("/v1/boards/example/jobs", get(greenhouse))
        .route("/v1/boards/busy/jobs", get(busy))
        .route(
            "/v1/boards/strange/jobs",
            get(|| async { axum::Json(json!({ "postings": [] })) }),
        )
        .route(
            "/v1/boards/slow/jobs",
            get(|| async { tokio::time::sleep(Duration::from_secs(30)).await }),
        )
        .route(
            "/v1/boards/closed/jobs",
            get(|| async { (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "3600")]) }),
        )
        .route("/v0/postings/{account}", get(lever))
        .route("/posting-api/job-board/example", get(ashby))
        .route("/api/v1/widget/accounts/example", get(workable))
        .route("/example/api/offers/", get(recruitee))
        .route("/v1/companies/Example/postings", get(smart))
        .route("/v1/companies/{company}/postings/{id}", get(smart_detail))
        .route("/rss", get(rss))
        .route("/atom", get(atom))
        .route("/page", get(page))
        .with_state(asked.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let server = format!("http://{}", listener.local_addr().expect("its address"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    (Asker::for_this_machine(server, Duration::from_millis(700)), asked)
}

#[tokio::test]
async fn every_board_is_read_in_its_own_shape() {
    let (asker, _) = start().await;
    let server = asker.server.clone().expect("a server");
    for (source, title, company, location, published) in [
        (
            "greenhouse:example".to_owned(),
            "Registered Nurse",
            Some("example"),
            Some("Remote, US"),
            Some("2026-01-14"),
        ),
        (
            "lever:example".into(),
            "Nurse 0",
            Some("example"),
            Some("Leeds, York"),
            Some("2026-01-01"),
        ),
        (
            "ashby:example".into(),
            "Designer",
            Some("example"),
            Some("Berlin, Porto"),
            Some("2026-02-01"),
        ),
        (
            "workable:example".into(),
            "Cook",
            Some("Example Clinic"),
            Some("Athens, Attica, Greece"),
            Some("2026-01-02"),
        ),
        (
            "recruitee:example".into(),
            "Driver",
            Some("Example BV"),
            Some("Utrecht, Netherlands"),
            Some("2026-01-03"),
        ),
        (
            "smartrecruiters:Example".into(),
            "Clerk 0",
            Some("Example SA"),
            Some("Lyon, ARA, fr"),
            Some("2026-01-05"),
        ),
        (
            format!("feed:{server}/rss"),
            "Baker & Pastry Cook",
            None,
            None,
            Some("2026-01-05"),
        ),
        (format!("feed:{server}/atom"), "Mason", None, None, Some("2026-01-06")),
        (
            format!("page:{server}/page"),
            "Line Cook",
            Some("Example Kitchen"),
            Some("Lisbon"),
            None,
        ),
    ] {
        let found = asker
            .openings(Source::parse(&source).expect(&source), &Keys::default())
            .await
            .unwrap_or_else(|e| panic!("{source}: {e}"));
        let first = &found.openings[0];
        assert_eq!(
            (
                first.title.as_str(),
                first.company.as_deref(),
                first.location.as_deref(),
                first.published.as_deref()
            ),
            (title, company, location, published),
            "{source}"
        );
        assert!(
            first.text.len() > 8 && !first.text.contains('<') && first.url.starts_with("http"),
            "{source}: {first:?}"
        );
    }
}

#[tokio::test]
async fn pages_are_followed_and_a_list_that_breaks_off_is_kept() {
    let (asker, asked) = start().await;
    let keys = &Keys::default();
    let lever = asker
        .openings(Source::parse("lever:example").unwrap(), keys)
        .await
        .expect("a list");
    assert_eq!((lever.openings.len(), lever.cut), (230, None));
    assert!(lever.openings[0].text.contains("CCRN") && lever.openings[0].text.contains("ventilated"));
    let none = asker
        .openings(Source::parse("lever:nobody").unwrap(), keys)
        .await
        .expect("an empty list");
    assert!(none.openings.is_empty());
    let smart = asker
        .openings(Source::parse("smartrecruiters:Example").unwrap(), keys)
        .await
        .expect("a list");
    assert_eq!(smart.openings.len(), 200);
    assert!(smart.cut.is_some());
    // Descriptions are fetched one by one, and only so many.
    assert_eq!(asked.load(Ordering::SeqCst), 100);
    assert!(smart.openings[0].text.contains("French C1") && !smart.openings[0].text.contains("Boasting"));
    assert_eq!(smart.openings[0].url, "https://jobs.example.org/70");
}

#[tokio::test]
async fn busy_slow_strange_and_missing_boards_are_told_apart() {
    let (asker, asked) = start().await;
    let keys = &Keys::default();
    let found = asker
        .openings(Source::parse("greenhouse:busy").unwrap(), keys)
        .await
        .expect("after two refusals");
    assert_eq!((found.openings.len(), asked.load(Ordering::SeqCst)), (1, 3));
    let ask = |account: &'static str| asker.openings(Source::parse(account).unwrap(), keys);
    assert!(matches!(ask("greenhouse:strange").await, Err(BoardError::Shape { .. })));
    assert!(matches!(
        ask("greenhouse:nobody").await,
        Err(BoardError::Unknown { .. })
    ));
    assert!(matches!(
        ask("greenhouse:slow").await,
        Err(BoardError::Fetch {
            error: FetchError::Time,
            ..
        })
    ));
    // Nobody waits an hour.
    let start = std::time::Instant::now();
    assert!(matches!(
        ask("greenhouse:closed").await,
        Err(BoardError::Fetch {
            error: FetchError::Busy {
                seconds: Some(3600),
                ..
            },
            ..
        })
    ));
    assert!(start.elapsed() < Duration::from_secs(1));
}

#[test]
fn sources_are_checked() {
    for wrong in [
        "greenhouse",
        "greenhouse:",
        "nowhere:x",
        "greenhouse:a/b",
        "greenhouse:..",
        "recruitee:evil.example.org/x",
        "feed:ftp://example.org",
        "page:example.org",
        "lever:a b",
        "adzuna:gb",
        "adzuna:gb?what=",
        "adzuna:xx?what=nurse",
        "adzuna:gb?wat=nurse",
        "adzuna:gb/../us?what=nurse",
        "usajobs:de?what=nurse",
    ] {
        assert!(matches!(Source::parse(wrong), Err(BoardError::Source(_))), "{wrong}");
    }
}

#[test]
fn the_same_job_is_listed_once() {
    let opening = |title: &str, company: &str, place: &str, url: &str, text: &str| super::Opening {
        title: title.into(),
        company: Some(company.into()),
        location: Some(place.into()),
        url: url.into(),
        text: text.into(),
        ..super::Opening::default()
    };
    let merged = merge(vec![
        opening(
            "Line Cook (m/f/d)",
            "Example GmbH",
            "Berlin",
            "https://a.example.org/1?from=x",
            "short",
        ),
        opening(
            "Line Cook",
            "Example",
            "Berlin, Germany",
            "https://b.example.org/9",
            "a longer text",
        ),
        opening("Line Cook", "Example", "Munich", "https://b.example.org/10", "another"),
        opening(
            "Line Cook (m/f/d)",
            "Example GmbH",
            "Berlin",
            "https://a.example.org/1?from=y",
            "x",
        ),
    ]);
    assert_eq!(merged.len(), 2, "{merged:#?}");
    assert_eq!((merged[0].text.as_str(), merged[0].also.len()), ("a longer text", 2));
}
