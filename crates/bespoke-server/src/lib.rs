//! HTTP and WebSocket API, and the page. Only this crate knows HTTP.
