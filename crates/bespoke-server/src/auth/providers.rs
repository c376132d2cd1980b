//! Signing in with an account elsewhere: which providers there are, where they send people, and whom they vouch for.
//!
//! Two kinds: OpenID Connect, where a signed ID token says who somebody is, and OAuth 2 (GitHub, LinkedIn), where the
//! provider is asked with the access token that it gave us directly. Both with PKCE (S256) and a state.

use super::id_token::{self, Asked, Keys, Person, TokenFault};
use crate::outward::{body_within, is_this_machine, use_ring};
use crate::settings::Secret;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use reqwest::Url;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// How long what a provider publishes is kept.
const KEPT: Duration = Duration::from_secs(3600);
/// How soon it is asked again where no key fits.
const SOONEST: Duration = Duration::from_secs(30);
/// Most bytes of an answer.
const LARGEST: usize = 1 << 20;

/// Where an OAuth 2 provider without ID tokens has its doors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OAuth {
    /// Where people are sent.
    pub authorize: String,
    /// Where a code becomes a token.
    pub token: String,
    /// Where it is asked who somebody is.
    pub user: String,
    /// Where it is asked which addresses they have proved; where it is left out, `user` says so.
    pub emails: Option<String>,
}

/// How a provider says who somebody is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// OpenID Connect at this issuer.
    OpenId(String),
    /// OAuth 2.
    OAuth(OAuth),
}

/// A provider of the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderConfig {
    /// In its addresses: small letters, digits, hyphens.
    pub id: String,
    /// What people read on the button.
    pub name: String,
    /// How it says who somebody is.
    pub kind: Kind,
    /// Our id there.
    pub client_id: String,
    /// Our secret there, where we have one.
    pub client_secret: Option<Secret>,
    /// What is asked for.
    pub scopes: Vec<String>,
}

/// Why a provider did not vouch for anybody.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    /// It cannot be reached, or answers what it should not.
    #[error("the provider did not answer as it should: {0}")]
    Answer(String),
    /// Its ID token is not believed.
    #[error("the ID token is not believed: {0}")]
    Token(#[from] TokenFault),
}

/// What must come back with a person, and what only we know.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, Deserialize)]
pub struct Question {
    /// Comes back in the address.
    pub state: String,
    /// Comes back in the ID token.
    pub nonce: String,
    /// Proves that whoever brings the code is who asked for it (RFC 7636).
    pub verifier: String,
}

/// Whom a provider vouches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vouched {
    /// Who vouches: the issuer.
    pub issuer: String,
    /// Whom: never changes, and is no other person's.
    pub subject: String,
    /// The address, where it is proved.
    pub email: Option<String>,
}

/// What an issuer publishes (OpenID Connect Discovery 1.0).
#[derive(Debug, Clone, Deserialize)]
struct Published {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    userinfo_endpoint: Option<String>,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

#[derive(Clone)]
struct Known {
    at: Instant,
    published: Published,
    keys: Keys,
}

#[derive(Deserialize)]
struct Tokens {
    access_token: String,
    id_token: Option<String>,
}

#[derive(Deserialize)]
struct UserInfo {
    sub: String,
    #[serde(flatten)]
    person: Person,
}

/// GitHub has numbers, others texts.
#[derive(Deserialize)]
struct OAuthUser {
    id: Option<u64>,
    sub: Option<String>,
    #[serde(flatten)]
    person: Person,
}

#[derive(Deserialize)]
struct OAuthEmail {
    email: String,
    primary: bool,
    verified: bool,
}

/// All providers, with what they publish.
#[derive(Default)]
pub struct Providers {
    configured: Vec<ProviderConfig>,
    known: Mutex<HashMap<String, Known>>,
}

fn broken(reason: impl ToString) -> ProviderError {
    ProviderError::Answer(reason.to_string())
}

/// Whether an address may be asked: https, or this machine itself.
pub fn is_safe(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| {
        let own = url.host_str().is_some_and(is_this_machine);
        url.scheme() == "https" || (url.scheme() == "http" && own)
    })
}

