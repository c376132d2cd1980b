//! Conditions of a job: pay, contract, place, remote work; and what it asks for besides skills: years, degrees, languages.

use super::Phrase;
use super::lines::{Line, Part};
use crate::text::fold;
use regex::{Captures, Regex};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// Pay, as the job names it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Salary {
    /// Least, in whole units of the currency.
    pub from: u64,
    /// Most, where a range is named.
    pub to: Option<u64>,
    /// ISO 4217 code, where it is plain.
    pub currency: Option<String>,
    /// What it is paid for: hour, day, week, month, year.
    pub period: Option<String>,
    /// Where it stands.
    pub phrase: Phrase,
}

/// Where the work is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Workplace {
    Remote,
    Hybrid,
    OnSite,
}

/// A language and how well.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct JobLanguage {
    /// "German".
    pub name: String,
    /// As the job says it: "fluent", "C1".
    pub level: Option<String>,
    /// Required, or only preferred.
    pub required: bool,
    /// Where it stands.
    pub phrase: Phrase,
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern")
}

static YEARS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b([0-9]{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen)\s*(?:\([0-9]{1,2}\)\s*)?(?:\+|plus)?\s*(?:(?:-|–|—|to)\s*[0-9]{1,2}\s*)?\+?\s*(?:or\s+more\s+)?(?:years?|yrs?|jahren?|ans|años|jaar)\b(?:[’']|\s+of)?(?:[^.\n]{0,60}?\b(?:experience|background|practice|work|erfahrung|berufserfahrung|expérience|experiencia|ervaring)\b)?",
    )
});
static DEGREE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:bachelor(?:['’]?s)?(?:\s+of\s+[0-9A-Za-z_À-ɏ]+|\s+degree)?|master(?:['’]?s)(?:\s+degree)?|master\s+of\s+[0-9A-Za-z_À-ɏ]+|ph\.?\s?d\b\.?|doctorate|doctoral\s+degree|associate(?:['’]?s)?\s+degree|mba|b\.?sc\.?|m\.?sc\.?|bsn|msn|ba/bs|bs/ba|bs/ms|ms/phd|b\.s\.|m\.s\.|b\.a\.|m\.a\.|b\.?tech|m\.?tech|b\.?s\.?/m\.?s\.?|bs\s+degree|ba\s+degree|(?:university|college|undergraduate|graduate|advanced|technical)\s+degree|high\s+school\s+diploma|ged|degree\s+in\s+(?:[a-z]+\s?){1,4}|abgeschlossenes\s+studium|abitur|licence\s+(?:en|de)|diplôme)\b\.?(?:\s+in\s+(?:an?\s+)?(?:[a-z]+[ ,]*){1,7}?(?:\s+or\s+(?:related|similar|equivalent)\b|[.;\n(]|$))?",
    )
});
static LEVEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(fluent|fluency|native|mother\s+tongue|bilingual|business[- ]level|professional\s+working|professional|proficient|proficiency|conversational|advanced|intermediate|basic|good|very\s+good|excellent|strong|fließend(?:e)?|verhandlungssicher(?:e)?|courant|[ABC][12](?:\+)?)\b",
    )
});
static MONEY: LazyLock<Regex> = LazyLock::new(|| {
    let number = r"[0-9]{1,3}(?:[,.'’\u{a0}\u{202f} ][0-9]{3})+|[0-9]+(?:[.,][0-9]{1,2})?";
    let sign =
        r"(?:US|CA|C|A|AU|S|NZ)?\$|€|£|¥|₹|zł|USD|EUR|GBP|CHF|INR|CAD|AUD|SGD|NZD|JPY|SEK|NOK|DKK|PLN|ZAR|AED|Rs\.?";
    pattern(&format!(
        r"(?P<s1>{sign})?\s?(?P<a>{number})\s?(?P<ka>k|K|lakhs?|LPA|lpa|m|M|bn|million|billion)?\b\s?(?P<s2>{sign})?(?:\s?(?:-|–|—|to|up\s+to|and|bis)\s?(?P<s3>{sign})?\s?(?P<b>{number})\s?(?P<kb>k|K|lakhs?|LPA|lpa|m|M|bn|million|billion)?\b\s?(?P<s4>{sign})?)?(?:\s?(?:gross|brutto|base|OTE))?\s?(?P<per>(?:per|an?|/|p\.?|pro|par)\s?(?:hour|hr|h|day|d|week|wk|month|mo|year|yr|annum|a|Jahr|Monat|Stunde|an|mois)\b\.?|hourly|daily|weekly|monthly|annually|yearly|(?-i:LPA|pa\b|p\.a\.))?"
    ))
});
static CONTRACT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:full[- ]?time|part[- ]?time|permanent(?:\s+(?:position|contract|role|employment))?|temporary|temp[- ]to[- ]perm|fixed[- ]term|contract[- ]to[- ]hire|(?:[0-9]+[- ]months?\s+)?contract(?:or)?\s+(?:position|role|basis)|freelance|internship|apprenticeship|seasonal|zero[- ]hours?|casual\s+position|per\s+diem|vollzeit|teilzeit|unbefristet(?:e[rn]?)?|befristet(?:e[rn]?)?|werkstudent|praktikum|cdi|cdd|temps\s+plein|temps\s+partiel|alternance|tiempo\s+completo|jornada\s+completa|indefinido)\b",
    )
});
static REMOTE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?P<no>(?:no|not|without|non)[- ](?:a\s+)?(?:fully\s+)?remote)\b|\b(?P<hybrid>hybrid(?:\s+(?:work(?:ing)?|role|model|position|schedule|remote))?)\b|\b(?P<remote>(?:fully\s+|100\s?%\s+)?remote(?:ly|[- ]first|[- ]friendly)?|work(?:ing)?\s+from\s+home|wfh|home[- ]?office|télétravail|teletrabajo|thuiswerken)\b|\b(?P<site>on[- ]?site|in[- ]office|in[- ]person|vor\s+ort|sur\s+site|presencial)\b",
    )
});
static PLACE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?m)(?i:^[*#_\s>-]*(?:job\s+|work\s+|office\s+|primary\s+)?(?:locations?|place\s+of\s+work|workplace|standort|arbeitsort|lieu|ubicación|locatie|city|where)\b[*_\s]*[:–-][*_\s]*)(?P<a>[^\n|•]+)|\b(?i:(?:based|located|offices?|position|role|job)\s+(?:in|at)\s+(?:our\s+|the\s+)?)(?P<b>[A-ZÀ-ÞŁŚŻ][A-Za-zÀ-ɏ.'’-]+(?:[ -][A-ZÀ-ÞŁŚŻ][A-Za-zÀ-ɏ.'’-]+){0,2}(?:,\s*[A-ZÀ-ÞŁŚŻ][A-Za-zÀ-ɏ.]+){0,2})",
    )
});
static CERTIFICATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:[A-Z][0-9A-Za-z_À-ɏ+&/.-]*\s+){1,4}(?:certifi(?:cation|cate|ed)|licen[sc]e|accreditation)s?\b|\bcertified\s+(?:[A-Z][0-9A-Za-z_À-ɏ+&-]*\s?){1,5}|\b(?:driver['’]?s|driving|nursing|teaching|medical|rn|cdl)\s+licen[sc]e\b|\bsecurity\s+clearance\b|führerschein(?:\s+klasse\s+[0-9A-Za-z_À-ɏ]+)?|permis\s+b\b",
    )
});

