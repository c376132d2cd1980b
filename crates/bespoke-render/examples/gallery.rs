//! Renders people through templates, to look at: `gallery OUT TEMPLATES PERSON.json…`.
//!
//! TEMPLATES is a folder like `templates/`, read when the program runs, so that a template can be changed and
//! looked at again without building. Writes a PDF, a DOCX, an ODT, an HTML page and one PNG a page for each pair.

use bespoke_core::json_resume::from_json_resume;
use bespoke_render::{ExportFormat, Renderer, Template};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(out), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("usage: gallery OUT TEMPLATES PERSON.json…".into());
    };
    let (out, folder) = (PathBuf::from(out), PathBuf::from(folder));
    fs::create_dir_all(&out)?;
    let only = env::var("ONLY").unwrap_or_default();
    let dpi: f32 = env::var("DPI").ok().and_then(|d| d.parse().ok()).unwrap_or(70.0);
    let templates = templates(&folder, &only)?;
    let renderer = Renderer::new();
    for person in arguments {
        let resume = from_json_resume(&serde_json::from_slice(&fs::read(&person)?)?);
        let who = Path::new(&person)
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        for template in &templates {
            let name = format!("{}-{who}", template.name());
            for format in [
                ExportFormat::Pdf,
                ExportFormat::Docx,
                ExportFormat::Odt,
                ExportFormat::Html,
            ] {
                match renderer.render(&resume, template, template.style(), format) {
                    Ok(bytes) => fs::write(out.join(format!("{name}.{}", format.extension())), bytes)?,
                    Err(error) => println!("{name}: {error}"),
                }
            }
            let pages = renderer
                .pages_png(&resume, template, template.style(), dpi)
                .unwrap_or_default();
            for (n, page) in pages.iter().enumerate() {
                fs::write(out.join(format!("{name}-{}.png", n + 1)), page)?;
            }
            println!("{name}: {} pages", pages.len());
        }
    }
    Ok(())
}

/// The templates of a folder.
fn templates(folder: &Path, only: &str) -> Result<Vec<Template>, Box<dyn Error>> {
    let mut folders: Vec<PathBuf> = fs::read_dir(folder)?.filter_map(|e| Some(e.ok()?.path())).collect();
    folders.retain(|p| p.is_dir());
    folders.sort();
    let mut list = Vec::new();
    for path in folders {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !only.is_empty() && !only.split(',').any(|o| o == name) {
            continue;
        }
        let read = |file: &str| fs::read_to_string(path.join(file));
        let source = read("resume.typ.j2")?;
        list.push(Template::from_parts(
            &name,
            &read("template.toml")?,
            &read("style.json")?,
            &source,
            None,
        )?);
    }
    Ok(list)
}
