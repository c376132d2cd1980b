//! Reads lines of JSON strings, each a job description, and writes what is read as lines of JSON: for `bench/eval_jobs.py`.

use std::io::BufRead;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for line in std::io::stdin().lock().lines() {
        let text: String = serde_json::from_str(&line?)?;
        println!("{}", serde_json::to_string(&bespoke_core::job::read_job(&text))?);
    }
    Ok(())
}
