//! `bespoke serve`.

use crate::config::{Config, Flags, LogFormat};
use crate::engines::cache_dir;
use crate::failure::Failure;
use bespoke_models::reader::Reader;
use tracing_subscriber::EnvFilter;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    flags: Flags,
}

/// Serves until it is told to stop.
pub fn run(args: &Args) -> Result<(), Failure> {
    let config = Config::load(&args.flags)?;
    let (filter, format) = config.log();
    let filter = EnvFilter::try_new(filter).map_err(|e| Failure::Usage(format!("log: {e}")))?;
    // At `trace` it would repeat what people sent.
    let filter = match "axum::rejection=off".parse() {
        Ok(quiet) => filter.add_directive(quiet),
        Err(_) => filter,
    };
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    match format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().flatten_event(true).init(),
    }
    let server = bespoke_server::Config {
        addr: config.addr(),
        location: config.location(),
        accounts: config.accounts(),
        models: config.models().to_owned(),
        cache: cache_dir(),
        reader: Reader::sandboxed(std::env::current_exe()?),
        settings: config.settings(),
        drawer: std::env::current_exe()?,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(bespoke_server::serve(server, |addr| {
        println!("Bespoke is ready at http://{addr}")
    }))?;
    Ok(())
}
