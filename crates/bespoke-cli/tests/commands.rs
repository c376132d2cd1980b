//! Runs the real binary on real files: results on stdout, messages on stderr, exit codes as documented.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures").join(name)
}

fn bespoke(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bespoke"))
        .args(args)
        .output()
        .expect("the binary starts")
}

fn path(name: &str) -> String {
    fixture(name).to_str().expect("UTF-8").to_owned()
}

fn stdout(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn json(output: &Output) -> Value {
    serde_json::from_str(&stdout(output)).expect("JSON on stdout")
}

#[test]
fn parse_prints_json_resume() {
    let resume = json(&bespoke(&[
        "parse",
        &path("resumes/two-page.pdf"),
        "--format",
        "json-resume",
    ]));
    assert_eq!(resume["basics"]["name"], "Marcus T. Whitfield");
    assert_eq!(resume["basics"]["email"], "marcus.whitfield@example.com");
    assert_eq!(resume["work"].as_array().map(Vec::len), Some(4));
    assert_eq!(resume["work"][0]["startDate"], "2021-04");
    assert!(resume["work"][0].get("endDate").is_none(), "a current job has no end");
}

#[test]
fn parse_shows_sources_that_stand_in_the_text() {
    let file = path("resumes/two-page.pdf");
    let parsed = json(&bespoke(&["parse", &file, "--format", "bespoke"]));
    let text = stdout(&bespoke(&["parse", &file, "--format", "text"]));
    let name = &parsed["resume"]["contact"]["name"];
    let (start, end) = (
        name["source"]["start"].as_u64().unwrap(),
        name["source"]["end"].as_u64().unwrap(),
    );
    assert_eq!(&text[start as usize..end as usize], name["value"].as_str().unwrap());
    assert!(name["confidence"].as_f64().unwrap() > 0.0);
}

#[test]
fn a_summary_is_for_people() {
    let text = stdout(&bespoke(&["parse", &path("resumes/two-page.pdf")]));
    assert!(text.starts_with("Marcus T. Whitfield\n"), "{text}");
    assert!(text.contains("Cascadia Freight Systems"));
}

#[test]
fn roles_are_ranked_with_parts_that_add_up() {
    let fits = json(&bespoke(&[
        "roles",
        &path("resumes/two-page.pdf"),
        "--top",
        "5",
        "--json",
    ]));
    let fits = fits.as_array().expect("a list");
    assert_eq!(fits.len(), 5);
    let mut last = f64::MAX;
    for fit in fits {
        let total = fit["score"]["total"].as_f64().unwrap();
        let parts: f64 = fit["score"]["parts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|p| p["points"].as_f64().unwrap())
            .sum();
        assert!((total - parts).abs() < 1e-6, "{fit}");
        assert!(total <= last);
        last = total;
    }
    let titles: Vec<&str> = fits.iter().map(|f| f["title"].as_str().unwrap()).collect();
    assert!(
        titles.iter().any(|t| t.contains("Engineer") || t.contains("Developer")),
        "{titles:?}"
    );
}

#[test]
fn the_blend_changes_the_scores() {
    let file = path("resumes/two-page.pdf");
    let at = |blend: &str| stdout(&bespoke(&["roles", &file, "--top", "3", "--blend", blend, "--json"]));
    assert_ne!(at("0"), at("1"));
    assert_eq!(at("0.7"), at("0.7"), "the same input gives the same bytes");
}

#[test]
fn tailor_writes_every_format_and_invents_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = dir.path().join("made/by/us");
    let report = json(&bespoke(&[
        "tailor",
        &path("resumes/two-page.pdf"),
        "--job",
        &path("jobs/backend-engineer.txt"),
        "--out",
        out.to_str().unwrap(),
        "--json",
    ]));
    let before = report["tailoring"]["before"]["total"].as_f64().unwrap();
    let after = report["tailoring"]["after"]["total"].as_f64().unwrap();
    assert!(after > before, "{before} → {after}");
    assert!(!report["applied"].as_array().unwrap().is_empty());
    for (file, magic) in [
        ("resume.pdf", "%PDF-"),
        ("resume.docx", "PK"),
        ("resume.md", "# Marcus"),
        ("resume.txt", ""),
    ] {
        let bytes = std::fs::read(out.join(file)).expect(file);
        assert!(bytes.starts_with(magic.as_bytes()), "{file}");
        assert!(bytes.len() > 500, "{file}");
    }
    // What we wrote reads back as the same person, with no number that the original does not have.
    let numbers = |file: &str| -> std::collections::BTreeSet<String> {
        stdout(&bespoke(&["parse", file, "--format", "text"]))
            .split(|c: char| !c.is_ascii_digit())
            .filter(|n| n.len() > 1)
            .map(str::to_owned)
            .collect()
    };
    let original = numbers(&path("resumes/two-page.pdf"));
    let tailored = numbers(out.join("resume.txt").to_str().unwrap());
    assert_eq!(
        tailored.difference(&original).collect::<Vec<_>>(),
        Vec::<&String>::new()
    );
}

#[test]
fn render_takes_json_resume_and_our_own_json() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = path("resumes/two-page.pdf");
    for format in ["json-resume", "bespoke"] {
        let data = dir.path().join(format!("{format}.json"));
        std::fs::write(&data, stdout(&bespoke(&["parse", &file, "--format", format]))).unwrap();
        let text = stdout(&bespoke(&["render", data.to_str().unwrap(), "--format", "txt"]));
        assert!(text.contains("marcus.whitfield@example.com"), "{text}");
    }
}

