//! The keys of people: made with their workspace, kept wrapped, opened once and then held in memory.

use super::{Store, now};
use crate::StoreError;
use crate::crypto::{Cell, CryptoError, KeyBytes, KeyError, KeySource, MasterKeys, PersonKey, random};
use crate::db::{Pool, Row, Tx, query, sqlite};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};
use zeroize::Zeroizing;

/// Owner of the key that seals the server's own secrets.
pub(super) const SYSTEM: &str = "system";
const VERSION: u32 = 1;
/// Opened keys that are held; past that, all are dropped and opened again when they are needed.
const HELD: usize = 10_000;
/// Keys that are wrapped again in one transaction.
const BATCH: i64 = 100;

/// The master keys, and the keys of people that are open.
#[derive(Debug)]
pub(super) struct Keyring {
    source: KeySource,
    master: RwLock<MasterKeys>,
    open: RwLock<HashMap<String, Arc<PersonKey>>>,
    pub(super) tombstones: PathBuf,
    made: Option<PathBuf>,
}

/// What a rotation of the master key did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rotation {
    /// Id of the key that is present now.
    pub master_id: String,
    /// Keys of people that were wrapped again by this run.
    pub rewrapped: u64,
}

impl Keyring {
    pub(super) async fn open(writer: &Pool, source: KeySource, folder: &Path) -> Result<Keyring, StoreError> {
        let row = query("SELECT master_id FROM vault").fetch_optional(writer).await?;
        let sealed_with: Option<String> = row.map(|row| row.try_get("master_id")).transpose()?;
        let mut made = None;
        let master = match (source.load()?, &sealed_with) {
            (Some(keys), _) => keys,
            (None, Some(_)) => return Err(KeyError::Missing(source.name()).into()),
            (None, None) => {
                let keys = MasterKeys::generate()?;
                source.save(&keys)?;
                if let KeySource::File(path) = &source {
                    made = Some(path.clone());
                }
                keys
            }
        };
        match &sealed_with {
            Some(id) if !master.has(id) => return Err(KeyError::Other(source.name()).into()),
            Some(_) => {}
            None => {
                query("INSERT INTO vault (id, master_id) VALUES (1, ?) ON CONFLICT DO NOTHING")
                    .bind(master.present())
                    .execute(writer)
                    .await?;
                // Another server may have been first.
                let row = query("SELECT master_id FROM vault").fetch_one(writer).await?;
                if !master.has(row.try_get("master_id")?) {
                    return Err(KeyError::Other(source.name()).into());
                }
            }
        }
        Ok(Keyring {
            tombstones: source.tombstones(folder),
            source,
            master: RwLock::new(master),
            open: RwLock::default(),
            made,
        })
    }

    /// The master keys with this one among them: read again where another process has rotated them meanwhile.
    fn master(&self, id: &str) -> Result<MasterKeys, StoreError> {
        if let Some(keys) = self.master.read().ok().filter(|keys| keys.has(id)) {
            return Ok(keys.clone());
        }
        let other = || KeyError::Other(self.source.name());
        let keys = self.source.load()?.filter(|keys| keys.has(id)).ok_or_else(other)?;
        self.replace(keys.clone());
        Ok(keys)
    }

    fn replace(&self, keys: MasterKeys) {
        if let Ok(mut master) = self.master.write() {
            *master = keys;
        }
    }

    pub(super) fn hold(&self, owner: &str, key: PersonKey) -> Arc<PersonKey> {
        let key = Arc::new(key);
        if let Ok(mut open) = self.open.write() {
            if open.len() >= HELD {
                open.clear();
            }
            open.insert(owner.to_owned(), key.clone());
        }
        key
    }

    pub(super) fn forget(&self, owner: &str) {
        if let Ok(mut open) = self.open.write() {
            open.remove(owner);
        }
    }

    fn unwrap(&self, row: &Row) -> Result<(String, u32, String, KeyBytes), StoreError> {
        let owner: String = row.try_get("owner")?;
        let version: u32 = row.try_get("version")?;
        let master_id: String = row.try_get("master_id")?;
        let wrapped: Vec<u8> = row.try_get("wrapped")?;
        let bytes = self.master(&master_id)?.unwrap(&master_id, &owner, version, &wrapped)?;
        Ok((owner, version, master_id, bytes))
    }
}

impl Store {
    /// The file of the master key, where opening this store has made it: whoever runs the server must keep a copy.
    pub fn made_key(&self) -> Option<&Path> {
        self.keyring.made.as_deref()
    }

    /// The key that seals what belongs to a workspace.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is no such workspace (any more); the key does not open; the database fails.
    pub async fn person_key(&self, workspace: &str) -> Result<Arc<PersonKey>, StoreError> {
        if let Some(key) = self
            .keyring
            .open
            .read()
            .ok()
            .and_then(|open| open.get(workspace).cloned())
        {
            return Ok(key);
        }
        let row = query("SELECT owner, version, master_id, wrapped FROM keys WHERE owner = ?")
            .bind(workspace)
            .fetch_optional(&self.readers)
            .await?;
        let (owner, version, _, bytes) = self.keyring.unwrap(&row.ok_or(StoreError::NotFound)?)?;
        Ok(self.keyring.hold(&owner, PersonKey::new(&owner, version, &bytes)?))
    }

