//! Europass CV as XML (`SkillsPassport`, versions 3): data already, taken over field by field.

use super::xml::Node;
use super::{IngestError, html, json_resume, txt, xml};
use crate::document::{Document, Format};
use serde_json::{Map, Value, json};

/// True where the text is a Europass CV.
pub fn is_europass(xml: &str) -> bool {
    let start: String = xml.chars().take(4000).collect();
    start.contains("<SkillsPassport") || start.contains(":SkillsPassport")
}

/// Reads a Europass CV.
pub fn read(bytes: &[u8]) -> Result<Document, IngestError> {
    let source = txt::decode(bytes);
    if xml::declares_type(&source) {
        return Err(IngestError::Bomb {
            what: "its XML declares a document type".into(),
        });
    }
    let corrupt = |detail: String| IngestError::Corrupt {
        format: "Europass XML",
        detail,
    };
    let root = Node::read(&source).map_err(corrupt)?;
    let learner = root
        .find(&["SkillsPassport", "LearnerInfo"])
        .ok_or_else(|| corrupt("it has no LearnerInfo".into()))?;
    let value = json!({
        "basics": basics(learner),
        "work": learner.all(&["WorkExperienceList", "WorkExperience"]).into_iter().map(work).collect::<Vec<_>>(),
        "education": learner.all(&["EducationList", "Education"]).into_iter().map(education).collect::<Vec<_>>(),
        "languages": languages(learner),
        "skills": skills(learner),
        "projects": achievements(learner, &["projects"], "description"),
        "publications": achievements(learner, &["publications"], "name"),
        "awards": achievements(learner, &["honors_awards"], "title"),
        "certificates": achievements(learner, &["certifications", "courses", "seminars"], "name"),
    });
    Ok(json_resume::document(&value, Format::Europass, bytes.len()))
}

fn put(map: &mut Map<String, Value>, key: &str, value: Option<String>) {
    if let Some(value) = value {
        map.insert(key.into(), value.into());
    }
}

/// The shown name of a coded value, else its code.
fn label(node: &Node, path: &[&str]) -> Option<String> {
    let node = node.find(path)?;
    node.value(&["Label"]).or_else(|| node.value(&["Code"]))
}

/// A text field, which may hold escaped HTML.
fn prose(node: &Node, path: &[&str]) -> (Option<String>, Vec<String>) {
    match node.find(path) {
        Some(found) => json_resume::prose(&html::read(found.text.as_bytes())),
        None => (None, Vec::new()),
    }
}

