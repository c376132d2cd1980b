//! Who it is and how to reach them.

use super::headings::Block;
use super::row::{Page, Row, squash};
use super::{dates, words};
use crate::resume::{Contact, Field, Location, Profile, Section};
use crate::text::fold;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

static EMAIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)[\p{L}0-9._%+\-]+\s?@\s?[\p{L}0-9\-]+(?:\.[\p{L}0-9\-]+)*\.[a-z]{2,12}\b").expect("a pattern")
});
static PHONE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:\+|\(\+?|\b00)?\s?\d[\d\s().\-–/\u{a0}]{5,20}\d(?:\s?(?:x|ext\.?)\s?\d{1,5})?").expect("a pattern")
});
static URL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:https?://\s?)?(?:www\.)?(?:[a-z0-9\-]+\.)+(?:com|org|net|io|dev|me|co|edu|gov|info|app|ai|de|fr|uk|nl|es|it|pt|br|in|ch|at|be|eu|us|ca|au|pl|se|no|dk|fi|cz|vn|jp|kr|sg|tech|site|page|design|blog|online|xyz|name|pro|cv|work|space|studio|link|ly|tv|gl)\b(?:/[^\s|•·,;<>()]*)?")
        .expect("a pattern")
});
/// Networks by the word that names them, their domain, and what stands before the user name.
const NETWORKS: &[(&str, &str, &str)] = &[
    ("LinkedIn", "linkedin.com", "https://www.linkedin.com/in/"),
    ("GitHub", "github.com", "https://github.com/"),
    ("GitLab", "gitlab.com", "https://gitlab.com/"),
    ("Bitbucket", "bitbucket.org", "https://bitbucket.org/"),
    (
        "Stack Overflow",
        "stackoverflow.com",
        "https://stackoverflow.com/users/",
    ),
    ("Twitter", "twitter.com", "https://twitter.com/"),
    ("X", "x.com", "https://x.com/"),
    ("Facebook", "facebook.com", "https://www.facebook.com/"),
    ("Instagram", "instagram.com", "https://www.instagram.com/"),
    ("Medium", "medium.com", "https://medium.com/@"),
    ("Behance", "behance.net", "https://www.behance.net/"),
    ("Dribbble", "dribbble.com", "https://dribbble.com/"),
    ("Kaggle", "kaggle.com", "https://www.kaggle.com/"),
    ("ORCID", "orcid.org", "https://orcid.org/"),
    ("Google Scholar", "scholar.google.com", "https://scholar.google.com/"),
    ("Xing", "xing.com", "https://www.xing.com/profile/"),
    ("YouTube", "youtube.com", "https://www.youtube.com/@"),
    ("Mastodon", "mastodon.social", "https://mastodon.social/@"),
    ("Skype", "skype.com", "skype:"),
    ("Telegram", "t.me", "https://t.me/"),
    ("Codepen", "codepen.io", "https://codepen.io/"),
    ("HackerRank", "hackerrank.com", "https://www.hackerrank.com/"),
    ("LeetCode", "leetcode.com", "https://leetcode.com/"),
    (
        "ResearchGate",
        "researchgate.net",
        "https://www.researchgate.net/profile/",
    ),
];

fn network(domain: &str) -> Option<(&'static str, &'static str)> {
    let folded = domain.to_lowercase();
    let host = folded
        .trim_start_matches("https://")
        .trim_start_matches("http://")
        .trim_start_matches("www.")
        .split('/')
        .next()
        .unwrap_or_default()
        .to_owned();
    NETWORKS
        .iter()
        .find(|(_, d, _)| host == *d || host.ends_with(&format!(".{d}")))
        .map(|(n, d, _)| (*n, *d))
        .or_else(|| host.starts_with("orcid.").then_some(("ORCID", "orcid.org")))
        .or_else(|| {
            host.starts_with("scholar.")
                .then_some(("Google Scholar", "scholar.google.com"))
        })
}

