//! Numbers for whoever runs the server, in the text format of Prometheus. Counts and times only: no ids, no addresses.

use crate::state::App;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bespoke_store::QueueState;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use std::time::{Duration, Instant};

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    method: &'static str,
    /// The pattern of the route, never the path itself.
    route: String,
    status: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Outcome {
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct JobState {
    state: &'static str,
}

/// The numbers of one run of the server.
pub struct Metrics {
    registry: Registry,
    requests: Family<Asked, Counter>,
    times: Family<Route, Histogram, fn() -> Histogram>,
    readings: Family<Outcome, Counter>,
    reading_times: Histogram,
    jobs: Family<JobState, Gauge>,
    memory: Gauge,
}

/// Seconds: from an answer out of memory to a page that is recognised.
const BUCKETS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

fn seconds() -> Histogram {
    Histogram::new(BUCKETS)
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("bespoke");
        let requests = Family::<Asked, Counter>::default();
        let times = Family::<Route, Histogram, fn() -> Histogram>::new_with_constructor(seconds);
        let readings = Family::<Outcome, Counter>::default();
        let reading_times = seconds();
        let jobs = Family::<JobState, Gauge>::default();
        let memory = Gauge::default();
        registry.register("http_requests", "Answered requests", requests.clone());
        registry.register("http_request_seconds", "Seconds until the answer", times.clone());
        registry.register("readings", "Résumés that were read, by outcome", readings.clone());
        registry.register("reading_seconds", "Seconds to read a résumé", reading_times.clone());
        registry.register("jobs", "Jobs by state", jobs.clone());
        registry.register("resident_memory_bytes", "Memory of the process", memory.clone());
        let started = Gauge::<i64>::default();
        started.set(jiff::Timestamp::now().as_second());
        registry.register("start_time_seconds", "When the process started, since 1970", started);
        Metrics {
            registry,
            requests,
            times,
            readings,
            reading_times,
            jobs,
            memory,
        }
    }
}

impl Metrics {
    /// Counts a reading that has ended: `ready`, `failed`, `refused` or `put off`.
    pub fn count_reading(&self, outcome: &'static str, took: Duration) {
        self.readings.get_or_create(&Outcome { outcome }).inc();
        self.reading_times.observe(took.as_secs_f64());
    }

    /// All numbers as text.
    pub fn text(&self, queue: Option<QueueState>) -> String {
        if let Some(queue) = queue {
            for (state, number) in [
                ("waiting", queue.open - queue.held),
                ("held", queue.held),
                ("dead", queue.dead),
            ] {
                self.jobs.get_or_create(&JobState { state }).set(number);
            }
        }
        self.memory.set(resident_bytes().unwrap_or(0));
        let mut out = String::new();
        // Writing into a string does not fail.
        let _ = encode(&mut out, &self.registry);
        out
    }
}

/// Memory of this process, where the system tells it.
fn resident_bytes() -> Option<i64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"))?;
    let kilobytes: i64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PATCH => "PATCH",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        _ => "OTHER",
    }
}

/// Counts and times every request by the pattern of its route.
pub async fn measure(State(app): State<App>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "page".to_owned(), |path| path.as_str().to_owned());
    let method = method(request.method());
    let response = next.run(request).await;
    let asked = Asked {
        method,
        route: route.clone(),
        status: response.status().as_u16().to_string(),
    };
    app.metrics.requests.get_or_create(&asked).inc();
    app.metrics
        .times
        .get_or_create(&Route { route })
        .observe(begun.elapsed().as_secs_f64());
    response
}

/// The numbers as an answer.
pub async fn answer(app: &App) -> Response {
    let text = app.metrics.text(app.store.queue().await.ok());
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    (
        [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")],
        text,
    )
        .into_response()
}
