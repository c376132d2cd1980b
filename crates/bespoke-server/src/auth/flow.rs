//! Sign-ins that go over several requests: what must be remembered between them. Each step is taken once.

use super::providers::Question;
use crate::error::ApiError;
use crate::state::App;
use serde::{Deserialize, Serialize};

/// Seconds in which the next step must come.
pub const LIVES: i64 = 600;

/// What is waited for.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flow {
    /// Somebody comes back from a provider.
    Provider {
        /// Id of the provider.
        provider: String,
        /// What must come back.
        question: Question,
        /// What for.
        purpose: Purpose,
    },
    /// Somebody whom a provider vouched for shows a code of the second factor.
    SecondFactor {
        /// The account.
        workspace: String,
    },
    /// Somebody who is signed in makes a passkey.
    NewPasskey {
        /// The account.
        workspace: String,
    },
    /// Somebody signs in with a passkey.
    Passkey,
}

/// What somebody was sent to a provider for.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// To sign in, or up.
    SignIn {
        /// The guest workspace that becomes the account, where it is a new one.
        guest: Option<String>,
        /// Whether the terms were agreed to.
        consents: bool,
    },
    /// To let the account there open the one here.
    Link {
        /// The account.
        workspace: String,
        /// The session that asked.
        session: String,
    },
}

/// Remembers a step; answers with the secret that it is taken by.
///
/// # Errors
/// The database fails.
pub async fn keep(app: &App, flow: &Flow) -> Result<String, ApiError> {
    Ok(app.store.keep_flow(&serde_json::to_string(flow)?, LIVES * 1000).await?)
}

/// Takes a step, once.
///
/// # Errors
/// The database fails.
pub async fn take(app: &App, secret: &str) -> Result<Option<Flow>, ApiError> {
    let kept = app.store.take_flow(secret).await?;
    Ok(kept.map(|text| serde_json::from_str(&text)).transpose()?)
}
