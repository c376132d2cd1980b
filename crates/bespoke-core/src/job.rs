//! Reads a job description: text → [`JobPosting`], each part with its byte range in the text.

use crate::lexicon::skills::Skills;
use crate::roles::Seniority;
use crate::text::fold;
use regex::Regex;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// A phrase of the job description.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Phrase {
    /// As it stands there.
    pub text: String,
    /// First byte in [`JobPosting::text`] (UTF-8).
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// A skill that the job asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct JobSkill {
    /// Canonical name where the lexicon knows it, else as written.
    pub name: String,
    /// Required, or only preferred.
    pub required: bool,
    /// How often the job names it.
    pub count: u32,
    /// Where it stands first.
    pub phrase: Phrase,
}

/// What a job asks for.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct JobPosting {
    /// The text that was read.
    pub text: String,
    /// Job title.
    pub title: Option<Phrase>,
    /// Employer, where named.
    pub company: Option<Phrase>,
    /// Seniority, by title and text.
    pub seniority: Option<Seniority>,
    /// Skills, required first, most often named first.
    pub skills: Vec<JobSkill>,
    /// Action verbs of the responsibilities, base form.
    pub verbs: Vec<Phrase>,
    /// Domain terms that are not skills of the lexicon.
    pub terms: Vec<Phrase>,
    /// What the person would do, a line each.
    pub responsibilities: Vec<Phrase>,
    /// Least years of experience asked for.
    pub years: Option<u32>,
    /// Degrees asked for.
    pub education: Vec<Phrase>,
}

static YEARS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(\d{1,2}|one|two|three|four|five|six|seven|eight|ten)\s*(?:\+|plus)?\s*(?:(?:-|–|to)\s*\d{1,2}\s*)?\+?\s*(?:years?|yrs?)\b(?:[^.\n]{0,60}?\b(?:experience|background|practice|work)\b)?").expect("a pattern")
});
static DEGREE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:bachelor(?:['’]?s)?(?:\s+of\s+\w+|\s+degree)?|master(?:['’]?s)(?:\s+degree)?|master\s+of\s+\w+|ph\.?\s?d\.?|doctorate|associate(?:['’]?s)?\s+degree|mba|b\.?sc\.?|m\.?sc\.?|bsn|msn|ba/bs|bs/ms|b\.?s\.?/m\.?s\.?|bs\s+degree|university\s+degree|college\s+degree|high\s+school\s+diploma|ged|degree\s+in\s+[a-z ]{3,40})(?:\s+in\s+[A-Z][\w ,]{2,50})?").expect("a pattern")
});
static TITLE_CUE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:job\s+title|position|role|title)\s*[:\-–]\s*(?P<a>[^\n|]{3,80})|(?:looking\s+for|seeking|hiring|searching\s+for|join\s+us\s+as|join\s+\w+\s+as|we\s+need)\s+(?:an?|our\s+next)\s+(?P<b>[\w/+#&,\- ]{3,70}?)(?:\s+(?:to|who|with|for|at|in|that)\b|[.,;\n(])").expect("a pattern")
});
static COMPANY_CUE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)(?i:company|employer|organi[sz]ation)\s*:\s*(?P<a>[^\n|]{2,60})|(?i:^about\s+)(?P<b>[A-Z][\w&.' ]{1,40}?)\s*:?$|(?i:join\s+(?:the\s+team\s+at\s+)?|\bat\s+)(?P<c>[A-Z][\w&']*(?:\s+[A-Z&][\w&']*){0,3})").expect("a pattern")
});
static PREFERRED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)nice[- ]to[- ]haves?|preferred|preferably|bonus|is\s+a\s+plus|are\s+a\s+plus|a\s+plus\b|ideally|desirable|desired|advantage(?:ous)?|good\s+to\s+have|optional|beneficial|pluses|would\s+be\s+great|not\s+required|von\s+vorteil|wünschenswert|un\s+plus|souhaité").expect("a pattern")
});
static PREFERRED_HEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)nice[- ]to[- ]have|preferred|bonus|plus(?:es)?\b|desired|desirable|extra\s+credit|good\s+to\s+have|ideally|even\s+better|stand\s+out|optional|additional\s+qualifications|advantage").expect("a pattern")
});
static REQUIRED_HEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)requirement|required|must[- ]have|minimum|qualification|what\s+(?:you|we)(?:['’]?ll|\s+will)?\s*(?:need|bring|look|have)|you\s+(?:have|bring|are)|who\s+you\s+are|your\s+profile|skills|experience|essential|about\s+you|we['’]re\s+looking\s+for|looking\s+for|ihr\s+profil|anforderungen|profil|competenc").expect("a pattern")
});
static DUTY_HEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)responsibilit|duties|what\s+you(?:['’]?ll|\s+will)\s+(?:do|be|own|build)|your\s+(?:role|tasks|mission|job)|the\s+role|day[- ]to[- ]day|in\s+this\s+role|you\s+will|key\s+accountab|tasks|job\s+description|about\s+the\s+(?:role|job|position)|ihre\s+aufgaben|missions").expect("a pattern")
});
static OTHER_HEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)benefit|perks|we\s+offer|what\s+we\s+offer|about\s+(?:us|the\s+company)|why\s+(?:join|work|us)|compensation|salary|pay\s+range|equal\s+opportunit|diversity|how\s+to\s+apply|our\s+(?:culture|values|company|story)|who\s+we\s+are|wir\s+bieten|schedule|location|disclaimer|eeo").expect("a pattern")
});
static BOILERPLATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)equal\s+opportunity|without\s+regard\s+to|protected\s+veteran|sexual\s+orientation|reasonable\s+accommodation|401\(?k\)?|health\s+insurance|paid\s+time\s+off|dental|parental\s+leave|background\s+check|sign-on\s+bonus|base\s+salary").expect("a pattern")
});

