//! Two servers on one PostgreSQL and one S3 bucket: what one takes the other shows and finishes, and nothing is lost or
//! done twice when one of them dies or freezes.

mod common;
#[path = "../../bespoke-store/tests/both/postgres.rs"]
mod postgres;

use common::bucket::Bucket;
use common::{Client, Server, bespoke, fixture};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// What two servers share.
struct Cluster {
    dir: tempfile::TempDir,
    bucket: Bucket,
    url: String,
}

impl Cluster {
    fn new() -> Cluster {
        Cluster {
            dir: tempfile::tempdir().expect("a folder"),
            bucket: Bucket::start(),
            url: postgres::new_database(),
        }
    }

    fn environment(&self) -> Vec<(&'static str, String)> {
        vec![
            ("BESPOKE_DATABASE_URL", self.url.clone()),
            ("BESPOKE_BLOBS", "s3://bespoke/files".to_owned()),
            // Both have the same master key.
            (
                "BESPOKE_MASTER_KEY",
                "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=".to_owned(),
            ),
            ("AWS_ENDPOINT_URL", format!("http://{}", self.bucket.addr)),
            ("AWS_ALLOW_HTTP", "true".to_owned()),
            ("AWS_REGION", "us-east-1".to_owned()),
            ("AWS_ACCESS_KEY_ID", "test".to_owned()),
            ("AWS_SECRET_ACCESS_KEY", "test".to_owned()),
        ]
    }

    fn start(&self, name: &str) -> Server {
        let environment = self.environment();
        let environment: Vec<(&str, &str)> = environment
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        Server::start_in(&self.dir.path().join(name), &[], &environment)
    }

    /// A command beside the servers: whether it went well, and what it said.
    fn run(&self, arguments: &[&str]) -> (bool, String) {
        let data = self.dir.path().join("admin");
        std::fs::create_dir_all(&data).expect("a folder");
        let done = bespoke()
            .args(arguments)
            .arg("--data")
            .arg(data)
            .envs(self.environment())
            .output()
            .expect("it runs");
        let said = [done.stdout, done.stderr].concat();
        (done.status.success(), String::from_utf8_lossy(&said).into_owned())
    }

    fn sql(&self, sql: &str) -> String {
        let rest = self.url.rsplit_once("localhost/").map_or("", |(_, rest)| rest);
        let database = rest.split('?').next().unwrap_or_default();
        postgres::ask(postgres::folder(), database, sql)
    }
}

/// The same person at another server.
fn at(me: &Client, server: &Server) -> Client {
    Client {
        addr: server.addr.clone(),
        ..me.clone()
    }
}

/// Listens to the progress of a person; gives the events as they come.
struct Socket(TcpStream);

impl Socket {
    fn open(me: &Client, after: Option<i64>) -> Socket {
        let mut stream = TcpStream::connect(&me.addr).expect("connected");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("set");
        let query = after.map(|after| format!("?after={after}")).unwrap_or_default();
        write!(
            stream,
            "GET /api/v1/live{query} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
            me.addr, me.cookie
        )
        .expect("asked");
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).expect("answered");
            head.push(byte[0]);
        }
        assert!(head.starts_with(b"HTTP/1.1 101"), "{}", String::from_utf8_lossy(&head));
        Socket(stream)
    }

    fn next(&mut self) -> Value {
        let mut head = [0; 2];
        self.0.read_exact(&mut head).expect("a frame");
        assert_eq!(head[0], 0x81, "one whole text");
        let length = match head[1] {
            126 => {
                let mut long = [0; 2];
                self.0.read_exact(&mut long).expect("a length");
                usize::from(u16::from_be_bytes(long))
            }
            short => usize::from(short),
        };
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).expect("a text");
        serde_json::from_slice(&body).expect("JSON")
    }

    /// Events up to the end of a résumé's reading.
    fn until_done(&mut self, id: &str) -> Vec<Value> {
        let mut heard = Vec::new();
        loop {
            let event = self.next();
            let done = event["resume_id"] == id && (event["step"] == "ready" || event["step"] == "failed");
            heard.push(event);
            if done {
                return heard;
            }
        }
    }
}

fn upload(me: &Client) -> String {
    let file = std::fs::read(fixture("resumes/two-page.pdf")).expect("there");
    upload_file(me, "cv.pdf", &file)
}

fn upload_file(me: &Client, name: &str, file: &[u8]) -> String {
    let answer = me.upload(name, file).expect("an answer");
    assert_eq!(answer.status, 202, "{}", String::from_utf8_lossy(&answer.body));
    answer.json()["id"].as_str().expect("an id").to_owned()
}

