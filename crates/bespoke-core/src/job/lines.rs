//! The lines of a job description and the part that each belongs to, by the headings above it.

use regex::Regex;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

static PREFERRED_HEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)nice[- ]to[- ]haves?|preferred|preferences|bonus|\bplus(?:es)?\b|desired|desirable|extra\s+credit|good\s+to\s+have|ideally|even\s+better|(?:make|help)s?\s+you\s+stand\s+out|optional|additional\s+qualifications|advantage|great\s+if|would\s+be\s+(?:nice|great)|von\s+vorteil|wünschenswert|serait\s+un\s+plus|souhaité|deseable|gewenst").expect("a pattern")
});
static REQUIRED_HEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)requirement|required|must[- ]have|minimum|qualification|what\s+(?:you|we)(?:['’]?(?:ll|re)|\s+will|\s+are)?\s*(?:need|bring|look|have|expect)|you\s+(?:have|bring|are|need|possess)|who\s+you\s+are|your\s+(?:profile|skills|background|experience)|skills|experience|essential|about\s+you\b|we['’]?re\s+looking\s+for|looking\s+for|criteria|must\s+have|person\s+specification|credentials|ihr(?:e)?\s+profil|dein\s+profil|anforderungen|qualifikation|\bprofil\b|competenc|requisitos|compétences|vereisten|wat\s+vragen").expect("a pattern")
});
static DUTY_HEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)responsibilit|duties|what\s+you(?:['’]?ll|\s+will)\s+(?:do|be|own|build|work)|your\s+(?:role|tasks|mission|job|day|impact)|the\s+(?:role|job|opportunity)\b|day[- ]to[- ]day|in\s+this\s+role|you\s+will\b|key\s+accountab|tasks|job\s+description|about\s+the\s+(?:role|job|position)|scope\s+of\s+work|how\s+you\s+will|ihre?\s+aufgaben|deine\s+aufgaben|missions|responsabilidades|funciones|taken\b").expect("a pattern")
});
static OTHER_HEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)benefit|perks|we\s+offer|what\s+(?:we\s+offer|you(?:['’]?ll|\s+will)\s+(?:get|receive)|is\s+in\s+it)|about\s+(?:us\b|the\s+(?:company|team)|our)|why\s+(?:join|work|us)|compensation|salary|pay\s+range|equal\s+opportunit|diversity|how\s+to\s+apply|application\s+process|interview\s+process|our\s+(?:culture|values|company|story|mission)|who\s+we\s+are|wir\s+bieten|unser\s+angebot|nous\s+offrons|ofrecemos|wij\s+bieden|schedule|location|disclaimer|\beeo\b|privacy|contact|company\s+description").expect("a pattern")
});
/// Sentences that every advertisement has.
pub(super) static BOILERPLATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)equal\s+opportunity|without\s+regard\s+to|protected\s+veteran|sexual\s+orientation|reasonable\s+accommodation|401\(?k\)?|health\s+insurance|paid\s+time\s+off|\bdental\b.{0,30}\bvision\b|parental\s+leave|background\s+check|sign-on\s+bonus|base\s+salary|e-verify").expect("a pattern")
});

/// What a line speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Lead,
    Required,
    Preferred,
    Duties,
    Other,
}

/// A line without its bullet.
#[derive(Debug)]
pub(super) struct Line {
    pub range: Range<usize>,
    pub part: Part,
    pub heading: bool,
    pub bullet: bool,
}

fn part_of(plain: &str) -> Option<Part> {
    // "Preferred qualifications" and "Minimum qualifications" both name qualifications: the adjective decides.
    if OTHER_HEAD.is_match(plain) {
        Some(Part::Other)
    } else if PREFERRED_HEAD.is_match(plain) {
        Some(Part::Preferred)
    } else if DUTY_HEAD.is_match(plain) {
        Some(Part::Duties)
    } else if REQUIRED_HEAD.is_match(plain) {
        Some(Part::Required)
    } else {
        None
    }
}