fn line_at(lines: &[Line], at: usize) -> Option<&Line> {
    lines.iter().find(|l| l.range.start <= at && at < l.range.end)
}

fn phrase(text: &str, start: usize, end: usize) -> Phrase {
    let inner = text[start..end].trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '*' | '_' | '('));
    let start = inner.as_ptr() as usize - text.as_ptr() as usize;
    Phrase {
        text: inner.to_owned(),
        start,
        end: start + inner.len(),
    }
}

/// Each phrase once.
fn push_new(out: &mut Vec<Phrase>, found: Phrase) {
    if !found.text.is_empty() && !out.iter().any(|p| fold(&p.text) == fold(&found.text)) {
        out.push(found);
    }
}

pub(super) fn number(text: &str) -> Option<u32> {
    const WORDS: [(&str, u32); 12] = [
        ("one", 1),
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
        ("eight", 8),
        ("nine", 9),
        ("ten", 10),
        ("twelve", 12),
        ("fifteen", 15),
    ];
    let low = text.to_lowercase();
    low.parse()
        .ok()
        .or_else(|| WORDS.iter().find(|(w, _)| *w == low).map(|(_, n)| *n))
}

/// Least years of experience asked for, and where: what is required before what is preferred, the fewest first.
pub(super) fn years(text: &str, lines: &[Line]) -> Option<(u32, Phrase)> {
    let mut found: Vec<(bool, u32, Phrase)> = Vec::new();
    for c in YEARS.captures_iter(text) {
        let (Some(all), Some(n)) = (c.get(0), c.get(1).and_then(|n| number(n.as_str()))) else {
            continue;
        };
        let Some(line) = line_at(lines, all.start()).filter(|l| l.part != Part::Other) else {
            continue;
        };
        let low = fold(&text[line.range.clone()]);
        let told = [
            "experience",
            "erfahrung",
            "experiencia",
            "ervaring",
            "background",
            "practice",
        ]
        .iter()
        .any(|w| low.contains(w));
        let age = low.contains("years old") || low.contains("years of age");
        if (1..=25).contains(&n)
            && told
            && !age
            && (line.part != Part::Lead || fold(all.as_str()).contains("experience") || line.bullet)
        {
            found.push((line.part == Part::Preferred, n, phrase(text, all.start(), all.end())));
        }
    }
    found.sort_by_key(|(preferred, n, p)| (*preferred, *n, p.start));
    found.into_iter().next().map(|(_, n, p)| (n, p))
}

