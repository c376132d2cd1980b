//! Web addresses and profiles on networks.

use super::super::row::Page;
use super::super::words;
use super::split;
use crate::resume::{Contact, Profile};
use crate::text::fold;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

pub(super) static URL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:https?://\s?)?(?:www\.)?(?:[a-z0-9\-]+\.)+(?:com|org|net|io|dev|me|co|edu|gov|info|app|ai|de|fr|uk|nl|es|it|pt|br|in|ch|at|be|eu|us|ca|au|pl|se|no|dk|fi|cz|vn|jp|kr|sg|tech|site|page|design|blog|online|xyz|name|pro|cv|work|space|studio|link|ly|tv|gl)\b(?:/[^\s|•·,;<>()]*)?")
        .expect("a pattern")
});

/// Networks by the word that names them, their domain, and what stands before the user name.
pub(super) const NETWORKS: &[(&str, &str, &str)] = &[
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

pub(super) fn network(domain: &str) -> Option<(&'static str, &'static str)> {
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

pub(super) fn username(url: &str) -> Option<String> {
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

pub(super) fn read_links(page: &Page<'_>, own: &[usize], contact: &mut Contact, used: &mut Vec<Range<usize>>) {
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
            // The link of an address opens a map.
            let map = |l: &str| ["maps.", "/maps", "openstreetmap.org"].iter().any(|m| l.contains(m));
            if let Some(link) = span.link.as_deref().filter(|l| l.starts_with("http") && !map(l)) {
                used.push(span.range.clone());
                add(link.to_owned(), span.range.clone(), 0.95, contact, &mut seen);
            }
        }
        let text = page.of(row);
        for found in URL.find_iter(text) {
            let at = row.range.start + found.start()..row.range.start + found.end();
            // "B.Com" is a degree.
            let degree = found.len() <= 6 && found.as_str().starts_with(char::is_uppercase);
            let near_mail = degree || text[..found.start()].ends_with('@') || text[found.end()..].starts_with('@');
            if near_mail || used.iter().any(|u| u.start < at.end && u.end > at.start) {
                continue;
            }
            let mut raw = found.as_str().trim_end_matches(['.', ',', '/']).replace(' ', "");
            // Cut at a hyphen by the end of the line: "linkedin.com/in/chiamaka-" above "nwosu-eze".
            if raw.ends_with('-')
                && raw.contains('/')
                && text[found.end()..].trim().is_empty()
                && let Some(next) = page.rows.get(row.index + 1).filter(|n| n.page == row.page && !n.gap)
            {
                let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '%');
                let below = page.of(next);
                let more = below.find(|c| !part(c)).unwrap_or(below.len());
                raw.push_str(&below[..more]);
                used.push(next.range.start..next.range.start + more);
            }
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
        // "LinkedIn @jdoe", "LinkedIn in/jdoe": the handle behind a blank.
        let pairs: Vec<[Range<usize>; 2]> = pieces
            .iter()
            .filter_map(|piece| {
                let text = page.text(piece);
                let at = text.find(' ')?;
                let handle = text[at + 1..].trim_start();
                let marked = handle.starts_with('@') || handle.starts_with("in/");
                marked.then(|| [piece.start..piece.start + at, piece.end - handle.len()..piece.end])
            })
            .chain(pieces.windows(2).map(|w| [w[0].clone(), w[1].clone()]))
            .collect();
        for pair in &pairs {
            let label = fold(page.text(&pair[0]));
            let Some((name, domain, front)) = NETWORKS.iter().find(|(n, _, _)| label == n.to_lowercase()) else {
                continue;
            };
            let value = page.text(&pair[1]).trim();
            let value = value.strip_prefix("in/").unwrap_or(value).trim_start_matches('@');
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
