//! Makes sure that the folder of the built page exists, so that the server compiles before the page is built.

fn main() {
    let dist = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/dist");
    if let Err(error) = std::fs::create_dir_all(&dist) {
        println!("cargo:warning={}: {error}", dist.display());
    }
    println!("cargo:rerun-if-changed={}", dist.display());
}
