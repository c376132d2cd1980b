//! What share links need beside storage: secrets, passwords, and counting visitors without knowing them.

use crate::auth::password;
use crate::error::ApiError;
use bespoke_core::resume::Resume;
use bespoke_render::Style;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// What a link shows: the résumé as it was when it was shared, and its look.
#[derive(Debug, Serialize, Deserialize)]
pub struct Shown {
    /// The résumé.
    pub resume: Resume,
    /// Whether it is one that was tailored.
    pub tailored: bool,
    /// Name of the template.
    pub template: String,
    /// The style.
    pub style: Style,
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn random() -> [u8; 32] {
    // Two UUIDs hold 244 random bits of the operating system; the hash spreads them evenly.
    let mut digest = Sha256::new();
    digest.update(Uuid::new_v4().as_bytes());
    digest.update(Uuid::new_v4().as_bytes());
    digest.finalize().into()
}

/// A new secret of 160 bits, as 40 hexadecimal digits.
pub fn new_secret() -> String {
    hex(&random()[..20])
}

/// The hash to keep of a link's password. Takes some 30 ms: run it on a thread of its own.
pub fn hash_password(password: &str) -> Result<String, ApiError> {
    password::hash(password).map_err(|e| ApiError::Engine(e.to_string()))
}

/// Whether a password is the one of this hash; takes as long where there is no hash.
pub fn is_password(hash: Option<&str>, given: &str) -> bool {
    password::is(given, hash)
}

/// What the cookie of somebody who gave the password holds. Only who knows the stored hash can make it, and another
/// password makes another.
pub fn unlock_value(secret: &str, password_hash: &str) -> String {
    hex(&Sha256::digest(format!("bespoke-share-unlock\n{secret}\n{password_hash}"))[..20])
}

/// The UTC day, `YYYY-MM-DD`.
pub fn today() -> String {
    jiff::Timestamp::now().to_string().chars().take(10).collect()
}

/// Parts of the names by which programs call themselves.
const PROGRAMS: [&str; 24] = [
    "bot",
    "crawl",
    "spider",
    "slurp",
    "preview",
    "facebookexternalhit",
    "whatsapp",
    "telegram",
    "skype",
    "embed",
    "curl",
    "wget",
    "python",
    "java/",
    "go-http",
    "okhttp",
    "axios",
    "node",
    "libwww",
    "headless",
    "scan",
    "monitor",
    "validator",
    "fetch",
];

/// Whether a user agent is a program's: no name, or one that says so.
pub fn is_program(user_agent: &str) -> bool {
    let name = user_agent.to_ascii_lowercase();
    !name.contains("mozilla/") || PROGRAMS.iter().any(|part| name.contains(part))
}

/// How many wrong passwords a link takes in [`WINDOW`].
const WRONG: u32 = 8;
const WINDOW: Duration = Duration::from_secs(300);
/// How many comments a link takes in [`WINDOW`].
const WRITTEN: u32 = 30;

/// Today's salt, and how many wrong passwords each link got lately. Only in memory; cheap to clone.
#[derive(Clone, Default)]
pub struct Visits(Arc<Mutex<Memory>>);

#[derive(Default)]
struct Memory {
    day: String,
    salt: [u8; 32],
    wrong: HashMap<String, (u32, Instant)>,
    written: HashMap<String, (u32, Instant)>,
}

impl Visits {
    /// Who this is, for today and this link: the same visitor gives the same bytes until midnight UTC (or a restart),
    /// and without the salt, which is never written, nobody can tell who it was.
    pub fn visitor(&self, day: &str, share: &str, address: Option<IpAddr>, user_agent: &str) -> Vec<u8> {
        let Ok(mut memory) = self.0.lock() else {
            return Vec::new();
        };
        if memory.day != day {
            day.clone_into(&mut memory.day);
            memory.salt = random();
        }
        let mut digest = Sha256::new();
        digest.update(memory.salt);
        let address = address.map(|a| a.to_string()).unwrap_or_default();
        for part in [share, &address, user_agent] {
            digest.update(part.as_bytes());
            digest.update([0]);
        }
        digest.finalize()[..12].to_vec()
    }

    /// Seconds until another password may be tried for this link; none where it may be now.
    pub fn barred(&self, share: &str) -> Option<u64> {
        let memory = self.0.lock().ok()?;
        let (count, since) = memory.wrong.get(share)?;
        let left = WINDOW.checked_sub(since.elapsed())?;
        (*count >= WRONG).then_some(left.as_secs().max(1))
    }

    /// Whether another comment may be written through this link now; counts it.
    pub fn may_write(&self, share: &str) -> bool {
        let Ok(mut memory) = self.0.lock() else { return false };
        memory.written.retain(|_, (_, since)| since.elapsed() < WINDOW);
        let counted = memory.written.entry(share.to_owned()).or_insert((0, Instant::now()));
        counted.0 += 1;
        counted.0 <= WRITTEN
    }

    /// Counts a wrong password.
    pub fn count_wrong(&self, share: &str) {
        let Ok(mut memory) = self.0.lock() else { return };
        memory.wrong.retain(|_, (_, since)| since.elapsed() < WINDOW);
        let counted = memory.wrong.entry(share.to_owned()).or_insert((0, Instant::now()));
        counted.0 += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_password_opens() {
        let hash = hash_password("correct horse").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(is_password(Some(&hash), "correct horse"));
        assert!(!is_password(Some(&hash), "correct horse "));
        assert!(!is_password(None, "correct horse"));
        assert_ne!(hash, hash_password("correct horse").unwrap());
    }

    #[test]
    fn a_visitor_is_the_same_today_and_another_tomorrow() {
        let visits = Visits::default();
        let address = Some("192.0.2.7".parse().unwrap());
        let first = visits.visitor("2030-01-01", "s", address, "Mozilla/5.0");
        assert_eq!(first, visits.visitor("2030-01-01", "s", address, "Mozilla/5.0"));
        assert_ne!(first, visits.visitor("2030-01-01", "t", address, "Mozilla/5.0"));
        assert_ne!(first, visits.visitor("2030-01-02", "s", address, "Mozilla/5.0"));
        assert_ne!(
            first,
            Visits::default().visitor("2030-01-01", "s", address, "Mozilla/5.0")
        );
    }

    #[test]
    fn programs_are_told_from_people() {
        for name in [
            "",
            "curl/8.5.0",
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "facebookexternalhit/1.1",
        ] {
            assert!(is_program(name), "{name}");
        }
        for name in [
            "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1",
        ] {
            assert!(!is_program(name), "{name}");
        }
    }

    #[test]
    fn guessing_is_barred_after_a_few() {
        let visits = Visits::default();
        for _ in 0..WRONG {
            assert_eq!(visits.barred("s"), None);
            visits.count_wrong("s");
        }
        assert!(visits.barred("s").is_some_and(|s| s <= WINDOW.as_secs()));
        assert_eq!(visits.barred("t"), None);
    }
}
