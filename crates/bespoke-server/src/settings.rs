//! What whoever runs the server may choose, beside where things lie.

use crate::language_model::ModelRules;
use bespoke_store::QueueLimits;
use std::fmt;
use std::time::Duration;

/// A text that is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A secret.
    pub fn new(text: String) -> Secret {
        Secret(text)
    }

    /// The text itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(hidden)")
    }
}

/// Choices that have a default.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How many files may wait to be read.
    pub queue: QueueLimits,
    /// Whether a proxy before the server says whom a request comes from (`X-Forwarded-For`).
    pub trust_proxy: bool,
    /// Opens `/metrics` to other machines.
    pub metrics_token: Option<Secret>,
    /// How long a stop waits for open connections, and then for files that are being read.
    pub grace: Duration,
    /// Days for which counts of what people do are kept; 0 counts nothing.
    pub kept_days: u32,
    /// Which language models people may switch on.
    pub models: ModelRules,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            queue: QueueLimits::default(),
            trust_proxy: false,
            metrics_token: None,
            grace: Duration::from_secs(10),
            kept_days: 400,
            models: ModelRules::default(),
        }
    }
}
