//! Pages as a typographer wants them: nothing over the edge, no heading alone at the foot of a page, whatever the text.

use bespoke_core::document::Document;
use bespoke_core::ingest::ingest;
use bespoke_core::resume::{Id, Resume, Text};
use bespoke_render::{ExportFormat, Renderer, Template};

/// A résumé of several pages with long words, names and addresses.
fn long(entries: usize) -> Resume {
    let mut resume = bespoke_render::sample::resume();
    let word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
    resume.contact.name = Some(Text::typed(
        "Maximiliane-Theodora von und zu Hohenlohe-Waldenburg-Schillingsfürst".to_owned(),
    ));
    resume.contact.email = Some(Text::typed(format!(
        "{}@very-long-domain-name.example.org",
        "maximiliane-theodora.".repeat(3)
    )));
    resume.contact.url = Some(Text::typed(format!(
        "https://example.org/{}",
        "a-long-path/".repeat(12)
    )));
    resume.education[0].courses.push(Text::typed(word.to_owned()));
    resume.skills[0].keywords.push(Text::typed("x".repeat(140)));
    let job = resume.work[0].clone();
    for n in 0..entries {
        let mut more = job.clone();
        more.id = Id(format!("w{}", 100 + n));
        more.highlights.truncate(1 + n % 4);
        more.position = Some(Text::typed(format!(
            "Director of {} Operations",
            "Very ".repeat(1 + n * 7 % 20)
        )));
        more.location = Some(Text::typed(
            "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch, United Kingdom".to_owned(),
        ));
        resume.work.push(more);
    }
    resume
}

fn render(resume: &Resume, template: &Template, style: &str) -> Document {
    let style = template.style().overlaid(style).expect("a style");
    let bytes = Renderer::new()
        .render(resume, template, &style, ExportFormat::Pdf)
        .expect("a PDF");
    ingest(&bytes, Some("resume.pdf")).expect("a document")
}

#[test]
fn nothing_stands_over_the_edge() {
    for template in Template::all() {
        for paper in [r#"{"paper": "a4"}"#, r#"{"paper": "us-letter"}"#] {
            let document = render(&long(6), template, paper);
            let margin = &template.style().margin;
            let points = |mm: f32| mm * 72.0 / 25.4;
            assert!(document.pages.len() > 1, "{}", template.name());
            for page in &document.pages {
                assert_eq!(page.hidden, [], "{}", template.name());
                for span in page.lines.iter().flat_map(|l| &l.spans) {
                    let area = span.bbox.expect("a place");
                    let (left, right) = (points(margin.left) - 1.0, page.width - points(margin.right) + 2.0);
                    assert!(
                        area.x0 >= left && area.x1 <= right && area.y1 <= page.height,
                        "{}, {paper}: \"{}\" from {} to {} of {}",
                        template.name(),
                        span.text,
                        area.x0,
                        area.x1,
                        page.width
                    );
                }
            }
        }
    }
}

/// What stands last on a page that is not the last and should not: a heading of a section or of a job.
fn lonely(document: &Document) -> Option<String> {
    let titles = [
        "summary",
        "experience",
        "education",
        "skills",
        "certifications",
        "projects",
        "languages",
        "awards",
    ];
    let pages = document.pages.split_last().map_or(&[][..], |(_, pages)| pages);
    let last = pages.iter().filter_map(|page| {
        let foot = |l: &bespoke_core::document::Line| l.bbox.map_or(0.0, |b| b.y1);
        page.lines.iter().max_by(|a, b| foot(a).total_cmp(&foot(b)))
    });
    let mut last = last.map(|line| line.text(document).trim().to_lowercase());
    last.find(|text| titles.contains(&text.as_str()) || text.starts_with("director of"))
}

/// With every number of entries something else comes to the foot of the page.
#[test]
fn no_heading_stands_alone_at_the_foot_of_a_page() {
    for template in Template::all() {
        for entries in 2..6 {
            let document = render(&long(entries), template, r#"{"page-numbers": "never"}"#);
            assert_eq!(lonely(&document), None, "{}, {entries} entries", template.name());
        }
    }
}

/// The test before can fail: without what keeps headings to their text, some of them stand alone.
#[test]
fn a_heading_that_is_not_kept_stands_alone() {
    let base = &Template::all()[0];
    let entries = r#"{% extends "base.typ.j2" %}{% block entries %}
#let entry(name, dates, subtitle, place, inline: false, compact: false, more: true, narrow: false, first: false, body) = {
  block(above: 8pt, below: 4pt, name)
  body
}
{% endblock %}"#;
    let careless = base.copied("careless", "Careless").with_source(entries);
    let found = (2..14).any(|n| lonely(&render(&long(n), &careless, r#"{"page-numbers": "never"}"#)).is_some());
    assert!(found);
}
