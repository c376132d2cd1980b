//! The data folder on a disk of a few megabytes that fills up: writes are refused and say why, reads go on, and writes go
//! on by themselves once there is room.

mod common;

use common::{Client, Server};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Mounts a small disk for what it starts, and for nothing else, and puts a file there that can be removed later.
const ON_A_SMALL_DISK: &str = r#"mount -t tmpfs -o size=6m tmpfs "$1" && head -c 2500000 /dev/zero >"$1/ballast" || exit 9
shift
exec "$@""#;

/// A command whose mounts are its own.
fn apart(script: &str) -> Command {
    let mut command = Command::new("unshare");
    command.args(["--mount", "--map-root-user", "sh", "-c", script, "sh"]);
    command
}

fn can_mount() -> bool {
    let tried = apart("mount -t tmpfs tmpfs /mnt").stderr(Stdio::null()).status();
    tried.is_ok_and(|done| done.success())
}

#[test]
fn a_disk_that_fills_refuses_writes_and_recovers() {
    if !can_mount() {
        eprintln!("left out: nobody may mount a disk here");
        return;
    }
    let dir = tempfile::tempdir().expect("a folder");
    let data = dir.path().join("data");
    std::fs::create_dir(&data).expect("a folder");
    let mut command = apart(ON_A_SMALL_DISK);
    command.arg(&data).arg(env!("CARGO_BIN_EXE_bespoke"));
    command
        .args(["serve", "--addr", "127.0.0.1:0", "--log", "off", "--data"])
        .arg(&data);
    let server = Server::launch(command);
    let me = Client::guest(&server);
    let small = b"Ada Example\nada@example.org\n\nSkills\nRust, SQL\n";
    let taken = me.upload("cv.txt", small).expect("an answer").json();
    let first = taken["id"].as_str().expect("an id").to_owned();
    assert_eq!(me.settled(&first)["status"], "ready");

    let mut kept = vec![first.clone()];
    let begun = Instant::now();
    let refused = loop {
        assert!(begun.elapsed() < Duration::from_secs(120), "it never fills");
        // Broken, so that nobody reads it for long; unlike the one before, so that each takes its room.
        let big = [format!("%PDF-1.7 {}", kept.len()).into_bytes(), vec![0; 200_000]].concat();
        let answer = me.upload("big.pdf", &big).expect("an answer");
        match answer.status {
            202 => kept.push(answer.json()["id"].as_str().expect("an id").to_owned()),
            429 => std::thread::sleep(Duration::from_millis(50)),
            _ => break answer,
        }
    };
    let problem = refused.json();
    assert_eq!(
        (refused.status, problem["code"].as_str()),
        (507, Some("disk-full")),
        "{problem}"
    );
    for id in &kept {
        let shown = me.get(&format!("/api/v1/resumes/{id}")).expect("an answer");
        assert_eq!(shown.status, 200, "reads go on");
    }

    // The disk as the server sees it.
    let ballast = PathBuf::from(format!("/proc/{}/root", server.child.id()))
        .join(data.join("ballast").strip_prefix("/").expect("absolute"));
    std::fs::remove_file(ballast).expect("room again");
    let begun = Instant::now();
    let after = loop {
        assert!(begun.elapsed() < Duration::from_secs(60), "it does not recover");
        let answer = me.upload("cv.txt", small).expect("an answer");
        match answer.status {
            202 => break answer.json()["id"].as_str().expect("an id").to_owned(),
            429 | 503 | 507 => std::thread::sleep(Duration::from_millis(100)),
            status => panic!("{status}: {}", answer.json()),
        }
    };
    assert_eq!(me.settled(&after)["status"], "ready");
    let listed = me.get("/api/v1/resumes").expect("an answer").json();
    let listed: Vec<&str> = listed
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|resume| resume["id"].as_str())
        .collect();
    for id in &kept {
        assert!(listed.contains(&id.as_str()), "{id} was acknowledged and is lost");
    }
    let (_, well) = server.stop();
    assert!(well, "it stops in order");
}
