//! Where somebody lives.

use super::super::row::{Page, Row, squash};
use super::super::words;
use super::name::name_like;
use super::{label, split};
use crate::resume::{Contact, Field, Location};
use std::ops::Range;

/// A street and its number: two to seven words, one of them a number, nothing of a date or a link.
fn is_street(text: &str) -> bool {
    let words = text.split_whitespace().count();
    (2..=7).contains(&words)
        && text.chars().any(char::is_alphabetic)
        && (1..=6).contains(&text.chars().filter(char::is_ascii_digit).count())
        && !text.contains(['@', ':', '%'])
        && super::dates::find(text).is_empty()
        && !label(text)
}

/// True for "Alder Creek Rd": the number before it is that of a house.
fn names_street(text: &str) -> bool {
    const STREETS: &[&str] = &[
        "street",
        "st",
        "road",
        "rd",
        "avenue",
        "ave",
        "boulevard",
        "blvd",
        "lane",
        "ln",
        "drive",
        "dr",
        "way",
        "court",
        "ct",
        "place",
        "pl",
        "terrace",
        "circle",
        "cir",
        "parkway",
        "pkwy",
        "highway",
        "hwy",
        "square",
        "sq",
        "trail",
        "loop",
    ];
    let folded = crate::text::fold(text);
    let last = folded.trim_end_matches('.').rsplit(' ').next().unwrap_or_default();
    STREETS.contains(&last)
}

/// "Puebla, Pue.", "Monterrey, N.L.": a state in short, no sentence.
fn ends_with_short(text: &str) -> bool {
    let last = text.rsplit([' ', ',']).next().unwrap_or_default();
    let known = |t: &str| words::place(t.trim_end_matches('.').trim()) >= 0.5;
    text.contains(',') && (last.len() <= 5 || text.rsplit(',').next().is_some_and(known))
}

/// "Nashik – 422013": the dash before the postal code parts nothing.
fn join_codes(page: &Page<'_>, pieces: &mut Vec<Range<usize>>) {
    let mut at = 1;
    while at < pieces.len() {
        let (before, own) = (pieces[at - 1].clone(), pieces[at].clone());
        let digits = page.text(&own).split(',').next().unwrap_or_default().replace(' ', "");
        let code = (5..=6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        let between = page.text(&(before.end..own.start.max(before.end))).trim();
        let named = page.text(&before).chars().any(char::is_alphabetic);
        if code && named && matches!(between, "-" | "–" | "—") {
            pieces[at - 1].end = own.end;
            pieces.remove(at);
        } else {
            at += 1;
        }
    }
}

/// Without the words that label a place or what follows it: "Address Wrexham", "Nairobi. Tel".
fn unlabelled(page: &Page<'_>, piece: Range<usize>) -> Range<usize> {
    let mut out = piece;
    if let Some((front, rest)) = page.text(&out).split_once([' ', '\t'])
        && label(front)
        && !rest.trim().is_empty()
    {
        out.start = out.end - rest.len();
    }
    if let Some((rest, back)) = page.text(&out).rsplit_once([' ', '\t'])
        && label(back)
        && !rest.trim().is_empty()
    {
        out.end = out.start + rest.len();
    }
    page.trim(&out)
}

/// The first half of a British postal code, which may stand alone: "Leeds LS6".
fn outward_code(word: &str) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = &word[letters..];
    (1..=2).contains(&letters)
        && (1..=2).contains(&rest.trim_end_matches(|c: char| c.is_ascii_uppercase()).len())
        && rest.starts_with(|c: char| c.is_ascii_digit())
        && rest.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
        && word.len() <= 4
}

pub(super) fn read_place(page: &Page<'_>, own: &[usize], contact: &mut Contact, used: &mut Vec<Range<usize>>) {
    let mut best: Option<(f32, Range<usize>)> = None;
    // The piece right before the best one, where it may be its street: "Lindenstraße 14 · 80469 München".
    let mut nearby: Option<Range<usize>> = None;
    let mut before: Option<Range<usize>> = None;
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
        join_codes(page, &mut pieces);
        for mut piece in pieces {
            piece = unlabelled(page, piece);
            // "A London": a letter that stands for "address".
            let letter = page
                .text(&piece)
                .split_once(' ')
                .filter(|(l, _)| l.len() == 1 && l.starts_with(char::is_uppercase));
            if let Some((_, rest)) = letter {
                piece.start = piece.end - rest.len();
            }
            let last = before.replace(piece.clone());
            let raw = page.text(&piece);
            if used.iter().any(|u| u.start < piece.end && u.end > piece.start)
                || raw.split_whitespace().count() > 14
                || raw.ends_with('.') && !ends_with_short(raw)
                || contact.name.as_ref().is_some_and(|n| n.value == raw)
                || raw.contains('@')
                || label(raw)
                || words::heading(raw).is_some()
                || words::position(raw) >= 0.6
                || words::language(raw.split([' ', '(']).next().unwrap_or_default())
            {
                continue;
            }
            let parts = raw.matches(',').count();
            let digits = raw.chars().filter(char::is_ascii_digit).count();
            // "Headingley, Leeds LS6"
            let bare = raw
                .rsplit_once(' ')
                .filter(|(_, c)| outward_code(c))
                .map_or(raw, |(town, _)| town);
            let tail = bare.rsplit(',').next().unwrap_or(bare).trim();
            let mut score = words::place(raw).max(if bare.len() < raw.len() {
                words::place(tail)
            } else {
                0.0
            });
            // "San Nicolás de los Garza, N.L."
            if score == 0.0
                && order > 0
                && parts == 1
                && ends_with_short(raw)
                && name_like(bare.split(',').next().unwrap_or(bare))
            {
                score = 0.5;
            }
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
                && (contact.email.is_some() || contact.phone.is_some())
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
                nearby = last.filter(|l| l.end < piece.start && is_street(page.text(l)));
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
        .map(|p| squash(p.trim().trim_end_matches('.')))
        .filter(|p| !p.is_empty())
        .collect();
    let mut postal = None;
    // The town beside the postal code.
    let mut coded: Option<String> = None;
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
        // "Ohio 45402", "75001 Paris", "Bristol BS1 5QT": no number of a house.
        if let Some(code) = words::postal_code(p) {
            let rest = format!("{}{}", &p[..code.start], &p[code.end..]);
            let rest = rest.trim_matches([' ', '-', '–', '—']).to_owned();
            if !names_street(&rest) && (code.start == 0 || words::place(&rest) >= 0.5 || code.len() > 6) {
                postal = Some(p[code].to_owned());
                coded = Some(rest.clone()).filter(|r| !r.is_empty());
                *p = rest;
            }
        }
        if let Some((town, code)) = p
            .rsplit_once(' ')
            .filter(|(t, c)| outward_code(c) && words::place(t) >= 0.5)
        {
            postal = Some(code.to_owned());
            *p = town.to_owned();
        }
        // "Townsville QLD": the state behind the town.
        if let Some((town, state)) = p.rsplit_once(' ').filter(|(t, s)| {
            let code = (2..=3).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_uppercase());
            let state = ["NSW", "VIC", "QLD", "TAS", "ACT", "SA", "WA", "NT"].contains(s);
            code && (state || words::region(s) && words::place(t) >= 0.85)
        }) {
            location.region = Some(state.to_owned());
            *p = town.to_owned();
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
    } else if let Some(street) = nearby {
        location.address = Some(squash(page.text(&street)));
        used.push(street);
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
    let coded = coded.filter(|c| places.contains(c) && !words::region(c));
    location.city = town.cloned().or(coded).or(places.first().cloned());
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