fn username(url: &str) -> Option<String> {
    let path = url
        .trim_end_matches('/')
        .split_once("://")
        .map_or(url, |(_, rest)| rest)
        .trim_end_matches('/');
    let (_, path) = path.split_once('/')?;
    let last = path
        .split(['?', '#'])
        .next()?
        .trim_end_matches('/')
        .rsplit('/')
        .next()?;
    (!last.is_empty()).then(|| last.trim_start_matches('@').to_owned())
}

/// Rows that may hold contact data: before the first heading, under a contact heading, and the first rows of regions.
fn contact_rows(blocks: &[Block]) -> Vec<usize> {
    let mut out: Vec<usize> = Vec::new();
    for block in blocks.iter().filter(|b| b.section == Section::Contact) {
        out.extend(block.rows.clone());
    }
    out
}

/// Reads the contact data.
pub fn read(page: &Page<'_>, blocks: &[Block]) -> (Contact, Vec<Range<usize>>) {
    let mut contact = Contact::default();
    let own = contact_rows(blocks);
    let mut used: Vec<Range<usize>> = Vec::new();
    let everywhere: Vec<usize> = own
        .iter()
        .copied()
        .chain((0..page.rows.len()).filter(|i| !own.contains(i)))
        .collect();

    for index in &own {
        broken_address(page, &page.rows[*index], &mut contact, &mut used);
    }
    for (rank, index) in everywhere.iter().enumerate() {
        let row = &page.rows[*index];
        let text = page.of(row);
        if contact.email.is_none()
            && let Some(found) = EMAIL.find(text)
        {
            let range = row.range.start + found.start()..row.range.start + found.end();
            let value = found.as_str().replace(' ', "");
            used.push(range.clone());
            contact.email = Some(page.value(value, &range, if rank < own.len() { 0.98 } else { 0.85 }));
        }
    }
    // Text that runs out of its box is cut off; its link is whole.
    if let Some(email) = &mut contact.email {
        let whole = page.doc.lines().flat_map(|(_, l)| &l.spans).find_map(|s| {
            let address = s.link.as_deref()?.strip_prefix("mailto:")?.split('?').next()?;
            (address.len() > email.value.len() && address.starts_with(&email.value)).then(|| address.to_owned())
        });
        email.value = whole.unwrap_or_else(|| email.value.clone());
    }
    if contact.email.is_none() {
        contact.email = page.doc.lines().flat_map(|(_, l)| &l.spans).find_map(|s| {
            let address = s
                .link
                .as_deref()?
                .strip_prefix("mailto:")?
                .split('?')
                .next()?
                .to_owned();
            EMAIL.is_match(&address).then(|| page.value(address, &s.range, 0.9))
        });
    }
    for index in &own {
        let row = &page.rows[*index];
        let text = page.of(row);
        for found in PHONE.find_iter(text) {
            let digits = found.as_str().chars().filter(char::is_ascii_digit).count();
            let range = row.range.start + found.start()..row.range.start + found.end();
            let dated = dates::find(found.as_str()).iter().any(|d| d.stretch);
            let inside = used.iter().any(|u| u.start < range.end && u.end > range.start)
                || URL
                    .find_iter(text)
                    .any(|u| u.start() < found.start() && u.end() > found.start() && u.as_str().contains('/'));
            let label = fold(text).contains("fax");
            if (7..=15).contains(&digits) && !dated && !inside && !label && contact.phone.is_none() {
                used.push(range.clone());
                contact.phone = page.field(&(range.start..range.end), 0.95).map(|mut f| {
                    let raw = squash(found.as_str());
                    f.value = raw
                        .trim_matches(|c: char| c == '-' || c == '/' || c == '.' || c == ' ')
                        .to_owned();
                    f
                });
            }
        }
    }
    if contact.phone.is_none() {
        labelled_phone(page, &mut contact, &mut used);
    }
    read_links(page, &own, &mut contact, &mut used);
    read_name(page, blocks, &own, &mut contact, &mut used);
    read_place(page, &own, &mut contact, &mut used);
    (contact, used)
}

