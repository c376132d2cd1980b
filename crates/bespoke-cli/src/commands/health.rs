//! `bespoke health`: asks a running server whether it is ready; for the health check of a container.

use crate::config::{Config, Flags};
use crate::failure::Failure;
use anyhow::{Context, bail};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    flags: Flags,
}

/// Succeeds where the server is ready.
pub fn run(args: &Args) -> Result<(), Failure> {
    let mut addr = Config::load(&args.flags)?.addr();
    if addr.ip().is_unspecified() {
        addr.set_ip([127, 0, 0, 1].into());
    }
    let wait = Duration::from_secs(5);
    let ask = || -> anyhow::Result<()> {
        let mut stream = TcpStream::connect_timeout(&addr, wait).with_context(|| format!("no server at {addr}"))?;
        stream.set_read_timeout(Some(wait))?;
        write!(
            stream,
            "GET /ready HTTP/1.1\r\nHost: {addr}\r\nConnection: close\r\n\r\n"
        )?;
        let mut answer = String::new();
        stream.take(64 << 10).read_to_string(&mut answer)?;
        if !answer.starts_with("HTTP/1.1 200") {
            bail!("not ready: {}", answer.lines().last().unwrap_or_default());
        }
        Ok(())
    };
    Ok(ask()?)
}
