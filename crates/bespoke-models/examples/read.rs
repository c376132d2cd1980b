//! Reads a file as the program does, in a locked-in child: `cargo run -p bespoke-models --example read -- FILE`. Prints
//! JSON Resume, or with `--text` the text. The example is its own child. BESPOKE_MODELS names the folder of the models that read
//! pictures of pages; without it tesseract does.

use bespoke_models::reader::{Progress, Reader, worker};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["worker"] => match worker::run() {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        },
        [path] => read(path, false),
        ["--text", path] => read(path, true),
        _ => {
            eprintln!("usage: read [--text] FILE");
            ExitCode::from(2)
        }
    }
}

fn read(path: &str, text: bool) -> ExitCode {
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
        Ok(reading) if text => println!("{}", reading.document.text),
        Ok(reading) => println!(
            "{:#}",
            bespoke_core::json_resume::to_json_resume(&reading.parsed.resume)
        ),
        Err(error) => {
            eprintln!("{path}: {error} [{}]", error.code());
            return ExitCode::from(3);
        }
    }
    ExitCode::SUCCESS
}
