//! Words as numbers; the build uses it too.

/// The number of a row of words (FNV-1a); the last step spreads the high bits over the low ones that choose the row.
pub(crate) fn hash(parts: &[&str]) -> u32 {
    let mut h = 0xcbf2_9ce4_8422_2325u64;
    for part in parts {
        for byte in part.bytes().chain([0xff]) {
            h = (h ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    (h ^ (h >> 29)) as u32
}
