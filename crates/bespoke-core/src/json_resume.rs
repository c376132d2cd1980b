//! JSON Resume 1.0, both ways. What the schema has no place for goes under `meta.bespoke`.

use crate::date::{End, PartialDate};
use crate::resume::{
    Bullet, Contact, Credential, Education, Extra, Field, Id, Interest, Language, Location, Profile, Project,
    Reference, Resume, SkillGroup, Text, Work,
};
use serde_json::{Map, Value, json};

const SCHEMA: &str = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json";

fn put(map: &mut Map<String, Value>, key: &str, value: Option<Value>) {
    match value {
        None | Some(Value::Null) => {}
        Some(Value::Array(list)) if list.is_empty() => {}
        Some(Value::Object(object)) if object.is_empty() => {}
        Some(Value::String(text)) if text.is_empty() => {}
        Some(value) => {
            map.insert(key.to_owned(), value);
        }
    }
}

fn text(field: &Option<Text>) -> Option<Value> {
    field.as_ref().map(|f| Value::String(f.value.clone()))
}

fn start(field: &Option<Field<PartialDate>>) -> Option<Value> {
    field.as_ref().map(|f| Value::String(f.value.to_string()))
}

fn end(field: &Option<Field<End>>) -> Option<Value> {
    match field.as_ref()?.value {
        End::Date(date) => Some(Value::String(date.to_string())),
        End::Present => None,
    }
}

fn bullets(list: &[Bullet]) -> Option<Value> {
    Some(list.iter().map(|b| Value::String(b.text.value.clone())).collect())
}

fn texts(list: &[Text]) -> Option<Value> {
    Some(list.iter().map(|t| Value::String(t.value.clone())).collect())
}

