//! `bespoke mcp`: the engines as tools for a person's assistant, over the Model Context Protocol (2025-06-18) on
//! standard input and output. One JSON-RPC 2.0 message a line; what goes wrong in a tool is a result, not a crash.

mod files;
mod tools;

use crate::engines::ModelArgs;
use crate::failure::Failure;
use files::Folder;
use serde_json::{Map, Value, json};
use std::io::{BufRead, Write};
use std::path::PathBuf;
use tools::Tools;

/// Versions of the protocol that differ in nothing that is used here, newest first.
const VERSIONS: [&str; 3] = ["2025-06-18", "2025-03-26", "2024-11-05"];
/// Longest message in bytes.
const LONGEST: u64 = 32 << 20;

const INVALID_JSON: i64 = -32700;
const INVALID_REQUEST: i64 = -32600;
const NO_METHOD: i64 = -32601;
const INVALID_PARAMS: i64 = -32602;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The only folder whose files the assistant may have read or written
    #[arg(long, default_value = ".", value_name = "DIR")]
    folder: PathBuf,
    #[command(flatten)]
    models: ModelArgs,
}

/// A refusal of a message: code and text.
struct Refusal(i64, String);

/// Answers until standard input ends.
pub fn run(args: &Args) -> Result<(), Failure> {
    let folder = Folder::open(&args.folder)?;
    let mut tools = Tools::new(folder, args.models.clone());
    let mut input = std::io::stdin().lock();
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = std::io::Read::take(&mut input, LONGEST).read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(());
        }
        if read as u64 == LONGEST && line.last() != Some(&b'\n') {
            return Err(Failure::Usage("a message is longer than 32 MB".into()));
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        if let Some(answer) = answer(&mut tools, &line) {
            let mut out = std::io::stdout().lock();
            serde_json::to_writer(&mut out, &answer)?;
            out.write_all(b"\n")?;
            out.flush()?;
        }
    }
}

/// The answer to one message; none to a notification or to an answer.
fn answer(tools: &mut Tools, line: &[u8]) -> Option<Value> {
    let refused = |id: Value, Refusal(code, message): Refusal| {
        Some(json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": message } }))
    };
    let message: Value = match serde_json::from_slice(line) {
        Ok(message) => message,
        Err(error) => return refused(Value::Null, Refusal(INVALID_JSON, error.to_string())),
    };
    let invalid = |why: &str| Refusal(INVALID_REQUEST, why.to_owned());
    let Value::Object(message) = message else {
        return refused(
            Value::Null,
            invalid("a message is one JSON object; there are no batches"),
        );
    };
    let id = message.get("id").filter(|id| id.is_string() || id.is_number()).cloned();
    if message.get("jsonrpc") != Some(&json!("2.0")) {
        return refused(id.unwrap_or_default(), invalid("jsonrpc is not \"2.0\""));
    }
    let Some(method) = message.get("method").and_then(Value::as_str) else {
        // An answer of the client to something that was never asked: nothing is asked here.
        let is_answer = message.contains_key("result") || message.contains_key("error");
        return match is_answer {
            true => None,
            false => refused(id.unwrap_or_default(), invalid("there is no method")),
        };
    };
    // Without an id it is a notification, which has no answer whatever it says.
    let id = id?;
    let none = Map::new();
    let params = message.get("params").and_then(Value::as_object).unwrap_or(&none);
    match result(tools, method, params) {
        Ok(result) => Some(json!({ "jsonrpc": "2.0", "id": id, "result": result })),
        Err(refusal) => refused(id, refusal),
    }
}

fn result(tools: &mut Tools, method: &str, params: &Map<String, Value>) -> Result<Value, Refusal> {
    match method {
        "initialize" => {
            let asked = params.get("protocolVersion").and_then(Value::as_str);
            let version = VERSIONS.into_iter().find(|v| Some(*v) == asked).unwrap_or(VERSIONS[0]);
            Ok(json!({
                "protocolVersion": version,
                "capabilities": { "tools": { "listChanged": false } },
                "serverInfo": { "name": "bespoke", "title": "Bespoke", "version": env!("CARGO_PKG_VERSION") },
                "instructions": "Reads résumés, judges them, finds roles, compares them with jobs and tailors them without ever inventing a fact. What the résumé does not show is asked of the person, never added. Give a résumé as a file in the served folder, or as text.",
            }))
        }
        "ping" => Ok(json!({})),
        "tools/list" => Ok(json!({ "tools": tools::listed() })),
        "tools/call" => {
            let name = params.get("name").and_then(Value::as_str).unwrap_or_default();
            let arguments = params.get("arguments").cloned().unwrap_or_else(|| json!({}));
            match tools.call(name, arguments) {
                Some(Ok(content)) => Ok(content),
                // The assistant can read what went wrong and mend its call.
                Some(Err(failure)) => Ok(json!({
                    "content": [{ "type": "text", "text": failure.to_string() }],
                    "isError": true,
                })),
                None => Err(Refusal(INVALID_PARAMS, format!("there is no tool \"{name}\""))),
            }
        }
        _ => Err(Refusal(NO_METHOD, format!("there is no method \"{method}\""))),
    }
}
