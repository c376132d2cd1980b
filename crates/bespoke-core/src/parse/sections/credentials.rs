//! Certificates, awards and publications: a name, who gave it, when.

use super::super::entries::{self};
use super::super::row::{Page, Row, hull};
use super::super::{dates, words};
use super::rows;
use crate::date::End;
use crate::resume::{Credential, Id};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// "Brandt, S. and Ueda, M. (2021). Seismic listening on ice. Annals of Polar Methods, 12, 44–61."
static CITED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?s)^(?P<authors>[^()]{3,300}?)\s*\((?P<year>(?:19|20)\d\d)[a-z]?\)[.,:]?\s+[“\x22]?(?P<title>[^.?!]{8,300}[.?!]?)[”\x22]?\s*(?P<where>.*)$")
        .expect("a pattern")
});

/// Certificates and awards.
pub fn credentials(page: &Page<'_>, range: &Range<usize>) -> Vec<Credential> {
    let mut own: Vec<Row> = rows(page, range).into_iter().cloned().collect();
    let mut out = super::table::certificates(page, &mut own);
    let rows: Vec<&Row> = own.iter().collect();
    if let Some(parts) = in_a_row(page, &rows) {
        out.extend(parts.iter().filter_map(|part| of_part(page, rows[0], part)));
        return out;
    }
    let groups = groups(page, &rows);
    let manner = Manner::of(page, &groups);
    out.extend(groups.iter().filter_map(|group| credential(page, group, &manner)));
    out
}

/// The parts of a block that is one run of text: "Prosci Practitioner (Prosci, 2015); MSP Advanced (AXELOS, 2019)".
fn in_a_row(page: &Page<'_>, rows: &[&Row]) -> Option<Vec<Range<usize>>> {
    let whole = hull(&rows.iter().map(|r| r.range.clone()).collect::<Vec<_>>())?;
    let plain = |r: &&Row| !r.bullet() && r.cells.len() == 1;
    let runs_on = rows.windows(2).all(|pair| entries::wraps(page, pair[0], pair[1]));
    let text = page.text(&whole);
    if !rows.iter().all(plain) || !runs_on || !text.contains("; ") {
        return None;
    }
    let mut from = whole.start;
    let parts = text.split(';').map(|part| {
        let range = from..from + part.len();
        from = range.end + 1;
        page.trim(&range)
    });
    Some(parts.filter(|part| !part.is_empty()).collect())
}

/// Publications: citations, or as certificates are told.
pub fn publications(page: &Page<'_>, range: &Range<usize>) -> Vec<Credential> {
    let rows = rows(page, range);
    let groups = groups(page, &rows);
    let manner = Manner {
        stops: false,
        ..Manner::of(page, &groups)
    };
    let one = |group: &Vec<&Row>| citation(page, group).or_else(|| credential(page, group, &manner));
    groups.iter().filter_map(one).collect()
}

/// A citation by authors and year: its title, where it came out, and who wrote it.
fn citation(page: &Page<'_>, group: &[&Row]) -> Option<Credential> {
    let rows: Vec<Range<usize>> = group.iter().map(|r| r.range.clone()).collect();
    let whole = hull(&rows)?;
    let found = CITED.captures(page.text(&whole))?;
    let at = |name: &str| found.name(name).map(|m| whole.start + m.start()..whole.start + m.end());
    let (authors, year) = (at("authors")?, at("year")?);
    let date = crate::date::PartialDate::year(page.text(&year).parse().ok()?);
    Some(Credential {
        id: Id::default(),
        name: page.field(&trimmed(page, at("title")?), 0.8)?,
        issuer: at("where").and_then(|w| page.field(&trimmed(page, w), 0.7)),
        date: Some(page.value(date, &year, 0.9)),
        url: None,
        summary: page.field(&authors, 0.7),
    })
}

/// Without the full stop at the end.
fn trimmed(page: &Page<'_>, range: Range<usize>) -> Range<usize> {
    let text = page.text(&range).trim_end().trim_end_matches('.');
    range.start..range.start + text.len()
}

