//! Every template with every person: what is exported can be read again.

mod common;

use bespoke_render::{ExportFormat, Options, Template, certify};

/// Every fact stands whole in the text that the simplest reader gets, in every format and template.
#[test]
fn every_fact_stands_in_naive_order() {
    let options = Options::default();
    let formats = [
        ExportFormat::Pdf,
        ExportFormat::Docx,
        ExportFormat::Odt,
        ExportFormat::Html,
    ];
    for (name, resume) in common::people() {
        for template in Template::all() {
            for format in formats {
                let (_, certificate) = certify(&resume, template, template.style(), format, &options).expect("a file");
                let lost: Vec<_> = certificate.fields.iter().filter(|f| !f.naive).collect();
                assert!(lost.is_empty(), "{name}, {}, {format}: {lost:#?}", template.name());
            }
        }
    }
}

/// Our own parser reads back what was exported, for every person and template.
#[test]
fn our_parser_reads_back_what_we_export() {
    let options = Options::default();
    let mut low = Vec::new();
    for template in Template::all() {
        for format in [ExportFormat::Pdf, ExportFormat::Docx] {
            for (name, resume) in common::people() {
                let (_, certificate) = certify(&resume, template, template.style(), format, &options).expect("a file");
                if certificate.f1() < LEAST {
                    let lost: Vec<_> = certificate.fields.into_iter().filter(|f| !f.read).collect();
                    low.push((name, template.name(), format, lost));
                }
            }
        }
    }
    assert!(low.is_empty(), "{low:#?}");
}

/// F1 of the fields that a file must keep.
const LEAST: f64 = 0.98;

/// Text that runs from right to left or has no spaces comes back in the order in which it was written, from every
/// template, and stands under the headings of its own language.
#[test]
fn other_scripts_come_back() {
    let options = Options::default();
    let needed = [
        "contact.name",
        "contact.email",
        "summary",
        "work[",
        "skills[0]",
        "education[0].end",
    ];
    for (language, resume) in common::scripts() {
        for template in Template::all() {
            for format in [ExportFormat::Pdf, ExportFormat::Docx] {
                let (_, certificate) = certify(&resume, template, template.style(), format, &options).expect("a file");
                let lost: Vec<_> = certificate
                    .fields
                    .iter()
                    .filter(|f| !f.naive || !f.read && needed.iter().any(|n| f.path.starts_with(n)))
                    .collect();
                assert!(lost.is_empty(), "{language}, {}, {format}: {lost:#?}", template.name());
            }
        }
    }
}

/// The same input gives the same bytes, in every format.
#[test]
fn bytes_are_the_same_every_time() {
    let resume = bespoke_render::sample::resume();
    for template in Template::all() {
        for format in ExportFormat::ALL {
            let render = || bespoke_render::Renderer::new().render(&resume, template, template.style(), format);
            assert_eq!(
                render().expect("a file"),
                render().expect("a file"),
                "{} {format}",
                template.name()
            );
        }
    }
}
