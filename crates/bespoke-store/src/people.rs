//! People: their accounts, sessions, tokens and consents, and the receipt of a deletion.

use std::collections::BTreeMap;

/// Somebody with a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// UUID, version 7.
    pub workspace_id: String,
    /// Where they have an account.
    pub email: Option<String>,
    /// How many résumés they have.
    pub resumes: i64,
    /// RFC 3339, UTC.
    pub created_at: String,
}

/// What was deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// UUID, version 7.
    pub id: String,
    /// RFC 3339, UTC.
    pub deleted_at: String,
    /// Rows by table, the key among them.
    pub removed: BTreeMap<String, i64>,
}

/// An account.
#[derive(Clone, PartialEq, Eq)]
pub struct AccountRow {
    /// The workspace that it is.
    pub workspace_id: String,
    /// As the person wrote it.
    pub email: String,
    /// When the person proved that it is theirs; RFC 3339, UTC.
    pub email_verified_at: Option<String>,
    /// The hash of the password; empty where the account has none, as it was made through a provider.
    pub password: String,
    /// RFC 3339, UTC.
    pub password_changed_at: String,
    /// The secret of the second factor.
    pub totp: Option<Vec<u8>>,
    /// True once the person has shown a code of it.
    pub totp_confirmed: bool,
    /// How many recovery codes are left.
    pub recovery_codes: i64,
    /// RFC 3339, UTC.
    pub created_at: String,
}

impl std::fmt::Debug for AccountRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AccountRow({})", self.workspace_id)
    }
}

impl AccountRow {
    /// The hash of the password, where the account has one.
    pub fn password_hash(&self) -> Option<&str> {
        (!self.password.is_empty()).then_some(self.password.as_str())
    }
}

/// An account elsewhere that opens an account here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityRow {
    /// UUID, version 7.
    pub id: String,
    /// Id of the provider in the configuration.
    pub provider: String,
    /// The address that the provider gave.
    pub email: String,
    /// RFC 3339, UTC.
    pub created_at: String,
    /// RFC 3339, UTC.
    pub last_used_at: String,
}

/// A passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyRow {
    /// UUID, version 7.
    pub id: String,
    /// The account that it opens.
    pub workspace_id: String,
    /// What the person calls it.
    pub name: String,
    /// Credential id and public key as the caller's JSON.
    pub content: String,
    /// The latest counter that it showed; 0 where it has none.
    pub counter: i64,
    /// RFC 3339, UTC.
    pub created_at: String,
    /// RFC 3339, UTC.
    pub last_used_at: Option<String>,
}

/// A browser that is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// UUID, version 7.
    pub id: String,
    /// What the browser calls itself.
    pub device: String,
    /// RFC 3339, UTC.
    pub created_at: String,
    /// When it was last refreshed; RFC 3339, UTC.
    pub last_seen_at: String,
}

/// What an API token may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenScope {
    /// Only look.
    Read,
    /// Look and change.
    Write,
}

impl TokenScope {
    pub(crate) fn name(self) -> &'static str {
        match self {
            TokenScope::Read => "read",
            TokenScope::Write => "read write",
        }
    }

    pub(crate) fn of(name: &str) -> TokenScope {
        match name {
            "read write" => TokenScope::Write,
            _ => TokenScope::Read,
        }
    }
}

/// What a script carries; the token itself is not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiTokenRow {
    /// UUID, version 7.
    pub id: String,
    /// What the person calls it.
    pub name: String,
    /// What it may do.
    pub scope: TokenScope,
    /// The team that it is bound to; without one, it opens the person's own workspace.
    pub team_id: Option<String>,
    /// RFC 3339, UTC.
    pub created_at: String,
    /// To the minute; RFC 3339, UTC.
    pub last_used_at: Option<String>,
    /// Milliseconds since 1970.
    pub expires_ms: Option<i64>,
}

/// What an API token opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedToken {
    /// Whose it is.
    pub workspace_id: String,
    /// What it may do.
    pub scope: TokenScope,
    /// The team that it is bound to; it opens nothing else then.
    pub team_id: Option<String>,
}

/// The language model that a workspace has switched on. It has no `Debug`: its content is secret.
#[derive(Clone, PartialEq, Eq)]
pub struct LanguageModelRow {
    /// Address, name and key as the caller's JSON.
    pub content: String,
    /// RFC 3339, UTC.
    pub updated_at: String,
}

/// That a person agreed to a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// `terms`.
    pub document: String,
    /// Which version of it.
    pub version: String,
    /// RFC 3339, UTC.
    pub given_at: String,
}

/// What a secret that was sent by e-mail is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mailed {
    /// Proves the address.
    Verify,
    /// Sets a new password.
    Reset,
}

impl Mailed {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Mailed::Verify => "verify",
            Mailed::Reset => "reset",
        }
    }
}
