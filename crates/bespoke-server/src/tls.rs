//! https without a proxy: a certificate and a key from files, read again when they change, so that whoever renews them
//! restarts nothing; or from an authority (`acme`).

use crate::acme::AcmeConfig;
use anyhow::Context;
use axum_server::tls_rustls::RustlsConfig;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

/// Where the certificate for https is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tls {
    /// From files that somebody else renews.
    Files(TlsFiles),
    /// From an authority, which is asked by the server itself.
    Acme(AcmeConfig),
}

impl Tls {
    /// PEM file that begins with the certificate that is shown.
    pub fn certificate(&self) -> PathBuf {
        match self {
            Tls::Files(files) => files.certificate.clone(),
            Tls::Acme(acme) => acme.certificate(),
        }
    }

    /// Gets it, and keeps it good for as long as the server lives.
    ///
    /// # Errors
    /// The files cannot be used, or the configuration of the authority.
    pub(crate) async fn open(self) -> anyhow::Result<RustlsConfig> {
        match self {
            Tls::Files(files) => {
                let tls = files.open().await?;
                tokio::spawn(files.follow(tls.clone()));
                Ok(tls)
            }
            Tls::Acme(acme) => {
                let (tls, shown) = acme.open()?;
                tokio::spawn(acme.keep(shown));
                Ok(tls)
            }
        }
    }
}

/// How often the files are looked at.
const LOOKED_AT: Duration = Duration::from_secs(30);

/// Where certificate and key lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsFiles {
    /// PEM: the certificate of the server, then those between it and the authority.
    pub certificate: PathBuf,
    /// PEM: its private key.
    pub key: PathBuf,
}

impl TlsFiles {
    /// Reads both. Offers HTTP/2 and HTTP/1.1 over TLS 1.3 and 1.2.
    ///
    /// # Errors
    /// A file cannot be read, or they do not belong together; says which.
    pub(crate) async fn open(&self) -> anyhow::Result<RustlsConfig> {
        crate::outward::use_ring();
        let opened = RustlsConfig::from_pem_file(&self.certificate, &self.key).await;
        opened.with_context(|| {
            let (certificate, key) = (self.certificate.display(), self.key.display());
            format!("{certificate} and {key} cannot be used for https")
        })
    }

    fn changed(&self) -> Option<(SystemTime, SystemTime)> {
        let at = |path| std::fs::metadata(path).and_then(|m| m.modified()).ok();
        Some((at(&self.certificate)?, at(&self.key)?))
    }

    /// Reads both again on SIGHUP and when they have changed, for as long as the server lives. What cannot be used is
    /// told, and the present certificate stays.
    pub(crate) async fn follow(self, config: RustlsConfig) {
        let mut known = self.changed();
        let mut told = told_to_read();
        loop {
            let asked = tokio::select! {
                () = tokio::time::sleep(LOOKED_AT) => false,
                () = told.wait() => true,
            };
            let now = self.changed();
            if !asked && (now.is_none() || now == known) {
                continue;
            }
            match config.reload_from_pem_file(&self.certificate, &self.key).await {
                Ok(()) => tracing::info!("the certificate was read again"),
                Err(error) => tracing::error!(%error, "the new certificate cannot be used: the present one stays"),
            }
            known = now;
        }
    }
}

/// SIGHUP, where there is one.
struct Told {
    #[cfg(unix)]
    signal: Option<tokio::signal::unix::Signal>,
}

fn told_to_read() -> Told {
    Told {
        #[cfg(unix)]
        signal: tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup()).ok(),
    }
}

impl Told {
    async fn wait(&mut self) {
        #[cfg(unix)]
        if let Some(signal) = &mut self.signal {
            signal.recv().await;
            return;
        }
        std::future::pending().await
    }
}
