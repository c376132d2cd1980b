//! A résumé as it is to be shown: sections in order, dates written out, text cleaned.
//!
//! Every format is written from this one outline, so that none shows more or less than another.

mod sections;

pub(crate) use sections::degree;

use crate::Letter;
use crate::style::{DateFormat, Lead, Style};
use crate::words::Words;
use bespoke_core::date::{End, PartialDate};
use bespoke_core::resume::{Bullet, Contact, Credential, Education, Field, Project, Resume, Section, Text, Work};
use serde::Serialize;
use std::collections::BTreeMap;

/// The whole document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Outline {
    /// Primary language subtag: `en`.
    pub language: String,
    /// Region subtag where there is one: `GB`.
    pub region: Option<String>,
    /// Whether the language is written from right to left.
    pub rtl: bool,
    pub name: String,
    pub label: Option<String>,
    /// Mail, phone, place.
    pub contact: Vec<Linked>,
    /// Web page and profiles.
    pub links: Vec<Linked>,
    pub blocks: Vec<Block>,
}

/// Text with a target where it is a link.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Linked {
    pub text: String,
    pub url: Option<String>,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Block {
    pub kind: Section,
    /// Whether the style puts it into the narrow column.
    pub side: bool,
    /// Empty for lines that have no heading.
    pub title: String,
    pub paragraphs: Vec<String>,
    pub entries: Vec<Entry>,
    pub groups: Vec<Group>,
    pub bullets: Vec<Item>,
}

/// A job, a degree, a project, a certificate …
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub(crate) struct Entry {
    pub title: Option<Linked>,
    pub dates: Option<String>,
    pub subtitle: Option<Linked>,
    pub place: Option<String>,
    pub paragraphs: Vec<String>,
    pub bullets: Vec<Item>,
    pub notes: Vec<Group>,
    /// A name, who gave it and when: one line says it all.
    pub compact: bool,
}

/// A bullet and its nesting from 0.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Item {
    pub text: String,
    pub level: u8,
}

/// Things in one line, usually under a label.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Group {
    pub label: Option<String>,
    pub text: String,
}

struct Writer<'a> {
    words: &'a Words,
    style: &'a Style,
}

/// Deepest nesting of bullets that is shown.
const MAX_LEVEL: u8 = 3;

impl Outline {
    /// Width of the longest dates in em, by an average letter; Chinese, Japanese and Korean signs are square.
    pub(crate) fn dates_width(&self) -> f64 {
        let square = |c: char| matches!(c, '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}');
        // Beside a digit they keep a distance.
        let width = |text: &String| text.chars().map(|c| if square(c) { 1.5 } else { 0.52 }).sum::<f64>();
        let dates = self
            .blocks
            .iter()
            .flat_map(|b| &b.entries)
            .filter_map(|e| e.dates.as_ref());
        dates.map(width).fold(0.0, f64::max)
    }

    /// Puts a résumé in the order and wording of a style.
    pub(crate) fn of(resume: &Resume, style: &Style) -> Outline {
        let (language, region) = language_of(resume);
        let writer = Writer {
            words: Words::of(Some(&language)),
            style,
        };
        Outline {
            rtl: matches!(
                language.as_str(),
                "ar" | "he" | "fa" | "ur" | "ps" | "sd" | "ug" | "yi" | "dv" | "ckb"
            ),
            language,
            region,
            name: value(&resume.contact.name).unwrap_or_default(),
            label: value(&resume.contact.label),
            contact: contact(&resume.contact),
            links: links(&resume.contact),
            blocks: order(resume, style)
                .into_iter()
                .filter(|section| !style.hidden_sections.contains(section))
                .flat_map(|section| writer.section(resume, section))
                .collect(),
        }
    }

