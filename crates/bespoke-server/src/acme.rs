//! https without a proxy and without files of one's own: a certificate from an authority that speaks ACME (RFC 8555),
//! which asks for the proof on the port that is served anyway (TLS-ALPN-01, RFC 8737). Renewed after two thirds of its
//! life. Account, key and certificate lie in a folder that nobody else may read.

use anyhow::{Context, bail};
use axum_server::tls_rustls::RustlsConfig;
use instant_acme::{
    Account, AccountCredentials, AuthorizationStatus, ChallengeType, Identifier, NewAccount, NewOrder, OrderStatus,
    RetryPolicy,
};
use rcgen::{CertificateParams, CustomExtension, KeyPair};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};
use x509_cert::Certificate;
use x509_cert::der::Decode;
use x509_cert::ext::pkix::SubjectAltName;
use x509_cert::ext::pkix::name::GeneralName;

/// The protocol in which an authority asks for the proof (RFC 8737, 6.2).
const PROOF: &[u8] = b"acme-tls/1";
/// How often it is looked whether it is time to renew.
const LOOKED_AT: Duration = Duration::from_secs(12 * 3600);
/// After what time a failed order is made again; doubled each time, up to [`LOOKED_AT`]. Authorities bar who asks often.
const AGAIN: Duration = Duration::from_secs(60);

/// Which authority is asked for a certificate, and for what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcmeConfig {
    /// The names that the certificate is for; one or more.
    pub domains: Vec<String>,
    /// Where the authority may write to.
    pub email: Option<String>,
    /// Address of the authority's directory.
    pub directory: String,
    /// PEM of a certificate authority that the directory's own certificate is from, where it is not a usual one.
    pub authority: Option<PathBuf>,
    /// Where account, key and certificate are kept; made where missing.
    pub folder: PathBuf,
}

/// What is shown to whom.
#[derive(Debug)]
pub(crate) struct Shown {
    certificate: RwLock<Arc<CertifiedKey>>,
    /// By the name that is being proved.
    proofs: RwLock<HashMap<String, Arc<CertifiedKey>>>,
}

impl ResolvesServerCert for Shown {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let asks_for_proof = hello.alpn().is_some_and(|mut offered| offered.any(|one| one == PROOF));
        if !asks_for_proof {
            return Some(self.certificate.read().unwrap_or_else(PoisonError::into_inner).clone());
        }
        let proofs = self.proofs.read().unwrap_or_else(PoisonError::into_inner);
        proofs.get(hello.server_name()?).cloned()
    }
}

impl Shown {
    fn prove(&self, domain: &str, proof: Option<Arc<CertifiedKey>>) {
        let mut proofs = self.proofs.write().unwrap_or_else(PoisonError::into_inner);
        match proof {
            Some(proof) => proofs.insert(domain.to_owned(), proof),
            None => proofs.remove(domain),
        };
    }
}

/// From when until when a certificate is good, and for which names.
struct Life {
    from: SystemTime,
    until: SystemTime,
    names: Vec<String>,
}

impl Life {
    fn of(certificate: &CertifiedKey) -> anyhow::Result<Life> {
        let certificate = Certificate::from_der(certificate.end_entity_cert()?)?.tbs_certificate;
        let names = certificate
            .get::<SubjectAltName>()?
            .map_or_else(Vec::new, |(_, names)| {
                let name = |name| match name {
                    GeneralName::DnsName(name) => Some(name.to_string()),
                    _ => None,
                };
                names.0.into_iter().filter_map(name).collect()
            });
        Ok(Life {
            from: certificate.validity.not_before.to_system_time(),
            until: certificate.validity.not_after.to_system_time(),
            names,
        })
    }

    /// When a new one is due: after two thirds, so that a month is left of three in which others may be at fault.
    fn due(&self) -> SystemTime {
        let whole = self.until.duration_since(self.from).unwrap_or_default();
        self.from + whole * 2 / 3
    }
}

/// A chain with its key; that they belong together is not looked at.
fn certified(chain: &[u8], key: &[u8]) -> anyhow::Result<CertifiedKey> {
    let chain = CertificateDer::pem_slice_iter(chain).collect::<Result<Vec<_>, _>>()?;
    let key = PrivateKeyDer::from_pem_slice(key)?;
    let provider = rustls::crypto::ring::default_provider();
    Ok(CertifiedKey::new(chain, provider.key_provider.load_private_key(key)?))
}

