//! What a file is, by its content.

use super::IngestError;
use crate::document::Format;

/// The format of these bytes; the name only tells Markdown from plain text.
pub fn sniff(bytes: &[u8], name: Option<&str>) -> Result<Format, IngestError> {
    let unsupported = |found: &str| {
        Err(IngestError::Unsupported {
            found: found.to_owned(),
        })
    };
    let head = &bytes[..bytes.len().min(1024)];
    if head.windows(5).any(|w| w == b"%PDF-") {
        return Ok(Format::Pdf);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return zip_kind(bytes);
    }
    let image = [&b"\x89PNG"[..], b"\xff\xd8\xff", b"II*\0", b"MM\0*"];
    let webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    if webp || image.iter().any(|magic| bytes.starts_with(magic)) {
        return Ok(Format::Image);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return compound_kind(bytes);
    }
    for (magic, found) in [
        (&b"GIF8"[..], "GIF"),
        (b"7z\xbc\xaf\x27\x1c", "7-Zip archive"),
        (b"Rar!", "RAR archive"),
        (b"\x1f\x8b", "GZIP archive"),
        (b"PK\x05\x06", "empty ZIP archive"),
        (b"\x7fELF", "program"),
        (b"MZ", "program"),
    ] {
        if bytes.starts_with(magic) {
            return unsupported(found);
        }
    }
    let mark = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if mark.starts_with(b"{\\rtf") {
        return Ok(Format::Rtf);
    }
    // Flat text of an office suite; everything below is text too.
    let text = super::txt::decode(bytes);
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with('{') && serde_json::from_str::<serde_json::Value>(start).is_ok() {
        return Ok(Format::JsonResume);
    }
    let lower: String = start.chars().take(2000).collect::<String>().to_lowercase();
    let lower = without_comments(&lower);
    if lower.starts_with("<!doctype html")
        || lower.starts_with("<html")
        || (lower.starts_with('<')
            && ["<body", "<head", "<div", "<p>", "<h1", "<table"]
                .iter()
                .any(|t| lower.contains(t)))
    {
        return Ok(Format::Html);
    }
    if lower.starts_with("<?xml") {
        return if lower.contains("<html") {
            Ok(Format::Html)
        } else if super::europass::is_europass(start) {
            Ok(Format::Europass)
        } else {
            unsupported("XML")
        };
    }
    let control = text
        .chars()
        .take(4000)
        .filter(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}'))
        .count();
    if control * 20 > text.chars().take(4000).count() {
        return unsupported("binary data");
    }
    let extension = name.and_then(|n| n.rsplit_once('.')).map(|(_, e)| e.to_lowercase());
    match extension.as_deref() {
        Some("md" | "markdown") => Ok(Format::Markdown),
        Some("txt" | "text") => Ok(Format::Txt),
        _ if start.lines().any(|l| l.starts_with("# ") || l.starts_with("## ")) => Ok(Format::Markdown),
        _ => Ok(Format::Txt),
    }
}

/// The text after comments in front.
fn without_comments(text: &str) -> &str {
    let mut rest = text;
    while let Some(comment) = rest.strip_prefix("<!--") {
        match comment.split_once("-->") {
            Some((_, after)) => rest = after.trim_start(),
            None => return rest,
        }
    }
    rest
}

/// Containers of old office files: Word, and new files behind a password.
fn compound_kind(bytes: &[u8]) -> Result<Format, IngestError> {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|w| w == wide)
    };
    if has("EncryptedPackage") {
        return Err(IngestError::Encrypted);
    }
    if has("WordDocument") {
        return Ok(Format::Doc);
    }
    let found = match () {
        () if has("Workbook") => "XLS",
        () if has("PowerPoint Document") => "PPT",
        () => "old office file",
    };
    Err(IngestError::Unsupported { found: found.into() })
}

fn zip_kind(bytes: &[u8]) -> Result<Format, IngestError> {
    let mut archive = super::archive::Archive::open(bytes, "ZIP")?;
    if archive.has("word/document.xml") {
        return Ok(Format::Docx);
    }
    if super::linkedin::is_export(&archive) {
        return Ok(Format::LinkedIn);
    }
    match archive.text("mimetype").as_deref().map(str::trim) {
        Ok(m) if m.starts_with("application/vnd.oasis.opendocument.text") => Ok(Format::Odt),
        _ if archive.has("ppt/presentation.xml") => Err(IngestError::Unsupported { found: "PPTX".into() }),
        _ if archive.has("xl/workbook.xml") => Err(IngestError::Unsupported { found: "XLSX".into() }),
        _ => Err(IngestError::Unsupported {
            found: "ZIP archive".into(),
        }),
    }
}
