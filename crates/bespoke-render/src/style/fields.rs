//! Every member of a style: its path, the values it may have, and what it does. The checks, their messages and
//! the published JSON Schema come from this one table.

use super::fault;
use crate::RenderError;
use crate::fonts;
use bespoke_core::resume::Section;
use serde_json::{Map, Value, json};

#[derive(Clone, Copy)]
enum Kind {
    Number(f64, f64),
    Integer(i64, i64),
    Choice(&'static [&'static str]),
    Colour,
    Family,
    Flag,
    /// A short text of at most so many characters.
    Text(usize),
    Sections,
    /// A text of at most so many characters for any section.
    PerSection(usize),
}

struct Field {
    path: &'static str,
    kind: Kind,
    about: &'static str,
}

const fn field(path: &'static str, kind: Kind, about: &'static str) -> Field {
    Field { path, kind, about }
}

const ROLES: Kind = Kind::Choice(&["text", "accent", "muted"]);
const ALIGN: Kind = Kind::Choice(&["left", "center"]);
const CASE: Kind = Kind::Choice(&["normal", "upper"]);
const MARGIN: Kind = Kind::Number(5.0, 50.0);

/// Glyphs that the embedded fonts have and that parsers know as bullets.
const MARKERS: &[&str] = &["•", "–", "▪", "◦", "›"];

static FIELDS: &[Field] = &[
    field("paper", Kind::Choice(&["a4", "us-letter"]), "Page size."),
    field("margin.top", MARGIN, "White space above the text, in millimetres."),
    field("margin.right", MARGIN, "White space to the right, in millimetres."),
    field("margin.bottom", MARGIN, "White space below, in millimetres."),
    field("margin.left", MARGIN, "White space to the left, in millimetres."),
    field(
        "page-numbers",
        Kind::Choice(&["auto", "always", "never"]),
        "Name and page number at the foot; auto means where there is more than one page.",
    ),
    field("font-family", Kind::Family, "Font of running text."),
    field("heading-font-family", Kind::Family, "Font of the name and of headings."),
    field("font-size", Kind::Number(7.0, 16.0), "Size of running text, in points."),
    field(
        "line-height",
        Kind::Number(1.0, 2.0),
        "Baseline to baseline, as a multiple of the font size.",
    ),
    field("color", Kind::Colour, "Colour of running text."),
    field("accent-color", Kind::Colour, "Colour of what is stressed."),
    field(
        "muted-color",
        Kind::Colour,
        "Colour of what stands back: dates, places.",
    ),
    field("name.size", Kind::Number(10.0, 48.0), "Size of the name, in points."),
    field("name.align", ALIGN, "Where name and contact lines stand."),
    field("name.color", ROLES, "Colour of the name."),
    field("name.case", CASE, "Letter case of the name."),
    field(
        "name.weight",
        Kind::Choice(&["regular", "semibold", "bold", "black"]),
        "Weight of the name.",
    ),
    field(
        "header.layout",
        Kind::Choice(&["stacked", "split"]),
        "Contact lines under the name, or to its right.",
    ),
    field(
        "header.separator",
        Kind::Text(3),
        "What stands between two parts of a contact line.",
    ),
    field(
        "heading.size",
        Kind::Number(7.0, 30.0),
        "Size of section headings, in points.",
    ),
    field("heading.case", CASE, "Letter case of section headings."),
    field(
        "heading.rule",
        Kind::Choice(&["none", "below", "above"]),
        "A line at section headings.",
    ),
    field("heading.align", ALIGN, "Where section headings stand."),
    field("heading.color", ROLES, "Colour of section headings."),
    field(
        "entry.lead",
        Kind::Choice(&["title", "organisation"]),
        "What an entry begins with.",
    ),
    field(
        "entry.dates",
        Kind::Choice(&["right", "left"]),
        "Dates at the right edge, or in a column at the left.",
    ),
    field("entry.inline", Kind::Flag, "Title and organisation in one line."),
    field("bullet.marker", Kind::Choice(MARKERS), "The glyph before a bullet."),
    field("bullet.color", ROLES, "Colour of that glyph."),
    field(
        "section-spacing",
        Kind::Number(0.0, 40.0),
        "Space above a section, in points.",
    ),
    field(
        "entry-spacing",
        Kind::Number(0.0, 30.0),
        "Space above an entry, in points.",
    ),
    field(
        "bullet-spacing",
        Kind::Number(0.0, 12.0),
        "Space between bullets, in points.",
    ),
    field(
        "date-format",
        Kind::Choice(&["short", "long", "numeric", "iso"]),
        "Apr 2021, April 2021, 04/2021 or 2021-04.",
    ),
    field(
        "section-order",
        Kind::Sections,
        "Sections in this order, the rest after them; empty means as the résumé has them.",
    ),
    field("hidden-sections", Kind::Sections, "Sections that are left out."),
    field(
        "section-titles",
        Kind::PerSection(60),
        "Headings in place of the usual ones.",
    ),
    field("columns.count", Kind::Integer(1, 2), "One column or two."),
    field("columns.side", Kind::Sections, "Sections of the second, narrow column."),
    field(
        "columns.side-width",
        Kind::Number(20.0, 45.0),
        "Its width, in per cent of the text width.",
    ),
    field(
        "photo.show",
        Kind::Flag,
        "Whether a portrait is shown where there is one.",
    ),
    field(
        "photo.size",
        Kind::Number(15.0, 60.0),
        "Width and height of the portrait, in millimetres.",
    ),
    field(
        "photo.shape",
        Kind::Choice(&["square", "rounded", "circle"]),
        "Outline of the portrait.",
    ),
    field(
        "kerning",
        Kind::Flag,
        "Kerning and ligatures in the PDF; off, simple parsers read every word whole.",
    ),
];

