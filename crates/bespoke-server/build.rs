//! Makes sure that the folder of the built page exists, so that the server compiles before the page is built.

fn main() {
    // Asked for at run time: checkouts that share a target folder share this program too.
    let root = std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR");
    let dist = std::path::PathBuf::from(root).join("../../web/dist");
    if let Err(error) = std::fs::create_dir_all(&dist) {
        println!("cargo:warning={}: {error}", dist.display());
    }
    println!("cargo:rerun-if-changed={}", dist.display());
}
