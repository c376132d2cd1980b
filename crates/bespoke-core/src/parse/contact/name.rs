//! The name and the headline under it.

use super::super::headings::Block;
use super::super::row::{Page, squash};
use super::super::{dates, words};
use super::label;
use super::links::URL;
use crate::resume::Contact;
use crate::text::fold;
use std::ops::Range;

pub(super) fn name_like(text: &str) -> bool {
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
                | "'t"
                | "’t"
                | "ter"
                | "ten"
                | "te"
                | "du"
                | "des"
                | "do"
                | "das"
                | "af"
                | "av"
                | "ibn"
                | "bint"
                | "el"
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

pub(super) fn read_name(
    page: &Page<'_>,
    blocks: &[Block],
    own: &[usize],
    contact: &mut Contact,
    used: &mut Vec<Range<usize>>,
) {
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
            text = without_front(text);
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
                "europass",
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
            let folded = fold(text);
            let parts: Vec<&str> = folded
                .split(|c: char| !c.is_alphabetic())
                .filter(|w| w.len() > 2)
                .collect();
            // Mary Baker and Ada Example are names where their own address says so.
            let addressed =
                (2..=4).contains(&named.len()) && parts.iter().any(|w| mail.contains(*w) && words::position(w) < 0.5);
            if !addressed && named.iter().any(|w| NOT_NAMES.contains(&w.as_str()))
                || label(text)
                || words::heading_noun(text).is_some()
                || words::of_headings(text)
                || !addressed && words::position(text) >= 0.9
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
            if meta.iter().any(|m| m.contains(&folded)) {
                score += 1.2;
            }
            score += 0.35 * parts.iter().filter(|w| mail.contains(**w)).count().min(2) as f32;
            if !addressed {
                score -= 0.8 * words::title(text).max(0.0);
            }
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
            let whole = page.trim(&cell.range);
            // "Director — Rotterdam": what stands behind is where.
            let place = [" — ", " – ", " - "].iter().find_map(|s| {
                let (front, back) = page.text(&whole).rsplit_once(s)?;
                (words::place(back) >= 0.85).then_some(front.len())
            });
            let parted = [" // ", " | ", " • ", " · "]
                .iter()
                .filter_map(|s| page.text(&whole).find(s))
                .chain(place)
                .min();
            let range = parted.map_or(whole.clone(), |at| page.trim(&(whole.start..whole.start + at)));
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
            && !page.of(next).contains('@')
            && page.of(next).chars().filter(char::is_ascii_digit).count() < 6
        {
            ranges.push(page.trim(&next.range));
        }
        used.extend(ranges.iter().cloned());
        contact.label = page.joined(&ranges, 0.8);
    }
}

/// What stands in front of a name and is none of it: "Name:", "Curriculum Vitae", "CV – ".
fn without_front(text: &str) -> &str {
    const FRONTS: [&str; 8] = [
        "name:",
        "curriculum vitae of",
        "curriculum vitae",
        "resume of",
        "cv of",
        "cv -",
        "cv:",
        "resume",
    ];
    let mut text = text;
    for front in FRONTS {
        if fold(text).starts_with(front) {
            // What was folded has as many letters in front, if not as many bytes.
            let cut = text.char_indices().nth(front.len()).map_or(text.len(), |(at, _)| at);
            text = text[cut..].trim_start_matches([':', '-', ' ', '–']);
        }
    }
    text
}

/// "ROSA DIAZ" as the file shows it; credentials behind a comma are no part of a name.
fn tidy_name(text: &str) -> String {
    let text = text.split([',', '|', '·', '•']).next().unwrap_or(text);
    let text = squash(without_front(text.trim()));
    let words: Vec<&str> = text.split(' ').collect();
    let tail = |w: &&str| matches!(fold(w).as_str(), "resume" | "cv" | "lebenslauf");
    if let Some((_, front)) = words
        .split_last()
        .filter(|(last, front)| front.len() >= 2 && tail(last))
    {
        return front.join(" ");
    }
    let behind = words.iter().rev().take_while(|w| letters_behind(w)).count();
    if behind > 0 && words.len() >= behind + 2 {
        return words[..words.len() - behind].join(" ");
    }
    before_title(&text).map_or(text.clone(), str::to_owned)
}

/// Letters that professions put behind a name: "Callum Ostrowick CEng MICE".
fn letters_behind(word: &str) -> bool {
    const LETTERS: &[&str] = &[
        "ACA",
        "ACCA",
        "ACMA",
        "AIA",
        "ARB",
        "BA",
        "BEng",
        "BSN",
        "BSc",
        "CA",
        "CEng",
        "CFA",
        "CFP",
        "CIPD",
        "CIPP",
        "CISA",
        "CISSP",
        "CMA",
        "CPA",
        "CPhys",
        "CSci",
        "DDS",
        "DNP",
        "DO",
        "DVM",
        "EIT",
        "EdD",
        "Esq",
        "FACP",
        "FCA",
        "FCCA",
        "FRCS",
        "IEng",
        "JD",
        "LCSW",
        "LLB",
        "LLM",
        "LPN",
        "MA",
        "MBA",
        "MBBS",
        "MBCS",
        "MCIPD",
        "MD",
        "MEng",
        "MICE",
        "MIET",
        "MIMechE",
        "MIStructE",
        "MPH",
        "MPharm",
        "MRCP",
        "MRICS",
        "MRPharmS",
        "MS",
        "MSN",
        "MSW",
        "MSc",
        "NP",
        "PE",
        "PMP",
        "PharmD",
        "PhD",
        "PsyD",
        "QTS",
        "RGN",
        "RIBA",
        "RMN",
        "RN",
        "SPHR",
    ];
    let plain: String = word.chars().filter(|c| c.is_alphabetic()).collect();
    LETTERS.contains(&plain.as_str())
}
