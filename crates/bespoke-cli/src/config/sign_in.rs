//! The tables of the configuration file for signing in with an account elsewhere (`[[providers]]`) and for e-mail (`[mail]`).

use super::text;
use bespoke_server::Secret;
use bespoke_server::mail::MailConfig;
use bespoke_server::providers::{Kind, OAuth, ProviderConfig, is_safe};
use serde::Deserialize;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// A provider that needs nothing but our id and secret there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Preset {
    Google,
    #[serde(rename = "github")]
    GitHub,
    #[serde(rename = "linkedin")]
    LinkedIn,
}

/// `[[providers]]` as it is written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderTable {
    preset: Option<Preset>,
    id: Option<String>,
    name: Option<String>,
    issuer: Option<String>,
    client_id: String,
    client_secret: Option<String>,
    client_secret_file: Option<PathBuf>,
    scopes: Option<Vec<String>>,
}

/// `[mail]` as it is written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailTable {
    url: String,
    from: String,
    user: Option<String>,
    password: Option<String>,
    password_file: Option<PathBuf>,
    ca_file: Option<PathBuf>,
}

/// A secret that is written as it is or stands in a file of its own.
pub(super) fn secret(what: &str, text: Option<String>, file: Option<&Path>) -> Result<Option<Secret>, String> {
    match (text, file) {
        (Some(_), Some(_)) => Err(format!("{what} and {what}_file cannot both be set")),
        (Some(text), None) => Ok(Some(Secret::new(text))),
        (None, Some(path)) => {
            let text = std::fs::read_to_string(path).map_err(|e| format!("{what}_file {}: {e}", path.display()))?;
            Ok(Some(Secret::new(text.trim().to_owned())))
        }
        (None, None) => Ok(None),
    }
}

fn texts(all: &[&str]) -> Vec<String> {
    all.iter().map(|one| (*one).to_owned()).collect()
}

impl Preset {
    /// Id, name, how it says who somebody is, what is asked for.
    fn fills(self) -> (&'static str, &'static str, Kind, Vec<String>) {
        match self {
            Preset::Google => {
                let kind = Kind::OpenId("https://accounts.google.com".into());
                ("google", "Google", kind, texts(&["openid", "email"]))
            }
            // No ID tokens for people, so it is asked who they are.
            Preset::GitHub => {
                let kind = Kind::OAuth(OAuth {
                    authorize: "https://github.com/login/oauth/authorize".into(),
                    token: "https://github.com/login/oauth/access_token".into(),
                    user: "https://api.github.com/user".into(),
                    emails: Some("https://api.github.com/user/emails".into()),
                });
                ("github", "GitHub", kind, texts(&["read:user", "user:email"]))
            }
            // Its ID tokens do not repeat the nonce, so it is asked who somebody is.
            Preset::LinkedIn => {
                let kind = Kind::OAuth(OAuth {
                    authorize: "https://www.linkedin.com/oauth/v2/authorization".into(),
                    token: "https://www.linkedin.com/oauth/v2/accessToken".into(),
                    user: "https://api.linkedin.com/v2/userinfo".into(),
                    emails: None,
                });
                ("linkedin", "LinkedIn", kind, texts(&["openid", "profile", "email"]))
            }
        }
    }
}

impl ProviderTable {
    /// The provider.
    ///
    /// # Errors
    /// What is missing or wrong.
    pub fn provider(self) -> Result<ProviderConfig, String> {
        let filled = self.preset.map(Preset::fills);
        let (id, name, kind, scopes) = match (filled, self.issuer) {
            (Some(_), Some(_)) => return Err("a provider has a preset or an issuer, not both".into()),
            (Some((id, name, kind, scopes)), None) => (id.to_owned(), name.to_owned(), kind, scopes),
            (None, Some(issuer)) => {
                if !is_safe(&issuer) {
                    return Err(format!("issuer {issuer}: must begin with https://"));
                }
                let kind = Kind::OpenId(issuer);
                (String::new(), String::new(), kind, texts(&["openid", "email"]))
            }
            (None, None) => return Err("a provider needs a preset (google, github, linkedin) or an issuer".into()),
        };
        let id = self.id.unwrap_or(id);
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if id.is_empty() || !id.chars().all(plain) {
            return Err("a provider needs an id of small letters, digits and hyphens".into());
        }
        let given = self.name.unwrap_or(name);
        Ok(ProviderConfig {
            name: if given.is_empty() { id.clone() } else { given },
            client_secret: secret("client_secret", self.client_secret, self.client_secret_file.as_deref())?,
            client_id: self.client_id,
            scopes: self.scopes.unwrap_or(scopes),
            kind,
            id,
        })
    }
}

impl MailTable {
    /// How messages are sent.
    ///
    /// # Errors
    /// What is missing or wrong.
    pub fn mail(self) -> Result<MailConfig, String> {
        let read = |path: PathBuf| std::fs::read(&path).map_err(|e| format!("ca_file {}: {e}", path.display()));
        let config = MailConfig {
            password: secret("password", self.password, self.password_file.as_deref())?,
            authority: self.ca_file.map(read).transpose()?,
            url: self.url,
            from: self.from,
            user: self.user,
        };
        config.check().map_err(|error| error.to_string())?;
        Ok(config)
    }
}

/// All providers of a file.
///
/// # Errors
/// What is missing or wrong, or an id that comes twice.
pub fn providers(tables: Vec<ProviderTable>) -> Result<Vec<ProviderConfig>, String> {
    let mut all: Vec<ProviderConfig> = Vec::new();
    for table in tables {
        let provider = table.provider()?;
        if all.iter().any(|known| known.id == provider.id) {
            return Err(format!("two providers have the id {}", provider.id));
        }
        all.push(provider);
    }
    Ok(all)
}

/// Both as TOML, secrets hidden.
pub fn shown(providers: &[ProviderConfig], mail: Option<&MailConfig>) -> String {
    let mut out = String::new();
    if let Some(mail) = mail {
        let _ = writeln!(out, "\n[mail]\nurl = {}\nfrom = {}", text(&mail.url), text(&mail.from));
        if let Some(user) = &mail.user {
            let _ = writeln!(out, "user = {}", text(user));
        }
        if mail.password.is_some() {
            let _ = writeln!(out, "password = \"(hidden)\"");
        }
    }
    for provider in providers {
        let _ = writeln!(
            out,
            "\n[[providers]]\nid = {}\nname = {}",
            text(&provider.id),
            text(&provider.name)
        );
        let _ = match &provider.kind {
            Kind::OpenId(issuer) => writeln!(out, "issuer = {}", text(issuer)),
            Kind::OAuth(_) => writeln!(out, "preset = {}", text(&provider.id)),
        };
        let _ = writeln!(out, "client_id = {}", text(&provider.client_id));
        if provider.client_secret.is_some() {
            let _ = writeln!(out, "client_secret = \"(hidden)\"");
        }
        let scopes: Vec<String> = provider.scopes.iter().map(|s| text(s)).collect();
        let _ = writeln!(out, "scopes = [{}]", scopes.join(", "));
    }
    out
}
