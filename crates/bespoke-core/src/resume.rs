//! The résumé: what a person can say about themselves, each field with where it came from.
//!
//! Names follow JSON Resume 1.0 (`work`, `education`, `skills` …). Every entry and bullet has an [`Id`]
//! that stays the same while the résumé is edited, so that edits and suggestions can address it.

use crate::date::{End, PartialDate};
use crate::document::Rect;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Identifies an entry or a bullet within one résumé: a letter for the kind and a number, as in `w2` or `b17`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Id(pub String);

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where in the original a value stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Source {
    /// First byte in `Document::text` (UTF-8).
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Page index from 0.
    pub page: usize,
    /// Box on that page, where the format has geometry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bbox: Option<Rect>,
}

/// A value, where it stands in the original, and how sure the parser is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Field<T> {
    /// The value itself.
    pub value: T,
    /// Where it stands; `None` where the person typed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// Probability that it is right, 0 to 1; 1 where the person typed or confirmed it.
    #[serde(default = "sure")]
    pub confidence: f32,
}

fn sure() -> f32 {
    1.0
}

impl<T> Field<T> {
    /// A value that a person typed or confirmed.
    pub fn typed(value: T) -> Self {
        Field {
            value,
            source: None,
            confidence: 1.0,
        }
    }
    /// A value that was read at `source` with `confidence` in 0 to 1.
    pub fn read(value: T, source: Source, confidence: f32) -> Self {
        Field {
            value,
            source: Some(source),
            confidence,
        }
    }
}

/// On the wire every value is a string, dates too, so that one schema describes all fields.
#[cfg(feature = "schema")]
mod schema {
    use super::{Field, Source};
    use std::borrow::Cow;
    use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, OneOfBuilder, Ref, SchemaFormat, Type};
    use utoipa::openapi::{RefOr, Schema};
    use utoipa::{PartialSchema, ToSchema};

    impl<T> PartialSchema for Field<T> {
        fn schema() -> RefOr<Schema> {
            ObjectBuilder::new()
                .description(Some(
                    "A value, where it stands in the original, and how sure the parser is.",
                ))
                .property(
                    "value",
                    ObjectBuilder::new().schema_type(Type::String).description(Some(
                        "The value itself; a date as `2021`, `2021-03`, `2021-03-15` or `present`.",
                    )),
                )
                .required("value")
                .property(
                    "source",
                    OneOfBuilder::new()
                        .item(Ref::from_schema_name("Source"))
                        .item(ObjectBuilder::new().schema_type(Type::Null))
                        .description(Some("Where it stands; absent where the person typed it.")),
                )
                .property(
                    "confidence",
                    ObjectBuilder::new()
                        .schema_type(Type::Number)
                        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Float)))
                        .description(Some(
                            "Probability that it is right, 0 to 1; 1 where the person typed or confirmed it.",
                        )),
                )
                .into()
        }
    }

    impl<T> ToSchema for Field<T> {
        fn name() -> Cow<'static, str> {
            Cow::Borrowed("Field")
        }
        fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
            schemas.push((Source::name().into(), Source::schema()));
            Source::schemas(schemas);
        }
    }
}

/// A text field.
pub type Text = Field<String>;

/// Who it is and how to reach them.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Contact {
    /// Full name as shown.
    pub name: Option<Text>,
    /// Professional headline under the name.
    pub label: Option<Text>,
    /// E-mail address.
    pub email: Option<Text>,
    /// Phone number as shown.
    pub phone: Option<Text>,
    /// Home place.
    pub location: Option<Location>,
    /// Own web page.
    pub url: Option<Text>,
    /// Profiles on networks (LinkedIn, GitHub …).
    pub profiles: Vec<Profile>,
}

/// A place, split as far as it can be.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Location {
    /// As shown, one line.
    pub text: Option<Text>,
    /// Street and number.
    pub address: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// City.
    pub city: Option<String>,
    /// State or region.
    pub region: Option<String>,
    /// ISO 3166-1 alpha-2 code.
    pub country_code: Option<String>,
}

/// A profile on a network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Profile {
    /// LinkedIn, GitHub, …
    pub network: String,
    /// User name, where the link shows one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// The link.
    pub url: Text,
}

/// One bullet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Bullet {
    /// Stays the same under edits.
    pub id: Id,
    /// One sentence or fragment, without the bullet glyph.
    pub text: Text,
    /// Nesting, 0 is the outermost.
    #[serde(default)]
    pub level: u8,
}

