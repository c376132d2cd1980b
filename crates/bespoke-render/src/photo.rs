//! A portrait that a person gives with a résumé.

use typst::foundations::Bytes;

/// Largest portrait, in bytes.
const MAX_BYTES: usize = 5 << 20;

/// A portrait: PNG or JPEG.
#[derive(Debug, Clone, PartialEq)]
pub struct Photo {
    pub(crate) bytes: Bytes,
    pub(crate) media_type: &'static str,
}

impl Photo {
    /// Takes the bytes of a PNG or JPEG file of at most 5 MB; `None` for anything else.
    pub fn new(bytes: Vec<u8>) -> Option<Photo> {
        let media_type = match bytes.as_slice() {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => "image/png",
            [0xff, 0xd8, 0xff, ..] => "image/jpeg",
            _ => return None,
        };
        (bytes.len() <= MAX_BYTES).then(|| Photo {
            bytes: Bytes::new(bytes),
            media_type,
        })
    }
}
