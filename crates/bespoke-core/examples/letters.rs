//! Prints letters to be read: `letters DIR_OF_PEOPLE JOB… [--tone plain|warm|confident] [--length short|medium|full] [--language en|de]`,
//! every person with every job, and what the gate says of each.

#[path = "../tests/people/mod.rs"]
mod people;

use bespoke_core::job::read_job;
use bespoke_core::letter::{Wish, check, write};
use bespoke_core::tailor::Closeness;

struct Unmeasured;
impl Closeness for Unmeasured {
    fn closeness(&self, _: &str) -> f32 {
        0.0
    }
}

fn main() {
    let mut wish = serde_json::json!({});
    let mut paths = Vec::new();
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.strip_prefix("--") {
            Some(name) => wish[name] = args.next().expect("a value").into(),
            None => paths.push(arg),
        }
    }
    let wish: Wish = serde_json::from_value(wish).expect("a wish");
    let mut people: Vec<_> = std::fs::read_dir(&paths[0])
        .expect("a folder")
        .map(|f| f.expect("a file").path())
        .collect();
    people.sort();
    let (mut letters, mut faults) = (0, 0);
    for path in people {
        let json = serde_json::from_str(&std::fs::read_to_string(&path).expect("a text")).expect("JSON");
        let person = people::load(&json);
        for job_path in &paths[1..] {
            let job = read_job(&std::fs::read_to_string(job_path).expect("a text"));
            let letter = write(&person, &[], &job, &wish, &Unmeasured);
            println!(
                "=== {} → {job_path}  {:?}\n{}\n\n{}\n",
                path.display(),
                letter.notes,
                letter.subject,
                letter.salutation
            );
            for paragraph in &letter.paragraphs {
                println!("{}\n", paragraph.text());
            }
            println!("{}", letter.closing);
            let violations = check(&person, &[], &job, &letter);
            for fault in &violations {
                println!("!! {:?} {}: {}", fault.kind, fault.text, fault.message);
            }
            letters += 1;
            faults += violations.len();
        }
    }
    println!("{letters} letters, {faults} violations");
}
