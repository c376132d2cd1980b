//! The table of the configuration file for certificates that the server gets by itself (`[acme]`).

use super::text;
use bespoke_server::AcmeConfig;
use serde::Deserialize;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// The authority that is asked where none is named: Let's Encrypt.
const USUAL: &str = "https://acme-v02.api.letsencrypt.org/directory";

/// `[acme]` as it is written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcmeTable {
    domains: Vec<String>,
    email: Option<String>,
    directory: Option<String>,
    ca_file: Option<PathBuf>,
}

impl AcmeTable {
    /// What it says; what comes of it is kept below the data folder.
    ///
    /// # Errors
    /// What is missing or wrong.
    pub fn acme(self, data: &Path) -> Result<AcmeConfig, String> {
        let directory = self.directory.unwrap_or_else(|| USUAL.to_owned());
        if self.domains.is_empty() {
            return Err("[acme] domains: name at least one".into());
        }
        let is_name =
            |name: &String| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || ".-".contains(c));
        if let Some(wrong) = self.domains.iter().find(|name| !is_name(name)) {
            return Err(format!(
                "[acme] domains: {wrong:?} is no name of a host (one with other letters is written as xn--…; * cannot be proved this way)"
            ));
        }
        if !directory.starts_with("https://") {
            return Err(format!("[acme] directory {directory}: must begin with https://"));
        }
        Ok(AcmeConfig {
            domains: self.domains.iter().map(|name| name.to_ascii_lowercase()).collect(),
            email: self.email,
            directory,
            authority: self.ca_file,
            folder: data.join("acme"),
        })
    }
}

/// As `bespoke config` shows it.
pub fn shown(acme: &AcmeConfig) -> String {
    let mut out = String::from("\n[acme]\n");
    let domains: Vec<String> = acme.domains.iter().map(|one| text(one)).collect();
    let _ = writeln!(out, "domains = [{}]", domains.join(", "));
    if let Some(email) = &acme.email {
        let _ = writeln!(out, "email = {}", text(email));
    }
    let _ = writeln!(out, "directory = {}", text(&acme.directory));
    if let Some(path) = &acme.authority {
        let _ = writeln!(out, "ca_file = {}", text(&path.display().to_string()));
    }
    out
}