fn client() -> Result<reqwest::Client, ProviderError> {
    use_ring();
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_secs(10))
        .connect_timeout(Duration::from_secs(5))
        .user_agent(concat!("bespoke/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(broken)
}

/// The answer as JSON; only success counts, and only so much.
async fn answer<T: DeserializeOwned>(request: reqwest::RequestBuilder) -> Result<T, ProviderError> {
    // The address in the reason could hold nothing secret: secrets go in bodies and headers.
    let response = request
        .header("accept", "application/json")
        .send()
        .await
        .map_err(broken)?;
    let status = response.status();
    if !status.is_success() {
        return Err(broken(format!("status {status}")));
    }
    let bytes = body_within(response, LARGEST).await.map_err(broken)?;
    let bytes = bytes.ok_or_else(|| broken("too long"))?;
    // What it says could be a secret: only that it cannot be read is told.
    serde_json::from_slice(&bytes).map_err(|_| broken("an answer of another shape"))
}

/// A value as `application/x-www-form-urlencoded` has it; RFC 6749 (2.3.1) wants it in the header too.
fn form_encoded(text: &str) -> String {
    super::percent_encoded(text, b"-._")
}

impl Providers {
    /// Over a configuration.
    pub fn new(configured: Vec<ProviderConfig>) -> Providers {
        Providers {
            configured,
            known: Mutex::default(),
        }
    }

    /// All of them, in the order of the configuration.
    pub fn all(&self) -> &[ProviderConfig] {
        &self.configured
    }

    /// The one with an id.
    pub fn get(&self, id: &str) -> Option<&ProviderConfig> {
        self.configured.iter().find(|provider| provider.id == id)
    }

    /// What an issuer publishes: as it is known, unless that is older than `oldest`.
    async fn known(&self, issuer: &str, oldest: Duration) -> Result<Known, ProviderError> {
        if let Some(one) = self.known.lock().await.get(issuer)
            && one.at.elapsed() < oldest
        {
            return Ok(one.clone());
        }
        let client = client()?;
        let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let published: Published = answer(client.get(address)).await?;
        // Else one issuer could speak for another (OpenID Connect Discovery 1.0, 4.3).
        if published.issuer != issuer {
            return Err(broken("it names another issuer"));
        }
        let doors = [
            Some(&published.authorization_endpoint),
            Some(&published.token_endpoint),
            Some(&published.jwks_uri),
            published.userinfo_endpoint.as_ref(),
        ];
        if !doors.into_iter().flatten().all(|door| is_safe(door)) {
            return Err(broken("an address without https"));
        }
        let keys: Keys = answer(client.get(&published.jwks_uri)).await?;
        let one = Known {
            at: Instant::now(),
            published,
            keys,
        };
        self.known.lock().await.insert(issuer.to_owned(), one.clone());
        Ok(one)
    }

    /// Where to send somebody so that the provider asks them.
    ///
    /// # Errors
    /// The provider does not say where.
    pub async fn door(
        &self,
        provider: &ProviderConfig,
        question: &Question,
        back: &str,
    ) -> Result<String, ProviderError> {
        let authorize = match &provider.kind {
            Kind::OpenId(issuer) => self.known(issuer, KEPT).await?.published.authorization_endpoint,
            Kind::OAuth(oauth) => oauth.authorize.clone(),
        };
        let mut url = Url::parse(&authorize).map_err(broken)?;
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&question.verifier));
        {
            let mut query = url.query_pairs_mut();
            query
                .append_pair("response_type", "code")
                .append_pair("client_id", &provider.client_id)
                .append_pair("redirect_uri", back)
                .append_pair("scope", &provider.scopes.join(" "))
                .append_pair("state", &question.state)
                .append_pair("code_challenge", &challenge)
                .append_pair("code_challenge_method", "S256");
            if let Kind::OpenId(_) = provider.kind {
                query.append_pair("nonce", &question.nonce);
            }
        }
        Ok(url.into())
    }

    /// Whom the provider vouches for, by the code that it sent back. `issuer` is what the address named beside it.
    ///
    /// # Errors
    /// See [`ProviderError`].
    pub async fn vouched(
        &self,
        provider: &ProviderConfig,
        question: &Question,
        back: &str,
        code: &str,
        issuer: Option<&str>,
    ) -> Result<Vouched, ProviderError> {
        match &provider.kind {
            Kind::OpenId(expected) => self.by_token(provider, expected, question, back, code, issuer).await,
            Kind::OAuth(oauth) => by_asking(provider, oauth, question, back, code).await,
        }
    }

    async fn by_token(
        &self,
        provider: &ProviderConfig,
        expected: &str,
        question: &Question,
        back: &str,
        code: &str,
        issuer: Option<&str>,
    ) -> Result<Vouched, ProviderError> {
        let mut known = self.known(expected, KEPT).await?;
        // Another provider's answer is not ours to use (RFC 9207).
        let named = known.published.authorization_response_iss_parameter_supported;
        if issuer.map_or(named, |issuer| issuer != expected) {
            return Err(TokenFault::Issuer.into());
        }
        let published = &known.published;
        let methods = published.token_endpoint_auth_methods_supported.as_deref();
        let in_header = methods.is_none_or(|all| all.iter().any(|m| m == "client_secret_basic"));
        let tokens = exchange(provider, &published.token_endpoint, in_header, question, back, code).await?;
        let token = tokens.id_token.ok_or_else(|| broken("no ID token"))?;
        let asked = Asked {
            issuer: expected,
            client: &provider.client_id,
            nonce: &question.nonce,
            now: super::seconds(),
        };
        let mut believed = id_token::believe(&token, &known.keys, asked);
        if believed.as_ref().is_err_and(|fault| *fault == TokenFault::UnknownKey) {
            known = self.known(expected, SOONEST).await?;
            believed = id_token::believe(&token, &known.keys, asked);
        }
        let (subject, mut person) = believed?;
        if person.email.is_none()
            && let Some(door) = &known.published.userinfo_endpoint
        {
            let info: UserInfo = answer(client()?.get(door).bearer_auth(&tokens.access_token)).await?;
            // Else a token of somebody else could be put under this one (OpenID Connect Core 1.0, 5.3.2).
            if info.sub != subject {
                return Err(TokenFault::Subject.into());
            }
            person = info.person;
        }
        Ok(Vouched {
            issuer: expected.to_owned(),
            subject,
            email: person.proved_email().map(str::to_owned),
        })
    }
}

