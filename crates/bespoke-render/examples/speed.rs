//! Milliseconds and memory of rendering: `speed PERSON.json [RUNS]`. Every run renders a document that was never
//! rendered before, except the edits of the preview, which change one word.

use bespoke_core::json_resume::from_json_resume;
use bespoke_core::resume::Resume;
use bespoke_render::{ExportFormat, Options, Preview, Renderer, Template};
use std::error::Error;
use std::time::Instant;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let person = arguments.next().ok_or("usage: speed PERSON.json [RUNS]")?;
    let runs: usize = arguments.next().map_or(Ok(100), |n| n.parse())?;
    let resume = from_json_resume(&serde_json::from_slice(&fs::read(person)?)?);
    let renderer = Renderer::new();
    let template = Template::by_name(Template::DEFAULT)?;
    let style = template.style();
    println!("{:<34} {:>8} {:>8} {:>8}  ms, {runs} runs", "", "p50", "p95", "cpu");
    for format in ExportFormat::ALL {
        let times = time(runs, |n| {
            renderer
                .render(&fresh(&resume, n), &template, style, format)
                .map(|_| ())
        })?;
        report(&format!("new document, {format}"), &times);
    }
    let mut edited = fresh(&resume, runs + 1);
    let mut preview = Preview::new();
    preview.svg(&edited, &template, style, &Options::default())?;
    let mut pages = 0;
    let times = time(runs, |n| {
        if let Some(bullet) = edited.work.iter_mut().find_map(|w| w.highlights.first_mut()) {
            bullet.text.value = format!("Edited for the {n}th time in a row");
        }
        pages += preview
            .svg(&edited, &template, style, &Options::default())?
            .changed
            .len();
        Ok(())
    })?;
    report("preview after one edit, SVG", &times);
    let mut preview = Preview::new();
    let times = time(runs, |n| {
        if let Some(bullet) = edited.work.iter_mut().find_map(|w| w.highlights.first_mut()) {
            bullet.text.value = format!("Edited once more for the {n}th time");
        }
        preview
            .png(&edited, &template, style, &Options::default(), 96.0)
            .map(|_| ())
    })?;
    report("preview after one edit, PNG", &times);
    println!("{:<34} {:>8.1}  pages redrawn an edit", "", pages as f64 / runs as f64);
    if let Some(peak) = memory("VmHWM:") {
        println!("{:<34} {peak:>8}  MiB at most, all of it", "memory");
    }
    Ok(())
}

/// The same résumé in other words.
fn fresh(resume: &Resume, n: usize) -> Resume {
    let mut other = resume.clone();
    for (k, bullet) in other.work.iter_mut().flat_map(|w| &mut w.highlights).enumerate() {
        bullet.text.value = format!("{} {}", bullet.text.value, n * 31 + k);
    }
    if let Some(name) = &mut other.contact.name {
        name.value = format!("{} {n}", name.value);
    }
    other
}

fn time(
    runs: usize,
    mut run: impl FnMut(usize) -> Result<(), bespoke_render::RenderError>,
) -> Result<(Vec<f64>, f64), Box<dyn Error>> {
    run(usize::MAX / 64)?;
    let mut times = Vec::with_capacity(runs);
    let before = processor();
    for n in 0..runs {
        let start = Instant::now();
        run(n)?;
        times.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    Ok((times, (processor() - before) / runs as f64))
}

fn report(what: &str, (times, processor): &(Vec<f64>, f64)) {
    let at = |q: f64| times[((times.len() - 1) as f64 * q) as usize];
    println!("{what:<34} {:>8.2} {:>8.2} {processor:>8.2}", at(0.5), at(0.95));
}

/// Milliseconds of processor time so far, all threads together; on a busy machine they say more than the clock.
fn processor() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(") ").next().unwrap_or_default();
    let fields: Vec<f64> = after.split(' ').filter_map(|f| f.parse().ok()).collect();
    // The first of the fields after the name is a letter and falls out; ticks are hundredths of a second.
    (fields.get(10).unwrap_or(&0.0) + fields.get(11).unwrap_or(&0.0)) * 10.0
}

/// A line of `/proc/self/status` in MiB, where the system has it.
fn memory(key: &str) -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix(key))?;
    line.trim()
        .trim_end_matches(" kB")
        .parse::<u64>()
        .ok()
        .map(|kib| kib / 1024)
}
