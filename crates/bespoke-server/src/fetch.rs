//! Fetches a public web page that a person names, and nothing else: never an address inside our own network.
//!
//! The address is checked where it is used: the resolver gives the connection only addresses that it has checked, so that a
//! name that changes its answer between a check and a connection gains nothing. Each redirect is checked like a first request.

mod request;
#[cfg(test)]
mod tests;

pub use request::{Body, Reply, Request, SendError};

use crate::outward::{body_within, literal, use_ring};
use futures_util::future::BoxFuture;
use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

/// Why a page could not be fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// Not http or https, or no host.
    #[error("only http:// and https:// addresses without a password can be read")]
    Address,
    /// The host is not on the public internet.
    #[error("{0} is not on the public internet: paste the text instead")]
    Private(String),
    /// Too many redirects, or a redirect to nowhere.
    #[error("the page redirects too often")]
    Redirects,
    /// Larger than allowed.
    #[error("the page is larger than {0} bytes: paste the text instead")]
    Large(usize),
    /// Took too long.
    #[error("the page did not answer in time")]
    Time,
    /// The server answered with an error.
    #[error("the page answered {0}")]
    Status(u16),
    /// The server asks to be left alone for a while (429 or 503), for so many seconds where it says.
    #[error("the page is busy ({status}): try again later")]
    Busy {
        /// What it answered.
        status: u16,
        /// For how long.
        seconds: Option<u64>,
    },
    /// The name does not exist, the connection failed, the certificate is wrong.
    #[error("the page could not be reached: {0}")]
    Connection(String),
    /// The connection stood and broke off.
    #[error("the page broke off in the middle: {0}")]
    Broken(String),
}

/// What was fetched.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// Where it was found in the end.
    pub url: String,
    /// The `Content-Type` that the server gave.
    pub content_type: String,
    /// The bytes, decompressed.
    pub bytes: Vec<u8>,
}

/// How names become addresses: replaced in tests.
pub trait Lookup: Send + Sync + 'static {
    /// All addresses of a host.
    fn addresses(&self, host: String) -> BoxFuture<'static, std::io::Result<Vec<IpAddr>>>;
}

/// The resolver of the system.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemLookup;

impl Lookup for SystemLookup {
    fn addresses(&self, host: String) -> BoxFuture<'static, std::io::Result<Vec<IpAddr>>> {
        Box::pin(async move { Ok(tokio::net::lookup_host((host, 0)).await?.map(|a| a.ip()).collect()) })
    }
}

/// Which addresses may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Those of the public internet.
    Public,
    /// Those of this machine and of private networks; never a link-local one, where clouds keep their secrets.
    Inside,
    /// Both.
    PublicAndInside,
    /// Any: an address that the operator has named.
    Anywhere,
    /// Those of the public internet and of this machine: only for tests with servers of our own.
    PublicAndThisMachine,
}

impl Reach {
    pub(crate) fn takes(self, ip: IpAddr) -> bool {
        match self {
            Reach::Public => is_public(ip),
            Reach::Inside => is_inside(ip),
            Reach::PublicAndInside => is_public(ip) || is_inside(ip),
            Reach::Anywhere => true,
            Reach::PublicAndThisMachine => is_public(ip) || ip.is_loopback(),
        }
    }
}

/// Limits of a fetch.
#[derive(Clone)]
pub struct Fetcher {
    lookup: Arc<dyn Lookup>,
    reach: Reach,
    /// Most bytes of a page, after decompression.
    pub max_bytes: usize,
    /// Most time for all of it, redirects included.
    pub timeout: Duration,
}

const MAX_REDIRECTS: usize = 5;

impl Default for Fetcher {
    fn default() -> Self {
        Fetcher {
            lookup: Arc::new(SystemLookup),
            reach: Reach::Public,
            max_bytes: 4 << 20,
            timeout: Duration::from_secs(15),
        }
    }
}

struct Guarded {
    lookup: Arc<dyn Lookup>,
    reach: Reach,
}

