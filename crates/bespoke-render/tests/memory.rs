//! A renderer that lives long keeps its memory; alone in its file, because the peak is the whole process's.
#![cfg(target_os = "linux")]

use bespoke_render::{ExportFormat, Renderer, Template, sample};

/// Peak resident memory of this process in MB.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("procfs");
    let line = status.lines().find(|l| l.starts_with("VmHWM:")).expect("VmHWM");
    line.split_whitespace()
        .nth(1)
        .and_then(|kb| kb.parse::<f64>().ok())
        .expect("kB")
        / 1000.0
}

#[test]
fn a_hundred_renders_stay_under_120_mb() {
    let renderer = Renderer::new();
    let mut resume = sample::resume();
    let templates = Template::all();
    for n in 0..100 {
        let title = format!("Engineer of the {n}th kind, who writes words that no cache has seen");
        resume.work[0].position = Some(bespoke_core::resume::Field::typed(title));
        let template = &templates[n % templates.len()];
        let pdf = renderer.render(&resume, template, template.style(), ExportFormat::Pdf);
        assert!(!pdf.expect("a file").is_empty());
    }
    eprintln!("peak {:.0} MB", peak());
    assert!(peak() < 120.0, "peak of {:.0} MB", peak());
}
