//! One command per file.

pub mod audit;
pub mod bench;
pub mod certify;
pub mod interview;
pub mod job;
pub mod jobs;
pub mod letter;
pub mod matching;
pub mod parse;
pub mod render;
pub mod roles;
pub mod serve;
pub mod stats;
pub mod tailor;
pub mod taxonomy;
pub mod worker;

use crate::failure::Failure;
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
