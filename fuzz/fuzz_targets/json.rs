//! Any bytes behind the first ones of the format: `cargo +nightly fuzz run json`.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let file = [&b"{"[..], bytes].concat();
    if let Ok(document) = bespoke_core::ingest::ingest(&file, None) {
        bespoke_core::parse::parse(&document);
    }
});