/// An address that a narrow column broke over lines: read without the line ends.
fn broken_address(page: &Page<'_>, row: &Row, contact: &mut Contact, used: &mut Vec<Range<usize>>) {
    let text = page.of(row);
    if !text.contains('\n') || text.contains(' ') {
        return;
    }
    let whole = text.replace('\n', "");
    if whole.contains('@') {
        if contact.email.is_none()
            && let Some(found) = EMAIL.find(&whole)
        {
            used.push(row.range.clone());
            contact.email = Some(page.value(found.as_str().to_owned(), &row.range, 0.85));
        }
        return;
    }
    let Some(found) = URL.find(&whole) else { return };
    let url = if found.as_str().to_lowercase().starts_with("http") {
        found.as_str().to_owned()
    } else {
        format!("https://{}", found.as_str())
    };
    used.push(row.range.clone());
    match network(&url) {
        Some((name, _)) => contact.profiles.push(Profile {
            network: name.into(),
            username: username(&url),
            url: page.value(url, &row.range, 0.85),
        }),
        None if contact.url.is_none() => contact.url = Some(page.value(url, &row.range, 0.8)),
        None => {}
    }
}

/// "Phone: …" anywhere else on the page.
fn labelled_phone(page: &Page<'_>, contact: &mut Contact, used: &mut Vec<Range<usize>>) {
    const LABELS: &[&str] = &[
        "phone",
        "telephone",
        "tel",
        "mobile",
        "cell",
        "mob",
        "telefon",
        "handy",
        "mobil",
        "telefono",
        "telefone",
        "movil",
        "celular",
        "portable",
        "cellulare",
        "telefoon",
        "mobiel",
        "ph",
        "contact no",
        "contact number",
    ];
    for row in &page.rows {
        let text = page.of(row);
        let folded = fold(text.split([':', '\t']).next().unwrap_or_default());
        let label = folded.trim_matches(|c: char| !c.is_alphabetic());
        if text.len() > 80 || !LABELS.contains(&label) {
            continue;
        }
        if let Some(found) = PHONE.find(text) {
            let digits = found.as_str().chars().filter(char::is_ascii_digit).count();
            let range = page.trim(&(row.range.start + found.start()..row.range.start + found.end()));
            if (7..=15).contains(&digits) {
                used.push(row.range.clone());
                contact.phone = page.field(&range, 0.85);
                return;
            }
        }
    }
}

/// Words that label contact data and are no data themselves.
fn label(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "email",
        "e-mail",
        "mail",
        "phone",
        "telephone",
        "mobile",
        "cell",
        "tel",
        "website",
        "web",
        "url",
        "homepage",
        "portfolio",
        "blog",
        "location",
        "address",
        "adresse",
        "telefon",
        "direccion",
        "endereco",
        "indirizzo",
        "adres",
        "contact",
        "links",
        "profile",
        "profiles",
        "date of birth",
        "nationality",
        "linkedin profile",
        "resume",
        "curriculum vitae",
        "cv",
    ];
    let folded = fold(text);
    let plain = folded.trim_matches(|c: char| !c.is_alphabetic());
    WORDS.contains(&plain) || NETWORKS.iter().any(|(n, _, _)| n.to_lowercase() == plain)
}

