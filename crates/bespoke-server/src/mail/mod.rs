//! Messages to people: proving an address, a forgotten password, a link to a résumé. Sent over SMTP where it is
//! configured, never unencrypted to another machine. What a message says and to whom is never logged.

mod words;

pub use words::{Letter, ShareMessage, Tongue};

use crate::settings::Secret;
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::transport::smtp::AsyncSmtpTransportBuilder;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use reqwest::Url;
use std::time::Duration;

/// How messages are sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailConfig {
    /// `smtps://host:465` (TLS from the first byte) or `smtp://host:587` (STARTTLS, never without; only to this machine
    /// itself it is not needed).
    pub url: String,
    /// Who messages are from: `Bespoke <bespoke@example.org>`.
    pub from: String,
    /// Who signs in at the mail server.
    pub user: Option<String>,
    /// With which password.
    pub password: Option<Secret>,
    /// PEM of a certificate authority that is trusted besides the usual ones.
    pub authority: Option<Vec<u8>>,
}

/// Why a message could not be sent, or never can be. Names no person.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The configuration is wrong.
    #[error("mail: {0}")]
    Config(String),
    /// The message cannot be put together.
    #[error("the message cannot be put together")]
    Message,
    /// The mail server refused or is not there.
    #[error("the mail server did not take the message{}", .0.map(|code| format!(" (status {code})")).unwrap_or_default())]
    Refused(Option<u16>),
}

/// Sends messages.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

fn wrong(what: impl ToString) -> MailError {
    MailError::Config(what.to_string())
}

impl MailConfig {
    /// Whether messages could be sent so; connects to nothing.
    ///
    /// # Errors
    /// [`MailError::Config`]: the address of the server, of the sender, or the certificate cannot be used.
    pub fn check(&self) -> Result<(), MailError> {
        self.transport().map(|_| ())
    }

    fn transport(&self) -> Result<(AsyncSmtpTransportBuilder, Mailbox), MailError> {
        let from = self.from.parse().map_err(|_| wrong("`from` is no e-mail address"))?;
        let url = Url::parse(&self.url).map_err(|_| wrong("`url` is no smtp:// or smtps:// address"))?;
        let host = url
            .host_str()
            .filter(|h| !h.is_empty())
            .ok_or_else(|| wrong("`url` names no host"))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(wrong(
                "put the user and the password into `user` and `password`, not into `url`",
            ));
        }
        let own = crate::outward::is_this_machine(host);
        let mut tls = TlsParameters::builder(host.to_owned());
        if let Some(pem) = &self.authority {
            let known = Certificate::from_pem(pem).map_err(|_| wrong("`ca_file` holds no certificate"))?;
            tls = tls.add_root_certificate(known);
        }
        let tls = || tls.build_rustls().map_err(|_| wrong("TLS cannot be set up"));
        let (tls, port) = match url.scheme() {
            "smtps" => (Tls::Wrapper(tls()?), 465),
            "smtp" if own && self.authority.is_none() => (Tls::None, 25),
            "smtp" => (Tls::Required(tls()?), 587),
            _ => return Err(wrong("`url` begins with neither smtp:// nor smtps://")),
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
            .port(url.port().unwrap_or(port))
            .tls(tls)
            .timeout(Some(Duration::from_secs(20)));
        if let Some(user) = &self.user {
            let password = self.password.as_ref().map_or("", Secret::expose);
            builder = builder.credentials(Credentials::new(user.clone(), password.to_owned()));
        }
        Ok((builder, from))
    }
}

impl Mailer {
    /// Over a configuration; connects to nothing yet. Within a runtime.
    ///
    /// # Errors
    /// As [`MailConfig::check`].
    pub fn open(config: &MailConfig) -> Result<Mailer, MailError> {
        let (builder, from) = config.transport()?;
        Ok(Mailer {
            transport: builder.build(),
            from,
        })
    }

    /// Sends a message and waits until the mail server has taken it.
    ///
    /// # Errors
    /// [`MailError::Message`], [`MailError::Refused`].
    pub async fn send(
        &self,
        to: &str,
        reply_to: Option<&str>,
        letter: &Letter,
        tongue: Tongue,
    ) -> Result<(), MailError> {
        let (subject, text) = letter.says(tongue);
        let address = |text: &str| text.trim().parse::<Mailbox>().map_err(|_| MailError::Message);
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(address(to)?)
            .subject(subject)
            // No answer of an absence to a machine (RFC 3834).
            .header(AutoSubmitted)
            .header(ContentType::TEXT_PLAIN);
        if let Some(reply_to) = reply_to {
            message = message.reply_to(address(reply_to)?);
        }
        let message = message.body(text).map_err(|_| MailError::Message)?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            // Its words may repeat the address: only the status is told.
            Err(error) => Err(MailError::Refused(error.status().map(u16::from))),
        }
    }
}

/// `Auto-Submitted: auto-generated`.
#[derive(Clone)]
struct AutoSubmitted;

impl lettre::message::header::Header for AutoSubmitted {
    fn name() -> lettre::message::header::HeaderName {
        lettre::message::header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(AutoSubmitted)
    }

    fn display(&self) -> lettre::message::header::HeaderValue {
        lettre::message::header::HeaderValue::new(Self::name(), "auto-generated".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_configuration_is_told() {
        let config = |url: &str, from: &str| MailConfig {
            url: url.into(),
            from: from.into(),
            user: None,
            password: None,
            authority: None,
        };
        let from = "Bespoke <bespoke@example.org>";
        for good in [
            "smtps://mail.example.org",
            "smtp://mail.example.org:2525",
            "smtp://localhost:25",
        ] {
            assert!(config(good, from).check().is_ok(), "{good}");
        }
        for (url, from, part) in [
            ("mail.example.org", from, "`url`"),
            ("https://mail.example.org", from, "smtps"),
            ("smtp://ada:secret@mail.example.org", from, "`password`"),
            ("smtp://mail.example.org", "nobody", "`from`"),
        ] {
            let told = config(url, from)
                .check()
                .err()
                .map(|e| e.to_string())
                .unwrap_or_default();
            assert!(told.contains(part) && !told.contains("secret"), "{url}: {told}");
        }
    }
}