/// A page as a scanner gives it: its reading takes a second, not milliseconds.
fn scan() -> Vec<u8> {
    let done = std::process::Command::new("pdftoppm")
        .args(["-png", "-r", "150", "-singlefile"])
        .arg(fixture("resumes/two-page.pdf"))
        .output()
        .expect("poppler-utils is there");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    done.stdout
}

#[test]
fn what_one_server_takes_the_other_shows_and_a_deletion_reaches_everything() {
    let cluster = Cluster::new();
    let (a, b) = (cluster.start("a"), cluster.start("b"));
    let mine = Client::guest(&a);
    let there = at(&mine, &b);
    let mut socket = Socket::open(&there, None);
    let id = upload(&mine);
    let heard = socket.until_done(&id);
    let steps: Vec<&str> = heard.iter().filter_map(|event| event["step"].as_str()).collect();
    assert_eq!(steps.last(), Some(&"ready"), "{steps:?}");
    assert!(steps.contains(&"reading") && steps.len() >= 3, "{steps:?}");
    let numbers: Vec<i64> = heard.iter().filter_map(|event| event["seq"].as_i64()).collect();
    assert!(numbers.is_sorted_by(|a, b| a < b), "{numbers:?}");
    // Who comes back hears the rest, and no more, from either server.
    for client in [&mine, &there] {
        let rest = Socket::open(client, Some(numbers[0])).until_done(&id);
        assert_eq!(rest, heard[1..], "behind the first");
    }
    let detail = there.settled(&id);
    assert_eq!(detail["status"], "ready");
    let file = std::fs::read(fixture("resumes/two-page.pdf")).expect("there");
    assert_eq!(
        there
            .get(&format!("/api/v1/resumes/{id}/original"))
            .expect("an answer")
            .body,
        file
    );
    // The file is in the bucket, sealed, and not in the database.
    assert_eq!(cluster.bucket.objects(), [format!("files/originals/{id}")]);
    assert_eq!(cluster.sql("SELECT length(original) FROM resumes").trim(), "0");
    let kept = cluster.bucket.read(&format!("files/originals/{id}"));
    assert!(
        kept.len() > file.len() && !kept.windows(4).any(|w| w == b"%PDF"),
        "sealed"
    );
    let (well, said) = cluster.run(&["doctor"]);
    assert!(well, "{said}");
    // A lost file is named.
    cluster.bucket.delete(&format!("files/originals/{id}"));
    assert!(cluster.bucket.objects().is_empty());
    let (well, said) = cluster.run(&["doctor"]);
    assert!(!well && said.contains(&id) && said.contains("lost"), "{said}");
    let second = upload(&there);
    there.settled(&second);
    assert_eq!(cluster.bucket.objects().len(), 1);
    let gone = there.json("DELETE", "/api/v1/account", &json!({})).expect("an answer");
    assert!(
        (200..300).contains(&gone.status),
        "{}: {}",
        gone.status,
        String::from_utf8_lossy(&gone.body)
    );
    assert_eq!(
        mine.get(&format!("/api/v1/resumes/{second}"))
            .expect("an answer")
            .status,
        401
    );
    let left = cluster.bucket.objects();
    assert!(
        left.iter().all(|name| name.starts_with("files/tombstones/")) && left.len() == 1,
        "{left:?}"
    );
    assert!(a.stop().1 && b.stop().1);
}