/// The rows of each.
fn groups<'r>(page: &Page<'_>, rows: &[&'r Row]) -> Vec<Vec<&'r Row>> {
    if rows.is_empty() {
        return Vec::new();
    }
    let listed = rows.iter().filter(|r| r.bullet()).count();
    let mut groups: Vec<Vec<&'r Row>> = Vec::new();
    let look = rows[0].look;
    let loud = look.bold && rows.iter().any(|r| !r.look.bold);
    let dates_of: Vec<_> = rows.iter().map(|r| dates::find(page.of(r))).collect();
    let dated: Vec<bool> = dates_of.iter().map(|d| !d.is_empty()).collect();
    let gaps = rows.iter().skip(1).filter(|r| r.gap).count();
    let spaced = gaps > 0 && gaps + 1 < rows.len();
    let one_each = dated.iter().filter(|d| **d).count() * 10 >= rows.len() * 7;
    let mut leading = dates_of.iter().filter_map(|d| d.first());
    let date_leads = dated[0] && leading.all(|s| s.range.start == 0);
    // "Ohio Notary Public" below others that stand on a line each: the first has its date beside it, or the one before names who gave it.
    let filled = |i: usize| dates_of[i].iter().map(|s| s.range.len()).sum::<usize>() + 4 >= page.of(rows[i]).len();
    let line_each = dated[0] && !filled(0);
    let told = |row: &Row| {
        let text = page.of(row);
        let given = |at: usize| words::organisation(text[at + 2..].trim_end_matches('.')) >= 0.6;
        text.rfind(", ").is_some_and(given)
    };
    for (i, row) in rows.iter().enumerate() {
        let text = page.of(row);
        let lower = text.starts_with(char::is_lowercase);
        let only_date = dated[i] && filled(i);
        let begins = match groups.last() {
            None => true,
            Some(_) if listed * 2 >= rows.len() => row.bullet(),
            Some(_) if loud => row.look.like(&look) && !only_date,
            Some(_) if only_date || lower => false,
            // Set in below the line that it goes on with.
            Some(group) if !row.gap && !row.bullet() && group[0].page == row.page && deeper(group[0], row) => false,
            Some(_) if date_leads => dated[i],
            Some(_) if !dated[i - 1] && entries::wraps(page, rows[i - 1], row) => false,
            Some(group) if one_each => {
                // "Ohio Contractor License", without a date, above "OSHA 30 Hour | 2019".
                let apart = row.cells.len() > 1 && dated[i] && row.look.like(&rows[i - 1].look);
                apart || group.iter().any(|r| !dates::find(page.of(r)).is_empty())
            }
            Some(group) => {
                let had = group.iter().any(|r| !dates::find(page.of(r)).is_empty());
                let any = dated.iter().any(|d| *d);
                let alike = row.look.like(&rows[i - 1].look) && !row.bullet();
                row.gap || (!any && !spaced) || had || alike && (line_each || told(rows[i - 1]))
            }
        };
        if begins {
            groups.push(vec![row]);
        } else if let Some(group) = groups.last_mut() {
            group.push(row);
        }
    }
    groups
}

/// Without the number of a list: "1) Diploma in GST Practice".
fn uncounted(page: &Page<'_>, range: &Range<usize>) -> Range<usize> {
    let text = page.text(range);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text[digits..].strip_prefix(") ") {
        Some(rest) if (1..=2).contains(&digits) => range.end - rest.len()..range.end,
        _ => range.clone(),
    }
}

/// Without a word at the end that says what the date is: "Driver CPC - renewed".
fn without_state(page: &Page<'_>, range: &Range<usize>) -> Range<usize> {
    const STATES: [&str; 14] = [
        "renewed",
        "expires",
        "expiry",
        "exp",
        "valid until",
        "valid to",
        "valid through",
        "issued",
        "obtained",
        "passed",
        "completed",
        "current",
        "gultig bis",
        "caduca",
    ];
    let text = page.text(range).trim_end_matches([' ', ':', '.']);
    let cut = text.rfind([',', '-', '–', '(', ';']).filter(|at| *at > 3);
    match cut {
        Some(at)
            if STATES
                .contains(&crate::text::fold(text[at..].trim_matches(|c: char| !c.is_alphanumeric())).as_str()) =>
        {
            range.start..range.start + text[..at].trim_end().len()
        }
        _ => range.clone(),
    }
}

/// A hanging indent.
fn deeper(first: &Row, row: &Row) -> bool {
    first.x0 > 0.0 && row.region == first.region && row.x0 > first.x0 + 6.0 && row.x0 < first.x0 + 60.0
}

/// How the entries of a block part a name from who gave it.
struct Manner {
    /// Nearly every line holds a comma.
    commas: bool,
    /// Nearly every line holds a dash between blanks.
    dashes: bool,
    /// Nearly every line ends with words in brackets, the date left out.
    brackets: bool,
    /// Nearly every line holds a full stop between two sentences: "Excel avanzado (60 h). Fundación Piquer".
    stops: bool,
    /// What stands before the dash in two lines or more, the first part of their names: "SAP Certified Associate – ".
    fronts: Vec<String>,
}

impl Manner {
    fn of(page: &Page<'_>, groups: &[Vec<&Row>]) -> Manner {
        let most = |part: &[&str]| {
            let with = groups
                .iter()
                .filter(|g| part.iter().any(|p| page.of(g[0]).contains(p)))
                .count();
            with >= 2 && with * 5 >= groups.len() * 3
        };
        let bracketed = |g: &&Vec<&Row>| {
            let text = page.of(g[0]);
            let dated = dates::find(text).into_iter().next_back();
            let front = dated.map_or(text, |d| &text[..d.range.start]);
            bracket_at_end(front).is_some()
        };
        let with = groups.iter().filter(bracketed).count();
        let given = |g: &Vec<&Row>| {
            let text = page.of(g[0]);
            text.match_indices(", ").any(|(at, _)| {
                let behind = text[at + 2..].split([',', '(']).next().unwrap_or_default();
                words::organisation(behind) > 0.3 || words::school(behind) >= 0.7 || initials(behind)
            })
        };
        let mut fronts: Vec<&str> = groups
            .iter()
            .filter_map(|g| before_dash(page.of(g[0])))
            .filter(|front| front.contains(' '))
            .collect();
        fronts.sort_unstable();
        let twice = fronts.chunk_by(|a, b| a == b).filter(|same| same.len() > 1);
        Manner {
            fronts: twice.map(|same| same[0].to_owned()).collect(),
            stops: most(&[". "]),
            commas: most(&[", "]) && groups.iter().any(given),
            dashes: most(&[" – ", " - "]),
            brackets: with >= 2 && with * 5 >= groups.len() * 3,
        }
    }
}

/// What stands before the last dash between blanks.
fn before_dash(text: &str) -> Option<&str> {
    let at = [" – ", " - "].iter().find_map(|dash| text.rfind(dash))?;
    Some(text[..at].trim())
}

/// "SABPP", "ICMAI": an organisation by its letters.
fn initials(text: &str) -> bool {
    let name = text.trim().trim_end_matches('.');
    (3..=7).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_uppercase())
}

