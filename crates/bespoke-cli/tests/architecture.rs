//! Holds the direction of dependencies between the crates: cli > server > {store, render, models} > core, and
//! wasm > {render, core}.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Which crates of ours each crate may depend on.
const ALLOWED: [(&str, &[&str]); 7] = [
    ("bespoke-core", &[]),
    ("bespoke-models", &["bespoke-core"]),
    ("bespoke-render", &["bespoke-core"]),
    ("bespoke-store", &["bespoke-core"]),
    (
        "bespoke-server",
        &["bespoke-core", "bespoke-models", "bespoke-render", "bespoke-store"],
    ),
    ("bespoke-wasm", &["bespoke-core", "bespoke-render"]),
    (
        "bespoke-cli",
        &[
            "bespoke-core",
            "bespoke-models",
            "bespoke-render",
            "bespoke-store",
            "bespoke-server",
        ],
    ),
];

/// Crates that only one of ours may use: an invariant stated as an absence.
const ONLY: [(&str, &str); 5] = [
    ("sqlx", "bespoke-store"),
    ("axum", "bespoke-server"),
    ("rten", "bespoke-models"),
    ("typst", "bespoke-render"),
    ("clap", "bespoke-cli"),
];

/// What core must never use: disk and network runtimes, clocks, randomness.
const NEVER_IN_CORE: [&str; 5] = ["tokio", "reqwest", "rand", "uuid", "rayon"];

type Manifests = BTreeMap<String, BTreeSet<String>>;

fn manifests() -> Manifests {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("crates/");
    let mut out = Manifests::new();
    for entry in std::fs::read_dir(crates).expect("crates/ can be listed") {
        let path = entry.expect("an entry").path().join("Cargo.toml");
        let manifest: toml::Table = std::fs::read_to_string(&path)
            .expect("a manifest")
            .parse()
            .expect("TOML");
        let name = manifest["package"]["name"].as_str().expect("a name").to_owned();
        let mut dependencies = BTreeSet::new();
        let targets = manifest.get("target").and_then(toml::Value::as_table);
        let tables = targets
            .into_iter()
            .flat_map(toml::Table::values)
            .filter_map(toml::Value::as_table);
        for table in tables.chain([&manifest]) {
            for section in ["dependencies", "build-dependencies"] {
                if let Some(table) = table.get(section).and_then(toml::Value::as_table) {
                    dependencies.extend(table.keys().cloned());
                }
            }
        }
        out.insert(name, dependencies);
    }
    out
}

/// Every edge that is not allowed, as a sentence.
fn faults(manifests: &Manifests) -> Vec<String> {
    let mut out = Vec::new();
    for (name, dependencies) in manifests {
        let Some((_, allowed)) = ALLOWED.iter().find(|(n, _)| n == name) else {
            out.push(format!("{name} is not in the table of this test"));
            continue;
        };
        for dependency in dependencies {
            if dependency.starts_with("bespoke-") && !allowed.contains(&dependency.as_str()) {
                out.push(format!("{name} must not depend on {dependency}"));
            }
            if let Some((_, owner)) = ONLY.iter().find(|(d, _)| d == dependency)
                && owner != name
            {
                out.push(format!("only {owner} may use {dependency}, {name} does"));
            }
            if name == "bespoke-core" && NEVER_IN_CORE.contains(&dependency.as_str()) {
                out.push(format!("bespoke-core must not use {dependency}"));
            }
        }
    }
    for (name, _) in ALLOWED {
        if !manifests.contains_key(name) {
            out.push(format!("{name} is missing"));
        }
    }
    out
}

#[test]
fn dependencies_point_downwards() {
    assert_eq!(faults(&manifests()), Vec::<String>::new());
}

/// The twin: each kind of wrong edge is found, so the test above can fail.
#[test]
fn wrong_edges_are_found() {
    for (from, to) in [
        ("bespoke-core", "bespoke-store"),
        ("bespoke-models", "bespoke-render"),
        ("bespoke-server", "bespoke-cli"),
        ("bespoke-server", "sqlx"),
        ("bespoke-core", "tokio"),
        ("bespoke-unknown", "serde"),
    ] {
        let mut manifests = manifests();
        manifests.entry(from.into()).or_default().insert(to.into());
        assert_eq!(faults(&manifests).len(), 1, "{from} -> {to}");
    }
    let mut manifests = manifests();
    manifests.remove("bespoke-store");
    assert_eq!(faults(&manifests), ["bespoke-store is missing"]);
}

/// Ways past the rule that only public addresses are asked: for tests with boards of ours.
const ONLY_IN_TESTS: [&str; 2] = ["for_this_machine", "with_asker"];

/// Every source file of a crate that names one of them, beside those that define it.
fn ways_inside(sources: &[(String, String)]) -> Vec<String> {
    let named = |text: &str| ONLY_IN_TESTS.iter().any(|name| text.contains(name));
    let own = ["fetch.rs", "boards/asker.rs", "state.rs"];
    sources
        .iter()
        .filter(|(path, text)| named(text) && !path.ends_with("tests.rs") && !own.iter().any(|o| path.ends_with(o)))
        .map(|(path, _)| path.clone())
        .collect()
}

fn sources(folder: &Path, out: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = std::fs::read_to_string(&path).expect("a source file");
            out.push((path.to_string_lossy().into_owned(), text));
        }
    }
}

fn server_and_command() -> Vec<(String, String)> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("crates/");
    let mut all = Vec::new();
    for name in ["bespoke-server", "bespoke-cli"] {
        sources(&crates.join(name).join("src"), &mut all);
    }
    all
}

#[test]
fn only_language_models_may_stand_in_a_private_network() {
    let mut named: Vec<String> = server_and_command()
        .into_iter()
        .filter(|(_, text)| text.contains("Reach::"))
        .filter_map(|(path, _)| path.rsplit_once("/src/").map(|(_, inside)| inside.to_owned()))
        .collect();
    named.sort();
    assert_eq!(named, ["fetch.rs", "fetch/tests.rs", "language_model.rs"]);
}

#[test]
fn nothing_but_tests_reaches_addresses_of_this_machine() {
    let mut all = server_and_command();
    assert!(all.len() > 60, "{}", all.len());
    assert_eq!(ways_inside(&all), Vec::<String>::new());
    // The twin: a use is found, so the test can fail.
    all.push(("src/lib.rs".into(), "app.with_asker(asker)".into()));
    assert_eq!(ways_inside(&all), ["src/lib.rs"]);
}
