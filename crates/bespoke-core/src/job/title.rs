//! Title, employer, seniority, and the role of the taxonomy that is nearest to the title.

use super::lines::Line;
use super::{Phrase, phrase};
use crate::roles::Seniority;
use crate::text::{fold, words};
use regex::Regex;
use std::sync::LazyLock;

static TITLE_CUE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:job\s+title|position|role|title)\s*[:\-–]\s*(?P<a>[^\n|]{3,80})|(?:looking\s+for|seeking|hiring|searching\s+for|join\s+us\s+as|join\s+[0-9A-Za-z_À-ɏ]+\s+as|we\s+need)\s+(?:an?|our\s+next)\s+(?P<b>[0-9A-Za-z_À-ɏ/+#&,\- ]{3,70}?)(?:\s+(?:to|who|with|for|at|in|that)\b|[.,;\n(])").expect("a pattern")
});
static COMPANY_CUE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)(?i:company|employer|organi[sz]ation)\s*:\s*(?P<a>[^\n|]{2,60})|(?i:^about\s+)(?P<b>[A-Z][0-9A-Za-z_À-ɏ&.' ]{1,40}?)\s*:?$|(?i:join\s+(?:the\s+team\s+at\s+)?|\bat\s+)(?P<c>[A-Z][0-9A-Za-z_À-ɏ&']*(?:\s+[A-Z&][0-9A-Za-z_À-ɏ&']*){0,3})|^(?P<d>[A-Z][0-9A-Za-z_À-ɏ&.' ]{2,45}?)\s+(?i:is|are)\s+(?i:looking|seeking|hiring|searching|recruiting)\b").expect("a pattern")
});

/// The job title, without what adverts hang on it: "(m/f/d) – Berlin".
pub(super) fn title(text: &str, lines: &[Line]) -> Option<Phrase> {
    let cued = TITLE_CUE
        .captures(text)
        .and_then(|c| c.name("a").or_else(|| c.name("b")))
        .map(|m| m.range());
    let first = lines.iter().take(4).find(|l| {
        let words = text[l.range.clone()].split_whitespace().count();
        !l.heading && !l.bullet && words <= 10 && crate::parse::title_likeness(&text[l.range.clone()]) > 0.5
    });
    // "Account Manager, Large Customer Sales (Nordics)": the part before the comma says that it is a title.
    let headed = || {
        lines.iter().take(2).find(|l| {
            let line = &text[l.range.clone()];
            let head = line.split([',', '(', '|', '–', '—']).next().unwrap_or(line);
            let plain = !l.heading
                && !l.bullet
                && !line.ends_with(['.', ':', '!', '?'])
                && line.split_whitespace().count() <= 14;
            plain && crate::parse::title_likeness(head) > 0.3
        })
    };
    let range = match (first, cued) {
        (Some(line), _) => line.range.clone(),
        (None, cued) => match (headed(), cued) {
            (Some(line), _) => line.range.clone(),
            (None, Some(cued)) => cued,
            (None, None) => return None,
        },
    };
    // "Backend Engineer (m/f/d) – Berlin", "Title: …"
    let line = &text[range.clone()];
    let skip = line
        .find(':')
        .filter(|i| *i < 15 && fold(&line[..*i]).split_whitespace().count() <= 2)
        .map_or(0, |i| i + 1);
    let rest = &line[skip..];
    let mut end = [" (", " – ", " — ", " | ", " - ", " @ ", " at "]
        .iter()
        .filter_map(|s| rest.find(s))
        .min()
        .unwrap_or(rest.len());
    if let Some(comma) = rest[..end]
        .find(',')
        .filter(|c| crate::parse::title_likeness(&rest[..*c]) > 0.5)
    {
        end = comma;
    }
    let cut = rest[..end].trim_matches(|c: char| c.is_whitespace() || matches!(c, '#' | '*' | '_' | '.' | ','));
    if cut.is_empty() {
        return None;
    }
    let start = range.start + skip + (cut.as_ptr() as usize - rest.as_ptr() as usize);
    Some(phrase(text, start..start + cut.len()))
}

/// An employer, and the place that stands beside its name.
#[derive(Debug, Clone)]
pub(super) struct Company {
    pub name: Phrase,
    pub place: Option<Phrase>,
}

/// "Quellbach Foods AG, Zurich" → the name and the place; "Orchard Freight, Inc." is one name.
fn split(text: &str, range: std::ops::Range<usize>) -> Company {
    const FORMS: [&str; 10] = [
        "inc", "ltd", "llc", "llp", "corp", "co", "gmbh", "plc", "limited", "s.a",
    ];
    let shown = &text[range.clone()];
    let part = |from: usize, to: usize| {
        let bare = shown[from..to].trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | ',' | '|'));
        let start = range.start + (bare.as_ptr() as usize - shown.as_ptr() as usize);
        phrase(text, start..start + bare.len())
    };
    let comma = shown.find([',', '|', '•', '·']).filter(|at| {
        let rest = fold(shown[*at..].trim_start_matches([',', ' ']));
        !FORMS.iter().any(|f| {
            rest.strip_prefix(f)
                .is_some_and(|r| !r.starts_with(char::is_alphanumeric))
        })
    });
    match comma {
        Some(at) => {
            let rest = shown[at..].find('(').map_or(shown.len(), |n| at + n);
            let sign = shown[at..].chars().next().map_or(1, char::len_utf8);
            let place = part(at + sign, rest);
            let capital = place.text.chars().next().is_some_and(char::is_uppercase);
            Company {
                name: part(0, at),
                place: Some(place).filter(|p| capital && p.text.split_whitespace().count() <= 4),
            }
        }
        None => Company {
            name: part(0, shown.find(" (").unwrap_or(shown.len())),
            place: None,
        },
    }
}

