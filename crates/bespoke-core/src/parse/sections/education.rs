//! Schools, degrees, grades and courses.

use super::super::entries::{self};
use super::super::fields::{self, STUDY};
use super::super::row::{Page, Row};
use super::super::words;
use super::{bullets, end, rows, start};
use crate::date::End;
use crate::document::LineKind;
use crate::resume::{Bullet, Credential, Education, Field, Id, Text};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// The rows of a block. "Grade: 1,7" and "Courses: …" are notes of the entry above them: list items, also without a bullet.
pub(super) fn notes_as_items(page: &Page<'_>, range: &Range<usize>) -> Vec<Row> {
    let note = |row: &Row| words::labelled(page.of(row)).is_some() && row.cells.len() == 1;
    let mark = |mut row: Row| {
        if note(&row) && !row.bullet() {
            row.kind = LineKind::ListItem { level: 0 };
        }
        row
    };
    rows(page, range).into_iter().cloned().map(mark).collect()
}

/// The values behind a label, each a field at the place of the whole.
pub(super) fn listed(bullet: &Bullet, from: usize) -> Vec<Text> {
    let list = bullet.text.value[from..]
        .split([',', ';', '·', '•', '|'])
        .map(str::trim);
    let field = |value: &str| Field {
        value: value.to_owned(),
        ..bullet.text.clone()
    };
    list.filter(|v| !v.is_empty()).map(field).collect()
}

/// What stands among the studies and is a certificate: no degree, one date, and words that certificates have, "Certified Kubernetes
/// Administrator (CKA), 2020", "Lead Auditor ISO 22000 (Bureau Veritas)".
///
/// # Errors
/// The study itself, where it is one.
pub fn as_certificate(study: Education) -> Result<Credential, Box<Education>> {
    const WORDS: [&str; 14] = [
        "certified",
        "certificacion",
        "certification",
        "certificazione",
        "zertifizierung",
        "auditor",
        "auditeur",
        "licence",
        "license",
        "licensed",
        "abilitazione",
        "accredited",
        "registered",
        "chartered",
    ];
    let says = |text: &Text| {
        let folded = crate::text::fold(&text.value);
        let said = folded.split(|c: char| !c.is_alphanumeric()).any(|w| WORDS.contains(&w));
        said && words::degree(&folded) < 0.5
    };
    let name = match (&study.study_type, &study.area) {
        (None, Some(only)) | (Some(only), None) if says(only) => only.clone(),
        _ => return Err(Box::new(study)),
    };
    let school = study
        .institution
        .as_ref()
        .is_some_and(|i| words::school(&i.value) >= 0.9);
    if school
        || study.start.is_some()
        || study.score.is_some()
        || !study.courses.is_empty()
        || !study.highlights.is_empty()
    {
        return Err(Box::new(study));
    }
    Ok(Credential {
        id: Id::default(),
        name,
        issuer: study.institution,
        date: study.end.and_then(|end| match end.value {
            End::Date(value) => Some(Field {
                value,
                source: end.source,
                confidence: end.confidence,
            }),
            End::Present => None,
        }),
        url: None,
        summary: None,
    })
}

/// A school and a degree with nothing but blanks between them: "Wakefield College BTEC First Diploma".
fn part_school(page: &Page<'_>, heading: &mut fields::Heading) {
    const SCHOOL: [&str; 9] = [
        "school",
        "college",
        "university",
        "academy",
        "institute",
        "polytechnic",
        "lycee",
        "gymnasium",
        "instituto",
    ];
    let what = match (&heading.who, &heading.what) {
        (None, Some(only)) | (Some(only), None) => only.clone(),
        _ => return,
    };
    let text = page.text(&what);
    let at = text.match_indices(' ').map(|(at, _)| at).find(|at| {
        let folded = crate::text::fold(&text[..*at]);
        let (front, rest) = (folded.rsplit(' ').next(), &text[at + 1..]);
        // "7 GCSEs", "BTEC First Diploma"
        let counted = rest.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
        let first = counted.split_whitespace().next().unwrap_or_default();
        front.is_some_and(|w| SCHOOL.contains(&w))
            && folded.contains(' ')
            && (words::degree(first) >= 0.5
                || first.starts_with("GCSE")
                || counted.starts_with("A-level")
                || counted.starts_with("A Level"))
    });
    if let Some(at) = at {
        heading.who = Some(what.start..what.start + at);
        heading.what = Some(what.start + at + 1..what.end);
    }
}

