//! `bespoke jobs apply BOARD:ACCOUNT/POSTING`: shows all that would be sent, and sends exactly that with `--confirm`.

use super::render::{Look, Output};
use super::{print_json, print_text};
use crate::failure::Failure;
use crate::input;
use bespoke_render::ExportFormat;
use bespoke_server::Secret;
use bespoke_server::boards::apply::{Attached, Letter, Parcel, Posting, fill};
use bespoke_server::boards::{Asker, BoardKey, Keys};
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The posting: greenhouse:NAME/ID, lever:NAME/ID (with BESPOKE_GREENHOUSE_KEY, BESPOKE_LEVER_KEY of the employer) or
    /// recruitee:NAME/ID
    posting: String,
    /// The résumé that goes with it, as PDF or DOCX in the look of the other options
    #[arg(long, value_name = "FILE")]
    resume: PathBuf,
    /// pdf or docx
    #[arg(long, default_value = "pdf")]
    format: ExportFormat,
    /// A letter that goes with it, as text
    #[arg(long, value_name = "FILE")]
    letter: Option<PathBuf>,
    /// An answer to a question of the posting; once more for another one
    #[arg(long, value_name = "NAME=VALUE")]
    answer: Vec<String>,
    /// Sends what was shown with this sum, once; anything else is refused
    #[arg(long, value_name = "SHA256")]
    confirm: Option<String>,
    #[command(flatten)]
    look: Look,
}

/// Asks the posting what it wants, shows what would be sent, sends it where it is confirmed.
pub fn run(args: &Args, json: bool) -> Result<(), Failure> {
    let usage = |what: String| Failure::Usage(what);
    let (board, rest) = args
        .posting
        .split_once(':')
        .ok_or_else(|| usage("write the posting as greenhouse:NAME/ID".into()))?;
    let (account, id) = rest
        .rsplit_once('/')
        .ok_or_else(|| usage("write the posting as greenhouse:NAME/ID".into()))?;
    let posting = Posting { board, account, id };
    let how = posting.applying().map_err(|e| usage(e.to_string()))?;
    let how = how.ok_or_else(|| usage(format!("{board} takes no applications by API: apply on its page")))?;
    let keys = keys(account);
    if how.needs_key() && keys.applying(board, account).is_none() {
        let name = board.to_uppercase();
        return Err(usage(format!(
            "{board} wants the employer's key: set BESPOKE_{name}_KEY"
        )));
    }
    if !matches!(args.format, ExportFormat::Pdf | ExportFormat::Docx) {
        return Err(usage("a résumé is sent as pdf or docx".into()));
    }
    let answers = answers(&args.answer)?;
    let resume = input::resume(&args.resume)?.parsed.resume;
    let file = Attached {
        file_name: format!("resume.{}", args.format.extension()),
        media_type: args.format.media_type().into(),
        bytes: Output::open(&args.look)?.render(&resume, args.format)?,
    };
    let letter = args.letter.as_deref().map(letter).transpose()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let asker = Asker::default();
    let asked = runtime.block_on(asker.form(posting, how));
    let asked = asked.map_err(|e| Failure::Other(anyhow::Error::new(e)))?;
    let parcel = fill(posting, asked, &resume, &answers, file, letter).map_err(|e| usage(e.to_string()))?;
    let hash = parcel.digest();
    let Some(confirmed) = &args.confirm else {
        return match json {
            true => print_json(
                &json!({ "to": parcel.to, "title": parcel.title, "fields": parcel.fields, "missing": parcel.missing, "files": files(&parcel), "hash": hash }),
            ),
            false => print_text(&shown(&parcel, &hash)),
        };
    };
    if !parcel.missing.is_empty() {
        return Err(usage(format!(
            "nothing was sent: answer {} first",
            parcel.missing.join(", ")
        )));
    }
    if *confirmed != hash {
        return Err(usage(
            "nothing was sent: what would be sent is not what you confirmed; look at it again without --confirm".into(),
        ));
    }
    let sent = runtime.block_on(asker.send(&parcel, &keys));
    let (said, receipt) = sent.map_err(|e| Failure::Other(anyhow::Error::new(e)))?;
    match json {
        true => print_json(&json!({ "sent": hash, "answer": said, "receipt": receipt })),
        false => print_text(&format!("Sent to {}. The board answered: {said}\n", parcel.company)),
    }
}

/// The employer's keys, from the environment.
fn keys(account: &str) -> Keys {
    let all = [("greenhouse", "BESPOKE_GREENHOUSE_KEY"), ("lever", "BESPOKE_LEVER_KEY")];
    let key = |(board, secret): (&str, &str)| {
        Some(BoardKey {
            board: board.into(),
            account: account.into(),
            name: String::new(),
            secret: Secret::new(std::env::var(secret).ok()?),
        })
    };
    Keys::new(all.into_iter().filter_map(key).collect())
}

fn answers(given: &[String]) -> Result<BTreeMap<String, Vec<String>>, Failure> {
    let mut out: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for answer in given {
        let (name, value) = answer
            .split_once('=')
            .ok_or_else(|| Failure::Usage(format!("{answer}: write --answer NAME=VALUE")))?;
        out.entry(name.to_owned()).or_default().push(value.to_owned());
    }
    Ok(out)
}

fn letter(path: &Path) -> Result<Letter, Failure> {
    let text = std::fs::read_to_string(path).map_err(|e| Failure::Input {
        path: path.display().to_string(),
        reason: e.to_string(),
    })?;
    Ok(Letter {
        file: Attached {
            file_name: "letter.txt".into(),
            media_type: "text/plain; charset=utf-8".into(),
            bytes: text.clone().into_bytes(),
        },
        text,
    })
}

fn files(parcel: &Parcel) -> Vec<serde_json::Value> {
    let files = parcel.files.iter();
    let file = |f: &bespoke_server::boards::apply::FileSent| json!({ "name": f.name, "file_name": f.file_name, "media_type": f.media_type, "size": f.bytes.len(), "sha256": f.sha256() });
    files.map(file).collect()
}

fn shown(parcel: &Parcel, hash: &str) -> String {
    let mut out = format!("{} at {}\nTo: {}\n\n", parcel.title, parcel.company, parcel.to);
    for field in &parcel.fields {
        let needed = if field.slot.required { " (required)" } else { "" };
        let _ = writeln!(
            out,
            "{}{needed} [{}]: {}",
            field.slot.label,
            field.slot.name,
            field.values.join(", ")
        );
        for choice in &field.slot.choices {
            let _ = writeln!(out, "    {}  {}", choice.value, choice.label);
        }
    }
    for file in &parcel.files {
        let _ = writeln!(
            out,
            "{}: {}, {} bytes, SHA-256 {}",
            file.label,
            file.file_name,
            file.bytes.len(),
            file.sha256()
        );
    }
    match parcel.missing.is_empty() {
        true => {
            let _ = writeln!(
                out,
                "\nNothing was sent. To send exactly this, once: the same command with --confirm {hash}"
            );
        }
        false => {
            let _ = writeln!(out, "\nNothing was sent. Answer first: {}", parcel.missing.join(", "));
        }
    }
    out
}
