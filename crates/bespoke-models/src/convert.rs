//! Old Word files (DOC) → DOCX, by an installed LibreOffice. It runs in a folder of its own, which is removed after.

use bespoke_core::ingest::IngestError;
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Longest time for one file.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// Converts; the file must have been recognised as DOC before.
///
/// # Errors
/// [`IngestError::NeedsConversion`] where no LibreOffice is installed, [`IngestError::Corrupt`] where it refuses the file.
pub fn doc_to_docx(bytes: &[u8]) -> Result<Vec<u8>, IngestError> {
    let corrupt = |detail: String| IngestError::Corrupt { format: "DOC", detail };
    let folder = tempfile::tempdir().map_err(|e| corrupt(format!("no temporary folder: {e}")))?;
    let input = folder.path().join("resume.doc");
    std::fs::write(&input, bytes).map_err(|e| corrupt(e.to_string()))?;
    // A profile of its own: no macros, no settings of the person, no lock on a running LibreOffice.
    let profile = format!(
        "-env:UserInstallation=file://{}",
        folder.path().join("profile").display()
    );
    let mut command = Command::new("soffice");
    command
        .args([
            &profile,
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            "docx",
            "--outdir",
        ])
        .arg(folder.path())
        .arg(&input)
        .env("HOME", folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    // The launcher starts the real program as a child: the group is what must end.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command.spawn().map_err(|e| match e.kind() {
        ErrorKind::NotFound => IngestError::NeedsConversion { format: "DOC" },
        _ => corrupt(e.to_string()),
    })?;
    let start = Instant::now();
    let ended = loop {
        match child.try_wait() {
            Ok(Some(_)) => break true,
            Ok(None) if start.elapsed() < TIME_LIMIT => std::thread::sleep(Duration::from_millis(20)),
            _ => break false,
        }
    };
    if !ended {
        end_group(&mut child);
        return Err(corrupt(format!(
            "LibreOffice took longer than {} seconds",
            TIME_LIMIT.as_secs()
        )));
    }
    read(&folder.path().join("resume.docx")).ok_or_else(|| corrupt("LibreOffice cannot open it".into()))
}

fn read(path: &Path) -> Option<Vec<u8>> {
    std::fs::read(path).ok().filter(|bytes| !bytes.is_empty())
}

fn end_group(child: &mut std::process::Child) {
    #[cfg(unix)]
    {
        let group = format!("-{}", child.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
    }
    let _ = child.kill();
    let _ = child.wait();
}
