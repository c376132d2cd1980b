//! Talks to a language model, if the person switched one on: one POST over HTTP or HTTPS, with a deadline for the whole
//! exchange and a limit to what is read. No redirect is followed and no proxy is used, so that the bullets and the key go
//! to the address that was given and nowhere else.

use bespoke_server::outward::{body_within, use_ring};
use reqwest::{Certificate, Client, Url};
use std::fmt;
use std::time::Duration;

/// Most bytes that are read.
const LONGEST: usize = 512 * 1024;

/// Why there is no answer; the built-in wording stands then.
#[derive(Debug)]
pub enum EndpointError {
    /// Not a URL of ours.
    Address,
    /// No certificate that can be read.
    Certificate,
    /// Nothing there, an unknown certificate, or it broke off.
    Connection(String),
    /// It took too long.
    Late,
    /// It answered otherwise.
    Status(u16),
    /// More than anybody asked for, or no text.
    Unreadable,
}

impl fmt::Display for EndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EndpointError::Address => {
                f.write_str("the model's address must be http://host[:port]/path or https://host[:port]/path")
            }
            EndpointError::Certificate => f.write_str("the certificate for the model's address is no PEM file"),
            EndpointError::Connection(reason) => write!(f, "the model could not be reached: {reason}"),
            EndpointError::Late => f.write_str("the model did not answer in time"),
            EndpointError::Status(status) => write!(f, "the model answered with status {status}"),
            EndpointError::Unreadable => f.write_str("the model's answer cannot be read"),
        }
    }
}

impl From<reqwest::Error> for EndpointError {
    fn from(error: reqwest::Error) -> Self {
        if error.is_timeout() {
            return EndpointError::Late;
        }
        // The last cause says what happened: "connection refused", "unknown issuer".
        let mut cause: &dyn std::error::Error = &error;
        while let Some(inner) = cause.source() {
            cause = inner;
        }
        EndpointError::Connection(cause.to_string())
    }
}

/// Where a model answers.
#[derive(Debug, Clone)]
pub struct Endpoint {
    address: Url,
    /// Certificates that are trusted besides the system's.
    trusted: Vec<Certificate>,
}

