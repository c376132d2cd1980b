//! The master key and where it lies: a file that only its owner may read, a variable of the environment, or a command.
//!
//! Each source gives one key a line (32 bytes as base64, `#` begins a comment). The first is the present one; the
//! others are older ones that still open what `keys rotate` has not reached yet.

use super::seal::Wrapping;
use super::{CryptoError, KeyBytes, random};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Why there is no master key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The data are sealed, and the key that opens them is not there.
    #[error(
        "{0} holds no master key, but the data are sealed with one: bring the key back (a new one cannot open them)"
    )]
    Missing(String),
    /// Others may read the file.
    #[error("{}: others may read this file; run `chmod 600` on it", .0.display())]
    Exposed(PathBuf),
    /// A line is no key.
    #[error("{0}: line {1} is no key: it needs 32 bytes as base64")]
    Malformed(String, usize),
    /// None of the keys is the one that the data are sealed with.
    #[error("{0} does not hold the master key that the data are sealed with")]
    Other(String),
    /// The command failed.
    #[error("the command for the master key failed: {0}")]
    Command(String),
    /// A new key must be put first by the person, as this source cannot be written.
    #[error(
        "{0} cannot be written: put the new key before the present one (separated by a line break or a comma) and run this again"
    )]
    NotWritable(String),
    /// The disk failed.
    #[error("{}: {error}", .path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What happened.
        error: std::io::Error,
    },
    /// No random numbers.
    #[error(transparent)]
    Crypto(#[from] CryptoError),
}

/// Where the master key lies.
#[derive(Clone, PartialEq, Eq)]
pub enum KeySource {
    /// A file; made where it is missing and nothing is sealed yet.
    File(PathBuf),
    /// The keys themselves, from the environment.
    Text(Zeroizing<String>),
    /// A command whose output are the keys; run by `sh -c`.
    Command(String),
}

impl fmt::Debug for KeySource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name())
    }
}

impl KeySource {
    /// The file beside a data folder: `<folder>.key`.
    pub fn beside(folder: &Path) -> KeySource {
        let mut name = folder.components().as_path().as_os_str().to_owned();
        name.push(".key");
        KeySource::File(name.into())
    }

    /// What to call it; never shows a key.
    pub fn name(&self) -> String {
        match self {
            KeySource::File(path) => path.display().to_string(),
            KeySource::Text(_) => "the environment".into(),
            KeySource::Command(_) => "the command for the master key".into(),
        }
    }

    /// The keys; `None` where there is no such file.
    ///
    /// # Errors
    /// Others may read the file, a line is no key, the command failed, the disk failed.
    pub fn load(&self) -> Result<Option<MasterKeys>, KeyError> {
        let text = match self {
            KeySource::Text(text) => text.clone(),
            KeySource::Command(command) => Zeroizing::new(output(command)?),
            KeySource::File(path) => match std::fs::read_to_string(path) {
                Ok(text) => {
                    private(path)?;
                    Zeroizing::new(text)
                }
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
                Err(error) => {
                    return Err(KeyError::File {
                        path: path.clone(),
                        error,
                    });
                }
            },
        };
        let mut keys = Vec::new();
        for (at, line) in text.split(['\n', ',']).enumerate() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() {
                continue;
            }
            let fault = || KeyError::Malformed(self.name(), at + 1);
            let bytes = Zeroizing::new(STANDARD.decode(line).map_err(|_| fault())?);
            let bytes: [u8; 32] = bytes.as_slice().try_into().map_err(|_| fault())?;
            keys.push(MasterKey::of(Zeroizing::new(bytes)));
        }
        if keys.is_empty() {
            Err(KeyError::Missing(self.name()))
        } else {
            Ok(Some(MasterKeys { keys }))
        }
    }

    /// Writes the keys: whole or not at all, on disk when it returns, readable by the owner only.
    ///
    /// # Errors
    /// The source is no file; the disk failed.
    pub fn save(&self, keys: &MasterKeys) -> Result<(), KeyError> {
        let KeySource::File(path) = self else {
            return Err(KeyError::NotWritable(self.name()));
        };
        let mut text = Zeroizing::new(String::from(
            "# Master key of Bespoke. Without it the data cannot be read by anybody: keep a copy in a safe place,\n# never beside the data or their backups.\n",
        ));
        for key in &keys.keys {
            text.push_str(&Zeroizing::new(STANDARD.encode(key.wrapping.0.as_slice())));
            text.push('\n');
        }
        write(path, text.as_bytes()).map_err(|error| KeyError::File {
            path: path.clone(),
            error,
        })
    }

    /// The file that lists deleted people, so that an older backup does not bring them back: beside the key file, else
    /// in the data folder.
    pub(crate) fn tombstones(&self, folder: &Path) -> PathBuf {
        match self {
            KeySource::File(path) => path.with_extension("tombstones"),
            KeySource::Text(_) | KeySource::Command(_) => folder.join("tombstones"),
        }
    }
}

