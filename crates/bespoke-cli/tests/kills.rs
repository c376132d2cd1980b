//! The server is killed again and again in the middle of uploads, edits and changes of the master key: what it has acknowledged is there
//! afterwards, and nothing is there by half. `BESPOKE_KILLS` says how often (`make kills`: 100); the seed is fixed.

mod common;
#[allow(dead_code, reason = "other tests ask the database itself")]
#[path = "../../bespoke-store/tests/both/postgres.rs"]
mod postgres;

use common::{Client, Server};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// What the clients know that the server has acknowledged.
#[derive(Default)]
struct Known {
    /// Id of an upload → its file.
    uploads: HashMap<String, Vec<u8>>,
    /// The last acknowledged name and version of the edited résumé.
    name: String,
    version: i64,
    /// The name of an edit that was sent and not answered.
    sent: Option<String>,
    edits: usize,
}

fn text(mark: &str) -> Vec<u8> {
    format!("Ada Example\nada@example.org\n\nSummary\nEngineer who keeps {mark} running.\n\nSkills\nRust, SQL\n")
        .into_bytes()
}

/// A number below `below` from a seed (SplitMix64).
fn random(seed: &mut u64, below: u64) -> u64 {
    *seed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *seed;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (z ^ (z >> 31)) % below
}

fn upload_until(stop: &AtomicBool, me: &Client, known: &Mutex<Known>, round: usize) {
    let mut n = 0;
    while !stop.load(Ordering::Relaxed) {
        let file = text(&format!("upload {round}-{n}"));
        n += 1;
        match me.upload("cv.txt", &file) {
            Ok(answer) if answer.status == 202 => {
                let id = answer.json()["id"].as_str().expect("an id").to_owned();
                known.lock().expect("whole").uploads.insert(id, file);
            }
            // The queue is full: that is an answer too.
            Ok(answer) if answer.status == 429 => std::thread::sleep(Duration::from_millis(30)),
            Ok(answer) => panic!("{}: {}", answer.status, String::from_utf8_lossy(&answer.body)),
            Err(_) => return,
        }
    }
}

fn edit_until(stop: &AtomicBool, me: &Client, known: &Mutex<Known>, id: &str, resume: &Value, round: usize) {
    let mut n = 0;
    while !stop.load(Ordering::Relaxed) {
        let name = format!("Ada Edit{round}x{n}");
        n += 1;
        let mut next = resume.clone();
        next["contact"]["name"]["value"] = json!(name);
        let version = {
            let mut known = known.lock().expect("whole");
            known.sent = Some(name.clone());
            known.version
        };
        let change = json!({ "version": version, "resume": next });
        match me.json("PATCH", &format!("/api/v1/resumes/{id}"), &change) {
            Ok(answer) if answer.status == 200 => {
                let mut known = known.lock().expect("whole");
                known.version = answer.json()["version"].as_i64().expect("a version");
                known.name = name;
                known.sent = None;
                known.edits += 1;
            }
            Ok(answer) => panic!("{}: {}", answer.status, String::from_utf8_lossy(&answer.body)),
            Err(_) => return,
        }
    }
}

/// Where everything is kept: a data folder, and a PostgreSQL database if one is named.
struct Place {
    data: PathBuf,
    options: Vec<String>,
}

impl Place {
    fn new(folder: &Path, database: Option<String>) -> Place {
        Place {
            data: folder.join("data"),
            options: database
                .map(|url| vec!["--database-url".to_owned(), url])
                .unwrap_or_default(),
        }
    }

    fn start(&self) -> Server {
        let options: Vec<&str> = self.options.iter().map(String::as_str).collect();
        Server::start_with(&self.data, &options)
    }
}

