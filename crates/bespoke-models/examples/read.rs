//! Reads a file as the program does, in a locked-in child: `cargo run -p bespoke-models --example read -- FILE`. Prints
//! JSON Resume, with `--text` the text, with `--lines` each line with its page, region, size, weight and place. The example is its
//! own child. BESPOKE_MODELS names the folder of the models that read pictures of pages; without it tesseract does.

use bespoke_core::document::Line;
use bespoke_core::json_resume::to_json_resume;
use bespoke_models::reader::{Progress, Reader, Reading, worker};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["worker"] => match worker::run() {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        },
        [path] => read(path, resume),
        ["--text", path] => read(path, |reading| reading.document.text.clone()),
        ["--lines", path] => read(path, lines),
        _ => {
            eprintln!("usage: read [--text|--lines] FILE");
            ExitCode::from(2)
        }
    }
}

fn resume(reading: &Reading) -> String {
    format!("{:#}", to_json_resume(&reading.parsed.resume))
}

fn lines(reading: &Reading) -> String {
    let line = |(page, line): (usize, &Line)| {
        let bold = if line.bold() { "b" } else { " " };
        let (x, y) = line.bbox.map_or((0.0, 0.0), |b| (b.x0, b.y0));
        let text = line.text(&reading.document);
        format!(
            "{page}.{:<2}{:>5.1}{bold} {x:>5.0} {y:>5.0} {text}\n",
            line.region,
            line.size()
        )
    };
    reading.document.lines().map(line).collect()
}

fn read(path: &str, shown: impl Fn(&Reading) -> String) -> ExitCode {
    let (Ok(bytes), Ok(program)) = (std::fs::read(path), std::env::current_exe()) else {
        eprintln!("{path}: cannot be opened");
        return ExitCode::FAILURE;
    };
    let progress = |Progress::Recognised { done, of }: Progress| eprintln!("page {done} of {of}");
    let mut reader = Reader::sandboxed(program);
    if let Some(models) = std::env::var_os("BESPOKE_MODELS") {
        reader = reader.with_models(models.into());
    }
    match reader.read(&bytes, Some(path), &progress) {
        Ok(reading) => println!("{}", shown(&reading)),
        Err(error) => {
            eprintln!("{path}: {error} [{}]", error.code());
            return ExitCode::from(3);
        }
    }
    ExitCode::SUCCESS
}