/// Degrees.
pub fn education(page: &Page<'_>, range: &Range<usize>) -> Vec<Education> {
    let mut marked = notes_as_items(page, range);
    let mut out = super::table::studies(page, &mut marked);
    if marked.is_empty() {
        return out;
    }
    let entries = entries::entries(page, &marked.iter().collect::<Vec<_>>());
    let mut headings = fields::read(page, &entries, &STUDY);
    headings.iter_mut().for_each(|heading| part_school(page, heading));
    for (entry, heading) in entries.iter().zip(headings) {
        let mut score = None;
        let mut rest: Vec<Range<usize>> = Vec::new();
        let grade = |text: &str| {
            let low = crate::text::fold(text);
            let marked = [
                "gpa",
                "grade",
                "cgpa",
                "score",
                "note",
                "mention",
                "honours",
                "honors",
                "cum laude",
                "distinction",
                "first class",
                "percentage",
                "%",
            ];
            (marked.iter().any(|m| low.contains(m)) || MARK.is_match(text))
                && text.chars().count() < 60
                && words::degree(text) < 1.0
        };
        for piece in &heading.rest {
            if !grade(page.text(piece)) || score.is_some() {
                rest.push(piece.clone());
                continue;
            }
            // "Aviation Safety, GPA 3.85": a subject and a grade.
            match page
                .text(piece)
                .rfind(", ")
                .filter(|at| grade(&page.text(piece)[at + 2..]))
            {
                Some(at) if !grade(&page.text(piece)[..at]) => {
                    rest.push(piece.start..piece.start + at);
                    score = page.field(&(piece.start + at + 2..piece.end), 0.8);
                }
                _ => score = page.field(piece, 0.8),
            }
        }
        let (mut study_type, mut area) = match &heading.what {
            Some(whole) => {
                let (what, mark) = without_mark(page, whole);
                score = score.or(mark);
                degree(page, &what, heading.confidence)
            }
            None => (None, None),
        };
        // "Major: Hydrologic Sciences"
        for note in &heading.notes {
            const SUBJECTS: [&str; 6] = [
                "major",
                "field of study",
                "subject",
                "fachrichtung",
                "special",
                "course",
            ];
            let text = page.text(note);
            if let Some(("grade", at)) = words::labelled(text)
                && score.is_none()
            {
                score = page.field(&(note.start + at..note.end), 0.85);
            }
            if let Some((label, value)) = text.split_once(':')
                && SUBJECTS.iter().any(|s| crate::text::fold(label).trim().starts_with(s))
                && area.is_none()
            {
                area = page.field(&(note.end - value.len()..note.end), 0.85);
            }
        }
        let subject = |r: &Range<usize>| {
            words::school(page.text(r)) < 0.9
                && words::place(page.text(r)) < 0.5
                && page.text(r).split_whitespace().count() <= 8
        };
        // "Diploma accademico di II livello" beside its subject: nothing but a blank parted it.
        if let (Some(kind), Some(more)) = (&study_type, &area)
            && let (Some(a), Some(b)) = (&kind.source, &more.source)
            && b.start == a.end + 1
            && more.value.starts_with(char::is_lowercase)
            && rest.iter().any(subject)
        {
            study_type = page.field(&(a.start..b.end), kind.confidence);
            area = None;
        }
        if area.is_none()
            && let Some(at) = rest.iter().position(subject)
        {
            let range = rest.remove(at);
            // "Studium Maschinenbau"
            let front = ["Studium der ", "Studium des ", "Studium "]
                .iter()
                .find(|f| page.text(&range).starts_with(**f));
            let range = range.start + front.map_or(0, |f| f.len())..range.end;
            if study_type.is_none() {
                study_type = page.field(&range, 0.5);
            } else if words::degree(page.text(&range)) > 0.5 {
                // "PhD in Computer Science" beside "PhD": only the subject is new.
                area = degree(page, &range, 0.7).1;
            } else {
                area = page.field(&range, 0.6);
            }
        }
        // "Maths, Geography, Economics": what a comma parts from the subject and nothing else takes is of the subject.
        let of_subject = |r: &Range<usize>| {
            let text = page.text(r);
            subject(r) && !grade(text) && !text.contains(|c: char| c.is_ascii_digit())
        };
        while let Some(source) = area.as_ref().and_then(|a| a.source.clone())
            && let Some(at) = rest
                .iter()
                .position(|more| page.doc.text.get(source.end..more.start) == Some(", ") && of_subject(more))
        {
            let more = rest.remove(at);
            // "BSc Nursing, Nursing"
            let told = area.as_ref().is_some_and(|a| a.value.ends_with(page.text(&more)));
            if !told {
                area = page.field(&(source.start..more.end), 0.7);
            }
        }
        // The degree as the first list item.
        let mut entry = entry.clone();
        if study_type.is_none()
            && let Some(at) = entry.items.iter().position(|i| {
                i.ranges
                    .iter()
                    .any(|r| words::degree(page.text(r)) >= 0.7 && page.text(r).len() < 90)
            })
        {
            let item = entry.items.remove(at);
            let named = |r: &&Range<usize>| words::degree(page.text(r)) >= 0.7;
            if let Some(range) = item.ranges.iter().find(named) {
                let (kind, subject) = degree(page, range, 0.75);
                let other = item
                    .ranges
                    .iter()
                    .find(|r| *r != range)
                    .and_then(|r| page.field(r, 0.6));
                study_type = kind;
                area = area.or(subject).or(other);
            }
        }
        let entry = &entry;
        let items = bullets(page, entry);
        let mut highlights = Vec::new();
        let mut courses = Vec::new();
        for bullet in items {
            let low = crate::text::fold(&bullet.text.value);
            let label = words::labelled(&bullet.text.value);
            if let Some(("grade", value)) = label
                && score.is_none()
            {
                score = Some(Field {
                    value: bullet.text.value[value..].trim().to_owned(),
                    ..bullet.text
                });
            } else if score.is_none() && label.is_none() && grade(&bullet.text.value) {
                score = Some(bullet.text);
            } else if let Some(("courses", from)) = label {
                courses.extend(listed(&bullet, from));
            } else if low.contains("coursework") || low.starts_with("courses") {
                let from = bullet.text.value.find(':').map_or(0, |i| i + 1);
                courses.extend(listed(&bullet, from));
            } else {
                highlights.push(bullet);
            }
        }
        if let Some(prose) = page.joined(&entry.prose, 0.6) {
            if score.is_none() && grade(&prose.value) {
                score = Some(prose);
            } else if area.is_none()
                && study_type.is_some()
                && prose.value.split_whitespace().count() <= 8
                && !prose.value.ends_with('.')
                && !prose.value.contains(':')
            {
                area = Some(prose);
            } else if area.is_none() && study_type.is_none() && words::degree(&prose.value) > 0.5 {
                match entry.prose.as_slice() {
                    [line] => {
                        let (what, mark) = without_mark(page, line);
                        score = score.or(mark);
                        (study_type, area) = degree(page, &what, 0.6);
                    }
                    _ => study_type = Some(prose),
                }
            } else {
                highlights.push(Bullet {
                    id: Id::default(),
                    text: prose,
                    level: 0,
                });
            }
        }
        // "Fachschule Absam (mit Auszeichnung)"
        let who = heading.who.clone().map(|whole| {
            let (name, mark) = without_mark(page, &whole);
            score = score.take().or(mark);
            name
        });
        let school = fields::field(page, &who, heading.confidence);
        if school.is_none() && study_type.is_none() && area.is_none() {
            continue;
        }
        out.push(Education {
            id: Id::default(),
            institution: school,
            study_type,
            area,
            location: fields::field(page, &heading.place, 0.8),
            start: start(page, entry),
            end: end(page, entry),
            score,
            courses,
            highlights,
        });
    }
    out
}

