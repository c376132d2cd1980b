//! Title, employer, seniority, and the role of the taxonomy that is nearest to the title.

use super::lines::Line;
use super::{Phrase, phrase};
use crate::roles::Seniority;
use crate::text::{fold, words};
use regex::Regex;
use std::sync::LazyLock;

static TITLE_CUE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:job\s+title|position|role|title)\s*[:\-–]\s*(?P<a>[^\n|]{3,80})|(?:looking\s+for|seeking|hiring|searching\s+for|join\s+us\s+as|join\s+\w+\s+as|we\s+need)\s+(?:an?|our\s+next)\s+(?P<b>[\w/+#&,\- ]{3,70}?)(?:\s+(?:to|who|with|for|at|in|that)\b|[.,;\n(])").expect("a pattern")
});
static COMPANY_CUE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)(?i:company|employer|organi[sz]ation)\s*:\s*(?P<a>[^\n|]{2,60})|(?i:^about\s+)(?P<b>[A-Z][\w&.' ]{1,40}?)\s*:?$|(?i:join\s+(?:the\s+team\s+at\s+)?|\bat\s+)(?P<c>[A-Z][\w&']*(?:\s+[A-Z&][\w&']*){0,3})").expect("a pattern")
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

/// The employer, where it is named.
pub(super) fn company(text: &str) -> Option<Phrase> {
    const NONE: [&str; 9] = [
        "us",
        "the",
        "you",
        "the role",
        "this role",
        "the team",
        "the job",
        "the company",
        "least",
    ];
    COMPANY_CUE
        .captures(text)
        .and_then(|c| c.name("a").or_else(|| c.name("b")).or_else(|| c.name("c")))
        .filter(|m| !NONE.contains(&fold(m.as_str()).as_str()))
        .map(|m| phrase(text, m.range()))
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
