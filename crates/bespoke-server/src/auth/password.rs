//! Passwords: how they are hashed, and which are refused.
//!
//! Argon2id with 19 MiB, two passes, one lane: the first choice of OWASP's Password Storage Cheat Sheet (2025).

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use sha1_hex::sha1_hex;
use std::fs::File;
use std::io::{BufRead, BufReader, Seek, SeekFrom};
use std::path::Path;

/// Fewest characters of a password (NIST SP 800-63B-4 asks for 8, and 15 where nothing else protects).
pub const SHORTEST: usize = 10;
/// Most bytes of a password.
pub const LONGEST: usize = 1024;

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// The hash to keep, as a PHC string with a random salt.
pub fn hash(password: &str) -> Result<String, argon2::password_hash::Error> {
    Ok(argon2().hash_password(password.as_bytes())?.to_string())
}

/// A hash that no password has, of the same cost: what takes as long as a real check where there is nothing to check.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// True where the password is the one of the hash. Takes as long where it is not, and where there is no hash.
pub fn is(password: &str, hash: Option<&str>) -> bool {
    let kept = PasswordHash::new(hash.unwrap_or(NOBODY));
    let right = kept.is_ok_and(|kept| argon2().verify_password(password.as_bytes(), &kept).is_ok());
    right && hash.is_some()
}

/// Why a password is refused; what to do stands in it.
pub fn fault(password: &str, email: &str, breached: Option<&Path>) -> Option<String> {
    if password.chars().count() < SHORTEST {
        return Some(format!("a password needs {SHORTEST} characters or more"));
    }
    if password.len() > LONGEST {
        return Some(format!("a password has at most {LONGEST} bytes"));
    }
    let small = password.to_lowercase();
    let name = email.split('@').next().unwrap_or_default().to_lowercase();
    if small == email.to_lowercase() || (name.len() > 3 && small.trim_end_matches(|c: char| c.is_ascii_digit()) == name)
    {
        return Some("the password is the e-mail address: choose another".into());
    }
    let mut letters: Vec<char> = small.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    if letters.len() < 4 {
        return Some("the password repeats the same few characters: choose another".into());
    }
    match breached.map(|list| stands_in(list, &sha1_hex(password))) {
        Some(Ok(true)) => Some("this password was published in a data breach: choose another".into()),
        Some(Err(error)) => {
            tracing::error!(%error, "the list of breached passwords cannot be read");
            None
        }
        Some(Ok(false)) | None => None,
    }
}

/// Looks a hash up in a sorted list of lines `HASH` or `HASH:count` (the format of Have I Been Pwned, ordered by hash)
/// by halving, so that the list may be larger than the memory.
fn stands_in(list: &Path, hash: &str) -> std::io::Result<bool> {
    let mut file = BufReader::with_capacity(256, File::open(list)?);
    let (mut from, mut to) = (0, file.seek(SeekFrom::End(0))?);
    let mut line = String::new();
    while from < to {
        let middle = from + (to - from) / 2;
        file.seek(SeekFrom::Start(middle))?;
        let mut start = middle;
        if middle > 0 {
            // A line begins after the next break, unless one ended right here.
            file.seek(SeekFrom::Start(middle - 1))?;
            let mut skipped = Vec::new();
            start = middle - 1 + file.read_until(b'\n', &mut skipped)? as u64;
        }
        line.clear();
        let length = file.read_line(&mut line)? as u64;
        if length == 0 || start >= to {
            to = middle;
            continue;
        }
        let found = line.trim_end().split(':').next().unwrap_or_default();
        match found.to_ascii_uppercase().as_str().cmp(hash) {
            std::cmp::Ordering::Equal => return Ok(true),
            std::cmp::Ordering::Less => from = start + length,
            std::cmp::Ordering::Greater => to = middle,
        }
    }
    Ok(false)
}

mod sha1_hex {
    use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};

    /// SHA-1 in large hexadecimal digits: how such lists are written, nothing more.
    pub fn sha1_hex(text: &str) -> String {
        let hash = digest(&SHA1_FOR_LEGACY_USE_ONLY, text.as_bytes());
        hash.as_ref().iter().map(|b| format!("{b:02X}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_knows_its_password_only() {
        let kept = hash("correct horse battery").unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert_ne!(kept, hash("correct horse battery").unwrap(), "the salt is random");
        assert!(is("correct horse battery", Some(&kept)));
        assert!(!is("correct horse batterz", Some(&kept)) && !is("", Some(&kept)) && !is("x", Some("no hash")));
        assert!(PasswordHash::new(NOBODY).is_ok() && !is("", None) && !is("x", None));
    }

    #[test]
    fn poor_passwords_are_refused() {
        for poor in [
            "short",
            "aaaaaaaaaaaa",
            "ada.example@example.org",
            "ada.example12",
            "1212121212121212",
        ] {
            assert!(fault(poor, "ada.example@example.org", None).is_some(), "{poor}");
        }
        assert_eq!(fault("correct horse battery", "ada@example.org", None), None);
        assert!(fault(&"ab3d".repeat(300), "ada@example.org", None).is_some());
    }

    #[test]
    fn breached_passwords_are_found_wherever_they_stand() {
        let dir = tempfile::tempdir().unwrap();
        let list = dir.path().join("breached.txt");
        for many in [1, 2, 3, 10, 1000] {
            let mut hashes: Vec<String> = (0..many).map(|n| sha1_hex(&format!("breached password {n}"))).collect();
            hashes.sort();
            let text: String = hashes.iter().enumerate().map(|(n, h)| format!("{h}:{n}\r\n")).collect();
            std::fs::write(&list, text).unwrap();
            for n in 0..many {
                let password = format!("breached password {n}");
                assert!(
                    fault(&password, "a@example.org", Some(&list)).is_some(),
                    "{password} of {many}"
                );
                let other = format!("another password {n}");
                assert_eq!(fault(&other, "a@example.org", Some(&list)), None, "{other} of {many}");
            }
        }
        assert_eq!(sha1_hex("password"), "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8");
    }
}
