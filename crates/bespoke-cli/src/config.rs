//! The configuration of the server: flags, then the environment, then a TOML file, then defaults; read once at start.

mod acme;
mod language_model;
mod sign_in;

use crate::engines::cache_dir;
use crate::failure::Failure;
use acme::AcmeTable;
use bespoke_server::mail::MailConfig;
use bespoke_server::providers::ProviderConfig;
use bespoke_server::{AccountsConfig, AcmeConfig, ModelRules, Secret, Settings, Tls, TlsFiles};
use bespoke_store::crypto::KeySource;
use bespoke_store::{Location, QueueLimits};
use serde::{Deserialize, Serialize};
use sign_in::{MailTable, ProviderTable};
use std::fmt::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogFormat {
    /// Lines for people
    Text,
    /// One JSON object a line
    Json,
}

/// Where the data lie; every command that opens them takes it.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Where {
    /// Configuration file [default: bespoke/config.toml in the user's configuration folder, else /etc/bespoke/config.toml]
    #[arg(long, env = "BESPOKE_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Folder for the database and the files, made if missing [default: the user's data folder]
    #[arg(long, env = "BESPOKE_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// File of the master key that the data are sealed with [default: beside the data folder, `<DIR>.key`]
    #[arg(long, env = "BESPOKE_MASTER_KEY_FILE", value_name = "FILE", conflicts_with_all = ["key_command", "master_key"])]
    pub key_file: Option<PathBuf>,
    /// Command that prints the master key
    #[arg(
        long,
        env = "BESPOKE_MASTER_KEY_COMMAND",
        value_name = "COMMAND",
        conflicts_with = "master_key"
    )]
    pub key_command: Option<String>,
    /// The master key itself (32 bytes as base64): for the environment, as everybody sees command lines
    #[arg(long, env = "BESPOKE_MASTER_KEY", value_name = "SECRET", hide = true, hide_env_values = true, value_parser = secret)]
    pub master_key: Option<Secret>,
    /// Database of several servers, `postgres://user:password@host/database`: for the environment, as everybody sees command
    /// lines [default: SQLite in the data folder]
    #[arg(long, env = "BESPOKE_DATABASE_URL", value_name = "URL", hide_env_values = true, value_parser = secret)]
    pub database_url: Option<Secret>,
    /// Where uploaded files go, `s3://bucket/prefix` (its access in AWS_… variables) or a folder [default: the database]
    #[arg(long, env = "BESPOKE_BLOBS", value_name = "PLACE")]
    pub blobs: Option<String>,
}

/// Where the data lie, for commands that look at nothing sealed in them.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct DataArgs {
    /// Folder for the database and the files [default: the user's data folder]
    #[arg(long, env = "BESPOKE_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
}

impl DataArgs {
    /// The data folder.
    ///
    /// # Errors
    /// The configuration file cannot be read.
    pub fn folder(&self) -> Result<PathBuf, Failure> {
        let place = Where {
            data: self.data.clone(),
            config: std::env::var_os("BESPOKE_CONFIG").map(PathBuf::from),
            ..Where::default()
        };
        place.folder()
    }
}

fn secret(text: &str) -> Result<Secret, std::convert::Infallible> {
    Ok(Secret::new(text.to_owned()))
}

