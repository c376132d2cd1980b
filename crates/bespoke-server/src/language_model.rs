//! A language model that a person may switch on: which addresses may be asked, and asking one. What is sent and what is
//! made of the answer is `bespoke_core`'s: the evidence gate judges every word. Nothing is asked unless the person has
//! switched it on, a key goes to the address that it was given for and nowhere else, and no redirect is followed.

use crate::fetch::{Body, FetchError, Fetcher, Reach, Request, SendError};
use crate::outward::{is_this_machine, literal};
use crate::settings::Secret;
use bespoke_core::tailor::model::{NoAnswer, Wording, read_answer};
use reqwest::Url;
use serde_json::Value;
use std::net::IpAddr;
use std::time::Duration;

/// Most bytes of an answer.
const LONGEST: usize = 512 << 10;
/// Most characters of an address, a name or a key.
const LONGEST_FIELD: usize = 400;

/// What whoever runs the server allows.
#[derive(Debug, Clone)]
pub struct ModelRules {
    /// Whether there are language models at all.
    pub enabled: bool,
    /// Whether people may name one of their own.
    pub own: bool,
    /// Whether one of their own may stand on this machine or in its private network.
    pub allow_private: bool,
    /// Origins (`http://10.0.0.5:11434`) that may be named wherever they stand.
    pub allowed: Vec<String>,
    /// One that everybody may switch on.
    pub shared: Option<SharedModel>,
    /// How long an answer may take.
    pub timeout: Duration,
}

impl Default for ModelRules {
    fn default() -> Self {
        ModelRules {
            enabled: true,
            own: true,
            allow_private: false,
            allowed: Vec::new(),
            shared: None,
            timeout: Duration::from_secs(20),
        }
    }
}

/// A language model that the operator offers.
#[derive(Debug, Clone)]
pub struct SharedModel {
    /// Address of an OpenAI-compatible API, as in `http://127.0.0.1:11434/v1`.
    pub address: String,
    /// Name of the model there.
    pub name: String,
    /// The key, where it wants one.
    pub key: Option<Secret>,
}

/// Why an address is not one that may be asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressFault {
    /// Not a URL of ours.
    #[error(
        "the address is https://host/path, without a password and without a question mark, as in https://api.example.com/v1"
    )]
    Form,
    /// Neither https nor allowed otherwise.
    #[error("the address must begin with https://: what is sent would be readable on the way")]
    Plain,
    /// On this machine or in its network.
    #[error("{0} is not on the public internet: whoever runs this server must allow it first")]
    Private(String),
}

/// Where a model answers.
#[derive(Clone)]
pub struct Endpoint {
    /// The address as it was given, without a slash at its end.
    pub address: String,
    /// Name of the model.
    pub name: String,
    key: Option<Secret>,
    reach: Reach,
}

/// Why nothing of use came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silence {
    /// Why.
    pub why: NoAnswer,
    /// The HTTP status, where it answered with an error.
    pub status: Option<u16>,
}

impl From<NoAnswer> for Silence {
    fn from(why: NoAnswer) -> Self {
        Silence { why, status: None }
    }
}

/// Whether a text can be a name or a key: short, and without anything that a header could not carry.
pub fn is_plain(text: &str) -> bool {
    text.len() <= LONGEST_FIELD && text.chars().all(|c| c.is_ascii_graphic())
}

/// An address as it is kept.
///
/// # Errors
/// [`AddressFault::Form`].
pub fn parse(address: &str) -> Result<Url, AddressFault> {
    let bare = address.trim().trim_end_matches('/');
    let bare = bare.strip_suffix("/chat/completions").unwrap_or(bare);
    if bare.len() > LONGEST_FIELD || bare.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(AddressFault::Form);
    }
    let url = Url::parse(bare).map_err(|_| AddressFault::Form)?;
    let anonymous = url.username().is_empty() && url.password().is_none();
    let bare = url.query().is_none() && url.fragment().is_none();
    match matches!(url.scheme(), "http" | "https") && anonymous && bare && url.has_host() {
        true => Ok(url),
        false => Err(AddressFault::Form),
    }
}

impl ModelRules {
    /// The model that the operator offers, as an endpoint.
    pub fn shared(&self) -> Option<Endpoint> {
        let shared = self.shared.as_ref().filter(|_| self.enabled)?;
        Some(Endpoint {
            address: shared.address.trim_end_matches('/').to_owned(),
            name: shared.name.clone(),
            key: shared.key.clone(),
            reach: Reach::Anywhere,
        })
    }

    /// A model of somebody's own, if its address may be asked.
    ///
    /// # Errors
    /// [`AddressFault`]; a name that only turns out private when it is looked up is refused when it is asked.
    pub fn own(&self, address: &str, name: &str, key: Option<Secret>) -> Result<Endpoint, AddressFault> {
        let url = parse(address)?;
        let reach = self.reach(&url)?;
        Ok(Endpoint {
            address: url.as_str().trim_end_matches('/').to_owned(),
            name: name.to_owned(),
            key,
            reach,
        })
    }