/// A job. Also used for volunteering.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Work {
    /// Stays the same under edits.
    pub id: Id,
    /// Employer or organisation.
    #[serde(default)]
    pub company: Option<Text>,
    /// Job title.
    #[serde(default)]
    pub position: Option<Text>,
    /// Place of work as shown.
    #[serde(default)]
    pub location: Option<Text>,
    /// Link of the employer.
    #[serde(default)]
    pub url: Option<Text>,
    /// First day, at shown precision.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(value_type = Option<Text>))]
    pub start: Option<Field<PartialDate>>,
    /// Last day, or present.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(value_type = Option<Text>))]
    pub end: Option<Field<End>>,
    /// Paragraph under the heading.
    #[serde(default)]
    pub summary: Option<Text>,
    /// Bullets in order.
    #[serde(default)]
    pub highlights: Vec<Bullet>,
}

/// A degree or course of study.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Education {
    /// Stays the same under edits.
    pub id: Id,
    /// School.
    #[serde(default)]
    pub institution: Option<Text>,
    /// Degree: "Bachelor of Science".
    #[serde(default)]
    pub study_type: Option<Text>,
    /// Subject: "Computer Science".
    #[serde(default)]
    pub area: Option<Text>,
    /// Place as shown.
    #[serde(default)]
    pub location: Option<Text>,
    /// First day, at shown precision.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(value_type = Option<Text>))]
    pub start: Option<Field<PartialDate>>,
    /// Last day, or present.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(value_type = Option<Text>))]
    pub end: Option<Field<End>>,
    /// Grade as shown.
    #[serde(default)]
    pub score: Option<Text>,
    /// Courses.
    #[serde(default)]
    pub courses: Vec<Text>,
    /// Further lines.
    #[serde(default)]
    pub highlights: Vec<Bullet>,
}

/// A named group of skills, or the one unnamed group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SkillGroup {
    /// Stays the same under edits.
    pub id: Id,
    /// "Languages", "Tools" …
    #[serde(default)]
    pub name: Option<Text>,
    /// Skills in order.
    #[serde(default)]
    pub keywords: Vec<Text>,
    /// Level as shown ("Expert").
    #[serde(default)]
    pub level: Option<Text>,
}

/// A named thing with an issuer and a date: certificate, award, publication.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Credential {
    /// Stays the same under edits.
    pub id: Id,
    /// Its name or title.
    pub name: Text,
    /// Issuer, awarder or publisher.
    #[serde(default)]
    pub issuer: Option<Text>,
    /// When.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(value_type = Option<Text>))]
    pub date: Option<Field<PartialDate>>,
    /// Link.
    #[serde(default)]
    pub url: Option<Text>,
    /// Further text.
    #[serde(default)]
    pub summary: Option<Text>,
}

/// A project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Project {
    /// Stays the same under edits.
    pub id: Id,
    /// Its name.
    pub name: Text,
    /// One paragraph.
    #[serde(default)]
    pub description: Option<Text>,
    /// The person's part in it.
    #[serde(default)]
    pub role: Option<Text>,
    /// Employer or organisation it was for.
    #[serde(default)]
    pub entity: Option<Text>,
    /// First day, at shown precision.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(value_type = Option<Text>))]
    pub start: Option<Field<PartialDate>>,
    /// Last day, or present.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(value_type = Option<Text>))]
    pub end: Option<Field<End>>,
    /// Link.
    #[serde(default)]
    pub url: Option<Text>,
    /// Bullets in order.
    #[serde(default)]
    pub highlights: Vec<Bullet>,
    /// Technologies listed for it.
    #[serde(default)]
    pub keywords: Vec<Text>,
}

/// A spoken language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Language {
    /// Stays the same under edits.
    pub id: Id,
    /// "German".
    pub language: Text,
    /// Level as shown: "B2", "native".
    #[serde(default)]
    pub fluency: Option<Text>,
}

/// An interest with its particulars.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Interest {
    /// Stays the same under edits.
    pub id: Id,
    /// "Trail running".
    pub name: Text,
    /// Particulars.
    #[serde(default)]
    pub keywords: Vec<Text>,
}

/// Somebody who recommends the person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Reference {
    /// Stays the same under edits.
    pub id: Id,
    /// Who.
    pub name: Text,
    /// What they say, or how to reach them.
    #[serde(default)]
    pub reference: Option<Text>,
}

