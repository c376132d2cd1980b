//! Bytes of a file nobody trusts → what it says.
//!
//! The parsing of hostile bytes happens in a child process that lives for one file ([`worker`]): no environment, no files,
//! no network, little memory, little time ([`sandbox`]). This module is the parent's side: it starts the child, gives it
//! the bytes, has pages without text recognised, and turns a child's death into an error with a stable code.

mod child;
pub mod sandbox;
mod wire;
pub mod worker;

use crate::convert;
use crate::ocr::{self, OcrError};
use bespoke_core::document::{Document, Format};
use bespoke_core::ingest::recognised::{self, PageWords};
use bespoke_core::ingest::{self, IngestError};
use bespoke_core::parse::{Issue, Parsed};
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use wire::{PageImage, Reply, Task};

/// Most pages of one file that are recognised.
const MAX_RECOGNISED: usize = 20;

/// What was read.
#[derive(Debug)]
pub struct Reading {
    /// The document.
    pub document: Document,
    /// What was understood, with an issue for each doubtful word.
    pub parsed: Parsed,
}

/// How far a reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// So many pages of so many have been recognised.
    Recognised {
        /// Pages that are done.
        done: usize,
        /// Pages in all.
        of: usize,
    },
}

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file is to blame.
    #[error(transparent)]
    Ingest(#[from] IngestError),
    /// The file has no text, and recognition is not at hand or failed.
    #[error("the file holds pictures of pages and no text, and they could not be read: {0}")]
    Recognition(OcrError),
    /// The child died on this file.
    #[error(
        "reading this file failed and was stopped ({how}); nothing else is affected. Save it again in its program, or as PDF, and try again{kept}"
    )]
    Died {
        /// How it ended.
        how: String,
        /// Where the file was put, as a half sentence.
        kept: String,
    },
    /// The child took too long.
    #[error("reading this file took longer than {} seconds and was stopped. Save it again in its program, or as PDF, and try again{kept}", child::TIME_LIMIT.as_secs())]
    TimedOut {
        /// Where the file was put, as a half sentence.
        kept: String,
    },
    /// The child could not be started or spoke nonsense.
    #[error("the reading process failed: {0}")]
    Broken(String),
}

impl ReadError {
    /// A stable code for programs.
    pub fn code(&self) -> &'static str {
        match self {
            ReadError::Ingest(error) => error.code(),
            ReadError::Recognition(OcrError::Missing) => "ocr-missing",
            ReadError::Recognition(_) => "ocr-failed",
            ReadError::Died { .. } => "reader-died",
            ReadError::TimedOut { .. } => "reader-timed-out",
            ReadError::Broken(_) => "reader-broken",
        }
    }
}

/// Reads files.
#[derive(Debug, Clone, Default)]
pub struct Reader {
    /// The program whose `worker` command reads one file; `None` reads in this process.
    program: Option<PathBuf>,
    /// Folder for files on which the child died.
    quarantine: Option<PathBuf>,
    /// Folder of the models that read pictures.
    models: Option<PathBuf>,
}

impl Reader {
    /// Reads in this process, without any protection: for tests and for programs that are sandboxed themselves.
    pub fn in_process() -> Reader {
        Reader::default()
    }

    /// Reads in a child, by this program's `worker` command.
    pub fn sandboxed(program: PathBuf) -> Reader {
        Reader {
            program: Some(program),
            ..Reader::default()
        }
    }

    /// Reads pictures of pages with the models of this folder, where they are there.
    pub fn with_models(mut self, folder: PathBuf) -> Reader {
        self.models = Some(folder);
        self
    }

    /// Keeps files on which the child died in this folder.
    pub fn with_quarantine(mut self, folder: PathBuf) -> Reader {
        self.quarantine = Some(folder);
        self
    }

    /// What the kernel lacks to lock the child in; empty where everything holds.
    ///
    /// # Errors
    /// The child cannot be started.
    pub fn lacks(&self) -> Result<Vec<String>, ReadError> {
        match self.ask(&Task::Check, &[])? {
            (Reply::Checked { lacks }, _) => Ok(lacks),
            _ => Err(ReadError::Broken("it answered another question".into())),
        }
    }

    /// Reads a file; `name` is only a hint. Calls `progress` for each page that is recognised.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn read(
        &self,
        bytes: &[u8],
        name: Option<&str>,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Reading, ReadError> {
        let converted;
        let bytes = match ingest::format_of(bytes, name)? {
            Format::Doc => {
                converted = convert::doc_to_docx(bytes)?;
                &converted
            }
            _ => bytes,
        };
        let first = self.parse(bytes, name, Vec::new())?;
        let wanting = first.document.features.pages_without_text.clone();
        if wanting.is_empty() {
            return Ok(first);
        }
        let (words, failure) = match self.recognise(bytes, &wanting, progress) {
            Ok(words) => (words, None),
            Err(ReadError::Recognition(error)) => (Vec::new(), Some(error)),
            Err(error) => return Err(error),
        };
        let mut reading = match words.iter().any(|p| !p.words.is_empty()) {
            true => self.parse(bytes, name, words)?,
            false => first,
        };
        let empty = reading.document.text.trim().is_empty();
        match failure {
            Some(error) if empty => return Err(ReadError::Recognition(error)),
            Some(error) => reading.parsed.issues.push(Issue {
                code: "pages-not-read".into(),
                message: format!("Pages that are pictures were not read: {error}."),
                source: None,
            }),
            None => {}
        }
        if wanting.len() > MAX_RECOGNISED {
            reading.parsed.issues.push(Issue {
                code: "pages-not-read".into(),
                message: format!("Only the first {MAX_RECOGNISED} pages that are pictures were read."),
                source: None,
            });
        }
        let doubts = recognised::doubts(&reading.document);
        reading.parsed.issues.extend(doubts);
        Ok(reading)
    }

