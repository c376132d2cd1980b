//! HTTP and WebSocket API, and the page. Only this crate knows HTTP.
//!
//! Requests come in, the engines of the other crates do the work on threads of their own, JSON or files go out.
//! Nothing here understands a résumé.

mod engines;
mod error;
pub mod fetch;
mod live;
mod page;
mod reading;
mod routes;
mod state;

pub use state::App;

use anyhow::Context;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use bespoke_models::reader::Reader;
use std::net::SocketAddr;
use std::path::PathBuf;
use tower_http::compression::CompressionLayer;
use tower_http::trace::TraceLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

/// What a server is started with.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where it listens; port 0 takes a free one.
    pub addr: SocketAddr,
    /// Folder of the database, made if missing.
    pub data: PathBuf,
    /// Folder of the models.
    pub models: PathBuf,
    /// Folder of what can be computed again.
    pub cache: PathBuf,
    /// How files are read.
    pub reader: Reader,
}

/// Bytes of a request besides the file that it carries.
const ENVELOPE: usize = 64 << 10;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Bespoke",
        description = "Reads résumés, says which roles fit, tailors them without inventing anything, renders them."
    ),
    components(schemas(error::Problem, live::Event))
)]
struct Description;

fn api() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Description::openapi())
        .nest("/api/v1", routes::api())
        .merge(routes::health::routes())
}

/// The OpenAPI 3.1 description of the server, made from its routes.
pub fn openapi() -> utoipa::openapi::OpenApi {
    api().split_for_parts().1
}

/// All routes over a state: what [`serve`] serves.
pub fn router(app: App) -> Router {
    let (router, description) = api().split_for_parts();
    let described = axum::Json(description);
    router
        .route("/api/openapi.json", axum::routing::get(|| async move { described }))
        .fallback(page::serve_page)
        .layer(DefaultBodyLimit::max(bespoke_core::ingest::MAX_BYTES + ENVELOPE))
        .layer(middleware::from_fn(guard))
        .layer(CompressionLayer::new())
        .layer(TraceLayer::new_for_http())
        .with_state(app)
}

/// Refuses writes (and sockets) that another site's page makes in the person's name, and sets the headers that every
/// answer has.
async fn guard(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let unsafe_method = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let socket = headers.contains_key(header::UPGRADE);
    let host = headers
        .get(header::HOST)
        .and_then(|h| h.to_str().ok())
        .unwrap_or_default();
    let foreign = headers.get(header::ORIGIN).is_some_and(|origin| {
        origin
            .to_str()
            .ok()
            .and_then(|o| o.split_once("://"))
            .is_none_or(|(_, name)| name != host)
    });
    if foreign && (unsafe_method || socket) {
        return error::ApiError::ForeignOrigin.into_response();
    }
    let mut response = next.run(request).await;
    const CSP: &str = "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    for (name, value) in [
        ("content-security-policy", CSP),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
    ] {
        response
            .headers_mut()
            .insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

/// Serves until SIGINT or SIGTERM. Calls `on_ready` with the address once it listens.
///
/// # Errors
/// The data folder or the address cannot be used, or the database fails to open; says which.
pub async fn serve(config: Config, on_ready: impl FnOnce(SocketAddr)) -> anyhow::Result<()> {
    std::fs::create_dir_all(&config.data)
        .with_context(|| format!("{}: cannot make the folder", config.data.display()))?;
    let listener = tokio::net::TcpListener::bind(config.addr)
        .await
        .with_context(|| format!("cannot listen on {}: choose another address with --addr", config.addr))?;
    let store = bespoke_store::Store::open(&config.data)
        .await
        .with_context(|| format!("{}: cannot open the database", config.data.display()))?;
    let reader = config.reader.clone();
    match tokio::task::spawn_blocking(move || reader.lacks()).await? {
        Ok(lacks) if lacks.is_empty() => tracing::info!("files are read in a locked-in process"),
        Ok(lacks) => tracing::warn!(
            lacks = lacks.join("; "),
            "files are read in a process that is not fully locked in"
        ),
        Err(error) => tracing::error!(%error, "the process that reads files does not start"),
    }
    let app = App::with_taxonomies(store.clone(), config.models, config.cache, Some(config.data.clone()))
        .with_reader(config.reader);
    reading::take_up(&app).await?;
    on_ready(listener.local_addr()?);
    axum::serve(listener, router(app))
        .with_graceful_shutdown(told_to_stop())
        .await?;
    store.close().await;
    Ok(())
}

async fn told_to_stop() {
    let interrupt = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
