//! The child's side: one task, one answer, then the end. Locks itself in before it reads the first byte.

use super::sandbox;
use super::wire::{self, PageImage, Reply, Task};
use crate::{pictures, raster};
use bespoke_core::document::Format;
use bespoke_core::ingest::{self, IngestError};
use bespoke_core::parse;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Longest task: the largest file and the words of its pages.
const MAX_TASK: usize = ingest::MAX_BYTES + (64 << 20);

/// Reads a task from standard input and writes the answer to standard output.
///
/// # Errors
/// The pipes break.
pub fn run() -> io::Result<()> {
    let lacks = sandbox::lock_in();
    let message = wire::receive(io::stdin().lock(), MAX_TASK)?;
    let (task, bytes): (Task, &[u8]) = wire::split(&message)?;
    let (reply, pixels) = match task {
        Task::Check => (Reply::Checked { lacks }, Vec::new()),
        task => answer(&task, bytes),
    };
    let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    wire::send(&mut out, &reply, &pixels)?;
    out.flush()
}

/// Does a task in this process. A panic is an answer, too.
pub fn answer(task: &Task, bytes: &[u8]) -> (Reply, Vec<u8>) {
    match catch_unwind(AssertUnwindSafe(|| attempt(task, bytes))) {
        Ok(Ok(answer)) => answer,
        Ok(Err(error)) => (Reply::Refused(error.into()), Vec::new()),
        Err(_) => {
            let how = "a fault in the code that reads it".to_owned();
            (Reply::Failed { how }, Vec::new())
        }
    }
}

fn attempt(task: &Task, bytes: &[u8]) -> Result<(Reply, Vec<u8>), IngestError> {
    match task {
        Task::Check => Ok((Reply::Checked { lacks: Vec::new() }, Vec::new())),
        Task::Read { name, words } => {
            let document = ingest::ingest_recognised(bytes, name.as_deref(), words)?;
            let parsed = parse::parse(&document);
            let reply = Reply::Read {
                document: Box::new(document),
                parsed: Box::new(parsed),
            };
            Ok((reply, Vec::new()))
        }
        Task::Preview { page, dpi } => preview(bytes, *page, *dpi),
        Task::Draw { pages } => {
            let drawn = match ingest::format_of(bytes, None)? {
                Format::Image => pictures::pages(bytes)?,
                _ => raster::grey_pages(bytes, pages, raster::RECOGNITION_DPI)?,
            };
            let mut pixels = Vec::new();
            let mut list = Vec::new();
            for page in drawn {
                list.push(PageImage {
                    page: page.page,
                    width: page.width,
                    height: page.height,
                    columns: page.grey.columns as u32,
                    rows: page.grey.rows as u32,
                });
                pixels.extend_from_slice(&page.grey.pixels);
            }
            Ok((Reply::Drawn { pages: list }, pixels))
        }
    }
}

/// A page for people. One that was recognised is shown as it was recognised, level, so that boxes lie where they should.
fn preview(bytes: &[u8], page: usize, dpi: f32) -> Result<(Reply, Vec<u8>), IngestError> {
    let format = ingest::format_of(bytes, None)?;
    let grey = match format {
        Format::Image => pictures::pages(bytes)?.into_iter().nth(page),
        _ if ingest::ingest(bytes, None)?.features.pages_without_text.contains(&page) => {
            raster::grey_pages(bytes, &[page], dpi)?.pop()
        }
        _ => None,
    };
    let png = match grey {
        Some(grey) => Ok(pictures::png(grey, dpi)?),
        None if format == Format::Pdf => raster::page_png(bytes, page, dpi).map_err(|e| e.to_string()),
        None => Err("there is no such page".into()),
    };
    Ok(match png {
        Ok(png) => (Reply::Previewed, png),
        Err(why) => (Reply::NoPage { why }, Vec::new()),
    })
}