/// The employer, where it is named: after a label, in "… is looking for", or on the line under the title.
pub(super) fn company(text: &str, title: Option<&Phrase>) -> Option<Company> {
    const NONE: [&str; 12] = [
        "us",
        "the",
        "you",
        "we",
        "who",
        "the role",
        "this role",
        "the team",
        "the job",
        "the company",
        "least",
        "our client",
    ];
    let named = |range: std::ops::Range<usize>| {
        Some(split(text, range)).filter(|c| !c.name.text.is_empty() && !NONE.contains(&fold(&c.name.text).as_str()))
    };
    let cue = COMPANY_CUE.captures(text);
    let group = |name: &str| cue.as_ref().and_then(|c| c.name(name)).map(|m| m.range());
    if let Some(found) = group("a").or_else(|| group("d")).and_then(named) {
        return Some(found);
    }
    under_title(text, title).or_else(|| group("b").or_else(|| group("c")).and_then(named))
}

/// "Harbourlight Logistics, Rotterdam (hybrid)" on the line under the title: each word a name, and no sentence.
fn under_title(text: &str, title: Option<&Phrase>) -> Option<Company> {
    let title = title.filter(|t| text[..t.start].trim().is_empty())?;
    let line = text[title.end..].lines().nth(1).filter(|l| !l.trim().is_empty())?;
    let start = title.end + text[title.end..].find(line)?;
    let plain = line.split('(').next().unwrap_or(line).trim();
    let names = plain.split_whitespace().all(|w| {
        let first = w.chars().find(|c| c.is_alphanumeric());
        first.is_none_or(|c| c.is_uppercase() || c.is_numeric())
            || matches!(w, "of" | "and" | "the" | "de" | "für" | "et")
    });
    let whole = plain.split_whitespace().count();
    if !names
        || !(1..=8).contains(&whole)
        || plain.ends_with(['.', ':', '!', '?'])
        || crate::parse::place_likeness(plain) >= 0.7
    {
        return None;
    }
    let company = split(text, start..start + line.trim_end().len());
    // Without a place beside it the line may be anything: a department, a heading.
    (company.place.is_some() && super::lines::is_name(&company.name.text)).then_some(company)
}

/// The rung that a title names, else the one that years of experience suggest.
pub(crate) fn seniority(title: &str, years: Option<u32>) -> Option<Seniority> {
    let low = fold(title);
    let has = |list: &[&str]| low.split(|c: char| !c.is_alphanumeric()).any(|w| list.contains(&w));
    if has(&[
        "intern",
        "internship",
        "trainee",
        "praktikant",
        "stagiaire",
        "werkstudent",
        "apprentice",
    ]) {
        Some(Seniority::Intern)
    } else if has(&["ceo", "cto", "cfo", "coo", "cio", "chief", "president", "vp"]) && !has(&["chef"]) {
        Some(Seniority::Executive)
    } else if has(&["director", "head"]) {
        Some(Seniority::Director)
    } else if has(&["manager", "supervisor"]) && !has(&["account", "product", "project", "program"]) {
        Some(Seniority::Manager)
    } else if has(&["lead", "principal", "staff"]) && !has(&["nurse"]) {
        Some(Seniority::Lead)
    } else if has(&["senior", "sr"]) {
        Some(Seniority::Senior)
    } else if has(&["junior", "jr", "graduate", "entry"]) {
        Some(Seniority::Junior)
    } else {
        match years {
            Some(0..=1) => Some(Seniority::Junior),
            Some(2..=4) => Some(Seniority::Mid),
            Some(_) => Some(Seniority::Senior),
            None => None,
        }
    }
}

/// How near two titles are, 0 to 1: the share of words in common, the last word (the head of an English title) twice.
fn likeness(a: &[String], b: &[String]) -> f64 {
    let weight = |list: &[String], n: usize| if n + 1 == list.len() { 2.0 } else { 1.0 };
    let total = (a.len() + b.len()) as f64 + 2.0;
    let common: f64 = a
        .iter()
        .enumerate()
        .filter_map(|(n, w)| b.iter().position(|o| o == w).map(|m| weight(a, n) + weight(b, m)))
        .sum();
    common / total
}

/// Words of rank that a role does not differ by.
fn bare(title: &str) -> Vec<String> {
    const RANKS: [&str; 14] = [
        "senior",
        "sr",
        "junior",
        "jr",
        "lead",
        "principal",
        "staff",
        "mid",
        "entry",
        "level",
        "i",
        "ii",
        "iii",
        "the",
    ];
    let all = words(title);
    let kept: Vec<String> = all.iter().filter(|w| !RANKS.contains(&w.as_str())).cloned().collect();
    if kept.is_empty() { all } else { kept }
}

/// The name among `names` that is nearest to a title, as an index, where one is near enough.
pub(super) fn nearest<'a>(title: &str, names: impl Iterator<Item = (usize, &'a str)>) -> Option<usize> {
    let own = bare(title);
    let mut best: Option<(f64, usize)> = None;
    for (index, name) in names {
        let near = likeness(&own, &bare(name));
        if near >= 0.6 && best.is_none_or(|(b, _)| near > b) {
            best = Some((near, index));
        }
    }
    best.map(|(_, index)| index)
}
