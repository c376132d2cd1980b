//! Why a command failed, and the exit code that says so.

use std::fmt;
use std::process::ExitCode;

/// A failed command.
#[derive(Debug)]
pub enum Failure {
    /// A file could not be read; names it.
    Input { path: String, reason: String },
    /// A model is missing or damaged.
    Model(bespoke_models::ModelError),
    /// The evidence gate refused.
    Evidence(Vec<bespoke_core::evidence::Violation>),
    /// An option has a value that does not exist.
    Usage(String),
    /// Anything else.
    Other(anyhow::Error),
}

impl Failure {
    /// See `bespoke --help`.
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Failure::Other(_) => 1,
            Failure::Usage(_) => 2,
            Failure::Input { .. } => 3,
            Failure::Model(_) => 4,
            Failure::Evidence(_) => 5,
        })
    }

    /// True where the reader of our output went away (`bespoke … | head`), which is no failure.
    pub fn is_closed_pipe(&self) -> bool {
        match self {
            Failure::Other(error) => error
                .downcast_ref::<std::io::Error>()
                .is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe),
            _ => false,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Input { path, reason } => write!(f, "{path}: {reason}"),
            Failure::Model(error) => error.fmt(f),
            Failure::Usage(text) => f.write_str(text),
            Failure::Evidence(violations) => {
                write!(f, "the evidence gate refused the tailored résumé:")?;
                for violation in violations {
                    write!(f, "\n  {}", violation.message)?;
                }
                Ok(())
            }
            Failure::Other(error) => write!(f, "{error:#}"),
        }
    }
}

impl From<bespoke_models::ModelError> for Failure {
    fn from(error: bespoke_models::ModelError) -> Self {
        Failure::Model(error)
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Failure::Other(error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Failure::Other(error.into())
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        match error.io_error_kind() {
            Some(kind) => Failure::Other(std::io::Error::from(kind).into()),
            None => Failure::Other(error.into()),
        }
    }
}
