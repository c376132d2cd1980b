//! Words that are one slip of the hand away from an English word and are no name, skill or term of the résumé.

use super::super::{Check, Group, Hit, Place, Severity, Subject};
use super::super::fixes::swap_words;
use super::super::walk;
use crate::lexicon::skills::Skills;
use crate::resume::{Resume, Text};
use crate::text::fold;
use crate::wording::dictionary::{makes_sense, one_slip_away};
use std::collections::{BTreeMap, HashSet};

/// See the module.
pub const CHECK: Check = Check {
    id: "spelling",
    group: Group::Content,
    severity: Severity::Medium,
    strict: false,
    why: "A misspelt word reads as careless, and an ATS does not find it.",
    fix: "Correct it, or list it among your skills if it is a term of your field.",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Hit> {
    if !walk::english(subject.resume) {
        return Vec::new();
    }
    let prose = walk::prose(subject.resume);
    let mut words: Vec<(usize, &str, bool)> = Vec::new();
    for (n, (_, text)) in prose.iter().enumerate() {
        words.extend(of(&text.value).into_iter().map(|(w, first)| (n, w, first)));
    }
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for (_, word, _) in &words {
        *uses.entry(fold(word)).or_default() += 1;
    }
    let unknown = uses.iter().filter(|(w, _)| !makes_sense(w)).count();
    // A text with so many unknown words is in another language.
    if unknown * 5 > uses.len() * 2 {
        return Vec::new();
    }
    let own = own_words(subject.resume);
    let mut out = Vec::new();
    let mut said = HashSet::new();
    for (n, word, first) in words {
        let folded = fold(word);
        let capital = word.chars().any(char::is_uppercase);
        // What is written the same way three times is meant; names begin with a capital.
        let meant = own.contains(&folded) || uses.get(&folded).is_some_and(|n| *n > 2);
        let name = capital && !(first && word.chars().skip(1).all(char::is_lowercase) && folded.len() > 5);
        if name || meant || folded.len() < 4 || !folded.bytes().all(|b| b.is_ascii_lowercase()) || makes_sense(&folded) {
            continue;
        }
        let known_term = || Skills::builtin().lookup(word).is_some();
        if let Some(instead) = one_slip_away(&folded)
            && !known_term()
            && said.insert(folded)
        {
            let (id, text) = prose[n];
            let quote = Place { quote: Some(word.to_owned()), ..Place::field(id, text) };
            let mended = swap_words(&text.value, word, &instead);
            let hit = Hit::new(format!("\"{word}\" may be meant as \"{instead}\""));
            out.push(hit.rewriting(subject.resume, id, text, mended).at(quote));
        }
    }
    out
}

/// The plain words of a text and whether each begins a sentence: no addresses, no words with digits or signs inside.
fn of(text: &str) -> Vec<(&str, bool)> {
    let mut out = Vec::new();
    let mut first = true;
    for chunk in text.split_whitespace() {
        let plain = !chunk.contains(['@', '_', '\\']) && !chunk.contains("://") && !chunk.contains("www.");
        let dotted = chunk.trim_end_matches(['.', ',', ';', ':']).contains('.');
        if plain && !dotted && !chunk.chars().any(|c| c.is_ascii_digit()) {
            for word in chunk.split(|c: char| !c.is_alphabetic() && !matches!(c, '\'' | '’')) {
                let word = word.trim_matches(['\'', '’']);
                let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
                if !word.is_empty() && !word.contains(['\'', '’']) {
                    out.push((word, first));
                    first = false;
                }
            }
        }
        first = chunk.ends_with(['.', ':', '!', '?', ';', '–', '•']);
    }
    out
}

/// Folded words of names, titles, employers, skills and the like: the person knows how they are written.
fn own_words(resume: &Resume) -> HashSet<String> {
    let mut texts: Vec<&Text> = Vec::new();
    texts.extend(resume.contact.name.iter().chain(&resume.contact.label));
    for w in resume.work.iter().chain(&resume.volunteer) {
        texts.extend(w.company.iter().chain(&w.position).chain(&w.location));
    }
    for e in &resume.education {
        texts.extend(e.institution.iter().chain(&e.study_type).chain(&e.area).chain(&e.location));
        texts.extend(&e.courses);
    }
    for g in &resume.skills {
        texts.extend(g.keywords.iter().chain(&g.name));
    }
    for c in resume.certificates.iter().chain(&resume.awards).chain(&resume.publications) {
        texts.extend(std::iter::once(&c.name).chain(&c.issuer));
    }
    for p in &resume.projects {
        texts.extend(std::iter::once(&p.name).chain(&p.role).chain(&p.entity).chain(&p.keywords));
    }
    texts.extend(resume.languages.iter().map(|l| &l.language));
    texts.extend(resume.interests.iter().flat_map(|i| std::iter::once(&i.name).chain(&i.keywords)));
    texts.extend(resume.references.iter().map(|r| &r.name));
    texts.iter().flat_map(|t| crate::text::words(&t.value)).collect()
}
