//! A place for files as S3 is one.

use super::{Answer, Client};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// A server that speaks S3, of the package moto.
pub struct Bucket {
    child: Child,
    pub addr: String,
}

impl Bucket {
    /// Starts it, with the bucket `bespoke`.
    pub fn start() -> Bucket {
        let below = |name, rest| Some(PathBuf::from(std::env::var_os(name)?).join(rest));
        let cache = below("BESPOKE_CACHE", "")
            .or_else(|| below("XDG_CACHE_HOME", "bespoke"))
            .or_else(|| below("HOME", ".cache/bespoke"));
        let program = cache.expect("a home").join("moto/bin/moto_server");
        assert!(program.exists(), "moto: scripts/setup.sh test installs it");
        let port = TcpListener::bind("127.0.0.1:0")
            .expect("a port")
            .local_addr()
            .expect("bound")
            .port();
        let mut child = Command::new(program)
            .args(["-H", "127.0.0.1", "-p", &port.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("moto");
        // It says when it listens, and must not wait for somebody to read on.
        let mut lines = BufReader::new(child.stderr.take().expect("a pipe")).lines();
        let told = lines
            .by_ref()
            .map_while(Result::ok)
            .any(|line| line.contains("Running on"));
        assert!(told, "moto does not start");
        std::thread::spawn(move || lines.count());
        let bucket = Bucket {
            child,
            addr: format!("127.0.0.1:{port}"),
        };
        assert_eq!(bucket.ask("PUT", "/bespoke").status, 200);
        bucket
    }

    /// Asks it as nobody in particular.
    pub fn ask(&self, method: &str, path: &str) -> Answer {
        let client = Client {
            addr: self.addr.clone(),
            cookie: String::new(),
        };
        client.ask(method, path, "", b"").expect("an answer")
    }

    /// The names of all objects.
    pub fn objects(&self) -> Vec<String> {
        let listed = self.ask("GET", "/bespoke?list-type=2");
        let text = String::from_utf8_lossy(&listed.body).into_owned();
        let keys = text.split("<Key>").skip(1);
        keys.filter_map(|rest| Some(rest.split_once("</Key>")?.0.to_owned()))
            .collect()
    }
}

impl Drop for Bucket {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
