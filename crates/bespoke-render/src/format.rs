//! The formats that a résumé can be exported to.

use crate::RenderError;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What to export to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExportFormat {
    /// Tagged PDF with embedded fonts.
    Pdf,
    /// Office Open XML text (Word) with real styles.
    Docx,
    /// OpenDocument text (LibreOffice) with the same styles.
    Odt,
    /// One HTML page, its style inside.
    Html,
    /// Markdown (CommonMark).
    #[serde(alias = "md")]
    Markdown,
    /// Plain text in UTF-8, lines of at most 80 columns.
    Txt,
    /// JSON Resume 1.0.
    #[serde(alias = "json")]
    JsonResume,
}

impl ExportFormat {
    /// All of them.
    pub const ALL: [ExportFormat; 7] = [
        ExportFormat::Pdf,
        ExportFormat::Docx,
        ExportFormat::Odt,
        ExportFormat::Html,
        ExportFormat::Markdown,
        ExportFormat::Txt,
        ExportFormat::JsonResume,
    ];

    /// File extension without the dot; also the name that [`FromStr`] reads and [`fmt::Display`] writes.
    pub const fn extension(&self) -> &'static str {
        match self {
            ExportFormat::Pdf => "pdf",
            ExportFormat::Docx => "docx",
            ExportFormat::Odt => "odt",
            ExportFormat::Html => "html",
            ExportFormat::Markdown => "md",
            ExportFormat::Txt => "txt",
            ExportFormat::JsonResume => "json",
        }
    }

    /// Value for `Content-Type`.
    pub const fn media_type(&self) -> &'static str {
        match self {
            ExportFormat::Pdf => "application/pdf",
            ExportFormat::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ExportFormat::Odt => "application/vnd.oasis.opendocument.text",
            ExportFormat::Html => "text/html; charset=utf-8",
            ExportFormat::Markdown => "text/markdown; charset=utf-8",
            ExportFormat::Txt => "text/plain; charset=utf-8",
            ExportFormat::JsonResume => "application/json",
        }
    }
}

/// A standard that a PDF can be made to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PdfStandard {
    /// PDF/UA-1: readable with assistive technology.
    #[serde(rename = "ua-1")]
    Ua1,
    /// PDF/A-2a: made to last, and tagged.
    #[serde(rename = "a-2a")]
    A2a,
}

impl FromStr for PdfStandard {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        match s.trim().to_ascii_lowercase().as_str() {
            "ua-1" | "pdf/ua-1" => Ok(PdfStandard::Ua1),
            "a-2a" | "pdf/a-2a" => Ok(PdfStandard::A2a),
            _ => Err(format!("there is no PDF standard \"{s}\" here; standards: ua-1, a-2a")),
        }
    }
}

impl fmt::Display for ExportFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.extension())
    }
}

impl FromStr for ExportFormat {
    type Err = RenderError;

    fn from_str(s: &str) -> Result<Self, RenderError> {
        match s.trim().to_ascii_lowercase().as_str() {
            "pdf" => Ok(ExportFormat::Pdf),
            "docx" => Ok(ExportFormat::Docx),
            "odt" => Ok(ExportFormat::Odt),
            "html" | "htm" => Ok(ExportFormat::Html),
            "md" | "markdown" => Ok(ExportFormat::Markdown),
            "txt" => Ok(ExportFormat::Txt),
            "json" | "json-resume" => Ok(ExportFormat::JsonResume),
            _ => Err(RenderError::UnknownFormat(s.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_round_trip_and_an_unknown_one_lists_the_rest() {
        for format in ExportFormat::ALL {
            assert_eq!(format.to_string().parse::<ExportFormat>(), Ok(format));
        }
        let error = "wps".parse::<ExportFormat>().unwrap_err().to_string();
        assert_eq!(
            error,
            "there is no export format \"wps\"; formats: pdf, docx, odt, html, md, txt, json"
        );
    }
}
