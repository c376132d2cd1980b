//! Why a résumé could not be rendered.

use crate::{ExportFormat, Template};

/// Why a résumé could not be rendered. The texts are for the person who asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    /// No template of that name.
    #[error("there is no template \"{0}\"; templates: {list}", list = template_names())]
    UnknownTemplate(String),
    /// No such export format.
    #[error("there is no export format \"{0}\"; formats: {list}", list = ExportFormat::ALL.map(|f| f.to_string()).join(", "))]
    UnknownFormat(String),
    /// A style that cannot be used.
    #[error("style field \"{field}\": {problem}")]
    Style {
        /// Path of the field, as in `heading.size`; empty where the whole text is not JSON.
        field: String,
        /// What is wrong with its value and what would be right.
        problem: String,
    },
    /// A template that does not expand or compile.
    #[error("template \"{template}\" is faulty: {detail}")]
    Template {
        /// Its name.
        template: String,
        /// The first complaint of the engine.
        detail: String,
    },
    /// A file that could not be written.
    #[error("the {format} file could not be written: {detail}")]
    Write {
        /// The format asked for.
        format: ExportFormat,
        /// The complaint of the writer.
        detail: String,
    },
}

impl RenderError {
    /// A stable code for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            RenderError::UnknownTemplate(_) => "unknown-template",
            RenderError::UnknownFormat(_) => "unknown-format",
            RenderError::Style { .. } => "invalid-style",
            RenderError::Template { .. } => "faulty-template",
            RenderError::Write { .. } => "write-failed",
        }
    }
}

fn template_names() -> String {
    Template::all()
        .iter()
        .map(Template::name)
        .collect::<Vec<_>>()
        .join(", ")
}