fn object(members: impl IntoIterator<Item = (&'static str, Option<Value>)>) -> Value {
    let mut map = Map::new();
    for (key, value) in members {
        put(&mut map, key, value);
    }
    Value::Object(map)
}

/// Writes JSON Resume 1.0. A job that goes on has no `endDate`.
pub fn to_json_resume(resume: &Resume) -> Value {
    let contact = &resume.contact;
    let location = contact.location.as_ref().map(|l| {
        let own = |s: &Option<String>| s.clone().map(Value::String);
        object([
            ("address", own(&l.address)),
            ("postalCode", own(&l.postal_code)),
            ("city", own(&l.city).or_else(|| text(&l.text))),
            ("countryCode", own(&l.country_code)),
            ("region", own(&l.region)),
        ])
    });
    let profiles = contact.profiles.iter().map(|p| {
        object([
            ("network", Some(p.network.clone().into())),
            ("username", p.username.clone().map(Value::String)),
            ("url", Some(p.url.value.clone().into())),
        ])
    });
    let basics = object([
        ("name", text(&contact.name)),
        ("label", text(&contact.label)),
        ("email", text(&contact.email)),
        ("phone", text(&contact.phone)),
        ("url", text(&contact.url)),
        ("summary", text(&resume.summary)),
        ("location", location),
        ("profiles", Some(profiles.collect())),
    ]);
    let work = |w: &Work, employer: &'static str| {
        object([
            (employer, text(&w.company)),
            ("position", text(&w.position)),
            ("location", text(&w.location)),
            ("url", text(&w.url)),
            ("startDate", start(&w.start)),
            ("endDate", end(&w.end)),
            ("summary", text(&w.summary)),
            ("highlights", bullets(&w.highlights)),
        ])
    };
    let credential = |c: &Credential, name: &'static str, issuer: &'static str, date: &'static str| {
        object([
            (name, Some(c.name.value.clone().into())),
            (date, start(&c.date)),
            (issuer, text(&c.issuer)),
            ("url", text(&c.url)),
            ("summary", text(&c.summary)),
        ])
    };
    let education = resume.education.iter().map(|e| {
        object([
            ("institution", text(&e.institution)),
            ("area", text(&e.area)),
            ("studyType", text(&e.study_type)),
            ("startDate", start(&e.start)),
            ("endDate", end(&e.end)),
            ("score", text(&e.score)),
            ("courses", texts(&e.courses)),
            ("location", text(&e.location)),
            ("highlights", bullets(&e.highlights)),
        ])
    });
    let skills = resume.skills.iter().map(|s| {
        let name = s.name.as_ref().map_or("Skills", |n| &n.value);
        object([
            ("name", Some(name.into())),
            ("level", text(&s.level)),
            ("keywords", texts(&s.keywords)),
        ])
    });
    let projects = resume.projects.iter().map(|p| {
        object([
            ("name", Some(p.name.value.clone().into())),
            ("description", text(&p.description)),
            ("highlights", bullets(&p.highlights)),
            ("keywords", texts(&p.keywords)),
            ("startDate", start(&p.start)),
            ("endDate", end(&p.end)),
            ("url", text(&p.url)),
            ("roles", p.role.as_ref().map(|r| json!([r.value]))),
            ("entity", text(&p.entity)),
        ])
    });
    let languages = resume.languages.iter().map(|l| {
        object([
            ("language", Some(l.language.value.clone().into())),
            ("fluency", text(&l.fluency)),
        ])
    });
    let interests = resume.interests.iter().map(|i| {
        object([
            ("name", Some(i.name.value.clone().into())),
            ("keywords", texts(&i.keywords)),
        ])
    });
    let references = resume.references.iter().map(|r| {
        object([
            ("name", Some(r.name.value.clone().into())),
            ("reference", text(&r.reference)),
        ])
    });
    let extras: Value = resume
        .extras
        .iter()
        .map(|x| {
            object([
                ("heading", Some(x.heading.value.clone().into())),
                ("lines", bullets(&x.lines)),
            ])
        })
        .collect();
    let meta = object([
        ("language", resume.language.clone().map(Value::String)),
        ("bespoke", Some(object([("extras", Some(extras))]))),
    ]);
    object([
        ("$schema", Some(SCHEMA.into())),
        ("basics", Some(basics)),
        ("work", Some(resume.work.iter().map(|w| work(w, "name")).collect())),
        (
            "volunteer",
            Some(resume.volunteer.iter().map(|w| work(w, "organization")).collect()),
        ),
        ("education", Some(education.collect())),
        (
            "awards",
            Some(
                resume
                    .awards
                    .iter()
                    .map(|c| credential(c, "title", "awarder", "date"))
                    .collect(),
            ),
        ),
        (
            "certificates",
            Some(
                resume
                    .certificates
                    .iter()
                    .map(|c| credential(c, "name", "issuer", "date"))
                    .collect(),
            ),
        ),
        (
            "publications",
            Some(
                resume
                    .publications
                    .iter()
                    .map(|c| credential(c, "name", "publisher", "releaseDate"))
                    .collect(),
            ),
        ),
        ("skills", Some(skills.collect())),
        ("languages", Some(languages.collect())),
        ("interests", Some(interests.collect())),
        ("references", Some(references.collect())),
        ("projects", Some(projects.collect())),
        ("meta", Some(meta)),
    ])
}

struct Reader<'a>(&'a Value);

