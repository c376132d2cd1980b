//! How a résumé looks: a small CSS-like JSON, the same for PDF, DOCX, ODT and HTML.
//!
//! A template brings a complete [`Style`]; a person lays a partial one over it. Lengths are in points
//! except margins and widths, which are in millimetres. [`schema`] describes the JSON to editors and programs.

mod fields;

pub use fields::schema;

use crate::RenderError;
use bespoke_core::resume::Section;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The look of a résumé. Ranges and meanings are those of the published [`schema`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Style {
    /// Page size.
    pub paper: Paper,
    /// White space around the text.
    pub margin: Margin,
    /// When pages carry a number.
    pub page_numbers: PageNumbers,
    /// Family of running text; one of those that are embedded.
    pub font_family: String,
    /// Family of the name and of section headings.
    pub heading_font_family: String,
    /// Size of running text in points.
    pub font_size: f32,
    /// Baseline to baseline as a multiple of the font size.
    pub line_height: f32,
    /// Colour of running text, `#rrggbb`.
    pub color: String,
    /// Colour of what the template stresses.
    pub accent_color: String,
    /// Colour of what it lets stand back: dates, places.
    pub muted_color: String,
    /// The name at the top.
    pub name: NameStyle,
    /// Name, headline and contact lines together.
    pub header: HeaderStyle,
    /// Section headings.
    pub heading: HeadingStyle,
    /// Jobs, degrees, projects.
    pub entry: EntryStyle,
    /// Bullets.
    pub bullet: BulletStyle,
    /// Space above a section in points.
    pub section_spacing: f32,
    /// Space above an entry in points.
    pub entry_spacing: f32,
    /// Space between bullets in points.
    pub bullet_spacing: f32,
    /// How months are written.
    pub date_format: DateFormat,
    /// Sections in this order, the rest after them; empty means as the résumé has them.
    pub section_order: Vec<Section>,
    /// Sections that are left out.
    pub hidden_sections: Vec<Section>,
    /// Headings in place of the usual ones.
    pub section_titles: BTreeMap<Section, String>,
    /// One column or two.
    pub columns: Columns,
    /// A portrait, where the person gives one.
    pub photo: PhotoStyle,
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

/// White space around the text in millimetres.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Margin {
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
    pub left: f32,
}

/// When pages carry the name and a number at their foot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageNumbers {
    /// Where there is more than one page.
    Auto,
    /// On every page.
    Always,
    /// On none.
    Never,
}

/// The name at the top.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NameStyle {
    /// Size in points.
    pub size: f32,
    /// Where the name and the contact lines stand.
    pub align: Align,
    /// Its colour.
    pub color: ColorRole,
    /// Letter case.
    pub case: Case,
    /// Weight.
    pub weight: Weight,
}

/// Name, headline and contact lines together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct HeaderStyle {
    /// Contact lines under the name or beside it.
    pub layout: HeaderLayout,
    /// What stands between two parts of a contact line.
    pub separator: String,
}

/// Where contact lines stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HeaderLayout {
    /// Under the name.
    Stacked,
    /// To the right of the name, one under the other. Word formats stack them.
    Split,
}

/// Section headings.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct HeadingStyle {
    /// Size in points.
    pub size: f32,
    /// Letter case.
    pub case: Case,
    /// A line at the heading.
    pub rule: Rule,
    /// Where it stands.
    pub align: Align,
    /// Its colour.
    pub color: ColorRole,
}

/// Jobs, degrees, projects.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct EntryStyle {
    /// What comes first in bold.
    pub lead: Lead,
    /// Where dates stand.
    pub dates: DatesAt,
    /// Title and organisation in one line.
    pub inline: bool,
}

/// What an entry begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lead {
    /// Job title, degree.
    Title,
    /// Employer, school.
    Organisation,
}

/// Where dates stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DatesAt {
    /// At the right edge of the first line.
    Right,
    /// In a column of their own at the left.
    Left,
}

/// Bullets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct BulletStyle {
    /// The glyph.
    pub marker: String,
    /// Its colour.
    pub color: ColorRole,
}

/// One column or two.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Columns {
    /// How many. Word formats put the second under the first, so that every parser reads them in order.
    pub count: u8,
    /// Sections of the second, narrow column.
    pub side: Vec<Section>,
    /// Its width in per cent of the text width.
    pub side_width: f32,
}

/// A portrait.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PhotoStyle {
    /// Whether one is shown.
    pub show: bool,
    /// Width and height in millimetres.
    pub size: f32,
    /// Its outline.
    pub shape: Shape,
}

/// Outline of a portrait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Shape {
    Square,
    Rounded,
    Circle,
}

/// Horizontal place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Align {
    Left,
    Center,
}

/// Letter case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Case {
    /// As it is written.
    Normal,
    /// CAPITALS.
    Upper,
}

/// Weight of type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Weight {
    Regular,
    Semibold,
    Bold,
    Black,
}

/// A line at a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Rule {
    None,
    Below,
    Above,
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
    /// [`RenderError::Style`] naming the path that is unknown or has a wrong value, and what is allowed.
    pub fn overlaid(&self, json: &str) -> Result<Style, RenderError> {
        let over: Value = serde_json::from_str(json).map_err(|e| fault("", format!("not JSON: {e}")))?;
        let Value::Object(over) = over else {
            return Err(fault("", "not a JSON object"));
        };
        let mut base = serde_json::to_value(self).map_err(|e| fault("", e))?;
        for (path, value) in leaves(&over, "") {
            fields::check(&path, &value)?;
            put(&mut base, &path, value);
        }
        Style::deserialize(base).map_err(|e| fault("", e))
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
    /// [`RenderError::Style`] naming the first path that is not.
    pub fn check(&self) -> Result<(), RenderError> {
        let value = serde_json::to_value(self).map_err(|e| fault("", e))?;
        let Value::Object(members) = value else {
            return Ok(());
        };
        leaves(&members, "")
            .iter()
            .try_for_each(|(path, value)| fields::check(path, value))
    }
}

fn fault(field: &str, problem: impl ToString) -> RenderError {
    RenderError::Style {
        field: field.to_owned(),
        problem: problem.to_string(),
    }
}

/// Every member that is not an object, with its path. An empty object changes nothing.
fn leaves(object: &Map<String, Value>, prefix: &str) -> Vec<(String, Value)> {
    let mut list = Vec::new();
    for (key, value) in object {
        let path = format!("{prefix}{key}");
        match value {
            Value::Object(inner) => list.extend(leaves(inner, &format!("{path}."))),
            _ => list.push((path, value.clone())),
        }
    }
    list
}

/// Sets a member whose path is known to be good.
fn put(base: &mut Value, path: &str, value: Value) {
    let mut place = base;
    for key in path.split('.') {
        let Value::Object(members) = place else { return };
        place = members.entry(key).or_insert(Value::Null);
    }
    *place = value;
}