pub(super) fn education(text: &str, lines: &[Line]) -> Vec<Phrase> {
    let mut out = Vec::new();
    for found in DEGREE.find_iter(text) {
        if line_at(lines, found.start()).is_some_and(|l| l.part != Part::Other) {
            let mut p = phrase(text, found.start(), found.end());
            let cut = p.text.trim_end_matches([';', '\n', ' ', '(']).len();
            p.text.truncate(cut);
            p.end = p.start + cut;
            push_new(&mut out, p);
        }
    }
    out
}

pub(super) fn certificates(text: &str, lines: &[Line], named: impl Iterator<Item = Phrase>) -> Vec<Phrase> {
    let mut out = Vec::new();
    named.for_each(|p| push_new(&mut out, p));
    for found in CERTIFICATE.find_iter(text) {
        let inside = line_at(lines, found.start())
            .is_some_and(|l| matches!(l.part, Part::Required | Part::Preferred) && l.range.end >= found.end());
        let p = phrase(text, found.start(), found.end());
        if inside
            && p.text.split_whitespace().count() > 1
            && !out.iter().any(|o: &Phrase| o.start < p.end && p.start < o.end)
        {
            push_new(&mut out, p);
        }
    }
    out
}

/// How well a language is asked for, by the words of its clause.
pub(super) fn level(clause: &str) -> Option<String> {
    LEVEL
        .find(clause)
        .map(|m| m.as_str().to_lowercase())
        .map(|l| if l.len() == 2 { l.to_uppercase() } else { l })
}

