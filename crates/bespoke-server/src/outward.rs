//! What all requests to other servers share.

use std::net::IpAddr;

/// Has TLS use the cryptography of `ring`. Several parts of a program may ask for a provider; the first one sets it.
pub fn use_ring() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// The body of an answer; `None` where it has more than `most` bytes, of which the rest is not read.
///
/// # Errors
/// The connection breaks off.
pub async fn body_within(mut response: reqwest::Response, most: usize) -> Result<Option<Vec<u8>>, reqwest::Error> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if bytes.len() + chunk.len() > most {
            return Ok(None);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Some(bytes))
}

/// The address of a host that is written as one, brackets or none; `None` for a name.
pub(crate) fn literal(host: &str) -> Option<IpAddr> {
    host.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

/// Whether a host of an address is this machine by name: what goes there needs no TLS.
pub(crate) fn is_this_machine(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}
