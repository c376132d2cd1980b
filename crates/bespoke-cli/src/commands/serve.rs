//! `bespoke serve`.

use crate::engines::{DataArgs, ModelArgs, cache_dir};
use crate::failure::Failure;
use bespoke_models::reader::Reader;
use std::net::SocketAddr;
use tracing_subscriber::EnvFilter;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Address to listen on
    #[arg(long, env = "BESPOKE_ADDR", default_value = "127.0.0.1:8080")]
    addr: SocketAddr,
    #[command(flatten)]
    data: DataArgs,
    #[command(flatten)]
    models: ModelArgs,
}

/// Serves until it is told to stop.
pub fn run(args: &Args) -> Result<(), Failure> {
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::try_from_env("BESPOKE_LOG").unwrap_or_else(|_| EnvFilter::new("info")))
        .with_writer(std::io::stderr)
        .init();
    let config = bespoke_server::Config {
        addr: args.addr,
        data: args.data.dir(),
        models: args.models.dir(),
        cache: cache_dir(),
        reader: Reader::sandboxed(std::env::current_exe()?),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(bespoke_server::serve(config, |addr| {
        println!("Bespoke is ready at http://{addr}")
    }))?;
    Ok(())
}
