//! The skills of a job description, required and preferred apart, with its languages and certificates.

use super::lines::{BOILERPLATE, Line, Part, clauses};
use super::terms::{JobLanguage, level};
use super::{JobSkill, Phrase, phrase};
use crate::lexicon::mentions::{Mention, is_plain, mentions};
use crate::lexicon::skills::{SkillKind, Skills};
use crate::text::fold;
use regex::Regex;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// Words of a sentence that make what it asks for a wish.
static PREFERRED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)nice[- ]to[- ]haves?|\bpreferred|preferably|\bbonus|(?:is|are|be|as|considered)\s+(?:an?\s+)?(?:[0-9A-Za-z_À-ɏ]+\s+)?(?:plus|advantage|asset|bonus)\b|a\s+(?:big\s+|strong\s+|huge\s+|definite\s+)?plus\b|ideally|desirable|\bdesired|advantageous|good\s+to\s+have|\boptional|beneficial|\bpluses|would\s+be\s+(?:great|nice|ideal|good|helpful)|not\s+(?:required|mandatory|essential)|von\s+vorteil|wünschenswert|un\s+plus|souhaité|se\s+valora").expect("a pattern")
});

/// Wishes that hold for what follows them only.
static FROM_HERE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)\b(?:preferably|ideally|optionally|bonus)\b").expect("a pattern"));

pub(super) struct Named {
    pub skills: Vec<JobSkill>,
    pub languages: Vec<JobLanguage>,
    pub certificates: Vec<Phrase>,
}

/// Whether a mention counts in this part: requirements are made of skills, stories are not.
fn counts(mention: &Mention, part: Part) -> bool {
    match part {
        Part::Required | Part::Preferred => true,
        Part::Duties => match mention.skill {
            Some(skill) => mention.in_context || is_plain(skill) || Skills::builtin().get(skill).name.contains(' '),
            None => true,
        },
        Part::Lead => mention.skill.is_some_and(|skill| mention.in_context || is_plain(skill)),
        Part::Other => false,
    }
}

pub(super) fn read(text: &str, lines: &[Line], structured: bool) -> Named {
    let lexicon = Skills::builtin();
    let found = mentions(text);
    let mut out = Named {
        skills: Vec::new(),
        languages: Vec::new(),
        certificates: Vec::new(),
    };
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut next = 0;
    for line in lines {
        let shown = &text[line.range.clone()];
        let short = line.heading && shown.split_whitespace().count() <= 4;
        let skip = line.part == Part::Other || short || BOILERPLATE.is_match(shown);
        for clause in clauses(text, &line.range) {
            let words = &text[clause.clone()];
            let soft = PREFERRED.is_match(words);
            // "SQL, preferably PostgreSQL": what stands before the word is no wish.
            let from = FROM_HERE.find(words).map_or(clause.start, |m| clause.start + m.start());
            let asked = |at: usize| {
                (!soft || at < from)
                    && match line.part {
                        Part::Required | Part::Duties => true,
                        Part::Lead => !structured || line.range.start == 0,
                        Part::Preferred | Part::Other => false,
                    }
            };
            while next < found.len() && found[next].range.start < clause.start {
                next += 1;
            }
            let mut at = next;
            while let Some(mention) = found.get(at).filter(|m| m.range.start < clause.end) {
                at += 1;
                let required = asked(mention.range.start);
                let before = text[line.range.start..mention.range.start]
                    .trim_end()
                    .to_ascii_lowercase();
                let degree = ["bachelor of", "master of", "bachelors of", "masters of", "doctor of"]
                    .iter()
                    .any(|d| before.ends_with(d));
                if skip || degree || mention.range.end > line.range.end || !counts(mention, line.part) {
                    continue;
                }
                let place = phrase(text, mention.range.clone());
                let skill = mention.skill.map(|id| lexicon.get(id));
                match skill.map(|s| s.kind) {
                    Some(SkillKind::Language) => language(
                        &mut out.languages,
                        words,
                        required,
                        skill.map_or("", |s| &s.name),
                        &place,
                    ),
                    Some(SkillKind::Certificate) => out.certificates.push(place.clone()),
                    _ => {}
                }
                let name = match skill {
                    Some(skill) => skill.name.clone(),
                    None => match unknown(text, &mention.range) {
                        Some(name) => name,
                        None => continue,
                    },
                };
                match places.get(&fold(&name)) {
                    Some(known) => {
                        let known = &mut out.skills[*known];
                        known.count += 1;
                        known.more.push(place);
                        known.required |= required;
                    }
                    None => {
                        places.insert(fold(&name), out.skills.len());
                        out.skills.push(JobSkill {
                            name,
                            required,
                            count: 1,
                            phrase: place,
                            more: Vec::new(),
                        });
                    }
                }
            }
        }
    }
    out.skills
        .sort_by_key(|s| (!s.required, std::cmp::Reverse(s.count), s.phrase.start));
    out
}

fn language(out: &mut Vec<JobLanguage>, clause: &str, required: bool, name: &str, place: &Phrase) {
    match out.iter_mut().find(|l| l.name == name) {
        Some(known) => {
            known.required |= required;
            known.level = known.level.take().or_else(|| level(clause));
        }
        None => out.push(JobLanguage {
            name: name.to_owned(),
            level: level(clause),
            required,
            phrase: place.clone(),
        }),
    }
}

/// A skill that only the context gives away, if it is short enough to be a name, and no degree or number of years.
fn unknown(text: &str, range: &Range<usize>) -> Option<String> {
    static NONE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?i)\b(?:degree|bachelor|master'?s|ph\.?d|diploma|years?|experience|equivalent|university)\b|^\W*$",
        )
        .expect("a pattern")
    });
    let name = text[range.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
    let words = name.split(' ').count();
    (words <= 5 && name.chars().filter(|c| c.is_alphabetic()).count() >= 2 && !NONE.is_match(&name)).then_some(name)
}
