//! The commands, run natively: what they answer must not depend on where they run; e2e/tests/reader.test.js runs them in
//! WebAssembly.

use bespoke_wasm::answer;
use serde_json::{Value, json};

const RESUME: &[u8] = include_bytes!("../../../fixtures/agreement/resume.md");

fn ask(command: &Value, file: &[u8]) -> Value {
    serde_json::from_slice(&answer(command.to_string().as_bytes(), file)).expect("JSON")
}

#[test]
fn a_file_is_read_judged_and_written() {
    let read = ask(&json!({ "do": "read", "name": "resume.md" }), RESUME);
    let resume = &read["ok"]["resume"];
    let name = resume["contact"]["name"]["value"].as_str().expect("a name");
    assert!(read["ok"]["text"].as_str().expect("text").contains(name));
    assert_eq!(read["ok"]["format"], "markdown");

    let audit = ask(
        &json!({ "do": "audit", "name": "resume.md", "resume": resume, "strict": true, "today": "2026-11" }),
        RESUME,
    );
    assert!(audit["ok"]["score"]["total"].is_number(), "{audit}");

    for (format, start) in [("md", format!("# {name}")), ("txt", name.to_owned())] {
        let written = ask(&json!({ "do": "export", "resume": resume, "format": format }), &[]);
        assert!(written["ok"].as_str().expect("text").starts_with(&start), "{written}");
    }
    let gate = ask(&json!({ "do": "check", "base": resume, "tailored": resume }), &[]);
    assert_eq!(gate["ok"], json!([]));
}

#[test]
fn refusals_have_a_code() {
    for (command, file, code) in [
        (json!({ "do": "read", "name": "a.pdf" }), b"".as_slice(), "empty"),
        (
            json!({ "do": "read", "name": "a.pdf" }),
            b"%PDF-1.7 x".as_slice(),
            "corrupt",
        ),
        (json!({ "do": "dance" }), b"".as_slice(), "bad-request"),
        (
            json!({ "do": "export", "resume": {}, "format": "pdf" }),
            b"".as_slice(),
            "needs-server",
        ),
        (
            json!({ "do": "export", "resume": {}, "format": "wav" }),
            b"".as_slice(),
            "unknown-format",
        ),
    ] {
        assert_eq!(ask(&command, file)["failure"]["code"], code, "{command}");
    }
}
