//! The live preview: the pages as they are to be exported, and after an edit only those that changed.

use crate::{Options, RenderError, Style, Template, typeset};
use bespoke_core::resume::Resume;
use serde::Serialize;
use typst_layout::PagedDocument;

/// Remembers what it showed last, so that an edit costs the pages that it touches. The layout engine keeps its
/// results between calls, for the whole process.
#[derive(Debug, Clone, Default)]
pub struct Preview {
    shown: Vec<u128>,
}

/// What a preview shows anew.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Update<T> {
    /// How many pages there are now.
    pub pages: usize,
    /// Index from 0 and content of every page that is not as it was.
    pub changed: Vec<(usize, T)>,
}

impl Preview {
    /// A preview that has shown nothing yet: its first update holds every page.
    pub fn new() -> Preview {
        Preview::default()
    }

    /// The changed pages as SVG.
    ///
    /// # Errors
    /// [`RenderError::Style`] or [`RenderError::Template`]; what was shown before then still counts as shown.
    pub fn svg(
        &mut self,
        resume: &Resume,
        template: &Template,
        style: &Style,
        options: &Options,
    ) -> Result<Update<String>, RenderError> {
        self.update(resume, template, style, options, |document, page| {
            Ok(typeset::page_svg(document, page))
        })
    }

    /// The changed pages as PNG, at `dpi` dots per inch (see [`crate::DPI`]).
    ///
    /// # Errors
    /// As [`Preview::svg`], and [`RenderError::Write`].
    pub fn png(
        &mut self,
        resume: &Resume,
        template: &Template,
        style: &Style,
        options: &Options,
        dpi: f32,
    ) -> Result<Update<Vec<u8>>, RenderError> {
        let dpi = dpi.clamp(*crate::DPI.start(), *crate::DPI.end());
        self.update(resume, template, style, options, |document, page| {
            typeset::page_png(document, page, dpi).map_err(|detail| RenderError::Write {
                format: crate::ExportFormat::Pdf,
                detail,
            })
        })
    }

    fn update<T>(
        &mut self,
        resume: &Resume,
        template: &Template,
        style: &Style,
        options: &Options,
        draw: impl Fn(&PagedDocument, usize) -> Result<T, RenderError>,
    ) -> Result<Update<T>, RenderError> {
        style.check()?;
        let document = typeset::pages(resume, template, style, options)?;
        let now: Vec<u128> = document.pages().iter().map(typeset::look).collect();
        let changed = (0..now.len()).filter(|page| self.shown.get(*page) != now.get(*page));
        let changed = changed
            .map(|page| Ok((page, draw(&document, page)?)))
            .collect::<Result<_, RenderError>>()?;
        self.shown = now;
        Ok(Update {
            pages: self.shown.len(),
            changed,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bespoke_core::resume::{Bullet, Id, Text};

    #[test]
    fn an_edit_redraws_only_the_pages_that_it_touches() {
        let template = &Template::all()[0];
        let mut resume = crate::sample::resume();
        let lines = (0..60).map(|n| Bullet {
            id: Id(format!("b{}", 900 + n)),
            text: Text::typed(format!(
                "Line {n} of a list that is long enough for another page or two"
            )),
            level: 0,
        });
        resume.extras[0].lines.extend(lines);
        let mut preview = Preview::new();
        let first = preview
            .svg(&resume, template, template.style(), &Options::default())
            .unwrap();
        assert!(first.pages >= 2 && first.changed.len() == first.pages);
        let same = preview
            .svg(&resume, template, template.style(), &Options::default())
            .unwrap();
        assert_eq!(same.changed, []);
        let last = resume.extras[0].lines.last_mut().unwrap();
        last.text.value = "Another last line".to_owned();
        let edit = preview
            .svg(&resume, template, template.style(), &Options::default())
            .unwrap();
        let pages: Vec<usize> = edit.changed.iter().map(|c| c.0).collect();
        assert_eq!(pages, [first.pages - 1]);
        assert!(edit.changed[0].1.starts_with("<svg"));
        let broken = template.copied("mine", "Mine").with_source("#nonsense");
        assert!(
            preview
                .svg(&resume, &broken, template.style(), &Options::default())
                .is_err()
        );
        assert_eq!(
            preview
                .svg(&resume, template, template.style(), &Options::default())
                .unwrap()
                .changed,
            []
        );
    }
}
