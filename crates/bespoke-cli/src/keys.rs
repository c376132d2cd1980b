//! Where the data and the master key lie: options that several commands share.

use crate::failure::Failure;
use bespoke_store::Store;
use bespoke_store::crypto::KeySource;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// A secret of the command line or the environment; never shown.
#[derive(Clone)]
pub struct Secret(zeroize::Zeroizing<String>);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[hidden]")
    }
}

impl FromStr for Secret {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Secret(zeroize::Zeroizing::new(text.to_owned())))
    }
}

#[derive(Debug, Clone, clap::Args)]
pub struct DataArgs {
    /// Folder for the database and the files, made if missing [default: the user's data folder]
    #[arg(long, env = "BESPOKE_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    /// File of the master key [default: beside the data folder, `<DIR>.key`]
    #[arg(long, env = "BESPOKE_MASTER_KEY_FILE", value_name = "FILE", conflicts_with_all = ["key_command", "master_key"])]
    key_file: Option<PathBuf>,
    /// Command that prints the master key
    #[arg(
        long,
        env = "BESPOKE_MASTER_KEY_COMMAND",
        value_name = "COMMAND",
        conflicts_with = "master_key"
    )]
    key_command: Option<String>,
    /// The master key itself, 32 bytes as base64; only from the environment, as others see command lines
    #[arg(long, env = "BESPOKE_MASTER_KEY", hide = true, hide_env_values = true)]
    master_key: Option<Secret>,
}

impl DataArgs {
    /// The data folder.
    pub fn dir(&self) -> PathBuf {
        self.data.clone().unwrap_or_else(data_dir)
    }

    /// Where the master key lies.
    pub fn key(&self) -> KeySource {
        if let Some(Secret(text)) = &self.master_key {
            KeySource::Text(text.clone())
        } else if let Some(command) = &self.key_command {
            KeySource::Command(command.clone())
        } else if let Some(path) = &self.key_file {
            KeySource::File(path.clone())
        } else {
            KeySource::beside(&self.dir())
        }
    }

    /// Opens the store of a data folder that is there already.
    ///
    /// # Errors
    /// There is no database; it does not open.
    pub async fn open(&self) -> Result<Store, Failure> {
        let dir = self.dir();
        if !dir.join("bespoke.db").is_file() {
            return Err(Failure::Input {
                path: dir.display().to_string(),
                reason: "there is no database in this folder; name the right one with --data".into(),
            });
        }
        Store::open_with(&dir, self.key()).await.map_err(failed)
    }
}

/// A failure of the store.
pub fn failed(error: bespoke_store::StoreError) -> Failure {
    Failure::Other(error.into())
}

/// `bespoke` in the user's data folder.
fn data_dir() -> PathBuf {
    std::env::var_os("XDG_DATA_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/share")))
        .unwrap_or_else(|| PathBuf::from("."))
        .join("bespoke")
}