impl<'a> Reader<'a> {
    fn string(&self, key: &str) -> Option<String> {
        match self.0.get(key)? {
            Value::String(s) => Some(s.trim().to_owned()).filter(|s| !s.is_empty()),
            Value::Number(n) => Some(n.to_string()),
            _ => None,
        }
    }
    fn text(&self, key: &str) -> Option<Text> {
        self.string(key).map(Field::typed)
    }
    fn name(&self, key: &str) -> Option<Text> {
        self.text(key)
    }
    fn start(&self, key: &str) -> Option<Field<PartialDate>> {
        self.string(key)?.parse().ok().map(Field::typed)
    }
    /// An end date; a start without one goes on.
    fn end(&self) -> Option<Field<End>> {
        match self.string("endDate") {
            Some(date) => match date.parse() {
                Ok(date) => Some(Field::typed(End::Date(date))),
                Err(_) => Some(Field::typed(End::Present)),
            },
            None => self.start("startDate").map(|_| Field::typed(End::Present)),
        }
    }
    fn list(&self, key: &str) -> Vec<Reader<'a>> {
        match self.0.get(key) {
            Some(Value::Array(list)) => list.iter().filter(|v| v.is_object()).map(Reader).collect(),
            _ => Vec::new(),
        }
    }
    fn texts(&self, key: &str) -> Vec<Text> {
        match self.0.get(key) {
            Some(Value::Array(list)) => {
                let strings = list
                    .iter()
                    .filter_map(Value::as_str)
                    .map(str::trim)
                    .filter(|s| !s.is_empty());
                strings.map(|s| Field::typed(s.to_owned())).collect()
            }
            _ => Vec::new(),
        }
    }
    fn bullets(&self, key: &str) -> Vec<Bullet> {
        self.texts(key)
            .into_iter()
            .map(|text| Bullet {
                id: Id::default(),
                text,
                level: 0,
            })
            .collect()
    }
    fn work(&self, employer: &str) -> Work {
        Work {
            id: Id::default(),
            company: self.text(employer).or_else(|| self.text("company")),
            position: self.text("position"),
            location: self.text("location"),
            url: self.text("url"),
            start: self.start("startDate"),
            end: self.end(),
            summary: self.text("summary"),
            highlights: self.bullets("highlights"),
        }
    }
    fn credential(&self, name: &str, issuer: &str, date: &str) -> Option<Credential> {
        Some(Credential {
            id: Id::default(),
            name: self.name(name)?,
            issuer: self.text(issuer),
            date: self.start(date),
            url: self.text("url"),
            summary: self.text("summary"),
        })
    }
}

fn contact(basics: &Reader<'_>) -> Contact {
    let location = basics.0.get("location").filter(|l| l.is_object()).map(|l| {
        let l = Reader(l);
        let city = l.string("city");
        let parts: Vec<String> = ["city", "region", "countryCode"]
            .iter()
            .filter_map(|k| l.string(k))
            .collect();
        Location {
            text: Some(Field::typed(parts.join(", "))).filter(|t| !t.value.is_empty()),
            address: l.string("address"),
            postal_code: l.string("postalCode"),
            city,
            region: l.string("region"),
            country_code: l.string("countryCode"),
        }
    });
    let profiles = basics.list("profiles").into_iter().filter_map(|p| {
        let username = p.string("username");
        let url = p.text("url").or_else(|| username.clone().map(Field::typed))?;
        Some(Profile {
            network: p.string("network").unwrap_or_default(),
            username,
            url,
        })
    });
    Contact {
        name: basics.text("name"),
        label: basics.text("label"),
        email: basics.text("email"),
        phone: basics.text("phone"),
        location,
        url: basics.text("url").or_else(|| basics.text("website")),
        profiles: profiles.collect(),
    }
}