/// A grade that needs no word beside it: "2:1", "110/110 e lode", "8.4/10".
static MARK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\(?(?i:(?:first|second|third|upper second|lower second)[ -]class[^()]{0,30}|2:[12]|1st|2nd|(?:summa |magna )?cum laude|con lode|(?:with )?(?:high )?(?:distinction|merit|honou?rs)|mit auszeichnung|mit auszeichnung bestanden|bestanden|med ros|bestået(?: med ros)?|mention (?:très |assez )?bien|(?:grote |grootste )?onderscheiding|\d{1,2} valores|grade [a-f1-9][+*-]?|(?:note|nota|voto|gpa|cgpa)[ :]*\d{1,3}(?:[.,]\d{1,2})?(?:\s?/\s?\d{1,3})?(?: e lode)?|\d{1,3}(?:[.,]\d{1,2})?\s?/\s?\d{1,3}(?:\s(?:e lode|cum laude))?)\)?$")
        .expect("a pattern")
});

static HONOURS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?s)^(?P<kind>\S+\s\((?i:hons?|honours|distinction|merit|cum laude)\.?\))(?:\sin|,|:)?\s(?P<area>\p{Lu}.*)$",
    )
    .expect("a pattern")
});

/// A degree without the grade that ends it, and the grade: "Laurea in Ingegneria civile (110/110 e lode)", "BSc Physics, 2:1".
fn without_mark(page: &Page<'_>, whole: &Range<usize>) -> (Range<usize>, Option<Text>) {
    let text = page.text(whole);
    let cuts = text
        .rfind(" (")
        .into_iter()
        .chain(text.rfind(", "))
        .chain(text.rfind(' '));
    match cuts.into_iter().find(|at| MARK.is_match(text[*at + 1..].trim())) {
        Some(at) => {
            let mark = page.trim(&(whole.start + at + 1..whole.end));
            (page.trim(&(whole.start..whole.start + at)), page.field(&mark, 0.8))
        }
        None => (whole.clone(), None),
    }
}

