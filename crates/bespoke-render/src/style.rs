//! How a résumé looks: a small CSS-like JSON, the same for PDF and DOCX.
//!
//! A template brings a complete [`Style`]; a person lays a partial one over it. Lengths are in points
//! except margins, which are in millimetres.

use crate::RenderError;
use crate::fonts;
use bespoke_core::resume::Section;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The look of a résumé.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Style {
    /// Page size.
    pub paper: Paper,
    /// White space around the text.
    pub margin: Margin,
    /// Family of running text; one of those that are embedded.
    pub font_family: String,
    /// Family of the name and of section headings.
    pub heading_font_family: String,
    /// Size of running text in points, 7 to 16.
    pub font_size: f32,
    /// Baseline to baseline as a multiple of the font size, 1 to 2.
    pub line_height: f32,
    /// Colour of running text, `#rrggbb`.
    pub color: String,
    /// Colour of what the template stresses.
    pub accent_color: String,
    /// Colour of what it lets stand back: dates, places.
    pub muted_color: String,
    /// The name at the top.
    pub name: NameStyle,
    /// Section headings.
    pub heading: HeadingStyle,
    /// Space above a section in points, 0 to 40.
    pub section_spacing: f32,
    /// Space above an entry in points, 0 to 30.
    pub entry_spacing: f32,
    /// Space between bullets in points, 0 to 12.
    pub bullet_spacing: f32,
    /// How months are written.
    pub date_format: DateFormat,
    /// Sections in this order, the rest after them; empty means as the résumé has them.
    pub section_order: Vec<Section>,
    /// Kerning and ligatures in the PDF. Off, simple parsers read every word whole.
    pub kerning: bool,
}

/// Page size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Paper {
    /// 210 by 297 mm.
    A4,
    /// 8.5 by 11 inches.
    UsLetter,
}

impl Paper {
    /// Width and height in millimetres.
    pub const fn size(self) -> (f32, f32) {
        match self {
            Paper::A4 => (210.0, 297.0),
            Paper::UsLetter => (215.9, 279.4),
        }
    }
}

/// White space around the text in millimetres, 5 to 50 each.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Margin {
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
    pub left: f32,
}

/// The name at the top.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NameStyle {
    /// Size in points, 10 to 48.
    pub size: f32,
    /// Where the name and the contact lines stand.
    pub align: Align,
    /// Its colour.
    pub color: ColorRole,
}

/// Section headings.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct HeadingStyle {
    /// Size in points, 7 to 30.
    pub size: f32,
    /// Letter case.
    pub case: Case,
    /// A line under the heading.
    pub rule: bool,
    /// Its colour.
    pub color: ColorRole,
}

/// Horizontal place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Align {
    Left,
    Center,
}

/// Letter case of headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Case {
    /// As it is written.
    Normal,
    /// CAPITALS.
    Upper,
}

/// One of the three colours of a style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum ColorRole {
    Text,
    Accent,
    Muted,
}

/// How a date with a month is written; a year alone stays a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateFormat {
    /// Apr 2021
    Short,
    /// April 2021
    Long,
    /// 04/2021
    Numeric,
    /// 2021-04
    Iso,
}

impl Style {
    /// This style with the members of a partial JSON style in place of its own.
    ///
    /// # Errors
    /// [`RenderError::Style`] naming the field that is unknown, of the wrong type or out of range.
    pub fn overlaid(&self, json: &str) -> Result<Style, RenderError> {
        let over: Value = serde_json::from_str(json).map_err(|e| fault("", format!("not JSON: {e}")))?;
        let Value::Object(over) = over else {
            return Err(fault("", "not a JSON object"));
        };
        let mut base = serde_json::to_value(self).map_err(|e| fault("", e))?;
        for (path, value) in leaves(&over, "") {
            put(&mut base, &path, value)?;
            // One member at a time, so that a complaint can name it.
            Style::deserialize(&base).map_err(|e| fault(&path, e))?;
        }
        let style = Style::deserialize(&base).map_err(|e| fault("", e))?;
        style.check()?;
        Ok(style)
    }

    /// The colour for a role.
    pub fn color_of(&self, role: ColorRole) -> &str {
        match role {
            ColorRole::Text => &self.color,
            ColorRole::Accent => &self.accent_color,
            ColorRole::Muted => &self.muted_color,
        }
    }

    /// Width between the side margins in millimetres.
    pub fn text_width(&self) -> f32 {
        self.paper.size().0 - self.margin.left - self.margin.right
    }

    /// Whether every value is in its range and every font is embedded.
    ///
    /// # Errors
    /// [`RenderError::Style`] naming the first field that is not.
    pub fn check(&self) -> Result<(), RenderError> {
        let margin = &self.margin;
        let numbers = [
            ("margin.top", margin.top, 5.0, 50.0),
            ("margin.right", margin.right, 5.0, 50.0),
            ("margin.bottom", margin.bottom, 5.0, 50.0),
            ("margin.left", margin.left, 5.0, 50.0),
            ("font-size", self.font_size, 7.0, 16.0),
            ("line-height", self.line_height, 1.0, 2.0),
            ("name.size", self.name.size, 10.0, 48.0),
            ("heading.size", self.heading.size, 7.0, 30.0),
            ("section-spacing", self.section_spacing, 0.0, 40.0),
            ("entry-spacing", self.entry_spacing, 0.0, 30.0),
            ("bullet-spacing", self.bullet_spacing, 0.0, 12.0),
        ];
        for (field, value, low, high) in numbers {
            if !(low..=high).contains(&value) {
                return Err(fault(field, format!("{value} is not between {low} and {high}")));
            }
        }
        let colours = [
            ("color", &self.color),
            ("accent-color", &self.accent_color),
            ("muted-color", &self.muted_color),
        ];
        for (field, value) in colours {
            let digits = value.strip_prefix('#').unwrap_or_default();
            if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
                return Err(fault(field, format!("\"{value}\" is not a colour like #1f3a5f")));
            }
        }
        let families = [
            ("font-family", &self.font_family),
            ("heading-font-family", &self.heading_font_family),
        ];
        for (field, value) in families {
            if !fonts::families().any(|family| family == value) {
                let known = fonts::families().collect::<Vec<_>>().join(", ");
                return Err(fault(field, format!("\"{value}\" is not embedded; fonts: {known}")));
            }
        }
        if self.section_order.contains(&Section::Contact) {
            return Err(fault("section-order", "contact is always first: leave it out"));
        }
        Ok(())
    }
}

fn fault(field: &str, problem: impl ToString) -> RenderError {
    RenderError::Style {
        field: field.to_owned(),
        problem: problem.to_string(),
    }
}

/// Every member that is not an object, with its path.
fn leaves(object: &Map<String, Value>, prefix: &str) -> Vec<(String, Value)> {
    let mut list = Vec::new();
    for (key, value) in object {
        let path = format!("{prefix}{key}");
        match value {
            Value::Object(inner) if !inner.is_empty() => list.extend(leaves(inner, &format!("{path}."))),
            _ => list.push((path, value.clone())),
        }
    }
    list
}

fn put(base: &mut Value, path: &str, value: Value) -> Result<(), RenderError> {
    let mut place = base;
    for key in path.split('.') {
        let known = place.as_object().map(|o| o.keys().cloned().collect::<Vec<_>>());
        place = place.get_mut(key).ok_or_else(|| {
            let known = known.unwrap_or_default().join(", ");
            match known.is_empty() {
                true => fault(path, "no such field"),
                false => fault(path, format!("no such field; fields: {known}")),
            }
        })?;
    }
    *place = value;
    Ok(())
}