fn output(command: &str) -> Result<String, KeyError> {
    let done = std::process::Command::new("sh")
        .args(["-c", command])
        .stdin(std::process::Stdio::null())
        .output()
        .map_err(|e| KeyError::Command(e.to_string()))?;
    if !done.status.success() {
        return Err(KeyError::Command(format!("it ended with {}", done.status)));
    }
    String::from_utf8(done.stdout).map_err(|_| KeyError::Command("its output is no text".into()))
}

#[cfg(unix)]
fn private(path: &Path) -> Result<(), KeyError> {
    use std::os::unix::fs::PermissionsExt;
    let state = std::fs::metadata(path).map_err(|error| KeyError::File {
        path: path.to_owned(),
        error,
    })?;
    if state.permissions().mode() & 0o077 == 0 {
        Ok(())
    } else {
        Err(KeyError::Exposed(path.to_owned()))
    }
}

#[cfg(not(unix))]
fn private(_: &Path) -> Result<(), KeyError> {
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    let new = PathBuf::from(name);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&new, path)?;
    std::fs::File::open(folder)?.sync_all()
}

#[derive(Clone)]
struct MasterKey {
    id: String,
    wrapping: Wrapping,
}

impl MasterKey {
    fn of(bytes: KeyBytes) -> MasterKey {
        let mut hash = Sha256::new();
        hash.update(b"bespoke master key id");
        hash.update(bytes.as_slice());
        let id = hash.finalize()[..8].iter().map(|b| format!("{b:02x}")).collect();
        MasterKey {
            id,
            wrapping: Wrapping(bytes),
        }
    }
}

/// The present master key and older ones.
#[derive(Clone)]
pub struct MasterKeys {
    /// Never empty; the first is the present one.
    keys: Vec<MasterKey>,
}

impl fmt::Debug for MasterKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.keys.iter().map(|k| &k.id)).finish()
    }
}

impl MasterKeys {
    /// One new random key.
    ///
    /// # Errors
    /// [`CryptoError::NoRandom`].
    pub fn generate() -> Result<MasterKeys, CryptoError> {
        Ok(MasterKeys {
            keys: vec![MasterKey::of(Zeroizing::new(random()?))],
        })
    }

    /// These keys behind a new present one.
    pub(crate) fn with_new(&self) -> Result<MasterKeys, CryptoError> {
        let mut new = MasterKeys::generate()?;
        new.keys.extend(self.keys.iter().cloned());
        Ok(new)
    }

    /// Only the present key.
    pub(crate) fn present_only(&self) -> MasterKeys {
        MasterKeys {
            keys: self.keys[..1].to_vec(),
        }
    }

    /// Id of the present key: a hash, 16 hexadecimal digits.
    pub fn present(&self) -> &str {
        &self.keys[0].id
    }

    pub(crate) fn has(&self, id: &str) -> bool {
        self.keys.iter().any(|k| k.id == id)
    }

    pub(crate) fn wrap(&self, id: &str, owner: &str, version: u32, key: &KeyBytes) -> Result<Vec<u8>, CryptoError> {
        self.find(id, owner)?.wrapping.wrap(owner, version, key)
    }

    pub(crate) fn unwrap(&self, id: &str, owner: &str, version: u32, wrapped: &[u8]) -> Result<KeyBytes, CryptoError> {
        self.find(id, owner)?.wrapping.unwrap(owner, version, wrapped)
    }

    fn find(&self, id: &str, owner: &str) -> Result<&MasterKey, CryptoError> {
        let found = self.keys.iter().find(|k| k.id == id);
        found.ok_or_else(|| CryptoError::Wrapped(owner.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_file_is_private_and_reads_back() {
        let dir = tempfile::tempdir().unwrap();
        let source = KeySource::File(dir.path().join("keys/bespoke.key"));
        assert!(source.load().unwrap().is_none());
        let keys = MasterKeys::generate().unwrap().with_new().unwrap();
        source.save(&keys).unwrap();
        let read = source.load().unwrap().unwrap();
        assert_eq!(format!("{read:?}"), format!("{keys:?}"));
        assert_eq!(read.present_only().keys.len(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_may_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("k");
        let source = KeySource::File(path.clone());
        source.save(&MasterKeys::generate().unwrap()).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(source.load(), Err(KeyError::Exposed(_))));
    }

    #[test]
    fn keys_come_from_text_and_from_a_command() {
        let key = STANDARD.encode([1; 32]);
        let older = STANDARD.encode([2; 32]);
        let text = KeySource::Text(Zeroizing::new(format!("{key},{older}")));
        let command = KeySource::Command(format!("echo {key} '# ours'; echo {older}"));
        let (text, command) = (text.load().unwrap().unwrap(), command.load().unwrap().unwrap());
        assert_eq!(format!("{text:?}"), format!("{command:?}"));
        assert_eq!(text.keys.len(), 2);
        assert!(matches!(
            KeySource::Command("exit 3".into()).load(),
            Err(KeyError::Command(_))
        ));
        let short = KeySource::Text(Zeroizing::new("YWJj".into()));
        assert!(matches!(short.load(), Err(KeyError::Malformed(_, 1))));
        assert!(!format!("{short:?}").contains("YWJj"));
    }
}
