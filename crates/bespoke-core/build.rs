//! Prepares the skill lexicon while building, so that a process need not: the names as a finite-state map, the skills as
//! lines that are read one by one when asked for. Reads `data/skills/*.txt`, writes `skills.{fst,txt,idx}`.

#[path = "src/lexicon/key.rs"]
#[allow(dead_code, missing_docs)]
mod key;
#[path = "src/lexicon/table.rs"]
#[allow(dead_code, missing_docs)]
mod table;
#[path = "src/text.rs"]
#[allow(dead_code, missing_docs)]
mod text;

use std::path::{Path, PathBuf};

fn main() {
    // Asked for at run time: checkouts that share a target folder share this program too.
    let data = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"))
        .join("../../data/skills");
    for file in ["src/lexicon/key.rs", "src/lexicon/table.rs", "src/text.rs", "build.rs"] {
        println!("cargo::rerun-if-changed={file}");
    }
    let read = |name: &str| {
        let path = data.join(name);
        println!("cargo::rerun-if-changed={}", path.display());
        std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    };
    let built = table::build(
        &[&read("curated.txt"), &read("lexicon.txt"), &read("roles.txt")],
        &read("links.txt"),
    );
    let out = std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    let write = |name: &str, bytes: &[u8]| {
        std::fs::write(Path::new(&out).join(name), bytes).unwrap_or_else(|e| panic!("{name}: {e}"));
    };
    write("skills.txt", built.lines.as_bytes());
    write("skills.idx", &built.index);
    let mut map = fst::MapBuilder::memory();
    for (name, value) in &built.names {
        map.insert(name, *value).expect("the keys are sorted and unique");
    }
    write("skills.fst", &map.into_inner().expect("memory has room"));
}
