//! No file makes the reader panic, hang or take for ever. A part by default; `BESPOKE_HOSTILE=all` runs all of it.
#![allow(clippy::expect_used)]

#[path = "hostile/generate.rs"]
mod generate;

use bespoke_core::{ingest, parse};
use generate::{Hostile, built, mutated, seeds};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// Longest time for one file in an unoptimised build on a busy machine.
const LIMIT: Duration = Duration::from_secs(20);

/// Reads on a thread of its own: the code of the error, or nothing.
fn read(file: &Hostile) -> Result<Option<&'static str>, String> {
    let (done, wait) = mpsc::channel();
    let bytes = file.bytes.clone();
    let start = Instant::now();
    let thread = std::thread::Builder::new().stack_size(4 << 20).spawn(move || {
        let outcome = ingest::ingest(&bytes, None).map(|document| {
            let parsed = parse::parse(&document);
            for (_, line) in document.lines() {
                assert!(document.text.get(line.range.clone()).is_some(), "a range cuts a letter");
            }
            parsed.issues.len()
        });
        let _ = done.send(outcome.err().map(|e| e.code()));
    });
    let thread = thread.expect("a thread");
    match wait.recv_timeout(LIMIT) {
        Ok(code) => Ok(code),
        Err(mpsc::RecvTimeoutError::Timeout) => {
            Err(format!("{}: still at work after {:?}", file.name, start.elapsed()))
        }
        Err(mpsc::RecvTimeoutError::Disconnected) => {
            let _ = thread.join();
            Err(format!("{}: panicked", file.name))
        }
    }
}

fn mutations() -> Vec<Hostile> {
    let all = std::env::var("BESPOKE_HOSTILE").is_ok_and(|v| v == "all");
    let each = if all { 160 } else { 36 };
    let seeds = seeds();
    let mut out = Vec::new();
    for (index, seed) in seeds.iter().enumerate() {
        let other = &seeds[(index + 3) % seeds.len()];
        out.extend((0..each).map(|number| mutated(seed, other, number)));
    }
    out
}

#[test]
fn seeds_are_read() {
    for seed in seeds() {
        assert_eq!(read(&seed), Ok(None), "{}", seed.name);
    }
}

#[test]
fn mutated_files_end_well() {
    let files = mutations();
    assert!(files.len() >= 500, "{} files", files.len());
    let faults: Vec<String> = files.iter().filter_map(|f| read(f).err()).collect();
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn files_built_to_do_harm_end_well() {
    let mut faults = Vec::new();
    for (file, code) in built() {
        match read(&file) {
            Err(fault) => faults.push(fault),
            Ok(found) if code.is_some() && found != code => {
                faults.push(format!("{}: {found:?} and not {code:?}", file.name));
            }
            Ok(_) => {}
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}
