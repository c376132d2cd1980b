//! Files in: a résumé in any supported format, or text.

use crate::engines::{cache_dir, models_dir};
use crate::failure::Failure;
use bespoke_core::document::Document;
use bespoke_core::ingest;
use bespoke_core::parse::Parsed;
use bespoke_core::resume::Resume;
use bespoke_models::reader::{Progress, Reader, Reading};
use std::io::{IsTerminal, Read};
use std::path::Path;

/// A résumé as it was read from a file.
pub struct Input {
    /// What was read.
    pub document: Document,
    /// What was understood.
    pub parsed: Parsed,
}

fn unreadable(path: &Path, reason: impl ToString) -> Failure {
    Failure::Input {
        path: path.display().to_string(),
        reason: reason.to_string(),
    }
}

fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(|e| unreadable(path, e))?;
        return Ok(bytes);
    }
    std::fs::read(path).map_err(|e| unreadable(path, e))
}

/// Reads files in a child process that can do nothing else.
fn reader() -> Result<Reader, Failure> {
    let program = std::env::current_exe()?;
    Ok(Reader::sandboxed(program)
        .with_models(models_dir())
        .with_quarantine(cache_dir().join("quarantine")))
}

fn read(path: &Path) -> Result<Reading, Failure> {
    let name = path.file_name().map(|n| n.to_string_lossy());
    let shown = std::io::stderr().is_terminal();
    let progress = |Progress::Recognised { done, of }: Progress| {
        if shown {
            eprint!(
                "\rread page {done} of {of} from its picture{}",
                if done == of { "\n" } else { "" }
            );
        }
    };
    reader()?
        .read(&bytes(path)?, name.as_deref(), &progress)
        .map_err(|e| unreadable(path, format!("{e} [{}]", e.code())))
}

/// Reads and parses a résumé; `-` is standard input.
pub fn resume(path: &Path) -> Result<Input, Failure> {
    let Reading { document, parsed } = read(path)?;
    Ok(Input { document, parsed })
}

/// Reads and parses the bytes of a file with this name.
pub fn read_bytes(bytes: &[u8], name: &str) -> Result<Input, Failure> {
    let Reading { document, parsed } = reader()?
        .read(bytes, Some(name), &|_| ())
        .map_err(|e| unreadable(Path::new(name), format!("{e} [{}]", e.code())))?;
    Ok(Input { document, parsed })
}

/// A file in any supported format; `-` is standard input.
pub fn document(path: &Path) -> Result<Document, Failure> {
    Ok(read(path)?.document)
}

/// The text of a file in any supported format, as of a job description.
pub fn text(path: &Path) -> Result<String, Failure> {
    Ok(document(path)?.text)
}

/// A résumé that is data already: JSON Resume, or our own JSON as `parse --format bespoke` prints it.
pub fn structured(path: &Path) -> Result<Resume, Failure> {
    let bytes = bytes(path)?;
    let value: serde_json::Value =
        serde_json::from_slice(&bytes).map_err(|e| unreadable(path, format!("not JSON: {e}")))?;
    if let Some(own) = value.get("resume").or_else(|| value.get("contact").map(|_| &value)) {
        let mut resume: Resume =
            serde_json::from_value(own.clone()).map_err(|e| unreadable(path, format!("not a résumé of ours: {e}")))?;
        resume.assign_ids();
        return Ok(resume);
    }
    match ingest::ingest(&bytes, Some("resume.json")) {
        Ok(Document {
            structured: Some(resume),
            ..
        }) => Ok(*resume),
        Ok(_) => Err(unreadable(
            path,
            "holds no JSON Resume: it needs `basics`, `work` or `education`",
        )),
        Err(error) => Err(unreadable(path, error)),
    }
}
