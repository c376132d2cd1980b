//! The one folder whose files an assistant may have read or written.

use crate::failure::Failure;
use std::path::{Component, Path, PathBuf};

/// A folder that nothing leads out of.
#[derive(Debug)]
pub struct Folder(PathBuf);

fn refused(path: &str, reason: impl ToString) -> Failure {
    Failure::Input {
        path: path.to_owned(),
        reason: reason.to_string(),
    }
}

impl Folder {
    /// # Errors
    /// There is no such folder.
    pub fn open(path: &Path) -> Result<Folder, Failure> {
        let shown = path.display().to_string();
        let whole = path.canonicalize().map_err(|e| refused(&shown, e))?;
        match whole.is_dir() {
            true => Ok(Folder(whole)),
            false => Err(refused(&shown, "is no folder")),
        }
    }

    /// The bytes of a file in the folder, and its name. Links that lead outside are refused.
    ///
    /// # Errors
    /// It lies outside, or cannot be read.
    pub fn read(&self, path: &str) -> Result<(Vec<u8>, String), Failure> {
        let whole = self.0.join(path).canonicalize().map_err(|e| refused(path, e))?;
        self.holds(path, &whole)?;
        let name = whole.file_name().unwrap_or_default().to_string_lossy().into_owned();
        std::fs::read(&whole)
            .map(|bytes| (bytes, name))
            .map_err(|e| refused(path, e))
    }

    /// Writes a new file in the folder; its own folders are made. What exists is never overwritten.
    ///
    /// # Errors
    /// It lies outside, exists, or cannot be written.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<PathBuf, Failure> {
        let wanted = self.0.join(path);
        let plain = |c: Component<'_>| matches!(c, Component::Normal(_));
        if !wanted
            .strip_prefix(&self.0)
            .is_ok_and(|inner| inner.components().all(plain))
        {
            return Err(refused(path, "lies outside the served folder"));
        }
        let parent = wanted.parent().unwrap_or(&self.0);
        // The nearest folder that exists must lie inside before any is made below it.
        let known = parent.ancestors().find(|a| a.exists()).unwrap_or(&self.0);
        self.holds(path, &known.canonicalize().map_err(|e| refused(path, e))?)?;
        std::fs::create_dir_all(parent).map_err(|e| refused(path, e))?;
        let mut file = std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&wanted)
            .map_err(|e| refused(path, e))?;
        std::io::Write::write_all(&mut file, bytes).map_err(|e| refused(path, e))?;
        Ok(wanted)
    }

    fn holds(&self, path: &str, whole: &Path) -> Result<(), Failure> {
        match whole.starts_with(&self.0) {
            true => Ok(()),
            false => Err(refused(path, "lies outside the served folder")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leads_outside() {
        let dir = tempfile::tempdir().unwrap();
        let inside = dir.path().join("inside");
        std::fs::create_dir(&inside).unwrap();
        std::fs::write(dir.path().join("secret.txt"), "secret").unwrap();
        std::fs::write(inside.join("cv.txt"), "cv").unwrap();
        let folder = Folder::open(&inside).unwrap();
        assert_eq!(folder.read("cv.txt").unwrap(), (b"cv".to_vec(), "cv.txt".to_owned()));
        let absolute = dir.path().join("secret.txt");
        for path in ["../secret.txt", "none.txt", absolute.to_str().unwrap()] {
            assert!(folder.read(path).is_err(), "{path}");
        }
        folder.write("out/cv.pdf", b"%PDF").unwrap();
        assert!(folder.write("out/cv.pdf", b"%PDF").is_err(), "nothing is overwritten");
        for path in ["../cv.pdf", "out/../../cv.pdf", "/tmp/bespoke-outside.pdf"] {
            assert!(folder.write(path, b"%PDF").is_err(), "{path}");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(dir.path(), inside.join("link")).unwrap();
            assert!(folder.read("link/secret.txt").is_err());
            assert!(folder.write("link/cv.pdf", b"%PDF").is_err());
        }
    }
}
