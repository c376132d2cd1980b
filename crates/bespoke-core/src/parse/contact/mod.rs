//! Who it is and how to reach them.

mod links;
mod name;
mod place;

use self::links::{NETWORKS, URL, network, read_links, username};
use self::name::read_name;
use self::place::read_place;
use super::dates;
use super::headings::Block;
use super::row::{Page, Row, squash};
use crate::date::End;
use crate::resume::{Contact, Profile, Section};
use crate::text::fold;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

static EMAIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)[\p{L}0-9._%+\-]+\s?@\s?[\p{L}0-9\-]+(?:\.[\p{L}0-9\-]+)*\.[a-z]{2,12}\b").expect("a pattern")
});
static PHONE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:\+|\(\+?|\b00)? ?\d[\d ().\-–/\u{a0}]{5,20}\d(?: ?(?:x|ext\.?) ?\d{1,5})?").expect("a pattern")
});

/// Postal codes with a dash that a number of a telephone could be: "89801-000", "62704-1234".
static POSTAL: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^(?:\d{5}-\d{3,5}|\d{4}-\d{3})$").expect("a pattern"));

/// The digits with which the next line goes on where a number ends its line: "(+49) 5261 555" above "0173 (Mobile)".
fn goes_on(page: &Page<'_>, row: &Row, end: usize) -> Option<Range<usize>> {
    let next = page.rows.get(row.index + 1)?;
    let last = page.text(&(end..row.range.end)).trim().is_empty();
    let text = page.of(next);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let behind = text[digits..].chars().next();
    let near = next.page == row.page && next.region == row.region && !next.gap && row.x0 > 0.0;
    (last && near && (2..=5).contains(&digits) && behind.is_none_or(|c| matches!(c, ' ' | '|' | '(' | ',')))
        .then(|| next.range.start..next.range.start + digits)
}

/// Rows that may hold contact data: before the first heading, under a contact heading, and the first rows of regions.
fn contact_rows(blocks: &[Block]) -> Vec<usize> {
    let mut out: Vec<usize> = Vec::new();
    for block in blocks.iter().filter(|b| b.section == Section::Contact) {
        out.extend(block.rows.clone());
    }
    out
}

/// The rows around an address that stands at the foot of the page, where the head has none.
fn foot(page: &Page<'_>, own: &[usize]) -> Vec<usize> {
    let mail = |i: &usize| EMAIL.is_match(page.of(&page.rows[*i]));
    let mut inside = vec![false; page.rows.len()];
    own.iter().for_each(|i| inside[*i] = true);
    let outside = |i: &usize| !inside[*i];
    if own.iter().any(mail) {
        return Vec::new();
    }
    let Some(found) = (0..page.rows.len()).rev().filter(outside).find(mail) else {
        return Vec::new();
    };
    let near = |i: &usize| {
        let text = page.of(&page.rows[*i]);
        outside(i) && page.rows[*i].page == page.rows[found].page && (reaches(text) || URL.is_match(text))
    };
    let before = (0..found).rev().take_while(near);
    let mut rows: Vec<usize> = before
        .chain([found])
        .chain((found + 1..page.rows.len()).take_while(near))
        .collect();
    rows.sort_unstable();
    rows
}

