//! Taxonomies that people have imported: one file each in the folder `taxonomies` of the data folder.

use bespoke_core::roles::{Role, Taxonomy, TaxonomyError};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Why imported taxonomies cannot be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum TaxonomiesError {
    /// The disk refused.
    #[error("{0}: {1}")]
    Disk(PathBuf, std::io::Error),
    /// A file is not one that the import wrote.
    #[error("{0}: not an imported taxonomy ({1}); import it again or remove the file")]
    Damaged(PathBuf, String),
    /// Two taxonomies do not go together.
    #[error("the imported taxonomies do not go together: {0}")]
    Together(#[from] TaxonomyError),
    /// A name that cannot be the name of a file.
    #[error("“{0}” cannot name a taxonomy: use letters, digits, - and _, at most 64 of them, and not `builtin`")]
    Name(String),
}

/// Roles imported under one name.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Imported {
    /// The name.
    pub name: String,
    /// The roles; their ids start with the name and a colon.
    pub roles: Vec<Role>,
}

fn folder(data: &Path) -> PathBuf {
    data.join("taxonomies")
}

fn path(data: &Path, name: &str) -> Result<PathBuf, TaxonomiesError> {
    let good = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if name.is_empty() || name.len() > 64 || name == "builtin" || !name.chars().all(good) {
        return Err(TaxonomiesError::Name(name.to_owned()));
    }
    Ok(folder(data).join(format!("{name}.json")))
}

/// Keeps roles under a name, in place of those that it had. Their ids get the name before them, so that the roles of
/// several taxonomies stay apart.
///
/// # Errors
/// A name that cannot be one, or a folder that cannot be written.
pub fn save(data: &Path, name: &str, mut roles: Vec<Role>) -> Result<Imported, TaxonomiesError> {
    let path = path(data, name)?;
    for role in &mut roles {
        role.id = format!("{name}:{}", role.id);
        for other in &mut role.neighbours {
            *other = format!("{name}:{other}");
        }
    }
    let imported = Imported {
        name: name.to_owned(),
        roles,
    };
    let disk = |e| TaxonomiesError::Disk(path.clone(), e);
    let bytes = serde_json::to_vec(&imported).map_err(|e| disk(e.into()))?;
    let temporary = path.with_extension(format!("{}.tmp", std::process::id()));
    std::fs::create_dir_all(folder(data)).map_err(disk)?;
    std::fs::write(&temporary, bytes).map_err(disk)?;
    std::fs::rename(&temporary, &path).map_err(disk)?;
    Ok(imported)
}

/// Removes a taxonomy; false where there is none of this name.
///
/// # Errors
/// A name that cannot be one, or a file that cannot be removed.
pub fn remove(data: &Path, name: &str) -> Result<bool, TaxonomiesError> {
    let path = path(data, name)?;
    match std::fs::remove_file(&path) {
        Ok(()) => Ok(true),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(e) => Err(TaxonomiesError::Disk(path, e)),
    }
}

/// The imported taxonomies in the order of their names; none where the folder is not there.
///
/// # Errors
/// A folder or file that cannot be read, or a file that is not an imported taxonomy.
pub fn imported(data: &Path) -> Result<Vec<Imported>, TaxonomiesError> {
    let folder = folder(data);
    let entries = match std::fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(TaxonomiesError::Disk(folder, e)),
    };
    let mut paths: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "json"))
        .collect();
    paths.sort();
    let read = |path: PathBuf| {
        let bytes = std::fs::read(&path).map_err(|e| TaxonomiesError::Disk(path.clone(), e))?;
        serde_json::from_slice(&bytes).map_err(|e| TaxonomiesError::Damaged(path, e.to_string()))
    };
    paths.into_iter().map(read).collect()
}

/// The built-in roles and those that were imported, in one taxonomy.
///
/// # Errors
/// As [`imported`]; besides, roles that do not go together.
pub fn all(data: &Path) -> Result<Taxonomy, TaxonomiesError> {
    let mut roles = Taxonomy::builtin().roles().to_vec();
    roles.extend(imported(data)?.into_iter().flat_map(|i| i.roles));
    Ok(Taxonomy::of(roles)?)
}
