//! `bespoke serve`.

use crate::config::{Config, Flags, LogFormat};
use crate::engines::cache_dir;
use crate::failure::Failure;
use crate::telemetry;
use bespoke_models::reader::Reader;
use tracing_subscriber::Layer;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    flags: Flags,
}

/// Serves until it is told to stop.
pub fn run(args: &Args) -> Result<(), Failure> {
    let config = Config::load(&args.flags)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let traces = config.otlp_endpoint();
    let traces = traces
        .map(|to| telemetry::begin(to, runtime.handle().clone()))
        .transpose()?;
    let (filter, format) = config.log();
    let log = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let log = match format {
        LogFormat::Text => log.boxed(),
        LogFormat::Json => log.json().flatten_event(true).boxed(),
    };
    tracing_subscriber::registry()
        .with(log.with_filter(telemetry::log_filter(filter)?))
        .with(traces.as_ref().map(telemetry::layer))
        .init();
    let server = bespoke_server::Config {
        addr: config.addr(),
        location: config.location(),
        accounts: config.accounts(),
        models: config.models().to_owned(),
        cache: cache_dir(),
        reader: Reader::sandboxed(std::env::current_exe()?).with_models(config.models().to_owned()),
        settings: config.settings(),
        drawer: std::env::current_exe()?,
        tls: config.tls()?,
    };
    let scheme = if server.tls.is_some() { "https" } else { "http" };
    runtime.block_on(bespoke_server::serve(server, |addr| {
        println!("Bespoke is ready at {scheme}://{addr}")
    }))?;
    if let Some(traces) = traces
        && let Err(error) = traces.shutdown()
    {
        tracing::warn!(%error, "some traces were not sent");
    }
    Ok(())
}
