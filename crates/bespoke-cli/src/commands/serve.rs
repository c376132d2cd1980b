//! `bespoke serve`.

use crate::engines::{ModelArgs, cache_dir};
use crate::failure::Failure;
use crate::keys::DataArgs;
use bespoke_models::reader::Reader;
use bespoke_server::AccountsConfig;
use std::net::SocketAddr;
use std::path::PathBuf;
use tracing_subscriber::EnvFilter;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Address to listen on
    #[arg(long, env = "BESPOKE_ADDR", default_value = "127.0.0.1:8080")]
    addr: SocketAddr,
    #[command(flatten)]
    data: DataArgs,
    /// Where people reach this server, `https://…`; makes its cookies secure
    #[arg(long, env = "BESPOKE_PUBLIC_URL", value_name = "URL")]
    public_url: Option<String>,
    /// Sorted list of SHA-1 hashes of breached passwords, `HASH` or `HASH:count` a line
    #[arg(long, env = "BESPOKE_BREACHED_PASSWORDS", value_name = "FILE")]
    breached_passwords: Option<PathBuf>,
    /// Take the address of a client from the last X-Forwarded-For, which a proxy in front writes
    #[arg(long, env = "BESPOKE_BEHIND_PROXY")]
    behind_proxy: bool,
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
        key: Some(args.data.key()),
        accounts: AccountsConfig {
            public_url: args.public_url.as_ref().map(|url| url.trim_end_matches('/').to_owned()),
            breached_passwords: args.breached_passwords.clone(),
            behind_proxy: args.behind_proxy,
        },
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