/// Sections that a style can order, hide and name. Contact data is always first.
fn sections() -> Vec<String> {
    let names = Section::ALL.iter().filter(|s| **s != Section::Contact).map(name_of);
    names.collect()
}

fn name_of(section: &Section) -> String {
    match serde_json::to_value(section) {
        Ok(Value::String(name)) => name,
        _ => String::new(),
    }
}

/// Whether a value may stand at a path.
///
/// # Errors
/// [`RenderError::Style`] naming the path and what is allowed there.
pub(super) fn check(path: &str, value: &Value) -> Result<(), RenderError> {
    let Some(field) = FIELDS.iter().find(|f| f.path == path) else {
        return match path.split_once('.').map(|(group, key)| (find(group), key)) {
            Some((Some(Kind::PerSection(longest)), key)) => match sections().iter().any(|s| s == key) {
                true => Kind::Text(longest).check(path, value),
                false => Err(fault(
                    path,
                    format!("no such section; sections: {}", sections().join(", ")),
                )),
            },
            _ => Err(unknown(path)),
        };
    };
    field.kind.check(path, value)
}

fn find(path: &str) -> Option<Kind> {
    FIELDS.iter().find(|f| f.path == path).map(|f| f.kind)
}

/// Names the neighbours of a path that does not exist.
fn unknown(path: &str) -> RenderError {
    let mut group = path;
    while let Some((outer, _)) = group.rsplit_once('.') {
        let inside: Vec<&str> = FIELDS
            .iter()
            .filter_map(|f| f.path.strip_prefix(outer)?.strip_prefix('.'))
            .collect();
        if !inside.is_empty() {
            return fault(path, format!("no such field; {outer} has: {}", inside.join(", ")));
        }
        group = outer;
    }
    if FIELDS.iter().any(|f| f.path.starts_with(&format!("{path}."))) {
        return fault(path, "has members of its own: write an object");
    }
    let mut names: Vec<&str> = FIELDS
        .iter()
        .map(|f| f.path.split('.').next().unwrap_or(f.path))
        .collect();
    names.dedup();
    fault(path, format!("no such field; fields: {}", names.join(", ")))
}

impl Kind {
    fn check(self, path: &str, value: &Value) -> Result<(), RenderError> {
        let good = match self {
            Kind::Number(low, high) => value.as_f64().is_some_and(|n| (low..=high).contains(&n)),
            Kind::Integer(low, high) => value.as_i64().is_some_and(|n| (low..=high).contains(&n)),
            Kind::Choice(values) => value.as_str().is_some_and(|v| values.contains(&v)),
            Kind::Colour => value
                .as_str()
                .and_then(|v| v.strip_prefix('#'))
                .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit())),
            Kind::Family => value.as_str().is_some_and(|v| fonts::families().any(|f| f == v)),
            Kind::Flag => value.is_boolean(),
            Kind::Text(longest) => value.as_str().is_some_and(|v| v.chars().count() <= longest),
            Kind::Sections => {
                let known = sections();
                let list = value.as_array();
                list.is_some_and(|l| {
                    l.iter()
                        .all(|v| v.as_str().is_some_and(|v| known.iter().any(|k| k == v)))
                })
            }
            // Its members are checked one by one.
            Kind::PerSection(_) => false,
        };
        match good {
            true => Ok(()),
            false => Err(fault(
                path,
                format!("{value} is not allowed; allowed: {}", self.allowed()),
            )),
        }
    }

    /// The values that may stand here, in words.
    fn allowed(self) -> String {
        match self {
            Kind::Number(low, high) => format!("a number from {low} to {high}"),
            Kind::Integer(low, high) => format!("a whole number from {low} to {high}"),
            Kind::Choice(values) => values.join(", "),
            Kind::Colour => "a colour like #1f3a5f".to_owned(),
            Kind::Family => fonts::families().collect::<Vec<_>>().join(", "),
            Kind::Flag => "true, false".to_owned(),
            Kind::Text(longest) => format!("a text of at most {longest} characters"),
            Kind::Sections => format!("a list of {}", sections().join(", ")),
            Kind::PerSection(_) => format!("an object with any of {}", sections().join(", ")),
        }
    }

    fn schema(self) -> Value {
        match self {
            Kind::Number(low, high) => json!({"type": "number", "minimum": low, "maximum": high}),
            Kind::Integer(low, high) => json!({"type": "integer", "minimum": low, "maximum": high}),
            Kind::Choice(values) => json!({"enum": values}),
            Kind::Colour => json!({"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"}),
            Kind::Family => json!({"enum": fonts::families().collect::<Vec<_>>()}),
            Kind::Flag => json!({"type": "boolean"}),
            Kind::Text(longest) => json!({"type": "string", "maxLength": longest}),
            Kind::Sections => json!({"type": "array", "items": {"enum": sections()}}),
            Kind::PerSection(longest) => {
                let text = json!({"type": "string", "maxLength": longest});
                let members: Map<String, Value> = sections().into_iter().map(|s| (s, text.clone())).collect();
                json!({"type": "object", "properties": members, "additionalProperties": false})
            }
        }
    }
}

