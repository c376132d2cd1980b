//! The templates: those of `templates/`, embedded when the crate is built, and those that people make from them.

mod archive;
mod versions;

pub use versions::{Version, Versions};

use crate::error::Diagnostic;
#[cfg(not(target_arch = "wasm32"))]
use crate::{Options, markup, typeset};
use crate::{RenderError, Style};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, LazyLock};

struct TemplateFiles {
    name: &'static str,
    about: &'static str,
    source: &'static str,
    style: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/templates.rs"));

/// How a résumé is laid out, with the style it looks best in.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    name: String,
    about: About,
    style: Style,
    pub(crate) source: Arc<str>,
    docx: Option<Arc<[u8]>>,
    built_in: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    title: String,
    description: String,
    /// Place in the list, small first.
    #[serde(default = "last")]
    order: i32,
}

fn last() -> i32 {
    i32::MAX
}

static TEMPLATES: LazyLock<Vec<Template>> = LazyLock::new(|| {
    let mut list: Vec<Template> = TEMPLATE_FILES.iter().filter_map(|f| read(f).ok()).collect();
    list.sort_by(|a, b| (a.about.order, &a.name).cmp(&(b.about.order, &b.name)));
    list
});

static BASE: LazyLock<Option<Style>> = LazyLock::new(|| serde_json::from_str(BASE_STYLE.first()?).ok());

fn read(files: &TemplateFiles) -> Result<Template, RenderError> {
    let mut template = Template::from_parts(files.name, files.about, files.style, files.source, None)?;
    template.built_in = true;
    Ok(template)
}

impl Template {
    /// Name of the template that is used where nobody chose one.
    pub const DEFAULT: &'static str = "classic";

    /// The template of that name.
    ///
    /// # Errors
    /// [`RenderError::UnknownTemplate`], which names those there are.
    pub fn by_name(name: &str) -> Result<Template, RenderError> {
        let found = TEMPLATES.iter().find(|t| t.name == name).cloned();
        found.ok_or_else(|| RenderError::UnknownTemplate(name.to_owned()))
    }

    /// All templates that come with the product, the default first.
    pub fn all() -> &'static [Template] {
        &TEMPLATES
    }

    /// A template of the texts of its files: `template.toml`, `style.json` (what it changes of the base style) and
    /// `resume.typ.j2`, and optionally a DOCX with Jinja tags. Its source is not compiled: see [`Template::check`].
    ///
    /// # Errors
    /// [`RenderError::Template`] or [`RenderError::Style`] where `about` or `style` cannot be read.
    pub fn from_parts(
        name: &str,
        about: &str,
        style: &str,
        source: &str,
        docx: Option<Vec<u8>>,
    ) -> Result<Template, RenderError> {
        let fault = |message: String| RenderError::template(name, Diagnostic::new(message));
        let about: About = toml::from_str(about).map_err(|e| fault(format!("template.toml: {e}")))?;
        let base = BASE
            .as_ref()
            .ok_or_else(|| fault("the base style cannot be read".to_owned()))?;
        Ok(Template {
            name: name.to_owned(),
            about,
            style: base.overlaid(style)?,
            source: source.into(),
            docx: docx.map(Arc::from),
            built_in: false,
        })
    }

    /// A copy of this template under another name, for its owner to change.
    pub fn copied(&self, name: &str, title: &str) -> Template {
        Template {
            name: name.to_owned(),
            about: About {
                title: title.to_owned(),
                order: last(),
                ..self.about.clone()
            },
            built_in: false,
            ..self.clone()
        }
    }

    /// This template with another source.
    pub fn with_source(mut self, source: &str) -> Template {
        self.source = source.into();
        self
    }

    /// This template with another style.
    pub fn with_style(mut self, style: Style) -> Template {
        self.style = style;
        self
    }

    /// This template with a DOCX that holds Jinja tags; Word files are then made from it.
    pub fn with_docx(mut self, docx: Vec<u8>) -> Template {
        self.docx = Some(docx.into());
        self
    }

    /// What is wrong with it: the template is filled in with an invented person and laid out. Empty where it works.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn check(&self) -> Vec<Diagnostic> {
        let sample = crate::sample::resume();
        let mut found = Vec::new();
        let pages = typeset::pages(&sample, self, &self.style, &Options::default());
        let docx = self
            .docx
            .as_ref()
            .map(|file| crate::docx_template::fill(file, &sample, &self.style, &self.name));
        for error in [pages.err(), docx.and_then(Result::err)].into_iter().flatten() {
            found.push(match error {
                RenderError::Template { diagnostic, .. } => *diagnostic,
                other => Diagnostic::new(other),
            });
        }
        found
    }

    /// The name it is chosen by.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name shown to people.
    pub fn title(&self) -> &str {
        &self.about.title
    }

    /// One or two sentences for people.
    pub fn description(&self) -> &str {
        &self.about.description
    }

    /// The style it is meant for.
    pub fn style(&self) -> &Style {
        &self.style
    }

    /// Its Jinja source, which gives Typst.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Its DOCX with Jinja tags, where it has one.
    pub fn docx(&self) -> Option<&[u8]> {
        self.docx.as_deref()
    }

    /// Whether it comes with the product.
    pub fn is_built_in(&self) -> bool {
        self.built_in
    }

    /// The Typst that it gives for a résumé, for those who write templates.
    ///
    /// # Errors
    /// [`RenderError::Template`] with the place of the fault.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn expand(&self, resume: &bespoke_core::resume::Resume, style: &Style) -> Result<String, RenderError> {
        markup::expand(
            &crate::outline::Outline::of(resume, style),
            self,
            style,
            &Options::default(),
        )
    }
}

/// The Jinja files that templates share, by the name they are included by.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn partials() -> &'static [(&'static str, &'static str)] {
    PARTIALS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_folder_is_a_template() {
        for files in TEMPLATE_FILES {
            read(files).unwrap_or_else(|e| panic!("{}: {e}", files.name));
        }
        assert!(Template::all().len() >= 10);
        assert_eq!(Template::all()[0].name(), Template::DEFAULT);
        let error = Template::by_name("baroque").unwrap_err().to_string();
        assert!(error.contains("classic"), "{error}");
    }

    #[test]
    fn every_template_works() {
        for template in Template::all() {
            assert_eq!(template.check(), [], "{}", template.name());
        }
    }

    #[test]
    fn a_fault_is_shown_where_it_is() {
        let copy = Template::all()[0].copied("mine", "Mine");
        let source = copy.source().to_owned();
        let cases = [
            (
                source.replacen("{{ super() }}", "{{ resume.name | nosuch }}", 1),
                3,
                "nosuch",
            ),
            (
                source.replacen("{{ super() }}", "{{ super() }}\n#let x = unknown-name", 1),
                4,
                "unknown",
            ),
            (
                source.replacen("{{ super() }}", "{{ super() }}\n#text(size: \"big\")[x]", 1),
                4,
                "length",
            ),
            (
                format!("{source}\n{{% for x in resume.blocks %}}\n"),
                source.lines().count() + 2,
                "end",
            ),
        ];
        for (source, line, word) in cases {
            let found = copy.clone().with_source(&source).check();
            let first = found.first().unwrap_or_else(|| panic!("no fault in {source}"));
            assert_eq!(first.line, Some(line), "{first:?}");
            assert!(first.message.contains(word), "{first:?}");
        }
    }
}