fn first_part(text: &str) -> &str {
    text.split(' ').next().unwrap_or_default()
}

/// "III", "IV": a level of a qualification.
fn numeral(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

fn first_word(text: &str) -> String {
    crate::text::fold(text.split(' ').next().unwrap_or_default())
}

/// "Bachelor of Science in Computer Science" → degree and subject.
pub fn degree(page: &Page<'_>, range: &Range<usize>, confidence: f32) -> (Option<Text>, Option<Text>) {
    // "BSc (Hons) in" before a subject in a cell of its own.
    let bare = page.text(range);
    let open = [" in", " en", " im", " of"].iter().find(|s| bare.ends_with(**s));
    let range = &(range.start..range.end - open.map_or(0, |s| s.len()));
    let text = page.text(range);
    if words::whole_degree(text) {
        return (page.field(range, confidence), None);
    }
    // As it would read in small letters, where all of it is in capitals.
    let lowered = text.to_lowercase();
    let small = if text.contains(char::is_lowercase) || lowered.len() != text.len() {
        text
    } else {
        lowered.as_str()
    };
    // "BSc (Hons) Physics"
    if let Some(honours) = HONOURS.captures(text)
        && let (Some(kind), Some(area)) = (honours.name("kind"), honours.name("area"))
        && words::is_degree_word(kind.as_str().split(char::is_whitespace).next().unwrap_or_default())
    {
        let place = |m: regex::Match<'_>| range.start + m.start()..range.start + m.end();
        return (
            page.field(&place(kind), confidence),
            page.field(&place(area), confidence * 0.9),
        );
    }
    // "Diplom, FH": the kind of school belongs to the degree.
    if let Some((_, kind)) = text.split_once(", ")
        && matches!(kind, "FH" | "TH" | "TU" | "Univ." | "Uni" | "BA" | "DH")
    {
        return (page.field(range, confidence), None);
    }
    for separator in [
        " in ", " im ", " en ", " em ", ", ", ": ", " - ", " – ", " of ", " der ", " de ", " ",
    ] {
        let Some(at) = small.find(separator) else { continue };
        let (left, right) = (
            range.start..range.start + at,
            range.start + at + separator.len()..range.end,
        );
        let (l, r) = (page.text(&left), page.text(&right));
        // "Bachelor of Science": the "of" belongs to the degree.
        let first = crate::text::fold(l);
        if separator == " of "
            && (r.split_whitespace().count() < 2 && !first.contains("degree")
                || ["bachelor", "master", "associate", "doctor"].contains(&first.as_str()))
        {
            continue;
        }
        // "Master Management de l'événementiel": the subject begins before the "de".
        let mut names = l.split_whitespace();
        let opens = names.next().is_some_and(words::is_degree_word);
        if matches!(separator, " de " | " der " | " of ")
            && opens
            && names
                .next()
                .is_some_and(|w| w.starts_with(char::is_uppercase) && !words::is_degree_word(w))
        {
            continue;
        }
        if separator == " "
            && !(words::is_degree_word(l)
                && !words::is_degree_word(r.split(' ').next().unwrap_or_default())
                && !["degree", "diploma", "certificate"].iter().any(|w| first_word(r) == *w)
                && !r.starts_with(['(', 'o', 'd'])
                && !small[at + 1..].starts_with(['o', 'd'])
                && !numeral(first_part(r)))
        {
            continue;
        }
        let left_degree = words::degree(l) > 0.5;
        let right_degree = words::degree(r) > 0.5;
        if left_degree && !r.is_empty() && !(right_degree && separator == ", " && words::degree(r) > words::degree(l)) {
            return (page.field(&left, confidence), page.field(&right, confidence * 0.9));
        }
        if right_degree && separator == ", " {
            return (page.field(&right, confidence), page.field(&left, confidence * 0.9));
        }
    }
    if words::degree(text) > 0.3 {
        return (page.field(range, confidence), None);
    }
    // A qualification that no list has: "Pflichtschulabschluss in Metalltechnik".
    let parted = [" in ", " en "].iter().find_map(|s| Some((small.find(s)?, s.len())));
    if let Some((at, length)) = parted
        && text[..at].split_whitespace().count() <= 4
        && text.starts_with(char::is_uppercase)
        && text[at + length..].starts_with(char::is_uppercase)
    {
        let (kind, area) = (range.start..range.start + at, range.start + at + length..range.end);
        (page.field(&kind, confidence * 0.8), page.field(&area, confidence * 0.8))
    } else {
        (None, page.field(range, confidence * 0.8))
    }
}
