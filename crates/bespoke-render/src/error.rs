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
    #[error("template \"{template}\" is faulty{}: {}", place(.diagnostic), .diagnostic.message)]
    Template {
        /// Its name.
        template: String,
        /// The first complaint of the engine, and where.
        diagnostic: Box<Diagnostic>,
    },
    /// An archive that does not hold a template.
    #[error("the archive holds no template: {0}")]
    Archive(String),
    /// A file that could not be written.
    #[error("the {format} file could not be written: {detail}")]
    Write {
        /// The format asked for.
        format: ExportFormat,
        /// The complaint of the writer.
        detail: String,
    },
}

/// What is wrong with a template, where, and what may help.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct Diagnostic {
    /// Line of the template from 1, where it is known.
    pub line: Option<usize>,
    /// Column in characters from 1, where it is known.
    pub column: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What may help.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// A complaint without a place.
    pub(crate) fn new(message: impl ToString) -> Self {
        Diagnostic {
            message: message.to_string(),
            ..Diagnostic::default()
        }
    }
}

fn place(diagnostic: &Diagnostic) -> String {
    match (diagnostic.line, diagnostic.column) {
        (Some(line), Some(column)) => format!(" at line {line}, column {column}"),
        (Some(line), None) => format!(" at line {line}"),
        (None, _) => String::new(),
    }
}

impl RenderError {
    /// A complaint about a template.
    pub(crate) fn template(template: &str, diagnostic: Diagnostic) -> RenderError {
        RenderError::Template {
            template: template.to_owned(),
            diagnostic: Box::new(diagnostic),
        }
    }

    /// A stable code for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            RenderError::UnknownTemplate(_) => "unknown-template",
            RenderError::UnknownFormat(_) => "unknown-format",
            RenderError::Style { .. } => "invalid-style",
            RenderError::Template { .. } => "faulty-template",
            RenderError::Archive(_) => "invalid-archive",
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
