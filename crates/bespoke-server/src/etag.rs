//! Entity tags on the JSON of the API, so that a client that has it already gets no body again (RFC 9110).

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

/// Most bytes of an answer that is tagged.
const MOST: usize = 256 << 20;

fn has(headers: &HeaderMap, tag: &str) -> bool {
    let strong = tag.trim_start_matches("W/");
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|given| given == "*" || given.trim_start_matches("W/") == strong)
}

/// Tags what a GET of the API answers; 304 where the client has it.
pub async fn tag(request: Request, next: Next) -> Response {
    let wanted = *request.method() == Method::GET && request.uri().path().starts_with("/api/");
    if !wanted {
        return next.run(request).await;
    }
    let asked = request.headers().clone();
    let (mut parts, body) = next.run(request).await.into_parts();
    let is_json = parts
        .headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    if parts.status != StatusCode::OK || !is_json {
        return Response::from_parts(parts, body);
    }
    let Ok(bytes) = to_bytes(body, MOST).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let digest: String = Sha256::digest(&bytes)[..12]
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    // Weak, as the answer may be compressed on its way.
    let tag = format!("W/\"{digest}\"");
    if let Ok(value) = HeaderValue::from_str(&tag) {
        parts.headers.insert(header::ETAG, value);
    }
    parts
        .headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("private, no-cache"));
    if has(&asked, &tag) {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_TYPE);
        parts.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
}
