//! What a request carries beside its address, and what comes back from one that sends something.

use super::FetchError;

/// A request: an address and, where a board wants a key, what shows it. It has no `Debug`: it may hold a key.
#[derive(Clone)]
pub struct Request {
    pub(super) address: String,
    headers: Vec<(&'static str, String)>,
    keyed: bool,
}

impl Request {
    /// A request that anybody could make.
    pub fn new(address: &str) -> Request {
        Request {
            address: address.to_owned(),
            headers: Vec::new(),
            keyed: false,
        }
    }

    /// A request whose address carries a key.
    pub fn keyed(address: String) -> Request {
        Request {
            address,
            headers: Vec::new(),
            keyed: true,
        }
    }

    /// Adds a header that is nobody else's business; a value that no header can have is left out.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: String) -> Request {
        self.keyed = true;
        self.headers.push((name, value));
        self
    }

    /// Whether it carries a key.
    pub(crate) fn is_keyed(&self) -> bool {
        self.keyed
    }

    pub(super) fn on(&self, mut builder: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        for (name, value) in &self.headers {
            if let Ok(mut value) = reqwest::header::HeaderValue::from_str(value) {
                value.set_sensitive(true);
                builder = builder.header(*name, value);
            }
        }
        builder
    }
}

/// What is sent.
#[derive(Clone)]
pub struct Body {
    /// Its `Content-Type`.
    pub media_type: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// What the server answered, whatever that was.
#[derive(Debug, Clone)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Seconds that it asks to be left alone.
    pub retry_after: Option<u64>,
    /// The body.
    pub bytes: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// Nothing reached the server.
    #[error("{0}")]
    NotSent(FetchError),
    /// The server may have taken it before the answer was lost.
    #[error("{0}")]
    Unsure(FetchError),
}