/// Whether a line that nothing marks as a heading is made of the words that headings are made of: "Preferred qualifications"
/// is, "Docker preferred" and "Experience with Go" are not.
fn is_heading(plain: &str) -> bool {
    static WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
        let data = include_str!("../../../../data/words/job-headings.txt");
        data.lines()
            .filter(|l| !l.starts_with('#'))
            .flat_map(str::split_whitespace)
            .collect()
    });
    let all = crate::text::words(plain);
    let other = all.iter().filter(|w| !WORDS.contains(w.as_str())).count();
    // "About Harbourlight", "Why work at Orchard Freight".
    let opens = matches!(
        all.first().map(String::as_str),
        Some("about" | "why" | "what" | "who" | "how" | "life" | "working" | "over")
    );
    other == 0 || opens && other <= 3
}

/// Whether a text can be a name: no heading, and not only words of headings.
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty() && !is_heading(text)
}

/// Lines in order. A heading holds until the next one; "Requirements: Go, Rust" is a heading and its content in one line.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut out = Vec::new();
    let mut part = Part::Lead;
    let mut at = 0;
    for raw in text.split_inclusive('\n') {
        let end = at + raw.trim_end().len();
        let start = (at + raw.len() - raw.trim_start().len()).min(end);
        at += raw.len();
        let line = &text[start..end];
        if line.is_empty() {
            continue;
        }
        let stripped = crate::ingest::strip_bullet(line);
        let bullet = stripped.is_some();
        let body = stripped.unwrap_or(line);
        let start = end - body.len();
        let trim = |s: &str| s.trim_matches(|c: char| matches!(c, '*' | '#' | '_' | ' ' | ':')).len();
        let plain = body.trim_matches(|c: char| matches!(c, '*' | '#' | '_' | ' ' | ':'));
        let words = plain.split_whitespace().count();
        let marked =
            body.trim_end_matches(['*', ' ']).ends_with(':') || line.starts_with('#') || line.starts_with("**");
        let shaped = !bullet
            && (1..=8).contains(&words)
            && !plain.ends_with(['.', ',', ';'])
            && (marked || plain.chars().next().is_some_and(char::is_uppercase));
        // A label at the start of a line: "Nice to have: Kotlin".
        if let Some(colon) = body.find(':').filter(|c| *c < 45 && trim(&body[..*c]) > 0)
            && body[..colon].split_whitespace().count() <= 5
            && body[colon + 1..].trim().len() > 1
            && let Some(found) = part_of(&body[..colon])
        {
            // "Salary: …" speaks of itself only.
            if !bullet && found != Part::Other {
                part = found;
            }
            out.push(Line {
                range: start..start + colon + 1,
                part: found,
                heading: true,
                bullet,
            });
            let rest = body[colon + 1..].trim_start().len();
            out.push(Line {
                range: end - rest..end,
                part: found,
                heading: false,
                bullet,
            });
            continue;
        }
        if shaped
            && (marked || is_heading(plain))
            && let Some(found) = part_of(plain)
        {
            part = found;
            out.push(Line {
                range: start..end,
                part,
                heading: true,
                bullet,
            });
            continue;
        }
        // Another heading ends a list of benefits or wishes, whatever it is about.
        if shaped && marked && matches!(part, Part::Preferred | Part::Other) && words <= 6 {
            part = Part::Lead;
        }
        out.push(Line {
            range: start..end,
            part,
            heading: false,
            bullet,
        });
    }
    out
}

/// Sentences of a line, so that "Go required. Rust is a plus." is told apart.
pub(super) fn clauses(text: &str, range: &Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = range.start;
    let line = &text[range.clone()];
    for (at, c) in line.char_indices() {
        let next = line[at + c.len_utf8()..].chars().next();
        if matches!(c, '.' | ';' | '!' | '?') && next.is_none_or(char::is_whitespace) && !abbreviation(&line[..at]) {
            out.push(from..range.start + at + c.len_utf8());
            from = range.start + at + c.len_utf8();
        }
    }
    if from < range.end {
        out.push(from..range.end);
    }
    out
}

fn abbreviation(before: &str) -> bool {
    let word = before
        .rsplit(|c: char| c.is_whitespace() || c == '(')
        .next()
        .unwrap_or_default();
    matches!(
        word.to_ascii_lowercase().as_str(),
        "e.g" | "i.e" | "etc" | "incl" | "approx" | "min" | "vs" | "inc" | "u.s" | "st" | "mr" | "ms"
    )
}
