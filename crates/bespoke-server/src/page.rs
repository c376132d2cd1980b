//! The page, built from `web/` into the binary.

use crate::error::ApiError;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../web/dist/"]
struct Dist;

/// Files of the page; every other path that is no file shows the page itself, which routes in the browser.
pub async fn serve_page(uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    if path == "api" || path.starts_with("api/") {
        return ApiError::NotFound("this address").into_response();
    }
    let (name, file) = match Dist::get(path) {
        Some(file) if !path.is_empty() => (path, Some(file)),
        _ if path.rsplit('/').next().is_some_and(|last| last.contains('.')) => (path, None),
        _ => ("index.html", Dist::get("index.html")),
    };
    match file {
        Some(file) => {
            let kind = mime_guess::from_path(name).first_or_octet_stream();
            // Names of assets hold the hash of their content.
            let kept = if name.starts_with("assets/") {
                "public, max-age=31536000, immutable"
            } else {
                "no-cache"
            };
            (
                [(header::CONTENT_TYPE, kind.as_ref()), (header::CACHE_CONTROL, kept)],
                file.data,
            )
                .into_response()
        }
        None if name == "index.html" => {
            let text = "The page is not built into this server. `make run` builds it and starts the server.\n";
            (StatusCode::NOT_FOUND, text).into_response()
        }
        None => (StatusCode::NOT_FOUND, "There is no such file.\n").into_response(),
    }
}

/// What is kept, for how long, and who can read it, in plain words. Works without the page and without scripts.
pub async fn serve_privacy() -> Response {
    let head = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (head, include_str!("privacy.html")).into_response()
}