    /// A letter in the same parts as a résumé: its lines are blocks without a heading.
    pub(crate) fn letter(letter: &Letter, style: &Style) -> Outline {
        let contact_only = Resume {
            contact: letter.from.clone(),
            language: letter.language.clone(),
            ..Resume::default()
        };
        let mut outline = Outline::of(&contact_only, style);
        let words = Words::of(Some(&outline.language));
        let date = letter.date.map(|d| words.date(d, DateFormat::Long));
        let part = |lines: Vec<String>| Block {
            kind: Section::Summary,
            side: false,
            title: String::new(),
            paragraphs: lines.iter().map(|l| clean(l)).filter(|l| !l.is_empty()).collect(),
            entries: Vec::new(),
            groups: Vec::new(),
            bullets: Vec::new(),
        };
        let mut blocks = vec![part(letter.to.clone()), part(date.into_iter().collect())];
        let mut subject = part(Vec::new());
        subject.groups.extend(
            letter
                .subject
                .as_deref()
                .map(clean)
                .filter(|s| !s.is_empty())
                .map(|text| Group { label: None, text }),
        );
        blocks.push(subject);
        blocks.push(part(vec![letter.salutation.clone()]));
        blocks.extend(letter.paragraphs.iter().map(|p| part(vec![p.clone()])));
        blocks.push(part(vec![letter.closing.clone()]));
        blocks.push(part(vec![outline.name.clone()]));
        blocks.retain(|b| !b.paragraphs.is_empty() || !b.groups.is_empty());
        outline.blocks = blocks;
        outline
    }

    /// Title of the document for its metadata.
    pub(crate) fn title(&self) -> String {
        match &self.label {
            Some(label) if !self.name.is_empty() => format!("{} – {label}", self.name),
            Some(label) => label.clone(),
            None => self.name.clone(),
        }
    }
}

/// Language and region of a résumé: as it says, else by the script of what it says.
pub(crate) fn language_of(resume: &Resume) -> (String, Option<String>) {
    let is_tag = |t: &&str, lengths: &[usize]| lengths.contains(&t.len()) && t.bytes().all(|b| b.is_ascii_alphabetic());
    let mut subtags = resume.language.as_deref().unwrap_or_default().split(['-', '_']);
    if let Some(language) = subtags.next().filter(|t| is_tag(t, &[2, 3])) {
        let region = subtags.find(|t| is_tag(t, &[2]));
        return (language.to_ascii_lowercase(), region.map(str::to_ascii_uppercase));
    }
    let said = [&resume.contact.name, &resume.contact.label, &resume.summary];
    let work = resume.work.iter().flat_map(|w| [&w.position, &w.company]);
    let text = said.into_iter().chain(work).flatten().map(|t| t.value.as_str());
    let scripts = text.flat_map(str::chars).filter_map(|c| match c {
        'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{24f}' => Some("en"),
        '\u{400}'..='\u{4ff}' => Some("ru"),
        '\u{590}'..='\u{5ff}' => Some("he"),
        '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' => Some("ar"),
        '\u{900}'..='\u{97f}' => Some("hi"),
        '\u{e00}'..='\u{e7f}' => Some("th"),
        '\u{3040}'..='\u{30ff}' => Some("ja"),
        '\u{4e00}'..='\u{9fff}' => Some("zh"),
        '\u{ac00}'..='\u{d7af}' => Some("ko"),
        _ => None,
    });
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for script in scripts {
        *counts.entry(script).or_default() += 1;
    }
    // Japanese is written with Chinese characters too.
    if let (Some(kana), Some(han)) = (counts.get("ja").copied(), counts.get("zh").copied())
        && kana * 4 > han
    {
        counts.insert("ja", kana + han);
    }
    let most = counts
        .into_iter()
        .max_by_key(|(_, n)| *n)
        .map_or("en", |(script, _)| script);
    (most.to_owned(), None)
}

/// All sections: first those that the style names, else the résumé; then the others.
fn order(resume: &Resume, style: &Style) -> Vec<Section> {
    let first = match style.section_order.is_empty() {
        true => &resume.order,
        false => &style.section_order,
    };
    let mut order: Vec<Section> = Vec::new();
    for section in first.iter().chain(&resume.order).chain(&Section::ALL) {
        if *section != Section::Contact && !order.contains(section) {
            order.push(*section);
        }
    }
    order
}

