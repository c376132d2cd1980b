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
    /// A Python that knows the client of S3.
    python: PathBuf,
}

impl Bucket {
    /// Starts it, with the bucket `bespoke`.
    pub fn start() -> Bucket {
        let below = |name, rest| Some(PathBuf::from(std::env::var_os(name)?).join(rest));
        let cache = below("BESPOKE_CACHE", "")
            .or_else(|| below("XDG_CACHE_HOME", "bespoke"))
            .or_else(|| below("HOME", ".cache/bespoke"));
        let programs = cache.expect("a home").join("moto/bin");
        let program = programs.join("moto_server");
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
            python: programs.join("python"),
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

    /// Does something with an object in the name of the servers, with the client of boto3; gives what it prints.
    fn with_client(&self, what: &str, name: &str) -> Vec<u8> {
        let script = format!(
            "import boto3, sys\ns3 = boto3.client('s3', endpoint_url='http://{}', region_name='us-east-1', aws_access_key_id='test', aws_secret_access_key='test')\n{what}",
            self.addr
        );
        let done = Command::new(&self.python).args(["-c", &script, name]).output();
        let done = done.expect("python");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        done.stdout
    }

    /// The bytes of an object.
    pub fn read(&self, name: &str) -> Vec<u8> {
        let what = "sys.stdout.buffer.write(s3.get_object(Bucket='bespoke', Key=sys.argv[1])['Body'].read())";
        self.with_client(what, name)
    }

    /// Deletes an object.
    pub fn delete(&self, name: &str) {
        self.with_client("s3.delete_object(Bucket='bespoke', Key=sys.argv[1])", name);
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