/// A section that fits nowhere else: nothing is dropped.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Extra {
    /// Stays the same under edits.
    pub id: Id,
    /// Heading as shown; empty for lines without one.
    pub heading: Text,
    /// Its lines.
    #[serde(default)]
    pub lines: Vec<Bullet>,
}

/// The sections of a résumé.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Section {
    Contact,
    Summary,
    Work,
    Education,
    Skills,
    Certificates,
    Projects,
    Languages,
    Awards,
    Publications,
    Volunteer,
    Interests,
    References,
    Extras,
}

impl Section {
    /// All of them, in the order that most résumés use.
    pub const ALL: [Section; 14] = [
        Section::Contact,
        Section::Summary,
        Section::Work,
        Section::Education,
        Section::Skills,
        Section::Certificates,
        Section::Projects,
        Section::Languages,
        Section::Awards,
        Section::Publications,
        Section::Volunteer,
        Section::Interests,
        Section::References,
        Section::Extras,
    ];
}

/// A whole résumé.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Resume {
    /// Who it is.
    pub contact: Contact,
    /// Opening paragraph.
    pub summary: Option<Text>,
    /// Jobs as shown, usually newest first.
    pub work: Vec<Work>,
    /// Degrees.
    pub education: Vec<Education>,
    /// Skills by group.
    pub skills: Vec<SkillGroup>,
    /// Certificates and licences.
    pub certificates: Vec<Credential>,
    /// Projects.
    pub projects: Vec<Project>,
    /// Spoken languages.
    pub languages: Vec<Language>,
    /// Awards and honours.
    pub awards: Vec<Credential>,
    /// Publications.
    pub publications: Vec<Credential>,
    /// Volunteering.
    pub volunteer: Vec<Work>,
    /// Interests.
    pub interests: Vec<Interest>,
    /// References.
    pub references: Vec<Reference>,
    /// Everything else.
    pub extras: Vec<Extra>,
    /// Natural language as BCP 47 (`en`, `de`), where known.
    pub language: Option<String>,
    /// Sections in the order the original shows them; empty means the default order.
    pub order: Vec<Section>,
}

impl Resume {
    /// Gives every entry and bullet without an id (an empty string) a fresh one; ids that exist stay.
    pub fn assign_ids(&mut self) {
        let mut ids = Vec::new();
        self.each_id(|id, _| {
            if !id.0.is_empty() {
                ids.push(id.0.clone());
            }
        });
        let mut used: std::collections::HashSet<String> = ids.into_iter().collect();
        let mut counters = std::collections::HashMap::new();
        self.each_id(|id, prefix| {
            while id.0.is_empty() {
                let n: &mut u32 = counters.entry(prefix).or_default();
                *n += 1;
                let candidate = format!("{prefix}{n}");
                if used.insert(candidate.clone()) {
                    id.0 = candidate;
                }
            }
        });
    }

    fn each_id(&mut self, mut f: impl FnMut(&mut Id, &'static str)) {
        let bullets = |list: &mut Vec<Bullet>, f: &mut dyn FnMut(&mut Id, &'static str)| {
            for b in list {
                f(&mut b.id, "b");
            }
        };
        for w in &mut self.work {
            f(&mut w.id, "w");
            bullets(&mut w.highlights, &mut f);
        }
        for e in &mut self.education {
            f(&mut e.id, "e");
            bullets(&mut e.highlights, &mut f);
        }
        for s in &mut self.skills {
            f(&mut s.id, "s");
        }
        for c in &mut self.certificates {
            f(&mut c.id, "c");
        }
        for p in &mut self.projects {
            f(&mut p.id, "p");
            bullets(&mut p.highlights, &mut f);
        }
        for l in &mut self.languages {
            f(&mut l.id, "l");
        }
        for a in &mut self.awards {
            f(&mut a.id, "a");
        }
        for p in &mut self.publications {
            f(&mut p.id, "u");
        }
        for v in &mut self.volunteer {
            f(&mut v.id, "v");
            bullets(&mut v.highlights, &mut f);
        }
        for i in &mut self.interests {
            f(&mut i.id, "i");
        }
        for r in &mut self.references {
            f(&mut r.id, "r");
        }
        for x in &mut self.extras {
            f(&mut x.id, "x");
            bullets(&mut x.lines, &mut f);
        }
    }
}

impl Default for Id {
    /// The empty id, to be filled by [`Resume::assign_ids`].
    fn default() -> Self {
        Id(String::new())
    }
}
