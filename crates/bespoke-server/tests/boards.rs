//! Job boards over HTTP: keys, searches, an application that is shown, confirmed, sent once and recorded, the package, and
//! what is due. The boards are a server of this machine that speaks as they document it.

mod browser;

use axum::extract::{Query, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use bespoke_server::boards::Asker;
use browser::{Browser, fixture, start_app};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::{Cursor, Read};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const KEY: &str = "Qz-employers-key";

/// What arrived, and what the next application is answered.
#[derive(Clone, Default)]
struct Board {
    arrived: Arc<Mutex<Vec<Vec<u8>>>>,
    next: Arc<Mutex<Option<StatusCode>>>,
}

async fn take(State(board): State<Board>, request: Request) -> Response {
    let body = axum::body::to_bytes(request.into_body(), 8 << 20)
        .await
        .expect("a body");
    board.arrived.lock().expect("a list").push(body.to_vec());
    match board.next.lock().expect("an answer").take() {
        Some(status) => (status, Json(json!({ "error": "Job is closed" }))).into_response(),
        None => Json(json!({ "success": "Candidate saved successfully" })).into_response(),
    }
}

async fn job(State(_): State<Board>) -> Json<Value> {
    let field = |label: &str, required: bool, name: &str, kind: &str, values: Value| json!({ "label": label, "required": required, "fields": [{ "name": name, "type": kind, "values": values }] });
    Json(
        json!({ "id": 7, "title": "Backend Engineer", "absolute_url": "https://boards.example.org/7", "company_name": "Example Ltd", "application_deadline": "2099-03-01T00:00:00Z",
        "questions": [field("First Name", true, "first_name", "input_text", json!([])), field("Email", true, "email", "input_text", json!([])),
            field("Resume", true, "resume", "input_file", json!([])), field("Cover Letter", false, "cover_letter", "input_file", json!([])),
            field("May you work here?", true, "question_2", "multi_value_single_select", json!([{ "label": "Yes", "value": 1 }, { "label": "No", "value": 0 }]))] }),
    )
}

async fn search(Query(q): Query<HashMap<String, String>>) -> Response {
    match q.get("app_key").map(String::as_str) {
        Some("k3y") => Json(json!({ "count": 1, "results": [{ "id": "1", "title": "Backend Engineer", "description": "Rust and SQL for payments.", "redirect_url": "https://jobs.example.org/1", "company": { "display_name": "Example Ltd" }, "salary_min": 60000, "salary_max": 70000, "salary_is_predicted": "0" }] })).into_response(),
        _ => StatusCode::UNAUTHORIZED.into_response(),
    }
}

async fn begin() -> (Browser, Board, String) {
    let board = Board::default();
    let router = Router::new()
        .route("/v1/boards/example/jobs/7", get(job).post(take))
        .route("/v1/api/jobs/gb/search/1", get(search))
        .with_state(board.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("its address"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    let asker = Asker::for_this_machine(address, Duration::from_secs(2));
    let mut me = start_app(|app| app.with_asker(asker)).await;
    let (resume, _) = me.with_resume().await;
    (me, board, resume)
}

async fn post(me: &mut Browser, path: &str, body: Value) -> (StatusCode, Value) {
    me.json("POST", &format!("/api/v1{path}"), Some(body)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_kept_and_never_shown() {
    let (mut me, _, resume) = begin().await;
    let search = json!({ "sources": ["adzuna:gb?what=engineer&where=Leeds"] });
    let to = format!("/resumes/{resume}/openings");
    let (_, without) = post(&mut me, &to, search.clone()).await;
    assert!(
        without["problems"][0]
            .as_str()
            .expect("a problem")
            .contains("key of your own"),
        "{without}"
    );
    for wrong in [
        json!({ "board": "ashby", "secret": "x" }),
        json!({ "board": "adzuna", "secret": "x" }),
        json!({ "board": "adzuna", "name": "a", "secret": "" }),
        json!({ "board": "adzuna", "name": "a", "account": "b", "secret": "x" }),
        json!({ "board": "usajobs", "name": "no-address", "secret": "x" }),
        json!({ "board": "greenhouse", "secret": "x" }),
        json!({ "board": "greenhouse", "account": "../x", "secret": "x" }),
        json!({ "board": "adzuna", "name": "a\r\nhost: b", "secret": "x" }),
    ] {
        let (status, answer) = post(&mut me, "/board-keys", wrong.clone()).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{wrong}: {answer}");
    }
    for secret in ["wrong", "k3y"] {
        let key = json!({ "board": "adzuna", "name": "app1", "secret": secret });
        let (status, kept) = post(&mut me, "/board-keys", key).await;
        assert_eq!(status, StatusCode::CREATED, "{kept}");
        let (_, found) = post(&mut me, &to, search.clone()).await;
        match secret {
            "wrong" => assert!(
                found["problems"][0]
                    .as_str()
                    .expect("a problem")
                    .contains("does not accept"),
                "{found}"
            ),
            _ => assert_eq!(found["openings"][0]["opening"]["pay"]["currency"], "GBP", "{found}"),
        }
    }
    // The second took the place of the first.
    let (_, keys) = me.json("GET", "/api/v1/board-keys", None).await;
    assert_eq!(keys.as_array().map(Vec::len), Some(1), "{keys}");
    assert!(
        !keys.to_string().contains("k3y") && !keys.to_string().contains("app1"),
        "{keys}"
    );
    let path = format!("/api/v1/board-keys/{}", keys[0]["id"].as_str().expect("an id"));
    assert_eq!(me.json("DELETE", &path, None).await.0, StatusCode::NO_CONTENT);
    let (_, without) = post(&mut me, &to, search).await;
    assert_eq!(without["found"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_application_is_shown_confirmed_sent_once_and_recorded() {
    let (mut me, board, resume) = begin().await;
    let preview = format!("/resumes/{resume}/applications/preview");
    let send = format!("/resumes/{resume}/applications");
    let draft = |answer: Option<&str>| {
        let answers: HashMap<&str, Vec<&str>> = answer.map(|a| ("question_2", vec![a])).into_iter().collect();
        json!({ "board": "greenhouse", "account": "example", "posting": "7", "answers": answers })
    };
    // Without the employer's key there is no API to apply by, and nobody is asked.
    let (status, shown) = post(&mut me, &preview, draft(None)).await;
    assert_eq!(
        (status, &shown["why_not"]),
        (StatusCode::OK, &json!("no-key")),
        "{shown}"
    );
    let other = json!({ "board": "workable", "account": "example", "posting": "7" });
    assert_eq!(post(&mut me, &preview, other).await.1["why_not"], "no-api");
    let key = json!({ "board": "greenhouse", "account": "example", "secret": KEY });
    assert_eq!(post(&mut me, "/board-keys", key).await.0, StatusCode::CREATED);

    let (status, open) = post(&mut me, &preview, draft(None)).await;
    assert_eq!(
        (status, &open["missing"]),
        (StatusCode::OK, &json!(["question_2"])),
        "{open}"
    );
    assert_eq!(open["confirm"], Value::Null);
    let (status, wrong) = post(&mut me, &preview, draft(Some("7"))).await;
    assert_eq!(
        (status, &wrong["code"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("answer")),
        "{wrong}"
    );
    let (_, first) = post(&mut me, &preview, draft(Some("0"))).await;
    let (_, shown) = post(&mut me, &preview, draft(Some("1"))).await;
    assert_eq!(shown["fields"][0]["values"], json!(["Marcus T."]), "{shown}");
    assert_eq!(
        (&shown["files"][0]["file_name"], &shown["files"][0]["media_type"]),
        (&json!("marcus-t-whitfield-resume.pdf"), &json!("application/pdf"))
    );
    assert!(!shown.to_string().contains(KEY), "{shown}");
    assert_ne!(first["confirm"]["hash"], shown["confirm"]["hash"]);
    // An older preview, another hash, another's résumé: none is sent.
    let mix = json!({ "token": shown["confirm"]["token"], "hash": first["confirm"]["hash"] });
    for refused in [first["confirm"].clone(), mix, json!({ "token": "", "hash": "" })] {
        let (status, answer) = post(&mut me, &send, refused).await;
        assert_eq!(
            (status, &answer["code"]),
            (StatusCode::CONFLICT, &json!("not-confirmed")),
            "{answer}"
        );
    }
    let mut stranger = me.another();
    let (theirs, _) = stranger.with_resume().await;
    let stolen = post(
        &mut stranger,
        &format!("/resumes/{theirs}/applications"),
        shown["confirm"].clone(),
    )
    .await;
    assert_eq!(stolen.0, StatusCode::CONFLICT);
    assert!(board.arrived.lock().expect("a list").is_empty(), "something was sent");

    // The board refuses: it is shown, nothing is recorded, and the confirmation is used up.
    *board.next.lock().expect("an answer") = Some(StatusCode::UNPROCESSABLE_ENTITY);
    let (status, refused) = post(&mut me, &send, shown["confirm"].clone()).await;
    assert_eq!(
        (status, &refused["code"]),
        (StatusCode::FAILED_DEPENDENCY, &json!("application-refused")),
        "{refused}"
    );
    assert!(
        refused["detail"].as_str().expect("words").contains("Job is closed"),
        "{refused}"
    );
    assert_eq!(
        post(&mut me, &send, shown["confirm"].clone()).await.0,
        StatusCode::CONFLICT
    );
    *board.next.lock().expect("an answer") = Some(StatusCode::BAD_GATEWAY);
    let (_, shown) = post(&mut me, &preview, draft(Some("1"))).await;
    let (status, unsure) = post(&mut me, &send, shown["confirm"].clone()).await;
    assert_eq!(
        (status, &unsure["code"]),
        (StatusCode::FAILED_DEPENDENCY, &json!("application-unsure")),
        "{unsure}"
    );
    let (_, none) = me.json("GET", "/api/v1/applications", None).await;
    assert_eq!(none, json!([]), "nothing is recorded as applied");

    // A card that was saved for it moves; the same preview from two windows is sent once.
    let saved = json!({ "stage": "saved", "title": "Engineer", "link": "https://boards.example.org/7", "notes": "from Ana", "closes": "2099-03-01" });
    let (_, saved) = post(&mut me, "/applications", saved).await;
    let (_, shown) = post(&mut me, &preview, draft(Some("1"))).await;
    let before = board.arrived.lock().expect("a list").len();
    let (mut one, mut two) = (me.clone_of(), me.clone_of());
    let confirm = shown["confirm"].clone();
    let (left, right) = tokio::join!(post(&mut one, &send, confirm.clone()), post(&mut two, &send, confirm));
    let mut statuses = [left.0, right.0];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::CREATED, StatusCode::CONFLICT]);
    assert_eq!(board.arrived.lock().expect("a list").len(), before + 1);
    let made = if left.0 == StatusCode::CREATED { left.1 } else { right.1 };
    assert_eq!(
        (&made["id"], &made["stage"], &made["notes"]),
        (&saved["id"], &json!("applied"), &json!("from Ana"))
    );
    let sent = &made["sent"];
    assert_eq!(
        (&sent["hash"], &sent["answer"]),
        (&shown["confirm"]["hash"], &json!("Candidate saved successfully"))
    );
    assert_eq!(sent["files"], shown["files"]);
    // The very file that was shown is the one that arrived.
    let arrived = board.arrived.lock().expect("a list").last().expect("one").clone();
    let file = Sha::of_part(&arrived, "resume");
    assert_eq!(json!(file), shown["files"][0]["sha256"]);

    // What was sent stays with the card whatever is written on it, and a second preview says when.
    let change = json!({ "version": made["version"], "stage": "interview", "title": "Engineer", "sent": null });
    let path = format!("/api/v1/applications/{}", made["id"].as_str().expect("an id"));
    let (status, changed) = me.json("PATCH", &path, Some(change)).await;
    assert_eq!((status, &changed["sent"]), (StatusCode::OK, sent), "{changed}");
    let (_, again) = post(&mut me, &preview, draft(Some("1"))).await;
    assert_eq!(again["sent_before"], sent["at"]);
    for entry in walk(me.data.path()) {
        let bytes = std::fs::read(&entry).expect("a file");
        assert!(
            !bytes.windows(KEY.len()).any(|w| w == KEY.as_bytes()),
            "the key stands in {}",
            entry.display()
        );
    }
}

struct Sha;

impl Sha {
    /// SHA-256 of the bytes of a file in a multipart form.
    fn of_part(body: &[u8], name: &str) -> String {
        use sha2::{Digest, Sha256};
        let find = |from: usize, what: &[u8]| {
            body[from..]
                .windows(what.len())
                .position(|w| w == what)
                .map(|at| from + at)
                .expect("a part")
        };
        let head = find(0, format!("name=\"{name}\"; filename").as_bytes());
        let start = find(head, b"\r\n\r\n") + 4;
        let end = find(start, b"\r\n--bespoke-");
        Sha256::digest(&body[start..end])
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect()
    }
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|e| e.expect("an entry").path());
    entries
        .flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_package_has_all_that_is_needed_to_apply_by_hand() {
    let (mut me, board, resume) = begin().await;
    let job = json!({ "job": String::from_utf8_lossy(&fixture("jobs/backend-engineer.txt")) });
    let (_, letter) = post(&mut me, &format!("/resumes/{resume}/letters"), job.clone()).await;
    let (_, tailoring) = post(&mut me, &format!("/resumes/{resume}/tailorings"), job).await;
    let (letter, tailoring) = (
        letter["id"].as_str().expect("an id"),
        tailoring["id"].as_str().expect("an id"),
    );
    let path = format!(
        "/api/v1/resumes/{resume}/package?letter_id={letter}&tailoring_id={tailoring}&title=Backend%20Engineer&company=Example%20Ltd&link=https%3A%2F%2Fjobs.example.org%2F1"
    );
    let (status, kind, bytes) = me.file(&path).await;
    assert_eq!((status, kind.as_str()), (StatusCode::OK, "application/zip"));
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a ZIP");
    let names: Vec<String> = zip
        .file_names()
        .map(|name| name.expect("a name").into_owned())
        .collect();
    for name in [
        "marcus-t-whitfield-resume.pdf",
        "marcus-t-whitfield-resume.docx",
        "marcus-t-whitfield-letter.pdf",
        "marcus-t-whitfield-letter.docx",
    ] {
        assert!(names.contains(&name.to_owned()), "{name} in {names:?}");
    }
    let mut text = String::new();
    zip.by_name("to-paste.txt")
        .expect("a text")
        .read_to_string(&mut text)
        .expect("UTF-8");
    for part in [
        "Job: Backend Engineer",
        "Company: Example Ltd",
        "Apply at: https://jobs.example.org/1",
        "Name: Marcus T. Whitfield",
        "==== Résumé ====",
        "==== Letter ====",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    // A letter or a tailoring of another résumé is not found.
    let (other, _) = me.with_resume().await;
    for part in [format!("letter_id={letter}"), format!("tailoring_id={tailoring}")] {
        let (status, _, _) = me.file(&format!("/api/v1/resumes/{other}/package?{part}")).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{part}");
    }
    assert!(board.arrived.lock().expect("a list").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_due_is_listed_by_day() {
    let (mut me, _, _) = begin().await;
    for (stage, title, remind_on, closes) in [
        ("applied", "Call them", json!("2026-02-27"), Value::Null),
        ("saved", "Closes soon", Value::Null, json!("2026-03-03")),
        ("saved", "Closes late", json!("2026-04-01"), json!("2026-05-01")),
        ("closed", "Over", json!("2026-02-01"), Value::Null),
    ] {
        let new = json!({ "stage": stage, "title": title, "remind_on": remind_on, "closes": closes });
        assert_eq!(post(&mut me, "/applications", new).await.0, StatusCode::CREATED);
    }
    let (_, due) = me.json("GET", "/api/v1/applications/due?on=2026-02-28", None).await;
    let list: Vec<(&str, &str, bool)> = due
        .as_array()
        .expect("a list")
        .iter()
        .map(|d| {
            (
                d["title"].as_str().expect("a title"),
                d["kind"].as_str().expect("a kind"),
                d["overdue"] == true,
            )
        })
        .collect();
    assert_eq!(
        list,
        [("Call them", "reminder", true), ("Closes soon", "closes", false)]
    );
    for wrong in ["31.01.2026", "2026-02-30", "2026-1-1"] {
        let new = json!({ "stage": "saved", "title": "x", "remind_on": wrong });
        assert_eq!(
            post(&mut me, "/applications", new).await.0,
            StatusCode::BAD_REQUEST,
            "{wrong}"
        );
    }
}