    /// A page, counted from 0, as PNG at `dpi` dots an inch.
    ///
    /// # Errors
    /// [`ReadError`]; [`ReadError::Broken`] where there is no such page.
    pub fn page_png(&self, bytes: &[u8], page: usize, dpi: f32) -> Result<Vec<u8>, ReadError> {
        match self.ask(&Task::Preview { page, dpi }, bytes)? {
            (Reply::Previewed, png) => Ok(png),
            (Reply::NoPage { why }, _) => Err(ReadError::Broken(why)),
            _ => Err(ReadError::Broken("it answered another question".into())),
        }
    }

    fn parse(&self, bytes: &[u8], name: Option<&str>, words: Vec<PageWords>) -> Result<Reading, ReadError> {
        let name = name.map(str::to_owned);
        match self.ask(&Task::Read { name, words }, bytes)? {
            (Reply::Read { document, parsed }, _) => Ok(Reading {
                document: *document,
                parsed: *parsed,
            }),
            _ => Err(ReadError::Broken("it answered another question".into())),
        }
    }

    /// Draws the pages in the child and has their words recognised.
    fn recognise(
        &self,
        bytes: &[u8],
        pages: &[usize],
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Vec<PageWords>, ReadError> {
        let engine = ocr::Engine::find(self.models.as_deref()).map_err(ReadError::Recognition)?;
        let pages = pages.iter().copied().take(MAX_RECOGNISED).collect();
        let (images, pixels) = match self.ask(&Task::Draw { pages }, bytes)? {
            (Reply::Drawn { pages }, pixels) => (pages, pixels),
            _ => return Err(ReadError::Broken("it answered another question".into())),
        };
        let mut rest = pixels.as_slice();
        let mut parts = Vec::new();
        for image in &images {
            let size = image.columns as usize * image.rows as usize;
            if size > rest.len() {
                return Err(ReadError::Broken("it sent too few pixels".into()));
            }
            let (own, after) = rest.split_at(size);
            parts.push((image, own));
            rest = after;
        }
        ocr_pages(&engine, &parts, progress).map_err(ReadError::Recognition)
    }

    fn ask(&self, task: &Task, bytes: &[u8]) -> Result<(Reply, Vec<u8>), ReadError> {
        let answer = match &self.program {
            Some(program) => child::ask(program, task, bytes),
            None => Ok(worker::answer(task, bytes)),
        };
        match answer {
            Ok((Reply::Refused(error), _)) => Err(ReadError::Ingest(error.into())),
            Ok((Reply::Failed { how }, _)) => Err(ReadError::Died {
                how,
                kept: self.keep(bytes),
            }),
            Ok(answer) => Ok(answer),
            Err(child::End::TimedOut) => Err(ReadError::TimedOut { kept: self.keep(bytes) }),
            Err(child::End::Died(how)) => Err(ReadError::Died {
                how,
                kept: self.keep(bytes),
            }),
            Err(child::End::Broken(why)) => Err(ReadError::Broken(why)),
        }
    }

    /// Puts a file into quarantine under the hash of its content; says where.
    fn keep(&self, bytes: &[u8]) -> String {
        let Some(folder) = &self.quarantine else {
            return String::new();
        };
        let hash = Sha256::digest(bytes)
            .iter()
            .take(8)
            .map(|b| format!("{b:02x}"))
            .collect::<String>();
        let path = folder.join(format!("{hash}.bin"));
        let written = std::fs::create_dir_all(folder).and_then(|()| {
            let mut options = std::fs::OpenOptions::new();
            options.write(true).create(true).truncate(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            std::io::Write::write_all(&mut options.open(&path)?, bytes)
        });
        match written {
            Ok(()) => format!(" (a copy is kept for a report: {})", path.display()),
            Err(_) => String::new(),
        }
    }
}

/// Recognises pages, as many at a time as suits the engine.
fn ocr_pages(
    engine: &ocr::Engine,
    pages: &[(&PageImage, &[u8])],
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Vec<PageWords>, OcrError> {
    use std::sync::atomic::{AtomicUsize, Ordering};
    let cores = std::thread::available_parallelism().map_or(1, |n| n.get());
    let threads = engine.pages_at_once(cores).min(pages.len().max(1));
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let results: Vec<Result<Vec<(usize, PageWords)>, OcrError>> = std::thread::scope(|scope| {
        let work = || {
            let mut out = Vec::new();
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let Some((image, pixels)) = pages.get(index) else {
                    return Ok(out);
                };
                let words = engine.read(pixels, image.columns, image.rows, image.dpi())?;
                let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                progress(Progress::Recognised { done, of: pages.len() });
                let (page, width, height) = (image.page, image.width, image.height);
                out.push((
                    index,
                    PageWords {
                        page,
                        width,
                        height,
                        words,
                    },
                ));
            }
        };
        let handles: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let gone = || Err(OcrError::Failed("its thread ended early".into()));
        handles
            .into_iter()
            .map(|h| h.join().unwrap_or_else(|_| gone()))
            .collect()
    });
    let mut all = Vec::new();
    for result in results {
        all.extend(result?);
    }
    all.sort_by_key(|(index, _)| *index);
    Ok(all.into_iter().map(|(_, page)| page).collect())
}
