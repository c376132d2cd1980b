//! The frames of claims: sentences that repeat a line of the résumé and say where it belongs.

use super::nouns::{article, titled};
use super::select::{Entry, Told};
use super::{LetterLanguage, german};
use crate::date::End;
use crate::lexicon::skills::{SkillId, SkillKind, Skills};
use crate::matching::level_of_degree;
use crate::resume::{Education, Resume};

/// How quotations from a résumé in another language begin.
pub(super) const QUOTED: [&str; 4] = ["From my time at", "Also from that time:", "And further:", "My time at"];

/// "Bachelor of Science in Computer Science", without a subject that the degree names already.
pub(super) fn degree_of(school: &Education) -> Option<String> {
    let degree = school.study_type.as_ref()?.value.trim();
    let area = school.area.as_ref().map_or("", |a| a.value.trim());
    let named = crate::text::fold(degree).contains(&crate::text::fold(area));
    match degree.is_empty() || degree.contains([',', ';', '|']) {
        true => None,
        false if area.is_empty() || named => Some(degree.to_owned()),
        false => Some(format!("{degree} in {area}")),
    }
}

/// Sentences that say which degree is held: a frame of ours around the words of the résumé.
pub(super) fn degree_sentences(language: LetterLanguage, school: &Education) -> Vec<String> {
    let Some(degree) = degree_of(school) else {
        return Vec::new();
    };
    let at = school
        .institution
        .as_ref()
        .map(|i| i.value.trim())
        .filter(|i| !i.is_empty());
    match (language, at) {
        (LetterLanguage::English, Some(at)) => vec![
            format!("I hold {} {degree} from {}.", article(&degree), organisation(at)),
            format!("My degree is {} {degree} from {}.", article(&degree), organisation(at)),
        ],
        (LetterLanguage::English, None) => vec![format!("I hold {} {degree}.", article(&degree))],
        (LetterLanguage::German, Some(at)) => vec![format!("Mein Abschluss: {degree}, {at}.")],
        (LetterLanguage::German, None) => vec![format!("Mein Abschluss: {degree}.")],
    }
}

/// The sentences of every degree that has ended by the dates of the résumé and is named as one. The frame says no more than
/// the entry does, but with another verb ("hold") than any résumé has, which the evidence gate could not read.
pub(super) fn degrees(language: LetterLanguage, resume: &Resume) -> impl Iterator<Item = String> {
    let ended = |e: &&Education| matches!(e.end.as_ref().map(|f| f.value), Some(End::Date(_)));
    let named = move |e: &&Education| {
        let level = e
            .study_type
            .as_ref()
            .is_some_and(|t| level_of_degree(&t.value).is_some());
        language == LetterLanguage::German || level
    };
    let held = resume.education.iter().filter(ended).filter(named);
    held.flat_map(move |e| degree_sentences(language, e))
}

pub(super) fn english_who(title: Option<&str>, at: Option<&str>, goes_on: bool, years: Option<&str>) -> Vec<String> {
    let shown = title.and_then(titled);
    let at = at.filter(|a| !is_freelance(a));
    let mut out = Vec::new();
    if let (Some(title), Some(at)) = (&shown, at) {
        let join = if title.contains("wner") || title.contains("ounder") {
            "of"
        } else {
            "at"
        };
        let place = format!("{title} {join} {}", organisation(at));
        let begins: &[&str] = if goes_on {
            &["I am currently", "At present I am", "Currently I am", "I am"]
        } else {
            &["I was", "Before this, I was"]
        };
        if let Some(years) = years {
            out.extend(
                begins
                    .iter()
                    .map(|b| format!("{b} {place} and have {years} of experience.")),
            );
        }
        out.extend(begins.iter().map(|b| format!("{b} {place}.")));
    }
    if let Some(at) = at {
        let at = organisation(at);
        out.push(if goes_on {
            format!("I work at {at}.")
        } else {
            format!("I worked at {at}.")
        });
    }
    out
}

pub(super) fn german_who(title: Option<&str>, at: Option<&str>, goes_on: bool) -> Vec<String> {
    match (title.map(german::titled), at) {
        (Some(title), Some(at)) if goes_on => vec![
            format!("Derzeit arbeite ich als {title} bei {at}."),
            format!("Ich arbeite als {title} bei {at}."),
        ],
        (Some(title), Some(at)) => vec![format!("Zuletzt habe ich als {title} bei {at} gearbeitet.")],
        _ => Vec::new(),
    }
}

fn is_freelance(company: &str) -> bool {
    matches!(
        company.trim().to_lowercase().as_str(),
        "freelance"
            | "freelancer"
            | "self-employed"
            | "self employed"
            | "independent"
            | "various"
            | "freiberuflich"
            | "selbstständig"
    )
}