/// What somebody is in a body, which names it behind a comma: "Fellow, Royal Society of Chemistry".
fn rank(text: &str) -> bool {
    const RANKS: [&str; 12] = [
        "fellow",
        "member",
        "associate",
        "affiliate",
        "licentiate",
        "graduate",
        "mitglied",
        "miembro",
        "membre",
        "membro",
        "lid",
        "socio",
    ];
    const BEFORE: [&str; 10] = [
        "senior",
        "associate",
        "student",
        "chartered",
        "full",
        "graduate",
        "corporate",
        "honorary",
        "life",
        "professional",
    ];
    let folded = crate::text::fold(text);
    let mut words = folded.split_whitespace().rev();
    words.next().is_some_and(|w| RANKS.contains(&w)) && words.all(|w| BEFORE.contains(&w))
}

/// Where the brackets open that end a text and hold two words or more: "Ammonia Awareness (Irish Refrigeration Skills)".
fn bracket_at_end(text: &str) -> Option<usize> {
    let text = text.trim_end_matches([' ', ',', '-', '–']);
    let open = text.rfind(" (").filter(|_| text.ends_with(')'))?;
    let inside = &text[open + 2..text.len() - 1];
    (inside.split_whitespace().count() >= 2 && inside.starts_with(char::is_uppercase)).then_some(open)
}

/// The certificate that a part of a row tells of.
pub(super) fn of_part(page: &Page<'_>, row: &Row, part: &Range<usize>) -> Option<Credential> {
    let mut own = row.clone();
    own.range = part.clone();
    own.cells.truncate(1);
    own.cells.iter_mut().for_each(|c| c.range = part.clone());
    let manner = Manner {
        commas: false,
        dashes: false,
        brackets: false,
        stops: false,
        fronts: Vec::new(),
    };
    credential(page, &[&own], &manner)
}