/// `bespoke keys …` on a place, without a word.
fn keys(at: &Place, what: &str) -> Command {
    let mut command = common::bespoke();
    command.args(["keys", what, "--data"]).arg(&at.data).args(&at.options);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// The edited résumé says what was acknowledged last, or what was sent and not answered.
fn check_edit(me: &Client, known: &mut Known, id: &str) {
    let detail = me.get(&format!("/api/v1/resumes/{id}")).expect("an answer").json();
    let (name, version) = (
        detail["resume"]["contact"]["name"]["value"]
            .as_str()
            .expect("a name")
            .to_owned(),
        detail["version"].as_i64().expect("a version"),
    );
    let as_told = name == known.name && version == known.version;
    let as_sent = known.sent.as_ref() == Some(&name) && version == known.version + 1;
    assert!(
        as_told || as_sent,
        "{name} {version}, known {} {}",
        known.name,
        known.version
    );
    known.name = name;
    known.version = version;
    known.sent = None;
}

#[test]
fn no_acknowledged_write_is_lost_when_the_server_is_killed() {
    kill_again_and_again(None);
}

#[test]
fn nor_with_postgresql() {
    kill_again_and_again(Some(postgres::new_database()));
}

fn kill_again_and_again(database: Option<String>) {
    let kills: usize = std::env::var("BESPOKE_KILLS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(6);
    let dir = tempfile::tempdir().expect("a folder");
    let on = if database.is_some() { "PostgreSQL" } else { "SQLite" };
    let place = Place::new(dir.path(), database);
    let mut server = place.start();
    let mut me = Client::guest(&server);
    let id = me.upload("cv.txt", &text("all")).expect("an answer").json()["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let detail = me.settled(&id);
    let known = Arc::new(Mutex::new(Known {
        name: detail["resume"]["contact"]["name"]["value"]
            .as_str()
            .expect("a name")
            .to_owned(),
        version: detail["version"].as_i64().expect("a version"),
        ..Known::default()
    }));
    let mut seed = 7;
    let mut slowest = Duration::ZERO;
    for round in 0..kills {
        let stop = Arc::new(AtomicBool::new(false));
        let writers = [true, false].map(|uploads| {
            let (stop, me, known) = (stop.clone(), me.clone(), known.clone());
            let (id, resume) = (id.clone(), detail["resume"].clone());
            std::thread::spawn(move || match uploads {
                true => upload_until(&stop, &me, &known, round),
                false => edit_until(&stop, &me, &known, &id, &resume, round),
            })
        });
        // Every third time a new master key is on its way, and dies with the server.
        let rotation = (round % 3 == 0).then(|| keys(&place, "rotate").spawn().expect("it starts"));
        std::thread::sleep(Duration::from_millis(20 + random(&mut seed, 400)));
        server.kill();
        if let Some(mut rotation) = rotation {
            let _ = rotation.kill();
            rotation.wait().expect("it ended");
        }
        stop.store(true, Ordering::Relaxed);
        for writer in writers {
            writer.join().expect("no answer was wrong");
        }
        server = place.start();
        slowest = slowest.max(server.took);
        me.addr = server.addr.clone();
        check_edit(&me, &mut known.lock().expect("whole"), &id);
    }
    let known = known.lock().expect("whole");
    let begun = Instant::now();
    for (id, file) in &known.uploads {
        let original = me.get(&format!("/api/v1/resumes/{id}/original")).expect("an answer");
        assert_eq!((original.status, &original.body), (200, file), "{id} is lost");
        let detail = me.settled(id);
        // A job that the kills have broken off three times is given up, and says so.
        let code = detail["failure"]["code"].as_str();
        assert!(detail["status"] == "ready" || code == Some("gave-up"), "{detail}");
    }
    let listed = me.get("/api/v1/resumes").expect("an answer").json();
    let listed = listed.as_array().expect("a list").len();
    assert!(
        listed > known.uploads.len(),
        "all acknowledged ones are listed, and the edited one"
    );
    assert!(slowest < Duration::from_secs(5), "{slowest:?}");
    eprintln!(
        "{kills} kills on {on}: {} uploads and {} edits acknowledged, none lost; slowest start {slowest:?}, checked in {:?}",
        known.uploads.len(),
        known.edits,
        begun.elapsed()
    );
    assert!(!known.uploads.is_empty() && known.edits > 0);
    let (took, well) = server.stop();
    for what in ["rotate", "check"] {
        let ended = keys(&place, what).status().expect("it ran");
        assert!(ended.success(), "keys {what} after all");
    }
    assert!(well && took < Duration::from_secs(25), "{took:?}");
}