/// Reads JSON Resume 1.0 leniently: unknown members are ignored, wrong types skipped. Ids are assigned.
pub fn from_json_resume(value: &Value) -> Resume {
    let root = Reader(value);
    let empty = Value::Null;
    let basics = Reader(value.get("basics").unwrap_or(&empty));
    let bespoke = Reader(value.pointer("/meta/bespoke").unwrap_or(&empty));
    let education = root.list("education").into_iter().map(|e| Education {
        id: Id::default(),
        institution: e.text("institution"),
        study_type: e.text("studyType"),
        area: e.text("area"),
        location: e.text("location"),
        start: e.start("startDate"),
        end: e.end(),
        score: e.text("score").or_else(|| e.text("gpa")),
        courses: e.texts("courses"),
        highlights: e.bullets("highlights"),
    });
    let skills = root.list("skills").into_iter().filter_map(|s| {
        let (name, keywords) = (s.text("name"), s.texts("keywords"));
        // A skill without keywords is a keyword itself.
        let (name, keywords) = if keywords.is_empty() {
            (None, vec![name?])
        } else {
            (name, keywords)
        };
        let name = name.filter(|n| n.value != "Skills");
        Some(SkillGroup {
            id: Id::default(),
            name,
            keywords,
            level: s.text("level"),
        })
    });
    let mut groups: Vec<SkillGroup> = Vec::new();
    for group in skills {
        match groups.last_mut() {
            Some(last) if last.name.is_none() && group.name.is_none() && last.level == group.level => {
                last.keywords.extend(group.keywords);
            }
            _ => groups.push(group),
        }
    }
    let projects = root.list("projects").into_iter().filter_map(|p| {
        Some(Project {
            id: Id::default(),
            name: p.name("name")?,
            description: p.text("description").or_else(|| p.text("summary")),
            role: p.texts("roles").into_iter().next(),
            entity: p.text("entity"),
            start: p.start("startDate"),
            end: if p.string("endDate").is_some() { p.end() } else { None },
            url: p.text("url"),
            highlights: p.bullets("highlights"),
            keywords: p.texts("keywords"),
        })
    });
    let languages = root.list("languages").into_iter().filter_map(|l| {
        Some(Language {
            id: Id::default(),
            language: l.name("language").or_else(|| l.name("name"))?,
            fluency: l.text("fluency"),
        })
    });
    let interests = root.list("interests").into_iter().filter_map(|i| {
        Some(Interest {
            id: Id::default(),
            name: i.name("name")?,
            keywords: i.texts("keywords"),
        })
    });
    let references = root.list("references").into_iter().filter_map(|r| {
        Some(Reference {
            id: Id::default(),
            name: r.name("name")?,
            reference: r.text("reference"),
        })
    });
    let extras = bespoke.list("extras").into_iter().map(|x| Extra {
        id: Id::default(),
        heading: Field::typed(x.string("heading").unwrap_or_default()),
        lines: x.bullets("lines"),
    });
    let mut resume = Resume {
        contact: contact(&basics),
        summary: basics.text("summary"),
        work: root.list("work").iter().map(|w| w.work("name")).collect(),
        education: education.collect(),
        skills: groups,
        certificates: root
            .list("certificates")
            .iter()
            .filter_map(|c| c.credential("name", "issuer", "date"))
            .collect(),
        projects: projects.collect(),
        languages: languages.collect(),
        awards: root
            .list("awards")
            .iter()
            .filter_map(|c| c.credential("title", "awarder", "date"))
            .collect(),
        publications: root
            .list("publications")
            .iter()
            .filter_map(|c| c.credential("name", "publisher", "releaseDate"))
            .collect(),
        volunteer: root.list("volunteer").iter().map(|w| w.work("organization")).collect(),
        interests: interests.collect(),
        references: references.collect(),
        extras: extras.collect(),
        language: value
            .pointer("/meta/language")
            .and_then(Value::as_str)
            .map(str::to_owned),
        order: Vec::new(),
    };
    resume.assign_ids();
    resume
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trip_keeps_everything() {
        for person in
            std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/corpus/personas")).expect("people")
        {
            let json = std::fs::read_to_string(person.expect("a file").path()).expect("text");
            let first = from_json_resume(&serde_json::from_str(&json).expect("JSON"));
            let again = from_json_resume(&to_json_resume(&first));
            assert_eq!(first, again);
            assert!(!first.work.is_empty());
        }
    }

    #[test]
    fn wrong_types_are_skipped() {
        let odd = json!({"basics": [], "work": {"a": 1}, "skills": [1, null, {"name": 7}], "education": [{"startDate": "soon"}]});
        let resume = from_json_resume(&odd);
        assert_eq!(resume.work.len(), 0);
        assert_eq!(resume.skills[0].keywords[0].value, "7");
        assert_eq!(resume.education.len(), 1);
    }
}