fn amount(digits: &str, scale: Option<&str>) -> Option<f64> {
    let clean: String = digits
        .chars()
        .filter(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        .collect();
    // The last sign before exactly two digits at the end is a decimal point, others part thousands.
    let cents = clean.len() > 3 && matches!(clean.as_bytes()[clean.len() - 3], b'.' | b',');
    let tenth = clean.len() > 2 && matches!(clean.as_bytes()[clean.len() - 2], b'.' | b',');
    let plain: String = clean.chars().filter(char::is_ascii_digit).collect();
    let value = plain.parse::<f64>().ok()?
        / if cents {
            100.0
        } else if tenth {
            10.0
        } else {
            1.0
        };
    match scale.map(str::to_lowercase).as_deref() {
        Some("k") => Some(value * 1_000.0),
        Some("lakh" | "lakhs" | "lpa") => Some(value * 100_000.0),
        Some(_) => None,
        None => Some(value),
    }
}

fn currency(sign: &str) -> Option<String> {
    let code = match sign {
        "$" | "US$" => "USD",
        "CA$" | "C$" => "CAD",
        "A$" | "AU$" => "AUD",
        "S$" => "SGD",
        "NZ$" => "NZD",
        "€" => "EUR",
        "£" => "GBP",
        "¥" => "JPY",
        "₹" | "Rs" | "Rs." => "INR",
        "zł" => "PLN",
        code if code.len() == 3 => code,
        _ => return None,
    };
    Some(code.to_owned())
}

fn period(words: &str) -> Option<&'static str> {
    let low = words.to_lowercase();
    let last = low.trim_start_matches(|c: char| !c.is_alphabetic());
    let last = ["per", "pro", "par", "an", "a", "p"]
        .iter()
        .find_map(|p| last.strip_prefix(p).filter(|r| r.starts_with([' ', '.', '/'])))
        .unwrap_or(last);
    let last = last.trim_matches(|c: char| !c.is_alphabetic());
    match last {
        "hour" | "hr" | "h" | "hourly" | "stunde" => Some("hour"),
        "day" | "d" | "daily" => Some("day"),
        "week" | "wk" | "weekly" => Some("week"),
        "month" | "mo" | "monthly" | "monat" | "mois" => Some("month"),
        "year" | "yr" | "annum" | "a" | "annually" | "yearly" | "jahr" | "an" | "lpa" | "pa" => Some("year"),
        _ => None,
    }
}

/// Pay. Sums without a period or words of pay around them are turnover, prizes, budgets.
pub(super) fn salary(text: &str) -> Option<Salary> {
    MONEY.captures_iter(text).find_map(|c| read_salary(text, &c))
}

fn read_salary(text: &str, c: &Captures<'_>) -> Option<Salary> {
    let all = c.get(0)?;
    let sign = ["s1", "s2", "s3", "s4"]
        .iter()
        .find_map(|s| c.name(s))
        .map(|m| m.as_str());
    let lpa = ["ka", "kb"]
        .iter()
        .any(|k| c.name(k).is_some_and(|m| m.as_str().eq_ignore_ascii_case("lpa")));
    if sign.is_none() && !lpa {
        return None;
    }
    let scale = |name: &str| c.name(name).map(|m| m.as_str());
    // "60-80k": the scale at the end holds for both.
    let from = amount(c.name("a")?.as_str(), scale("ka").or(scale("kb")))?;
    let to = match c.name("b") {
        Some(b) => Some(amount(b.as_str(), scale("kb"))?),
        None => None,
    };
    let line_start = text[..all.start()].rfind('\n').map_or(0, |n| n + 1);
    let line_end = text[all.end()..].find('\n').map_or(text.len(), |n| all.end() + n);
    let around = fold(&text[line_start..line_end]);
    let told = [
        "salary",
        "pay",
        "compensation",
        "wage",
        "gehalt",
        "salaire",
        "salario",
        "remuneration",
        "ote",
        "ctc",
        "rate",
        "package",
    ]
    .iter()
    .any(|w| around.split(|ch: char| !ch.is_alphanumeric()).any(|x| x == *w));
    let period = c.name("per").and_then(|p| period(p.as_str())).or(lpa.then_some("year"));
    let sane = from >= 5.0 && to.is_none_or(|t| t >= from && t <= from * 20.0);
    if !sane || !(told || period.is_some() || to.is_some() && from >= 10_000.0) {
        return None;
    }
    // A sum of thousands without a period is a year's pay, under 250 an hour's.
    let period = period.or(if from >= 15_000.0 {
        Some("year")
    } else if from < 250.0 && told {
        Some("hour")
    } else {
        None
    });
    Some(Salary {
        from: from.round() as u64,
        to: to.map(|t| t.round() as u64),
        currency: sign.and_then(currency).or(lpa.then(|| "INR".to_owned())),
        period: period.map(str::to_owned),
        phrase: phrase(text, all.start(), all.end()),
    })
}