fn read_links(page: &Page<'_>, own: &[usize], contact: &mut Contact, used: &mut Vec<Range<usize>>) {
    let key = |url: &str| {
        let low = url.to_lowercase();
        low.trim_start_matches("https://")
            .trim_start_matches("http://")
            .trim_start_matches("www.")
            .trim_end_matches('/')
            .to_owned()
    };
    let known = contact.profiles.iter().map(|p| &p.url).chain(contact.url.as_ref());
    let mut seen: Vec<String> = known.map(|u| key(&u.value)).collect();
    let add = |url: String, range: Range<usize>, confidence: f32, contact: &mut Contact, seen: &mut Vec<String>| {
        let k = key(&url);
        if k.is_empty()
            || seen
                .iter()
                .any(|s| *s == k || s.starts_with(&k) || k.starts_with(s.as_str()))
        {
            return;
        }
        match network(&url) {
            Some((name, _)) => {
                seen.push(k);
                contact.profiles.push(Profile {
                    network: name.into(),
                    username: username(&url),
                    url: page.value(url, &range, confidence),
                });
            }
            None if contact.url.is_none() => {
                seen.push(k);
                contact.url = Some(page.value(url, &range, confidence));
            }
            None => {}
        }
    };
    for index in own {
        let row = &page.rows[*index];
        let lines = page
            .doc
            .lines()
            .filter(|(_, l)| l.range.start >= row.range.start && l.range.end <= row.range.end);
        // What a link points to says more than what it shows.
        for span in lines.flat_map(|(_, l)| &l.spans) {
            if let Some(link) = span.link.as_deref().filter(|l| l.starts_with("http")) {
                used.push(span.range.clone());
                add(link.to_owned(), span.range.clone(), 0.95, contact, &mut seen);
            }
        }
        let text = page.of(row);
        for found in URL.find_iter(text) {
            let at = row.range.start + found.start()..row.range.start + found.end();
            let near_mail = text[..found.start()].ends_with('@') || text[found.end()..].starts_with('@');
            if near_mail || used.iter().any(|u| u.start < at.end && u.end > at.start) {
                continue;
            }
            let raw = found.as_str().trim_end_matches(['.', ',', '/']).replace(' ', "");
            let url = if raw.to_lowercase().starts_with("http") {
                raw
            } else {
                format!("https://{raw}")
            };
            used.push(at.clone());
            add(url, at, 0.9, contact, &mut seen);
        }
    }
    // "GitHub: mwhitfield", "LinkedIn" with the name in the next cell or row.
    for (n, index) in own.iter().enumerate() {
        let row = &page.rows[*index];
        let mut pieces: Vec<Range<usize>> = split(page, &row.range, &['|', '•', '·', '\t', ':', ',']);
        if let Some(next) = own.get(n + 1).map(|i| &page.rows[*i]) {
            pieces.extend(
                split(page, &next.range, &['|', '•', '·', '\t', ':', ','])
                    .into_iter()
                    .take(1),
            );
        }
        for pair in pieces.windows(2) {
            let label = fold(page.text(&pair[0]));
            let Some((name, domain, front)) = NETWORKS.iter().find(|(n, _, _)| label == n.to_lowercase()) else {
                continue;
            };
            let value = page.text(&pair[1]).trim().trim_start_matches('@');
            let plain = !value.is_empty()
                && !value.contains(char::is_whitespace)
                && !value.contains('@')
                && words::heading(value).is_none()
                && !NETWORKS.iter().any(|(n, _, _)| fold(value) == n.to_lowercase());
            if plain && !value.contains('.') && !contact.profiles.iter().any(|p| p.network == *name) {
                used.push(pair[1].clone());
                contact.profiles.push(Profile {
                    network: (*name).into(),
                    username: Some(value.to_owned()),
                    url: page.value(format!("{front}{value}"), &pair[1], 0.85),
                });
            }
            let _ = domain;
        }
    }
}

/// Parts of a range between separators, trimmed, empty ones left out.
pub fn split(page: &Page<'_>, range: &Range<usize>, separators: &[char]) -> Vec<Range<usize>> {
    let text = page.text(range);
    let mut out = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices().chain(std::iter::once((text.len(), '\n'))) {
        let spaced =
            c != ':' || text[at + c.len_utf8().min(text.len() - at)..].starts_with([' ', '\t']) || at == text.len();
        if at == text.len() || (separators.contains(&c) && spaced) {
            let part = page.trim(&(range.start + from..range.start + at));
            if !part.is_empty() {
                out.push(part);
            }
            from = (at + c.len_utf8()).min(text.len());
        }
    }
    out
}

