//! Prints what `ingest` reads: one line per line, with region and kind.

use bespoke_core::document::Flow;
use bespoke_core::ingest::ingest;

fn main() {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).expect("the file can be read");
        match ingest(&bytes, Some(&path)) {
            Err(error) => println!("{path}: {error}"),
            Ok(document) => {
                println!("{path}: {:?} {:?}", document.format, document.features);
                let mut last = 0;
                for (page, line) in document.lines() {
                    if line.range.start > last + 1 {
                        println!();
                    }
                    last = line.range.end;
                    let style = if line.bold() { "b" } else { " " };
                    let x = line.bbox.map_or(0.0, |b| b.x0);
                    println!(
                        "{page}.{:<2}{:>5.1}{style} {x:>5.0} {:?}{}{} {}",
                        line.region,
                        line.size(),
                        line.kind,
                        if line.furniture { "F" } else { "" },
                        match line.flow {
                            Flow::Unknown => "",
                            Flow::Begins => " ¶",
                            Flow::Continues => " …",
                        },
                        line.text(&document)
                    );
                }
                for span in document.pages.iter().flat_map(|p| &p.hidden) {
                    println!("hidden {:?} {}", span.visibility, span.text);
                }
            }
        }
    }
}
