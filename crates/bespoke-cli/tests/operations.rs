//! Running the server: configuration, health, stopping, logs.

mod common;

use common::{Client, Server, bespoke, fixture};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Output;
use std::time::Duration;

fn run(arguments: &[&str]) -> Output {
    bespoke()
        .args(arguments)
        .env_remove("BESPOKE_CONFIG")
        .output()
        .expect("it runs")
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn the_configuration_is_shown_without_secrets_and_a_wrong_one_is_refused() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("config.toml");
    std::fs::write(&file, "metrics_token = \"paperclip-7\"\nqueue_limit = 9\n").expect("written");
    let file = file.to_str().expect("a path");
    let shown = run(&["config", "show", "--config", file, "--grace", "4"]);
    let text = out(&shown);
    assert!(shown.status.success() && text.contains("queue_limit = 9"), "{text}");
    assert!(
        text.contains("grace = 4  # flag") && text.contains("(hidden)") && !text.contains("paperclip"),
        "{text}"
    );
    // What is shown is TOML that works as a file, but for the hidden secret.
    let again = dir.path().join("again.toml");
    std::fs::write(&again, text.replace("(hidden)", "paperclip-7")).expect("written");
    assert!(
        run(&["config", "show", "--config", again.to_str().expect("a path")])
            .status
            .success()
    );
    let data = dir.path().join("data");
    let good = run(&[
        "config",
        "check",
        "--config",
        file,
        "--data",
        data.to_str().expect("a path"),
    ]);
    assert!(good.status.success(), "{}", String::from_utf8_lossy(&good.stderr));
    for (text, says) in [("grace = \"x\"\n", "line 1"), ("gracious = 1\n", "gracious")] {
        std::fs::write(file, text).expect("written");
        let refused = run(&["config", "check", "--config", file]);
        assert_eq!(refused.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&refused.stderr).contains(says));
    }
    std::fs::write(file, "data = \"/proc/none\"\n").expect("written");
    let refused = run(&["config", "check", "--config", file]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("data: /proc/none"));
}

/// The variables that a file sets, as `NAME=value` words (Dockerfile) or `NAME: value` lines (compose), what the person fills
/// in filled in.
fn variables(file: &str) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(fixture(file)).expect("a file");
    let pairs = text.lines().flat_map(|line| {
        let line = line.trim().trim_start_matches("ENV ").trim_end_matches('\\');
        match line.split_once(": ") {
            Some(pair) => vec![pair],
            None => line
                .split_whitespace()
                .filter_map(|word| word.split_once('='))
                .collect(),
        }
    });
    pairs
        .filter(|(name, _)| name.starts_with("BESPOKE_"))
        .map(|(name, value)| {
            let value = match (name, value.trim_matches('"')) {
                ("BESPOKE_MASTER_KEY", _) => "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
                ("BESPOKE_DATABASE_URL", _) => "postgres://bespoke:secret@database/bespoke",
                (_, value) => value,
            };
            (name.to_owned(), value.to_owned())
        })
        .collect()
}

#[test]
fn the_image_and_the_compose_files_set_what_the_server_takes() {
    let image = variables("../Dockerfile");
    let cluster = variables("../deploy/compose.cluster.yaml");
    assert!(image.len() >= 5 && cluster.len() >= 5, "{image:?} {cluster:?}");
    let shown = |of: &[&[(String, String)]]| {
        let mut command = bespoke();
        for (name, value) in of.iter().copied().flatten() {
            command.env(name, value);
        }
        command.args(["config", "show"]).output().expect("it runs")
    };
    for of in [vec![image.as_slice()], vec![image.as_slice(), cluster.as_slice()]] {
        let shown = shown(&of);
        let text = out(&shown);
        assert!(shown.status.success(), "{}", String::from_utf8_lossy(&shown.stderr));
        assert!(
            text.contains("addr = \"0.0.0.0:8080\"") && text.contains("data = \"/data\""),
            "{text}"
        );
        let files = text.contains("s3://bespoke/files") && text.contains("trust_proxy = true");
        assert_eq!(files, of.len() == 2, "{text}");
    }
}

