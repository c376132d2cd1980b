//! The parent's side of one child: start it, hand over the bytes, wait, and never longer than the limit.

use super::wire::{self, Reply, Task};
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError, mpsc};
use std::time::Duration;

/// Longest time that a child may take for one task. Its processor time is limited more tightly; on a busy machine that may
/// take longer to pass.
pub const TIME_LIMIT: Duration = Duration::from_secs(30);
/// Longest answer.
const MAX_ANSWER: usize = 512 << 20;

/// How a child ended without an answer.
pub enum End {
    TimedOut,
    Died(String),
    Broken(String),
}

/// Starts a child, asks, waits for the answer.
pub fn ask(program: &Path, task: &Task, bytes: &[u8]) -> Result<(Reply, Vec<u8>), End> {
    let broken = |e: std::io::Error| End::Broken(e.to_string());
    let mut command = Command::new(program);
    command.arg("worker").env_clear().current_dir("/");
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|e| End::Broken(format!("{}: {e}", program.display())))?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let child = Mutex::new(child);
    let lock = || child.lock().unwrap_or_else(PoisonError::into_inner);
    let lock = &lock;
    let (over, wait) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        let watch = scope.spawn(move || {
            let late = wait.recv_timeout(TIME_LIMIT) == Err(mpsc::RecvTimeoutError::Timeout);
            if late {
                let _ = lock().kill();
            }
            late
        });
        // A child that dies early closes its pipe; its status says more than the failed write.
        let mut answer = Ok(Vec::new());
        if let (Some(mut stdin), Some(stdout)) = (stdin, stdout) {
            let sent = wire::send(&mut stdin, task, bytes);
            drop(stdin);
            answer = match sent {
                Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error),
                _ => wire::receive(stdout, MAX_ANSWER),
            };
        }
        if answer.is_err() {
            let _ = lock().kill();
        }
        drop(over);
        let late = watch.join().unwrap_or(false);
        let status = lock().wait().map_err(broken)?;
        if late {
            return Err(End::TimedOut);
        }
        if !status.success() {
            return Err(End::Died(ending(status)));
        }
        let answer = answer.map_err(broken)?;
        let (reply, body) = wire::split(&answer).map_err(broken)?;
        Ok((reply, body.to_vec()))
    })
}

fn ending(status: ExitStatus) -> String {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return match signal {
            6 => "out of memory or a broken promise in the code".into(),
            9 => "killed by the system".into(),
            11 => "a bad memory access".into(),
            24 => "out of processor time".into(),
            31 => "a forbidden system call".into(),
            other => format!("signal {other}"),
        };
    }
    match status.code() {
        Some(code) => format!("exit code {code}"),
        None => "an unknown end".into(),
    }
}
