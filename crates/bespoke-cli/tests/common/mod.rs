//! The real server as a child process, and requests to it without a library.
#![allow(dead_code)]

pub mod bucket;

use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running server.
pub struct Server {
    pub child: Child,
    pub addr: String,
    /// From the start of the process to the printed address.
    pub took: Duration,
}

pub fn fixture(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures")
        .join(path)
}

pub fn bespoke() -> Command {
    Command::new(env!("CARGO_BIN_EXE_bespoke"))
}

impl Drop for Server {
    /// Nothing goes on where a test fails.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    pub fn start(data: &Path) -> Server {
        Server::start_with(data, &[])
    }

    pub fn start_with(data: &Path, more: &[&str]) -> Server {
        Server::start_in(data, more, &[])
    }

    /// With these variables in its environment.
    pub fn start_in(data: &Path, more: &[&str], environment: &[(&str, &str)]) -> Server {
        let mut command = bespoke();
        command
            .args(["serve", "--addr", "127.0.0.1:0", "--log", "error", "--data"])
            .arg(data)
            .args(more)
            .envs(environment.iter().copied());
        Server::launch(command)
    }

    /// By a command that says the address as `bespoke serve` does.
    pub fn launch(mut command: Command) -> Server {
        let begun = Instant::now();
        let mut child = command.stdout(Stdio::piped()).spawn().expect("it starts");
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
        out.read_line(&mut line).expect("it says its address");
        let addr = line
            .trim()
            .rsplit_once("http://")
            .unwrap_or_else(|| panic!("no address: {line}"))
            .1;
        Server {
            addr: addr.to_owned(),
            child,
            took: begun.elapsed(),
        }
    }

    /// Ends it as a power cut does.
    pub fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
    }

    /// Sends it a signal by name.
    pub fn signal(&self, name: &str) {
        let done = Command::new("kill").args([name, &self.child.id().to_string()]).status();
        assert!(done.is_ok_and(|done| done.success()), "{name}");
    }

    /// Asks it to stop; how long that took, and whether it ended well.
    pub fn stop(mut self) -> (Duration, bool) {
        let begun = Instant::now();
        let done = Command::new("kill")
            .arg(self.child.id().to_string())
            .status()
            .expect("told");
        assert!(done.success());
        let ended = self.child.wait().expect("gone");
        (begun.elapsed(), ended.success())
    }
}

/// Someone who asks a server.
#[derive(Clone, Default)]
pub struct Client {
    pub addr: String,
    pub cookie: String,
}

/// Status, head and body.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }
}

impl Client {
    /// One request on a connection of its own; an error where the server went away.
    pub fn ask(&self, method: &str, path: &str, kind: &str, body: &[u8]) -> std::io::Result<Answer> {
        let mut stream = TcpStream::connect(&self.addr)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            self.addr,
            self.cookie,
            body.len()
        );
        stream.write_all(head.as_bytes())?;
        stream.write_all(body)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let broken = || std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
        let end = answer.windows(4).position(|w| w == b"\r\n\r\n").ok_or_else(broken)?;
        let head = String::from_utf8_lossy(&answer[..end]).into_owned();
        let body = answer[end + 4..].to_vec();
        let length = head.lines().find_map(|l| {
            l.to_ascii_lowercase()
                .strip_prefix("content-length: ")?
                .parse::<usize>()
                .ok()
        });
        if length.is_some_and(|length| length != body.len()) {
            return Err(broken());
        }
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).ok_or_else(broken)?;
        Ok(Answer { status, head, body })
    }

    pub fn get(&self, path: &str) -> std::io::Result<Answer> {
        self.ask("GET", path, "", b"")
    }

    pub fn json(&self, method: &str, path: &str, body: &Value) -> std::io::Result<Answer> {
        self.ask(method, path, "application/json", body.to_string().as_bytes())
    }

    pub fn upload(&self, name: &str, file: &[u8]) -> std::io::Result<Answer> {
        let mut body = format!("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n").into_bytes();
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n--x--\r\n");
        self.ask("POST", "/api/v1/resumes", "multipart/form-data; boundary=x", &body)
    }

    /// A guest of this server.
    pub fn guest(server: &Server) -> Client {
        let mut me = Client {
            addr: server.addr.clone(),
            cookie: String::new(),
        };
        let made = me.ask("POST", "/api/v1/workspaces", "", b"").expect("an answer");
        let cookie = made.head.lines().find_map(|l| {
            let (name, value) = l.split_once(": ")?;
            name.eq_ignore_ascii_case("set-cookie").then_some(value)
        });
        me.cookie = cookie.and_then(|c| c.split(';').next()).expect("a cookie").to_owned();
        me
    }

    /// Waits until a résumé is read, or cannot be.
    pub fn settled(&self, id: &str) -> Value {
        let end = Instant::now() + Duration::from_secs(90);
        while Instant::now() < end {
            let detail = self.get(&format!("/api/v1/resumes/{id}")).expect("an answer").json();
            if detail["status"] != "reading" {
                return detail;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("{id} is still being read");
    }
}