/// Carries [`FetchError::Private`] through the layers of the client.
#[derive(Debug, thiserror::Error)]
#[error("{0} is not on the public internet")]
struct Refused(String);

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let host = name.as_str().to_owned();
        let found = self.lookup.addresses(host.clone());
        let reach = self.reach;
        Box::pin(async move {
            let addresses = found.await?;
            // One private address among public ones is no accident either.
            if addresses.is_empty() || !addresses.iter().all(|a| reach.takes(*a)) {
                return Err(Box::new(Refused(host)) as Box<dyn std::error::Error + Send + Sync>);
            }
            let addresses: Vec<SocketAddr> = addresses.into_iter().map(|a| SocketAddr::new(a, 0)).collect();
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

impl Fetcher {
    /// Reads at most so many bytes of a page.
    pub fn with_max_bytes(mut self, bytes: usize) -> Fetcher {
        self.max_bytes = bytes;
        self
    }

    /// Asks within this reach, and for at most so long.
    #[must_use]
    pub fn within(self, reach: Reach, timeout: Duration) -> Fetcher {
        Fetcher { reach, timeout, ..self }
    }

    /// A fetcher that reaches servers of this machine beside public ones: for tests with servers of our own. No
    /// configuration leads here; `tests/architecture.rs` of the command sees to it that the product never does.
    pub fn for_this_machine(timeout: Duration) -> Fetcher {
        Fetcher {
            reach: Reach::PublicAndThisMachine,
            timeout,
            ..Fetcher::default()
        }
    }

    /// Fetches a page.
    ///
    /// # Errors
    /// See [`FetchError`]; addresses that are not public are refused before anything is sent to them.
    pub async fn fetch(&self, address: &str) -> Result<Fetched, FetchError> {
        self.ask(&Request::new(address)).await
    }

    /// As [`Fetcher::fetch`], with what the request carries. A key goes to the server that it is for and never on to
    /// where that one redirects.
    ///
    /// # Errors
    /// As [`Fetcher::fetch`].
    pub async fn ask(&self, request: &Request) -> Result<Fetched, FetchError> {
        tokio::time::timeout(self.timeout, self.follow(request))
            .await
            .map_err(|_| FetchError::Time)?
    }

    /// Sends a body, once: nothing is tried again and no redirect is followed. Any answer of the server is a [`Reply`].
    ///
    /// # Errors
    /// [`SendError`] says whether the server can have taken it.
    pub async fn send(&self, request: &Request, body: Body) -> Result<Reply, SendError> {
        let url = Url::parse(&request.address).map_err(|_| SendError::NotSent(FetchError::Address))?;
        self.check(&url).map_err(SendError::NotSent)?;
        let client = self.client().map_err(SendError::NotSent)?;
        let post = request
            .on(client.post(url))
            .header("accept", "application/json")
            .header("content-type", body.media_type)
            .body(body.bytes);
        let sending = async {
            let response = post.send().await.map_err(|error| match error.is_connect() {
                true => SendError::NotSent(connection(error)),
                false => SendError::Unsure(connection(error)),
            })?;
            Ok(Reply {
                status: response.status().as_u16(),
                retry_after: retry_after(&response),
                bytes: self.body(response).await.map_err(SendError::Unsure)?,
            })
        };
        tokio::time::timeout(self.timeout, sending)
            .await
            .map_err(|_| SendError::Unsure(FetchError::Time))?
    }

    fn client(&self) -> Result<reqwest::Client, FetchError> {
        use_ring();
        let guarded = Guarded {
            lookup: self.lookup.clone(),
            reach: self.reach,
        };
        reqwest::Client::builder()
            .dns_resolver(Arc::new(guarded))
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .referer(false)
            .connect_timeout(Duration::from_secs(5))
            .user_agent(concat!("bespoke/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(connection)
    }

    async fn follow(&self, request: &Request) -> Result<Fetched, FetchError> {
        let client = self.client()?;
        let mut url = Url::parse(&request.address).map_err(|_| FetchError::Address)?;
        for _ in 0..=MAX_REDIRECTS {
            self.check(&url)?;
            let get = request
                .on(client.get(url.clone()))
                .header("accept", "text/html,application/pdf,text/plain;q=0.9,*/*;q=0.5");
            let response = get.send().await.map_err(connection)?;
            let status = response.status();
            if status.is_redirection() {
                let target = response.headers().get("location").and_then(|l| l.to_str().ok());
                let next = target.and_then(|t| url.join(t).ok()).ok_or(FetchError::Redirects)?;
                if request.is_keyed() && next.origin() != url.origin() {
                    return Err(FetchError::Redirects);
                }
                url = next;
                continue;
            }
            if matches!(status.as_u16(), 429 | 503) {
                return Err(FetchError::Busy {
                    status: status.as_u16(),
                    seconds: retry_after(&response),
                });
            }
            if !status.is_success() {
                return Err(FetchError::Status(status.as_u16()));
            }
            let header = response.headers().get("content-type").and_then(|c| c.to_str().ok());
            let content_type = header.unwrap_or_default().to_owned();
            return Ok(Fetched {
                url: url.to_string(),
                content_type,
                bytes: self.body(response).await?,
            });
        }
        Err(FetchError::Redirects)
    }

    /// An address literal never reaches the resolver, so it is checked here.
    fn check(&self, url: &Url) -> Result<(), FetchError> {
        if !matches!(url.scheme(), "http" | "https") || !url.username().is_empty() || url.password().is_some() {
            return Err(FetchError::Address);
        }
        let host = url.host_str().ok_or(FetchError::Address)?;
        match literal(host) {
            Some(ip) if !self.reach.takes(ip) => Err(FetchError::Private(host.to_owned())),
            _ => Ok(()),
        }
    }

    async fn body(&self, response: reqwest::Response) -> Result<Vec<u8>, FetchError> {
        let bytes = body_within(response, self.max_bytes).await.map_err(connection)?;
        bytes.ok_or(FetchError::Large(self.max_bytes))
    }
}

fn retry_after(response: &reqwest::Response) -> Option<u64> {
    let wait = response.headers().get("retry-after").and_then(|w| w.to_str().ok());
    wait.and_then(|w| w.trim().parse().ok())
}

fn connection(error: reqwest::Error) -> FetchError {
    // An address may carry a key.
    let error = error.without_url();
    let connected = !error.is_connect() && !error.is_builder();
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    let mut last = error.to_string();
    while let Some(inner) = cause {
        if let Some(refused) = inner.downcast_ref::<Refused>() {
            return FetchError::Private(refused.0.clone());
        }
        last = inner.to_string();
        cause = inner.source();
    }
    match connected {
        true => FetchError::Broken(last),
        false => FetchError::Connection(last),
    }
}

/// Whether an address is on the public internet: global unicast, with the IPv4 address inside an IPv6 one judged as such.
/// The blocks are those of the IANA special-purpose registries.
#[must_use]
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

/// Whether an address is of this machine or of a private network (RFC 1918, RFC 4193, RFC 6598).
fn is_inside(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => {
            let [a, b, ..] = ip.octets();
            ip.is_loopback() || ip.is_private() || (a == 100 && (64..128).contains(&b))
        }
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local(),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    !(a == 0
        || a == 10
        || a == 127
        || a >= 224
        || (a == 100 && (64..128).contains(&b))
        || (a == 169 && b == 254)
        || (a == 172 && (16..32).contains(&b))
        || (a == 192 && b == 168)
        || (a == 192 && b == 0 && (c == 0 || c == 2))
        || (a == 192 && b == 31 && c == 196)
        || (a == 192 && b == 52 && c == 193)
        || (a == 192 && b == 88 && c == 99)
        || (a == 192 && b == 175 && c == 48)
        || (a == 198 && (b == 18 || b == 19))
        || (a == 198 && b == 51 && c == 100)
        || (a == 203 && b == 0 && c == 113))
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let s = ip.segments();
    let tail = Ipv4Addr::from(((u32::from(s[6])) << 16) | u32::from(s[7]));
    match s {
        // Mapped, translated, and NAT64 (well-known and local-use prefixes).
        [0, 0, 0, 0, 0, 0xffff, ..] | [0, 0, 0, 0, 0xffff, 0, ..] | [0x64, 0xff9b, 0, 0, 0, 0, ..] => {
            is_public_v4(tail)
        }
        [0x64, 0xff9b, 1, ..] => false,
        // 6to4 carries the IPv4 address in front; Teredo carries it inverted at the end.
        [0x2002, high, low, ..] => is_public_v4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low))),
        [0x2001, 0, ..] => is_public_v4(Ipv4Addr::from(!u32::from(tail))),
        [0x2001, b, ..] if b < 0x200 => false,
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] | [0x5f00, ..] => false,
        [0x2000..=0x3fff, ..] => true,
        _ => false,
    }
}
