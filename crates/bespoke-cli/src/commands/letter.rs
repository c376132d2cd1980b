//! `bespoke letter RESUME JOB`.

use super::render::{Look, Output, today};
use super::{print_json, print_text};
use crate::engines::ModelArgs;
use crate::failure::Failure;
use crate::input;
use anyhow::Context;
use bespoke_core::evidence::Fact;
use bespoke_core::job::read_job;
use bespoke_core::letter::{self, Letter, Note, Wish};
use bespoke_render::ExportFormat;
use std::fmt::Write;
use std::io::{IsTerminal, Write as _};
use std::path::PathBuf;

/// How the letter sounds.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Tone {
    Plain,
    Warm,
    Confident,
}

/// How long it is.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Length {
    Short,
    Medium,
    Full,
}

/// In which language.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Language {
    En,
    De,
}

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The résumé, in any supported format
    file: PathBuf,
    /// The job description, in any supported format
    job: PathBuf,
    /// How it sounds
    #[arg(long, value_enum, default_value = "plain")]
    tone: Tone,
    /// One, two or three paragraphs of evidence
    #[arg(long, value_enum, default_value = "medium")]
    length: Length,
    /// Language of the letter [default: that of the résumé, or English]
    #[arg(long, value_enum)]
    language: Option<Language>,
    /// Another wording, from 0
    #[arg(long, default_value_t = 0)]
    variant: u8,
    /// Something that is true and not in the résumé; may be given more than once
    #[arg(long, value_name = "TEXT")]
    fact: Vec<String>,
    /// Address lines of the reader, separated by |
    #[arg(long, value_name = "LINES")]
    to: Option<String>,
    /// pdf, docx, odt, html, md or txt; without it the letter is shown with its evidence
    #[arg(long)]
    format: Option<ExportFormat>,
    /// Where to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    look: Look,
    #[command(flatten)]
    models: ModelArgs,
}

/// Writes a letter, lets the gate judge it, shows or renders it.
pub fn run(args: &Args, json: bool) -> Result<(), Failure> {
    let resume = input::resume(&args.file)?.parsed.resume;
    let job = read_job(&input::text(&args.job)?);
    let embedder = args.models.embedder()?;
    let closeness = bespoke_models::JobCloseness::new(&embedder, &job);
    let facts: Vec<Fact> = args.fact.iter().map(|text| Fact { text: text.clone() }).collect();
    let wish = Wish {
        tone: match args.tone {
            Tone::Plain => letter::Tone::Plain,
            Tone::Warm => letter::Tone::Warm,
            Tone::Confident => letter::Tone::Confident,
        },
        length: match args.length {
            Length::Short => letter::Length::Short,
            Length::Medium => letter::Length::Medium,
            Length::Full => letter::Length::Full,
        },
        language: args.language.map(|l| match l {
            Language::En => letter::LetterLanguage::English,
            Language::De => letter::LetterLanguage::German,
        }),
        variant: args.variant,
        today: today(),
    };
    let written = letter::write(&resume, &facts, &job, &wish, &closeness);
    let violations = letter::check(&resume, &facts, &job, &written);
    if !violations.is_empty() {
        return Err(Failure::Evidence(violations));
    }
    if let Some(format) = args.format {
        let to = args
            .to
            .as_deref()
            .unwrap_or_default()
            .split('|')
            .map(|l| l.trim().to_owned())
            .filter(|l| !l.is_empty());
        let output = Output::open(&args.look)?;
        let bytes = output.render_letter(
            &bespoke_render::Letter::of(&written, &resume.contact, to.collect(), today()),
            format,
        )?;
        if let Some(path) = &args.out {
            std::fs::write(path, bytes).with_context(|| format!("{}: cannot write", path.display()))?;
            return Ok(());
        }
        let mut out = std::io::stdout().lock();
        if matches!(format, ExportFormat::Pdf | ExportFormat::Docx | ExportFormat::Odt) && out.is_terminal() {
            return Err(Failure::Usage(
                "a terminal cannot show this format: give --out FILE, or redirect".into(),
            ));
        }
        out.write_all(&bytes)?;
        return Ok(());
    }
    if json {
        return print_json(&written);
    }
    print_text(&readable(&written))
}

fn readable(letter: &Letter) -> String {
    let mut out = format!("{}\n\n{}\n", letter.subject, letter.salutation);
    for paragraph in &letter.paragraphs {
        let _ = write!(out, "\n{}\n", paragraph.text());
    }
    let _ = writeln!(out, "\n{}", letter.closing);
    let _ = writeln!(out, "\nWhat it rests on");
    for sentence in letter.sentences() {
        for proof in &sentence.evidence {
            let _ = writeln!(out, "  “{}”", proof.quote);
        }
    }
    for note in &letter.notes {
        let _ = writeln!(
            out,
            "\n{}",
            match note {
                Note::Quoted =>
                    "The résumé is in another language: its lines are quoted as they stand; put them into your own words.",
                Note::LittleEvidence =>
                    "Few lines of the résumé can be told in a letter: add what you did, in sentences that begin with a verb.",
                Note::FarFromJob =>
                    "Nothing in this letter answers a duty or a skill of the posting: the job may be far from your work.",
                Note::NoTitle => "The posting names no title.",
                Note::NoCompany => "The posting names no employer.",
            }
        );
    }
    out
}
