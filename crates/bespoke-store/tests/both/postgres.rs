//! A PostgreSQL server for the tests of this process: started when it is first asked for, ended with the process.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// The running server.
pub struct Server {
    /// Holds the standard input of the watching shell open: it ends the server when this process is gone.
    _watch: Child,
    folder: PathBuf,
}

static SERVER: OnceLock<Server> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// Ends the server when the standard input ends, and takes its folder away.
const WATCH: &str = r#""$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c fsync=off -c full_page_writes=off -c max_connections=300 -c shared_buffers=32MB >"$2/log" 2>&1 &
server=$!
read -r _
kill -INT "$server"; wait "$server"; rm -rf "$2""#;

/// The folder of the programs of the newest PostgreSQL that is installed.
fn programs() -> PathBuf {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|bin| bin.join("initdb").exists())
        .collect();
    found.sort();
    found.pop().expect("PostgreSQL: scripts/setup.sh test installs it")
}

/// A command as somebody whom PostgreSQL runs for: it refuses to run as root.
fn as_somebody(root: bool, program: &Path) -> Command {
    if !root {
        return Command::new(program);
    }
    let mut command = Command::new("runuser");
    command.args(["-u", "postgres", "--"]).arg(program);
    command
}

impl Server {
    fn start() -> Server {
        let bin = programs();
        // A short path: the name of a socket has at most 107 bytes.
        let folder = tempfile::Builder::new()
            .prefix("pg")
            .tempdir_in("/tmp")
            .expect("a folder")
            .keep();
        let root = std::fs::metadata(&folder).is_ok_and(|m| std::os::unix::fs::MetadataExt::uid(&m) == 0);
        if root {
            let done = Command::new("chown").arg("postgres").arg(&folder).status();
            assert!(done.is_ok_and(|d| d.success()), "the user postgres");
        }
        let made = as_somebody(root, &bin.join("initdb"))
            .args(["--no-sync", "--auth=trust", "--username=bespoke", "--encoding=UTF8"])
            // Sorts unlike bytes, so that what relies on the order of bytes must say so.
            .args(["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US", "-D"])
            .arg(folder.join("data"))
            .current_dir("/")
            .output()
            .expect("initdb");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let watch = as_somebody(root, Path::new("sh"))
            .args(["-c", WATCH, "sh"])
            .arg(&bin)
            .arg(&folder)
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("a server");
        let server = Server { _watch: watch, folder };
        let begun = Instant::now();
        while !server.psql("SELECT 1") {
            assert!(begun.elapsed() < Duration::from_secs(30), "the server does not start");
            std::thread::sleep(Duration::from_millis(50));
        }
        server
    }

    fn psql(&self, sql: &str) -> bool {
        Command::new(programs().join("psql"))
            .args(["-qXAt", "-U", "bespoke", "-d", "postgres", "-c", sql, "-h"])
            .arg(&self.folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|done| done.success())
    }
}

/// The address of a new, empty database.
pub fn new_database() -> String {
    let server = SERVER.get_or_init(Server::start);
    let name = format!("t{}", DATABASES.fetch_add(1, Ordering::Relaxed));
    assert!(server.psql(&format!("CREATE DATABASE {name}")), "a database");
    format!("postgres://bespoke@localhost/{name}?host={}", server.folder.display())
}

/// What a statement finds in a database of a server, as text.
#[allow(dead_code, reason = "each test file uses another part")]
pub fn ask(folder: &Path, database: &str, sql: &str) -> String {
    let done = Command::new(programs().join("psql"))
        .args(["-qXAt", "-U", "bespoke", "-d", database, "-c", sql, "-h"])
        .arg(folder)
        .output()
        .expect("psql");
    assert!(
        done.status.success(),
        "{sql}: {}",
        String::from_utf8_lossy(&done.stderr)
    );
    String::from_utf8_lossy(&done.stdout).into_owned()
}

/// Where the server keeps all its files, the log of what it was asked among them.
pub fn folder() -> &'static Path {
    &SERVER.get_or_init(Server::start).folder
}
