//! A letter that goes with a résumé, through the same templates and formats.

use bespoke_core::date::PartialDate;
use bespoke_core::resume::Contact;
use serde::{Deserialize, Serialize};

/// A letter.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Letter {
    /// Who writes; stands at the top as it does on the résumé.
    pub from: Contact,
    /// Address lines of the reader.
    pub to: Vec<String>,
    /// The day.
    pub date: Option<PartialDate>,
    /// What it is about.
    pub subject: Option<String>,
    /// "Dear Ms Example,".
    pub salutation: String,
    /// What it says.
    pub paragraphs: Vec<String>,
    /// "Kind regards,"; the name follows by itself.
    pub closing: String,
    /// Natural language as BCP 47, where known.
    pub language: Option<String>,
}

impl Letter {
    /// A written letter with who writes it, to whom and when.
    pub fn of(
        written: &bespoke_core::letter::Letter,
        from: &Contact,
        to: Vec<String>,
        date: Option<PartialDate>,
    ) -> Letter {
        Letter {
            from: from.clone(),
            to,
            date,
            subject: Some(written.subject.clone()).filter(|s| !s.is_empty()),
            salutation: written.salutation.clone(),
            paragraphs: written
                .paragraphs
                .iter()
                .map(bespoke_core::letter::Paragraph::text)
                .collect(),
            closing: written.closing.clone(),
            language: Some(written.language.tag().to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ExportFormat, Options, Renderer, Template};

    fn letter() -> Letter {
        Letter {
            from: crate::sample::resume().contact,
            to: vec!["Ms Ada Example".into(), "Example Mills".into(), "1 River Road".into()],
            date: "2026-01-31".parse().ok(),
            subject: Some("Operations manager, reference 42".into()),
            salutation: "Dear Ms Example,".into(),
            paragraphs: vec![
                "You look for somebody who likes order. #include \"x\"".into(),
                "I do.".into(),
            ],
            closing: "Kind regards,".into(),
            language: Some("en".into()),
        }
    }

    #[test]
    fn a_letter_goes_through_every_template_and_format() {
        let (renderer, options) = (Renderer::new(), Options::default());
        for template in Template::all() {
            for format in ExportFormat::ALL {
                let file = renderer.render_letter(&letter(), template, template.style(), format, &options);
                match format {
                    ExportFormat::JsonResume => assert!(file.is_err()),
                    _ => assert!(!file.unwrap().is_empty()),
                }
            }
        }
        let template = &Template::all()[0];
        let text = renderer
            .render_letter(&letter(), template, template.style(), ExportFormat::Txt, &options)
            .unwrap();
        let text = String::from_utf8(text).unwrap();
        let places: Vec<usize> = [
            "Ms Ada",
            "31 January 2026",
            "reference 42",
            "Dear",
            "#include",
            "I do.",
            "Kind regards",
        ]
        .iter()
        .map(|part| text.find(part).unwrap())
        .collect();
        assert!(
            places.is_sorted() && text.trim_end().ends_with("Mara Lindqvist"),
            "{text}"
        );
    }
}