fn name_like(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let particle = |w: &&str| {
        matches!(
            fold(w).as_str(),
            "van"
                | "von"
                | "de"
                | "der"
                | "den"
                | "da"
                | "dos"
                | "di"
                | "del"
                | "la"
                | "le"
                | "bin"
                | "al"
                | "y"
                | "e"
                | "zu"
                | "of"
        )
    };
    let capital = |w: &&str| {
        let w = w.trim_start_matches(['"', '“', '(', '\'', '‘', '«']);
        w.chars()
            .next()
            .is_some_and(|c| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()))
    };
    (1..=7).contains(&words.len())
        && !text.contains(|c: char| c.is_ascii_digit() || matches!(c, '@' | '/' | ':' | '|' | '•'))
        && words.iter().all(|w| capital(w) || particle(w))
        && text.chars().filter(|c| c.is_alphabetic()).count() >= 3
}

/// The words in front of a job title, where two or three of them look like a name.
fn before_title(text: &str) -> Option<&str> {
    let starts: Vec<usize> = text
        .split_whitespace()
        .map(|w| w.as_ptr() as usize - text.as_ptr() as usize)
        .collect();
    [3, 2]
        .into_iter()
        .filter(|n| starts.len() > *n)
        .map(|n| (text[..starts[n]].trim_end(), &text[starts[n]..]))
        .find(|(name, rest)| name_like(name) && words::title(name) < 0.5 && words::position(rest) > 0.5)
        .map(|(name, _)| name.trim_end_matches(['-', '–', ',', ' ']))
}

