//! Titles of roles as numbers: the build writes a sorted list of those in `data/roles`, the reader asks it.

/// Words of the longest title that is looked for.
pub const LONGEST: usize = 8;

/// The number of a title, from its words in small letters (FNV-1a).
pub fn number<'w>(words: impl Iterator<Item = &'w str>) -> u32 {
    let mut h = 0xcbf2_9ce4_8422_2325u64;
    for word in words {
        for byte in word.bytes().chain([b' ']) {
            h = (h ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    (h ^ (h >> 29)) as u32
}