#[test]
fn the_jobs_of_a_dead_or_frozen_server_are_done_once_by_the_other() {
    let cluster = Cluster::new();
    let (dead, frozen, alive) = (cluster.start("a"), cluster.start("b"), cluster.start("c"));
    let me = Client::guest(&alive);
    let scan = scan();
    let mut ids = Vec::new();
    // Each has a queue, and is in the middle of a page that takes its time.
    let mut busy = || {
        for server in [&dead, &frozen] {
            ids.push(upload_file(&at(&me, server), "page.png", &scan));
        }
        for n in 0..8 {
            ids.push(upload(&at(&me, if n % 2 == 0 { &dead } else { &frozen })));
        }
    };
    busy();
    let end = Instant::now() + Duration::from_secs(20);
    let sql = format!(
        "SELECT COUNT(DISTINCT split_part(claimed_by, '-', 1)) FROM jobs WHERE split_part(claimed_by, '-', 1) IN ('{}', '{}')",
        dead.child.id(),
        frozen.child.id()
    );
    while cluster.sql(&sql).trim() != "2" {
        assert!(Instant::now() < end, "nobody took a job");
        busy();
    }
    frozen.signal("-STOP");
    dead.kill();
    let begun = Instant::now();
    let me = at(&me, &alive);
    for id in &ids {
        let detail = me.settled(id);
        assert_eq!(
            (&detail["status"], &detail["version"]),
            (&json!("ready"), &json!(1)),
            "{detail}"
        );
    }
    eprintln!("all done by the other after {:?}", begun.elapsed());
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
    let before: Vec<String> = ids
        .iter()
        .map(|id| cluster.sql(&format!("SELECT md5(content) FROM resumes WHERE id = '{id}'")))
        .collect();
    assert_eq!(cluster.sql("SELECT COUNT(*) FROM jobs").trim(), "0");
    // The frozen one goes on where it was: its late answer is refused.
    frozen.signal("-CONT");
    let counted = Client {
        addr: frozen.addr.clone(),
        ..Client::default()
    };
    let end = Instant::now() + Duration::from_secs(30);
    loop {
        let metrics = counted.get("/metrics").expect("an answer");
        let text = String::from_utf8_lossy(&metrics.body).into_owned();
        let refused = |line: &str| line.starts_with("bespoke_readings_total{outcome=\"refused\"}");
        if text.lines().any(refused) {
            break;
        }
        assert!(Instant::now() < end, "its late answer was not refused: {text}");
        std::thread::sleep(Duration::from_millis(100));
    }
    let after: Vec<String> = ids
        .iter()
        .map(|id| cluster.sql(&format!("SELECT md5(content) FROM resumes WHERE id = '{id}'")))
        .collect();
    assert_eq!(before, after, "one effect");
    assert!(frozen.stop().1 && alive.stop().1);
}

#[test]
fn a_thousand_autosaves_on_two_servers_lose_none() {
    let cluster = Cluster::new();
    let (a, b) = (cluster.start("a"), cluster.start("b"));
    let people: Vec<(Client, String, Value)> = (0..20)
        .map(|n| {
            let me = Client::guest(if n % 2 == 0 { &a } else { &b });
            let text = format!("Ada Example\nada@example.org\n\nSummary\nEngineer number {n}.\n\nSkills\nRust, SQL\n");
            let id = me.upload("cv.txt", text.as_bytes()).expect("an answer").json()["id"]
                .as_str()
                .expect("an id")
                .to_owned();
            let resume = me.settled(&id)["resume"].clone();
            (me, id, resume)
        })
        .collect();
    // What was acknowledged, by résumé and version.
    let acknowledged: Mutex<HashMap<(usize, i64), String>> = Mutex::default();
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for tab in 0..50 {
            let (people, acknowledged, a, b) = (&people, &acknowledged, &a, &b);
            scope.spawn(move || {
                for (n, (me, id, resume)) in people.iter().enumerate() {
                    let me = at(me, if (n + tab) % 2 == 0 { a } else { b });
                    let name = format!("Ada Tab{tab}");
                    let mut changed = resume.clone();
                    changed["contact"]["name"]["value"] = json!(name);
                    let mut version = me.get(&format!("/api/v1/resumes/{id}")).expect("an answer").json()["version"]
                        .as_i64()
                        .expect("a version");
                    loop {
                        let body = json!({ "version": version, "resume": changed });
                        let answer = me
                            .json("PATCH", &format!("/api/v1/resumes/{id}"), &body)
                            .expect("an answer");
                        match answer.status {
                            200 => {
                                let got = answer.json()["version"].as_i64().expect("a version");
                                let known = acknowledged.lock().expect("whole").insert((n, got), name.clone());
                                assert_eq!(known, None, "version {got} was given twice");
                                break;
                            }
                            409 => {
                                version = me.get(&format!("/api/v1/resumes/{id}")).expect("an answer").json()["version"]
                                    .as_i64()
                                    .expect("a version")
                            }
                            other => panic!("{other}: {}", String::from_utf8_lossy(&answer.body)),
                        }
                    }
                }
            });
        }
    });
    let took = begun.elapsed();
    let acknowledged = acknowledged.into_inner().expect("whole");
    assert_eq!(acknowledged.len(), 1000);
    for (n, (me, id, _)) in people.iter().enumerate() {
        for server in [&a, &b] {
            let kept = at(me, server)
                .get(&format!("/api/v1/resumes/{id}"))
                .expect("an answer")
                .json();
            let version = kept["version"].as_i64().expect("a version");
            assert_eq!(version, 51, "every acknowledged version is one step");
            assert_eq!(
                kept["resume"]["contact"]["name"]["value"].as_str(),
                acknowledged.get(&(n, version)).map(String::as_str)
            );
        }
    }
    eprintln!("1000 autosaves on two servers in {took:?}");
    assert!(a.stop().1 && b.stop().1);
}
