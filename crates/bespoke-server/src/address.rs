//! Where a request comes from.

use axum::extract::ConnectInfo;
use axum::http::Extensions;
use axum::http::HeaderMap;
use std::net::{IpAddr, SocketAddr};

const FORWARDED: &str = "x-forwarded-for";

/// The address of the client: that of the connection, or, where a proxy stands before the server and is trusted, the one
/// that the proxy saw (the last of `X-Forwarded-For`; earlier ones are what the client claims).
pub fn client(extensions: &Extensions, headers: &HeaderMap, trust_proxy: bool) -> Option<IpAddr> {
    let forwarded = || {
        let last = headers.get_all(FORWARDED).iter().next_back()?.to_str().ok()?;
        last.rsplit(',').next()?.trim().parse().ok()
    };
    let seen = || extensions.get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip());
    match trust_proxy {
        true => forwarded().or_else(seen),
        false => seen(),
    }
}

/// Whether a request comes from this machine itself, not through a proxy on it.
pub fn is_own(extensions: &Extensions, headers: &HeaderMap) -> bool {
    !headers.contains_key(FORWARDED)
        && !headers.contains_key("forwarded")
        && client(extensions, headers, false).is_some_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn a_claim_counts_only_behind_a_trusted_proxy() {
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 9))));
        let mut headers = HeaderMap::new();
        let own: IpAddr = [127, 0, 0, 1].into();
        assert_eq!(client(&extensions, &headers, true), Some(own));
        assert!(is_own(&extensions, &headers));
        headers.insert(FORWARDED, HeaderValue::from_static("203.0.113.9, 198.51.100.4"));
        assert_eq!(client(&extensions, &headers, false), Some(own));
        assert_eq!(client(&extensions, &headers, true), Some([198, 51, 100, 4].into()));
        assert!(!is_own(&extensions, &headers));
    }
}
