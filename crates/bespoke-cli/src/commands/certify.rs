//! `bespoke certify FILE`: exports a résumé, reads the file again and says what survived.

use super::render::{Formats, Look, Output};
use super::{print_json, print_text};
use crate::failure::Failure;
use crate::input;
use bespoke_render::{Certificate, FieldReport};
use serde::Serialize;
use std::fmt::Write;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The résumé, in any supported format; - reads standard input
    file: PathBuf,
    /// Formats to certify, separated by commas
    #[arg(long, default_value = "pdf,docx")]
    format: Formats,
    /// Exit with code 1 where F1 is below this, or a fact is missing in naive order
    #[arg(long, value_name = "F1")]
    least: Option<f64>,
    #[command(flatten)]
    look: Look,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Report<'a> {
    f1: f64,
    naive_recall: f64,
    #[serde(flatten)]
    certificate: &'a Certificate,
}

/// Certifies each format.
pub fn run(args: &Args, json: bool) -> Result<(), Failure> {
    let resume = match args.file.extension().is_some_and(|e| e == "json") || args.file == Path::new("-") {
        true => input::structured(&args.file)?,
        false => input::resume(&args.file)?.parsed.resume,
    };
    let output = Output::open(&args.look)?;
    let certificates = args
        .format
        .0
        .iter()
        .map(|f| output.certify(&resume, *f))
        .collect::<Result<Vec<_>, Failure>>()?;
    if json {
        let report = |c| Report {
            f1: Certificate::f1(c),
            naive_recall: c.naive_recall(),
            certificate: c,
        };
        print_json(&certificates.iter().map(report).collect::<Vec<_>>())?;
    } else {
        print_text(&certificates.iter().map(readable).collect::<Vec<_>>().join("\n"))?;
    }
    let least = args.least.unwrap_or(0.0);
    let low = |c: &&Certificate| c.f1() < least || (args.least.is_some() && c.naive < c.facts);
    match certificates.iter().find(low) {
        Some(c) => Err(Failure::Other(anyhow::anyhow!(
            "{}: F1 {:.3} where at least {least} was asked for, {} of {} facts in naive order",
            c.format,
            c.f1(),
            c.naive,
            c.facts
        ))),
        None => Ok(()),
    }
}

fn readable(certificate: &Certificate) -> String {
    let c = certificate;
    let mut out = format!(
        "{} through {}: F1 {:.3}\n  {} of {} facts read back as they are, {} read that are not there\n  {} of {} stand whole in naive order\n",
        c.format,
        c.template,
        c.f1(),
        c.read,
        c.facts,
        c.extra,
        c.naive,
        c.facts
    );
    for field in c.lost() {
        let _ = writeln!(out, "  ! {}: {}", field.path, fate(field));
    }
    out
}

fn fate(field: &FieldReport) -> String {
    let how = match (field.read, &field.found) {
        (true, _) => "read back".to_owned(),
        (false, Some(found)) => format!("read as \"{found}\""),
        (false, None) => "not read".to_owned(),
    };
    let naive = if field.naive { "" } else { ", not whole in naive order" };
    format!("\"{}\" {how}{naive}", field.value)
}
