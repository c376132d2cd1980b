//! The templates: folders of `templates/`, embedded when the crate is built.

use crate::{RenderError, Style};
use serde::Deserialize;
use std::sync::LazyLock;

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
    name: &'static str,
    title: String,
    description: String,
    order: i32,
    style: Style,
    pub(crate) source: &'static str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    title: String,
    description: String,
    /// Place in the list, small first.
    order: i32,
}

static TEMPLATES: LazyLock<Vec<Template>> = LazyLock::new(|| {
    let mut list: Vec<Template> = TEMPLATE_FILES.iter().filter_map(|f| read(f).ok()).collect();
    list.sort_by_key(|t| (t.order, t.name));
    list
});

fn read(files: &TemplateFiles) -> Result<Template, RenderError> {
    let fault = |detail: String| RenderError::Template {
        template: files.name.to_owned(),
        detail,
    };
    let about: About = toml::from_str(files.about).map_err(|e| fault(e.to_string()))?;
    let style: Style = serde_json::from_str(files.style).map_err(|e| fault(e.to_string()))?;
    style.check()?;
    Ok(Template {
        name: files.name,
        title: about.title,
        description: about.description,
        order: about.order,
        style,
        source: files.source,
    })
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

    /// All templates, the default first.
    pub fn all() -> &'static [Template] {
        &TEMPLATES
    }

    /// The name it is chosen by.
    pub fn name(&self) -> &str {
        self.name
    }

    /// The name shown to people.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// One or two sentences for people.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// The style it is meant for.
    pub fn style(&self) -> &Style {
        &self.style
    }
}

/// The Jinja files that templates share, by the name they are included by.
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
        assert_eq!(Template::all()[0].name(), Template::DEFAULT);
        let error = Template::by_name("baroque").unwrap_err().to_string();
        assert!(error.contains("classic"), "{error}");
    }
}