/// JSON Schema (draft 2020-12) of a partial style, as people write it.
pub fn schema() -> Value {
    let mut members = Map::new();
    for field in FIELDS {
        let mut value = field.kind.schema();
        value["description"] = field.about.into();
        match field.path.split_once('.') {
            None => {
                members.insert(field.path.to_owned(), value);
            }
            Some((group, key)) => {
                let empty = json!({"type": "object", "properties": {}, "additionalProperties": false});
                members.entry(group).or_insert(empty)["properties"][key] = value;
            }
        }
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Style of a résumé",
        "description": "What is left out stays as the template has it. Lengths are in points, margins in millimetres.",
        "type": "object",
        "properties": members,
        "additionalProperties": false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Template;
    use crate::style::{Style, leaves};

    #[test]
    fn the_table_has_every_member_and_no_other() {
        let style = serde_json::to_value(Template::all()[0].style()).unwrap();
        let mut members: Vec<String> = leaves(style.as_object().unwrap(), "")
            .into_iter()
            .map(|l| l.0)
            .collect();
        members.push("section-titles".to_owned());
        members.sort();
        let mut table: Vec<&str> = FIELDS.iter().map(|f| f.path).collect();
        table.sort_unstable();
        assert_eq!(members, table);
    }

    #[test]
    fn a_wrong_value_names_its_path_and_what_is_allowed() {
        let style = Template::all()[0].style();
        let cases = [
            (r#"{"heading": {"case": "loud"}}"#, "heading.case", "normal, upper"),
            (r#"{"heading": {"size": 3}}"#, "heading.size", "from 7 to 30"),
            (r#"{"heading": {"sise": 3}}"#, "heading.sise", "heading has: size"),
            (r#"{"heading": 3}"#, "heading", "write an object"),
            (r#"{"hedding": 3}"#, "hedding", "fields: paper"),
            (r#"{"accent-color": "red"}"#, "accent-color", "#1f3a5f"),
            (r#"{"font-family": "Wingdings"}"#, "font-family", "Inter"),
            (
                r#"{"section-order": ["work", "contact"]}"#,
                "section-order",
                "summary, work",
            ),
            (
                r#"{"section-titles": {"job": "Jobs"}}"#,
                "section-titles.job",
                "sections: summary",
            ),
            (r#"{"columns": {"count": 3}}"#, "columns.count", "from 1 to 2"),
            (r#"{"photo": {"show": "yes"}}"#, "photo.show", "true, false"),
            ("[]", "", "not a JSON object"),
        ];
        for (json, path, allowed) in cases {
            let error = style.overlaid(json).unwrap_err();
            let RenderError::Style { field, problem } = &error else {
                panic!("{error}")
            };
            assert_eq!(field, path, "{error}");
            assert!(problem.contains(allowed), "{error}");
        }
        let good = style
            .overlaid(r#"{"section-titles": {"work": "Career"}, "columns": {}}"#)
            .unwrap();
        assert_eq!(good.section_titles[&Section::Work], "Career");
    }

    #[test]
    fn what_the_schema_allows_is_a_style() {
        let schema = schema();
        let title = &schema["properties"]["heading"]["properties"]["rule"]["enum"];
        assert_eq!(title, &json!(["none", "below", "above"]));
        // Every choice of the schema can be taken.
        let base = Template::all()[0].style();
        for field in FIELDS {
            if let Kind::Choice(values) = field.kind {
                for value in values {
                    let json = match field.path.split_once('.') {
                        None => json!({field.path: value}),
                        Some((group, key)) => json!({group: {key: value}}),
                    };
                    let style: Style = base.overlaid(&json.to_string()).unwrap();
                    let after = serde_json::to_value(&style).unwrap();
                    let pointer = format!("/{}", field.path.replace('.', "/"));
                    assert_eq!(after.pointer(&pointer), Some(&json!(value)), "{}", field.path);
                }
            }
        }
    }
}