/// A chain that belongs to its key.
fn checked(chain: &[u8], key: &[u8]) -> anyhow::Result<Arc<CertifiedKey>> {
    let certified = certified(chain, key)?;
    certified.keys_match()?;
    Ok(Arc::new(certified))
}

/// A certificate of our own: what is shown until there is one, or as a proof.
fn own(domains: &[String], proof: Option<&[u8]>) -> anyhow::Result<Arc<CertifiedKey>> {
    let mut params = CertificateParams::new(domains)?;
    if let Some(digest) = proof {
        params.custom_extensions = vec![CustomExtension::new_acme_identifier(digest)];
    }
    let key = KeyPair::generate()?;
    let certificate = params.self_signed(&key)?;
    // The extension of a proof is critical, and known to authorities only: whoever checks it here refuses it.
    let own = certified(certificate.pem().as_bytes(), key.serialize_pem().as_bytes())?;
    Ok(Arc::new(own))
}

/// Writes a file that only its owner can read, whole or not at all.
fn write_secret(path: &Path, text: &str) -> anyhow::Result<()> {
    let folder = path.parent().context("a folder")?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

impl AcmeConfig {
    /// The certificate and those between it and the authority, after it its key: one file, so that they always belong
    /// together.
    pub fn certificate(&self) -> PathBuf {
        self.folder.join("certificate.pem")
    }

    fn kept(&self) -> anyhow::Result<Arc<CertifiedKey>> {
        let both = std::fs::read(self.certificate())?;
        checked(&both, &both)
    }

    /// What is shown: the kept certificate, or one of our own until there is one. Offers HTTP/2 and HTTP/1.1 over TLS 1.3
    /// and 1.2.
    ///
    /// # Errors
    /// The folder cannot be made, or a name is none.
    pub(crate) fn open(&self) -> anyhow::Result<(RustlsConfig, Arc<Shown>)> {
        crate::outward::use_ring();
        let folder = &self.folder;
        std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        #[cfg(unix)]
        std::fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
        let first = match self.kept() {
            Ok(kept) => kept,
            Err(_) => own(&self.domains, None).context("acme: domains")?,
        };
        let shown = Arc::new(Shown {
            certificate: RwLock::new(first),
            proofs: RwLock::default(),
        });
        let mut config = rustls::ServerConfig::builder()
            .with_no_client_auth()
            .with_cert_resolver(shown.clone());
        config.alpn_protocols = [b"h2", b"http/1.1" as &[u8], PROOF].map(<[u8]>::to_vec).into();
        Ok((RustlsConfig::from_config(Arc::new(config)), shown))
    }

    /// When the next certificate is due; at once where there is none, or one for other names.
    fn due(&self) -> SystemTime {
        let life = self.kept().and_then(|kept| Life::of(&kept));
        match life {
            Ok(life) if self.domains.iter().all(|name| life.names.contains(name)) => life.due(),
            _ => SystemTime::UNIX_EPOCH,
        }
    }

    /// Orders certificates in time, for as long as the server lives. Where that fails the present one stays, and it is
    /// tried again, ever more rarely.
    pub(crate) async fn keep(self, shown: Arc<Shown>) {
        let mut again = AGAIN;
        loop {
            let left = self.due().duration_since(SystemTime::now()).unwrap_or_default();
            if !left.is_zero() {
                tokio::time::sleep(left.min(LOOKED_AT)).await;
                continue;
            }
            match self.order(&shown).await {
                Ok(certificate) => {
                    *shown.certificate.write().unwrap_or_else(PoisonError::into_inner) = certificate;
                    again = AGAIN;
                    tracing::info!("there is a new certificate");
                }
                Err(error) => {
                    tracing::error!(error = format!("{error:#}"), "no certificate from {}", self.directory);
                    tokio::time::sleep(again).await;
                    again = (again * 2).min(LOOKED_AT);
                }
            }
            for domain in &self.domains {
                shown.prove(domain, None);
            }
        }
    }

    /// The account at the authority; made and kept where there is none. Whoever sets this up agrees to the authority's
    /// terms.
    async fn account(&self) -> anyhow::Result<Account> {
        let builder = match &self.authority {
            Some(pem) => Account::builder_with_root(pem).with_context(|| pem.display().to_string())?,
            None => Account::builder()?,
        };
        let path = self.folder.join("account.json");
        #[derive(serde::Serialize, serde::Deserialize)]
        struct Kept {
            directory: String,
            credentials: AccountCredentials,
        }
        let known = std::fs::read(&path)
            .ok()
            .and_then(|text| serde_json::from_slice::<Kept>(&text).ok());
        if let Some(kept) = known.filter(|kept| kept.directory == self.directory) {
            return Ok(builder.from_credentials(kept.credentials).await?);
        }
        let contact = self.email.as_ref().map(|email| format!("mailto:{email}"));
        let contact: Vec<&str> = contact.as_deref().into_iter().collect();
        let new = NewAccount {
            contact: &contact,
            terms_of_service_agreed: true,
            only_return_existing: false,
        };
        let (account, credentials) = builder.create(&new, self.directory.clone(), None).await?;
        let kept = Kept {
            directory: self.directory.clone(),
            credentials,
        };
        write_secret(&path, &serde_json::to_string(&kept)?)?;
        Ok(account)
    }

    async fn order(&self, shown: &Shown) -> anyhow::Result<Arc<CertifiedKey>> {
        let account = self.account().await.context("the account")?;
        let names: Vec<Identifier> = self.domains.iter().cloned().map(Identifier::Dns).collect();
        let mut order = account.new_order(&NewOrder::new(&names)).await?;
        let mut authorizations = order.authorizations();
        while let Some(authorization) = authorizations.next().await {
            let mut authorization = authorization?;
            if authorization.status == AuthorizationStatus::Valid {
                continue;
            }
            let challenge = authorization.challenge(ChallengeType::TlsAlpn01);
            let mut challenge = challenge.context("the authority takes no proof by TLS-ALPN-01")?;
            let domain = challenge.identifier().to_string();
            let digest = challenge.key_authorization().digest();
            let proof = own(std::slice::from_ref(&domain), Some(digest.as_ref()))?;
            shown.prove(&domain, Some(proof));
            challenge.set_ready().await?;
        }
        let retries = RetryPolicy::default().timeout(Duration::from_secs(120));
        let status = order.poll_ready(&retries).await?;
        if status != OrderStatus::Ready {
            let names = self.domains.join(", ");
            bail!("the proof was not accepted: {names} must lead to this server, whose port must be reached as 443");
        }
        let key = order.finalize().await?;
        let chain = order.poll_certificate(&retries).await?;
        let certificate = checked(chain.as_bytes(), key.as_bytes())?;
        write_secret(&self.certificate(), &format!("{chain}\n{key}"))?;
        Ok(certificate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(folder: &Path, domains: &[&str]) -> AcmeConfig {
        AcmeConfig {
            domains: domains.iter().map(|name| (*name).to_owned()).collect(),
            email: None,
            directory: "https://acme.example.org/directory".into(),
            authority: None,
            folder: folder.join("acme"),
        }
    }

    fn keep(config: &AcmeConfig, names: &[&str], from: SystemTime, until: SystemTime) {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let mut params = CertificateParams::new(names).expect("names");
        params.not_before = from.into();
        params.not_after = until.into();
        let key = KeyPair::generate().expect("a key");
        let both = params.self_signed(&key).expect("signed").pem() + &key.serialize_pem();
        write_secret(&config.certificate(), &both).expect("written");
    }

    #[test]
    fn a_certificate_is_renewed_after_two_thirds_of_its_life_or_for_other_names() {
        let dir = tempfile::tempdir().expect("a folder");
        let config = config(dir.path(), &["cv.example.org", "www.example.org"]);
        config.open().expect("one of its own");
        assert_eq!(config.due(), SystemTime::UNIX_EPOCH, "there is none");
        let day = Duration::from_secs(24 * 3600);
        let from = SystemTime::UNIX_EPOCH + 20_000 * day;
        keep(&config, &["www.example.org", "cv.example.org"], from, from + 90 * day);
        assert_eq!(config.due(), from + 60 * day);
        keep(&config, &["cv.example.org"], from, from + 90 * day);
        assert_eq!(config.due(), SystemTime::UNIX_EPOCH, "a name is missing");
        std::fs::write(config.certificate(), "damaged").expect("written");
        config.open().expect("one of its own in its place");
        assert_eq!(config.due(), SystemTime::UNIX_EPOCH);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            keep(&config, &["cv.example.org"], from, from + day);
            let mode = |path: &Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
            assert_eq!((mode(&config.folder), mode(&config.certificate())), (0o700, 0o600));
        }
    }

    #[test]
    fn a_name_that_is_none_is_refused() {
        let dir = tempfile::tempdir().expect("a folder");
        assert!(config(dir.path(), &["résumé.example.org"]).open().is_err());
    }
}