/// One line: runs of white space become one space, control characters go.
pub(crate) fn clean(text: &str) -> String {
    let visible: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .filter(|c| !matches!(c, '\u{200b}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'))
        .collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn value(text: &Option<Text>) -> Option<String> {
    text.as_ref().map(|t| clean(&t.value)).filter(|t| !t.is_empty())
}

fn paragraphs(text: &Option<Text>) -> Vec<String> {
    let lines = text.iter().flat_map(|t| t.value.lines()).map(clean);
    lines.filter(|line| !line.is_empty()).collect()
}

fn list(texts: &[Text]) -> String {
    let items: Vec<String> = texts
        .iter()
        .map(|t| clean(&t.value))
        .filter(|t| !t.is_empty())
        .collect();
    items.join(", ")
}

fn items(bullets: &[Bullet]) -> Vec<Item> {
    let items = bullets.iter().map(|b| Item {
        text: clean(&b.text.value),
        level: b.level.min(MAX_LEVEL),
    });
    items.filter(|item| !item.text.is_empty()).collect()
}

fn plain(text: String) -> Linked {
    Linked { text, url: None }
}

/// Where a shown address leads; nothing but web, mail and phone is ever made a link.
fn target(address: &str) -> Option<String> {
    let address = clean(address);
    let lower = address.to_ascii_lowercase();
    if address.is_empty() || address.contains(' ') {
        return None;
    }
    if ["http://", "https://", "mailto:", "tel:"]
        .iter()
        .any(|s| lower.starts_with(s))
    {
        return Some(address);
    }
    let host = lower.split(['/', '?', '#']).next().unwrap_or_default();
    let is_host = host.contains('.') && !host.contains([':', '@']) && !host.starts_with('.');
    is_host.then(|| format!("https://{address}"))
}

/// An address without what a reader does not need to see.
fn shown(address: &str) -> String {
    let address = clean(address);
    let bare = ["https://", "http://"]
        .iter()
        .find_map(|s| address.strip_prefix(s))
        .unwrap_or(&address);
    bare.strip_prefix("www.")
        .unwrap_or(bare)
        .trim_end_matches('/')
        .to_owned()
}

fn linked(text: &Option<Text>, url: &Option<Text>) -> Option<Linked> {
    value(text).map(|text| Linked {
        text,
        url: url.as_ref().and_then(|u| target(&u.value)),
    })
}

fn contact(contact: &Contact) -> Vec<Linked> {
    let email = value(&contact.email).map(|text| Linked {
        url: Some(format!("mailto:{text}")).filter(|_| text.contains('@') && !text.contains([' ', '?', '&'])),
        text,
    });
    let phone = value(&contact.phone).map(plain);
    let place = contact.location.as_ref().and_then(|l| {
        value(&l.text).or_else(|| {
            let part = |p: &Option<String>| p.as_deref().map(clean).filter(|p| !p.is_empty());
            let region = part(&l.region).filter(|r| part(&l.city).as_ref() != Some(r));
            let region = [region, part(&l.postal_code)]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" ");
            let parts = [part(&l.address), part(&l.city), Some(region), part(&l.country_code)];
            let parts: Vec<String> = parts.into_iter().flatten().filter(|p| !p.is_empty()).collect();
            Some(parts.join(", ")).filter(|t| !t.is_empty())
        })
    });
    [email, phone, place.map(plain)].into_iter().flatten().collect()
}

fn links(contact: &Contact) -> Vec<Linked> {
    let profiles = contact.profiles.iter().map(|p| {
        let url = target(&p.url.value);
        let text = match (&url, clean(&p.network)) {
            (None, network) if !network.is_empty() => format!("{network}: {}", shown(&p.url.value)),
            _ => shown(&p.url.value),
        };
        Linked { text, url }
    });
    let page = contact.url.iter().map(|u| Linked {
        text: shown(&u.value),
        url: target(&u.value),
    });
    page.chain(profiles).filter(|l| !l.text.is_empty()).collect()
}