fn place(address: Option<&Node>) -> Option<String> {
    let address = address?;
    let country = label(address, &["Country"]);
    let parts: Vec<String> = [address.value(&["Municipality"]), country]
        .into_iter()
        .flatten()
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn basics(learner: &Node) -> Value {
    let mut out = Map::new();
    let Some(identity) = learner.find(&["Identification"]) else {
        return Value::Null;
    };
    let names = [
        identity.value(&["PersonName", "FirstName"]),
        identity.value(&["PersonName", "Surname"]),
    ];
    let name = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
    put(&mut out, "name", Some(name).filter(|n| !n.is_empty()));
    put(&mut out, "label", label(learner, &["Headline", "Description"]));
    let contact = |path: &[&str]| identity.find(&["ContactInfo"]).and_then(|c| c.value(path));
    put(&mut out, "email", contact(&["Email", "Contact"]));
    put(&mut out, "phone", contact(&["TelephoneList", "Telephone", "Contact"]));
    let sites = identity.all(&["ContactInfo", "WebsiteList", "Website"]);
    let mut sites = sites.iter().filter_map(|s| s.value(&["Contact"]));
    put(&mut out, "url", sites.next());
    let profiles: Vec<Value> = sites.map(|url| json!({ "url": url })).collect();
    out.insert("profiles".into(), profiles.into());
    if let Some(address) = identity.find(&["ContactInfo", "Address", "Contact"]) {
        let mut location = Map::new();
        put(&mut location, "address", address.value(&["AddressLine"]));
        put(&mut location, "postalCode", address.value(&["PostalCode"]));
        put(&mut location, "city", address.value(&["Municipality"]));
        put(&mut location, "countryCode", address.value(&["Country", "Code"]));
        out.insert("location".into(), location.into());
    }
    out.into()
}

/// `year="2001" month="--03" day="---10"`.
fn date(node: Option<&Node>) -> Option<String> {
    let node = node?;
    let mut out = node.attribute("year")?.trim().to_owned();
    for part in ["month", "day"] {
        let Some(value) = node.attribute(part) else { break };
        let number: u8 = value.trim_start_matches('-').trim().parse().ok()?;
        out.push_str(&format!("-{number:02}"));
    }
    Some(out)
}

fn period(out: &mut Map<String, Value>, node: &Node) {
    put(out, "startDate", date(node.find(&["Period", "From"])));
    let current = node.value(&["Period", "Current"]).as_deref() == Some("true");
    let end = date(node.find(&["Period", "To"])).or(current.then(|| "Present".into()));
    put(out, "endDate", end);
}

fn work(node: &Node) -> Value {
    let mut out = Map::new();
    put(&mut out, "position", label(node, &["Position"]));
    put(&mut out, "name", node.value(&["Employer", "Name"]));
    put(
        &mut out,
        "location",
        place(node.find(&["Employer", "ContactInfo", "Address", "Contact"])),
    );
    put(
        &mut out,
        "url",
        node.value(&["Employer", "ContactInfo", "Website", "Contact"]),
    );
    period(&mut out, node);
    let (summary, highlights) = prose(node, &["Activities"]);
    put(&mut out, "summary", summary);
    out.insert("highlights".into(), highlights.into());
    out.into()
}

fn education(node: &Node) -> Value {
    let mut out = Map::new();
    put(&mut out, "studyType", node.value(&["Title"]));
    put(&mut out, "area", label(node, &["Field"]));
    put(&mut out, "institution", node.value(&["Organisation", "Name"]));
    put(
        &mut out,
        "location",
        place(node.find(&["Organisation", "ContactInfo", "Address", "Contact"])),
    );
    period(&mut out, node);
    let (summary, mut courses) = prose(node, &["Activities"]);
    courses.extend(summary);
    out.insert("courses".into(), courses.into());
    out.into()
}

fn languages(learner: &Node) -> Value {
    let mut out = Vec::new();
    for node in learner.all(&["Skills", "Linguistic", "MotherTongueList", "MotherTongue"]) {
        if let Some(language) = label(node, &["Description"]) {
            out.push(json!({ "language": language, "fluency": "Mother tongue" }));
        }
    }
    for node in learner.all(&["Skills", "Linguistic", "ForeignLanguageList", "ForeignLanguage"]) {
        let Some(language) = label(node, &["Description"]) else {
            continue;
        };
        let levels = node
            .find(&["ProficiencyLevel"])
            .map(|l| &l.children[..])
            .unwrap_or_default();
        let mut levels: Vec<&str> = levels.iter().map(|l| l.text.trim()).filter(|l| !l.is_empty()).collect();
        levels.dedup();
        out.push(json!({ "language": language, "fluency": levels.join(", ") }));
    }
    out.into()
}

fn skills(learner: &Node) -> Value {
    let groups = ["Communication", "Organisational", "JobRelated", "Computer", "Other"];
    let mut out: Vec<Value> = Vec::new();
    for group in groups {
        let (summary, mut words) = prose(learner, &["Skills", group, "Description"]);
        words.extend(summary);
        if !words.is_empty() {
            out.push(json!({ "name": group, "keywords": words }));
        }
    }
    let licences = learner.all(&["Skills", "Driving", "Description", "Licence"]);
    let licences: Vec<&str> = licences
        .iter()
        .map(|l| l.text.trim())
        .filter(|l| !l.is_empty())
        .collect();
    if !licences.is_empty() {
        out.push(json!({ "name": "Driving licence", "keywords": licences }));
    }
    out.into()
}

/// Achievements of these kinds, one entry for each line of their text.
fn achievements(learner: &Node, kinds: &[&str], key: &str) -> Value {
    let mut out: Vec<Value> = Vec::new();
    for node in learner.all(&["AchievementList", "Achievement"]) {
        let code = node.value(&["Title", "Code"]).unwrap_or_default();
        if !kinds.contains(&code.as_str()) {
            continue;
        }
        let (summary, lines) = prose(node, &["Description"]);
        for text in summary.into_iter().chain(lines) {
            let name = label(node, &["Title"]).unwrap_or_default();
            out.push(match key {
                "description" => json!({ "name": name, "description": text }),
                key => json!({ key: text }),
            });
        }
    }
    out.into()
}