/// What flags and environment say; anything left out is looked for in the file.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Flags {
    #[command(flatten)]
    pub place: Where,
    /// Address to listen on [default: 127.0.0.1:8080]
    #[arg(long, env = "BESPOKE_ADDR")]
    addr: Option<SocketAddr>,
    /// Folder of the models [default: the user's cache folder]
    #[arg(long, env = "BESPOKE_MODELS", value_name = "DIR")]
    models: Option<PathBuf>,
    /// What is logged: error, warn, info, debug, or a filter by module [default: info]
    #[arg(long, env = "BESPOKE_LOG", value_name = "FILTER")]
    log: Option<String>,
    /// How it is logged [default: text]
    #[arg(long, env = "BESPOKE_LOG_FORMAT", value_enum)]
    log_format: Option<LogFormat>,
    /// Files of all people that may wait to be read [default: 500]
    #[arg(long, env = "BESPOKE_QUEUE_LIMIT", value_name = "N", value_parser = clap::value_parser!(i64).range(1..))]
    queue_limit: Option<i64>,
    /// Files of one person that may wait to be read [default: 50]
    #[arg(long, env = "BESPOKE_QUEUE_LIMIT_EACH", value_name = "N", value_parser = clap::value_parser!(i64).range(1..))]
    queue_limit_each: Option<i64>,
    /// Believe a proxy's X-Forwarded-For: only where every request comes through one [default: false]
    #[arg(long, env = "BESPOKE_TRUST_PROXY", value_name = "BOOL", num_args = 0..=1, default_missing_value = "true")]
    trust_proxy: Option<bool>,
    /// Where people reach this server, `https://…`; makes its cookies secure
    #[arg(long, env = "BESPOKE_PUBLIC_URL", value_name = "URL")]
    public_url: Option<String>,
    /// Sorted list of SHA-1 hashes of breached passwords, `HASH` or `HASH:count` a line
    #[arg(long, env = "BESPOKE_BREACHED_PASSWORDS", value_name = "FILE")]
    breached_passwords: Option<PathBuf>,
    /// Certificate chain (PEM) to serve https with; read again when it changes
    #[arg(long, env = "BESPOKE_TLS_CERT", value_name = "FILE")]
    tls_cert: Option<PathBuf>,
    /// Private key (PEM) of the certificate
    #[arg(long, env = "BESPOKE_TLS_KEY", value_name = "FILE")]
    tls_key: Option<PathBuf>,
    /// Where traces are sent as OTLP over HTTP: `http://collector:4318`
    #[arg(long, env = "BESPOKE_OTLP_ENDPOINT", value_name = "URL")]
    otlp_endpoint: Option<String>,
    /// Bearer token that opens /metrics to other machines
    #[arg(long, env = "BESPOKE_METRICS_TOKEN", value_name = "SECRET", hide_env_values = true)]
    metrics_token: Option<String>,
    /// Seconds that a stop waits for what is at work [default: 10]
    #[arg(long, env = "BESPOKE_GRACE", value_name = "SECONDS")]
    grace: Option<u64>,
    /// Days after which counts of what people do are forgotten; 0 counts nothing [default: 400]
    #[arg(long, env = "BESPOKE_KEEP_COUNTS", value_name = "DAYS")]
    keep_counts: Option<u32>,
}

/// The file; the names are those of the flags.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    addr: Option<SocketAddr>,
    data: Option<PathBuf>,
    models: Option<PathBuf>,
    log: Option<String>,
    log_format: Option<LogFormat>,
    queue_limit: Option<i64>,
    queue_limit_each: Option<i64>,
    trust_proxy: Option<bool>,
    key_file: Option<PathBuf>,
    key_command: Option<String>,
    database_url: Option<String>,
    blobs: Option<String>,
    public_url: Option<String>,
    breached_passwords: Option<PathBuf>,
    tls_cert: Option<PathBuf>,
    tls_key: Option<PathBuf>,
    otlp_endpoint: Option<String>,
    metrics_token: Option<String>,
    grace: Option<u64>,
    keep_counts: Option<u32>,
    providers: Vec<ProviderTable>,
    mail: Option<MailTable>,
    acme: Option<AcmeTable>,
    model: language_model::ModelTable,
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    Flag,
    File,
    Default,
}

/// A value and where it comes from.
#[derive(Debug, Clone)]
struct Set<T>(T, Origin);

fn first<T>(flag: Option<T>, file: Option<T>, default: impl FnOnce() -> T) -> Set<T> {
    match (flag, file) {
        (Some(value), _) => Set(value, Origin::Flag),
        (None, Some(value)) => Set(value, Origin::File),
        (None, None) => Set(default(), Origin::Default),
    }
}

/// The configuration as it is in force.
#[derive(Debug, Clone)]
pub struct Config {
    /// The file that was read, where there is one.
    pub file: Option<PathBuf>,
    addr: Set<SocketAddr>,
    data: Set<PathBuf>,
    models: Set<PathBuf>,
    log: Set<String>,
    log_format: Set<LogFormat>,
    queue_limit: Set<i64>,
    queue_limit_each: Set<i64>,
    trust_proxy: Set<bool>,
    key: Set<KeySource>,
    database_url: Set<Option<Secret>>,
    blobs: Set<Option<String>>,
    public_url: Set<Option<String>>,
    breached_passwords: Set<Option<PathBuf>>,
    tls_cert: Set<Option<PathBuf>>,
    tls_key: Set<Option<PathBuf>>,
    otlp_endpoint: Set<Option<String>>,
    metrics_token: Set<Option<Secret>>,
    grace: Set<u64>,
    keep_counts: Set<u32>,
    providers: Vec<ProviderConfig>,
    mail: Option<MailConfig>,
    acme: Option<AcmeConfig>,
    language_models: ModelRules,
}