#[test]
fn a_stop_ends_sockets_and_a_health_check_tells_the_difference() {
    let dir = tempfile::tempdir().expect("a folder");
    let server = Server::start(dir.path());
    let addr = server.addr.clone();
    let me = Client::guest(&server);
    // A socket that never goes by itself.
    let mut socket = TcpStream::connect(&addr).expect("connected");
    write!(
        socket,
        "GET /api/v1/live HTTP/1.1\r\nHost: {addr}\r\nCookie: {}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        me.cookie
    )
    .expect("asked");
    let mut head = [0; 12];
    socket.read_exact(&mut head).expect("answered");
    assert_eq!(&head, b"HTTP/1.1 101");
    let mut healthy = false;
    for _ in 0..200 {
        healthy = run(&["health", "--addr", &addr]).status.success();
        if healthy {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(healthy);
    let (took, well) = server.stop();
    assert!(well && took < Duration::from_secs(5), "{took:?}");
    assert_eq!(run(&["health", "--addr", &addr]).status.code(), Some(1));
}

#[test]
fn the_log_is_json_where_asked_and_never_holds_the_secret_of_a_link() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut child = bespoke()
        .args([
            "serve",
            "--addr",
            "127.0.0.1:0",
            "--log-format",
            "json",
            "--log",
            "trace",
            "--data",
        ])
        .arg(dir.path().join("data"))
        .stdout(std::process::Stdio::piped())
        .stderr(std::fs::File::create(dir.path().join("log")).expect("a file"))
        .spawn()
        .expect("it starts");
    let mut line = String::new();
    std::io::BufRead::read_line(
        &mut std::io::BufReader::new(child.stdout.take().expect("a pipe")),
        &mut line,
    )
    .expect("read");
    let addr = line.trim().rsplit_once("http://").expect("an address").1.to_owned();
    let server = Server {
        child,
        addr,
        took: Duration::ZERO,
    };
    let me = Client::guest(&server);
    let file = std::fs::read(fixture("resumes/two-page.pdf")).expect("there");
    let id = me.upload("cv.pdf", &file).expect("an answer").json()["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    me.settled(&id);
    let made = me
        .json("POST", &format!("/api/v1/resumes/{id}/shares"), &serde_json::json!({}))
        .expect("an answer");
    let path = made.json()["path"].as_str().expect("a path").to_owned();
    assert_eq!(me.get(&path).expect("an answer").status, 200);
    assert!(server.stop().1);
    let log = std::fs::read_to_string(dir.path().join("log")).expect("read");
    assert!(log.lines().count() > 5);
    for line in log.lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap_or_else(|e| panic!("{e}: {line}"));
    }
    let secret = path.trim_start_matches("/s/");
    let token = me.cookie.split_once('=').expect("a pair").1;
    for hidden in [secret, token, "Whitfield"] {
        assert!(!log.contains(hidden), "{hidden} is in the log");
    }
}

#[test]
fn a_backup_under_load_is_restored_whole_and_a_damaged_one_is_refused() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = |name: &str| dir.path().join(name).to_str().expect("a path").to_owned();
    let server = Server::start(dir.path().join("data").as_path());
    let me = Client::guest(&server);
    let file = std::fs::read(fixture("resumes/two-page.pdf")).expect("there");
    let id = me.upload("cv.pdf", &file).expect("an answer").json()["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    me.settled(&id);
    let writer = {
        let me = me.clone();
        std::thread::spawn(move || {
            for n in 0..15 {
                let text = format!("Ada Example {n}\nada@example.org\n\nSkills\nRust\n");
                assert_eq!(me.upload("cv.txt", text.as_bytes()).expect("an answer").status, 202);
            }
        })
    };
    let (data, backup) = (path("data"), path("backup"));
    let made = run(&["backup", &backup, "--data", &data]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    writer.join().expect("it wrote");
    let sound = run(&["doctor", "--data", &data]);
    assert!(
        sound.status.success() && out(&sound).contains("all is well"),
        "{}",
        out(&sound)
    );
    assert!(
        !run(&["backup", &backup, "--data", &data]).status.success(),
        "nothing is overwritten"
    );
    assert!(
        !run(&["restore", &backup, "--data", &data]).status.success(),
        "nor restored over data"
    );
    assert!(server.stop().1);

    let key = path("data.key");
    let fresh = path("fresh");
    let restored = run(&["restore", &backup, "--data", &fresh, "--key-file", &key]);
    assert!(
        restored.status.success(),
        "{}",
        String::from_utf8_lossy(&restored.stderr)
    );
    let server = Server::start_with(dir.path().join("fresh").as_path(), &["--key-file", &key]);
    let me = Client {
        addr: server.addr.clone(),
        cookie: me.cookie,
    };
    assert_eq!(
        me.get(&format!("/api/v1/resumes/{id}/original"))
            .expect("an answer")
            .body,
        file
    );
    assert!(server.stop().1);
    let replaced = run(&["restore", &backup, "--replace", "--data", &fresh, "--key-file", &key]);
    assert!(
        replaced.status.success(),
        "{}",
        String::from_utf8_lossy(&replaced.stderr)
    );

    // Without the master key nothing opens; a changed byte is found before anything is put in place.
    let other = path("other");
    assert!(!run(&["restore", &backup, "--data", &other]).status.success());
    let database = dir.path().join("backup/bespoke.db");
    let mut bytes = std::fs::read(&database).expect("read");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&database, bytes).expect("written");
    let damaged = run(&["restore", &backup, "--data", &other, "--key-file", &key]);
    assert_eq!(damaged.status.code(), Some(3));
    assert!(!dir.path().join("other/bespoke.db").exists());
}