    /// Makes the key of a new owner; hold it in the keyring once the transaction is committed.
    pub(super) async fn new_key(&self, tx: &mut Tx, owner: &str) -> Result<PersonKey, StoreError> {
        // Asked in the transaction, so that a rotation elsewhere cannot pass between.
        let row = query("SELECT master_id FROM vault").fetch_one(&mut **tx).await?;
        let master_id: String = row.try_get("master_id")?;
        let bytes: KeyBytes = Zeroizing::new(random()?);
        let wrapped = self
            .keyring
            .master(&master_id)?
            .wrap(&master_id, owner, VERSION, &bytes)?;
        query("INSERT INTO keys (owner, version, master_id, wrapped, created_at) VALUES (?, ?, ?, ?, ?)")
            .bind(owner)
            .bind(VERSION)
            .bind(&master_id)
            .bind(wrapped)
            .bind(now())
            .execute(&mut **tx)
            .await?;
        Ok(PersonKey::new(owner, VERSION, &bytes)?)
    }

    pub(super) async fn make_system_key(&self) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let known = query("SELECT 1 FROM keys WHERE owner = ?")
            .bind(SYSTEM)
            .fetch_optional(&mut *tx)
            .await?;
        if known.is_none() {
            let key = self.new_key(&mut tx, SYSTEM).await?;
            tx.commit().await?;
            self.keyring.hold(SYSTEM, key);
        }
        Ok(())
    }

    /// A secret of the server by name, made of 32 random bytes where there is none yet.
    ///
    /// # Errors
    /// The key of the server does not open; the database fails.
    pub async fn secret(&self, name: &str) -> Result<[u8; 32], StoreError> {
        let key = self.person_key(SYSTEM).await?;
        let cell = Cell {
            table: "secrets",
            column: "value",
            row: name,
        };
        const SECRET: &str = "SELECT value FROM secrets WHERE name = ?";
        let known = query(SECRET).bind(name).fetch_optional(&self.readers).await?;
        let row = match known {
            Some(row) => row,
            None => {
                let mut tx = self.begin().await?;
                query("INSERT INTO secrets (name, value, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                    .bind(name)
                    .bind(key.seal(cell, &random::<32>()?)?)
                    .bind(now())
                    .execute(&mut *tx)
                    .await?;
                let row = query(SECRET).bind(name).fetch_one(&mut *tx).await?;
                tx.commit().await?;
                row
            }
        };
        let value = Zeroizing::new(key.open(cell, row.try_get("value")?)?);
        let fault = || CryptoError::Wrapped(name.to_owned());
        Ok(value.as_slice().try_into().map_err(|_| fault())?)
    }

    /// Replaces the master key: makes a new one (or takes the first of the source, where the person has put a new one
    /// before the present one), wraps every key of a person with it, and drops the older ones from the file. What was
    /// interrupted goes on where it stopped. A running server follows by itself. Data are not sealed again: their keys
    /// stay the same.
    ///
    /// # Errors
    /// The source cannot be read or written; a key does not open; the database fails.
    pub async fn rotate_keys(&self) -> Result<Rotation, StoreError> {
        let source = &self.keyring.source;
        let mut keys = source.load()?.ok_or_else(|| KeyError::Missing(source.name()))?;
        let row = query("SELECT master_id, EXISTS (SELECT 1 FROM keys WHERE keys.master_id <> vault.master_id) AS unfinished FROM vault")
            .fetch_one(&self.writer)
            .await?;
        let present: String = row.try_get("master_id")?;
        if !keys.has(&present) {
            return Err(KeyError::Other(source.name()).into());
        }
        if present == keys.present() && !row.try_get::<bool, _>("unfinished")? {
            keys = keys.with_new()?;
            source.save(&keys)?;
        }
        self.keyring.replace(keys.clone());
        let new = keys.present().to_owned();
        query("UPDATE vault SET master_id = ?")
            .bind(&new)
            .execute(&self.writer)
            .await?;
        let mut rewrapped = 0;
        loop {
            let done = self.rewrap(&keys, &new).await?;
            if done == 0 {
                break;
            }
            rewrapped += done;
        }
        if let KeySource::File(_) = source {
            let keys = keys.present_only();
            source.save(&keys)?;
            self.keyring.replace(keys);
        }
        self.wipe_log().await?;
        Ok(Rotation {
            master_id: new,
            rewrapped,
        })
    }

    /// Wraps the next keys; how many.
    async fn rewrap(&self, keys: &MasterKeys, new: &str) -> Result<u64, StoreError> {
        let mut tx = self.begin().await?;
        let rows = query("SELECT owner, version, master_id, wrapped FROM keys WHERE master_id <> ? LIMIT ?")
            .bind(new)
            .bind(BATCH)
            .fetch_all(&mut *tx)
            .await?;
        for row in &rows {
            let (owner, version, _, bytes) = self.keyring.unwrap(row)?;
            query("UPDATE keys SET wrapped = ?, master_id = ? WHERE owner = ?")
                .bind(keys.wrap(new, &owner, version, &bytes)?)
                .bind(new)
                .bind(&owner)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(rows.len() as u64)
    }

    /// Takes what was overwritten out of the write-ahead log. PostgreSQL reuses the room in its own time.
    pub(super) async fn wipe_log(&self) -> Result<(), StoreError> {
        match &self.writer {
            Pool::SqliteWriter(writer) => Ok(sqlite::wipe_log(writer).await?),
            Pool::Sqlite(_) | Pool::Postgres(_) => Ok(()),
        }
    }
}
