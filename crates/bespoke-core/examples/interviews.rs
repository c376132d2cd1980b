//! Prints preparations to be read: `interviews RESUME.json JOB.txt…`.

#[path = "../tests/people/mod.rs"]
mod people;

use bespoke_core::interview::{prepare, to_markdown};
use bespoke_core::job::read_job;
use bespoke_core::tailor::Closeness;

struct Unmeasured;
impl Closeness for Unmeasured {
    fn closeness(&self, _: &str) -> f32 {
        0.0
    }
}

fn main() {
    let mut args = std::env::args().skip(1);
    let resume = std::fs::read_to_string(args.next().expect("a résumé")).expect("a text");
    let person = people::load(&serde_json::from_str(&resume).expect("JSON"));
    for path in args {
        let job = read_job(&std::fs::read_to_string(&path).expect("a text"));
        println!("{}", to_markdown(&prepare(&person, &job, &Unmeasured), &job));
    }
}
