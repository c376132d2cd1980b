//! Writes the hostile files into a folder, so that the whole program can be run on them:
//! `cargo run -p bespoke-core --example hostile -- DIR [MUTATIONS OF EACH SEED]`.
#![allow(clippy::expect_used)]

#[path = "../tests/hostile/generate.rs"]
mod generate;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().expect("usage: hostile DIR [COUNT]");
    let each: u64 = arguments.next().map_or(160, |n| n.parse().expect("a number"));
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    let seeds = generate::seeds();
    let mut files: Vec<generate::Hostile> = generate::built().into_iter().map(|(file, _)| file).collect();
    for (index, seed) in seeds.iter().enumerate() {
        let other = &seeds[(index + 3) % seeds.len()];
        files.extend((0..each).map(|number| generate::mutated(seed, other, number)));
    }
    for (index, file) in files.iter().enumerate() {
        let name = format!("{index:04}-{}", file.name.replace([' ', '/'], "-"));
        std::fs::write(std::path::Path::new(&folder).join(name), &file.bytes).expect("a file can be written");
    }
    println!("{} files in {folder}", files.len());
}
