//! The table of the configuration file for language models that people may switch on (`[model]`).

use super::sign_in::secret;
use super::text;
use bespoke_server::{ModelRules, SharedModel};
use serde::Deserialize;
use std::fmt::Write;
use std::path::PathBuf;
use std::time::Duration;

/// `[model]` as it is written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ModelTable {
    enabled: Option<bool>,
    own: Option<bool>,
    allow_private: Option<bool>,
    allowed: Vec<String>,
    address: Option<String>,
    name: Option<String>,
    key: Option<String>,
    key_file: Option<PathBuf>,
    timeout: Option<u64>,
}

impl ModelTable {
    /// What the table allows.
    ///
    /// # Errors
    /// What is missing or wrong.
    pub fn rules(self) -> Result<ModelRules, String> {
        let default = ModelRules::default();
        let key = secret("[model] key", self.key, self.key_file.as_deref())?;
        let shared = match (self.address, self.name) {
            (Some(address), Some(name)) => Some(SharedModel { address, name, key }),
            (None, None) if key.is_none() => None,
            _ => return Err("[model] address and name must both be set".into()),
        };
        let addresses = self.allowed.iter().chain(shared.iter().map(|s| &s.address));
        for address in addresses {
            if !["http://", "https://"].iter().any(|scheme| address.starts_with(scheme)) {
                return Err(format!(
                    "[model] {address}: an address is http://host[:port] or https://host[:port]"
                ));
            }
        }
        if self.timeout.is_some_and(|seconds| !(1..=600).contains(&seconds)) {
            return Err("[model] timeout is 1 to 600 seconds".into());
        }
        Ok(ModelRules {
            enabled: self.enabled.unwrap_or(default.enabled),
            own: self.own.unwrap_or(default.own),
            allow_private: self.allow_private.unwrap_or(default.allow_private),
            allowed: self.allowed,
            shared,
            timeout: self.timeout.map_or(default.timeout, Duration::from_secs),
        })
    }
}

/// The table as it is in force, secrets hidden.
pub fn shown(rules: &ModelRules) -> String {
    let mut out = String::from("\n[model]\n");
    let _ = writeln!(out, "enabled = {}\nown = {}", rules.enabled, rules.own);
    let _ = writeln!(out, "allow_private = {}", rules.allow_private);
    let allowed: Vec<String> = rules.allowed.iter().map(|a| text(a)).collect();
    let _ = writeln!(out, "allowed = [{}]", allowed.join(", "));
    let _ = writeln!(out, "timeout = {}", rules.timeout.as_secs());
    if let Some(shared) = &rules.shared {
        let _ = writeln!(
            out,
            "address = {}\nname = {}",
            text(&shared.address),
            text(&shared.name)
        );
        if shared.key.is_some() {
            let _ = writeln!(out, "key = \"(hidden)\"");
        }
    }
    out
}
