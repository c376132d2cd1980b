//! The second factor: time-based codes (RFC 6238: SHA-1, six digits, 30 seconds), as every authenticator app makes.

use ring::hmac;

/// Seconds that a code is shown for.
const STEP: i64 = 30;
/// Bytes of a secret.
pub const SECRET: usize = 20;
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The code of a time step.
fn code(secret: &[u8], step: i64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let mac = hmac::sign(&key, &step.to_be_bytes());
    let mac = mac.as_ref();
    let at = usize::from(mac[mac.len() - 1] & 0x0f);
    let number = u32::from_be_bytes([mac[at] & 0x7f, mac[at + 1], mac[at + 2], mac[at + 3]]);
    format!("{:06}", number % 1_000_000)
}

/// The time step whose code this is, among the present one and its two neighbours; `now` in seconds since 1970.
pub fn step_of(secret: &[u8], given: &str, now: i64) -> Option<i64> {
    let given: String = given.chars().filter(|c| !c.is_whitespace()).collect();
    let present = now.div_euclid(STEP);
    let mut found = None;
    for step in present - 1..=present + 1 {
        // Compared whole, so that the time tells nothing.
        let same = code(secret, step)
            .bytes()
            .zip(given.bytes())
            .fold(given.len() == 6, |same, (a, b)| same & (a == b));
        if same {
            found = Some(step);
        }
    }
    found
}

/// A secret as apps take it by hand.
pub fn base32(bytes: &[u8]) -> String {
    let mut out = String::new();
    for chunk in bytes.chunks(5) {
        let mut group = [0; 5];
        group[..chunk.len()].copy_from_slice(chunk);
        let bits = group.iter().fold(0u64, |bits, byte| bits << 8 | u64::from(*byte));
        for at in 0..(chunk.len() * 8).div_ceil(5) {
            out.push(char::from(BASE32[(bits >> (35 - 5 * at) & 31) as usize]));
        }
    }
    out
}

/// A secret as apps take it from a QR code.
pub fn uri(secret: &[u8], email: &str) -> String {
    let label = super::percent_encoded(email, b"-._~");
    format!(
        "otpauth://totp/Bespoke:{label}?secret={}&issuer=Bespoke&algorithm=SHA1&digits=6&period=30",
        base32(secret)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vectors of RFC 6238, appendix B, cut to six digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = b"12345678901234567890";
        for (time, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code(secret, time / STEP), expected);
            assert_eq!(step_of(secret, expected, time), Some(time / STEP));
            assert_eq!(step_of(secret, expected, time + 2 * STEP), None, "too old");
            assert_eq!(step_of(secret, expected, time - 2 * STEP), None, "too early");
        }
        assert_eq!(step_of(secret, "", 59), None);
        assert_eq!(step_of(secret, "28708", 59), None);
        assert_eq!(step_of(secret, "2870822", 59), None);
        assert_eq!(step_of(secret, "287 082", 59), Some(1));
    }

    /// The vectors of RFC 4648, section 10.
    #[test]
    fn base32_is_that_of_the_standard() {
        for (text, expected) in [
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(base32(text.as_bytes()), expected);
        }
        assert!(
            uri(b"foobar", "ada+x@example.org")
                .starts_with("otpauth://totp/Bespoke:ada%2Bx%40example.org?secret=MZXW6YTBOI&")
        );
    }
}
