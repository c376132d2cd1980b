//! The cookies of a signed-in browser. Over https they are bound to the host (`__Host-`), which no other site of the
//! domain can set; over plain http, where browsers refuse that, they have plain names.

use crate::state::cookie;
use axum::http::header::{self, HeaderValue};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName};

/// A cookie of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cookie {
    /// The access token; ends with it.
    Access,
    /// The refresh token.
    Refresh,
    /// The token of a guest workspace.
    Guest,
    /// The secret of a sign-in that goes over several requests; it must come along from another site.
    Flow,
}

impl Cookie {
    /// Its name.
    pub fn name(self, https: bool) -> &'static str {
        match (self, https) {
            (Cookie::Access, true) => "__Host-bespoke_access",
            (Cookie::Access, false) => "bespoke_access",
            (Cookie::Refresh, true) => "__Host-bespoke_refresh",
            (Cookie::Refresh, false) => "bespoke_refresh",
            (Cookie::Guest, _) => "bespoke_workspace",
            (Cookie::Flow, true) => "__Host-bespoke_flow",
            (Cookie::Flow, false) => "bespoke_flow",
        }
    }

    /// Seconds that a browser keeps it.
    pub fn seconds(self) -> i64 {
        match self {
            Cookie::Access => super::jwt::LIVES,
            Cookie::Refresh => 30 * 24 * 3600,
            Cookie::Guest => 365 * 24 * 3600,
            Cookie::Flow => super::flow::LIVES,
        }
    }

    /// Its value in a request.
    pub fn of(self, parts: &Parts, https: bool) -> Option<&str> {
        cookie(&parts.headers, self.name(https))
    }

    /// Adds the header that sets it, or that takes it away where there is no value.
    pub fn set(self, headers: &mut HeaderMap, value: Option<&str>, https: bool) {
        let site = match self {
            Cookie::Guest | Cookie::Flow => "Lax",
            Cookie::Access | Cookie::Refresh => "Strict",
        };
        let text = format!(
            "{}={}; HttpOnly; SameSite={site}; Path=/; Max-Age={}{}",
            self.name(https),
            value.unwrap_or_default(),
            value.map_or(0, |_| self.seconds()),
            if https { "; Secure" } else { "" }
        );
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.append(SET_COOKIE, value);
        }
    }
}

const SET_COOKIE: HeaderName = header::SET_COOKIE;
