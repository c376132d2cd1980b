//! `bespoke config show|check`.

use super::print_text;
use crate::config::{Config, Flags};
use crate::failure::Failure;
use bespoke_server::Tls;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Print every setting in force as TOML, and where it comes from; secrets are hidden
    Show(Flags),
    /// Say what in the configuration would not work
    Check(Flags),
}

/// Shows or checks.
pub fn run(args: &Args) -> Result<(), Failure> {
    match &args.what {
        What::Show(flags) => print_text(&Config::load(flags)?.shown()),
        What::Check(flags) => check(&Config::load(flags)?),
    }
}

fn check(config: &Config) -> Result<(), Failure> {
    let mut faults = Vec::new();
    if let Err(error) = std::fs::create_dir_all(config.data()).and_then(|()| {
        let probe = config.data().join(".bespoke-probe");
        std::fs::write(&probe, b"")?;
        std::fs::remove_file(&probe)
    }) {
        faults.push(format!("data: {}: {error}", config.data().display()));
    }
    if let Err(error) = std::fs::read_dir(config.models()) {
        faults.push(format!(
            "models: {}: {error} (run `make models`)",
            config.models().display()
        ));
    }
    if let Err(error) = tracing_subscriber::EnvFilter::try_new(config.log().0) {
        faults.push(format!("log: {error}"));
    }
    match config.tls() {
        Ok(Some(tls)) => {
            let read = match &tls {
                Tls::Files(files) => vec![("tls_cert", &files.certificate), ("tls_key", &files.key)],
                Tls::Acme(acme) => acme.authority.iter().map(|path| ("[acme] ca_file", path)).collect(),
            };
            for (name, path) in read {
                if let Err(error) = std::fs::File::open(path) {
                    faults.push(format!("{name}: {}: {error}", path.display()));
                }
            }
        }
        Ok(None) => {}
        Err(error) => faults.push(error.to_string()),
    }
    // A running server holds its own port; any other refusal is a fault.
    match std::net::TcpListener::bind(config.addr()) {
        Ok(_) => {}
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {}
        Err(error) => faults.push(format!("addr: {}: {error}", config.addr())),
    }
    match faults.is_empty() {
        true => print_text("The configuration works."),
        false => Err(Failure::Usage(faults.join("\n  "))),
    }
}
