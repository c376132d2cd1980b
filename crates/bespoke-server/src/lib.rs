//! HTTP and WebSocket API, and the page. Only this crate knows HTTP.
//!
//! Requests come in, the engines of the other crates do the work on threads of their own, JSON or files go out.
//! Nothing here understands a résumé.

mod access;
mod acme;
mod address;
mod audits;
mod auth;
pub mod boards;
pub mod counting;
mod docs;
pub mod drawing;
mod engines;
mod error;
mod etag;
pub mod fetch;
mod gate;
mod language_model;
pub mod learning;
mod live;
pub mod mail;
mod metrics;
pub mod numbers;
pub mod outward;
mod page;
mod pages;
mod reading;
mod routes;
mod settings;
mod sharing;
mod state;
pub mod takeout;
mod tls;

pub use acme::AcmeConfig;
pub use auth::AccountsConfig;
pub use auth::providers;
pub use language_model::{AddressFault, ModelRules, SharedModel};
pub use routes::counts::csv as counts_csv;
pub use settings::{Secret, Settings};
pub use state::App;
pub use tls::{Tls, TlsFiles};

use anyhow::Context;
use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use bespoke_models::reader::Reader;
use bespoke_store::Location;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;
use tower_http::compression::CompressionLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::trace::TraceLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

/// What a server is started with.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where it listens; port 0 takes a free one.
    pub addr: SocketAddr,
    /// Where everything is that is kept; the folder is made if missing.
    pub location: Location,
    /// How accounts work.
    pub accounts: AccountsConfig,
    /// Folder of the models.
    pub models: PathBuf,
    /// Folder of what can be computed again.
    pub cache: PathBuf,
    /// How files are read.
    pub reader: Reader,
    /// Choices that have a default.
    pub settings: Settings,
    /// The program whose `worker --draw` draws through templates of people's own.
    pub drawer: PathBuf,
    /// What it serves https with; without it, plain http (behind a proxy).
    pub tls: Option<Tls>,
}

/// Bytes of a request besides the file that it carries.
const ENVELOPE: usize = 64 << 10;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Bespoke",
        description = "Reads résumés, says which roles fit, tailors them without inventing anything, renders them. The header `Bespoke-Team` (or the parameter `team` of the query) names the team that a request is about; without it, it is about your own workspace."
    ),
    components(schemas(error::Problem, live::Told))
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
    let gate = gate::Gate::new(app.clone(), &description);
    let docs = docs::page(&description);
    let described = axum::Json(description);
    router
        .layer(middleware::from_fn_with_state(gate, gate::check))
        .route("/api/openapi.json", axum::routing::get(|| async move { described }))
        .route("/privacy", axum::routing::get(page::serve_privacy))
        .route(
            "/api/docs",
            axum::routing::get(|| async move { axum::response::Html(docs) }),
        )
        .merge(routes::shared::routes())
        .merge(routes::health::short())
        .fallback(page::serve_page)
        .layer(DefaultBodyLimit::max(bespoke_core::ingest::MAX_BYTES + ENVELOPE))
        .layer(middleware::from_fn(error::as_problem))
        .layer(middleware::from_fn(etag::tag))
        .layer(middleware::from_fn(guard))
        .layer(middleware::from_fn_with_state(app.clone(), metrics::measure))
        .layer(CompressionLayer::new())
        .layer(TraceLayer::new_for_http().make_span_with(span).on_response(note_status))
        .with_state(app)
}

/// What the log says of a request: the pattern of its route, never the path, in which secrets of links stand.
fn span(request: &Request) -> tracing::Span {
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("page", MatchedPath::as_str);
    let method = request.method();
    tracing::info_span!("request", %method, route, otel.name = %format_args!("{method} {route}"), otel.kind = "server", status = tracing::field::Empty)
}

fn note_status(response: &Response, _: Duration, span: &tracing::Span) {
    span.record("status", response.status().as_u16());
}

