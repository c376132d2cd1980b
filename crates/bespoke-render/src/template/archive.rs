//! A template as a ZIP archive: `template.toml`, `style.json`, `resume.typ.j2`, optionally `resume.docx`.

use super::Template;
use crate::RenderError;
use crate::zipped;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Largest archive and largest file in it, in bytes.
const MAX_BYTES: u64 = 5 << 20;
/// Most files of an archive.
const MAX_FILES: usize = 50;

impl Template {
    /// Writes the template as a ZIP archive. The same template gives the same bytes.
    ///
    /// # Errors
    /// [`RenderError::Archive`] where it cannot be written.
    pub fn to_zip(&self) -> Result<Vec<u8>, RenderError> {
        let about = toml::to_string(&self.about).map_err(|e| RenderError::Archive(e.to_string()))?;
        let style = serde_json::to_string_pretty(&self.style).map_err(|e| RenderError::Archive(e.to_string()))?;
        let mut files = vec![
            ("template.toml", about.as_bytes()),
            ("style.json", style.as_bytes()),
            ("resume.typ.j2", self.source.as_bytes()),
        ];
        if let Some(docx) = &self.docx {
            files.push(("resume.docx", docx));
        }
        zipped::pack(&files).map_err(RenderError::Archive)
    }

    /// Reads a template from a ZIP archive; the files may stand in one folder. Other files are passed over.
    ///
    /// # Errors
    /// [`RenderError::Archive`] where a file is missing or too large, [`RenderError::Style`] or
    /// [`RenderError::Template`] where one is faulty.
    pub fn from_zip(name: &str, bytes: &[u8]) -> Result<Template, RenderError> {
        let fault = |detail: String| RenderError::Archive(detail);
        if bytes.len() as u64 > MAX_BYTES {
            return Err(fault(format!("it is larger than {} MB", MAX_BYTES >> 20)));
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| fault(e.to_string()))?;
        if archive.len() > MAX_FILES {
            return Err(fault(format!("it holds more than {MAX_FILES} files")));
        }
        let mut file = |wanted: &str| -> Result<Option<Vec<u8>>, RenderError> {
            for index in 0..archive.len() {
                let entry = archive.by_index(index).map_err(|e| fault(e.to_string()))?;
                let path = entry.name().map_err(|e| fault(e.to_string()))?.replace('\\', "/");
                let inside = path.split_once('/').map_or(path.as_str(), |(_, rest)| rest);
                if inside != wanted && path != wanted {
                    continue;
                }
                // The size that an archive states may be a lie: stop reading at the limit.
                let mut content = Vec::new();
                entry
                    .take(MAX_BYTES + 1)
                    .read_to_end(&mut content)
                    .map_err(|e| fault(e.to_string()))?;
                if content.len() as u64 > MAX_BYTES {
                    return Err(fault(format!("{wanted} is larger than {} MB", MAX_BYTES >> 20)));
                }
                return Ok(Some(content));
            }
            Ok(None)
        };
        let mut text = |wanted: &str| -> Result<String, RenderError> {
            let content = file(wanted)?.ok_or_else(|| fault(format!("{wanted} is missing")))?;
            String::from_utf8(content).map_err(|_| fault(format!("{wanted} is not UTF-8 text")))
        };
        let (about, style, source) = (text("template.toml")?, text("style.json")?, text("resume.typ.j2")?);
        let docx = file("resume.docx")?;
        Template::from_parts(name, &about, &style, &source, docx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_round_trips_and_a_bad_one_says_why() {
        for template in Template::all() {
            let mine = template.copied("mine", "Mine");
            let zip = mine.to_zip().unwrap();
            assert_eq!(Template::from_zip("mine", &zip).unwrap(), mine);
            assert_eq!(mine.to_zip().unwrap(), zip);
        }
        let folder = zipped::pack(&[
            ("mine/template.toml", b"title = 'A'\ndescription = 'B'"),
            ("mine/style.json", b"{}"),
        ]);
        let error = Template::from_zip("mine", &folder.unwrap()).unwrap_err().to_string();
        assert!(error.contains("resume.typ.j2 is missing"), "{error}");
        assert!(Template::from_zip("mine", b"PK").is_err());
    }
}