/// Whom an OAuth 2 provider names when it is asked with the token that it gave for the code.
async fn by_asking(
    provider: &ProviderConfig,
    oauth: &OAuth,
    question: &Question,
    back: &str,
    code: &str,
) -> Result<Vouched, ProviderError> {
    let tokens = exchange(provider, &oauth.token, false, question, back, code).await?;
    let client = client()?;
    let ask = |door: &str| client.get(door).bearer_auth(&tokens.access_token);
    let user: OAuthUser = answer(ask(&oauth.user)).await?;
    let subject = user.sub.clone().or(user.id.map(|id| id.to_string()));
    let subject = subject.filter(|s| !s.is_empty()).ok_or(TokenFault::Subject)?;
    let email = match &oauth.emails {
        Some(door) => {
            let all: Vec<OAuthEmail> = answer(ask(door)).await?;
            let proved = all.into_iter().filter(|one| one.verified);
            proved.max_by_key(|one| one.primary).map(|one| one.email)
        }
        None => user.person.proved_email().map(str::to_owned),
    };
    let issuer = Url::parse(&oauth.authorize).map_err(broken)?;
    Ok(Vouched {
        issuer: issuer.origin().ascii_serialization(),
        subject,
        email,
    })
}

/// Exchanges a code for tokens (RFC 6749, 4.1.3; RFC 7636, 4.5).
async fn exchange(
    provider: &ProviderConfig,
    door: &str,
    in_header: bool,
    question: &Question,
    back: &str,
    code: &str,
) -> Result<Tokens, ProviderError> {
    let mut form = vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", back),
        ("code_verifier", &question.verifier),
    ];
    let mut request = client()?.post(door);
    match &provider.client_secret {
        Some(secret) if in_header => {
            let pair = format!(
                "{}:{}",
                form_encoded(&provider.client_id),
                form_encoded(secret.expose())
            );
            request = request.header("authorization", format!("Basic {}", STANDARD.encode(pair)));
        }
        secret => {
            form.push(("client_id", &provider.client_id));
            if let Some(secret) = secret {
                form.push(("client_secret", secret.expose()));
            }
        }
    }
    let pairs: Vec<String> = form
        .into_iter()
        .map(|(name, value)| format!("{name}={}", form_encoded(value)))
        .collect();
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    answer(request.body(pairs.join("&"))).await
}