/// Refuses writes (and sockets) that another site's page makes in the person's name, and sets the headers that every
/// answer has.
async fn guard(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let unsafe_method = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let socket = headers.contains_key(header::UPGRADE);
    // HTTP/2 names the host in the address of the request.
    let host = match request.uri().authority() {
        Some(authority) => authority.as_str(),
        None => headers
            .get(header::HOST)
            .and_then(|h| h.to_str().ok())
            .unwrap_or_default(),
    };
    let foreign = headers.get(header::ORIGIN).is_some_and(|origin| {
        origin
            .to_str()
            .ok()
            .and_then(|o| o.split_once("://"))
            .is_none_or(|(_, name)| name != host)
    });
    // Browsers say it themselves, whatever the page does; `none` is the person's own doing.
    let crossed = headers
        .get("sec-fetch-site")
        .is_some_and(|site| !matches!(site.as_bytes(), b"same-origin" | b"none"));
    if (foreign || crossed) && (unsafe_method || socket) {
        return error::ApiError::ForeignOrigin.into_response();
    }
    let mut response = next.run(request).await;
    const CSP: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    for (name, value) in [
        ("content-security-policy", CSP),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
    ] {
        // A page with a policy of its own keeps it.
        response
            .headers_mut()
            .entry(HeaderName::from_static(name))
            .or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Serves until SIGINT or SIGTERM; then takes no new connection, closes the sockets, and waits a while for requests and
/// files that are at work. What is not done by then is taken up at the next start. Calls `on_ready` with the address once it listens.
///
/// # Errors
/// The data folder or the address cannot be used, or the database fails to open; says which.
pub async fn serve(config: Config, on_ready: impl FnOnce(SocketAddr)) -> anyhow::Result<()> {
    let folder = config.location.folder.clone();
    std::fs::create_dir_all(&folder).with_context(|| format!("{}: cannot make the folder", folder.display()))?;
    let listener = tokio::net::TcpListener::bind(config.addr)
        .await
        .with_context(|| format!("cannot listen on {}: choose another address with --addr", config.addr))?;
    let store =
        bespoke_store::Store::open_at(&config.location)
            .await
            .with_context(|| match config.location.database_url {
                None => format!("{}: cannot open the database", folder.display()),
                Some(_) => "cannot open the database of database_url".to_owned(),
            })?;
    if let Some(path) = store.made_key() {
        tracing::warn!(
            file = %path.display(),
            "a new master key was made: without this file nobody can read the data; keep a copy in a safe place, away from the data and their backups"
        );
    }
    let reader = config.reader.clone();
    match tokio::task::spawn_blocking(move || reader.lacks()).await? {
        Ok(lacks) if lacks.is_empty() => tracing::info!("files are read in a locked-in process"),
        Ok(lacks) => tracing::warn!(
            lacks = lacks.join("; "),
            "files are read in a process that is not fully locked in"
        ),
        Err(error) => tracing::error!(%error, "the process that reads files does not start"),
    }
    let grace = config.settings.grace;
    let app = App::with_taxonomies(store, config.models, config.cache, Some(folder))
        .with_reader(config.reader)
        .with_accounts(config.accounts)
        .with_settings(config.settings)
        .with_drawer(config.drawer);
    counting::keep_forgetting(app.clone());
    reading::keep_sweeping(app.clone());
    reading::take_up(&app).await?;
    let tls = match config.tls {
        Some(tls) => Some(tls.open().await?),
        None => None,
    };
    on_ready(listener.local_addr()?);
    let mut router = router(app.clone());
    if tls.is_some() {
        let year = HeaderValue::from_static("max-age=31536000");
        router = router.layer(SetResponseHeaderLayer::if_not_present(
            header::STRICT_TRANSPORT_SECURITY,
            year,
        ));
    }
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let signal = {
        let app = app.clone();
        async move {
            told_to_stop().await;
            tracing::info!("stopping");
            app.stop();
        }
    };
    let late = async {
        app.stopped().await;
        tokio::time::sleep(grace).await;
    };
    let serving = async {
        let Some(tls) = tls else {
            return axum::serve(listener, service).with_graceful_shutdown(signal).await;
        };
        let handle = axum_server::Handle::new();
        let told = handle.clone();
        tokio::spawn(async move {
            signal.await;
            told.graceful_shutdown(None);
        });
        let server = axum_server::from_tcp_rustls(listener.into_std()?, tls)?;
        server.handle(handle).serve(service).await
    };
    tokio::select! {
        done = serving => done?,
        () = late => tracing::warn!("some connections were still open"),
    }
    if !app.idle(grace).await {
        tracing::warn!("files were still being read: they are taken up at the next start");
    }
    // What is still held then ends with the process: every answer that was given is on disk.
    if tokio::time::timeout(grace, app.store.close()).await.is_err() {
        tracing::warn!("connections to the database were still in use");
    }
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