fn home(variable: &str, below: &str) -> Option<PathBuf> {
    let named = std::env::var_os(variable).map(PathBuf::from);
    named.or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(below)))
}

/// `bespoke` in the user's data folder.
fn data_dir() -> PathBuf {
    home("XDG_DATA_HOME", ".local/share")
        .unwrap_or_else(|| PathBuf::from("."))
        .join("bespoke")
}

/// The file to read: the named one, else the first of the usual ones that exists.
fn config_file(named: Option<&Path>) -> Option<PathBuf> {
    if let Some(path) = named {
        return Some(path.to_owned());
    }
    let own = home("XDG_CONFIG_HOME", ".config").map(|dir| dir.join("bespoke/config.toml"));
    let usual = own.into_iter().chain([PathBuf::from("/etc/bespoke/config.toml")]);
    usual.into_iter().find(|path| path.is_file())
}

fn read(path: Option<&Path>) -> Result<File, Failure> {
    let Some(path) = path else { return Ok(File::default()) };
    let failed = |reason: String| Failure::Usage(format!("{}: {reason}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|e| failed(e.to_string()))?;
    // Only the message: the excerpt of the parser could show a secret.
    let file: File = toml::from_str(&text).map_err(|e| {
        let line = e.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
        failed(format!("line {line}: {}", e.message()))
    })?;
    for (name, value) in [
        ("queue_limit", file.queue_limit),
        ("queue_limit_each", file.queue_limit_each),
    ] {
        if value.is_some_and(|v| v < 1) {
            return Err(failed(format!("{name} must be at least 1")));
        }
    }
    Ok(file)
}

impl Where {
    /// The data folder.
    ///
    /// # Errors
    /// The configuration file cannot be read.
    pub fn folder(&self) -> Result<PathBuf, Failure> {
        if let Some(data) = &self.data {
            return Ok(data.clone());
        }
        let file = read(config_file(self.config.as_deref()).as_deref())?;
        Ok(file.data.unwrap_or_else(data_dir))
    }

    /// Where everything is.
    ///
    /// # Errors
    /// The configuration file cannot be read.
    pub fn location(&self) -> Result<Location, Failure> {
        let file = read(config_file(self.config.as_deref()).as_deref())?;
        let folder = match &self.data {
            Some(data) => data.clone(),
            None => file.data.clone().unwrap_or_else(data_dir),
        };
        Ok(Location {
            key: self.key_source(&file, &folder).0,
            folder,
            database_url: self.database(&file).0.map(|url| url.expose().to_owned()),
            blobs: self.blobs.clone().or_else(|| file.blobs.clone()),
        })
    }

    fn database(&self, file: &File) -> Set<Option<Secret>> {
        let written = file.database_url.clone().map(|url| Some(Secret::new(url)));
        first(self.database_url.clone().map(Some), written, || None)
    }

    fn key_source(&self, file: &File, folder: &Path) -> Set<KeySource> {
        let flag = match (&self.master_key, &self.key_command, &self.key_file) {
            (Some(key), _, _) => Some(KeySource::Text(key.expose().to_owned().into())),
            (None, Some(command), _) => Some(KeySource::Command(command.clone())),
            (None, None, Some(path)) => Some(KeySource::File(path.clone())),
            (None, None, None) => None,
        };
        let written = match (&file.key_command, &file.key_file) {
            (Some(command), _) => Some(KeySource::Command(command.clone())),
            (None, Some(path)) => Some(KeySource::File(path.clone())),
            (None, None) => None,
        };
        first(flag, written, || KeySource::beside(folder))
    }
}

fn shown_path(path: Option<&Path>) -> String {
    path.map_or_else(|| "configuration".into(), |path| path.display().to_string())
}

/// An address with `***` in place of its password, and without its parameters.
fn without_password(url: &Secret) -> String {
    let url = url.expose().split('?').next().unwrap_or_default();
    let Some((scheme, rest)) = url.split_once("://") else {
        return "(hidden)".to_owned();
    };
    match rest.rsplit_once('@') {
        None => url.to_owned(),
        Some((who, place)) => match who.split_once(':') {
            None => url.to_owned(),
            Some((user, _)) => format!("{scheme}://{user}:***@{place}"),
        },
    }
}

/// A text as it is written in TOML.
fn text(value: &str) -> String {
    toml::Value::String(value.to_owned()).to_string()
}

fn without_slash(url: String) -> Option<String> {
    Some(url.trim_end_matches('/').to_owned())
}

impl Config {
    /// Puts together what flags, environment, file and defaults say.
    ///
    /// # Errors
    /// The file cannot be read, or says what is not known; names the line.
    pub fn load(flags: &Flags) -> Result<Config, Failure> {
        let path = config_file(flags.place.config.as_deref());
        let file = read(path.as_deref())?;
        let failed = |reason: String| Failure::Usage(format!("{}: {reason}", shown_path(path.as_deref())));
        let providers = sign_in::providers(file.providers.clone()).map_err(failed)?;
        let mail = file
            .mail
            .clone()
            .map(|table| table.mail())
            .transpose()
            .map_err(failed)?;
        let language_models = file.model.clone().rules().map_err(failed)?;
        let flags = flags.clone();
        if flags.public_url.is_none() && file.public_url.is_none() && (mail.is_some() || !providers.is_empty()) {
            // What is sent must lead back here, and what a request says of its host is not to be trusted.
            return Err(failed("[mail] and [[providers]] need public_url".into()));
        }
        let queue = QueueLimits::default();
        let place = flags.place.clone();
        let data = first(flags.place.data, file.data.clone(), data_dir);
        let acme = file.acme.clone().map(|table| table.acme(&data.0));
        let acme = acme.transpose().map_err(failed)?;
        Ok(Config {
            key: place.key_source(&file, &data.0),
            database_url: place.database(&file),
            blobs: first(place.blobs.map(Some), file.blobs.clone().map(Some), || None),
            public_url: first(
                flags.public_url.map(without_slash),
                file.public_url.map(without_slash),
                || None,
            ),
            breached_passwords: first(
                flags.breached_passwords.map(Some),
                file.breached_passwords.map(Some),
                || None,
            ),
            tls_cert: first(flags.tls_cert.map(Some), file.tls_cert.map(Some), || None),
            tls_key: first(flags.tls_key.map(Some), file.tls_key.map(Some), || None),
            otlp_endpoint: first(flags.otlp_endpoint.map(Some), file.otlp_endpoint.map(Some), || None),
            providers,
            mail,
            acme,
            language_models,
            file: path,
            addr: first(flags.addr, file.addr, || SocketAddr::from(([127, 0, 0, 1], 8080))),
            data,
            models: first(flags.models, file.models, || cache_dir().join("models")),
            log: first(flags.log, file.log, || "info".to_owned()),
            log_format: first(flags.log_format, file.log_format, || LogFormat::Text),
            queue_limit: first(flags.queue_limit, file.queue_limit, || queue.all),
            queue_limit_each: first(flags.queue_limit_each, file.queue_limit_each, || queue.each),
            trust_proxy: first(flags.trust_proxy, file.trust_proxy, || false),
            metrics_token: first(
                flags.metrics_token.map(|t| Some(Secret::new(t))),
                file.metrics_token.map(|t| Some(Secret::new(t))),
                || None,
            ),
            grace: first(flags.grace, file.grace, || Settings::default().grace.as_secs()),
            keep_counts: first(flags.keep_counts, file.keep_counts, || Settings::default().kept_days),
        })
    }

    /// Address to listen on.
    pub fn addr(&self) -> SocketAddr {
        self.addr.0
    }

    /// Folder of the database.
    pub fn data(&self) -> &Path {
        &self.data.0
    }

    /// Where everything is.
    pub fn location(&self) -> Location {
        Location {
            folder: self.data.0.clone(),
            key: self.key.0.clone(),
            database_url: self.database_url.0.as_ref().map(|url| url.expose().to_owned()),
            blobs: self.blobs.0.clone(),
        }
    }

    /// How accounts work.
    pub fn accounts(&self) -> AccountsConfig {
        AccountsConfig {
            public_url: self.public_url.0.clone(),
            breached_passwords: self.breached_passwords.0.clone(),
            providers: self.providers.clone(),
            mail: self.mail.clone(),
        }
    }

    /// Where the certificate to serve https with is from.
    ///
    /// # Errors
    /// Certificate or key is set without the other, or `[acme]` besides.
    pub fn tls(&self) -> Result<Option<Tls>, Failure> {
        match (&self.tls_cert.0, &self.tls_key.0, &self.acme) {
            (Some(certificate), Some(key), None) => Ok(Some(Tls::Files(TlsFiles {
                certificate: certificate.clone(),
                key: key.clone(),
            }))),
            (None, None, acme) => Ok(acme.clone().map(Tls::Acme)),
            (_, _, Some(_)) => Err(Failure::Usage(
                "[acme] gets certificates by itself: leave tls_cert and tls_key out".into(),
            )),
            _ => Err(Failure::Usage("tls_cert and tls_key must both be set".into())),
        }
    }

    /// Where traces are sent.
    pub fn otlp_endpoint(&self) -> Option<&str> {
        self.otlp_endpoint.0.as_deref()
    }

    /// Folder of the models.
    pub fn models(&self) -> &Path {
        &self.models.0
    }

    /// What is logged, and how.
    pub fn log(&self) -> (&str, LogFormat) {
        (&self.log.0, self.log_format.0)
    }

    /// What the server takes.
    pub fn settings(&self) -> Settings {
        Settings {
            queue: QueueLimits {
                all: self.queue_limit.0,
                each: self.queue_limit_each.0,
            },
            trust_proxy: self.trust_proxy.0,
            metrics_token: self.metrics_token.0.clone(),
            grace: Duration::from_secs(self.grace.0),
            kept_days: self.keep_counts.0,
            models: self.language_models.clone(),
        }
    }

    /// Every setting as TOML, with a comment that says where it comes from; secrets are hidden.
    pub fn shown(&self) -> String {
        let mut out = String::new();
        let path = |value: &Path| text(&value.display().to_string());
        let token = self.metrics_token.0.as_ref().map(|_| text("(hidden)"));
        let database = self.database_url.0.as_ref().map(|url| text(&without_password(url)));
        let key = match &self.key.0 {
            KeySource::File(file) => ("key_file", Some(path(file))),
            KeySource::Command(_) => ("key_command", Some(text("(hidden)"))),
            // It has no place in a file.
            KeySource::Text(_) => ("key_file", None),
        };
        let format = match self.log_format.0 {
            LogFormat::Text => "text",
            LogFormat::Json => "json",
        };
        for (name, value, origin) in [
            ("addr", Some(text(&self.addr.0.to_string())), self.addr.1),
            ("data", Some(path(&self.data.0)), self.data.1),
            (key.0, key.1, self.key.1),
            ("database_url", database, self.database_url.1),
            ("blobs", self.blobs.0.as_deref().map(text), self.blobs.1),
            ("public_url", self.public_url.0.as_deref().map(text), self.public_url.1),
            (
                "breached_passwords",
                self.breached_passwords.0.as_deref().map(path),
                self.breached_passwords.1,
            ),
            ("tls_cert", self.tls_cert.0.as_deref().map(path), self.tls_cert.1),
            ("tls_key", self.tls_key.0.as_deref().map(path), self.tls_key.1),
            (
                "otlp_endpoint",
                self.otlp_endpoint.0.as_deref().map(text),
                self.otlp_endpoint.1,
            ),
            ("models", Some(path(&self.models.0)), self.models.1),
            ("log", Some(text(&self.log.0)), self.log.1),
            ("log_format", Some(text(format)), self.log_format.1),
            ("queue_limit", Some(self.queue_limit.0.to_string()), self.queue_limit.1),
            (
                "queue_limit_each",
                Some(self.queue_limit_each.0.to_string()),
                self.queue_limit_each.1,
            ),
            ("trust_proxy", Some(self.trust_proxy.0.to_string()), self.trust_proxy.1),
            ("metrics_token", token, self.metrics_token.1),
            ("grace", Some(self.grace.0.to_string()), self.grace.1),
            ("keep_counts", Some(self.keep_counts.0.to_string()), self.keep_counts.1),
        ] {
            let origin = match (origin, &self.file) {
                (Origin::Flag, _) => "flag or environment".to_owned(),
                (Origin::File, Some(file)) => file.display().to_string(),
                (Origin::File, None) | (Origin::Default, _) => "default".to_owned(),
            };
            let _ = match value {
                Some(value) => writeln!(out, "{name} = {value}  # {origin}"),
                None => writeln!(out, "# {name} is not set"),
            };
        }
        out.push_str(&language_model::shown(&self.language_models));
        out.push_str(&sign_in::shown(&self.providers, self.mail.as_ref()));
        if let Some(acme) = &self.acme {
            out.push_str(&acme::shown(acme));
        }
        out
    }
}

#[cfg(test)]
mod tests;