fn read_name(page: &Page<'_>, blocks: &[Block], own: &[usize], contact: &mut Contact, used: &mut Vec<Range<usize>>) {
    let meta = [page.doc.features.title.as_deref(), page.doc.features.author.as_deref()]
        .into_iter()
        .flatten()
        .map(fold)
        .collect::<Vec<_>>();
    let mail = contact
        .email
        .as_ref()
        .map(|e| fold(e.value.split('@').next().unwrap_or_default()))
        .unwrap_or_default();
    let largest = page
        .rows
        .iter()
        .flat_map(|r| &r.cells)
        .map(|c| c.look.size)
        .max()
        .unwrap_or(0);
    let mut best: Option<(f32, usize, usize)> = None;
    let heads: Vec<usize> = blocks.iter().filter_map(|b| b.heading).collect();
    for row in &page.rows {
        let mine = own.contains(&row.index);
        for (n, cell) in row.cells.iter().enumerate() {
            let text = page.text(&page.trim(&cell.range));
            let mut text = text.split([',', '|', '·', '•']).next().unwrap_or_default().trim();
            for tail in [" resume", " résumé", " cv", " curriculum vitae", " lebenslauf"] {
                let cut = text.len().saturating_sub(tail.len());
                if text.is_char_boundary(cut) && cut > 0 && text[cut..].to_lowercase() == tail {
                    text = text[..cut].trim_end_matches([' ', '-', '–', ':']);
                }
            }
            let lowered = fold(text);
            for front in ["name:", "curriculum vitae", "resume of", "cv of", "resume"] {
                if lowered.starts_with(front) && text.len() == lowered.len() {
                    text = text[front.len()..].trim_start_matches([':', '-', ' ', '–']);
                }
            }
            // "Allen King ESB Developer – Acme" on the first line: the words before the title.
            if row.index <= 1 && (!name_like(text) || words::title(text) > 0.5) && text.split_whitespace().count() > 3 {
                text = before_title(text).unwrap_or(text);
            }
            const NOT_NAMES: &[&str] = &[
                "resume",
                "template",
                "sample",
                "example",
                "examples",
                "cv",
                "curriculum",
                "vitae",
                "name",
                "confidential",
                "page",
                "objective",
                "candidate",
                "lebenslauf",
                "download",
                "format",
            ];
            let named = words::tokens(text);
            if named.iter().any(|w| NOT_NAMES.contains(&w.as_str()))
                || label(text)
                || words::heading_noun(text).is_some()
                || words::of_headings(text)
                || words::position(text) >= 0.9
                || named.first().is_some_and(|w| words::language(w))
                || named.iter().any(|w| {
                    matches!(
                        w.as_str(),
                        "intermediate" | "advanced" | "native" | "fluent" | "whatsapp" | "skype"
                    )
                })
            {
                continue;
            }
            if !name_like(text) || heads.contains(&row.index) || words::heading(text).is_some() {
                continue;
            }
            let count = text.split_whitespace().count();
            let mut score = 0.0;
            if largest > page.body + 8 && cell.look.size >= largest - 10 {
                score += 1.6;
            } else if cell.look.size > page.body + 20 {
                score += 0.8;
            }
            if row.index == 0 {
                score += 0.9;
            } else if row.index < 3 {
                score += 0.4;
            }
            if row.heading() == Some(1) && row.index < 3 {
                score += 0.5;
            }
            if mine {
                score += 0.3;
            } else if row.page > 0 {
                score -= 1.0;
            }
            if (2..=4).contains(&count) {
                score += 0.5;
            }
            let folded = fold(text);
            if meta.iter().any(|m| m.contains(&folded)) {
                score += 1.2;
            }
            let parts: Vec<&str> = folded
                .split(|c: char| !c.is_alphabetic())
                .filter(|w| w.len() > 2)
                .collect();
            score += 0.35 * parts.iter().filter(|w| mail.contains(**w)).count().min(2) as f32;
            score -= 0.8 * words::title(text).max(0.0);
            score -= 0.6 * words::place(text).max(0.0) + 0.5 * words::organisation(text).clamp(0.35, 1.4) - 0.175;
            if !dates::find(page.of(row)).is_empty() {
                score -= 0.8;
            }
            // Down the page, among words that look like all others, two capitals make no name.
            let plain = cell.look.size <= page.body + 8 && !parts.iter().any(|w| mail.contains(*w));
            if row.index >= 3 && plain && !meta.iter().any(|m| m.contains(&folded)) {
                score -= 0.5;
            }
            if best.is_none_or(|(s, _, _)| score > s + 1e-6) {
                best = Some((score, row.index, n));
            }
        }
    }
    let Some((score, index, n)) = best.filter(|(s, _, _)| *s > 0.6) else {
        return;
    };
    let row = &page.rows[index];
    let cell = &row.cells[n];
    let mut ranges = vec![page.trim(&cell.range)];
    let mut last = index;
    // A name on two rows: the next row has the very same look.
    for next in page.rows.iter().skip(index + 1).take(2) {
        let Some(first) = next.cells.first() else { break };
        let text = page.text(&page.trim(&first.range));
        let big = cell.look.size > page.body + 20;
        let hyphen = page.text(&cell.range).ends_with('-');
        let beside = page
            .rows
            .iter()
            .skip(last + 1)
            .take(4)
            .find(|r| hyphen && r.cells.first().is_some_and(|c| c.look.size == cell.look.size));
        let (next, first, text) = match beside {
            Some(row) => {
                let first = &row.cells[0];
                (row, first, page.text(&page.trim(&first.range)))
            }
            None => (next, first, text),
        };
        if big
            && (first.look.size - cell.look.size).abs() <= 2
            && name_like(text)
            && words::title(text) < 0.5
            && ranges.len() < 2
            && (first.look.colour == cell.look.colour || hyphen || first.look.bold != cell.look.bold)
        {
            if hyphen {
                ranges[0].end = cell.range.end;
            }
            ranges.push(page.trim(&first.range));
            last = next.index;
        } else {
            break;
        }
    }
    let confidence = (0.5 + 0.13 * score).clamp(0.4, 0.98);
    used.extend(ranges.iter().cloned());
    contact.name = page.joined(&ranges, confidence).map(|mut f| {
        f.value = tidy_name(&f.value);
        f
    });
    // The headline stands near the name and looks like a title.
    let label = page
        .rows
        .iter()
        .skip(index)
        .take(8)
        .filter(|r| r.index != last || r.cells.len() > 1)
        .find_map(|r| {
            let near = r.index <= last + 3;
            let cell = r
                .cells
                .iter()
                .find(|c| !ranges.iter().any(|u| u.start < c.range.end && u.end > c.range.start))?;
            let range = page.trim(&cell.range);
            let text = page.text(&range);
            let clean = !text.contains('@')
                && !text.contains("http")
                && !URL.is_match(text)
                && dates::find(text).is_empty()
                && words::heading(text).is_none();
            let short = text.split_whitespace().count() <= 12 && !text.ends_with('.');
            (near && clean && short && own.contains(&r.index) && words::title(text) > 0.4 && !heads.contains(&r.index))
                .then_some((range, r.index))
        });
    if let Some((range, at)) = label {
        let mut ranges = vec![range];
        if let Some(next) = page.rows.get(at + 1)
            && next.cells.len() == 1
            && next.look == page.rows[at].look
            && own.contains(&next.index)
            && page.of(next).starts_with(['(', '&', '|'])
        {
            ranges.push(page.trim(&next.range));
        }
        used.extend(ranges.iter().cloned());
        contact.label = page.joined(&ranges, 0.8);
    }
}

