//! Any bytes as the main part of a container, which is written here: random bytes would never make one.
//! `cargo +nightly fuzz run docx`.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../stored.rs"]
mod stored;

fuzz_target!(|bytes: &[u8]| {
    let mimetype = b"application/vnd.oasis.opendocument.text";
    let file = stored::container(&[("mimetype", mimetype), ("word/document.xml", bytes)]);
    if let Ok(document) = bespoke_core::ingest::ingest(&file, None) {
        bespoke_core::parse::parse(&document);
    }
});
