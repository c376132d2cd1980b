//! The PDF as assistive technology and archives want it: tags, language, title, reading order, standards.

use bespoke_core::ingest::ingest;
use bespoke_render::{ExportFormat, Options, PdfStandard, Photo, Renderer, Template};

fn pdf(template: &Template, options: &Options) -> Vec<u8> {
    let resume = bespoke_render::sample::resume();
    Renderer::new()
        .render_with(&resume, template, template.style(), ExportFormat::Pdf, options)
        .unwrap_or_else(|e| panic!("{}: {e}", template.name()))
}

fn has(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|w| w == needle)
}

#[test]
fn every_template_keeps_the_standards() {
    for template in Template::all() {
        let plain = pdf(template, &Options::default());
        assert!(
            !has(&plain, b"pdfuaid:part"),
            "no standard is claimed where none was asked for"
        );
        let ua = Options {
            pdf_standards: vec![PdfStandard::Ua1],
            ..Options::default()
        };
        assert!(has(&pdf(template, &ua), b"<pdfuaid:part>1"), "{}", template.name());
        let date = "2026-01-31".parse().ok();
        let archival = Options {
            pdf_standards: vec![PdfStandard::A2a],
            date,
            ..Options::default()
        };
        let archival = pdf(template, &archival);
        assert!(
            has(&archival, b"<pdfaid:part>2") && has(&archival, b"<pdfaid:conformance>A"),
            "{}",
            template.name()
        );
        let both = Options {
            pdf_standards: vec![PdfStandard::Ua1, PdfStandard::A2a],
            date,
            ..Options::default()
        };
        pdf(template, &both);
    }
    let undated = Options {
        pdf_standards: vec![PdfStandard::A2a],
        ..Options::default()
    };
    let (resume, template) = (bespoke_render::sample::resume(), &Template::all()[0]);
    let error = Renderer::new().render_with(&resume, template, template.style(), ExportFormat::Pdf, &undated);
    assert!(error.unwrap_err().to_string().contains("wants a date"));
}

#[test]
fn tags_language_and_title_are_there() {
    for template in Template::all() {
        let bytes = pdf(template, &Options::default());
        for tag in [
            "/StructTreeRoot",
            "/MarkInfo",
            "/S/Title",
            "/S/H1",
            "/S/H2",
            "/S/P",
            "/S/L",
            "/S/LI",
            "/S/Link",
        ] {
            assert!(has(&bytes, tag.as_bytes()), "{}: no {tag}", template.name());
        }
        let document = ingest(&bytes, Some("resume.pdf")).expect("a PDF");
        let features = &document.features;
        assert_eq!(features.language.as_deref(), Some("en"), "{}", template.name());
        assert_eq!(
            features.title.as_deref(),
            Some("Mara Lindqvist – Product Operations Manager")
        );
        assert_eq!(features.author.as_deref(), Some("Mara Lindqvist"));
        assert!(features.unembedded_fonts.is_empty() && document.pages_are_readable());
    }
}

/// Name first, then sections in the order of the outline, and inside them bullets in the order of the résumé.
#[test]
fn the_reading_order_is_that_of_the_resume() {
    let resume = bespoke_render::sample::resume();
    for template in Template::all() {
        let bytes = pdf(template, &Options::default());
        let text = ingest(&bytes, Some("resume.pdf")).expect("a PDF").text;
        let place = |needle: &str| {
            text.find(needle)
                .unwrap_or_else(|| panic!("{}: {needle}\n{text}", template.name()))
        };
        let name = text.to_lowercase().find("mara lindqvist").expect("the name");
        assert!(name < place("Operations manager who turns"), "{}", template.name());
        for work in &resume.work {
            let firsts: Vec<usize> = work
                .highlights
                .iter()
                .map(|b| place(&b.text.value.chars().take(20).collect::<String>()))
                .collect();
            assert!(firsts.is_sorted(), "{}: {firsts:?}", template.name());
        }
    }
}

trait Readable {
    fn pages_are_readable(&self) -> bool;
}

impl Readable for bespoke_core::document::Document {
    fn pages_are_readable(&self) -> bool {
        self.features.pages_without_text.is_empty() && self.pages.iter().all(|p| p.hidden.is_empty())
    }
}

/// A photograph is shown only where the style says so, and has an alternative text.
#[test]
fn a_photograph_is_asked_for() {
    let template = Template::by_name("european").expect("a template");
    let page = Renderer::new().pages_png(&bespoke_render::sample::resume(), &template, template.style(), 30.0);
    let photo = Photo::new(page.expect("a page").remove(0)).expect("a PNG");
    let options = Options {
        photo: Some(photo),
        pdf_standards: vec![PdfStandard::Ua1],
        date: None,
    };
    let images = |style: &str, format| {
        let style = template.style().overlaid(style).expect("a style");
        let resume = bespoke_render::sample::resume();
        let bytes = Renderer::new()
            .render_with(&resume, &template, &style, format, &options)
            .expect("a file");
        ingest(&bytes, Some("resume")).expect("a document").features.images
    };
    assert_eq!(images("{}", ExportFormat::Pdf), 0);
    assert_eq!(
        images(r#"{"photo": {"show": true, "shape": "circle"}}"#, ExportFormat::Pdf),
        1
    );
    assert_eq!(images(r#"{"photo": {"show": true}}"#, ExportFormat::Docx), 1);
    assert!(Photo::new(b"GIF89a".to_vec()).is_none());
}