    fn reach(&self, url: &Url) -> Result<Reach, AddressFault> {
        let origin = url.origin();
        let named = |one: &String| Url::parse(one).is_ok_and(|one| one.origin() == origin);
        if self.allowed.iter().any(named) {
            return Ok(Reach::Anywhere);
        }
        let reach = match (url.scheme(), self.allow_private) {
            ("https", false) => Reach::Public,
            ("https", true) => Reach::PublicAndInside,
            // Nobody reads along on the way to this machine or in a network of one's own.
            ("http", true) => Reach::Inside,
            _ => {
                let host = url.host_str().unwrap_or_default();
                return match is_this_machine(host) {
                    true => Err(AddressFault::Private(host.to_owned())),
                    false => Err(AddressFault::Plain),
                };
            }
        };
        let host = url.host_str().unwrap_or_default();
        let known = literal(host).or_else(|| (host == "localhost").then_some(IpAddr::from([127, 0, 0, 1])));
        match known {
            Some(ip) if !reach.takes(ip) && reach == Reach::Inside => Err(AddressFault::Plain),
            Some(ip) if !reach.takes(ip) => Err(AddressFault::Private(host.to_owned())),
            _ => Ok(reach),
        }
    }
}

impl Endpoint {
    /// Puts a request of `bespoke_core` to the model; within `timeout`, whatever it does.
    ///
    /// # Errors
    /// [`Silence`]: the built-in wording stands.
    pub async fn ask(&self, request: &Value, timeout: Duration) -> Result<Vec<Wording>, Silence> {
        let mut post = Request::new(&format!("{}/chat/completions", self.address));
        if let Some(key) = &self.key {
            post = post.with("authorization", format!("Bearer {}", key.expose()));
        }
        let body = Body {
            media_type: "application/json".into(),
            bytes: request.to_string().into_bytes(),
        };
        let fetcher = Fetcher::default().with_max_bytes(LONGEST).within(self.reach, timeout);
        let reply = fetcher.send(&post, body).await.map_err(|error| {
            // Not told in the log: its words may hold the address.
            let (SendError::NotSent(error) | SendError::Unsure(error)) = error;
            match error {
                FetchError::Private(_) | FetchError::Address => NoAnswer::NotAllowed,
                FetchError::Time => NoAnswer::Late,
                FetchError::Large(_) => NoAnswer::TooLong,
                FetchError::Redirects
                | FetchError::Status(_)
                | FetchError::Busy { .. }
                | FetchError::Connection(_)
                | FetchError::Broken(_) => NoAnswer::Unreachable,
            }
        })?;
        if reply.status != 200 {
            return Err(Silence {
                why: NoAnswer::Status,
                status: Some(reply.status),
            });
        }
        let text = String::from_utf8(reply.bytes).map_err(|_| NoAnswer::NotACompletion)?;
        Ok(read_answer(&text).map_err(NoAnswer::from)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(allow_private: bool, allowed: &[&str]) -> ModelRules {
        ModelRules {
            allow_private,
            allowed: allowed.iter().map(|a| (*a).to_owned()).collect(),
            ..ModelRules::default()
        }
    }

    fn reach(rules: &ModelRules, address: &str) -> Result<Reach, AddressFault> {
        rules.own(address, "m", None).map(|endpoint| endpoint.reach)
    }

    #[test]
    fn only_public_https_unless_the_operator_allows_more() {
        let strict = rules(false, &[]);
        assert_eq!(reach(&strict, "https://api.example.com/v1/"), Ok(Reach::Public));
        for inside in [
            "https://127.0.0.1/v1",
            "https://[::1]/v1",
            "https://10.0.0.5",
            "https://localhost/v1",
            "http://localhost:11434/v1",
            "http://127.0.0.1:1",
            "https://169.254.169.254/",
            "https://[::ffff:10.0.0.1]/",
        ] {
            assert!(
                matches!(reach(&strict, inside), Err(AddressFault::Private(_))),
                "{inside}"
            );
        }
        assert_eq!(reach(&strict, "http://api.example.com/v1"), Err(AddressFault::Plain));
        for wrong in [
            "ftp://example.com",
            "https://ana:key@example.com/v1",
            "https://example.com/v1?key=1",
            "https://example.com/v1#x",
            "example.com",
            "https://exam ple.com",
            "",
        ] {
            assert_eq!(reach(&strict, wrong), Err(AddressFault::Form), "{wrong}");
        }
    }

    #[test]
    fn a_private_network_may_be_allowed_but_never_where_clouds_keep_their_secrets() {
        let open = rules(true, &[]);
        assert_eq!(reach(&open, "http://127.0.0.1:11434/v1"), Ok(Reach::Inside));
        assert_eq!(reach(&open, "http://models.example.com/v1"), Ok(Reach::Inside));
        assert_eq!(reach(&open, "https://10.0.0.5/v1"), Ok(Reach::PublicAndInside));
        assert_eq!(reach(&open, "http://93.184.216.34/v1"), Err(AddressFault::Plain));
        assert!(reach(&open, "http://169.254.169.254/latest").is_err());
        assert!(reach(&open, "https://169.254.169.254/latest").is_err());
        let named = rules(false, &["http://10.0.0.5:11434"]);
        assert_eq!(reach(&named, "http://10.0.0.5:11434/v1"), Ok(Reach::Anywhere));
        assert!(reach(&named, "http://10.0.0.5:11435/v1").is_err());
        assert!(reach(&named, "https://10.0.0.5:11434/v1").is_err());
    }

    #[test]
    fn an_address_is_kept_without_what_is_added_to_it() {
        let rules = rules(false, &[]);
        for address in [
            "https://api.example.com/v1",
            " https://api.example.com/v1/ ",
            "https://api.example.com/v1/chat/completions",
        ] {
            assert_eq!(
                rules.own(address, "m", None).map(|e| e.address),
                Ok("https://api.example.com/v1".into())
            );
        }
    }
}
