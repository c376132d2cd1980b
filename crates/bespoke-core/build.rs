//! Prepares the skill lexicon while building, so that a process need not: the names as a finite-state map, the skills as
//! lines that are read one by one when asked for; the titles of roles as sorted numbers; and the towns without what each shares
//! with the one before. Reads `data/skills/*.txt`, `data/roles/*.toml` and `data/parse/cities.txt`, writes
//! `skills.{fst,txt,idx}`, `titles.idx` and `towns.txt`.

#[path = "src/lexicon/tagger/hash.rs"]
mod hash;
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
        .join("../../data");
    for file in [
        "src/lexicon/key.rs",
        "src/lexicon/table.rs",
        "src/text.rs",
        "src/lexicon/tagger/hash.rs",
        "build.rs",
    ] {
        println!("cargo::rerun-if-changed={file}");
    }
    let read = |name: &str| {
        let path = data.join("skills").join(name);
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
    write("titles.idx", &title_numbers(&data.join("roles")));
    write("towns.txt", &towns(&data.join("parse/cities.txt")));
}

/// The towns, sorted, each as a letter for how many letters it shares with the one before (A for none) and the rest of it: what
/// the page loads is a quarter smaller so.
fn towns(file: &Path) -> Vec<u8> {
    println!("cargo::rerun-if-changed={}", file.display());
    let list = std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let names: std::collections::BTreeSet<&str> = list
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
        .collect();
    let (mut out, mut before) = (String::new(), "");
    for name in names {
        assert!(
            name.is_ascii() && !name.contains(|c: char| c.is_ascii_uppercase()),
            "{name} is not folded"
        );
        let shared = name
            .bytes()
            .zip(before.bytes())
            .take_while(|(a, b)| a == b)
            .count()
            .min(25);
        out.push(char::from(b'A' + u8::try_from(shared).unwrap_or(0)));
        out.push_str(&name[shared..]);
        before = name;
    }
    out.into_bytes()
}

/// The numbers of all titles in the role files, sorted, four bytes each.
fn title_numbers(folder: &Path) -> Vec<u8> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut numbers = std::collections::BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
        let path = entry.expect("a folder can be listed").path();
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let lines = text
            .lines()
            .filter(|l| ["title = ", "aliases = ", "ladder = "].iter().any(|k| l.starts_with(k)));
        // Every second piece between quotes is a name.
        for title in lines.flat_map(|l| l.split('"').skip(1).step_by(2)) {
            let title = title.to_lowercase();
            let words = title.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
            numbers.insert(hash::hash(&words.collect::<Vec<_>>()));
        }
    }
    numbers.into_iter().flat_map(u32::to_le_bytes).collect()
}
