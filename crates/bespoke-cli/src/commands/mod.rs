//! One command per file.

pub mod apply;
pub mod audit;
pub mod backup;
pub mod bench;
pub mod certify;
pub mod config;
pub mod doctor;
pub mod health;
pub mod interview;
pub mod job;
pub mod jobs;
pub mod keys;
pub mod learn;
pub mod letter;
pub mod matching;
pub mod mcp;
pub mod parse;
pub mod queue;
pub mod render;
pub mod roles;
pub mod serve;
pub mod stats;
pub mod tailor;
pub mod taxonomy;
pub mod team;
pub mod user;
pub mod worker;

use crate::config::Where;
use crate::failure::Failure;
use anyhow::Context;
use bespoke_store::Store;
use serde::Serialize;
use std::io::Write;

/// Prints a value as indented JSON.
fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)?;
    Ok(())
}

/// Prints text, ending with a line break.
fn print_text(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        writeln!(out)?;
    }
    Ok(())
}

/// Opens the data of a server, which may be running.
async fn open_store(place: &Where) -> Result<Store, Failure> {
    let at = place.location()?;
    if at.database_url.is_none() && !at.folder.join("bespoke.db").is_file() {
        return Err(Failure::Usage(format!(
            "{} holds no data of Bespoke: name the folder with --data, or a database with --database-url",
            at.folder.display()
        )));
    }
    let store = Store::open_at(&at).await;
    Ok(store.with_context(|| match at.database_url {
        None => format!("{}: cannot open the database", at.folder.display()),
        Some(_) => "cannot open the database of database_url".to_owned(),
    })?)
}
