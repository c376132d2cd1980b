//! Lists in pages: `limit` entries after the one with the id `after`; the header `Link` leads to the next page
//! (RFC 8288), `X-Total-Count` says how many there are in all.

use crate::error::ApiError;
use axum::Json;
use axum::http::{HeaderName, HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

/// Most entries of a page, and as many as come where none is asked for.
const MOST: usize = 1000;

/// Which part of a list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Page {
    /// How many entries, 1 to 1000; 1000 where it is left out.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<usize>,
    /// The id of the last entry of the page before; the answer's `Link` names it.
    after: Option<String>,
}

/// Cuts the page out of a list.
///
/// # Errors
/// [`ApiError::BadRequest`] where the limit is none, or the list has no entry `after`.
pub fn page<T: Serialize>(list: Vec<T>, id: impl Fn(&T) -> &str, page: &Page, uri: &Uri) -> Result<Response, ApiError> {
    let limit = page.limit.unwrap_or(MOST);
    if !(1..=MOST).contains(&limit) {
        return Err(ApiError::BadRequest(format!("limit is a number from 1 to {MOST}")));
    }
    let total = list.len();
    let begin = match &page.after {
        None => 0,
        Some(after) => match list.iter().position(|entry| id(entry) == after) {
            Some(position) => position + 1,
            None => {
                return Err(ApiError::BadRequest(
                    "there is no entry `after` in this list: begin anew".into(),
                ));
            }
        },
    };
    let part: Vec<T> = list.into_iter().skip(begin).take(limit).collect();
    let next = match part.last() {
        Some(last) if begin + part.len() < total => Some(format!(
            "<{}?limit={limit}&after={}{}>; rel=\"next\"",
            uri.path(),
            id(last),
            other(uri)
        )),
        _ => None,
    };
    let mut response = Json(part).into_response();
    let headers = response.headers_mut();
    headers.insert(HeaderName::from_static("x-total-count"), HeaderValue::from(total));
    if let Some(value) = next.and_then(|n| HeaderValue::from_str(&n).ok()) {
        headers.insert(header::LINK, value);
    }
    Ok(response)
}

/// The other parameters of the request, which the next page keeps.
fn other(uri: &Uri) -> String {
    uri.query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("limit=") && !pair.starts_with("after="))
        .map(|pair| format!("&{pair}"))
        .collect()
}
