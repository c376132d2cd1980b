//! `bespoke serve`.

use crate::engines::{ModelArgs, cache_dir};
use crate::failure::Failure;
use bespoke_models::reader::Reader;
use std::net::SocketAddr;
use std::path::PathBuf;
use tracing_subscriber::EnvFilter;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Address to listen on
    #[arg(long, env = "BESPOKE_ADDR", default_value = "127.0.0.1:8080")]
    addr: SocketAddr,
    /// Folder for the database and the files, made if missing [default: the user's data folder]
    #[arg(long, env = "BESPOKE_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    #[command(flatten)]
    models: ModelArgs,
}

/// `bespoke` in the user's data folder.
fn data_dir() -> PathBuf {
    std::env::var_os("XDG_DATA_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/share")))
        .unwrap_or_else(|| PathBuf::from("."))
        .join("bespoke")
}

/// Serves until it is told to stop.
pub fn run(args: &Args) -> Result<(), Failure> {
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::try_from_env("BESPOKE_LOG").unwrap_or_else(|_| EnvFilter::new("info")))
        .with_writer(std::io::stderr)
        .init();
    let config = bespoke_server::Config {
        addr: args.addr,
        data: args.data.clone().unwrap_or_else(data_dir),
        models: args.models.dir(),
        cache: cache_dir(),
        reader: Reader::sandboxed(std::env::current_exe()?),
        drawer: std::env::current_exe()?,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(bespoke_server::serve(config, |addr| {
        println!("Bespoke is ready at http://{addr}")
    }))?;
    Ok(())
}
