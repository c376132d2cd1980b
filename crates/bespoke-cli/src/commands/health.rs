//! `bespoke health`: asks a running server whether it is ready; for the health check of a container.

use crate::config::{Config, Flags};
use crate::failure::Failure;
use anyhow::{Context, bail};
use bespoke_server::Tls;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, ClientConnection, DigitallySignedStruct, SignatureScheme, StreamOwned};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    flags: Flags,
}

/// Succeeds where the server is ready.
pub fn run(args: &Args) -> Result<(), Failure> {
    let config = Config::load(&args.flags)?;
    let mut addr = config.addr();
    if addr.ip().is_unspecified() {
        addr.set_ip([127, 0, 0, 1].into());
    }
    Ok(ask(addr, config.tls()?)?)
}

fn ask(addr: SocketAddr, tls: Option<Tls>) -> anyhow::Result<()> {
    let wait = Duration::from_secs(5);
    let stream = TcpStream::connect_timeout(&addr, wait).with_context(|| format!("no server at {addr}"))?;
    stream.set_read_timeout(Some(wait))?;
    let answer = match tls {
        None => answer(stream, addr)?,
        Some(tls) => {
            let secured = ClientConnection::new(Arc::new(only(&tls.certificate())?), ServerName::from(addr.ip()))?;
            answer(StreamOwned::new(secured, stream), addr)?
        }
    };
    if !answer.starts_with("HTTP/1.1 200") {
        bail!("not ready: {}", answer.lines().last().unwrap_or_default());
    }
    Ok(())
}

fn answer(mut stream: impl Read + Write, addr: SocketAddr) -> anyhow::Result<String> {
    write!(
        stream,
        "GET /ready HTTP/1.1\r\nHost: {addr}\r\nConnection: close\r\n\r\n"
    )?;
    stream.flush()?;
    let mut answer = String::new();
    stream.take(64 << 10).read_to_string(&mut answer)?;
    Ok(answer)
}

/// Takes the certificate of the configuration and no other: the server is asked by its address, which no certificate names.
fn only(path: &Path) -> anyhow::Result<ClientConfig> {
    let certificate =
        CertificateDer::from_pem_file(path).with_context(|| format!("{}: no certificate", path.display()))?;
    let provider = Arc::new(ring::default_provider());
    let only = Only {
        certificate,
        provider: provider.clone(),
    };
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(only))
        .with_no_client_auth())
}

#[derive(Debug)]
struct Only {
    certificate: CertificateDer<'static>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Only {
    fn verify_server_cert(
        &self,
        shown: &CertificateDer<'_>,
        _between: &[CertificateDer<'_>],
        _name: &ServerName<'_>,
        _ocsp: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        match *shown == self.certificate {
            true => Ok(ServerCertVerified::assertion()),
            false => Err(rustls::CertificateError::UnknownIssuer.into()),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        shown: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, shown, signed, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        shown: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, shown, signed, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