/// Sentences that tell a bullet; `first` of its entry, or a later one.
pub(super) fn claims_of(
    language: LetterLanguage,
    own: bool,
    entry: &Entry<'_>,
    told: &Told<'_>,
    first: bool,
) -> Vec<String> {
    let company = entry.company.map(|c| c.value.trim());
    let position = entry.position.map(|p| p.value.trim());
    let bullet = &told.bullet.text.value;
    let german = match (language, own) {
        (LetterLanguage::English, true) => {
            let clause = told.clause.as_ref();
            return clause.map_or_else(Vec::new, |c| english_claims(entry, &c.words, c.present, first));
        }
        (LetterLanguage::English, false) => english_quotes(bullet, company),
        (LetterLanguage::German, true) => german::sentences(bullet, company, position, entry.goes_on),
        (LetterLanguage::German, false) => german::quotes(bullet, company),
    };
    if first { german.leads } else { german.follows }
}

fn english_quotes(bullet: &str, company: Option<&str>) -> german::Told {
    let text = super::english::first_sentence(bullet);
    match company {
        Some(company) if (2..=44).contains(&text.split_whitespace().count()) => german::Told {
            leads: vec![
                format!("{} {company}: “{text}”.", QUOTED[0]),
                format!("My time at {company}: “{text}”."),
            ],
            follows: vec![format!("{} “{text}”.", QUOTED[1]), format!("{} “{text}”.", QUOTED[2])],
        },
        _ => german::Told::default(),
    }
}

/// "The United States Army", "the University of Leeds": some names take an article in a sentence.
pub(super) fn organisation(name: &str) -> String {
    const WITH: [&str; 12] = [
        "United ",
        "University of ",
        "Ministry of ",
        "Department of ",
        "Institute of ",
        "City of ",
        "State of ",
        "Bureau of ",
        "Office of ",
        "National ",
        "Royal ",
        "Federal ",
    ];
    match WITH.iter().any(|w| name.starts_with(w)) {
        true => format!("the {name}"),
        false => name.to_owned(),
    }
}

/// A skill as it stands in running text: "motor controls" for "Motor controls", but "Rust" and "GCSE".
pub(super) fn in_sentence(name: &str, id: Option<SkillId>) -> String {
    let named = id.is_some_and(|id| {
        matches!(
            Skills::builtin().get(id).kind,
            SkillKind::Tool | SkillKind::Language | SkillKind::Certificate
        )
    });
    let mut letters = name.chars();
    let (Some(first), second) = (letters.next(), letters.clone().next()) else {
        return String::new();
    };
    let word = name.split([' ', '-', '/']).next().unwrap_or_default().to_lowercase();
    let rest_plain = name.split(' ').skip(1).all(|w| w.chars().all(|c| !c.is_uppercase()));
    let ordinary = crate::wording::dictionary::knows(&word) && second.is_some_and(char::is_lowercase) && rest_plain;
    match ordinary && !named {
        true => first.to_lowercase().chain(letters).collect(),
        false => name.to_owned(),
    }
}

fn english_claims(entry: &Entry<'_>, words: &str, present: bool, first: bool) -> Vec<String> {
    let company = entry.company.map(|c| c.value.trim());
    let title = entry.position.and_then(|p| titled(&p.value));
    if !first {
        let mut out = vec![
            format!("I also {words}."),
            format!("There I {words}."),
            format!("In the same role, I {words}."),
            format!("I {words}."),
        ];
        if entry.goes_on {
            out.remove(1);
        }
        if present {
            out = vec![
                format!("I also {words}."),
                format!("In this role, I {words}."),
                format!("I {words}."),
            ];
        } else if words.starts_with("was ") {
            out = vec![format!("I {words}."), format!("There I {words}.")];
        }
        if entry.is_project {
            out = vec![format!("I also {words}."), format!("I {words}.")];
        }
        return out;
    }
    let mut out = Vec::new();
    match (company, title) {
        (Some(name), _) if entry.is_project => out.extend([
            format!("For my project {name}, I {words}."),
            format!("For {name}, I {words}."),
        ]),
        (Some(at), title) if is_freelance(at) => {
            out.extend(title.map(|t| format!("As {t}, I {words}.")));
            out.push(format!("In my own work, I {words}."));
        }
        (Some(at), Some(title)) => {
            let join = if title.contains("wner") || title.contains("ounder") {
                "of"
            } else {
                "at"
            };
            let at = organisation(at);
            out.push(format!("As {title} {join} {at}, I {words}."));
            out.push(format!("At {at}, I {words}."));
            out.push(format!("In my role as {title} {join} {at}, I {words}."));
            if !entry.goes_on {
                out.push(format!("During my time at {at}, I {words}."));
            }
        }
        (Some(at), None) => {
            let at = organisation(at);
            out.extend([
                format!("At {at}, I {words}."),
                format!("In my work at {at}, I {words}."),
            ]);
        }
        (None, Some(title)) => out.push(format!("As {title}, I {words}.")),
        (None, None) => {}
    }
    out
}
