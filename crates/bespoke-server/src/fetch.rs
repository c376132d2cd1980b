//! Fetches a public web page that a person names, and nothing else: never an address inside our own network.
//!
//! The address is checked where it is used: the resolver gives the connection only addresses that it has checked, so that a
//! name that changes its answer between a check and a connection gains nothing. Each redirect is checked like a first request.

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

/// Limits of a fetch.
#[derive(Clone)]
pub struct Fetcher {
    lookup: Arc<dyn Lookup>,
    /// Addresses that count as public though they are not: only for tests with servers of our own.
    allowed: fn(IpAddr) -> bool,
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
            allowed: |_| false,
            max_bytes: 4 << 20,
            timeout: Duration::from_secs(15),
        }
    }
}

struct Guarded {
    lookup: Arc<dyn Lookup>,
    allowed: fn(IpAddr) -> bool,
}

/// Carries [`FetchError::Private`] through the layers of the client.
#[derive(Debug, thiserror::Error)]
#[error("{0} is not on the public internet")]
struct Refused(String);

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let host = name.as_str().to_owned();
        let found = self.lookup.addresses(host.clone());
        let allowed = self.allowed;
        Box::pin(async move {
            let addresses = found.await?;
            // One private address among public ones is no accident either.
            if addresses.is_empty() || addresses.iter().any(|a| !is_public(*a) && !allowed(*a)) {
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

    /// A fetcher that reaches servers of this machine and nothing else: for tests with servers of our own.
    #[cfg(test)]
    pub(crate) fn for_this_machine(timeout: Duration) -> Fetcher {
        Fetcher {
            allowed: |ip| ip.is_loopback(),
            timeout,
            ..Fetcher::default()
        }
    }

    /// Fetches a page.
    ///
    /// # Errors
    /// See [`FetchError`]; addresses that are not public are refused before anything is sent to them.
    pub async fn fetch(&self, address: &str) -> Result<Fetched, FetchError> {
        tokio::time::timeout(self.timeout, self.follow(address))
            .await
            .map_err(|_| FetchError::Time)?
    }

    async fn follow(&self, address: &str) -> Result<Fetched, FetchError> {
        // Several parts of a program may ask for the provider; the first one sets it.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let guarded = Guarded {
            lookup: self.lookup.clone(),
            allowed: self.allowed,
        };
        let client = reqwest::Client::builder()
            .dns_resolver(Arc::new(guarded))
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .referer(false)
            .connect_timeout(Duration::from_secs(5))
            .user_agent(concat!("bespoke/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(connection)?;
        let mut url = Url::parse(address).map_err(|_| FetchError::Address)?;
        for _ in 0..=MAX_REDIRECTS {
            self.check(&url)?;
            let request = client
                .get(url.clone())
                .header("accept", "text/html,application/pdf,text/plain;q=0.9,*/*;q=0.5");
            let response = request.send().await.map_err(connection)?;
            let status = response.status();
            if status.is_redirection() {
                let target = response.headers().get("location").and_then(|l| l.to_str().ok());
                url = target.and_then(|t| url.join(t).ok()).ok_or(FetchError::Redirects)?;
                continue;
            }
            if matches!(status.as_u16(), 429 | 503) {
                let wait = response.headers().get("retry-after").and_then(|w| w.to_str().ok());
                return Err(FetchError::Busy {
                    status: status.as_u16(),
                    seconds: wait.and_then(|w| w.trim().parse().ok()),
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
        let literal = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        match literal {
            Ok(ip) if !is_public(ip) && !(self.allowed)(ip) => Err(FetchError::Private(host.to_owned())),
            _ => Ok(()),
        }
    }

    async fn body(&self, mut response: reqwest::Response) -> Result<Vec<u8>, FetchError> {
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(connection)? {
            if bytes.len() + chunk.len() > self.max_bytes {
                return Err(FetchError::Large(self.max_bytes));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }
}

fn connection(error: reqwest::Error) -> FetchError {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    let mut last = error.to_string();
    while let Some(inner) = cause {
        if let Some(refused) = inner.downcast_ref::<Refused>() {
            return FetchError::Private(refused.0.clone());
        }
        last = inner.to_string();
        cause = inner.source();
    }
    FetchError::Connection(last)
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    /// Answers each connection with the next of the replies, then with the last; returns its port.
    async fn serve(replies: Vec<String>) -> (u16, Arc<AtomicUsize>) {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("its address").port();
        let asked = Arc::new(AtomicUsize::new(0));
        let count = asked.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let n = count.fetch_add(1, Ordering::SeqCst);
                let reply = replies.get(n).or(replies.last()).cloned().unwrap_or_default();
                tokio::spawn(async move {
                    let mut buffer = [0u8; 2048];
                    let _ = stream.read(&mut buffer).await;
                    let _ = stream.write_all(reply.as_bytes()).await;
                    if reply.ends_with("HANG") {
                        tokio::time::sleep(Duration::from_secs(5)).await;
                    }
                });
            }
        });
        (port, asked)
    }

    fn page(body: &str) -> String {
        format!(
            "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        )
    }

    fn moved(to: &str) -> String {
        format!("HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
    }

    /// Gives each question the next of the answers, then the last.
    struct Answers(Vec<Vec<IpAddr>>, AtomicUsize);

    impl Lookup for Answers {
        fn addresses(&self, _: String) -> BoxFuture<'static, std::io::Result<Vec<IpAddr>>> {
            let n = self.1.fetch_add(1, Ordering::SeqCst);
            let answer = self.0.get(n).or(self.0.last()).cloned().unwrap_or_default();
            Box::pin(async move { Ok(answer) })
        }
    }

    fn answering(answers: Vec<Vec<&str>>) -> Fetcher {
        let parsed = answers
            .into_iter()
            .map(|l| l.into_iter().filter_map(|a| a.parse().ok()).collect())
            .collect();
        Fetcher {
            lookup: Arc::new(Answers(parsed, AtomicUsize::new(0))),
            // Of all private addresses only the one that the test's server listens on.
            allowed: |ip| ip == IpAddr::V4(Ipv4Addr::LOCALHOST),
            max_bytes: 1000,
            timeout: Duration::from_secs(2),
        }
    }

    #[test]
    fn only_global_addresses_are_public() {
        for ip in [
            "8.8.8.8",
            "93.184.216.34",
            "2606:4700::1111",
            "64:ff9b::808:808",
            "::ffff:8.8.8.8",
        ] {
            assert!(is_public(ip.parse().expect(ip)), "{ip}");
        }
        for ip in [
            "127.0.0.1",
            "127.8.8.8",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "192.0.0.8",
            "203.0.113.5",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::808:808",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:c0a8:101::",
            "2001:0:4136:e378:8000:63bf:80ff:fffe",
            "fec0::1",
        ] {
            assert!(!is_public(ip.parse().expect(ip)), "{ip}");
        }
    }

    #[tokio::test]
    async fn a_page_is_fetched_and_redirects_are_followed() {
        let (port, _) = serve(vec![moved("/there"), page("<p>Line Cook</p>")]).await;
        let found = answering(vec![vec!["127.0.0.1"]])
            .fetch(&format!("http://jobs.example.org:{port}/here"))
            .await
            .expect("a page");
        assert_eq!(found.bytes, b"<p>Line Cook</p>");
        assert!(
            found.url.ends_with("/there") && found.content_type == "text/html",
            "{found:?}"
        );
    }

    #[tokio::test]
    async fn private_addresses_are_refused_before_a_byte_is_sent() {
        let (port, asked) = serve(vec![page("secret")]).await;
        let strict = Fetcher::default();
        for host in [
            "127.0.0.1",
            "127.1",
            "2130706433",
            "0x7f.0.0.1",
            "0177.0.0.1",
            "0.0.0.0",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[64:ff9b::7f00:1]",
            "localhost",
            "169.254.169.254",
        ] {
            let result = strict.fetch(&format!("http://{host}:{port}/")).await;
            assert!(matches!(result, Err(FetchError::Private(_))), "{host}: {result:?}");
        }
        for address in [
            "file:///etc/passwd",
            "ftp://example.org/",
            "http://",
            "gopher://x",
            "http://user:secret@example.org/",
            "example.org",
        ] {
            let result = strict.fetch(address).await;
            assert!(matches!(result, Err(FetchError::Address)), "{address}: {result:?}");
        }
        assert_eq!(asked.load(Ordering::SeqCst), 0);
    }

    #[tokio::test]
    async fn names_that_lead_inside_are_refused() {
        for answer in [
            vec!["10.0.0.1"],
            vec!["93.184.216.34", "192.168.0.1"],
            vec!["::ffff:10.0.0.1"],
            vec!["64:ff9b::a00:1"],
            vec!["fe80::1"],
            vec![],
        ] {
            let result = answering(vec![answer.clone()]).fetch("http://jobs.example.org/").await;
            assert!(matches!(result, Err(FetchError::Private(_))), "{answer:?}: {result:?}");
        }
    }

    #[tokio::test]
    async fn redirects_and_rebinding_are_checked_again() {
        let (port, asked) = serve(vec![moved("http://169.254.169.254/latest/")]).await;
        let result = answering(vec![vec!["127.0.0.1"]])
            .fetch(&format!("http://jobs.example.org:{port}/"))
            .await;
        assert!(matches!(result, Err(FetchError::Private(_))), "{result:?}");
        // A name whose second answer lies inside, asked again for the redirect.
        let (port, _) = serve(vec![moved("http://other.example.org/")]).await;
        let result = answering(vec![vec!["127.0.0.1"], vec!["10.0.0.7"]])
            .fetch(&format!("http://jobs.example.org:{port}/"))
            .await;
        assert!(matches!(result, Err(FetchError::Private(_))), "{result:?}");
        let (port, _) = serve(vec![moved("file:///etc/passwd")]).await;
        let result = answering(vec![vec!["127.0.0.1"]])
            .fetch(&format!("http://jobs.example.org:{port}/"))
            .await;
        assert!(matches!(result, Err(FetchError::Address)), "{result:?}");
        let (port, loops) = serve(vec![moved("/again")]).await;
        let result = answering(vec![vec!["127.0.0.1"]])
            .fetch(&format!("http://jobs.example.org:{port}/"))
            .await;
        assert!(matches!(result, Err(FetchError::Redirects)), "{result:?}");
        assert_eq!(
            (asked.load(Ordering::SeqCst), loops.load(Ordering::SeqCst)),
            (1, MAX_REDIRECTS + 1)
        );
    }

    #[tokio::test]
    async fn size_and_time_are_capped() {
        let (port, _) = serve(vec![page(&"x".repeat(5000))]).await;
        let result = answering(vec![vec!["127.0.0.1"]])
            .fetch(&format!("http://jobs.example.org:{port}/"))
            .await;
        assert!(matches!(result, Err(FetchError::Large(1000))), "{result:?}");
        let (port, _) = serve(vec!["HTTP/1.1 200 OK\r\n\r\nHANG".to_owned()]).await;
        let fetcher = Fetcher {
            timeout: Duration::from_millis(300),
            ..answering(vec![vec!["127.0.0.1"]])
        };
        let result = fetcher.fetch(&format!("http://jobs.example.org:{port}/")).await;
        assert!(matches!(result, Err(FetchError::Time)), "{result:?}");
        let (port, _) = serve(vec!["HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".to_owned()]).await;
        let result = answering(vec![vec!["127.0.0.1"]])
            .fetch(&format!("http://jobs.example.org:{port}/"))
            .await;
        assert!(matches!(result, Err(FetchError::Status(404))), "{result:?}");
    }
}
