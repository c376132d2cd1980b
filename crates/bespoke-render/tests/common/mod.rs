//! The fictional people that tests render.

use bespoke_core::json_resume::from_json_resume;
use bespoke_core::resume::Resume;
use std::fs;
use std::path::Path;

/// Name and résumé of everybody in `fixtures/people`, and of the invented person of the crate.
pub fn people() -> Vec<(String, Resume)> {
    let mut people = read("people");
    people.push(("sample".to_owned(), bespoke_render::sample::resume()));
    people
}

/// People whose résumés are in Arabic, Hebrew, Chinese, Japanese and Korean.
#[allow(dead_code, reason = "not every test file needs them")]
pub fn scripts() -> Vec<(String, Resume)> {
    read("scripts")
}

fn read(folder: &str) -> Vec<(String, Resume)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures")
        .join(folder);
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("fixtures")
        .map(|e| e.expect("a file").path())
        .collect();
    files.sort();
    let read = |path: &std::path::PathBuf| {
        let json = fs::read(path).expect("a file");
        let resume = from_json_resume(&serde_json::from_slice(&json).expect("JSON"));
        (path.file_stem().expect("a name").to_string_lossy().into_owned(), resume)
    };
    files.iter().map(read).collect()
}
