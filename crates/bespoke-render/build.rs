//! Collects the template folders, the words of each language and the fonts, so that a new file is enough to add one.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, error, fs};

fn main() -> Result<(), Box<dyn error::Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let mut code = String::new();

    code.push_str("static TEMPLATE_FILES: &[TemplateFiles] = &[\n");
    for folder in sorted(&root.join("templates"))?.into_iter().filter(|p| p.is_dir()) {
        writeln!(
            code,
            "TemplateFiles {{ name: {:?}, about: include_str!({:?}), source: include_str!({:?}), style: include_str!({:?}) }},",
            stem(&folder),
            folder.join("template.toml"),
            folder.join("resume.typ.j2"),
            folder.join("style.json"),
        )?;
    }
    writeln!(
        code,
        "];\nstatic BASE_STYLE: &[&str] = &[include_str!({:?})",
        root.join("templates/base.json")
    )?;
    code.push_str("];\nstatic PARTIALS: &[(&str, &str)] = &[\n");
    for file in with_extension(&root.join("templates"), "j2")? {
        writeln!(code, "({:?}, include_str!({file:?})),", name(&file))?;
    }
    code.push_str("];\nstatic WORD_FILES: &[(&str, &str)] = &[\n");
    for file in with_extension(&root.join("words"), "toml")? {
        writeln!(code, "({:?}, include_str!({file:?})),", stem(&file))?;
    }
    code.push_str("];\nstatic FONT_FILES: &[&[u8]] = &[\n");
    for folder in sorted(&root.join("fonts"))?.into_iter().filter(|p| p.is_dir()) {
        for file in with_extension(&folder, "ttf")? {
            writeln!(code, "include_bytes!({file:?}),")?;
        }
    }
    code.push_str("];\n");

    // Each list lands in the file of the module that uses it.
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut parts = code.split_inclusive("];\n");
    for (file, lists) in [("templates.rs", 3), ("words.rs", 1), ("fonts.rs", 1)] {
        fs::write(out.join(file), parts.by_ref().take(lists).collect::<String>())?;
    }
    for folder in ["templates", "words", "fonts"] {
        println!("cargo::rerun-if-changed={}", root.join(folder).display());
    }
    Ok(())
}

fn sorted(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<std::io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn with_extension(folder: &Path, extension: &str) -> std::io::Result<Vec<PathBuf>> {
    let mut files = sorted(folder)?;
    files.retain(|f| f.is_file() && f.extension().is_some_and(|e| e == extension));
    Ok(files)
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
