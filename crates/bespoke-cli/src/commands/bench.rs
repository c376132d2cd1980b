//! `bespoke bench FILE --job FILE`: milliseconds per stage on this machine.

use super::{print_json, print_text};
use crate::engines::{ModelArgs, cache_dir};
use crate::failure::Failure;
use crate::input;
use bespoke_core::audit::{self, Strictness, Subject};
use bespoke_core::resume::Resume;
use bespoke_core::roles::Taxonomy;
use bespoke_core::{ingest, job, parse, tailor};
use bespoke_models::Recommender;
use bespoke_render::{ExportFormat, Options, Preview, Renderer, Template};
use indicatif::ProgressBar;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;
use std::time::Instant;

/// A short text to embed; `bench/embedding.py` gives the same to other engines.
const QUERY: &str = "data analyst in a hospital";
/// Words of a long one, each a token of its own; with the two marks at its ends it has 256.
const LONG: usize = 254;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The résumé
    file: PathBuf,
    /// The job description
    #[arg(long, value_name = "FILE")]
    job: PathBuf,
    /// Runs after one warm-up
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..))]
    runs: u16,
    #[command(flatten)]
    models: ModelArgs,
}

#[derive(Serialize)]
struct Quantiles {
    p50: f64,
    p95: f64,
}

#[derive(Serialize)]
struct Report {
    runs: u16,
    ms: BTreeMap<&'static str, Quantiles>,
    open_model_ms: f64,
    peak_rss_mib: Option<u64>,
}

fn elapsed(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1000.0
}

#[derive(Default)]
struct Clock {
    times: BTreeMap<&'static str, Vec<f64>>,
}

impl Clock {
    fn time<T>(&mut self, stage: &'static str, run: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = run();
        self.times.entry(stage).or_default().push(elapsed(start));
        result
    }
}

/// Peak resident memory of this process, where the kernel tells.
fn peak_rss_mib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    line.trim()
        .trim_end_matches(" kB")
        .parse::<u64>()
        .ok()
        .map(|kib| kib / 1024)
}

/// The same résumé in words that were not there before.
fn reworded(resume: &Resume, run: u16) -> Resume {
    let mut other = resume.clone();
    for (n, bullet) in other.work.iter_mut().flat_map(|w| &mut w.highlights).enumerate() {
        bullet.text.value = format!("{} {run}.{n}", bullet.text.value);
    }
    other
}

/// Runs the whole road again and again. The embedding cache is emptied before each run, so that every run embeds.
pub fn run(args: &Args, json: bool) -> Result<(), Failure> {
    let name = args.file.file_name().map(|n| n.to_string_lossy().into_owned());
    let bytes = std::fs::read(&args.file).map_err(|e| Failure::Input {
        path: args.file.display().to_string(),
        reason: e.to_string(),
    })?;
    input::resume(&args.file)?;
    let job_text = input::text(&args.job)?;
    let start = Instant::now();
    let embedder = args.models.embedder()?;
    let open_model_ms = elapsed(start);
    let roles = Recommender::open(&embedder, Cow::Borrowed(Taxonomy::builtin()), &cache_dir());
    let renderer = Renderer::new();
    let template = Template::by_name("classic").map_err(|e| Failure::Other(anyhow::Error::new(e)))?;

    let mut clock = Clock::default();
    let mut preview = Preview::new();
    let bar = ProgressBar::new(u64::from(args.runs) + 1);
    // One after the other, as other engines are measured.
    let long = ["data"; LONG].join(" ");
    for (stage, text) in [("embed_query", QUERY), ("embed_256_tokens", &long)] {
        for _ in 0..=args.runs {
            embedder.forget();
            clock.time(stage, || embedder.embed(text));
        }
    }
    for run in 0..=args.runs {
        embedder.forget();
        let read = Instant::now();
        let document = clock
            .time("ingest", || ingest::ingest(&bytes, name.as_deref()))
            .map_err(|e| Failure::Input {
                path: args.file.display().to_string(),
                reason: e.to_string(),
            })?;
        let base = clock.time("parse", || parse::parse(&document)).resume;
        clock.time("recommend", || roles.rank(&embedder, &base, 0.7, 10));
        clock
            .times
            .entry("parse_and_recommend")
            .or_default()
            .push(elapsed(read));
        // What a person pays who moves the blend: the résumé's vectors are remembered.
        clock.time("recommend_again", || roles.rank(&embedder, &base, 0.5, 10));

        let subject = Subject {
            document: Some(&document),
            resume: &base,
            file_name: name.as_deref(),
            today: None,
        };
        clock.time("audit", || audit::audit(&subject, Strictness::Strict));
        clock.time("audit_without_spelling", || {
            audit::audit_with(&subject, Strictness::Strict, |c| {
                !matches!(c.id, "spelling" | "grammar")
            })
        });
        let tailoring_start = Instant::now();
        let tailored = clock.time("tailor", || {
            let posting = job::read_job(&job_text);
            let closeness = bespoke_models::JobCloseness::new(&embedder, &posting);
            let tailoring = tailor::tailor(&base, &posting, &closeness);
            let mut tailored = base.clone();
            for edit in tailoring.suggestions.iter().filter_map(|s| s.edit.as_ref()) {
                let _ = tailor::apply(&mut tailored, edit);
            }
            tailored
        });
        // The layout engine remembers what it has seen: every run renders words that it has not.
        let fresh = reworded(&tailored, run);
        for (stage, format) in [("render_pdf", ExportFormat::Pdf), ("render_docx", ExportFormat::Docx)] {
            clock
                .time(stage, || renderer.render(&fresh, &template, template.style(), format))
                .map_err(|e| Failure::Other(anyhow::Error::new(e)))?;
        }
        clock
            .times
            .entry("tailor_and_render")
            .or_default()
            .push(elapsed(tailoring_start));
        let options = Options::default();
        let mut show = |resume: &Resume| preview.svg(resume, &template, template.style(), &options);
        show(&fresh).map_err(|e| Failure::Other(anyhow::Error::new(e)))?;
        let mut edited = fresh.clone();
        if let Some(bullet) = edited.work.iter_mut().find_map(|w| w.highlights.first_mut()) {
            bullet.text.value.push_str(" and more");
        }
        clock
            .time("preview_after_edit", || show(&edited))
            .map_err(|e| Failure::Other(anyhow::Error::new(e)))?;
        bar.inc(1);
    }
    bar.finish_and_clear();

    let ms = clock
        .times
        .into_iter()
        .map(|(stage, mut times)| {
            times.remove(0);
            times.sort_by(f64::total_cmp);
            let at = |q: f64| (times[((times.len() - 1) as f64 * q) as usize] * 100.0).round() / 100.0;
            (
                stage,
                Quantiles {
                    p50: at(0.5),
                    p95: at(0.95),
                },
            )
        })
        .collect();
    let report = Report {
        runs: args.runs,
        ms,
        open_model_ms,
        peak_rss_mib: peak_rss_mib(),
    };
    if json {
        return print_json(&report);
    }
    let mut out = format!("{:<22} {:>9} {:>9}  ms, {} runs\n", "stage", "p50", "p95", report.runs);
    for (stage, q) in &report.ms {
        let _ = writeln!(out, "{stage:<22} {:>9.2} {:>9.2}", q.p50, q.p95);
    }
    let _ = writeln!(out, "{:<22} {:>9.2}", "open the model", report.open_model_ms);
    if let Some(mib) = report.peak_rss_mib {
        let _ = writeln!(out, "{:<22} {mib:>9}  MiB", "peak memory");
    }
    print_text(&out)
}