#[test]
fn errors_name_the_file_and_the_way_out() {
    let dir = tempfile::tempdir().expect("a folder");
    let make = |name: &str, bytes: &[u8]| {
        let path = dir.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let gif = make("photo.pdf", b"GIF89a0000000000000000");
    let png = make("scan.png", b"\x89PNG\r\n\x1a\n0000000000000000");
    let empty = make("empty.docx", b"");
    let broken = make("broken.pdf", b"%PDF-1.7\nnot really");
    let resume = path("resumes/two-page.pdf");
    let cases: [(&[&str], i32, &str); 9] = [
        (&["parse", &gif], 3, "unsupported format GIF; supported: PDF"),
        (&["parse", &png], 3, "the image file is damaged"),
        (&["parse", &empty], 3, "empty.docx: the file is empty"),
        (&["parse", &broken], 3, "damaged"),
        (&["parse", "/no/such/file.pdf"], 3, "/no/such/file.pdf"),
        (&["roles", &resume, "--blend", "2"], 2, "a number from 0 to 1"),
        (&["roles", &resume, "--models", "/no/such/folder"], 4, "make models"),
        (&["tailor", &resume, "--job", "/no/such/job.txt"], 3, "/no/such/job.txt"),
        (&["render", &resume, "--template", "nonesuch"], 3, "not JSON"),
    ];
    for (args, code, message) in cases {
        let output = bespoke(args);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{args:?}: {stderr}");
        assert!(stderr.contains(message), "{args:?}: {stderr}");
        assert!(output.stdout.is_empty(), "{args:?}");
    }
}

#[test]
fn an_unknown_template_lists_those_there_are() {
    let dir = tempfile::tempdir().expect("a folder");
    let data = dir.path().join("resume.json");
    std::fs::write(&data, r#"{"basics": {"name": "Ana Example"}}"#).unwrap();
    let output = bespoke(&[
        "render",
        data.to_str().unwrap(),
        "--template",
        "nonesuch",
        "--format",
        "txt",
    ]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("classic"));
}

#[test]
fn completions_know_the_commands() {
    assert!(stdout(&bespoke(&["completions", "bash"])).contains("tailor"));
}

#[test]
fn imported_roles_are_ranked_beside_the_built_in_ones() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = |name: &str, text: &str| {
        let path = dir.path().join(name);
        std::fs::write(&path, text).expect("a file");
        path.to_str().expect("UTF-8").to_owned()
    };
    let data = dir.path().join("data");
    let data = data.to_str().expect("UTF-8");
    let good = file(
        "dairy.csv",
        "title,description,required,aliases\n\
         Cheese Ager,Turns and brushes wheels of cheese in a cellar and knows when they are ready.,Affinage=0.9;Food hygiene,Affineur\n",
    );
    let bad = file(
        "bad.csv",
        "title,description,required\nCheese Ager,Turns wheels.,Affinage=7\n",
    );
    let refused = bespoke(&["taxonomy", "import", &bad, "--data", data]);
    assert_eq!(refused.status.code(), Some(3));
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(told.contains("row 2, field `required`: the weight 7"), "{told}");

    let done = json(&bespoke(&["taxonomy", "import", &good, "--data", data, "--json"]));
    assert_eq!(
        (&done["name"], &done["roles"]),
        (&Value::from("dairy"), &Value::from(1))
    );
    let listed = stdout(&bespoke(&["taxonomy", "list", "--data", data]));
    assert!(listed.contains("dairy:cheese-ager") && listed.contains("backend-engineer"));

    let person = file(
        "person.txt",
        "Ada Example\nada@example.com\n\nExperience\n\nAffineur, Alpine Dairy, 2019 - present\n\
         - Turned and brushed 900 wheels of cheese a week in the cellar\n- Tasted wheels and decided when they were ready\n",
    );
    let fits = json(&bespoke(&["roles", &person, "--top", "3", "--data", data, "--json"]));
    let roles: Vec<&str> = fits
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["role"].as_str().unwrap())
        .collect();
    assert_eq!(roles[0], "dairy:cheese-ager", "{roles:?}");

    stdout(&bespoke(&["taxonomy", "remove", "dairy", "--data", data]));
    assert!(!stdout(&bespoke(&["taxonomy", "list", "--data", data])).contains("cheese-ager"));
    assert_eq!(
        bespoke(&["taxonomy", "remove", "dairy", "--data", data]).status.code(),
        Some(2)
    );
    assert_eq!(
        bespoke(&["taxonomy", "remove", "../x", "--data", data]).status.code(),
        Some(2)
    );
}

#[test]
fn jobs_say_what_a_board_wants_before_anything_is_asked() {
    let cv = path("resumes/two-page.pdf");
    let said = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_bespoke"))
            .args(args)
            .env_remove("BESPOKE_ADZUNA_KEY")
            .env_remove("BESPOKE_GREENHOUSE_KEY")
            .output()
            .expect("the binary starts");
        assert!(output.stdout.is_empty(), "{args:?}");
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.code(), words)
    };
    let (code, words) = said(&["jobs", "adzuna:gb?what=nurse"]);
    assert!(code == Some(3) && words.contains("key of your own"), "{code:?} {words}");
    let apply = |posting: &str| said(&["jobs", "apply", posting, "--resume", &cv]);
    for (posting, part) in [
        ("greenhouse:example/7", "BESPOKE_GREENHOUSE_KEY"),
        ("ashby:example/7", "takes no applications by API"),
        ("greenhouse:example", "greenhouse:NAME/ID"),
        ("nowhere:example/7", "no board nowhere"),
    ] {
        let (code, words) = apply(posting);
        assert!(code == Some(2) && words.contains(part), "{posting}: {code:?} {words}");
    }
}
