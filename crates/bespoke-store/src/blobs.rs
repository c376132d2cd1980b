//! Files outside the database: in a folder or in an S3 bucket, sealed before they come here. Names are ids; nothing here
//! knows whose they are.

use crate::StoreError;
use futures_util::TryStreamExt;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};
use std::sync::Arc;

/// Where originals are, one object each.
pub(crate) const ORIGINALS: &str = "originals";
/// Where deleted people are listed, one empty object each.
pub(crate) const TOMBSTONES: &str = "tombstones";

/// A place for files.
#[derive(Debug, Clone)]
pub(crate) struct Blobs {
    objects: Arc<dyn ObjectStore>,
    /// What stands before every name.
    prefix: Path,
}

/// An object that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listed {
    /// Its name without folder and prefix.
    pub(crate) name: String,
    /// When it was written, in milliseconds since 1970.
    pub(crate) written_ms: i64,
}

impl Blobs {
    /// Opens `s3://bucket/prefix` (whose access is in the variables `AWS_…` of the environment), or a folder, made where
    /// it is missing.
    ///
    /// # Errors
    /// The folder cannot be made; the variables are wrong.
    pub(crate) fn open(place: &str) -> Result<Blobs, StoreError> {
        let Some(bucket) = place.strip_prefix("s3://") else {
            std::fs::create_dir_all(place).map_err(|error| StoreError::Blobs(error.to_string()))?;
            let objects = LocalFileSystem::new_with_prefix(place)?.with_fsync(true);
            return Ok(Blobs {
                objects: Arc::new(objects),
                prefix: Path::default(),
            });
        };
        // Refused where there is one already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let (bucket, prefix) = bucket.split_once('/').unwrap_or((bucket, ""));
        let objects = AmazonS3Builder::from_env().with_bucket_name(bucket).build()?;
        Ok(Blobs {
            objects: Arc::new(objects),
            prefix: Path::from(prefix),
        })
    }

    fn place(&self, kind: &str, name: &str) -> Path {
        self.prefix.clone().join(kind).join(name)
    }

    /// Writes an object: kept when this returns.
    ///
    /// # Errors
    /// The place does not answer or is full.
    pub(crate) async fn put(&self, kind: &str, name: &str, bytes: Vec<u8>) -> Result<(), StoreError> {
        self.objects.put(&self.place(kind, name), bytes.into()).await?;
        Ok(())
    }

    /// Reads an object; `None` where there is none.
    ///
    /// # Errors
    /// The place does not answer.
    pub(crate) async fn get(&self, kind: &str, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        match self.objects.get(&self.place(kind, name)).await {
            Ok(found) => Ok(Some(found.bytes().await?.into())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Deletes an object; one that is not there is no error.
    ///
    /// # Errors
    /// The place does not answer.
    pub(crate) async fn delete(&self, kind: &str, name: &str) -> Result<(), StoreError> {
        match self.objects.delete(&self.place(kind, name)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Every object of a kind.
    ///
    /// # Errors
    /// The place does not answer.
    pub(crate) async fn list(&self, kind: &str) -> Result<Vec<Listed>, StoreError> {
        let folder = self.prefix.clone().join(kind);
        let found: Vec<_> = self.objects.list(Some(&folder)).try_collect().await?;
        Ok(found
            .into_iter()
            .filter_map(|object| {
                Some(Listed {
                    name: object.location.filename()?.to_owned(),
                    written_ms: object.last_modified.timestamp_millis(),
                })
            })
            .collect())
    }
}
