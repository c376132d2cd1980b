//! Traces for a collector (OTLP over HTTP), where `otlp_endpoint` is set: one span for each request, with its method, the
//! pattern of its route and its status. No path, no header, no word of a person, and no line of the log goes there.

use crate::failure::Failure;
use opentelemetry::trace::TracerProvider;
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{SdkTracerProvider, SpanData};
use std::sync::Arc;
use tokio::runtime::Handle;
use tracing::Subscriber;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::{EnvFilter, Layer};

/// What sends spans away; ask it to end before the process does.
pub type Traces = SdkTracerProvider;

/// Sends from the threads of the server: the library waits for it on a thread that has no network of its own.
#[derive(Debug)]
struct Sender {
    exporter: Arc<SpanExporter>,
    runtime: Handle,
}

impl opentelemetry_sdk::trace::SpanExporter for Sender {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let exporter = self.exporter.clone();
        let sent = self.runtime.spawn(async move { exporter.export(batch).await });
        sent.await.unwrap_or(Ok(()))
    }

    fn set_resource(&mut self, resource: &Resource) {
        // Nothing is sent yet, so nobody else has it.
        if let Some(exporter) = Arc::get_mut(&mut self.exporter) {
            exporter.set_resource(resource);
        }
    }
}

/// Begins to send to a collector: `http://collector:4318`.
///
/// # Errors
/// The address cannot be used.
pub fn begin(endpoint: &str, runtime: Handle) -> Result<Traces, Failure> {
    bespoke_server::outward::use_ring();
    let wrong = |error: &dyn std::fmt::Display| Failure::Usage(format!("otlp_endpoint: {error}"));
    let address = format!("{}/v1/traces", endpoint.trim_end_matches('/'));
    let built = SpanExporter::builder()
        .with_http()
        .with_endpoint(address)
        .with_protocol(Protocol::HttpBinary)
        .build();
    let exporter = Arc::new(built.map_err(|error| wrong(&error))?);
    let resource = Resource::builder().with_service_name("bespoke").build();
    Ok(SdkTracerProvider::builder()
        .with_batch_exporter(Sender { exporter, runtime })
        .with_resource(resource)
        .build())
}

/// What takes the spans of requests, and nothing else, whatever is logged.
pub fn layer<S: Subscriber + for<'a> LookupSpan<'a>>(traces: &Traces) -> impl Layer<S> {
    tracing_opentelemetry::layer()
        .with_tracer(traces.tracer("bespoke"))
        .with_location(false)
        .with_threads(false)
        .with_tracked_inactivity(false)
        .with_filter(filter_fn(|meta| {
            meta.is_span() && meta.target().starts_with("bespoke_server")
        }))
}

/// The filter of the log, as a text.
///
/// # Errors
/// It is no filter.
pub fn log_filter(filter: &str) -> Result<EnvFilter, Failure> {
    let filter = EnvFilter::try_new(filter).map_err(|e| Failure::Usage(format!("log: {e}")))?;
    // At `trace` the first would repeat what people sent; at `debug` the second, which hosts they had asked.
    let quiet = ["axum::rejection=off", "reqwest=info"];
    Ok(quiet.iter().fold(filter, |filter, quiet| match quiet.parse() {
        Ok(quiet) => filter.add_directive(quiet),
        Err(_) => filter,
    }))
}
