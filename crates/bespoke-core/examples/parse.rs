//! Prints a résumé file as JSON Resume: `cargo run -p bespoke-core --example parse -- FILE`.
#![allow(clippy::expect_used)]

fn main() {
    let path = std::env::args().nth(1).expect("a file");
    let bytes = std::fs::read(&path).expect("the file can be read");
    match bespoke_core::ingest::ingest(&bytes, Some(&path)) {
        Ok(document) => {
            let parsed = bespoke_core::parse::parse(&document);
            println!("{:#}", bespoke_core::json_resume::to_json_resume(&parsed.resume));
        }
        Err(error) => {
            eprintln!("{path}: {error}");
            std::process::exit(1);
        }
    }
}