/// "ROSA DIAZ" as the file shows it; credentials behind a comma are no part of a name.
fn tidy_name(text: &str) -> String {
    let text = text.split([',', '|', '·', '•']).next().unwrap_or(text);
    let text = squash(text.trim_start_matches("Name:").trim());
    let words: Vec<&str> = text.split(' ').collect();
    let tail = |w: &&str| matches!(fold(w).as_str(), "resume" | "cv" | "lebenslauf");
    match words.split_last() {
        Some((last, front)) if front.len() >= 2 && tail(last) => front.join(" "),
        _ => before_title(&text).map_or(text.clone(), str::to_owned),
    }
}

fn read_place(page: &Page<'_>, own: &[usize], contact: &mut Contact, used: &mut Vec<Range<usize>>) {
    let mut best: Option<(f32, Range<usize>)> = None;
    for (order, index) in own.iter().enumerate() {
        let row: &Row = &page.rows[*index];
        // What is left of the row beside addresses and numbers.
        let mut free = vec![row.range.clone()];
        for taken in used
            .iter()
            .filter(|u| u.start < row.range.end && u.end > row.range.start)
        {
            free = free
                .into_iter()
                .flat_map(|f| {
                    [
                        f.start..taken.start.clamp(f.start, f.end),
                        taken.end.clamp(f.start, f.end)..f.end,
                    ]
                })
                .filter(|r| !r.is_empty())
                .collect();
        }
        let pieces: Vec<Range<usize>> = free
            .iter()
            .flat_map(|r| split(page, r, &['|', '•', '·', '\t', ':', '\u{fffd}', '–', '—', '/', '\n']))
            .collect();
        // A place that goes on in the next row: "Main Street 1, Stuttgart," above "Germany".
        let mut pieces = pieces;
        if let Some(last) = pieces.last().cloned()
            && page.of(row).trim_end().ends_with(',')
            && let Some(next) = page
                .rows
                .get(index + 1)
                .filter(|n| own.contains(&n.index) && n.cells.len() == 1)
            && !used
                .iter()
                .any(|u| u.start < next.range.end && u.end > next.range.start)
            && page.of(next).len() < 50
        {
            pieces.push(last.start..next.range.end);
        }
        for piece in pieces {
            let raw = page.text(&piece);
            if used.iter().any(|u| u.start < piece.end && u.end > piece.start)
                || raw.split_whitespace().count() > 14
                || raw.ends_with('.')
                || raw.contains('@')
                || label(raw)
                || words::language(raw.split([' ', '(']).next().unwrap_or_default())
            {
                continue;
            }
            let parts = raw.matches(',').count();
            let digits = raw.chars().filter(char::is_ascii_digit).count();
            let mut score = words::place(raw);
            if score == 0.0
                && parts >= 1
                && (digits >= 3 || parts >= 2)
                && raw.split(',').any(|p| words::region(p) || words::place(p) > 0.5)
            {
                score = 1.0;
            } else if score == 0.0 && parts >= 1 && (4..=10).contains(&digits) {
                score = 0.5;
            } else if score == 0.0
                && name_like(raw)
                && raw.split_whitespace().count() <= 3
                && order > 0
                && words::title(raw) < 0.3
            {
                // A city alone, on a short line among the contact data.
                score = if row.cells.len() > 1 || page.of(row).len() < 30 {
                    0.25
                } else {
                    0.0
                };
            }
            let longer = best
                .as_ref()
                .is_some_and(|(s, b)| (*s - score).abs() < 0.25 && b.start == piece.start && b.end < piece.end);
            if longer || score > best.as_ref().map_or(0.2, |(s, _)| *s) {
                best = Some((score, piece));
            }
        }
    }
    let Some((score, range)) = best else { return };
    used.push(range.clone());
    let text = page.text(&range).to_owned();
    let mut location = Location {
        text: Some(Field::read(
            squash(&text),
            page.source(&range),
            (0.5 + 0.4 * score).min(0.95),
        )),
        ..Location::default()
    };
    let mut parts: Vec<String> = text
        .split([',', '(', ')'])
        .map(squash)
        .filter(|p| !p.is_empty())
        .collect();
    let mut postal = None;
    parts.retain_mut(|p| {
        let digits = p.chars().filter(char::is_ascii_digit).count();
        if digits >= 3 && p.len() <= 10 && p.split_whitespace().count() <= 2 && !p.chars().any(|c| c.is_lowercase()) {
            // "97214", "OR 97214"
            let words: Vec<&str> = p.split_whitespace().collect();
            postal = words
                .iter()
                .find(|w| w.chars().any(|c| c.is_ascii_digit()))
                .map(|w| (*w).to_owned());
            let rest: Vec<&str> = words
                .into_iter()
                .filter(|w| !w.chars().any(|c| c.is_ascii_digit()))
                .collect();
            *p = rest.join(" ");
            return !p.is_empty();
        }
        // "75001 Paris"
        if let Some((first, rest)) = p.split_once(' ')
            && first.chars().filter(char::is_ascii_digit).count() >= 4
            && first.chars().all(|c| c.is_ascii_digit() || c == '-')
            && !rest.chars().any(|c| c.is_ascii_digit())
        {
            postal = Some(first.to_owned());
            *p = rest.to_owned();
        }
        true
    });
    // "Chicago Illinois US", "Ho Chi Minh City VN": region and country without commas.
    if parts.len() == 1 && words::place(&parts[0]) < 0.86 {
        let mut names: Vec<&str> = parts[0].split_whitespace().collect();
        let mut tail: Vec<String> = Vec::new();
        while names.len() > 1 {
            let two = names[names.len() - 2..].join(" ");
            let last = names[names.len() - 1];
            let code = last.len() == 2 && last.chars().all(char::is_uppercase);
            if names.len() > 2 && words::region(&two) {
                tail.insert(0, two);
                names.truncate(names.len() - 2);
            } else if code || words::region(last) {
                tail.insert(0, last.to_owned());
                names.pop();
            } else {
                break;
            }
        }
        if !tail.is_empty() && !names.is_empty() {
            let city = names.join(" ");
            parts = std::iter::once(city).chain(tail).collect();
        }
    }
    location.postal_code = postal;
    let street = |p: &str| p.chars().any(|c| c.is_ascii_digit());
    let (streets, places): (Vec<String>, Vec<String>) = parts.into_iter().partition(|p| street(p));
    if !streets.is_empty() {
        location.address = Some(streets.join(", "));
    }
    let mut places = places;
    // With a street, quarters may stand before the city: the city is the one before region and country.
    let tail = places
        .iter()
        .rev()
        .take_while(|p| words::region(p) || (p.len() <= 3 && p.chars().all(|c| c.is_uppercase() || c == '.')))
        .count();
    let tail = tail.min(places.len().saturating_sub(1));
    let named: Vec<String> = places.split_off(places.len() - tail);
    // A known town says it best; else the first name behind the street.
    let town = places.iter().find(|p| words::place(p) >= 0.85 && !words::region(p));
    location.city = town.or(places.first()).cloned();
    if places.len() > 1 && location.region.is_none() && streets.is_empty() {
        location.region = places.get(1).cloned();
    }
    if let Some(first) = named.first() {
        location.region = Some(first.clone());
    }
    if let Some(code) = named.last().filter(|c| c.len() == 2 && named.len() > 1) {
        location.country_code = Some(code.clone());
    }
    contact.location = Some(location);
}