#[derive(Debug, Clone, Copy, PartialEq)]
enum Part {
    Lead,
    Required,
    Preferred,
    Duties,
    Other,
}

struct Line {
    range: Range<usize>,
    part: Part,
    heading: bool,
    bullet: bool,
}

fn lines(text: &str) -> Vec<Line> {
    let mut out = Vec::new();
    let mut part = Part::Lead;
    let mut at = 0;
    for raw in text.split_inclusive('\n') {
        let (start, end) = (at, at + raw.trim_end().len());
        at += raw.len();
        let lead = raw.len() - raw.trim_start().len();
        let start = (start + lead).min(end);
        let line = &text[start..end];
        if line.is_empty() {
            continue;
        }
        let stripped = crate::ingest::strip_bullet(line);
        let bullet = stripped.is_some();
        let body = stripped.unwrap_or(line);
        let start = end - body.len();
        let plain = body.trim_matches(|c: char| matches!(c, '*' | '#' | '_' | ' ' | ':'));
        let words = plain.split_whitespace().count();
        let heading = !bullet
            && words <= 8
            && words > 0
            && !plain.ends_with(['.', ',', ';'])
            && (body.trim_end_matches(['*', ' ']).ends_with(':')
                || line.starts_with('#')
                || line.starts_with("**")
                || plain.chars().next().is_some_and(char::is_uppercase));
        let mut is_heading = false;
        if heading {
            let found = if OTHER_HEAD.is_match(plain) {
                Some(Part::Other)
            } else if PREFERRED_HEAD.is_match(plain) {
                Some(Part::Preferred)
            } else if DUTY_HEAD.is_match(plain) {
                Some(Part::Duties)
            } else if REQUIRED_HEAD.is_match(plain) {
                Some(Part::Required)
            } else {
                None
            };
            if let Some(found) = found {
                part = found;
                is_heading = true;
            }
        }
        out.push(Line {
            range: start..end,
            part,
            heading: is_heading,
            bullet,
        });
    }
    out
}