pub(super) fn contract(text: &str, lines: &[Line]) -> Vec<Phrase> {
    let mut out = Vec::new();
    for found in CONTRACT.find_iter(text) {
        // A benefit such as "permanent discount" is no contract, but a heading "Schedule: full-time" is one.
        if line_at(lines, found.start()).is_some() {
            push_new(&mut out, phrase(text, found.start(), found.end()));
        }
    }
    out.truncate(4);
    out
}

/// Remote, hybrid or on site, and where it says so: hybrid before remote, an explicit no before both.
pub(super) fn workplace(text: &str) -> Option<(Workplace, Phrase)> {
    let mut best: Option<(u8, Workplace, Phrase)> = None;
    for c in REMOTE.captures_iter(text) {
        let Some(all) = c.get(0) else { continue };
        // "remote teams", "remote sensing", "hybrid cloud" are no places of work.
        let rest = fold(&text[all.end()..])
            .split_whitespace()
            .next()
            .unwrap_or_default()
            .to_owned();
        let rest = rest.trim_matches(|ch: char| !ch.is_alphanumeric()).to_owned();
        const THINGS: [&str; 24] = [
            "cloud",
            "clouds",
            "sensing",
            "control",
            "desktop",
            "access",
            "server",
            "servers",
            "teams",
            "team",
            "monitoring",
            "infrastructure",
            "vehicles",
            "vehicle",
            "apps",
            "environments",
            "support",
            "procedure",
            "procedures",
            "method",
            "it",
            "offices",
            "sites",
            "locations",
        ];
        if THINGS.contains(&rest.as_str()) {
            continue;
        }
        let (rank, place) = if c.name("no").is_some() {
            (0, Workplace::OnSite)
        } else if c.name("hybrid").is_some() {
            (1, Workplace::Hybrid)
        } else if c.name("remote").is_some() {
            (2, Workplace::Remote)
        } else {
            (3, Workplace::OnSite)
        };
        if best.as_ref().is_none_or(|(r, _, _)| rank < *r) {
            best = Some((rank, place, phrase(text, all.start(), all.end())));
        }
    }
    best.map(|(_, place, p)| (place, p))
}

pub(super) fn places(text: &str, title: Option<&Phrase>, beside: Option<Phrase>) -> Vec<Phrase> {
    let mut out = Vec::new();
    for c in PLACE.captures_iter(text) {
        if let Some(m) = c.name("a") {
            // "Berlin / Hamburg (hybrid)"
            let end = m.as_str().find(" (").map_or(m.end(), |n| m.start() + n);
            if end - m.start() <= 100 {
                push_new(&mut out, phrase(text, m.start(), end));
            }
        } else if let Some(m) = c.name("b") {
            push_new(&mut out, phrase(text, m.start(), m.end()));
        }
    }
    if let Some(beside) = beside.filter(|_| out.is_empty()) {
        out.push(beside);
    }
    // "Backend Engineer (m/f/d) – Berlin", or a line of its own under the title.
    if let Some(title) = title.filter(|_| out.is_empty()) {
        let rest = &text[title.end..];
        for line in rest.lines().take(4) {
            let offset = line.as_ptr() as usize - text.as_ptr() as usize;
            for part in line.split(['|', '–', '—', '•', '·']).flat_map(|p| p.split(" - ")) {
                let bare = part.trim().trim_start_matches('-').trim();
                let at = offset + (bare.as_ptr() as usize - line.as_ptr() as usize);
                let words = bare.split_whitespace().count();
                if (1..=5).contains(&words) && crate::parse::place_likeness(bare) >= 0.7 && REMOTE.find(bare).is_none()
                {
                    push_new(&mut out, phrase(text, at, at + bare.len()));
                }
            }
        }
    }
    out.retain(|p| REMOTE.find(&p.text).is_none_or(|m| m.len() < p.text.len()));
    out.truncate(5);
    out
}
