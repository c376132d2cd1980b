//! Renders a JSON Resume: `render FILE TEMPLATE FORMAT OUT [STYLE-JSON]`.

use bespoke_core::json_resume::from_json_resume;
use bespoke_render::{Renderer, Template};
use std::error::Error;
use std::time::Instant;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [file, template, format, out, style @ ..] = arguments.as_slice() else {
        return Err("usage: render FILE TEMPLATE FORMAT OUT [STYLE-JSON]".into());
    };
    let mut resume = from_json_resume(&serde_json::from_slice(&fs::read(file)?)?);
    let template = Template::by_name(template)?;
    let style = template.style().overlaid(style.first().map_or("{}", String::as_str))?;
    let (renderer, format) = (Renderer::new(), format.parse()?);
    let first = Instant::now();
    let bytes = renderer.render(&resume, &template, &style, format)?;
    println!("first: {:?}, {} bytes", first.elapsed(), bytes.len());
    fs::write(out, &bytes)?;
    // What a keystroke in the live preview costs: one word changes each time.
    let mut times = Vec::new();
    for n in 0..21 {
        if let Some(bullet) = resume.work.iter_mut().find_map(|w| w.highlights.first_mut()) {
            bullet.text.value = format!(
                "{} {n}",
                bullet.text.value.trim_end_matches(|c: char| c.is_numeric() || c == ' ')
            );
        }
        let start = Instant::now();
        renderer.render(&resume, &template, &style, format)?;
        times.push(start.elapsed());
    }
    times.sort();
    println!("after an edit: median {:?}", times[times.len() / 2]);
    Ok(())
}
