//! `bespoke backup` and `bespoke restore`: a copy of the data as they are at one moment, taken while the server runs,
//! and put back only where every part of it proves sound.

use super::{doctor, print_text};
use crate::config::Where;
use crate::failure::Failure;
use anyhow::{Context, anyhow};
use bespoke_store::{Fault, Location, Store, StoreError};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

const DATABASE: &str = "bespoke.db";
const MANIFEST: &str = "manifest.json";

#[derive(Debug, clap::Args)]
pub struct BackupArgs {
    /// Folder to make for the backup; it must not exist
    out: PathBuf,
    #[command(flatten)]
    place: Where,
}

#[derive(Debug, clap::Args)]
pub struct RestoreArgs {
    /// Folder that `backup` has made
    backup: PathBuf,
    /// Put away the data that are there now (beside the new ones) in place of refusing
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    place: Where,
}

/// What a backup says of itself.
#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    /// Of the program that made it.
    version: String,
    /// RFC 3339, UTC.
    made_at: String,
    bytes: u64,
    /// Of the database, in hexadecimal.
    sha256: String,
    /// Résumés whose files were lost before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    lost: Vec<String>,
}

fn sha256(path: &Path) -> std::io::Result<(u64, String)> {
    let (mut file, mut digest, mut bytes) = (File::open(path)?, Sha256::new(), 0);
    let mut block = vec![0; 1 << 20];
    loop {
        match file.read(&mut block)? {
            0 => break,
            n => {
                digest.update(&block[..n]);
                bytes += n as u64;
            }
        }
    }
    Ok((bytes, digest.finalize().iter().map(|b| format!("{b:02x}")).collect()))
}

/// On disk when it returns, with its place in the folder.
fn settle(path: &Path) -> std::io::Result<()> {
    File::open(path)?.sync_all()?;
    match path.parent() {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

fn private(folder: &Path) -> std::io::Result<()> {
    let mut make = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut make, 0o700);
    make.create(folder)
}

/// Copies the data of a server, which may be running.
pub fn backup(args: &BackupArgs) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    private(&args.out).with_context(|| format!("{}: cannot make the folder", args.out.display()))?;
    let file = args.out.join(DATABASE);
    let lost = runtime.block_on(async {
        let store = super::open_store(&args.place).await?;
        let lost = store.copy_to(&file).await.context("the copy failed")?;
        store.close().await;
        Ok::<_, Failure>(lost)
    })?;
    settle(&file)?;
    let (bytes, sha256) = sha256(&file)?;
    let manifest = Manifest {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: jiff::Timestamp::now().to_string(),
        bytes,
        sha256,
        lost,
    };
    for id in &manifest.lost {
        eprintln!("bespoke: the file of the résumé {id} is lost: it is not in the backup");
    }
    let path = args.out.join(MANIFEST);
    std::fs::write(&path, serde_json::to_vec_pretty(&manifest)?)?;
    settle(&path)?;
    print_text(&format!(
        "{bytes} bytes are in {}. The master key is not among them: keep its copy elsewhere.",
        args.out.display()
    ))
}

/// Checks a backup in full, then puts it in place. The server must not run.
pub fn restore(args: &RestoreArgs) -> Result<(), Failure> {
    let at = args.place.location()?;
    let data = at.folder.clone();
    let target = data.join(DATABASE);
    if at.database_url.is_none() && target.exists() && !args.replace {
        return Err(Failure::Usage(format!(
            "{} holds data already: stop the server and add --replace",
            data.display()
        )));
    }
    let unsound = |reason: String| Failure::Input {
        path: args.backup.display().to_string(),
        reason,
    };
    let manifest = std::fs::read(args.backup.join(MANIFEST)).map_err(|e| unsound(format!("{MANIFEST}: {e}")))?;
    let manifest: Manifest = serde_json::from_slice(&manifest).map_err(|e| unsound(format!("{MANIFEST}: {e}")))?;
    let source = args.backup.join(DATABASE);
    let (bytes, digest) = sha256(&source).map_err(|e| unsound(format!("{DATABASE}: {e}")))?;
    if (bytes, &digest) != (manifest.bytes, &manifest.sha256) {
        return Err(unsound(format!("{DATABASE} is not what was backed up: it is damaged")));
    }
    std::fs::create_dir_all(&data).with_context(|| format!("{}: cannot make the folder", data.display()))?;
    let work = data.join(format!("restoring-{}", std::process::id()));
    private(&work)?;
    let restored = check(&at, &manifest, &source, &work).and_then(|rows| {
        if at.database_url.is_some() {
            load(&at, &work.join(DATABASE))?;
            return Ok(rows);
        }
        put_away(&data, &target)?;
        std::fs::rename(work.join(DATABASE), &target)?;
        settle(&target)?;
        Ok(rows)
    });
    std::fs::remove_dir_all(&work)?;
    let rows = restored?;
    print_text(&format!("{rows} rows of {} are restored and sound.", manifest.made_at))
}

/// Opens a copy with the master key (people who were deleted since then are deleted again), and examines it.
fn check(at: &Location, manifest: &Manifest, source: &Path, work: &Path) -> Result<u64, Failure> {
    std::fs::copy(source, work.join(DATABASE))?;
    // Who was deleted is listed here where the key is no file.
    let list = at.folder.join("tombstones");
    if list.exists() {
        std::fs::copy(list, work.join("tombstones"))?;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        // Its own folder has neither the key nor the list of who was deleted since.
        let copy = Location {
            folder: work.to_owned(),
            database_url: None,
            ..at.clone()
        };
        let store = Store::open_at(&copy).await.context("the backup cannot be opened")?;
        let found = store.examine().await.context("the backup cannot be read")?;
        store.close().await;
        let known = |fault: &Fault| fault.row.as_ref().is_some_and(|row| manifest.lost.contains(row));
        match found.faults.iter().find(|fault| !known(fault)) {
            None => Ok(found.rows),
            Some(fault) => Err(Failure::Other(anyhow!(
                "the backup is unsound: {}",
                doctor::readable(fault)
            ))),
        }
    })
}

/// Fills an empty PostgreSQL database with a copy that was found sound.
fn load(at: &Location, copy: &Path) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match runtime.block_on(Store::load(at, copy)) {
        Ok(_) => Ok(()),
        Err(StoreError::Occupied) => Err(Failure::Usage(
            "the database of database_url holds data already: name a new, empty one".into(),
        )),
        Err(error) => Err(anyhow::Error::new(error)
            .context("the database of database_url cannot be filled")
            .into()),
    }
}

/// Moves the data that are there into a folder of their own.
fn put_away(data: &Path, target: &Path) -> std::io::Result<()> {
    if !target.exists() {
        return Ok(());
    }
    let stamp: String = jiff::Timestamp::now()
        .to_string()
        .chars()
        .filter(char::is_ascii_digit)
        .take(14)
        .collect();
    let folder = data.join(format!("before-restore-{stamp}"));
    private(&folder)?;
    for name in ["bespoke.db", "bespoke.db-wal", "bespoke.db-shm"] {
        let file = data.join(name);
        if file.exists() {
            std::fs::rename(&file, folder.join(name))?;
        }
    }
    Ok(())
}