/// One certificate or award.
fn credential(page: &Page<'_>, group: &[&Row], manner: &Manner) -> Option<Credential> {
    let mut date = None;
    // What stands between two separators, over the rows on which it stands.
    let mut parts: Vec<Vec<Range<usize>>> = Vec::new();
    for (i, row) in group.iter().enumerate() {
        let mut wrapped = i > 0
            && entries::wraps(page, group[i - 1], row)
            && !page.of(group[i - 1]).trim_end().ends_with(['|', '·', '—', ',', '•']);
        let found = dates::find(page.of(row)).into_iter().next_back();
        for cell in &row.cells {
            let mut ranges = vec![cell.range.clone()];
            if let Some(span) = &found {
                let whole = span.range.start + row.range.start..span.range.end + row.range.start;
                let (s, e) = (whole.start.max(cell.range.start), whole.end.min(cell.range.end));
                if s < e {
                    ranges = vec![cell.range.start..s, e..cell.range.end];
                }
            }
            for range in ranges.iter().map(|r| page.trim(r)) {
                if !page.text(&range).chars().any(char::is_alphanumeric) {
                    continue;
                }
                match parts.last_mut().filter(|_| std::mem::take(&mut wrapped)) {
                    Some(part) => part.push(range),
                    None => parts.push(vec![range]),
                }
            }
        }
        if let Some(span) = found
            && date.is_none()
        {
            let point = span.start.or_else(|| {
                span.end.and_then(|(e, r)| match e {
                    End::Date(d) => Some((d, r)),
                    End::Present => None,
                })
            });
            date = point.map(|(d, r)| page.value(d, &(r.start + row.range.start..r.end + row.range.start), 0.85));
        }
    }
    let (head, rest) = parts.split_first()?;
    let (first, more) = (page.trim(&without_state(page, &uncounted(page, &head[0]))), &head[1..]);
    // "Name, Issuer", "Name – Issuer", "Name (Issuer)", or the issuer on the next line.
    let text = page.text(&first);
    let mut name = first.clone();
    let mut wrapped: &[Range<usize>] = &[];
    let mut issuer = None;
    let mut rest: Vec<Range<usize>> = rest.concat();
    let behind = |from: usize| {
        let mut ranges = vec![page.trim(&(from..first.end))];
        ranges.extend(more.iter().cloned());
        page.joined(&ranges, 0.7)
    };
    let comma = text.rfind(", ").filter(|_| rest.is_empty());
    let listed_issuer = |i: &usize| manner.commas && text[i + 2..].split_whitespace().count() <= 6;
    let bracket = text.find(" (").filter(|i| rest.is_empty() && !text[*i..].contains(')'));
    let bracket = bracket.or(bracket_at_end(text).filter(|_| manner.brackets && rest.is_empty()));
    // "NR-10 – SENAI": a short dash parts them where an organisation stands behind it, or where all entries are told so.
    let short = [" – ", " - "]
        .iter()
        .find_map(|s| text.rfind(s).map(|i| (i, s.len())))
        .filter(|(i, len)| {
            let behind = text[i + len..].trim();
            let known = words::organisation(behind) >= 0.6 || words::school(behind) >= 1.0;
            let named = !manner.fronts.iter().any(|front| front == text[..*i].trim());
            let brief = behind.starts_with(char::is_uppercase) && behind.split_whitespace().count() <= 7;
            brief && named && (known || manner.dashes)
        });
    // "Excel avanzado (60 h). Fundación Piquer"
    let stop = text.rfind(". ").map(|i| (i, 2)).filter(|(i, len)| {
        let behind = text[i + len..].trim();
        let word = text[..*i].rsplit(' ').next().unwrap_or_default();
        let ends = word.len() > 3 || word.ends_with(')');
        manner.stops && ends && behind.starts_with(char::is_uppercase) && behind.split_whitespace().count() <= 7
    });
    let dash = [" | ", " — ", " · "]
        .iter()
        .find_map(|s| text.find(s).map(|i| (i, s.len())))
        .or(short)
        .or(stop.filter(|_| rest.is_empty()))
        .or(bracket.map(|i| (i, 2)));
    let at = [" at ", " by ", " from "]
        .iter()
        .find_map(|s| text.find(s).map(|i| (i, s.len())))
        .filter(|(i, len)| {
            // "Working at Heights" is the whole name.
            let behind = &text[i + len..];
            let named = behind.contains(' ') || initials(behind) || words::organisation(behind) >= 0.9;
            *i > 3 && named && behind.starts_with(char::is_uppercase)
        });
    // "SAP Certified Associate – Financial Accounting, SAP": the comma parts it where an organisation stands behind it.
    let last = comma.filter(|i| {
        let behind = text[i + 2..].trim();
        text[..*i].contains(' ') && (initials(behind) || words::organisation(behind) >= 0.6)
    });
    let dash = dash.filter(|(i, _)| short.is_none_or(|s| s.0 != *i) || last.is_none_or(|at| at < *i));
    if let Some((i, len)) = dash.or(at) {
        name = first.start..first.start + i;
        issuer = behind(first.start + i + len);
    } else if let Some(i) = comma.filter(|i| {
        (words::organisation(&text[i + 2..]) > 0.3 || listed_issuer(i) || last == Some(*i))
            && !rank(&text[..*i])
            && text[i + 2..].chars().next().is_some_and(char::is_uppercase)
    }) {
        name = first.start..first.start + i;
        issuer = behind(first.start + i + 2);
    } else {
        wrapped = more;
    }
    if issuer.is_none() && !rest.is_empty() && page.text(&rest[0]).split_whitespace().count() <= 7 {
        issuer = page.field(&rest.remove(0), 0.6);
    }
    let name: Vec<_> = std::iter::once(&name).chain(wrapped).map(|r| page.trim(r)).collect();
    let name = page.joined(&name, 0.8)?;
    Some(Credential {
        id: Id::default(),
        name,
        issuer,
        date,
        url: None,
        summary: page.joined(&rest, 0.6),
    })
}