fn phrase(text: &str, range: Range<usize>) -> Phrase {
    Phrase {
        text: text[range.clone()].to_owned(),
        start: range.start,
        end: range.end,
    }
}

/// Sentences of a line, so that "Go required. Rust is a plus." is told apart.
fn clauses(text: &str, range: &Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = range.start;
    let line = &text[range.clone()];
    for (at, c) in line.char_indices() {
        let next = line[at + c.len_utf8()..].chars().next();
        if matches!(c, '.' | ';' | '!' | '?') && next.is_none_or(char::is_whitespace) {
            out.push(from..range.start + at + c.len_utf8());
            from = range.start + at + c.len_utf8();
        }
    }
    if from < range.end {
        out.push(from..range.end);
    }
    out
}

fn title(text: &str, lines: &[Line]) -> Option<Phrase> {
    let cued = TITLE_CUE
        .captures(text)
        .and_then(|c| c.name("a").or_else(|| c.name("b")))
        .map(|m| m.range());
    let first = lines.iter().take(4).find(|l| {
        let words = text[l.range.clone()].split_whitespace().count();
        !l.heading && !l.bullet && words <= 10 && crate::parse::title_likeness(&text[l.range.clone()]) > 0.5
    });
    let range = match (first, cued) {
        (Some(line), _) => line.range.clone(),
        (None, Some(cued)) => cued,
        (None, None) => return None,
    };
    // "Backend Engineer (m/f/d) – Berlin", "Title: …"
    let line = &text[range.clone()];
    let skip = line
        .find(':')
        .filter(|i| *i < 15 && fold(&line[..*i]).split_whitespace().count() <= 2)
        .map_or(0, |i| i + 1);
    let rest = &line[skip..];
    let end = [" (", " – ", " — ", " | ", " - ", " @ ", " at "]
        .iter()
        .filter_map(|s| rest.find(s))
        .min()
        .unwrap_or(rest.len());
    let cut = rest[..end].trim_matches(|c: char| c.is_whitespace() || matches!(c, '#' | '*' | '_' | '.' | ','));
    if cut.is_empty() {
        return None;
    }
    let start = range.start + skip + (cut.as_ptr() as usize - rest.as_ptr() as usize);
    Some(phrase(text, start..start + cut.len()))
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

fn number(text: &str) -> Option<u32> {
    const WORDS: [&str; 11] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    let low = text.to_lowercase();
    low.parse()
        .ok()
        .or_else(|| WORDS.iter().position(|w| *w == low).map(|n| n as u32))
}

/// Capitalised names and nouns of requirements that the lexicon does not know, named at least twice, or in capitals.
fn terms(text: &str, lines: &[Line], skills: &[JobSkill]) -> Vec<Phrase> {
    static WORD: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[A-Za-z][\w+#./&-]*[\w+#]").expect("a pattern"));
    const DULL: &[&str] = &[
        "the",
        "and",
        "with",
        "our",
        "you",
        "your",
        "for",
        "will",
        "are",
        "that",
        "this",
        "have",
        "from",
        "years",
        "year",
        "experience",
        "work",
        "working",
        "team",
        "teams",
        "ability",
        "strong",
        "skills",
        "knowledge",
        "including",
        "within",
        "other",
        "new",
        "must",
        "who",
        "they",
        "their",
        "we",
        "role",
        "job",
        "required",
        "preferred",
        "plus",
        "good",
        "excellent",
        "understanding",
        "degree",
        "related",
        "field",
        "equivalent",
        "about",
        "using",
        "such",
        "across",
        "least",
        "into",
        "more",
        "all",
        "any",
        "what",
        "can",
        "not",
        "has",
        "also",
        "make",
        "help",
        "join",
        "company",
        "position",
        "candidate",
        "responsibilities",
        "requirements",
        "qualifications",
        "minimum",
        "environment",
        "high",
        "well",
        "level",
        "support",
        "business",
        "day",
        "per",
        "time",
        "full",
        "part",
        "is",
        "as",
        "in",
        "on",
        "to",
        "of",
        "or",
        "an",
        "at",
        "be",
        "by",
        "it",
        "us",
        "do",
        "if",
        "up",
        "so",
    ];
    let mut counts: HashMap<String, (usize, Range<usize>, bool)> = HashMap::new();
    for line in lines
        .iter()
        .filter(|l| !l.heading && matches!(l.part, Part::Required | Part::Preferred | Part::Duties | Part::Lead))
    {
        for (n, found) in WORD.find_iter(&text[line.range.clone()]).enumerate() {
            let range = line.range.start + found.start()..line.range.start + found.end();
            let low = fold(found.as_str());
            let known = skills
                .iter()
                .any(|s| fold(&s.name).contains(&low) || fold(&s.phrase.text).contains(&low));
            if low.len() < 4 && !found.as_str().chars().all(char::is_uppercase) || DULL.contains(&low.as_str()) || known
            {
                continue;
            }
            let name = n > 0 && found.as_str().chars().next().is_some_and(char::is_uppercase);
            let entry = counts.entry(low).or_insert((0, range, false));
            entry.0 += 1;
            entry.2 |= name;
        }
    }
    let mut found: Vec<(usize, Range<usize>)> = counts
        .into_values()
        .filter(|(n, _, name)| *n >= 2 || *name)
        .map(|(n, r, _)| (n, r))
        .collect();
    found.sort_by_key(|(n, r)| (std::cmp::Reverse(*n), r.start));
    found.truncate(25);
    found.into_iter().map(|(_, r)| phrase(text, r)).collect()
}

/// Reads a job description. Never fails; an empty text gives an empty posting.
pub fn read_job(text: &str) -> JobPosting {
    let lines = lines(text);
    let lexicon = Skills::builtin();
    let mut order: Vec<JobSkill> = Vec::new();
    let structured = lines
        .iter()
        .any(|l| l.heading && matches!(l.part, Part::Required | Part::Preferred | Part::Duties));
    for line in &lines {
        let shown = &text[line.range.clone()];
        if line.part == Part::Other
            || (line.heading && shown.split_whitespace().count() <= 4)
            || BOILERPLATE.is_match(shown)
        {
            continue;
        }
        for clause in clauses(text, &line.range) {
            let words = &text[clause.clone()];
            let soft = PREFERRED.is_match(words);
            for hit in lexicon.find(words) {
                let skill = lexicon.get(hit.skill);
                let required = match line.part {
                    Part::Preferred => false,
                    Part::Required => !soft,
                    Part::Duties => !soft,
                    Part::Lead => !soft && !structured || !soft && line.range.start == 0,
                    Part::Other => false,
                };
                match order.iter_mut().find(|s| s.name == skill.name) {
                    Some(known) => {
                        known.count += 1;
                        known.required |= required;
                    }
                    None => order.push(JobSkill {
                        name: skill.name.clone(),
                        required,
                        count: 1,
                        phrase: phrase(text, clause.start + hit.range.start..clause.start + hit.range.end),
                    }),
                }
            }
        }
    }
    order.sort_by_key(|s| (!s.required, std::cmp::Reverse(s.count), s.phrase.start));
    let title = title(text, &lines);
    let years = YEARS
        .captures_iter(text)
        .filter(|c| {
            c.get(0).is_some_and(|m| {
                fold(m.as_str()).contains("experience")
                    || lines.iter().any(|l| {
                        l.range.start <= m.start()
                            && l.range.end >= m.end()
                            && matches!(l.part, Part::Required | Part::Lead | Part::Preferred)
                            && fold(&text[l.range.clone()]).contains("experience")
                    })
            })
        })
        .filter_map(|c| number(c.get(1)?.as_str()))
        .filter(|n| (1..=25).contains(n))
        .max_by_key(|n| std::cmp::Reverse(*n));
    let mut education: Vec<Phrase> = Vec::new();
    for found in DEGREE.find_iter(text) {
        let line = lines
            .iter()
            .find(|l| l.range.start <= found.start() && l.range.end >= found.start());
        if line.is_some_and(|l| l.part != Part::Other)
            && !education.iter().any(|p| fold(&p.text) == fold(found.as_str()))
        {
            education.push(phrase(text, found.range()));
        }
    }
    let responsibilities: Vec<Phrase> = lines
        .iter()
        .filter(|l| {
            !l.heading
                && (l.part == Part::Duties || (!structured && l.bullet))
                && text[l.range.clone()].split_whitespace().count() > 1
        })
        .map(|l| phrase(text, l.range.clone()))
        .collect();
    let mut verbs: Vec<Phrase> = Vec::new();
    for duty in &responsibilities {
        let Some(first) = duty.text.split_whitespace().next() else {
            continue;
        };
        let word = first.trim_matches(|c: char| !c.is_alphabetic());
        if word.len() > 2 && word.chars().all(char::is_alphabetic) && !verbs.iter().any(|v| fold(&v.text) == fold(word))
        {
            verbs.push(Phrase {
                text: word.to_lowercase(),
                start: duty.start,
                end: duty.start + first.len(),
            });
        }
    }
    let company = COMPANY_CUE
        .captures(text)
        .and_then(|c| c.name("a").or_else(|| c.name("b")).or_else(|| c.name("c")))
        .filter(|m| {
            !matches!(
                fold(m.as_str()).as_str(),
                "us" | "the" | "you" | "the role" | "this role" | "the team" | "the job" | "the company" | "least"
            )
        })
        .map(|m| phrase(text, m.range()));
    JobPosting {
        seniority: seniority(title.as_ref().map_or("", |t| &t.text), years),
        terms: terms(text, &lines, &order),
        text: text.to_owned(),
        title,
        company,
        skills: order,
        verbs,
        responsibilities,
        years,
        education,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AD: &str = "Senior Backend Engineer (m/f/d) – Berlin\n\nCompany: Orchard Freight\n\nWhat you will do\n- Design REST APIs in Go\n- Operate Kafka\n\nRequirements\n- 5+ years of experience with PostgreSQL\n- Bachelor's degree in Computer Science\n- Docker; Terraform is a plus\n\nNice to have\n- Rust\n\nWhat we offer\n- Python meetups and Excel trainings\n";

    #[test]
    fn an_advertisement_is_read() {
        let job = read_job(AD);
        assert_eq!(
            job.title.as_ref().map(|t| t.text.as_str()),
            Some("Senior Backend Engineer")
        );
        assert_eq!(job.company.as_ref().map(|c| c.text.as_str()), Some("Orchard Freight"));
        assert_eq!((job.seniority, job.years), (Some(Seniority::Senior), Some(5)));
        let of = |required: bool| -> Vec<&str> {
            job.skills
                .iter()
                .filter(|s| s.required == required)
                .map(|s| s.name.as_str())
                .collect()
        };
        for name in ["REST APIs", "Go", "Kafka", "PostgreSQL", "Docker"] {
            assert!(of(true).contains(&name), "{name}: {:?}", of(true));
        }
        for name in ["Terraform", "Rust"] {
            assert!(of(false).contains(&name), "{name}: {:?}", of(false));
        }
        assert!(!job.skills.iter().any(|s| s.name == "Python" || s.name == "Excel"));
        assert_eq!(job.responsibilities.len(), 2);
        assert_eq!(job.verbs[0].text, "design");
        assert!(!job.education.is_empty());
        for skill in &job.skills {
            assert_eq!(&AD[skill.phrase.start..skill.phrase.end], skill.phrase.text);
        }
    }

    #[test]
    fn nothing_gives_nothing() {
        assert_eq!(read_job("").skills.len(), 0);
        assert!(read_job("\n \n").title.is_none());
    }
}
