//! Speaks the Model Context Protocol with `bespoke mcp` as an assistant does. Needs the model: `make models`.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

struct Assistant {
    server: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
    last: u64,
}

impl Assistant {
    fn start(folder: &Path) -> Assistant {
        let mut server = Command::new(env!("CARGO_BIN_EXE_bespoke"))
            .args(["mcp", "--folder"])
            .arg(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        Assistant {
            to: server.stdin.take(),
            from: BufReader::new(server.stdout.take().expect("a pipe")),
            server,
            last: 0,
        }
    }

    fn say(&mut self, line: &str) {
        writeln!(self.to.as_mut().expect("open"), "{line}").expect("it listens");
    }

    fn hear(&mut self) -> Value {
        let mut line = String::new();
        self.from.read_line(&mut line).expect("it answers");
        serde_json::from_str(&line).unwrap_or_else(|e| panic!("{e}: {line}"))
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.last += 1;
        self.say(&json!({ "jsonrpc": "2.0", "id": self.last, "method": method, "params": params }).to_string());
        let answer = self.hear();
        assert_eq!((&answer["jsonrpc"], &answer["id"]), (&json!("2.0"), &json!(self.last)));
        answer
    }

    fn call(&mut self, tool: &str, arguments: Value) -> Value {
        let answer = self.ask("tools/call", json!({ "name": tool, "arguments": arguments }));
        answer["result"].clone()
    }
}

fn fixture(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures")
        .join(path)
}

#[test]
fn an_assistant_reads_judges_matches_tailors_and_exports() {
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::copy(fixture("resumes/two-page.pdf"), dir.path().join("cv.pdf")).expect("copied");
    std::fs::copy(fixture("jobs/backend-engineer.txt"), dir.path().join("job.txt")).expect("copied");
    let mut me = Assistant::start(dir.path());
    let hello = json!({ "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": "test", "version": "1" } });
    let result = me.ask("initialize", hello)["result"].clone();
    assert_eq!(result["protocolVersion"], "2025-06-18");
    assert_eq!(result["serverInfo"]["name"], "bespoke");
    assert!(result["capabilities"]["tools"].is_object());
    // A notification has no answer: the next answer is that of the ping.
    me.say(r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#);
    assert_eq!(me.ask("ping", json!({}))["result"], json!({}));

    let tools = me.ask("tools/list", json!({}))["result"]["tools"].clone();
    let names: Vec<_> = tools
        .as_array()
        .unwrap()
        .iter()
        .map(|t| t["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["parse", "audit", "roles", "match", "tailor", "export"]);
    for tool in tools.as_array().unwrap() {
        assert_eq!(tool["inputSchema"]["type"], "object", "{tool}");
        assert!(tool["description"].as_str().unwrap().len() > 20);
    }

    let parsed = me.call("parse", json!({ "file": "cv.pdf" }));
    assert_eq!(
        parsed["structuredContent"]["resume"]["basics"]["name"],
        "Marcus T. Whitfield"
    );
    let text: Value = serde_json::from_str(parsed["content"][0]["text"].as_str().unwrap()).unwrap();
    assert_eq!(text, parsed["structuredContent"]);
    let audit = me.call("audit", json!({ "file": "cv.pdf", "strict": true }));
    assert!(audit["structuredContent"]["score"]["total"].as_f64().unwrap() > 0.0);
    let roles = me.call("roles", json!({ "file": "cv.pdf", "top": 3 }));
    assert_eq!(roles["structuredContent"]["roles"].as_array().unwrap().len(), 3);
    assert_eq!(roles["structuredContent"]["roles"][0]["role"], "backend-engineer");
    let matched = me.call("match", json!({ "file": "cv.pdf", "job_file": "job.txt" }));
    assert!(matched["structuredContent"]["score"]["total"].as_f64().unwrap() > 0.0);
    let tailored = me.call(
        "tailor",
        json!({ "file": "cv.pdf", "job_file": "job.txt", "out": "out/cv.docx" }),
    );
    let report = &tailored["structuredContent"];
    assert!(
        report["after"]["total"].as_f64() >= report["before"]["total"].as_f64(),
        "{report}"
    );
    assert!(!report["applied"].as_array().unwrap().is_empty());
    assert!(
        std::fs::read(dir.path().join("out/cv.docx"))
            .expect("written")
            .starts_with(b"PK")
    );
    let exported = me.call(
        "export",
        json!({ "resume": report["tailored"], "format": "pdf", "template": "modern" }),
    );
    let resource = &exported["content"][0]["resource"];
    assert_eq!(resource["mimeType"], "application/pdf", "{exported}");
    assert!(resource["blob"].as_str().unwrap().starts_with("JVBERi0"));
    let text = me.call(
        "export",
        json!({ "text": "Ada Example\nada@example.org\n\nSkills\nRust, SQL\n", "format": "md" }),
    );
    assert!(
        text["content"][0]["resource"]["text"]
            .as_str()
            .unwrap()
            .contains("ada@example.org"),
        "{text}"
    );

    // What is wrong in a call is told to the assistant; what is wrong in a message is an error of the protocol.
    for (tool, wrong) in [
        ("parse", json!({})),
        ("parse", json!({ "file": "cv.pdf", "text": "x" })),
        ("parse", json!({ "file": "../../etc/passwd" })),
        ("parse", json!({ "file": 7 })),
        ("match", json!({ "file": "cv.pdf" })),
        ("export", json!({ "file": "cv.pdf", "format": "exe" })),
        ("export", json!({ "file": "cv.pdf", "format": "pdf", "out": "cv.pdf" })),
        (
            "export",
            json!({ "file": "cv.pdf", "format": "pdf", "out": "../cv2.pdf" }),
        ),
    ] {
        let result = me.call(tool, wrong.clone());
        assert_eq!(result["isError"], json!(true), "{tool} {wrong}");
        assert!(!result["content"][0]["text"].as_str().unwrap().is_empty());
    }
    assert_eq!(me.ask("tools/call", json!({ "name": "none" }))["error"]["code"], -32602);
    assert_eq!(me.ask("resources/list", json!({}))["error"]["code"], -32601);
    for (line, code) in [("{", -32700), ("[]", -32600), (r#"{"id":1,"method":"ping"}"#, -32600)] {
        me.say(line);
        assert_eq!(me.hear()["error"]["code"], code, "{line}");
    }
    // It ends with its input.
    me.to = None;
    assert!(me.server.wait().expect("it ends").success());
}