impl Endpoint {
    /// The endpoint `base` + `/chat/completions`; `authority` is a PEM file of certificates to trust besides the system's.
    ///
    /// # Errors
    /// The address is not http or https or holds a name and password, or the PEM file is none.
    pub fn new(base: &str, authority: Option<&[u8]>) -> Result<Endpoint, EndpointError> {
        if base.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return Err(EndpointError::Address);
        }
        let full = format!("{}/chat/completions", base.trim_end_matches('/'));
        let address = Url::parse(&full).map_err(|_| EndpointError::Address)?;
        let anonymous = address.username().is_empty() && address.password().is_none();
        if !matches!(address.scheme(), "http" | "https") || !anonymous || address.query().is_some() {
            return Err(EndpointError::Address);
        }
        let trusted = match authority {
            None => Vec::new(),
            Some(pem) => Certificate::from_pem_bundle(pem).map_err(|_| EndpointError::Certificate)?,
        };
        if authority.is_some() && trusted.is_empty() {
            return Err(EndpointError::Certificate);
        }
        Ok(Endpoint { address, trusted })
    }

    /// Posts JSON and gives the body of the answer.
    ///
    /// # Errors
    /// [`EndpointError`]; never waits longer than `time`.
    pub fn post(&self, key: Option<&str>, body: &str, time: Duration) -> Result<String, EndpointError> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|e| EndpointError::Connection(e.to_string()))?;
        runtime.block_on(async {
            tokio::time::timeout(time, self.exchange(key, body))
                .await
                .map_err(|_| EndpointError::Late)?
        })
    }

    async fn exchange(&self, key: Option<&str>, body: &str) -> Result<String, EndpointError> {
        use_ring();
        let mut builder = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .referer(false)
            .user_agent(concat!("bespoke/", env!("CARGO_PKG_VERSION")));
        if !self.trusted.is_empty() {
            builder = builder.tls_certs_merge(self.trusted.iter().cloned());
        }
        let mut request = builder
            .build()?
            .post(self.address.clone())
            .header("content-type", "application/json")
            .header("accept", "application/json")
            .body(body.to_owned());
        if let Some(key) = key {
            request = request.bearer_auth(key);
        }
        let response = request.send().await?;
        if response.status().as_u16() != 200 {
            return Err(EndpointError::Status(response.status().as_u16()));
        }
        let answer = body_within(response, LONGEST).await?;
        let answer = answer.ok_or(EndpointError::Unreadable)?;
        String::from_utf8(answer).map_err(|_| EndpointError::Unreadable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustls::pki_types::pem::PemObject;
    use rustls::pki_types::{CertificateDer, PrivateKeyDer};
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::sync::Arc;
    use std::time::Instant;

    /// A certificate of 127.0.0.1 for these tests and its key; nobody else trusts it.
    const CERTIFICATE: &[u8] = include_bytes!("../tests/data/loopback.pem");

    fn serve(mut stream: impl Read + Write, answer: Option<&[u8]>) {
        let mut request = [0; 4096];
        let _ = stream.read(&mut request);
        match answer {
            Some(answer) => {
                let _ = stream.write_all(answer);
                let _ = stream.flush();
            }
            None => std::thread::sleep(Duration::from_secs(5)),
        }
    }

    /// A server of one answer; `None` reads the request and says nothing.
    fn server(answer: Option<Vec<u8>>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/v1", listener.local_addr().unwrap());
        std::thread::spawn(move || serve(listener.accept().unwrap().0, answer.as_deref()));
        url
    }

    /// The same behind TLS.
    fn secure_server(answer: &'static [u8]) -> String {
        use_ring();
        let chain = CertificateDer::pem_slice_iter(CERTIFICATE)
            .map(Result::unwrap)
            .collect();
        let key = PrivateKeyDer::from_pem_slice(CERTIFICATE).unwrap();
        let config = rustls::ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("https://{}/v1/", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            let session = rustls::ServerConnection::new(Arc::new(config)).unwrap();
            let mut stream = rustls::StreamOwned::new(session, listener.accept().unwrap().0);
            serve(&mut stream, Some(answer));
            stream.conn.send_close_notify();
            let _ = stream.flush();
        });
        url
    }

    const TIME: Duration = Duration::from_millis(900);

    fn post(base: &str, key: Option<&str>) -> Result<String, EndpointError> {
        Endpoint::new(base, None)?.post(key, "{}", TIME)
    }

    #[test]
    fn reads_whole_and_chunked_answers() {
        let whole = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".to_vec();
        assert_eq!(post(&server(Some(whole)), Some("k")).unwrap(), "{}");
        let chunked =
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\ndata:\r\n3\r\n {}\r\n0\r\n\r\n".to_vec();
        assert_eq!(post(&server(Some(chunked)), None).unwrap(), "data: {}");
    }

    #[test]
    fn a_secure_endpoint_answers_where_its_certificate_is_trusted() {
        const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
        let trusting = Endpoint::new(&secure_server(ANSWER), Some(CERTIFICATE)).unwrap();
        assert_eq!(trusting.post(Some("k"), "{}", TIME).unwrap(), "{}");
        let stranger = post(&secure_server(ANSWER), Some("k"));
        assert!(matches!(stranger, Err(EndpointError::Connection(_))), "{stranger:?}");
        assert!(matches!(
            Endpoint::new("https://127.0.0.1/", Some(b"no certificate")),
            Err(EndpointError::Certificate)
        ));
    }

    #[test]
    fn gives_up_on_hanging_garbage_and_errors() {
        let start = Instant::now();
        assert!(matches!(post(&server(None), None), Err(EndpointError::Late)));
        assert!(start.elapsed() < Duration::from_secs(3));
        let moved = "HTTP/1.1 307 Away\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n";
        for (answer, status) in [
            ("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n", Some(500)),
            (moved, Some(307)),
            ("nonsense", None),
            ("", None),
        ] {
            let found = post(&server(Some(answer.as_bytes().to_vec())), None);
            let said = match &found {
                Err(EndpointError::Status(status)) => Some(*status),
                _ => None,
            };
            assert!(said == status && found.is_err(), "{answer}: {found:?}");
        }
        let endless = server(Some(
            [b"HTTP/1.1 200 OK\r\n\r\n".to_vec(), vec![b'x'; LONGEST + 1]].concat(),
        ));
        assert!(matches!(post(&endless, None), Err(EndpointError::Unreadable)));
        for address in [
            "ftp://x",
            "http://h\r\nX: y/",
            "http://ana:secret@127.0.0.1/",
            "nonsense",
        ] {
            assert!(matches!(post(address, None), Err(EndpointError::Address)), "{address}");
        }
    }
}