/// Reads the contact data.
pub fn read(page: &Page<'_>, blocks: &[Block]) -> (Contact, Vec<Range<usize>>) {
    let mut contact = Contact::default();
    let mut own = contact_rows(blocks);
    own.extend(foot(page, &own));
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
            let longer = address.len() > email.value.len() && address.starts_with(&email.value);
            // "Yorkshirejane@example.org": no blank stands before it.
            let shorter = address.contains('@') && address.len() < email.value.len() && email.value.ends_with(address);
            (longer || shorter).then(|| address.to_owned())
        });
        email.value = whole.unwrap_or_else(|| email.value.clone());
    }
    // A style that prints capitals: addresses are written in small letters.
    if let Some(email) = contact.email.as_mut().filter(|e| !e.value.contains(char::is_lowercase)) {
        email.value = email.value.to_lowercase();
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
            // "14/02/1989" is a date, and so is "2014 – 2016".
            let dated = dates::find(found.as_str()).iter().any(|d| {
                let day = d
                    .end
                    .as_ref()
                    .is_some_and(|(e, _)| matches!(e, End::Date(date) if date.day.is_some()));
                d.stretch || day && d.range.len() + 2 >= found.as_str().trim().len()
            });
            let inside = used.iter().any(|u| u.start < range.end && u.end > range.start)
                || URL
                    .find_iter(text)
                    .any(|u| u.start() < found.start() && u.end() > found.start() && u.as_str().contains('/'));
            let label = fold(text).contains("fax") || identifies(&text[..found.start()]);
            let postal = POSTAL.is_match(found.as_str().trim());
            if (7..=15).contains(&digits) && !dated && !inside && !label && !postal && contact.phone.is_none() {
                let more = goes_on(page, row, range.end).filter(|_| digits < 10);
                used.push(range.clone());
                used.extend(more.clone());
                let mut whole = vec![range.clone()];
                whole.extend(more);
                contact.phone = page.joined(&whole, 0.95).map(|mut f| {
                    let raw = squash(&f.value);
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

/// True for a text that tells how to reach somebody: an e-mail address, a telephone number.
pub fn reaches(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    EMAIL.is_match(text) || (7..=15).contains(&digits) && PHONE.is_match(text) && dates::find(text).is_empty()
}

/// An address that a narrow column broke over lines: read without the line ends.
fn broken_address(page: &Page<'_>, row: &Row, contact: &mut Contact, used: &mut Vec<Range<usize>>) {
    let text = page.of(row);
    // Cut into rows of their own: "oliver.pemberton@exam" above "ple.com".
    let (last, column) = row.cells.last().map_or((text, row.x0), |c| (page.text(&c.range), c.x0));
    if contact.email.is_none()
        && last.contains('@')
        && !last.contains(char::is_whitespace)
        && let Some(next) = page.rows.get(row.index + 1)
        && next.page == row.page
        && (next.x0 - column).abs() < 3.0
        && row.x0 > 0.0
        && !page.of(next).contains(char::is_whitespace)
        && next.range.start > row.range.end
    {
        let whole = format!("{last}{}", page.of(next));
        let cut = EMAIL.find(last).is_none_or(|m| m.end() < last.len());
        if cut && EMAIL.find(&whole).is_some_and(|m| m.len() == whole.len()) {
            let range = row.range.end - last.len()..next.range.end;
            used.push(range.clone());
            contact.email = Some(page.value(whole, &range, 0.85));
            return;
        }
    }
    if !text.contains('\n') || text.contains(' ') || row.cells.len() > 1 {
        return;
    }
    let whole = text.replace('\n', "");
    // Two addresses above each other are no broken one.
    let alone = |line: &str| EMAIL.find(line).is_some_and(|m| m.len() == line.len());
    if text.lines().any(|line| alone(line.trim())) {
        return;
    }
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

/// True where the words before a number say that it is the number of a document or a person, which nobody can call.
fn identifies(before: &str) -> bool {
    const PAPERS: &[&str] = &[
        "dni",
        "nie",
        "nif",
        "cpf",
        "rg",
        "cuil",
        "cuit",
        "curp",
        "rut",
        "ssn",
        "pesel",
        "id",
        "passport",
        "passeport",
        "pasaporte",
        "reisepass",
        "license",
        "licence",
        "licencia",
        "registration",
        "matricula",
        "orcid",
        "box",
        "postfach",
        "postboks",
        "postbus",
        "apartado",
    ];
    let folded = fold(before);
    let trimmed = folded.trim_end_matches(|c: char| !c.is_alphanumeric());
    let last = |text: &str| {
        text.rsplit(|c: char| !c.is_alphanumeric())
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let word = last(trimmed);
    // "DNI no. 1234", "License #RN-1234".
    let number = ["no", "nr", "number", "num", "nummer", "numero", "rn"].contains(&word.as_str());
    let front = trimmed[..trimmed.len() - word.len()].trim_end_matches(|c: char| !c.is_alphanumeric());
    PAPERS.contains(&word.as_str()) || number && PAPERS.contains(&last(front).as_str())
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
        "domicilio",
        "wohnort",
        "woonplaats",
        "residenza",
        "residence",
        "correo",
        "correo electronico",
        "tlf",
        "e-post",
        "adress",
        "cel",
        "celular",
        "mob",
        "mobil",
        "mobiltelefon",
        "handy",
        "movil",
        "telefono",
        "telefone",
        "cellulare",
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
        "birth date",
        "place of birth",
        "nationality",
        "citizenship",
        "marital status",
        "gender",
        "age",
        "geburtsdatum",
        "geburtsort",
        "geboren",
        "staatsangehorigkeit",
        "nationalitat",
        "familienstand",
        "anschrift",
        "date de naissance",
        "nationalite",
        "situation familiale",
        "fecha de nacimiento",
        "nacionalidad",
        "estado civil",
        "data de nascimento",
        "nacionalidade",
        "data di nascita",
        "nazionalita",
        "stato civile",
        "geboortedatum",
        "nationaliteit",
        "burgerlijke staat",
        "linkedin profile",
        "resume",
        "curriculum vitae",
        "cv",
        "city",
        "country",
        "region",
        "state",
        "postal code",
    ];
    let folded = fold(text);
    let plain = folded.trim_matches(|c: char| !c.is_alphabetic());
    WORDS.contains(&plain) || NETWORKS.iter().any(|(n, _, _)| n.to_lowercase() == plain)
}

/// Arrows, shapes, dingbats, emoji and glyphs of icon fonts, which stand for words or part them.
pub fn symbol(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{2bff}' | '\u{e000}'..='\u{f8ff}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
}

/// Parts of a range between separators, trimmed, empty ones left out.
pub fn split(page: &Page<'_>, range: &Range<usize>, separators: &[char]) -> Vec<Range<usize>> {
    let text = page.text(range);
    let mut out = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices().chain(std::iter::once((text.len(), '\n'))) {
        let spaced =
            c != ':' || text[at + c.len_utf8().min(text.len() - at)..].starts_with([' ', '\t']) || at == text.len();
        if at == text.len() || (separators.contains(&c) && spaced) || symbol(c) {
            let part = page.trim(&(range.start + from..range.start + at));
            if !part.is_empty() {
                out.push(part);
            }
            from = (at + c.len_utf8()).min(text.len());
        }
    }
    out
}
